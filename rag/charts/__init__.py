"""Which picture shows the cited figures better than words: bars, a line, or none?"""

from __future__ import annotations

from collections.abc import Sequence

from rag.charts import cells
from rag.charts.plot import chart_of
from rag.types import Chart, Citation

__all__ = ["drawn"]


def drawn(citations: Sequence[Citation]) -> Chart | None:
    """The chart of the most cited figures that can be compared, from these citations alone; None where none helps."""
    charts = [chart for plot in cells.plots(citations) if (chart := chart_of(plot))]
    return max(charts, key=lambda chart: len(chart.n), default=None)
