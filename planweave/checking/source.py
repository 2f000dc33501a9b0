"""A shapes file as a small graph in memory: what it says about each node, in the order of the file."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from planweave.errors import DefinitionError
from planweave.store import Node
from planweave.terms import RDF, segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from planweave.store import Statement

__all__ = ["SH", "TYPE", "Source", "sh"]

SH: Final = "http://www.w3.org/ns/shacl#"
TYPE: Final = Node(RDF + "type")
FIRST: Final = Node(RDF + "first")
REST: Final = Node(RDF + "rest")
IMPORTS: Final = Node("http://www.w3.org/2002/07/owl#imports")
NIL: Final = Node(RDF + "nil")


def sh(name: str) -> Node:
    """Give a term of the SHACL vocabulary."""
    return Node(SH + name)


HOLDS_SHAPES: Final = ("property", "node", "not", "qualifiedValueShape", "sparql")
HOLDS_SHAPE_LISTS: Final = ("and", "or", "xone")
SHAPE_TYPES: Final = (sh("NodeShape"), sh("PropertyShape"))
TARGETS: Final = tuple(sh(name) for name in ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf"))


class Source:
    """The statements of one shapes file, every shape and constraint of which has a name.

    An anonymous shape gets an IRI made of the shape that holds it, the property and its number there, so
    that its findings can be traced, and are the same in two runs.

    Parameters
    ----------
    statements
        In the order of the file.
    file
        For error sentences.
    """

    def __init__(self, statements: Iterable[Statement], file: Path) -> None:
        self.file = file
        self.statements: Sequence[Statement] = list(dict.fromkeys(statements))
        self._index()
        names = self._names()
        if names:
            self.statements = [
                (names.get(subject, subject), predicate, names.get(value, value))
                for subject, predicate, value in self.statements
            ]
            self._index()

    def _index(self) -> None:
        self._about: dict[Node, list[tuple[Node, Node]]] = defaultdict(list)
        for subject, predicate, value in self.statements:
            self._about[subject].append((predicate, value))

    def _names(self) -> dict[Node, Node]:
        """Name the anonymous shapes, from the named ones inwards."""
        names: dict[Node, Node] = {}
        seen: set[Node] = set()
        named = [node for node in self._about if node.kind == "iri"]
        # Named shapes come first, so that an anonymous one is named after the shape that holds it.
        for roots in (named, [node for node in self._about if node.kind == "blank" and self.is_shape(node)]):
            waiting = [(root, f"urn:shape:{segment(self.file.stem)}:{n}") for n, root in enumerate(roots, start=1)]
            for node, spare in waiting:
                if node in seen or node.kind == "literal":
                    continue
                seen.add(node)
                if node.kind == "blank":
                    names[node] = Node(spare)
                waiting += self._held(node, names.get(node, node).value)
        return names

    def _held(self, node: Node, name: str) -> Iterator[tuple[Node, str]]:
        """The shapes and constraints a shape holds, each with the name it gets if it has none."""
        for key in HOLDS_SHAPES:
            for n, value in enumerate(self.every(node, sh(key)), start=1):
                yield value, f"{name}/{key}/{n}"
        for key in HOLDS_SHAPE_LISTS:
            for n, head in enumerate(self.every(node, sh(key)), start=1):
                for m, value in enumerate(self.list(head), start=1):
                    yield value, f"{name}/{key}/{n}/{m}"

    def is_shape(self, node: Node) -> bool:
        """Say whether a node is declared a shape, or has a target."""
        return any(key in TARGETS or (key == TYPE and value in SHAPE_TYPES) for key, value in self.about(node))

    def about(self, node: Node) -> Sequence[tuple[Node, Node]]:
        """Give what is said about a node: predicate and value."""
        return self._about.get(node, ())

    def subjects(self) -> Iterable[Node]:
        """Give every node about which something is said."""
        return self._about.keys()

    def every(self, node: Node, predicate: Node) -> list[Node]:
        """Give the values of a property."""
        return [value for key, value in self.about(node) if key == predicate]

    def one(self, node: Node, predicate: Node) -> Node | None:
        """Give the only value of a property, or None.

        Raises
        ------
        DefinitionError
            If there are several.
        """
        values = self.every(node, predicate)
        if len(values) > 1:
            name = predicate.value.removeprefix(SH)
            raise DefinitionError(
                f"the shape {node.value} has {len(values)} values of {name}", file=self.file, fix="keep one"
            )
        return values[0] if values else None

    def list(self, head: Node) -> list[Node]:
        """Give the members of an RDF list.

        Raises
        ------
        DefinitionError
            If it is no list, or has no end.
        """
        members: list[Node] = []
        seen: set[Node] = set()
        while head != NIL:
            first, rest = self.one(head, FIRST), self.one(head, REST)
            if first is None or rest is None or head in seen:
                raise DefinitionError("there is a list without an end", file=self.file, fix="write it as ( … )")
            seen.add(head)
            members.append(first)
            head = rest
        return members
