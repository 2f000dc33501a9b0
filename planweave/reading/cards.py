"""Cards: a small table for each action, with labels beside its values and perhaps what will be done in a bar above."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from planweave.reading.columns import ANCHORS, Column, Columns
from planweave.reading.labels import Labelled, label_of, labelled
from planweave.reading.laid import Laid, Values, put
from planweave.records import Cell, SourceRow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planweave.documents import Row, Table
    from planweave.reading.headings import Headings

__all__ = ["card_of", "is_unread_card"]

MIN_BLOCKS: Final = 2
CARD_WIDTHS: Final = (2, 4)
CARD_SHARE: Final = 0.6


class _Part(NamedTuple):
    """A label of a card with its value, in the cell beside it or, of a bar, in the same one."""

    row: Row
    place: int
    known: Labelled | None
    is_bar: bool = False

    @property
    def label(self) -> str:
        return self.known.label if self.known else self.row.cells[self.place].strip()

    @property
    def heading(self) -> str:
        label = self.label.rstrip(":")
        return re.sub(r"\s*\d[\d.]*$", "", label) if self.known and self.known.ref else label

    @property
    def value(self) -> str:
        return self.known.value if self.known and self.is_bar else self.row.cells[self.place + 1].strip()

    def column(self) -> Column:
        meaning = self.known.meaning if self.known else None
        sense = meaning.sense if meaning and meaning.field == "extra" else ""
        field, how = (meaning.field, meaning.how) if meaning else ("extra", "")
        number = self.place + (1 if self.is_bar else 2)
        return Column(number, self.heading, field, known=meaning is not None, how=how, sense=sense)

    def cells(self, column: Column) -> list[Cell]:
        """Give the cells of the label and of the value as printed."""
        field = self.known.meaning.field if self.known else "extra"
        label = self.row.cells[self.place].strip()
        if self.is_bar:
            return [Cell(column.number, self.heading, label, field)]
        cells = [Cell(self.place + 1, "", label, "extra")]
        return [*cells, Cell(self.place + 2, self.heading, self.value, field)] if self.value else cells


def card_of(table: Table, headings: Headings) -> Laid | None:
    """Read a table that is a card, or several: labels in the first column (and the third), values beside them.

    What will be done may stand alone in a row above them: "Action 3: Open a hub". None if the table is no card.
    """
    if table.width not in CARD_WIDTHS:
        return None
    rows = [row for row in table.rows if not row.blank()]
    bars = {row.number: part for row in rows if (part := _bar(row, headings))}
    pairs = [label_of(row.cells[place], headings) for row in rows if row.number not in bars for place in _pairs(row)]
    told = [known for known in pairs if known]
    fields = {known[0].field for known in told} | {part.meaning.field for part in bars.values()}
    if len(told) < max(MIN_BLOCKS, CARD_SHARE * len(pairs)) or "text" not in fields or not ANCHORS & fields:
        return None
    if any(headings.is_header(row, top=True) and not _is_pair(row, headings) for row in rows):
        return None
    return _laid_cards(table, rows, bars, headings)


def is_unread_card(table: Table, headings: Headings) -> bool:
    """Say whether a small table has labels down its first column, and so is a card, whatever its rows look like."""
    firsts = [row.cells[0] for row in table.rows if row.cells and row.cells[0].strip()]
    known = [
        meaning.field
        for first in firsts
        for meaning in [headings.meaning(first)]
        if meaning and meaning.how != "told" and not headings.values.is_status(first)
    ]
    return table.width in CARD_WIDTHS and len(set(known)) >= MIN_BLOCKS and len(known) >= CARD_SHARE * len(firsts)


def _bar(row: Row, headings: Headings) -> Labelled | None:
    """Give the action that stands alone in a row above its labels: "Action 3: Open a hub"."""
    if not row.cells[0].strip() or any(cell.strip() for cell in row.cells[1:]):
        return None
    parts = labelled(" ".join(row.cells[0].split()), headings)
    return parts[0] if len(parts) == 1 and parts[0].meaning.field == "text" and parts[0].value else None


def _pairs(row: Row) -> list[int]:
    """The places of the labels of a row: every other cell that says something."""
    return [place for place in range(0, len(row.cells) - 1, 2) if row.cells[place].strip()]


def _is_pair(row: Row, headings: Headings) -> bool:
    """Say whether a row is a label and its value: the value is no heading itself, or the label is an action's."""
    known = label_of(row.cells[0], headings)
    if known is None:
        return False
    value = row.cells[1]
    return headings.field(value) is None or (known[0].field == "status" and headings.values.is_status(value))


def _laid_cards(table: Table, rows: Sequence[Row], bars: Mapping[int, Labelled], headings: Headings) -> Laid:
    """Cut a table of labels into actions, at each label that begins one."""
    blocks: list[list[_Part]] = []
    first: str | None = None
    for row in rows:
        bar = bars.get(row.number)
        for place in _pairs(row):
            part = _Part(row, place, bar, is_bar=True) if bar else _part(row, place, headings)
            key = part.known.meaning.field if part.known else row.cells[place].strip()
            first = first or key
            if not blocks or (key == first and place == 0):
                blocks.append([])
            blocks[-1].append(part)
    columns: dict[tuple[int, str], Column] = {}
    entries = [_card_entry(table, block, columns) for block in blocks]
    return Laid(table.number, Columns(tuple(columns.values())), entries)


def _part(row: Row, place: int, headings: Headings) -> _Part:
    label, value = row.cells[place].strip(), row.cells[place + 1].strip()
    known = label_of(label, headings)
    return _Part(row, place, Labelled(label, known[0], known[1], value, value) if known else None)


def _card_entry(
    table: Table, block: Sequence[_Part], columns: dict[tuple[int, str], Column]
) -> tuple[Values, list[SourceRow]]:
    """Put one action together: its values by field, and its rows as printed."""
    values: Values = {}
    printed: dict[int, tuple[Row, list[Cell]]] = {}
    for part in block:
        column = columns.setdefault((part.place, part.heading.lower()), part.column())
        put(values, column, part.value)
        if part.known and part.known.ref:
            values["ref"] = [(part.label, part.known.ref)]
        printed.setdefault(part.row.number, (part.row, []))[1].extend(part.cells(column))
    source = [
        SourceRow(row.page if row.page is not None else table.page, table.number, number, row.line, tuple(cells))
        for number, (row, cells) in printed.items()
    ]
    return values, source
