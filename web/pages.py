"""How is a page made: a template, the language of whoever reads it, and nothing that can run."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from web import figures, markdown, strings
from web.schemas import AnswerOut, CitationOut

__all__ = ["Pages", "by_document", "language_of"]

YEAR = 365 * 24 * 3600


class Pages:
    """Renders the templates beside this file; whatever comes from a document or a person is escaped."""

    def __init__(self) -> None:
        self.environment = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.environment.filters["answer_html"] = _answer_html
        self.environment.filters["excerpt"] = markdown.excerpt
        self.environment.filters["near"] = _near
        self.environment.filters["marked"] = _marked
        self.environment.filters["day"] = _day
        self.environment.filters["by_document"] = by_document
        self.environment.globals["as_markdown"] = markdown.as_markdown
        self.environment.globals["figure_of"] = figures.figure_of
        self.environment.globals["icon"] = self.environment.get_template("icons.html").module

    def text(self, request: Request, template: str, **context: object) -> str:
        """The template as HTML text, in the language of the request."""
        language = language_of(request)
        say = partial(strings.say, language)
        spoken = {key: strings.STRINGS[key][strings.LANGUAGES.index(language)] for key in strings.SCRIPT_KEYS}
        return self.environment.get_template(template).render(
            t=say,
            language=language,
            other_language=next(name for name in strings.LANGUAGES if name != language),
            script_strings=json.dumps(spoken, ensure_ascii=False),
            base_url=str(request.base_url),
            path=request.url.path,
            **context,
        )

    def show(
        self,
        request: Request,
        template: str,
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        **context: object,
    ) -> HTMLResponse:
        """A whole page; a language asked for in the address is remembered."""
        response = HTMLResponse(self.text(request, template, **context), status_code=status, headers=dict(headers or {}))
        response.headers["Vary"] = "Accept-Language, Cookie"
        if request.query_params.get("lang") in strings.LANGUAGES:
            response.set_cookie("lang", request.query_params["lang"], max_age=YEAR, samesite="lax", httponly=True)
        return response


def language_of(request: Request) -> str:
    return strings.choose(
        request.query_params.get("lang"), request.cookies.get("lang"), request.headers.get("accept-language", "")
    )


def by_document(citations: Iterable[CitationOut]) -> list[list[CitationOut]]:
    """The citations of one document together, documents in the order in which they are first cited."""
    grouped: dict[str, list[CitationOut]] = {}
    for citation in citations:
        grouped.setdefault(citation.document, []).append(citation)
    return list(grouped.values())


def _answer_html(answer: AnswerOut) -> str:
    return markdown.render(answer.answer, answer.citations, answer.figures)


def _near(section: str) -> str:
    """The last two headings of a path: the ones above repeat the title as a rule, and space is short."""
    return " › ".join(section.split(" › ")[-2:])


def _marked(url: str) -> str:
    """The same place, marked by the server: for a list that is followed without JavaScript too."""
    page, _, span = url.partition("#c")
    return f"{page}?c={span}#c{span}"


def _day(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).astimezone().strftime("%Y-%m-%d %H:%M")
