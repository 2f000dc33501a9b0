"""Keys: small tables that say what words, letters, colours and abbreviations mean; they hold no actions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from planweave.reading.context import abbreviations_in
from planweave.reading.definition import fold
from planweave.reading.sections import printed_cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planweave.documents import Row, Table
    from planweave.reading.headings import Headings

__all__ = ["Key", "key_of"]

ABBREVIATION: Final = re.compile(r"(?=(?:.*[A-Z]){2})[A-Z][A-Za-z&/+-]{1,11}")
LETTER: Final = re.compile(r"[A-Z]")
NUMBER: Final = re.compile(r"[\d.,%£\s-]+")
UNTOLD: Final = frozenset({"", "white", "black"})
"""Fills that are no colour of a key."""

MOST: Final = 0.6
MIN_LINES: Final = 2
MAX_WORDS: Final = 5
FEW: Final = 2


class Key(NamedTuple):
    """What a key says: abbreviation → in full, word for a status (folded) → what it means, colour → what it means."""

    abbreviations: dict[str, str]
    states: dict[str, str]
    colours: dict[str, str]


class _Line(NamedTuple):
    """A line of a key: where it stands, the word, what that means, and the colour that it is printed on."""

    place: int
    term: str
    meaning: str
    fill: str


def key_of(table: Table, headings: Headings) -> Key | None:
    """Give what a table says as a key; None where it is none.

    Each of its rows prints a word and what it means, below a heading at most. Most of the words are known to be
    colours, statuses or abbreviations.
    """
    rows = [row for row in table.rows if not row.blank()]
    if rows and len(printed_cells(rows[0])) == 1 and not _swatch(rows[0]):
        rows = rows[1:]
    lines = list(_lines(rows))
    headed = bool(lines) and headings.heads_key(lines[0].term, lines[0].meaning)
    lines = lines[headed:]
    terms = {fold(line.term) for line in lines}
    if not len(rows) - headed == len(lines) == len(terms) >= MIN_LINES or len({line.place for line in lines}) > 1:
        return None
    plain = (len(line.term.split()) <= MAX_WORDS and not _is_amount(line, headings) for line in lines)
    known = sum(_is_known(line, headings, headed=headed) for line in lines)
    return _key(lines, headings) if all(plain) and known >= max(MIN_LINES, MOST * len(lines)) else None


def _lines(rows: list[Row]) -> Iterator[_Line]:
    """Go through the rows that print two cells, or one beside a cell of one colour."""
    for row in rows:
        printed = [(place, " ".join(cell.split())) for place, cell in printed_cells(row)]
        if len(printed) == FEW:
            (place, term), (_, meaning) = printed
            yield _Line(place, term, meaning, row.fills[place] if place < len(row.fills) else "")
        elif swatch := _swatch(row):
            place, meaning = printed[0]
            yield _Line(place - 1, swatch, meaning, swatch)


def _swatch(row: Row) -> str:
    """Give the colour of the empty cell left of the only one that a row prints; "" where there is none."""
    printed = printed_cells(row)
    fill = row.fills[printed[0][0] - 1] if len(printed) == 1 and 0 < printed[0][0] <= len(row.fills) else ""
    return "" if fill in UNTOLD else fill


def _is_amount(line: _Line, headings: Headings) -> bool:
    """Say whether a number or a date stands where a meaning would."""
    return bool(NUMBER.fullmatch(line.meaning)) or headings.values.is_date(line.meaning)


def _is_known(line: _Line, headings: Headings, *, headed: bool) -> bool:
    """Say whether a line is plainly one of a key."""
    values = headings.values
    if ABBREVIATION.fullmatch(line.term):
        return headed or line.term in abbreviations_in([f"{line.meaning} ({line.term})"])
    if LETTER.fullmatch(line.term):
        return values.is_status(line.meaning)
    said = len(line.meaning.split()) >= FEW or values.is_status(line.meaning)
    return values.is_colour(line.term) or (said and values.is_status(line.term))


def _key(lines: list[_Line], headings: Headings) -> Key:
    key = Key({}, {}, {})
    for line in lines:
        if ABBREVIATION.fullmatch(line.term):
            key.abbreviations[line.term] = line.meaning
        elif headings.values.is_colour(line.term) or LETTER.fullmatch(line.term):
            key.colours[line.term.lower()] = line.meaning
        else:
            key.states[fold(line.term)] = line.meaning
    fills = [line.fill for line in lines if line.fill not in UNTOLD and fold(line.term) in key.states]
    if len(set(fills)) == len(fills) == len(key.states):
        # Where a cell has the colour and no word, it means what the word on that colour does.
        key.colours.update({line.fill: line.term for line in lines if line.fill in fills})
    return key
