"""Which column gives what: from the headings, and from the values where headings are missing, cut or shifted."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Final, TypeVar

from planweave.reading.definition import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from planweave.documents import Row
    from planweave.reading.headings import Headings, Meaning
    from planweave.reading.values import Values

__all__ = ["Column", "Columns", "completed", "counts", "decide"]

T = TypeVar("T")

REPEATABLE = frozenset({"lead", "partner", "outcome", "evidence", "update", "crossref", "status", "extra"})
"""Fields that several columns may give; of several statuses, and of a date and its revision, the last counts."""

ANOTHER: Final = re.compile(r"\b(?:leads?|owners?|officers?)\W*$", re.IGNORECASE)
"""What ends a heading of one more of those who lead."""

JOINED: Final = re.compile(r"\s*(?:/|&|\band\b|,)\s*", re.IGNORECASE)
NUMBERS: Final = re.compile(r"\d{1,2}(?:\.\d{1,2})?(?:(?:\s*[,;/&]\s*|\s+and\s+)\d{1,2}(?:\.\d{1,2})?)*")
AGREES: Final = re.compile(r"\s*(?:not |partially |partly )?(?:agreed|accepted|rejected)\b", re.IGNORECASE)
NUMBER: Final = re.compile(r"[£€]?\d[\d,]*(?:\.\d+)?\s*%?|[-–—]|nil", re.IGNORECASE)
MOST = 0.6
NEARLY_ALL = 0.8
HARDLY_ANY = 0.2
MIN_VALUES = 2
FEW = 3
ANCHORS: Final = frozenset({"ref", "lead", "due", "status", "outcome", "partner", "update"})
"""Fields of which two beside running text make a table one of actions."""

COUNTED: Final = re.compile(r"\s*(?:\w+ )?\d{1,2}\s*[.:)–-]\s*\w+\s+\w+")
"""A priority by its number and what it says: "Priority 1: Look after the canal"."""

STATED: Final = frozenset({"loader", "stated"})
"""How a column is known that a definition names, or says something of with a reason."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its number (from 1), the heading printed over it, the field it gives, and how that is known.

    ``known`` is False where nobody knows the heading, so that what it gives can only be kept; ``sense`` is
    what an extra column is known as ("cost").
    """

    number: int
    heading: str
    field: str
    known: bool = True
    how: str = "heading"
    sense: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table; ``shifted`` where the headings stand over the wrong columns."""

    columns: tuple[Column, ...]
    shifted: bool = False

    def fields(self) -> frozenset[str]:
        """Give every field that has a column."""
        return frozenset(column.field for column in self.columns)

    def unknown(self) -> tuple[str, ...]:
        """Give the headings that nobody knows: what they stand over may be any field."""
        return tuple(column.heading for column in self.columns if not column.known)


class _Decision:
    """The columns of one table while it is decided what they give."""

    def __init__(self, header: Sequence[str], body: Sequence[Row], headings: Headings) -> None:
        self.width = max([len(header), *(len(row.cells) for row in body)], default=0)
        self.texts = [*header, *[""] * (self.width - len(header))]
        self.body, self.headings, self.values = body, headings, headings.values
        headings.met(self.texts)
        self.meanings: list[Meaning | None] = [headings.meaning(text) for text in self.texts]
        self.fields = [meaning.field if meaning else None for meaning in self.meanings]
        self.hows: list[str] = [meaning.how if meaning else "" for meaning in self.meanings]
        self.shifted = False

    def give(self, index: int, field: str | None, how: str) -> None:
        self.fields[index], self.hows[index] = field, how

    def mostly(self, index: int, test: Callable[[str], bool], share: float = MOST) -> bool:
        found, count = self.values.share(self.body, index, test)
        return count > 0 and found >= share

    def free(self, index: int) -> bool:
        """Say whether nothing is known of a column that has values."""
        return self.fields[index] is None and bool(self.values.cells(self.body, index))

    def has(self, field: str) -> bool:
        return field in self.fields


def decide(header: Sequence[str], body: Sequence[Row], headings: Headings) -> Columns:
    """Decide what each column gives.

    The heading decides; where there is none, or nobody knows it, the values do. A column without a heading
    whose values are references gives the reference. Where references stand under the heading of the action,
    the heading spans both columns, or, if the headings are one fewer than the columns, all of them slipped
    one place to the left.
    """
    found = _Decision(header, body, headings)
    _decide_told(found)
    _decide_loose(found)
    _decide_numbers(found)
    _decide_merged(found)
    _decide_spanning(found)
    _decide_targets(found)
    _decide_answers(found)
    _decide_text(found)
    _decide_reference(found)
    _decide_shift(found)
    _decide_by_values(found)
    _swap_progress(found)
    _confirm(found)
    return Columns(_unrepeated(found), found.shifted)


def _decide_told(found: _Decision) -> None:
    """Leave a heading that is only told by its words what it is where a whole heading gives the same field.

    "Lead area" beside "Who" is no second lead; it is kept under its heading, and nobody knows what it is. A "Deputy
    lead" is one.
    """
    whole = {field for field, how in zip(found.fields, found.hows, strict=True) if how != "told"}
    for index, field in enumerate(found.fields):
        if found.hows[index] == "told" and field in whole - {"extra"} and not ANOTHER.search(found.texts[index]):
            found.give(index, None, "")
            found.meanings[index] = None


def _decide_loose(found: _Decision) -> None:
    """Keep a column under its heading where it only sorts the actions: what has one value does not stand together."""
    for index, heading in enumerate(found.texts):
        if found.fields[index] != "group" or found.hows[index] == "loader" or not found.headings.loose(heading):
            continue
        runs = [value for value, _ in groupby(map(fold, found.values.cells(found.body, index)))]
        if len(set(runs)) < len(runs):
            found.give(index, "extra", "heading")


def _decide_numbers(found: _Decision) -> None:
    """Take numbers under "Aim" for those of pillars that are listed elsewhere: nothing broader is said by "1, 4"."""
    for index, field in enumerate(found.fields):
        if field == "parent" and found.hows[index] != "loader" and found.mostly(index, _is_numbers):
            found.give(index, "pillar", "heading-and-values")


def _decide_merged(found: _Decision) -> None:
    """Take a priority that is merged over several rows, or numbered, and says something, for what actions are part of.

    A code, or a bare name that is printed in each row, sorts the actions as a pillar does.
    """
    for index, field in enumerate(found.fields):
        if field != "pillar" or found.hows[index] != "heading" or found.has("parent"):
            continue
        merged = sum(index in row.covered for row in found.body)
        printed = [row.cells[index] for row in found.body if index < len(row.cells) and row.cells[index].strip()]
        says = bool(printed) and all(len(cell.split()) > 1 for cell in printed)
        if says and (merged or all(map(COUNTED.match, printed))):
            found.give(index, "parent", "heading")


def _is_numbers(cell: str) -> bool:
    return bool(NUMBERS.fullmatch(cell.strip()))


def _decide_spanning(found: _Decision) -> None:
    """Take a heading over two columns, "Aim and ref", for both: references stand in one, and its aims in the other."""
    for index in range(found.width - 1):
        if found.hows[index] != "told" or found.fields[index] != "ref" or found.texts[index + 1].strip():
            continue
        refs = [found.mostly(at, found.values.is_reference) for at in (index, index + 1)]
        if refs == [False, True]:
            parts = (found.headings.meaning(part) for part in JOINED.split(found.texts[index]))
            first = next((part for part in parts if part and part.field in {"group", "parent", "pillar"}), None)
            found.give(index, first.field if first else "extra", "position")
            found.give(index + 1, "ref", "told-and-values")


def _decide_targets(found: _Decision) -> None:
    """Take a target for a date where dates stand under it and no other column has them, else for an outcome."""
    for index, meaning in enumerate(found.meanings):
        if meaning and meaning.sense == "either":
            dated = not found.has("due") and found.mostly(index, found.values.is_date)
            found.give(index, "due" if dated else "outcome", "heading")


def _decide_answers(found: _Decision) -> None:
    """Tell responses that only agree ("Agreed") from those that say what will be done."""
    for index, field in enumerate(found.fields):
        if field == "text" and found.fields.count("text") > 1 and found.mostly(index, _agrees):
            found.give(index, "update", "heading-and-values")


def _agrees(cell: str) -> bool:
    return bool(AGREES.match(cell))


def _decide_text(found: _Decision) -> None:
    """Find the one column that gives the action, by what stands beside it."""
    texts = [index for index, field in enumerate(found.fields) if field == "text"]
    whole = [index for index in texts if found.hows[index] != "told"]
    for index in whole:
        field = found.headings.beside(found.texts[index]) if len(whole) > 1 else None
        if field and sum(other == "text" for other in found.fields) > 1:
            found.give(index, field, found.hows[index])
    if texts:
        return
    alone = found.headings.alone(found.texts)
    if alone is not None and len(ANCHORS & set(found.fields)) > 1 and found.hows[alone] != "loader":
        found.give(alone, "text", "position")


def _decide_reference(found: _Decision) -> None:
    for index in range(found.width):
        if found.fields[index] not in (None, "text") or (found.texts[index].strip() and found.fields[index] is None):
            continue
        cells = found.values.cells(found.body, index)
        if not cells or sum(map(found.values.is_reference, cells)) < MOST * len(cells):
            continue
        if found.fields[index] == "text" and index + 1 < found.width:
            if not found.texts[index + 1].strip():
                found.give(index + 1, "text", "heading-and-values")
            elif not found.texts[-1].strip():
                found.fields[index + 1 :] = found.fields[index:-1]
                found.hows[index + 1 :] = ["position" if how else how for how in found.hows[index:-1]]
                found.shifted = True
            else:
                continue
        found.give(index, "ref", "values")
        break


def _fit(found: _Decision, fields: Sequence[str | None]) -> int:
    """Score how well fields stand over the values: dates under dates, references under references."""
    tests = {"due": found.values.is_date, "ref": found.values.is_reference, "status": found.values.is_status}
    score = 0
    for index, field in enumerate(fields):
        if field == "text":
            score += 2 if found.values.is_prose(found.body, index) else -2
        elif field in tests:
            share, count = found.values.share(found.body, index, tests[field])
            score += (share >= MOST) - (share <= HARDLY_ANY) if count >= FEW else 0
        elif field == "lead":
            share, count = found.values.share(found.body, index, found.values.is_party)
            dated = count >= FEW and found.mostly(index, found.values.is_date)
            score += -1 if dated else int(count >= FEW and share >= MOST)
    return score


def _moved(items: Sequence[T], place: int, gap: T, *, right: bool) -> list[T]:
    """Give what stands over the columns after a move by one from a place on, to the right or to the left."""
    return [*items[:place], gap, *items[place:-1]] if right else [*items[:place], *items[place + 1 :], gap]


def _decide_shift(found: _Decision) -> None:
    """Move headings by one column where that puts dates under dates and text under text, twice over at least."""
    if found.shifted or "loader" in found.hows:
        return
    best, best_score = None, _fit(found, found.fields) + 2
    for place in range(found.width):
        for right, possible in ((True, not found.texts[-1].strip()), (False, not found.texts[place].strip())):
            score = _fit(found, _moved(found.fields, place, None, right=right)) if possible else best_score
            if score > best_score:
                best, best_score = (place, right), score
    if best is not None:
        place, right = best
        found.fields = _moved(found.fields, place, None, right=right)
        found.meanings = _moved(found.meanings, place, None, right=right)
        found.hows = ["position" if how else how for how in _moved(found.hows, place, "", right=right)]
        found.shifted = True


def _decide_by_values(found: _Decision) -> None:
    """Give a field to what has no heading, or one that nobody knows, where its values leave no doubt."""
    values = found.values
    for field, test in (("ref", values.is_reference), ("due", values.is_date), ("status", values.is_status)):
        for index in range(found.width):
            if found.has(field) or not found.free(index) or (field == "ref" and found.texts[index].strip()):
                continue
            cells = values.cells(found.body, index)
            distinct = field != "ref" or (2 * len(set(cells)) > len(cells) and not _all_dates(cells, found))
            if len(cells) >= MIN_VALUES and distinct and found.mostly(index, test, NEARLY_ALL):
                found.give(index, field, "values")
    _decide_rest(found)


def _decide_rest(found: _Decision) -> None:
    """Find a status in colours, the action in running text, a lead in names of posts and teams."""
    values = found.values
    for index in range(found.width):
        if not found.has("status") and values.coloured(found.body, index) and not values.cells(found.body, index):
            found.give(index, "status", "values")
    if not found.has("text") and len(ANCHORS & set(found.fields)) > 1:
        prose = (index for index in range(found.width) if found.free(index) and values.is_prose(found.body, index))
        place = next((index for index in prose if not found.mostly(index, values.is_party)), None)
        if place is not None:
            found.give(place, "text", "position")
    for index in range(found.width):
        if found.has("text") and not found.has("lead") and found.free(index) and found.mostly(index, values.is_party):
            cells = values.cells(found.body, index)
            if len(cells) >= MIN_VALUES:
                found.give(index, "lead", "values")


def _all_dates(cells: Sequence[str], found: _Decision) -> bool:
    return all(map(found.values.is_date, cells))


def _swap_progress(found: _Decision) -> None:
    """Tell a column of statuses headed "Progress" from one of remarks headed "Status"."""
    if "loader" in found.hows:
        return
    for index, field in enumerate(found.fields):
        cells = found.values.cells(found.body, index)
        if field == "update" and not found.has("status"):
            told = len(cells) >= FEW and found.mostly(index, found.values.is_status, NEARLY_ALL)
            if told or found.values.coloured(found.body, index):
                found.give(index, "status", "heading-and-values")
        elif field == "status" and len(cells) >= FEW:
            words = sum(len(cell.split()) for cell in cells) / len(cells)
            remark = words > 2 * FEW and not found.mostly(index, found.values.is_status, HARDLY_ANY)
            if remark:
                found.give(index, "update", "heading-and-values")


def _confirm(found: _Decision) -> None:
    """Note which headings the values bear out."""
    values = found.values
    tests = {"due": values.is_date, "ref": values.is_reference, "status": values.is_status, "lead": values.is_party}
    for index, field in enumerate(found.fields):
        if found.hows[index] not in ("heading", "told"):
            continue
        if field == "text":
            borne = values.is_prose(found.body, index)
        else:
            borne = field in tests and found.mostly(index, tests[field])
        found.hows[index] += "-and-values" if borne else ""


def _unrepeated(found: _Decision) -> tuple[Column, ...]:
    """Give each column its field; what has no field of its own, or one that is taken, is extra."""
    taken: Counter[str] = Counter()
    columns = []
    for index, (heading, field) in enumerate(zip(found.texts, found.fields, strict=True)):
        final, meaning = field or "extra", found.meanings[index]
        revised = final == "due" and fold(heading).startswith("revised")
        if taken[final] and final not in REPEATABLE and not revised:
            final = "extra"
        taken[final] += 1
        sense = meaning.sense if meaning and final == "extra" and meaning.field == "extra" else ""
        known = field is not None or not heading.strip()
        columns.append(Column(index + 1, heading, final, known, found.hows[index], sense))
    return tuple(columns)


def counts(columns: Columns, body: Sequence[Row], values: Values) -> bool:
    """Say whether a table counts actions rather than naming them: numbers stand under who, when and how far."""
    told = [column for column in columns.columns if column.field in ANCHORS - {"ref"} and column.how not in STATED]
    cells = [cell for column in told for cell in values.cells(body, column.number - 1)]
    return bool(cells) and all(NUMBER.fullmatch(cell.strip()) and not values.is_date(cell) for cell in cells)


def completed(columns: Columns, header: Sequence[str], tails: dict[int, str]) -> Columns:
    """Give the columns with their headings as print completes them further down."""
    return replace(
        columns,
        columns=tuple(
            replace(column, heading=f"{header[column.number - 1]} {tails[column.number - 1]}".strip())
            if column.number - 1 in tails
            else column
            for column in columns.columns
        ),
    )
