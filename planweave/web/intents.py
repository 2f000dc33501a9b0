"""What a form asks for → the change it means, for the preview and for the making of it alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planweave.correcting import changes
from planweave.errors import NotFound, PlanweaveError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import TypeAlias

    from planweave.correcting import Understood
    from planweave.correcting.state import Change
    from planweave.drafting.columns import Headed
    from planweave.records import Action

    Given: TypeAlias = Mapping[str, Sequence[str]]

__all__ = ["KEYS", "REASONS", "action_of", "change_of", "column_of", "first"]


KEYS: Final = (
    "what",
    "column",
    "field",
    "action",
    "typed",
    "name",
    "where",
    "why",
    "meaning",
    "body",
    "everywhere",
    "new",
)
"""What an address, or the form that makes a change, can say."""

REASONS: Final = {
    "column": "The values under it show what it gives.",
    "value": "Read so in the document.",
    "split": "These are several, and not one.",
    "join": "It is one, and not several.",
    "plan": "The document says so.",
    "name": "It is known to be so.",
    "settle": "Looked at, and right as it is read.",
}
"""The reason that is offered for each kind of change; it can be changed, and is never empty."""


def first(given: Given, key: str, default: str = "") -> str:
    """Give what is said of a key."""
    return next(iter(given.get(key, ())), default)


def action_of(seen: Understood, number: str) -> Action:
    """Give an action by its place in the document."""
    for action in seen.record.actions:
        if str(action.n) == number:
            return action
    raise NotFound("there is no such action in this document", fix="look at the draft as it is now")


def column_of(seen: Understood, number: str) -> Headed:
    """Give a column by its place among those of the draft."""
    if number.isdecimal() and int(number) < len(seen.columns):
        return seen.columns[int(number)]
    raise NotFound("there is no such column in this document", fix="look at the draft as it is now")


def change_of(seen: Understood, given: Given, reason: str) -> Change:
    """Give the change that is asked for.

    Raises
    ------
    PlanweaveError
        If it cannot be made; the sentence says why and what to do.
    """
    make = MAKERS.get(first(given, "what"))
    if make is None:
        raise PlanweaveError("it is not said what is to be corrected", fix="begin from the draft")
    return make(seen, given, reason)


def _column(seen: Understood, given: Given, reason: str) -> Change:
    return changes.change_column(seen, column_of(seen, first(given, "column")), first(given, "field"), reason)


def _value(seen: Understood, given: Given, reason: str) -> Change:
    action = action_of(seen, first(given, "action"))
    return changes.change_value(seen, action, first(given, "field"), first(given, "typed"), reason)


def _only(seen: Understood, given: Given) -> Action | None:
    """The one action that is meant, where it is said to be."""
    number = first(given, "action")
    return action_of(seen, number) if number and first(given, "where", "all") != "all" else None


def _split(seen: Understood, given: Given, reason: str) -> Change:
    parts = first(given, "typed").splitlines()
    return changes.split_name(seen, first(given, "name"), parts, reason, _only(seen, given))


def _join(seen: Understood, given: Given, reason: str) -> Change:
    action = first(given, "action")
    shown = action_of(seen, action) if action else None
    return changes.join_names(seen, _joined(seen, given), reason, _only(seen, given), shown)


def _plan(seen: Understood, given: Given, reason: str) -> Change:
    new = bool(first(given, "new"))
    return changes.change_plan(seen, first(given, "field"), first(given, "typed"), reason, new=new)


def _name(seen: Understood, given: Given, reason: str) -> Change:
    name, meaning, body = (first(given, key) for key in ("name", "meaning", "body"))
    return changes.change_name(seen, name, meaning, body, reason, everywhere=bool(first(given, "everywhere")))


def _settle(seen: Understood, given: Given, reason: str) -> Change:
    number = first(given, "action")
    action = action_of(seen, number) if number else None
    return changes.settle(seen, first(given, "field"), first(given, "why"), reason, action)


MAKERS: Final[dict[str, Callable[[Understood, Given, str], Change]]] = {
    "column": _column,
    "value": _value,
    "split": _split,
    "join": _join,
    "plan": _plan,
    "name": _name,
    "settle": _settle,
}


def _joined(seen: Understood, given: Given) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(given.get("name", ())))
    known = {party.name for party in seen.record.parties}
    strange = [name for name in chosen if name not in known]
    if strange:
        raise PlanweaveError(f"“{strange[0]}” names nobody here", fix="look at the draft as it is now")
    return chosen
