"""The other way to the same findings: pySHACL over one graph in rdflib's memory."""

from __future__ import annotations

import logging
import re
import warnings
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import pyshacl
import rdflib
from rdflib.plugins.sparql import prepareQuery
from rdflib.term import Identifier

from planweave.checking.constraints import CUSTOM, TRUE
from planweave.checking.results import PLACE, Findings, Result
from planweave.checking.source import SH, TARGETS, TYPE
from planweave.errors import DefinitionError
from planweave.store import STRING, Node

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from rdflib.plugins.sparql.sparql import Query

    from planweave.checking.constraints import Constraint
    from planweave.checking.shapes import Shape, Shapes
    from planweave.store import Statement

__all__ = ["validate"]

SHACL: Final = rdflib.Namespace(SH)
SWITCHES: Final = tuple(Node(SH + name) for name in ("uniqueLang", "closed"))
SELECT: Final = Node(SH + "select")
SHAPE_TYPES: Final = (Node(SH + "NodeShape"), Node(SH + "PropertyShape"))


def validate(shapes: Shapes, roots: Collection[str], graph: str, facts: Iterable[Statement]) -> set[Result]:
    """Check one graph.

    Parameters
    ----------
    shapes
        The shapes of one file.
    roots
        The names of the shapes whose targets count.
    graph
        The IRI of the graph, for the results.
    facts
        What it says, what is given, and the class hierarchy.

    Raises
    ------
    DefinitionError
        If pySHACL refuses the shapes, in its words.
    """
    _check_patterns(shapes)
    try:
        with _quiet():
            _, report, _ = pyshacl.validate(
                _graph(facts),
                shacl_graph=_graph(_only(shapes, roots)),
                inference="none",
                do_owl_imports=False,
                advanced=False,
                inplace=True,
            )
    except Exception as error:  # pySHACL lets rdflib's and its own errors through, of many kinds
        raise _refusal(shapes, error) from error
    # Of a query that SHACL forbids pySHACL gives the refusal in place of the report.
    if not isinstance(report, rdflib.Graph):
        raise _refusal(shapes, report)
    return {
        _result(shapes, graph, report, node)
        for node in report.objects(None, SHACL.result)
        if isinstance(node, Identifier)
    }


def _refusal(shapes: Shapes, why: object) -> DefinitionError:
    reason = str(getattr(why, "message", why)).strip().split("\n")[0].rstrip(".")
    return DefinitionError(f"pySHACL cannot check these shapes ({reason})", file=shapes.file, fix="mend the shape")


def _check_patterns(shapes: Shapes) -> None:
    for shape in shapes.by_name.values():
        for constraint in shape.constraints:
            if constraint.parameter == "pattern":
                try:
                    re.compile(constraint.values[0].value)
                except re.error as error:
                    raise DefinitionError(
                        f"the sh:pattern of {shape.name} is no regular expression ({error})",
                        file=shapes.file,
                        fix="mend it",
                    ) from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep rdflib from printing a traceback for each ill-typed literal: it is a finding, not a fault."""
    logger = logging.getLogger("rdflib.term")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)


def _only(shapes: Shapes, roots: Collection[str]) -> Iterable[Statement]:
    """The statements of the file, the targets of other shapes left out.

    Left out too are switches that say ``"1"`` where SHACL wants ``true``: rdflib reads them as true.
    """
    # Prefixes go into the query itself, since pySHACL does not look for them behind an import.
    queries = {
        one.select.name: "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in one.select.prefixes)
        for shape in shapes.by_name.values()
        for one in shape.constraints
        if one.select
    }
    for subject, predicate, value in shapes.source.statements:
        if predicate == SELECT and subject.value in queries:
            yield subject, predicate, value._replace(value=queries[subject.value] + value.value)
            continue
        if predicate in SWITCHES and value != TRUE:
            continue
        known = shapes.by_name.get(subject.value)
        other = known is not None and bool(known.targets) and known.name not in roots
        if not other or (predicate not in TARGETS and not (predicate == TYPE and value in SHAPE_TYPES)):
            yield subject, predicate, value


class _Graph(rdflib.Graph):
    """A graph that reads each query once: pySHACL asks the same one again for every focus node."""

    def query(self, query_object: str | Query, *arguments: Any, **named: Any) -> rdflib.query.Result:  # noqa: ANN401
        if isinstance(query_object, str):
            query_object = _prepared(query_object)
        return super().query(query_object, *arguments, **named)


@lru_cache(maxsize=256)
def _prepared(text: str) -> Query:
    return prepareQuery(text)


def _graph(statements: Iterable[Statement]) -> rdflib.Graph:
    graph = _Graph()
    for subject, predicate, value in statements:
        graph.add((_term(subject), _term(predicate), _term(value)))
    return graph


def _term(node: Node) -> rdflib.URIRef | rdflib.BNode | rdflib.Literal:
    if node.kind == "iri":
        return rdflib.URIRef(node.value)
    if node.kind == "blank":
        return rdflib.BNode(node.value)
    if node.language:
        return rdflib.Literal(node.value, lang=node.language)
    # rdflib has no type for a plain string, and would rewrite a typed one.
    datatype = rdflib.URIRef(node.datatype) if node.datatype not in {"", STRING} else None
    return rdflib.Literal(node.value, datatype=datatype, normalize=False)


def _node(term: Identifier) -> Node:
    if isinstance(term, rdflib.Literal):
        datatype = "" if term.language else str(term.datatype or STRING)
        return Node(str(term), "literal", datatype, (term.language or "").lower())
    return Node(str(term), "blank" if isinstance(term, rdflib.BNode) else "iri")


def _result(shapes: Shapes, graph: str, report: rdflib.Graph, node: Identifier) -> Result:
    def said(name: str) -> Identifier | None:
        found = report.value(node, SHACL[name])
        return found if isinstance(found, Identifier) else None

    shape = shapes.by_name[str(said("sourceShape"))]
    component = str(said("sourceConstraintComponent"))
    constraint = _constraint(shape, component, str(said("sourceConstraint")))
    focus, value, path = said("focusNode"), said("value"), said("resultPath")
    row = {"this": _node(focus)} if focus is not None else {}
    if value is not None:
        row["value"] = _node(value)
    messages = sorted(str(message) for message in report.objects(node, SHACL.resultMessage))
    return Result(
        graph=graph,
        shape=shape.name,
        component=component,
        focus=row["this"],
        path=f"<{path}>" if isinstance(path, rdflib.URIRef) else shape.path,
        value=row.get("value"),
        severity=shape.severity,
        message=_message(shape, constraint, messages),
    )


def _constraint(shape: Shape, component: str, source: str) -> Constraint:
    """The constraint a result comes from; of several alike, any: they say the same."""
    alike = [one for one in shape.constraints if one.component == component]
    return next((one for one in alike if one.select and one.select.name == source), alike[0])


def _message(shape: Shape, constraint: Constraint, messages: list[str]) -> str:
    """What planweave would say; of a message with places for values, pySHACL's words, which have them."""
    if constraint.parameter == CUSTOM and messages:
        return messages[0]
    template = Findings(shape, constraint).template
    if constraint.select is None:
        return template
    filled = re.compile(".*".join(re.escape(piece) for piece in PLACE.split(template)[::2]), re.DOTALL)
    return next((message for message in messages if filled.fullmatch(message)), template)
