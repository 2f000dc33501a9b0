"""A document as it is printed, for beside what was understood of it: its lines and tables, a part at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planweave.correcting.saying import field_words
from planweave.documents import Line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from planweave.correcting import Understood
    from planweave.documents import Document, Row, Table

__all__ = ["PrintedPart", "parts_of", "printed_around", "printed_part"]

PART: Final = 120
"""So many lines and rows are shown at once."""

AROUND: Final = 3
"""So many rows are shown above and below the one that is spoken of."""

WIDEST: Final = 60


@dataclass(frozen=True)
class PrintedRow:
    """A row: its number, its cells, whether it is spoken of."""

    number: int
    cells: tuple[str, ...]
    marked: bool


@dataclass(frozen=True)
class PrintedTable:
    """Rows of a table, and what its columns are read as."""

    number: int
    page: int | None
    heads: tuple[str, ...]
    rows: tuple[PrintedRow, ...]


@dataclass(frozen=True)
class PrintedPart:
    """A part of the document: which, of how many, and what is in it: lines as text, and tables."""

    number: int
    of: int
    blocks: tuple[str | PrintedTable, ...]


Item = tuple["Table | None", "Line | Row"]


def _items(document: Document) -> Iterator[Item]:
    for block in document.blocks:
        if isinstance(block, Line):
            if block.text.strip():
                yield None, block
        else:
            yield from ((block, row) for row in block.rows if not row.blank())


def printed_part(seen: Understood, number: int, marked: Collection[tuple[int, int]] = ()) -> PrintedPart:
    """Give a part of the document, counted from 1."""
    items = list(_items(seen.document))
    parts = max(1, -(-len(items) // PART))
    number = min(max(number, 1), parts)
    return PrintedPart(number, parts, _blocks(items[(number - 1) * PART : number * PART], seen, marked))


def parts_of(document: Document) -> dict[tuple[int, int], int]:
    """Give the number of the part that has a row, by its table and its number."""
    return {
        (table.number, item.number): place // PART + 1
        for place, (table, item) in enumerate(_items(document))
        if table is not None
    }


def printed_around(seen: Understood, rows: Collection[tuple[int, int]], line: int | None = None) -> PrintedPart:
    """Give the rows that are spoken of, with those around them, and the heads of their tables."""
    items = list(_items(seen.document))
    places = [
        place
        for place, (table, item) in enumerate(items)
        if (table is not None and (table.number, item.number) in rows)
        or (table is None and isinstance(item, Line) and item.number == line)
    ]
    if not places:
        return printed_part(seen, 1, rows)
    shown = set(range(max(0, places[0] - AROUND), min(len(items), places[-1] + AROUND + 1)))
    tables = {number for number, _ in rows}
    first = {table.number: place for place, (table, _) in reversed(list(enumerate(items))) if table is not None}
    shown |= {first[table] for table in tables if table in first}
    return PrintedPart(1, 1, _blocks([items[place] for place in sorted(shown)], seen, rows))


def _blocks(
    items: Sequence[Item], seen: Understood, marked: Collection[tuple[int, int]]
) -> tuple[str | PrintedTable, ...]:
    fields: dict[tuple[int, int], str] = {}
    for column in seen.record.columns:
        fields.setdefault((column.table, column.column), column.field)
    found: list[str | PrintedTable] = []
    rows: list[PrintedRow] = []
    for place, (table, item) in enumerate(items):
        if table is None or isinstance(item, Line):
            found.append(item.text if isinstance(item, Line) else "")
            continue
        rows.append(PrintedRow(item.number, item.cells[:WIDEST], (table.number, item.number) in marked))
        following = items[place + 1][0] if place + 1 < len(items) else None
        if following is not table:
            width = max(len(row.cells) for row in rows)
            heads = tuple(
                field_words(fields[table.number, number]) if (table.number, number) in fields else "not read"
                for number in range(1, width + 1)
            )
            found.append(PrintedTable(table.number, table.page, heads, tuple(rows)))
            rows = []
    return tuple(found)
