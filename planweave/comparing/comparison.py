"""What comes of comparing plans, and how it is made."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from planweave.asking.terms import node_of
from planweave.comparing.counts import Line, dates, pillars, scorecards, statuses
from planweave.comparing.editions import Editions, editions_of
from planweave.comparing.likeness import Pair, Subject, pairs_of, subjects_of
from planweave.comparing.sides import Roles, Side
from planweave.errors import NotFound, QueryError, nearest
from planweave.networks.facts import facts_of
from planweave.terms import RDFS, SKOS

if TYPE_CHECKING:
    import datetime as dt
    import os
    from collections.abc import Sequence

    from planweave.comparing.sections import Section
    from planweave.deriving.stems import Stems
    from planweave.findings import Scorecard
    from planweave.records import Action
    from planweave.workspace import Build

__all__ = ["Body", "Comparison", "compare"]

FEWEST = 2
MOST = 12
"""So many plans side by side can be read."""


@dataclass(frozen=True)
class Body:
    """A body of the register, its name, and in how many actions of each plan it stands as what."""

    iri: str
    name: str
    roles: tuple[Roles, ...]

    @property
    def plans(self) -> int:
        """In how many of the plans it stands."""
        return sum(any(roles) for roles in self.roles)


@dataclass(frozen=True)
class Comparison:
    """Plans side by side.

    Made by :meth:`planweave.Graph.compare`. A notebook shows it; ``write()`` makes a file of it; ``section()`` gives
    one table of it as an answer.

    Parameters
    ----------
    sides
        The plans.
    as_of
        The day for which findings are counted.
    """

    sides: tuple[Side, ...]
    as_of: dt.date

    @property
    def plans(self) -> tuple[str, ...]:
        """The ids of the plans, as they were given."""
        return tuple(side.id for side in self.sides)

    @cached_property
    def scorecards(self) -> list[Line]:
        """Actions, what they have, and open findings by severity."""
        return scorecards(self.sides)

    @cached_property
    def statuses(self) -> list[Line]:
        """Actions by status."""
        return statuses(self.sides)

    @cached_property
    def dates(self) -> list[Line]:
        """Actions by the kind of their date."""
        return dates(self.sides)

    @cached_property
    def pillars(self) -> list[Line]:
        """Actions by pillar."""
        return pillars(self.sides)

    @cached_property
    def bodies(self) -> list[Body]:
        """The bodies of the register, those in most plans and most actions first."""
        names = {iri: name for side in self.sides for iri, (name, _) in side.agencies.items()}
        bodies = [
            Body(iri, name, tuple(side.agencies[iri][1] if iri in side.agencies else Roles() for side in self.sides))
            for iri, name in names.items()
        ]
        return sorted(
            bodies, key=lambda body: (-body.plans, -sum(map(sum, body.roles)), body.name.casefold(), body.iri)
        )

    @cached_property
    def alike(self) -> list[Pair]:
        """Actions of different plans that say something alike."""
        return pairs_of(self.sides)

    def alone(self, place: int) -> list[Action]:
        """Give the actions of a plan for which no action of another was found that says nearly the same."""
        known = {
            action.id
            for pair in self.alike
            if pair.how == "nearly the same"
            for at, action in ((pair.one, pair.action), (pair.other, pair.like))
            if at == place
        }
        return [action for action in self.sides[place].actions if action.id not in known]

    @cached_property
    def subjects(self) -> list[Subject]:
        """Words that several actions of one plan use, and none of another."""
        return subjects_of(self.sides)

    @cached_property
    def editions(self) -> list[Editions]:
        """Those of the plans that are editions of one plan, and what became of their actions."""
        return editions_of(self.sides)

    @cached_property
    def sections(self) -> dict[str, Section]:
        """Its tables, by name."""
        from planweave.comparing.sections import sections_of  # noqa: PLC0415 - tells what is defined here

        return sections_of(self)

    def section(self, name: str) -> Section:
        """Give one of its tables; its ``answer()`` is shown and written like any other.

        Raises
        ------
        NotFound
            If there is no such table.
        """
        if name not in self.sections:
            raise NotFound(f"the comparison has no section {name!r}", fix=nearest(name, self.sections))
        return self.sections[name]

    def write(self, path: str | os.PathLike[str], section: str | None = None) -> Path:
        """Write it to a file, whose suffix decides the format.

        Parameters
        ----------
        path
            Ends in .xlsx, .html, .md or .json for all of it; in .csv or .tsv for one table.
        section
            Which table; of .csv and .tsv the scorecards unless told otherwise.

        Raises
        ------
        NotFound
            If there is no such format, or no such table.
        PlanweaveError
            If the file cannot be written; what was there before is untouched.
        """
        from planweave.comparing.files import write_comparison  # noqa: PLC0415 - as above

        return write_comparison(self, Path(path), section)

    def __repr__(self) -> str:
        return f"<planweave comparison of {', '.join(self.plans)}>"

    def _repr_html_(self) -> str:
        from planweave.comparing.files import parts_of  # noqa: PLC0415 - as above

        return "".join(part._repr_html_() for part in parts_of(self, most=20))


def compare(build: Build, plans: Sequence[str], cards: Sequence[Scorecard], stems: Stems, as_of: dt.date) -> Comparison:
    """Compare plans.

    Parameters
    ----------
    build
        Where their records are.
    plans
        Their ids, as they are to be shown.
    cards
        Their scorecards.
    stems
        Gives the stems of texts.
    as_of
        The day for which findings were counted.

    Raises
    ------
    QueryError
        If it is only one plan, or one twice, or more than can be read side by side.
    """
    by_plan = {card.plan: card for card in cards}
    sides = (Side(build.plan_record(plan), by_plan[plan], stems, _shared_pillars(build, plan)) for plan in plans)
    return Comparison(tuple(sides), as_of)


def check_plans(plans: Sequence[str]) -> None:
    """Raise QueryError unless these are plans that can stand side by side."""
    twice = next((plan for plan in plans if plans.count(plan) > 1), None)
    if twice is not None:
        raise QueryError(f"the plan {twice} is given twice", fix="name different plans")
    if len(plans) < FEWEST:
        raise QueryError("one plan alone cannot be compared", fix="name two or more")
    if len(plans) > MOST:
        raise QueryError(f"more than {MOST} plans cannot be read side by side", fix="name fewer")


def _shared_pillars(build: Build, plan: str) -> dict[str, str]:
    """Pillar as printed → the pillar of the register that the plan's own is close to."""
    shard = build.read_shard(plan)
    close = {fact.subject: fact.value for fact in facts_of(shard, SKOS + "closeMatch")}
    found = {}
    for fact in facts_of(shard, RDFS + "label"):
        shared = node_of(close[fact.subject]) if fact.subject in close else None
        label = node_of(fact.value)
        if shared is not None and label is not None:
            found[label.value] = shared.value
    return found
