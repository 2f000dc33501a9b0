"""Plain text → lines and tables: cells between tabs, or between bars that may spill over lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planweave.documents.grid import Line, Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["TextLayout", "cut_off", "layout_of", "read_text"]

RULE = re.compile(r"\s*\|?\s*:?-{3,}:?\s*(\|\s*:?-{3,}:?\s*)+\|?\s*")
ROW_LABEL = re.compile(r"(?:[A-Z]\w*\s+)?\d+(?:\.\d+)+[:.)]?\s+[^\W\d]\w*\s+\w")
"""What opens a row whose reference stands in the text: "Recovery 5.3 to support …"."""

PAGE_BREAK = "\f"
MIN_ROWS = 2

TextLayout = str
"""``"tabs"``, ``"bars"`` or ``"prose"``."""

Numbered = tuple[int, int | None, str]
"""A line with its number (from 1) and its page, None where the text has no page breaks."""


def layout_of(text: str) -> TextLayout:
    """Tell how a text prints its tables: by the marks in it, not by the file's name."""
    lines = text.split("\n")
    if any(RULE.fullmatch(line) for line in lines):
        return "bars"
    if sum("\t" in line for line in lines) >= MIN_ROWS:
        return "tabs"
    return "prose"


def read_text(text: str) -> tuple[Line | Table, ...]:
    """Take a text apart into lines and tables, in printed order."""
    layout = layout_of(text)
    lines = tuple(_numbered(text))
    if layout == "bars":
        return tuple(_number_tables(_bar_blocks(lines)))
    if layout == "tabs":
        return tuple(_number_tables(_tab_blocks(lines)))
    return tuple(Line(line.strip(), number, page) for number, page, line in lines if line.strip())


def cut_off(text: str, blocks: Sequence[Line | Table]) -> str | None:
    """Say what shows that a text ends in the middle of a row, or None.

    Rows that print gave too few cells are common; one that is the shortest of its table, the last thing
    in the file, and without an end of line is a file that was cut.
    """
    table = next((block for block in reversed(blocks) if isinstance(block, Table)), None)
    if table is None or text.endswith("\n") or len(table.rows) < MIN_ROWS:
        return None
    if text.rstrip().endswith("|") and layout_of(text) == "bars":
        return None
    *others, last = (sum(bool(cell) for cell in row.cells) for row in table.rows)
    if not table.rows[-1].short or last >= min(others):
        return None
    return f"the last row, line {table.rows[-1].line}, breaks off after {last} of {table.width} cells"


def _numbered(text: str) -> Iterator[Numbered]:
    """Number the lines, and the pages where form feeds mark them."""
    page = 1 if PAGE_BREAK in text else None
    for number, line in enumerate(text.split("\n"), start=1):
        if page is not None:
            page += line.count(PAGE_BREAK)
        yield number, page, line.replace(PAGE_BREAK, "")


def _number_tables(blocks: Iterator[Line | tuple[int | None, list[Row]]]) -> Iterator[Line | Table]:
    count = 0
    for block in blocks:
        if isinstance(block, Line):
            yield block
        else:
            count += 1
            page, rows = block
            yield Table(count, page, tuple(rows))


def _tab_blocks(lines: Sequence[Numbered]) -> Iterator[Line | tuple[int | None, list[Row]]]:
    """Tables are runs of lines with tabs; a line without tabs, or an empty one, ends them."""
    rows: list[Row] = []
    started: int | None = None
    for number, page, line in lines:
        if "\t" in line:
            started = page if not rows else started
            cells = tuple(cell.strip() for cell in line.rstrip("\r").split("\t"))
            rows.append(Row(len(rows) + 1, number, cells))
            continue
        if rows:
            yield started, _marked_short(rows)
            rows = []
        if line.strip():
            yield Line(line.strip(), number, page)
    if rows:
        yield started, _marked_short(rows)


def _marked_short(rows: list[Row]) -> list[Row]:
    """Mark the rows that have fewer cells than the table's widest."""
    width = max(len(row.cells) for row in rows)
    return [
        Row(row.number, row.line, row.cells, short=len(row.cells) < width and any(row.cells)) for row in rows
    ]


def _bar_blocks(lines: Sequence[Numbered]) -> Iterator[Line | tuple[int | None, list[Row]]]:
    """A rule of dashes stands under each header; what follows it, up to the next header, is its body."""
    headers = [_header_above(lines, index) for index, (_, _, line) in enumerate(lines) if RULE.fullmatch(line)]
    position = 0
    for index, (start, rule) in enumerate(headers):
        yield from _outside(lines[position:start])
        end = headers[index + 1][0] if index + 1 < len(headers) else len(lines)
        framed = lines[rule][2].lstrip().startswith("|")
        header = _cells(lines[start:rule], framed=framed)
        rows = [Row(1, lines[start][0], tuple(text for _, text in header))]
        body, position = _body(lines[:end], rule + 1, len(header), framed=framed)
        rows += [Row(number, line, cells, short) for number, (line, cells, short) in enumerate(body, start=2)]
        yield lines[start][1], rows
    yield from _outside(lines[position:])


def _outside(lines: Sequence[Numbered]) -> Iterator[Line]:
    return (Line(line.strip(), number, page) for number, page, line in lines if line.strip())


def _header_above(lines: Sequence[Numbered], rule: int) -> tuple[int, int]:
    """Find where the header over a rule begins: one line of cells, or a line a cell going up."""
    columns = len([part for part in lines[rule][2].strip().strip("|").split("|") if part.strip()])
    above = rule - 1
    if above >= 0 and len(_split(lines[above][2])) > 1:
        return above, rule
    start = rule
    while start > 0 and rule - start < columns and lines[start - 1][2].rstrip().endswith("|"):
        start -= 1
    return start, rule


def _split(line: str) -> list[str]:
    """The cells of one line that prints them all."""
    text = line.strip()
    if text.startswith("|"):
        text = text[1:]
    parts = [part.strip() for part in text.split("|")]
    return parts[:-1] if parts and not parts[-1] else parts


def _cells(lines: Sequence[Numbered], *, framed: bool) -> list[tuple[int, str]]:
    """Cells that end at a bar and may spill over lines, each with the line it begins on.

    ``framed`` tables open each line with a bar of its own.
    """
    cells: list[tuple[int, str]] = []
    pending: list[str] = []
    begun = 0
    for number, _, line in lines:
        *closed, rest = (line.removeprefix("|") if framed else line).split("|")
        for text in closed:
            pending.append(text)
            cells.append((begun or number, "\n".join(part.strip() for part in pending).strip()))
            pending, begun = [], 0
        if rest.strip():
            pending.append(rest)
            begun = begun or number
    if pending:
        cells.append((begun, "\n".join(part.strip() for part in pending).strip()))
    return cells


def _body(
    lines: Sequence[Numbered], start: int, width: int, *, framed: bool
) -> tuple[list[tuple[int, tuple[str, ...], bool]], int]:
    """Gather the cells under a header into rows; give them and the index of the first line after them."""
    last = max((i for i in range(start, len(lines)) if "|" in lines[i][2]), default=start - 1)
    rows: list[tuple[int, tuple[str, ...], bool]] = []
    current: list[tuple[int, str]] = []

    def close() -> None:
        short = len(current) < width
        rows.append((current[0][0], tuple(text for _, text in current), short))
        current.clear()

    for line, text in _cells(lines[start : last + 1], framed=framed):
        if current and (len(current) == width or ROW_LABEL.match(text) and _labelled(current)):
            close()
        current.append((line, text))
    if current:
        close()
    return rows, last + 1


def _labelled(row: Sequence[tuple[int, str]]) -> bool:
    """Say whether a row began with a label, so that the next label begins the next row."""
    first = ROW_LABEL.match(row[0][1])
    return bool(first) and len(row) > 1
