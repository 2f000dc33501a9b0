"""CSV and TSV → lines and tables; the delimiter is told by the content."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Final

from planweave.documents.decoding import decode
from planweave.documents.grid import Parts, Row
from planweave.documents.limits import MAX_BYTES, MAX_CELLS
from planweave.documents.sheets import blocks_of, printed_as
from planweave.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["delimiter_of", "read"]

DELIMITERS: Final = ",;|"
QUOTED: Final = re.compile(r'(?:^|(?<=[\t\n]))"((?:[^"]|"")*)"(?=[\t\n]|$)')
"""A cell between tabs that stands in quotation marks."""

SAMPLE_ROWS: Final = 400
SAMPLE: Final = 200_000
MIN_ROWS: Final = 2
MIN_WIDTH: Final = 3
MIN_SHARE: Final = 0.6
"""What share of the rows has to be as wide as most are; of rows of two cells, and beside tabs, nearly all."""

NEARLY_ALL: Final = 0.95


def delimiter_of(text: str, *, tabs: bool = False) -> str | None:
    r"""Tell what stands between the cells of a text, or None where it is no CSV.

    Parameters
    ----------
    text
        The text, decoded.
    tabs
        Whether it has lines with tabs. Between tabs alone it is plain text; it is TSV where cells stand in
        quotation marks because they have to.

    Examples
    --------
    >>> delimiter_of("Ref,Action\n1,Open\n2,Close\n")
    ','
    >>> delimiter_of("First, we open,\nthen, soon,\nwe close, too,")
    """
    sample = text[:SAMPLE]
    if tabs and any(set('\t\n"') & set(quoted) for quoted in QUOTED.findall(sample)):
        return "\t" if _share(sample, "\t")[1] >= MIN_SHARE else None
    found = []
    for delimiter in DELIMITERS:
        width, share = _share(sample, delimiter)
        needed = NEARLY_ALL if tabs or width < MIN_WIDTH else MIN_SHARE
        if share >= needed and _tight(sample, delimiter):
            found.append((share * width, delimiter))
    width, share = _share(sample, "\t") if tabs else (0, 0.0)
    if share >= MIN_SHARE and share * width > max(found, default=(0.0,))[0]:
        # The commas stand in sums of money, or in sentences.
        return None
    return max(found)[1] if found else None


def read(data: bytes, name: str) -> Parts:
    """Read a CSV or TSV file."""
    del name
    text, encoding = decode(data)
    delimiter = delimiter_of(text, tabs="\t" in text) or ","
    rows, cut = _rows(text, delimiter)
    blocks = tuple(blocks_of(rows))
    media_type = "text/tab-separated-values" if delimiter == "\t" else "text/csv"
    return Parts(media_type, encoding, printed_as(blocks), blocks, cut)


def _rows(text: str, delimiter: str) -> tuple[list[Row], str | None]:
    """Every row, as wide as the widest; and what shows that the text was cut, or None."""
    rows: list[tuple[int, list[str]]] = []
    cells = width = 0
    for line, row in _parsed(text, delimiter, strict=False):
        rows.append((line, [cell.strip() for cell in row]))
        width = max(width, len(row))
        cells = len(rows) * width
        if cells > MAX_CELLS:
            raise DocumentError(
                f"the file has more than the {MAX_CELLS:,} cells that are read",
                fix="split it, or take out what is not the action plan",
            )
    padded = [Row(number, line, (*row, *[""] * (width - len(row)))) for number, (line, row) in enumerate(rows, start=1)]
    return padded, _cut(text, delimiter)


def _cut(text: str, delimiter: str) -> str | None:
    """Say that a quoted cell is still open where the text ends."""
    line = 1
    try:
        for line, _ in _parsed(text, delimiter, strict=True):  # noqa: B007 - the last line is what is asked for
            pass
    except csv.Error as error:
        return f"a quoted cell below line {line} is not closed" if "end of data" in str(error) else None
    return None


def _parsed(text: str, delimiter: str, *, strict: bool) -> Iterator[tuple[int, list[str]]]:
    """Go through the rows, each with the line it begins on."""
    csv.field_size_limit(MAX_BYTES)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    begun = 1
    for row in reader:
        yield begun, row
        begun = reader.line_num + 1


def _share(sample: str, delimiter: str) -> tuple[int, float]:
    """The width that most rows have, of two cells at least, and the share of the rows that have it.

    Lines without any delimiter do not count against it: they are titles and notes.
    """
    rows = [row for _, row in islice(_parsed(sample, delimiter, strict=False), SAMPLE_ROWS)]
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if widths.total() < MIN_ROWS or widths.total() * 2 < sum(map(bool, rows)):
        return 0, 0.0
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    return width, count / widths.total()


def _tight(sample: str, delimiter: str) -> bool:
    """Say whether most delimiters stand without a space behind them, as they do in no prose."""
    mark = re.escape(delimiter)
    return 2 * len(re.findall(rf"{mark}(?! )", sample)) > sample.count(delimiter)
