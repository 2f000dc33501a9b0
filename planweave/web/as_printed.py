"""The rows of an action as printed: every cell with its heading, and where in it the values stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from planweave.web.said import field_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planweave.records import Action, SourceRow

__all__ = ["Piece", "PrintedCell", "PrintedRow", "anchor_of", "places_of", "printed_rows"]

LONGEST: Final = 20_000
"""A cell of more letters is shown without marks in it."""

WITH: Final = {"outcome": ("outcome", "evidence"), "evidence": ("evidence", "outcome")}
"""Where a row has a column of evidence alone, its items are outcomes."""


class Piece(NamedTuple):
    """A part of the text of a cell; what it was read as, or "" where it is only text."""

    text: str
    label: str = ""


class PrintedCell(NamedTuple):
    """A cell: where it is, its heading, its text in pieces, what the column was read as."""

    anchor: str
    column: int
    heading: str
    pieces: tuple[Piece, ...]
    read_as: str


class PrintedRow(NamedTuple):
    """A row: its place in words and its cells."""

    place: str
    page: int | None
    cells: tuple[PrintedCell, ...]


class _Value(NamedTuple):
    """A value as it can stand in a cell: what it is, its printed words, and whether it is a name in other words."""

    field: str
    text: str
    small: bool


def anchor_of(row: SourceRow, column: int) -> str:
    """Give the name of a cell in the page."""
    return f"t{row.table}r{row.row}c{column}"


def printed_rows(action: Action) -> list[PrintedRow]:
    """Give the rows of an action as printed."""
    values = _values(action)
    return [
        PrintedRow(
            _place(row),
            row.page,
            tuple(
                PrintedCell(
                    anchor_of(row, cell.column),
                    cell.column,
                    " ".join(cell.heading.split()),
                    tuple(_pieces(cell.text, cell.field, values)),
                    "kept under its heading" if cell.field == "extra" else field_words(cell.field),
                )
                for cell in row.cells
            ),
        )
        for row in action.source
    ]


def places_of(action: Action, field: str, text: str) -> list[tuple[str, str]]:
    """Give the cells that print a value: where they stand in words, and the name of the cell in the page.

    Parameters
    ----------
    action
        Whose value it is.
    field
        What the value is: cells of such a column come first, and any other only where none of them has it.
    text
        The words of the value; "" for the cells of the column.
    """
    pattern = _pattern(text) if text.strip() else None
    own: list[tuple[str, str]] = []
    others: list[tuple[str, str]] = []
    for row in action.source:
        for cell in row.cells:
            if pattern is None or (len(cell.text) <= LONGEST and pattern.search(cell.text)):
                at = (f"row {row.row}, column {cell.column}", anchor_of(row, cell.column))
                (own if cell.field in WITH.get(field, (field,)) else others).append(at)
    return own or ([] if pattern is None else others)


def _place(row: SourceRow) -> str:
    numbers = (("Page", row.page), ("table", row.table), ("row", row.row), ("line", row.line))
    said = ", ".join(f"{name} {number}" for name, number in numbers if number is not None)
    return said[:1].upper() + said[1:]


def _values(action: Action) -> list[_Value]:
    found = [
        *(_Value("ref", text, small=True) for text in (action.ref,) if text),
        *(_Value("pillar", text, small=True) for text in action.pillars),
        *(_Value("lead", text, small=True) for text in action.leads),
        *(_Value("partner", text, small=True) for text in action.partners),
        *(_Value("mention", text, small=True) for text in action.mentions),
        *(_Value("crossref", text, small=True) for text in action.crossrefs),
        *(_Value("target", target.text, small=True) for target in action.targets),
        _Value("due", action.due.text, small=False),
        _Value("text", action.text, small=False),
        *(_Value("parent", text, small=False) for text in (action.parent,) if text),
        *(_Value("outcome", text, small=False) for text in action.outcomes),
        *(_Value("evidence", text, small=False) for text in action.evidence),
        *(_Value("update", update.text, small=False) for update in action.updates),
    ]
    return [value for value in found if value.text.strip()]


def _pieces(text: str, field: str, values: Iterable[_Value]) -> Iterator[Piece]:
    """Take a cell's text apart: small things within large ones win, the first of equals."""
    spans: list[tuple[int, int, str]] = []
    folded = text.casefold()
    if len(text) <= LONGEST:
        allowed = [value for value in values if _may_stand(value, field)]
        for value in sorted(allowed, key=lambda value: (not value.small, -len(value.text))):
            # A pattern for a long text takes a millisecond to make; most texts are printed as they are, or not here.
            at = -1 if value.small else text.find(value.text)
            if at >= 0 and all(at + len(value.text) <= start or at >= end for start, end, _ in spans):
                spans.append((at, at + len(value.text), value.field))
                continue
            if not all(word in folded for word in value.text.casefold().split()):
                continue
            for match in _pattern(value.text, whole=value.small).finditer(text):
                if all(match.end() <= start or match.start() >= end for start, end, _ in spans):
                    spans.append((match.start(), match.end(), value.field))
                    break
    at = 0
    for start, end, name in sorted(spans):
        if start > at:
            yield Piece(text[at:start])
        yield Piece(text[start:end], field_words(name))
        at = end
    if at < len(text):
        yield Piece(text[at:])


def _may_stand(value: _Value, field: str) -> bool:
    """Say whether a value may have been read from a cell of such a column."""
    if value.field == "mention":
        return field not in {"lead", "partner"}
    if value.field == "target":
        return field in {"outcome", "evidence", "text"}
    if value.field in {"ref", "pillar"}:
        return field in {value.field, "text"}
    return field in WITH.get(value.field, (value.field,))


def _pattern(text: str, *, whole: bool = False) -> re.Pattern[str]:
    r"""Find a text whatever white space is in it; as a name, only where no word goes on.

    Examples
    --------
    >>> _pattern("Voids Panel").search("RSAG/ Voids\nPanel")[0]
    'Voids\nPanel'
    >>> _pattern("EH", whole=True).search("REHOUSE") is None
    True
    """
    words = r"\s+".join(map(re.escape, text.split()))
    return re.compile(rf"(?<!\w){words}(?!\w)" if whole else words, re.IGNORECASE)
