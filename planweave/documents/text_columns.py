"""Tables in plain text that no rule and no tab marks: bars on every line, or columns of a fixed width."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from planweave.documents.grid import Line, Row
from planweave.documents.text_drawn import drawn_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["line_of", "unmarked_blocks"]

GAP: Final = re.compile(r"\s{2,}")
MIN_LINES: Final = 3
MIN_COLUMNS: Final = 3
FITTING: Final = 0.8

Numbered = tuple[int, int | None, str]
Rows = tuple[int | None, list[Row]]


def unmarked_blocks(lines: Sequence[Numbered]) -> Iterator[Line | Rows]:
    """Take runs of lines that have the same columns for tables, and all others for lines.

    Columns are told by a drawing of rules and bars; by bars alone, as many on each line of a run; or by gaps of two
    spaces and more that stand in the same places all down the run. A run ends at an empty line; but where columns of a
    fixed width go on after it, row by row, all is one table.
    """
    for run in _spaced(list(_runs(lines))):
        rows = drawn_rows(run) or _barred(run) or _fixed(run)
        if rows:
            yield run[0][1], rows
        else:
            yield from (line_of(*line) for line in run)


def line_of(number: int, page: int | None, text: str) -> Line:
    """Give a line that is in no table, with the number of spaces it is set in."""
    spaced = text.expandtabs()
    return Line(text.strip(), number, page, depth=len(spaced) - len(spaced.lstrip()))


def _runs(lines: Sequence[Numbered]) -> Iterator[list[Numbered]]:
    run: list[Numbered] = []
    for line in lines:
        if line[2].strip():
            run.append(line)
            continue
        if run:
            yield run
        run = []
    if run:
        yield run


def _spaced(runs: Sequence[list[Numbered]]) -> Iterator[list[Numbered]]:
    """Put runs together that are the rows of one table: below a line of columns each begins a row of the same."""
    at = 0
    while at < len(runs):
        starts = _starts(runs[at][0][2])
        end = at + 1
        while len(starts) >= MIN_COLUMNS and end < len(runs) and _begins_row(runs[end], starts):
            end += 1
        joined = [line for run in runs[at:end] for line in run]
        if end - at > 1 and _fixed(joined):
            yield joined
        else:
            yield from runs[at:end]
        at = end


def _starts(line: str) -> list[int]:
    """Give where the columns of a line begin; none where it is set in."""
    head = line.expandtabs().rstrip()
    return [] if head[:1].isspace() else [0, *(match.end() for match in GAP.finditer(head) if match.start())]


def _begins_row(run: Sequence[Numbered], starts: Sequence[int]) -> bool:
    """Say whether a run is a row of columns that begin there: its lines fit, and its first line has several of them."""
    texts = [line.expandtabs().rstrip() for _, _, line in run]
    filled = [bool(texts[0][start : start + 1].strip()) for start in starts]
    return filled[0] and sum(filled) >= MIN_COLUMNS and all(_fits(text, starts) for text in texts)


def _barred(run: Sequence[Numbered]) -> list[Row]:
    """Give the rows of lines with bars; [] where they have not as many each."""
    cells = [tuple(cell.strip() for cell in line.strip().strip("|").split("|")) for _, _, line in run]
    if len(run) < MIN_LINES or len(cells[0]) < MIN_COLUMNS or len({len(row) for row in cells}) > 1:
        return []
    return _rows(run, cells)


def _fixed(run: Sequence[Numbered]) -> list[Row]:
    """Give the rows of lines whose columns begin where those of the first line do; [] where they do not.

    A line whose first cell is empty goes on with the cells of the line above it.
    """
    starts = _starts(run[0][2])
    if len(run) < MIN_LINES or len(starts) < MIN_COLUMNS:
        return []
    texts = [line.expandtabs().rstrip() for _, _, line in run]
    begun = [text for text in texts if text[: starts[1]].strip()]
    if not all(_fits(text, starts) for text in texts) or not _share_filled(begun, starts):
        return []
    gathered: list[tuple[Numbered, list[str]]] = []
    widths = [end - start - 1 for start, end in zip(starts, [*starts[1:], max(map(len, texts)) + 1], strict=True)]
    for line, text in zip(run, texts, strict=True):
        cells = [text[start:end].strip() for start, end in zip(starts, [*starts[1:], None], strict=True)]
        if gathered and not cells[0]:
            above = gathered[-1][1]
            above[:] = [_wrapped(upper, lower, width) for upper, lower, width in zip(above, cells, widths, strict=True)]
        else:
            gathered.append((line, cells))
    return _rows([line for line, _ in gathered], [tuple(cells) for _, cells in gathered])


def _wrapped(upper: str, lower: str, width: int) -> str:
    """Put two lines of a cell together: as one where the next word found no room, or goes on in small letters."""
    word = lower.split(maxsplit=1)[0] if lower else ""
    full = len(upper.rpartition("\n")[2]) + 1 + len(word) >= width or word[:1].islower()
    # Two spaces, as between columns: what is printed on two lines can be told from what is printed on one.
    return f"{upper}{'  ' if full else chr(10)}{lower}".strip()


def _fits(text: str, starts: Sequence[int]) -> bool:
    """Say whether no word of a line stands over the place where a column begins."""
    return all(len(text) <= start or text[start - 1] == " " for start in starts[1:])


def _share_filled(texts: Sequence[str], starts: Sequence[int]) -> bool:
    """Say whether most cells of most lines have something in them, as running text in columns by chance has not."""
    filled = [bool(text[start : start + 1].strip()) for text in texts for start in starts]
    return sum(filled) >= FITTING * len(filled) * (1 - 1 / len(starts))


def _rows(run: Sequence[Numbered], cells: Sequence[tuple[str, ...]]) -> list[Row]:
    return [Row(place, line[0], row) for place, (line, row) in enumerate(zip(run, cells, strict=True), start=1)]
