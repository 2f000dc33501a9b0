"""What every kind of document becomes: lines of text and tables of cells, in printed order."""

from __future__ import annotations

from collections.abc import Iterator  # noqa: TC003 - msgspec reads the annotations of these types when it decodes
from typing import Final

import msgspec

__all__ = ["OF_SHEETS", "Document", "Line", "Parts", "Picture", "Refused", "Row", "Table"]

OF_SHEETS: Final = 9
"""The level of a line that is the name of a sheet."""


class Line(msgspec.Struct, frozen=True, tag="line", array_like=True):
    """A line of text that stands outside every table.

    ``level`` is that of a heading (from 1) where the format marks headings as such, and `OF_SHEETS` for the name of
    a sheet, which stands over everything on it and may say less than a heading that is printed there. ``depth`` is how
    far it is set in, by lists in lists, by spaces or in points: it can be compared within a document only.
    """

    text: str
    number: int
    page: int | None = None
    level: int | None = None
    depth: int = 0

    @property
    def where(self) -> str:
        """The place in words."""
        return f"line {self.number}"


class Row(msgspec.Struct, frozen=True, array_like=True):
    """A printed row of a table: its place in the table (from 1), its first line, its cells as printed.

    ``short`` tells that print gave fewer cells than the table has columns, in a layout where a missing
    cell leaves no mark: the cells that are there may then belong to columns further right.

    A merged cell's text stands in its first position, top left; the other positions it covers are empty and
    their places (from 0) are in ``covered``. An empty cell that is not covered was printed empty.

    ``fills`` is the colour of each cell in a word, or "" where it has none that has a plain name; it is ()
    in formats without colours. ``page`` is the row's page where a table may run over several.
    """

    number: int
    line: int
    cells: tuple[str, ...]
    short: bool = False
    covered: frozenset[int] = frozenset()
    fills: tuple[str, ...] = ()
    page: int | None = None

    def blank(self) -> bool:
        """Say whether every cell is empty."""
        return not any(cell.strip() for cell in self.cells)


class Table(msgspec.Struct, frozen=True, tag="table", array_like=True):
    """A table: its place in the document (from 1), its page if pages are known, and its rows."""

    number: int
    page: int | None
    rows: tuple[Row, ...]

    @property
    def width(self) -> int:
        """The number of columns of its widest row."""
        return max((len(row.cells) for row in self.rows), default=0)


class Parts(msgspec.Struct, frozen=True, tag="parts"):
    """What the reader of a format takes from a file: everything of a `Document` that depends on the format.

    ``encoding`` is "binary" where the file is no text.
    """

    media_type: str
    encoding: str
    printed: str
    blocks: tuple[Line | Table, ...]
    cut: str | None = None
    hidden: tuple[str, ...] = ()


class Refused(msgspec.Struct, frozen=True, tag="refused"):
    """Why the process gave no parts: what a `DocumentError` says, or that it ran out of memory."""

    what: str
    where: str | None = None
    fix: str | None = None
    memory: bool = False


class Document(msgspec.Struct, frozen=True):
    """One document as it was taken from a file.

    ``printed`` is the whole text as decoded: what the shares kept and placed are measured against.
    ``cut`` says in words what shows that the document ends in the middle, or is None. ``hidden`` are
    sentences that name what the file hides or crosses out, and say what was done with it.
    """

    name: str
    sha256: str
    media_type: str
    encoding: str
    printed: str
    blocks: tuple[Line | Table, ...]
    cut: str | None = None
    hidden: tuple[str, ...] = ()

    def tables(self) -> Iterator[Table]:
        """Go through the tables."""
        return (block for block in self.blocks if isinstance(block, Table))


class Picture(msgspec.Struct, frozen=True, tag="picture"):
    """A page as it is printed: a PNG, its size, and how many of the rows that were to be outlined were found."""

    png: bytes
    width: int
    height: int
    outlined: int
