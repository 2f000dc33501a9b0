"""Lists side by side: one printed table that holds several, each with the same headings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from planweave.reading.definition import fold
from planweave.records import Cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planweave.documents import Row, Table
    from planweave.reading.columns import Columns
    from planweave.reading.entries import Entry
    from planweave.reading.headings import Headings

__all__ = ["segments_of", "with_whole_rows"]

LOOKED_AT = 5
"""How many rows from the top are looked at for a header."""


def segments_of(table: Table, headings: Headings) -> tuple[Table, ...]:
    """Give the lists that stand side by side in a table, each with the others' cells left empty; () if it is one.

    They are told by a header that prints the same headings in the same order again, an action's among them.
    """
    for row in table.rows[:LOOKED_AT]:
        if headings.is_header(row, top=True):
            starts = _starts([fold(cell) for cell in row.cells], headings)
            return tuple(_masked(table, start, end) for start, end in starts)
    return ()


def _starts(header: Sequence[str], headings: Headings) -> list[tuple[int, int]]:
    first = next((index for index, heading in enumerate(header) if heading), 0)
    begins = [index for index, heading in enumerate(header) if heading and heading == header[first]]
    ends = [*begins[1:], len(header)]
    lists = [[heading for heading in header[start:end] if heading] for start, end in zip(begins, ends, strict=True)]
    same = len(lists) > 1 and all(other == lists[0] for other in lists[1:])
    text = any(headings.field(heading) == "text" for heading in lists[0])
    return list(zip(begins, ends, strict=True)) if same and text and len(lists[0]) > 1 else []


def _masked(table: Table, start: int, end: int) -> Table:
    def masked(row: Row) -> Row:
        cells = tuple(cell if start <= place < end else "" for place, cell in enumerate(row.cells))
        return msgspec.structs.replace(row, cells=cells)

    return msgspec.structs.replace(table, rows=tuple(map(masked, table.rows)))


def with_whole_rows(entries: Sequence[Entry], table: Table, lists: Sequence[Columns]) -> list[Entry]:
    """Give the entries of lists side by side with their printed rows whole: a row is printed once for all lists."""
    rows = {row.number: row for row in table.rows}
    columns = {
        column.number: column
        for found in reversed(lists)
        for column in found.columns
        if column.heading or column.field != "extra"
    }

    def whole(entry: Entry) -> Entry:
        source = []
        for printed in entry.source:
            row = rows[printed.row]
            cells = tuple(
                Cell(place, columns[place].heading, text, columns[place].field)
                if place in columns
                else Cell(place, "", text, "extra")
                for place, text in enumerate(row.cells, start=1)
                if text
            )
            source.append(msgspec.structs.replace(printed, cells=cells))
        return replace(entry, source=source)

    return [whole(entry) for entry in entries]
