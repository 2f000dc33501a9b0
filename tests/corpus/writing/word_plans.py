"""Writing plans in Word: one table or a table under each heading, with merged cells, fills and rows over the width."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from docx.shared import Cm

from tests.corpus.writing.word import begun, put, shade, whole_width

if TYPE_CHECKING:
    from tests.corpus.printed import Row


def table(
    document: Any,
    head: list[str],
    rows: list[Row],
    colour: str,
    *,
    widths: Sequence[float] = (),
    fills: Mapping[str, str] | None = None,
    beside: int | None = None,
) -> Any:
    """Add a ruled table; an empty cell in the column `beside` belongs to the one above it."""
    made = begun(document, head, colour)
    above: Any = None
    for row in rows:
        if "section" in row:
            whole_width(made, row["section"])
            continue
        cells = made.add_row().cells
        for column, words in enumerate(row["cells"]):
            if column == beside and not words:
                above.merge(cells[column])
                continue
            put(cells[column], words)
            above = cells[column] if column == beside else above
            if words in (fills or {}):
                shade(cells[column], (fills or {})[words])
    for row in made.rows:
        own = [cell for cell, after in zip(row.cells, [*row.cells[1:], None], strict=True) if cell is not after]
        for cell, width in zip(own if len(own) == len(widths) else [], widths, strict=False):
            cell.width = Cm(width)
    return made
