"""A review of the names in a graph: what is doubtful in it, and decisions kept in a library of one's own."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final, cast

from planweave.errors import NotFound, PlanweaveError, nearest
from planweave.reading.definition import fold, load_common
from planweave.registers import load_bodies, load_register
from planweave.reviewing.decisions import FILE, MEANINGS, Decision, write_decision
from planweave.reviewing.names import doubts_of, printed_names
from planweave.terms import AGENCY, local

if TYPE_CHECKING:
    from pathlib import Path

    from planweave.graph import Graph
    from planweave.library import Library
    from planweave.reading.definition import Common
    from planweave.registers import Register
    from planweave.reviewing.decisions import Meaning
    from planweave.reviewing.names import Doubt, Printed

__all__ = ["Review", "telling_nothing"]

PLACES: Final = (
    "city",
    "county",
    "borough",
    "district",
    "council",
    "london",
    "north",
    "south",
    "east",
    "west",
    "government",
)
"""Words that tell what sort of body or place it is, and not which."""


def telling_nothing(common: Common) -> frozenset[str]:
    """Give the words of names that tell nothing of whom they mean."""
    parties = common.parties
    words = (*parties.bodies, *parties.team, *parties.post, *parties.standing, *parties.nobody)
    return frozenset(fold(word) for word in (*words, *PLACES, *common.likeness.small))


class Review:
    """The doubtful names of a graph.

    Parameters
    ----------
    graph
        The graph, as it was built.
    library
        The register that names are held against; decisions of one's own lie on top of it.
    folder
        The library folder that decisions are written to; it need not exist.
    """

    def __init__(self, graph: Graph, library: Library, folder: Path) -> None:
        self._library, self.folder = library, folder
        self._common = load_common(library)
        self._publishers: dict[str, str | None] = {}
        self._printed: dict[tuple[str, str], Printed] = {}
        for record in graph.plans():
            self._publishers[record.plan.id] = record.plan.publisher_id
            for printed in printed_names(record):
                self._printed[printed.plan, printed.name] = printed

    @property
    def file(self) -> Path:
        """The register file that decisions are written to."""
        return self.folder / "ontology" / FILE

    @cached_property
    def _register(self) -> Register:
        return load_register(self._library.with_folder(self.folder) if self.file.exists() else self._library)

    def doubts(self, plan: str | None = None) -> list[Doubt]:
        """Give the names that may mean a body of the register and that nobody has settled.

        Raises
        ------
        NotFound
            If the graph has no such plan.
        """
        if plan is not None:
            self._check_plan(plan)
        found: list[Doubt] = []
        here = self._library.with_folder(self.folder) if self.file.exists() else self._library
        national = load_bodies(here).national
        for publisher in sorted(set(self._publishers.values()), key=str):
            names = self._register.names_for(publisher)
            near = self._register.local_bodies(publisher)
            # Another council's team is nobody's guess here.
            possible = {name: body for name, body in names.items() if body in national or body in near}
            printed = [
                one
                for one in self._printed.values()
                if one.publisher == publisher and one.name not in names and plan in {None, one.plan}
            ]
            found += doubts_of(printed, possible, self._register.bodies, self._telling_nothing)
        return sorted(found, key=lambda doubt: (-len(doubt.printed.actions), doubt.key))

    @cached_property
    def _telling_nothing(self) -> frozenset[str]:
        return telling_nothing(self._common)

    def decide(
        self, plan: str, name: str, meaning: str, body: str | None, *, everywhere: bool = False, reason: str = ""
    ) -> Path:
        """Keep a decision.

        Parameters
        ----------
        plan, name
            The plan and the name as it prints it.
        meaning
            ``"same"``, ``"unit"`` or ``"own"``.
        body
            The body of the register, by its IRI, its id or a name; none for a body of its own.
        everywhere
            Whether the name means this in every plan, and not only in those of this publisher.
        reason
            Why.

        Returns
        -------
        The register file.

        Raises
        ------
        NotFound
            If the graph has no such plan, the plan no such name, or the register no such body.
        PlanweaveError
            If a body is missing or too much, or the file cannot be written.
        """
        self._check_plan(plan)
        if (plan, name) not in self._printed:
            known = [printed for other, printed in self._printed if other == plan]
            raise NotFound(f"{plan} prints no name {name!r} that the register does not know", fix=nearest(name, known))
        if (meaning == "own") != (body is None):
            what = "a body of its own is no other body" if body else f"it is not said whose {meaning} this is"
            raise PlanweaveError(what, fix="leave the body out" if body else "name a body of the register")
        publisher = None if everywhere else self._publishers[plan]
        decision = Decision(
            name,
            cast("Meaning", meaning),
            self._body(body) if body else None,
            publisher,
            self._register.label(publisher) if publisher else "",
            reason,
        )
        path = write_decision(self.folder, decision, self._register.bodies)
        del self._register
        return path

    def words(self, meaning: str, body: str | None) -> str:
        """Say a decision in words."""
        said = MEANINGS[cast("Meaning", meaning)]
        return said.replace("that body", self._register.label(self._body(body))) if body else "a body of its own"

    def _check_plan(self, plan: str) -> None:
        if plan not in self._publishers:
            raise NotFound(f"there is no plan {plan!r} in this graph", fix=nearest(plan, self._publishers))

    def _body(self, said: str) -> str:
        """Find a body of the register by its IRI, its id, or a name that holds everywhere."""
        bodies = self._register.bodies
        if said in bodies:
            return said
        if AGENCY + said in bodies:
            return AGENCY + said
        names = {fold(name): iri for name, iri in self._register.names_for(None).items()}
        names |= {fold(label): iri for iri, label in bodies.items()}
        if fold(said) in names:
            return names[fold(said)]
        raise NotFound(f"the register has no body {said!r}", fix=nearest(said, [*map(local, bodies), *bodies.values()]))
