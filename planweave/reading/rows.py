"""Tables → entries: the printed rows of each action put together, under the right columns and heading."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from planweave.reading.alignment import aligned
from planweave.reading.cards import is_unread_card
from planweave.reading.carrying import Carrier
from planweave.reading.columns import ANCHORS, Columns, completed, counts, decide
from planweave.reading.entries import Entry, printed_row, values_of
from planweave.reading.keys import key_of
from planweave.reading.sections import (
    box_of,
    is_heading_of_references,
    is_letter,
    is_note,
    is_parent,
    keys_in,
    printed_cells,
    section_of,
    without_specks,
)
from planweave.reading.segments import segments_of, with_whole_rows
from planweave.reading.several import separated
from planweave.reading.titles import Group, is_preface, is_title
from planweave.records import Context, Unplaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from planweave.documents import Document, Row, Table
    from planweave.reading.context import Surroundings
    from planweave.reading.headings import Headings
    from planweave.reading.keys import Key
    from planweave.reading.laid import Laid

__all__ = ["Reading", "read_rows"]

MOSTLY = 0.5


class Reading:
    """What the rows of a document gave: the entries, and the columns of each table in the order they were decided."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.columns: list[tuple[int, Columns]] = []


def read_rows(document: Document, headings: Headings, found: Surroundings, laid: Mapping[int, Laid]) -> Reading:
    """Read every table of a document; header rows and what fits no column go to the surroundings."""
    reader = _RowReader(headings, found)
    for table in document.tables():
        if table.number in laid:
            reader.take_laid(laid[table.number], found.groups.get(table.number))
        else:
            reader.read(table)
    reader.leave_weak()
    return reader.reading


class _RowReader:
    """Goes through the rows of a document's tables, keeping the header and the heading they stand under."""

    def __init__(self, headings: Headings, found: Surroundings) -> None:
        self.reading = Reading()
        self._entries = self.reading.entries
        self._headings, self._found = headings, found
        self._columns: Columns | None = None
        self._carrier: Carrier | None = None
        self._header: tuple[str, ...] = ()
        self._group: Group | None = None
        self._parent: tuple[str, str] | None = None
        # Whether what the rows are part of is an action itself.
        self._lettered = False
        # Whether the next row is the first under its header, and whether that header was printed before.
        self._first = self._repeated = False
        self._table = self._left = 0

    def take_laid(self, laid: Laid, group: Group | None) -> None:
        """Take the actions of blocks of labels and values."""
        laid = self._headings.stated.laid(laid)
        self._group = group or self._group
        self._columns, self._parent = None, None
        self.reading.columns.append((laid.table, laid.columns))
        for text, row, heading in laid.left:
            where = f"table {laid.table}, row {row}"
            if heading:
                self._found.context.append(Context(text, where, "heading"))
            else:
                self._found.unplaced.append(Unplaced(text, where))
        for entry in laid.entries:
            doubts = dict(entry.doubts)
            self._entries.append(
                Entry(laid.columns, self._group, list(entry.source), dict(entry.values), doubts=doubts)
            )

    def read(self, table: Table) -> None:
        """Read one table, or the lists that stand side by side in it, one after the other."""
        group = self._found.groups.get(table.number)
        key = key_of(table, self._headings)
        if group and not (key and self._headings.names_key(group.text)):
            self._group = group
        if key:
            self._take_key(key, table)
            return
        if box := box_of(table, self._headings):
            self._group = box
            for row in table.rows:
                self._note("\t".join(cell for _, cell in printed_cells(row)), row, table, heading=True)
            return
        if is_unread_card(table, self._headings):
            # Its rows are labels and values: under any columns they would be actions that nobody planned.
            self._columns = None
            for row in table.rows:
                self._leave(row, table)
            return
        segments = segments_of(table, self._headings)
        self._learn_pairs(table)
        begun, decided = len(self._entries), len(self.reading.columns)
        for segment in segments or (table,):
            self._read_list(segment)
        if segments:
            columns = [columns for _, columns in self.reading.columns[decided:]]
            self._entries[begun:] = with_whole_rows(self._entries[begun:], table, columns)

    def _take_key(self, key: Key, table: Table) -> None:
        """Take a table that says what words mean: no row of it is an action."""
        self._learn_pairs(table)
        self._found.take(key)
        for row in table.rows:
            if not row.blank():
                text = "\t".join(cell for _, cell in printed_cells(row))
                self._found.context.append(Context(text, f"table {table.number}, row {row.number}", "legend"))

    def _learn_pairs(self, table: Table) -> None:
        for key, meaning in keys_in(table, self._headings).items():
            # The first clause says it; what follows explains.
            self._found.colours.setdefault(key.lower(), " ".join(re.split(r"[,;|.]", meaning)[0].split()))

    def leave_weak(self) -> None:
        """Leave what only looks like actions where other tables say that they hold them: risks, groups that meet."""
        if not any(_is_strong(entry.columns) for entry in self._entries):
            return
        weak = [entry for entry in self._entries if not _is_strong(entry.columns)]
        for row in (row for entry in weak for row in entry.source):
            text = "\t".join(cell.text for cell in row.cells)
            self._found.unplaced.append(Unplaced(text, f"table {row.table}, row {row.row}"))
        self._entries[:] = [entry for entry in self._entries if _is_strong(entry.columns)]
        tables = {row.table for entry in weak for row in entry.source}
        self.reading.columns[:] = [
            (table, columns) for table, columns in self.reading.columns if table not in tables or _is_strong(columns)
        ]

    def _read_list(self, table: Table) -> None:
        self._first = self._repeated = False
        self._parent, self._table = None, table.number
        rows = deque(row for row in map(self._swept, table.rows) if not row.blank())
        self._left = min((place for row in rows for place, _ in printed_cells(row)[:1]), default=0)
        lone = sum(len(printed_cells(row)) == 1 for row in rows)
        sections, top = lone < MOSTLY * len(rows), True
        self._infer(rows, table)
        while rows:
            row = rows.popleft()
            if self._headings.is_header(row, top=top):
                second = rows.popleft() if rows and self._headings.continues(row.cells, rows[0]) else None
                self._take_header(row, second, rows, table)
                top = False
            elif self._columns is None and self._is_of_document(row):
                self._leave(row, table)
            elif sections and (section := section_of(row, self._columns, self._headings, self._left)):
                self._group, self._parent = section, None
                self._note(section.text, row, table, heading=True)
            elif self._columns is None or "text" not in self._columns.fields() or self._headings.is_sum(row.cells):
                # A table that says no action, of risks or of meetings, is kept and gives none; so is a row of sums.
                self._leave(row, table)
            elif is_note(row, self._columns):
                self._leave(row, table)
            elif rows and is_parent(row, rows[0], self._columns):
                self._take_parent(row, table)
            elif rows and is_heading_of_references(row, rows[0], self._columns):
                text = " ".join(printed_cells(row)[0][1].split())
                self._group, self._parent = Group(text, "lone"), None
                self._note(text, row, table, heading=True)
            else:
                top = False
                self._stand_under(row, self._columns)
                self._take_row(row, table, self._columns)
                self._first = False

    def _is_of_document(self, row: Row) -> bool:
        """Say whether a row above the header says something of the whole document: its title, when it was updated."""
        printed = [" ".join(cell.split()) for _, cell in printed_cells(row)]
        if len(printed) != 1:
            return False
        if self._found.title is None and is_title(printed[0]):
            self._found.title = printed[0]
        return is_preface(printed[0]) or printed[0] == self._found.title

    def _stand_under(self, row: Row, columns: Columns) -> None:
        """Take the action above the first lettered row for what that row, and those that follow it, are part of."""
        cells = [cell for cell, column in zip(row.cells, columns.columns, strict=False) if column.field == "ref"]
        lettered = any(map(is_letter, cells))
        above = self._entries[-1] if self._entries else None
        if self._lettered and not lettered:
            self._parent, self._lettered = None, False
        elif lettered and self._parent is None and above and self._of_table(above):
            numbered = above.text("ref") and not is_letter(above.text("ref"))
            self._parent = above.values["text"][0] if numbered and above.text("text") else None
            self._lettered = self._parent is not None

    def _swept(self, row: Row) -> Row:
        """Give a row without the specks of a scan, which are kept as not placed."""
        swept, specks = without_specks(row)
        self._found.unplaced += [Unplaced(speck, f"table {self._table}, row {row.number}") for speck in specks]
        return swept

    def _infer(self, rows: Iterable[Row], table: Table) -> None:
        """Take the columns from the values where no row of a table is a header and none before it goes on."""
        body = list(rows)
        if not body or any(self._headings.is_header(row, top=True) for row in body):
            return
        narrow = self._columns is not None and 2 * _filled(table) <= len(self._columns.columns)
        narrow = narrow or self._headings.is_strange(body[0])
        if self._columns is not None and len(self._columns.columns) == table.width and not narrow:
            return
        if narrow:
            # A far narrower table, or one with other headings, is another: the headings before it say nothing of it.
            self._columns = None
        columns = decide(("",) * table.width, [row for row in body if len(printed_cells(row)) > 1], self._headings)
        if "text" in columns.fields() and len(ANCHORS & columns.fields()) > 1:
            self._set(columns, body, table)
            self._header = ()

    def _set(self, columns: Columns, body: Sequence[Row], table: Table) -> None:
        if counts(columns, body, self._headings.values):
            columns = replace(columns, columns=tuple(replace(column, field="extra") for column in columns.columns))
        self._columns = columns = self._headings.stated.columns(table.number, columns)
        self._carrier = Carrier(columns, body)
        self.reading.columns.append((table.number, columns))

    def _take_header(self, row: Row, second: Row | None, rows: Iterable[Row], table: Table) -> None:
        """Decide the columns from a header of one or two rows, and from the rows below it."""
        below = takewhile(lambda other: not self._headings.is_header(other), rows)
        body = [other for other in below if len(list(filter(None, other.cells))) > 1]
        self._first, self._repeated = True, _same(row.cells, self._header)
        self._header, self._parent = row.cells, None
        self._note("\t".join(row.cells), row, table)
        if second is None:
            self._set(decide(row.cells, body, self._headings), body, table)
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
        self._set(completed(decide(whole, body, self._headings), row.cells, tails), body, table)
        self._note("\t".join(second.cells), second, table)

    def _take_row(self, row: Row, table: Table, columns: Columns) -> None:
        """Make entries of a row, or go on with the one before it."""
        entry, cells = self._entry(row, table, columns)
        surplus = [cell for cell in cells[len(columns.columns) :] if cell]
        if surplus:
            self._found.unplaced.append(Unplaced("\t".join(surplus), f"table {table.number}, row {row.number}"))
        before = self._entries[-1] if self._entries else None
        turned = before is not None and None not in (row.page, before.page) and row.page != before.page
        opens = (self._first and self._repeated) or (turned and before is not None and self._of_table(before))
        if before and opens and self._goes_on(entry):
            before.go_on_with(entry)
        elif before and self._belongs(entry, before, row, columns):
            before.join(entry, " " if entry.text("text")[:1].islower() else "\n")
            before.doubts.setdefault("text", "joined")
        elif entry.text("text") or entry.text("ref"):
            if len(printed_cells(row)) == 1 < len(columns.columns) - 1:
                entry.doubts.setdefault("text", "alone")
            self._entries.extend(separated(entry))
        else:
            self._leave(row, table)

    def _entry(self, row: Row, table: Table, columns: Columns) -> tuple[Entry, tuple[str, ...]]:
        """Make an entry of a row, and give its cells under their columns."""
        carried, _, inferred = self._carrier.carried(row) if self._carrier else (row.cells, (), frozenset())
        cells = aligned(carried, columns, self._headings)
        fallen = self._headings.fallen_words(self._header, cells) if self._first else {}
        moved = columns.shifted or bool(fallen) or cells[: len(carried)] != carried
        values = values_of(cells, columns, fallen)
        if self._parent and not any(text for _, text in values.get("parent", ())):
            values["parent"] = [self._parent]
        doubts = {columns.columns[index].field: "carried" for index in inferred if index < len(columns.columns)}
        filled = self._coloured(row, columns, values)
        if filled:
            doubts["status"] = "colour"
        if cells[: len(carried)] != carried:
            doubts |= dict.fromkeys(("lead", "due", "outcome", "status"), "moved")
        flags = {"header-shifted"} if moved else set()
        source = [printed_row(row, cells, columns, table)]
        return Entry(columns, self._group, source, values, flags, doubts, row.page), cells

    def _coloured(self, row: Row, columns: Columns, values: dict[str, list[tuple[str, str]]]) -> bool:
        """Take the colour of an empty status cell for what it says."""
        found = False
        place = 0
        for index, column in enumerate(columns.columns):
            if column.field != "status":
                continue
            fill = row.fills[index] if index < len(row.fills) else ""
            if fill not in {"", "white"} and not values["status"][place][1].strip():
                values["status"][place] = (values["status"][place][0], fill)
                found = True
            place += 1
        return found

    def _of_table(self, entry: Entry) -> bool:
        return entry.source[-1].table == self._table

    def _goes_on(self, entry: Entry) -> bool:
        """Say whether a row on a new page goes on with the action before it: nothing identifies it."""
        if entry.group != self._entries[-1].group:
            return False
        before = self._entries[-1].identified()
        return before and not (self._headings.reference_in(entry.text("text")) or entry.identified())

    def _belongs(self, entry: Entry, before: Entry, row: Row, columns: Columns) -> bool:
        """Say whether a row belongs to the action above it in its table.

        The cell of that action covers it; or it has neither text nor reference; or its text goes on in small
        letters, with nothing that identifies it where the action above is identified.
        """
        if not self._of_table(before) or self._first or entry.group != before.group:
            return False
        text = next((index for index, column in enumerate(columns.columns) if column.field == "text"), None)
        if text is not None and text in row.covered:
            return True
        if not entry.text("text") and not entry.text("ref"):
            return True
        return entry.text("text")[:1].islower() and before.identified() and not entry.identified()

    def _take_parent(self, row: Row, table: Table) -> None:
        columns = self._columns.columns if self._columns else ()
        text = next(row.cells[index] for index, column in enumerate(columns) if column.field == "text")
        heading = next(column.heading for column in columns if column.field == "text")
        self._parent = (heading, text)
        self._note("\t".join(cell for _, cell in printed_cells(row)), row, table, heading=True)

    def _note(self, text: str, row: Row, table: Table, *, heading: bool = False) -> None:
        """Keep a row as understood: a header, or a heading."""
        where = f"table {table.number}, row {row.number}"
        self._found.learn(text)
        self._found.context.append(Context(text, where, "heading" if heading else "header"))

    def _leave(self, row: Row, table: Table) -> None:
        """Keep a row as not placed."""
        where = f"table {table.number}, row {row.number}"
        text = "\t".join(row.cells).strip()
        if self._found.learn(text):
            self._found.context.append(Context(text, where, "legend"))
        else:
            self._found.unplaced.append(Unplaced(text, where))


def _filled(table: Table) -> int:
    """Give how many columns of a table have anything in them."""
    return len({place for row in table.rows for place, _ in printed_cells(row)})


def _is_strong(columns: Columns) -> bool:
    """Say whether a heading says that a table holds actions, or nothing says that it holds anything else."""
    text = next((column for column in columns.columns if column.field == "text"), None)
    if text is None or columns.shifted or text.how not in {"position", "values"}:
        return True
    if not text.heading.strip():
        return False
    risky = any(column.sense == "risk" for column in columns.columns if column is not text)
    return not risky and {"lead", "due"} <= columns.fields()


def _same(header: Sequence[str], before: Sequence[str]) -> bool:
    return [" ".join(cell.split()).lower() for cell in header] == [" ".join(cell.split()).lower() for cell in before]
