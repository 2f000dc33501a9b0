"""Whole plans in Word: merged cells, tracked changes, content controls, boxes and nested tables, a table an action."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from tests.corpus.own.cells import PUBLISHED, Rows, rows, undated

MERGED_HEAD = ("Objective", "Action", "Lead", "Timescale", "Measure of success")
MERGED = rows("""
Fewer young people become homeless|Mediate between parents and children within a week|Young People's Housing Officer|May 2025|60 families helped
^|Open a short-stay flat for those who cannot go home|^|March 2026|Flat open¶No one under 18 in bed and breakfast
^|Teach leaving home in every secondary school|Early Help Team|Each year|All nine schools taught
Care leavers have a home|Write a housing plan with each care leaver at sixteen|Leaving Care Manager|Ongoing|Every plan signed
^|Set aside ten flats a year for care leavers|Allocations Manager|April 2025|Ten flats let
^|Act as guarantor for rent|^|July 2025|Scheme in use
People leave prison with somewhere to go|Meet each person twelve weeks before release|Probation Service|June 2025|95% met
^|Keep four rooms for people released on Fridays|Housing Options Team||Four rooms kept
^|Ask people released what worked|^|Autumn 2025|
""")

TRACKED_HEAD = ("No", "Action", "Owner", "Completion date", "Progress")
TRACKED = rows("""
1|Adopt a walking and cycling policy for new estates|Planning Policy Manager|June 2025|Complete
2|Build a bridge over the Lode for walkers|Major Projects Team|March 2027|Not started
3|Count cyclists at twenty places each May|Transport Data Officer|Annually|In progress
4|Lend cargo bikes to traders|Active Travel Officer|September 2025|In progress
5|Close Mill Lane to through traffic|Highways Manager|Spring 2026|Not started
6|Train 300 adults to ride|Active Travel Officer|2025/26|In progress
7|Mend the towpath between both locks|Canal and River Trust|31/12/2025|Not started
8|Publish a map of quiet routes|Communications Team|May 2025|Complete
""")
CHANGED = {"2": (3, "March 2026"), "5": (2, "Transport Planning Manager"), "7": (4, "Complete")}
"""Reference → the column that was changed, and what it said before."""

CONTROLS_HEAD = (
    "Ref",
    "What will we do?",
    "Who will lead on this?",
    "When will we do it?",
    "What difference will it make?",
    "Status",
)
CONTROLS = rows("""
A1|Give every carer a named contact|Carers' Lead|October 2025|Carers know whom to call¶Fewer crises|In progress
A2|Pay for a week's break each year|Adult Social Care Commissioner|April 2026|400 breaks taken|Not started
A3|Find hidden carers through pharmacies|Carers Wharfdale|December 2025|250 new carers found¶Ten pharmacies take part|In progress
A4|Let carers visit wards outside visiting hours|Wharfdale Hospital|June 2025|Passport accepted on all wards|Complete
B1|Train teachers to spot young carers|Education Welfare Service|Q2 2025/26|Every school has a champion|In progress
B2|Start a young carers' council|Carers Wharfdale|January 2026|Council meets four times a year|Not started
B3|Offer free swimming to young carers|Leisure Services|July 2025|300 cards given out|Complete
B4|Review short breaks for parents|Children's Commissioning Manager|TBC||Not started
""")

BOXES_HEAD = ("Action", "Lead officer", "Deadline", "Milestones", "RAG")
BOXES = (
    ("1. Homes that are safe", rows("""
Survey every block over six storeys|Building Safety Manager|March 2026|Surveys let=June 2025;Surveys done=January 2026|Green
Replace 600 front doors with fire doors|Repairs Manager|December 2026|Contract let=Autumn 2025|Amber
Answer reports of damp within ten days|Repairs Manager|Ongoing||Green
Write to residents about fire each year|Building Safety Manager|Annually||Green
""")),
    ("2. Homes that are affordable", rows("""
Build 90 council homes on the depot site|Head of Development|2027|Planning permission=May 2025;Start on site=April 2026|Amber
Buy back 15 homes sold under right to buy|Head of Development|March 2027||Red
Lobby for a cap on holiday lets|Leader's Office|TBC||Amber
Set a target of 40% affordable homes|Planning Policy Team|September 2025|Consultation=June 2025|Green
""")),
)  # fmt: skip

CARDS_LABELS = ("Action", "Lead", "Partners", "Due", "Outcome", "Status")
CARDS = rows("""
Open the food pantry two evenings a week|Neighbourhood Manager|Larder Links|May 2025|200 members|Complete
Teach cooking on a small budget|Adult Learning Service|Larder Links; Public Health Team|September 2025|Eight courses a year|In progress
Put fresh fruit into corner shops|Public Health Team|Retail Association|March 2026|12 shops take part|Not started
Feed children in every school holiday|Family Hubs Manager|Ambleford FC Foundation|Ongoing|9,000 meals a year|In progress
Make allotments out of the old nursery|Parks Manager|Ambleford Allotment Society|Spring 2026|30 plots let|Not started
Collect what supermarkets do not sell|Waste Services Manager|Larder Links|August 2025|Two tonnes a week|In progress
Publish a directory of help with food|Communications Team||June 2025|Directory online|Complete
Ask households again what they need|Neighbourhood Manager|University of Ambleford|April 2026|500 answers|Not started
""")

W = nsdecls("w")


def saved(file: Any, path: Path) -> Path:
    """Save a Word file with one date for everything."""
    facts = file.core_properties
    facts.author, facts.created, facts.modified = "", PUBLISHED, PUBLISHED
    written = io.BytesIO()
    file.save(written)
    path.write_bytes(undated(written.getvalue()))
    return path


def table_in(file: Any, body: Rows) -> Any:
    """Add a table with a grid."""
    table = file.add_table(len(body), len(body[0]), style="Table Grid")
    for printed, row in zip(table.rows, body, strict=True):
        for cell, text in zip(printed.cells, row, strict=True):
            if text:
                cell.text = text
    return table


def merged(folder: Path) -> Path:
    """Write objectives, and leads, in cells that go down over several rows; ^ goes on with the cell above."""
    file = docx.Document()
    file.add_paragraph("Youth and Leaving Care Homelessness Plan 2025-2027", style="Title")
    file.add_paragraph("Marrowby Metropolitan Borough Council")
    body = [MERGED_HEAD, *MERGED]
    table = table_in(file, [tuple("" if cell == "^" else cell for cell in row) for row in body])
    for column in range(len(MERGED_HEAD)):
        start = 0
        for at, row in enumerate(body):
            if row[column] != "^":
                start = at
            elif at + 1 == len(body) or body[at + 1][column] != "^":
                table.cell(start, column).merge(table.cell(at, column))
                for left in table.cell(start, column).paragraphs[1:]:
                    if not left.text:
                        left._p.getparent().remove(left._p)
    return saved(file, folder / "full-merged.docx")


def tracked(folder: Path) -> Path:
    """Write changes that are tracked: what was struck out is not the plan any more, what was put in is."""
    file = docx.Document()
    file.add_heading("Active Travel Action Plan", 0)
    file.add_paragraph("Fenlode District Council, April 2025")
    table = table_in(file, [TRACKED_HEAD, *TRACKED])
    for printed, row in zip(table.rows[1:], TRACKED, strict=True):
        if row[0] not in CHANGED:
            continue
        column, before = CHANGED[row[0]]
        paragraph = printed.cells[column].paragraphs[0]._p
        for run in paragraph.findall(qn("w:r")):
            paragraph.remove(run)
        who = 'w:author="M. Clerk" w:date="2025-03-20T10:00:00Z"'
        paragraph.append(
            parse_xml(f'<w:del {W} w:id="{row[0]}1" {who}><w:r><w:delText>{before}</w:delText></w:r></w:del>')
        )
        paragraph.append(parse_xml(f'<w:ins {W} w:id="{row[0]}2" {who}><w:r><w:t>{row[column]}</w:t></w:r></w:ins>'))
    return saved(file, folder / "full-tracked.docx")


def controls(folder: Path) -> Path:
    """Write a form: statuses chosen from a list, dates from a calendar, outcomes as bullets in the cells."""
    file = docx.Document()
    section = file.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    file.add_paragraph("Wharfdale Carers' Action Plan 2025-26", style="Title")
    table = table_in(file, [CONTROLS_HEAD, *[(*row[:3], "", "", "") for row in CONTROLS]])
    for printed, row in zip(table.rows[1:], CONTROLS, strict=True):
        cells = printed.cells
        for column, kind in ((3, "date"), (5, "dropDownList")):
            paragraph = cells[column].paragraphs[0]._p
            paragraph.append(
                parse_xml(
                    f"<w:sdt {W}><w:sdtPr><w:{kind}/></w:sdtPr><w:sdtContent><w:r><w:t>{row[column]}</w:t></w:r>"
                    "</w:sdtContent></w:sdt>"
                )
            )
        for at, outcome in enumerate(filter(None, row[4].split("\n"))):
            paragraph = cells[4].paragraphs[0] if at == 0 else cells[4].add_paragraph()
            paragraph.text, paragraph.style = outcome, "List Bullet"
    return saved(file, folder / "full-controls.docx")


def boxes(folder: Path) -> Path:
    """Write headings between tables, milestones in a table inside a cell, and a note in a text box."""
    file = docx.Document()
    file.add_paragraph("Pennyholt Housing Strategy Delivery Plan 2025-2027", style="Title")
    note = file.add_paragraph()
    run = note.add_run()._r
    run.append(
        parse_xml(
            f'<w:pict {W} xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox><w:txbxContent><w:p><w:r>'
            "<w:t>Reviewed by the Housing Board every three months.</w:t></w:r></w:p></w:txbxContent></v:textbox>"
            "</v:shape></w:pict>"
        )
    )
    for heading, body in BOXES:
        file.add_heading(heading, 1)
        table = table_in(file, [BOXES_HEAD, *[(*row[:3], "", row[4]) for row in body]])
        for printed, row in zip(table.rows[1:], body, strict=True):
            if row[3]:
                steps = [tuple(step.split("=")) for step in row[3].split(";")]
                inner = printed.cells[3].add_table(len(steps), 2)
                for line, step in zip(inner.rows, steps, strict=True):
                    line.cells[0].text, line.cells[1].text = step
                printed.cells[3]._tc.append(OxmlElement("w:p"))
        file.add_paragraph()
    return saved(file, folder / "full-boxes.docx")


def cards(folder: Path) -> Path:
    """Write a table of two columns for each action: labels on the left, what is said on the right."""
    file = docx.Document()
    file.add_paragraph("Ambleford Food Plan 2025-2026", style="Title")
    for row in CARDS:
        table_in(file, list(zip(CARDS_LABELS, row, strict=True)))
        file.add_paragraph()
    return saved(file, folder / "full-cards.docx")


DOCUMENTS = {
    "full-merged.docx": merged,
    "full-tracked.docx": tracked,
    "full-controls.docx": controls,
    "full-boxes.docx": boxes,
    "full-cards.docx": cards,
}
