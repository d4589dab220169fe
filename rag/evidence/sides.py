"""What lies between the figures of two statements, one for each side that a question compares?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.evidence.tables.amounts import Amount, alike, amount
from rag.evidence.tables.reckon import difference
from rag.evidence.tables.request import Reckoning, request_of
from rag.evidence.types import Evidence, Shape
from rag.question import Question, read_parts


def with_difference(question: Question, pieces: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The pieces, the last with the difference behind it where it is asked for and both figures are plain and alike."""
    asked = request_of(question)
    figures = [_figure(piece) for piece in pieces]
    plain = [figure for figure in figures if figure and figure.value >= 0]
    sides = read_parts(question)
    if len(plain) != 2 or len(pieces) != 2 or len(sides) != 2 or question.parts or not alike(plain):
        return tuple(pieces)
    if asked.reckoning is not Reckoning.DIFFERENCE or not asked.worded or any(piece.closing for piece in pieces):
        return tuple(pieces)
    years = [side.years for side in sides]
    dated = all(len(year) == 1 for year in years) and years[0] != years[1]
    first, last = plain if not dated or years[0] < years[1] else plain[::-1]
    said = difference(first, last, dated=dated, growth=asked.growth and dated, rising=asked.rising if dated else 0)
    return (pieces[0], replace(pieces[1], closing=said))


def _figure(piece: Evidence) -> Amount | None:
    """The one figure that a piece leads with."""
    if piece.headline:
        return amount(piece.headline)
    one = piece.claims[0] if piece.shape is Shape.CELLS and len(piece.claims) == 1 else None
    return amount(one.quote, one.unit) if one else None
