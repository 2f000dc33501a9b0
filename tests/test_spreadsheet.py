from __future__ import annotations

import datetime as dt
import os
import re
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import openpyxl
import pytest

from planweave import spreadsheet
from planweave.errors import PlanweaveError
from planweave.records import (
    Cell,
    Due,
    Party,
    PlanRecord,
    SourceRow,
    Update,
)
from planweave.spreadsheet import sheets, write_workbook
from planweave.tables import ACTIONS, CROSS_REFERENCES, PARTIES, SOURCES, UPDATES
from tests.made import made_action, made_plan

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from planweave.tables import Table

PRINTED = {
    "leads": ("CGL",),
    "due": Due("December 22", "date", "2022-12"),
    "status": "not-started",
    "updates": (Update("2024-10", "Begun"),),
    "crossrefs": ("13.1",),
    "flags": ("missing-outcome",),
    "blank": {"outcome": "empty"},
    "source": (SourceRow(None, 1, 2, 3, (Cell(1, "Action", "1.10\n Open a hub ", "text"),)),),
}


def record(plan: str = "ford", **changes: Any) -> PlanRecord:
    parties = (Party("CGL", "agency", "https://example.org/cgl", "Change Grow Live"),)
    return made_plan(made_action(**{**PRINTED, **changes}), id=plan, parties=parties, placed=0.98)


def column(path: Path, table: Table[Any], name: str) -> list[Any]:
    """Give the cells below one heading, as openpyxl sees them."""
    sheet = openpyxl.load_workbook(path)[table.title]
    number = [known.name for known in table.columns].index(name) + 1
    return [sheet.cell(row, number) for row in range(2, sheet.max_row + 1)]


def value(path: Path, table: Table[Any], name: str) -> Any:
    (cell,) = column(path, table, name)
    return cell.value


def parts(path: Path) -> dict[str, str]:
    with ZipFile(path) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "all.xlsx"


def test_the_sheets_and_their_rows(path: Path) -> None:
    """After the page that explains it, there is one sheet per table: its headings, then its rows."""
    write_workbook([record("ford"), record("mere")], path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["About", "Actions", "Parties", "Cross-references", "Updates", "Sources"]
    for table in (ACTIONS, PARTIES, CROSS_REFERENCES, UPDATES, SOURCES):
        # openpyxl gives a day as midnight of it.
        printed = [
            tuple(value.date() if isinstance(value, dt.datetime) else value for value in row)
            for row in book[table.title].iter_rows(values_only=True)
        ]
        expected = [table.headings, *table.rows([record("ford"), record("mere")])]
        assert printed == expected
        assert len(printed) == 3


def test_headings_stay_in_sight_and_every_column_can_be_filtered(path: Path) -> None:
    """Each table is frozen below its heading row, and its filter covers exactly its rows."""
    write_workbook([record("ford"), record("mere")], path)
    for sheet in openpyxl.load_workbook(path).worksheets[1:]:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == f"A1:{sheet.cell(3, sheet.max_column).coordinate}"
        assert sheet["A1"].font.bold


def test_a_workbook_without_plans_is_a_workbook(path: Path) -> None:
    """With no rows there are still the headings and their filter."""
    write_workbook([], path)
    sheet = openpyxl.load_workbook(path)["Updates"]
    assert list(sheet.iter_rows(values_only=True)) == [UPDATES.headings]
    assert sheet.auto_filter.ref == "A1:J1"


def test_columns_are_wide_enough_and_wrap(path: Path) -> None:
    """A long text is read in place: its column has the width the table hints at, and its lines wrap."""
    write_workbook([record()], path)
    sheet = openpyxl.load_workbook(path)["Sources"]
    assert sheet.column_dimensions["L"].width == pytest.approx(80, abs=1)
    assert sheet["L2"].alignment.wrap_text
    assert sheet["L2"].alignment.vertical == "top"


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "{=1+1}",
        "@SUM(A1)",
        "+44",
        "-1",
        "https://example.org/x",
        "mailto:a@example.org",
        "internal:About!A1",
        "1.10",
        "007",
        "TRUE",
        "31/12/2022",
        "<r>plain</r>",
        '<r><t>x</t></r></is></c><c r="B2"><f>1+1</f></c><c r="C2" t="inlineStr"><is><r><t>y</t></r>',
    ],
)
def test_printed_text_is_text(text: str, path: Path) -> None:
    """What a document prints is the text of a cell: never a formula, a link, a number, a date or markup."""
    source = (SourceRow(None, 1, 2, 3, (Cell(1, "Action", text, "text"),)),)
    write_workbook([record(text=text, source=source)], path)
    for table in (ACTIONS, SOURCES):
        (cell,) = column(path, table, "text")
        assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)
    files = parts(path)
    assert not [name for name, xml in files.items() if re.search(r"<f[ >]", xml)]
    assert not [name for name, xml in files.items() if "hyperlink" in xml]


def test_references_and_dates_are_as_printed(path: Path) -> None:
    """A reference 1.10 is not 1.1, and a due date has the council's words beside the days it can mean."""
    write_workbook([record()], path)
    assert value(path, ACTIONS, "ref") == "1.10"
    assert value(path, CROSS_REFERENCES, "printed") == "13.1"
    assert value(path, ACTIONS, "due") == "December 22"
    assert value(path, ACTIONS, "due_latest") == dt.datetime(2022, 12, 31)  # noqa: DTZ001 - a day, as Excel has it


def test_counts_and_places_are_numbers(path: Path) -> None:
    """What people sort and add up is a number."""
    write_workbook([record()], path)
    assert value(path, ACTIONS, "order") == 1
    assert value(path, ACTIONS, "updates") == 1
    assert value(path, SOURCES, "line") == 3


def test_a_printed_cell_keeps_its_spaces_and_line_breaks(path: Path) -> None:
    """The sources are exact, down to the white space at the end."""
    write_workbook([record()], path)
    assert value(path, SOURCES, "text") == "1.10\n Open a hub "


def test_excel_does_not_mark_references_as_mistakes(path: Path) -> None:
    """The green corner for a number stored as text is switched off on every table."""
    write_workbook([record()], path)
    files = parts(path)
    for number in range(2, 7):
        assert 'numberStoredAsText="1"' in files[f"xl/worksheets/sheet{number}.xml"]


def test_the_first_page_says_what_it_is(path: Path) -> None:
    """It explains what is blank and what is flagged, and lists each plan with its document and its shares."""
    write_workbook([record("ford"), record("mere")], path)
    sheet = openpyxl.load_workbook(path)["About"]
    lines = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    assert ["no such column", "The plan's table has no column for it."] in lines
    assert [
        "reference printed twice",
        "Another action of the plan has the same reference; each one is marked.",
    ] in lines
    assert lines[-2:] == [
        ["ford", "Ford Council", "Ford Plan", "ford.txt", "abc123", 1, 1, 0.98],
        ["mere", "Ford Council", "Ford Plan", "ford.txt", "abc123", 1, 1, 0.98],
    ]
    last = [cell for cell in sheet[sheet.max_row] if cell.value is not None][-1]
    assert last.number_format == "0.00%"


def test_the_same_records_give_the_same_bytes(path: Path, tmp_path: Path) -> None:
    """No clock and no random name gets into the file."""
    write_workbook([record()], path)
    write_workbook([record()], tmp_path / "again.xlsx")
    assert path.read_bytes() == (tmp_path / "again.xlsx").read_bytes()
    properties = openpyxl.load_workbook(path).properties
    assert properties.created == properties.modified == dt.datetime(2000, 1, 1)  # noqa: DTZ001 - as openpyxl has it
    with ZipFile(path) as archive:
        assert {part.date_time[0] for part in archive.infolist()} == {1980}


def test_a_text_that_just_fits_is_written(path: Path) -> None:
    """32,767 characters are what an Excel cell holds."""
    write_workbook([record(text="x" * 32_767)], path)
    assert len(value(path, ACTIONS, "text")) == 32_767


@pytest.mark.parametrize(("text", "length"), [("x" * 32_768, "32,768"), ("\N{GRINNING FACE}" * 16_384, "32,768")])
def test_a_text_that_excel_would_cut_off_is_refused(text: str, length: str, path: Path) -> None:
    """The sentence says what, where and what to do; a character beyond the basic plane counts as two."""
    with pytest.raises(PlanweaveError) as caught:
        write_workbook([record(), record("mere", id="mere/2", text=text)], path)
    assert str(caught.value) == (
        f"{path}, sheet Actions, mere/2, column Action text: a text has {length} characters,"
        " more than the 32,767 that an Excel cell holds; export .csv or .json instead."
    )
    assert os.listdir(path.parent) == []  # noqa: PTH208 - hidden files count


def test_the_limits_are_those_of_excel() -> None:
    """Microsoft's "Excel specifications and limits" give these two numbers."""
    assert (spreadsheet.CELL_CHARACTERS, spreadsheet.SHEET_ROWS) == (32_767, 1_048_576)


def test_more_rows_than_a_sheet_holds_are_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sheet may be filled to its last row; one more is a sentence, and the file before it stays."""
    # About is explained in fewer lines than that, so the sources overflow first.
    monkeypatch.setattr(sheets, "SHEET_ROWS", 101)
    cells = tuple(Cell(number, "Action", "x", "text") for number in range(1, 101))
    write_workbook([record(source=(SourceRow(None, 1, 1, 1, cells),))], path)
    assert len(column(path, SOURCES, "text")) == 100
    good = path.read_bytes()
    too_many = (SourceRow(None, 1, 1, 1, (*cells, Cell(101, "Action", "x", "text"))),)
    with pytest.raises(PlanweaveError) as caught:
        write_workbook([record(source=too_many)], path)
    assert str(caught.value) == (
        f"{path}, sheet Sources: there are more than the 100 rows that an Excel sheet holds below its header;"
        " export .csv or .json instead, or fewer plans at a time."
    )
    assert path.read_bytes() == good
    assert os.listdir(path.parent) == [path.name]  # noqa: PTH208 - hidden files count


def test_a_workbook_that_grows_too_large_is_one_sentence(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A part of more than two gigabytes needs a kind of zip file that Excel does not read reliably."""
    monkeypatch.setattr("zipfile.ZIP64_LIMIT", 1000)
    with pytest.raises(PlanweaveError, match=r"more than an Excel file can hold; export \.csv or \.json"):
        write_workbook([record()], path)
    assert os.listdir(path.parent) == []  # noqa: PTH208 - hidden files count


def test_an_unwritable_path_is_one_sentence(tmp_path: Path) -> None:
    """The sentence has the path as it was given, not that of a temporary file."""
    path = tmp_path / "none" / "all.xlsx"
    with pytest.raises(PlanweaveError) as caught:
        write_workbook([record()], path)
    assert str(caught.value) == (
        f"{path}: the file cannot be written (No such file or directory);"
        " check that its folder is there, may be written to and has room."
    )


def test_an_error_while_packing_is_one_sentence(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that fills up at the very end is reported like any other, and nothing is left behind."""

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("zipfile.ZipFile.write", full)
    with pytest.raises(PlanweaveError, match=r"cannot be written \(No space left on device\)"):
        write_workbook([record()], path)
    assert os.listdir(path.parent) == []  # noqa: PTH208 - hidden files count


def test_only_the_folder_of_the_file_is_written_to(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large workbook needs no room in the system's folder for temporary files."""
    monkeypatch.setattr("tempfile.tempdir", str(path.parent / "none"))
    write_workbook([record()], path)
    assert value(path, ACTIONS, "ref") == "1.10"


def test_an_error_of_the_reading_is_passed_on(path: Path) -> None:
    """What goes wrong where the records come from is not covered up, and no half file is left."""

    def arriving() -> Iterator[PlanRecord]:
        yield record()
        raise PlanweaveError("the second plan cannot be read")

    with pytest.raises(PlanweaveError, match=r"^the second plan cannot be read\.$"):
        write_workbook(arriving(), path)
    assert os.listdir(path.parent) == []  # noqa: PTH208 - hidden files count
