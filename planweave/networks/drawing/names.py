"""Names on a drawing: broken into lines, and set where they cover neither a node nor another name."""

from __future__ import annotations

import textwrap
import unicodedata
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Circle", "Name", "placed_names", "width_of"]

WRAP: Final = 26
MOST_LINES: Final = 3
AIR: Final = 0.8
"""How far apart two names are that stand over each other, in heights of letters."""
CELL: Final = 90.0
CROWD: Final = 150
NAMED: Final = 60
"""In a drawing of more nodes than this, so many of them are to be named."""

Box = tuple[float, float, float, float]


class Circle(NamedTuple):
    """A node on paper, its name, and what is written where there is no room for that."""

    x: float
    y: float
    radius: float
    name: str
    short: str = ""


class Name(NamedTuple):
    """The name of a node: its number, the middle of the first line's foot, and the lines."""

    number: int
    x: float
    y: float
    lines: tuple[str, ...]


def placed_names(circles: Sequence[Circle], size: float) -> list[Name]:
    """Give the names there is room for; nodes come in the order in which they are to have theirs.

    In a crowd only the first are named, even over others; elsewhere a name covers no node at all.

    Parameters
    ----------
    circles
        The nodes on paper.
    size
        The height of the letters.
    """
    taken = _Taken()
    crowd = len(circles) > CROWD
    for number, (x, y, radius, *_) in enumerate(() if crowd else circles):
        taken.take((x - radius, y - radius, x + radius, y + radius), number)
    names = []
    for number, circle in enumerate(circles[:NAMED] if crowd else circles):
        for words in dict.fromkeys((circle.name, circle.short or circle.name)):
            name = _placed(number, circle, words, size, taken)
            if name is not None:
                names.append(name)
                break
    return names


def _placed(number: int, circle: Circle, words: str, size: float, taken: _Taken) -> Name | None:
    """Set a name where there is room for it, with air above and below: two that touch read as one."""
    lines = _lines(words)
    width = max(width_of(line, size) for line in lines) + size * 0.4
    height = len(lines) * size * 1.2
    for x, y in _spots(circle, width, height):
        box = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
        if not taken.meets(box, number):
            air = size * AIR
            taken.take((box[0], box[1] - air, box[2], box[3] + air), number)
            return Name(number, x, y - height / 2 + size * 0.92, lines)
    return None


def width_of(text: str, size: float) -> float:
    """Guess how wide a text is, from the width of its signs in an ordinary sans-serif."""
    wide = sum(1.0 if unicodedata.east_asian_width(sign) in "WF" else 0.68 if sign.isupper() else 0.53 for sign in text)
    return wide * size


def _lines(name: str) -> tuple[str, ...]:
    lines = textwrap.wrap(name, WRAP, max_lines=MOST_LINES, placeholder=" …") or [""]
    return tuple(lines)


def _spots(circle: Circle, width: float, height: float) -> Iterator[tuple[float, float]]:
    """Give the places a name can have: below its node, above, right, left."""
    x, y, radius, *_ = circle
    gap = radius + 3
    yield x, y + gap + height / 2
    yield x, y - gap - height / 2
    yield x + gap + width / 2, y
    yield x - gap - width / 2, y


class _Taken:
    """What of the paper is taken, in cells, so that few boxes have to be compared."""

    def __init__(self) -> None:
        self.cells: dict[tuple[int, int], list[tuple[Box, int]]] = {}

    def take(self, box: Box, owner: int) -> None:
        """Take a part of the paper."""
        for cell in _cells(box):
            self.cells.setdefault(cell, []).append((box, owner))

    def meets(self, box: Box, owner: int) -> bool:
        """Say whether a part of the paper is taken by somebody else."""
        return any(
            whose != owner and box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
            for cell in _cells(box)
            for other, whose in self.cells.get(cell, ())
        )


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    for column in range(int(box[0] // CELL), int(box[2] // CELL) + 1):
        for row in range(int(box[1] // CELL), int(box[3] // CELL) + 1):
            yield column, row
