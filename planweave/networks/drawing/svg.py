"""A network → one SVG for a report: drawn in Python on A4 across, with title, names and legend."""

from __future__ import annotations

import math
import re
import textwrap
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

from planweave.networks.drawing.marks import arrow, mark
from planweave.networks.drawing.names import Circle, placed_names, width_of
from planweave.networks.drawing.options import Options
from planweave.networks.drawing.picture import counted, picture_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planweave.networks.drawing.links import Link
    from planweave.networks.drawing.picture import Picture
    from planweave.networks.network import Network

__all__ = ["svg"]

WIDE: Final = 1108
HIGH: Final = 760
"""The paper: A4 across within its margins, four units to the millimetre."""

EDGE: Final = 16
SIZE: Final = 12
FONT: Final = "'Source Sans 3','Segoe UI',Roboto,'Helvetica Neue',Arial,'Liberation Sans',sans-serif"
INK, SOFT, LINE, WASH, PAPER = "#17242b", "#4b5a62", "#d9d5ca", "#f3f0e8", "#ffffff"
LINK, PALE, FAR, RING = "#7f8c91", "#b9c1c4", "#8f1d12", "#7d4700"
WIDEST: Final = 7.0
MANY: Final = 900
FAINT: Final = 0.35
"""Above so many links each is drawn fainter, by this much."""

NAMED: Final = 5
"""So many of the heaviest nodes are named in the description."""

NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def svg(network: Network, *, options: Options | None = None) -> str:
    """Give the drawing of a network as SVG: the same network always gives the same text.

    Parameters
    ----------
    network
        As ``graph.network(…)`` gives it; of one that is too large, the heaviest part is drawn.
    options
        How much is shown.
    """
    options = options or Options()
    return _Sheet(picture_of(network, options), options).text()


def _text(x: float, y: float, words: str, size: float = SIZE, more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}"{more}>{_clean(words)}</text>'


def _clean(words: str) -> str:
    return escape(NOT_XML.sub(" ", words))


class _Sheet:
    """A picture on paper: the head, the drawing in what is left, the legend at the foot."""

    def __init__(self, picture: Picture, options: Options) -> None:
        self.picture = picture
        self.options = options
        self.foot = list(self._legend())
        self.head_bottom, self.head = self._head()
        self._fit()

    def text(self) -> str:
        """Give the whole SVG."""
        picture = self.picture
        body = [*self.head, *self._ground(), *self._links(), *self._nodes(), *self.foot] if picture.nodes else self.head
        size = f'viewBox="0 0 {WIDE} {HIGH}" width="277mm" height="190mm"'
        look = f'font-family={quoteattr(FONT)} fill="{INK}"'
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title desc" {look}>',
            f'<title id="title">{_clean(picture.title)}</title>',
            f'<desc id="desc">{_clean(self._description())}</desc>',
            f'<rect width="{WIDE}" height="{HIGH}" fill="{PAPER}"/>',
            *body,
            "</svg>",
        ]
        return "\n".join(parts) + "\n"

    def _description(self) -> str:
        picture = self.picture
        if not picture.nodes:
            return "There is nothing to draw: the question finds nothing in these plans."
        heavy = sorted(picture.nodes, key=lambda node: (-node.load, node.label))[:NAMED]
        said = ", ".join(f"{node.name} ({node.load:,})" for node in heavy)
        links = counted(len(picture.links), ("link", "links"))
        return " ".join(
            [f"{counted(len(picture.nodes), picture.noun)}, {links}. The largest: {said}.", *picture.notices]
        )

    def _head(self) -> tuple[float, list[str]]:
        """Give title, question, counts and notices, and how far down they go."""
        picture = self.picture
        y, lines = 30.0, []
        for line in textwrap.wrap(picture.title, 80) or [""]:
            lines.append(_text(EDGE, y, line, 22, ' font-weight="600"'))
            y += 26
        said = [picture.text] if picture.text else []
        count = f"{counted(len(picture.nodes), picture.noun)}, {counted(len(picture.links), ('link', 'links'))}."
        nothing = ["There is nothing to draw: the question finds nothing in these plans."]
        for words in [*said, *([count] if picture.nodes else nothing), *picture.notices]:
            for line in textwrap.wrap(words, 165):
                lines.append(_text(EDGE, y - 4, line, 13, f' fill="{SOFT}"'))
                y += 17
        return y, lines

    def _legend(self) -> Iterator[str]:
        """Give the kinds with their marks and numbers, and what sizes and lines mean, from the foot upwards."""
        picture = self.picture
        counts = [sum(1 for node in picture.nodes if node.kind == number) for number in range(len(picture.kinds))]
        entries = [(kind, f"{kind.words} ({count:,})") for kind, count in zip(picture.kinds, counts, strict=True)]
        rows: list[list[tuple[float, int]]] = [[]]
        x = float(EDGE)
        for number, (_, words) in enumerate(entries):
            width = 34 + width_of(words, 13)
            if rows[-1] and x + width > WIDE - EDGE:
                rows.append([])
                x = float(EDGE)
            rows[-1].append((x, number))
            x += width
        self.foot_top = HIGH - 34 - 20 * len(rows)
        for row, places in enumerate(rows):
            y = self.foot_top + 20 * (row + 1)
            for left, number in places:
                kind, words = entries[number]
                yield mark(kind.shape, left + 7, y - 4.5, 6.5, f'fill="{kind.light}"')
                yield _text(left + 20, y, words, 13)
        yield _text(EDGE, HIGH - 12, "; ".join(self._marks()), 12, f' fill="{SOFT}"')

    def _marks(self) -> Iterator[str]:
        picture = self.picture
        if not picture.by_date:
            yield "Larger: more actions" if any(node.actions for node in picture.nodes) else "Larger: heavier"
            yield "thicker: a heavier link"
            return
        yield "One arrowhead: one refers to the other"
        yield "two arrowheads: each refers to the other"
        if any(link.ring for link in picture.links):
            yield "brown and thicker: part of a ring of references"
        if any(self._is_far(link) for link in picture.links):
            yield f"dashed and red: due more than {self.options.far_apart} days apart"

    def _is_far(self, link: Link) -> bool:
        return link.days is not None and link.days > self.options.far_apart

    def _fit(self) -> None:
        """Work out how the places of the layout come onto the paper."""
        layout = self.picture.layout
        xs = [x for x, _ in layout.points] + [side for band in layout.bands for side in (band.left, band.right)]
        ys = [y for _, y in layout.points] + [side for band in layout.bands for side in (band.top, band.bottom)]
        left, top = EDGE + 50, self.head_bottom + 24
        right, bottom = WIDE - EDGE - 50, self.foot_top - 40
        if not xs:
            xs = ys = [0.0]
        wide, high = max(xs) - min(xs), max(ys) - min(ys)
        self.scale = min(1.0, (right - left) / max(wide, 1), (bottom - top) / max(high, 1))
        self.shift_x = (left + right) / 2 - (min(xs) + wide / 2) * self.scale
        self.shift_y = (top + bottom) / 2 - (min(ys) + high / 2) * self.scale
        crowd = max(0.35, min(0.8, self.scale))
        self.circles = [
            Circle(*self._at(*point), node.radius * crowd, node.name, node.abbreviation)
            for node, point in zip(self.picture.nodes, layout.points, strict=True)
        ]

    def _at(self, x: float, y: float) -> tuple[float, float]:
        return x * self.scale + self.shift_x, y * self.scale + self.shift_y

    def _ground(self) -> Iterator[str]:
        """Give the bands and the axis."""
        layout = self.picture.layout
        for band in layout.bands:
            x, y = self._at(band.left, band.top)
            to_x, to_y = self._at(band.right, band.bottom)
            yield f'<rect x="{x:.1f}" y="{y:.1f}" width="{to_x - x:.1f}" height="{to_y - y:.1f}" fill="{WASH}"/>'
            if band.words:
                yield _text(x, y - 6, band.words, SIZE, f' fill="{SOFT}" font-weight="600"')
            elif layout.axis:
                yield from self._axis(x, y, to_y)

    def _axis(self, left: float, top: float, bottom: float) -> Iterator[str]:
        free = -math.inf
        for tick in self.picture.layout.ticks:
            x, _ = self._at(tick.x, 0)
            yield f'<path d="M{x:.1f} {top:.1f}V{bottom:.1f}" stroke="{LINE}" stroke-width="1.5"/>'
            half = width_of(tick.words, SIZE) / 2 + 4
            if x - half >= free:
                yield _text(x, top - 6, tick.words, SIZE, f' fill="{SOFT}" text-anchor="middle"')
                free = x + half
        yield _text(left, bottom + 16, self.picture.layout.axis, SIZE, f' fill="{SOFT}"')

    def _links(self) -> Iterator[str]:
        picture = self.picture
        place = {node.key: circle for node, circle in zip(picture.nodes, self.circles, strict=True)}
        most = max((link.weight for link in picture.links), default=1)
        many = len(picture.links) > MANY
        for link in picture.links:
            width = 1.2 + (WIDEST - 1.2) * (link.weight - 1) / max(5, most - 1) + (1.2 if link.ring else 0)
            far = self._is_far(link)
            width *= FAINT if many else 1
            colour = FAR if far else RING if link.ring else PALE if many else LINK
            dashes = ' stroke-dasharray="7 4"' if far else ""
            look = f'stroke="{colour}" stroke-width="{width:.2g}"{dashes}'
            heads = (picture.directed, link.mutual)
            yield arrow(place[link.source], place[link.target], heads, look, colour, curved=picture.by_date)

    def _nodes(self) -> Iterator[str]:
        picture = self.picture
        for node, circle in zip(picture.nodes, self.circles, strict=True):
            kind = picture.kinds[node.kind]
            yield mark(kind.shape, circle.x, circle.y, circle.radius, f'fill="{kind.light}" stroke="{PAPER}"')
        first = sorted(range(len(picture.nodes)), key=lambda number: (-picture.nodes[number].load, number))
        weight = "600" if picture.by_date else "400"
        look = (
            f' text-anchor="middle" font-weight="{weight}" stroke="{PAPER}" stroke-width="3" stroke-linejoin="round"'
            ' paint-order="stroke"'
        )
        for name in placed_names([self.circles[number] for number in first], SIZE):
            for line, words in enumerate(name.lines):
                yield _text(name.x, name.y + line * SIZE * 1.2, words, SIZE, look)
