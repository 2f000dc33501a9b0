"""Workbooks become lines and tables: what is shown is read, what is hidden is named, nothing is calculated."""

from __future__ import annotations

import datetime as dt
import io
import runpy
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
import xlsxwriter
import xlwt
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.colors import Color

from planweave.documents import OF_SHEETS, Document, Line
from planweave.documents.number_formats import shown

grids: Any = SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("grids.py"))))


def day(iso: str) -> dt.datetime:
    """A day as workbooks have them: at midnight, without a time zone."""
    return dt.datetime.fromisoformat(iso)


def saved(book: Any, folder: Path, name: str = "plan.xlsx") -> Document:
    data = io.BytesIO()
    book.save(data)
    document: Document = grids.opened(folder, data.getvalue(), name)
    return document


def sheet_of(*rows: tuple[Any, ...]) -> tuple[Any, Any]:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    return book, sheet


DAY = dt.datetime.fromisoformat("2023-01-04T15:07:09")


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (DAY, "mmm yy", "Jan 23"),
        (DAY, "mmm-yy", "Jan-23"),
        (DAY, "dd/mm/yyyy", "04/01/2023"),
        (DAY, "d-mmm-yy", "4-Jan-23"),
        (DAY, "mmmm yyyy", "January 2023"),
        (DAY, "[$-809]dd mmmm yyyy;@", "04 January 2023"),
        (DAY, "dddd, d mmmm", "Wednesday, 4 January"),
        (DAY, "ddd d mmm", "Wed 4 Jan"),
        (DAY, '"By "mmm yyyy', "By Jan 2023"),
        (DAY, "yyyy-mm-dd", "2023-01-04"),
        (DAY, "h:mm AM/PM", "3:07 PM"),
        (DAY, "hh:mm:ss", "15:07:09"),
        (DAY, "mm:ss", "07:09"),
        (DAY, "d/m/yy h:mm", "4/1/23 15:07"),
        (DAY, "mmmmm", "J"),
        (DAY, "mm-dd-yy", "04/01/2023"),  # the code for the computer's own way to write a date
        (DAY, "m/d/yyyy", "4/1/2023"),  # month first: printed day first
        (DAY, "mm/yyyy", "01/2023"),
        (DAY, "General", "04/01/2023 15:07"),
        (dt.date(2024, 4, 1), "General", "01/04/2024"),
        (dt.time(9, 30), "h:mm", "9:30"),
        (dt.timedelta(hours=30), "[h]:mm", "30:00"),
        (1.1, "General", "1.1"),
        (1.1, "0.00", "1.10"),
        (5.0, "General", "5"),
        (0.1 + 0.2, "General", "0.3"),
        (0.256, "0%", "26%"),
        (0.256, "0.0%", "25.6%"),
        (2.5, "0", "3"),
        (1234567.891, "#,##0", "1,234,568"),
        (-5, "#,##0.00;[Red]-#,##0.00", "-5.00"),
        (-5, "0;(0)", "(5)"),
        (-0.001, "0.00", "0.00"),
        (-3, "0.0", "-3.0"),
        (0, '0;-0;"none"', "none"),
        (7, "000", "007"),
        (3, '"Priority "0', "Priority 3"),
        (2, '0"nd"', "2nd"),
        (12345, "[$£-809]#,##0.00", "£12,345.00"),
        (1500000, '0.0,,"m"', "1.5m"),
        (1.25, "0.##", "1.25"),
        (1204, "00-00", "12-04"),
        (1.5, "# ?/?", "1.5"),
        (5, '_-"£"* #,##0_-;-"£"* #,##0_-;_-"£"* "-"??_-;_-@_-', "£5"),
        (7, ";;;", ""),
        ("Open", ";;;", ""),
        ("Open", "0;0;0", "Open"),
        ("Ann", '"Lead: "@', "Ann"),
        ("Ann", '0;0;0;"Lead: "@', "Lead: Ann"),
        (True, "0", "TRUE"),
        (None, "0", ""),
    ],
)
def test_values_are_printed_as_their_format_does(value: Any, code: str, text: str) -> None:
    """What a cell shows in Excel is its text; the system's dates, and those with the month first, are British."""
    assert shown(value, code) == text


def test_numbers_dates_and_references_as_they_are_shown(tmp_path: Path) -> None:
    """A reference that is a number keeps the noughts it is shown with, a date is as its format prints it."""
    book, sheet = sheet_of(
        ("Ref", "Action", "Due", "Done"),
        (1.1, "Open", day("2025-03-01"), 0.5),
        (1.1, "Close\nit", day("2024-04-01"), 1),
        ("1.10", "Sell ", day("2023-01-31"), None),
    )
    sheet["A3"].number_format = "0.00"
    sheet["C2"].number_format = "mmm-yy"
    sheet["C3"].number_format = "mm-dd-yy"
    sheet["C4"].number_format = "mmm yy"
    sheet["D2"].number_format = sheet["D3"].number_format = "0%"
    document = saved(book, tmp_path)
    assert grids.tables(document) == [
        [
            ("Ref", "Action", "Due", "Done"),
            ("1.1", "Open", "Mar-25", "50%"),
            ("1.10", "Close\nit", "01/04/2024", "100%"),
            ("1.10", "Sell", "Jan 23", ""),
        ]
    ]
    assert document.media_type == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert (document.encoding, document.hidden) == ("binary", ())


def test_dates_with_the_month_first_are_named(tmp_path: Path) -> None:
    """4 March is not read as 3 April because a sheet shows it the American way; that it does is said."""
    book, sheet = sheet_of(("Action", "Due"), ("Open", day("2025-03-04")))
    sheet["B2"].number_format = "m/d/yyyy"
    document = saved(book, tmp_path)
    assert grids.tables(document)[0][1] == ("Open", "4/3/2025")
    assert document.hidden == ("dates of the sheet 'Sheet' are printed month first: they are read day first",)


def test_titles_above_the_header_and_several_tables(tmp_path: Path) -> None:
    """Lone and merged cells above a table are lines; an empty row ends a table; rows keep the sheet's numbers."""
    book, sheet = sheet_of(
        (), (None, "Our plan"), (None, "2024–2026"), (), (None, "Ref", "Action", "Who"), (None, "1", "Open", "Ann"), (),
        (None, "Notes"), (), (None, "Part 2"), (None, "2", "Close", "Bob"),
    )  # fmt: skip
    sheet.merge_cells("B2:D2")
    document = saved(book, tmp_path)
    assert grids.shape(document) == ["Our plan", "2024–2026", "table 1", "Notes", "Part 2", "table 2"]
    assert grids.tables(document) == [[("Ref", "Action", "Who"), ("1", "Open", "Ann")], [("2", "Close", "Bob")]]
    assert [(row.number, row.line) for table in document.tables() for row in table.rows] == [(1, 5), (2, 6), (1, 11)]
    assert document.blocks[0] == Line("Our plan", 2)


def test_merged_cells(tmp_path: Path) -> None:
    """A merged cell stands top left, and what it covers is known, also over a row with nothing else in it."""
    book, sheet = sheet_of(
        ("Theme", "Action", "When", None), (None, None, "Start", "End"), ("T1", "Open", "May", None),
        (None, None, None, None), (None, "Close", None, "June"),
    )  # fmt: skip
    for merged in ("A1:A2", "B1:B2", "C1:D1", "A3:A5"):
        sheet.merge_cells(merged)
    document = saved(book, tmp_path)
    assert grids.tables(document) == [
        [
            ("Theme", "Action", "When", ""),
            ("", "", "Start", "End"),
            ("T1", "Open", "May", ""),
            ("", "Close", "", "June"),
        ]
    ]
    assert grids.covered(document) == [[[3], [0, 1], [], [0]]]


def test_hidden_sheets_rows_and_columns_are_named(tmp_path: Path) -> None:
    """What is hidden is left out, and a sentence says what it was; a merged cell shows in what is left of it."""
    book, sheet = sheet_of(
        ("T", "Ref", "Note", "Action"), ("P1", 1, "x", "Open"), (None, 2, "y", "Close"), (None, 3, "z", "Sell"),
    )  # fmt: skip
    sheet.merge_cells("A2:A4")
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["C"].hidden = True
    book.create_sheet("Old").append(("secret",))
    book["Old"].sheet_state = "hidden"
    book.create_sheet("Older").append(("secret",))
    book["Older"].sheet_state = "veryHidden"
    document = saved(book, tmp_path)
    assert grids.tables(document) == [[("T", "Ref", "Action"), ("P1", "2", "Close"), ("", "3", "Sell")]]
    assert grids.covered(document) == [[[], [], [0]]]
    assert document.hidden == (
        "the sheet 'Old' is hidden: it is left out",
        "the sheet 'Older' is hidden: it is left out",
        "row 2 of the sheet 'Sheet' is hidden: it is left out",
        "column C of the sheet 'Sheet' is hidden: it is left out",
    )
    assert "secret" not in document.printed


def test_rows_that_a_filter_hides_are_named_so(tmp_path: Path) -> None:
    """A filter that was left on hides rows; the table is one all the same."""
    book, sheet = sheet_of(("Ref", "Action"), (1, "a"), (2, "b"), (3, "c"), (4, "d"))
    sheet.auto_filter.ref = "A1:B5"
    sheet.row_dimensions[3].hidden = sheet.row_dimensions[4].hidden = True
    document = saved(book, tmp_path)
    assert grids.tables(document) == [[("Ref", "Action"), ("1", "a"), ("4", "d")]]
    assert document.hidden == ("rows 3, 4 of the sheet 'Sheet' are hidden by a filter: they are left out",)


def test_several_sheets_have_their_names_as_headings(tmp_path: Path) -> None:
    """The name of a sheet stands above its table, below its title; one that is empty says nothing."""
    book, sheet = sheet_of(("Our plan",), ("Ref", "Action"), (1, "a"))
    sheet.title = "Housing"
    for row in (("Ref", "Action"), (2, "b")):
        book.create_sheet("Health").append(row) if "Health" not in book.sheetnames else book["Health"].append(row)
    book.create_sheet("Empty")
    document = saved(book, tmp_path)
    assert grids.shape(document) == ["Our plan", "Housing", "table 1", "Health", "table 2"]
    assert document.blocks[1] == Line("Housing", 1, None, OF_SHEETS)


def test_colours_are_words(tmp_path: Path) -> None:
    """Plain fills, those of the theme, and tints of them are words; other colours are none."""
    book, sheet = sheet_of(("Action", "RAG"), ("a", None), ("b", None), ("c", None), ("d", "x"))
    for cell, colour in (("B2", Color("FF00B050")), ("B3", Color(theme=9)), ("B4", Color(theme=0, tint=-0.35))):
        sheet[cell].fill = PatternFill("solid", fgColor=colour)
    sheet["B5"].fill = PatternFill("solid", fgColor="FF800080")
    document = saved(book, tmp_path)
    assert grids.fills(document) == [[(), ("", "green"), ("", "amber"), ("", "grey"), ()]]
    assert grids.tables(document)[0][1:3] == [("a", ""), ("b", "")]


def test_crossed_out_rows_and_comments(tmp_path: Path) -> None:
    """A crossed-out row is read and named, a comment is a line behind the sheet."""
    book, sheet = sheet_of(("Ref", "Action"), (1, "Open"), (2, "Close"))
    sheet["B3"].font = Font(strike=True)
    sheet["B2"].comment = Comment("[Threaded comment]\n\nYour version of Excel …\n\nComment:\n    Is it\nopen?", "Ann")
    document = saved(book, tmp_path)
    assert grids.tables(document)[0][2] == ("2", "Close")
    assert document.hidden == ("row 3 of the sheet 'Sheet' is crossed out, at least in part: it is read all the same",)
    assert grids.outside(document) == ["Comment on B2: Is it open?"]


def test_formulas_are_never_calculated(tmp_path: Path) -> None:
    """The value that was saved is read; a formula without one is empty, and that is said."""
    path = tmp_path / "made.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Ref", "Action"])
    sheet.write_formula(1, 0, "=1+1", None, "7")
    sheet.write_formula(1, 1, '=HYPERLINK("http://x.example")', None, "Open")
    book.close()
    assert grids.tables(grids.opened(tmp_path, path.read_bytes(), "a.xlsx"))[0][1] == ("7", "Open")
    book, _ = sheet_of(("Ref", "Action"), ("=1+1", "Open"))
    document = saved(book, tmp_path)
    assert grids.tables(document)[0][1] == ("", "Open")
    assert document.hidden == ("a cell is a formula that was never calculated: nothing is read there",)


def test_cells_that_show_nothing_are_named(tmp_path: Path) -> None:
    """A value whose format prints nothing is not on the page, and is not dropped without a word."""
    book, sheet = sheet_of(("Ref", "Action"), (1, "Open"))
    sheet["A2"].number_format = ";;;"
    document = saved(book, tmp_path)
    assert grids.tables(document)[0][1] == ("", "Open")
    assert document.hidden == ("cell A2 of the sheet 'Sheet' is formatted to show nothing: it is left out",)


def test_macros_and_links_are_named(tmp_path: Path) -> None:
    """A workbook with macros and links to others is read, and neither is followed."""
    book, _ = sheet_of(("Ref", "Action"), (1, "Open"))
    data = io.BytesIO()
    book.save(data)
    with zipfile.ZipFile(data, "a") as package:
        package.writestr("xl/vbaProject.bin", b"Sub Auto_Open()")
        package.writestr("xl/externalLinks/externalLink1.xml", b"<externalLink/>")
    document = grids.opened(tmp_path, data.getvalue(), "plan.xlsm")
    assert document.media_type == "application/vnd.ms-excel.sheet.macroEnabled.12"
    assert document.hidden == (
        "it has macros: they are neither run nor read",
        "it refers to other workbooks: the values that were saved are read",
    )


def test_a_lone_cell_far_away_makes_no_wide_table(tmp_path: Path) -> None:
    """A note in the last cell of a sheet neither takes long nor makes sixteen thousand columns."""
    book, sheet = sheet_of(("Ref", "Action"), (1, "Open"))
    sheet["XFD1048576"] = "x"
    document = saved(book, tmp_path)
    assert grids.tables(document) == [[("Ref", "Action", ""), ("1", "Open", "")]]
    assert document.blocks[-1] == Line("x", 1048576)


TOLD = (
    "rows and columns that are hidden, and formats of numbers, cannot be told in this kind of file: hidden ones are"
    " read, and 1.10 is read as 1.1; save it as .xlsx to have them told"
)


def test_old_workbooks(tmp_path: Path) -> None:
    """An .xls is read as it is shown: merged cells, dates, 1.50, colours; what is hidden is left out and named."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Plan")
    sheet.write(0, 0, "Our plan")
    for place, text in enumerate(("Theme", "Ref", "Action", "Due")):
        sheet.write(2, place, text)
    sheet.write_merge(3, 4, 0, 0, "T1")
    for row, (ref, text) in enumerate(((1.5, "Open"), (2, "Close"), (3, "Wait")), start=3):
        sheet.write(row, 1, ref, xlwt.easyxf(num_format_str="0.00"))
        sheet.write(row, 2, text)
    sheet.write(3, 3, day("2024-04-01"), xlwt.easyxf(num_format_str="dd/mm/yyyy"))
    sheet.write(4, 3, day("2024-11-01"), xlwt.easyxf("pattern: pattern solid, fore_colour red", "mmm yy"))
    sheet.row(5).hidden = True
    other = book.add_sheet("Old")
    other.write(0, 0, "secret")
    other.visibility = 1
    document = saved(book, tmp_path, "plan.xls")
    assert grids.shape(document) == ["Our plan", "table 1"]
    assert grids.tables(document) == [
        [("Theme", "Ref", "Action", "Due"), ("T1", "1.50", "Open", "01/04/2024"), ("", "2.00", "Close", "Nov 24")]
    ]
    assert grids.covered(document) == [[[], [], [0]]]
    assert grids.fills(document)[0][2] == ("", "", "", "red")
    assert document.media_type == "application/vnd.ms-excel"
    assert document.hidden == (
        "row 6 of the sheet 'Plan' is hidden: it is left out",
        "the sheet 'Old' is hidden: it is left out",
    )


def test_open_document_sheets(tmp_path: Path) -> None:
    """An .ods is read: its values, its dates, and repeated cells."""
    names = ["office", "table", "text"]
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)

    def cell(text: str) -> str:
        return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'

    date = (
        '<table:table-cell office:value-type="date" office:date-value="2024-04-01"><text:p>Apr 24</text:p>'
        "</table:table-cell>"
    )
    rows = "".join(
        f"<table:table-row>{row}</table:table-row>"
        for row in (cell("Ref") + cell("Action") + cell("Due"), cell("1.10") + cell("Open") + date)
    )
    content = (
        f'<office:document-content {spaces} office:version="1.3"><office:body><office:spreadsheet>'
        f'<table:table table:name="Plan">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", manifest)
    document = grids.opened(tmp_path, data.getvalue(), "plan.ods")
    assert grids.tables(document) == [[("Ref", "Action", "Due"), ("1.10", "Open", "01/04/2024")]]
    assert document.media_type == "application/vnd.oasis.opendocument.spreadsheet"
    assert document.hidden == (TOLD,)
