"""Documents in PDF: ruled tables, lines between rows alone, no lines at all, tints, cells merged down, rows over pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak, Spacer, Table

from tests.corpus.writing.pdf import (
    BODY,
    GRID,
    HEAD,
    HEADING,
    LARGE,
    TITLE,
    TOP,
    closing,
    line,
    opening,
    text,
    written,
)
from tests.corpus.writing.printing import BETWEEN, LYING, NONE, Look, laid_out, plan, under_headings

from .printed import printed

BIG = ParagraphStyle("big", parent=LARGE, fontSize=10, leading=12.6)
TALL = ParagraphStyle("tall", parent=LARGE, fontSize=10.5, leading=14, spaceAfter=3)
ROMAN = ParagraphStyle("roman", parent=LARGE, fontName="Times-Roman", fontSize=11, leading=13.5, spaceAfter=2)
ROMAN_HEAD = ParagraphStyle("roman-head", parent=ROMAN, fontName="Times-Bold")
STRONG = ParagraphStyle("strong", parent=HEAD, fontSize=11, leading=15, spaceBefore=4)
DARK = ParagraphStyle("dark", parent=HEAD, fontSize=9, leading=11, textColor=colors.HexColor("#7A1F3D"))
SMALL = ParagraphStyle("small", parent=LARGE, fontSize=8.6, leading=10.6)
UNDER_HEAD = ("LINEBELOW", (0, 0), (-1, 0), 1.2, colors.HexColor("#1B4F72"))


def going_on(story: list[Flowable]) -> list[Flowable]:
    """Give the same story; what does not fit at the foot of a page goes on over it, within a row too."""
    for part in story:
        if isinstance(part, Table):
            part.splitByRow, part.splitInRow = 0, 1
    return story


def numbered(words: str, *, middle: bool = False) -> Any:
    """Give what draws a line of words and the number of the page at the foot of each page."""

    def draw(canvas: Any, document: Any) -> None:
        width, _ = document.pagesize
        foot = f"{words} {canvas.getPageNumber()}"
        canvas.saveState()
        canvas.setFont("Times-Italic", 9)
        if middle:
            canvas.drawCentredString(width / 2, 9 * mm, foot)
        else:
            canvas.drawRightString(width - 16 * mm, 9 * mm, foot)
        canvas.restoreState()

    return draw


def homelessness(folder: Path) -> Path:
    """Write a page of contents, then a ruled table under each priority, and a glossary."""
    content = printed("elmsbury-homelessness.pdf")
    contents = Table([line(entry, BODY) for entry in content["contents"]], [150 * mm, 15 * mm], hAlign="LEFT")
    look = Look((12, 72, 38, 44, 27, 47, 30), "#00445E", cell=TALL)
    story = [text("Contents", HEADING), contents, PageBreak(), *going_on(under_headings(content, look))]
    return plan(
        folder / "elmsbury-homelessness.pdf", content, story, header="Homelessness and Rough Sleeping Action Plan"
    )


def climate(folder: Path) -> Path:
    """Write the key of the states, then one table with a band before each theme and a fill behind each state."""
    content = printed("wharncombe-climate.pdf")
    key = Table([line(entry, SMALL) for entry in content["key"]], [28 * mm, 95 * mm], style=[GRID, TOP], hAlign="LEFT")
    for at, (word, _) in enumerate(content["key"]):
        key.setStyle([("BACKGROUND", (0, at), (0, at), colors.HexColor(content["fills"][word]))])
    bands = ("#2E6B3A", "#2B5C8A", "#8A5A1F", "#3B7A78")
    look = Look((12, 74, 40, 21, 21, 72, 25), "#333333", cell=TALL, bands=bands, fills=content["fills"])
    story = [key, Spacer(1, 10), *going_on([laid_out(content["head"], content["rows"], look)])]
    return plan(folder / "wharncombe-climate.pdf", content, story, header="Appendix 2")


def police(folder: Path) -> Path:
    """Write upright pages with a table under each priority, lines between its rows and none between its columns."""
    content = printed("sedgeholme-police.pdf")
    look = Look((72, 36, 28, 42), lines=BETWEEN, head=ROMAN_HEAD, cell=ROMAN)
    story = [*opening(content), *under_headings(content, look), *closing(content)]
    return written(folder / "sedgeholme-police.pdf", story, content["title"], numbered("", middle=True))


def patient_experience(folder: Path) -> Path:
    """Write columns without lines, with the name of each theme in bold over them."""
    content = printed("lanmoor-patient-experience.pdf")
    look = Look((13, 79, 47, 47, 28, 51), lines=NONE, head=HEAD, cell=TALL, band=STRONG)
    return plan(folder / "lanmoor-patient-experience.pdf", content, [laid_out(content["head"], content["rows"], look)])


def inspection(folder: Path) -> Path:
    """Write one ruled table with what the inspectorate found down beside the actions."""
    content = printed("tidewell-inspection.pdf")
    look = Look((48, 10, 66, 38, 21, 22, 60), "#F3DCE3", head=DARK, cell=LARGE, beside=True)
    story = [laid_out(content["head"], content["rows"], look)]
    return plan(folder / "tidewell-inspection.pdf", content, story, header="OFFICIAL")


def complaints(folder: Path) -> Path:
    """Write an upright ruled table with a number before each row."""
    content = printed("farrowgate-complaints.pdf")
    look = Look((9, 44, 62, 33, 30), "#5B2A86", cell=BIG)
    story = [*opening(content), laid_out(content["head"], content["rows"], look), *closing(content)]
    return written(
        folder / "farrowgate-complaints.pdf", story, content["title"], numbered("Learning from Complaints |")
    )


def skills(folder: Path) -> Path:
    """Write one ruled table with the strategic priority down beside its actions."""
    content = printed("southmerrow-skills.pdf")
    look = Look((34, 78, 34, 38, 26, 36, 19), "#0B3954", cell=BIG, beside=True)
    return plan(folder / "southmerrow-skills.pdf", content, [laid_out(content["head"], content["rows"], look)])


def safeguarding(folder: Path) -> Path:
    """Write a foreword, then an upright table of four columns under each priority and what it aims at."""
    content = printed("penderby-safeguarding.pdf")
    look = Look((61, 37, 26, 54), "#DDEAF3", head=HEAD, cell=TALL)
    before = [
        text(words, TITLE if words == content["title"] else HEADING if words.startswith("Foreword") else BODY)
        for words in content["before"]
    ]
    after = [text(content["after"][0], HEADING), *(text(words, BODY) for words in content["after"][1:])]
    story = [*before, *going_on(under_headings(content, look)), *after]
    return written(folder / "penderby-safeguarding.pdf", story, content["title"], numbered("Page"), A4)


def housing(folder: Path) -> Path:
    """Write a table under each outcome, every second row tinted, with no line but the one below the heading."""
    content = printed("kilvarroch-housing.pdf")
    look = Look((11, 76, 38, 42, 26, 34, 38), "#1B4F72", lines=UNDER_HEAD, cell=BIG, tint="#E8F0F6")
    story = under_headings(content, look)
    return plan(folder / "kilvarroch-housing.pdf", content, story, LYING, header="Annual Review, Year 2")
