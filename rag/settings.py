"""What can be set, and where it is read from."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from rag import settings_readers as read
from rag.settings_readers import SECRETS, Given, Rate, SettingsError

__all__ = ["FILE", "PREFIX", "SECRETS", "Rate", "Settings", "SettingsError", "load_settings"]

FILE = "yanda.toml"
PREFIX = "YANDA_"

_SEPARATORS = {"corpus": ":", "api_keys": ",", "trusted_proxies": ",", "cors_origins": ","}  # of lists, in the environment
_ONE_A_SECOND = Rate(60, 60)
_PACKAGED_SEEDS = Path(__file__).parent.parent / "seeds"  # stands beside the package, installed or not


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
    rate_limit: Rate = _ONE_A_SECOND
    rate_limit_store: str = ""
    request_timeout_s: float = 60.0
    trusted_proxies: tuple[str, ...] = ()
    cors_origins: tuple[str, ...] = ()
    log_level: str = "info"
    log_questions: bool = False
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


def _in_file(path: Path) -> Iterator[Given]:
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path.name} is not valid TOML: {error}; mend or remove {path}") from error
    for name, value in table.items():
        if name not in _READERS:
            raise SettingsError(f"unknown setting {name!r} in {FILE}; {_nearest(name, list(_READERS))}")
        yield Given(name, f"{name} in {FILE}", value)


def _in_environment(environment: Mapping[str, str]) -> Iterator[Given]:
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
            yield Given(name, variable, parts)


def _nearest(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.0)
    return f"the nearest one is {near[0]}"


_READERS: dict[str, Callable[[Given], Any]] = {
    "corpus": read.paths,
    "data_dir": read.path,
    "embedder": read.text,
    "reranker": read.text,
    "store": read.text,
    "store_url": read.text,
    "composer": read.one_of("auto", "quote", "llm"),
    "llm_base_url": read.url,
    "llm_model": read.text,
    "llm_api_key": read.text,
    "llm_timeout_s": read.seconds,
    "slack_signing_secret": read.text,
    "slack_bot_token": read.text,
    "slack_api_url": read.url,
    "api_keys": read.texts,
    "admin_key": read.text,
    "rate_limit": read.rate,
    "rate_limit_store": read.redis,
    "request_timeout_s": read.seconds,
    "trusted_proxies": read.networks,
    "cors_origins": read.origins,
    "log_level": read.one_of("debug", "info", "warning", "error"),
    "log_questions": read.flag,
    "public_url": read.url,
}


def _place(path: Path, folder: Path, home: str) -> Path:
    return folder / (Path(home, *path.parts[1:]) if path.parts[:1] == ("~",) else path)


def _shown(name: str, value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if not value:
        return ""
    if name in SECRETS:
        return "hidden"
    if isinstance(value, float):
        return f"{value:g}"
    return read.without_password(_SEPARATORS[name].join(map(str, value)) if isinstance(value, tuple) else str(value))
