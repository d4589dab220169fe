"""How is a chart drawn on the server: SVG for the page, PNG for slides, light or dark, wide or for a phone?"""

from __future__ import annotations

from functools import lru_cache

from rag.types import Chart
from web.charts import bars, lines
from web.charts.look import Look, Plan

__all__ = ["Look", "planned", "png", "svg"]

_KINDS = {"bar": bars.planned, "line": lines.planned}


def planned(chart: Chart, look: Look) -> Plan:
    """Where everything stands; `width` and `height` are those of the picture without title and source."""
    return _KINDS[chart.kind](chart, look)


@lru_cache(maxsize=128)
def svg(chart: Chart, look: Look) -> str:
    """The picture as SVG; some ten milliseconds, the first one half a second."""
    from web.charts import render  # a JavaScript engine of 100 MB: only who draws pays for it

    return render.in_svg(planned(chart, look), look, chart.title)


@lru_cache(maxsize=32)
def png(chart: Chart, look: Look) -> bytes:
    """The same in pixels."""
    from web.charts import render

    return render.in_pixels(svg(chart, look))
