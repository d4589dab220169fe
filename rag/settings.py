"""What can be set, where it is read from, and what each value must look like."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from math import isfinite
from pathlib import Path
from typing import Any

__all__ = ["FILE", "PREFIX", "SECRETS", "Rate", "Settings", "SettingsError", "load_settings"]

FILE = "yanda.toml"
PREFIX = "YANDA_"
SECRETS = frozenset({"llm_api_key", "slack_signing_secret", "slack_bot_token", "api_keys", "admin_key"})

_PERIODS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}
_SEPARATORS = {"corpus": ":", "api_keys": ","}  # of lists, in the environment
_PACKAGED_SEEDS = Path(__file__).parent.parent / "seeds"  # stands beside the package, installed or not


class SettingsError(ValueError):
    """A setting that cannot be used; `str(error)` is one line: which, its value (secrets hidden), what is expected."""


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `requests` in any stretch of `seconds`; `str` writes it as it is set: 60/minute."""

    requests: int
    seconds: int

    def __str__(self) -> str:
        names = {seconds: name for name, seconds in _PERIODS.items()}
        return f"{self.requests}/{names[self.seconds]}"


@dataclass(frozen=True, slots=True, repr=False)
class Settings:
    """Every setting with its default; an empty string, an empty tuple or None is "not set"; `repr` hides secrets."""

    corpus: tuple[Path, ...] = (Path("seeds"),)
    data_dir: Path = Path(".yanda")
    embedder: str = "bundled"
    reranker: str = "bundled"
    store: str = "faiss"
    store_url: str = ""
    composer: str = "auto"
    llm_base_url: str = ""
    llm_model: str = ""
    llm_api_key: str = ""
    llm_timeout_s: float | None = None
    slack_signing_secret: str = ""
    slack_bot_token: str = ""
    slack_api_url: str = ""
    api_keys: tuple[str, ...] = ()
    admin_key: str = ""
    rate_limit: Rate = Rate(60, 60)
    public_url: str = ""

    def shown(self) -> dict[str, str]:
        """Every setting as a person may see it: a secret only as "hidden", what is not set as an empty string."""
        return {field.name: _shown(field.name, getattr(self, field.name)) for field in fields(self)}

    @property
    def on_packaged_seeds(self) -> bool:
        """Whether the corpus is the one that was installed, since nobody has set another."""
        return self.corpus == (_PACKAGED_SEEDS,)

    def __repr__(self) -> str:
        return f"Settings({', '.join(f'{name}={value!r}' for name, value in self.shown().items())})"


def load_settings(environment: Mapping[str, str], folder: Path) -> Settings:
    """What `folder`/yanda.toml says, with `environment` over it; paths come back under `folder`, `~` under HOME."""
    given = {one.name: one for one in (*_in_file(folder / FILE), *_in_environment(environment))}
    values = {name: _READERS[name](one) for name, one in given.items()}
    settings = Settings(**values)
    if settings.composer == "llm" and not settings.llm_base_url:
        raise SettingsError(
            "composer is 'llm' but llm_base_url is not set; set it to an OpenAI-compatible server, or composer to 'quote'"
        )
    home = environment.get("HOME", "~")
    corpus = tuple(_place(path, folder, home) for path in settings.corpus)
    if "corpus" not in given and not corpus[0].is_dir():
        corpus = (_PACKAGED_SEEDS,)
    return replace(settings, corpus=corpus, data_dir=_place(settings.data_dir, folder, home))


@dataclass(frozen=True, slots=True)
class _Given:
    """One setting as a person wrote it: `place` is where, in their own spelling."""

    name: str
    place: str
    value: object

    def wrong(self, expected: str) -> SettingsError:
        value = "(a secret, not shown)" if self.name in SECRETS else _without_password(repr(self.value))
        return SettingsError(f"{self.place} is {value}; expected {expected}")


def _in_file(path: Path) -> Iterator[_Given]:
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path.name} is not valid TOML: {error}; mend or remove {path}") from error
    for name, value in table.items():
        if name not in _READERS:
            raise SettingsError(f"unknown setting {name!r} in {FILE}; {_nearest(name, list(_READERS))}")
        yield _Given(name, f"{name} in {FILE}", value)


def _in_environment(environment: Mapping[str, str]) -> Iterator[_Given]:
    for variable, value in environment.items():
        if not variable.startswith(PREFIX):
            continue
        name = variable.removeprefix(PREFIX).lower()
        if variable != PREFIX + name.upper() or name not in _READERS:
            known = [PREFIX + one.upper() for one in _READERS]
            raise SettingsError(f"unknown setting {variable} in the environment; {_nearest(variable.upper(), known)}")
        # compose files and CI hand on unset variables as empty ones
        if value.strip():
            parts = value.split(_SEPARATORS[name]) if name in _SEPARATORS else value
            yield _Given(name, variable, parts)


def _nearest(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.0)
    return f"the nearest one is {near[0]}"


def _text(given: _Given) -> str:
    if not isinstance(given.value, str):
        raise given.wrong("text in quotes")
    return given.value.strip()


def _path(given: _Given) -> Path:
    text = _text(given)
    if not text:
        raise given.wrong("the path of a folder")
    return Path(text)


def _texts(given: _Given) -> tuple[str, ...]:
    value = [given.value] if isinstance(given.value, str) else given.value
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise given.wrong("a list of texts in quotes")
    return tuple(one.strip() for one in value if one.strip())


def _paths(given: _Given) -> tuple[Path, ...]:
    texts = _texts(given)
    if not texts:
        raise given.wrong("at least one folder")
    return tuple(map(Path, texts))


def _url(given: _Given) -> str:
    text = _text(given)
    if text and not re.match(r"https?://[^/\s]", text):
        raise given.wrong("an address that starts with http:// or https://")
    return text.rstrip("/")


def _seconds(given: _Given) -> float:
    expected = "a number of seconds above 0"
    if isinstance(given.value, bool) or not isinstance(given.value, (str, int, float)):
        raise given.wrong(expected)
    try:
        seconds = float(given.value)
    except ValueError as error:
        raise given.wrong(expected) from error
    if not (isfinite(seconds) and seconds > 0):
        raise given.wrong(expected)
    return seconds


def _composer(given: _Given) -> str:
    name = _text(given)
    if name not in ("auto", "quote", "llm"):
        raise given.wrong("auto, quote or llm")
    return name


def _rate(given: _Given) -> Rate:
    written = re.fullmatch(rf"([1-9][0-9]{{0,8}})/({'|'.join(_PERIODS)})", _text(given))
    if written is None:
        raise given.wrong("requests per second, minute, hour or day, such as 60/minute")
    return Rate(int(written[1]), _PERIODS[written[2]])


_READERS: dict[str, Callable[[_Given], Any]] = {
    "corpus": _paths,
    "data_dir": _path,
    "embedder": _text,
    "reranker": _text,
    "store": _text,
    "store_url": _text,
    "composer": _composer,
    "llm_base_url": _url,
    "llm_model": _text,
    "llm_api_key": _text,
    "llm_timeout_s": _seconds,
    "slack_signing_secret": _text,
    "slack_bot_token": _text,
    "slack_api_url": _url,
    "api_keys": _texts,
    "admin_key": _text,
    "rate_limit": _rate,
    "public_url": _url,
}


def _place(path: Path, folder: Path, home: str) -> Path:
    return folder / (Path(home, *path.parts[1:]) if path.parts[:1] == ("~",) else path)


def _shown(name: str, value: object) -> str:
    if not value:
        return ""
    if name in SECRETS:
        return "hidden"
    return _without_password(":".join(map(str, value)) if isinstance(value, tuple) else str(value))


def _without_password(text: str) -> str:
    return re.sub(r"(?<=://)[^/\s]*@", "hidden@", text)
