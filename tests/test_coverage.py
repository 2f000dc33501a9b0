"""The shares kept and placed are measured on the record, and fall when something is taken from it."""

from __future__ import annotations

import msgspec
import pytest

from planweave.library import Library, bundled_plans
from planweave.reading.coverage import shares
from planweave.reading.reader import Reader
from planweave.records import PlanRecord, Unplaced

READER = Reader(Library.bundled())
PLANS = ("city-of-london", "coventry", "gravesham", "maidstone", "thurrock")


def printed(name: str) -> str:
    return (bundled_plans() / f"{name}.txt").read_text(encoding="utf-8")


def read(name: str) -> PlanRecord:
    return READER.read(bundled_plans() / f"{name}.txt")


def letters(text: str) -> int:
    """The non-space characters of a text without marks of layout."""
    return len("".join(text.replace("|", " ").split()))


def share(part: int, whole: int) -> float:
    """A share to four places."""
    return round(part / whole, 4)


def without_cell(record: PlanRecord, action: int, column: int) -> tuple[PlanRecord, str]:
    """A record without one cell of an action's first row, and that cell's text."""
    found = record.actions[action]
    row = found.source[0]
    cell = next(cell for cell in row.cells if cell.column == column)
    cells = tuple(other for other in row.cells if other is not cell)
    source = (msgspec.structs.replace(row, cells=cells), *found.source[1:])
    actions = list(record.actions)
    actions[action] = msgspec.structs.replace(found, source=source)
    return msgspec.structs.replace(record, actions=tuple(actions)), cell.text


@pytest.mark.parametrize("name", PLANS)
def test_everything_of_a_plan_is_kept(name: str) -> None:
    """Each non-space character of a bundled plan stands in its record; nothing counts twice."""
    assert shares(printed(name), read(name))[0] == 1.0


@pytest.mark.parametrize(("name", "action", "column"), [("gravesham", 3, 2), ("thurrock", 10, 4), ("maidstone", 7, 3)])
def test_a_cell_that_is_lost_is_missed(name: str, action: int, column: int) -> None:
    """Without one cell both shares fall by exactly its characters."""
    text = printed(name)
    whole = letters(text)
    record, cell = without_cell(read(name), action, column)
    assert letters(cell) > 10
    expected = share(whole - letters(cell), whole)
    assert shares(text, record) == (expected, expected)
    assert expected < 1


def test_a_single_character_is_missed() -> None:
    """A share never rounds up to the whole: one character of a hundred thousand is one too few."""
    record = msgspec.structs.replace(read("gravesham"), actions=(), context=(), unplaced=(Unplaced("a" * 99_999, "x"),))
    assert shares("a" * 99_999 + "\nb", record)[0] == 0.9999


def test_text_that_is_set_aside_is_kept_but_not_placed() -> None:
    """Moving a cell's text to what was not placed lowers the share placed alone."""
    text = printed("gravesham")
    record, cell = without_cell(read("gravesham"), 3, 2)
    record = msgspec.structs.replace(record, unplaced=(*record.unplaced, Unplaced(cell, "table 2, row 3")))
    assert shares(text, record) == (1.0, share(letters(text) - letters(cell), letters(text)))


def test_what_is_set_aside_in_a_plan_is_not_placed() -> None:
    """Coventry's introduction belongs to no action: kept whole, placed less."""
    record = read("coventry")
    aside = sum(letters(item.text) for item in record.unplaced)
    rules = sum(letters(line) for line in printed("coventry").split("\n") if line.startswith("---"))
    whole = letters(printed("coventry")) - rules
    assert aside > 500
    assert shares(printed("coventry"), record) == (1.0, share(whole - aside, whole))


def test_the_same_words_twice_have_to_be_kept_twice() -> None:
    """A text held once does not cover two of it in the document."""
    record = msgspec.structs.replace(read("gravesham"), actions=(), context=(), unplaced=(Unplaced("March 2024", "x"),))
    assert shares("March 2024\nMarch 2024", record) == (0.5, 0.0)


def test_marks_of_layout_are_no_text() -> None:
    """Bars, tabs, page breaks and rules of dashes do not count, whatever stands between them does."""
    record = msgspec.structs.replace(read("gravesham"), actions=(), context=(), unplaced=(Unplaced("a\tb", "x"),))
    assert shares("| a |\tb\n|---|:---:|\n\f", record) == (1.0, 0.0)
    assert shares("a|b|--", record) == (0.5, 0.0)


def test_an_empty_document_is_whole() -> None:
    """Of nothing, nothing is lost."""
    assert shares(" \n\t", read("gravesham")) == (1.0, 1.0)
