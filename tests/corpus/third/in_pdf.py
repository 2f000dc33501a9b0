"""Documents in PDF: a wide sheet, upright tables, boxes, colours without words, an objective beside its actions."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A3, A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, PageBreak, Spacer, Table

from tests.corpus.printed import sections
from tests.corpus.writing.pdf import (
    BAR,
    BODY,
    GRID,
    HEAD,
    HEADING,
    LARGE,
    MIDDLE,
    NOTE,
    SIDES,
    TIGHT,
    TITLE,
    TOP,
    WHITE,
    closing,
    furniture,
    line,
    opening,
    over_pages,
    text,
    written,
)

from .printed import printed

GREEN, SLATE, SAND = colors.HexColor("#2E6B3A"), colors.HexColor("#34495E"), colors.HexColor("#F3EBDD")
LIGHTS = {"Blue": "#5B9BD5", "Green": "#70AD47", "Amber": "#FFC000", "Red": "#E0402F"}
ROOMY = [("TOPPADDING", (0, 0), (-1, -1), 6), ("BOTTOMPADDING", (0, 0), (-1, -1), 7)]
LABEL = ParagraphStyle("label", parent=HEAD, textColor=SLATE, fontSize=7.5)
SMALL = ParagraphStyle("small", parent=WHITE, fontSize=8)


def widths(*parts: float) -> list[float]:
    return [part * mm for part in parts]


def air(folder: Path) -> Path:
    """Write one wide table with a heading of two levels and a band over the width before each category."""
    name = "saltwick-air.pdf"
    content = printed(name)
    upper: list[Any] = []
    style: list[Any] = [GRID, TOP, *SIDES, *ROOMY, ("BACKGROUND", (0, 0), (-1, 1), GREEN)]
    for words, over in content["upper"]:
        style.append(("SPAN", (len(upper), 0), (len(upper) + over - 1, 0)))
        upper += [text(words, BAR), *[""] * (over - 1)]
    style.append(("ALIGN", (0, 0), (-1, 0), "CENTER"))
    cells: list[Any] = [upper, line(content["head"], WHITE)]
    for at, row in enumerate(content["rows"], 2):
        if "section" in row:
            style += [("SPAN", (0, at), (-1, at)), ("BACKGROUND", (0, at), (-1, at), colors.HexColor("#D5E8D4"))]
            cells.append([text(row["section"], HEAD), *[""] * (len(content["head"]) - 1)])
        else:
            cells.append(line(row["cells"], LARGE))
    columns = widths(12, 92, 40, 46, 17, 30, 24, 56, 25, 44)
    story = [*opening(content), Table(cells, columns, repeatRows=2, style=style), *closing(content)]
    draw = furniture("Saltwick District Council", "Air Quality Action Plan 2025–2030")
    return written(folder / name, story, content["title"], draw, landscape(A3))


def oral_health(folder: Path) -> Path:
    """Write an upright table under each outcome; one row goes on over the page."""
    name = "strathloan-oral-health.pdf"
    content = printed(name)
    style = [GRID, TOP, *SIDES, *ROOMY, ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#D9E8F5"))]
    story = opening(content)
    for heading, rows in sections(content["rows"]):
        story.append(text(heading["section"], HEADING))
        story += over_pages(content["head"], rows, widths(54, 33, 24, 41, 26), style)
    draw = furniture("NHS Strathloan and Isles", "Oral Health Improvement Plan 2025–2028")
    return written(folder / name, [*story, *closing(content)], content["title"], draw)


def rural_crime(folder: Path) -> Path:
    """Write a box for each action: number and words over the width, then labels, each above its value."""
    name = "wyrevale-rural-crime.pdf"
    content = printed(name)
    _, _, lead_label, date_label, measure_label, state_label, partner_label = line(content["head"], LABEL)
    style = [
        ("BOX", (0, 0), (-1, -1), 1, SLATE),
        TOP,
        *TIGHT,
        *SIDES,
        ("BACKGROUND", (0, 0), (-1, 0), SLATE),
        ("BACKGROUND", (0, 1), (-1, -1), SAND),
        ("LINEAFTER", (0, 1), (-2, -1), 0.4, colors.white),
        ("SPAN", (1, 0), (-1, 0)),
    ]
    story = opening(content)
    for heading, rows in sections(content["rows"]):
        above = [text(heading["section"], HEADING)]
        for row in rows:
            number, words, *values = row["cells"]
            lead, date, measure, state, partner = line(values, MIDDLE)
            cells = [
                [text(number, BAR), text(words, BAR), "", "", ""],
                [lead_label, date_label, measure_label, state_label, partner_label],
                [lead, date, measure, state, partner],
            ]
            table = Table(cells, widths(38, 30, 48, 22, 40), style=style)
            story.append(KeepTogether([*above, table, Spacer(1, 9)]))
            above = []
    draw = furniture("", "Office of the Police and Crime Commissioner for Wyrevale")
    return written(folder / name, [*story, *closing(content)], content["title"], draw)


def damp(folder: Path) -> Path:
    """Write one table whose last cells are filled with a colour and hold no words, and a key of squares above it."""
    name = "brackenhall-damp.pdf"
    content = printed(name)
    key: list[Any] = [[text(word, NOTE) for pair in content["key"] for word in ("", pair[1])]]
    squares: list[Any] = [("VALIGN", (0, 0), (-1, -1), "MIDDLE"), *TIGHT]
    for at, (colour, _) in enumerate(content["key"]):
        squares.append(("BACKGROUND", (2 * at, 0), (2 * at, 0), colors.HexColor(LIGHTS[colour])))
    cells: list[Any] = [line(content["head"], SMALL)]
    style: list[Any] = [GRID, TOP, *SIDES, *ROOMY, ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#6A1B4D"))]
    for at, row in enumerate(content["rows"], 1):
        if "section" in row:
            style += [("SPAN", (0, at), (-1, at)), ("BACKGROUND", (0, at), (-1, at), colors.HexColor("#EAD7E3"))]
            cells.append([text(row["section"], HEAD), *[""] * (len(content["head"]) - 1)])
        else:
            style.append(("BACKGROUND", (-1, at), (-1, at), colors.HexColor(LIGHTS[row["colour"]])))
            cells.append(line(row["cells"], MIDDLE))
    story = [
        *opening(content),
        Table(key, widths(6, 26) + widths(6, 26) * 3, style=squares, hAlign="LEFT"),
        Spacer(1, 8),
        Table(cells, widths(11, 62, 34, 26, 34, 12), repeatRows=1, style=style),
        *closing(content),
    ]
    draw = furniture("Brackenhall Homes", "Damp, Mould and Condensation Action Plan")
    return written(folder / name, story, content["title"], draw)


def age_friendly(folder: Path) -> Path:
    """Write a cover, then a table in which an objective stands once beside its actions."""
    name = "slievemore-age-friendly.pdf"
    content = printed(name)
    cells: list[Any] = [line(content["head"], WHITE)]
    style: list[Any] = [GRID, TOP, *SIDES, *ROOMY, ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#1B5E7B"))]
    starts = [at for at, row in enumerate(content["rows"], 1) if row["cells"][0]] + [len(content["rows"]) + 1]
    for top, bottom in itertools.pairwise(starts):
        style += [("SPAN", (0, top), (0, bottom - 1)), ("NOSPLIT", (0, top), (0, bottom - 1))]
    for row in content["rows"]:
        first, *rest = row["cells"]
        cells.append([text(first, HEAD), *line(rest, MIDDLE)])
    publisher, title, motto = content["before"]
    story: list[Flowable] = [Spacer(1, 70 * mm), text(publisher, BODY), text(title, TITLE), text(motto, BODY)]
    story += [PageBreak(), Table(cells, widths(36, 11, 76, 42, 30, 25, 45), repeatRows=1, style=style)]
    draw = furniture("Age Friendly Action Plan 2025-2028", content["publisher"], cover=True)
    return written(folder / name, [*story, *closing(content)], content["title"], draw, landscape(A4))
