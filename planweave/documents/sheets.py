"""A sheet of cells → lines and tables: what a spreadsheet and a CSV file have in common.

As in plain text, an empty row ends a table. A row of one cell, leftmost, that stands above a table or on its own
is a line: a title, a heading, a note; and so are rows of one cell each, one below the other.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby, takewhile
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from planweave.documents.grid import OF_SHEETS, Line, Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Sheet", "are_hidden", "blocks_of", "column_letter", "printed_as", "workbook_blocks"]

MOST_NAMED = 12


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
        if _is_list(block):
            yield from (Line(text, row.line) for row in block for text in _texts(row))
        elif block:
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


def are_hidden(what: str, names: Sequence[str], sheet: str, how: str = "hidden", done: str = "left out") -> str:
    """Say what was done with rows, columns or cells that are hidden or else not as they seem.

    Examples
    --------
    >>> are_hidden("row", ["4", "5"], "Plan")
    "rows 4, 5 of the sheet 'Plan' are hidden: they are left out"
    """
    named = ", ".join(names[:MOST_NAMED]) + (" …" if len(names) > MOST_NAMED else "")
    what, are, they_are = (what, "is", "it is") if len(names) == 1 else (f"{what}s", "are", "they are")
    return f"{what} {named} of the sheet {sheet!r} {are} {how}: {they_are} {done}"


def column_letter(place: int) -> str:
    """Give the letters of a column by its place, from 0.

    Examples
    --------
    >>> column_letter(0), column_letter(27)
    ('A', 'AB')
    """
    before, letter = divmod(place, 26)
    return (column_letter(before - 1) if before else "") + chr(ord("A") + letter)


def _printed(row: Row) -> list[int]:
    """The places of a row that have text."""
    return [place for place, cell in enumerate(row.cells) if cell.strip()]


def _is_line(row: Row, start: int) -> bool:
    """Say whether a row has one cell, the sheet's leftmost, that no cell above reaches down into."""
    colours = set(row.fills[start + 1 :]) - {"", "white", *row.fills[start : start + 1]}
    return _printed(row) == [start] and not colours and _is_run(row, start)


def _is_list(block: Sequence[Row]) -> bool:
    """Say whether rows are no table: each has one text, in the same column, and no colour behind it."""
    places = {tuple(_printed(row)) for row in block}
    if len(places) != 1 or len(place := next(iter(places))) != 1:
        return False
    # A colour may be all that a cell says; one before the text only shows what a key speaks of.
    return not any(set(row.fills[place[0] + 1 :]) - {"", "white", *row.fills[place[0] :][:1]} for row in block)


def _texts(row: Row) -> Iterator[str]:
    return (row.cells[place].strip() for place in _printed(row))


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


class Sheet(NamedTuple):
    """A sheet of a workbook: its name, its rows, and what is written beside its cells."""

    name: str
    rows: Sequence[Row]
    notes: Sequence[str] = ()


def workbook_blocks(sheets: Sequence[Sheet]) -> Iterator[Line | Table]:
    """Take the sheets of a workbook apart into lines and tables.

    Where several sheets have something in them, the name of each is a line before what it heads: before the lines
    above its first table, but behind the first line of the document, and behind what several sheets print alike.
    """
    filled = [(sheet, blocks) for sheet, blocks in _taken_apart(sheets) if blocks]
    above = Counter(line for _, blocks in filled for line in {block.text for block in _lines_above(blocks)})
    for number, (sheet, blocks) in enumerate(filled):
        if len(filled) > 1:
            lines = _lines_above(blocks)
            place = next((place for place, line in enumerate(lines) if above[line.text] == 1), len(lines))
            place = max(place, int(number == 0 and bool(lines)))
            blocks.insert(place, Line(sheet.name, 1, None, OF_SHEETS))
        yield from blocks
        yield from (Line(note, 1) for note in sheet.notes)


def _taken_apart(sheets: Sequence[Sheet]) -> Iterator[tuple[Sheet, list[Line | Table]]]:
    tables = 0
    for sheet in sheets:
        blocks = list(blocks_of(sheet.rows, tables))
        tables += sum(isinstance(block, Table) for block in blocks)
        yield sheet, blocks


def _lines_above(blocks: Sequence[Line | Table]) -> list[Line]:
    """Give the lines above the first table of a sheet."""
    return [block for block in takewhile(lambda block: isinstance(block, Line), blocks) if isinstance(block, Line)]
