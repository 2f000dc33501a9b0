"""Writing PDF as a word processor or a publishing program prints it: styles, cells, running headers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

if TYPE_CHECKING:
    from tests.corpus.printed import Row

BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=9.5, leading=12.5, spaceAfter=5)
BOLD = ParagraphStyle("bold", parent=BODY, fontName="Helvetica-Bold")
TITLE = ParagraphStyle("title", parent=BOLD, fontSize=18, leading=23, spaceAfter=8)
HEADING = ParagraphStyle("heading", parent=BOLD, fontSize=12, leading=15, spaceBefore=10, spaceAfter=5)
CELL = ParagraphStyle("cell", fontName="Helvetica", fontSize=8, leading=9.8)
HEAD = ParagraphStyle("head", parent=CELL, fontName="Helvetica-Bold")
WHITE = ParagraphStyle("white", parent=HEAD, textColor=colors.white)
BAR = ParagraphStyle("bar", parent=WHITE, fontSize=9.5, leading=12)
MIDDLE = ParagraphStyle("middle", parent=CELL, fontSize=8.8, leading=11)
LARGE = ParagraphStyle("large", parent=CELL, fontSize=9.5, leading=12)
NOTE = ParagraphStyle("note", parent=CELL, fontSize=7.5, leading=9.5, spaceAfter=2)

NAVY = colors.HexColor("#1F3864")
TOP = ("VALIGN", (0, 0), (-1, -1), "TOP")
GRID = ("GRID", (0, 0), (-1, -1), 0.5, colors.HexColor("#7F7F7F"))
TIGHT = [("TOPPADDING", (0, 0), (-1, -1), 3), ("BOTTOMPADDING", (0, 0), (-1, -1), 3)]
SIDES = [("LEFTPADDING", (0, 0), (-1, -1), 4), ("RIGHTPADDING", (0, 0), (-1, -1), 4)]


def text(words: str, style: ParagraphStyle = CELL) -> Paragraph:
    """Give a paragraph whose printed line breaks are kept; ticks come from the font of symbols."""
    marked = words.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br/>")
    return Paragraph(marked.replace("✓", '<font name="ZapfDingbats">✓</font>'), style)


def line(words: list[str], style: ParagraphStyle = CELL) -> list[Paragraph]:
    return [text(word, style) for word in words]


def cut(row: Row) -> list[list[str]]:
    """Give what stands on this page of a row, and what goes on over the page."""
    cells = row["cells"]
    cuts = {int(place): where for place, where in row.get("cut", {}).items()}
    here = [words[: cuts[place]] if place in cuts else words for place, words in enumerate(cells)]
    over = [words[cuts[place] :] if place in cuts else "" for place, words in enumerate(cells)]
    return [here, over] if cuts else [here]


def furniture(header: str, footer: str, *, cover: bool = False) -> Any:
    """Give what draws the running header, the footer and the number of each page, and none of them on a cover."""

    def draw(canvas: Any, document: Any) -> None:
        width, height = document.pagesize
        number = canvas.getPageNumber()
        canvas.saveState()
        if cover and number == 1:
            canvas.setFillColor(NAVY)
            canvas.rect(0, height - 60 * mm, width, 60 * mm, stroke=0, fill=1)
        else:
            canvas.setFont("Helvetica", 7.5)
            canvas.drawString(16 * mm, height - 10 * mm, header)
            canvas.drawString(16 * mm, 9 * mm, footer)
            canvas.drawRightString(width - 16 * mm, 9 * mm, f"Page {number}")
        canvas.restoreState()

    return draw


def written(
    path: Path, story: list[Flowable], title: str, draw: Any, size: tuple[float, float] = A4, top: float = 16
) -> Path:
    """Write the story to the file, the same bytes each time."""
    document = SimpleDocTemplate(
        str(path),
        pagesize=size,
        leftMargin=16 * mm,
        rightMargin=16 * mm,
        topMargin=top * mm,
        bottomMargin=16 * mm,
        title=title,
        invariant=1,
    )
    document.build(story, onFirstPage=draw, onLaterPages=draw)
    return path


def opening(content: dict[str, Any]) -> list[Flowable]:
    return [text(words, TITLE if words == content["title"] else BODY) for words in content["before"]]


def closing(content: dict[str, Any]) -> list[Flowable]:
    return [Spacer(1, 8), *(text(words, NOTE) for words in content["after"])]


def over_pages(
    head: list[str], rows: list[Row], widths: list[float], style: list[Any], band: Any = None
) -> list[Flowable]:
    """Give a table that ends the page where a row is cut, and goes on with its heading and the rest of the row.

    A row that names a section goes over the whole width, in the colour of the band.
    """
    tables: list[list[Any]] = [[line(head, HEAD)]]
    styles = [[*style]]
    for row in rows:
        if "section" in row:
            at = len(tables[-1])
            styles[-1] += [("SPAN", (0, at), (-1, at)), ("BACKGROUND", (0, at), (-1, at), band)]
            tables[-1].append([text(row["section"], HEAD), *[""] * (len(head) - 1)])
            continue
        here, *over = cut(row)
        tables[-1].append(line(here, MIDDLE))
        tables += [[line(head, HEAD), line(words, MIDDLE)] for words in over]
        styles += [[*style] for _ in over]
    story: list[Flowable] = []
    for number, (cells, drawn) in enumerate(zip(tables, styles, strict=True)):
        story += [PageBreak()] if number else []
        story.append(Table(cells, widths, repeatRows=1, style=drawn))
    return story
