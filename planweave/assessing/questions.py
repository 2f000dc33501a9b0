"""The questions that are asked: the shapes of the library in a profile, or those of a file of one's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from planweave.checking import Shape, Shapes, read_shapes
from planweave.checking.source import sh
from planweave.errors import NotFound, nearest
from planweave.findings import SEVERITIES, Question, Severity
from planweave.profiles import read_profile
from planweave.store import Node
from planweave.terms import PW, local

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from planweave.library import Library
    from planweave.profiles import Profile

__all__ = ["Asked", "Questions", "load_questions"]

SHOWN_IN: Final = Node(PW + "shownIn")
STATED: Final[dict[str, Severity]] = {"Violation": "violation", "Warning": "warning", "Info": "info"}


@dataclass(frozen=True)
class Asked:
    """One question: how it is shown, its place among the others, and the columns whose cells show a finding."""

    question: Question
    place: int
    shown_in: frozenset[str]


@dataclass(frozen=True)
class Questions:
    """What is asked of every plan.

    Parameters
    ----------
    profile
        The title of the profile, or the name of the shapes file.
    files
        The shapes, file by file.
    by_shape
        The IRI of every shape a finding can name → the question it belongs to.
    """

    profile: str
    files: tuple[Shapes, ...]
    by_shape: Mapping[str, Asked]

    @property
    def asked(self) -> tuple[Question, ...]:
        """The questions, the most serious first."""
        found = {one.place: one.question for one in self.by_shape.values()}
        return tuple(found[place] for place in sorted(found))


def load_questions(
    library: Library, profile: str = "default", *, only: Collection[str] = (), file: Path | None = None
) -> Questions:
    """Read the shapes that apply.

    Parameters
    ----------
    library
        Holds the shapes and profiles.
    profile
        The name of a profile.
    only
        Names of shapes; nothing else is asked. A shape that is named is asked even where the profile leaves
        it out.
    file
        A SHACL file to ask instead of the library's shapes; the profile does not count then.

    Raises
    ------
    NotFound
        If there is no such profile or shape; the nearest names are offered.
    DefinitionError
        If a file is no SHACL that can be checked, or no profile.
    """
    if file is not None:
        return _numbered(file.name, _named(_own(read_shapes(file)), only))
    chosen = read_profile(library, profile)
    roots: list[_Root] = []
    for path in _files(library, chosen, only):
        for root in _own(read_shapes(path)):
            severity = chosen.severity(root.name, root.severity)
            if severity:
                roots.append(root._replace(severity=severity, is_set=root.name in chosen.severities))
            elif root.name in only or path.stem in only:
                roots.append(root)
    return _numbered(chosen.title, roots)


class _Root(NamedTuple):
    """A shape with a target, by the name it has for people."""

    name: str
    shapes: Shapes
    shape: Shape
    severity: Severity
    is_set: bool = False
    """Whether the profile says the severity, for all that the shape holds."""


def _files(library: Library, profile: Profile, only: Collection[str]) -> Iterator[Path]:
    """The files to read: those that are named, or all that the profile does not leave out."""
    files = {path.stem: path for path in library.files("shapes", ".ttl")}
    for name in only:
        if name not in files:
            raise NotFound(f"there is no check {name!r}", fix=nearest(name, files))
    for name, path in files.items():
        if name in only or (not only and profile.severity(name, "info")):
            yield path


def _own(shapes: Shapes) -> list[_Root]:
    """The shapes of a file: a single one has the file's name, several the ends of their IRIs."""
    roots = list(shapes.roots)
    alone = len(roots) == 1
    return [
        _Root(
            shapes.file.stem if alone else local(root.name),
            shapes,
            root,
            STATED.get(local(root.severity), "violation"),
        )
        for root in roots
    ]


def _named(roots: list[_Root], only: Collection[str]) -> list[_Root]:
    """Those that are asked for."""
    names = {root.name for root in roots}
    for name in only:
        if name not in names:
            raise NotFound(f"there is no check {name!r}", fix=nearest(name, names))
    return [root for root in roots if not only or root.name in only]


def _numbered(profile: str, roots: Sequence[_Root]) -> Questions:
    """Put the questions in order; a shape that holds some of another severity asks one question for each."""
    ordered = sorted(roots, key=lambda root: (SEVERITIES.index(root.severity), root.name))
    severities = [_severities(root) for root in ordered]
    kinds = sorted(
        {(SEVERITIES.index(one), at) for at, found in enumerate(severities) for one in found.values()},
        key=lambda kind: (kind[0], ordered[kind[1]].name, kind[1]),
    )
    asked = {(at, SEVERITIES[one]): _asked(ordered[at], SEVERITIES[one], n) for n, (one, at) in enumerate(kinds)}
    by_shape: dict[str, Asked] = {}
    # A shape with a target of its own is a question of its own, also where another one holds it.
    for at, root in enumerate(ordered):
        by_shape.setdefault(root.shape.name, asked[at, severities[at][root.shape.name]])
    for at, found in enumerate(severities):
        for name, severity in found.items():
            by_shape.setdefault(name, asked[at, severity])
    files = {root.shapes.file: root.shapes for root in roots}
    return Questions(profile, tuple(files.values()), by_shape)


def _asked(root: _Root, severity: Severity, place: int) -> Asked:
    question = Question(root.name, root.shape.title or root.name, root.shape.description, severity)
    return Asked(question, place, _shown_in(root.shapes, root.shape))


def _severities(root: _Root) -> dict[str, Severity]:
    """How serious the findings of a shape and of those it holds are: as each says, unless the profile says it."""
    found: dict[str, Severity] = {}
    for name in _held(root.shapes, root.shape.name):
        stated = root.shapes.source.one(Node(name), sh("severity"))
        own = STATED.get(local(stated.value)) if stated and not root.is_set else None
        found[name] = own or root.severity
    # One that only holds others has no findings of its own: it asks the most serious of their questions.
    held = [found[name] for name in found if name != root.shape.name]
    if held and all(constraint.parameter == "property" for constraint in root.shape.constraints):
        found[root.shape.name] = min(held, key=SEVERITIES.index)
    return found


def _shown_in(shapes: Shapes, shape: Shape) -> frozenset[str]:
    values = shapes.source.every(Node(shape.name), SHOWN_IN)
    return frozenset(local(value.value) for value in values)


def _held(shapes: Shapes, name: str) -> Iterator[str]:
    """A shape and the property shapes it holds, whose findings count as its own."""
    yield name
    for constraint in shapes.by_name[name].constraints:
        if constraint.parameter == "property":
            yield from _held(shapes, constraint.shapes[0])
