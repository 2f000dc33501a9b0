"""Whole plans as other bodies than councils lay them out, in print, on the web and as text: lists, years across."""

from __future__ import annotations

from html import escape
from pathlib import Path

from reportlab.lib import colors
from reportlab.platypus import Paragraph, Spacer, Table

from tests.corpus.own.cells import rows
from tests.corpus.own.full_prints import CELL, HEAD, PLAIN, TITLE, built, paragraphs

CHARTER_HEAD = ("Ref", "Objective", "Rationale", "Specific actions", "Timeframe", "", "Person or group responsible", "Success criteria")  # fmt: skip
CHARTER_UNDER = ("", "", "", "", "Start", "End", "", "")
CHARTER = rows("""
4.1|More women apply for chairs|A fifth of applicants for chairs are women|Advertise every chair with part-time hours|Sept 2025|Aug 2026|Director of HR|35% of applicants are women by 2028
4.2||Few women were asked to apply|Set up search committees in each faculty|Jan 2026|Dec 2026|Deans of Faculty|A committee in all five faculties
4.3||Panels were often of men only|Train two hundred members of panels|Oct 2025|July 2027|Equality Team|No panel of men only
5.1|Parents come back to research|A third do not publish for two years after leave|Pay for a term without teaching after leave|Aug 2026|July 2029|Heads of School|Nine in ten take the term
5.2||Conferences cost carers more|Open a fund for care during conferences|Nov 2025|Ongoing|Research Office|50 grants a year
6.1|Students see women who teach|Reading lists have few women|Review reading lists in all first-year courses|Sept 2026|June 2027|Directors of Teaching|All lists reviewed
6.2||Prizes are named after men|Name four prizes after women|Feb 2026|May 2026|Alumni Office|Four prizes awarded
""")

BEATS = (
    ("Priority one: visible policing", (
        ("Put a named officer into every parish", (("Owner", "Assistant Chief Constable (Local Policing)"), ("Partners", "Parish councils"), ("Due", "September 2025"), ("Measure", "A name and photo on every parish web page"), ("Status", "In progress"))),
        ("Hold street surgeries each fortnight", (("Owner", "Neighbourhood Inspectors"), ("Due", "Ongoing"), ("Measure", "26 surgeries a year in each area"), ("Status", "In progress"))),
        ("Reopen the front counter in Easthaven", (("Owner", "Head of Estates"), ("Partners", "Easthaven Town Council"), ("Due", "31 March 2026"), ("Measure", "Counter open five days a week"), ("Status", "Not started"))),
    )),
    ("Priority two: victims first", (
        ("Ring every victim of burglary within a day", (("Owner", "Victim Care Manager"), ("Due", "June 2025"), ("Measure", "95% rung"), ("Status", "Complete"))),
        ("Give witnesses one contact until the trial", (("Owner", "Head of Criminal Justice"), ("Partners", "Witness Service"), ("Due", "Q4 2025/26"), ("Measure", "Fewer trials dropped"), ("Status", "Not started"))),
    )),
)  # fmt: skip

DROUGHT = """\
TARNSHIRE WATER
Drought plan: what we will do, 2025-26
======================================

This list was agreed with the Environment Agency.

A. LEAKS
--------

A1. Mend leaks that can be seen within three days
    Owner: Network Manager
    Deadline: Ongoing
    Success: 95% mended in time

A2. Fit 2,000 loggers on mains in the old town,
    and read them every night
    Owner: Head of Leakage
    Deadline: December 2025
    Success: Leakage down by a tenth

A3. Pay for leaks on customers' pipes to be mended
    Owner: Customer Director
    With: Plumbers' Federation
    Deadline: From April 2025
    Success: 1,500 repairs a year

B. DEMAND
---------

B1. Give away water butts
    Owner: Conservation Officer
    With: Tarnshire Council
    Deadline: May 2025
    Success: 4,000 butts

B2. Visit the fifty largest users
    Owner: Business Account Manager
    Deadline: March 2026
    Success: Use down by 8%

B3. Write to gardeners before a hosepipe ban
    Owner: Communications Manager
    With: Allotment societies
    Deadline: TBC
    Success: Letter sent to all
"""

CALENDAR = """\
Glenmoor Health and Social Care Partnership,,,,,,
Carers' plan – activity by year,,,,,,
,,,,,,
Theme,Activity,Lead,2025/26,2026/27,2027/28,Measure
Being found,Ask about caring at every review,Social Work Managers,X,X,X,Question in all reviews
,Train pharmacists to spot carers,Lead Pharmacist,X,,,40 pharmacists trained
,Put a carers' page on each surgery's website,Practice Managers' Group,,X,,Page on all sites
Having a break,Open a second respite flat,Commissioning Officer,,,X,Flat open
,Offer vouchers for short breaks,Carers' Centre,X,X,,300 vouchers a year
,"Pay for sitters at night, at weekends and on holidays",Commissioning Officer,,X,X,No request refused
Being heard,Hold a carers' assembly,Carers' Centre,X,,,100 carers attend
"""

BANDS_HEAD = ("Action", "Who", "By when", "How we will measure it")
BANDS = rows("""
PRIORITY 1: A GOOD START
1.1 Weigh every baby at home in the first week|Lead: Health Visiting Team¶Support: Midwifery|By end of Q2 2025-26|98% weighed
1.2 Open nursery places at the college|Lead: Early Years Service¶Support: Kinross College; Skills Board|August 2026|30 places
1.3 Give each family a box of books|Lead: Library Trust|Ongoing|900 boxes a year
PRIORITY 2: GOOD WORK
2.1 Offer an apprenticeship to every care leaver|Lead: Human Resources¶Support: Throughcare Team|31 March 2026|All who ask are placed
2.2 Put community benefits into all contracts|Lead: Procurement Team|Complete|Clause in standard terms
PRIORITY 3: GOOD PLACES
3.1 Grit the paths to all bus stops|Lead: Roads Service¶Support: Community Councils|Each winter|Paths gritted by eight
3.2 Turn the old mill into twenty homes|Lead: Housing Service¶Support: Ochil Homes|2027-28|20 homes let
""")


def charter(folder: Path) -> Path:
    """Print a university's plan across, with start and end under one heading and objectives that go down over rows."""
    down = [at for at, row in enumerate(CHARTER, start=2) if row[1]]
    ends = [*(at - 1 for at in down[1:]), len(CHARTER) + 1]
    body = [CHARTER_HEAD, CHARTER_UNDER, *CHARTER]
    table = Table(
        [paragraphs(row, CELL if at > 1 else HEAD) for at, row in enumerate(body)],
        [30, 95, 120, 165, 55, 55, 100, 120],
        repeatRows=2,
        style=[
            ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("SPAN", (4, 0), (5, 0)),
            *(("SPAN", (at, 0), (at, 1)) for at in (0, 1, 2, 3, 6, 7)),
            *(("SPAN", (1, first), (1, last)) for first, last in zip(down, ends, strict=True)),
        ],
    )
    story = [
        Paragraph("Gender Equality Charter Action Plan 2025-2029", TITLE),
        Paragraph("University of Eastmere", PLAIN),
        table,
    ]
    return built(folder / "full-charter.pdf", story, across=True, footer="University of Eastmere    ")


def beats(folder: Path) -> Path:
    """Write a web page with a heading for each action and a list of terms below it."""
    parts = [
        "<h1>Police and Crime Plan: delivery 2025/26</h1><p>Published by the Commissioner for Fenshire in May 2025.</p>"
    ]
    for priority, actions in BEATS:
        parts.append(f"<h2>{priority}</h2>")
        for text, facts in actions:
            terms = "".join(f"<dt>{label}</dt><dd>{escape(value)}</dd>" for label, value in facts)
            parts.append(f"<h3>{escape(text)}</h3><dl>{terms}</dl>")
    page = f"<!DOCTYPE html><html lang='en'><head><title>Delivery plan</title></head><body><main>{''.join(parts)}</main></body></html>"
    path = folder / "full-beats.html"
    path.write_text(page, encoding="utf-8")
    return path


def bands(folder: Path) -> Path:
    """Print a Scottish plan upright: shaded bands across the table, who leads and who supports in one cell."""
    body = [BANDS_HEAD, *((*row, *[""] * (4 - len(row))) for row in BANDS)]
    across = [at for at, row in enumerate(body) if not any(row[1:])]
    bold = {0, *across}
    table = Table(
        [paragraphs(row, HEAD if at in bold else CELL) for at, row in enumerate(body)],
        [185, 140, 80, 95],
        repeatRows=1,
        style=[
            ("GRID", (0, 0), (-1, -1), 0.5, colors.grey),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            *(("SPAN", (0, at), (-1, at)) for at in across),
            *(("BACKGROUND", (0, at), (-1, at), colors.HexColor("#d9e2f3")) for at in across),
        ],
    )
    story = [
        Paragraph("Ochilshire Community Planning Partnership", PLAIN),
        Paragraph("Local Outcomes Improvement Plan 2025-28", TITLE),
        Paragraph("Our vision is a fair county.", PLAIN),
        Spacer(1, 260),
        table,
    ]
    return built(folder / "full-bands.pdf", story, footer="Local Outcomes Improvement Plan    ")


def drought(folder: Path) -> Path:
    """Write a water company's list: a lettered heading underlined, each action with labels set in below it."""
    path = folder / "full-drought.txt"
    path.write_text(DROUGHT, encoding="utf-8")
    return path


def calendar(folder: Path) -> Path:
    """Write a sheet in which crosses stand under the years in which something is done."""
    path = folder / "full-calendar.csv"
    path.write_text(CALENDAR, encoding="utf-8")
    return path


DOCUMENTS = {
    "full-charter.pdf": charter,
    "full-beats.html": beats,
    "full-bands.pdf": bands,
    "full-drought.txt": drought,
    "full-calendar.csv": calendar,
}
