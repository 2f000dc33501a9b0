"""What the plans leave out and contradict: by question and by plan, filtered."""

from __future__ import annotations

import datetime as dt
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from starlette.routing import Route

from planweave.asking.choices import of_plans
from planweave.errors import NotFound
from planweave.findings import SEVERITIES, Acceptance, Finding
from planweave.reporting.words import day_words, place_words, reference
from planweave.web.action import told
from planweave.web.checked import assessment_of, findings_of, today
from planweave.web.rooms import reading, served_of, settings_of
from planweave.web.show import show
from planweave.web.tables import Column, State, exported, state_of, suffix_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from planweave.assessing import Assessment
    from planweave.graph import Graph
    from planweave.web.action import Told

__all__ = ["ROUTES"]

ACCEPTED: Final = {"": "open ones", "too": "open and accepted ones", "only": "accepted ones"}
DONE: Final = {
    "accepted": "The finding is accepted. It stands below with its reason, and can be opened again.",
    "reopened": "The finding is open again, and counted.",
}
FEW: Final = 200
"""A list of no more plans is offered to choose from; of more, the id is typed."""


class Asked(NamedTuple):
    """What the address asks for."""

    plan: str
    checks: tuple[str, ...]
    severity: str
    accepted: str
    as_of: dt.date
    said_as_of: str

    def has(self, finding: Finding) -> bool:
        """Say whether a finding is wanted."""
        if finding.shape not in self.checks:
            return False
        is_open = finding.accepted is False
        return self.accepted == "too" or is_open == (self.accepted != "only")

    def words(self, day: str) -> list[str]:
        """Say in sentences what is shown."""
        return [
            f"As of {day}.",
            f"Shown: {ACCEPTED[self.accepted]}.",
            *((f"Plan: {self.plan}.",) if self.plan else ()),
            *((f"Severity: {self.severity}.",) if self.severity else ()),
        ]


def _asked(request: Request, graph: Graph) -> tuple[Asked, list[tuple[str, str]]]:
    """Read the address; what cannot be meant is said, and taken as if it were not said."""
    said, errors = request.query_params, []
    day, typed = today(), said.get("as_of", "").strip()
    if typed:
        try:
            day = dt.date.fromisoformat(typed)
        except ValueError:
            errors.append(("The day has to be a date such as 2024-12-31", "as_of"))
    plan = said.get("plan", "").strip()
    if plan and plan not in graph.ids:
        try:
            graph.check_plan(plan)
        except NotFound as error:
            text = str(error)
            errors.append((text[:1].upper() + text[1:], "plan"))
            plan = ""
    severity = said.get("severity", "") if said.get("severity") in SEVERITIES else ""
    accepted = said.get("accepted", "") if said.get("accepted", "") in ACCEPTED else ""
    wanted = tuple(one for one in (*said.getlist("check"), *said.getlist("question")) if one)
    return Asked(plan, wanted, severity, accepted, day, typed if not errors else ""), errors


class _Found:
    """The findings that are wanted, counted plan by plan; only those of one page are told.

    Parameters
    ----------
    assessment
        The check.
    asked
        What is wanted; its checks are all that are.
    """

    def __init__(self, assessment: Assessment, asked: Asked) -> None:
        self._assessment, self._asked = assessment, asked
        waived = {waiver.plan for waiver in assessment.waived}
        plans = [card.plan for card in assessment.scorecards if not asked.plan or card.plan == asked.plan]
        self.by_plan: list[tuple[str, int]] = []
        self.by_check: dict[str, int] = dict.fromkeys(asked.checks, 0)
        for plan in plans:
            counts = self._told(plan) if plan in waived else self._untold(plan)
            number = sum(counts.values())
            if number:
                self.by_plan.append((plan, number))
                for check, many in counts.items():
                    self.by_check[check] += many
        self.total = sum(number for _, number in self.by_plan)

    def _untold(self, plan: str) -> dict[str, int]:
        if self._asked.accepted == "only":
            return {}
        counts = self._assessment.counts(plan)
        return {check: counts[check] for check in self._asked.checks if check in counts}

    def _told(self, plan: str) -> dict[str, int]:
        counts: dict[str, int] = {}
        for finding in self._assessment.of(plan):
            if self._asked.has(finding):
                counts[finding.shape] = counts.get(finding.shape, 0) + 1
        return counts

    def rows(self, request: Request, graph: Graph, start: int = 0, most: int | None = None) -> Iterator[Finding]:
        """Give the findings of a part of the list: plan by plan, the most serious of each first."""
        at, end = 0, self.total if most is None else start + most
        for plan, number in self.by_plan:
            if at >= end:
                return
            if at + number > start:
                known = most is not None
                every = findings_of(request, graph, plan, self._asked.as_of) if known else self._assessment.of(plan)
                wanted = [finding for finding in every or () if self._asked.has(finding)]
                yield from wanted[max(0, start - at) : end - at]
            at += number


def findings_page(request: Request) -> Response:
    """Show findings, one page of them."""
    with reading(request) as graph:
        asked, errors = _asked(request, graph)
        assessment = assessment_of(request, graph, asked.as_of)
        if assessment is None:
            return show(request, "checking.html.j2", title="Findings", day=asked.as_of, whole=len(graph.ids))
        questions = assessment.report.questions
        named = {one.shape for one in questions}
        for check in asked.checks:
            if check not in named:
                raise NotFound(f"there is no check {check!r}", fix="choose one from the list of findings")
        chosen = asked.checks
        wanted = [
            one.shape
            for one in questions
            if (not chosen or one.shape in chosen) and asked.severity in {"", one.severity}
        ]
        asked = asked._replace(checks=tuple(wanted))
        found = served_of(request).made(graph, ("found", asked, assessment), lambda: _Found(assessment, asked))
        columns = _columns({one.shape: one.title for one in questions})
        state = state_of(request, (), "", settings_of(request).rows)
        suffix = suffix_of(request)
        if suffix:
            every = found.rows(request, graph)
            return exported(columns, every, suffix, "findings", "Findings", asked.words(day_words(asked.as_of)))
        pages = max(1, -(-found.total // state.rows))
        now = State(state.path, "", False, min(state.page, pages), state.rows, state.rest)
        rows = list(found.rows(request, graph, now.start, now.rows))
        called = served_of(request).made(graph, ("called",), lambda: dict(of_plans(graph)))
        return show(
            request,
            "findings.html.j2",
            title="Findings",
            wide=True,
            errors=errors,
            asked=asked,
            chosen=chosen[0] if chosen else "",
            typed=request.query_params.get("as_of", "") if errors else asked.said_as_of,
            typed_plan=request.query_params.get("plan", ""),
            day=asked.as_of,
            questions=questions,
            severities=SEVERITIES,
            accepted_words=ACCEPTED,
            plans=list(called.items()) if len(graph.ids) <= FEW else None,
            by_check=[
                (one, found.by_check[one.shape], now.address(page=None, check=one.shape, question=None))
                for one in questions
                if found.by_check.get(one.shape)
            ],
            by_plan=_by_plan(called, found, now),
            groups=_groups(called, assessment, rows, asked),
            total=found.total,
            state=now,
            pages=pages,
            first=now.start + 1,
            last=now.start + len(rows),
            done=DONE.get(request.query_params.get("done", "")),
            notices=[one for one in assessment.report.notices if not asked.plan or asked.plan in one][:FEW],
        )


def _by_plan(called: Mapping[str, str], found: _Found, state: State) -> list[tuple[str, int, str]]:
    most = sorted(found.by_plan, key=lambda one: -one[1])[:10]
    return [(called[plan], number, state.address(page=None, plan=plan)) for plan, number in most]


def _groups(
    called: Mapping[str, str], assessment: Assessment, rows: Sequence[Finding], asked: Asked
) -> list[tuple[str, str, list[Told]]]:
    """Put the findings of a page under their plans."""
    titles = {one.shape: one.title for one in assessment.report.questions}
    groups: list[tuple[str, str, list[Told]]] = []
    for finding in rows:
        if not groups or groups[-1][0] != finding.plan:
            groups.append((finding.plan, called[finding.plan], []))
        groups[-1][2].append(told(finding, titles[finding.shape], asked.said_as_of))
    return groups


def _columns(titles: dict[str, str]) -> list[Column[Finding]]:
    def accepted(field: str) -> Column[Finding]:
        return Column[Finding](
            f"accepted_{field}",
            {"by": "Accepted by", "date": "On", "reason": "Because"}[field],
            lambda one: getattr(one.accepted, field) if isinstance(one.accepted, Acceptance) else None,
            width=20,
        )

    return [
        Column[Finding]("severity", "Severity", attrgetter("severity"), width=12),
        Column[Finding]("plan", "Plan", attrgetter("plan"), width=20),
        Column[Finding]("ref", "Action", reference, width=12),
        Column[Finding]("question", "Question", lambda one: titles.get(one.shape, one.shape), width=40),
        Column[Finding]("message", "Finding", attrgetter("message"), width=60),
        Column[Finding]("value", "Found", attrgetter("value"), width=20),
        Column[Finding]("place", "Place", lambda one: place_words(one.where) if one.where else None, width=24),
        Column[Finding]("cell", "As printed", lambda one: one.where.text if one.where else None, width=50),
        Column[Finding]("text", "Action text", attrgetter("text"), width=50),
        Column[Finding]("check", "Check", attrgetter("shape"), width=28),
        *map(accepted, ("by", "date", "reason")),
    ]


ROUTES: Final = (
    Route("/findings", findings_page),
    Route("/findings.csv", findings_page),
    Route("/findings.xlsx", findings_page),
)
