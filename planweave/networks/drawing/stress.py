"""Where the nodes of one connected part stand: as far apart on paper as they are steps apart in the network.

The way is stochastic gradient descent on stress (Zheng, Pawar and Goodman, "Graph Drawing by Stochastic
Gradient Descent", 2019), for large parts with pivots (Ortmann, Klimenta and Brandes, "A Sparse Stress
Model", 2017), in plain Python. Nothing in it is left to chance: the order of the terms is a fixed stride.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import deque
from itertools import combinations
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["spread"]

WHOLE: Final = 100
"""Up to so many nodes every pair counts; beyond, each node's distances to a few pivots."""

PIVOTS: Final = 10
ROUNDS: Final = 60
ROUNDS_WITH_PIVOTS: Final = 10
GOLDEN: Final = math.pi * (3 - math.sqrt(5))

Term = tuple[int, int, float, float, float]
"""Two nodes, their distance, and how heavily it counts for the place of the first and of the second."""


def spread(neighbours: Sequence[Sequence[int]]) -> list[tuple[float, float]]:
    """Give the place of each node of a connected part, one unit for each step.

    Parameters
    ----------
    neighbours
        For each node, the numbers of those it is joined with.
    """
    number = len(neighbours)
    if number == 1:
        return [(0.0, 0.0)]
    order = _steps(neighbours, max(range(number), key=lambda node: (len(neighbours[node]), -node)))
    xs, ys = [0.0] * number, [0.0] * number
    for rank, node in enumerate(sorted(range(number), key=lambda node: (order[node], node))):
        xs[node] = math.sqrt(rank) * math.cos(rank * GOLDEN)
        ys[node] = math.sqrt(rank) * math.sin(rank * GOLDEN)
    whole = number <= WHOLE
    terms = _all_terms(neighbours) if whole else _pivot_terms(neighbours)
    _descend(xs, ys, _strided(terms), ROUNDS if whole else ROUNDS_WITH_PIVOTS)
    return _level(xs, ys)


def _steps(neighbours: Sequence[Sequence[int]], start: int) -> list[int]:
    """Count the steps from one node to each."""
    steps = [-1] * len(neighbours)
    steps[start] = 0
    queue = deque([start])
    while queue:
        node = queue.popleft()
        for other in neighbours[node]:
            if steps[other] < 0:
                steps[other] = steps[node] + 1
                queue.append(other)
    return steps


def _all_terms(neighbours: Sequence[Sequence[int]]) -> list[Term]:
    steps = [_steps(neighbours, node) for node in range(len(neighbours))]
    return [
        (one, other, float(steps[one][other]), 1 / steps[one][other] ** 2, 1 / steps[one][other] ** 2)
        for one, other in combinations(range(len(neighbours)), 2)
    ]


def _pivot_terms(neighbours: Sequence[Sequence[int]]) -> list[Term]:
    """Give the terms of the links, and of each node with some nodes that lie far from each other."""
    number = len(neighbours)
    terms = [(one, other, 1.0, 1.0, 1.0) for one in range(number) for other in neighbours[one] if one < other]
    nearest = [number] * number
    pivot = max(range(number), key=lambda node: (len(neighbours[node]), -node))
    rows = []
    for _ in range(PIVOTS):
        row = _steps(neighbours, pivot)
        rows.append((pivot, row))
        nearest = [min(pair) for pair in zip(nearest, row, strict=True)]
        pivot = max(range(number), key=lambda node: (nearest[node], -node))
    region: list[list[int]] = [[] for _ in rows]
    for node in range(number):
        region[min(range(len(rows)), key=lambda row: (rows[row][1][node], row))].append(node)
    for (at, row), near in zip(rows, region, strict=True):
        reach = sorted(row[node] for node in near)
        for node, steps in enumerate(row):
            if steps > 1:
                terms.append((node, at, float(steps), bisect_right(reach, steps / 2) / steps**2, 0.0))
    return terms


def _strided(terms: list[Term]) -> list[Term]:
    """Mix terms by a fixed stride, about the golden section of their number."""
    number = len(terms)
    stride = max(1, int(number * 0.6180339887))
    while math.gcd(stride, number) != 1:
        stride += 1
    return [terms[place * stride % number] for place in range(number)]


def _descend(xs: list[float], ys: list[float], terms: list[Term], rounds: int) -> None:
    """Move the two nodes of each term towards their distance, in ever smaller steps."""
    farthest = max(distance for _, _, distance, _, _ in terms)
    first, last = max(1.0, farthest) ** 2, 0.02
    shrink = math.log(first / last) / (rounds - 1) if first > last else 0.0
    for turn in range(rounds):
        step = first * math.exp(-shrink * turn)
        for one, other, distance, pull_one, pull_other in terms:
            dx, dy = xs[one] - xs[other], ys[one] - ys[other]
            length = math.sqrt(dx * dx + dy * dy) or 1e-9
            off = (length - distance) / length / 2
            move = min(1.0, step * pull_one) * off
            xs[one] -= move * dx
            ys[one] -= move * dy
            if pull_other:
                move = min(1.0, step * pull_other) * off
                xs[other] += move * dx
                ys[other] += move * dy


def _level(xs: list[float], ys: list[float]) -> list[tuple[float, float]]:
    """Turn a part so that it is wider than high, about its middle."""
    number = len(xs)
    middle_x, middle_y = sum(xs) / number, sum(ys) / number
    points = [(x - middle_x, y - middle_y) for x, y in zip(xs, ys, strict=True)]
    xx = sum(x * x for x, _ in points)
    yy = sum(y * y for _, y in points)
    xy = sum(x * y for x, y in points)
    angle = -math.atan2(2 * xy, xx - yy) / 2
    cos, sin = math.cos(angle), math.sin(angle)
    return [(x * cos - y * sin, x * sin + y * cos) for x, y in points]
