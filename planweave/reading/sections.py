"""Rows inside a table that are no actions: what heads those below, and what those below are part of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from planweave.reading.titles import Group

if TYPE_CHECKING:
    from planweave.documents import Row
    from planweave.reading.columns import Columns
    from planweave.reading.headings import Headings

__all__ = ["is_parent", "printed_cells", "section_of"]

SECTION: Final = re.compile(
    r"\s*(?:strategic\s+|key\s+)?(?:objective|priority|theme|aim|goal|section|pillar|outcome|chapter|commitment"
    r"|workstream|ambition|part)\s*(?:\d+|[a-z]\b|one\b|two\b|three\b|four\b|five\b|six\b|:)",
    re.IGNORECASE,
)
LETTERED: Final = re.compile(r"\(?(?:[a-z]|[ivx]{1,4})[.)]")
MIN_WIDTH: Final = 3
MAX_WORDS: Final = 10
MAX_MERGED_WORDS: Final = 30


def printed_cells(row: Row) -> list[tuple[int, str]]:
    """Give the cells of a row that have text, each with its place."""
    return [(place, cell) for place, cell in enumerate(row.cells) if cell.strip()]


def section_of(row: Row, columns: Columns | None, headings: Headings, left: int) -> Group | None:
    """Give the heading that a row inside a table is: one cell, the first, that is no action; or None.

    Parameters
    ----------
    row
        The row.
    columns
        What the columns of its table give, None if that is not known.
    headings
        What references look like.
    left
        The place of the first column of the table that has any text.
    """
    printed = printed_cells(row)
    if len(row.cells) < MIN_WIDTH or not printed:
        return None
    (place, first), *others = printed
    heading = " ".join(first.split())
    if len(others) == 1 and SECTION.fullmatch(first) and len(row.cells) > MIN_WIDTH:
        # "Objective 1" and what it is, in two cells.
        return Group(f"{heading} {' '.join(others[0][1].split())}", "worded")
    merged = row.covered >= set(range(len(row.cells))) - {place}
    leftmost = place == 0 or merged or SECTION.match(first) or not any(row.cells[:place])
    if others or headings.is_reference(first) or not leftmost:
        return None
    if SECTION.match(first):
        return Group(heading, "across" if merged else "worded")
    words = heading.split()
    short = len(words) <= MAX_WORDS and not heading.endswith((".", ";", ","))
    if merged:
        told = len(words) <= MAX_MERGED_WORDS and (short or not heading.endswith("."))
        return Group(heading, "across") if told else None
    known = columns.columns if columns else ()
    text_at = next((index for index, column in enumerate(known) if column.field == "text"), None)
    return Group(heading, "lone") if place == left and (short or text_at != place) else None


def is_parent(row: Row, following: Row, columns: Columns) -> bool:
    """Say whether a row is what the actions below are part of: reference and text alone, and theirs follow."""
    printed = {columns.columns[place].field for place, _ in printed_cells(row) if place < len(columns.columns)}
    if not {"ref", "text"} <= printed or printed - {"ref", "text", "group", "parent", "pillar"}:
        return False
    place = next(index for index, column in enumerate(columns.columns) if column.field == "ref")
    own, below = row.cells[place].strip().rstrip(".:)"), following.cells[place].strip()
    if LETTERED.fullmatch(row.cells[place].strip()):
        return False
    return bool(LETTERED.fullmatch(below)) or bool(re.match(rf"{re.escape(own)}(?:\.?[a-z]\b|\.\d|\()", below))
