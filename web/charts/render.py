"""How does a plan become a picture: which marks, shapes and dashes, in which colours?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any

import altair as alt
import vl_convert

from web.charts.look import FONT, LARGE, MARGIN, SMALL, Align, Look, Plan, Text
from web.charts.words import wrapped

__all__ = ["in_pixels", "in_svg"]

_DASHES = ([1, 0], [7, 4], [2, 3], [10, 3, 2, 3], [4, 2])
_SHAPES = ("circle", "square", "triangle-up", "diamond", "cross")
_TITLE, _SOURCE = 24, 17  # pixels from line to line
_LINE = 17
_SHARP = 2  # pixels of a PNG for each of the drawing


def in_svg(plan: Plan, look: Look, title: str) -> str:
    """SVG without scripts or styles, its words as text, under the title where it stands alone."""
    return str(vl_convert.vegalite_to_svg(_specification(plan, look, title), allowed_base_urls=[]))


def in_pixels(svg: str) -> bytes:
    """The picture as PNG, two pixels for one; its words in the fonts of this machine."""
    return bytes(vl_convert.svg_to_png(svg, scale=_SHARP))


def _specification(plan: Plan, look: Look, title: str) -> dict[str, Any]:
    above = _lines(title, look, LARGE) if look.alone else []
    below = _lines(look.source, look, SMALL) if look.alone else []
    top, foot = len(above) * _TITLE, len(below) * _SOURCE
    around = [Text(0, n * _TITLE - top, line, size=LARGE, bold=True) for n, line in enumerate(above)]
    around += [Text(0, plan.height + 20 + n * _SOURCE, line, size=SMALL, soft=True) for n, line in enumerate(below)]
    margin = MARGIN if look.alone else 0
    chart = (
        alt.layer(*_layers(plan, look, (*plan.texts, *around)))
        .properties(
            width=plan.width,
            height=plan.height,
            padding={
                "left": margin,
                "right": margin,
                "top": margin + top + (6 if top else 0),
                "bottom": margin + (foot + 12 if foot else 0),
            },
            autosize=alt.AutoSizeParams(type="none"),
            background=look.colours.paper if look.alone else "transparent",
        )
        .configure_view(strokeWidth=0)
    )
    made: dict[str, Any] = chart.to_dict(validate=False)  # every value is ours; checking them costs more than drawing
    return made


def _lines(words: str, look: Look, size: int) -> list[str]:
    return wrapped(words, look.width / size, 6).split("\n")


def _layers(plan: Plan, look: Look, texts: Sequence[Text]) -> Iterator[alt.Chart]:
    """What carries no value first, so that nothing lies over a figure."""
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, plan.width], nice=False, zero=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[plan.height, 0], nice=False, zero=False))
    series, colours = look.colours.series, look.colours
    rules = [asdict(rule) for rule in plan.rules]
    yield _of(rules).mark_rule(stroke=colours.faint, strokeWidth=1).encode(x=x, y=y, x2="x2:Q", y2="y2:Q")
    for n, boxes in groupby(sorted(plan.boxes, key=lambda box: box.series), key=lambda box: box.series):
        yield (
            _of([asdict(box) for box in boxes])
            .mark_rect(fill=series[n], cornerRadiusEnd=2)
            .encode(x=x, y=y, x2="x2:Q", y2="y2:Q")
        )
    for n, group in groupby(plan.dots, key=lambda dot: dot.series):
        base = _of([asdict(dot) for dot in group]).encode(x=x, y=y)
        yield base.mark_line(stroke=series[n], strokeWidth=2.5, strokeDash=_DASHES[n]).encode(detail="run:N")
        yield base.mark_point(shape=_SHAPES[n], filled=True, size=70, fill=series[n], opacity=1)
    for manner, same in groupby(sorted(texts, key=_manner), key=_manner):
        written = list(same)
        if plan.dots and manner[2]:  # a value stays readable where a line runs through it
            yield _written(manner, written, look, stroke=colours.paper).encode(x=x, y=y, text="words:N")
        yield _written(manner, written, look).encode(x=x, y=y, text="words:N")


_Manner = tuple[Align, int, bool, bool]


def _manner(text: Text) -> _Manner:
    return text.align, text.size, text.bold, text.soft


def _written(manner: _Manner, texts: Sequence[Text], look: Look, stroke: str = "") -> alt.Chart:
    """The words, or with `stroke` the edge that sets them off."""
    align, size, bold, soft = manner
    # of several lines the first one is placed
    rows = [{"x": text.x, "y": text.y - _LINE * text.words.count("\n") / 2, "words": text.words} for text in texts]
    written: alt.Chart = _of(rows).mark_text(
        align=align,
        baseline="middle",
        font=FONT,
        fontSize=size,
        fontWeight=600 if bold else 400,
        fill=look.colours.soft if soft else look.colours.ink,
        lineBreak="\n",
        lineHeight=_LINE,
        limit=0,
        stroke=stroke or "transparent",
        strokeWidth=4 if stroke else 0,
        strokeJoin="round",
    )
    return written


def _of(rows: list[dict[str, Any]]) -> alt.Chart:
    return alt.Chart(alt.InlineData(values=rows))
