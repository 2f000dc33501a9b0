"""Cells that span rows and columns → rows of equal width: for every format that writes tables as HTML does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from planweave.documents.grid import Row
from planweave.documents.limits import MAX_CELLS
from planweave.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Spanning", "laid_out"]

MOST_ACROSS: Final = 1000
"""As many columns as a cell of a web page can span."""


class Spanning(NamedTuple):
    """A cell with its text, how many columns and rows it spans (0 rows: all that are left), and its colour."""

    text: str
    across: int = 1
    down: int = 1
    fill: str = ""


Place = dict[int, str | None]
"""The cells of a row by column: the text of those that begin there, None for those that are covered."""


def laid_out(rows: Sequence[Sequence[Spanning]], cells: int = 0) -> tuple[Row, ...]:
    """Lay out the cells of a table as a browser does.

    Parameters
    ----------
    rows
        The cells that are written in each row.
    cells
        How many cells the document's tables have had before.

    Raises
    ------
    DocumentError
        If there are more cells than are read.

    Examples
    --------
    >>> rows = laid_out([[Spanning("a", down=2), Spanning("b")], [Spanning("c")]])
    >>> [(row.cells, sorted(row.covered)) for row in rows]
    [(('a', 'b'), []), (('', 'c'), [0])]
    """
    placed: list[Place] = [{} for _ in rows]
    fills: list[dict[int, str]] = [{} for _ in rows]
    taken = cells
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while column in placed[number]:
                column += 1
            across = max(1, min(cell.across, MOST_ACROSS))
            end = len(rows) if cell.down == 0 else min(number + max(1, cell.down), len(rows))
            taken += across * (end - number)
            if taken > MAX_CELLS:
                raise _too_many()
            for below in range(number, end):
                for right in range(column, column + across):
                    placed[below].setdefault(right, None)
            placed[number][column] = cell.text
            if cell.fill:
                fills[number][column] = cell.fill
            column += across
    return _rows(placed, fills, cells)


def _rows(placed: Sequence[Place], fills: Sequence[dict[int, str]], cells: int) -> tuple[Row, ...]:
    """Give the rows without the columns that no cell begins in."""
    columns = sorted({column for row in placed for column, text in row.items() if text is not None})
    if cells + len(columns) * len(placed) > MAX_CELLS:
        raise _too_many()
    coloured = any(fills)
    return tuple(
        Row(
            number,
            number,
            tuple(row.get(column) or "" for column in columns),
            covered=frozenset(place for place, column in enumerate(columns) if column in row and row[column] is None),
            fills=tuple(colours.get(column, "") for column in columns) if coloured else (),
        )
        for number, (row, colours) in enumerate(zip(placed, fills, strict=True), start=1)
    )


def _too_many() -> DocumentError:
    return DocumentError(
        f"its tables have more than the {MAX_CELLS:,} cells that are read",
        fix="split it, or take out what is not the action plan",
    )
