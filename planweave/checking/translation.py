"""A shape as SPARQL: one SELECT a constraint, which finds in every graph what violates it.

The rows are the findings: ``?plan_graph``, ``?this`` (the focus node) and, where there is one, ``?value``.
No query joins the focus nodes with themselves: what is missing is found by NOT EXISTS, what is counted by
GROUP BY and HAVING, so that each takes time in proportion to the focus nodes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planweave.checking.conditions import PER_VALUE, Conditions, not_among
from planweave.checking.constraints import CUSTOM
from planweave.checking.given import asks_otherwise
from planweave.checking.literals import COMPARED
from planweave.checking.select_text import MARK, Lifted, lift
from planweave.checking.words import Untranslatable
from planweave.errors import DefinitionError, QueryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from planweave.checking.constraints import Constraint, Select
    from planweave.checking.shapes import Shape, Shapes
    from planweave.store import Node, Statement

__all__ = ["Check", "translate"]

ONE_PROPERTY: Final = re.compile(r"\^?<[^<>]*>")
MAY_STAY: Final = re.compile(r"[*?](?![^<]*>)")
"""In a property path: * or ? outside an IRI."""

FINDING: Final = frozenset(("this", "value", "path"))
"""The variables that tell one finding from another."""

VALUE_IS_FOCUS: Final = "(?this AS ?value)"


@dataclass(frozen=True)
class Check:
    """One constraint of one shape as a query.

    Parameters
    ----------
    shape
        The shape that is named in the findings.
    constraint
        Its constraint.
    root
        The shape whose targets are the focus nodes, or lead to them.
    query
        The SELECT; see :meth:`text`.
    once
        True if no two rows are the same finding.
    """

    shape: Shape
    constraint: Constraint
    root: Shape
    query: str
    once: bool

    def text(self, graph: Node | None = None) -> str:
        """Give the query over one graph, or over all of them."""
        return self.query.replace(MARK, str(graph) if graph else "?plan_graph")


@dataclass(frozen=True)
class _Focus:
    """How focus nodes are found: the pattern for a variable, and whether it gives each node once."""

    pattern: Callable[[str], str]
    once: bool


def translate(
    shapes: Shapes, root: Shape, subclasses: Mapping[Node, tuple[Node, ...]], given: Sequence[Statement] = ()
) -> list[Check]:
    """Translate a shape with targets and all it leads to.

    Parameters
    ----------
    shapes
        The file it stands in.
    root
        A shape with a target.
    subclasses
        Class → itself and its subclasses, of those that have any.
    given
        Facts every graph is taken to have.

    Raises
    ------
    Untranslatable
        If part of it cannot be said in SPARQL over all graphs at once; it says why.
    DefinitionError
        If a query in it is none that SHACL allows.
    """
    return list(_Translator(shapes, subclasses, given).checks(root))


class _Translator:
    def __init__(self, shapes: Shapes, subclasses: Mapping[Node, tuple[Node, ...]], given: Sequence[Statement]) -> None:
        self._shapes = shapes
        self._given = given
        self._conditions = Conditions(shapes.by_name, subclasses)
        self._subclasses = subclasses

    def checks(self, root: Shape) -> Iterator[Check]:
        for shape, constraint, query in self._walk(root, self._focus(root)):
            yield Check(shape, constraint, root, query.query, once=query.variables <= FINDING)

    def _focus(self, root: Shape) -> _Focus:
        """The focus nodes of a shape with targets."""

        def pattern(node: str) -> str:
            found = [self._target(kind, value, node) for kind, value in root.targets]
            return found[0] if len(found) == 1 else " UNION ".join(f"{{ {one} }}" for one in found)

        kind, value = root.targets[0]
        simple = kind == "targetNode" or (kind == "targetClass" and value not in self._subclasses)
        return _Focus(pattern, once=simple and len(root.targets) == 1)

    def _target(self, kind: str, value: Node, node: str) -> str:
        if value.kind == "blank":
            raise Untranslatable("a target is a blank node")
        if kind == "targetClass":
            return self._conditions.is_a(node, value)
        if kind == "targetNode":
            return f"VALUES {node} {{ {value} }}"
        other = self._conditions.new()
        return f"{node} {value} {other} ." if kind == "targetSubjectsOf" else f"{other} {value} {node} ."

    def _walk(self, shape: Shape, focus: _Focus) -> Iterator[tuple[Shape, Constraint, Lifted]]:
        """Every constraint of a shape, then those of the property shapes it holds."""
        if shape.deactivated:
            return
        if asks_otherwise(shape, self._given):
            raise Untranslatable("it asks for a given fact outside a query")
        for constraint in shape.constraints:
            if any(value.kind == "blank" for value in constraint.values):
                raise Untranslatable("a value in it is a blank node")
            if constraint.parameter == "property":
                yield from self._walk(self._shapes.by_name[constraint.shapes[0]], self._onwards(shape, focus))
            else:
                yield from ((shape, constraint, query) for query in self._queries(shape, constraint, focus))

    def _onwards(self, shape: Shape, focus: _Focus) -> _Focus:
        """The focus nodes of what a shape holds: its value nodes."""
        if shape.path is None:
            return focus

        def value_nodes(node: str) -> str:
            outer = self._conditions.new()
            return f"{focus.pattern(outer)} {outer} {shape.path} {node} ."

        return _Focus(value_nodes, once=False)

    def _queries(self, shape: Shape, constraint: Constraint, focus: _Focus) -> Iterator[Lifted]:
        if constraint.select is not None:
            yield self._lifted(shape, constraint.select, focus)
            return
        yield from (Lifted(query, FINDING) for query in self._core(shape, constraint, focus))

    def _core(self, shape: Shape, constraint: Constraint, focus: _Focus) -> Iterator[str]:
        parameter = constraint.parameter
        nodes = focus.pattern("?this")
        once = focus.once and ONE_PROPERTY.fullmatch(shape.path or "<>") is not None
        if parameter == CUSTOM:
            raise Untranslatable(f"it uses the component {constraint.component}, which the file defines")
        if parameter == "or" and shape.path is None and (without := self._without_any(constraint)):
            yield _plain(f"{nodes} {without}", VALUE_IS_FOCUS, once=once)
        elif parameter in PER_VALUE:
            value = "?this" if shape.path is None else "?value"
            values = "" if shape.path is None else f"?this {shape.path} ?value ."
            condition = self._conditions.accepts(constraint, value)
            found = VALUE_IS_FOCUS if shape.path is None else "?value"
            yield _plain(f"{nodes} {values} FILTER(!({condition}))", found, once=once)
        elif parameter == "closed":
            yield _plain(
                f"{nodes} ?this ?path ?value . {not_among('?path', constraint.values)}", "?path ?value", once=once
            )
        elif shape.path is None:
            yield from self._of_node(constraint, nodes)
        else:
            yield from self._of_values(shape.path, constraint, nodes, once=once)

    def _without_any(self, constraint: Constraint) -> str | None:
        """Of shapes that each want one value to be there: the pattern that leaves nodes with none of them."""
        parts = []
        for name in constraint.shapes:
            shape = self._shapes.by_name[name]
            if shape.path is None or shape.deactivated or len(shape.constraints) != 1:
                return None
            (wanted,) = shape.constraints
            if wanted.parameter == "hasValue":
                value = str(wanted.values[0])
            elif wanted.parameter == "minCount" and wanted.values[0].value == "1":
                value = self._conditions.new()
            else:
                return None
            parts.append(_without(shape.path, f"?this {shape.path} {value}"))
        return " ".join(parts) or None

    def _of_node(self, constraint: Constraint, nodes: str) -> Iterator[str]:
        """About the value nodes as a whole, the only one being the focus node."""
        value = constraint.values[0]
        if constraint.parameter == "hasValue":
            yield _plain(f"{nodes} FILTER(!sameTerm(?this, {value}))")
        elif constraint.parameter == "equals":
            yield _plain(f"{nodes} FILTER NOT EXISTS {{ ?this {value} ?this }}", VALUE_IS_FOCUS)
            yield _plain(f"{nodes} ?this {value} ?value . FILTER(!sameTerm(?this, ?value))", "?value")
        else:
            yield _plain(f"{nodes} FILTER EXISTS {{ ?this {value} ?this }}", VALUE_IS_FOCUS)

    def _of_values(self, path: str, constraint: Constraint, nodes: str, *, once: bool) -> Iterator[str]:
        """About the value nodes as a whole."""
        parameter = constraint.parameter
        values = f"?this {path} ?value ."
        if parameter == "uniqueLang":
            tagged = f"{nodes} {values} BIND(LCASE(LANG(?value)) AS ?language) FILTER(?language != '')"
            yield _counted(tagged, "COUNT(DISTINCT ?value) > 1", "?language")
            return
        given = constraint.values[0]
        if parameter == "hasValue":
            yield _plain(f"{nodes} {_without(path, f'?this {path} {given}')}", once=once)
        elif parameter == "disjoint":
            yield _plain(f"{nodes} {values} ?this {given} ?value .", "?value", once=once)
        elif parameter == "equals":
            yield _plain(f"{nodes} {values} FILTER NOT EXISTS {{ ?this {given} ?value }}", "?value", once=once)
            yield _plain(
                f"{nodes} ?this {given} ?value . FILTER NOT EXISTS {{ ?this {path} ?value }}", "?value", once=once
            )
        elif parameter in {"lessThan", "lessThanOrEquals"}:
            compared = f"COALESCE(?value {COMPARED[parameter]} ?other, false)"
            yield _plain(f"{nodes} {values} ?this {given} ?other . FILTER(!{compared})", "?value")
        else:
            yield from self._count(int(given.value), path, constraint, nodes, once=once)

    def _count(self, number: int, path: str, constraint: Constraint, nodes: str, *, once: bool) -> Iterator[str]:
        values = f"?this {path} ?value ."
        if constraint.shapes:
            values = f"{values} FILTER({self._conditions.counted(constraint, '?value')})"
        if constraint.parameter in {"maxCount", "qualifiedMaxCount"}:
            if number == 0:
                yield _plain(f"{nodes} FILTER EXISTS {{ {values} }}", once=once)
            else:
                yield _counted(f"{nodes} {values}", f"COUNT(DISTINCT ?value) > {number}")
        elif number == 1:
            yield _plain(f"{nodes} {_without(path, values)}", once=once)
        elif number > 1:
            yield _counted(f"{nodes} OPTIONAL {{ {values} }}", f"COUNT(DISTINCT ?value) < {number}")

    def _lifted(self, shape: Shape, select: Select, focus: _Focus) -> Lifted:
        nodes = focus.pattern("?this")
        if not focus.once:
            # A pattern that gives a node twice would falsify what the constraint counts.
            nodes = f"{{ SELECT DISTINCT ?plan_graph ?this WHERE {{ GRAPH {MARK} {{ {nodes} }} }} }}"
        try:
            return lift(select.query, select.prefixes, nodes, shape.path, self._given)
        except QueryError as error:
            raise DefinitionError(
                error.what, file=self._shapes.file, where=f"the query of {shape.name}", fix=error.fix
            ) from error


def _without(path: str, pattern: str) -> str:
    """The pattern that leaves only nodes without a value.

    MINUS finds all nodes with a value once, where NOT EXISTS looks for each node anew. A path that may have no
    step at all leads from every node to itself, also from those of other graphs, and stays with NOT EXISTS.
    """
    return f"FILTER NOT EXISTS {{ {pattern} }}" if MAY_STAY.search(path) else f"MINUS {{ {pattern} }}"


def _plain(body: str, found: str = "", *, once: bool = False) -> str:
    """A query of plain rows; those that cannot come twice are not compared with each other."""
    return f"SELECT {'' if once else 'DISTINCT'} ?plan_graph ?this {found} WHERE {{ GRAPH {MARK} {{ {body} }} }}"


def _counted(body: str, having: str, also: str = "") -> str:
    return (
        f"SELECT DISTINCT ?plan_graph ?this WHERE {{ GRAPH {MARK} {{ {body} }} }} "
        f"GROUP BY ?plan_graph ?this {also} HAVING ({having})"
    )
