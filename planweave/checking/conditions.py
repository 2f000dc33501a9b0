"""Shapes as SPARQL conditions on one node: true where the node is as the shape wants it.

Every condition is true or false and never an error, so that it can be negated.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Final

from planweave.checking.constraints import CUSTOM
from planweave.checking.literals import COMPARED, LITERAL_CONDITIONS
from planweave.checking.words import Untranslatable
from planweave.terms import RDF

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planweave.checking.constraints import Constraint
    from planweave.checking.shapes import Shape
    from planweave.store import Node

__all__ = ["PER_VALUE", "Conditions", "not_among"]

PER_VALUE: Final = frozenset((*LITERAL_CONDITIONS, "class", "node", "not", "and", "or", "xone"))
"""The parameters that are about each value by itself."""

OF_NODE: Final = {
    "hasValue": "sameTerm({node}, {given})",
    "disjoint": "NOT EXISTS {{ {node} {given} {node} }}",
    "equals": "EXISTS {{ {node} {given} {node} }} && "
    "NOT EXISTS {{ {node} {given} {value} . FILTER(!sameTerm({value}, {node})) }}",
}
"""Conditions of a node shape on its focus node as its only value."""

COMPARISON: Final = (
    "NOT EXISTS {{{{ {{node}} {{path}} {{value}} . {{node}} {{given}} {{other}} . "
    "FILTER(!COALESCE({{value}} {} {{other}}, false)) }}}}"
)
OF_VALUES: Final = {
    "hasValue": "EXISTS {{ {node} {path} {given} }}",
    "disjoint": "NOT EXISTS {{ {node} {path} {value} . {node} {given} {value} }}",
    "equals": "NOT EXISTS {{ {node} {path} {value} . FILTER NOT EXISTS {{ {node} {given} {value} }} }} && "
    "NOT EXISTS {{ {node} {given} {other} . FILTER NOT EXISTS {{ {node} {path} {other} }} }}",
    "uniqueLang": "NOT EXISTS {{ {node} {path} {value} . {node} {path} {other} . FILTER(LANG({value}) != '' && "
    "LCASE(LANG({value})) = LCASE(LANG({other})) && !sameTerm({value}, {other})) }}",
    "lessThan": COMPARISON.format(COMPARED["lessThan"]),
    "lessThanOrEquals": COMPARISON.format(COMPARED["lessThanOrEquals"]),
}
"""Conditions of a property shape on its value nodes as a whole."""

MOST_NESTED: Final = 4
"""Inside another shape values are counted by naming them one by one: up to this many."""


class Conditions:
    """Writes conditions; each variable it needs gets a new name.

    Parameters
    ----------
    shapes
        The shapes of the file, by name.
    subclasses
        Class → itself and its subclasses, of those that have any.
    """

    def __init__(self, shapes: Mapping[str, Shape], subclasses: Mapping[Node, tuple[Node, ...]]) -> None:
        self._shapes = shapes
        self._subclasses = subclasses
        self._numbers = count(1)

    def new(self) -> str:
        """Give a variable that stands nowhere else."""
        return f"?v{next(self._numbers)}_"

    def is_a(self, node: str, kind: Node) -> str:
        """Give the pattern that a node is of a class or one of its subclasses."""
        kinds = self._subclasses.get(kind, (kind,))
        if len(kinds) == 1:
            return f"{node} <{RDF}type> {kind} ."
        variable = self.new()
        return f"VALUES {variable} {{ {' '.join(map(str, kinds))} }} {node} <{RDF}type> {variable} ."

    def conforms(self, name: str, node: str) -> str:
        """Give the condition that a node conforms to a shape."""
        shape = self._shapes[name]
        if shape.deactivated:
            return "true"
        return _all(self._holds(shape, constraint, node) for constraint in shape.constraints)

    def accepts(self, constraint: Constraint, value: str) -> str:
        """Give the condition that one value satisfies a constraint that is about each value by itself."""
        parameter, shapes = constraint.parameter, constraint.shapes
        if parameter in LITERAL_CONDITIONS:
            return LITERAL_CONDITIONS[parameter](value, constraint.values)
        if parameter == "class":
            return f"EXISTS {{ {self.is_a(value, constraint.values[0])} }}"
        inner = [self.conforms(name, value) for name in shapes]
        if parameter == "not":
            return f"!({inner[0]})"
        if parameter == "or":
            return " || ".join(f"({condition})" for condition in inner) or "false"
        if parameter == "xone":
            return f"{' + '.join(f'IF({condition}, 1, 0)' for condition in inner) or '0'} = 1"
        return _all(inner)

    def counted(self, constraint: Constraint, value: str) -> str:
        """Give the condition that a qualified count counts a value."""
        inside = self.conforms(constraint.shapes[0], value)
        return _all((inside, *(f"!({self.conforms(name, value)})" for name in constraint.apart)))

    def _holds(self, shape: Shape, constraint: Constraint, node: str) -> str:
        """The condition that a focus node satisfies one constraint of a shape."""
        parameter = constraint.parameter
        if parameter in {CUSTOM, "sparql"}:
            raise Untranslatable(f"a constraint in SPARQL stands inside another shape ({shape.name})")
        if parameter in PER_VALUE or parameter == "property":
            if shape.path is None:
                return self.accepts(constraint, node)
            value = self.new()
            return f"NOT EXISTS {{ {node} {shape.path} {value} . FILTER(!({self.accepts(constraint, value)})) }}"
        if parameter == "closed":
            predicate, value = self.new(), self.new()
            return f"NOT EXISTS {{ {node} {predicate} {value} . {not_among(predicate, constraint.values)} }}"
        if parameter in {"minCount", "qualifiedMinCount"}:
            return self._at_least(int(constraint.values[0].value), shape, constraint, node)
        if parameter in {"maxCount", "qualifiedMaxCount"}:
            return f"!({self._at_least(int(constraint.values[0].value) + 1, shape, constraint, node)})"
        template = (OF_NODE if shape.path is None else OF_VALUES)[parameter]
        given = constraint.values[0] if constraint.values else None
        return template.format(node=node, path=shape.path, given=given, value=self.new(), other=self.new())

    def _at_least(self, number: int, shape: Shape, constraint: Constraint, node: str) -> str:
        if number > MOST_NESTED:
            raise Untranslatable(f"it counts more than {MOST_NESTED} values inside another shape")
        if number == 0:
            return "true"
        values = [self.new() for _ in range(number)]
        pattern = " ".join(f"{node} {shape.path} {value} ." for value in values)
        apart = [f"!sameTerm({one}, {other})" for n, one in enumerate(values) for other in values[:n]]
        counted = [self.counted(constraint, value) for value in values] if constraint.shapes else []
        return f"EXISTS {{ {pattern} FILTER({_all((*apart, *counted))}) }}"


def _all(conditions: Iterable[str]) -> str:
    """All of these conditions; none of them is true by itself."""
    return " && ".join(f"({condition})" for condition in conditions if condition != "true") or "true"


def not_among(variable: str, values: tuple[Node, ...]) -> str:
    """Give the filter that an IRI is none of these."""
    return f"FILTER({variable} NOT IN ({', '.join(map(str, values))}))" if values else ""
