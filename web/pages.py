"""How is a page made: a template, the language of whoever reads it, and nothing that can run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from web import copies, excerpts, figures, markdown, strings
from web.addresses import base_of
from web.schemas import AnswerOut

__all__ = ["THEMES", "Pages", "language_of", "theme_of"]

YEAR = 365 * 24 * 3600
THEMES = ("auto", "light", "dark")  # in the order in which the switch goes through them


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
        self.environment.filters["answer_html"] = markdown.render_answer
        self.environment.filters["origins"] = _origins
        self.environment.filters["tongue"] = _tongue
        self.environment.filters["excerpt"] = excerpts.excerpt
        self.environment.filters["in_context"] = excerpts.in_context
        self.environment.filters["near"] = _near
        self.environment.filters["marked"] = _marked
        self.environment.filters["day"] = _day
        self.environment.filters["by_document"] = copies.by_document
        self.environment.globals["copies"] = copies
        self.environment.globals["figure_of"] = figures.figure_of
        self.environment.globals["icon"] = self.environment.get_template("icons.html").module

    def text(self, request: Request, template: str, **context: object) -> str:
        """The template as HTML text, in the language of the request."""
        language, theme = language_of(request), theme_of(request)
        say = partial(strings.say, language)
        spoken = {key: strings.STRINGS[key][strings.LANGUAGES.index(language)] for key in strings.SCRIPT_KEYS}
        return self.environment.get_template(template).render(
            t=say,
            language=language,
            other_language=next(name for name in strings.LANGUAGES if name != language),
            theme=theme,
            next_theme=THEMES[(THEMES.index(theme) + 1) % len(THEMES)],
            script_strings=json.dumps(spoken, ensure_ascii=False),
            base_url=base_of(request),
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
        """A whole page; a language or a theme asked for in the address is remembered."""
        response = HTMLResponse(self.text(request, template, **context), status_code=status, headers=dict(headers or {}))
        response.headers["Vary"] = "Accept-Language, Cookie"
        for name, known in (("lang", strings.LANGUAGES), ("theme", THEMES)):
            if request.query_params.get(name) in known:
                # the page's script changes the theme by itself
                script_may = name == "theme"
                response.set_cookie(name, request.query_params[name], max_age=YEAR, samesite="lax", httponly=not script_may)
        return response


def language_of(request: Request) -> str:
    return strings.choose(
        request.query_params.get("lang"), request.cookies.get("lang"), request.headers.get("accept-language", "")
    )


def theme_of(request: Request) -> str:
    """What was chosen, in the address or before; `auto` follows the system."""
    chosen = (request.query_params.get("theme"), request.cookies.get("theme"))
    return next((theme for theme in chosen if theme in THEMES), THEMES[0])


def _origins(answer: AnswerOut) -> list[str]:
    """Who published the figures of an answer, and when; each once."""
    cited = {citation.n: citation for citation in answer.citations}
    sources = [cited[figure.n] for figure in answer.figures if figure.n in cited]
    said = (" · ".join(filter(None, (source.publisher, source.date))) for source in sources)
    return list(dict.fromkeys(filter(None, said)))


def _tongue(text: str) -> str:
    return "zh-CN" if strings.of(text) == "zh" else "en"


def _near(section: str) -> str:
    """The last two headings of a path: the ones above repeat the title as a rule, and space is short."""
    return " › ".join(section.split(" › ")[-2:])


def _marked(url: str) -> str:
    """The same place, marked by the server: for a list that is followed without JavaScript too."""
    page, _, span = url.partition("#c")
    return f"{page}?c={span}#c{span}"


def _day(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).astimezone().strftime("%Y-%m-%d %H:%M")
