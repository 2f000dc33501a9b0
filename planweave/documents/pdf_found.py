"""A table as it is found on one page, before pages are put together; how far its columns' text can go."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from planweave.documents.pdf_lines import lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planweave.documents.pdf_page import Box, Fill, Sheet, Word

__all__ = ["FoundRow", "FoundTable", "colour_of_mark", "colours_between", "furthest", "place_in"]

MARK: Final = 4.0
"""A coloured mark in an empty cell is at least so large, in points: a circle of red, amber or green."""

BACKGROUND: Final = 0.8
"""What fills more of a page than this is the paper's colour, not a cell's."""

MANY: Final = 12
"""So many full lines show how far to the right a column's text goes."""

MEANING: Final = frozenset({"red", "amber", "green", "blue", "yellow", "grey"})


@dataclass
class FoundRow:
    """A row: its cells as text, what is covered, its colours.

    ``reaching`` are the columns whose empty cell also spans rows below.
    """

    cells: list[str]
    covered: set[int] = field(default_factory=set)
    fills: list[str] = field(default_factory=list)
    reaching: dict[int, int] = field(default_factory=dict)


@dataclass
class FoundTable:
    """A table of one page: its box, from where to where its columns go, its rows.

    ``ruled`` on every side or not; if not, ``by_rules`` tells whether rules part its rows.
    """

    page: int
    box: Box
    columns: list[tuple[float, float]]
    rows: list[FoundRow]
    ruled: bool
    by_rules: bool = False


def place_in(places: Sequence[float], value: float) -> int | None:
    """Tell between which two places a value lies: 0 for the first two; None outside them all.

    Examples
    --------
    >>> place_in([10, 20, 30], 25), place_in([10, 20, 30], 5)
    (1, None)
    """
    index = bisect_right(places, value) - 1
    return index if 0 <= index < len(places) - 1 else None


def furthest(cells: Iterable[Sequence[Word]]) -> float | None:
    """Give how far to the right the full lines of a column's cells go; None where they are too few to tell."""
    ends = [upper.x1 for cell in cells for upper, _ in pairwise(lines_of(word for word in cell if word.way == 0))]
    return max(ends) if len(ends) >= MANY else None


def colours_between(sheet: Sheet, xs: Sequence[float], ys: Sequence[float]) -> dict[tuple[int, int], str]:
    """Give the colour of each square between places along and across a page, the last one that was painted."""
    middles = [(one + other) / 2 for one, other in pairwise(xs)]
    levels = [(one + other) / 2 for one, other in pairwise(ys)]
    found: dict[tuple[int, int], str] = {}
    for fill in sheet.fills:
        if _is_background(fill, sheet):
            continue
        columns = range(bisect_right(middles, fill.box.x0), bisect_right(middles, fill.box.x1))
        for row in range(bisect_right(levels, fill.box.top), bisect_right(levels, fill.box.bottom)):
            for column in columns:
                if _half(fill.box, xs[column], ys[row], xs[column + 1], ys[row + 1]):
                    found[row, column] = fill.colour
    return found


def _half(box: Box, x0: float, top: float, x1: float, bottom: float) -> bool:
    """Say whether a box covers half of another at least."""
    wide, high = min(box.x1, x1) - max(box.x0, x0), min(box.bottom, bottom) - max(box.top, top)
    return wide > 0 and high > 0 and 2 * wide * high >= (x1 - x0) * (bottom - top)


def _is_background(fill: Fill, sheet: Sheet) -> bool:
    wide, high = fill.box.x1 - fill.box.x0, fill.box.bottom - fill.box.top
    return wide * high > BACKGROUND * sheet.width * sheet.height


def colour_of_mark(fills: Iterable[Fill], box: Box) -> str:
    """Give the colour of a mark inside an empty cell, or ""."""
    for fill in fills:
        wide, high = fill.box.x1 - fill.box.x0, fill.box.bottom - fill.box.top
        inside = box.x0 - 1 <= fill.box.x0 and fill.box.x1 <= box.x1 + 1
        inside = inside and box.top - 1 <= fill.box.top and fill.box.bottom <= box.bottom + 1
        if inside and wide >= MARK and high >= MARK and fill.colour in MEANING:
            return fill.colour
    return ""
