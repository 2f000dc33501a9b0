"""A SHACL file as typed shapes: targets, paths, constraints, severity and messages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planweave.checking.constraints import Constraint, read_constraints
from planweave.checking.paths import read_path
from planweave.checking.source import IMPORTS, SH, TARGETS, TYPE, Source, sh
from planweave.errors import DefinitionError
from planweave.sparql.guard import asks_elsewhere
from planweave.sparql.tokens import tokens_of
from planweave.store import Node, read_statements
from planweave.terms import RDFS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = ["SEVERITIES", "Shape", "Shapes", "read_shapes"]

SEVERITIES: Final = ("Violation", "Warning", "Info")
"""The severities of SHACL, the most serious first."""

CLASS_TYPES: Final = (Node(RDFS + "Class"), Node("http://www.w3.org/2002/07/owl#Class"))
QUERIES: Final = ("select", "ask", "construct", "update")


@dataclass(frozen=True)
class Shape:
    """One shape.

    Parameters
    ----------
    name
        Its IRI; an anonymous shape's is made of that of the shape that holds it.
    path
        The property path in SPARQL of a property shape, or None of a node shape.
    targets
        Kind of target (``targetClass`` …) and its value.
    constraints
        In the order of the file.
    severity
        The IRI of the severity.
    messages
        What sh:message says, as literals.
    title, description
        What sh:name and sh:description say, or nothing.
    deactivated
        True if the file switches the shape off.
    """

    name: str
    path: str | None
    targets: tuple[tuple[str, Node], ...]
    constraints: tuple[Constraint, ...]
    severity: str
    messages: tuple[Node, ...]
    title: str
    description: str
    deactivated: bool


@dataclass(frozen=True)
class Shapes:
    """The shapes of one file: all that a target leads to, by name."""

    file: Path
    source: Source
    by_name: Mapping[str, Shape]

    @property
    def roots(self) -> Iterator[Shape]:
        """The shapes that have a target of their own."""
        return (shape for shape in self.by_name.values() if shape.targets)


def read_shapes(file: Path) -> Shapes:
    """Read a SHACL file.

    Raises
    ------
    DefinitionError
        If it is not Turtle, has no shape with a target, uses a component that neither way of checking
        knows, would fetch something from the network, or has a shape that leads back to itself.
    """
    source = Source(read_statements(file), file)
    _refuse_network(source)
    shapes: dict[str, Shape] = {}
    roots = [node for node in source.subjects() if _targets(source, node)]
    if not roots:
        raise DefinitionError(
            "there is no SHACL shape with a target in this file", file=file, fix="give a shape an sh:targetClass"
        )
    for node in roots:
        _read(source, node, shapes, ())
    return Shapes(file, source, shapes)


def _refuse_network(source: Source) -> None:
    for subject, predicate, value in source.statements:
        if predicate == IMPORTS and not source.about(value):
            raise DefinitionError(
                f"this file would fetch {value.value} from the network (owl:imports)",
                file=source.file,
                fix="put both into one file",
            )
        if predicate.value.removeprefix(SH) in QUERIES and (word := _elsewhere(value.value)):
            raise DefinitionError(
                f"the query of {subject.value} would fetch from elsewhere ({word})",
                file=source.file,
                fix=f"take {word} out",
            )


def _elsewhere(query: str) -> str | None:
    """The word by which a query would fetch something from elsewhere."""
    words = (token.word for token in tokens_of(query))
    return "SERVICE" if asks_elsewhere(query) else next((word for word in words if word in {"FROM", "LOAD"}), None)


def _targets(source: Source, node: Node) -> tuple[tuple[str, Node], ...]:
    targets = [(key.value.removeprefix(SH), value) for key, value in source.about(node) if key in TARGETS]
    types = source.every(node, TYPE)
    if any(kind in types for kind in CLASS_TYPES) and any(
        kind in types for kind in (sh("NodeShape"), sh("PropertyShape"))
    ):
        targets.append(("targetClass", node))
    return tuple(targets)


def _read(source: Source, node: Node, shapes: dict[str, Shape], outer: tuple[Node, ...]) -> None:
    """Read a shape and all it leads to."""
    if node in outer:
        raise DefinitionError(
            f"the shape {node.value} leads back to itself", file=source.file, fix="shapes may not be recursive"
        )
    if node.value in shapes:
        return
    if node.kind != "iri":
        raise DefinitionError(f"{node} stands where a shape should", file=source.file, fix="name a shape there")
    path = source.one(node, sh("path"))
    shape = Shape(
        name=node.value,
        path=read_path(source, path) if path else None,
        targets=_targets(source, node),
        constraints=read_constraints(source, node, is_property=path is not None),
        severity=(source.one(node, sh("severity")) or sh("Violation")).value,
        messages=tuple(source.every(node, sh("message"))),
        title=_said(source, node, "name"),
        description=_said(source, node, "description"),
        deactivated=_said(source, node, "deactivated") == "true",
    )
    for constraint in shape.constraints:
        for name in (*constraint.shapes, *constraint.apart):
            _read(source, Node(name), shapes, (*outer, node))
    shapes[shape.name] = shape


def _said(source: Source, node: Node, name: str) -> str:
    """The first value of a property, English where there are several languages."""
    values = sorted(source.every(node, sh(name)), key=lambda value: (not value.language.startswith("en"), value))
    return values[0].value if values else ""
