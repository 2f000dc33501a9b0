"""The same actions in every format: how fast they are read, and how much memory that takes."""

from __future__ import annotations

import csv
import html
import random
import time
import zipfile
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

import docx
import xlsxwriter
import xlwt

from benchmarks.apart import apart, peak_memory
from benchmarks.pdf_pages import HEADER, ROWS_A_PAGE, made_rows, pdf_of_pages
from planweave.errors import PlanweaveError
from planweave.library import Library
from planweave.reading.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

__all__ = ["HEADINGS", "Format", "measure_formats"]

PAGES: Final = 100
"""So many pages of tables, as a PDF has them; other formats hold the same rows."""

HEAVY: Final = 15_000_000
"""The size of the heavy workbook, in bytes."""

ODS_KIND: Final = "application/vnd.oasis.opendocument.spreadsheet"
ODS_NAMES: Final = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)

ODS_MANIFEST: Final = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest manifest:version="1.3"'
    ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_KIND}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)

HEADINGS: Final = (
    ("name", "document"),
    ("size", "size, MB"),
    ("rows", "rows"),
    ("actions", "actions read"),
    ("seconds", "read or refused, s"),
    ("speed", "rows per second"),
    ("memory", "peak memory, MB"),
)

Row = tuple[str, ...]


@dataclass(frozen=True)
class Format:
    """One document, and what reading it took: wall seconds, and the memory of the largest process in MB."""

    name: str
    size: float
    rows: int
    actions: int | str
    seconds: float
    memory: float

    @property
    def speed(self) -> float:
        """How many rows of the document are read in a second."""
        return self.rows / self.seconds


def measure_formats(folder: Path, seed: int) -> list[Format]:
    """Write the same actions in every format, and a heavy workbook, and read each in a process of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [HEADER, *islice(made_rows(), PAGES * ROWS_A_PAGE)]
    found = []
    for name, write in WRITERS.items():
        path = folder / name
        write(path, rows)
        found.append(_measured(path, len(rows) - 1))
    heavy = folder / "heavy.xlsx"
    found.append(_measured(heavy, _heavy_workbook(heavy, seed)))
    return found


def _measured(path: Path, rows: int) -> Format:
    actions, seconds, memory = apart(_read, path)
    return Format(path.name, path.stat().st_size / 1e6, rows, actions, seconds, memory)


def _read(path: Path) -> tuple[int | str, float, float]:
    """Read a document as ``planweave read`` does, the start of the process that parses it included."""
    reader = Reader(Library.bundled())
    started = time.perf_counter()
    try:
        actions: int | str = len(reader.read(path).actions)
    except PlanweaveError as refusal:
        actions = f"refused: {refusal.what}"
    return actions, time.perf_counter() - started, peak_memory()


def _pdf(path: Path, _: Sequence[Row]) -> None:
    path.write_bytes(pdf_of_pages(PAGES))


def _docx(path: Path, rows: Sequence[Row]) -> None:
    document = docx.Document()
    table = document.add_table(rows=len(rows), cols=len(HEADER))
    for printed, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(printed.cells, row, strict=True):
            cell.text = text
    document.save(str(path))


def _xlsx(path: Path, rows: Sequence[Row]) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Plan")
        for number, row in enumerate(rows):
            for place, text in enumerate(row):
                sheet.write_string(number, place, text)


def _xls(path: Path, rows: Sequence[Row]) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Plan")
    for number, row in enumerate(rows):
        for place, text in enumerate(row):
            sheet.write(number, place, text)
    book.save(str(path))


def _ods(path: Path, rows: Sequence[Row]) -> None:
    def cell(text: str) -> str:
        lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n"))
        return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'

    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {ODS_NAMES} office:version="1.3"><office:body>'
        f'<office:spreadsheet><table:table table:name="Plan">{body}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODS_KIND, zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", ODS_MANIFEST)


def _separated(mark: str) -> Callable[[Path, Sequence[Row]], None]:
    def write(path: Path, rows: Sequence[Row]) -> None:
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=mark).writerows(rows)

    return write


def _html(path: Path, rows: Sequence[Row]) -> None:
    def line(row: Row, kind: str) -> str:
        return "<tr>" + "".join(f"<{kind}>{html.escape(text)}</{kind}>" for text in row) + "</tr>"

    lines = [line(row, "td" if number else "th") for number, row in enumerate(rows)]
    path.write_text(f"<!doctype html><title>Plan</title><table>{''.join(lines)}</table>", encoding="utf-8")


def _markdown(path: Path, rows: Sequence[Row]) -> None:
    lines = ["| " + " | ".join(text.replace("\n", " ") for text in row) + " |" for row in rows]
    rule = "|---" * len(HEADER) + "|"
    path.write_text("\n".join(["# Plan", "", lines[0], rule, *lines[1:]]) + "\n", encoding="utf-8")


def _text(path: Path, rows: Sequence[Row]) -> None:
    lines = ("\t".join(text.replace("\n", " ") for text in row) for row in rows)
    path.write_text("Plan\n\n" + "\n".join(lines) + "\n", encoding="utf-8")


def _heavy_workbook(path: Path, seed: int) -> int:
    """Write a workbook of 15 MB, of words that hardly pack; gives how many rows it has."""
    chosen = random.Random(seed)
    letters = "abcdefghijklmnopqrstuvwxyz"
    # A cell of forty words of eight letters takes some 200 bytes when packed.
    count = HEAVY // 200
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Plan")
        sheet.write_row(0, 0, HEADER)
        for number in range(1, count + 1):
            words = " ".join("".join(chosen.choices(letters, k=8)) for _ in range(40))
            sheet.write_row(number, 0, (f"{number}", words, "Housing Options", "May 2025", "Fewer", "Ongoing"))
    return count


WRITERS: Final[dict[str, Callable[[Path, Sequence[Row]], None]]] = {
    "plan.pdf": _pdf,
    "plan.docx": _docx,
    "plan.xlsx": _xlsx,
    "plan.xls": _xls,
    "plan.ods": _ods,
    "plan.csv": _separated(","),
    "plan.tsv": _separated("\t"),
    "plan.html": _html,
    "plan.md": _markdown,
    "plan.txt": _text,
}
"""The name of a document → what writes the rows into it."""
