"""Printed lines of a table without rules between its rows → rows."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["groups_of", "is_reference"]

REFERENCE: Final = re.compile(r"\(?[A-Za-z]{0,4}[ .-]?\d{1,3}(?:[.-]\d{1,3}){0,3}[a-z]?[.):]?")
"""What stands in the column that numbers the rows."""

MOST: Final = 0.7
MOST_FILLED: Final = 0.8
MIN_OTHERS: Final = 3
WIDER: Final = 1.25
"""How many times the space between lines the space between rows is, at least."""

PLAIN: Final = 1.2
"""And how many points more."""


def is_reference(text: str) -> bool:
    """Say whether a text is a reference and nothing else."""
    return bool(REFERENCE.fullmatch(text.strip()))


def groups_of(
    lines: Sequence[Sequence[str]], gaps: Sequence[float], breaks: Sequence[bool], *, ruled: bool
) -> list[range]:
    """Tell which lines make a row each.

    Parameters
    ----------
    lines
        The text of each line, column by column.
    gaps
        The empty space above each line; that above the first is not looked at.
    breaks
        Whether a rule is drawn above each line.
    ruled
        Whether rules part the rows, so that a row ends at a rule and nowhere else.

    Examples
    --------
    >>> lines = [("Ref", "Action"), ("1", "Open a"), ("", "hub"), ("2", "Close it")]
    >>> groups_of(lines, [0, 2, 2, 2], [False] * 4, ruled=False)
    [range(0, 1), range(1, 3), range(3, 4)]
    """
    column, anchors = _anchors(lines)
    starts = {place for place, drawn in enumerate(breaks) if drawn} | {0}
    if not ruled:
        wide = _wide(gaps)
        if wide is not None:
            starts |= {place for place, gap in enumerate(gaps) if place and gap > wide}
            starts -= _loose(lines, starts, anchors, breaks)
        elif not anchors:
            starts |= _fullest(lines)
    bands = _bands(lines, column, anchors) if anchors and not ruled else set()
    starts |= bands | {place + 1 for place in bands if place + 1 < len(lines)}
    starts |= _second_anchors(anchors, starts)
    ordered = [*sorted(starts), len(lines)]
    return [range(start, end) for start, end in pairwise(ordered)]


def _bands(lines: Sequence[Sequence[str]], column: int, anchors: set[int]) -> set[int]:
    """The lines between rows that print one text, in the column of the references or left of it: headings.

    One stands right above a row that has its reference; what goes on in small letters is the rest of a cell.
    """
    found = set()
    for place, line in enumerate(lines):
        filled = [at for at, text in enumerate(line) if text.strip()]
        alone = len(filled) == 1 and filled[0] <= column and place not in anchors
        # The last one stands over the table that follows.
        between = place + 1 in anchors or (place == len(lines) - 1 and place - 1 in anchors)
        if place and alone and between and line[filled[0]][:1].isupper() and " " in line[filled[0]]:
            found.add(place)
    return found


def _anchors(lines: Sequence[Sequence[str]]) -> tuple[int, set[int]]:
    """The first column that holds references, if nearly all it holds are some, and the lines it has them in."""
    for column in range(len(lines[0]) if lines else 0):
        # A heading between the rows stands there alone and speaks for nothing.
        printed = [
            place
            for place, line in enumerate(lines)
            if place and line[column].strip() and (sum(map(bool, line)) > 1 or is_reference(line[column]))
        ]
        found = [place for place in printed if is_reference(lines[place][column])]
        if len(found) > 1 and len(found) >= MOST * len(printed):
            return column, set(found)
    return 0, set()


def _wide(gaps: Sequence[float]) -> float | None:
    """What is wider than the space between lines, if there are spaces of several kinds."""
    ordered = sorted(gap for gap in gaps[1:])
    jumps = [
        (upper + lower) / 2
        for lower, upper in pairwise(ordered)
        if upper - lower >= PLAIN and upper >= WIDER * max(lower, 0.1)
    ]
    return jumps[0] if jumps else None


def _loose(lines: Sequence[Sequence[str]], starts: set[int], anchors: set[int], breaks: Sequence[bool]) -> set[int]:
    """What begins below a wide space and is only a paragraph of the row above: one cell, in a table of references."""
    if not anchors:
        return set()
    ordered = [*sorted(starts), len(lines)]
    first = min(anchors)
    loose = set()
    for start, end in pairwise(ordered):
        filled = {column for line in lines[start:end] for column, text in enumerate(line) if text.strip()}
        anchored = bool(anchors & set(range(start, end)))
        if start > first and not breaks[start] and not anchored and len(filled) == 1 and min(filled) > 0:
            loose.add(start)
    return loose


def _second_anchors(anchors: set[int], starts: set[int]) -> set[int]:
    """Where a second reference stands in what else were one row; and the first of all, under its header."""
    found: set[int] = set()
    ordered = sorted(starts)
    for anchor in sorted(anchors):
        start = max(place for place in [*ordered, *found] if place <= anchor)
        if start != anchor and (any(start <= other < anchor for other in anchors) or start == 0):
            found.add(anchor)
    return found


def _fullest(lines: Sequence[Sequence[str]]) -> set[int]:
    """The lines that print most of the columns, the first too; or all others, where that goes on from above."""
    width = max((sum(map(bool, line)) for line in lines), default=0)
    needed = max(2, MOST_FILLED * width)
    return {
        place
        for place, line in enumerate(lines)
        if (line[0] and sum(map(bool, line)) >= needed) or sum(map(bool, line[1:])) >= max(MIN_OTHERS, width - 1)
    }
