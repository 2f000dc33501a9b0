"""Tables whose cells are drawn with rules on every side, merged cells among them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from planweave.documents.pdf_page import Box, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planweave.documents.pdf_page import Sheet

__all__ = ["Cell", "Lattice", "free_rules", "lattices_of", "straightened"]

SNAP: Final = 3.0
"""Rules that are no further apart, in points, are one: those of neighbouring cells, or double ones."""


class Cell(NamedTuple):
    """A cell of a lattice: its first row and column, and the ones behind its last."""

    row: int
    column: int
    end_row: int
    end_column: int


class Lattice(NamedTuple):
    """Where the rules of a table stand, and the cells between them."""

    xs: list[float]
    ys: list[float]
    cells: list[Cell]

    @property
    def box(self) -> Box:
        """The box around it."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def box_of(self, cell: Cell) -> Box:
        """The box of a cell."""
        return Box(self.xs[cell.column], self.ys[cell.row], self.xs[cell.end_column], self.ys[cell.end_row])


class _Joints:
    """Which rules touch one another, directly or through others."""

    def __init__(self, count: int) -> None:
        self._above = list(range(count))

    def root(self, one: int) -> int:
        while self._above[one] != one:
            self._above[one] = self._above[self._above[one]]
            one = self._above[one]
        return one

    def join(self, one: int, other: int) -> None:
        self._above[self.root(one)] = self.root(other)


def straightened(rules: Iterable[Rule]) -> list[Rule]:
    """Make one rule of all the pieces of a line: the edges of its cells, its dots and dashes, its double."""
    ordered = sorted(rules)
    levels: list[list[Rule]] = []
    for rule in ordered:
        if levels and rule.at - levels[-1][0].at <= SNAP:
            levels[-1].append(rule)
        else:
            levels.append([rule])
    found = []
    for level in levels:
        at = sum(rule.at for rule in level) / len(level)
        start, end = 0.0, -1.0
        for rule in sorted(level, key=lambda rule: rule.start):
            if end < start:
                start, end = rule.start, rule.end
            elif rule.start <= end + SNAP:
                end = max(end, rule.end)
            else:
                found.append(Rule(at, start, end))
                start, end = rule.start, rule.end
        found.append(Rule(at, start, end))
    return found


def lattices_of(sheet: Sheet) -> list[Lattice]:
    """Find the tables that have rules along and across, each of two columns at least, the outermost first."""
    found = [
        _lattice([*rows, *_under_bar(lattice, sheet)], columns) or lattice
        for rows, columns in _groups(sheet)
        if (lattice := _lattice(rows, columns))
    ]
    return sorted(found, key=lambda lattice: (lattice.box.top, lattice.box.x0, -lattice.box.bottom))


def _under_bar(lattice: Lattice, sheet: Sheet) -> list[Rule]:
    """Give the lower edge of a coloured bar along the whole top of a table, where no rule is drawn under it."""
    box = lattice.box
    return [
        Rule(fill.box.bottom, box.x0, box.x1)
        for fill in sheet.fills
        if fill.colour != "white"
        and max(abs(fill.box.x0 - box.x0), abs(fill.box.x1 - box.x1), abs(fill.box.top - box.top)) <= SNAP
        and all(abs(fill.box.bottom - y) > SNAP for y in lattice.ys)
        and fill.box.bottom < lattice.ys[1]
    ][:1]


def free_rules(sheet: Sheet) -> list[Rule]:
    """Give the rules across the page that belong to no such table."""
    return [rule for rows, columns in _groups(sheet) if not _lattice(rows, columns) for rule in rows]


def _groups(sheet: Sheet) -> list[tuple[list[Rule], list[Rule]]]:
    """The rules that touch one another: those across the page, and those down it."""
    across, down = straightened(sheet.across), straightened(sheet.down)
    joints = _Joints(len(across) + len(down))
    for place, row in enumerate(across):
        for other, column in enumerate(down, start=len(across)):
            if _touch(row, column):
                joints.join(place, other)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for place, rule in enumerate([*across, *down]):
        groups.setdefault(joints.root(place), ([], []))[place >= len(across)].append(rule)
    return list(groups.values())


def _touch(row: Rule, column: Rule) -> bool:
    return row.start - SNAP <= column.at <= row.end + SNAP and column.start - SNAP <= row.at <= column.end + SNAP


def _lattice(across: list[Rule], down: list[Rule]) -> Lattice | None:
    if not across or not down:
        return None
    xs = _places([rule.at for rule in down], [(rule.start, rule.end) for rule in across])
    ys = _places([rule.at for rule in across], [(rule.start, rule.end) for rule in down])
    if len(xs) < 3 or len(ys) < 2:  # noqa: PLR2004 - two columns, one row
        return None
    cells = _cells(xs, ys, across, down)
    return Lattice(xs, ys, cells) if len(cells) > 1 else None


def _places(at: Iterable[float], reaches: Sequence[tuple[float, float]]) -> list[float]:
    """Where rules stand, and where those that cross them end: a table may be open at its sides."""
    places: list[float] = []
    for place in sorted(at):
        if not places or place - places[-1] > SNAP:
            places.append(place)
    first, last = min(start for start, _ in reaches), max(end for _, end in reaches)
    if first < places[0] - 2 * SNAP:
        places.insert(0, first)
    if last > places[-1] + 2 * SNAP:
        places.append(last)
    return places


def _cells(xs: list[float], ys: list[float], across: list[Rule], down: list[Rule]) -> list[Cell]:
    """Put the squares together between which no rule is drawn."""
    wide, high = len(xs) - 1, len(ys) - 1
    joints = _Joints(wide * high)
    walls = _drawn(down, xs, ys)
    floors = _drawn(across, ys, xs)
    for row in range(high):
        for column in range(wide):
            if column + 1 < wide and (column + 1, row) not in walls:
                joints.join(row * wide + column, row * wide + column + 1)
            if row + 1 < high and (row + 1, column) not in floors:
                joints.join(row * wide + column, (row + 1) * wide + column)
    groups: dict[int, list[tuple[int, int]]] = {}
    for row in range(high):
        for column in range(wide):
            groups.setdefault(joints.root(row * wide + column), []).append((row, column))
    return sorted(cell for squares in groups.values() for cell in _rectangles(squares))


def _drawn(rules: Iterable[Rule], places: list[float], others: list[float]) -> set[tuple[int, int]]:
    """Give the sides of squares that a rule is drawn along: the rule's place, and the square's."""
    middles = [(one + other) / 2 for one, other in pairwise(others)]
    found = set()
    for rule in rules:
        place = min(range(len(places)), key=lambda index: abs(places[index] - rule.at))
        found |= {(place, index) for index, middle in enumerate(middles) if rule.start <= middle <= rule.end}
    return found


def _rectangles(squares: list[tuple[int, int]]) -> list[Cell]:
    """One cell of squares that make a rectangle; else one of each square, or of each run of a row."""
    rows, columns = [row for row, _ in squares], [column for _, column in squares]
    whole = Cell(min(rows), min(columns), max(rows) + 1, max(columns) + 1)
    if (whole.end_row - whole.row) * (whole.end_column - whole.column) == len(squares):
        return [whole]
    runs: list[Cell] = []
    for row, column in sorted(squares):
        if runs and runs[-1].row == row and runs[-1].end_column == column:
            runs[-1] = runs[-1]._replace(end_column=column + 1)
        else:
            runs.append(Cell(row, column, row + 1, column + 1))
    return runs
