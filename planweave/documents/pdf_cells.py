"""Words between rules → the cells of a table."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from planweave.documents.pdf_found import FoundRow, FoundTable, colour_of_mark, colours_between, furthest, place_in
from planweave.documents.pdf_lines import lines_of, said, text_of
from planweave.documents.pdf_rows import groups_of, is_reference

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planweave.documents.pdf_page import Box, Sheet, Word
    from planweave.documents.pdf_ruled import Cell, Lattice

__all__ = ["table_of", "words_in"]

PADDING: Final = 12.0
"""A cell keeps no more space than this, in points, between its rule and its text."""

NARROW: Final = 6.0
"""Rows and columns that are no wider, and empty, are the space between double rules."""


def words_in(box: Box, words: Sequence[Word]) -> list[Word]:
    """Give the words inside a box."""
    return [
        word
        for word in words
        if box.x0 <= _start(word) <= box.x1 and box.top <= (word.top + word.bottom) / 2 <= box.bottom
    ]


def _start(word: Word) -> float:
    """Where a word stands across the page: near its beginning, for a long one may run out of its cell."""
    wide = word.x1 - word.x0
    return word.x0 + (min(wide, word.size) / 2 if word.way == 0 else wide / 2)


def table_of(lattice: Lattice, words: Sequence[Word], sheet: Sheet) -> FoundTable | None:
    """Make a table of a lattice and the words inside it; None where fewer than two cells have text."""
    held: dict[Cell, list[Word]] = {cell: [] for cell in lattice.cells}
    at = {
        (row, column): cell
        for cell in lattice.cells
        for row in range(cell.row, cell.end_row)
        for column in range(cell.column, cell.end_column)
    }
    for word in words:
        row = place_in(lattice.ys, (word.top + word.bottom) / 2)
        column = place_in(lattice.xs, _start(word))
        if row is not None and column is not None:
            held[at[row, column]].append(word)
    if sum(map(bool, held.values())) < 2:  # noqa: PLR2004 - a frame around text is no table
        return None
    columns, rows = _used(lattice, held)
    limits = _limits(lattice, held)
    colours = colours_between(sheet, lattice.xs, lattice.ys)
    found = {row: FoundRow([""] * len(columns), fills=[""] * len(columns)) for row in rows}
    for cell, inside in held.items():
        text = text_of(inside, limits[cell])
        colour = colours.get((cell.row, cell.column), "")
        if not text:
            colour = colour_of_mark(sheet.fills, lattice.box_of(cell)) or colour
        _lay(cell, text, colour, found, columns)
    spaces = [(lattice.xs[column], lattice.xs[column + 1]) for column in columns]
    made = [part for row in rows for part in (_parted(row, lattice, held, found[row], columns) or [found[row]])]
    return FoundTable(sheet.number, lattice.box, spaces, made, ruled=True)


def _lay(cell: Cell, text: str, colour: str, found: Mapping[int, FoundRow], columns: Sequence[int]) -> None:
    """Put a cell into the rows and columns it covers."""
    rows = [row for row in range(cell.row, cell.end_row) if row in found]
    places = [place for place, column in enumerate(columns) if cell.column <= column < cell.end_column]
    if not rows or not places:
        return
    found[rows[0]].cells[places[0]] = text
    if not text and len(rows) > 1:
        found[rows[0]].reaching[places[0]] = len(rows)
    for row in rows:
        for place in places:
            found[row].fills[place] = colour
            if (row, place) != (rows[0], places[0]):
                found[row].covered.add(place)


def _used(lattice: Lattice, held: Mapping[Cell, list[Word]]) -> tuple[list[int], list[int]]:
    """The columns and the rows that cells begin in, without the spaces between double rules."""
    columns, rows = set(), set()
    for cell, inside in held.items():
        box = lattice.box_of(cell)
        if inside or box.x1 - box.x0 > NARROW:
            columns.add(cell.column)
        if inside or box.bottom - box.top > NARROW:
            rows.add(cell.row)
    return sorted(columns), sorted(rows)


def _limits(lattice: Lattice, held: Mapping[Cell, list[Word]]) -> dict[Cell, float]:
    """How far to the right the text of each cell can go: as far from its rule as it begins from the other."""
    inner: dict[int, float] = {}
    columns: dict[tuple[int, int], list[list[Word]]] = {}
    for cell, inside in held.items():
        starts = [word.x0 - lattice.xs[cell.column] for word in inside if word.way == 0]
        if starts:
            inner[cell.column] = min(*starts, inner.get(cell.column, PADDING))
            columns.setdefault((cell.column, cell.end_column), []).append(inside)
    seen = {key: furthest(cells) for key, cells in columns.items()}
    padding = sorted(max(space, 0.0) for space in inner.values())
    usual = padding[len(padding) // 2] if padding else 0.0
    limits = {}
    for cell in held:
        limit = lattice.xs[cell.end_column] - min(inner.get(cell.column, usual), usual)
        known = seen.get((cell.column, cell.end_column))
        limits[cell] = min(limit, known + 1) if known is not None else limit
    return limits


def _parted(
    row: int, lattice: Lattice, held: Mapping[Cell, list[Word]], whole: FoundRow, columns: Sequence[int]
) -> list[FoundRow]:
    """Part a row that holds several, because rules stand between the columns only: each has its reference."""
    cells = [cell for cell in held if cell.row == row and cell.end_row == row + 1]
    if len(cells) != len(columns) or any(cell.end_column - cell.column > 1 for cell in cells):
        return []
    if not any(_numbers(held[cell]) for cell in cells):
        return []
    place = {cell.column: index for index, cell in enumerate(sorted(cells, key=lambda cell: cell.column))}
    words = [word for cell in cells for word in held[cell]]
    lines = lines_of(words)
    sorted_words: list[list[list[Word]]] = [[[] for _ in columns] for _ in lines]
    for line, parts in zip(lines, sorted_words, strict=True):
        for word in line.words:
            column = place_in(lattice.xs, _start(word))
            parts[place.get(-1 if column is None else column, 0)].append(word)
    texts = [[" ".join(map(said, lines_of(part))) for part in parts] for parts in sorted_words]
    gaps = [0.0, *(lower.top - upper.bottom for upper, lower in pairwise(lines))]
    groups = groups_of(
        [["", *[""] * (len(columns) - 1)], *texts], [0, 0, *gaps[1:]], [False] * (len(lines) + 1), ruled=True
    )
    made = []
    for group in groups:
        chosen = sorted_words[max(group.start - 1, 0) : group.stop - 1]
        if not chosen:
            continue
        merged = [[word for parts in chosen for word in parts[index]] for index in range(len(columns))]
        limits = [lattice.xs[column + 1] - 1 for column in columns]
        made.append(
            FoundRow([text_of(part, limit) for part, limit in zip(merged, limits, strict=True)], fills=whole.fills)
        )
    return made if len(made) > 1 else []


def _numbers(words: Sequence[Word]) -> bool:
    """Say whether a cell holds references only, far apart."""
    lines = lines_of(words)
    steps = [lower.middle - upper.middle for upper, lower in pairwise(lines)]
    apart = bool(steps) and min(steps) > 1.8 * lines[0].size
    return apart and all(is_reference(said(line)) for line in lines)
