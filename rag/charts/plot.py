"""What does a picture consist of before it is drawn, when does it help, and how do its points become a chart?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.charts.times import times
from rag.charts.values import Value, divided, in_one_unit
from rag.types import Chart, Series

_FEWEST, _MOST = 2, 24  # values on an axis
_MOST_SERIES = 5
_SLIVER = 1 / 60  # of the longest bar: what is shorter cannot be told from nothing


@dataclass(frozen=True, slots=True)
class Point:
    """A value under the name on the axis and the name of its series."""

    label: str
    series: str
    value: Value


@dataclass(frozen=True, slots=True)
class Plot:
    """Points in one unit, in the order of the answer, and what they are of."""

    title: str
    points: tuple[Point, ...]


def long_enough(count: int) -> bool:
    return count >= _FEWEST


def cleaned(name: str) -> str:
    """A name on one line, nothing loose at its ends."""
    return " ".join(name.split()).strip(" ·，,：:")


def chart_of(plot: Plot) -> Chart | None:
    """The chart, its times in order; None where a picture would not help or mislead."""
    labels = tuple(dict.fromkeys(point.label for point in plot.points))
    series = tuple(dict.fromkeys(point.series for point in plot.points))
    placed = {(point.label, point.series): point.value for point in plot.points}
    values = list(placed.values())
    if not _FEWEST <= len(labels) <= _MOST or len(series) > _MOST_SERIES or len(placed) < len(plot.points):
        return None
    if not all(value.exact for value in values) and len(series) > 1:
        return None  # one name stands for several values: there is no place for how each is printed
    dated = times(labels)
    if dated:
        labels = tuple(label for _, label in sorted(zip((time.at for time in dated), labels, strict=True)))
    elif _slivers([value.value for value in values]):
        return None
    unit, scale = in_one_unit(values)
    drawn = tuple(Series(name, tuple(_at(placed.get((label, name)), scale) for label in labels)) for name in series)
    title, shown = _shown(plot, labels)
    said = [_said(name, placed.get((label, series[0]))) for name, label in zip(shown, labels, strict=True)]
    found = [placed[label, name] for name in series for label in labels if (label, name) in placed]
    n = tuple(dict.fromkeys(value.n for value in found))
    return Chart("line" if dated else "bar", title, unit, tuple(said), drawn, n)


def _at(value: Value | None, scale: float) -> float | None:
    return None if value is None else divided(value.value, scale)


def _slivers(values: Sequence[float]) -> bool:
    """Whether most bars would be too short to be seen."""
    longest = max(map(abs, values))
    return sum(abs(value) < longest * _SLIVER for value in values) * 2 >= len(values)


def _shown(plot: Plot, labels: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Times by themselves; what each of them is followed by, 销售额 of 2031年销售额, is said once, in the title."""
    dated = times(labels)
    rest = dated[0].rest if dated else ""
    if not rest:
        return plot.title, tuple(labels)
    return f"{plot.title} · {rest}" if rest not in plot.title else plot.title, tuple(time.name for time in dated)


def _said(label: str, value: Value | None) -> str:
    """The label; behind it, where the figure is not exact, the words in which it is printed: 注册医生（近30万名）."""
    return label if value is None or value.exact else f"{label}（{' '.join(value.printed.split())}）"
