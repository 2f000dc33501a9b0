"""The plans that were looked at last, with what pages want to know of each: read once, and kept for a while."""

from __future__ import annotations

import threading
from collections import OrderedDict, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from planweave.involving import parts_of
from planweave.store import parse_quads
from planweave.terms import PLAN, PW, action_iri, local, party_iri
from planweave.web.addresses import agency_address, party_address
from planweave.web.rooms import served_of

if TYPE_CHECKING:
    from starlette.requests import Request

    from planweave.findings import Finding
    from planweave.graph import Graph
    from planweave.involving import Part
    from planweave.records import Action, Party, PlanRecord

__all__ = ["Like", "Link", "Seen", "address_of_party", "seen"]

ACTIONS: Final = 30_000
"""Plans of so many actions together are kept."""

DERIVED: Final = tuple(PW + name for name in ("similarTo", "score", "similarity", "needs"))


class Link(NamedTuple):
    """A printed reference of one action to another: the words, and the actions that have that reference."""

    printed: str
    others: tuple[Action, ...]


class Like(NamedTuple):
    """An action of the same plan that says nearly the same, and how nearly."""

    other: Action
    score: float


class Seen:
    """A plan as pages look at it.

    Parameters
    ----------
    graph
        Where it is.
    plan
        Its id.
    """

    def __init__(self, graph: Graph, plan: str) -> None:
        self.record: PlanRecord = graph.files.plan_record(plan)
        self._shard = graph.files.read_shard
        self.told: tuple[object, tuple[Finding, ...]] | None = None

    @cached_property
    def actions(self) -> dict[str, Action]:
        """The actions by their ids."""
        return {action.id: action for action in self.record.actions}

    @cached_property
    def _by_ref(self) -> dict[str, list[Action]]:
        found: dict[str, list[Action]] = defaultdict(list)
        for action in self.record.actions:
            if action.ref:
                found[action.ref].append(action)
        return found

    @cached_property
    def _parties(self) -> dict[str, Party]:
        return {party.name: party for party in self.record.parties}

    @cached_property
    def parts(self) -> dict[str, Part]:
        """What each party does in the plan, by its IRI."""
        return {part.party: part for part in parts_of(self.record)}

    def iri(self, name: str) -> str:
        """Give the IRI of the party that a printed name stands for."""
        party = self._parties[name]
        return party_iri(self.record.plan.id, party.kind, party.id)

    def party(self, name: str) -> Party:
        """Give the party that a printed name stands for."""
        return self._parties[name]

    def party_link(self, name: str) -> str:
        """Give the address of the party that a printed name stands for."""
        return address_of_party(self.iri(name))

    def references(self, action: Action) -> list[Link]:
        """Give the cross-references that an action prints."""
        return [
            Link(printed, tuple(other for other in self._by_ref.get(printed, ()) if other.id != action.id))
            for printed in action.crossrefs
        ]

    def referring(self, action: Action) -> list[Action]:
        """Give the actions that refer to one."""
        return self._referring.get(action.ref or "", [])

    @cached_property
    def _referring(self) -> dict[str, list[Action]]:
        found: dict[str, list[Action]] = defaultdict(list)
        for action in self.record.actions:
            for printed in action.crossrefs:
                if action not in found[printed]:
                    found[printed].append(action)
        return found

    def alike(self, action: Action) -> list[Like]:
        """Give the actions of the plan that say nearly the same as one, earlier and later ones."""
        return self._derived[0].get(action.id, [])

    def needs(self, action: Action) -> list[Action]:
        """Give the actions that one says in words that it needs."""
        return self._derived[1].get(action.id, [])

    def needed_by(self, action: Action) -> list[Action]:
        """Give the actions that say in words that they need one."""
        return [other for other in self.record.actions if action in self.needs(other)]

    @cached_property
    def _derived(self) -> tuple[dict[str, list[Like]], dict[str, list[Action]]]:
        """What the graph derives of likeness and needs; only the lines that say so are looked at."""
        wanted = self._shard(self.record.plan.id).about(DERIVED)
        by_iri = {action_iri(action.id): action for action in self.record.actions}
        to: dict[str, Action] = {}
        score: dict[str, float] = {}
        owner: dict[str, Action] = {}
        needs: dict[str, list[Action]] = defaultdict(list)
        for _, (subject, predicate, value) in parse_quads(wanted):
            name = local(predicate)
            if name == "similarTo" and value in by_iri:
                to[subject] = by_iri[value]
            elif name == "score":
                score[subject] = float(value)
            elif name == "similarity" and subject in by_iri:
                owner[value] = by_iri[subject]
            elif name == "needs" and subject in by_iri and value in by_iri:
                needs[by_iri[subject].id].append(by_iri[value])
        alike: dict[str, list[Like]] = defaultdict(list)
        for node, action in owner.items():
            alike[action.id].append(Like(to[node], score[node]))
            alike[to[node].id].append(Like(action, score[node]))
        for found in alike.values():
            found.sort(key=lambda like: (-like.score, like.other.n))
        return alike, needs


def address_of_party(iri: str) -> str:
    """Give the page of a party by its IRI."""
    if not iri.startswith(PLAN):
        return agency_address(iri)
    plan, _, party = iri.removeprefix(PLAN).partition("/party/")
    return party_address(local(plan), local(party))


class _Lately:
    """The plans of one graph that were looked at last."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._kept: OrderedDict[str, Seen] = OrderedDict()
        self._lock = threading.Lock()

    def plan(self, plan: str) -> Seen:
        """Give a plan, read if it was not looked at lately."""
        with self._lock:
            if plan in self._kept:
                self._kept.move_to_end(plan)
                return self._kept[plan]
        read = Seen(self._graph, plan)
        with self._lock:
            self._kept[plan] = read
            size = sum(len(seen.record.actions) for seen in self._kept.values())
            while size > ACTIONS and len(self._kept) > 1:
                size -= len(self._kept.popitem(last=False)[1].record.actions)
        return read


def seen(request: Request, graph: Graph, plan: str) -> Seen:
    """Give a plan of the graph that is served.

    Raises
    ------
    NotFound
        If the graph has no such plan; the nearest ids are offered.
    """
    graph.check_plan(plan)
    return served_of(request).made(graph, "lately", lambda: _Lately(graph)).plan(plan)
