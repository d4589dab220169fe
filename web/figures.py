"""What stands around the chart of an answer: its size, its values in words and as a table, where they come from?"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from rag.types import Chart, Series
from web import charts, strings
from web.charts.words import said
from web.schemas import AnswerOut, ChartOut, CitationOut

__all__ = ["Figure", "figure_of", "table_as_csv"]

_TOLD = 12  # values that the words for the picture name
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with its citations; `rows` hold a label and each series' value as it is said, empty where there is none."""

    chart: Chart
    citations: tuple[CitationOut, ...]
    wide: tuple[int, int]
    narrow: tuple[int, int]
    rows: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def several(self) -> bool:
        return len(self.chart.series) > 1

    @property
    def sources(self) -> str:
        """Title, publisher and date of each document that is cited."""
        return "；".join(dict.fromkeys(map(_source, self.citations)))

    @property
    def told(self) -> str:
        """The values in words, for who does not see the picture; the table has them all."""
        names = [one.name for one in self.chart.series] if self.several else [""]
        values = [
            f"{label} {name} {word}" for label, words in self.rows for name, word in zip(names, words, strict=True) if word
        ]
        return "，".join(" ".join(value.split()) for value in values[:_TOLD]) + ("…" if len(values) > _TOLD else "")


def figure_of(answer: AnswerOut) -> Figure | None:
    """The chart of the answer with all that is shown with it; None where the answer has none."""
    if answer.chart is None:
        return None
    chart = _chart(answer.chart)
    wide, narrow = charts.planned(chart, charts.Look()), charts.planned(chart, charts.Look(narrow=True))
    cited = {citation.n: citation for citation in answer.citations}
    rows = tuple(
        (label, tuple("" if (value := one.values[n]) is None else said(value, chart.unit) for one in chart.series))
        for n, label in enumerate(chart.labels)
    )
    return Figure(
        chart,
        tuple(cited[n] for n in chart.n if n in cited),
        (round(wide.width), round(wide.height)),
        (round(narrow.width), round(narrow.height)),
        rows,
    )


def table_as_csv(figure: Figure, language: str) -> str:
    """A row a value for spreadsheets: a byte order mark before it, and nothing in it that one of them takes for a formula."""
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\r\n")
    keys = ("chart_label", "chart_series", "chart_value", "chart_unit_column", "chart_source_column")
    lines.writerow([strings.say(language, key) for key in keys])
    for one in figure.chart.series:
        for label, value in zip(figure.chart.labels, one.values, strict=True):
            number = "" if value is None else f"{value:.12g}"
            lines.writerow([_inert(label), _inert(one.name), number, _inert(figure.chart.unit), _inert(figure.sources)])
    return f"\ufeff{written.getvalue()}"


def _inert(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _source(citation: CitationOut) -> str:
    beside = "，".join(filter(None, (citation.publisher, citation.date)))
    return f"{citation.title}（{beside}）" if beside else citation.title


def _chart(out: ChartOut) -> Chart:
    series = tuple(Series(one.name, tuple(one.values)) for one in out.series)
    return Chart(out.kind, out.title, out.unit, tuple(out.labels), series, tuple(out.n))
