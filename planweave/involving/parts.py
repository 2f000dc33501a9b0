"""One record → what each party of it does there: the actions by role, how far they are, who stands beside it."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import msgspec

from planweave.dates.edtf import bounds
from planweave.terms import party_iri

if TYPE_CHECKING:
    import datetime as dt

    from planweave.records import Action, PlanRecord

__all__ = ["ROLES", "Part", "Place", "Role", "is_overdue", "parts_of"]

Role: TypeAlias = Literal["lead", "partner", "mention"]
ROLES: Final[tuple[Role, ...]] = ("lead", "partner", "mention")
"""As what a party can stand in an action, the most responsible first."""

OVER: Final = frozenset({"complete", "stopped"})
"""What is over is neither open nor overdue; what no one reports on may be done, and counts as open."""


class Place(msgspec.Struct, frozen=True, array_like=True):
    """A party in an action.

    Parameters
    ----------
    n
        The action's place in the plan, from 1.
    role
        As what it stands there; who is named in several roles has a place for each.
    open
        Whether the action is not said to be complete or stopped.
    latest
        The last day that its due date can mean, as ISO 8601; None where there is none, or it is no deadline.
    """

    n: int
    role: Role
    open: bool
    latest: str | None


class Part(msgspec.Struct, frozen=True):
    """What a party does in one plan.

    Parameters
    ----------
    party
        Its IRI.
    plan
        The id of the plan.
    label, kind
        Its name, and what sort of party it is.
    names
        As what the plan prints it.
    places
        The actions that name it, in printed order.
    pillars
        Pillar → how many actions of it name the party.
    beside
        The IRI of another party → in how many actions both are lead or partner.
    """

    party: str
    plan: str
    label: str
    kind: str
    names: tuple[str, ...]
    places: tuple[Place, ...]
    pillars: dict[str, int]
    beside: dict[str, int]

    def count(self, role: Role) -> int:
        """Give in how many actions it stands as this."""
        return sum(place.role == role for place in self.places)


def is_overdue(place: Place, day: dt.date) -> bool:
    """Say whether an action was due before a day and is not said to be over."""
    return place.open and place.latest is not None and place.latest < day.isoformat()


def parts_of(record: PlanRecord) -> list[Part]:
    """Say of each party of a plan what it does there.

    Parameters
    ----------
    record
        The plan.

    Returns
    -------
    The parties in the order of their first appearance.
    """
    plan = record.plan.id
    known = {party.name: party for party in record.parties}
    iris = {name: party_iri(plan, party.kind, party.id) for name, party in known.items()}
    names: dict[str, dict[str, None]] = defaultdict(dict)
    places: dict[str, list[Place]] = defaultdict(list)
    pillars: dict[str, Counter[str]] = defaultdict(Counter)
    beside: dict[str, Counter[str]] = defaultdict(Counter)
    for action in record.actions:
        by_role = _by_role(action)
        is_open, latest = action.status not in OVER, _latest(action)
        for role in ROLES:
            for iri in dict.fromkeys(iris[name] for name in by_role[role]):
                places[iri].append(Place(action.n, role, is_open, latest))
            for name in by_role[role]:
                names[iris[name]][name] = None
        for iri in {iris[name] for role in ROLES for name in by_role[role]}:
            pillars[iri].update(action.pillars)
        together = {iris[name] for role in ("lead", "partner") for name in by_role[role]}
        for iri in together:
            beside[iri].update(together - {iri})
    parties = {iri: known[next(iter(printed))] for iri, printed in names.items()}
    return [
        Part(
            iri,
            plan,
            parties[iri].label,
            parties[iri].kind,
            tuple(names[iri]),
            tuple(found),
            dict(pillars[iri]),
            dict(beside[iri]),
        )
        for iri, found in places.items()
    ]


def _by_role(action: Action) -> dict[str, tuple[str, ...]]:
    return {"lead": action.leads, "partner": action.partners, "mention": action.mentions}


def _latest(action: Action) -> str | None:
    if action.due.kind != "date" or action.due.edtf is None:
        return None
    latest = bounds(action.due.edtf)[1]
    return latest.isoformat() if latest else None
