"""A sheet of cells → lines and tables: what a spreadsheet and a CSV file have in common.

As in plain text, an empty row ends a table. A row of one cell, leftmost, that stands above a table or on its own
is a line: a title, a heading, a note.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import msgspec

from planweave.documents.grid import Line, Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["blocks_of", "printed_as"]


def blocks_of(rows: Sequence[Row], tables: int = 0) -> Iterator[Line | Table]:
    """Take the rows of a sheet apart into lines and tables.

    Parameters
    ----------
    rows
        All rows of the sheet, the empty ones as well; their numbers are not looked at.
    tables
        How many tables the document has had before.
    """
    start = min((place for row in rows for place in _printed(row)[:1]), default=0)
    end = 1 + max((place for row in rows for place in (*_printed(row)[-1:], *row.covered)), default=0)
    for empty, group in groupby(rows, key=lambda row: row.blank() and not row.covered):
        if empty:
            continue
        block = list(group)
        while block and _is_line(block[0], start):
            row = block.pop(0)
            yield Line(row.cells[start].strip(), row.line)
        if block:
            tables += 1
            yield Table(tables, None, tuple(_cropped(row, number, start, end) for number, row in enumerate(block, 1)))


def printed_as(blocks: Sequence[Line | Table]) -> str:
    """Give the text of lines and tables as plain text would print them: rows as lines, tabs between cells."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Line):
            lines.append(block.text)
        else:
            lines += ["\t".join(row.cells) for row in block.rows]
    return "\n".join(lines)


def _printed(row: Row) -> list[int]:
    """The places of a row that have text."""
    return [place for place, cell in enumerate(row.cells) if cell.strip()]


def _is_line(row: Row, start: int) -> bool:
    """Say whether a row has one cell, the sheet's leftmost, that no cell above reaches down into."""
    return _printed(row) == [start] and not any(row.fills[start + 1 :]) and _is_run(row, start)


def _is_run(row: Row, start: int) -> bool:
    """Say whether what is covered in a row is covered by its first cell, going to the right without a gap."""
    return row.covered == frozenset(range(start + 1, start + 1 + len(row.covered)))


def _cropped(row: Row, number: int, start: int, end: int) -> Row:
    """A row without the empty columns around the sheet, with its number in its table."""
    return msgspec.structs.replace(
        row,
        number=number,
        cells=row.cells[start:end],
        covered=frozenset(place - start for place in row.covered if start <= place < end),
        fills=row.fills[start:end] if any(row.fills[start:end]) else (),
    )
