"""PDF files become lines and tables; they are made by reportlab, and by hand where it cannot make them."""

from __future__ import annotations

import io
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from benchmarks.pdf_pages import HEADER, ROWS_A_PAGE, Rules, made_rows, pdf_of_pages
from planweave.documents import Document, Line
from planweave.documents import pdf as pdf_reader
from planweave.errors import DocumentError
from tests.grids import covered, fills, opened, outside, shape, tables

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

STYLES = getSampleStyleSheet()
CELL = ParagraphStyle("cell", parent=STYLES["Normal"], fontSize=8, leading=10)
HEAD = ("Ref", "Action", "Lead", "Due")
ROWS = (
    (
        "1.1",
        "Open a hub for people who sleep rough, with advice on health, housing and benefits",
        "Housing",
        "May 2025",
    ),
    ("1.10", "Review the protocol", "Adult Social Care", "Ongoing"),
    ("1.2", "Train staff in multi-agency work, and agree who does what and when", "", "2024/25"),
)
"""A plan; the texts of the first and the last action need two lines each in a column of 180 points."""

WIDTHS = (40, 180, 110, 80)
RULED = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
LINES = [("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.black)]


def table(rows: Sequence[Sequence[str]], style: Sequence[Any], widths: Sequence[float] = WIDTHS, **given: Any) -> Table:
    """A table that wraps the text of its cells."""
    cells = [[Paragraph(cell, CELL) for cell in row] for row in rows]
    return Table(cells, widths, style=TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), *style]), **given)


def built(folder: Path, *parts: Any, size: tuple[float, float] = A4, foot: str = "") -> Document:
    """A document of such parts."""

    def edges(canvas: Canvas, made: Any) -> None:
        if foot:
            canvas.drawString(60, 24, f"{foot} {made.page}")

    data = io.BytesIO()
    made = SimpleDocTemplate(data, pagesize=size, invariant=1)
    made.build(list(parts), onFirstPage=edges, onLaterPages=edges)
    document: Document = opened(folder, data.getvalue(), "plan.pdf")
    return document


def drawn(draw: Callable[[Canvas], None], size: tuple[float, float] = A4, **given: Any) -> bytes:
    """The bytes of a document that is drawn by hand."""
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=size, invariant=1, **given)
    draw(canvas)
    canvas.save()
    return data.getvalue()


def columns_of_text(
    canvas: Canvas, rows: Sequence[Sequence[str]], xs: Sequence[float], top: float, step: float
) -> None:
    """Text at the places of columns, without a rule."""
    for number, row in enumerate(rows):
        for x, cell in zip(xs, row, strict=True):
            canvas.drawString(x, top - number * step, cell)


@pytest.mark.parametrize("style", [RULED, LINES, []], ids=["ruled", "row lines", "no lines"])
@pytest.mark.parametrize("size", [A4, landscape(A4)], ids=["portrait", "landscape"])
def test_tables_with_and_without_rules(tmp_path: Path, style: list[Any], size: tuple[float, float]) -> None:
    """The same grid comes of a table with all rules, with rules between the rows only, and with none."""
    document = built(
        tmp_path,
        Paragraph("Action plan", STYLES["Title"]),
        Paragraph("Objective 1", STYLES["Heading2"]),
        table([HEAD, *ROWS], style),
        Paragraph("This is what we will do.", STYLES["Normal"]),
        size=size,
    )
    assert shape(document) == ["Action plan", "Objective 1", "table 1", "This is what we will do."]
    assert [block.level for block in document.blocks if isinstance(block, Line)] == [1, 2, None]
    assert tables(document) == [[HEAD, *ROWS]]
    assert document.media_type == "application/pdf"
    (found,) = document.tables()
    assert [(row.number, row.line, row.page) for row in found.rows] == [(1, 3, 1), (2, 4, 1), (3, 5, 1), (4, 6, 1)]


def test_merged_cells_and_colours(tmp_path: Path) -> None:
    """Merged cells cover what they span; the colour behind a cell is a word, and so is a mark in an empty one."""
    rows = [
        ("Aim", "Action", "Status", ""),
        ("Prevent", "Open", "now", "then"),
        ("", "Close", "", ""),
        ("Help", "", "", ""),
    ]
    style = [
        *RULED,
        ("SPAN", (2, 0), (3, 0)),
        ("SPAN", (0, 1), (0, 2)),
        ("SPAN", (0, 3), (3, 3)),
        ("BACKGROUND", (2, 1), (2, 1), colors.HexColor("#FFC000")),
        ("BACKGROUND", (3, 1), (3, 1), colors.CMYKColor(0, 1, 1, 0)),
        ("BACKGROUND", (2, 2), (2, 2), colors.HexColor("#00B050")),
        ("BACKGROUND", (0, 3), (3, 3), colors.Color(0.8, 0.8, 0.8)),
    ]
    document = built(tmp_path, table(rows, style))
    assert tables(document) == [rows]
    assert covered(document) == [[[3], [], [0], [1, 2, 3]]]
    assert fills(document) == [[(), ("", "", "amber", "red"), ("", "", "green", ""), ("grey",) * 4]]


def test_a_coloured_mark_in_an_empty_cell(tmp_path: Path) -> None:
    """A green circle is the colour of the cell it stands in."""

    def draw(canvas: Canvas) -> None:
        canvas.grid([50, 150, 250], [700, 720, 740])
        canvas.drawString(55, 726, "Action")
        canvas.drawString(155, 726, "RAG")
        canvas.drawString(55, 706, "Open")
        canvas.setFillColorRGB(0, 0.7, 0.3)
        canvas.circle(200, 710, 6, stroke=0, fill=1)

    document = opened(tmp_path, drawn(draw), "plan.pdf")
    assert tables(document) == [[("Action", "RAG"), ("Open", "")]]
    assert fills(document) == [[(), ("", "green")]]


def test_breaks_in_cells(tmp_path: Path) -> None:
    """A line that was full goes on; a break that print did not need is kept, and so are the items of a list."""
    document = built(
        tmp_path,
        table(
            [
                ("Action", "Outcome"),
                (
                    "Work with the multi-agency<br/>team<br/>Publish",
                    "\u2022 fewer people sleep rough in the borough, in winter too<br/>\u2022 more homes",
                ),
                ("One team<br/>Two teams", "a) Open b<br/>b) Close"),
            ],
            RULED,
            (110, 160),
        ),
    )
    assert tables(document)[0][1:] == [
        (
            "Work with the multi-agency team\nPublish",
            "\u2022 fewer people sleep rough in the borough, in winter too\n\u2022 more homes",
        ),
        ("One team\nTwo teams", "a) Open b\nb) Close"),
    ]


def test_hyphens_at_the_end_of_lines(tmp_path: Path) -> None:
    """A word that is written with a hyphen keeps it; a soft hyphen is no letter."""

    def draw(canvas: Canvas) -> None:
        canvas.grid([50, 130, 300], [650, 700, 720])
        canvas.drawString(55, 706, "Action")
        canvas.drawString(135, 706, "Lead")
        for number, text in enumerate(("Form a multi-", "agency team")):
            canvas.drawString(55, 686 - 14 * number, text)
        canvas.drawString(135, 686, "Housing")

    assert tables(opened(tmp_path, drawn(draw), "plan.pdf")) == [
        [("Action", "Lead"), ("Form a multi-agency team", "Housing")]
    ]


def test_a_table_goes_on_over_pages(tmp_path: Path) -> None:
    """It is one table; headers printed again are counted and left out; a row that is split stays two printed rows.

    This one is printed with its header again above the row that is split, on the first page too, and on the second
    without a rule between the header and the rest of that row.
    """
    long = " ".join(f"Step {number} of the work is done." for number in range(60))
    rows = [HEAD, ("1", "First", "Housing", "May"), ("2", long, "Health", "June"), ("3", "Last", "Police", "July")]
    document = built(
        tmp_path,
        Spacer(1, 500),
        table(rows, RULED, repeatRows=1, splitInRow=1),
        foot="Anytown Council, page",
    )
    (found,) = document.tables()
    assert [(row.number, row.page, row.cells[0]) for row in found.rows] == [
        (1, 1, "Ref"),
        (2, 1, "1"),
        (4, 1, "2"),
        (6, 2, ""),
        (7, 2, "3"),
    ]
    upper, lower = found.rows[2], found.rows[3]
    assert upper.cells[2:] == ("Health", "June")
    assert lower.cells[2:] == ("", "")
    assert f"{upper.cells[1]} {lower.cells[1]}" == long
    header = "Ref\tAction\tLead\tDue"
    assert outside(document) == [header, "Anytown Council, page 1", header, "Anytown Council, page 2"]


@pytest.mark.parametrize("style", [RULED, LINES, []], ids=["ruled", "row lines", "no lines"])
@pytest.mark.parametrize("again", [0, 1], ids=["header once", "header again"])
def test_tables_of_many_pages(tmp_path: Path, style: list[Any], again: int) -> None:
    """With rules or without, with the header on each page or on the first, every row is there once."""
    rows = [
        (f"{number}.1", f"Action {number} is done in the borough", "Housing team", "May") for number in range(1, 91)
    ]
    document = built(tmp_path, table([HEAD, *rows], style, repeatRows=again), foot="Plan, page")
    assert tables(document) == [[HEAD, *rows]]
    (found,) = document.tables()
    last = found.rows[-1].page
    assert last is not None
    assert last > 1
    assert found.rows[-1].number == 91 + again * (last - 1)


def test_a_merged_cell_goes_on_over_a_page(tmp_path: Path) -> None:
    """Where a page begins inside a merged cell, the empty cell there is covered by it."""
    rows = [("Aim", "Action"), *(("Prevent" if number == 1 else "", f"Action {number}") for number in range(1, 61))]

    def draw(canvas: Canvas) -> None:
        for page in range(2):
            inside = rows[1 + 30 * page : 31 + 30 * page]
            canvas.setFont("Helvetica", 9)
            top = 800
            for number, row in enumerate([rows[0], *inside]):
                canvas.drawString(205, top - 20 * number - 14, row[1])
                if number < 1 or row[0]:
                    canvas.drawString(55, top - 20 * number - 14, row[0])
                canvas.line(200, top - 20 * number, 400, top - 20 * number)
            for y in (top, top - 20, top - 20 * 31):
                canvas.line(50, y, 400, y)
            for x in (50, 200, 400):
                canvas.line(x, top, x, top - 20 * 31)
            canvas.showPage()

    document = opened(tmp_path, drawn(draw), "plan.pdf")
    assert tables(document) == [rows]
    assert covered(document) == [[[], [], *[[0]] * 59]]


def test_several_tables_on_a_page(tmp_path: Path) -> None:
    """Headings between tables are lines; a table with other columns is another one, on the next page as well."""
    wide = [("Risk", "Owner"), ("Snow", "Roads")]
    document = built(
        tmp_path,
        Paragraph("Objective 1: Prevent", STYLES["Heading2"]),
        table([HEAD, *ROWS], RULED),
        Paragraph("Objective 2: Help", STYLES["Heading2"]),
        table([HEAD, ROWS[1]], RULED),
        PageBreak(),
        table(wide, RULED, (200, 100)),
    )
    assert shape(document) == ["Objective 1: Prevent", "table 1", "Objective 2: Help", "table 2", "table 3"]
    assert tables(document) == [[HEAD, *ROWS], [HEAD, ROWS[1]], wide]
    assert [found.page for found in document.tables()] == [1, 1, 2]


def test_tables_without_lines_below_each_other(tmp_path: Path) -> None:
    """A heading of the page's own size parts two tables without lines, each with its header."""
    document = built(
        tmp_path,
        table([HEAD, *ROWS], []),
        Paragraph("Objective 2: help people to keep the homes they have, and to find new ones", STYLES["Heading2"]),
        table([HEAD, *ROWS], []),
    )
    cells = [cell for rows in tables(document) for row in rows for cell in row]
    assert Counter(cells) == Counter(
        [*[cell for row in (HEAD, *ROWS) * 2 for cell in row], *_heading_in_a_table(document)]
    )


def test_a_larger_heading_between_header_and_rows(tmp_path: Path) -> None:
    """Without a line, the small header above "Council buildings" is that of the rows below it, and none is lost."""
    heads = ("Council buildings", "Travel")
    sections = [[Paragraph(f"<b>{head}</b>", STYLES["Normal"]), "", "", ""] for head in heads]
    header, *rows = [[Paragraph(cell, CELL) for cell in row] for row in (HEAD, *ROWS)]
    style = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("SPAN", (0, 1), (-1, 1)), ("SPAN", (0, 4), (-1, 4))]
    body = Table([header, sections[0], *rows[:2], sections[1], rows[2]], WIDTHS, style=TableStyle(style))
    (found,) = tables(built(tmp_path, body))
    section = [(head, "", "", "") for head in heads]
    assert list(map(tuple, found)) == [HEAD, section[0], *ROWS[:2], section[1], ROWS[2]]


def test_a_header_smaller_than_its_rows(tmp_path: Path) -> None:
    """Without a line, rows in larger letters than their header belong to it; a still larger heading ends the table."""
    small = ParagraphStyle("small", parent=CELL, fontSize=6)
    header = [Paragraph(cell, small) for cell in HEAD]
    rows = [[Paragraph(cell, CELL) for cell in row] for row in ROWS]
    style = TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP")])
    first, second = Table([header, *rows[:2]], WIDTHS, style=style), Table([header, *rows[2:]], WIDTHS, style=style)
    document = built(tmp_path, first, Paragraph("Travel", STYLES["Heading2"]), second)
    assert [[tuple(row) for row in found] for found in tables(document)] == [[HEAD, *ROWS[:2]], [HEAD, ROWS[2]]]
    assert "Travel" in [line.text for line in document.blocks if isinstance(line, Line)]


def _heading_in_a_table(document: Document) -> list[str]:
    """The heading between the tables and the empty cells beside it, where it is a row of one table."""
    if len(list(document.tables())) > 1:
        return []
    return ["Objective 2: help people to keep the homes they have, and to find new ones", "", "", ""]


def test_pages_that_are_turned(tmp_path: Path) -> None:
    """A page is read as it is shown, and text that is set sideways all over it in its own direction."""

    def turned(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.translate(A4[0], 0)
        canvas.rotate(90)
        cells(canvas)

    def sideways(canvas: Canvas) -> None:
        canvas.translate(A4[0], 0)
        canvas.rotate(90)
        cells(canvas)

    def sideways_down(canvas: Canvas) -> None:
        canvas.translate(0, A4[1])
        canvas.rotate(-90)
        cells(canvas)

    def cells(canvas: Canvas) -> None:
        canvas.drawString(50, 550, "Plan of action")
        canvas.grid([50, 250, 450], [480, 500, 520])
        columns_of_text(canvas, [("Action", "Lead"), ("Open a hub", "Housing")], (55, 255), 506, 20)

    for draw in (turned, sideways, sideways_down):
        document = opened(tmp_path, drawn(draw), "plan.pdf")
        assert shape(document) == ["Plan of action", "table 1"]
        assert tables(document) == [[("Action", "Lead"), ("Open a hub", "Housing")]]


def test_a_header_that_is_set_upwards(tmp_path: Path) -> None:
    """Cells whose text runs up or down the page are read in their own direction, line after line."""

    def draw(canvas: Canvas) -> None:
        canvas.grid([50, 90, 130, 330], [560, 600, 700])
        canvas.drawString(135, 680, "Action to be taken")
        columns_of_text(canvas, [("1", "May", "Open a hub for all who need one")], (55, 95, 135), 580, 20)
        for x, y, angle, lines in ((65, 605, 90, ("Reference", "number")), (120, 695, -90, ("Target", "date"))):
            canvas.saveState()
            canvas.translate(x, y)
            canvas.rotate(angle)
            for number, line in enumerate(lines):
                canvas.drawString(0, -14 * number, line)
            canvas.restoreState()

    (found,) = tables(opened(tmp_path, drawn(draw), "plan.pdf"))
    assert [" ".join(cell.split()) for cell in found[0]] == ["Reference number", "Target date", "Action to be taken"]
    assert found[1] == ("1", "May", "Open a hub for all who need one")


def test_invisible_text_is_text(tmp_path: Path) -> None:
    """Text that lies unseen under a scanned picture is read."""

    def draw(canvas: Canvas) -> None:
        canvas.drawImage(picture(), 0, 0, *A4)
        text = canvas.beginText(50, 700)
        text.setTextRenderMode(3)
        text.textLine("What the scanner read")
        canvas.drawText(text)

    assert outside(opened(tmp_path, drawn(draw), "plan.pdf")) == ["What the scanner read"]


def picture() -> ImageReader:
    return ImageReader(Image.new("RGB", (20, 20), (200, 200, 200)))


def test_pictures_without_text(tmp_path: Path) -> None:
    """A document that is a picture is refused; a page that is one among others is named."""

    def page(canvas: Canvas) -> None:
        canvas.drawImage(picture(), 0, 0, *A4)
        canvas.showPage()

    with pytest.raises(DocumentError, match="this is a picture without any text: it needs OCR"):
        opened(tmp_path, drawn(page), "plan.pdf")

    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 700, "Plan")
        canvas.showPage()
        page(canvas)
        canvas.showPage()

    assert opened(tmp_path, drawn(draw), "plan.pdf").hidden == (
        "page 2 is a picture without any text, which needs OCR: it is left out",
    )


def test_text_in_two_columns_around_a_table(tmp_path: Path) -> None:
    """The left column is read before the right one, above the table and below it."""
    left = [
        "The council has looked at what is needed",
        "in the borough and asked those who sleep",
        "rough",
        "what would help them most. They said",
        "that they need a home.",
    ]
    right = ["Partners have agreed to work together", "on this plan, and to meet each quarter to", "look at it",
             "again. The board will publish what is", "done and what is not."]  # fmt: skip

    def draw(canvas: Canvas) -> None:
        for top in (780, 580):
            columns_of_text(canvas, list(zip(left, right, strict=True)), (50, 310), top, 14)
        canvas.grid([50, 250, 540], [640, 660, 680])
        columns_of_text(canvas, [("Action", "Lead"), ("Open", "Housing")], (55, 255), 666, 20)

    document = opened(tmp_path, drawn(draw), "plan.pdf")
    text = ["\n".join(lines).split() for lines in (left, right)]
    assert tables(document) == [[("Action", "Lead"), ("Open", "Housing")]]
    before = shape(document).index("table 1")
    assert " ".join(shape(document)[:before]).split() == text[0] + text[1]
    assert " ".join(shape(document)[before + 1 :]).split() == text[0] + text[1]


def test_letters_as_they_are_meant(tmp_path: Path) -> None:
    """Text that is struck twice to look bold is read once, whatever order it was drawn in; bullets are one sign."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 680, "second line.")
        for shift in (0, 0.4):
            canvas.drawString(50 + shift, 700, "Lead officer")
        x = 200.0
        for letter in "Bold":
            for shift in (0, 0.3):
                canvas.drawString(x + shift, 700, letter)
            x += canvas.stringWidth(letter, "Helvetica", 12)

    assert outside(opened(tmp_path, drawn(draw), "plan.pdf")) == ["Lead officer Bold", "second line."]


def test_head_and_foot_of_pages(tmp_path: Path) -> None:
    """What is printed on every page is kept behind the text, and comes between no heading and its table."""
    heads = ["Anytown rough sleeping plan", "Official"]

    def draw(canvas: Canvas) -> None:
        for page in range(1, 4):
            canvas.setFont("Helvetica", 9)
            canvas.drawString(50, 815, heads[0])
            canvas.drawString(50, 20, f"{page}")
            canvas.drawString(300, 20, heads[1])
            canvas.setFont("Helvetica-Bold", 16)
            canvas.drawString(50, 760, f"Priority {page}")
            canvas.setFont("Helvetica", 11)
            canvas.grid([50, 250, 450], [700, 720, 740])
            columns_of_text(canvas, [("Action", "Lead"), ("Open", "Housing")], (55, 255), 726, 20)
            canvas.showPage()

    document = opened(tmp_path, drawn(draw), "plan.pdf")
    body = ["Priority 1", "table 1", "Priority 2", "table 2", "Priority 3", "table 3"]
    assert shape(document)[:6] == body
    assert Counter(shape(document)[6:]) == Counter([heads[0]] * 3 + [f"{page} {heads[1]}" for page in (1, 2, 3)])


def test_nothing_is_lost(tmp_path: Path) -> None:
    """Every letter on the pages is in a line or a cell, as another library counts them."""
    import pypdfium2  # noqa: PLC0415 - only here

    document = built(
        tmp_path,
        Paragraph("Plan", STYLES["Title"]),
        table([HEAD, *ROWS * 30], LINES, repeatRows=1),
        Paragraph("What is meant by this is said here.", STYLES["Normal"]),
        foot="Page",
    )
    pages = pypdfium2.PdfDocument(tmp_path / "plan.pdf")
    printed = "".join(page.get_textpage().get_text_range() for page in pages)
    assert Counter("".join(document.printed.split())) == Counter("".join(printed.split()))


def test_locked_files(tmp_path: Path) -> None:
    """A file that opens without a password is read; one that does not is refused."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 700, "Plan")

    data = drawn(draw, encrypt=StandardEncryption("", "owner", canCopy=0))
    assert outside(opened(tmp_path, data, "plan.pdf")) == ["Plan"]
    with pytest.raises(DocumentError, match="it is locked with a password"):
        opened(tmp_path, drawn(draw, encrypt=StandardEncryption("secret")), "plan.pdf")


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_files_that_are_cut_off(tmp_path: Path, share: float) -> None:
    """A file without its end is refused: nobody knows what is missing."""
    data = drawn(
        lambda canvas: columns_of_text(canvas, [(f"Action {number}",) for number in range(40)], (50,), 800, 14)
    )
    with pytest.raises(DocumentError, match="the file is cut off: its end is missing"):
        opened(tmp_path, data[: int(share * len(data))], "plan.pdf")


def test_files_that_are_damaged(tmp_path: Path) -> None:
    """What only begins like a PDF is refused in one sentence."""
    with pytest.raises(DocumentError, match="the file is damaged"):
        opened(tmp_path, b"%PDF-1.4\nnothing\n%%EOF\n", "plan.pdf")


def test_too_many_pages(tmp_path: Path) -> None:
    """Five hundred pages are read, and no more."""

    def draw(canvas: Canvas) -> None:
        for _ in range(501):
            canvas.drawString(50, 700, "Plan")
            canvas.showPage()

    with pytest.raises(DocumentError, match="it has more than the 500 pages that are read"):
        opened(tmp_path, drawn(draw), "plan.pdf")


def test_too_many_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables with more cells than are read are refused."""

    def draw(canvas: Canvas) -> None:
        canvas.grid([50, 250, 450], [680, 700, 720, 740])
        columns_of_text(canvas, [("Action", "Lead"), ("Open", "Housing")], (55, 255), 726, 20)

    monkeypatch.setattr(pdf_reader, "MAX_CELLS", 5)
    with pytest.raises(DocumentError, match="its tables have more than the 5 cells that are read"):
        pdf_reader.read(drawn(draw), "plan.pdf")


@pytest.mark.parametrize("rules", ["all", "rows", "none"])
def test_the_benchmark_is_read(rules: Rules) -> None:
    """Three pages of the benchmark's document give every row and cell once, whatever rules it has."""
    (found,) = (block for block in pdf_reader.read(pdf_of_pages(3, rules), "").blocks if not isinstance(block, Line))
    cells = [tuple(" ".join(cell.split()) for cell in row.cells) for row in found.rows]
    made = [tuple(" ".join(cell.split()) for cell in row) for row in islice(made_rows(), 3 * ROWS_A_PAGE)]
    assert cells == [HEADER, *made]


def test_a_header_at_the_foot_of_a_page(tmp_path: Path) -> None:
    """Where a page ends with a header, like that of a table above, the rows on the next page are under it."""

    def draw(canvas: Canvas) -> None:
        xs = (50, 110, 330)
        columns_of_text(canvas, [HEAD[:3], ("1.1", "Open a hub", "Housing")], xs, 700, 24)
        canvas.drawString(50, 600, "Objective 2: help people to keep their homes, and to find new ones in the borough")
        columns_of_text(canvas, [HEAD[:3]], xs, 570, 24)
        canvas.showPage()
        columns_of_text(canvas, [("2.1", "Close it", "Health"), ("2.2", "Sell it", "Police")], xs, 760, 24)

    document = opened(tmp_path, drawn(draw), "plan.pdf")
    assert tables(document) == [
        [HEAD[:3], ("1.1", "Open a hub", "Housing")],
        [HEAD[:3], ("2.1", "Close it", "Health"), ("2.2", "Sell it", "Police")],
    ]


def test_a_header_again_over_other_columns(tmp_path: Path) -> None:
    """A table without lines whose columns are narrower or wider on the next page goes on under the same header."""

    def draw(canvas: Canvas) -> None:
        columns_of_text(canvas, [HEAD[:3], ("1.1", "Open a hub", "Housing")], (50, 110, 330), 700, 24)
        canvas.showPage()
        rows = [HEAD[:3], ("1.2", "Close all that are left in the borough by the winter of this year", "Health")]
        columns_of_text(canvas, [*rows, ("1.3", "Sell it", "Police")], (50, 110, 490), 760, 24)

    assert tables(opened(tmp_path, drawn(draw), "plan.pdf")) == [
        [
            HEAD[:3],
            ("1.1", "Open a hub", "Housing"),
            ("1.2", "Close all that are left in the borough by the winter of this year", "Health"),
            ("1.3", "Sell it", "Police"),
        ]
    ]
