"""Plans that are no tables: blocks of labels and values, bullets, cards, actions with parts of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.corpus.own.tables import cell, page, row, tabbed, writer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LABELS = """\
Carers' strategy: action plan
Published by Stonebeck Borough Council, January 2025

Priority 1: Identify carers

Action: Ask every patient over 16 whether they care for someone
Lead: Stonebeck GP Federation
Partners: Public Health, Carers Hub
By when: September 2025
Success measure: 2,000 more carers on the register

Action: Add a question on caring to school admission forms
Lead: Education Service
By when: January 2026
Success measure: All schools use the form

Action: Put a carers' champion in each library
Lead: Library Service
By when: TBC
Success measure: Champion in all nine libraries

Priority 2: Give carers a break

Action: Double the number of respite beds
Lead: Adult Social Care
Partners: Meadow View Trust
By when: April 2026
Success measure: Eight beds, up from four

Action: Offer a free swim to young carers
Lead: Leisure Services
By when: Summer 2025
Success measure: 150 young carers swim

Action: Pay for sitting services at short notice
Lead: Adult Social Care
By when: Ongoing
Success measure: Nobody waits for more than a week
"""

BULLETS = """\
# Loneliness Action Plan 2025-2027

Abbotsmoor Town Council

## Theme 1 – Places to meet

- Action – Open the hall on winter Sundays. Lead – Town Clerk. Target – November 2025. Outcome – 40 visitors a week.
- Action – Put benches on the walk to the shops. Lead – Highways Team. Target – March 2026. Outcome – Twelve benches.
- Action – Start a lunch club at the bowls club. Lead – Age Abbotsmoor. Target – May 2025. Outcome – 30 members.

## Theme 2 – People to talk to

- Action – Recruit telephone befrienders. Lead – Abbotsmoor Volunteer Centre. Target – Ongoing. Outcome – 25 befrienders.
- Action – Train bus drivers to spot lonely people. Lead – Valley Buses. Target – Q2 2025/26. Outcome – All drivers trained.
- Action – Visit everyone who turns ninety. Lead – Mayor's Office. Target – 2026. Outcome – Every ninety-year-old visited.
"""

CARDS = page(
    "Library Strategy 2025-2030: delivery plan",
    "".join(
        "<table>"
        + "".join(row(cell(label, tag="th"), value) for label, value in card)
        + "</table>\n"
        for card in (
            (("Action 1", "Open all libraries on Sundays"), ("Lead officer", "Head of Libraries"), ("Timescale", "April 2026"), ("Outcome", "20% more visits")),
            (("Action 2", "Lend laptops with data"), ("Lead officer", "Digital Inclusion Officer"), ("Timescale", "October 2025"), ("Outcome", "300 loans a year")),
            (("Action 3", "Refit the children's room at Oakley"), ("Lead officer", "Property Manager"), ("Timescale", "2026/27"), ("Outcome", "More children join")),
            (("Action 4", "Stop fines for under-18s"), ("Lead officer", "Head of Libraries"), ("Timescale", "1 June 2025"), ("Outcome", "")),
            (("Action 5", "Print a guide to local history collections"), ("Lead officer", ""), ("Timescale", "TBC"), ("Outcome", "Guide in every branch")),
        )
    ),
)  # fmt: skip

LETTERED = """\
# Drug and alcohol delivery plan 2024/25

Prepared for the Fenwold Combating Drugs Partnership

| Ref | Action | Lead | Target date | Status |
|---|---|---|---|---|
| 1 | Increase the number of people in treatment | | | |
| a) | Open an evening clinic in Fenwold | Treatment Provider | 30 June 2024 | Complete |
| b) | Send outreach workers to rural markets | Treatment Provider | 31 October 2024 | On track |
| c) | Ask every prisoner before release | Prison Service | Ongoing | On track |
| 2 | Reduce deaths | | | |
| a) | Give naloxone to all hostels | Public Health | 31 May 2024 | Complete |
| b) | Review each death within thirty days | Coroner's Officer | Ongoing | At risk |
| 3 | Break supply | | | |
| a) | Target county lines at the coach station | Police | 31 March 2025 | Not started |
| b) | Share vehicle data with the neighbouring force | Police | Q3 2024/25 | On track |
"""

MILESTONES = page(
    "Housing Service Improvement Plan",
    "<table>"
    + row(*(cell(text, tag="th") for text in ("Ref", "Improvement action", "Key milestones", "Responsible Officer(s)", "Due by", "What success looks like")))
    + "".join(
        row(*cells)
        for cells in (
            ("H1", "Move to one repairs system", "Supplier chosen – May 2025\nData moved – October 2025\nOld system off – January 2026", "Repairs Manager\nICT Manager", "31 January 2026", "All repairs in one place"),
            ("H2", "Cut the time to relet a home", "Standard agreed – April 2025\nNew contract – July 2025", "Voids Manager", "September 2025", "Homes relet in 21 days"),
            ("H3", "Answer complaints on time", "Training – June 2025", "Complaints Manager", "July 2025", "95% answered in ten working days"),
            ("H4", "Know the needs of every tenant", "Census of half the homes – December 2025\nAll homes – December 2026", "Tenancy Manager", "December 2026", "Every tenant visited"),
            ("H5", "Fill vacant posts", "", "Head of Housing", "Ongoing", "Fewer than five vacancies"),
        )
    )
    + "</table>",
)  # fmt: skip

YEARS = tabbed(
    "Brackley Vale Council\nPhysical Activity Strategy Action Plan 2025-2028",
    "Year 1 = April 2025 to March 2026\nYear 2 = April 2026 to March 2027\nYear 3 = April 2027 to March 2028",
    [
        ("Objective", "Action", "Lead", "Partners", "Timeframe", "Performance indicator"),
        ("More people walk", "Mark five health walks", "PAT", "Ramblers", "Year 1", "Five walks marked"),
        ("More people walk", "Train 30 walk leaders", "PAT", "Ramblers / BVT", "Year 2", "30 leaders trained"),
        ("More people swim", "Open the lido to schools", "BVT", "Education Service", "Year 1", "Ten schools swim"),
        ("More people swim", "Heat the lido from the data centre", "Estates Team", "BVT", "Year 3", "Water at 24 degrees"),
        ("More people play", "Light the pitches at Vale Park", "Estates Team", "FA", "Year 2", "Pitches used until 9pm"),
        ("More people play", "Start walking football", "BVT", "", "Years 1-3", "Two teams"),
    ],
    "Abbreviations\nPAT – Physical Activity Team\nBVT – Brackley Vale Trust\nFA – Football Association",
)  # fmt: skip

DOCUMENTS: dict[str, Callable[[Path], Path]] = {
    name: writer(name, text)
    for name, text in {
        "labels.txt": LABELS,
        "bullets.md": BULLETS,
        "cards.html": CARDS,
        "lettered.md": LETTERED,
        "milestones.html": MILESTONES,
        "years.txt": YEARS,
    }.items()
}
