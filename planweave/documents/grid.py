"""What every kind of document becomes: lines of text and tables of cells, in printed order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Document", "Line", "Row", "Table"]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text that stands outside every table."""

    text: str
    number: int
    page: int | None = None

    @property
    def where(self) -> str:
        """The place in words."""
        return f"line {self.number}"


@dataclass(frozen=True, slots=True)
class Row:
    """A printed row of a table: its place in the table (from 1), its first line, its cells as printed.

    ``short`` tells that print gave fewer cells than the table has columns, in a layout where a missing
    cell leaves no mark: the cells that are there may then belong to columns further right.
    """

    number: int
    line: int
    cells: tuple[str, ...]
    short: bool = False

    def blank(self) -> bool:
        """Say whether every cell is empty."""
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its place in the document (from 1), its page if pages are known, and its rows."""

    number: int
    page: int | None
    rows: tuple[Row, ...]

    @property
    def width(self) -> int:
        """The number of columns of its widest row."""
        return max((len(row.cells) for row in self.rows), default=0)


@dataclass(frozen=True, slots=True)
class Document:
    """One document as it was taken from a file.

    ``printed`` is the whole text as decoded: what the shares kept and placed are measured against.
    ``cut`` says in words what shows that the document ends in the middle, or is None.
    """

    name: str
    sha256: str
    media_type: str
    encoding: str
    printed: str
    blocks: tuple[Line | Table, ...]
    cut: str | None = None

    def tables(self) -> Iterator[Table]:
        """Go through the tables."""
        return (block for block in self.blocks if isinstance(block, Table))
