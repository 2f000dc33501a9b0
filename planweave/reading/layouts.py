"""Plans that are no tables of rows: blocks of labels and values, in lines, in bullets, in a small table for each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import msgspec

from planweave.documents import Line, Table
from planweave.reading.cards import card_of
from planweave.reading.columns import ANCHORS, Column, Columns
from planweave.reading.labels import Labelled, labelled
from planweave.reading.laid import Laid, Values, put
from planweave.records import Cell, SourceRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planweave.documents import Document
    from planweave.reading.headings import Headings

__all__ = ["laid_out"]

MIN_BLOCKS: Final = 2
NUMBERED: Final = re.compile(r"\s*(?:[•·▪●‣*-]\s+)?(?P<ref>\d+(?:\.\d+)*[a-z]?|[A-Z]{1,3}\d+(?:\.\d+)*)[.:)]?\s+(?=\S)")
"""The reference in front of an action that no label opens."""

MARK: Final = re.compile(r"^\s*[•·▪●‣*–-]\s+")
GAP: Final = re.compile(r"[^\S\n]{2,}")
GOES_ON: Final = re.compile(r"\s*(?:[•·▪●‣*-]\s|[a-z(])")


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
    laid = {table.number: card for table in document.tables() if (card := card_of(table, headings))}
    number = max((block.number for block in document.tables()), default=0)
    made: list[Line | Table] = []
    for run in _runs(document.blocks):
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
    known = [labelled(_on_one_line(line.text), headings) if line.level is None else [] for line in run]
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


def _on_one_line(text: str) -> str:
    """Put a text on one line; a gap of several spaces stays one, as it may stand between two labels."""
    return "  ".join(" ".join(part.split()) for part in GAP.split(text.strip()))


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
    goes_on = above.rstrip().endswith(",") or text.lstrip()[:1].islower()
    return bool(NUMBERED.match(above)) and goes_on and not labelled(above, headings)


def _unlabelled(run: list[Line], known: list[list[Labelled]], headings: Headings) -> list[list[Labelled]]:
    """Take the line above each block of labels for the action, where no label says "Action"."""
    action = headings.meaning("action")
    found = list(known)
    places = [
        place
        for place in range(1, len(run))
        if known[place] and not known[place - 1] and action and known[place][0].meaning.field in ANCHORS
    ]
    numbered = any(NUMBERED.match(run[place - 1].text) for place in places)
    for place in places:
        above = run[place - 1]
        match = NUMBERED.match(above.text)
        # Where actions are numbered, a line that is not is the rest of one, or stands between them.
        if action and (match or not (numbered or above.text.lstrip()[:1].islower())):
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
            put(values, column, part.value)
            if part.ref:
                values["ref"] = [("", part.ref)]
            before = f"{cells[column.number].text}\n" if column.number in cells else ""
            cells[column.number] = Cell(column.number, column.heading, before + row.cells[0].text, column.field)
        first = block.parts[0][1]
        row_cells = tuple(cells[at] for at in sorted(cells))
        entries.append((values, [SourceRow(first.page, number, place, first.line, row_cells)]))
    return Laid(number, Columns(tuple(labels.values())), entries)
