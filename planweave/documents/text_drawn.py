"""Tables drawn in plain text: rules of ``+---+`` or of box lines, and cells between bars that may spill over lines."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from planweave.documents.grid import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["drawn_rows"]

RULE: Final = re.compile(r"\s*(?:\+(?:[-=]+\+)+|[\u2500-\u257f]{3,})\s*")
"""A line that is drawn from edge to edge, with a mark at each column or at the corners alone."""

BARS: Final = re.compile(r"[|│║┃]")
MIN_COLUMNS: Final = 2

Numbered = tuple[int, int | None, str]


def drawn_rows(run: Sequence[Numbered]) -> list[Row]:
    """Give the rows of a run of lines that draws a table; [] where it draws none that is clear.

    The run has to begin and end with a rule, and each line between two rules has to have as many bars as all the
    others. Where a rule stands under each row, what stands between two rules is one row; where there is one under the
    header alone, each line is a row, and one whose first cell is empty goes on with the row above it.
    """
    rules = [place for place, (_, _, line) in enumerate(run) if RULE.fullmatch(line)]
    if len(rules) < 3 or rules[0] != 0 or rules[-1] != len(run) - 1:  # noqa: PLR2004 - top, under the header, bottom
        return []
    cells = {place: _cells(line) for place, (_, _, line) in enumerate(run) if place not in rules}
    widths = {len(parts) for parts in cells.values()}
    if len(widths) != 1 or min(widths) < MIN_COLUMNS:
        return []
    groups = [list(range(above + 1, below)) for above, below in pairwise(rules)]
    groups = [group for group in groups if group]
    if len(groups) == MIN_COLUMNS:
        groups = [groups[0], *_by_line(groups[1], cells)]
    return [
        Row(number, run[group[0]][0], _together([cells[place] for place in group]))
        for number, group in enumerate(groups, start=1)
    ]


def _cells(line: str) -> tuple[str, ...]:
    """Split a line between its outer bars, each cell as wide as it is drawn; () where it has none."""
    text = line.strip()
    return tuple(BARS.split(text[1:-1])) if BARS.match(text[:1]) and BARS.match(text[-1:]) else ()


def _by_line(places: Sequence[int], cells: dict[int, tuple[str, ...]]) -> list[list[int]]:
    groups: list[list[int]] = []
    for place in places:
        if groups and not cells[place][0].strip():
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups


def _together(lines: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Put the lines of a row's cells together."""
    return tuple(_unwrapped(parts) for parts in zip(*lines, strict=True))


def _unwrapped(parts: Sequence[str]) -> str:
    """Put the lines of a cell together: with a gap where the next word had no room, with a break where it had."""
    found = ""
    room = 0
    for part in parts:
        text = part.strip()
        if text and found:
            found += "\n" if len(text.split()[0]) < room else "  "
        found += text
        # What is left of the line behind its text, without the space in front of the next bar.
        room = len(part) - len(part.rstrip()) - 1 if text else 0
    return found
