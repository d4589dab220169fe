"""Where do the points of a line stand: times from left to right at their distances, values above zero, labels apart?"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rag.charts.times import times
from rag.types import Chart
from web.charts.look import SIZE, SMALL, Dot, Look, Plan, Rule, Text
from web.charts.words import ems, said, wrapped

_HEIGHT, _LOW = 200, 140  # of the plot; where there are but two times, it needs less
_TOP = 30  # room for the label of the highest point
_APART = 17  # pixels between two labels, one above the other
_ABOVE = 15  # from a point to its label
_LINE = 16


def planned(chart: Chart, look: Look) -> Plan:
    """The plan of one line or several; the axis begins at zero, or below where a value does."""
    several = len(chart.series) > 1
    words = [[None if v is None else said(v, chart.unit) for v in one.values] for one in chart.series]
    widest = SIZE * max(ems(word) for row in words for word in row if word)
    names = _names(chart, words, look) if several else []
    left = max(widest / 2, SMALL * ems(chart.labels[0]) / 2 if len(chart.labels) < 5 else 0) + 4
    right = max(left, SIZE * max((ems(name) for name in names), default=0.0) + 16)
    at = _across(chart.labels, left, look.width - right)
    values = [value for one in chart.series for value in one.values if value is not None]
    low, high = min(0.0, *values), max(0.0, *values)
    tall = _HEIGHT if len(chart.labels) > 2 else _LOW
    foot = _TOP + tall
    each = tall / ((high - low) or 1.0)
    heights = [[None if v is None else foot - (v - low) * each for v in one.values] for one in chart.series]
    labels, deep = _labels(chart.labels, at, foot)
    texts = [*labels, *_value_texts(words, heights, at[:-1] if several else at)]
    if several:
        texts += _end_texts(names, heights, look.width - right + 12)
    zero = foot + low * each
    return Plan(look.width, foot + deep, (), tuple(_dots(heights, at)), (Rule(0, look.width, zero, zero),), tuple(texts))


def _names(chart: Chart, words: Sequence[Sequence[str | None]], look: Look) -> list[str]:
    """What stands at the end of each line: its name and its last value."""
    most = look.width * 0.26 / SIZE
    told = [(one.name, row[-1] or "") for one, row in zip(chart.series, words, strict=True)]
    return [
        whole if ems(whole := f"{name} {value}".strip()) <= most else f"{wrapped(name, most, 3)}\n{value}".strip()
        for name, value in told
    ]


def _across(labels: Sequence[str], left: float, right: float) -> list[float]:
    """Times as far apart as they are, where no two come too close; everything else evenly."""
    even = [left + (right - left) * place / max(len(labels) - 1, 1) for place in range(len(labels))]
    found = [time.at for time in times(labels)]
    if len(found) < 2:
        return even
    span = found[-1] - found[0]
    placed = [left + (right - left) * (at - found[0]) / span for at in found] if span > 0 else even
    near = min(b - a for a, b in pairwise(placed))
    return placed if near > _NEAREST * (right - left) / len(labels) else even


_NEAREST = 0.35  # of an even distance


def _labels(labels: Sequence[str], at: Sequence[float], foot: float) -> tuple[list[Text], float]:
    """The times under the axis, on several lines where they are close, and how deep they reach."""
    room = min((b - a for a, b in pairwise(at)), default=100.0)
    names = [wrapped(label, max((room - 6) / SMALL, 2.4)) for label in labels]
    lines = max(name.count("\n") for name in names) + 1
    texts = [
        Text(x, foot + 16 + _LINE * name.count("\n") / 2, name, "center", SMALL, soft=True)
        for x, name in zip(at, names, strict=True)
    ]
    return texts, 10 + _LINE * lines + 4


def _value_texts(
    words: Sequence[Sequence[str | None]], heights: Sequence[Sequence[float | None]], at: Sequence[float]
) -> list[Text]:
    """Each value above its point; of several over one another the lowest stands below its own, the others apart."""
    texts: list[Text] = []
    for place, x in enumerate(at):
        column = [(row[place], high[place]) for row, high in zip(words, heights, strict=True)]
        there = sorted(((high, word) for word, high in column if word is not None and high is not None), reverse=True)
        lowest = [there[0][0] + _ABOVE] if len(there) > 1 else []
        places = [*lowest, *spread([high - _ABOVE for high, _ in there[len(lowest) :]])]
        texts += [Text(x, y, word, "center", bold=True) for (_, word), y in zip(there, places, strict=True)]
    return texts


def _end_texts(names: Sequence[str], heights: Sequence[Sequence[float | None]], x: float) -> list[Text]:
    """The name of each line at its end."""
    ends = [next((high for high in reversed(row) if high is not None), 0.0) for row in heights]
    deepest = max(name.count("\n") for name in names) + 1
    return [Text(x, y, name) for name, y in zip(names, spread(ends, _APART * deepest), strict=True)]


def _dots(heights: Sequence[Sequence[float | None]], at: Sequence[float]) -> list[Dot]:
    dots: list[Dot] = []
    run = 0
    for series, row in enumerate(heights):
        run += 1
        for x, y in zip(at, row, strict=True):
            if y is None:
                run += 1
            else:
                dots.append(Dot(x, y, series, run))
    return dots


def spread(places: Sequence[float], apart: float = _APART) -> list[float]:
    """The places moved as little upwards as keeps each so far from the next."""
    order = sorted(range(len(places)), key=lambda n: -places[n])
    moved = list(places)
    for below, above in pairwise(order):
        moved[above] = min(moved[above], moved[below] - apart)
    return moved
