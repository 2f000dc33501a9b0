"""The first page: the plans with their scorecards, how far they are, and what needs attention first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from starlette.routing import Route

from planweave.findings import Scorecard
from planweave.reporting.words import PARTS, total
from planweave.web.addresses import actions_address, findings_address, plan_address
from planweave.web.checked import assessment_of, today
from planweave.web.rooms import reading, served_of, settings_of
from planweave.web.show import show
from planweave.web.tables import Column, exported, listed, ordered, state_of, suffix_of
from planweave.wording import STATUS_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from planweave.assessing import Assessment
    from planweave.findings import Question
    from planweave.graph import Graph

__all__ = ["ROUTES"]

FIRST: Final = 8
"""So many things that need attention are named, and so many pillars."""

COUNTED: Final = (("violations", "violation"), ("warnings", "warning"), ("infos", "info"))


@dataclass(frozen=True)
class Bar:
    """A line of a chart: its words, how many, out of how many, and the list behind the number."""

    words: str
    count: int
    whole: int
    address: str | None = None
    look: str = ""


@dataclass(frozen=True)
class Attention:
    """A question of the check, how many open findings it has, and in how many plans."""

    question: Question
    findings: int
    plans: int
    address: str


def _columns(*, checked: bool) -> list[Column[Scorecard]]:
    shares = [
        Column[Scorecard](
            part.name,
            part.words,
            _share(part.count),
            "share",
            width=12,
        )
        for part in PARTS
    ]
    counts = [
        Column[Scorecard](
            field,
            field.capitalize() if field != "infos" else "Information",
            attrgetter(field),
            "number",
            address=_findings(severity),
            width=12,
        )
        for field, severity in COUNTED
    ]
    return [
        Column[Scorecard](
            "plan",
            "Plan",
            lambda card: card.title.strip() or card.plan,
            address=lambda card: plan_address(card.plan),
            width=50,
        ),
        Column[Scorecard]("publisher", "Publisher", lambda card: card.publisher or "not known", width=30),
        Column[Scorecard](
            "actions",
            "Actions",
            attrgetter("actions"),
            "number",
            address=lambda card: actions_address(plan=card.plan),
            width=12,
        ),
        *shares,
        *(counts if checked else ()),
    ]


def _share(count: Callable[[Scorecard], int]) -> Callable[[Scorecard], float | None]:
    return lambda card: count(card) / card.actions if card.actions else None


def _findings(severity: str) -> Callable[[Scorecard], str]:
    return lambda card: findings_address(plan=card.plan, severity=severity)


@dataclass(frozen=True)
class Told:
    """What the overview says of a build on one day, made once: the pages only choose and order."""

    cards: Sequence[Scorecard]
    actions: int
    counts: dict[str, int] | None
    accepted: int
    attention: list[Attention] | None
    statuses: list[Bar]
    pillars: list[Bar]


def page(request: Request) -> Response:
    """Show the overview, or its table of plans as a file."""
    served = served_of(request)
    with reading(request) as graph:
        assessment = assessment_of(request, graph)
        key = ("overview", today(), assessment)
        told = served.made(graph, key, lambda: _told(graph, assessment))
        columns = _columns(checked=assessment is not None)
        state = state_of(request, columns, "plan", settings_of(request).rows)
        rows = served.made(graph, (*key, state.sort, state.descending), lambda: ordered(columns, told.cards, state))
        suffix = suffix_of(request)
        if suffix:
            about = (f"Checked as of {today().isoformat()}.",) if assessment is not None else ()
            return exported(columns, rows, suffix, "plans", "Plans", about)
        return show(
            request,
            "overview.html.j2",
            title="Overview",
            plans=len(told.cards),
            actions=told.actions,
            counts=told.counts,
            accepted=told.accepted,
            day=today(),
            table=listed(columns, rows, state, "Plans and what their actions have", is_ordered=True),
            attention=told.attention,
            statuses=told.statuses,
            pillars=told.pillars,
        )


def _told(graph: Graph, assessment: Assessment | None) -> Told:
    cards = assessment.scorecards if assessment is not None else _uncounted(graph)
    statuses, pillars = _charts(graph)
    return Told(
        cards,
        total(cards, "actions"),
        {severity: total(cards, field) for field, severity in COUNTED} if assessment is not None else None,
        total(cards, "accepted"),
        _attention(assessment) if assessment is not None else None,
        statuses,
        pillars,
    )


def _uncounted(graph: Graph) -> Sequence[Scorecard]:
    """Give scorecards whose findings are not counted yet."""
    return [
        Scorecard(
            plan=entry.plan,
            title=entry.title,
            publisher=entry.publisher,
            actions=entry.actions,
            with_lead=entry.with_lead,
            with_outcome=entry.with_measure,
            with_due=entry.with_timing,
            with_status=entry.with_status,
            with_partner=entry.with_partner,
        )
        for entry in graph.summary
    ]


def _attention(assessment: Assessment) -> list[Attention]:
    """Give the questions with the most serious open findings, those with the most findings first."""
    findings, plans = Counter[str](), Counter[str]()
    for card in assessment.scorecards:
        counts = assessment.open_counts(card.plan)
        findings.update(counts)
        plans.update(counts.keys())
    asked = [one for one in assessment.report.questions if one.severity != "info" and findings[one.shape]]
    asked.sort(key=lambda question: (question.severity != "violation", -findings[question.shape]))
    return [
        Attention(one, findings[one.shape], plans[one.shape], findings_address(question=one.shape))
        for one in asked[:FIRST]
    ]


def _charts(graph: Graph) -> tuple[list[Bar], list[Bar]]:
    """Count the actions by status and by pillar, over all plans."""
    statuses, pillars = Counter[str](), Counter[str]()
    for entry in graph.summary:
        statuses.update(entry.statuses)
        pillars.update(entry.pillars)
    whole = sum(entry.actions for entry in graph.summary)
    return (
        [
            Bar(STATUS_WORDS.get(code, code), count, whole, actions_address(status=code), code)
            for code, count in statuses.most_common()
        ],
        [Bar(name, count, whole, actions_address(pillar=name)) for name, count in pillars.most_common(FIRST)],
    )


ROUTES: Final = (Route("/", page), Route("/overview.csv", page), Route("/overview.xlsx", page))
