"""Plans that are no lists: a block of labels and values for each action, in lines, in bullets, in a card."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from planweave.documents import Line, Table
from planweave.reading.blocks import Block, blocks_of
from planweave.reading.cards import card_of
from planweave.reading.columns import Column, Columns
from planweave.reading.keys import key_of
from planweave.reading.laid import Laid, LaidEntry, Values, put
from planweave.reading.pieces import Piece, pieces_of_lines
from planweave.records import Cell, SourceRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from planweave.documents import Document
    from planweave.reading.headings import Headings
    from planweave.reading.labels import Labelled

__all__ = ["laid_out"]

Cards = dict[int, list[Piece]]


def laid_out(document: Document, headings: Headings) -> tuple[Document, dict[int, Laid]]:
    """Give a document with a table in the place of each run of blocks, and what those tables hold."""
    blocks = [_band(block) for block in document.blocks]
    cards = {
        table.number: [] if key_of(table, headings) else card_of(table, headings)
        for table in blocks
        if isinstance(table, Table)
    }
    number = max((table.number for table in document.tables()), default=0)
    made: list[Line | Table] = []
    laid: dict[int, Laid] = {}
    for run in _runs(blocks, cards):
        found = blocks_of(_pieces(run, cards, headings), headings)
        if not found:
            made += run
            continue
        laying = _Laying(headings, {table.number: table for table in run if isinstance(table, Table)}, number)
        laying.lay(found)
        made += laying.made
        laid |= laying.laid
        number = laying.number
    return msgspec.structs.replace(document, blocks=tuple(made)), laid


def _band(block: Line | Table) -> Line | Table:
    """Give a table of a single cell as the line that it is: a heading on a band of colour, a note in a frame."""
    if isinstance(block, Line):
        return block
    printed = [(row, cell) for row in block.rows for cell in row.cells if cell.strip()]
    if len(printed) != 1 or "\n" in printed[0][1].strip():
        return block
    row, cell = printed[0]
    return Line(cell.strip(), row.line, row.page if row.page is not None else block.page)


def _runs(blocks: Sequence[Line | Table], cards: Cards) -> Iterator[list[Line | Table]]:
    """Go through the lists, and through the runs of lines and cards between them."""
    run: list[Line | Table] = []
    for block in blocks:
        if isinstance(block, Line) or cards[block.number]:
            run.append(block)
            continue
        yield from filter(None, (run, [block]))
        run = []
    yield from filter(None, (run,))


def _pieces(run: Sequence[Line | Table], cards: Cards, headings: Headings) -> list[Piece]:
    found: list[Piece] = []
    lines: list[Line] = []
    for block in run:
        if isinstance(block, Line):
            lines.append(block)
            continue
        found += (*pieces_of_lines(lines, headings), *cards[block.number])
        lines = []
    return [*found, *pieces_of_lines(lines, headings)]


@dataclass
class _Laying:
    """Puts blocks together as the rows of tables whose columns are their labels."""

    headings: Headings
    tables: Mapping[int, Table]
    number: int
    made: list[Line | Table] = field(default_factory=list)
    laid: dict[int, Laid] = field(default_factory=dict)

    def lay(self, found: Sequence[Piece | Block]) -> None:
        """Lay out blocks, and what stands between them."""
        blocks = [each for each in found if isinstance(each, Block)]
        _settle(blocks, self.headings)
        homes = {piece.table for block in blocks for piece in block.pieces()} - {0}
        together: list[Block] = []
        heading = ""
        for each in found:
            home = each.table if isinstance(each, Piece) else next((p.table for p in each.pieces() if p.table), 0)
            if isinstance(each, Block) and not home:
                together.append(each)
                continue
            self._lay_lines(together)
            together = []
            if isinstance(each, Piece) and not home:
                heading = ""
                self.made += each.sources
                continue
            if self.tables[home] not in self.made:
                self.made.append(self.tables[home])
                heading = ""
            if isinstance(each, Block):
                self._lay_card(home, each, heading)
            elif home in homes:
                heading = " ".join(each.text.split()) if each.bar else heading
                self._of(home).left.append((each.text, each.row, each.bar))
        self._lay_lines(together)

    def _of(self, table: int) -> Laid:
        return self.laid.setdefault(table, Laid(table, Columns(()), []))

    def _lay_lines(self, blocks: Sequence[Block]) -> None:
        """Give blocks of lines as a table of their own, a row for each."""
        if not blocks:
            return
        self.number += 1
        self.made.append(Table(self.number, blocks[0].parts[0][1].page, ()))
        columns: dict[tuple[int, str, str], Column] = {}
        entries = [_entry(block, self.number, place, columns) for place, block in enumerate(blocks, start=1)]
        self.laid[self.number] = Laid(self.number, Columns(tuple(columns.values())), entries)

    def _lay_card(self, home: int, block: Block, heading: str) -> None:
        """Add a block that stands in a table, or partly."""
        laid = self._of(home)
        columns = {(c.number, c.field, c.heading.lower()): c for c in laid.columns.columns}
        entry = _entry(block, home, 0, columns)
        if heading and "group" not in entry.values:
            entry.values["group"] = [("", heading)]
            entry.doubts["group"] = "lone-row"
        laid.columns = Columns(tuple(columns.values()))
        laid.entries.append(entry)


def _entry(block: Block, table: int, row: int, columns: dict[tuple[int, str, str], Column]) -> LaidEntry:
    """Put one action together: its values by field, and its rows as printed; its lines are one row."""
    values: Values = {}
    rows: dict[tuple[int, int], tuple[Piece, dict[int, Cell]]] = {}
    seen: set[int] = set()
    for piece in block.silent:
        rows.setdefault((piece.table, piece.row), (piece, {}))[1].update({cell.column: cell for cell in piece.cells})
    for part, piece in block.parts:
        column = _column(part, piece.column, columns)
        put(values, column, part.value)
        if part.ref:
            values["ref"] = [("", part.ref)]
        _, cells = rows.setdefault((piece.table, piece.row) if piece.row else (table, row), (piece, {}))
        if piece.cells:
            cells.update({cell.column: cell for cell in piece.cells})
            continue
        # The whole line is the printed form of its first value, so that nothing of it is lost.
        text = part.printed if id(piece) in seen else piece.text
        seen.add(id(piece))
        before = f"{cells[column.number].text}\n" if column.number in cells else ""
        cells[column.number] = Cell(column.number, column.heading, before + text, column.field)
    for part in block.carried:
        put(values, _column(part, 0, columns), part.value)
    doubts = {part.meaning.field: "carried" for part in block.carried}
    source = [
        SourceRow(first.page, at or table, number, first.line, tuple(cells[place] for place in sorted(cells)))
        for (at, number), (first, cells) in rows.items()
    ]
    return LaidEntry(values, source, doubts)


def _column(part: Labelled, number: int, columns: dict[tuple[int, str, str], Column]) -> Column:
    """Give the column of a label: that of its value in a card, else the next one."""
    field, label = part.meaning.field, part.label
    at = number or next((key[0] for key in columns if key[1:] == (field, label.lower())), len(columns) + 1)
    key = (at, field, label.lower())
    if key not in columns:
        sense = part.meaning.sense if field == "extra" else ""
        columns[key] = Column(at, label, field, known=bool(part.meaning.how), how=part.meaning.how, sense=sense)
    return columns[key]


def _settle(blocks: Sequence[Block], headings: Headings) -> None:
    """Take a target for a date where it mostly is one, and no other label says when."""
    targets = [part.value for block in blocks for part, _ in block.parts if part.meaning.sense == "either"]
    dated = sum(map(headings.values.is_date, targets))
    if not targets or 2 * dated < len(targets) or any("due" in block.fields() for block in blocks):
        return
    for block in blocks:
        block.parts = [
            (part._replace(meaning=part.meaning._replace(field="due")) if part.meaning.sense == "either" else part, p)
            for part, p in block.parts
        ]
