"""Cells printed once for several rows: what a merged cell says for the rows it covers, and a parent for those below."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planweave.documents import Row
    from planweave.reading.columns import Columns

__all__ = ["Carrier"]

PARENTS = frozenset({"group", "parent", "pillar"})
"""What a plan may print once for all rows below; an empty lead or date says that there is none."""

OFTEN = 0.2


class Carrier:
    """Carries cells down a table.

    A covered cell has the text of the cell that covers it. Where the format knows no merged cells, an empty
    cell under a parent means the parent above, if the table prints each parent once and the first row has one.
    """

    def __init__(self, columns: Columns, body: Sequence[Row]) -> None:
        merged = any(row.covered for row in body)
        self._once = frozenset(
            index
            for index, column in enumerate(columns.columns)
            if column.field in PARENTS and not merged and _printed_once(body, index)
        )
        self._above: dict[int, str] = {}
        self._whole = {
            (row.number, index): text
            for index, column in enumerate(columns.columns)
            if column.field in PARENTS and not merged
            for row, text in _broken_over_rows(body, index)
        }

    def carried(self, row: Row) -> tuple[tuple[str, ...], frozenset[int], frozenset[int]]:
        """Give a row's cells with what is carried into them: the places it is merged into, and where it is inferred."""
        cells = list(row.cells)
        merged: set[int] = set()
        inferred: set[int] = set()
        for index, cell in enumerate(cells):
            if (row.number, index) in self._whole:
                cells[index] = self._above[index] = self._whole[row.number, index]
                inferred.add(index)
                continue
            above = self._above.get(index, "")
            if not cell.strip() and above and (index in row.covered or index in self._once):
                cells[index] = above
                (merged if index in row.covered else inferred).add(index)
            self._above[index] = cells[index]
        return tuple(cells), frozenset(merged), frozenset(inferred)


def _broken_over_rows(body: Sequence[Row], index: int) -> Iterator[tuple[Row, str]]:
    """Give the whole text for each row over which print broke that of a cell for them all.

    No rule tells where such a cell ends; it goes on in small letters beside the next rows.
    """
    runs: list[list[Row]] = []
    for row in body:
        text = row.cells[index].strip() if index < len(row.cells) else ""
        if runs and (not text or text[:1].islower()):
            runs[-1].append(row)
        else:
            runs.append([row])
    for run in runs:
        texts = [text for row in run if index < len(row.cells) and (text := row.cells[index].strip())]
        if len(texts) > 1:
            yield from ((row, " ".join(texts)) for row in run)


def _printed_once(body: Sequence[Row], index: int) -> bool:
    """Say whether a column prints a value once for several rows: it begins with one, and repeats none below itself."""
    cells = [row.cells[index].strip() if index < len(row.cells) else "" for row in body]
    if not cells or not cells[0]:
        return False
    repeated = any(above and above == below for above, below in pairwise(cells))
    return not repeated and cells.count("") >= OFTEN * len(cells)
