"""The words of a SPARQL query as they are moved about: a literal is one word, with its language or its type."""

from __future__ import annotations

from planweave.sparql.tokens import Token, tokens_of

__all__ = ["Untranslatable", "words_of"]


class Untranslatable(Exception):  # noqa: N818 - not an error: such a shape goes to the reference
    """Why a shape cannot be one query over all graphs."""


def words_of(query: str) -> list[str]:
    """Give the words and signs of a query, without its comments.

    Examples
    --------
    >>> words_of("?x pw:due '2025'^^xsd:gYear ; pw:score -1 # why")
    ['?x', 'pw:due', "'2025'^^xsd:gYear", ';', 'pw:score', '-1']
    """
    words: list[str] = []
    before: Token | None = None
    for token in tokens_of(query):
        if token.kind == "comment":
            continue
        if before and before.start + len(before.text) == token.start and _belongs(words[-1], before, token):
            words[-1] += token.text
        else:
            words.append(token.text)
        before = token
    return words


def _belongs(word: str, before: Token, token: Token) -> bool:
    """Say whether a token goes on with the literal before it: a language, a type, the number after its sign."""
    if before.kind == "string":
        return token.kind == "language" or token.text == "^^"
    if before.text == "^^":
        return word != "^^" and token.kind in {"iri", "name"}
    return before.text in {"+", "-"} and token.kind == "number"
