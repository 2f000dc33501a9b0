"""The terms of an answer: read from the engine's lines, made from Python's values, shown to people."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from planweave.errors import QueryError
from planweave.store import STRING, Node
from planweave.terms import BASE, GRAPH, PLAN, PREFIXES, XSD, local
from planweave.wording import DUE_WORDS, FLAG_WORDS, PARTY_WORDS, STATUS_WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["NUMBERS", "YES", "node_of", "readable", "term", "typed", "value_of"]

YES: Final = Node("true", "literal", XSD + "boolean")

WHOLE_NUMBERS: Final = frozenset(
    XSD + name
    for name in (
        "integer",
        "int",
        "long",
        "short",
        "byte",
        "negativeInteger",
        "nonNegativeInteger",
        "nonPositiveInteger",
        "positiveInteger",
        "unsignedInt",
        "unsignedLong",
        "unsignedShort",
        "unsignedByte",
    )
)
NUMBERS: Final = WHOLE_NUMBERS | {XSD + "decimal", XSD + "double", XSD + "float"}
"""The datatypes of numbers."""

WRITTEN: Final = re.compile(
    rb"""<(?P<iri>[^>]*)>
       | _:(?P<blank>\S+)
       | "(?P<text>(?:[^"\\]|\\.)*)"(?:@(?P<language>[A-Za-z0-9-]+)|\^\^<(?P<datatype>[^>]*)>)?
       | (?P<boolean>true|false)
       | (?P<double>[+-]?(?:\d+\.?\d*|\.\d+)[eE][+-]?\d+)
       | (?P<decimal>[+-]?\d*\.\d+)
       | (?P<integer>[+-]?\d+)""",
    re.VERBOSE,
)
IRI: Final = re.compile(r"<[^<>\s]+>|https?://[^<>\s\"]+")
DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
ESCAPED: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}

CODED: Final[dict[str, Mapping[str, Any]]] = {
    BASE + "status/": STATUS_WORDS,
    BASE + "timing/": DUE_WORDS,
    BASE + "party-kind/": PARTY_WORDS,
    BASE + "flag/": {code: wording.words for code, wording in FLAG_WORDS.items()},
    BASE + "agency/": {},
    BASE + "kind/": {},
    BASE + "indicator/": {},
    BASE + "pillar/": {},
    BASE + "event/": {},
    BASE + "register/": {"agencies": "the register of agencies"},
}
"""Namespaces of planweave's own of which the last part is the code; and the codes that do not read as words."""


@lru_cache(maxsize=1 << 16)
def node_of(cell: bytes) -> Node | None:
    r"""Read a term as the engine writes it in TSV; nothing is no value.

    Raises
    ------
    QueryError
        If it is a triple, which stands in no graph of planweave's.

    Examples
    --------
    >>> node_of(b'"Pr\\u00e4vention\\n"@de')
    Node(value='Prävention\n', kind='literal', datatype='', language='de')
    >>> node_of(b"5.5").datatype
    'http://www.w3.org/2001/XMLSchema#decimal'
    """
    if not cell:
        return None
    match = WRITTEN.fullmatch(cell)
    if match is None:
        raise QueryError("the answer has a triple as a value", fix="select its subject, predicate and object")
    sort = match.lastgroup if match.lastgroup not in {"language", "datatype"} else "text"
    said = match[sort or 0].decode()
    if sort in {"iri", "blank"}:
        return Node(said, sort or "")
    if sort == "text":
        text = ESCAPE.sub(_unescaped, said) if "\\" in said else said
        language = (match["language"] or b"").decode()
        return Node(text, "literal", "" if language else (match["datatype"] or b"").decode() or STRING, language)
    return Node(said, "literal", f"{XSD}{sort}")


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else ESCAPED.get(match[3], match[3])


def term(value: object) -> Node:
    """Give the term for a value of Python's; text is text, and an IRI is a :class:`~planweave.store.Node`.

    Raises
    ------
    QueryError
        If there is no term for it.

    Examples
    --------
    >>> print(term(5), term("plan > all"), term(Node("http://example.org/a")))
    "5"^^<http://www.w3.org/2001/XMLSchema#integer> "plan > all" <http://example.org/a>
    """
    if isinstance(value, Node):
        return value
    if isinstance(value, bool):
        return Node(str(value).lower(), "literal", XSD + "boolean")
    if isinstance(value, str):
        return _from_text(value)
    kinds: tuple[tuple[type, str], ...] = ((int, "integer"), (float, "double"), (Decimal, "decimal"))
    for kind, datatype in kinds:
        if isinstance(value, kind):
            return Node(str(value), "literal", XSD + datatype)
    if isinstance(value, dt.date):
        is_time = isinstance(value, dt.datetime)
        return Node(value.isoformat(), "literal", XSD + ("dateTime" if is_time else "date"))
    raise QueryError(f"there is no term for {value!r}", fix="give text, a number, a date or a Node")


def _from_text(value: str) -> Node:
    """Give the term for text; the terms of rdflib are text, too, and stay what they are."""
    if type(value).__name__ == "URIRef":
        return Node(str(value))
    datatype, language = getattr(value, "datatype", None), getattr(value, "language", None)
    return Node(str(value), "literal", "" if language else str(datatype or STRING), str(language or ""))


def readable(node: Node | None) -> str:
    """Give the words of a term for people: of planweave's own things their ids, of codes what they are called.

    Examples
    --------
    >>> readable(Node("https://w3id.org/planweave/plan/northmoor/action/1.3"))
    'northmoor/1.3'
    >>> readable(Node("https://w3id.org/planweave/status/partial"))
    'partly complete'
    >>> readable(Node("https://w3id.org/planweave/register/agencies"))
    'the register of agencies'
    """
    if node is None:
        return ""
    if node.kind == "blank":
        return f"_:{node.value}"
    if node.kind == "literal":
        return {"true": "yes", "false": "no"}.get(node.value, node.value) if _is_boolean(node) else node.value
    return _readable_iri(node.value)


def _is_boolean(node: Node) -> bool:
    return node.datatype == YES.datatype


@lru_cache(maxsize=1 << 14)
def _readable_iri(iri: str) -> str:
    if iri.startswith(PLAN):
        plan, _, rest = iri.removeprefix(PLAN).partition("/")
        return unquote(f"{plan}/{rest.removeprefix('action/')}" if rest else plan)
    if iri.startswith(GRAPH):
        return unquote(iri.removeprefix(BASE))
    for namespace, words in CODED.items():
        if iri.startswith(namespace):
            code = local(iri)
            return str(words.get(code, code))
    for prefix, namespace in PREFIXES.items():
        name = iri.removeprefix(namespace)
        if name != iri and name and not set("/#?") & set(name):
            return f"{prefix}:{name}"
    return iri


def value_of(node: Node | None) -> str | int | Decimal | bool | dt.date | None:
    """Give a term as a value of Python's: numbers, days and truth as such, all else as text.

    Examples
    --------
    >>> value_of(Node("2024-12-31", "literal", "http://www.w3.org/2001/XMLSchema#date"))
    datetime.date(2024, 12, 31)
    """
    if node is None or node.kind == "iri":
        return node and node.value
    if node.kind == "blank":
        return f"_:{node.value}"
    try:
        return _value_of_literal(node)
    except (ValueError, ArithmeticError):
        return node.value


def _value_of_literal(node: Node) -> str | int | Decimal | bool | dt.date:
    if node.datatype in WHOLE_NUMBERS:
        return int(node.value)
    if node.datatype in NUMBERS:
        number = Decimal(node.value)
        return number if number.is_finite() else node.value
    if node.datatype == XSD + "date":
        return dt.date.fromisoformat(node.value)
    return node.value in {"true", "1"} if _is_boolean(node) else node.value


def typed(value: str) -> Node:
    """Give the term that is meant by a value as people type it: as in SPARQL, or plain words.

    Examples
    --------
    >>> print(typed("plan:northmoor/action/1.3"), typed("<urn:a>"), typed("northmoor"), typed('"15"'), sep=", ")
    <https://w3id.org/planweave/plan/northmoor/action/1.3>, <urn:a>, "northmoor", "15"
    >>> typed("15").datatype, typed("2024-12-31").datatype
    ('http://www.w3.org/2001/XMLSchema#integer', 'http://www.w3.org/2001/XMLSchema#date')
    """
    text = value.strip()
    prefix, colon, rest = text.partition(":")
    if colon and prefix in PREFIXES and rest and not any(map(str.isspace, rest)):
        return Node(PREFIXES[prefix] + rest)
    if IRI.fullmatch(text):
        return Node(text.strip("<>"))
    if DAY.fullmatch(text):
        return Node(text, "literal", XSD + "date")
    if WRITTEN.fullmatch(text.encode()) and not text.startswith(("_:", "<")):
        return node_of(text.encode()) or Node(value, "literal", STRING)
    return Node(value, "literal", STRING)
