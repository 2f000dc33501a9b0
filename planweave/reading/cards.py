"""Cards: tables that hold labels and values instead of columns, perhaps with what will be done in a bar above."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planweave.reading.columns import ANCHORS
from planweave.reading.headings import UNKNOWN
from planweave.reading.labels import Labelled, label_of, labelled, on_one_line
from planweave.reading.pieces import Piece
from planweave.records import Cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planweave.documents import Row, Table
    from planweave.reading.headings import Headings, Meaning

__all__ = ["card_of", "is_unread_card"]

MIN_LABELS: Final = 2
CARD_WIDTHS: Final = (2, 4)
CARD_SHARE: Final = 0.6

Cells = list[tuple[int, str]]


def card_of(table: Table, headings: Headings) -> list[Piece]:
    """Give the pieces of a table that is a card, or several; [] where its rows are no labels and values.

    Labels may stand to the left of their values, above them in one cell or in the row above, or before them in the
    lines of one cell. What will be done may stand alone in a row above: "Action 3: Open a hub".
    """
    rows = [row for row in table.rows if not row.blank()]
    found: list[Piece] = []
    unread = place = 0
    while place < len(rows):
        pieces = _Row(table, rows[place], headings).pieces(going_on=bool(found) and not found[-1].bar)
        if not pieces and headings.is_header(rows[place], top=True):
            pieces = _headed(table, rows[place : place + 3], headings)
            if not pieces:
                return []
            place += 1
        unread += not pieces
        found += pieces
        place += 1
    parts = [part for piece in found for part in piece.parts]
    labels = {part.label.lower() for part in parts}
    anchors = ANCHORS & {part.meaning.field for part in parts}
    return found if len(labels) >= MIN_LABELS and anchors and unread <= (1 - CARD_SHARE) * len(rows) else []


def is_unread_card(table: Table, headings: Headings) -> bool:
    """Say whether a small table has labels down its first column, and so is a card, whatever its rows look like."""
    firsts = [row.cells[0] for row in table.rows if row.cells and row.cells[0].strip()]
    known = [
        meaning.field
        for first in firsts
        for meaning in [headings.meaning(first)]
        if meaning and meaning.how != "told" and not headings.values.is_status(first)
    ]
    return table.width in CARD_WIDTHS and len(set(known)) >= MIN_LABELS and len(known) >= CARD_SHARE * len(firsts)


def _is_bar(row: Row) -> bool:
    return sum(bool(cell.strip()) for cell in row.cells) == 1


def _headed(table: Table, rows: Sequence[Row], headings: Headings) -> list[Piece]:
    """Give a header with the one row under it; [] where several rows make a list, or it has a column of actions.

    ``rows`` are the header and two rows below it, as far as there are any.
    """
    listed = len(rows) > 2 and not (headings.is_header(rows[2], top=True) or _is_bar(rows[2]))  # noqa: PLR2004 - both
    if len(rows) == 1 or listed or any(headings.field(cell) == "text" for cell in rows[0].cells):
        return []
    header, values = rows[:2]
    above, below = _Row(table, header, headings), _Row(table, values, headings)
    found = [
        above.piece(place, cell, None, [Cell(place + 1, "", cell, "extra")], silent=True)
        for place, cell in above.printed
    ]
    for place, label in above.printed:
        value = values.cells[place] if place < len(values.cells) else ""
        part = _part(label, label_of(label, headings), value)
        cells = [Cell(place + 1, part.label, value, part.meaning.field)] if value.strip() else []
        found.append(below.piece(place, value, part, cells))
    return found


def _part(label: str, known: tuple[Meaning, str | None] | None, value: str) -> Labelled:
    meaning, ref = known or (UNKNOWN, None)
    heading = label.strip().rstrip(":").strip()
    if ref and heading.endswith(ref):
        heading = heading[: -len(ref)].rstrip()
    return Labelled(heading, meaning, ref, value.strip(), value.strip())


class _Row:
    """A row that may be one of a card."""

    def __init__(self, table: Table, row: Row, headings: Headings) -> None:
        self.table, self.row, self.headings = table, row, headings
        self.cells: Cells = [(place, cell) for place, cell in enumerate(row.cells) if place not in row.covered]
        self.printed = [(place, cell) for place, cell in self.cells if cell.strip()]

    def pieces(self, *, going_on: bool) -> list[Piece]:
        """Give what the row holds, in whatever way it does; [] where it is a row of a list.

        ``going_on`` says that a label stands above it, whose value a row without a label may go on with.
        """
        if going_on and (0 in self.row.covered or not self.row.cells[0].strip()):
            return [self.piece(place, cell, None, [Cell(place + 1, "", cell, "extra")]) for place, cell in self.printed]
        found = self._boxes() or self._above() or self._beside() or self._numbered()
        return found or ([self._bar()] if len(self.printed) == 1 else [])

    def piece(
        self,
        place: int,
        text: str,
        part: Labelled | None,
        cells: Sequence[Cell],
        *,
        bar: bool = False,
        silent: bool = False,
    ) -> Piece:
        """Give what stands in one place of the row."""
        page = self.row.page if self.row.page is not None else self.table.page
        return Piece(
            text, page, self.row.line, self.table.number, self.row.number, tuple(cells), place + 1,
            parts=(part,) if part else (), bar=bar, silent=silent,
        )  # fmt: skip

    def _bar(self) -> Piece:
        """Give what stands alone in a row: "Action 3: Open a hub", or only "Open a hub"."""
        place, text = self.printed[0]
        parts = labelled(" ".join(text.split()), self.headings)
        part = parts[0] if len(parts) == 1 and parts[0].meaning.field == "text" and parts[0].value else None
        part = _part(part.label, (part.meaning, part.ref), part.value) if part else None
        return self.piece(place, text, part, [Cell(place + 1, part.label if part else "", text, "text")], bar=True)

    def _numbered(self) -> list[Piece]:
        """Give a reference and what will be done, side by side, as a bar."""
        if len(self.printed) != 2 or not self.headings.is_reference(self.printed[0][1]):  # noqa: PLR2004 - both
            return []
        (first, ref), (place, text) = self.printed
        if place != self.cells[-1][0] or len(text.split()) < MIN_LABELS:
            return []
        cells = [Cell(first + 1, "", ref, "ref"), Cell(place + 1, "", text, "text")]
        return [self.piece(place, f"{ref.strip().rstrip('.:)')}. {text}", None, cells, bar=True)]

    def _beside(self) -> list[Piece]:
        """Give labels with their values beside them."""
        ends = [*self.cells[1:], (self.cells[-1][0] + 1, "")] if self.cells else []
        pairs = [(self.cells[at], ends[at]) for at in range(0, len(self.cells), 2) if self.cells[at][1].strip()]
        known = [label_of(label, self.headings) for (_, label), _ in pairs]
        values = [value for _, (_, value) in pairs if value.strip()]
        if len(self.cells) == 1 or sum(map(bool, known)) < max(1, CARD_SHARE * len(pairs)):
            return []
        if values and all(self.headings.field(value) and not self.headings.values.is_status(value) for value in values):
            # Headings beside one another are a header.
            return []
        found = []
        for ((at, label), (to, value)), meaning in zip(pairs, known, strict=True):
            part = _part(label, meaning, value)
            cells = [Cell(at + 1, "", label.strip(), "extra")]
            cells += [Cell(to + 1, part.label, value.strip(), part.meaning.field)] if value.strip() else []
            found.append(self.piece(to, value, part, cells))
        return found

    def _above(self) -> list[Piece]:
        """Give cells that each print a label above or before their value."""
        found = []
        for place, text in self.printed:
            first, _, rest = text.strip().partition("\n")
            known = label_of(first, self.headings)
            parts = labelled(on_one_line(text), self.headings)
            if known and known[0].how != "told":
                part = _part(first, known, rest)
            elif len(parts) == 1 and not parts[0].ref:
                value = text.strip().removeprefix(parts[0].label).lstrip(" :–—-")
                part = _part(parts[0].label, (parts[0].meaning, None), value)
            else:
                return []
            found.append(self.piece(place, text, part, [Cell(place + 1, part.label, text, part.meaning.field)]))
        told = any(piece.parts[0].value for piece in found)
        return found if told and any(piece.parts[0].meaning.field in ANCHORS for piece in found) else []

    def _boxes(self) -> list[Piece]:
        """Give cells that each print several labels in their lines: an action in a box."""
        found: list[Piece] = []
        page = self.row.page if self.row.page is not None else self.table.page
        for place, text in self.printed:
            lines = [line.strip() for line in text.split("\n") if line.strip()]
            known = {part.meaning.field for line in lines for part in labelled(on_one_line(line), self.headings)}
            if len(known & (ANCHORS | {"text"})) < MIN_LABELS:
                return []
            alone = len(self.printed) == 1
            number = self.row.number if alone else (self.row.number - 1) * self.table.width + place + 1
            begun = False
            for line in lines:
                parts = tuple(labelled(on_one_line(line), self.headings))
                begun = begun or bool(parts)
                found.append(Piece(line, page, self.row.line, self.table.number, number, parts=parts, bar=not begun))
        return found
