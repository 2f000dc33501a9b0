"""Documents in PDF that a word processor would have made: tables with and without lines."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from .printed import Row, printed, sections

BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=8.5, leading=10.5)
BOLD = ParagraphStyle("bold", parent=BODY, fontName="Helvetica-Bold")
TITLE = ParagraphStyle("title", parent=BOLD, fontSize=15, leading=19, spaceAfter=6)
SECTION = ParagraphStyle("section", parent=BOLD, fontSize=11, leading=14, spaceBefore=8, spaceAfter=4)
SMALL = ParagraphStyle("small", parent=BODY, fontSize=7, leading=8.6)
SMALL_BOLD = ParagraphStyle("small-bold", parent=SMALL, fontName="Helvetica-Bold")

GRID = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")]
SHADED_HEAD = [("BACKGROUND", (0, 0), (-1, 0), colors.lightgrey)]
TIGHT = [("TOPPADDING", (0, 0), (-1, -1), 2), ("BOTTOMPADDING", (0, 0), (-1, -1), 2)]


class Upright(Flowable):  # type: ignore[misc]
    """A heading cell whose words run from the bottom to the top."""

    def __init__(self, words: str, height: float) -> None:
        super().__init__()
        self.words, self.tall = words, height

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Give the space it takes."""
        return 10, self.tall

    def draw(self) -> None:
        """Draw the words, turned by a quarter."""
        self.canv.saveState()
        self.canv.rotate(90)
        self.canv.setFont("Helvetica-Bold", 7.5)
        self.canv.drawString(2, -8, self.words)
        self.canv.restoreState()


def cell(words: str, style: ParagraphStyle = BODY) -> Paragraph:
    """Give a cell whose printed line breaks are kept."""
    return Paragraph(words.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br/>"), style)


def grown(rows: list[list[str]], style: ParagraphStyle = BODY) -> list[list[Paragraph]]:
    return [[cell(words, style) for words in row] for row in rows]


def numbered(footer: str) -> Any:
    """Give what draws a running footer and the number of the page."""

    def draw(canvas: Any, document: Any) -> None:
        canvas.saveState()
        canvas.setFont("Helvetica", 7)
        canvas.drawString(18 * mm, 10 * mm, footer)
        canvas.drawRightString(document.pagesize[0] - 18 * mm, 10 * mm, f"Page {canvas.getPageNumber()}")
        canvas.restoreState()

    return draw


def written(path: Path, story: list[Flowable], title: str, footer: str, size: tuple[float, float] = A4) -> Path:
    """Write the story to the file, the same bytes each time."""
    document = SimpleDocTemplate(
        str(path),
        pagesize=size,
        leftMargin=18 * mm,
        rightMargin=18 * mm,
        topMargin=18 * mm,
        bottomMargin=15 * mm,
        title=title,
        invariant=1,
    )
    document.build(story, onFirstPage=numbered(footer), onLaterPages=numbered(footer))
    return path


def opening(lines: list[str], title: str) -> list[Flowable]:
    return [cell(line, TITLE if line == title else BODY) for line in lines] + [Spacer(1, 6)]


def cut_at_page_end(rows: list[Row]) -> list[list[list[str]]]:
    """Give the rows of each page: a row with cuts stops in the middle of its cells and goes on over the page."""
    pages: list[list[list[str]]] = [[]]
    for row in rows:
        cuts = {int(place): where for place, where in row.get("cut", {}).items()}
        whole = row["cells"]
        pages[-1].append([words[: cuts[place]] if place in cuts else words for place, words in enumerate(whole)])
        if cuts:
            pages.append([[words[cuts[place] :].strip() if place in cuts else "" for place, words in enumerate(whole)]])
    return pages


def homelessness(folder: Path) -> Path:
    """Write ruled tables whose header comes again on each page; a row goes on over a page."""
    name = "dunmarsh-homelessness.pdf"
    content = printed(name)
    widths = [11 * mm, 46 * mm, 26 * mm, 27 * mm, 21 * mm, 33 * mm, 10 * mm]
    story = opening(content["before"], content["title"])
    for heading, rows in sections(content["rows"]):
        story.append(cell(heading or "", SECTION))
        for number, part in enumerate(cut_at_page_end(rows)):
            cells = [[cell(word, BOLD) for word in content["head"]], *grown(part)]
            story += [PageBreak()] if number else []
            story.append(Table(cells, widths, repeatRows=1, style=[*GRID, *SHADED_HEAD]))
    story += [Spacer(1, 10)] + [cell(line, SMALL) for line in content["after"]]
    return written(folder / name, story, content["title"], "Dunmarsh District Council")


def climate(folder: Path) -> Path:
    """Write one table with lines between the rows only, its sections in bold over the whole width."""
    name = "westerleigh-climate.pdf"
    content = printed(name)
    cells: list[Any] = [[cell(word, BOLD) for word in content["head"]]]
    style: list[Any] = [("LINEBELOW", (0, 0), (-1, -1), 0.4, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    for row in content["rows"]:
        if "section" in row:
            style.append(("SPAN", (0, len(cells)), (-1, len(cells))))
            cells.append([cell(row["section"], BOLD), "", "", "", ""])
        else:
            cells.append([cell(words) for words in row["cells"]])
    story = opening(content["before"], content["title"])
    story.append(Table(cells, [56 * mm, 30 * mm, 22 * mm, 36 * mm, 30 * mm], repeatRows=1, style=style))
    story += [Spacer(1, 10)] + [cell(line, SMALL) for line in content["after"]]
    return written(folder / name, story, content["title"], "Westerleigh Vale Council – Climate Emergency Action Plan")


def vawg(folder: Path) -> Path:
    """Write columns that only their position tells apart; each theme is a page of its own or starts a table."""
    name = "port-allard-vawg.pdf"
    content = printed(name)
    widths = [10 * mm, 54 * mm, 36 * mm, 26 * mm, 48 * mm]
    story = opening(content["before"], content["title"])
    plain = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 2)]
    for number, (heading, rows) in enumerate(sections(content["rows"])):
        cells = [[cell(word, BOLD) for word in content["head"]], *grown([row["cells"] for row in rows])]
        story += [PageBreak()] if number == 1 else []
        story += [cell(heading or "", SECTION), Table(cells, widths, repeatRows=1, style=plain)]
    story += [Spacer(1, 10)] + [cell(line, SMALL) for line in content["after"]]
    return written(folder / name, story, content["title"], "OFFICIAL")


def drugs(folder: Path) -> Path:
    """Write a landscape plan: several tables on a page, with a heading over each."""
    name = "hexmoor-drugs.pdf"
    content = printed(name)
    widths = [9 * mm, 58 * mm, 30 * mm, 32 * mm, 32 * mm, 26 * mm, 42 * mm, 22 * mm]
    story = opening(content["before"], content["title"])
    for heading, rows in sections(content["rows"]):
        cells = [[cell(word, SMALL_BOLD) for word in content["head"]], *grown([row["cells"] for row in rows], SMALL)]
        story += [
            cell(heading or "", SECTION),
            Table(cells, widths, repeatRows=1, style=[*GRID, *SHADED_HEAD, *TIGHT]),
        ]
    story += [Spacer(1, 10)] + [cell(line, SMALL) for line in content["after"]]
    footer = "Hexmoor Combating Drugs Partnership"
    return written(folder / name, story, content["title"], footer, landscape(A4))


def skills(folder: Path) -> Path:
    """Write a table with turned heading words; an objective is printed once for its rows."""
    name = "calderside-skills.pdf"
    content = printed(name)
    turned = {0, 1, 7, 8}
    heads = [
        Upright(word, 30 * mm) if place in turned else cell(word, SMALL_BOLD)
        for place, word in enumerate(content["head"])
    ]
    rows = [row["cells"] for row in content["rows"]]
    starts = [place for place, row in enumerate(rows, 1) if row[0]] + [len(rows) + 1]
    spans: list[Any] = [("SPAN", (0, top), (0, bottom - 1)) for top, bottom in itertools.pairwise(starts)]
    widths = [22 * mm, 9 * mm, 48 * mm, 26 * mm, 34 * mm, 22 * mm, 34 * mm, 12 * mm, 20 * mm]
    table = Table([heads, *grown(rows, SMALL)], widths, style=[*GRID, *SHADED_HEAD, *TIGHT, *spans])
    story = [*opening(content["before"], content["title"]), table, Spacer(1, 8)]
    story += [cell(line, SMALL) for line in content["after"]]
    return written(folder / name, story, content["title"], "Calderside Combined Authority", landscape(A4))


def cycling(folder: Path) -> Path:
    """Write sub-actions under commitments that are printed once; above them two boxes of prose side by side."""
    name = "saltney-cycling.pdf"
    content = printed(name)
    boxes = Table(
        [[cell(words) for words in content["boxes"]]],
        [86 * mm, 86 * mm],
        style=[
            ("BOX", (0, 0), (0, 0), 1, colors.teal),
            ("BOX", (1, 0), (1, 0), 1, colors.teal),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ],
    )
    cells: list[list[Any]] = [[cell(word, BOLD) for word in content["head"]]]
    spans: list[Any] = []
    commitment = ""
    for row in content["rows"]:
        if "commitment" in row:
            commitment = "{}. {}".format(*row["commitment"])
            spans.append(("SPAN", (0, len(cells)), (0, len(cells) + row["subs"] - 1)))
            continue
        number, text, *rest = row["cells"]
        cells.append([cell(words) for words in (commitment, f"{number}) {text}", *rest)])
        commitment = ""
    widths = [32 * mm, 52 * mm, 28 * mm, 22 * mm, 20 * mm, 22 * mm]
    story = [*opening(content["before"], content["title"]), boxes, Spacer(1, 10)]
    story += [Table(cells, widths, repeatRows=1, style=[*GRID, *SHADED_HEAD, *spans]), Spacer(1, 8)]
    story += [cell(line, SMALL) for line in content["after"]]
    return written(folder / name, story, content["title"], "Saltney Bay Borough Council")
