"""Documents in PDF: ruled tables, lines between rows only, no lines, a tracker over pages, cards, prose with labels."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer, Table

from tests.corpus.printed import Row, sections
from tests.corpus.writing.pdf import (
    BAR,
    BODY,
    BOLD,
    GRID,
    HEAD,
    HEADING,
    LARGE,
    SIDES,
    TIGHT,
    TOP,
    closing,
    furniture,
    opening,
    over_pages,
    text,
    written,
)

from .printed import printed

PLUM, TEAL = colors.HexColor("#4A235A"), colors.HexColor("#0B5351")
PALE = colors.HexColor("#E3EEF0")
AIRY = [("TOPPADDING", (0, 0), (-1, -1), 5), ("BOTTOMPADDING", (0, 0), (-1, -1), 6)]
LOOSE = [("TOPPADDING", (0, 0), (-1, -1), 7), ("BOTTOMPADDING", (0, 0), (-1, -1), 9)]
SMALL_CAPITALS = ParagraphStyle("label", parent=HEAD, fontSize=6.8, leading=9, textColor=PLUM)
CLOSE = ParagraphStyle("close", parent=BODY, spaceAfter=1)


def widths(*parts: float) -> list[float]:
    return [part * mm for part in parts]


def tobacco(folder: Path) -> Path:
    """Write upright pages with a ruled table under each priority."""
    name = "caldmoor-tobacco.pdf"
    content = printed(name)
    style = [GRID, TOP, *SIDES, *AIRY, ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#F6D6AD"))]
    story = opening(content)
    for heading, rows in sections(content["rows"]):
        table = over_pages(content["head"], rows, widths(10, 56, 31, 29, 23, 29), style)
        story += [text(heading["section"], HEADING), *table]
    draw = furniture("Smokefree Caldmoor", "Tobacco Control Alliance")
    return written(folder / name, [*story, *closing(content)], content["title"], draw)


def care_leavers(folder: Path) -> Path:
    """Write a table with lines between its rows and none between its columns; a promise is a row in bold."""
    name = "helmsby-care-leavers.pdf"
    content = printed(name)
    style: list[Any] = [
        TOP,
        *AIRY,
        ("LINEBELOW", (0, 0), (-1, -1), 0.6, TEAL),
        ("LINEABOVE", (0, 0), (-1, 0), 1.2, TEAL),
    ]
    table = over_pages(content["head"], content["rows"], widths(82, 50, 32, 50, 50), style, colors.white)
    draw = furniture("Helmsby City Council", "Corporate Parenting Action Plan")
    story = [*opening(content), *table, *closing(content)]
    return written(folder / name, story, content["title"], draw, landscape(A4))


def heritage(folder: Path) -> Path:
    """Write columns that are made by position alone, without any line."""
    name = "tolworthy-heritage.pdf"
    content = printed(name)
    story = opening(content)
    for heading, rows in sections(content["rows"]):
        table = over_pages(content["head"], rows, widths(11, 64, 37, 25, 15, 28), [TOP, *LOOSE])
        story += [text(heading["section"], HEADING), *table]
    draw = furniture("", "Heritage at Risk and Conservation Areas: Action Plan")
    return written(folder / name, [*story, *closing(content)], content["title"], draw)


def workforce(folder: Path) -> Path:
    """Write a wide tracker with a row in colour before each pillar; one of its rows goes on over the page."""
    name = "ardvale-workforce.pdf"
    content = printed(name)
    style = [GRID, TOP, *SIDES, *AIRY, ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#BFD7EA"))]
    columns = widths(12, 70, 39, 36, 34, 24, 34, 15)
    table = over_pages(content["head"], content["rows"], columns, style, PALE)
    draw = furniture("NHS Ardvale", "People and Workforce Plan 2025/26")
    story = [*opening(content), *table, *closing(content)]
    return written(folder / name, story, content["title"], draw, landscape(A4))


def card(row: Row, labels: list[str]) -> Table:
    """Give one card: number and action on a ground of colour, below it each label over its value."""
    number, action, *values = row["cells"]
    cells: list[Any] = [[text(number, BAR), text(action, BAR)]]
    style: list[Any] = [TOP, *TIGHT, ("BOX", (0, 0), (-1, -1), 0.8, PLUM), ("BACKGROUND", (0, 0), (-1, 0), PLUM)]
    for label, value in zip(labels, values, strict=True):
        if value:
            at = len(cells)
            style += [("SPAN", (0, at), (-1, at))]
            cells.append([[text(label, SMALL_CAPITALS), text(value, LARGE)], ""])
    return Table(cells, widths(13, 70), style=style)


def night(folder: Path) -> Path:
    """Write cards, two side by side."""
    name = "quayhaven-night.pdf"
    content = printed(name)
    story: list[Flowable] = opening(content)
    for heading, rows in sections(content["rows"]):
        above = [text(heading["section"], HEADING)]
        for at in range(0, len(rows), 2):
            cards: list[Any] = [card(row, content["head"][2:]) for row in rows[at : at + 2]]
            beside = Table([[*cards, ""][:2]], widths(89, 89), style=[TOP])
            story.append(KeepTogether([*above, beside]))
            above = []
    draw = furniture("After Dark", "Quayhaven Business Improvement District")
    return written(folder / name, [*story, *closing(content)], content["title"], draw)


def labelled(*pairs: tuple[str, str]) -> Paragraph:
    """Give one line of labels in bold, each before its value."""
    return Paragraph("&nbsp;&nbsp;&nbsp;&nbsp; ".join(f"<b>{label}:</b> {value}" for label, value in pairs), CLOSE)


def sexual_health(folder: Path) -> Path:
    """Write no table: actions in bold, under each a line of lead and date and one of what will be different."""
    name = "strathmere-sexual-health.pdf"
    content = printed(name)
    _, lead_label, date_label, outcome_label = content["head"]
    story: list[Flowable] = opening(content)
    for heading, rows in sections(content["rows"]):
        story += [text(heading["section"], HEADING), text(heading["note"], BODY)]
        for row in rows:
            action, lead, date, outcome = row["cells"]
            block = [text(action, BOLD), labelled((lead_label, lead), (date_label, date))]
            block += [labelled((outcome_label, outcome))] if outcome else []
            story.append(KeepTogether([*block, Spacer(1, 7)]))
    draw = furniture("Strathmere Health and Social Care Partnership", "Sexual Health and HIV Action Plan")
    return written(folder / name, [*story, *closing(content)], content["title"], draw)
