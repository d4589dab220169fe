"""Which picture shows the cited figures better than words: bars, a line, or none?"""

from __future__ import annotations

from collections.abc import Sequence

from rag.charts import cells, told
from rag.charts.plot import chart_of
from rag.types import Chart, Citation

__all__ = ["drawn"]


def drawn(citations: Sequence[Citation]) -> Chart | None:
    """The chart of the most cited figures that can be compared, from these citations alone; None where none helps."""
    charts = [chart for find in (cells.plots, told.plots) for plot in find(citations) if (chart := chart_of(plot))]
    return max(charts, key=_size, default=None)


def _size(chart: Chart) -> int:
    return sum(value is not None for one in chart.series for value in one.values)
