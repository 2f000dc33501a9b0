"""Conditions on one value that need no graph: its kind, datatype, range, length, pattern, language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planweave.checking.source import SH
from planweave.checking.words import Untranslatable
from planweave.store import MemoryStore, Node
from planweave.terms import XSD

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["COMPARED", "LITERAL_CONDITIONS"]

COMPARED: Final = {
    "minExclusive": ">",
    "minInclusive": ">=",
    "maxExclusive": "<",
    "maxInclusive": "<=",
    "lessThan": "<",
    "lessThanOrEquals": "<=",
}

NODE_KINDS: Final = {
    "IRI": "isIRI({0})",
    "BlankNode": "isBlank({0})",
    "Literal": "isLiteral({0})",
    "BlankNodeOrIRI": "!isLiteral({0})",
    "BlankNodeOrLiteral": "!isIRI({0})",
    "IRIOrLiteral": "!isBlank({0})",
}

DIGITS: Final = r"^[+-]?[0-9]+$"
FLOATING: Final = r"^([+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?|[+-]?INF|NaN)$"
INTEGERS: Final = (
    *("integer", "byte", "short", "int", "long"),
    *("unsignedByte", "unsignedShort", "unsignedInt", "unsignedLong"),
    *("positiveInteger", "negativeInteger", "nonPositiveInteger", "nonNegativeInteger"),
)
WELL_FORMED: Final = {
    **dict.fromkeys(INTEGERS, DIGITS),
    "decimal": r"^[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)$",
    "double": FLOATING,
    "float": FLOATING,
    "boolean": r"^(true|false|0|1)$",
}
"""The lexical forms of the datatypes that SPARQL 1.1 computes with."""

LATEST: Final = {"date": "9999-12-31", "dateTime": "9999-12-31T00:00:00Z"}
"""A day that does not exist cannot be compared with one that does."""


def _datatype(value: str, given: tuple[Node, ...]) -> str:
    datatype = given[0]
    conditions = [f"DATATYPE({value}) = {datatype}"]
    name = datatype.value.removeprefix(XSD)
    if name in WELL_FORMED:
        conditions.append(f'REGEX(STR({value}), "{WELL_FORMED[name]}")')
    elif name in LATEST:
        conditions.append(f'IF({value} < "{LATEST[name]}"^^{datatype}, true, true)')
    return f"COALESCE({' && '.join(conditions)}, false)"


def _node_kind(value: str, given: tuple[Node, ...]) -> str:
    kind = given[0].value.removeprefix(SH)
    if kind not in NODE_KINDS:
        raise Untranslatable(f"there is no node kind {kind}")
    return NODE_KINDS[kind].format(value)


def _min_length(value: str, given: tuple[Node, ...]) -> str:
    return f"!isBlank({value}) && STRLEN(STR({value})) >= {given[0].value}"


def _max_length(value: str, given: tuple[Node, ...]) -> str:
    return f"!isBlank({value}) && STRLEN(STR({value})) <= {given[0].value}"


def _pattern(value: str, given: tuple[Node, ...]) -> str:
    expression = ", ".join(str(Node(part.value, "literal")) for part in given)
    # A regular expression the store does not know is no error but no value.
    probe = f"SELECT (REGEX('', {expression}) AS ?known) WHERE {{}}"
    if not any("known" in row for row in MemoryStore({}).select(probe)):
        raise Untranslatable("the store has no such regular expression")
    return f"!isBlank({value}) && REGEX(STR({value}), {expression})"


def _language_in(value: str, given: tuple[Node, ...]) -> str:
    ranges = [f"LANGMATCHES(LANG({value}), {Node(tag.value, 'literal')})" for tag in given]
    return f"isLiteral({value}) && ({' || '.join(ranges) or 'false'})"


def _in(value: str, given: tuple[Node, ...]) -> str:
    # Of literals IN compares what they mean, and SHACL how they are written.
    if given and all(one.kind == "iri" for one in given):
        return f"{value} IN ({', '.join(map(str, given))})"
    return " || ".join(f"sameTerm({value}, {one})" for one in given) or "false"


def _compared(sign: str) -> Callable[[str, tuple[Node, ...]], str]:
    return lambda value, given: f"COALESCE({value} {sign} {given[0]}, false)"


LITERAL_CONDITIONS: Final[dict[str, Callable[[str, tuple[Node, ...]], str]]] = {
    "datatype": _datatype,
    "nodeKind": _node_kind,
    "minLength": _min_length,
    "maxLength": _max_length,
    "pattern": _pattern,
    "languageIn": _language_in,
    "in": _in,
    **{name: _compared(sign) for name, sign in COMPARED.items() if not name.startswith("lessThan")},
}
"""Parameter → from a variable and the parameter's values, the condition that the variable's value satisfies it."""
