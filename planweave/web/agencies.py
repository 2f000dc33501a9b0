"""The agencies, teams and posts of all plans; and one of them: its load, plans and actions, who stands beside it."""

from __future__ import annotations

from collections import Counter
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from starlette.routing import Route

from planweave.errors import NotFound, nearest
from planweave.involving import ROLES, PartyRow, is_overdue
from planweave.reporting.words import day_words
from planweave.terms import AGENCY, local, party_iri
from planweave.web.addresses import (
    action_address,
    agencies_address,
    agency_address,
    plan_address,
    plans_address,
    what_if_address,
)
from planweave.web.checked import today
from planweave.web.lately import address_of_party, seen
from planweave.web.overview import Bar
from planweave.web.rooms import given, reading, served_of, settings_of
from planweave.web.said import kind_words, status
from planweave.web.show import Crumb, show
from planweave.web.tables import Column, State, exported, listed, paged, state_of, suffix_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from planweave.graph import Graph
    from planweave.involving import Body, Part, PartyIndex, Place
    from planweave.records import Action, PlanRecord

__all__ = ["ROUTES", "parties_of"]

AT_ONCE: Final = 40
"""The parties of no more plans are counted while the page waits."""

NEAREST: Final = 20
"""So many neighbours and pillars are shown, those with most actions."""

HELD: Final = 12
"""So many names of one sort are shown."""

ROLE_WORDS: Final = {"lead": "leads", "partner": "is partner in", "mention": "is named in"}
SORTS: Final = {"label", "kind", "plans", "actions", "led", "open", "partnered", "mentioned"}


def _columns() -> list[Column[PartyRow]]:
    def number(key: str, heading: str, field: str, **state: str) -> Column[PartyRow]:
        return Column[PartyRow](
            key,
            heading,
            attrgetter(field),
            "number",
            address=lambda row: _list(row.party, **state) if getattr(row, field) else None,
            width=12,
        )

    return [
        Column[PartyRow](
            "label", "Name", lambda row: row.label, address=lambda row: address_of_party(row.party), width=45
        ),
        Column[PartyRow]("kind", "Kind", lambda row: kind_words(row.kind), width=22),
        Column[PartyRow](
            "plans",
            "Plans",
            lambda row: row.plans,
            "number",
            address=lambda row: f"{address_of_party(row.party)}#plans",
            width=12,
        ),
        number("led", "Leads", "led", role="lead"),
        number("open", "Of them open", "led_open", role="lead", only="open"),
        number("partnered", "Partner in", "partnered", role="partner"),
        number("mentioned", "Named in", "mentioned", role="mention"),
    ]


def _list(party: str, **state: str) -> str:
    path = address_of_party(party)
    said = "&".join(f"{key}={value}" for key, value in state.items())
    return f"{path}?{said}#actions"


class _Counting:
    """How far the counting of parties is."""

    def __init__(self) -> None:
        self.done, self.whole = 0, 0

    def tell(self, done: int, whole: int) -> None:
        self.done, self.whole = done, whole


def parties_of(request: Request, graph: Graph) -> PartyIndex | None:
    """Give the parties of all plans; None while they are being counted in the background."""
    served = served_of(request)
    counting = _counting(request, graph)

    def make() -> PartyIndex:
        graph.parties.update(counting.tell)
        return graph.parties

    return (served.made if len(graph.ids) <= AT_ONCE else served.made_aside)(graph, "parties", make)


def _counting(request: Request, graph: Graph) -> _Counting:
    return served_of(request).made(graph, "counting parties", _Counting)


def agencies_page(request: Request) -> Response:
    """Show the agencies, teams and posts of all plans."""
    with reading(request) as graph:
        index = parties_of(request, graph)
        if index is None:
            counting = _counting(request, graph)
            return show(request, "counting.html.j2", title="Agencies", done=counting.done, whole=counting.whole)
        columns = _columns()
        default = "-led"
        state = state_of(request, columns, default, settings_of(request).rows)
        words = request.query_params.get("q", "").strip()
        kinds = [kind for kind in request.query_params.getlist("kind") if kind]
        plan = request.query_params.get("plan") or None
        if plan is not None:
            graph.check_plan(plan)
        folded = " ".join(words.casefold().split())
        also = [iri for iri, body in graph.bodies.items() if folded and body.answers_to(folded)]
        asked = (words, kinds, plan, also)
        total = index.count(*asked)
        suffix = suffix_of(request)
        if suffix:
            rows = index.rows(*asked, sort=state.sort, descending=state.descending)
            about = [f"{name}: {value}" for name, value in (("Words", words), ("Kinds", ", ".join(kinds))) if value]
            return exported(columns, rows, suffix, "agencies", "Agencies", about)
        pages = max(1, -(-total // state.rows))
        now = State(state.path, state.sort, state.descending, min(state.page, pages), state.rows, state.rest)
        rows = index.rows(*asked, sort=now.sort, descending=now.descending, start=now.start, most=now.rows)
        return show(
            request,
            "agencies.html.j2",
            title="Agencies",
            wide=True,
            words=words,
            chosen=kinds,
            plan=plan,
            kinds=[(kind, kind_words(kind), number) for kind, number in index.kinds(plan).items()],
            table=paged(columns, rows, total, now, "Agencies, teams and posts"),
        )


def agency_page(request: Request) -> Response:
    """Show one agency, in all plans that name it."""
    with reading(request) as graph:
        iri = AGENCY + _segment_of(given(request, "agency"))
        index = parties_of(request, graph)
        body = graph.bodies.get(iri)
        parts = index.parts(iri) if index else []
        if body is None and not parts and index is not None:
            known = (local(one) for one in graph.bodies)
            raise NotFound(f"there is no agency {local(iri)!r}", fix=nearest(local(iri), known))
        labels = _labels(index, parts)
        label = body.label if body else parts[0].label if parts else local(iri)
        party = _Party(request, graph, iri, label, parts, body, labels)
        return party.page(index is not None, [Crumb("Agencies", agencies_address())])


def party_page(request: Request) -> Response:
    """Show a team, post or group of one plan."""
    with reading(request) as graph:
        plan, own = given(request, "plan"), given(request, "party")
        known = seen(request, graph, plan)
        iri = party_iri(plan, "", own)
        if iri not in known.parts:
            ids = [local(one) for one in known.parts if not one.startswith(AGENCY)]
            raise NotFound(f"there is no party {own!r} in {plan}", fix=nearest(own, ids))
        part = known.parts[iri]
        labels = {one.party: one.label for one in known.parts.values()}
        title = known.record.plan.title.strip() or plan
        crumbs = [Crumb("Plans", plans_address()), Crumb(title, plan_address(plan))]
        return _Party(request, graph, iri, part.label, [part], None, labels).page(True, crumbs)


def _segment_of(own: str) -> str:
    """Give the end of an IRI for the text of an address."""
    from planweave.terms import segment  # noqa: PLC0415 - the one thing of its kind

    return segment(own)


def _labels(index: PartyIndex | None, parts: Sequence[Part]) -> dict[str, str]:
    beside: Counter[str] = Counter()
    for part in parts:
        beside.update(part.beside)
    nearest_ = [iri for iri, _ in beside.most_common(NEAREST)]
    return index.labels(nearest_) if index else {}


class _InPlan(NamedTuple):
    """What a party does in one plan, in numbers."""

    plan: str
    title: str
    leads: int
    open: int
    overdue: int
    partner: int
    named: int
    printed: str


class _Line(NamedTuple):
    """An action in the list of a party."""

    action: Action
    address: str
    plan: str
    plan_address: str
    role: str
    due: str
    status: str
    overdue: bool


class _Party:
    """A party as its page shows it."""

    def __init__(
        self,
        request: Request,
        graph: Graph,
        iri: str,
        label: str,
        parts: Sequence[Part],
        body: Body | None,
        labels: dict[str, str],
    ) -> None:
        self._request, self._graph, self._iri, self._label = request, graph, iri, label
        self._parts, self._body, self._labels = parts, body, labels
        self._titles = served_of(request).made(
            graph, "titles", lambda: {entry.plan: entry.title.strip() or entry.plan for entry in graph.summary}
        )
        self._day = today()
        self._own = address_of_party(iri)

    def page(self, counted: bool, crumbs: list[Crumb]) -> Response:
        """Show it."""
        suffix = suffix_of(self._request)
        lines = _Wanted(self._request, self._parts, self._day)
        columns = self._action_columns()
        if suffix:
            rows = self._lines(lines.found)
            return exported(columns, rows, suffix, local(self._iri), self._label[:31], (lines.words(self._label),))
        state = state_of(self._request, columns, "", settings_of(self._request).rows)
        pages = max(1, -(-len(lines.found) // state.rows))
        now = State(state.path, "", False, min(state.page, pages), state.rows, state.rest)
        shown = list(self._lines(lines.found[now.start : now.start + now.rows]))
        table = paged(columns, shown, len(lines.found), now, "Actions that name it")
        kind = self._body.kind if self._body and self._body.kind else ""
        return show(
            self._request,
            "agency.html.j2",
            title=self._label,
            crumbs=crumbs,
            wide=True,
            kind=kind or (kind_words(self._parts[0].kind) if self._parts else "agency"),
            body=self._body,
            counted_all=counted,
            figures=self._figures(),
            day=self._day,
            names=self._names(),
            plans=self._plans(),
            pillars=self._pillars(),
            beside=self._beside(),
            near=self._near(),
            what_if=what_if_address(party=self._iri),
            table=table,
            asked=lines.words(self._label),
            narrowed=lines.narrowed,
            clear=f"{self._own}#actions",
            home=self._home(),
        )

    def _home(self) -> tuple[str, str] | None:
        """Give the plan that a team or post belongs to."""
        if self._iri.startswith(AGENCY) or not self._parts:
            return None
        plan = self._parts[0].plan
        return self._titles[plan], plan_address(plan)

    def _address(self, **state: object) -> str:
        from planweave.web.addresses import with_state  # noqa: PLC0415 - of the page's own address

        return f"{with_state(self._own, state)}#actions"

    def _figures(self) -> list[tuple[str, str, str]]:
        places = [place for part in self._parts for place in part.places]
        led = [place for place in places if place.role == "lead"]
        counts = (
            (len(led), "leads", {"role": "lead"}),
            (sum(place.open for place in led), "of them open", {"role": "lead", "only": "open"}),
            (
                sum(is_overdue(place, self._day) for place in led),
                "of them past due",
                {"role": "lead", "only": "overdue"},
            ),
            (sum(place.role == "partner" for place in places), "partner in", {"role": "partner"}),
            (sum(place.role == "mention" for place in places), "named in", {"role": "mention"}),
        )
        return [(f"{number:,}", words, self._address(**state)) for number, words, state in counts]

    def _names(self) -> list[tuple[str, list[str]]]:
        """Give the other names by sort: those of the register, and those that plans print."""
        sorts: dict[str, list[str]] = {}
        for name, sort in self._body.names if self._body else ():
            sorts.setdefault(sort, []).append(name)
        known = {name for names in sorts.values() for name in names} | {self._label}
        printed = dict.fromkeys(name for part in self._parts for name in part.names if name not in known)
        if printed:
            sorts["also printed as"] = list(printed)[:HELD]
        return list(sorts.items())

    def _plans(self) -> object:
        rows = [
            _InPlan(
                part.plan,
                self._titles[part.plan],
                part.count("lead"),
                sum(place.open and place.role == "lead" for place in part.places),
                sum(is_overdue(place, self._day) and place.role == "lead" for place in part.places),
                part.count("partner"),
                part.count("mention"),
                ", ".join(part.names[:HELD]),
            )
            for part in self._parts
        ]
        rows.sort(key=lambda row: (-row.leads, -row.partner, -row.named, row.title))

        def number(key: str, heading: str, **state: str) -> Column[_InPlan]:
            return Column[_InPlan](
                key,
                heading,
                attrgetter(key),
                "number",
                address=lambda row: self._address(plan=row.plan, **state) if getattr(row, key) else None,
                order=False,
            )

        columns = [
            Column[_InPlan](
                "title", "Plan", attrgetter("title"), address=lambda row: plan_address(row.plan), order=False
            ),
            Column[_InPlan]("printed", "Printed as", attrgetter("printed"), order=False),
            number("leads", "Leads", role="lead"),
            number("open", "Of them open", role="lead", only="open"),
            number("overdue", "Of them past due", role="lead", only="overdue"),
            number("partner", "Partner in", role="partner"),
            number("named", "Named in", role="mention"),
        ]
        most = settings_of(self._request).rows
        return listed(columns, rows[:most], State(self._own, "", False, 1, most), "Plans that name it", downloads=())

    def _pillars(self) -> list[Bar]:
        counts: Counter[str] = Counter()
        for part in self._parts:
            counts.update(part.pillars)
        whole = sum(len({place.n for place in part.places}) for part in self._parts)
        return [Bar(words, number, whole, self._address(pillar=words)) for words, number in counts.most_common(NEAREST)]

    def _beside(self) -> list[Bar]:
        counts: Counter[str] = Counter()
        for part in self._parts:
            counts.update(part.beside)
        most = max(counts.values(), default=1)
        return [
            Bar(self._labels.get(iri) or local(iri), number, most, self._address(beside=iri), address_of_party(iri))
            for iri, number in counts.most_common(NEAREST)
        ]

    def _near(self) -> list[tuple[str, str, str, str]]:
        """Give what the body is part of, its parts, what it was and what it became: how, name, address, words."""
        body, known = self._body, self._graph.bodies
        if body is None:
            return []
        near = [("is part of", body.whole, "")] if body.whole else []
        near += [("has the part", part, "") for part in body.parts]
        near += [(f"came after{_on(one.day)}", one.other, one.words) for one in body.before]
        near += [(f"became{_on(one.day)}", one.other, one.words) for one in body.after]
        return [
            (how, known[iri].label if iri in known else local(iri), agency_address(iri), words)
            for how, iri, words in near
        ]

    def _action_columns(self) -> list[Column[_Line]]:
        several = len(self._parts) > 1
        columns = [
            Column[_Line](
                "ref",
                "Reference",
                lambda row: row.action.ref or f"no. {row.action.n}",
                address=attrgetter("address"),
                order=False,
            ),
            Column[_Line]("text", "Action", lambda row: row.action.text, order=False, width=60),
            Column[_Line]("role", "It", lambda row: ROLE_WORDS[row.role], order=False),
            Column[_Line]("due", "Due, as printed", attrgetter("due"), order=False),
            Column[_Line]("status", "Status", attrgetter("status"), order=False),
            Column[_Line](
                "overdue",
                "Past due",
                lambda row: "past due" if row.overdue else "",
                "tag",
                order=False,
                look=lambda _: "warning",
            ),
        ]
        plan = Column[_Line]("plan", "Plan", attrgetter("plan"), address=attrgetter("plan_address"), order=False)
        return [columns[0], *((plan,) if several else ()), *columns[1:]]

    def _lines(self, wanted: Sequence[tuple[str, Place]]) -> Iterator[_Line]:
        """Give actions; only the plans that they stand in are read."""
        records: dict[str, PlanRecord] = {}
        for plan, place in wanted:
            if plan not in records:
                records = {plan: seen(self._request, self._graph, plan).record}
            action = records[plan].actions[place.n - 1]
            yield _Line(
                action,
                action_address(action.id),
                self._titles[plan],
                plan_address(plan),
                place.role,
                action.due.text,
                status(action.status),
                is_overdue(place, self._day),
            )


def _on(day: str) -> str:
    return f" on {day_words(day)}" if day else ""


class _Wanted:
    """The places that the address asks for: by role, plan, open or past due, pillar, and who else is there."""

    def __init__(self, request: Request, parts: Sequence[Part], day: dt.date) -> None:
        said = request.query_params
        self._role = said.get("role", "") if said.get("role") in ROLES else ""
        self._plan = said.get("plan", "")
        self._only = said.get("only", "") if said.get("only") in {"open", "overdue"} else ""
        self._pillar, self._beside = said.get("pillar", ""), said.get("beside", "")
        self._day, self._request = day, request
        self.found = [
            (part.plan, place)
            for part in parts
            if not self._plan or part.plan == self._plan
            for place in part.places
            if self._is_wanted(place)
        ]
        if self._pillar or self._beside:
            self.found = list(self._of_records(parts))

    @property
    def narrowed(self) -> bool:
        """Whether the address asks for less than all."""
        return any((self._role, self._plan, self._only, self._pillar, self._beside))

    def _is_wanted(self, place: Place) -> bool:
        if self._role and place.role != self._role:
            return False
        return place.open if self._only == "open" else not self._only or is_overdue(place, self._day)

    def _of_records(self, parts: Sequence[Part]) -> Iterator[tuple[str, Place]]:
        """Look into the plans themselves for a pillar, or for who else is there."""
        having = {part.plan for part in parts if not self._pillar or self._pillar in part.pillars}
        having &= {part.plan for part in parts if not self._beside or self._beside in part.beside}
        with reading(self._request) as graph:
            for plan, place in self.found:
                if plan not in having:
                    continue
                known = seen(self._request, graph, plan)
                action = known.record.actions[place.n - 1]
                if self._pillar and self._pillar not in action.pillars:
                    continue
                names = (*action.leads, *action.partners)
                beside = {known.iri(name) for name in names} if self._beside else set()
                if not self._beside or (self._beside in beside and place.role != "mention"):
                    yield plan, place

    def words(self, label: str) -> str:
        """Say which actions these are."""
        role = (
            f"that it {'leads' if self._role == 'lead' else ROLE_WORDS[self._role]}"
            if self._role
            else f"that name {label}"
        )
        more = [
            {"open": "open ones", "overdue": f"past due on {day_words(self._day)}"}.get(self._only, ""),
            f"pillar {self._pillar}" if self._pillar else "",
            f"with {local(self._beside)}" if self._beside else "",
            f"in {self._plan}" if self._plan else "",
        ]
        return ", ".join(filter(None, (f"Actions {role}", *more)))


ROUTES: Final = (
    Route("/agencies", agencies_page),
    Route("/agencies.csv", agencies_page),
    Route("/agencies.xlsx", agencies_page),
    Route("/agencies/{agency}.csv", agency_page),
    Route("/agencies/{agency}.xlsx", agency_page),
    Route("/agencies/{agency}", agency_page),
    Route("/plans/{plan}/parties/{party}.csv", party_page),
    Route("/plans/{plan}/parties/{party}.xlsx", party_page),
    Route("/plans/{plan}/parties/{party}", party_page),
)
