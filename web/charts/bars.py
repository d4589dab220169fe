"""Where do the bars of a chart lie: one under the other, each beside its name, from zero to its value?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rag.types import Chart
from web.charts.look import SIZE, Box, Look, Plan, Rule, Text
from web.charts.words import ems, said, wrapped

_LINE = 17  # pixels from one line of a name to the next
_BAR, _GAP, _BETWEEN = 18, 10, 12  # a bar, the room between two, more of it between groups
_NAMES = 0.4  # of the width that names may take


@dataclass(frozen=True, slots=True)
class _Row:
    """A name with its bar; without a value it is the name of a group."""

    name: str
    value: float | None
    series: int = 0
    heading: bool = False


def planned(chart: Chart, look: Look) -> Plan:
    """Horizontal bars, since Chinese names are long; of several series each name has its bars under it."""
    most = look.width * _NAMES / SIZE
    rows = [_Row(wrapped(row.name, most), row.value, row.series, row.heading) for row in _rows(chart)]
    values = [row.value for row in rows if row.value is not None]
    names = SIZE * max((ems(row.name) for row in rows if not row.heading), default=0.0) + 10
    ends = SIZE * max(ems(said(value, chart.unit)) for value in values) + 10
    low, high = min(0.0, *values), max(0.0, *values)
    left = names + (ends if low < 0 else 0.0)
    each = (look.width - left - (ends if high > 0 else 0.0)) / ((high - low) or 1.0)
    zero = left - low * each
    boxes: list[Box] = []
    texts: list[Text] = []
    rules: list[Rule] = []
    y = 2.0
    for place, row in enumerate(rows):
        y += _BETWEEN if row.heading and place else 0
        height = max(_BAR, _LINE * (row.name.count("\n") + 1))
        middle = y + height / 2
        texts.append(_name(row, names, middle))
        if not row.heading:
            rules.append(Rule(zero, zero, middle - (height + _GAP) / 2, middle + (height + _GAP) / 2))
        if row.value is not None:
            end = zero + row.value * each
            boxes.append(Box(min(zero, end), max(zero, end), middle - _BAR / 2, middle + _BAR / 2, row.series))
            texts.append(_value(said(row.value, chart.unit), row.value < 0, end, middle))
        elif not row.heading:
            texts.append(Text(zero + 6, middle, "–", soft=True))
        y += height + _GAP
    return Plan(look.width, y - _GAP + 4, tuple(boxes), (), tuple(rules), tuple(texts))


def _rows(chart: Chart) -> Iterator[_Row]:
    if len(chart.series) == 1:
        yield from (_Row(name, value) for name, value in zip(chart.labels, chart.series[0].values, strict=True))
        return
    for place, label in enumerate(chart.labels):
        yield _Row(label, None, heading=True)
        yield from (_Row(one.name, one.values[place], n) for n, one in enumerate(chart.series))


def _name(row: _Row, names: float, middle: float) -> Text:
    if row.heading:
        return Text(0, middle, row.name.replace("\n", ""), bold=True)
    return Text(names - 10, middle, row.name, "right")


def _value(words: str, below: bool, end: float, middle: float) -> Text:
    return Text(end - 6 if below else end + 6, middle, words, "right" if below else "left", bold=True)
