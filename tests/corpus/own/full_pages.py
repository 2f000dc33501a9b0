"""Whole plans in CSV, TSV, web pages, Markdown and plain text."""

from __future__ import annotations

import csv
import io
from html import escape
from pathlib import Path

from tests.corpus.own.cells import Rows, rows

SEMICOLON_HEAD = ("Ref", "Action", "Lead", "Supporting partners", "Deadline", "Success criteria", "Status")
SEMICOLON = rows("""
1|Sign the Armed Forces Covenant again|Chief Executive|Royal British Legion|June 2025|Covenant signed|Complete
2|Ask about service in every form|Customer Services Manager||September 2025|Question in 30 forms¶Staff know why it is asked|In progress
3|House veterans before others|Housing Options Manager|SSAFA; Stoll Homes|April 2026|No veteran sleeps rough|In progress
4|Name a link worker in each surgery|NHS Kestrel Vale||TBC|All 14 surgeries|Not started
5|Guarantee interviews to veterans|Head of HR||March 2025|10 veterans hired|Complete
6|Hold a breakfast club each month|Kestrel Veterans' Club|Community Centre|Monthly|40 guests|In progress
7|Help spouses into work|Skills Team|Jobcentre Plus|Q1 2026/27|25 spouses in work|Not started
8|Mark graves without a stone|Bereavement Services|Royal British Legion|11/11/2025|All 12 marked – £4,000 raised|In progress
""")

TABBED_HEAD = ("Action no.", "Action", "Lead team", "Date for completion", "Outcome")
TABBED = rows("""
AQ1|Measure fumes outside all schools|Environmental Health Team|May 2025|Sixty tubes in place
AQ2|Turn off engines campaign|Communications Team|Autumn 2025|Fewer idling cars¶Signs at 20 schools
AQ3|Buy electric refuse trucks|Fleet Team|2027/28|Six trucks bought
AQ4|Ban wet wood in shops|Trading Standards Team|Ongoing|No sales found
AQ5|Move the taxi rank|Licensing Team|31/01/2026|Rank moved
AQ6|Plant a green wall in Bow Street|Parks Team|March 2026|Wall planted
AQ7|Join up bus tickets|Transport Team|TBC|One ticket for all buses
AQ8|Report each year|Environmental Health Team|Annually|Report to Cabinet
""")

SITE_HEAD = ("Priority", "Action", "Lead", "By when", "Outcomes", "Progress")
SITE = rows("""
Safer homes|Fit locks within a day for people who flee abuse|Sanctuary Scheme Officer|April 2025|100 homes made safe|Complete
^|Train housing officers to ask safely|Domestic Abuse Lead|October 2025|60 officers trained¶More referrals|In progress
^|Keep tenancies when the abuser leaves|Tenancy Manager|Ongoing|30 tenancies kept|In progress
Support for children|Tell schools the same morning|Police|May 2025|Every school signed up|Complete
^|Offer play therapy in refuges|Children's Commissioner|January 2026|50 children helped|Not started
Work with those who harm|Run groups for men|Probation Service|September 2025|Four groups a year|In progress
^|Open a helpline|Respect Marlow|TBC||Not started
^|Train doctors to spot abuse|NHS Marlow|March 2026|20 practices trained|In progress
""")

BOXED_HEAD = ("Ref", "Action", "Lead", "Due", "Status")
BOXED = rows("""
L1|Keep all nine libraries open on Saturdays|Library Services Manager|April 2025|Complete
L2|Lend instruments|Music Service|September 2025|In progress
L3|Start homework clubs|Library Services Manager|October 2025|In progress
L4|Scan the parish maps|County Archivist|March 2027|Not started
L5|Visit care homes with books|Home Library Volunteers|Ongoing|In progress
L6|Lower the counters|Property Team|December 2025|Complete
L7|Stock books in ten more languages|Stock Manager|2025/26|In progress
L8|Measure who does not come|Data Analyst|TBC|Not started
""")

MARKED_HEAD = ("Ref", "Action", "Owner", "Target date", "Outcome", "RAG")
MARKED = (
    ("Priority 1: Less waste", rows("""
W1|Collect food waste from flats|Waste Manager|March 2026|All flats served|Amber
W2|Open a shop for what can be used again|Reuse Northolme|July 2025|Shop open|Green
W3|Lend nappies to parents|Public Health Team|October 2025|100 families a year|Green
W4|Mend things in village halls|Repair Cafés Network|Ongoing|40 days a year|Green
""")),
    ("Priority 2: Cleaner streets", rows("""
C1|Fine those who dump waste|Enforcement Team|June 2025|50 fines|Amber
C2|Empty bins by what is in them|Street Care Manager|2026|Sensors in 200 bins|Red
C3|Wash pavements of chewing gum|Street Care Manager|May 2025|Ten streets washed|Blue
C4|Give litter kits to schools|Education Team|Summer 2025|All schools have one|Blue
""")),
)  # fmt: skip

FIXED_HEAD = ("Ref", "Action", "Lead", "Due", "Status")
FIXED = rows("""
F1|Clear gullies in Mill Road|Highways|June 2025|Complete
F2|Train flood wardens|Parish Clerk|Sept 2025|In progress
F3|Map culverts|Drainage Board|March 2026|In progress
F4|Fit gates to twelve homes|Housing Team|Nov 2025|Not started
F5|Rehearse the rest centre|Emergency Planner|Annually|In progress
F6|Store sandbags at the depot|Depot Manager|Oct 2025|Complete
F7|Write to insurers|Town Clerk|TBC|Not started
F8|Plant trees upstream|Rivers Trust|2025/26|In progress
""")

BARRED_HEAD = ("Ref", "Action", "Lead", "Partners", "Date", "Measure")
BARRED = rows("""
M1|Open a crisis café three nights a week|Mental Health Commissioner|Mind in Oldcastle|December 2025|600 visits a year
M2|Teach first aid for the mind to 200 managers|Organisational Development Manager|Chamber of Commerce|March 2026|200 managers taught
M3|Put a nurse into the police control room|NHS Oldcastle|Police|July 2025|Fewer detentions
M4|Start walking groups for men|Leisure Trust|Andy's Club|May 2025|Six groups
M5|Fence the high bridge|Highways Manager|Samaritans|Spring 2026|Fence in place
M6|Call everyone within two days of leaving hospital|NHS Oldcastle||Ongoing|90% called
M7|Bring school counsellors together|Education Psychologist|Headteachers' Forum|Termly|Three meetings a year
M8|Ask young people what helps|Youth Council|University of Oldcastle|October 2025|1,000 answers
""")


def semicolon(folder: Path) -> Path:
    """Write CSV as Excel does in other countries: semicolons, Windows line ends and letters, breaks inside cells."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";")
    writer.writerow(["Kestrel Vale Armed Forces Action Plan 2025-2027"])
    writer.writerow([])
    writer.writerows([SEMICOLON_HEAD, *SEMICOLON])
    path = folder / "full-semicolon.csv"
    path.write_bytes(written.getvalue().encode("cp1252"))
    return path


def tabbed(folder: Path) -> Path:
    """Write TSV with a byte order mark, and cells in quotation marks that hold a line break."""
    written = io.StringIO()
    csv.writer(written, delimiter="\t", lineterminator="\n").writerows([TABBED_HEAD, *TABBED])
    path = folder / "full-tabbed.tsv"
    path.write_bytes(written.getvalue().encode("utf-8-sig"))
    return path


def site(folder: Path) -> Path:
    """Write a page of a council's site: menus, a cookie notice, priorities over several rows, lists in cells."""
    body = []
    for at, row in enumerate(SITE):
        cells = []
        for place, text in enumerate(row):
            if text == "^":
                continue
            following = [other[place] for other in SITE[at + 1 :]]
            down = 1 + next((count for count, other in enumerate(following) if other != "^"), len(following))
            span = f' rowspan="{down}"' if place == 0 else ""
            items = text.split("\n")
            inner = (
                f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>" if len(items) > 1 else escape(text)
            )
            cells.append(f"<td{span}>{inner}</td>")
        body.append(f"<tr>{''.join(cells)}</tr>")
    head = "".join(f"<th scope='col'>{text}</th>" for text in SITE_HEAD)
    page = (
        "<!DOCTYPE html><html lang='en'><head><title>Domestic abuse action plan - Marlow Sands Council</title></head>"
        "<body><div role='banner'>Marlow Sands Council</div><nav><ul><li><a href='/'>Home</a></li><li><a href='/bins'>"
        "Bins and recycling</a></li><li><a href='/pay'>Pay for it</a></li></ul></nav>"
        "<div class='cookies' role='complementary'>We use cookies to make this site work.</div>"
        "<main><h1>Domestic Abuse Action Plan 2025-26</h1><p>Last updated in June 2025.</p>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></main>"
        "<footer>© Marlow Sands Council</footer></body></html>"
    )
    path = folder / "full-site.html"
    path.write_text(page, encoding="utf-8")
    return path


def boxed(folder: Path) -> Path:
    """Write a table out of plain boxes: a box a row, a box a cell."""

    def boxes(row: tuple[str, ...], kind: str) -> str:
        return f"<div class='row {kind}'>{''.join(f'<div class=cell>{escape(cell)}</div>' for cell in row)}</div>"

    page = (
        "<!doctype html><html><head><meta charset='utf-8'><title>Libraries</title></head><body>"
        "<h1>Upwold Libraries Action Plan 2025-2027</h1><div class='grid'>"
        f"{boxes(BOXED_HEAD, 'head')}{''.join(boxes(row, 'body') for row in BOXED)}</div></body></html>"
    )
    path = folder / "full-boxed.html"
    path.write_text(page, encoding="utf-8")
    return path


def marked(folder: Path) -> Path:
    """Write Markdown with a heading over each table and a key in a list."""
    parts = [
        "# Northolme Waste and Street Care Plan 2025/26",
        "",
        "Key: Blue = Complete, Green = On track, Amber = Delayed, Red = Not started",
    ]
    for heading, body in MARKED:
        lines = [f"| {' | '.join(row)} |" for row in body]
        parts += ["", f"## {heading}", "", f"| {' | '.join(MARKED_HEAD)} |", "|---|---|:--|---|---|---|", *lines]
    path = folder / "full-marked.md"
    path.write_text("\n".join(parts) + "\n", encoding="utf-8")
    return path


def fixed(folder: Path) -> Path:
    """Write columns of fixed width, apart by spaces."""
    widths = (6, 34, 22, 14, 0)
    lines = [
        "".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in [FIXED_HEAD, *FIXED]
    ]
    path = folder / "full-fixed.txt"
    path.write_text("Lower Wending Flood Action Plan 2025-26\n\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def barred(folder: Path) -> Path:
    """Write cells between bars without a rule under the header, as a chat or an e-mail leaves them."""
    body: Rows = [BARRED_HEAD, *BARRED]
    lines = [" | ".join(row) for row in body]
    path = folder / "full-barred.txt"
    path.write_text("Oldcastle Mental Health Action Plan 2025-2026\n\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return path


DOCUMENTS = {
    "full-semicolon.csv": semicolon,
    "full-tabbed.tsv": tabbed,
    "full-site.html": site,
    "full-boxed.html": boxed,
    "full-marked.md": marked,
    "full-fixed.txt": fixed,
    "full-barred.txt": barred,
}
