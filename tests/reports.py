"""Check reports of two invented plans, written by hand, for the tests of what shows them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec

from planweave.findings import Acceptance, Finding, PlanFindings, Question, Report, Scorecard, Severity, Where

QUESTIONS = (
    Question("action-has-lead", "Does every action name a lead?", "Nobody does what nobody leads.", "violation"),
    Question("action-has-due-date", "Does every action say by when?", "Without a date nothing is late.", "violation"),
    Question("plan-has-publisher", "Is it known whose plan it is?", "A plan belongs to somebody.", "violation"),
    Question("action-is-overdue", "Is nothing overdue?", "What is late needs a new date.", "warning"),
    Question("cross-reference-returned", "Are references returned?", "Readers should find back.", "info"),
)

NO_LEAD = Finding(
    shape="action-has-lead",
    severity="violation",
    plan="northmoor",
    action="northmoor/1.1",
    ref="1.1",
    message="Nobody is named as lead; name who answers for it.",
    value=None,
    where=Where(2, 1, 2, "Open  a\nhub"),
    accepted=False,
    text="Open a hub",
)
NO_LEAD_EITHER = msgspec.structs.replace(
    NO_LEAD, action="northmoor/1.10", ref="1.10", where=Where(2, 1, 5, "see notes"), text="Train staff"
)
NO_DATE = msgspec.structs.replace(
    NO_LEAD_EITHER,
    shape="action-has-due-date",
    message="There is no date; say by when.",
    value="TBC",
    where=Where(2, 1, 5, "TBC"),
    accepted=Acceptance("A. Reader", "2024-11-04", "The date is agreed in May."),
)
OVERDUE = msgspec.structs.replace(
    NO_LEAD,
    shape="action-is-overdue",
    severity="warning",
    message="Due Spring 2022, and not said to be complete.",
    value="Spring 2022",
    where=Where(2, 1, 2, "by Spring 2022\nat the latest"),
)
NO_PUBLISHER = Finding(
    shape="plan-has-publisher",
    severity="violation",
    plan="eastvale",
    action=None,
    ref=None,
    message="Nobody is known to publish the plan.",
    value=None,
    where=None,
    accepted=False,
    text="Rough Sleeping Plan",
)
NO_LEAD_IN_EASTVALE = msgspec.structs.replace(
    NO_LEAD,
    plan="eastvale",
    action="eastvale/n2",
    ref=None,
    where=Where(None, 3, 4, "Publish the count"),
    text="Publish the count",
)

NORTHMOOR = PlanFindings(
    Scorecard("northmoor", "Homelessness Action Plan", "Northmoor Borough Council", 8, 6, 8, 7, 1, 0, 2, 1, 0, 1),
    (NO_LEAD, NO_LEAD_EITHER, NO_DATE, OVERDUE),
)
EASTVALE = PlanFindings(
    Scorecard("eastvale", "Rough Sleeping Plan", None, 2, 1, 2, 2, 2, 0, 2), (NO_LEAD_IN_EASTVALE, NO_PUBLISHER)
)


def report(*plans: PlanFindings, **changes: Any) -> Report:
    """Give a report of plans."""
    made = Report(
        as_of=dt.date(2024, 12, 31),
        profile="Default",
        questions=QUESTIONS,
        scorecards=tuple(plan.scorecard for plan in plans),
        plans=lambda: iter(plans),
    )
    return msgspec.structs.replace(made, **changes)


def both(**changes: Any) -> Report:
    """Give the report of the two plans."""
    return report(NORTHMOOR, EASTVALE, **changes)


def crowd(plans: int, findings: int) -> Report:
    """Give a report of many plans, each with so many findings of one question and one of another."""
    made = []
    for number in range(plans):
        plan = f"plan{number}"
        leads = (msgspec.structs.replace(NO_LEAD, plan=plan, action=f"{plan}/{n}", ref=f"{n}") for n in range(findings))
        overdue = msgspec.structs.replace(OVERDUE, plan=plan, action=f"{plan}/0", ref="0")
        made.append(PlanFindings(Scorecard(plan, plan, None, findings, 0, 0, 0, 0, 0, findings, 1), (*leads, overdue)))
    return report(*made)


HOSTILE = (
    "<script>alert(1)</script>",
    "{{ 7 * 7 }}{% raw %}",
    "=cmd|' /C calc'!A0",
    "]]></style><img src=x onerror=alert(2)>",
    "'\"><svg/onload=alert(3)>",
    "[red]javascript:alert(4)[/red]",
    "\x1b[31m\x1b]8;;https://example.org\x07red",
    "W" * 3000,
)


def hostile() -> Report:
    """Give a report in which every text was written by somebody who means harm."""
    every = " ".join(HOSTILE)
    kinds: tuple[tuple[str, Severity], ...] = (("action-has-lead", "violation"), ("made-up", "info"))
    findings = [
        Finding(shape, severity, every, f"{every}/{text}", text, text, text, Where(1, 2, 3, every), False, every)
        for text in HOSTILE
        for shape, severity in kinds
    ]
    for finding, accepted in ((findings[0], Acceptance(every, every, every)), (findings[1], False)):
        findings.append(msgspec.structs.replace(finding, action=None, ref=None, accepted=accepted))
    card = Scorecard(every, every, every, 9, 1, 2, 3, 4, 5, 8, 0, 9, 1)
    questions = (Question("action-has-lead", every, every, "violation"), Question("made-up", every, every, "info"))
    return report(PlanFindings(card, tuple(findings)), profile=every, questions=questions, notices=(every,))
