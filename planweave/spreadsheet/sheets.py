"""The sheets of a workbook: rows of text, numbers, days and shares, written from the top down.

Everything is written as text or as a number, never through a method that guesses: "1.10" stays a reference,
"=1+1" stays what a council printed, and a date keeps its printed words. Each sheet is written row by row, so
a workbook of two thousand plans needs the memory of one, and the same rows give the same bytes.
"""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError, FileSizeError

from planweave.errors import PlanweaveError
from planweave.flat_files import whole_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from planweave.tables import Column, Row

__all__ = ["CELL_CHARACTERS", "SHEET_ROWS", "Looks", "Sheet", "opened_workbook"]

CELL_CHARACTERS = 32_767
"""What an Excel cell holds, counted in UTF-16 units, as Excel does."""

SHEET_ROWS = 1_048_576
"""What an Excel sheet holds, its header row included."""

WRITTEN: Final = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed date, so that the same rows give the same file

E = TypeVar("E")


@contextmanager
def opened_workbook(path: Path, title: str) -> Iterator[Workbook]:
    """Give a workbook that becomes the file when the block ends well; its rows wait in files beside it.

    Raises
    ------
    PlanweaveError
        If the file cannot be written, or is more than Excel can hold.
    """
    with whole_file(path) as beside:
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
        book.set_properties({"title": title, "created": WRITTEN})
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


class Looks:
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


class Sheet(Generic[E]):
    """One sheet, written from the top down; xlsxwriter holds only the row that is being written."""

    def __init__(self, book: Workbook, title: str, columns: Sequence[Column[E]], looks: Looks, path: Path) -> None:
        self._columns = columns
        self._sheet = book.add_worksheet(title)
        self._title, self._looks, self._path = title, looks, path
        self._next = 0
        for number, column in enumerate(columns):
            self._sheet.set_column(number, number, column.width)
        # Excel would mark every reference such as 1.10 as a mistake.
        everywhere = "A1:XFD1048576"
        self._sheet.ignore_errors({"number_stored_as_text": everywhere, "two_digit_text_year": everywhere})

    def add_headings(self) -> None:
        """Write the headings of the columns."""
        self.write(tuple(column.heading for column in self._columns), self._looks.header)

    def add(self, entries: Iterable[E]) -> None:
        """Write one row for each entry."""
        for entry in entries:
            self.write(tuple(column.value(entry) for column in self._columns), self._looks.text)

    def explain(self, heading: str, wordings: Iterable[Sequence[str]]) -> None:
        """Write, after an empty line, words and what they mean."""
        self.write((), self._looks.note)
        self.write((heading, "What it means"), self._looks.header)
        for wording in wordings:
            self.write(tuple(wording), self._looks.note)

    def make_filtered(self, kept_columns: int = 0) -> None:
        """Keep the header in sight, and some columns; put a filter on every column, now that its end is known."""
        self._sheet.freeze_panes(1, kept_columns)
        self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 0)
        self._sheet.repeat_rows(0)
        self._sheet.autofilter(0, 0, self._next - 1, len(self._columns) - 1)

    def draw_shares(self) -> None:
        """Draw a bar behind each share of the rows below the headings, as long as the share is large."""
        # A solid bar would need an extension of the format that other programs warn of.
        bar = {"type": "data_bar", "bar_color": "#BFD3D8", "min_type": "num", "max_type": "num"}
        for number, column in enumerate(self._columns):
            if column.name.startswith("share_") and self._next > 1:
                self._sheet.conditional_format(
                    1, number, self._next - 1, number, {**bar, "min_value": 0, "max_value": 1}
                )

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
            elif isinstance(value, (int, Decimal)):
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
        named = {known.name: value for known, value in zip(self._columns, row, strict=False)}
        raise PlanweaveError(
            f"a text has {length:,} characters, more than the {CELL_CHARACTERS:,} that an Excel cell holds",
            file=self._path,
            where=f"sheet {self._title}, {named.get('action') or named.get('plan')},"
            f" column {self._columns[column].heading}",
            fix="export .csv or .json instead",
        )
