"""Whole plans in workbooks: several sheets, real dates, colours, merged cells, what is hidden, and older formats."""

from __future__ import annotations

import zipfile
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwt

from tests.corpus.own.cells import PUBLISHED, rows

SHEETS_HEAD = ("Ref", "Action", "Lead", "Partners", "Target date", "Outcome", "RAG")
SHEETS = {
    "Prevention": rows("""
P1|Screen everyone over 65 for falls when they see a doctor|Falls Prevention Lead|Medbury GP Federation|June 2025|2,000 people screened|Green
P2|Fit grab rails within a week of asking|Handyperson Service||Ongoing|95% fitted in a week|Green
P3|Run strength classes in sheltered housing|Leisure Services|Age Concern Medbury|September 2025|20 classes a week|Amber
P4|Check medicines of people who fell|Chief Pharmacist|Medbury Hospital|March 2026|All checked within a month|Red
"""),
    "Response": rows("""
R1|Send lifting teams instead of ambulances|Telecare Manager|Ambulance Service|January 2026|1,000 ambulance calls avoided|Amber
R2|Give pendants free for the first winter|Telecare Manager||November 2025|600 pendants given|Green
R3|Review each death after a fall|Safeguarding Adults Board|Coroner's Office|Quarterly|Lessons published|Green
R4|Train care homes to lift safely|Care Quality Team|Care Homes Association|TBC|40 homes trained|Red
"""),
}

TYPED_HEAD = ("No.", "Action", "Responsible officer", "Start date", "Completion date", "Progress")
TYPED = rows("""
1.1|Count empty homes street by street|Empty Homes Officer|01/04/2025|30/06/2025|Complete
1.2|Offer grants of up to £20,000 to owners|Empty Homes Officer|01/05/2025|31/03/2026|In progress
1.3|Serve notices on the fifty worst|Legal Services Manager|01/09/2025|31/12/2025|Not started
1.9|Auction homes whose owners cannot be found|Estates Manager|01/01/2026|30/09/2026|Not started
1.10|Lease flats over shops|Town Centre Manager|01/06/2025|28/02/2026|In progress
1.11|Charge the premium after one year|Revenues Manager|01/04/2025|01/04/2025|Complete
2.1|Tell owners what help there is|Communications Officer|14/04/2025|31/05/2025|Complete
2.2|Hold a day for landlords|Private Sector Housing Manager|01/10/2025|15/11/2025|Not started
""")
LIGHTS = {"Complete": "#00B050", "In progress": "#FFC000", "Not started": "#FF0000"}

TRACKER_HEAD = ("ID", "Workstream", "Action", "Owner", "Due", "Cost (£)", "Resources", "Risk", "Status", "Update")
TRACKER = rows("""
T1|Digital|Put all forms online|Digital Manager|30 Jun 2025|12,000|In-house team|Low|Complete|Done in May.
T2|Digital|Answer web chats until eight|Customer Services Manager|31 Dec 2025|45,000|Two posts|Medium|In progress|First post filled.
T3|Digital|Lend tablets through libraries|Library Manager|31 Mar 2026|8,500|Grant|Low|In progress|80 lent so far.
T4|People|Coach all managers|Head of HR|30 Sep 2025|20,000|Outside trainer|Medium|In progress|Half are through.
T5|People|Sign the disability charter|Chief Executive|31 May 2025|0|None|Low|Complete|Signed in April.
T6|People|Cut agency staff by a third|Head of HR|31 Mar 2026|0|In-house team|High|Not started|
T7|Places|Share offices with the police|Estates Manager|31 Oct 2026|150,000|Capital|High|Not started|
T8|Places|Open three hubs in villages|Community Manager|31 Jul 2025|60,000|Lottery|Medium|In progress|Two are open.
""")

OLD_HEAD = ("Ref", "Recommendation", "Action", "Lead officer", "By when", "Status")
OLD = rows("""
1a|Residents should be heard|Hold a panel in each of four areas|Tenant Involvement Officer|July 2025|Complete
1b||Pay panel members for their time|Head of Housing|September 2025|In progress
2a|Repairs should be right first time|Give operatives stocked vans|Repairs Manager|March 2026|In progress
2b||Text tenants the day before a visit|Repairs Manager|May 2025|Complete
2c||Ask for marks out of five after each visit|Customer Insight Officer|Ongoing|In progress
3a|Complaints should lead to change|Publish what was learnt each quarter|Complaints Manager|Quarterly|In progress
3b||Train staff to say sorry|Complaints Manager|October 2025|Not started
3c||Report to Cabinet once a year|Head of Housing|Annually|Not started
""")

OPEN_HEAD = ("Ref", "Priority", "Task", "Lead agency", "Deadline", "Measure")
OPEN = rows("""
1|Alcohol|Limit late licences in Dock Road|Licensing Board|June 2025|Fewer assaults after midnight
2|Alcohol|Offer brief advice in all pharmacies|Public Health|December 2025|5,000 people advised
3|Alcohol|Open a sobering centre on Saturdays|Ambulance Service|1 November 2025|150 people a month
4|Tobacco|Sell no vapes near schools|Trading Standards|March 2026|No sales in test purchases
5|Tobacco|Help pregnant women to stop smoking|Maternity Services|April 2025|Rate under 6%
6|Gambling|Train advisers to ask about gambling|Citizens Advice|Autumn 2025|60 advisers trained
7|Gambling|Block gambling sites on public wifi|IT Services|30 April 2025|Sites blocked
8|Gambling|Map betting shops|Public Health|2026|Map published
""")


def sheets(folder: Path) -> Path:
    """Write a sheet a theme under a title and a date, a hidden sheet, and a hidden row."""
    path = folder / "full-sheets.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"created": PUBLISHED})
    bold = book.add_format({"bold": True})
    for name, body in SHEETS.items():
        sheet = book.add_worksheet(name)
        sheet.merge_range(0, 0, 0, 6, "Medbury Falls Action Plan 2025/26", bold)
        sheet.write(1, 0, "As agreed by the Health and Wellbeing Board")
        sheet.write_row(3, 0, SHEETS_HEAD, bold)
        for at, row in enumerate(body):
            sheet.write_row(4 + at, 0, row)
    last = book.get_worksheet_by_name("Response")
    last.write_row(8, 0, ("R5", "Buy a second van", "Telecare Manager", "", "May 2025", "", "Red"))
    last.set_row(8, None, None, {"hidden": True})
    old = book.add_worksheet("Last year")
    old.write_row(0, 0, SHEETS_HEAD)
    old.write_row(1, 0, ("X1", "Action of last year", "Nobody", "", "May 2024", "", "Green"))
    old.hide()
    book.close()
    return path


def typed(folder: Path) -> Path:
    """Write dates as dates, references as numbers with their decimals, and statuses with their colour."""
    path = folder / "full-typed.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"created": PUBLISHED})
    sheet = book.add_worksheet("Sheet1")
    sheet.write(0, 0, "Sandlings District Council Empty Homes Action Plan 2025-26", book.add_format({"bold": True}))
    sheet.write_row(2, 0, TYPED_HEAD, book.add_format({"bold": True, "border": 1}))
    date = book.add_format({"num_format": "dd/mm/yyyy"})
    for at, row in enumerate(TYPED, start=3):
        sheet.write_number(at, 0, float(row[0]), book.add_format({"num_format": "0.00" if len(row[0]) > 3 else "0.0"}))
        sheet.write_row(at, 1, row[1:3])
        for place in (3, 4):
            sheet.write_datetime(at, place, datetime.strptime(row[place], "%d/%m/%Y"), date)  # noqa: DTZ007
        sheet.write_string(at, 5, row[5], book.add_format({"bg_color": LIGHTS[row[5]]}))
    book.close()
    return path


def tracker(folder: Path) -> Path:
    """Write a tracker: a header in the fifth row, workstreams in merged cells, costs and risks, a total by formula."""
    path = folder / "full-tracker.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"created": PUBLISHED})
    sheet = book.add_worksheet("Tracker")
    sheet.write(0, 0, "Transformation Programme Action Plan 2025-2026")
    sheet.write(1, 0, "Stourbeck Council")
    sheet.write_row(4, 0, TRACKER_HEAD, book.add_format({"bold": True}))
    start = 5
    for at, row in enumerate(TRACKER, start=5):
        for place, text in enumerate(row):
            if place == 5:
                sheet.write_number(at, place, float(text.replace(",", "")), book.add_format({"num_format": "#,##0"}))
            elif place != 1:
                sheet.write_string(at, place, text)
        following = TRACKER[at - 4][1] if at - 4 < len(TRACKER) else None
        if following != row[1]:
            sheet.merge_range(start, 1, at, 1, row[1])
            start = at + 1
    book.close()
    return path


def old(folder: Path) -> Path:
    """Write the format of Excel before 2007, with recommendations in cells that go down over their actions."""
    path = folder / "full-old.xls"
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Plan")
    sheet.write(0, 0, "Landlord Services Improvement Plan 2025")
    for place, text in enumerate(OLD_HEAD):
        sheet.write(2, place, text)
    for at, row in enumerate(OLD, start=3):
        for place, text in enumerate(row):
            if place == 1:
                end = at
                while end - 2 < len(OLD) and not OLD[end - 2][1]:
                    end += 1
                if text:
                    sheet.write_merge(at, end, 1, 1, text)
            elif text:
                sheet.write(at, place, text)
    book.save(str(path))
    return path


def open_document_sheet(folder: Path) -> Path:
    """Write LibreOffice's format by hand: a priority covers its rows, and empty rows are said once with their number."""
    path = folder / "full-open.ods"
    written = [
        _ods_row(("Hythe Quay Addictions Action Plan 2025-2026",)),
        "<table:table-row><table:table-cell/></table:table-row>",
    ]
    written.append(_ods_row(OPEN_HEAD))
    for at, row in enumerate(OPEN):
        above = OPEN[at - 1][1] if at else ""
        count = sum(1 for other in OPEN if other[1] == row[1]) if row[1] != above else 0
        written.append(_ods_row(row, down=count))
    written.append('<table:table-row table:number-rows-repeated="1000"><table:table-cell/></table:table-row>')
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="Plan">{"".join(written)}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w") as package:
        for name, text in (("mimetype", kind), ("content.xml", content), ("META-INF/manifest.xml", manifest)):
            package.writestr(zipfile.ZipInfo(name, (2025, 4, 1, 9, 0, 0)), text)
    return path


def _ods_row(row: tuple[str, ...], down: int | None = None) -> str:
    cells: list[Any] = []
    for place, text in enumerate(row):
        if down == 0 and place == 1:
            cells.append("<table:covered-table-cell/>")
            continue
        span = f' table:number-rows-spanned="{down}" table:number-columns-spanned="1"' if down and place == 1 else ""
        cells.append(
            f'<table:table-cell office:value-type="string"{span}><text:p>{escape(text)}</text:p></table:table-cell>'
        )
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


DOCUMENTS = {
    "full-sheets.xlsx": sheets,
    "full-typed.xlsx": typed,
    "full-tracker.xlsx": tracker,
    "full-old.xls": old,
    "full-open.ods": open_document_sheet,
}
