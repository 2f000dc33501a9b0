"""What documents are read and checked with: made once for a state of the library, and shared by all drafts."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from planweave.assessing.assess import given_on
from planweave.assessing.questions import load_questions
from planweave.checking import compile_checks, hierarchy
from planweave.correcting.state import NameChange, PlanChange
from planweave.deriving import load_knowledge
from planweave.reading.definition import load_common, load_definitions
from planweave.registers import load_bodies, load_register, load_shared_concepts
from planweave.reviewing.decisions import Decision, write_decision
from planweave.reviewing.review import telling_nothing
from planweave.store import MemoryStore, turtle_quads
from planweave.terms import AGENCY, ONTOLOGY_GRAPH

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from planweave.assessing.questions import Questions
    from planweave.checking import Checks
    from planweave.correcting.state import State
    from planweave.deriving import Knowledge
    from planweave.library import Library
    from planweave.reading.definition import Common, Definition
    from planweave.registers import Register
    from planweave.store import Node

__all__ = ["Kit", "decisions_of", "kit_of"]

_lock = threading.Lock()
_kits: dict[object, Kit] = {}
MOST = 4


@dataclass(frozen=True, eq=False)
class Kit:
    """A library, loaded."""

    library: Library

    @cached_property
    def common(self) -> Common:
        """What every reader knows."""
        return load_common(self.library)

    @cached_property
    def definitions(self) -> tuple[Definition, ...]:
        """The loaders."""
        return load_definitions(self.library)

    @cached_property
    def register(self) -> Register:
        """The known agencies."""
        return load_register(self.library)

    @cached_property
    def national(self) -> frozenset[str]:
        """The bodies that are neither a unit of another nor known in some publishers' plans alone."""
        return load_bodies(self.library).national

    @cached_property
    def shared(self) -> frozenset[str]:
        """The pillars and indicators that plans share."""
        return load_shared_concepts(self.library)

    @cached_property
    def knowledge(self) -> Knowledge:
        """The words by which a plan's statements are held against each other."""
        return load_knowledge(self.library)

    @cached_property
    def telling_nothing(self) -> frozenset[str]:
        """Words of names that tell nothing of whom they mean."""
        return telling_nothing(self.common)

    @cached_property
    def questions(self) -> Questions:
        """What is asked of every plan."""
        return load_questions(self.library)

    @cached_property
    def _edges(self) -> Sequence[tuple[Node, Node]]:
        ontology = turtle_quads(self.library.file("ontology", "planweave.ttl"), ONTOLOGY_GRAPH)
        return hierarchy(MemoryStore.parsed(ontology))

    @cached_property
    def _compiled(self) -> dict[dt.date, Checks]:
        return {}

    def checks(self, day: dt.date) -> Checks:
        """Give the checks of a day, ready to be asked."""
        if day not in self._compiled:
            self._compiled.clear()
            self._compiled[day] = compile_checks(self.questions.files, given=given_on(day), edges=self._edges)
        return self._compiled[day]


def kit_of(library: Library) -> Kit:
    """Give a library loaded as its files are now."""
    files = [path for kind in ("loaders", "ontology", "shapes") for path in library.files(kind, "")]
    key = (library.roots, tuple(_stamp(path) for path in files if path.suffix in {".toml", ".ttl"}))
    with _lock:
        if key not in _kits:
            while len(_kits) >= MOST:
                _kits.pop(next(iter(_kits)))
            _kits[key] = Kit(library)
        return _kits[key]


def _stamp(path: Path) -> tuple[str, int, int]:
    try:
        seen = path.stat()
    except OSError:
        return str(path), 0, 0
    return str(path), seen.st_mtime_ns, seen.st_size


def decisions_of(state: State, publisher: str | None, register: Register) -> list[Decision]:
    """Give what a draft decides of names, as it is kept in the register of the workspace."""
    found = []
    for change in state.changes:
        if isinstance(change, PlanChange) and change.body:
            found.append(Decision(change.body, "own", None, None, "", change.reason))
        elif isinstance(change, NameChange):
            scope = None if change.everywhere else publisher
            label = register.label(scope) if scope else ""
            found.append(Decision(change.name, change.meaning, change.body, scope, label, change.reason))
    return found


def with_decisions(kit: Kit, state: State, publisher_slug: str | None) -> Register:
    """Give the register as it is once a draft's decisions are kept.

    Raises
    ------
    DefinitionError
        If a decision contradicts what is known.
    """
    publisher = AGENCY + publisher_slug if publisher_slug else None
    decisions = decisions_of(state, publisher, kit.register)
    if not decisions:
        return kit.register
    with TemporaryDirectory(prefix="planweave-") as made:
        folder = Path(made)
        kept = [path for path in kit.library.files("ontology", ".ttl") if path.name == "agencies-reviewed.ttl"]
        (folder / "ontology").mkdir()
        for path in kept:
            (folder / "ontology" / path.name).write_bytes(path.read_bytes())
        taken = set(kit.register.bodies)
        for decision in decisions:
            write_decision(folder, decision, taken)
        return load_register(kit.library.with_folder(folder))
