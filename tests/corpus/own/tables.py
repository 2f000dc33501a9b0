"""Tables whose headings, rows or merged cells are out of the ordinary, as text, CSV and web pages."""

from __future__ import annotations

import csv
import html
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

Rows = "Sequence[Sequence[str]]"


def tabbed(*parts: str | Sequence[Sequence[str]]) -> str:
    """Give lines of text and tables of cells as one text, the cells apart by tabs."""
    written = (part if isinstance(part, str) else "\n".join("\t".join(row) for row in part) for part in parts)
    return "\n\n".join(written) + "\n"


def comma_separated(rows: Sequence[Sequence[str]]) -> str:
    """Give a table as CSV."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def page(title: str, body: str) -> str:
    """Give a web page."""
    return (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{html.escape(title)}</title></head>"
        f"<body><h1>{html.escape(title)}</h1>\n{body}\n</body></html>\n"
    )


def cell(text: str, *, tag: str = "td", down: int = 1, right: int = 1, colour: str = "") -> str:
    """Give a cell of a web page; the lines of its text stand on lines of their own."""
    spans = (f" rowspan='{down}'" if down > 1 else "") + (f" colspan='{right}'" if right > 1 else "")
    style = f" style='background-color:{colour}'" if colour else ""
    return f"<{tag}{spans}{style}>{html.escape(text).replace(chr(10), '<br>')}</{tag}>"


def row(*cells: str) -> str:
    """Give a row of a web page."""
    return f"<tr>{''.join(made if made.startswith('<t') else cell(made) for made in cells)}</tr>"


def heading_row(*texts: str) -> str:
    """Give a row of heading cells."""
    return f"<tr>{''.join(cell(text, tag='th') for text in texts)}</tr>"


def writer(name: str, text: str) -> Callable[[Path], Path]:
    """Give what writes one document into a folder."""

    def write(folder: Path) -> Path:
        path = folder / name
        path.write_text(text, encoding="utf-8", newline="")
        return path

    return write


QUESTIONS = tabbed(
    "Eastmere District Council\nEmpty homes action plan 2024-2027",
    "Priority A: Finding empty homes",
    [
        (
            "No.",
            "What are we going to do?",
            "Who will lead?",
            "Who else will be involved?",
            "When will it be done by?",
            "How will we know it has worked?",
            "BRAG",
        ),
        (
            "A1",
            "Publish a register of homes empty for more than two years",
            "Private Sector Housing Manager",
            "Council Tax Team",
            "June 2024",
            "Register published on the website",
            "B",
        ),
        (
            "A2",
            "Write to every owner on the register once a year",
            "Empty Homes Officer",
            "Council Tax Team; Legal Services",
            "Annually",
            "90% of owners contacted",
            "G",
        ),
        (
            "A3",
            "Set up an online form for residents to report an empty home",
            "Digital Team",
            "",
            "Mar-25",
            "Form in use",
            "A",
        ),
        ("A4", "Survey the ten worst streets", "Empty Homes Officer", "Parish councils", "TBC", "", "R"),
    ],
    "Priority B: Bringing homes back into use",
    [
        (
            "No.",
            "What are we going to do?",
            "Who will lead?",
            "Who else will be involved?",
            "When will it be done by?",
            "How will we know it has worked?",
            "BRAG",
        ),
        (
            "B1",
            "Offer interest-free loans to owners who let through the council",
            "Private Sector Housing Manager",
            "Eastmere Credit Union",
            "Q2 2025/26",
            "12 loans made",
            "A",
        ),
        (
            "B2",
            "Agree a policy for compulsory purchase",
            "Head of Legal and Democratic Services",
            "Estates Team / Planning Policy Team",
            "31/03/2025",
            "Policy adopted by Cabinet",
            "G",
        ),
        (
            "B3",
            "Lease five long-term empty flats for families in temporary accommodation",
            "Housing Options Manager",
            "Two Rivers Housing Association",
            "by Spring 2026",
            "Five flats let",
            "R",
        ),
        ("B4", "Review the council tax premium", "", "", "2026/27", "Premium reviewed", ""),
    ],
    "Key: B = Complete, G = On track, A = At risk of delay, R = Not started",
)

UNHEADED = comma_separated(
    [
        ("", "Action", "", "Partners", "", ""),
        ("1.1", "Train all front-desk staff in mental health first aid", "Organisational Development Manager", "MIND", "30/09/2025", "In progress"),
        ("1.2", "Open a quiet space in the Civic Centre", "Facilities Manager", "", "December 2025", "Not started"),
        ("1.3", "Add wellbeing to every one-to-one", "Head of Human Resources", "", "Ongoing", "On track"),
        ("2.1", "Fund two community connectors in the north of the borough", "Public Health Manager", "Wellsby Together", "01/04/2026", "Not started"),
        ("2.2", "Hold a men's health week in leisure centres", "Leisure Services Manager", "Wellsby Rugby Club", "June 2026", "Not started"),
        ("2.3", "Map bereavement support", "Public Health Manager", "Wellsby Hospice; Age Wellsby", "Mar-26", "Completed"),
        ("2.4", "Share data on self-harm with schools", "Public Health Analyst", "", "", "On hold"),
        ("3.1", "Write a suicide prevention communications plan", "Communications Manager", "Samaritans", "2025-11-30", "In progress"),
    ]
)  # fmt: skip

MERGED = page(
    "Cycling and Walking Delivery Plan 2025 to 2028",
    "<p>Harrowdene County Council</p><table>"
     f"<tr>{cell('Ref', tag='th', down=2)}{cell('Objective', tag='th', down=2)}{cell('Key Activity', tag='th', down=2)}"
     f"{cell('Timeline', tag='th', right=2)}{cell('Lead Directorate', tag='th', down=2)}"
     f"{cell('Intended Impact', tag='th', down=2)}</tr>"
    + heading_row("From", "To")
    + row(cell("Theme 1: Safer routes", right=7))
    + row("1", cell("Children can ride to school", down=3), "Build four school streets", "Apr 2025", "Mar 2026", cell("Place Directorate", down=2), "20% fewer car trips to the four schools")
    + row("2", "Widen the crossing at Mill Lane", "May 2025", "Sep 2025", "Fewer injuries")
    + row("3", "Train 600 pupils a year in Bikeability level 2", "Sep 2025", "Jul 2026", "Children's Services", "600 pupils trained")
    + row("4", cell("Main roads are calm", down=2), "Lower the limit to 20 mph on residential roads in Harrow Town", "Jan 2026", "Dec 2027", "Place Directorate", "")
    + row("5", "Install average speed cameras on the A612", "Apr 2026", "Mar 2028", "", "Fewer injuries")
    + row(cell("Theme 2: Longer journeys", right=7))
    + row("6", cell("Town to town by bike", down=3), "Resurface the canal towpath from Harrow Town to Denby", "Apr 2025", "Oct 2026", "Place Directorate", "Towpath open all year")
    + row("7", "Agree a route for the Dene Valley Greenway", "Jun 2025", "Dec 2025", "Place Directorate", "Route agreed with all landowners")
    + row("8", "Add bike parking at every rail station", "Apr 2026", "Mar 2027", "Place Directorate", "40 stands at six stations")
    + "</table>",
)  # fmt: skip

ONCE = comma_separated(
    [
        ("Strategic aim", "Ref", "Task", "Responsible Officer", "Deadline", "Measure of success"),
        ("Reduce emissions from council buildings", "C1", "Fit solar panels at the depot", "Energy Manager", "31/12/2025", "150 kW installed"),
        ("", "C2", "Replace gas boilers in six schools", "", "31/03/2027", "Boilers replaced"),
        ("", "C3", "Move all sites to a green tariff", "Procurement Manager", "", "Tariff in place"),
        ("Reduce emissions from travel", "C4", "Buy only electric vans from 2026", "Fleet Manager", "01/04/2026", "Fleet policy changed"),
        ("", "C5", "Put chargers in twelve car parks", "Parking Manager", "30/06/2026", ""),
        ("", "C6", "Offer staff a salary sacrifice scheme for bicycles", "Head of HR", "30/09/2025", "100 staff take part"),
        ("Help residents to act", "C7", "Run a monthly repair café", "", "Ongoing", "12 cafés a year"),
        ("", "C8", "Give advice on home energy at libraries", "Libraries Manager", "31/10/2025", "Advice in every library"),
    ]
)  # fmt: skip

SEVERAL = page(
    "Domestic Abuse Partnership Action Plan 2024-26",
    "<table>"
    + heading_row("Priority", "Actions", "Lead", "Target date", "Success measure")
    + row(
        "1. Early help",
        "1.1 Train 40 champions in GP surgeries\n1.2 Put posters in every pharmacy\n1.3 Run a campaign in schools",
        "ICB\nPublic Health\nEducation Service",
        "March 2025\nJune 2024\nNovember 2024",
        "More people ask for help early",
    )
    + row(
        "2. Safe homes",
        "2.1 Open a refuge for women with older sons\n2.2 Extend the sanctuary scheme to private tenants",
        "Housing Strategy Team\nHousing Options Team",
        "April 2026\nOctober 2024",
        "No family turned away for lack of space",
    )
    + row(
        "3. Justice",
        "3.1 Fund two court advocates\n3.2 Review every high-risk case within ten days\n3.3 Commission a programme for perpetrators",
        "Police and Crime Commissioner\nMARAC\nProbation Service",
        "September 2024\nOngoing\nTBC",
        "Higher conviction rate",
    )
    + "</table>",
)  # fmt: skip

SIDE_BY_SIDE = tabbed(
    "Youth Violence Reduction Plan 2025",
    [
        ("Prevent", "", "", "Protect", "", ""),
        ("Action", "Owner", "By when", "Action", "Owner", "By when"),
        ("Start a mentoring scheme in Year 7", "Youth Service", "September 2025", "Patrol the bus station after school", "Neighbourhood Policing Team", "Ongoing"),
        ("Keep two youth clubs open late on Fridays", "Youth Service", "May 2025", "Fit knife bins at three parks", "Parks Team", "August 2025"),
        ("Train barbers and shopkeepers as listeners", "Community Safety Team", "July 2025", "Put a youth worker in A&E", "Acute Trust", "December 2025"),
        ("Offer paid work tasters in the summer", "Employment and Skills Team", "Summer 2025", "Move families at risk within seven days", "Housing Options Team", "April 2025"),
        ("Pilot restorative practice in the pupil referral unit", "Virtual School", "Autumn 2025", "", "", ""),
    ],
)  # fmt: skip

PAGES = tabbed(
    "Skills and Employment Board: action plan 2023-2025",
    [
        ("Ref", "Action", "Lead organisation", "Deadline", "Status", "Latest position"),
        ("S1", "Open a jobs hub in the market hall", "Borough Council", "Sept 2023", "Complete", "Opened on 4 September 2023."),
        ("S2", "Agree a bursary for care leavers in training,", "College", "January 2024", "Ongoing", "Draft agreed."),
    ],
    "Page 1 of 3\f",
    [
        ("Ref", "Action", "Lead organisation", "Deadline", "Status", "Latest position"),
        ("", "including travel and meals", "", "", "", "Waiting for the governors."),
        ("S3", "Double the number of traineeships at the hospital", "NHS Trust", "31.03.2024", "In progress", "Six of twelve filled."),
        ("S4", "Hold a fair for people over fifty", "Jobcentre", "Nov 2023", "Done", "240 people came."),
        ("S5", "Teach digital basics in four libraries", "Library Service", "ongoing", "On target", ""),
    ],
    "Page 2 of 3\f",
    [
        ("Ref", "Action", "Lead organisation", "Deadline", "Status", "Latest position"),
        ("S6", "Set up a construction academy on the Eastfields site", "College", "Q4 2024/25", "Delayed", "Planning permission late."),
        ("S7", "Offer interview practice to every Year 11 pupil", "Careers Service", "July 2024", "Not started", ""),
        ("S8", "Write a local skills improvement plan", "Chamber of Commerce", "FYE 24/25", "Cancelled", "Done by the region instead."),
    ],
    "Page 3 of 3",
)  # fmt: skip

NO_HEADER = comma_separated(
    [
        ("Tree and woodland strategy: actions", "", "", "", "", ""),
        ("T1", "Plant 4,000 street trees in wards with least shade", "Tree Officer", "31/03/2027", "Canopy cover up by two points", "Green"),
        ("T2", "Survey all ash trees on council land", "Tree Officer", "30/09/2025", "Survey complete", "Amber"),
        ("T3", "Adopt a tree replacement policy", "Planning Policy Manager", "31/12/2025", "Policy adopted", "Red"),
        ("T4", "Give away 500 fruit trees to residents", "Community Gardens Officer", "30/11/2025", "500 trees given", "Green"),
        ("T5", "Create two community orchards", "Parks Manager", "31/03/2026", "Two orchards open", "Amber"),
        ("T6", "Start a tree warden scheme", "Community Gardens Officer", "30/06/2025", "Warden in every ward", "Green"),
        ("T7", "Stop the use of glyphosate in parks", "Parks Manager", "31/12/2026", "No glyphosate used", "Red"),
        ("T8", "Compost all leaves at the depot", "Parks Manager", "31/10/2026", "No leaves sent away", "Amber"),
    ]
)  # fmt: skip

MONEY = comma_separated(
    [
        ("Action No", "Theme", "Action required", "Priority (H/M/L)", "Responsible team", "Completion date", "Resources required", "Estimated cost", "Risk", "RAG status", "% complete", "Progress to date"),
        ("1", "Food", "Open three more food pantries", "High", "Communities Team", "30/06/2025", "Two part-time posts", "£60,000", "Landlord withdraws", "Amber", "40%", "Two sites found"),
        ("2", "Food", "Move every pantry to surplus food", "Medium", "Communities Team", "31/12/2025", "Van", "£25,000", "", "Red", "0%", ""),
        ("3", "Fuel", "Give fuel vouchers within one day", "High", "Welfare Rights Team", "Ongoing", "Existing budget", "Nil", "Grant ends in March", "Green", "100%", "Average of six hours"),
        ("4", "Fuel", "Insulate 200 homes with the coldest tenants", "High", "Asset Management Team", "March 2026", "Contractor", "£1.2m", "Price of materials", "Amber", "25%", "51 homes insulated"),
        ("5", "Debt", "Stop the use of bailiffs for council tax support cases", "Low", "Revenues Team", "2026/27", "None", "£0", "", "Not started", "0%", ""),
        ("6", "Debt", "Put a debt adviser in every foodbank", "Medium", "Advice Partnership", "Oct-25", "1.5 FTE", "£48,500", "Recruitment", "Green", "60%", "Post advertised"),
        ("7", "Income", "Run a pension credit campaign", "High", "Welfare Rights Team", "Winter 2025", "Mailing", "£4,000", "", "Complete", "100%", "£310,000 claimed"),
        ("8", "Income", "Pay the real living wage to all contractors", "Medium", "Procurement Team", "01/04/2027", "Legal advice", "tbc", "Cost to suppliers", "On hold", "10%", "Awaiting legal advice"),
    ]
)  # fmt: skip

COLOURS = page(
    "Air Quality Action Plan progress report",
    "<p>Key: green = completed, amber = under way, red = not started, grey = no longer to be done</p><table>"
    + heading_row("Measure No.", "Measure", "Lead authority", "Estimated completion date", "Progress RAG")
    + "".join(
        row(number, text, lead, when, cell("", colour=colour))
        for number, text, lead, when, colour in (
            ("M1", "Retrofit 60 buses to Euro VI", "Transport Authority", "2024", "#00b050"),
            ("M2", "Set up a clean air zone in the station quarter", "City Council", "June 2026", "#ff0000"),
            ("M3", "Publish live readings from 30 sensors", "City Council", "March 2025", "#ffc000"),
            ("M4", "Ban engine idling near schools", "City Council", "September 2024", "#00b050"),
            ("M5", "Give grants for cargo bikes to small firms", "Business Improvement District", "2025/26", "#ffc000"),
            ("M6", "Switch harbour craft to shore power", "Port Company", "2028", "#ff0000"),
            ("M7", "Move the coach park out of the centre", "Transport Authority", "TBC", "#a6a6a6"),
            ("M8", "Fit filters in the two worst nurseries", "Education Service", "Autumn 2025", "#ffc000"),
        )
    )
    + "</table>",
)  # fmt: skip

SUPPORT = tabbed(
    "Rough Sleeping Delivery Plan 2025-2028",
    "Commitment 1 – Prevent",
    [
        ("Ref.", "Commitment / action", "Lead and supporting agencies", "Target completion", "Desired result"),
        ("1a", "Agree a hospital discharge protocol", "Housing Options (lead), Acute Trust (support), ICB (support)", "September 2025", "Nobody discharged to the street"),
        ("1b", "Find people on the day they leave prison", "Probation Service (Lead)", "Q1 2026/27", "Every release with an address"),
        ("1c", "Call before you serve: a phone line for landlords", "Landlord Forum (support); Private Sector Team (lead)", "within 6 months", "Fewer notices served"),
        ("1d", "Help young people who leave care to keep a tenancy", "Leaving Care Team (lead) / Housing Options (support)", "2025 – 2027", "90% of tenancies kept for two years"),
    ],
    "Commitment 2 – Recover",
    [
        ("Ref.", "Commitment / action", "Lead and supporting agencies", "Target completion", "Desired result"),
        ("2a", "Buy 20 flats for Housing First", "Homes Team (lead)", "end of 2026", "20 flats bought"),
        ("2b", "Offer dental care at the day centre", "Lamplight Day Centre", "Spring 2026", "100 people treated"),
        ("2c", "Pay peer mentors the living wage", "Lamplight Day Centre (lead), Cllr Ann Perry (support)", "April 2025", "Six mentors in post"),
        ("2d", "Check every death on the street", "Director of Public Health", "Ongoing, report each March", "Lessons shared"),
    ],
)  # fmt: skip

DATED = comma_separated(
    [
        ("Ref", "Agreed action", "Action owner", "Timescale for delivery"),
        ("1", "Write a lettings plan", "Allocations Manager", "Q3 2024/25"),
        ("2", "Sell the old depot", "Estates Manager", "FYE 24/25"),
        ("3", "Mend the lift at Tower House", "Repairs Manager", "by Spring 2025"),
        ("4", "Appoint a damp and mould team", "Repairs Manager", "within 6 months"),
        ("5", "Inspect all blocks over 18 metres", "Building Safety Manager", "Year 1"),
        ("6", "Publish a tenant handbook", "Tenancy Manager", "TBC"),
        ("7", "Replace 400 kitchens", "Planned Works Manager", "2022 – 2025"),
        ("8", "Join the landlord accreditation scheme", "Lettings Manager", "01/04/2024"),
        ("9", "Clean the stock data", "Data Manager", "Mar-25"),
        ("10", "Survey tenants", "Tenancy Manager", "30th June 2026"),
        ("11", "Fit smoke alarms", "Building Safety Manager", "Qtr 1 25/26"),
        ("12", "Let all garages", "Estates Manager", "31.03.2026"),
        ("13", "Fence the play areas", "Estates Manager", "By end of Q2 2025/26"),
        ("14", "Meet leaseholders", "Leasehold Manager", "Every six months"),
        ("15", "Review service charges", "Leasehold Manager", "March"),
        ("16", "Draft an asset strategy", "Director of Homes", "2025/26"),
        ("17", "Pilot a handyperson service", "Repairs Manager", "April – June 2025"),
        ("18", "Consult on rents", "Finance Manager", "Short term"),
        ("19", "Merge the two waiting lists", "Allocations Manager", "No later than December 2025"),
        ("20", "Close the cash office", "Finance Manager", "asap"),
    ]
)  # fmt: skip

STATUSES = comma_separated(
    [
        ("ID", "Recommendation", "Management response / action", "Accountable lead", "Original due date", "Revised due date", "Current status"),
        ("R1", "Improve call handling", "Hire six advisers for the winter", "Head of Customer Services", "31/10/2024", "", "Implemented"),
        ("R2", "Improve call handling", "Offer a call-back after ten minutes", "Head of Customer Services", "30/11/2024", "28/02/2025", "Overdue"),
        ("R3", "Publish complaints data", "Put a dashboard on the website", "Complaints Manager", "31/01/2025", "", "Partially implemented"),
        ("R4", "Publish complaints data", "Report lessons learned to committee", "Complaints Manager", "31/03/2025", "", "On schedule"),
        ("R5", "Use plain English", "Rewrite the forty commonest letters", "Communications Manager", "30/06/2025", "30/09/2025", "Slipped"),
        ("R6", "Use plain English", "Train letter writers", "Communications Manager", "30/06/2025", "", "Not yet started"),
        ("R7", "Listen to users", "Set up a residents' panel", "Engagement Manager", "31/12/2024", "", "Completed - June 2025"),
        ("R8", "Listen to users", "Hold open evenings in each area", "Engagement Manager", "", "", "Superseded"),
    ]
)  # fmt: skip

DOCUMENTS: dict[str, Callable[[Path], Path]] = {
    name: writer(name, text)
    for name, text in {
        "questions.txt": QUESTIONS,
        "unheaded.csv": UNHEADED,
        "merged.html": MERGED,
        "once.csv": ONCE,
        "several.html": SEVERAL,
        "side-by-side.txt": SIDE_BY_SIDE,
        "pages.txt": PAGES,
        "no-header.csv": NO_HEADER,
        "money.csv": MONEY,
        "colours.html": COLOURS,
        "support.txt": SUPPORT,
        "dated.csv": DATED,
        "statuses.csv": STATUSES,
    }.items()
}
