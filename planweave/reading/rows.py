"""Tables → entries: the printed rows of each action put together, under the right columns and heading."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from planweave.dates import find_dates
from planweave.documents import Document, Row, Table
from planweave.reading.columns import Columns, completed
from planweave.records import Cell, Context, SourceRow, Unplaced

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planweave.reading.columns import Headings
    from planweave.reading.context import Surroundings

__all__ = ["Entry", "read_rows"]

SECTION = re.compile(r"\s*(?:objective|priority|theme|aim|goal|section|pillar|outcome|chapter)\b", re.IGNORECASE)
IDENTIFYING = ("ref", "pillar", "lead", "due", "status")
MAX_MISSING = 2
MIN_SECTION_WIDTH = 3


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

    def printed(self) -> Iterator[str]:
        """Go through the cells as printed."""
        return (cell.text for row in self.source for cell in row.cells)


@dataclass
class _State:
    """Where the reader stands: the header it is under, the group, and the entry it may have to go on with."""

    columns: Columns | None = None
    header: tuple[str, ...] = ()
    group: str | None = None
    entries: list[Entry] = field(default_factory=list)


def read_rows(document: Document, headings: Headings, found: Surroundings) -> list[Entry]:
    """Read every table of a document; header rows and what fits no column go to the surroundings."""
    state = _State()
    for table in document.tables():
        state.group = found.groups.get(table.number, state.group)
        _read_table(table, headings, found, state)
    return state.entries


def _read_table(table: Table, headings: Headings, found: Surroundings, state: _State) -> None:
    rows = [row for row in table.rows if not row.blank()]
    repeated = False
    first = True
    position = 0
    while position < len(rows):
        row = rows[position]
        position += 1
        if headings.is_header(row):
            extended = position < len(rows) and headings.continues(row.cells, rows[position])
            body = [r for r in rows[position + extended :] if not headings.is_header(r) and not _is_section(r, None, headings)]
            repeated = _same(row.cells, state.header)
            state.columns = headings.columns(row.cells, body)
            state.header = row.cells
            first = True
            found.context.append(_header(row, table))
            if extended:
                below = rows[position]
                tails = {
                    index: cell
                    for index, cell in enumerate(below.cells)
                    if headings.completes(row.cells[index] if index < len(row.cells) else "", cell)
                }
                state.columns = completed(headings.columns(_joined(row.cells, tails), body), row.cells, tails)
                found.context.append(_header(below, table))
                position += 1
            continue
        if _is_section(row, state.columns, headings):
            state.group = " ".join(next(cell for cell in row.cells if cell.strip()).split())
            found.context.append(Context(state.group, f"table {table.number}, row {row.number}", "heading"))
            continue
        if state.columns is None:
            where = f"table {table.number}, row {row.number}"
            found.unplaced.append(Unplaced("\t".join(row.cells).strip(), where))
            continue
        _read_row(row, table, headings, state, over_break=first and repeated)
        first = False


def _read_row(row: Row, table: Table, headings: Headings, state: _State, *, over_break: bool) -> None:
    """Make an entry of a row, or go on with the one before it."""
    columns = state.columns
    assert columns is not None  # noqa: S101 - the caller has seen a header
    flags = {"header-shifted"} if columns.shifted else set()
    cells = row.cells
    if len(cells) < len(columns.columns):
        cells = _aligned(row.cells, columns, headings)
        if cells[: len(row.cells)] != row.cells:
            flags.add("header-shifted")
    fallen = headings.fallen_words(state.header, Row(row.number, row.line, cells)) if not over_break else {}
    if fallen:
        flags.add("header-shifted")
    printed = SourceRow(
        page=table.page,
        table=table.number,
        row=row.number,
        line=row.line,
        cells=tuple(
            Cell(column.number, column.heading, cells[column.number - 1], column.field)
            for column in columns.columns
            if column.number <= len(cells) and cells[column.number - 1]
        ),
    )
    values: dict[str, list[tuple[str, str]]] = {}
    for column in columns.columns:
        text = cells[column.number - 1] if column.number <= len(cells) else ""
        text = " ".join(text.split()[len(fallen[column.number - 1].split()) :]) if column.number - 1 in fallen else text
        values.setdefault(column.field, []).append((column.heading, text))
    entry = Entry(columns, state.group, [printed], values, flags)
    if state.entries and over_break and _goes_on(entry, state.entries[-1]):
        _join(state.entries[-1], entry)
    else:
        state.entries.append(entry)


def _goes_on(entry: Entry, before: Entry) -> bool:
    """Say whether a row under a repeated header goes on with the action before it: nothing identifies it."""
    identifying = [name for name in IDENTIFYING if before.text(name)]
    return bool(identifying) and not any(entry.text(name) for name in IDENTIFYING)


def _join(before: Entry, after: Entry) -> None:
    before.source += after.source
    before.flags |= after.flags | {"row-split-over-pages"}
    for name, cells in after.values.items():
        known = before.values.setdefault(name, [])
        for index, (heading, text) in enumerate(cells):
            if index < len(known):
                known[index] = (known[index][0], f"{known[index][1]} {text}".strip())
            else:
                known.append((heading, text))


def _aligned(cells: Sequence[str], columns: Columns, headings: Headings) -> tuple[str, ...]:
    """Put the cells of a short row under the columns their values fit; leave them where nothing speaks for it."""
    width = len(columns.columns)
    missing = width - len(cells)
    best = (*cells, *[""] * missing)
    if missing > MAX_MISSING:
        return best
    best_score = _fit(best, columns, headings)
    for gaps in combinations(range(width), missing):
        values = iter(cells)
        candidate = tuple("" if index in gaps else next(values) for index in range(width))
        score = _fit(candidate, columns, headings)
        if score > best_score:
            best, best_score = candidate, score
    return best


def _fit(cells: Sequence[str], columns: Columns, headings: Headings) -> int:
    """Score how well values fit their columns: dates under dates, references under references."""
    score = 0
    for column, cell in zip(columns.columns, cells, strict=False):
        if not cell:
            continue
        is_date = bool(find_dates(cell))
        is_reference = all(headings.is_reference(part) for part in cell.split())
        if column.field == "due":
            score += 1 if is_date else -1
        elif column.field in {"crossref", "ref"}:
            score += 1 if is_reference else -1
        elif is_reference or (is_date and column.field == "lead"):
            score -= 1
    return score


def _is_section(row: Row, columns: Columns | None, headings: Headings) -> bool:
    """Say whether a row is a heading inside a table: one cell, the first, that is no action."""
    if len(row.cells) < MIN_SECTION_WIDTH or not row.cells[0].strip() or any(cell.strip() for cell in row.cells[1:]):
        return False
    if headings.is_reference(row.cells[0]):
        return False
    in_text_column = columns is not None and columns.columns[0].field == "text"
    return not in_text_column or bool(SECTION.match(row.cells[0]))


def _same(header: Sequence[str], before: Sequence[str]) -> bool:
    return [" ".join(cell.split()).lower() for cell in header] == [" ".join(cell.split()).lower() for cell in before]


def _header(row: Row, table: Table) -> Context:
    return Context("\t".join(row.cells), f"table {table.number}, row {row.number}", "header")


def _joined(header: Sequence[str], tails: dict[int, str]) -> tuple[str, ...]:
    return tuple(f"{text} {tails[index]}".strip() if index in tails else text for index, text in enumerate(header))
