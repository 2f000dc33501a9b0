"""Excel workbooks of 2007 and later → lines and tables, by openpyxl.

What a cell shows is read, not what it holds: formulas give the values that were saved with them, and are never
calculated; numbers and dates are printed as their formats print them. What is hidden is left out and named.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any, Final

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries

from planweave.documents.grid import Parts, Row
from planweave.documents.limits import MAX_CELLS
from planweave.documents.number_formats import shown, turned
from planweave.documents.palette import Palette
from planweave.documents.sheets import Sheet, are_hidden, printed_as, workbook_blocks
from planweave.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["read"]

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WITH_MACROS: Final = "application/vnd.ms-excel.sheet.macroEnabled.12"
SHEETS: Final = re.compile(r"xl/worksheets/[^/]*\.xml")
CELL: Final = re.compile(rb"<(?:\w+:)?(?:c|row)[ />]")
MERGED: Final = re.compile(rb'<(?:\w+:)?mergeCell [^>]{0,80}?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
UNCALCULATED: Final = re.compile(rb"<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>")
MOST_WRITTEN: Final = 150_000
"""How many cells, empty ones with a format among them, are taken from the file: as many as are read in ten seconds."""

PIECE: Final = 1 << 20
OVERLAP: Final = 200
THREADED: Final = re.compile(r"\[Threaded comment\].*?Comment:\s*", re.DOTALL)
MOST_COLUMNS: Final = 500


def read(data: bytes, name: str) -> Parts:
    """Read a workbook."""
    del name
    hidden: list[str] = []
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        entries = package.namelist()
        _probe(package, hidden)
    book: Any = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    sheets = [sheet for sheet in book.worksheets if _is_shown(sheet, hidden)]
    palette = Palette(book.loaded_theme)
    read_sheets = [_Sheet(sheet, palette, hidden).read() for sheet in sheets]
    blocks = tuple(workbook_blocks(read_sheets))
    if not blocks:
        raise DocumentError("the workbook has nothing in it that is shown", fix="check how it was saved")
    macros = any(entry.endswith("vbaProject.bin") for entry in entries)
    if macros:
        hidden.append("it has macros: they are neither run nor read")
    if any(entry.startswith("xl/externalLinks/") for entry in entries):
        hidden.append("it refers to other workbooks: the values that were saved are read")
    media_type = WITH_MACROS if macros else MEDIA_TYPE
    return Parts(media_type, "binary", printed_as(blocks), blocks, hidden=tuple(hidden))


def _probe(package: zipfile.ZipFile, hidden: list[str]) -> None:
    """Refuse what openpyxl would take too long, or too much memory, to read; count what it would not tell."""
    cells = uncalculated = 0
    for entry in filter(SHEETS.fullmatch, package.namelist()):
        with package.open(entry) as part:
            tail = b""
            while piece := part.read(PIECE):
                seen = tail + piece
                # What stands in the overlap as a whole was counted with the piece before.
                cells += len(CELL.findall(seen)) - len(CELL.findall(tail))
                uncalculated += len(UNCALCULATED.findall(seen)) - len(UNCALCULATED.findall(tail))
                cells += sum(map(_area, set(MERGED.findall(seen)) - set(MERGED.findall(tail))))
                if cells > MOST_WRITTEN:
                    raise _too_many()
                tail = seen[-OVERLAP:]
    if uncalculated:
        cells_are = (
            "a cell is a formula that was" if uncalculated == 1 else f"{uncalculated} cells are formulas that were"
        )
        hidden.append(f"{cells_are} never calculated: nothing is read there")


def _area(reference: bytes) -> int:
    left, top, right, bottom = (int(edge) for edge in range_boundaries(reference.decode("ascii")))
    return (abs(right - left) + 1) * (abs(bottom - top) + 1)


def _too_many() -> DocumentError:
    return DocumentError(
        f"the workbook has more than the {MOST_WRITTEN:,} cells that are read",
        fix="take out the sheets that are not the action plan",
    )


def _is_shown(sheet: Any, hidden: list[str]) -> bool:  # noqa: ANN401 - openpyxl has no types
    if sheet.sheet_state != "visible":
        hidden.append(f"the sheet {sheet.title!r} is hidden: it is left out")
        return False
    return True


class _Sheet:
    """One sheet while it is read; rows and columns count from 1."""

    def __init__(self, sheet: Any, palette: Palette, hidden: list[str]) -> None:  # noqa: ANN401 - as above
        self._sheet, self._palette, self._hidden = sheet, palette, hidden
        # The cells that are in the file: every other way to get at them goes through all that are not as well.
        self._written: dict[tuple[int, int], Any] = dict(sorted(sheet._cells.items()))  # noqa: SLF001
        self._cells = {place: cell for place, cell in self._written.items() if cell.value not in {None, ""}}
        self._texts = {
            place: shown(cell.value, cell.number_format or "General").strip() for place, cell in self._cells.items()
        }
        self._covered: set[tuple[int, int]] = set()
        self._spanned: set[int] = set()
        self._fill_words: dict[int, str] = {0: ""}
        self._rows = self._rows_shown()
        self._columns = self._columns_shown()

    def read(self) -> Sheet:
        """Take the sheet's rows, and say what of it is hidden."""
        if len(self._rows) * len(self._columns) > MAX_CELLS:
            raise DocumentError(
                f"the sheet {self._sheet.title!r} is wider than any table, over so many rows",
                fix="take out what stands far to the right of the action plan",
            )
        self._say_more()
        self._merge()
        return Sheet(self._sheet.title, list(self._grid()), tuple(self._comments()))

    def _rows_shown(self) -> dict[int, None]:
        """The rows that have something written and are shown, in order."""
        written = dict.fromkeys(row for row, _ in self._cells)
        unshown = {row: None for row in written if self._is_hidden_row(row)}
        if unshown:
            how = "hidden by a filter" if self._sheet.auto_filter.ref else "hidden"
            self._say("row", map(str, unshown), how, "left out")
        return {row: None for row in written if row not in unshown}

    def _is_hidden_row(self, row: int) -> bool:
        dimensions = self._sheet.row_dimensions
        return row in dimensions and (bool(dimensions[row].hidden) or dimensions[row].height == 0)

    def _columns_shown(self) -> dict[int, None]:
        """The columns up to the last that has something written, without those that are hidden, in order."""
        written = {column for _, column in self._cells}
        last = max(written, default=0)
        unshown: set[int] = set()
        for dimension in self._sheet.column_dimensions.values():
            if dimension.hidden or dimension.width == 0:
                unshown |= set(range(dimension.min or 0, min(dimension.max or 0, last) + 1))
        if unshown & written:
            self._say("column", map(get_column_letter, sorted(unshown & written)), "hidden", "left out")
        # Where they are that many, those without anything in them are none of a table's.
        among = range(1, last + 1) if last <= MOST_COLUMNS else sorted(written)
        return {column: None for column in among if column not in unshown}

    def _say(self, what: str, which: Iterable[str], how: str, done: str) -> None:
        self._hidden.append(are_hidden(what, list(which), self._sheet.title, how, done))

    def _say_more(self) -> None:
        """Say which cells show nothing, show their date month first, or are crossed out."""
        cells = [
            (place, cell) for place, cell in self._cells.items() if place[0] in self._rows and place[1] in self._columns
        ]
        unseen = [cell.coordinate for place, cell in cells if not self._texts[place] and str(cell.value).strip()]
        if unseen:
            self._say("cell", unseen, "formatted to show nothing", "left out")
        if any(turned(code) for code in {cell.number_format for _, cell in cells if cell.is_date}):
            self._hidden.append(
                f"dates of the sheet {self._sheet.title!r} are printed month first: they are read day first"
            )
        fonts = self._sheet.parent._fonts  # noqa: SLF001 - asking each cell for its font takes longer than reading it
        struck = {number for number, font in enumerate(fonts) if font.strike}
        crossed = dict.fromkeys(row for (row, _), cell in cells if struck and cell._style.fontId in struck)  # noqa: SLF001
        if crossed:
            self._say("row", map(str, crossed), "crossed out, at least in part", "read all the same")

    def _merge(self) -> None:
        """Let the text of each merged cell stand in its first shown place, and mark the others as covered."""
        for merged in self._sheet.merged_cells.ranges:
            inside = [
                (row, column)
                for row in range(merged.min_row, merged.max_row + 1)
                if row in self._rows
                for column in range(merged.min_col, merged.max_col + 1)
                if column in self._columns
            ]
            text = self._texts.pop((merged.min_row, merged.min_col), "")
            if inside and text:
                self._texts[inside[0]] = text
            self._covered |= set(inside[1:])
            self._spanned |= set(range(merged.min_row + 1, merged.max_row + 1))

    def _grid(self) -> Iterator[Row]:
        before = 0
        spanned = {row for row, _ in self._covered}
        for row in self._rows:
            if before and self._stands_apart(before, row):
                yield Row(row - 1, row - 1, ("",) * len(self._columns))
            before = row
            places = [(row, column) for column in self._columns]
            yield Row(
                row,
                row,
                tuple(self._texts.get(place, "") for place in places),
                covered=frozenset(
                    number for number, place in enumerate(places) if row in spanned and place in self._covered
                ),
                fills=self._fills(places),
            )

    def _stands_apart(self, before: int, row: int) -> bool:
        """Say whether there are empty rows between two: rows that are neither hidden nor part of a merged cell."""
        return row - before > MAX_CELLS or any(
            not self._is_hidden_row(between) and between not in self._spanned for between in range(before + 1, row)
        )

    def _fills(self, places: Sequence[tuple[int, int]]) -> tuple[str, ...]:
        words = tuple(
            self._palette.word(self._written[place].fill) if place in self._written else "" for place in places
        )
        return words if any(words) else ()

    def _fill(self, cell: Any) -> str:  # noqa: ANN401 - as above
        number = cell._style.fillId if cell is not None else 0  # noqa: SLF001 - as for fonts
        if number not in self._fill_words:
            self._fill_words[number] = self._palette.word(self._sheet.parent._fills[number])  # noqa: SLF001 - as above
        return self._fill_words[number]

    def _comments(self) -> Iterator[str]:
        for (row, column), cell in self._written.items():
            if cell.comment is not None and row in self._rows and column in self._columns:
                text = " ".join(THREADED.sub("", cell.comment.text or "").split())
                yield f"Comment on {get_column_letter(column)}{row}: {text}"
