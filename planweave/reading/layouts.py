"""Plans that are no tables of rows: blocks of labels and values, in lines, in bullets, in a small table for each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import msgspec

from planweave.documents import Line, Table
from planweave.reading.columns import ANCHORS, Column, Columns
from planweave.reading.labels import Labelled, label_of, labelled
from planweave.records import Cell, SourceRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planweave.documents import Document, Row
    from planweave.reading.headings import Headings

__all__ = ["Laid", "laid_out"]

Values = dict[str, list[tuple[str, str]]]

MIN_BLOCKS: Final = 2
CARD_WIDTHS: Final = (2, 4)
CARD_SHARE: Final = 0.6
NUMBERED: Final = re.compile(r"\s*(?:[•·▪●‣*-]\s+)?(?P<ref>\d+(?:\.\d+)*[a-z]?|[A-Z]{1,3}\d+(?:\.\d+)*)[.:)]?\s+(?=\S)")
"""The reference in front of an action that no label opens."""

MARK: Final = re.compile(r"^\s*[•·▪●‣*–-]\s+")
GOES_ON: Final = re.compile(r"\s*(?:[•·▪●‣*-]\s|[a-z(])")


@dataclass
class Laid:
    """The actions of blocks of labels and values, in the place of a table.

    ``entries`` are, for each action, the values by field, and the printed rows.
    """

    table: int
    columns: Columns
    entries: list[tuple[Values, list[SourceRow]]]


@dataclass
class _Block:
    """One action's labels, each with the place where it is printed."""

    parts: list[tuple[Labelled, SourceRow]] = field(default_factory=list)

    def fields(self) -> set[str]:
        return {part.meaning.field for part, _ in self.parts}

    def is_action(self) -> bool:
        return "text" in self.fields() and bool(ANCHORS & self.fields())


def laid_out(document: Document, headings: Headings) -> tuple[Document, dict[int, Laid]]:
    """Give a document with a table in the place of each run of blocks, and what those tables hold."""
    blocks, cards = _cards(document.blocks, headings)
    number = max((block.number for block in document.tables()), default=0)
    made: list[Line | Table] = []
    laid: dict[int, Laid] = dict(cards)
    for run in _runs(blocks):
        if isinstance(run, Table):
            made.append(run)
            continue
        for piece in _of_lines(run, headings):
            if isinstance(piece, Line):
                made.append(piece)
                continue
            number += 1
            made.append(Table(number, piece[0].parts[0][1].page, ()))
            laid[number] = _laid(number, _settled(piece, headings))
    if not laid:
        return document, {}
    return msgspec.structs.replace(document, blocks=tuple(made)), laid


def _runs(blocks: Sequence[Line | Table]) -> Iterator[Table | list[Line]]:
    """Go through the tables and the runs of lines between them."""
    run: list[Line] = []
    for block in blocks:
        if isinstance(block, Line):
            run.append(block)
            continue
        if run:
            yield run
        run = []
        yield block
    if run:
        yield run


def _of_lines(run: list[Line], headings: Headings) -> Iterator[Line | list[_Block]]:
    """Take the blocks out of a run of lines; what belongs to none stays a line."""
    run = _unwrapped(run, headings)
    known = [labelled(" ".join(line.text.split()), headings) if line.level is None else [] for line in run]
    if sum(any(part.meaning.field == "text" for part in parts) for parts in known) < MIN_BLOCKS:
        known = _unlabelled(run, known, headings)
    pieces = list(_blocks(run, known))
    if sum(isinstance(piece, _Block) and piece.is_action() for piece in pieces) < MIN_BLOCKS:
        yield from run
        return
    together: list[_Block] = []
    for piece in pieces:
        if isinstance(piece, _Block) and piece.is_action():
            together.append(piece)
            continue
        if together:
            yield together
            together = []
        if isinstance(piece, Line):
            yield piece
        else:
            yield from (line for line in run if any(line.number == row.line for _, row in piece.parts))
    if together:
        yield together


def _unwrapped(run: Sequence[Line], headings: Headings) -> list[Line]:
    """Put together what goes on over the lines below it: a bullet of several labels, a text that ends in a comma."""
    found: list[Line] = []
    last = 0
    for line in run:
        above = found[-1] if found else None
        next_to = above is not None and above.level is line.level is None and line.number == last + 1
        last = line.number
        if above is not None and next_to and _is_rest(above.text, line.text, headings):
            found[-1] = msgspec.structs.replace(above, text=f"{above.text}\n{line.text}")
        else:
            found.append(line)
    return found


def _is_rest(above: str, text: str, headings: Headings) -> bool:
    if MARK.match(text) or NUMBERED.match(text):
        return False
    if labelled(text, headings) and not above.rstrip().endswith((";", "–", "—")):
        return False
    if MARK.match(above) and labelled(above, headings):
        return True
    return bool(NUMBERED.match(above)) and above.rstrip().endswith(",") and not labelled(above, headings)


def _unlabelled(run: list[Line], known: list[list[Labelled]], headings: Headings) -> list[list[Labelled]]:
    """Take the line above each block of labels for the action, where no label says "Action"."""
    action = headings.meaning("action")
    found = list(known)
    for place in range(1, len(run)):
        above = run[place - 1]
        if known[place] and not known[place - 1] and action and known[place][0].meaning.field in ANCHORS:
            match = NUMBERED.match(above.text)
            text = above.text[match.end() :] if match else MARK.sub("", above.text)
            found[place - 1] = [Labelled("", action, match["ref"] if match else None, text, above.text)]
    return found


def _blocks(run: list[Line], known: list[list[Labelled]]) -> Iterator[Line | _Block]:
    block = _Block()
    for place, (line, parts) in enumerate(zip(run, known, strict=True)):
        if not parts:
            if block.parts and _goes_on(run[place - 1], line):
                _add_line(block, line)
                continue
            if block.parts:
                yield block
                block = _Block()
            yield line
            continue
        seen = {(part.label.lower(), part.meaning.sense) for part, _ in block.parts}
        opens = parts[0].meaning.field in {"text", "ref"} and parts[0].meaning.field in block.fields()
        if block.parts and (opens or (parts[0].label.lower(), parts[0].meaning.sense) in seen):
            yield block
            block = _Block()
        for number, part in enumerate(parts):
            # The whole line is the printed form of its first value, so that nothing of it is lost.
            block.parts.append((part, _row(line, line.text if number == 0 else part.printed)))
    if block.parts:
        yield block


def _goes_on(above: Line, line: Line) -> bool:
    """Say whether a line without a label goes on with the value above it."""
    return line.level is None and line.number == above.number + 1 and bool(GOES_ON.match(line.text))


def _add_line(block: _Block, line: Line) -> None:
    part, _ = block.parts[-1]
    block.parts.append((part._replace(value=line.text.strip(), printed=line.text, ref=None), _row(line, line.text)))


def _row(line: Line, text: str) -> SourceRow:
    return SourceRow(line.page, 0, 0, line.number, (Cell(0, "", text, ""),))


def _settled(blocks: Sequence[_Block], headings: Headings) -> Sequence[_Block]:
    """Take a target for a date where it mostly is one, and no other label says when."""
    targets = [part.value for block in blocks for part, _ in block.parts if part.meaning.sense == "either"]
    dated = sum(map(headings.values.is_date, targets))
    if not targets or 2 * dated < len(targets) or any("due" in block.fields() for block in blocks):
        return blocks
    for block in blocks:
        block.parts = [
            (part._replace(meaning=part.meaning._replace(field="due")) if part.meaning.sense == "either" else part, row)
            for part, row in block.parts
        ]
    return blocks


def _laid(number: int, blocks: Sequence[_Block]) -> Laid:
    """Put blocks together as the rows of a table whose columns are their labels."""
    labels: dict[tuple[str, str], Column] = {}
    for block in blocks:
        for part, _ in block.parts:
            key = (part.meaning.field, part.label.lower())
            if key not in labels:
                sense = part.meaning.sense if part.meaning.field == "extra" else ""
                labels[key] = Column(len(labels) + 1, part.label, part.meaning.field, how=part.meaning.how, sense=sense)
            if part.ref and ("ref", "") not in labels:
                labels["ref", ""] = Column(len(labels) + 1, "", "ref")
    entries = []
    for place, block in enumerate(blocks, start=1):
        values: Values = {}
        cells: dict[int, Cell] = {}
        for part, row in block.parts:
            column = labels[part.meaning.field, part.label.lower()]
            _put(values, column, part.value)
            if part.ref:
                values["ref"] = [("", part.ref)]
            before = f"{cells[column.number].text}\n" if column.number in cells else ""
            cells[column.number] = Cell(column.number, column.heading, before + row.cells[0].text, column.field)
        first = block.parts[0][1]
        row_cells = tuple(cells[at] for at in sorted(cells))
        entries.append((values, [SourceRow(first.page, number, place, first.line, row_cells)]))
    return Laid(number, Columns(tuple(labels.values())), entries)


def _put(values: Values, column: Column, text: str) -> None:
    cells = values.setdefault(column.field, [])
    for place, (heading, before) in enumerate(cells):
        if heading == (column.heading or f"column {column.number}"):
            cells[place] = (heading, f"{before}\n{text}".strip())
            return
    cells.append((column.heading or f"column {column.number}", text))


# Small tables of labels and values


def _cards(blocks: Sequence[Line | Table], headings: Headings) -> tuple[list[Line | Table], dict[int, Laid]]:
    """Read the tables that are cards: labels in the first column (and the third), values beside them."""
    laid = {}
    for block in blocks:
        if isinstance(block, Table) and (found := _card(block, headings)):
            laid[block.number] = found
    return list(blocks), laid


def _card(table: Table, headings: Headings) -> Laid | None:
    if table.width not in CARD_WIDTHS:
        return None
    rows = [row for row in table.rows if not row.blank()]
    pairs = [
        (row, place, known) for row in rows for place in _pairs(row) for known in [label_of(row.cells[place], headings)]
    ]
    told = [known for _, _, known in pairs if known]
    fields = {known[0].field for known in told}
    if len(told) < max(MIN_BLOCKS, CARD_SHARE * len(pairs)) or "text" not in fields or not ANCHORS & fields:
        return None
    if any(headings.is_header(row, top=True) and not _is_pair(row, headings) for row in rows):
        return None
    return _laid_cards(table, rows, headings)


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


def _laid_cards(table: Table, rows: Sequence[Row], headings: Headings) -> Laid:
    """Cut a table of labels into actions, at each label that begins one."""
    blocks: list[list[tuple[Row, int, Labelled | None]]] = []
    first: str | None = None
    for row in rows:
        for place in _pairs(row):
            label, value = row.cells[place].strip(), row.cells[place + 1].strip()
            known = label_of(label, headings)
            part = Labelled(label, known[0], known[1], value, value) if known else None
            key = known[0].field if known else label
            first = first or key
            if not blocks or (key == first and place == 0):
                blocks.append([])
            blocks[-1].append((row, place, part))
    columns: dict[tuple[int, str], Column] = {}
    entries = [_card_entry(table, block, columns) for block in blocks]
    return Laid(table.number, Columns(tuple(columns.values())), entries)


def _card_entry(
    table: Table, block: Sequence[tuple[Row, int, Labelled | None]], columns: dict[tuple[int, str], Column]
) -> tuple[Values, list[SourceRow]]:
    values: Values = {}
    printed: dict[int, tuple[Row, list[Cell]]] = {}
    for row, place, part in block:
        label = row.cells[place].strip()
        meaning = part.meaning if part else None
        sense = meaning.sense if meaning and meaning.field == "extra" else ""
        given = meaning.field if meaning else "extra"
        heading = re.sub(r"\s*\d[\d.]*$", "", label.rstrip(":")) if part and part.ref else label.rstrip(":")
        column = columns.setdefault(
            (place, heading.lower()),
            Column(place + 2, heading, given, known=part is not None, how=meaning.how if meaning else "", sense=sense),
        )
        _put(values, column, row.cells[place + 1].strip())
        if part and part.ref:
            values["ref"] = [(label, part.ref)]
        cells = printed.setdefault(row.number, (row, []))[1]
        cells.append(Cell(place + 1, "", label, "extra"))
        if row.cells[place + 1].strip():
            cells.append(Cell(place + 2, heading, row.cells[place + 1].strip(), given))
    source = [
        SourceRow(row.page if row.page is not None else table.page, table.number, number, row.line, tuple(cells))
        for number, (row, cells) in printed.items()
    ]
    return values, source
