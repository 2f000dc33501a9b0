"""The five plans in six formats: each gives the records that its text gives, but for what the format itself changes."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from planweave.library import Library, bundled_plans
from planweave.reading.reader import Reader
from tests.republished import A_SHEET_A_TABLE, FORMATS, PLANS, printable, republish

if TYPE_CHECKING:
    from planweave.records import PlanRecord, SourceRow

OF_THE_FILE = ("origin", "kept", "placed")
"""What is said of the file itself: its digest, its media type, and the shares of its own text. Kept is tested apart."""

MARKS = re.compile(r"^(?:[-•]|\d+\.)\s+")

CELLS_STAND_UNDER_THEIR_COLUMNS = {("coventry", "coventry/16.2"): "header-shifted"}
"""The flag says that cells had to be moved. The text lost a cell without a mark; where a table has ruled, marked or
delimited columns every cell is written under its own, and nothing has to be moved."""

HYPHEN = re.compile(r"(?<=\w)- (?=\w)")
"""Where print breaks a line behind a hyphen, nothing says whether a space was there: the text has "full- time"."""

CASES = [(plan, ending) for ending in FORMATS for plan in PLANS]


@cache
def reader() -> Reader:
    return Reader(Library.bundled())


@cache
def from_text(plan: str) -> PlanRecord:
    return reader().read(bundled_plans() / f"{plan}.txt")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("republished")


@cache
def republished(plan: str, ending: str, folder: Path) -> PlanRecord:
    return reader().read(republish(plan, ending, folder))


@pytest.fixture(params=CASES, ids="-".join)
def case(request: pytest.FixtureRequest, folder: Path) -> tuple[str, str, PlanRecord]:
    """A plan, a format, and what is read from the one in the other, once for all tests."""
    plan, ending = request.param
    return plan, ending, republished(plan, ending, folder)


def as_json(value: object) -> Any:
    return json.loads(msgspec.json.encode(value))


def actions(record: PlanRecord, ending: str) -> Any:
    """Give the actions as JSON; of a PDF and of what it is compared with, without spaces behind hyphens."""
    written = msgspec.json.encode(record.actions).decode()
    return json.loads(HYPHEN.sub("-", written) if ending == "pdf" else written)


def test_every_field_of_every_action_is_that_of_the_text(case: tuple[str, str, PlanRecord]) -> None:
    """Each field of each action equals that of the text; only the flag of a row with moved cells is left out."""
    plan, ending, record = case
    found = []
    for want, got in zip(actions(from_text(plan), ending), actions(record, ending), strict=True):
        moved = CELLS_STAND_UNDER_THEIR_COLUMNS.get((plan, want["id"]))
        wanted = want | {"flags": [flag for flag in want["flags"] if flag != moved]}
        names = (name for name in wanted if name != "source" and wanted[name] != got[name])
        found += [(want["id"], name, wanted[name], got[name]) for name in names]
    assert found == []


def test_every_printed_cell_is_that_of_the_text(case: tuple[str, str, PlanRecord]) -> None:
    """Each source row has the same cells under the same headings; lines and pages are the file's own.

    A PDF does not say where a table ends: one that begins at the top of a page, under the header of the last one on
    the page before, is that one going on. So its tables are numbered differently.
    """
    plan, ending, record = case
    for want, got in zip(from_text(plan).actions, record.actions, strict=True):
        assert [_cells(row, ending) for row in got.source] == [_cells(row, ending) for row in want.source], want.id
        if ending != "pdf":
            assert [row.table for row in got.source] == [row.table for row in want.source], want.id


def _cells(row: SourceRow, ending: str) -> list[tuple[str, str, str]]:
    # Print breaks lines where a cell ends, and does not say which breaks were there before.
    def shown(text: str) -> str:
        return "".join(printable(text).split()) if ending == "pdf" else text

    return [(shown(cell.heading), shown(cell.text), cell.field) for cell in row.cells]


def test_the_plan_and_what_all_its_rows_share_are_those_of_the_text(case: tuple[str, str, PlanRecord]) -> None:
    """Title, publisher, period, legend, definitions, parties, doubts and the rest are equal but for the file's name."""
    plan, ending, record = case
    want, got = as_json(from_text(plan)), as_json(record)
    assert got["plan"] == want["plan"] | {"source": f"{plan}.{ending}"}
    apart = {"plan", "actions", "context", "unplaced", "columns", *OF_THE_FILE}
    assert {key: got[key] for key in got.keys() - apart} == {key: want[key] for key in want.keys() - apart}


def test_the_columns_are_read_as_those_of_the_text(case: tuple[str, str, PlanRecord]) -> None:
    """Each column gives the same field, in the same way, as surely; sheets have empty columns on their right."""
    plan, ending, record = case

    def columns(record: PlanRecord) -> set[tuple[str, ...]]:
        return {
            ("" if ending == "pdf" else str(column.table), printable(column.heading), column.field, column.how)
            for column in record.columns
            if column.heading or column.field != "extra"
        }

    assert columns(record) == columns(from_text(plan))
    assert {column.confidence for column in record.columns} == {column.confidence for column in from_text(plan).columns}


def test_the_text_around_the_tables_is_that_of_the_text(case: tuple[str, str, PlanRecord]) -> None:
    """Headings, keys and prefaces are understood alike; places and the marks of lists are the file's own."""
    plan, ending, record = case
    want = from_text(plan)
    sheets = {f"{A_SHEET_A_TABLE[plan]} {number}" for number in range(1, 5)} if (plan, ending) in SHEETS else set()
    said = {(item.role, _words(item.text)) for item in want.context}
    assert {(item.role, _words(item.text)) for item in record.context} == said
    headers = {words for role, words in said if role == "header"}
    found = [_words(item.text) for item in record.unplaced if item.text not in sheets]
    # A header that print repeats on each page is kept as often, and stands over no table of its own.
    left = [words for words in found if ending != "pdf" or words not in headers]
    assert left == [_words(item.text) for item in want.unplaced]


SHEETS = {(plan, "xlsx") for plan in A_SHEET_A_TABLE}
"""Where a workbook has several sheets, their names are said too, and belong to no action."""


def _words(text: str) -> str:
    return MARKS.sub("", "\t".join(" ".join(cell.split()) for cell in printable(text).split("\t"))).strip()


def test_nothing_of_the_document_is_lost(case: tuple[str, str, PlanRecord]) -> None:
    """Everything that the file prints is kept."""
    assert case[2].kept == 1.0


def test_the_files_are_the_same_at_every_writing(tmp_path: Path) -> None:
    """A plan is republished byte by byte as before."""
    for ending in FORMATS:
        once, again = (republish("gravesham", ending, tmp_path).read_bytes() for _ in range(2))
        assert once == again, ending
