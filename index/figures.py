"""Which figures does the library state, and which of them are like one another?"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.chinese.numbers import Number, NumberKind
from index.circumstances import Told, When
from index.stated import Stated, stated
from index.types import Span, Unit

_FILE = "figures.npy"
_KINDS = tuple(NumberKind)
_TOLD = tuple(Told)

# one row a figure; spans count characters of the document's text, empty where there is nothing
_ROW = np.dtype(
    [
        *((name, np.int32) for name in ("unit", "start", "end", "measure_start", "measure_end", "column_start", "column_end")),
        *((name, np.int32) for name in ("subject_start", "subject_end", "base_start", "base_end")),
        *((name, np.int16) for name in ("year", "last")),
        *((name, np.int8) for name in ("kind", "told", "change")),
        ("value", np.float64),
        ("high", np.float64),
        ("name", "U8"),
        ("part", "U5"),
    ]
)
Rows = NDArray[np.void]


class Inventory:
    """Every figure of a library, in the order of its units; a row of numbers each until it is asked for."""

    def __init__(self, rows: Rows, units: Sequence[Unit]) -> None:
        self._rows = rows
        self._units = units
        self._starts = np.searchsorted(rows["unit"], np.arange(len(units) + 1))

    def __len__(self) -> int:
        return len(self._rows)

    def of(self, unit: int) -> tuple[Stated, ...]:
        """The figures of one unit in order."""
        return tuple(self._stated(place) for place in range(self._starts[unit], self._starts[unit + 1]))

    def count(self, units: range) -> int:
        """How many figures stand in these units, which follow one another."""
        return int(self._starts[units.stop] - self._starts[units.start])

    def like(self, figure: Stated, factor: float) -> Iterator[Stated]:
        """The other figures of its kind that are at most so many times as great or small."""
        value = figure.number.value
        low, high = sorted((value / factor, value * factor))
        rows = self._rows
        for place in np.flatnonzero(
            (rows["kind"] == _KINDS.index(figure.number.kind)) & (rows["value"] >= low) & (rows["value"] <= high)
        ):
            found = self._stated(int(place))
            if (found.document, found.number.span) != (figure.document, figure.number.span):
                yield found

    def _stated(self, place: int) -> Stated:
        row = self._rows[place]
        kind, high = _KINDS[row["kind"]], float(row["high"])
        number = Number(_span(row, ""), kind, float(row["value"]), str(row["name"]), None if np.isnan(high) else high)
        when = When(int(row["year"]), int(row["last"]), str(row["part"]), _TOLD[row["told"]])
        return Stated(
            int(row["unit"]),
            self._units[row["unit"]].document,
            number,
            _span(row, "measure_"),
            _span(row, "column_"),
            _span(row, "subject_"),
            when,
            _span(row, "base_"),
            bool(row["change"]),
        )


def _span(row: np.void, name: str) -> Span:
    return Span(int(row[f"{name}start"]), int(row[f"{name}end"]))


def load(folder: Path) -> Rows:
    """The rows that `save` wrote; read as they are needed."""
    return np.load(folder / _FILE, mmap_mode="r")  # type: ignore[no-any-return]


def save(folder: Path, found: Rows) -> None:
    """One file in the folder of an index."""
    with (folder / _FILE).open("wb") as file:
        np.save(file, found)
        file.flush()
        os.fsync(file.fileno())


def part(found: Rows, first: int, end: int) -> Rows:
    """The rows of the units from the first to the one before the end, counted from the first."""
    return shifted(found[(found["unit"] >= first) & (found["unit"] < end)], -first)


def shifted(found: Rows, by: int) -> Rows:
    """The rows with their units counted on from another one."""
    moved = found.copy()
    moved["unit"] += by
    return moved


def rows(units: Sequence[Unit]) -> Rows:
    """The inventory of these units as it is stored; a unit's number is its place among them."""
    return np.array([_row(figure) for figure in stated(units)], _ROW)


def _row(figure: Stated) -> tuple[object, ...]:
    spans = (figure.number.span, figure.measure, figure.column, figure.subject, figure.base)
    number, when = figure.number, figure.when
    return (
        figure.unit,
        *(end for span in spans for end in (span.start, span.end)),
        when.year,
        when.last,
        _KINDS.index(number.kind),
        _TOLD.index(when.told),
        figure.change,
        number.value,
        float("nan") if number.high is None else number.high,
        number.unit,
        when.part,
    )
