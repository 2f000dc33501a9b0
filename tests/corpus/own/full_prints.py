"""Whole plans in PDF: ruled, with row lines only, with no lines, with turned headings, scanned, and a mere picture."""

from __future__ import annotations

import html
from pathlib import Path
from typing import Any

from reportlab import rl_config
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from tests.corpus.own.cells import Rows, rows

RULED_HEAD = ("Ref", "What we will do", "Lead officer", "Partners", "By when", "How we will measure success")
RULED = rows("""
1.1|Run a tenancy rescue clinic in each of the three district libraries every week|Housing Solutions Manager|Citizens Advice Tarnside; Tarnside Libraries|June 2025|120 households advised each year
1.2|Call every private tenant who is named in a possession claim within two working days of the notice reaching the council, and offer a meeting at home, at the office or by video|Tenancy Relations Officer|County Court|31 March 2026|80% of tenants called¶Fewer evictions by bailiffs
1.3|Agree a pathway for people leaving hospital|Housing Solutions Manager|Tarnside NHS Foundation Trust|September 2025|No discharge to the street
1.4|Train prison resettlement staff in making a duty to refer|Prevention Team Leader|HMP Fellgate|Q3 2025/26|30 staff trained
1.5|Publish a plain guide to housing rights|Communications Team||December 2025|Guide in every doctor's surgery
2.1|Buy twelve homes to use as temporary accommodation|Head of Assets|Homes England|March 2027|12 homes bought¶£150,000 saved each year
2.2|End the use of bed and breakfast for families for longer than six weeks|Temporary Accommodation Manager||Ongoing|No family over six weeks
2.3|Inspect all temporary accommodation once a year, and publish what was found|Private Sector Housing Team|Fire and Rescue Service|Annually|All rooms inspected
2.4|Write a standard for furniture, cooking and wifi in temporary accommodation with the people who live in it|Temporary Accommodation Manager|Tarnside Tenants' Voice|October 2025|Standard adopted
3.1|Keep the severe weather shelter open from November to March|Rough Sleeping Coordinator|Tarnside Churches Together|November 2025|Bed for everyone who asks
3.2|Fund two navigators for women who sleep rough|Rough Sleeping Coordinator|Domestic Abuse Alliance|April 2026|20 women housed
3.3|Bring the three outreach teams under one manager|Head of Housing|Shelterbox Tarnside|TBC|One team, one rota
""")

LINES_HEAD = ("Action", "Responsible", "Timescale", "Outcome", "Status")
LINES = rows("""
Theme 1: Warm homes
Insulate 400 council homes that are rated E or worse|Asset Management Team|March 2026|Average bill down by £300|In progress
Lend infrared cameras to households through the libraries|Climate Officer|Winter 2025|200 loans a year|Complete
Write a heat network plan for the town centre|Head of Regeneration|2026/27|Plan agreed by Cabinet|Not started
Theme 2: Getting about
Mark out safe cycling routes to all eleven primary schools|Transport Planning Team|Summer 2026|One in five pupils cycles|In progress
Replace the council's vans with electric ones as leases end|Fleet Manager|By end of 2028|No diesel van left|In progress
Put 60 charging points into car parks|Parking Services|30/09/2025|60 points in use|Complete
Theme 3: Nature and water
Plant three miles of hedge with farmers|Countryside Ranger|Ongoing|Three miles planted|In progress
Open the buried brook in Coldbeck Park|Drainage Engineer|TBC|200 metres opened|On hold
Stop mowing road verges before July|Grounds Team|April 2025|Verges in flower|Complete
""")

OPEN_HEAD = ("No.", "Action", "Lead", "Due date", "Progress")
OPEN = rows("""
1|Hold a community meeting in each ward after a serious assault|Community Safety Manager|Within the year|Not started
2|Offer a mentor to every child excluded from school|Youth Justice Service|September 2025|On track
3|Put a youth worker into the emergency department on weekend nights|Violence Reduction Lead|January 2026|On track
4|Train bar staff to see and stop harassment|Licensing Team|May 2025|Completed
5|Light the underpass at Quay Street|Highways Team|31/10/2025|On track
6|Collect knives in six amnesty bins|Police|June 2025|Completed
7|Map where young people feel unsafe|Youth Council|Autumn 2025|Not started
8|Share data on assaults every month|Public Health Team|Ongoing|On track
""")

TURNED_HEAD = ("Ref", "Action", "Lead", "Support", "Deadline", "RAG")
TURNED = rows("""
S1|Open a skills shop in the old bank|Economic Growth Manager|Jobcentre Plus|March 2025|
S2|Guarantee an interview to every care leaver who applies to the council|Head of HR|Leaving Care Team|July 2025|
S3|Run a pre-apprenticeship course with the port|Skills Officer|Wexcombe College|Sept 2025|
S4|Pay the real living wage across contracts|Procurement Manager||April 2026|
""")
TURNED_TWO = rows("""
B1|Give start-up grants to twenty firms|Economic Growth Manager|Chamber of Commerce|Q4 2025/26|
B2|Let empty shops by the month|Town Centre Manager|Landlords' Forum|November 2025|
B3|Answer planning enquiries from firms in ten days|Head of Planning||Ongoing|
B4|Hold a supplier fair each year|Procurement Manager|Federation of Small Businesses|Annually|
""")
LIGHTS = {"S1": "#00b050", "S2": "#ffc000", "S3": "#ffc000", "S4": "#ff0000", "B1": "#00b050", "B2": "#00b050",
          "B3": "#ffc000", "B4": "#ff0000"}  # fmt: skip

SCANNED_HEAD = ("Ref", "Action required", "Lead agency", "Target date", "Success measure")
SCANNED = rows("""
D1|Open a second needle exchange|Public Health|June 2024|Two sites open
D2|Give naloxone to every hostel|Turning Tide|March 2024|500 kits given out
D3|Test drugs brought in by users|Public Health|2025|Service licensed
D4|Place a worker in each magistrates court|Probation Service|October 2024|Workers in post
D5|Review every drug death within a month|Safeguarding Board|Ongoing|All deaths reviewed
D6|Start a recovery choir|Turning Tide|January 2025|30 members
D7|Teach year nine about vaping|Schools Forum|Sept 2024|Every school taught
D8|Publish figures each quarter|Public Health|Quarterly|Figures on the web
""")

CELL = ParagraphStyle("cell", fontName="Helvetica", fontSize=9, leading=11)
HEAD = ParagraphStyle("head", parent=CELL, fontName="Helvetica-Bold")
TITLE = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=17, leading=21, spaceAfter=6)
PLAIN = ParagraphStyle("plain", parent=CELL, fontSize=10, leading=13, spaceAfter=8)


def built(path: Path, story: list[Any], *, across: bool = False, footer: str = "") -> Path:
    """Print a story, with a footer that counts the pages."""

    def foot(canvas: Canvas, page: Any) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(50, 24, f"{footer}Page {page.page}")

    rl_config.invariant = 1
    paper = landscape(A4) if across else A4
    file = SimpleDocTemplate(str(path), pagesize=paper, leftMargin=50, rightMargin=50, topMargin=50, bottomMargin=50)
    file.build(story, onFirstPage=foot, onLaterPages=foot)
    return path


def paragraphs(cells: tuple[str, ...], style: ParagraphStyle = CELL) -> list[Paragraph]:
    return [Paragraph(html.escape(cell).replace("\n", "<br/>"), style) for cell in cells]


def ruled(folder: Path) -> Path:
    """Print a ruled table upright, with its header on each page; long rows break over the page."""
    body: Rows = [RULED_HEAD, *RULED]
    table = Table(
        [paragraphs(row, CELL if at else HEAD) for at, row in enumerate(body)],
        [30, 150, 85, 90, 60, 80],
        repeatRows=1,
        splitByRow=0,
        splitInRow=1,
        style=[("GRID", (0, 0), (-1, -1), 0.7, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")],
    )
    before = [
        Paragraph("Tarnside District Council", PLAIN),
        Paragraph("Homelessness and Rough Sleeping Action Plan 2025-2028", TITLE),
        Paragraph("The plan was agreed by the Housing Committee after talks with ninety people and bodies.", PLAIN),
        Spacer(1, 530),
    ]
    return built(folder / "full-ruled.pdf", [*before, table], footer="Homelessness and Rough Sleeping Action Plan    ")


def lines(folder: Path) -> Path:
    """Print a table across with lines between its rows only, and a heading row before each theme."""
    body = [LINES_HEAD, *LINES]
    printed = [
        paragraphs((*row, *[""] * (5 - len(row))), CELL if at and len(row) > 1 else HEAD) for at, row in enumerate(body)
    ]
    headings = [("SPAN", (0, at), (-1, at)) for at, row in enumerate(body) if len(row) == 1]
    table = Table(
        printed,
        [250, 150, 100, 160, 80],
        repeatRows=1,
        style=[("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP"), *headings],
    )
    story = [
        Paragraph("Climate Emergency Action Plan 2025 to 2028", TITLE),
        Paragraph("Coldbeck Town Council", PLAIN),
        table,
    ]
    return built(folder / "full-lines.pdf", story, across=True)


def unruled(folder: Path) -> Path:
    """Print a table without any line: columns stand one beside the other, long cells run over lines."""
    table = Table(
        [paragraphs(row, CELL if at else HEAD) for at, row in enumerate([OPEN_HEAD, *OPEN])],
        [35, 190, 120, 85, 65],
        repeatRows=1,
        style=[("VALIGN", (0, 0), (-1, -1), "TOP"), ("BOTTOMPADDING", (0, 0), (-1, -1), 9)],
    )
    story = [Paragraph("Serious Violence Duty: Delivery Plan 2025/26", TITLE), table]
    return built(folder / "full-unruled.pdf", story)


def turned(folder: Path) -> Path:
    """Print two tables on a page across, with turned headings and statuses in colours alone."""
    path = folder / "full-turned.pdf"
    rl_config.invariant = 1
    canvas = Canvas(str(path), pagesize=landscape(A4))
    canvas.setFont("Helvetica-Bold", 16)
    canvas.drawString(40, 555, "Wexcombe Skills and Jobs Plan 2025-26")
    canvas.setFont("Helvetica", 9)
    canvas.drawString(40, 538, "Key: Green = Complete, Amber = In progress, Red = Not started")
    top = 515.0
    for heading, body in (("Priority 1: Skills", TURNED), ("Priority 2: Business", TURNED_TWO)):
        canvas.setFont("Helvetica-Bold", 12)
        canvas.drawString(40, top, heading)
        top = _turned_table(canvas, body, top - 8) - 30
    canvas.save()
    return path


def _turned_table(canvas: Canvas, body: Rows, top: float) -> float:
    widths = (40.0, 320.0, 150.0, 130.0, 80.0, 40.0)
    starts = [40.0 + sum(widths[:at]) for at in range(len(widths))]
    canvas.setFont("Helvetica-Bold", 9)
    for start, width, text in zip(starts, widths, TURNED_HEAD, strict=True):
        canvas.rect(start, top - 60, width, 60)
        canvas.saveState()
        canvas.translate(start + width / 2 + 3, top - 55)
        canvas.rotate(90)
        canvas.drawString(0, 0, text)
        canvas.restoreState()
    top -= 60
    for row in body:
        for place, (start, width, text) in enumerate(zip(starts, widths, row, strict=True)):
            if place == len(widths) - 1:
                canvas.setFillColor(colors.HexColor(LIGHTS[row[0]]))
            canvas.rect(start, top - 24, width, 24, fill=place == len(widths) - 1)
            canvas.setFillColor(colors.black)
            canvas.setFont("Helvetica", 9)
            for at, line in enumerate(simpleSplit(text, "Helvetica", 9, width - 8)):
                canvas.drawString(start + 4, top - 10 - 10 * at, line)
        top -= 24
    return top


def scanned(folder: Path) -> Path:
    """Print a picture of a page with a layer of text that cannot be seen: words a little out of line, and specks."""
    path = folder / "full-scanned.pdf"
    rl_config.invariant = 1
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFillColor(colors.HexColor("#f4f1ea"))
    canvas.rect(0, 0, *A4, fill=1, stroke=0)
    starts = (45, 90, 250, 350, 430)
    top = 780.0
    _unseen(canvas, 45, top, "Drug and Alcohol Action Plan 2024-2025", 15)
    for number, row in enumerate([SCANNED_HEAD, *SCANNED]):
        top -= 42
        for place, (start, text) in enumerate(zip(starts, row, strict=True)):
            shift = ((number * 7 + place * 5) % 5 - 2) * 0.5
            width = ([*starts, 570][place + 1]) - start - 8
            for at, line in enumerate(simpleSplit(text, "Helvetica", 9, width)):
                _unseen(canvas, start + shift, top - 11 * at + shift, line, 9)
        if number % 3 == 1:
            _unseen(canvas, 20, top - 20, ".", 9)
    canvas.save()
    return path


def _unseen(canvas: Canvas, x: float, y: float, text: str, size: float) -> None:
    writing = canvas.beginText(x, y)
    writing.setTextRenderMode(3)
    writing.setFont("Helvetica", size)
    writing.textOut(text)
    canvas.drawText(writing)


def picture(folder: Path) -> Path:
    """Print a page that has shapes and no text at all."""
    path = folder / "full-picture.pdf"
    rl_config.invariant = 1
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFillColor(colors.HexColor("#dddddd"))
    for line in range(30):
        canvas.rect(60, 760 - 22 * line, 300 + 11 * (line % 9), 9, fill=1, stroke=0)
    canvas.save()
    return path


DOCUMENTS = {
    "full-ruled.pdf": ruled,
    "full-lines.pdf": lines,
    "full-unruled.pdf": unruled,
    "full-turned.pdf": turned,
    "full-scanned.pdf": scanned,
    "full-picture.pdf": picture,
}
