"""Records → an Excel workbook, and the only door to xlsxwriter.

Everything is written as text or as a number, never through a method that guesses: "1.10" stays a reference,
"=1+1" stays what a council printed, and a date keeps its printed words. Each sheet is written row by row, so
a workbook of two thousand plans needs the memory of one, and the same records give the same bytes.
"""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError, FileSizeError

from planweave.errors import PlanweaveError
from planweave.flat_files import whole_file
from planweave.tables import (
    ACTIONS,
    CROSS_REFERENCES,
    PARTIES,
    PLANS,
    SOURCES,
    UPDATES,
)
from planweave.wording import BLANK_WORDS, FLAG_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from planweave.records import PlanRecord
    from planweave.tables import Row, Table

__all__ = ["CELL_CHARACTERS", "SHEET_ROWS", "write_workbook"]

CELL_CHARACTERS = 32_767
"""What an Excel cell holds, counted in UTF-16 units, as Excel does."""

SHEET_ROWS = 1_048_576
"""What an Excel sheet holds, its header row included."""

SHEETS: Final = (ACTIONS, PARTIES, CROSS_REFERENCES, UPDATES, SOURCES)
WRITTEN: Final = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed date, so that the same records give the same file
ABOUT: Final = (
    "What councils' action plans say, one row per fact, each with its place in the document.",
    "Nothing is filled in: what a plan leaves out is empty, and columns such as “No lead because” say in what way.",
    "Text is as printed, apart from white space and stated corrections; “Sources” has every cell exactly.",
    "For anything that matters, consult the plan itself.",
)
SHARES: Final = (
    "“Kept” is the share of the document's characters that the record holds; “Placed” leaves out text that"
    " belongs to no action, heading or key."
)


def write_workbook(records: Iterable[PlanRecord], path: Path) -> None:
    """Write a workbook: what it is and of which plans, then one sheet for each table.

    Parameters
    ----------
    records
        The plans; they are taken one at a time.
    path
        The file, which appears whole or not at all.

    Raises
    ------
    PlanweaveError
        If the file cannot be written, or something does not fit into Excel: a text of more than 32,767
        characters, a sheet of more than 1,048,575 rows below its header.
    """
    with whole_file(path) as beside, _workbook(beside, path) as book:
        sheets = _Sheets(book, path)
        for record in records:
            sheets.add(record)
        sheets.finish()


@contextmanager
def _workbook(beside: Path, path: Path) -> Iterator[Workbook]:
    """Give a workbook whose rows wait in files beside it, in the folder that vanishes in the end."""
    book = Workbook(
        str(beside),
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "tmpdir": str(beside.parent),
        },
    )
    book.set_properties({"title": "Action plans", "created": WRITTEN})
    try:
        yield book
        book.close()
    except FileCreateError as error:
        # xlsxwriter wraps the OSError that says what is the matter.
        raise error.args[0] from error
    except FileSizeError as error:
        raise PlanweaveError(
            "this is more than an Excel file can hold", file=path, fix="export .csv or .json instead"
        ) from error
    finally:
        # After a failure nothing else closes them, and an open file cannot be removed on every system.
        for sheet in book.worksheets():
            sheet.row_data_fh.close()


class _Looks:
    """The formats of a workbook."""

    def __init__(self, book: Workbook) -> None:
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.note = book.add_format({"valign": "top"})
        self.header = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DDE5EC", "bottom": 1}
        )
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
        self.share = book.add_format({"num_format": "0.00%", "valign": "top"})


class _Sheets:
    """The sheets of a workbook, filled plan by plan."""

    def __init__(self, book: Workbook, path: Path) -> None:
        looks = _Looks(book)
        self._about = _Sheet(book, "About", PLANS, looks, path)
        _explain(self._about, looks)
        self._tables = [_Sheet(book, table.title, table, looks, path) for table in SHEETS]
        for sheet in (self._about, *self._tables):
            sheet.write(sheet.table.headings, looks.header)

    def add(self, record: PlanRecord) -> None:
        """Write the rows of one plan to every sheet."""
        for sheet in (self._about, *self._tables):
            sheet.add(record)

    def finish(self) -> None:
        """Make each table one that can be filtered; only now it is known where it ends."""
        for sheet in self._tables:
            sheet.make_filtered()


def _explain(about: _Sheet, looks: _Looks) -> None:
    """Say what the workbook is, what its sheets hold and what its words mean."""
    about.write(("Action plans",), looks.title)
    for note in ABOUT:
        about.write((note,), looks.note)
    for heading, wordings in (
        ("Sheet", [(table.title, table.about) for table in SHEETS]),
        ("No … because", BLANK_WORDS.values()),
        ("Flag", FLAG_WORDS.values()),
    ):
        about.write((), looks.note)
        about.write((heading, "What it means"), looks.header)
        for wording in wordings:
            about.write(wording, looks.note)
    about.write((), looks.note)
    about.write((SHARES,), looks.note)
    about.write((), looks.note)


class _Sheet:
    """One sheet, written from the top down; xlsxwriter holds only the row that is being written."""

    def __init__(self, book: Workbook, title: str, table: Table[Any], looks: _Looks, path: Path) -> None:
        self.table = table
        self._sheet = book.add_worksheet(title)
        self._title, self._looks, self._path = title, looks, path
        self._next = 0
        for number, column in enumerate(table.columns):
            self._sheet.set_column(number, number, column.width)
        # Excel would mark every reference such as 1.10 as a mistake.
        everywhere = "A1:XFD1048576"
        self._sheet.ignore_errors({"number_stored_as_text": everywhere, "two_digit_text_year": everywhere})

    def add(self, record: PlanRecord) -> None:
        """Write the rows of one plan."""
        for row in self.table.rows((record,)):
            self.write(row, self._looks.text)

    def make_filtered(self) -> None:
        """Keep the header in sight and put a filter on every column."""
        self._sheet.freeze_panes(1, 0)
        self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 0)
        self._sheet.repeat_rows(0)
        self._sheet.autofilter(0, 0, self._next - 1, len(self.table.columns) - 1)

    def write(self, row: Row, look: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
        """Write the next row."""
        if self._next == SHEET_ROWS:
            raise PlanweaveError(
                f"there are more than the {SHEET_ROWS - 1:,} rows that an Excel sheet holds below its header",
                file=self._path,
                where=f"sheet {self._title}",
                fix="export .csv or .json instead, or fewer plans at a time",
            )
        for column, value in enumerate(row):
            if isinstance(value, dt.date):
                self._sheet.write_datetime(self._next, column, value, self._looks.day)
            elif isinstance(value, float):
                self._sheet.write_number(self._next, column, value, self._looks.share)
            elif isinstance(value, int):
                self._sheet.write_number(self._next, column, value, look)
            elif value:
                # No letter counts more than twice, so that most texts need not be counted.
                if 2 * len(value) > CELL_CHARACTERS:
                    self._check_length(value, column, row)
                self._write_text(column, value, look)
        self._next += 1

    def _write_text(self, column: int, text: str, look: Any) -> None:  # noqa: ANN401 - as above
        if text.startswith("<r>") and text.endswith("</r>"):
            # xlsxwriter 3.3.1 takes such text for its own markup and writes it raw, formulas and all; as
            # two runs of rich text it is escaped, and reads the same.
            self._sheet.write_rich_string(self._next, column, text[0], look, text[1:], look)
        else:
            self._sheet.write_string(self._next, column, text, look)

    def _check_length(self, text: str, column: int, row: Row) -> None:
        """Refuse what Excel would cut off."""
        length = len(text) + sum(letter > "\uffff" for letter in text)
        if length <= CELL_CHARACTERS:
            return
        named = {known.name: value for known, value in zip(self.table.columns, row, strict=False)}
        raise PlanweaveError(
            f"a text has {length:,} characters, more than the {CELL_CHARACTERS:,} that an Excel cell holds",
            file=self._path,
            where=f"sheet {self._title}, {named.get('action') or named.get('plan')},"
            f" column {self.table.headings[column]}",
            fix="export .csv or .json instead",
        )
