"""What can be chosen where a question is given something: the plans, bodies and actions that the graph knows."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol, get_args

from planweave.records import Status
from planweave.store import parse_quads
from planweave.terms import AGENCY, SKOS, local
from planweave.wording import PARTY_WORDS, STATUS_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planweave.records import PlanRecord
    from planweave.workspace import Build, Entry

__all__ = ["FEW", "Choice", "Plans", "fitting", "of_actions", "of_parties", "of_pillars", "of_plans", "of_statuses"]

FEW: Final = 40
"""The records of so many plans are read for what can be chosen; of more, only that of the plan that is given."""


class Plans(Protocol):
    """The graph, as far as choices have to know it; :class:`planweave.Graph` is one."""

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the plans."""

    @property
    def files(self) -> Build:
        """The files of the build."""

    @property
    def summary(self) -> tuple[Entry, ...]:
        """One entry a plan."""


class Choice(NamedTuple):
    """Something that can be given: as it is typed, and in words."""

    value: str
    words: str


def of_plans(graph: Plans) -> list[Choice]:
    """The plans, by their ids, with titles and publishers."""
    return [
        Choice(entry.plan, " – ".join(part for part in (entry.publisher, entry.title.strip()) if part) or entry.plan)
        for entry in graph.summary
    ]


def of_parties(graph: Plans, plan: str | None = None) -> list[Choice]:
    """The bodies, teams and posts of a plan; without one, of all plans while they are few, else of the register.

    A body is given by its name where only one is called so, and by its id otherwise; a team or post by its id.
    """
    found: dict[str, tuple[str, str]] = {}
    for record in _records(graph, plan):
        for party in record.parties:
            if party.id.startswith(AGENCY):
                found[local(party.id)] = (party.label, "")
            else:
                kind = PARTY_WORDS.get(party.kind, party.kind)
                found[f"{record.plan.id}/party/{party.id}"] = (party.label, f"{kind}, {record.plan.id}")
    if plan is None and len(graph.ids) > FEW:
        for _, (subject, predicate, value) in parse_quads(graph.files.register_quads()):
            if predicate == SKOS + "prefLabel" and subject.startswith(AGENCY):
                found[local(subject)] = (str(value), "")
    names = Counter(name.casefold() for name, _ in found.values())
    choices = []
    for identifier, (name, more) in found.items():
        if more or names[name.casefold()] > 1:
            choices.append(Choice(identifier, f"{name} ({more})" if more else name))
        else:
            choices.append(Choice(name, identifier))
    return sorted(choices, key=lambda choice: choice.value.casefold())


def of_actions(graph: Plans, plan: str | None = None) -> list[Choice]:
    """The actions of a plan, by their ids, with their texts; without one, of all plans while they are few."""
    return [Choice(action.id, action.text) for record in _records(graph, plan) for action in record.actions]


def of_pillars(graph: Plans, plan: str | None = None) -> list[Choice]:
    """The pillars as they are printed, the most used first."""
    counts = Counter(
        pillar for record in _records(graph, plan) for action in record.actions for pillar in action.pillars
    )
    return [Choice(pillar, f"{count:,} actions") for pillar, count in counts.most_common()]


def of_statuses() -> list[Choice]:
    """The statuses that an action can have."""
    return [Choice(code, STATUS_WORDS.get(code, code)) for code in get_args(Status)]


def fitting(choices: Sequence[Choice], words: str, most: int) -> list[Choice]:
    """Those of some choices that have all of these words in them; those that begin so come first.

    Examples
    --------
    >>> fitting([Choice("a", "West Kent"), Choice("kent", "Kent"), Choice("b", "Essex")], "kent", 5)
    [Choice(value='kent', words='Kent'), Choice(value='a', words='West Kent')]
    """
    sought = words.casefold().split()
    if not sought:
        return list(choices[:most])
    found = [one for one in choices if all(word in f"{one.value} {one.words}".casefold() for word in sought)]
    whole = " ".join(sought)
    found.sort(key=lambda one: not (one.value.casefold().startswith(whole) or one.words.casefold().startswith(whole)))
    return found[:most]


def _records(graph: Plans, plan: str | None) -> Iterable[PlanRecord]:
    if plan is not None:
        return [graph.files.plan_record(plan)] if plan in graph.ids else []
    return map(graph.files.plan_record, graph.ids) if len(graph.ids) <= FEW else ()
