"""The grammar of a SPARQL 1.1 query, and where a text leaves it: what stands there, and what could have.

The engine says whether a query is right; of a wrong one it tells little, and its columns are those of the
longest word it looked for. So a wrong one is read again by this grammar, which needs to look one word ahead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planweave.sparql.tokens import Token

__all__ = ["FUNCTIONS", "Branch", "Misfit", "first_misfit", "tree_of"]

FUNCTIONS: Final = frozenset(
    re.findall(
        r"\w+",
        """STR LANG LANGMATCHES DATATYPE BOUND IRI URI BNODE RAND ABS CEIL FLOOR ROUND CONCAT STRLEN UCASE LCASE
        ENCODE_FOR_URI CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY HOURS MINUTES SECONDS TIMEZONE
        TZ NOW UUID STRUUID MD5 SHA1 SHA256 SHA384 SHA512 COALESCE IF STRLANG STRDT SAMETERM ISIRI ISURI ISBLANK
        ISLITERAL ISNUMERIC REGEX SUBSTR REPLACE""",
    )
)

GRAMMAR: Final = """
Query      = Prologue ( Select | Construct | Describe | Ask ) Values? end
Prologue   = ( 'BASE' iri | 'PREFIX' name iri )*
Select     = SelectList Dataset* Where Modifiers
SubSelect  = SelectList Where Modifiers Values?
SelectList = 'SELECT' ( 'DISTINCT' | 'REDUCED' )? ( '*' | ( variable | As )+ )
As         = '(' Expression 'AS' variable ')'
Construct  = 'CONSTRUCT' ( Template Dataset* Where Modifiers | Dataset* 'WHERE' Template Modifiers )
Template   = '{' Triples? '}'
Describe   = 'DESCRIBE' ( '*' | ( variable | Iri )+ ) Dataset* Where? Modifiers
Ask        = 'ASK' Dataset* Where Modifiers
Dataset    = 'FROM' 'NAMED'? Iri
Where      = 'WHERE'? Group
Modifiers  = ( 'GROUP' 'BY' Grouping+ )? ( 'HAVING' Constraint+ )? ( 'ORDER' 'BY' Ordering+ )? Limits
Limits     = ( 'LIMIT' number ( 'OFFSET' number )? | 'OFFSET' number ( 'LIMIT' number )? )?
Grouping   = Function | Call | variable | '(' Expression ( 'AS' variable )? ')'
Ordering   = ( 'ASC' | 'DESC' ) Brackets | Constraint | variable
Constraint = Brackets | Function | Call
Call       = Iri Arguments
Values     = 'VALUES' Data
Group      = '{' ( SubSelect | Pattern ) '}'
Pattern    = Triples? ( Other '.'? Triples? )*
Other      = Group ( 'UNION' Group )* | 'OPTIONAL' Group | 'MINUS' Group | 'GRAPH' VarOrIri Group
           | 'SERVICE' 'SILENT'? VarOrIri Group | 'FILTER' Constraint | 'BIND' As | 'VALUES' Data
Data       = variable '{' Value* '}' | '(' variable* ')' '{' ( '(' Value* ')' )* '}'
Value      = Iri | Literal | 'UNDEF'
Triples    = Subject ( '.' Triples? )?
Subject    = Term Properties | Node Properties?
Properties = Property ( ';' Property? )*
Property   = Verb Objects
Verb       = variable | Path
Objects    = GraphNode ( ',' GraphNode )*
Path       = Sequence ( '|' Sequence )*
Sequence   = Step ( '/' Step )*
Step       = '^'? ( Iri | 'a' | '!' Negated | '(' Path ')' ) ( '?' | '*' | '+' )?
Negated    = OneOf | '(' ( OneOf ( '|' OneOf )* )? ')'
OneOf      = '^'? ( Iri | 'a' )
GraphNode  = Term | Node
Node       = '(' GraphNode* ')' | '[' Properties? ']'
Term       = variable | Iri | blank | Literal
VarOrIri   = variable | Iri
Iri        = iri | name
Literal    = string ( language | '^^' Iri )? | ( '+' | '-' )? number | 'TRUE' | 'FALSE'
Expression = And ( '||' And )*
And        = Relation ( '&&' Relation )*
Relation   = Sum ( ( '=' | '!=' | '<' | '>' | '<=' | '>=' ) Sum | 'NOT' 'IN' List | 'IN' List )?
Sum        = Product ( ( '+' | '-' ) Product )*
Product    = Unary ( ( '*' | '/' ) Unary )*
Unary      = ( '!' | '+' | '-' )? Primary
Primary    = Brackets | Function | Iri Arguments? | string ( language | '^^' Iri )? | number | 'TRUE' | 'FALSE'
           | variable
Brackets   = '(' Expression ')'
List       = '(' ( Expression ( ',' Expression )* )? ')'
Arguments  = '(' 'DISTINCT'? ( Expression ( ',' Expression )* )? ')'
Function   = function List | 'EXISTS' Group | 'NOT' 'EXISTS' Group | 'COUNT' '(' 'DISTINCT'? ( '*' | Expression ) ')'
           | ( 'SUM' | 'MIN' | 'MAX' | 'AVG' | 'SAMPLE' ) '(' 'DISTINCT'? Expression ')'
           | 'GROUP_CONCAT' '(' 'DISTINCT'? Expression ( ';' 'SEPARATOR' '=' string )? ')'
"""
"""In quotes: keywords and signs; with a capital: rules; the rest: the kinds of tokens."""


class Misfit(NamedTuple):
    """The first token that does not fit, None at the end of the text; and all that could have stood there."""

    token: Token | None
    expected: frozenset[str]


class Branch(NamedTuple):
    """A rule as a text fills it: the tokens and the other rules that it is made of."""

    rule: str
    parts: list[Branch | Token]

    def tokens(self) -> Iterator[Token]:
        """Give every token below it, in order."""
        for part in self.parts:
            if isinstance(part, Branch):
                yield from part.tokens()
            else:
                yield part


@dataclass(frozen=True, eq=False)
class _Part:
    """A part of a rule: ``sequence`` and ``choice`` of parts, ``many`` and ``maybe`` of one, ``rule`` and ``token``."""

    sort: str
    parts: tuple[_Part, ...] = ()
    name: str = ""
    at_least: int = 0


def first_misfit(tokens: Sequence[Token]) -> Misfit | None:
    """Find the first token by which a text stops being a query; None where it is one, as far as grammar goes.

    Examples
    --------
    >>> from planweave.sparql.tokens import tokens_of
    >>> misfit = first_misfit(tokens_of("SELECT ?a WHERE { ?a pw:due }"))
    >>> misfit.token.text, "variable" in misfit.expected
    ('}', True)
    """
    reader = _Reader([token for token in tokens if token.kind != "comment"])
    try:
        reader.read(_rules()["Query"])
    except _DoesNotFit:
        token = reader.tokens[reader.at] if reader.at < len(reader.tokens) else None
        return Misfit(token, frozenset(reader.expected))
    except RecursionError:
        # Brackets in brackets, deeper than anybody writes them: what is wrong cannot be told this way.
        return None
    return None


def tree_of(tokens: Sequence[Token]) -> Branch | None:
    """Give a query as its rules; None where it is none, or goes deeper than anybody writes.

    Examples
    --------
    >>> from planweave.sparql.tokens import tokens_of
    >>> prologue, select = tree_of(tokens_of("SELECT ?a WHERE { ?a a pw:Action }")).parts
    >>> [part.rule for part in select.parts]
    ['SelectList', 'Where', 'Modifiers']
    """
    reader = _Reader([token for token in tokens if token.kind != "comment"])
    try:
        reader.read(_rules()["Query"])
    except (_DoesNotFit, RecursionError):
        return None
    return reader.branch


class _DoesNotFit(Exception):  # noqa: N818 - never seen outside
    """The token at hand cannot stand here."""


class _Reader:
    """Reads tokens by the grammar, and keeps what else could stand at the place where it is."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.expected: set[str] = set()
        self.branch = Branch("Query", [])
        self._names = self._names_here()

    def read(self, part: _Part) -> None:
        """Read a part of a rule."""
        if part.sort == "token":
            self._take(part.name)
        elif part.sort == "rule":
            outer, self.branch = self.branch, Branch(part.name, [])
            outer.parts.append(self.branch)
            self.read(_rules()[part.name])
            self.branch = outer
        elif part.sort == "sequence":
            for one in part.parts:
                self.read(one)
        elif part.sort == "choice":
            self._choose(part)
        else:
            self._repeat(part)

    def _choose(self, part: _Part) -> None:
        for one in part.parts:
            if self._fits(one):
                self.read(one)
                return
        raise _DoesNotFit

    def _repeat(self, part: _Part) -> None:
        count = 0
        while self._fits(part.parts[0]):
            self.read(part.parts[0])
            count += 1
            if part.sort == "maybe":
                break
        if count < part.at_least:
            raise _DoesNotFit

    def _fits(self, part: _Part) -> bool:
        """Say whether a part can begin here; one that can be empty always can."""
        first, empty = _first(part)
        self.expected |= first
        return empty or not first.isdisjoint(self._names)

    def _names_here(self) -> set[str]:
        """Give what the token at hand can be in the grammar."""
        if self.at == len(self.tokens):
            return {"end"}
        if self.at > len(self.tokens):
            return set()
        token = self.tokens[self.at]
        if token.kind == "word":
            keyword = "'a'" if token.text == "a" else f"'{token.word}'"
            return {keyword, "function"} if token.word in FUNCTIONS else {keyword}
        if token.kind == "name" and token.text.startswith("_:"):
            return {"blank"}
        return {f"'{token.text}'"} if token.kind == "sign" else {token.kind}

    def _take(self, name: str) -> None:
        self.expected.add(name)
        if name not in self._names:
            raise _DoesNotFit
        if self.at < len(self.tokens):
            self.branch.parts.append(self.tokens[self.at])
        self.at += 1
        self.expected = set()
        self._names = self._names_here()


@cache
def _rules() -> dict[str, _Part]:
    """Read the grammar."""
    rules = re.findall(r"^(\w+) += (.+(?:\n +\|.+|\n +[^|=\n]+)*)", GRAMMAR, re.MULTILINE)
    return {name: _choice(iter(re.findall(r"'[^']+'|\w+|[()|?*+]", text))) for name, text in rules}


def _choice(words: Iterator[str]) -> _Part:
    """Read alternatives up to a closing bracket or the end."""
    alternatives: list[list[_Part]] = [[]]
    for word in words:
        if word == ")":
            break
        if word == "|":
            alternatives.append([])
        elif word in {"?", "*", "+"}:
            sort = "maybe" if word == "?" else "many"
            alternatives[-1][-1] = _Part(sort, (alternatives[-1][-1],), at_least=int(word == "+"))
        elif word == "(":
            alternatives[-1].append(_choice(words))
        else:
            alternatives[-1].append(_Part("rule" if word[0].isupper() else "token", name=word))
    parts = [_Part("sequence", tuple(parts)) for parts in alternatives]
    return parts[0] if len(parts) == 1 else _Part("choice", tuple(parts))


@cache
def _first(part: _Part) -> tuple[frozenset[str], bool]:
    """Give the tokens that a part can begin with, and whether it can be empty."""
    if part.sort == "token":
        return frozenset((part.name,)), False
    if part.sort == "rule":
        return _first(_rules()[part.name])
    if part.sort in {"maybe", "many"}:
        first, empty = _first(part.parts[0])
        return first, empty or not part.at_least
    found: set[str] = set()
    if part.sort == "choice":
        firsts = [_first(one) for one in part.parts]
        return frozenset().union(*(first for first, _ in firsts)), any(empty for _, empty in firsts)
    for one in part.parts:
        first, empty = _first(one)
        found |= first
        if not empty:
            return frozenset(found), False
    return frozenset(found), True
