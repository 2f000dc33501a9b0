"""Binary Excel workbooks and those of LibreOffice → lines and tables, by calamine.

What calamine does not tell is said: number formats, so that 1.10 is read as 1.1, and hidden rows and columns.
"""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Final

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from planweave.documents.grid import Parts, Row
from planweave.documents.limits import MAX_CELLS
from planweave.documents.number_formats import shown
from planweave.documents.sheets import Sheet, printed_as, workbook_blocks
from planweave.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from python_calamine import CalamineSheet

    from planweave.documents.number_formats import Value

__all__ = ["read"]

BINARY: Final = "application/vnd.ms-excel.sheet.binary.macroEnabled.12"
OPEN: Final = "application/vnd.oasis.opendocument.spreadsheet"
DAY: Final = "dd/mm/yyyy"


def read(data: bytes, name: str) -> Parts:
    """Read a workbook that openpyxl cannot."""
    del name
    hidden = []
    sheets = []
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            for about in book.sheets_metadata:
                if about.visible is not SheetVisibleEnum.Visible:
                    hidden.append(f"the sheet {about.name!r} is hidden: it is left out")
                elif about.typ is SheetTypeEnum.WorkSheet:
                    sheets.append(_sheet(book.get_sheet_by_name(about.name)))
    except PasswordError as error:
        raise DocumentError("the file is protected by a password", fix="save it without one") from error
    except CalamineError as error:
        said = " ".join(str(error).split())[:100].rstrip(".")
        raise DocumentError(f"the workbook is damaged ({said})", fix="open it in Excel and save it as .xlsx") from error
    blocks = tuple(workbook_blocks(sheets))
    if not blocks:
        raise DocumentError("the workbook has nothing in it that is shown", fix="check how it was saved")
    hidden.append(
        "rows and columns that are hidden, and formats of numbers, cannot be told in this kind of file: hidden ones are"
        " read, and 1.10 is read as 1.1; save it as .xlsx to have them told"
    )
    return Parts(_media_type(data), "binary", printed_as(blocks), blocks, hidden=tuple(hidden))


def _media_type(data: bytes) -> str:
    return OPEN if b"opendocument" in data[:200] else BINARY


def _sheet(sheet: CalamineSheet) -> Sheet:
    """Take the rows of a sheet, each as wide as the widest."""
    if sheet.total_height * sheet.total_width > MAX_CELLS:
        raise DocumentError(
            f"the sheet {sheet.name!r} has more than the {MAX_CELLS:,} cells that are read",
            fix="take out what is not the action plan",
        )
    texts = [[_text(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    width = max(map(len, texts), default=0)
    texts = [[*row, *[""] * (width - len(row))] for row in texts]
    covered: list[set[int]] = [set() for _ in texts]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        for row in range(top, min(bottom + 1, len(texts))):
            covered[row] |= set(range(left, min(right + 1, width)))
        if top < len(texts):
            covered[top].discard(left)
    return Sheet(sheet.name, _rows(texts, covered))


def _rows(texts: Sequence[Sequence[str]], covered: Sequence[set[int]]) -> list[Row]:
    return [
        Row(number, number, tuple(row), covered=frozenset(places))
        for number, (row, places) in enumerate(zip(texts, covered, strict=True), start=1)
    ]


def _text(value: Value) -> str:
    """Print a value; a date without a format is printed as the British write it."""
    if isinstance(value, dt.datetime) and value.time() != dt.time():
        return shown(value, f"{DAY} hh:mm")
    if isinstance(value, dt.datetime | dt.date):
        return shown(value, DAY)
    return shown(value, "hh:mm" if isinstance(value, dt.time) else "General").strip()
