"""Where in the world is a place that the JSON names by its path alone?"""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import quote, urlsplit

from fastapi import Request

from rag.settings import Settings
from web.schemas import AnswerOut, PassageOut

__all__ = ["absolute", "base_of", "is_own_page", "with_addresses"]

HOST = re.compile(r"(?:\[(?P<six>[^\]]+)\]|(?P<other>[^:]+))(?::\d+)?")
USUAL = {"http": ":80", "https": ":443"}  # ports that a browser leaves out


def base_of(request: Request) -> str:
    """Where people open this server, by the setting public_url, else as it was called; without a slash at its end."""
    return _public_url(request) or str(request.base_url).rstrip("/")


def absolute(url: str, base: str) -> str:
    """A link that can be followed from elsewhere, percent-encoded; where no base is known, the path as it is."""
    return quote(f"{base}{url}", safe="/:#?=&[]@%") if base else url


def with_addresses(answer: AnswerOut, base: str) -> AnswerOut:
    """The same answer, its citations and nearest passages with absolute links."""
    citations = [one.model_copy(update={"url": absolute(one.url, base)}) for one in answer.citations]
    return answer.model_copy(update={"citations": citations, "nearest": [_passage(one, base) for one in answer.nearest]})


def is_own_page(request: Request) -> bool:
    """Whether no browser sent this, or a page of this server did, at an address that nobody else's DNS can point here."""
    origin = request.headers.get("origin")
    if origin is None or origin == _origin(_public_url(request)):
        return True
    page = origin.partition("://")[2]
    named = HOST.fullmatch(page)
    return page == request.headers.get("host") and named is not None and _cannot_be_rebound(named["six"] or named["other"])


def _public_url(request: Request) -> str:
    settings: Settings = request.app.state.settings
    return settings.public_url


def _origin(url: str) -> str:
    """As a browser writes where a page comes from."""
    scheme, host, *_ = urlsplit(url.lower())
    return f"{scheme}://{host.removesuffix(USUAL.get(scheme, ''))}"


def _passage(passage: PassageOut, base: str) -> PassageOut:
    return passage.model_copy(update={"url": absolute(passage.url, base)})


def _cannot_be_rebound(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
