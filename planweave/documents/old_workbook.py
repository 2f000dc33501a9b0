"""Excel workbooks of before 2007 → lines and tables, by xlrd.

As in later ones, what a cell shows is read: numbers and dates are printed as their formats print them, and what is
hidden is left out and named.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

import xlrd
from xlrd.compdoc import CompDocError
from xlrd.xldate import XLDateError, xldate_as_datetime

from planweave.documents.colours import colour_word
from planweave.documents.grid import Parts, Row
from planweave.documents.limits import MAX_CELLS
from planweave.documents.number_formats import shown, turned
from planweave.documents.sheets import Sheet, are_hidden, column_letter, printed_as, workbook_blocks
from planweave.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planweave.documents.number_formats import Value

__all__ = ["read"]

MEDIA_TYPE: Final = "application/vnd.ms-excel"
SYSTEM_DATE: Final = 14
"""The number of the format that is the date as the reader's computer writes it."""

SOLID: Final = 1
PASSWORD: Final = "encrypted"  # noqa: S105 - a word of xlrd's errors


def read(data: bytes, name: str) -> Parts:
    """Read a workbook."""
    del name
    try:
        book: Any = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
    except (xlrd.XLRDError, CompDocError) as error:
        said = " ".join(str(error).split())[:100].rstrip(".")
        if PASSWORD in said:
            raise DocumentError("the file is protected by a password", fix="save it without one") from error
        raise DocumentError(f"the workbook is damaged ({said})", fix="open it in Excel and save it as .xlsx") from error
    hidden: list[str] = []
    sheets = []
    for sheet in book.sheets():
        if sheet.visibility:
            hidden.append(f"the sheet {sheet.name!r} is hidden: it is left out")
        else:
            sheets.append(Sheet(sheet.name, list(_rows(book, sheet, hidden))))
    blocks = tuple(workbook_blocks(sheets))
    if not blocks:
        raise DocumentError("the workbook has nothing in it that is shown", fix="check how it was saved")
    return Parts(MEDIA_TYPE, "binary", printed_as(blocks), blocks, hidden=tuple(hidden))


def _rows(book: Any, sheet: Any, hidden: list[str]) -> Iterator[Row]:  # noqa: ANN401 - xlrd has no types
    """Take the rows of a sheet that are shown, each as wide as the widest."""
    if sheet.nrows * sheet.ncols > MAX_CELLS:
        raise DocumentError(
            f"the sheet {sheet.name!r} has more than the {MAX_CELLS:,} cells that are read",
            fix="take out what is not the action plan",
        )
    filled = [bool(any(str(value).strip() for value in sheet.row_values(row))) for row in range(sheet.nrows)]
    unshown = {row for row, info in sheet.rowinfo_map.items() if info.hidden and row < sheet.nrows}
    columns = [at for at in range(sheet.ncols) if not getattr(sheet.colinfo_map.get(at), "hidden", 0)]
    if named := [str(row + 1) for row in sorted(unshown) if filled[row]]:
        hidden.append(are_hidden("row", named, sheet.name))
    left_out = [at for at in range(sheet.ncols) if at not in columns and any(map(str, sheet.col_values(at)))]
    if left_out:
        hidden.append(are_hidden("column", [column_letter(at) for at in left_out], sheet.name))
    covered, moved = _merged(sheet, unshown, set(columns))
    month_first = False
    for row in range(sheet.nrows):
        if row in unshown:
            continue
        texts, fills = [], []
        for at in columns:
            place = moved.get((row, at), (row, at))
            code = _code(book, sheet, *place)
            cell = sheet.cell(*place)
            month_first = month_first or (cell.ctype == xlrd.XL_CELL_DATE and turned(code))
            texts.append("" if (row, at) in covered else shown(_value(book, cell), code).strip())
            fills.append(_fill(book, sheet, row, at))
        places = frozenset(number for number, at in enumerate(columns) if (row, at) in covered)
        yield Row(row + 1, row + 1, tuple(texts), covered=places, fills=tuple(fills) if any(fills) else ())
    if month_first:
        hidden.append(f"dates of the sheet {sheet.name!r} are printed month first: they are read day first")


def _merged(
    sheet: Any,  # noqa: ANN401 - as above
    unshown: set[int],
    columns: set[int],
) -> tuple[set[tuple[int, int]], dict[tuple[int, int], tuple[int, int]]]:
    """Give the places that merged cells cover, and where the text of one stands whose first place is not shown."""
    covered: set[tuple[int, int]] = set()
    moved = {}
    for top, below, left, right in sheet.merged_cells:
        inside = [
            (row, at)
            for row in range(top, min(below, sheet.nrows))
            if row not in unshown
            for at in range(left, min(right, sheet.ncols))
            if at in columns
        ]
        covered |= set(inside[1:])
        if inside and inside[0] != (top, left):
            moved[inside[0]] = (top, left)
    return covered, moved


def _code(book: Any, sheet: Any, row: int, column: int) -> str:  # noqa: ANN401 - as above
    """Give the code of a cell's format."""
    key = book.xf_list[sheet.cell_xf_index(row, column)].format_key
    return "mm-dd-yy" if key == SYSTEM_DATE else str(book.format_map[key].format_str) or "General"


def _value(book: Any, cell: Any) -> Value:  # noqa: ANN401 - as above
    value: Value = cell.value
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            value = xldate_as_datetime(cell.value, book.datemode)
        except (XLDateError, OverflowError, ValueError):
            return value
    elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
        value = bool(cell.value)
    elif cell.ctype == xlrd.XL_CELL_ERROR:
        value = str(xlrd.error_text_from_code.get(cell.value, ""))
    return value


def _fill(book: Any, sheet: Any, row: int, column: int) -> str:  # noqa: ANN401 - as above
    """Give the word for the colour of a cell."""
    background = book.xf_list[sheet.cell_xf_index(row, column)].background
    if background.fill_pattern != SOLID:
        return ""
    colour = book.colour_map.get(background.pattern_colour_index)
    return colour_word("#{:02x}{:02x}{:02x}".format(*colour)) if colour else ""
