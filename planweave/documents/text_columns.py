"""Tables in plain text that no rule and no tab marks: bars on every line, or columns of a fixed width."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from planweave.documents.grid import Line, Row
from planweave.documents.text_drawn import drawn_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["unmarked_blocks"]

GAP: Final = re.compile(r"\s{2,}")
MIN_LINES: Final = 3
MIN_COLUMNS: Final = 3
FITTING: Final = 0.8

Numbered = tuple[int, int | None, str]
Rows = tuple[int | None, list[Row]]


def unmarked_blocks(lines: Sequence[Numbered]) -> Iterator[Line | Rows]:
    """Take runs of lines that have the same columns for tables, and all others for lines.

    Columns are told by a drawing of rules and bars; by bars alone, as many on each line of a run; or by gaps of two
    spaces and more that stand in the same places all down the run. A run ends at an empty line.
    """
    for run in _runs(lines):
        rows = drawn_rows(run) or _barred(run) or _fixed(run)
        if rows:
            yield run[0][1], rows
        else:
            yield from (Line(line.strip(), number, page) for number, page, line in run)


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
    head = run[0][2].expandtabs().rstrip()
    starts = [0, *(match.end() for match in GAP.finditer(head) if match.start())]
    if head[:1].isspace() or len(run) < MIN_LINES or len(starts) < MIN_COLUMNS:
        return []
    texts = [line.expandtabs().rstrip() for _, _, line in run]
    if sum(_fits(text, starts) for text in texts) < len(texts) or not _share_filled(texts, starts):
        return []
    gathered: list[tuple[Numbered, list[str]]] = []
    for line, text in zip(run, texts, strict=True):
        cells = [text[start:end].strip() for start, end in zip(starts, [*starts[1:], None], strict=True)]
        if gathered and not cells[0]:
            above = gathered[-1][1]
            above[:] = [f"{upper}\n{lower}".strip() for upper, lower in zip(above, cells, strict=True)]
        else:
            gathered.append((line, cells))
    return _rows([line for line, _ in gathered], [tuple(cells) for _, cells in gathered])


def _fits(text: str, starts: Sequence[int]) -> bool:
    """Say whether no word of a line stands over the place where a column begins."""
    return all(len(text) <= start or text[start - 1] == " " for start in starts[1:])


def _share_filled(texts: Sequence[str], starts: Sequence[int]) -> bool:
    """Say whether most cells of most lines have something in them, as running text in columns by chance has not."""
    filled = [bool(text[start : start + 1].strip()) for text in texts for start in starts]
    return sum(filled) >= FITTING * len(filled) * (1 - 1 / len(starts))


def _rows(run: Sequence[Numbered], cells: Sequence[tuple[str, ...]]) -> list[Row]:
    return [Row(place, line[0], row) for place, (line, row) in enumerate(zip(run, cells, strict=True), start=1)]
