"""Facts that every graph is taken to have, such as the day of the check, without a word written to the store.

In the query of a shape the pattern that asks for such a fact is replaced by its value. The reference gets the
facts as triples.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planweave.checking.words import Untranslatable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planweave.checking.shapes import Shape
    from planweave.store import Statement

__all__ = ["asks_otherwise", "replace_given"]


def replace_given(tokens: Sequence[str], prefixes: Mapping[str, str], given: Sequence[Statement]) -> list[str]:
    """Replace each pattern ``subject property ?variable`` of a given fact by the value.

    Raises
    ------
    Untranslatable
        If the property stands in the query in any other place.
    """
    if not given:
        return list(tokens)
    known = {**prefixes, **_declared(tokens)}
    terms = [_spelled(token, known) for token in tokens]
    written: list[str] = []
    at = 0
    while at < len(tokens):
        fact = next((one for one in given if terms[at : at + 2] == [str(one[0]), str(one[1])]), None)
        if fact is not None and _is_whole(tokens, at):
            written += ["VALUES", tokens[at + 2], "{", str(fact[2]), "}"]
            at += 3
            continue
        if any(terms[at] == str(predicate) for _, predicate, _ in given):
            raise Untranslatable(f"it asks for {tokens[at]} otherwise than by subject, property and a variable")
        written.append(tokens[at])
        at += 1
    return written


def _is_whole(tokens: Sequence[str], at: int) -> bool:
    """Say whether the pattern ends after its third token, and that is a variable."""
    return len(tokens) > at + 3 and tokens[at + 2][0] in {"?", "$"} and tokens[at + 3] not in {";", ","}


def _declared(tokens: Sequence[str]) -> dict[str, str]:
    """The prefixes a query declares itself."""
    found = zip(tokens, tokens[1:], tokens[2:], strict=False)
    return {name.rstrip(":"): space[1:-1] for word, name, space in found if word.upper() == "PREFIX"}


def _spelled(token: str, prefixes: Mapping[str, str]) -> str:
    """A prefixed name written out, anything else as it is."""
    prefix, colon, local = token.partition(":")
    return f"<{prefixes[prefix]}{local}>" if colon and prefix in prefixes else token


def asks_otherwise(shape: Shape, given: Sequence[Statement]) -> bool:
    """Say whether a shape asks for a given fact outside a query: in a path, a target or a value."""
    predicates = [predicate for _, predicate, _ in given]
    return any(
        str(predicate) in (shape.path or "")
        or any(value == predicate for _, value in shape.targets)
        or any(predicate in constraint.values for constraint in shape.constraints)
        for predicate in predicates
    )
