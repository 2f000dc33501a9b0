"""One action as it is printed: its cells by the field they give, the rows they stand in, what is doubtful."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planweave.dates import find_dates
from planweave.records import Cell, SourceRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planweave.documents import Row, Table
    from planweave.reading.columns import Columns
    from planweave.reading.titles import Group

__all__ = ["Entry", "printed_row", "values_of"]

IDENTIFYING = ("ref", "pillar", "lead", "due", "status")


@dataclass
class Entry:
    """The printed rows of one action.

    ``values`` is field → the cells that give it, each with its heading; a cell that runs over a page is one.
    ``doubts`` is field → what makes it doubtful, by its name in ``common.toml``; ``page`` is that of its last
    row.
    """

    columns: Columns
    group: Group | None
    source: list[SourceRow]
    values: dict[str, list[tuple[str, str]]]
    flags: set[str] = field(default_factory=set)
    doubts: dict[str, str] = field(default_factory=dict)
    page: int | None = None

    def text(self, name: str) -> str:
        """The text of a field, its cells joined; empty where nothing is printed."""
        return "\n".join(value for _, value in self.values.get(name, []) if value)

    def last(self, name: str) -> str:
        """The text of the last of a field's cells that has any: the latest status, the revised date."""
        return next((value for _, value in reversed(self.values.get(name, [])) if value), "")

    def printed(self) -> Iterator[str]:
        """Go through the cells as printed."""
        return (cell.text for row in self.source for cell in row.cells)

    def identified(self) -> bool:
        """Say whether anything tells that this is a row of its own."""
        return any(self.text(name) for name in IDENTIFYING)

    def go_on_with(self, after: Entry) -> None:
        """Take the row in which this one continues after a page break."""
        self.flags |= {"row-split-over-pages"}
        self.join(after, " ")

    def join(self, after: Entry, mark: str) -> None:
        """Take a row that belongs to this action, its cells behind those of this one."""
        self.source += after.source
        self.flags |= after.flags
        self.page = after.page
        for name, cells in after.values.items():
            known = self.values.setdefault(name, [])
            for place, (heading, text) in enumerate(cells):
                if place < len(known):
                    before = known[place][1]
                    # The colour of a cell that goes on adds nothing to its word.
                    coloured = name == "status" and before and after.doubts.get("status") == "colour"
                    if not text or coloured or (mark == "\n" and text == before):
                        continue
                    known[place] = (known[place][0], f"{before}{mark}{text}".strip())
                else:
                    known.append((heading, text))


def printed_row(row: Row, cells: Sequence[str], columns: Columns, table: Table) -> SourceRow:
    """Give the row as printed: every cell that has text, under its column."""
    printed = (
        Cell(column.number, column.heading, cell, column.field)
        for column, cell in zip(columns.columns, cells, strict=False)
        if cell
    )
    page = row.page if row.page is not None else table.page
    return SourceRow(page=page, table=table.number, row=row.number, line=row.line, cells=tuple(printed))


def values_of(cells: Sequence[str], columns: Columns, fallen: dict[int, str]) -> dict[str, list[tuple[str, str]]]:
    """Give the cells by the field they give, without the header words that fell into them."""
    values: dict[str, list[tuple[str, str]]] = {}
    both = {"lead", "due"} <= columns.fields()
    for place, column in enumerate(columns.columns):
        text = cells[place] if place < len(cells) else ""
        if place in fallen:
            text = " ".join(text.split()[len(fallen[place].split()) :])
        heading = column.heading or f"column {column.number}"
        parted = who_and_when(text) if column.field in {"lead", "due"} and not both else None
        for name, part in parted.items() if parted else ((column.field, text),):
            values.setdefault(name, []).append((heading, part))
    return values


def who_and_when(text: str) -> dict[str, str] | None:
    """Part a cell that says who, and in its last line by when: "Head of Finance", "30 June 2025"; else None."""
    who, _, last = text.rstrip().rpartition("\n")
    dates = find_dates(last)
    dated = sum(date.end - date.start for date in dates) + len("by end of ") >= len(last.strip())
    return {"lead": who.strip(), "due": last.strip()} if who and dates and dated and not find_dates(who) else None
