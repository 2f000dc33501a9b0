"""Rows inside a table that are no actions: what heads those below, and what those below are part of."""

from __future__ import annotations

import re
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, Final

import msgspec

from planweave.reading.titles import Group

if TYPE_CHECKING:
    from planweave.documents import Row, Table
    from planweave.reading.columns import Columns
    from planweave.reading.headings import Headings

__all__ = [
    "box_of",
    "is_heading_of_references",
    "is_letter",
    "is_note",
    "is_parent",
    "keys_in",
    "printed_cells",
    "section_of",
    "without_specks",
]

SECTION: Final = re.compile(
    r"\s*(?:strategic\s+|key\s+)?(?:objective|priority|theme|aim|goal|section|pillar|outcome|chapter|commitment"
    r"|workstream|ambition|part)\s*(?:\d+|[a-z]\b|one\b|two\b|three\b|four\b|five\b|six\b|:)",
    re.IGNORECASE,
)
LETTERED: Final = re.compile(r"\(?(?:[a-z]|[ivx]{1,4})[.)]")
KEYED: Final = re.compile(r"[A-Z]|green|amber|red|blue|gr[ea]y|yellow|black|white|purple", re.IGNORECASE)
"""What a key explains: a letter or a colour."""

MOST_ABOVE: Final = 8
"""A table of more rows without a header is no key that stands above another."""

SPECKS: Final = frozenset(".,'`·:;|¦")
"""Marks that say nothing where they are all that stands in a cell."""

MIN_WIDTH: Final = 3
MAX_WORDS: Final = 10
MAX_HEADING_WORDS: Final = 6
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


def is_note(row: Row, columns: Columns) -> bool:
    """Say whether a row is a note: one text that goes across all columns and is no heading, as it is long."""
    printed = printed_cells(row)
    return len(printed) == 1 and len(row.covered) == len(columns.columns) - 1 >= MIN_WIDTH - 1


def is_heading_of_references(row: Row, following: Row, columns: Columns) -> bool:
    """Say whether a row heads those below: a short text where theirs is, without a reference, which they have."""
    fields = [column.field for column in columns.columns]
    printed = printed_cells(row)
    if len(printed) != 1 or "ref" not in fields or fields[printed[0][0]] != "text" or len(fields) <= MIN_WIDTH:
        return False
    text, below = printed[0][1].strip(), printed_cells(following)
    referred = any(fields[place] == "ref" for place, _ in below if place < len(fields))
    short = text[:1].isupper() and len(text.split()) <= MAX_HEADING_WORDS and not text.endswith((".", ";", ","))
    return short and referred and len(below) >= MIN_WIDTH


def is_letter(reference: str) -> bool:
    """Say whether a reference is a letter or a small Roman number alone: "a)" below "2.4" is a part of that.

    >>> is_letter("a)"), is_letter("(ii)"), is_letter("2.4"), is_letter("A1")
    (True, True, False, False)
    """
    return bool(LETTERED.fullmatch(reference.strip()))


def box_of(table: Table, headings: Headings) -> Group | None:
    """Give what a small table of facts says that the actions below stand under: "Priority | Safer roads"."""
    rows = [row for row in table.rows if not row.blank()]
    if table.width != 2 or len(rows) < 2 or any(headings.is_header(row, top=True) for row in rows):  # noqa: PLR2004 - pairs
        return None
    told = [(headings.meaning(row.cells[0]), row.cells[1]) for row in rows]
    if any(meaning and meaning.field in {"text", "lead", "due", "status"} for meaning, _ in told):
        return None
    named = (value for meaning, value in told if meaning and meaning.field in {"group", "pillar"} and value.strip())
    return next((Group(" ".join(value.split()), "box") for value in named), None)


def keys_in(table: Table, headings: Headings) -> dict[str, str]:
    """Give what a table of two columns, or cells above a header, say of colours and letters: "G", "On track".

    A small table without a header may be what stands above that of another.
    """
    pairs = [printed_cells(row) for row in table.rows]
    if all(len(pair) == 2 for pair in pairs):  # noqa: PLR2004 - a colour and what it means
        return {first.strip(): second for (_, first), (_, second) in pairs if KEYED.fullmatch(first.strip())}
    above = list(takewhile(lambda row: not headings.is_header(row, top=True), table.rows))
    if len(above) == len(table.rows) > MOST_ABOVE:
        return {}
    keyed = [
        (first.strip(), second)
        for row in above
        for (place, first), (beside, second) in pairwise(printed_cells(row))
        if beside == place + 1 and KEYED.fullmatch(first.strip())
    ]
    return dict(keyed) if 1 < len(keyed) == len(dict(keyed)) else {}


def without_specks(row: Row) -> tuple[Row, list[str]]:
    """Give a row without the specks of a scan, cells of one stray mark, and those."""
    specks = [cell.strip() for cell in row.cells if cell.strip() in SPECKS]
    if not specks:
        return row, specks
    return msgspec.structs.replace(
        row, cells=tuple("" if cell.strip() in SPECKS else cell for cell in row.cells)
    ), specks
