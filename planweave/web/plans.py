"""The plans, and one plan: what it is, what its actions have, the actions as printed, how sure the reading is."""

from __future__ import annotations

import tempfile
from collections import Counter
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from starlette.responses import Response
from starlette.routing import Route

from planweave.exporting import export_graph
from planweave.findings import SEVERITIES, Scorecard
from planweave.reporting.words import PARTS
from planweave.web.addresses import (
    action_address,
    agency_address,
    document_address,
    findings_address,
    plan_address,
    plan_file_address,
    plans_address,
)
from planweave.web.checked import assessment_of, findings_of, today
from planweave.web.lately import address_of_party, seen
from planweave.web.originals import original_of, read_original
from planweave.web.overview import Bar
from planweave.web.rooms import given, reading, served_of, settings_of
from planweave.web.said import field_words, how_sure, kind_words, span_words, status
from planweave.web.show import Crumb, show
from planweave.web.tables import Column, State, exported, listed, ordered, state_of, suffix_of
from planweave.wording import BLANK_WORDS, FLAG_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from starlette.requests import Request

    from planweave.assessing import Assessment
    from planweave.findings import Finding
    from planweave.graph import Graph
    from planweave.records import Action, PlanRecord
    from planweave.web.lately import Seen
    from planweave.workspace import Entry

__all__ = ["ROUTES"]

ACTIONS: Final = 100
"""So many actions of a plan stand on one page."""

SHOWN: Final = 100
"""So many passages that were not placed, doubts and corrections are shown; the files have all."""

TYPES: Final = {
    ".csv": "text/csv; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".json": "application/json",
    ".ttl": "text/turtle; charset=utf-8",
    ".trig": "application/trig; charset=utf-8",
}
FILES: Final = (("CSV", ".csv"), ("Excel", ".xlsx"), ("JSON", ".json"), ("Turtle", ".ttl"), ("TriG", ".trig"))
HAS: Final[dict[str, Callable[[Action], bool]]] = {
    "lead": lambda action: bool(action.leads),
    "outcome": lambda action: bool(action.outcomes or action.evidence or action.indicators),
    "due": lambda action: action.due.kind != "none",
    "status": lambda action: action.status != "unknown",
    "partner": lambda action: bool(action.partners),
}
"""What an action can have, as the scorecard counts it."""


class _Row(NamedTuple):
    """A plan in the list of plans."""

    entry: Entry
    card: Scorecard


def _columns(*, checked: bool) -> list[Column[_Row]]:
    counts = [
        Column[_Row](
            field,
            heading,
            lambda row, field=field: getattr(row.card, field),  # type: ignore[misc]
            "number",
            address=lambda row, severity=severity: findings_address(plan=row.entry.plan, severity=severity),  # type: ignore[misc]
            width=12,
        )
        for field, heading, severity in (
            ("violations", "Violations", "violation"),
            ("warnings", "Warnings", "warning"),
            ("infos", "Information", "info"),
        )
    ]
    return [
        Column[_Row](
            "plan",
            "Plan",
            lambda row: row.entry.title.strip() or row.entry.plan,
            address=lambda row: plan_address(row.entry.plan),
            width=50,
        ),
        Column[_Row]("publisher", "Publisher", lambda row: row.entry.publisher or "not known", width=30),
        Column[_Row]("document", "Document", lambda row: Path(row.entry.document).name, width=30),
        Column[_Row](
            "actions",
            "Actions",
            lambda row: row.entry.actions,
            "number",
            address=lambda row: f"{plan_address(row.entry.plan)}#actions",
            width=12,
        ),
        *(counts if checked else ()),
        Column[_Row]("kept", "Kept", lambda row: row.entry.kept, "share", width=12),
        Column[_Row]("placed", "Placed", lambda row: row.entry.placed, "share", width=12),
    ]


def plans_page(request: Request) -> Response:
    """Show all plans, or those that some words are found in."""
    with reading(request) as graph:
        assessment = assessment_of(request, graph)
        columns = _columns(checked=assessment is not None)
        state = state_of(request, columns, "plan", settings_of(request).rows)
        words = request.query_params.get("q", "").strip()
        rows = _found(_sorted(request, graph, assessment, columns, state), words)
        suffix = suffix_of(request)
        if suffix:
            about = (f"Plans with “{words}” in the title, publisher or file name.",) if words else ()
            return exported(columns, rows, suffix, "plans", "Plans", about)
        return show(
            request,
            "plans.html.j2",
            title="Plans",
            wide=True,
            words=words,
            whole=len(graph.ids),
            checked=assessment is not None,
            day=today(),
            table=_in_order(columns, rows, state),
        )


def _sorted(
    request: Request, graph: Graph, assessment: Assessment | None, columns: Sequence[Column[_Row]], state: State
) -> list[_Row]:
    """All plans in the order that is wanted; made once, for thousands of names take a while to sort."""
    cards = {card.plan: card for card in assessment.scorecards} if assessment is not None else {}

    def make() -> list[_Row]:
        rows = (_Row(entry, cards.get(entry.plan) or _uncounted(entry)) for entry in graph.summary)
        return ordered(columns, rows, state)

    if len(graph.ids) <= SHOWN:
        return make()
    return served_of(request).made(graph, ("plans", state.sort, state.descending, assessment), make)


def _in_order(columns: Sequence[Column[_Row]], rows: Sequence[_Row], state: State) -> object:
    from planweave.web.tables import paged  # noqa: PLC0415 - beside what is sorted already

    pages = max(1, -(-len(rows) // state.rows))
    now = State(state.path, state.sort, state.descending, min(state.page, pages), state.rows, state.rest)
    return paged(columns, rows[now.start : now.start + now.rows], len(rows), now, "Plans")


def _found(rows: list[_Row], words: str) -> list[_Row]:
    wanted = words.casefold().split()

    def has(row: _Row) -> bool:
        entry = row.entry
        text = f"{entry.title} {entry.publisher or ''} {Path(entry.document).name} {entry.plan}".casefold()
        return all(word in text for word in wanted)

    return [row for row in rows if has(row)] if wanted else rows


def _uncounted(entry: Entry) -> Scorecard:
    return Scorecard(
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


def plan_page(request: Request) -> Response:
    """Show one plan."""
    with reading(request) as graph:
        plan = given(request, "plan")
        known = seen(request, graph, plan)
        findings = findings_of(request, graph, plan)
        entry = next(entry for entry in graph.summary if entry.plan == plan)
        record = known.record
        actions = _Actions(request, known, findings)
        return show(
            request,
            "plan.html.j2",
            title=record.plan.title.strip() or plan,
            crumbs=[Crumb("Plans", plans_address())],
            wide=True,
            plan=plan,
            record=record,
            facts=_facts(record),
            original=original_of(graph, plan),
            document=document_address(plan),
            files=[(words, plan_file_address(plan, suffix)) for words, suffix in FILES],
            day=today(),
            severities=_severities(plan, findings),
            accepted=sum(one.accepted is not False for one in findings or ()),
            has=_shares(plan, entry),
            statuses=_bars(plan, record, "status"),
            pillars=_bars(plan, record, "pillar"),
            checks=_checks(request, graph, plan, findings),
            actions=actions,
            parties=_parties(request, known),
            flags=_flags(plan, record),
            blanks=_blanks(plan, record),
            columns=_readings(record),
            doubts=[(known.actions[doubt.action], doubt, how_sure(doubt.confidence)) for doubt in record.doubts],
            corrections=[(action, one) for action in record.actions for one in action.corrections],
            sure=how_sure(record.confidence),
            most=SHOWN,
            field_words=field_words,
            action_address=action_address,
        )


def _facts(record: PlanRecord) -> list[tuple[str, str, str | None]]:
    """Give what is known of a plan as a whole: words, value, where it leads."""
    plan = record.plan
    published = agency_address(plan.publisher_id) if plan.publisher_id else None
    period = f"{span_words(plan.period)} (printed as a period of the plan)" if plan.period else "not said in the plan"
    return [
        ("Published by", plan.publisher or "not known", published),
        ("Period", period, None),
        ("About", plan.domain or "not said", None),
    ]


def _severities(plan: str, findings: Sequence[Finding] | None) -> list[tuple[str, int, str]]:
    if findings is None:
        return []
    found = Counter(one.severity for one in findings if one.accepted is False)
    return [(code, found[code], findings_address(plan=plan, severity=code)) for code in SEVERITIES]


def _shares(plan: str, entry: Entry) -> list[tuple[str, str, Bar, int, str]]:
    """Give for each part of the scorecard its bar, and those that lack it with their list."""
    card = _uncounted(entry)
    return [
        (
            part.name,
            part.about,
            Bar(part.words, part.count(card), card.actions, _list(plan, has=part.name)),
            card.actions - part.count(card),
            _list(plan, lacks=part.name),
        )
        for part in PARTS
    ]


def _list(plan: str, **state: object) -> str:
    return f"{plan_address(plan, **state)}#actions"


def _bars(plan: str, record: PlanRecord, kind: str) -> list[Bar]:
    counts: Counter[str] = Counter()
    for action in record.actions:
        counts.update((action.status,) if kind == "status" else action.pillars)
    words = status if kind == "status" else str
    whole = len(record.actions)
    found = [Bar(words(one), number, whole, _list(plan, **{kind: one}), one) for one, number in counts.most_common()]
    bare = sum(not action.pillars for action in record.actions)
    if kind == "pillar" and found and bare:
        found.append(Bar("none", bare, whole, _list(plan, lacks="pillar"), "unknown"))
    return found


def _checks(
    request: Request, graph: Graph, plan: str, findings: Sequence[Finding] | None
) -> list[tuple[str, str, int, int, str]]:
    """Give the checks that find something: severity, title, open, accepted, the list."""
    assessment = assessment_of(request, graph)
    if assessment is None or findings is None:
        return []
    open_ = Counter(one.shape for one in findings if one.accepted is False)
    accepted = Counter(one.shape for one in findings if one.accepted is not False)
    return [
        (
            one.severity,
            one.title,
            open_[one.shape],
            accepted[one.shape],
            findings_address(plan=plan, check=one.shape, accepted="" if open_[one.shape] else "only"),
        )
        for one in assessment.report.questions
        if open_[one.shape] or accepted[one.shape]
    ]


class _Entry(NamedTuple):
    """A party in the table of parties."""

    label: str
    address: str
    kind: str
    names: str
    led: int
    partnered: int
    mentioned: int


def _parties(request: Request, known: Seen) -> object:
    rows = [
        _Entry(
            part.label,
            address_of_party(part.party),
            kind_words(part.kind),
            ", ".join(name for name in part.names if name != part.label),
            part.count("lead"),
            part.count("partner"),
            part.count("mention"),
        )
        for part in known.parts.values()
    ]
    columns = [
        Column[_Entry]("label", "Party", attrgetter("label"), address=attrgetter("address"), order=False),
        Column[_Entry]("kind", "Kind", attrgetter("kind"), order=False),
        Column[_Entry]("names", "Also printed as", attrgetter("names"), order=False),
        *(
            Column[_Entry](
                name,
                heading,
                attrgetter(name),
                "number",
                address=lambda row, role=role: f"{row.address}?role={role}#actions",  # type: ignore[misc]
                order=False,
            )
            for name, heading, role in (
                ("led", "Leads", "lead"),
                ("partnered", "Partner in", "partner"),
                ("mentioned", "Named in", "mention"),
            )
        ),
    ]
    rows.sort(key=lambda row: (-row.led, -row.partnered, -row.mentioned, row.label))
    state = State(request.url.path, "", False, 1, max(1, len(rows)))
    return listed(columns, rows, state, "Who is named in the plan", downloads=())


def _flags(plan: str, record: PlanRecord) -> list[tuple[str, str, int, str]]:
    counts = Counter(flag for action in record.actions for flag in action.flags)
    return [(*FLAG_WORDS[flag], number, _list(plan, flag=flag)) for flag, number in counts.most_common()]


def _blanks(plan: str, record: PlanRecord) -> list[tuple[str, str, str, int, str]]:
    """Give what actions lack, and which of the three ways: field, words, meaning, how many, the list."""
    counts = Counter((field, why) for action in record.actions for field, why in action.blank.items())
    return [
        (field_words(field), *BLANK_WORDS[why], number, _list(plan, blank=f"{field}.{why}"))
        for (field, why), number in sorted(counts.items())
    ]


class _Reading(NamedTuple):
    """What the columns of one heading were read as, in which tables."""

    heading: str
    field: str
    how: str
    sure: str
    tables: str


def _readings(record: PlanRecord) -> list[_Reading]:
    found: dict[tuple[str, str, str, float], list[int]] = {}
    for column in record.columns:
        found.setdefault((column.heading, column.field, column.how, column.confidence), []).append(column.table)
    return [
        _Reading(
            " ".join(heading.split()) or "no heading",
            "kept under its heading" if field == "extra" else field_words(field),
            how,
            how_sure(confidence),
            _numbers(tables),
        )
        for (heading, field, how, confidence), tables in sorted(found.items(), key=lambda item: item[0][3])
    ]


def _numbers(tables: Iterable[int]) -> str:
    """Write numbers as they are read: 1, 3 to 6.

    Examples
    --------
    >>> _numbers([1, 3, 4, 5, 8])
    '1, 3 to 5, 8'
    """
    runs: list[list[int]] = []
    for number in sorted(set(tables)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)


class _Line(NamedTuple):
    """An action in the list of a plan."""

    action: Action
    address: str
    leads: list[tuple[str, str]]
    due: str
    status: str
    violations: int
    warnings: int
    infos: int


class _Actions:
    """The actions of a plan that the address asks for, grouped as printed, one page of them."""

    def __init__(self, request: Request, known: Seen, findings: Sequence[Finding] | None) -> None:
        self._known = known
        asked = {key: value for key, value in request.query_params.items() if key in _FILTERS}
        every = [one for one in known.record.actions if all(_FILTERS[key](one, value) for key, value in asked.items())]
        self.said = [_asked_words(key, value) for key, value in asked.items()]
        self.clear = f"{plan_address(known.record.plan.id)}#actions"
        self.whole, self.total = len(known.record.actions), len(every)
        state = state_of(request, (), "", ACTIONS)
        self.pages = max(1, -(-self.total // ACTIONS))
        self.page = min(state.page, self.pages)
        start = (self.page - 1) * ACTIONS
        self.first, self.last = start + 1, min(start + ACTIONS, self.total)
        self.previous = f"{state.address(page=self.page - 1)}#actions" if self.page > 1 else None
        self.next = f"{state.address(page=self.page + 1)}#actions" if self.page < self.pages else None
        self._counts = Counter((one.action, one.severity) for one in findings or () if one.accepted is False)
        self.checked = findings is not None
        self.groups: list[tuple[str | None, list[_Line]]] = []
        for action in every[start : start + ACTIONS]:
            if not self.groups or self.groups[-1][0] != action.group:
                self.groups.append((action.group, []))
            self.groups[-1][1].append(self._line(action))

    def _line(self, action: Action) -> _Line:
        return _Line(
            action,
            action_address(action.id),
            [(name, self._known.party_link(name)) for name in dict.fromkeys(action.leads)],
            action.due.text,
            status(action.status),
            self._counts[action.id, "violation"],
            self._counts[action.id, "warning"],
            self._counts[action.id, "info"],
        )


_FILTERS: Final[dict[str, Callable[[Action, str], bool]]] = {
    "status": lambda action, value: action.status == value,
    "pillar": lambda action, value: value in action.pillars,
    "flag": lambda action, value: value in action.flags,
    "has": lambda action, value: value in HAS and HAS[value](action),
    "lacks": lambda action, value: not action.pillars if value == "pillar" else value in HAS and not HAS[value](action),
    "blank": lambda action, value: action.blank.get(value.partition(".")[0]) == value.partition(".")[2],
}
"""What the list of actions can be asked for."""


def _asked_words(key: str, value: str) -> str:
    if key == "status":
        return f"status {status(value)}"
    if key == "flag":
        return FLAG_WORDS[value].words if value in FLAG_WORDS else value
    if key == "blank":
        field, _, why = value.partition(".")
        return f"{field_words(field)}: {BLANK_WORDS[why].words if why in BLANK_WORDS else why}"
    named = {"due": "due date or rhythm", "outcome": "outcome, measure or evidence"}.get(value, value)
    return {"has": f"with {named}", "lacks": f"without {named}"}.get(key, f"{key} {value}")


def plan_file(request: Request) -> Response:
    """Give a plan as a file."""
    with reading(request) as graph:
        plan = given(request, "plan")
        graph.check_plan(plan)
        suffix = Path(request.url.path).suffix
        with tempfile.TemporaryDirectory(prefix="planweave-") as folder:
            path = Path(folder) / f"plan{suffix}"
            # Of a large graph, the record of one plan is read much sooner than the plan out of the store.
            export_graph((graph.files.plan_record(plan) for _ in range(1)), graph.files, path, (plan,))
            content = path.read_bytes()
    return Response(content, media_type=TYPES[suffix], headers=_attached(f"{plan}{suffix}"))


def document(request: Request) -> Response:
    """Give the document that a plan was read from, if it is what was read; a browser saves it and never runs it."""
    with reading(request) as graph:
        plan = given(request, "plan")
        graph.check_plan(plan)
        content = read_original(graph, plan)
        name = original_of(graph, plan).name
    return Response(
        content,
        media_type="application/octet-stream",
        headers={**_attached(name), "content-security-policy": "default-src 'none'; sandbox"},
    )


def _attached(name: str) -> dict[str, str]:
    safe = "".join(letter if letter.isascii() and (letter.isalnum() or letter in ".-_") else "-" for letter in name)
    return {"content-disposition": f'attachment; filename="{safe}"'}


ROUTES: Final = (
    Route("/plans", plans_page),
    Route("/plans.csv", plans_page),
    Route("/plans.xlsx", plans_page),
    *(Route(f"/plans/{{plan}}{suffix}", plan_file) for suffix in TYPES),
    Route("/plans/{plan}", plan_page),
    Route("/plans/{plan}/document", document),
)
