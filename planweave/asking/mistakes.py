"""What is wrong with a query that the engine does not understand: where, and what was expected."""

from __future__ import annotations

import difflib
import re
from typing import Final

from planweave.asking.grammar import FUNCTIONS, first_misfit
from planweave.errors import QueryError, nearest
from planweave.sparql.tokens import Token, place, prefixes_of, tokens_of
from planweave.terms import PREFIXES

__all__ = ["explained"]

MOST_NAMED: Final = 6
ALIKE: Final = 0.75
"""How like a known prefix one has to be, to be taken for it: short words are soon a little alike."""
PATHLIKE: Final = re.compile(r"(?P<prefix>[A-Za-z][\w-]*):(?P<rest>[\w.-]+(?:/[\w.-]+)+)")
"""A name with a slash in it, as ids have them; SPARQL takes it for a path."""

WORDS: Final = {
    "variable": "a variable",
    "iri": "an IRI",
    "name": "a name such as pw:Action",
    "string": "a text in quotes",
    "number": "a number",
    "function": "a function",
    "language": "a language such as @en",
    "end": "the end of the query",
}
OPERATORS: Final = frozenset(("||", "&&", "=", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/", "IN", "NOT", "^^"))
"""What can follow a value in an expression; told as one."""
TERMS: Final = frozenset(("variable", "iri", "name", "string", "number", "blank", "TRUE", "FALSE"))
AGGREGATES: Final = frozenset(("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"))

# The engine's own words for what no grammar says; the rest of its sentence is a list of characters.
SEMANTIC: Final = {
    "contains a variable that is unbound": (
        "the SELECT has a variable that the groups of the query do not have",
        "name it after GROUP BY, or put it into a function such as SAMPLE or COUNT",
    ),
    "IRI parsing failed": ("an IRI is not written out in full", "begin it with http:// or https://, or use a prefix"),
    "Duplicated variable name": ("the SELECT names a variable twice", "name each once"),
    "overrides an existing variable": (
        "the SELECT gives a value to a variable that has one",
        "choose another name after AS",
    ),
    "SELECT * is not authorized": ("SELECT * does not go with GROUP BY", "name the variables"),
}
SENTENCE: Final = re.compile(r"[A-Z][\w*]+(?: [\w*]+){2,}")
QUOTED: Final = {'"', "'"}


def explained(query: str, message: str, *, file: object = None) -> QueryError:
    """Give the sentence for a query that the engine does not understand.

    Parameters
    ----------
    query
        The query.
    message
        What the engine says; it is used only where neither prefixes nor grammar explain it.
    file
        The file that the query stands in.
    """
    tokens = tokens_of(query)
    return (
        _unclosed(query, tokens, file)
        or _unknown_prefix(query, tokens, file)
        or _ungrammatical(query, tokens, file)
        or _senseless(query, tokens, message, file)
    )


def _unclosed(query: str, tokens: list[Token], file: object) -> QueryError | None:
    for token in tokens:
        if token.kind == "sign" and token.text in QUOTED:
            return QueryError(
                "the text that begins here is not closed",
                file=file,
                where=place(query, token.start),
                fix=f"end it with {token.text} on the same line",
            )
    return None


def _unknown_prefix(query: str, tokens: list[Token], file: object) -> QueryError | None:
    prefixes = prefixes_of(tokens, PREFIXES)
    for token in tokens:
        prefix = token.text.partition(":")[0]
        if token.kind == "name" and prefix not in prefixes and prefix != "_":
            return QueryError(
                f"the prefix {prefix}: is not known",
                file=file,
                where=place(query, token.start),
                fix=nearest(prefix, prefixes)
                if difflib.get_close_matches(prefix, prefixes, cutoff=ALIKE)
                else f"begin the query with PREFIX {prefix}: <…>, or use one that is known, such as pw: or plan:",
            )
    return None


def _ungrammatical(query: str, tokens: list[Token], file: object) -> QueryError | None:
    misfit = first_misfit(tokens)
    if misfit is None:
        return None
    expected = frozenset(name.strip("'") for name in misfit.expected)
    words = f"expected {_listed(expected)}"
    if misfit.token is None:
        if not any(token.kind != "comment" for token in tokens):
            return QueryError("there is no query", file=file, fix="begin it with SELECT, ASK, CONSTRUCT or DESCRIBE")
        return QueryError("the query ends too early", file=file, where=place(query, len(query)), fix=words)
    found = misfit.token
    fix = words
    if slashed := _slashed(query, tokens, found):
        return QueryError(
            f"{slashed[0]} has a slash in it, which a name cannot have",
            file=file,
            where=place(query, slashed[1]),
            fix=f"write {slashed[2]}",
        )
    if found.word in FUNCTIONS | AGGREGATES:
        fix = f"write it in brackets and name it, as in ({found.word}(…) AS ?name)" if "variable" in expected else words
    elif found.kind == "word":
        known = expected if _meant(found, expected) or not _is_called(tokens, found) else FUNCTIONS | AGGREGATES
        fix = _meant(found, known) or words
    return QueryError(f"{found.text} does not fit here", file=file, where=place(query, found.start), fix=fix)


def _slashed(query: str, tokens: list[Token], found: Token) -> tuple[str, int, str] | None:
    """Give the name with a slash in which a misfit stands, its place, and the IRI that is meant."""
    prefixes = prefixes_of(tokens, PREFIXES)
    for match in PATHLIKE.finditer(query):
        namespace = prefixes.get(match["prefix"], "")
        # What ends in "#" has no slashes after it: there a path may be meant.
        if match.start() <= found.start <= match.end() and namespace.endswith("/"):
            return match[0], match.start(), f"<{namespace}{match['rest']}>, or \\/ for each / after the prefix"
    return None


def _is_called(tokens: list[Token], found: Token) -> bool:
    """Say whether a word is written like a function."""
    after = next((token for token in tokens if token.start > found.start), None)
    return after is not None and after.text == "("


def _meant(token: Token, known: frozenset[str]) -> str:
    """Say which keyword was probably meant."""
    keywords = sorted(word for word in known if word.isupper() and word != token.word)
    close = difflib.get_close_matches(token.word, keywords, n=1, cutoff=0.7)
    return f"did you mean {close[0]}?" if close else ""


def _listed(expected: frozenset[str]) -> str:
    """Put what could have stood there in words, the shortest things first."""
    left = set(expected) - {"SERVICE"}
    said = []
    if {"variable", "iri", "name"} <= left:
        said.append("a variable, a name such as pw:Action or a value" if "string" in left else "a variable or a name")
        left -= TERMS
    if "||" in left:
        said.append("an operator")
    if said:
        left -= OPERATORS
    if left & AGGREGATES and "function" in left:
        left -= AGGREGATES
    signs = sorted(word for word in left if not word[0].isalpha())
    words = sorted(WORDS.get(word, word) for word in left if word[0].isalpha())
    said = [*signs, *said, *words]
    shown = said if len(said) <= MOST_NAMED else [*said[:MOST_NAMED], "…"]
    return shown[0] if len(shown) == 1 else f"one of {'  '.join(shown)}"


def _senseless(query: str, tokens: list[Token], message: str, file: object) -> QueryError:
    """Say why a query that is right by its grammar has no meaning."""
    for words, (what, fix) in SEMANTIC.items():
        if words in message:
            finder = WHERE.get(words)
            where = finder(query, tokens) if finder else None
            return QueryError(what, file=file, where=where, fix=fix)
    # What is a sentence of the engine's has several words; the rest is a list of signs and keywords.
    reasons = [
        part for part in message.partition("expected ")[2].removeprefix("one of ").split(", ") if SENTENCE.match(part)
    ]
    if reasons:
        return QueryError(f"the query makes no sense ({reasons[0]})", file=file, fix="mend it")
    return QueryError(
        "the query makes no sense, though each of its words is right",
        file=file,
        fix="look for a variable that is given a value twice, a blank node in two groups, or rows of VALUES that"
        " are too short",
    )


def _relative(query: str, tokens: list[Token]) -> str | None:
    """Give the place of the first IRI without its beginning."""
    for token in tokens:
        if token.kind == "iri" and not re.match(r"<[A-Za-z][A-Za-z0-9+.-]*:", token.text):
            return place(query, token.start)
    return None


def _ungrouped(query: str, tokens: list[Token]) -> str | None:
    """Give the place of the first selected variable that is not grouped by; None where there are several SELECTs."""
    words = [token.word if token.kind == "word" else token.text for token in tokens]
    if words.count("SELECT") != 1:
        return None
    start, depth = words.index("SELECT"), 0
    group = [at for at, word in enumerate(words) if word == "GROUP"]
    grouped = set()
    if group:
        grouped = {token.text for token in tokens[group[-1] :] if token.kind == "variable"}
    for token, word in zip(tokens[start:], words[start:], strict=True):
        if word in {"WHERE", "{"}:
            return None
        depth += {"(": 1, ")": -1}.get(word, 0)
        if token.kind == "variable" and not depth and token.text not in grouped:
            return place(query, token.start)
    return None


WHERE: Final = {"IRI parsing failed": _relative, "contains a variable that is unbound": _ungrouped}
"""What finds the place that the engine does not tell."""
