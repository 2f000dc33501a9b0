"""Tables → entries: the printed rows of each action put together, under the right columns and heading."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING

from planweave.reading.alignment import aligned
from planweave.reading.columns import Columns, completed
from planweave.records import Cell, Context, SourceRow, Unplaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planweave.documents import Document, Row, Table
    from planweave.reading.columns import Headings
    from planweave.reading.context import Surroundings

__all__ = ["Entry", "read_rows"]

SECTION = re.compile(
    r"\s*(?:objective|priority|theme|aim|goal|section|pillar|outcome|chapter)\s*(?:\d+|[a-z]\b|:)", re.IGNORECASE
)
IDENTIFYING = ("ref", "pillar", "lead", "due", "status")
MIN_SECTION_WIDTH = 3
MAX_SECTION_WORDS = 10


@dataclass
class Entry:
    """The printed rows of one action.

    ``values`` is field → the cells that give it, each with its heading; a cell that runs over a page is one.
    """

    columns: Columns
    group: str | None
    source: list[SourceRow]
    values: dict[str, list[tuple[str, str]]]
    flags: set[str] = field(default_factory=set)

    def text(self, name: str) -> str:
        """The text of a field, its cells joined; empty where nothing is printed."""
        return "\n".join(value for _, value in self.values.get(name, []) if value)

    def last(self, name: str) -> str:
        """The text of the last of a field's cells that has any: the latest status, the revised date."""
        return next((value for _, value in reversed(self.values.get(name, [])) if value), "")

    def printed(self) -> Iterator[str]:
        """Go through the cells as printed."""
        return (cell.text for row in self.source for cell in row.cells)

    def go_on_with(self, after: Entry) -> None:
        """Take the row in which this one continues after a page break."""
        self.source += after.source
        self.flags |= after.flags | {"row-split-over-pages"}
        for name, cells in after.values.items():
            known = self.values.setdefault(name, [])
            for place, (heading, text) in enumerate(cells):
                if place < len(known):
                    known[place] = (known[place][0], f"{known[place][1]} {text}".strip())
                else:
                    known.append((heading, text))


def read_rows(document: Document, headings: Headings, found: Surroundings) -> list[Entry]:
    """Read every table of a document; header rows and what fits no column go to the surroundings."""
    reader = _RowReader(headings, found)
    for table in document.tables():
        reader.read(table)
    return reader.entries


class _RowReader:
    """Goes through the rows of a document's tables, keeping the header and the heading they stand under."""

    def __init__(self, headings: Headings, found: Surroundings) -> None:
        self.entries: list[Entry] = []
        self._headings, self._found = headings, found
        self._columns: Columns | None = None
        self._header: tuple[str, ...] = ()
        self._group: str | None = None
        # Whether the next row is the first under its header, and whether that header was printed before.
        self._first = self._repeated = False

    def read(self, table: Table) -> None:
        """Read one table."""
        self._group = self._found.groups.get(table.number, self._group)
        self._first = self._repeated = False
        rows = deque(row for row in table.rows if not row.blank())
        while rows:
            row = rows.popleft()
            if self._headings.is_header(row):
                second = rows.popleft() if rows and self._headings.continues(row.cells, rows[0]) else None
                self._take_header(row, second, rows, table)
            elif self._is_section(row):
                self._group = " ".join(row.cells[0].split())
                self._note(self._group, row, table, heading=True)
            elif self._columns is None or "text" not in self._columns.fields():
                # A table that says no action, of risks or of meetings, is kept and gives none.
                self._leave(row, table)
            else:
                self._take_row(row, table, self._columns)
                self._first = False

    def _take_header(self, row: Row, second: Row | None, rows: Iterable[Row], table: Table) -> None:
        """Decide the columns from a header of one or two rows, and from the rows below it."""
        below = takewhile(lambda other: not self._headings.is_header(other), rows)
        body = [other for other in below if len(list(filter(None, other.cells))) > 1]
        self._first, self._repeated = True, _same(row.cells, self._header)
        self._header = row.cells
        self._note("\t".join(row.cells), row, table)
        if second is None:
            self._columns = self._headings.columns(row.cells, body)
            return
        split = self._headings.splits(row.cells, second)
        tails = {
            place: below
            for place, (above, below) in enumerate(zip(row.cells, second.cells, strict=False))
            if self._headings.completes(above, below) or (split and below)
        }
        # Of a heading that is split, the lower word says what the column gives: "End" of "Timescale".
        whole = [
            text if place not in tails else tails[place] if split else f"{text} {tails[place]}"
            for place, text in enumerate(row.cells)
        ]
        self._columns = completed(self._headings.columns(whole, body), row.cells, tails)
        self._note("\t".join(second.cells), second, table)

    def _take_row(self, row: Row, table: Table, columns: Columns) -> None:
        """Make an entry of a row, or go on with the one before it."""
        cells = aligned(row.cells, columns, self._headings)
        fallen = self._headings.fallen_words(self._header, cells) if self._first else {}
        moved = columns.shifted or bool(fallen) or cells[: len(row.cells)] != row.cells
        entry = Entry(
            columns,
            self._group,
            [_printed(row, cells, columns, table)],
            _values(cells, columns, fallen),
            {"header-shifted"} if moved else set(),
        )
        surplus = [cell for cell in cells[len(columns.columns) :] if cell]
        if surplus:
            where = f"table {table.number}, row {row.number}"
            self._found.unplaced.append(Unplaced("\t".join(surplus), where))
        if self._first and self._repeated and self.entries and self._goes_on(entry):
            self.entries[-1].go_on_with(entry)
        elif entry.text("text") or entry.text("ref"):
            self.entries.append(entry)
        else:
            self._leave(row, table)

    def _goes_on(self, entry: Entry) -> bool:
        """Say whether a row under a repeated header goes on with the action before it: nothing identifies it."""
        if entry.group != self.entries[-1].group:
            return False
        before = [name for name in IDENTIFYING if self.entries[-1].text(name)]
        identified = self._headings.reference_in(entry.text("text")) or any(entry.text(name) for name in IDENTIFYING)
        return bool(before) and not identified

    def _is_section(self, row: Row) -> bool:
        """Say whether a row is a heading inside a table: one cell, the first, that is no action."""
        first, *others = row.cells
        if len(others) + 1 < MIN_SECTION_WIDTH or not first.strip() or any(cell.strip() for cell in others):
            return False
        if self._headings.is_reference(first):
            return False
        in_text_column = self._columns is not None and self._columns.columns[0].field == "text"
        words = first.split()
        short = len(words) <= MAX_SECTION_WORDS and not words[-1].endswith((".", ";", ","))
        return not in_text_column or short or bool(SECTION.match(first))

    def _note(self, text: str, row: Row, table: Table, *, heading: bool = False) -> None:
        """Keep a row as understood: a header, or a heading."""
        where = f"table {table.number}, row {row.number}"
        self._found.context.append(Context(text, where, "heading" if heading else "header"))

    def _leave(self, row: Row, table: Table) -> None:
        """Keep a row as not placed."""
        where = f"table {table.number}, row {row.number}"
        self._found.unplaced.append(Unplaced("\t".join(row.cells).strip(), where))


def _printed(row: Row, cells: Sequence[str], columns: Columns, table: Table) -> SourceRow:
    """The row as printed: every cell that has text, under its column."""
    printed = (
        Cell(column.number, column.heading, cell, column.field)
        for column, cell in zip(columns.columns, cells, strict=False)
        if cell
    )
    return SourceRow(page=table.page, table=table.number, row=row.number, line=row.line, cells=tuple(printed))


def _values(cells: Sequence[str], columns: Columns, fallen: dict[int, str]) -> dict[str, list[tuple[str, str]]]:
    """The cells by the field they give, without the header words that fell into them."""
    values: dict[str, list[tuple[str, str]]] = {}
    for place, column in enumerate(columns.columns):
        text = cells[place] if place < len(cells) else ""
        if place in fallen:
            text = " ".join(text.split()[len(fallen[place].split()) :])
        values.setdefault(column.field, []).append((column.heading or f"column {column.number}", text))
    return values


def _same(header: Sequence[str], before: Sequence[str]) -> bool:
    return [" ".join(cell.split()).lower() for cell in header] == [" ".join(cell.split()).lower() for cell in before]
