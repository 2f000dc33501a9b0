"""One plan as a comparison looks at it: its record, its scorecard, what each action says in stems, who stands in it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from planweave.terms import AGENCY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planweave.deriving.stems import Stems
    from planweave.findings import Scorecard
    from planweave.records import Action, PlanRecord

__all__ = ["ROLES", "Roles", "Side"]

ROLES: Final = ("leads", "partners", "mentions")
"""In which ways a body can stand in an action, as the fields of the record."""


class Roles(NamedTuple):
    """In how many actions of a plan a body leads, is partner, or is only named."""

    lead: int = 0
    partner: int = 0
    named: int = 0

    @property
    def words(self) -> str:
        """Them in words; empty where it stands in none.

        Examples
        --------
        >>> Roles(3, 1, 0).words, Roles().words
        ('leads 3, partner in 1', '')
        """
        parts = ((self.lead, "leads"), (self.partner, "partner in"), (self.named, "named in"))
        return ", ".join(f"{what} {count:,}" for count, what in parts if count)


@dataclass(frozen=True)
class Side:
    """One of the plans that are compared.

    Parameters
    ----------
    record
        Its record.
    card
        How many of its actions have what, and its findings.
    stems
        Gives the stems of the meaningful words of a text.
    shared
        Pillar as printed → the pillar of the register that it is, where it is one.
    """

    record: PlanRecord = field(repr=False)
    card: Scorecard
    stems: Stems = field(repr=False)
    shared: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def id(self) -> str:
        """The id of the plan."""
        return self.record.plan.id

    @property
    def actions(self) -> tuple[Action, ...]:
        """The actions of the plan."""
        return self.record.actions

    @cached_property
    def said(self) -> tuple[frozenset[str], ...]:
        """The stems of each action's text."""
        return tuple(self.stems.of(action.text) for action in self.actions)

    @cached_property
    def parties(self) -> Mapping[str, tuple[str, str]]:
        """Printed name → the IRI or id of the party, and its name in full."""
        return {party.name: (party.id, party.label) for party in self.record.parties}

    def named(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Give printed names in full, each party once."""
        return tuple(dict.fromkeys(self.parties.get(name, (name, name))[1] for name in names))

    def ids(self, names: tuple[str, ...]) -> frozenset[str]:
        """Give what the printed names stand for."""
        return frozenset(self.parties.get(name, (name, name))[0] for name in names)

    @cached_property
    def agencies(self) -> dict[str, tuple[str, Roles]]:
        """IRI of each body of the register → its name, and in how many actions it stands as what."""
        found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        labels: dict[str, str] = {}
        for action in self.actions:
            for role in ROLES:
                for name in getattr(action, role):
                    iri, label = self.parties.get(name, ("", ""))
                    if iri.startswith(AGENCY):
                        labels[iri] = label
                        found[iri][role].add(action.id)
        return {
            iri: (
                labels[iri],
                Roles(
                    len(roles["leads"]),
                    len(roles["partners"]),
                    len(roles["mentions"] - roles["leads"] - roles["partners"]),
                ),
            )
            for iri, roles in found.items()
        }

    def lacks_column(self, name: str) -> bool:
        """Say whether no table of the plan has a column for a field."""
        return bool(self.actions) and all(action.blank.get(name) == "no-column" for action in self.actions)
