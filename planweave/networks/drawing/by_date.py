"""Actions laid out by due date: the last day that each can be due is its place from left to right.

Actions without such a day stand in a band of their own, which says so. From top to bottom an action stands
near those it is linked with, where there is room.
"""

from __future__ import annotations

import math
from datetime import date
from itertools import count
from typing import TYPE_CHECKING, Final

from planweave.networks.drawing.layout import Band, Layout, Tick

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["AXIS", "UNDATED", "layout_by_date"]

AXIS: Final = "Due date: the last day that the printed date can mean"
UNDATED: Final = "No due date"

APART: Final = 66.0
"""How far two actions of one line stand apart at least: room for a reference."""

LINE: Final = 52.0
FEWEST_LINES: Final = 5
"""How far the lines are apart, and how many there is room for at least: links bend over them."""

NARROW: Final = 1_000.0
WIDE: Final = 6_000.0
DAY_ROOM: Final = 95.0
"""How wide the axis is: so much for each day that something is due, within bounds."""

BESIDE: Final = 150.0
"""How far the band of undated actions is from the axis."""

SWEEPS: Final = 4
MOST_TICKS: Final = 10
MONTHS: Final = (1, 2, 3, 6, 12, 24, 60, 120)


def layout_by_date(due: Sequence[date | None], pairs: Iterable[tuple[int, int]]) -> Layout:
    """Lay out actions by their due dates.

    Parameters
    ----------
    due
        The last day of each action, where it has one.
    pairs
        The numbers of the actions of each link.
    """
    neighbours: list[list[int]] = [[] for _ in due]
    for one, other in pairs:
        if one != other:
            neighbours[one].append(other)
            neighbours[other].append(one)
    days = sorted({day for day in due if day})
    width = min(WIDE, max(NARROW, DAY_ROOM * len(days))) if len(days) > 1 else 0.0
    scale = width / (days[-1] - days[0]).days if len(days) > 1 else 0.0
    xs = [(day - days[0]).days * scale if day else None for day in due]
    points = [(x or 0.0, line * LINE) for x, line in zip(xs, _lines(xs, neighbours), strict=True)]
    dated = [y for (_, y), x in zip(points, xs, strict=True) if x is not None] or [0.0]
    columns, top, bottom = 0, min(dated), max(dated)
    left = width + BESIDE if days else 0.0
    undated = [node for node, day in enumerate(due) if day is None]
    if undated:
        columns, top, bottom = _place_undated(points, undated, neighbours, (left, top, bottom))
    spare = max(0.0, FEWEST_LINES * LINE - (bottom - top)) / 2
    rows = (float(round(top - LINE - spare)), float(round(bottom + LINE * 0.7 + spare)))
    bands = []
    if undated:
        right = left + max(columns - 0.5, 1.5) * APART
        bands.append(Band(float(round(left - APART / 2)), rows[0], float(round(right)), rows[1], UNDATED))
    if days:
        bands.append(Band(-APART / 2, rows[0], float(round(width + APART / 2)), rows[1], ""))
    return Layout(
        tuple((float(round(x)), float(round(y))) for x, y in points),
        tuple(bands),
        tuple(Tick(round((day - days[0]).days * scale), words) for day, words in _ticks(days)),
        AXIS if days else "",
    )


def _lines(xs: Sequence[float | None], neighbours: Sequence[Sequence[int]]) -> list[int]:
    """Give each dated action a line that is free at its day, near the lines of those it is linked with.

    Actions without links have the lines below.
    """
    lines = [0] * len(xs)
    dated = sorted((x, node) for node, x in enumerate(xs) if x is not None and neighbours[node])
    known: set[int] = set()
    last: dict[int, float] = {}
    for sweep in range(SWEEPS):
        last = {}
        for x, node in dated if sweep % 2 == 0 else reversed(dated):
            near = [lines[other] for other in neighbours[node] if other in known]
            wish = sum(near) / len(near) if near else 0.0
            lines[node] = _free_line(wish, x, last)
            last[lines[node]] = x
            known.add(node)
    below = max((lines[node] for _, node in dated), default=-1) + 1
    last = {}
    for x, node in sorted((x, node) for node, x in enumerate(xs) if x is not None and not neighbours[node]):
        lines[node] = next(line for line in count(below) if line not in last or x - last[line] >= APART)
        last[lines[node]] = x
    return lines


def _free_line(wish: float, x: float, last: dict[int, float]) -> int:
    """Give the line nearest to a wish whose last action is far enough away."""
    start = math.floor(wish + 0.5)
    reach = 0
    while True:
        for line in dict.fromkeys((start - reach, start + reach) if wish < start else (start + reach, start - reach)):
            if line not in last or abs(last[line] - x) >= APART:
                return line
        reach += 1


def _place_undated(
    points: list[tuple[float, float]],
    undated: Sequence[int],
    neighbours: Sequence[Sequence[int]],
    beside: tuple[float, float, float],
) -> tuple[int, float, float]:
    """Set the actions without a date into columns, near those they are linked with.

    They begin at the left of what they stand beside and go about its middle from top to bottom; given are
    the number of columns, the top and the bottom of all.
    """
    left, top, bottom = beside
    without = set(undated)

    def wish(node: int) -> float:
        near = [points[other][1] for other in neighbours[node] if other not in without]
        return sum(near) / len(near) if near else (top + bottom) / 2

    high = max(round((bottom - top) / LINE) + 1, math.ceil(math.sqrt(len(undated))))
    columns = math.ceil(len(undated) / high)
    rows = math.ceil(len(undated) / columns)
    begin = (top + bottom) / 2 - (rows - 1) * LINE / 2
    for place, node in enumerate(sorted(undated, key=lambda node: (wish(node), node))):
        points[node] = (left + place % columns * APART, begin + place // columns * LINE)
    return columns, min(top, begin), max(bottom, begin + (rows - 1) * LINE)


def _ticks(days: Sequence[date]) -> list[tuple[date, str]]:
    """Give the days of the axis that are named: first days of months or years, not too many; or the only day."""
    if len(days) <= 1:
        return [(day, _day(day)) for day in days]
    first, end = days[0], days[-1]
    months = (end.year - first.year) * 12 + end.month - first.month + 1
    every = next((step for step in MONTHS if months / step <= MOST_TICKS), MONTHS[-1])
    begin = first.year * 12 + first.month - 1
    ticks = []
    for month in range(begin - begin % every, end.year * 12 + end.month, every):
        day = date(month // 12, month % 12 + 1, 1)
        if first <= day <= end:
            ticks.append((day, _day(day) if every < 12 else str(day.year)))  # noqa: PLR2004 - a year
    return ticks or [(first, _day(first)), (end, _day(end))]


def _day(day: date) -> str:
    return f"{day.day} {day:%b} {day.year}"
