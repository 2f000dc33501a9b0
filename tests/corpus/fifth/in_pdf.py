"""Documents in PDF: wide ruled tables over several pages, bands, lines between rows alone, no lines at all."""

from __future__ import annotations

from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle

from tests.corpus.writing.pdf import CELL, HEAD, LARGE
from tests.corpus.writing.printing import BETWEEN, NONE, Look, laid_out, plan, under_headings

from .printed import printed

LIGHTS = {"B": "#5B9BD5", "G": "#70AD47", "A": "#FFC000", "R": "#E0402F"}
PURPLE = ParagraphStyle("purple", parent=HEAD, fontSize=10, leading=13, textColor=colors.HexColor("#4B2E83"))
BIG = ParagraphStyle("big", parent=LARGE, fontSize=10.5, leading=13.5)
ROOMY = ParagraphStyle("roomy", parent=LARGE, spaceAfter=3)
STRONG = ParagraphStyle("strong", parent=HEAD, fontSize=9.5, leading=12)


def homelessness(folder: Path) -> Path:
    """Write a ruled table under each priority, over three pages."""
    content = printed("ferrymoor-homelessness.pdf")
    look = Look((12, 78, 40, 46, 26, 63), "#00558C", cell=BIG)
    story = under_headings(content, look)
    return plan(folder / "ferrymoor-homelessness.pdf", content, story, header="Homelessness Delivery Plan")


def domestic_abuse(folder: Path) -> Path:
    """Write one table with the objective down beside its actions."""
    content = printed("calderwell-domestic-abuse.pdf")
    look = Look((38, 70, 40, 30, 43, 44), "#5C2D91", cell=BIG, beside=True)
    return plan(folder / "calderwell-domestic-abuse.pdf", content, [laid_out(content["head"], content["rows"], look)])


def community_safety(folder: Path) -> Path:
    """Write one table with a band in a colour of its own before each priority and letters on fills."""
    content = printed("marshgate-community-safety.pdf")
    look = Look((12, 84, 44, 51, 24, 36, 14), "#262626", bands=tuple(content["bands"]), fills=LIGHTS, cell=BIG)
    story = [laid_out(content["head"], content["rows"], look)]
    return plan(folder / "marshgate-community-safety.pdf", content, story, header="Safer Marshgate: Delivery Plan")


def equality(folder: Path) -> Path:
    """Write the table of each objective on a page of its own, every second row tinted."""
    content = printed("oxenhall-equality.pdf")
    look = Look((70, 28, 38, 24, 42, 22, 41), "#006B5E", tint="#E6F2F0", cell=LARGE)
    return plan(folder / "oxenhall-equality.pdf", content, under_headings(content, look, apart=True))


def wellbeing(folder: Path) -> Path:
    """Write a table under each priority with lines between the rows and none between the columns."""
    content = printed("tewhill-wellbeing.pdf")
    look = Look((82, 36, 50, 30, 66), lines=BETWEEN, head=PURPLE, cell=ROOMY)
    return plan(folder / "tewhill-wellbeing.pdf", content, under_headings(content, look))


def climate(folder: Path) -> Path:
    """Write columns without lines, with the name of each group in bold."""
    content = printed("penhallow-climate.pdf")
    look = Look((11, 61, 34, 17, 27, 28), lines=NONE, head=HEAD, band=STRONG)
    story = [laid_out(content["head"], content["rows"], look)]
    return plan(folder / "penhallow-climate.pdf", content, story, A4)


def people(folder: Path) -> Path:
    """Write one table of eight columns with a pale row over the width before each theme."""
    content = printed("bramleyvale-people.pdf")
    look = Look((10, 66, 32, 36, 38, 22, 40, 21), "#005EB8", bands=("#D9E7F5",), band=HEAD, cell=BIG)
    story = [laid_out(content["head"], content["rows"], look)]
    return plan(folder / "bramleyvale-people.pdf", content, story, header="Our People Plan 2025-27")


def children(folder: Path) -> Path:
    """Write an upright table under each outcome, with an output beside the desired outcome."""
    content = printed("kirkhaven-children.pdf")
    look = Look((60, 33, 24, 30, 31), "#E8E1D3", head=HEAD, cell=CELL)
    return plan(folder / "kirkhaven-children.pdf", content, under_headings(content, look), A4)
