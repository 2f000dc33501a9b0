"""Findings: what the checks give, whichever way they went, and the standard report of them."""

from __future__ import annotations

import hashlib
import re
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Final

from planweave.checking.source import SH
from planweave.store import Node
from planweave.terms import BASE, RDF, RDFS, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from planweave.checking.constraints import Constraint
    from planweave.checking.shapes import Shape

__all__ = ["PLACE", "Findings", "Result", "to_report"]

REPORT: Final = BASE + "report/"
PLACE: Final = re.compile(r"\{[?$](\w+)\}")
"""Where a message has a value of the row."""


@dataclass(frozen=True, slots=True)
class Result:
    """One finding of one constraint.

    Parameters
    ----------
    graph
        The IRI of the graph it is in.
    shape
        The IRI of the shape that is violated.
    component
        The IRI of the constraint component.
    focus
        The node that violates it.
    path
        The property path in SPARQL, or None.
    value
        The value that violates it, or None where a value is missing or there are too many.
    severity
        The IRI of the severity.
    message
        What the shape says about it, in one language.
    """

    graph: str
    shape: str
    component: str
    focus: Node
    path: str | None
    value: Node | None
    severity: str
    message: str

    def __lt__(self, other: Result) -> bool:
        return self._key() < other._key()

    def _key(self) -> tuple[str | Node, ...]:
        nothing = Node("", "")
        return (
            *(self.graph, self.shape, self.component, self.focus),
            *(self.path or "", self.value or nothing, self.severity, self.message),
        )


class Findings:
    """Makes findings of the rows of one constraint.

    A message is the constraint's own, else the shape's, else what the constraint asks for; English where
    there are several languages. One of an sh:sparql constraint has the row's values in the places of
    ``{?variable}`` and ``{$variable}``.
    """

    def __init__(self, shape: Shape, constraint: Constraint) -> None:
        self._shape = shape
        self._constraint = constraint
        own = constraint.select.messages if constraint.select else ()
        messages = sorted(own or shape.messages, key=lambda one: (not one.language.startswith("en"), one))
        self.template = messages[0].value if messages else _default(shape, constraint)
        self._places = constraint.select is not None and bool(PLACE.search(self.template))

    def result(self, graph: str, row: Mapping[str, Node]) -> Result:
        """Make a finding of a row: ``this``, and where there are any ``value``, ``path`` and others."""
        shape, constraint = self._shape, self._constraint
        focus, value, path = row["this"], row.get("value"), row.get("path")
        if value is None and constraint.select is not None and shape.path is None:
            value = focus
            row = {**row, "value": focus}
        return Result(
            graph=graph,
            shape=shape.name,
            component=constraint.component,
            focus=focus,
            path=f"<{path.value}>" if path is not None and path.kind == "iri" else shape.path,
            value=value,
            severity=shape.severity,
            message=self._filled(row) if self._places else self.template,
        )

    def _filled(self, row: Mapping[str, Node]) -> str:
        return PLACE.sub(lambda found: row[found[1]].value if found[1] in row else found[0], self.template)


def _default(shape: Shape, constraint: Constraint) -> str:
    """What is wanted, in SHACL's words; constraints of one kind say it together, as their findings are one."""
    alike = [one for one in shape.constraints if one.component == constraint.component]
    wanted = ", ".join(
        part for one in alike for part in ([value.value for value in one.values] or list(one.shapes) or [""]) if part
    )
    return f"Does not satisfy sh:{constraint.parameter}{f' {wanted}' if wanted else ''}"


def to_report(results: Iterable[Result]) -> Iterator[str]:
    """Write a standard sh:ValidationReport as N-Triples, line by line.

    Nodes are named after what they say, so the same findings give the same report, in the order given. A
    path of more than one property is an IRI whose label is the path in SPARQL.
    """
    report = Node(REPORT + "1")
    conforms = True
    yield _line(report, Node(RDF + "type"), Node(SH + "ValidationReport"))
    for one in results:
        conforms = False
        name = Node(REPORT + "result/" + _digest(repr(astuple(one))))
        yield _line(report, Node(SH + "result"), name)
        yield _line(name, Node(RDF + "type"), Node(SH + "ValidationResult"))
        yield _line(name, Node(SH + "focusNode"), one.focus)
        yield _line(name, Node(SH + "sourceShape"), Node(one.shape))
        yield _line(name, Node(SH + "sourceConstraintComponent"), Node(one.component))
        yield _line(name, Node(SH + "resultSeverity"), Node(one.severity))
        yield _line(name, Node(SH + "resultMessage"), Node(one.message, "literal"))
        if one.value is not None:
            yield _line(name, Node(SH + "value"), one.value)
        if one.path is not None:
            yield from _path(name, one.path)
    yield _line(report, Node(SH + "conforms"), Node(str(conforms).lower(), "literal", XSD + "boolean"))


def _path(name: Node, path: str) -> Iterator[str]:
    if re.fullmatch(r"<[^<>]*>", path):
        yield _line(name, Node(SH + "resultPath"), Node(path[1:-1]))
        return
    node = Node(REPORT + "path/" + _digest(path))
    yield _line(name, Node(SH + "resultPath"), node)
    yield _line(node, Node(RDFS + "label"), Node(path, "literal"))


def _line(subject: Node, predicate: Node, value: Node) -> str:
    return f"{subject} {predicate} {value} .\n"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:24]
