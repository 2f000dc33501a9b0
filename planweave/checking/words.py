"""The words of a SPARQL query: enough of its grammar to find them, and to leave strings and IRIs whole."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["Untranslatable", "network_word", "words_of"]

IRI: Final = r"<[^<>\"{}|^`\\\s]*>"
NAME: Final = r"[\w-]*(?:[\w.-]*[\w-])?:(?:[\w:%\\-](?:[\w:.%\\~-]*[\w:%\\-])?)?"
STRING: Final = (
    r"(?:\"{3}(?:[^\\]|\\.)*?\"{3}|'{3}(?:[^\\]|\\.)*?'{3}"
    r'|"(?:[^"\\\n]|\\.)*"' + r"|'(?:[^'\\\n]|\\.)*')"
)
NUMBER: Final = r"[+-]?(?:\d+\.\d*[eE][+-]?\d+|\d*\.\d+(?:[eE][+-]?\d+)?|\d+(?:[eE][+-]?\d+)?)"
TOKEN: Final = re.compile(
    rf"\#[^\n]*|{IRI}|{STRING}(?:@[A-Za-z][A-Za-z0-9-]*|\^\^(?:{IRI}|{NAME}))?|[?$]\w+|{NAME}|{NUMBER}|\w+"
    r"|&&|\|\||[!<>]?=|\S",
    re.DOTALL,
)

NETWORK: Final = frozenset(("SERVICE", "FROM", "LOAD"))


class Untranslatable(Exception):  # noqa: N818 - not an error: such a shape goes to the reference
    """Why a shape cannot be one query over all graphs."""


def words_of(query: str) -> list[str]:
    """Give the words and signs of a query, without its comments."""
    return [token for token in TOKEN.findall(query) if not token.startswith("#")]


def network_word(query: str) -> str | None:
    """Give the word by which a query would fetch something from elsewhere, or None.

    Examples
    --------
    >>> network_word("SELECT $this { SERVICE <http://example.org/> { $this ?p ?o } }")
    'SERVICE'
    >>> network_word("SELECT $this { $this ?p 'SERVICE' } # FROM")
    """
    return next((token.upper() for token in words_of(query) if token.upper() in NETWORK), None)
