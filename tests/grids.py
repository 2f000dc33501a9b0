"""Help for tests of documents: opening bytes as a file, and grids as plain lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planweave.documents import Document, Line, open_document

if TYPE_CHECKING:
    from pathlib import Path


def opened(folder: Path, data: bytes | str, name: str) -> Document:
    """Write a file and open it."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return open_document(path)


def tables(document: Document) -> list[list[tuple[str, ...]]]:
    """The cells of each table, row by row."""
    return [[row.cells for row in table.rows] for table in document.tables()]


def covered(document: Document) -> list[list[list[int]]]:
    """The covered places of each table, row by row."""
    return [[sorted(row.covered) for row in table.rows] for table in document.tables()]


def fills(document: Document) -> list[list[tuple[str, ...]]]:
    """The colours of each table, row by row."""
    return [[row.fills for row in table.rows] for table in document.tables()]


def outside(document: Document) -> list[str]:
    """The lines outside the tables."""
    return [block.text for block in document.blocks if isinstance(block, Line)]


def shape(document: Document) -> list[str]:
    """The order of a document: the text of each line, "table 1" and so on for tables."""
    return [block.text if isinstance(block, Line) else f"table {block.number}" for block in document.blocks]
