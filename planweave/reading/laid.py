"""What blocks of labels and values hold, in the place of a table's rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planweave.reading.columns import Column, Columns
    from planweave.records import SourceRow

__all__ = ["Laid", "Values", "put"]

Values = dict[str, list[tuple[str, str]]]
"""Field → the texts that give it, each with its heading."""


@dataclass
class Laid:
    """The actions of blocks of labels and values, in the place of a table.

    ``entries`` are, for each action, the values by field, and the printed rows.
    """

    table: int
    columns: Columns
    entries: list[tuple[Values, list[SourceRow]]]


def put(values: Values, column: Column, text: str) -> None:
    """Add the text of a column to the values, behind what stands under the same heading."""
    cells = values.setdefault(column.field, [])
    for place, (heading, before) in enumerate(cells):
        if heading == (column.heading or f"column {column.number}"):
            cells[place] = (heading, f"{before}\n{text}".strip())
            return
    cells.append((column.heading or f"column {column.number}", text))
