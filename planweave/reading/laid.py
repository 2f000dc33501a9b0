"""What blocks of labels and values hold, in the place of a table's rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planweave.reading.columns import Column, Columns
    from planweave.records import SourceRow

__all__ = ["Laid", "LaidEntry", "Values", "put"]

Values = dict[str, list[tuple[str, str]]]
"""Field → the texts that give it, each with its heading."""


@dataclass
class LaidEntry:
    """One action: its values by field, its printed rows, and what is doubtful, by its name in ``common.toml``."""

    values: Values
    source: list[SourceRow]
    doubts: dict[str, str] = field(default_factory=dict)


@dataclass
class Laid:
    """The actions of blocks of labels and values, in the place of a table.

    ``left`` is what the table prints beside them, each with its row: headings, and what is not understood.
    """

    table: int
    columns: Columns
    entries: list[LaidEntry]
    left: list[tuple[str, int, bool]] = field(default_factory=list)


def put(values: Values, column: Column, text: str) -> None:
    """Add the text of a column to the values, behind what stands under the same heading."""
    cells = values.setdefault(column.field, [])
    for place, (heading, before) in enumerate(cells):
        if heading == (column.heading or f"column {column.number}"):
            cells[place] = (heading, f"{before}\n{text}".strip())
            return
    cells.append((column.heading or f"column {column.number}", text))
