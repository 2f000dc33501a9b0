"""The marks of an SVG: shapes of nodes, lines with arrowheads."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planweave.networks.drawing.names import Circle

__all__ = ["arrow", "mark"]

HEAD = 7.0
BEND = 0.12
"""How far a curved line leaves the straight one, of its length."""


def mark(shape: str, x: float, y: float, radius: float, look: str) -> str:
    """Give the shape of a kind about a point."""
    if shape == "square":
        side = radius * 1.8
        return f'<rect x="{x - side / 2:.1f}" y="{y - side / 2:.1f}" width="{side:.1f}" height="{side:.1f}" {look}/>'
    points = _corners(shape, x, y, radius)
    if not points:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" {look}/>'
    return f'<polygon points="{" ".join(f"{px:.1f},{py:.1f}" for px, py in points)}" {look}/>'


def _corners(shape: str, x: float, y: float, radius: float) -> list[tuple[float, float]]:
    down = math.pi / 2
    match shape:
        case "diamond":
            turn, radii = 0.0, [radius * 1.1] * 4
        case "hexagon":
            turn, radii = 0.0, [radius] * 6
        case "triangle":
            turn, radii = -down, [radius * 1.2] * 3
        case "triangleDown":
            turn, radii = down, [radius * 1.2] * 3
        case "star":
            turn, radii = -down, [radius * 1.25, radius * 0.6] * 5
        case _:
            return []
    step = 2 * math.pi / len(radii)
    return [(x + r * math.cos(turn + n * step), y + r * math.sin(turn + n * step)) for n, r in enumerate(radii)]


def arrow(one: Circle, other: Circle, heads: tuple[bool, bool], look: str, colour: str, *, curved: bool) -> str:
    """Give the line from one node to another, with heads at its end and its beginning as asked.

    A curved line bends to the left of its way, so that lines over the same nodes can be told apart.
    """
    dx, dy = other.x - one.x, other.y - one.y
    length = math.hypot(dx, dy)
    if length < one.radius:
        return f'<circle cx="{one.x:.1f}" cy="{one.y - one.radius * 1.6:.1f}" r="{one.radius:.1f}" fill="none" {look}/>'
    bend = BEND if curved else 0.0
    middle = ((one.x + other.x) / 2 + dy * bend * 2, (one.y + other.y) / 2 - dx * bend * 2)
    start = _rim(one, middle, 5.0 if heads[1] else 0.0)
    end = _rim(other, middle, 5.0 if heads[0] else 0.0)
    path = f'<path d="M{start[0]:.1f} {start[1]:.1f}Q{middle[0]:.1f} {middle[1]:.1f} {end[0]:.1f} {end[1]:.1f}"'
    drawn = f'{path} fill="none" {look}/>'
    if heads[0]:
        drawn += _head(middle, _rim(other, middle, 1.0), colour)
    if heads[1]:
        drawn += _head(middle, _rim(one, middle, 1.0), colour)
    return drawn


def _rim(circle: Circle, towards: tuple[float, float], gap: float) -> tuple[float, float]:
    """Give the point on the rim of a node, or a little outside, in a direction."""
    dx, dy = towards[0] - circle.x, towards[1] - circle.y
    part = (circle.radius + gap) / (math.hypot(dx, dy) or 1.0)
    return circle.x + dx * part, circle.y + dy * part


def _head(before: tuple[float, float], tip: tuple[float, float], colour: str) -> str:
    angle = math.atan2(tip[1] - before[1], tip[0] - before[0])
    sides = [(tip[0] - HEAD * math.cos(angle + turn), tip[1] - HEAD * math.sin(angle + turn)) for turn in (-0.45, 0.45)]
    corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in (tip, *sides))
    return f'<polygon points="{corners}" fill="{colour}"/>'
