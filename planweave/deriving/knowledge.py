"""What deriving knows beside the record: words from ``common.toml`` and how the register's bodies belong together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from planweave.deriving.initials import Initials
from planweave.deriving.stems import Stems
from planweave.reading.definition import CommonAbbreviations, CommonDependence, CommonLikeness, load_common
from planweave.registers import Bodies, load_bodies

if TYPE_CHECKING:
    from planweave.library import Library

__all__ = ["NO_KNOWLEDGE", "Knowledge", "load_knowledge"]


@dataclass(frozen=True)
class Knowledge:
    """Words and bodies.

    ``standing`` and ``firms`` are the words that end the name of a body that stands on its own, and those of an
    organisation.
    """

    likeness: CommonLikeness
    abbreviations: CommonAbbreviations
    dependence: CommonDependence
    standing: frozenset[str]
    organisations: frozenset[str]
    bodies: Bodies

    @cached_property
    def stems(self) -> Stems:
        """The stems of texts, by the words that do not count."""
        return Stems(self.likeness.small, self.likeness.fillers)

    @cached_property
    def initials(self) -> Initials:
        """The initials of printed words, by the words that an abbreviation passes over."""
        return Initials(self.abbreviations)


NO_KNOWLEDGE: Final = Knowledge(
    CommonLikeness((), ()),
    CommonAbbreviations((), (), (), ()),
    CommonDependence((), (), (), ()),
    frozenset(),
    frozenset(),
    Bodies(),
)
"""For a record that is woven alone: every word counts, and no body has anything to do with another."""


def load_knowledge(library: Library) -> Knowledge:
    """Load what a library knows.

    Raises
    ------
    DefinitionError
        If its ``common.toml`` or its register is not right.
    """
    common = load_common(library)
    return Knowledge(
        common.likeness,
        common.abbreviations,
        common.dependence,
        frozenset(common.parties.standing),
        frozenset(common.parties.bodies),
        load_bodies(library),
    )
