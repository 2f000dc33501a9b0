"""Documents in PDF: what a word processor or a publishing program would have printed."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, PageBreak, Spacer, Table

from tests.corpus.printed import sections
from tests.corpus.writing.pdf import (
    BAR,
    BODY,
    BOLD,
    GRID,
    HEAD,
    HEADING,
    LARGE,
    NAVY,
    SIDES,
    TIGHT,
    TOP,
    WHITE,
    closing,
    cut,
    furniture,
    line,
    opening,
    over_pages,
    text,
    written,
)

from .printed import printed

TEAL, PLUM = colors.HexColor("#0B6E6E"), colors.HexColor("#5B2A5E")
PALE = colors.HexColor("#E8EEF4")
LIGHTS = {"Blue": "#9DC3E6", "Green": "#92D050", "Amber": "#FFC000", "Grey": "#D0CECE"}


def themed(head: list[str], rows: list[Any]) -> Table:
    """Give a table whose themes are rows over the whole width and whose last column is coloured."""
    cells: list[Any] = [line(head, WHITE)]
    style: list[Any] = [GRID, TOP, *SIDES, ("BACKGROUND", (0, 0), (-1, 0), NAVY)]
    for at, row in enumerate(rows, 1):
        if "section" in row:
            style += [("SPAN", (0, at), (-1, at)), ("BACKGROUND", (0, at), (-1, at), colors.HexColor("#BDD7EE"))]
            cells.append([text(row["section"], HEAD), *[""] * 8])
        else:
            style.append(("BACKGROUND", (8, at), (8, at), colors.HexColor(LIGHTS.get(row[8], "#FFFFFF"))))
            cells.append(line(row, LARGE))
    widths = [part * mm for part in (11, 64, 32, 38, 25, 15, 20, 43, 17)]
    return Table(cells, widths, repeatRows=1, style=style)


def buses(folder: Path) -> Path:
    """Write a cover, a foreword and contents, then one long table with its themes as rows and a RAG column."""
    name = "ister-buses.pdf"
    content = printed(name)
    story: list[Flowable] = [Spacer(1, 70 * mm), *opening(content), PageBreak()]
    first, *prose, signed = content["foreword"]
    story += [text(first, HEADING), *(text(words, BODY) for words in prose), text(signed, BOLD), Spacer(1, 12)]
    story += [text("Contents", HEADING), Table(content["contents"], [120 * mm, 20 * mm], hAlign="LEFT"), PageBreak()]
    first, *prose = content["notes"]
    story += [text(first, HEADING), *(text(words, BODY) for words in prose)]
    tables: list[list[Any]] = [[]]
    for row in content["rows"]:
        here, *over = cut(row) if "cells" in row else [row]
        tables[-1].append(here)
        tables += [over] if over else []
    for number, rows in enumerate(tables):
        story += [PageBreak()] if number else []
        story.append(themed(content["head"], rows))
    draw = furniture(content["title"], content["publisher"], cover=True)
    return written(folder / name, [*story, PageBreak(), *closing(content)], content["title"], draw, landscape(A4))


def self_harm(folder: Path) -> Path:
    """Write a table under each objective whose rows run on over the pages."""
    name = "glanmorwen-selfharm.pdf"
    content = printed(name)
    widths = [part * mm for part in (9, 37, 28, 24, 20, 29, 36)]
    shade = ("BACKGROUND", (0, 0), (-1, 0), colors.lightgrey)
    style = [GRID, TOP, *SIDES, shade, ("TOPPADDING", (0, 0), (-1, -1), 7), ("BOTTOMPADDING", (0, 0), (-1, -1), 8)]
    story = opening(content)
    for heading, rows in sections(content["rows"]):
        story.append(text(heading["section"], HEADING))
        story += over_pages(content["head"], rows, widths, style)
    draw = furniture("", "Suicide and Self-harm Prevention Action Plan – progress January 2025")
    return written(folder / name, [*story, *closing(content)], content["title"], draw)


def nature(folder: Path) -> Path:
    """Write an objective once beside its actions, and ticks in the columns of the years."""
    name = "harrowfell-nature.pdf"
    content = printed(name)
    cells: list[Any] = [line(content["head"], WHITE)]
    style: list[Any] = [GRID, TOP, *TIGHT, *SIDES, ("BACKGROUND", (0, 0), (-1, 0), TEAL)]
    style.append(("ALIGN", (5, 0), (7, -1), "CENTER"))
    starts = [at for at, row in enumerate(content["rows"], 1) if row["cells"][0]] + [len(content["rows"]) + 1]
    for top, bottom in itertools.pairwise(starts):
        style += [("SPAN", (0, top), (0, bottom - 1)), ("NOSPLIT", (0, top), (0, bottom - 1))]
        style.append(("BACKGROUND", (0, top), (0, bottom - 1), colors.HexColor("#DFF0EE")))
    for row in content["rows"]:
        first, *rest = row["cells"]
        cells.append([text(first, HEAD), *line(rest)])
    widths = [part * mm for part in (32, 11, 68, 32, 42, 13, 13, 13, 40)]
    story = [*opening(content), Table(cells, widths, repeatRows=1, style=style), *closing(content)]
    draw = furniture("", "Harrowfell National Park Management Plan Part 3")
    return written(folder / name, story, content["title"], draw, landscape(A4))


def neighbourhood(folder: Path) -> Path:
    """Write a card for each action: a bar with its number and title over labels and values."""
    name = "eskshire-neighbourhood.pdf"
    content = printed(name)
    _, owner, partners, due, measure, status, position = line(content["head"], HEAD)
    story = opening(content)
    style: list[Any] = [
        ("BOX", (0, 0), (-1, -1), 0.8, NAVY),
        ("INNERGRID", (0, 1), (-1, -1), 0.3, colors.lightgrey),
        TOP,
        *TIGHT,
        ("BACKGROUND", (0, 0), (-1, 0), NAVY),
        ("BACKGROUND", (0, 1), (0, -1), PALE),
        ("BACKGROUND", (2, 1), (2, 2), PALE),
        *[("SPAN", *place) for place in (((0, 0), (-1, 0)), ((1, 3), (-1, 3)), ((1, 4), (-1, 4)))],
    ]
    for heading, rows in sections(content["rows"]):
        story.append(text(heading["section"], HEADING))
        for row in rows:
            number, title, *rest = row["cells"]
            lead, partner, date, outcome, state, latest = line(rest)
            cells = [
                [text(f"{content['head'][0]} {number}: {title}", BAR), "", "", ""],
                [owner, lead, due, date],
                [partners, partner, status, state],
                [measure, outcome, "", ""],
                [position, latest, "", ""],
            ]
            widths = [part * mm for part in (28, 66, 20, 64)]
            story += [KeepTogether([Table(cells, widths, style=style), Spacer(1, 8)])]
    draw = furniture("Eskshire Constabulary – OFFICIAL", content["title"])
    return written(folder / name, [*story, *closing(content)], content["title"], draw)


def flood(folder: Path) -> Path:
    """Write banded rows without lines between the columns, with sub-actions under one measure."""
    name = "lodmoor-flood.pdf"
    content = printed(name)
    widths = [part * mm for part in (12, 70, 34, 42, 30, 25, 38, 20)]
    story = opening(content)
    for heading, rows in sections(content["rows"]):
        cells = [line(content["head"], WHITE), *(line(row["cells"]) for row in rows)]
        style = [
            TOP,
            *SIDES,
            ("BACKGROUND", (0, 0), (-1, 0), PLUM),
            ("ROWBACKGROUNDS", (0, 1), (-1, -1), [colors.white, colors.HexColor("#F1EAF2")]),
            ("LINEBELOW", (0, -1), (-1, -1), 0.7, PLUM),
        ]
        story += [text(heading["section"], HEADING), Table(cells, widths, repeatRows=1, style=style)]
    draw = furniture("Lodmoor County Council", "Local Flood Risk Management Strategy – Annex C")
    return written(folder / name, [*story, *closing(content)], content["title"], draw, landscape(A4))
