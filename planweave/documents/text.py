"""Plain text → lines and tables: cells between tabs, or between bars that may spill over lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planweave.documents.grid import Line, Row, Table
from planweave.documents.text_columns import line_of, unmarked_blocks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["TextLayout", "columns_of_rule", "cut_off", "layout_of", "read_text"]

DASHES = re.compile(r":?-{3,}:?")
ROW_LABEL = re.compile(r"(?:[A-Z]\w*\s+)?\d+(?:\.\d+)+[:.)]?\s+(?!and\b|or\b)[^\W\d]\w*\s+[^\W\d]")
"""What opens a row whose reference stands in the text: "Recovery 5.3 to support …"."""

REFERENCE_CELL = re.compile(r"\d+(?:\.\d+)*[a-z]?\.?\t")
"""What opens a row whose first column is the reference."""

PAGE_BREAK = "\f"
MIN_ROWS = 2

TextLayout = str
"""``"tabs"``, ``"bars"`` under a rule, or ``"prose"``, in which columns may be set by spaces or by bars alone."""

Numbered = tuple[int, int | None, str]
"""A line with its number (from 1) and its page, None where the text has no page breaks."""

Printed = list[tuple[int, str]]
"""The cells of a row as they are gathered, each with the line it begins on."""

Rows = tuple[int | None, list[Row]]
"""The rows of a table with the page it begins on."""


def layout_of(text: str) -> TextLayout:
    """Tell how a text prints its tables: by the marks in it, not by the file's name."""
    lines = [line for _, _, line in _numbered(text)]
    if any(columns_of_rule(line) for line in lines):
        return "bars"
    if sum("\t" in line.strip() for line in lines) >= MIN_ROWS:
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
    return tuple(_number_tables(unmarked_blocks(lines)))


def cut_off(text: str, blocks: Sequence[Line | Table]) -> str | None:
    """Say what shows that a text ends in the middle of a row, or None.

    Rows that print gave too few cells are common; one that is the shortest of its table, the last thing in
    the file, and without an end of line or of cell is a file that was cut. Between bars, what is left of its
    last cell stands behind it as a line, and a line that opens as a row does is a row that was cut.
    """
    index = next((i for i in reversed(range(len(blocks))) if isinstance(blocks[i], Table)), None)
    if index is None or text.endswith(("\n", "|")):
        return None
    table, after = blocks[index], [block for block in blocks[index + 1 :] if isinstance(block, Line)]
    if not isinstance(table, Table) or (after and layout_of(text) != "bars"):
        return None
    *others, last = (len(row.cells) for row in table.rows)
    line = table.rows[-1].line
    if after and ROW_LABEL.match(after[0].text):
        line, last = after[0].number, 0
    elif not others or not table.rows[-1].short or last >= min(others):
        return None
    return f"the last row, line {line}, breaks off after {last} of {table.width} cells"


def _numbered(text: str) -> Iterator[Numbered]:
    """Number the lines, and the pages where form feeds mark them; a form feed also ends a line."""
    page = 1 if PAGE_BREAK in text else None
    for number, line in enumerate(text.split("\n"), start=1):
        first, *others = line.split(PAGE_BREAK)
        if first or not any(others):
            yield number, page, first
        for part in others:
            page = (page or 1) + 1
            if part:
                yield number, page, part


def _number_tables(blocks: Iterator[Line | Rows]) -> Iterator[Line | Table]:
    count = 0
    for block in blocks:
        if isinstance(block, Line):
            yield block
        else:
            count += 1
            page, rows = block
            yield Table(count, page, tuple(rows))


def _outside(lines: Sequence[Numbered]) -> Iterator[Line]:
    return (line_of(*line) for line in lines if line[2].strip())


def _tab_blocks(lines: Sequence[Numbered]) -> Iterator[Line | Rows]:
    """Take runs of lines with tabs for tables; a line without tabs, an empty one or a page ends them."""
    rows: list[Row] = []
    started: int | None = None
    for number, page, line in _unspilled(lines):
        if rows and ("\t" not in line or page != started):
            yield started, _marked_short(rows)
            rows = []
        if "\t" in line:
            started = page
            cells = tuple("\n".join(part.strip() for part in cell.split("\n")).strip() for cell in line.split("\t"))
            rows.append(Row(len(rows) + 1, number, cells))
        elif line.strip():
            yield line_of(number, page, line)
    if rows:
        yield started, _marked_short(rows)


def _unspilled(lines: Sequence[Numbered]) -> Iterator[Numbered]:
    """Put rows together again that a line break inside a cell tore apart.

    That can be told where rows begin with references: the lines below one that do not, and that together
    with it have the cells of the widest row, are its rest.
    """
    width = max((line.count("\t") for _, _, line in lines), default=0)
    position = 0
    while position < len(lines):
        number, page, line = lines[position]
        end = _rest_of_row(lines, position, width) if REFERENCE_CELL.match(line) else position + 1
        yield number, page, "\n".join(part for _, _, part in lines[position:end])
        position = end


def _rest_of_row(lines: Sequence[Numbered], start: int, width: int) -> int:
    """Find the line after a row that may be torn apart: the one after its first, if the rest does not fit."""
    cells = lines[start][2].count("\t")
    for index in range(start + 1, len(lines)):
        _, page, line = lines[index]
        torn = line.strip() and not line.startswith("\t") and not REFERENCE_CELL.match(line)
        if cells >= width or not torn or page != lines[start][1]:
            break
        cells += line.count("\t")
        if cells == width:
            return index + 1
    return start + 1


def _marked_short(rows: list[Row]) -> list[Row]:
    """Mark the rows that have fewer cells than the table's widest."""
    width = max(len(row.cells) for row in rows)
    return [Row(row.number, row.line, row.cells, short=len(row.cells) < width and any(row.cells)) for row in rows]


def columns_of_rule(line: str) -> int:
    """Count the columns of a rule of dashes; 0 for a line that is none."""
    text = line.strip()
    if "|" not in text or "---" not in text:
        return 0
    cells = [cell.strip() for cell in text.removeprefix("|").removesuffix("|").split("|")]
    return len(cells) if len(cells) > 1 and all(DASHES.fullmatch(cell) for cell in cells) else 0


def _bar_blocks(lines: Sequence[Numbered]) -> Iterator[Line | Rows]:
    """Find the rule of dashes under each header; what follows it, up to the next header, is its body."""
    rules = [(index, columns) for index, (_, _, line) in enumerate(lines) if (columns := columns_of_rule(line))]
    floors = [0, *(rule + 1 for rule, _ in rules)]
    headers = [
        (_header_above(lines, floor, rule), rule, columns)
        for floor, (rule, columns) in zip(floors, rules, strict=False)
    ]
    position = 0
    for index, (start, rule, columns) in enumerate(headers):
        yield from _outside(lines[position:start])
        position = headers[index + 1][0] if index + 1 < len(headers) else len(lines)
        framed = lines[rule][2].lstrip().startswith("|")
        above = lines[start:rule]
        header = _cells(above, framed=framed)
        width = max(len(header), columns)
        page = lines[start][1]
        if len(above) == 1 and (framed or not above[0][2].rstrip().endswith("|")):
            yield from _by_line(lines[rule + 1 : position], header, width, page, framed=framed)
        else:
            yield from _by_cell(lines[rule + 1 : position], header, width, page, framed=framed)
    yield from _outside(lines[position:])


def _header_above(lines: Sequence[Numbered], floor: int, rule: int) -> int:
    """Find where the header over a rule begins, going up until it has as many bars as the rule.

    A header that never has them is the one line above that has several cells, or a run of lines of a cell
    each.
    """
    wanted = lines[rule][2].count("|")
    start, bars = rule, 0
    while start > floor and bars < wanted and lines[start - 1][2].strip():
        start -= 1
        bars += lines[start][2].count("|")
    if bars == wanted:
        return start
    if rule > floor and lines[rule - 1][2].strip().strip("|").count("|"):
        return rule - 1
    start = rule
    while start > floor and rule - start < wanted and lines[start - 1][2].rstrip().endswith("|"):
        start -= 1
    return start


def _cells(lines: Sequence[Numbered], *, framed: bool) -> Printed:
    """Gather cells that end at a bar and may spill over lines, each with the line it begins on.

    ``framed`` tables open each line with a bar of its own.
    """
    cells: Printed = []
    pending: list[str] = []
    begun = 0
    for number, _, line in lines:
        *closed, rest = (line.lstrip().removeprefix("|") if framed else line).split("|")
        for text in closed:
            pending.append(text.strip())
            cells.append((begun or number, "\n".join(pending).strip()))
            pending, begun = [], 0
        if rest.strip():
            pending.append(rest.strip())
            begun = begun or number
    if pending:
        cells.append((begun, "\n".join(pending).strip()))
    return cells


def _numbered_rows(rows: Sequence[Printed], width: int) -> list[Row]:
    return [
        Row(number, row[0][0], tuple(text for _, text in row), short=len(row) < width)
        for number, row in enumerate(rows, start=1)
    ]


def _by_cell(
    lines: Sequence[Numbered], header: Printed, width: int, page: int | None, *, framed: bool
) -> Iterator[Line | Rows]:
    """Gather the cells under a header into rows: each has the header's width, or ends at the next label."""
    last = max((i for i, (_, _, line) in enumerate(lines) if "|" in line), default=-1)
    rows: list[Printed] = [header] if header else []
    current: Printed = []
    for line, text in _cells(lines[: last + 1], framed=framed):
        if current and (len(current) == width or (ROW_LABEL.match(text) and _labelled(current))):
            rows.append(current)
            current = []
        current.append((line, text))
    if current:
        rows.append(current)
    if rows:
        yield page, _numbered_rows(rows, width)
    yield from _outside(lines[last + 1 :])


def _labelled(row: Printed) -> bool:
    """Say whether a row began with a label, so that the next label begins the next row."""
    return len(row) > 1 and bool(ROW_LABEL.match(row[0][1]))


def _by_line(
    lines: Sequence[Numbered], header: Printed, width: int, page: int | None, *, framed: bool
) -> Iterator[Line | Rows]:
    """Take each line under a header for a row; what follows it without bars spills from its last cell.

    So does a line with bars, where the row has cells to come, or a framed one was left open. A line that has
    no bars and stands after an empty one is outside the table, and ends it.
    """
    rows: list[Printed] = [header] if header else []
    spills = left_open = False
    for number, its_page, line in lines:
        text = line.strip()
        if not text:
            spills = left_open = False
            continue
        cells = _split(line, width, framed=framed)
        begins = framed and text.startswith("|")
        goes_on = spills and not begins and (left_open or len(rows[-1]) < width > len(cells))
        if "|" in text and not goes_on:
            rows.append([(number, cell) for cell in cells])
            spills = True
        elif spills:
            begun, cell = rows[-1][-1]
            rows[-1][-1] = (begun, f"{cell}\n{cells[0]}".strip())
            rows[-1] += [(number, other) for other in cells[1:]]
        else:
            if rows:
                yield page, _numbered_rows(rows, width)
            rows, page = [], its_page
            yield Line(text, number, its_page)
        left_open = framed and not text.endswith("|")
    if rows:
        yield page, _numbered_rows(rows, width)


def _split(line: str, width: int, *, framed: bool) -> list[str]:
    """Split a line at its bars, without those of a frame or the one too many at its end."""
    text = line.strip()
    if framed:
        text = text.removeprefix("|").removesuffix("|")
    cells = [cell.strip() for cell in text.split("|")]
    return cells[:-1] if len(cells) > width and not cells[-1] else cells
