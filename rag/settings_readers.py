"""What must a value of a setting look like: one reader a kind of value."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_network
from math import isfinite
from pathlib import Path

__all__ = [
    "SECRETS",
    "Given",
    "Rate",
    "SettingsError",
    "flag",
    "networks",
    "one_of",
    "origins",
    "path",
    "paths",
    "rate",
    "redis",
    "seconds",
    "text",
    "texts",
    "url",
    "without_password",
]

SECRETS = frozenset({"llm_api_key", "slack_signing_secret", "slack_bot_token", "api_keys", "admin_key"})

_PERIODS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}
_FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


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


@dataclass(frozen=True, slots=True)
class Given:
    """One setting as a person wrote it: `place` is where, in their own spelling."""

    name: str
    place: str
    value: object

    def wrong(self, expected: str) -> SettingsError:
        value = "(a secret, not shown)" if self.name in SECRETS else without_password(repr(self.value))
        return SettingsError(f"{self.place} is {value}; expected {expected}")


def text(given: Given) -> str:
    if not isinstance(given.value, str):
        raise given.wrong("text in quotes")
    return given.value.strip()


def path(given: Given) -> Path:
    written = text(given)
    if not written:
        raise given.wrong("the path of a folder")
    return Path(written)


def texts(given: Given) -> tuple[str, ...]:
    value = [given.value] if isinstance(given.value, str) else given.value
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise given.wrong("a list of texts in quotes")
    return tuple(one.strip() for one in value if one.strip())


def paths(given: Given) -> tuple[Path, ...]:
    folders = texts(given)
    if not folders:
        raise given.wrong("at least one folder")
    return tuple(map(Path, folders))


def url(given: Given) -> str:
    written = text(given)
    if written and not re.match(r"https?://[^/\s]", written):
        raise given.wrong("an address that starts with http:// or https://")
    return written.rstrip("/")


def seconds(given: Given) -> float:
    expected = "a number of seconds above 0"
    if isinstance(given.value, bool) or not isinstance(given.value, (str, int, float)):
        raise given.wrong(expected)
    try:
        number = float(given.value)
    except ValueError as error:
        raise given.wrong(expected) from error
    if not (isfinite(number) and number > 0):
        raise given.wrong(expected)
    return number


def one_of(*names: str) -> Callable[[Given], str]:
    def known(given: Given) -> str:
        name = text(given)
        if name not in names:
            raise given.wrong(f"{', '.join(names[:-1])} or {names[-1]}")
        return name

    return known


def rate(given: Given) -> Rate:
    written = re.fullmatch(rf"([1-9][0-9]{{0,8}})/({'|'.join(_PERIODS)})", text(given))
    if written is None:
        raise given.wrong("requests per second, minute, hour or day, such as 60/minute")
    return Rate(int(written[1]), _PERIODS[written[2]])


def flag(given: Given) -> bool:
    if isinstance(given.value, bool):
        return given.value
    known = _FLAGS.get(given.value.strip().lower()) if isinstance(given.value, str) else None
    if known is None:
        raise given.wrong("true or false")
    return known


def networks(given: Given) -> tuple[str, ...]:
    """Addresses such as 10.0.0.7 and networks such as 10.0.0.0/8."""
    written = texts(given)
    for one in written:
        try:
            ip_network(one)
        except ValueError as error:
            raise given.wrong(f"addresses or networks such as 10.0.0.7 or 10.0.0.0/8; {error}") from error
    return written


def origins(given: Given) -> tuple[str, ...]:
    """Scheme, host and port as a browser sends them, without a path; `*` stands for every page there is."""
    written = texts(given)
    for one in written:
        if one != "*" and not re.fullmatch(r"https?://[^/\s*]+", one):
            raise given.wrong(f"origins such as https://intranet.example, without a path; {one!r} is none")
    return written


def redis(given: Given) -> str:
    written = text(given)
    if written and not re.match(r"(rediss?://[^/\s]|redis\+unix:///)", written):
        raise given.wrong("an address such as redis://127.0.0.1:6379/0 or rediss://…")
    return written


def without_password(text: str) -> str:
    return re.sub(r"(?<=://)[^/\s]*@", "hidden@", text)
