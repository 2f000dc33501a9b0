"""Whole plans as other bodies than councils lay them out, in Word and Excel: boxes above tables, lead and date in one."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import docx
import xlsxwriter
import xlwt

from tests.corpus.own.cells import PUBLISHED, Rows, rows
from tests.corpus.own.full_word import saved, table_in

TRUST_HEAD = ("Ref", "What was found", "Action to be taken", "Executive lead", "Operational lead", "Completion date", "Position", "BRAG")  # fmt: skip
TRUST = {
    "MUST": ("Must do actions", rows("""
M1|Medicines were left in corridors|Lock every medicine trolley between rounds|Chief Nurse|Matron for Medicine|30/04/2025|All trolleys have locks.|Blue
M2|Staff were behind with life support training|Train 95% of nurses in life support|Chief People Officer|Resuscitation Lead|31/08/2025|81% at the end of May.|Green
M3|Alarms could not be heard in side rooms|Fit call bells with lights|Director of Estates|Capital Projects Manager|30/09/2025||Amber
M4|Records lay open at desks|Move notes to locked cabinets|Medical Director|Health Records Manager|31/03/2025|Done on 20 of 22 wards.|Red
""")),
    "SHOULD": ("Should do actions", rows("""
S1|Families were not told of delays|Text families when theatre lists slip|Chief Operating Officer|Theatre Manager|31/10/2025||Green
S2|Signs were hard to follow|Repaint signs with the patients' panel|Director of Estates|Facilities Manager|31/12/2025|Panel met in May.|Green
S3|Meals came cold to the top floor|Buy four heated trolleys|Director of Estates|Catering Manager|30/06/2025|Delivered.|Blue
""")),
}  # fmt: skip
KEY = ("Blue: complete", "Green: on track", "Amber: at risk", "Red: overdue")

PARK_HEAD = ("What we will do", "Who", "When", "How we will know")
PARK = (
    ("Outcome 1: Wildlife comes back", "Half of the moor is in poor condition.", (
        ("Peat and water", rows("""
Block 40 miles of moorland drains|Moorland Officer with tenant farmers|By March 2027|Water table up by ten centimetres
Plant sphagnum on bare peat|Moor Futures|Each winter|60 hectares planted
""")),
        ("Woods and hedges", rows("""
Give farmers 30,000 trees|Woodland Adviser|2025-2028|30,000 trees in the ground
Map veteran oaks with volunteers|Volunteer Coordinator|Autumn 2025|Map online
""")),
    )),
    ("Outcome 2: Everyone feels welcome", "One visitor in five comes from a town within an hour.", (
        ("Getting here", rows("""
Run a Sunday bus from both cities|Transport Partnership|From May 2025|4,000 passengers a season
Put hearing loops into visitor centres|Visitor Services Manager|June 2025|Loops in all three
""")),
        ("Being here", rows("""
Lend walking boots to school groups|Learning Ranger|Ongoing|500 pairs lent a year
""")),
    )),
)  # fmt: skip

AUDIT_HEAD = ("No.", "Recommendation", "Priority", "Management response", "Responsible officer and target date")
AUDIT = rows("""
1|Reconcile the payroll to the ledger every month|High|Agreed. Done since April.|Head of Finance¶30 June 2025
2|Take leavers off the system within two days|High|Agreed|HR Operations Manager¶31 July 2025
3|Write down who may approve overtime|Medium|Agreed|Chief Fire Officer¶September 2025
4|Test the back-up of the payroll each quarter|Medium|Agreed in part: twice a year is enough.|ICT Manager¶December 2025
5|Ask for two quotes below £5,000|Low|Not agreed|
6|Publish what is spent on cards|Low|Agreed|Procurement Manager¶31/01/2026
""")

ASSOCIATION_HEAD = ("Ref", "Action", "Owner", "Deadline", "Where we are")
ASSOCIATION = rows("""
1|Safe homes
1.1|Check every smoke alarm once a year|Compliance Manager|31 March 2026|In progress
1.2|Replace lead pipes in Dock Cottages|Head of Assets|November 2025|Not started
1.3|Answer reports of mould in 24 hours|Repairs Team Leader|Ongoing|In progress
2|Fair rents
2.1|Write to tenants about the rent cap|Income Manager|28 February 2025|Complete
2.2|Hold a rent panel with tenants|Tenant Engagement Officer|Q3 2025/26|Not started
3|Good neighbours
3.1|Open a garden at Quay Court|Tenant Engagement Officer|Summer 2025|Complete
3.2|Train wardens in mediation|Housing Manager|TBC|On hold
""")
NOTES = ("Notes", "Progress is as reported to the board in June 2025.", "TBC: to be confirmed")

THEMES_HEAD = ("Ref", "Action", "Lead", "Support", "Timescale", "Status")
THEMES = (
    ((("Priority", "Fewer fires at home"), ("Aim", "Halve fires in kitchens by 2028"), ("Board sponsor", "Councillor for Safety")), rows("""
A1|Visit 5,000 homes of people over 80|Prevention Team|Age Concern Tarn|March 2026|In progress
A2|Give deep fat fryers away for old chip pans|Prevention Team||June 2025|Complete
A3|Teach cooking to students in halls|Community Fire Officer|University of Tarn|Each September|In progress
""")),
    ((("Priority", "Safer roads"), ("Aim", "No deaths of young drivers"), ("Board sponsor", "Deputy Chief Officer")), rows("""
B1|Show every sixth form what a crash does|Road Safety Officer|Police; Ambulance Service|Ongoing|In progress
B2|Check tyres in three car parks each month|Road Safety Officer|Tyre Safe|Monthly|In progress
""")),
    ((("Priority", "A service for everyone"), ("Aim", "Crews look like the county"), ("Board sponsor", "Chair")), rows("""
C1|Hold trial days for women|Recruitment Lead|Women in the Fire Service|October 2025|Not started
C2|Build dry changing rooms in six stations|Estates Manager||2026/27|Not started
""")),
)  # fmt: skip


def trust(folder: Path) -> Path:
    """Write what an inspection asked of a hospital: a sheet for what must be done, one for what should, a key below."""
    path = folder / "full-trust.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"created": PUBLISHED})
    bold, date = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy"})
    cover = book.add_worksheet("Cover")
    for at, text in enumerate(("Quality Improvement Plan 2025/26", "Wharfmouth Hospitals NHS Foundation Trust", "Version 7, June 2025")):  # fmt: skip
        cover.write(at, 1, text)
    for name, (heading, body) in TRUST.items():
        sheet = book.add_worksheet(name)
        sheet.write(0, 0, heading, bold)
        sheet.write_row(1, 0, TRUST_HEAD, bold)
        for at, row in enumerate(body, start=2):
            sheet.write_row(at, 0, row)
            sheet.write_datetime(at, 5, datetime.strptime(row[5], "%d/%m/%Y"), date)  # noqa: DTZ007
        for at, text in enumerate(KEY, start=len(body) + 3):
            sheet.write(at, 2, text)
    book.close()
    return path


def park(folder: Path) -> Path:
    """Write a table an outcome under a heading and prose; rows across the whole table head what follows."""
    file: Any = docx.Document()
    file.add_heading("Wolds National Park Management Plan", 0)
    file.add_paragraph("Delivery plan 2025-2028")
    file.add_paragraph("Wolds National Park Authority and its partners")
    for heading, prose, parts in PARK:
        file.add_heading(heading, 1)
        file.add_paragraph(prose)
        body: Rows = [PARK_HEAD]
        across = []
        for part, actions in parts:
            across.append(len(body))
            body += [(part, "", "", ""), *actions]
        table = table_in(file, body)
        for at in across:
            table.cell(at, 0).merge(table.cell(at, 3))
    return saved(file, folder / "full-park.docx")


def audit(folder: Path) -> Path:
    """Write an auditor's recommendations, with who answers for each and by when in one cell."""
    file: Any = docx.Document()
    file.add_heading("Payroll audit: agreed action plan", 0)
    file.add_paragraph("Internal Audit, May 2025")
    table_in(file, [AUDIT_HEAD, *AUDIT])
    return saved(file, folder / "full-audit.docx")


def association(folder: Path) -> Path:
    """Write a housing association's sheet: numbered headings with references of their own, notes right below."""
    path = folder / "full-association.xls"
    book = xlwt.Workbook()
    sheet = book.add_sheet("Plan")
    for at, text in enumerate(("Quayside Homes", "Tenant promise: action plan 2025")):
        sheet.write(at, 0, text)
    for at, row in enumerate((ASSOCIATION_HEAD, *ASSOCIATION, *((note,) for note in NOTES)), start=3):
        for place, text in enumerate(row):
            if text:
                sheet.write(at, place, text)
    book.save(str(path))
    return path


def themes(folder: Path) -> Path:
    """Write a box of facts above each table of actions; the priority stands in the box."""
    file: Any = docx.Document()
    file.add_heading("Community Risk Plan: actions for 2025/26", 0)
    for box, body in THEMES:
        table_in(file, list(box))
        file.add_paragraph("")
        table_in(file, [THEMES_HEAD, *body])
        file.add_paragraph("")
    return saved(file, folder / "full-themes.docx")


DOCUMENTS = {
    "full-trust.xlsx": trust,
    "full-park.docx": park,
    "full-audit.docx": audit,
    "full-association.xls": association,
    "full-themes.docx": themes,
}
