"""Does a sum that is shown hold, and are its operands figures of the cited words?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.chinese.numbers import Number, NumberKind, numbers
from rag.verifying.agree import same_figure
from rag.verifying.faults import Fault, Wrong
from rag.verifying.grounds import Grounds
from rag.verifying.marks import Mark, bound_of

__all__ = ["Sums", "sums"]

_EQUATION = re.compile(r"[(\d＋+\-−–.,%a-z万亿千百个分点元美港人家小时钟天年月倍×*÷/（）() ]+[=≈][^，。；;=≈,()（）]{1,24}")
_OPERATOR = re.compile(r"[+\-−–×*÷/＋]")
_CLOSE = 0.006  # of the result, that rounding may take


@dataclass(frozen=True, slots=True)
class Sums:
    """The equations that a text shows, where they stand, and what is wrong with them."""

    places: tuple[tuple[int, int], ...] = ()
    faults: tuple[Fault, ...] = ()
    results: tuple[float, ...] = ()

    def holds(self, mark: Mark) -> bool:
        """Whether the figure is a part of an equation that was checked, or repeats its result."""
        inside = any(start <= mark.number.span.start < end for start, end in self.places)
        return inside or any(abs(mark.number.value - result) <= 1e-9 * max(1.0, abs(result)) for result in self.results)


def sums(text: str, found: Sequence[Grounds]) -> Sums:
    """Every equation of a read text, computed anew."""
    places: list[tuple[int, int]] = []
    faults: list[Fault] = []
    results: list[float] = []
    for match in _EQUATION.finditer(text):
        left, _, right = re.split("([=≈])", match.group(), maxsplit=1)
        left = left.rpartition("(")[2] if left.count("(") > left.count(")") else left
        operands, result = _values(left), _values(right)
        if len(operands) < 2 or not result or not _OPERATOR.search(left):
            continue
        places.append(match.span())
        if not _follows(left, operands, result[0], right) or not all(_stands(n, left, found, results) for n in operands):
            faults.append(Fault(Wrong.SUM, match.group().strip()))
        results.append(result[0].value)
    return Sums(tuple(places), tuple(faults), tuple(results))


def _values(text: str) -> list[Number]:
    """The plain figures of one side; a minus between two of them is no range."""
    spaced = re.sub(r"[−–\-]", " ; ", text)
    return [number for number in numbers(spaced) if number.kind is not NumberKind.DATE]


def _stands(number: Number, text: str, found: Sequence[Grounds], results: Sequence[float]) -> bool:
    if any(abs(number.value - result) <= 1e-9 * max(1.0, abs(result)) for result in results):
        return True
    said = number.span.of(re.sub(r"[−–\-]", " ; ", text))
    mark = Mark(number, said, bound_of(said))
    count = number.kind is NumberKind.PLAIN and number.value <= 12 and "÷" in text  # of a mean: how many there are
    return count or any(same_figure(mark, other) for ground in found for line in ground.lines for other in line.marks)


def _follows(left: str, operands: Sequence[Number], result: Number, right: str) -> bool:
    values = [number.value for number in operands]
    if re.search(r"[÷/]", left):
        divisor = values[-1]
        if not divisor:
            return False
        dividend = sum(values[:-1])
        exact = dividend / divisor * (100.0 if "%" in right else 1.0)
    elif re.search(r"[×*]", left):
        exact = values[0] * values[1] / (100.0 if "%" in left else 1.0)
    elif re.search(r"[−–]|(?<=[\d万亿%元人家倍点时]) ?-", left):
        exact = values[0] - sum(values[1:])
    else:
        exact = sum(values)
    return abs(abs(exact) - abs(result.value)) <= max(_CLOSE * abs(exact), 0.051 if "%" in right else 1e-6)
