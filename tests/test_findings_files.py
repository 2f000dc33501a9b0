"""Findings as files: every finding, every key, whole files, and no text that runs."""

from __future__ import annotations

import csv
import json
import os
import re
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO
from zipfile import ZipFile

import openpyxl
import pytest

from planweave.errors import NotFound
from planweave.findings import FINDING_KEYS, PlanFindings, Report, Scorecard
from planweave.reporting import SUFFIXES, write_findings, write_findings_csv, write_findings_json
from tests import reports

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


COLUMNS = [
    "shape",
    "severity",
    "plan",
    "action",
    "ref",
    "message",
    "value",
    "where page",
    "where table",
    "where row",
    "where text",
    "accepted",
    "accepted by",
    "accepted date",
    "accepted reason",
]
STREAMED = [write_findings_csv, write_findings_json]


def written(write: Callable[[Report, BinaryIO], None], report: Report) -> bytes:
    stream = BytesIO()
    write(report, stream)
    return stream.getvalue()


def rows(report: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(written(write_findings_csv, report).decode(), newline="")))


def failing(plan: PlanFindings) -> Iterator[PlanFindings]:
    yield plan
    raise RuntimeError("the check fails")


# JSON


def test_json_has_one_object_for_each_finding() -> None:
    """Every finding of every plan is there, in the order of the report."""
    found = json.loads(written(write_findings_json, reports.both()))
    assert [(finding["plan"], finding["ref"], finding["shape"]) for finding in found] == [
        ("northmoor", "1.1", "action-has-lead"),
        ("northmoor", "1.10", "action-has-lead"),
        ("northmoor", "1.10", "action-has-due-date"),
        ("northmoor", "1.1", "action-is-overdue"),
        ("eastvale", None, "action-has-lead"),
        ("eastvale", None, "plan-has-publisher"),
    ]


def test_json_has_exactly_the_keys_in_order() -> None:
    """The keys are those that are promised; the action's text is not among them."""
    assert FINDING_KEYS == ("shape", "severity", "plan", "action", "ref", "message", "value", "where", "accepted")
    for finding in json.loads(written(write_findings_json, reports.both())):
        assert tuple(finding) == FINDING_KEYS


def test_json_says_where_and_what_was_accepted() -> None:
    """``where`` is an object or null, ``accepted`` false or an object; text stays as it is."""
    lead, _, date, overdue, _, publisher = json.loads(written(write_findings_json, reports.both()))
    assert overdue == {
        "shape": "action-is-overdue",
        "severity": "warning",
        "plan": "northmoor",
        "action": "northmoor/1.1",
        "ref": "1.1",
        "message": "Due Spring 2022, and not said to be complete.",
        "value": "Spring 2022",
        "where": {"page": 2, "table": 1, "row": 2, "text": "by Spring 2022\nat the latest"},
        "accepted": False,
    }
    assert date["accepted"] == {"by": "A. Reader", "date": "2024-11-04", "reason": "The date is agreed in May."}
    assert (lead["value"], publisher["action"], publisher["where"]) == (None, None, None)


def test_json_has_one_finding_a_line() -> None:
    """Line by line it can be searched and compared; without findings it is an empty list."""
    lines = written(write_findings_json, reports.both()).decode().splitlines()
    assert (lines[0], lines[-1], len(lines)) == ("[", "]", 8)
    assert all(json.loads(line.strip().rstrip(","))["shape"] for line in lines[1:-1])
    assert written(write_findings_json, reports.report()) == b"[]\n"


# CSV


def test_csv_is_as_the_other_tables_of_the_project() -> None:
    """For another program it begins with the first heading, and its lines end as RFC 4180 has it."""
    data = written(write_findings_csv, reports.both())
    assert data.startswith(b"shape,severity,plan,")
    assert data.endswith(b"\r\n")
    assert next(csv.reader(StringIO(data.decode(), newline=""))) == COLUMNS


def test_csv_has_a_row_for_each_finding() -> None:
    """The parts of ``where`` and ``accepted`` are columns of their own; what is not there is empty."""
    _, second, date, _, eastvale, publisher = rows(reports.both())
    assert list(second.values()) == [
        "action-has-lead",
        "violation",
        "northmoor",
        "northmoor/1.10",
        "1.10",
        "Nobody is named as lead; name who answers for it.",
        "",
        "2",
        "1",
        "5",
        "see notes",
        "false",
        "",
        "",
        "",
    ]
    assert [date[name] for name in COLUMNS[-4:]] == ["true", "A. Reader", "2024-11-04", "The date is agreed in May."]
    assert (eastvale["ref"], eastvale["where page"], eastvale["where table"]) == ("", "", "3")
    assert [publisher[name] for name in COLUMNS[3:5] + COLUMNS[6:11]] == [""] * 7


def test_csv_defuses_what_a_spreadsheet_would_run() -> None:
    """A value that begins like a formula gets an apostrophe; JSON keeps it as it is."""
    hostile = reports.hostile()
    values = {row["value"] for row in rows(hostile)}
    assert "'=cmd|' /C calc'!A0" in values
    assert not [value for value in values if value.startswith("=")]
    assert "=cmd|' /C calc'!A0" in {finding["value"] for finding in json.loads(written(write_findings_json, hostile))}


# Both, as streams


@pytest.mark.parametrize("write", STREAMED)
def test_findings_are_written_as_they_come(write: Callable[[Report, BinaryIO], None]) -> None:
    """One plan is on its way before the next is asked for, so that ten thousand fit into memory."""
    stream = BytesIO()

    def arriving() -> Iterator[PlanFindings]:
        yield reports.NORTHMOOR
        assert b"northmoor/1.10" in stream.getvalue()
        yield reports.EASTVALE

    write(reports.both(plans=arriving), stream)
    assert b"eastvale/n2" in stream.getvalue()


@pytest.mark.parametrize("write", STREAMED)
def test_a_stream_is_left_open(write: Callable[[Report, BinaryIO], None]) -> None:
    """Standard output belongs to whoever gave it, even when the check fails."""
    stream = BytesIO()
    with pytest.raises(RuntimeError):
        write(reports.both(plans=lambda: failing(reports.NORTHMOOR)), stream)
    assert not stream.closed


# Every format


@pytest.mark.parametrize("suffix", [*SUFFIXES, ".CSV"])
def test_the_suffix_decides_the_format(suffix: str, tmp_path: Path) -> None:
    """Each format begins as such files do, whatever the case of the suffix."""
    path = tmp_path / f"findings{suffix}"
    write_findings(reports.both(), path)
    begins = {".csv": b"\xef\xbb\xbfshape", ".json": b"[\n {", ".xlsx": b"PK", ".html": b"<!DOCTYPE html>"}
    assert path.read_bytes().startswith(begins[suffix.lower()])


def test_another_suffix_is_one_sentence(tmp_path: Path) -> None:
    """The sentence lists the formats there are, and nothing is written."""
    with pytest.raises(NotFound) as caught:
        write_findings(reports.both(), tmp_path / "findings.pdf")
    assert str(caught.value) == "'.pdf' is no format of findings; end the name in .csv, .json, .xlsx, .html."
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_is_written_whole_or_not_at_all(suffix: str, tmp_path: Path) -> None:
    """When the check fails, the file is what it was before, and nothing is left beside it."""
    path = tmp_path / f"findings{suffix}"
    path.write_text("good")
    with pytest.raises(RuntimeError):
        write_findings(reports.both(plans=lambda: failing(reports.NORTHMOOR)), path)
    assert path.read_text() == "good"
    assert os.listdir(tmp_path) == [path.name]  # noqa: PTH208 - hidden files count


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_same_report_gives_the_same_bytes(suffix: str, tmp_path: Path) -> None:
    """No clock and no random name gets into a file."""
    for name in ("one", "two"):
        write_findings(reports.both(), tmp_path / f"{name}{suffix}")
    assert (tmp_path / f"one{suffix}").read_bytes() == (tmp_path / f"two{suffix}").read_bytes()


# Excel


@pytest.fixture
def book(tmp_path: Path) -> Any:
    write_findings(reports.both(notices=("A waiver accepts nothing.",)), tmp_path / "findings.xlsx")
    return openpyxl.load_workbook(tmp_path / "findings.xlsx")


def table(sheet: Any) -> list[dict[str, Any]]:
    headings, *below = sheet.iter_rows(values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in below]


def test_the_sheets_of_the_workbook(book: Any) -> None:
    """Scorecards come first, then findings, questions, and what it all is."""
    assert book.sheetnames == ["Scorecard", "Findings", "Questions", "About"]


def test_the_findings_sheet_has_the_columns_of_the_csv_file(book: Any) -> None:
    """The same columns hold the same words; numbers are numbers, and references stay text."""
    found = table(book["Findings"])
    assert list(found[0]) == COLUMNS
    assert [{name: str(value or "") for name, value in row.items()} for row in found] == rows(reports.both())
    assert (found[1]["ref"], found[1]["where row"]) == ("1.10", 5)


def test_the_scorecard_sheet_has_counts_and_shares(book: Any) -> None:
    """One row a plan: how many actions have what, which share that is, and the open findings."""
    northmoor, eastvale = table(book["Scorecard"])
    assert northmoor == {
        "Plan": "northmoor",
        "Title": "Homelessness Action Plan",
        "Publisher": "Northmoor Borough Council",
        "Actions": 8,
        "With lead": 6,
        "Share with lead": 0.75,
        "With outcome": 8,
        "Share with outcome": 1,
        "With due date": 7,
        "Share with due date": 0.875,
        "With status": 1,
        "Share with status": 0.125,
        "With partner": 0,
        "Share with partner": 0,
        "Violations": 2,
        "Warnings": 1,
        "Infos": 0,
        "Accepted": 1,
    }
    assert (eastvale["Publisher"], eastvale["Share with lead"]) == (None, 0.5)
    assert book["Scorecard"]["F2"].number_format == "0.00%"


def test_a_plan_without_actions_has_no_shares(tmp_path: Path) -> None:
    """Nothing is divided by nothing."""
    empty = PlanFindings(Scorecard("westham", "Plan", None, 0, 0, 0, 0, 0, 0), ())
    write_findings(reports.report(empty), tmp_path / "findings.xlsx")
    (row,) = table(openpyxl.load_workbook(tmp_path / "findings.xlsx")["Scorecard"])
    assert (row["With lead"], row["Share with lead"]) == (0, None)


def test_the_questions_sheet_says_what_was_asked_and_found(book: Any) -> None:
    """Questions without findings are there too, and accepted findings are counted apart."""
    asked = {row["Check"]: row for row in table(book["Questions"])}
    assert asked["action-has-lead"] == {
        "Check": "action-has-lead",
        "Severity": "violation",
        "Question": "Does every action name a lead?",
        "Why it matters": "Nobody does what nobody leads.",
        "Findings": 3,
        "Accepted": 0,
    }
    assert (asked["action-has-due-date"]["Findings"], asked["action-has-due-date"]["Accepted"]) == (0, 1)
    assert asked["cross-reference-returned"]["Findings"] == 0


def test_the_about_sheet_says_how_to_read_it(book: Any) -> None:
    """The day, the profile, the notices, and that a plan without findings need not be a good one."""
    said = [tuple(cell for cell in row if cell) for row in book["About"].iter_rows(values_only=True)]
    assert ("As of", "31 December 2024") in said
    assert ("Profile", "Default") in said
    assert ("Found", "4 violations, 1 warning, 0 infos; 1 accepted.") in said
    assert ("Notice", "A waiver accepts nothing.") in said
    assert any("does not make a plan true" in words for row in said for words in row)


def test_tables_can_be_filtered_and_read_in_place(book: Any) -> None:
    """The header stays in sight, every column has its filter, and long text wraps in a wide column."""
    for name, last, frozen in (("Scorecard", "R3", "B2"), ("Findings", "O7", "A2"), ("Questions", "F6", "A2")):
        assert book[name].auto_filter.ref == f"A1:{last}"
        assert book[name].freeze_panes == frozen
    assert book["Findings"].column_dimensions["F"].width > 50
    assert book["Findings"]["F2"].alignment.wrap_text


def test_nothing_in_the_workbook_runs(tmp_path: Path) -> None:
    """What somebody wrote is the text of a cell: no formula, no link, no markup."""
    path = tmp_path / "findings.xlsx"
    write_findings(reports.hostile(), path)
    sheet = openpyxl.load_workbook(path)["Findings"]
    found = {cell.value: cell.data_type for cell in sheet["G"][1:]}
    assert found["=cmd|' /C calc'!A0"] == "s"
    assert set(found.values()) == {"s"}
    with ZipFile(path) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    assert not [name for name, xml in files.items() if re.search(r"<f[ >]", xml) or "hyperlink" in xml]
