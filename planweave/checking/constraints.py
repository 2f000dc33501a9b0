"""The constraints of a shape, read from what a shapes file says about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planweave.checking.source import IMPORTS, SH, Source, sh
from planweave.errors import DefinitionError
from planweave.store import Node

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["CUSTOM", "TRUE", "Constraint", "Select", "read_constraints"]

PLAIN: Final = [
    "class",
    "datatype",
    "nodeKind",
    "minCount",
    "maxCount",
    "minExclusive",
    "minInclusive",
    "maxExclusive",
    "maxInclusive",
    "minLength",
    "maxLength",
    "equals",
    "disjoint",
    "lessThan",
    "lessThanOrEquals",
    "hasValue",
]
"""Parameters whose every value is a constraint of its own."""

LISTS: Final = ("in", "languageIn")
SHAPE: Final = ("node", "not", "property")
SHAPE_LISTS: Final = ("and", "or", "xone")

SAID_OTHERWISE: Final = frozenset(
    [
        "path",
        "severity",
        "message",
        "name",
        "description",
        "order",
        "group",
        "defaultValue",
        "deactivated",
        "targetClass",
        "targetNode",
        "targetSubjectsOf",
        "targetObjectsOf",
        "flags",
        "ignoredProperties",
        "qualifiedMinCount",
        "qualifiedMaxCount",
        "qualifiedValueShapesDisjoint",
    ]
)
"""What is no constraint by itself, and is read together with another parameter or with the shape."""

ONLY_OF_PROPERTIES: Final = frozenset(
    ["minCount", "maxCount", "uniqueLang", "lessThan", "lessThanOrEquals", "qualifiedValueShape"]
)

COUNTS: Final = frozenset(("minCount", "maxCount", "minLength", "maxLength", "qualifiedMinCount", "qualifiedMaxCount"))
CUSTOM: Final = "custom"
TRUE: Final = Node("true", "literal", "http://www.w3.org/2001/XMLSchema#boolean")


@dataclass(frozen=True)
class Select:
    """A constraint in SPARQL: its own name, the query, the prefixes declared for it, and its messages."""

    name: str
    query: str
    prefixes: tuple[tuple[str, str], ...]
    messages: tuple[Node, ...]


@dataclass(frozen=True)
class Constraint:
    """One constraint of a shape.

    Parameters
    ----------
    component
        The IRI of the constraint component.
    parameter
        The parameter's name in SHACL, such as ``minCount``; ``custom`` for a component the file declares.
    values
        The parameter's value; of a list its members; of ``pattern`` the flags after it.
    shapes
        The names of the shapes it leads to.
    apart
        With qualifiedValueShapesDisjoint: the shapes whose nodes are not counted.
    select
        The query of an sh:sparql constraint.
    """

    component: str
    parameter: str
    values: tuple[Node, ...] = ()
    shapes: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    select: Select | None = None


def _component(parameter: str) -> str:
    return f"{SH}{parameter[0].upper()}{parameter[1:]}ConstraintComponent"


def read_constraints(source: Source, shape: Node, *, is_property: bool) -> tuple[Constraint, ...]:
    """Give the constraints of a shape.

    Raises
    ------
    DefinitionError
        If a parameter belongs to no component that is known, or its value is none it can have.
    """
    found: list[Constraint] = []
    custom = _custom(source)
    # A shape may be its own constraint in SPARQL.
    elsewhere = (
        SAID_OTHERWISE | {"select", "prefixes"} if shape in source.every(shape, sh("sparql")) else SAID_OTHERWISE
    )
    for predicate, value in source.about(shape):
        if predicate in custom:
            found.append(Constraint(custom[predicate], CUSTOM))
        if not predicate.value.startswith(SH):
            continue
        parameter = predicate.value.removeprefix(SH)
        if parameter in ONLY_OF_PROPERTIES and not is_property:
            raise DefinitionError(
                f"the node shape {shape.value} has sh:{parameter}, which needs an sh:path",
                file=source.file,
                fix="give it a path, or leave that out",
            )
        if parameter not in elsewhere:
            found.extend(_read(source, shape, parameter, value))
    # A custom component with two parameters is one constraint.
    return tuple(dict.fromkeys(found))


def _read(source: Source, shape: Node, parameter: str, value: Node) -> Iterator[Constraint]:
    if parameter in PLAIN:
        if parameter in COUNTS:
            _count(source, shape, parameter, value)
        yield Constraint(_component(parameter), parameter, (value,))
    elif parameter in LISTS:
        yield Constraint(_component(parameter), parameter, tuple(source.list(value)))
    elif parameter in SHAPE:
        yield Constraint(_component(parameter), parameter, shapes=(value.value,))
    elif parameter in SHAPE_LISTS:
        members = tuple(member.value for member in source.list(value))
        yield Constraint(_component(parameter), parameter, shapes=members)
    elif parameter in SPECIAL:
        yield from SPECIAL[parameter](source, shape, value)
    else:
        raise DefinitionError(
            f"the shape {shape.value} uses sh:{parameter}, which is not supported",
            file=source.file,
            fix="say it in SHACL Core or with sh:sparql",
        )


def _count(source: Source, shape: Node, parameter: str, value: Node) -> None:
    if value.kind != "literal" or not value.value.isascii() or not value.value.isdigit():
        raise DefinitionError(
            f"the sh:{parameter} of {shape.value} is no whole number", file=source.file, fix="write one, such as 1"
        )


def _pattern(source: Source, shape: Node, value: Node) -> Iterator[Constraint]:
    flags = source.one(shape, sh("flags"))
    yield Constraint(_component("pattern"), "pattern", (value, flags) if flags else (value,))


def _unique_lang(_source: Source, _shape: Node, value: Node) -> Iterator[Constraint]:
    if value == TRUE:
        yield Constraint(_component("uniqueLang"), "uniqueLang")


def _closed(source: Source, shape: Node, value: Node) -> Iterator[Constraint]:
    """Closed: what may be said are the paths of the shape's properties, and what is ignored."""
    if value != TRUE:
        return
    paths = [source.one(held, sh("path")) for held in source.every(shape, sh("property"))]
    ignored = source.one(shape, sh("ignoredProperties"))
    allowed = [path for path in paths if path and path.kind == "iri"] + (source.list(ignored) if ignored else [])
    yield Constraint(_component("closed"), "closed", tuple(sorted(set(allowed))))


def _qualified(source: Source, shape: Node, value: Node) -> Iterator[Constraint]:
    disjoint = TRUE in source.every(shape, sh("qualifiedValueShapesDisjoint"))
    apart = tuple(sorted(_siblings(source, shape) - {value.value})) if disjoint else ()
    for parameter in ("qualifiedMinCount", "qualifiedMaxCount"):
        for count in source.every(shape, sh(parameter)):
            _count(source, shape, parameter, count)
            yield Constraint(_component(parameter), parameter, (count,), (value.value,), apart)


def _siblings(source: Source, shape: Node) -> set[str]:
    """The qualified value shapes of the other properties of the shapes that hold this one."""
    return {
        qualified.value
        for holder in source.subjects()
        if shape in (held := source.every(holder, sh("property")))
        for other in held
        for qualified in source.every(other, sh("qualifiedValueShape"))
    }


def _sparql(source: Source, shape: Node, node: Node) -> Iterator[Constraint]:
    if TRUE in source.every(node, sh("deactivated")):
        return
    query = source.one(node, sh("select"))
    if query is None or query.kind != "literal":
        raise DefinitionError(f"an sh:sparql of {shape.value} has no sh:select", file=source.file, fix="give it one")
    holders = source.every(node, sh("prefixes"))
    for holder in holders:
        holders.extend(one for one in source.every(holder, IMPORTS) if one not in holders)
    declared = [
        (source.one(entry, sh("prefix")), source.one(entry, sh("namespace")))
        for holder in holders
        for entry in source.every(holder, sh("declare"))
    ]
    prefixes = tuple(sorted({(prefix.value, space.value) for prefix, space in declared if prefix and space}))
    select = Select(node.value, query.value, prefixes, tuple(source.every(node, sh("message"))))
    yield Constraint(SH + "SPARQLConstraintComponent", "sparql", select=select)


SPECIAL: Final[dict[str, Callable[[Source, Node, Node], Iterator[Constraint]]]] = {
    "pattern": _pattern,
    "uniqueLang": _unique_lang,
    "closed": _closed,
    "qualifiedValueShape": _qualified,
    "sparql": _sparql,
}


def _custom(source: Source) -> dict[Node, str]:
    """The parameters of the components the file itself declares, with their component."""
    return {
        path: component.value
        for component in source.subjects()
        for parameter in source.every(component, sh("parameter"))
        for path in source.every(parameter, sh("path"))
    }
