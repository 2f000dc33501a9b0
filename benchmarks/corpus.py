"""Synthetic action plans for benchmarks: as many as wanted, in the layouts of the bundled plans.

Every document is made from its seed and its number alone: a corpus of 100 plans is the beginning of one of
10,000, and any document can be made again without the others. What stands in a document is counted while it
is written, so that a benchmark can tell whether it was read rightly. Places and bodies are invented; teams
and posts are generic; no person is named. Nothing here knows planweave.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import product
from random import Random
from typing import TYPE_CHECKING, Literal, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

__all__ = ["LAYOUTS", "Layout", "Planted", "document", "documents", "truth", "write_corpus"]

Layout = Literal["pages", "themes", "objectives", "wide", "bars"]

LAYOUTS: tuple[Layout, ...] = ("pages", "themes", "objectives", "wide", "bars")
"""The layouts, in the order in which the documents take turns."""

PER_FOLDER = 1000

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Planted:
    """What stands in one document: what a careful reader finds there without a loader.

    Parties, outcomes, evidence and cross-references are counted action by action. ``due`` and ``status``
    are kind → number of actions. Where a row prints evidence and no outcome, the evidence is its outcome.
    ``dangling`` cross-references lead to no action, ``repeated`` actions share their reference with
    another, ``split`` ones run over a page break.
    """

    layout: Layout
    actions: int
    leads: int
    without_lead: int
    partners: int
    due: Mapping[str, int]
    outcomes: int
    evidence: int
    crossrefs: int
    dangling: int
    repeated: int
    split: int
    updates: int
    status: Mapping[str, int]


def write_corpus(folder: Path, plans: int, *, seed: int = 1, actions: tuple[int, int] = (30, 100)) -> int:
    """Write a corpus into a folder, one text file a plan, in subfolders of 1,000 plans.

    Parameters
    ----------
    folder
        Where to write; made if it is not there. Files of the same name are replaced, others left.
    plans
        How many documents.
    seed
        The same seed gives the same bytes.
    actions
        The least and the greatest number of actions of a plan.

    Returns
    -------
    The number of actions written.
    """
    written = 0
    for name, text, planted in documents(plans, seed=seed, actions=actions):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        written += planted.actions
    return written


def documents(plans: int, *, seed: int = 1, actions: tuple[int, int] = (30, 100)) -> Iterator[tuple[str, str, Planted]]:
    """Make the documents of a corpus one after another: name, text and what is planted in it."""
    return (document(number, seed=seed, actions=actions) for number in range(1, plans + 1))


def truth(plans: int, *, seed: int = 1, actions: tuple[int, int] = (30, 100)) -> Iterator[tuple[str, Planted]]:
    """Tell what is planted in each document of a corpus, by its name, without any file."""
    return ((name, planted) for name, _, planted in documents(plans, seed=seed, actions=actions))


def document(number: int, *, seed: int = 1, actions: tuple[int, int] = (30, 100)) -> tuple[str, str, Planted]:
    """Make one document of a corpus: its name, its text and what is planted in it.

    Examples
    --------
    >>> name, text, planted = document(7, actions=(12, 12))
    >>> name, planted.layout, planted.actions
    ('000/synthetic-00007.txt', 'themes', 12)
    """
    layout = LAYOUTS[(number - 1) % len(LAYOUTS)]
    scribe = _Scribe(Random(f"{seed}:{number}"), actions)
    text = "\n".join(WRITERS[layout](scribe)) + "\n"
    return f"{(number - 1) // PER_FOLDER:03d}/synthetic-{number:05d}.txt", text, scribe.planted(layout)


def _phrases(text: str) -> tuple[str, ...]:
    """Take apart a list that is printed with semicolons."""
    return tuple(" ".join(phrase.split()) for phrase in text.split(";"))


def _named(text: str) -> dict[str, tuple[str, ...]]:
    """Take apart lists that are printed one a line, each behind its name."""
    lines = (line.partition(": ") for line in text.strip().splitlines())
    return {name.strip(): _phrases(phrases) for name, _, phrases in lines}


PLACES = tuple(
    "".join(parts)
    for parts in product(
        _phrases("North; East; West; South; Thorn; Amber; Copper; Raven; Heron; Larks; Elder; Flint; Marl; Quarn"),
        _phrases("moor; vale; mere; wick; holt; combe; marsh; den; thwaite; cross"),
    )
)
COUNCILS = _phrases("Borough Council; District Council; City Council; County Council")
DOMAINS = _phrases("Homelessness; Rough Sleeping; Homelessness and Rough Sleeping; Homelessness Prevention")

KEY = {
    "HGTR": "Hearthgate Trust for Recovery",
    "KWHA": "Kestrelway Housing Association",
    "TVOS": "Tri-Vale Outreach Service",
    "MLSP": "Marlside Support Partnership",
    "NQHT": "North Quarn Health Trust",
    "RSDG": "Rough sleeping delivery group",
    "HPSB": "Homelessness prevention strategic board",
    "OVCA": "Over Vale combined authority",
    "BRMF": "Brightfold refugee and migrant forum",
    "WDAS": "Wickmere domestic abuse service",
    "PLRP": "Private landlord relations panel",
    "CNAG": "Complex needs action group",
    "YHFS": "Youth homelessness and families service",
    "EQPT": "East Quarn partnership trust",
    "FLAC": "Flintmarsh law and advice centre",
    "STVH": "Stillwater veterans' housing",
    "LXEP": "Lived experience panel",
    "DTSA": "Drug and treatment service alliance",
    "GNHC": "Glenholt night shelter committee",
    "QRHF": "Quarn registered housing forum",
}
AGENCIES = _phrases(
    """Hearthgate; Kestrelway Homes; Willowarch Trust; Brookmantle Housing; Larkfold Recovery; Thornlight;
    Amberdoor; Copperbeck Homes; Ravenstile Trust; Heronbank Outreach; Lanternwick; Marlside Support;
    Quarnside Homes; Flintmarsh Advice Centre; Elderholt Foodbank; Stillwater Housing Association;
    Brightfold; Over Vale Mediation; Wickmere Refuge; Northholt Night Shelter; Tallowgate Trust;
    Merrowdown Housing; Saltfern Homes; Pennyroyal Project; Oxbarrow Health Centre; Linnetfold;
    Cobblewick Landlords Association; Dunnockhill Trust; Fernhallow; Greywether Homes;
    Hollinfold Youth Project; Ivelmarsh College; Juniperstile; Kindlemoor Trust; Loomgate Furniture Project;
    Mallowfield Homes; Nettlecombe Recovery; Osierbank; Plovermoor Veterans; Rushlight Advice"""
)
TEAMS = _phrases(
    """Housing Options; Rough Sleeping Team; Housing Strategy Team; Adult Social Care; Children's Services;
    Community Safety Team; Commissioning Team; Private Sector Housing Team; Communications Team; Voids Panel;
    Temporary Accommodation Team; Homelessness Forum; Safeguarding Board; Housing Benefit Service;
    Allocations Team; Legal Services"""
)
POSTS = _phrases(
    """Housing Advice Manager; Rough Sleeping Coordinator; Housing Options Manager; Outreach Services Manager;
    Housing and Inclusion Manager; Harm reduction outreach worker; Outreach support workers;
    Private Sector Housing Officer; Complex Needs Co-ordinator; Temporary Accommodation Manager;
    Homelessness Prevention Officer; Tenancy Sustainment Officer; Housing First Manager; Empty Homes Officer;
    Resettlement & Sustainment officer; DA and Safeguarding coordinator; Head of Housing & Community Services;
    Commissioning and Partnerships Lead"""
)
PLAIN_ENDS = ("anager", "fficer", "orker", "orkers", "oordinator", "o-ordinator")
"""How a post ends of which print shows where it ends, whatever follows."""

GROUPS = _phrases("Relevant Partners; commissioned providers; stakeholders; voluntary sector partners")

VERBS = _phrases(
    """Develop; Review; Agree; Pilot; Deliver; Maintain; Expand; Publish; Commission; Evaluate; Strengthen;
    Relaunch; Monitor; Embed; Set up; Co-produce; Explore options for; Continue to develop; Work together on;
    Secure funding for; Map and improve; Raise awareness of; Report each quarter on; Extend; Refresh"""
)
THINGS = _phrases(
    """a multi-agency protocol; the duty to refer pathway; a floating support offer; the out-of-hours service;
    the private rented access scheme; a ‘tenancy ready’ programme; the severe weather emergency protocol;
    a directory of specialist advice and support; the hospital discharge pathway; the Housing First model;
    a landlord forum and incentive scheme; the early warning arrangements for rent arrears;
    an outreach service with evening and weekend cover; a county-wide data sharing agreement;
    the allocations policy and its local lettings plans; a mediation service; the supported housing review;
    a programme of training for frontline staff and members; the temporary accommodation procurement plan;
    a peer support and mentoring model; the personal housing plan template; the empty homes programme;
    a shared set of performance measures; the annual rough sleeping count and its monthly returns;
    a “no wrong door” approach to first contact; a drop in hub with debt and benefits advice;
    the discretionary housing payment process; a move-on plan for every supported scheme;
    the domestic abuse housing offer; a harm reduction and treatment pathway; the joint working protocol;
    a communications campaign on where to find help; an end-to-end review of statutory decisions;
    the furniture & starter pack project; a register of shared and low-cost rooms; a co-production panel"""
)
PEOPLE = _phrases(
    """single people leaving hospital; young people leaving care; families in nightly paid accommodation;
    people sleeping rough with complex needs; survivors of domestic abuse; households at risk of eviction;
    armed forces veterans; people leaving prison; people with no recourse to public funds;
    women sleeping rough; tenants whose supported housing is due to close; young adults under 25;
    older people in unsuitable homes; people with poor mental health; those with no local connection;
    households affected by the benefit cap;
    people who have declined offers of support before; new tenants in their first year; large families;
    people in recovery from drugs and alcohol; sofa surfers and others hidden from the count;
    private tenants served with notice (no-fault or otherwise); people discharged from mental health wards"""
)
MEANS = _phrases(
    """in partnership with {agency}; through a monthly case conference; across all agencies in the district;
    with input from people with lived experience; by bringing housing, health and social care together;
    led by a named coordinator in each service; drawing on the data that {agency} already collects;
    in line with national guidance and the local code of practice; within existing budgets where possible;
    alongside the work of {agency}; using a shared referral form and a single point of contact;
    using the lessons of last winter; with a bid for grant if needed; jointly with {agency} and {other}"""
)
PURPOSES = _phrases(
    """so that nobody is discharged to the street; to reduce the use of bed and breakfast accommodation;
    to help residents keep the home they have; to ensure that support begins before a crisis;
    so that each household has one plan and one lead worker;
    to increase the number of move-on homes available;
    in order to end rough sleeping in the district for good; to break the cycle of repeat homelessness;
    to make better use of the stock and reduce the time that homes stand empty;
    so that landlords ask for help before they serve notice;
    to build confidence among partners and the public;
    to improve access to primary care, mental health and treatment services;
    to understand need and to target resources where they matter most;
    so that advice is consistent whichever door people knock on;
    to inform the commissioning of services after the current contracts end"""
)
CHANGES = _phrases(
    """Fewer evictions from private and social tenancies;
    More households are helped before they lose their home;
    Reduced use of nightly paid accommodation; A better understanding of need across the district;
    Increased number of landlords offering longer tenancies; Clear and consistent advice at first contact;
    Rough sleeping is rare, brief and does not recur; Support {number} individuals pa;
    {number}% of referrals answered within two working days; At least {number} homes brought back into use;
    Improved health and wellbeing; Tenancies are sustained for twelve months or more; Zero street count;
    Quicker access to safe, suitable and affordable accommodation;
    Increased take-up of training and employment;
    Reduced duplication between services, and clear responsibility for each case;
    People with lived experience shape the design and delivery of services"""
)
EFFECTS = _phrases(
    """with fewer repeat presentations; with a lower cost to the authority; as shown by quarterly returns;
    measured against the baseline of the first year; with less pressure on frontline services;
    as partners share what they know at an early stage; so that resources go where need is greatest;
    with gaps in provision identified and reported to the board"""
)
EVIDENCE = _phrases(
    """KPI framework and meeting minutes; Quarterly performance dashboard; Case studies and customer feedback;
    Published protocol; Training records; Needs analysis, business case and commissioning strategy;
    Monthly outreach report; Audit of case files; Service specification/monitoring returns; Signed agreement;
    Survey of partners; Numbers accessing the service; Register of placements, with reasons for ending"""
)
REMARKS = _phrases(
    """A working group has been set up and its terms of reference agreed.;
    Funding was confirmed for two years.;
    A first draft went to partners for comment.; Figures are reported to the board each quarter.;
    The first meeting was hosted by {agency}.; Training sessions were held for frontline staff.;
    Referral numbers are lower than expected and the reasons are under review.; A bid was submitted.;
    Feedback from users was positive.; Legal advice is awaited on the draft agreement.;
    Recruitment proved difficult and the post was advertised again.; Discussions were held with {agency}.;
    The baseline was drawn from last year's returns, and gaps in the data were noted."""
)
STATEMENTS = _named(
    """
    complete: This action has been completed.; This action is now complete.
    ongoing: This is an ongoing action.; This action is ongoing.; Work is underway.; It is being mobilised.
    partial: Partially completed.; This action is partly complete.
    not-started: This action has not yet started.; Work has not started.
    stopped: This action has been withdrawn.; This action is no longer required.
    """
)
RAG = _named(
    """
    complete: Complete; Completed; Done
    ongoing: Green; Amber; On track; In progress; Underway
    partial: Partially complete
    not-started: Grey; Not started
    stopped: Stopped; Withdrawn
    """
)
STATUSES = ("complete",) * 4 + ("ongoing",) * 4 + ("partial", "not-started", "stopped")
DUE = _named(
    """
    date: {Month} {year}; {Month} {year}; {quarter_end}-{yy}; {MON} {yy}; {Month} {yy}; {Month}{year}; {Season} {year}; end of {year}; Mobilised by end of {year}; Q{q} {year}/{next}; up to {year}; {Month} {before} and {year}
    review: Review {Month} {year}; Review in {Mon} {year}
    ongoing: Ongoing; On-going; {Month} {year} onwards; Ongoing, review {Month} {year}
    recurring: Ongoing / Six monthly; Quarterly; On-going Annual review; Annual winter
    none: TBC; To be confirmed
    """  # noqa: E501 - one list a line
)
DUE_KINDS = ("date",) * 13 + ("review",) + ("ongoing",) * 3 + ("recurring",) * 2 + ("none",)
MONTHS = _phrases("January; February; March; April; May; June; July; August; September; October; November; December")
SEASONS = _phrases("Spring; Summer; Autumn; Winter")
QUARTER_ENDS = _phrases("31-Mar; 30-Jun; 30-Sep; 31-Dec; 01-Sep; 28-Feb")
THEMES = _phrases(
    """Partnership and Collaboration; Health and Wellbeing; Provision and Accessibility; Customer Excellence;
    Prevention; Accommodation; Support for Vulnerable People; Rough Sleepers; Recovery and Move-on"""
)


class _Scribe:
    """What one document is written with: chance, a cast of parties, and the counts of what was planted."""

    def __init__(self, random: Random, actions: tuple[int, int]) -> None:
        self._random = random.random
        self.size = self.number(*actions)
        self.counts: Counter[str] = Counter()
        self._due: Counter[str] = Counter()
        self._status: Counter[str] = Counter()
        self.place, self.domain = self.one(PLACES), self.one(DOMAINS)
        self.council = f"{self.place} {self.one(COUNCILS)}"
        self.year = self.number(2021, 2026)
        self._date_forms = self.several(DUE["date"], 2, 4)
        self.short_names = self.several(tuple(KEY), 3, 6)
        self.agencies = (*self.short_names, *self.several(AGENCIES, 4, 8))
        self.posts, self.teams = self.several(POSTS, 4, 7), self.several(TEAMS, 3, 6)
        self._alone: set[str] = set()

    def chance(self, share: float) -> bool:
        return self._random() < share

    def number(self, least: int, most: int) -> int:
        return least + int(self._random() * (most - least + 1))

    def one(self, options: Sequence[T]) -> T:
        return options[int(self._random() * len(options))]

    def several(self, options: Sequence[T], least: int, most: int) -> tuple[T, ...]:
        """Draw different ones, the first of the list more often than the last: there are hubs everywhere."""
        wanted = min(self.number(least, most), len(set(options)))
        drawn: dict[T, None] = {}
        while len(drawn) < wanted:
            drawn[options[int(self._random() ** 2 * len(options))]] = None
        return tuple(drawn)

    def action(self) -> str:
        """Say what is to be done: about 150 characters, from 20 to 300."""
        text = f"{self.one(VERBS)} {self.one(THINGS)}"
        if self.chance(0.85):
            text += f" for {self.one(PEOPLE)}"
        if self.chance(0.6):
            text += f" {self._with_names(self.one(MEANS))}"
        if self.chance(0.8):
            text += f" {self.one(PURPOSES)}"
        return text

    def outcome(self, tail: float = 0.8) -> str:
        """Say what is to come of it; of two tails each is as likely as said."""
        text = self.one(CHANGES)
        if "{" in text:
            text = text.format(number=self.number(4, 96))
        if self.chance(tail):
            text += f" for {self.one(PEOPLE)}"
        if self.chance(tail):
            text += f", {self.one(EFFECTS)}"
        return text

    def outcomes(self, least: int, most: int, tail: float) -> list[str]:
        """Several items, none twice."""
        return list(dict.fromkeys(self.outcome(tail) for _ in range(self.number(least, most))))

    def remarks(self, most: int = 3) -> str:
        """Sentences that say nothing of how far the action is."""
        return " ".join(self._with_names(text) for text in self.several(REMARKS, 1, most))

    def _with_names(self, text: str) -> str:
        if "{" not in text:
            return text
        agency, other = self.several(self.agencies, 2, 2)
        return text.format(agency=agency, other=other)

    def due(self, blank: float = 0.06) -> str:
        """By when, in the forms this plan uses; blank as often as said."""
        kind = "none" if (empty := self.chance(blank)) else self.one(DUE_KINDS)
        self._due[kind] += 1
        form = "" if empty else self.one(self._date_forms if kind == "date" else DUE[kind])
        if "{" not in form:
            return form
        year, month = self.year + self.number(0, 4), self.one(MONTHS)
        return form.format(
            Month=month,
            Mon=month[:3],
            MON=month[:3].upper(),
            Season=self.one(SEASONS),
            q=self.number(1, 4),
            quarter_end=self.one(QUARTER_ENDS),
            year=year,
            before=year - 1,
            next=f"{(year + 1) % 100:02d}",
            yy=f"{year % 100:02d}",
        )

    def no_due(self) -> None:
        """Count an action of a plan that has no column for dates."""
        self._due["none"] += 1

    def status(self, column: Mapping[str, tuple[str, ...]] | None, blank: float = 0.3) -> str:
        """Say how far the action is, with the words of a column; None where there is no place for it."""
        kind = "unknown" if column is None or self.chance(blank) else self.one(STATUSES)
        self._status[kind] += 1
        return self.one(column[kind]) if column and kind in column else ""

    def leads(self, names: Sequence[str], separator: str) -> str:
        """Fill the cell of those responsible."""
        self.counts["leads"] += len(names)
        self.counts["without_lead"] += not names
        return self._parties(names, separator)

    def partners(self, names: Sequence[str], separator: str) -> str:
        """Fill the cell of those who help."""
        self.counts["partners"] += len(names)
        return self._parties(names, separator)

    def _parties(self, names: Sequence[str], separator: str) -> str:
        """Join names; by "and" or "&" only those that the plan has printed alone: else who could tell."""
        pair = names[-2:]
        simple = len(pair) > 1 and not any(" & " in name or " and " in name for name in pair)
        if simple and separator.strip() and self.printed_alone(pair) and self.chance(0.3):
            return separator.join((*names[:-2], self.one((" and ", " & ")).join(pair)))
        if separator.strip() or len(names) == 1:
            self._alone.update(names)
        return separator.join(names)

    def printed_alone(self, names: Iterable[str]) -> bool:
        """Say whether each of some names stood by itself before, so that a reader can tell them apart."""
        return self._alone.issuperset(names)

    def updates(self, text: str, entries: int = 1) -> str:
        """Count the entries of a cell of comments; empty, it has none."""
        self.counts["updates"] += entries if text else 0
        return text

    def results(self, outcomes: Sequence[str], evidence: Sequence[str] = ()) -> None:
        """Count the outcomes and the evidence of an action."""
        self.counts["outcomes"] += len(outcomes or evidence)
        self.counts["evidence"] += len(evidence) if outcomes else 0

    def planted(self, layout: Layout) -> Planted:
        """Sum up."""
        counts = self.counts
        return Planted(
            layout=layout,
            actions=self.size,
            leads=counts["leads"],
            without_lead=counts["without_lead"],
            partners=counts["partners"],
            due=dict(self._due),
            outcomes=counts["outcomes"],
            evidence=counts["evidence"],
            crossrefs=counts["crossrefs"],
            dangling=counts["dangling"],
            repeated=counts["repeated"],
            split=counts["split"],
            updates=counts["updates"],
            status=dict(self._status),
        )


def _row(cells: Iterable[str]) -> str:
    return "\t".join(cells)


def _sizes(total: int, parts: int) -> list[int]:
    """Spread a number over at most so many parts, none of them empty."""
    parts = min(parts, total)
    return [total // parts + (part < total % parts) for part in range(parts)]


def _misprinted(scribe: _Scribe, refs: Sequence[str]) -> Iterator[str]:
    """Give the references in order; in some plans one is printed again in place of the next."""
    wrong = scribe.number(1, len(refs) - 1) if len(refs) > 1 and scribe.chance(0.3) else 0
    scribe.counts["repeated"] += 2 if wrong else 0
    return (refs[place - 1] if wrong and place == wrong else ref for place, ref in enumerate(refs))


def _pages(scribe: _Scribe) -> list[str]:
    """One table over several pages: its header on each, some rows continued over a break, no references."""
    header = _row(("Priority", "Actions", "Comments/progress", "Completion by", "Lead", f"{scribe.year} Updates"))
    title = f"{scribe.council}: {scribe.domain} Strategy action plan"
    preface = f"This action plan was updated in {scribe.one(MONTHS)} {scribe.year}."
    lines = [title, "", preface, "", header]
    room = scribe.number(3, 7)
    for left in range(scribe.size - 1, -1, -1):
        cells, rest = _page_row(scribe), None
        room -= 1
        broken = left > 0 and room == 0
        if broken and scribe.chance(0.4):
            cells, rest = _broken(scribe, cells)
        lines.append(_row(cells))
        if broken:
            lines += ["", header, *([_row(rest)] if rest else ())]
            room = scribe.number(3, 7)
    return lines


def _page_row(scribe: _Scribe) -> list[str]:
    said = scribe.status(STATEMENTS, blank=0.25)
    return [
        scribe.one(("1", "2", "3", "4", "1,3", "2,4", "3,4", "ALL")),
        scribe.action(),
        scribe.updates(scribe.remarks() if scribe.chance(0.9) else ""),
        scribe.due(),
        _page_leads(scribe),
        scribe.updates(f"{said} {scribe.remarks()}".strip()),
    ]


def _page_leads(scribe: _Scribe) -> str:
    """Fill the leads: one or two, joined by a slash; those that can be told apart may stand side by side."""
    if scribe.chance(0.08):
        return scribe.leads((), "")
    names = scribe.several((*scribe.posts, *scribe.teams, *scribe.agencies), 1, 2)
    told_apart = set(names) <= set(scribe.posts) and names[0].endswith(PLAIN_ENDS)
    side_by_side = scribe.chance(0.5) and (told_apart or scribe.printed_alone(names))
    return scribe.leads(names, " " if side_by_side else " /")


def _broken(scribe: _Scribe, cells: Sequence[str]) -> tuple[list[str], list[str]]:
    """Break a row over a page: its text and mostly its comments go on below, what identifies it does not."""
    scribe.counts["split"] += 1
    above, below = list(cells), [""] * len(cells)
    for index, share in ((1, 1.0), (2, 0.6), (5, 0.7)):
        words = cells[index].split(" ")
        if len(words) > 1 and scribe.chance(share):
            cut = scribe.number(1, len(words) - 1)
            above[index], below[index] = " ".join(words[:cut]), " ".join(words[cut:])
    return above, below


def _themes(scribe: _Scribe) -> list[str]:
    """One table a theme: reference without heading, the strategic action on each of its rows, no parties."""
    header = _row(("", "Strategic Action", "Action", "Outcome"))
    lines = [f"Appendix {scribe.number(1, 4)} – {scribe.council} {scribe.domain} Strategy Action Plan"]
    sizes = _sizes(scribe.size, scribe.number(3, 6))
    strategic = [list(_strategic(scribe, theme, size)) for theme, size in enumerate(sizes, start=1)]
    refs = _misprinted(scribe, [ref for rows in strategic for ref, _ in rows])
    for name, rows in zip(scribe.several(THEMES, len(sizes), len(sizes)), strategic, strict=True):
        lines += ["", name]
        page = scribe.number(5, 9)
        for place, (_, parent) in enumerate(rows):
            lines += [] if place % page else ["", header]
            lines.append(_row((next(refs), parent, scribe.action(), _themed(scribe))))
    return lines


def _strategic(scribe: _Scribe, theme: int, size: int) -> Iterator[tuple[str, str]]:
    """Give reference and strategic action of the rows of a theme, one to five rows under each."""
    number = 0
    while size:
        number += 1
        under = min(size, scribe.number(1, 5))
        parent = scribe.action()
        yield from ((f"{theme}.{number}.{place}", parent) for place in range(1, under + 1))
        size -= under


def _themed(scribe: _Scribe) -> str:
    """Fill the outcome of a row that has no other cells to count."""
    outcomes = [] if scribe.chance(0.04) else [scribe.outcome()]
    scribe.no_due()
    scribe.status(None)
    scribe.leads((), "")
    scribe.results(outcomes)
    return "".join(outcomes)


def _objectives(scribe: _Scribe) -> list[str]:
    """One table an objective, named in its first row; "Action" spans reference and text; bullets."""
    lines = [f"{scribe.council}: {scribe.domain} – additional actions {scribe.year} - {scribe.year + 3}"]
    sizes = _sizes(scribe.size, scribe.number(3, 6))
    places = [f"{objective}.{place}" for objective, size in enumerate(sizes, 1) for place in range(1, size + 1)]
    refs = _misprinted(scribe, places)
    mark = scribe.one(("", '<ul style="list-style-type: none"> '))
    slipped = scribe.chance(0.2)
    names = scribe.several(THEMES, len(sizes), len(sizes))
    for objective, (name, size) in enumerate(zip(names, sizes, strict=True), start=1):
        heads = ("Outcomes", "Lead", "Timescale", "Comments")
        spans = ("Action", *heads, "") if slipped and objective == 1 else ("Action", "", *heads)
        lines += ["", _row((f"Objective {objective}: {name}", "", "", "", "", "")), _row(spans)]
        lines += [_row((next(refs), *_objective_row(scribe, mark))) for _ in range(size)]
    return lines


def _objective_row(scribe: _Scribe, mark: str) -> list[str]:
    outcomes = [] if scribe.chance(0.04) else scribe.outcomes(1, 4, 0.55)
    scribe.results(outcomes)
    names = () if scribe.chance(0.05) else scribe.several((*scribe.posts, *scribe.teams, *scribe.agencies), 1, 2)
    said = scribe.status(STATEMENTS, blank=0.7)
    comment = f"{said} {scribe.remarks()}".strip() if said or scribe.chance(0.2) else ""
    return [
        scribe.action(),
        mark * bool(outcomes) + " ".join(f"· {item}" for item in outcomes),
        scribe.leads(names, scribe.one(("/ ", " / ", "/"))),
        scribe.due(),
        scribe.updates(comment),
    ]


WIDE = (
    "Lead Area",
    "Unique ID",
    "Activity or Intervention",
    "New this RP?",
    "Who?",
    "Does what?",
    "With who?",
    "By when?",
    "Evidence/Audit",
    "Success Measure or Service User Experience",
    "RAG rated progress",
    "Comments on progress",
)


def _wide(scribe: _Scribe) -> list[str]:
    """Twelve columns, a table a priority: who, with who, evidence and success, status, dated comments."""
    lines = [f"{scribe.council}: {scribe.domain} Strategy Delivery Plan {scribe.year}-{scribe.year % 100 + 4}"]
    sizes = _sizes(scribe.size, 4)
    for priority, (name, size) in enumerate(zip(scribe.several(THEMES, 4, 4), sizes, strict=False), start=1):
        lines += ["", f"Priority {priority}: {name}", "", _row(WIDE)]
        lines += [_row(_wide_row(scribe, f"{priority}.{place}", first=place == 1)) for place in range(1, size + 1)]
    return lines


def _wide_row(scribe: _Scribe, ref: str, *, first: bool) -> tuple[str, ...]:
    """Fill a row; the first has its reference, or it could be the end of the row over the header."""
    parties = (*scribe.posts, *scribe.teams, *scribe.agencies)
    drawn = scribe.several(parties, 2, 6)
    evidence = [] if scribe.chance(0.06) else [scribe.one(EVIDENCE)]
    outcomes = [] if scribe.chance(0.05) else [scribe.outcome(0.7)]
    scribe.results(outcomes, evidence)
    word = scribe.status(RAG, blank=0.15)
    return (
        scribe.one(("Rough Sleeping", "Statutory Homelessness", "Pathway", "Health", "Cross-cutting")),
        ref if first or scribe.chance(0.92) else "",
        scribe.action(),
        scribe.one(("Yes", "No", "No", "")),
        scribe.leads(drawn[: not scribe.chance(0.1)], ", "),
        scribe.action() if scribe.chance(0.9) else "",
        scribe.partners(() if scribe.chance(0.1) else drawn[1:], ", "),
        scribe.due(),
        "".join(evidence),
        "".join(outcomes),
        word,
        _dated(scribe),
    )


def _dated(scribe: _Scribe) -> str:
    """Comments: first, perhaps, some without a date; then entries that begin with theirs."""
    entries = [scribe.remarks(2)] if scribe.chance(0.5) else []
    year, dated = scribe.year, False
    for month in sorted(scribe.several(range(12), 0, 3)):
        name = MONTHS[month]
        forms = [
            f"{name} {year} - ",
            f"{name} {year % 100} - ",
            f"{scribe.number(10, 28)}/{month + 1:02d}/{year} ",
        ]
        entries.append(scribe.one([*forms, f"{name} - "] if dated else forms) + scribe.remarks(2))
        dated = True
    return scribe.updates(" ".join(entries), len(entries))


def _bars(scribe: _Scribe) -> list[str]:
    """Cells that end at a bar and spill over lines; a rule under each header; a key; cross-references."""
    lines = [
        f"{scribe.council} {scribe.domain} Action Plan {scribe.year}",
        "The plan is in sections, and the references between them show where actions meet.",
        "Key",
        *(f"- {short} – {KEY[short]}" for short in scribe.short_names),
        "Type of action",
        "- Prevention: Activities to stop people from losing their home",
        "- Intervention: Support for those who are homeless now",
        "- Recovery: Support for those who have been homeless, to keep their home",
    ]
    sizes = _sizes(scribe.size, max(1, scribe.size // 3))
    refs = [f"{table}.{place}" for table, size in enumerate(sizes, 1) for place in range(1, size + 1)]
    remaining = iter(refs)
    for size in sizes:
        success, linked = scribe.chance(0.5), scribe.chance(0.6)
        heads = ["Actions", "Due date", "Who", "Evidencing success"]
        heads += ["What success looks like"] * success + ["Cross referenced with"] * linked
        if scribe.chance(0.25):
            lines.append(scribe.one(THEMES))
        lines += _bar_header(scribe, heads)
        for _ in range(size):
            cells = _bar_row(scribe, next(remaining), success=success)
            lines += _bar_lines(scribe, [*cells, *([_crossrefs(scribe, refs, cells[0])] if linked else ())])
    return lines


def _bar_header(scribe: _Scribe, heads: Sequence[str]) -> list[str]:
    """Headings a line each or all on one, over a rule."""
    printed = [f"{head} |" for head in heads] if scribe.chance(0.3) else [" | ".join(heads) + " |"]
    return [*printed, "---|" * len(heads)]


def _bar_row(scribe: _Scribe, ref: str, *, success: bool) -> list[str]:
    """Fill a row but for its cross-references; items stand on lines of their own."""
    words = scribe.action().split(" ")
    cut = scribe.number(1, len(words)) if scribe.chance(0.15) else len(words)
    text = f"{' '.join(words[:cut])}\n{' '.join(words[cut:])}".rstrip()
    evidence = [] if scribe.chance(0.15) else list(scribe.several(EVIDENCE, 1, 3))
    outcomes = scribe.outcomes(1, 2, 0.7) if success and scribe.chance(0.9) else []
    scribe.results(outcomes, evidence)
    scribe.status(None)
    names = () if scribe.chance(0.06) else scribe.several((*scribe.agencies, *scribe.teams, *GROUPS), 1, 3)
    dash = scribe.one(("", "- "))
    cells = [
        f"{ref}: {text}",
        scribe.due(),
        scribe.leads(names, scribe.one(("/", " / ", ", ", " /\n"))),
        "\n".join(f"{dash}{item}" for item in evidence),
    ]
    return [*cells, "\n".join(outcomes)] if success else cells


def _crossrefs(scribe: _Scribe, refs: Sequence[str], own: str) -> str:
    """Refer to other actions of the plan; now and then to one that is not there."""
    if not scribe.chance(0.6):
        return ""
    others = [ref for ref in {scribe.one(refs): None, scribe.one(refs): None} if not own.startswith(f"{ref}:")]
    if scribe.chance(0.05):
        others.append(f"{len(refs) + scribe.number(1, 9)}.1")
        scribe.counts["dangling"] += 1
    scribe.counts["crossrefs"] += len(others)
    return scribe.one((" ", ", ", " and ")).join(others)


def _bar_lines(scribe: _Scribe, cells: Sequence[str]) -> list[str]:
    """Print a row: on one line, or a line a cell, the bar sometimes on a line of its own."""
    if scribe.chance(0.4) and not any("\n" in cell for cell in cells):
        return [" | ".join(cells) + " |"]
    return [f"{cell}\n|" if cell and scribe.chance(0.1) else f"{cell} |".lstrip() for cell in cells]


WRITERS: Mapping[Layout, Callable[[_Scribe], list[str]]] = {
    "pages": _pages,
    "themes": _themes,
    "objectives": _objectives,
    "wide": _wide,
    "bars": _bars,
}
