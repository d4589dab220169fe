"""What does a picture look like: its size, its colours, what stands around it, and where everything is placed?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "center", "right"]
WIDE, NARROW = 680, 328  # pixels: a column of the page, a phone without its margins
FONT = "-apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', system-ui, sans-serif"
SIZE, SMALL, LARGE = 13, 12, 16
MARGIN = 20  # around a picture that stands alone


@dataclass(frozen=True, slots=True)
class Colours:
    """Each stands out from the paper by 4.5 to 1 as text, 3 to 1 as a shape."""

    paper: str
    ink: str
    soft: str
    faint: str
    series: tuple[str, ...]


LIGHT = Colours("#ffffff", "#1c1d1b", "#5d5f59", "#d9d6cc", ("#1f5e54", "#b4581a", "#4656a8", "#8a3a62", "#5d6b17"))
DARK = Colours("#1f211f", "#e9e7e1", "#a8a9a2", "#43463f", ("#86cfc0", "#eda26a", "#a3b0f2", "#e59abf", "#c2cf74"))


@dataclass(frozen=True, slots=True)
class Look:
    """How the picture is wanted; with `source`, a line that names it, it stands alone: under its title, on paper."""

    dark: bool = False
    narrow: bool = False
    source: str = ""

    @property
    def alone(self) -> bool:
        return bool(self.source)

    @property
    def colours(self) -> Colours:
        return DARK if self.dark else LIGHT

    @property
    def width(self) -> int:
        return NARROW if self.narrow else WIDE


@dataclass(frozen=True, slots=True)
class Text:
    """Words at a place; `align` says which end of them is there, `y` is their middle, several lines grow downwards."""

    x: float
    y: float
    words: str
    align: Align = "left"
    size: int = SIZE
    bold: bool = False
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A bar from `x` to `x2`."""

    x: float
    x2: float
    y: float
    y2: float
    series: int


@dataclass(frozen=True, slots=True)
class Dot:
    """A point of a line, which joins the points of its series in their order; a new `run` begins behind a gap."""

    x: float
    y: float
    series: int
    run: int


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line, which carries no value."""

    x: float
    x2: float
    y: float
    y2: float


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything in its place, in pixels from the top left corner."""

    width: float
    height: float
    boxes: tuple[Box, ...] = ()
    dots: tuple[Dot, ...] = ()
    rules: tuple[Rule, ...] = ()
    texts: tuple[Text, ...] = ()
