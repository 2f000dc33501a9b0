"""Names and kinds of nodes for people, and the details of actions."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from planweave.asking.terms import node_of, readable
from planweave.dates import bounds
from planweave.networks.said import Said, action_id, plan_of, sort_of
from planweave.store import Node, parse_quads
from planweave.terms import AGENCY, BASE, ONTOLOGY_GRAPH, PW, RDFS, REGISTERS_GRAPH, SKOS, action_iri, local

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from planweave.records import Action, PlanRecord, SourceRow
    from planweave.store import Store
    from planweave.workspace import Build, Entry

__all__ = ["KINDS", "KIND_WORDS", "ActionDetail", "Name", "Names", "Plans", "action_details"]

KIND_WORDS: Final = {
    "agency": "agencies",
    "team": "teams",
    "post": "posts",
    "group": "groups",
    "person": "named persons",
    "unknown": "parties of unknown kind",
    "action": "actions",
    "plan": "plans",
    "pillar": "pillars",
    "outcome": "outcomes",
    "indicator": "indicators",
    "text": "texts",
    "other": "other things",
}
"""Kind of a node → what several of them are called."""

KINDS: Final = tuple(KIND_WORDS)

PARTIES: Final = ("agency", "team", "post", "group", "person", "unknown")
TEAMS: Final = frozenset({BASE + "kind/team", BASE + "kind/service"})
ABBREVIATION: Final = re.compile(r"[A-Za-z0-9&]{2,8}")
CAPITALS: Final = re.compile(r"[A-Z0-9]")
WORD: Final = re.compile(r"\w+")


class Plans(Protocol):
    """The graph, as far as networks have to know it; :class:`planweave.Graph` is one."""

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the plans."""

    @property
    def files(self) -> Build:
        """The files of the build."""

    @property
    def summary(self) -> tuple[Entry, ...]:
        """One entry a plan."""

    @property
    def store(self) -> Store:
        """The store, opened for reading."""


@dataclass(frozen=True)
class Name:
    """What a node is called: its name in full, its abbreviation, its kind and, of a body, what kind of body."""

    label: str
    id: str
    abbreviation: str
    kind: str
    body: str


class Names:
    """The names of nodes: those of the registers, and those that the plans say.

    Parameters
    ----------
    registers
        The N-Quads of the registers and the ontology.
    said
        What the plans say of their own things.
    """

    def __init__(self, registers: bytes, said: Mapping[str, Said]) -> None:
        self._said = said
        self._labels: dict[str, str] = {}
        self._others: dict[str, set[str]] = defaultdict(set)
        self._bodies: dict[str, str] = {}
        for graph, (subject, predicate, value) in parse_quads(registers):
            if graph not in {REGISTERS_GRAPH, ONTOLOGY_GRAPH}:
                continue
            if predicate == SKOS + "prefLabel" or (predicate == RDFS + "label" and subject not in self._labels):
                self._labels[subject] = str(value)
            elif predicate in {SKOS + "altLabel", PW + "localName"}:
                self._others[subject].add(str(value))
            elif predicate == PW + "kind":
                self._bodies[subject] = str(value)

    def of(self, term: bytes, kind: str = "") -> tuple[Name, bool]:
        """Name the node of a term as N-Quads write it, and say whether anything names it.

        Parameters
        ----------
        term
            An IRI in its brackets, or a literal.
        kind
            What kind a literal is of.
        """
        node = node_of(term) or Node("", "literal")
        if node.kind != "iri":
            return Name(node.value, node.value, "", kind if kind in KINDS else "text", ""), bool(node.value.strip())
        said = self._said.get(node.value, Said())
        label = self._labels.get(node.value) or said.label
        short = readable(node)
        body = self._bodies.get(node.value, "")
        return Name(
            label or short,
            short,
            self._abbreviation(node.value, label),
            self._kind(node.value, said, body),
            local(body).replace("-", " ") if body else "",
        ), bool(label)

    def _kind(self, iri: str, said: Said, body: str) -> str:
        if iri.startswith(AGENCY):
            return said.kind or ("team" if body in TEAMS else "agency")
        sort = sort_of(iri)
        if sort == "party":
            return said.kind if said.kind in PARTIES else "unknown"
        return sort if sort in KINDS and sort not in PARTIES else "other"

    def _abbreviation(self, iri: str, label: str) -> str:
        """The other name in capitals whose letters begin the words of the name in full; the shortest of several."""
        words = label.casefold().split()
        found = (
            name
            for name in self._others.get(iri, ())
            if ABBREVIATION.fullmatch(name)
            and 2 * len(CAPITALS.findall(name)) > len(name)
            and name.casefold() not in words
        )
        return min(found, key=lambda name: (not _begins(name, label), len(name), name), default="")


def _begins(name: str, label: str) -> bool:
    """Say whether each capital of an abbreviation begins a word of a name, in order."""
    initials = iter(word[0].upper() for word in WORD.findall(label))
    return all(letter in initials for letter in CAPITALS.findall(name))


@dataclass(frozen=True)
class ActionDetail:
    """What is shown of an action.

    Parameters
    ----------
    iri, id, plan, plan_title
        Its names, such as ``northmoor/13.1``, and those of its plan.
    ref, text
        Its reference as printed, "" where it has none, and what is to be done.
    pillars, leads, partners
        In words; parties by their names in full.
    status
        ``"complete"``, ``"not-started"`` …, ``"unknown"``.
    due, due_earliest, due_latest
        The date as printed, and its first and last day.
    place
        Where the document prints it: "page 3, table 1, row 4".
    document
        The document, None where it is not known.
    """

    iri: str
    id: str
    plan: str
    plan_title: str
    ref: str
    text: str
    pillars: tuple[str, ...]
    status: str
    due: str
    due_earliest: dt.date | None
    due_latest: dt.date | None
    leads: tuple[str, ...]
    partners: tuple[str, ...]
    place: str
    document: Path | None


def action_details(graph: Plans, iris: Iterable[str]) -> dict[str, ActionDetail]:
    """Give the details of actions, in the order in which they are named; what is no action is left out.

    Raises
    ------
    StoreError
        If the record of a plan cannot be read.
    """
    wanted = list(dict.fromkeys(iris))
    by_plan: dict[str, set[str]] = defaultdict(set)
    for iri in wanted:
        if action_id(iri):
            by_plan[plan_of(iri)].add(iri)
    documents = {entry.plan: Path(entry.document) for entry in graph.summary}
    found: dict[str, ActionDetail] = {}
    for plan in sorted(by_plan.keys() & documents.keys()):
        record = graph.files.plan_record(plan)
        labels = {party.name: party.label for party in record.parties}
        for action in record.actions:
            if (iri := action_iri(action.id)) in by_plan[plan]:
                found[iri] = _detail(iri, action, record, labels, documents[plan])
    return {iri: found[iri] for iri in wanted if iri in found}


def _detail(iri: str, action: Action, record: PlanRecord, labels: Mapping[str, str], document: Path) -> ActionDetail:
    earliest, latest = bounds(action.due.edtf) if action.due.edtf else (None, None)
    return ActionDetail(
        iri=iri,
        id=action.id,
        plan=record.plan.id,
        plan_title=record.plan.title,
        ref=action.ref or "",
        text=action.text,
        pillars=action.pillars,
        status=action.status,
        due=action.due.text,
        due_earliest=earliest,
        due_latest=latest,
        leads=_named(action.leads, labels),
        partners=_named(action.partners, labels),
        place="; ".join(map(_place, action.source)),
        document=document,
    )


def _named(names: Iterable[str], labels: Mapping[str, str]) -> tuple[str, ...]:
    """Give the names in full, each once: two printed names can stand for one party."""
    return tuple(dict.fromkeys(labels.get(name, name) for name in names))


def _place(row: SourceRow) -> str:
    page = f"page {row.page}, " if row.page is not None else ""
    return f"{page}table {row.table}, row {row.row}"
