"""The words of a SPARQL query, each with its place, found as the engine finds them.

The engine has no list of words: it takes ``trueSERVICE`` for two of them and ``a<b)`` for an IRI or for a
comparison, whatever fits. What is said here about its habits is what :mod:`planweave.sparql.guard` relies on.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Token", "iri_of", "place", "prefixes_of", "tokens_of"]

# The ranges of SPARQL's own grammar for what a name may have beyond letters and digits.
MORE: Final = "·\u0300-\u036f\u203f-\u2040"
# Only the escapes of the grammar: with any other, the engine reads on as if no string had begun.
ESCAPE: Final = r"""\\[tbnrf"'\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"""
LOCAL: Final = rf"(?:[\w:{MORE}-]|%[0-9A-Fa-f]{{2}}|\\[_~.!$&'()*+,;=/?\#@%-])"

TOKEN: Final = re.compile(
    rf"""
      (?P<space>[ \t\r\n]+)
    | (?P<comment>\#[^\r\n]*)
    | (?P<string>"{{3}}(?:"{{0,2}}(?:[^"\\]|{ESCAPE}))*"{{3}} | '{{3}}(?:'{{0,2}}(?:[^'\\]|{ESCAPE}))*'{{3}}
               | "(?:[^"\\\r\n]|{ESCAPE})*" | '(?:[^'\\\r\n]|{ESCAPE})*')
    | (?P<iri><(?:[^\x00-\x20<>"{{}}|^`\\]|\\u[0-9A-Fa-f]{{4}}|\\U[0-9A-Fa-f]{{8}})*>)
    | (?P<variable>[?$][\w{MORE}]+)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<name>(?:[^\W\d](?:[\w{MORE}.-]*[\w{MORE}-])?)?:(?:(?!-){LOCAL}(?:{LOCAL}|\.+{LOCAL})*)?)
    | (?P<number>(?:\d+\.\d*|\.?\d+)(?:[eE][+-]?\d+)?)
    | (?P<word>\w+)
    | (?P<sign>\^\^|&&|\|\||[!<>]?=|.)
    """,
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """A word or sign of a query: its kind, its text, and where it begins."""

    kind: str
    text: str
    start: int

    @property
    def word(self) -> str:
        """The text as keywords are compared: in capitals."""
        return self.text.upper()


def tokens_of(query: str) -> list[Token]:
    """Give the tokens of a query, comments included, white space not.

    Examples
    --------
    >>> [(token.kind, token.text) for token in tokens_of("ASK { ?a pw:due '#1' } # why")][2:]
    [('variable', '?a'), ('name', 'pw:due'), ('string', "'#1'"), ('sign', '}'), ('comment', '# why')]
    """
    return [
        Token(match.lastgroup or "", match[0], match.start())
        for match in TOKEN.finditer(query)
        if match.lastgroup != "space"
    ]


def place(query: str, start: int) -> str:
    r"""Say where in a query something begins.

    Examples
    --------
    >>> place("ASK {\n  ?a", 8)
    'line 2, column 3'
    """
    before = query[:start].replace("\r\n", "\n").replace("\r", "\n")
    line = before.count("\n") + 1
    return f"line {line}, column {len(before) - before.rfind(chr(10))}"


def prefixes_of(tokens: Iterable[Token], known: dict[str, str]) -> dict[str, str]:
    """Give the prefixes a query can use: the known ones, and those it declares itself."""
    found = dict(known)
    words = [token for token in tokens if token.kind != "comment"]
    for keyword, name, iri in zip(words, words[1:], words[2:], strict=False):
        if keyword.word == "PREFIX" and name.kind == "name" and iri.kind == "iri":
            found[name.text[:-1]] = iri.text[1:-1]
    return found


def iri_of(token: Token, prefixes: dict[str, str]) -> str | None:
    """Give the IRI that a token stands for, None where it is none or its prefix is not known.

    Examples
    --------
    >>> iri_of(Token("name", "ex:a", 0), {"ex": "http://example.org/"})
    'http://example.org/a'
    """
    if token.kind == "iri":
        return token.text[1:-1]
    prefix, _, name = token.text.partition(":")
    if token.kind != "name" or prefix not in prefixes:
        return None
    return prefixes[prefix] + re.sub(r"\\(.)", r"\1", name)
