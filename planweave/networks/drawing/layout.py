"""Where the nodes stand: positions worked out in Python, the same for the same network, that nothing moves later.

The parts that hang together are each spread by themselves and set side by side, the largest first; nodes
without a link stand in rows of their own below.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

from planweave.networks.drawing.stress import spread

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Band", "Layout", "Point", "Tick", "free_layout"]

Point = tuple[float, float]

STEP: Final = 130.0
"""How far linked nodes stand apart, as a rule."""

GAP: Final = 22.0
"""How far the rims of two nodes are apart at least."""

MARGIN: Final = 80.0
"""How far two parts are apart, and the loose nodes from them."""

COLUMN: Final = 170.0
ROW: Final = 95.0
"""How far loose nodes stand apart: room for a name in two lines."""

SHAPE: Final = 1.4
"""About how much wider than high a drawing is."""

PASSES: Final = 40
MANY: Final = 300
PASSES_OF_MANY: Final = 5
"""How often nodes are drawn apart, and how often where they are many."""


@dataclass(frozen=True, slots=True)
class Band:
    """A part of the drawing with a heading: left, top, right, bottom, and the words."""

    left: float
    top: float
    right: float
    bottom: float
    words: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A day on the axis."""

    x: float
    words: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the nodes stand, by their numbers, and what is drawn behind them."""

    points: tuple[Point, ...]
    bands: tuple[Band, ...] = ()
    ticks: tuple[Tick, ...] = ()
    axis: str = ""


def free_layout(radii: Sequence[float], pairs: Iterable[tuple[int, int]], loose_words: str) -> Layout:
    """Lay out a network by what is linked with what.

    Parameters
    ----------
    radii
        How large each node is drawn.
    pairs
        The numbers of the nodes of each link.
    loose_words
        The heading of the nodes without a link, where there are others with one.
    """
    neighbours: list[set[int]] = [set() for _ in radii]
    for one, other in pairs:
        if one != other:
            neighbours[one].add(other)
            neighbours[other].add(one)
    parts = _parts(neighbours)
    loose = [part[0] for part in parts if len(part) == 1]
    points: list[Point] = [(0.0, 0.0)] * len(radii)
    linked = [part for part in parts if len(part) > 1]
    bottom = _set_side_by_side(points, [(part, _placed(part, neighbours, radii)) for part in linked], radii)
    if not loose:
        return Layout(_rounded(points))
    width = max((x for part in linked for x, _ in (points[node] for node in part)), default=0.0)
    columns = max(1, int(max(width, math.sqrt(len(loose) * COLUMN * ROW * SHAPE)) // COLUMN))
    top = bottom + (MARGIN if linked else 0.0)
    for place, node in enumerate(loose):
        points[node] = (place % columns * COLUMN + COLUMN / 2, top + place // columns * ROW + ROW * 0.4)
    right = max(width, min(columns, len(loose)) * COLUMN)
    end = top + math.ceil(len(loose) / columns) * ROW
    bands = (Band(0.0, round(top), round(right), round(end), loose_words),) if linked else ()
    return Layout(_rounded(points), bands)


def _rounded(points: Iterable[Point]) -> tuple[Point, ...]:
    return tuple((float(round(x)), float(round(y))) for x, y in points)


def _parts(neighbours: Sequence[set[int]]) -> list[list[int]]:
    """Give the parts that hang together, the largest first, ties by their first node."""
    seen: set[int] = set()
    parts = []
    for start in range(len(neighbours)):
        if start in seen:
            continue
        part, waiting = {start}, [start]
        while waiting:
            for other in neighbours[waiting.pop()]:
                if other not in part:
                    part.add(other)
                    waiting.append(other)
        seen |= part
        parts.append(sorted(part))
    return sorted(parts, key=lambda part: (-len(part), part[0]))


def _placed(part: Sequence[int], neighbours: Sequence[set[int]], radii: Sequence[float]) -> list[Point]:
    """Spread one part, and draw nodes apart that lie on each other."""
    number = {node: place for place, node in enumerate(part)}
    points = spread([sorted(number[other] for other in neighbours[node]) for node in part])
    return draw_apart([(x * STEP, y * STEP) for x, y in points], [radii[node] for node in part])


def draw_apart(points: Sequence[Point], radii: Sequence[float]) -> list[Point]:
    """Move nodes apart until the rims of no two touch, or as far as a few passes bring it."""
    size = 2 * max(radii) + GAP
    places = _with_room([list(point) for point in points], size)
    for _ in range(PASSES if len(places) <= MANY else PASSES_OF_MANY):
        cells: dict[tuple[int, int], list[int]] = {}
        for node, (x, y) in enumerate(places):
            cells.setdefault((int(x // size), int(y // size)), []).append(node)
        moved = False
        for (column, row), here in cells.items():
            near = [(column + 1, row - 1), (column + 1, row), (column + 1, row + 1), (column, row + 1)]
            others = list(chain.from_iterable(cells.get(cell, ()) for cell in near))
            for place, one in enumerate(here):
                x, y = places[one]
                for other in chain(here[place + 1 :], others):
                    dx, dy = places[other][0] - x, places[other][1] - y
                    least = radii[one] + radii[other] + GAP
                    if dx * dx + dy * dy < least * least * 0.98:
                        _push(places[one], places[other], least, other)
                        x, y = places[one]
                        moved = True
        if not moved:
            break
    return [(x, y) for x, y in places]


def _with_room(places: list[list[float]], size: float) -> list[list[float]]:
    """Enlarge a part that is too crowded for its nodes."""
    wide, high = (max(sides) - min(sides) for sides in zip(*places, strict=True))
    scale = math.sqrt(len(places) * size * size / max(wide * high, size * size))
    return [[x * scale, y * scale] for x, y in places] if scale > 1 and len(places) > MANY else places


def _push(here: list[float], there: list[float], least: float, number: int) -> None:
    """Move two nodes apart that are closer than they should be, each half of the way."""
    dx, dy = there[0] - here[0], there[1] - here[1]
    length = math.sqrt(dx * dx + dy * dy)
    if length < 1e-6:  # noqa: PLR2004 - one on the other: apart in a direction of the node's own
        dx, dy, length = math.cos(number * 2.4), math.sin(number * 2.4), 1.0
        move = least / 2
    else:
        move = (least - length) / 2
    here[0] -= dx / length * move
    here[1] -= dy / length * move
    there[0] += dx / length * move
    there[1] += dy / length * move


def _set_side_by_side(
    points: list[Point], parts: Sequence[tuple[Sequence[int], Sequence[Point]]], radii: Sequence[float]
) -> float:
    """Set parts in rows from left to right, each row as high as its highest part; give the bottom."""
    boxes = []
    for part, placed in parts:
        rims = [(x, y, radii[node]) for node, (x, y) in zip(part, placed, strict=True)]
        left, top = min(x - r for x, _, r in rims), min(y - r for _, y, r in rims)
        boxes.append((left, top, max(x + r for x, _, r in rims) - left, max(y + r for _, y, r in rims) - top))
    area = sum((width + MARGIN) * (height + MARGIN) for _, _, width, height in boxes)
    room = max([math.sqrt(area * SHAPE), *(width for _, _, width, _ in boxes)])
    rows: list[list[int]] = []
    used = 0.0
    for number, (_, _, width, _) in enumerate(boxes):
        if not rows or used + width > room:
            rows.append([])
            used = 0.0
        rows[-1].append(number)
        used += width + MARGIN
    y = 0.0
    for row in rows:
        height, x = max(boxes[number][3] for number in row), 0.0
        for number in row:
            left, top, width, high = boxes[number]
            part, placed = parts[number]
            down = y + (height - high) / 2
            for node, (at_x, at_y) in zip(part, placed, strict=True):
                points[node] = (at_x - left + x, at_y - top + down)
            x += width + MARGIN
        y += height + MARGIN
    return y - MARGIN if rows else 0.0
