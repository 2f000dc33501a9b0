"""Printing plans as PDF: one table or a table under each heading, ruled or not, with bands, merged cells and fills."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, PageBreak, Table

from tests.corpus.printed import Row, sections
from tests.corpus.writing.pdf import (
    BODY,
    GRID,
    HEADING,
    MIDDLE,
    SIDES,
    TIGHT,
    TOP,
    WHITE,
    closing,
    furniture,
    line,
    opening,
    text,
    written,
)

if TYPE_CHECKING:
    from reportlab.lib.styles import ParagraphStyle

LYING = landscape(A4)
BETWEEN = ("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.HexColor("#8C8C8C"))
NONE = TOP
"""No lines: nothing but that the words stand at the top of their cells."""


@dataclass(frozen=True)
class Look:
    """How a table looks: the widths of its columns in millimetres, its colours and its lines."""

    widths: tuple[float, ...]
    colour: str | None = None
    """The colour of the heading row; none without one."""
    lines: tuple[Any, ...] = GRID
    head: ParagraphStyle = WHITE
    cell: ParagraphStyle = MIDDLE
    bands: tuple[str, ...] = ()
    """The colours of the rows over the width, one after the other and over again."""
    band: ParagraphStyle = WHITE
    fills: Mapping[str, str] = field(default_factory=dict)
    """The words of a state → the colour of its cell."""
    tint: str | None = None
    """The colour of every second row."""
    beside: bool = False
    """Whether the first cell goes down beside the rows whose own first cell is empty."""


def laid_out(head: list[str], rows: list[Row], look: Look) -> Table:
    """Give a table whose heading row comes again on each page."""
    cells: list[list[Any]] = [line(head, look.head)]
    style: list[Any] = [look.lines, TOP, *SIDES, *TIGHT, *filled(0, look.colour)]
    bands = itertools.cycle(look.bands or (None,))
    for at, row in enumerate(rows, 1):
        if "section" in row:
            style += [("SPAN", (0, at), (-1, at)), *filled(at, next(bands))]
            cells.append([text(row["section"], look.band), *[""] * (len(head) - 1)])
            continue
        style += filled(at, look.tint if at % 2 == 0 else None)
        style += [
            ("BACKGROUND", (column, at), (column, at), colors.HexColor(look.fills[words]))
            for column, words in enumerate(row["cells"])
            if words in look.fills
        ]
        cells.append(line(row["cells"], look.cell))
    if look.beside:
        style += joined(rows)
    widths = [width * mm for width in look.widths]
    return Table(cells, widths, repeatRows=1, style=style)


def filled(at: int, colour: str | None) -> list[Any]:
    """Give the style that fills a row with a colour, if there is one."""
    return [("BACKGROUND", (0, at), (-1, at), colors.HexColor(colour))] if colour else []


def joined(rows: list[Row]) -> list[Any]:
    """Give the style by which a first cell goes down to the next one, never over the page."""
    starts = [at for at, row in enumerate(rows, 1) if row["cells"][0]] + [len(rows) + 1]
    return [
        command
        for top, bottom in itertools.pairwise(starts)
        for command in (("SPAN", (0, top), (0, bottom - 1)), ("NOSPLIT", (0, top), (0, bottom - 1)))
    ]


def under_headings(content: dict[str, Any], look: Look, *, apart: bool = False) -> list[Flowable]:
    """Give a table under each heading, with the note that stands between, each on a page of its own if apart."""
    story: list[Flowable] = []
    for number, (heading, rows) in enumerate(sections(content["rows"])):
        story.append(PageBreak() if apart and number else CondPageBreak(45 * mm))
        story += [text(heading["section"], HEADING), *(text(note, BODY) for note in [heading.get("note")] if note)]
        story.append(laid_out(content["head"], rows, look))
    return story


def plan(
    path: Path, content: dict[str, Any], story: list[Flowable], size: tuple[float, float] = LYING, header: str = ""
) -> Path:
    """Write a plan: what opens it, its tables, what closes it, with the publisher and a number on each page."""
    draw = furniture(header, content["publisher"])
    return written(path, [*opening(content), *story, *closing(content)], content["title"], draw, size)
