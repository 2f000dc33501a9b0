"""The forms of corrections: what each shows, filled with what was typed, or with what is read as yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, get_args

from planweave.correcting.changes import EDITED
from planweave.correcting.saying import FIELDS_WORDS, field_words, value_words
from planweave.errors import NotFound
from planweave.reading.definition import LISTS
from planweave.records import Status
from planweave.reviewing.names import doubts_of, printed_names
from planweave.web.intents import action_of, column_of, first
from planweave.wording import STATUS_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from planweave.correcting import Understood
    from planweave.records import Action
    from planweave.reviewing.names import Proposal

__all__ = ["PLAN_FIELDS", "Form", "Given", "asked_action", "form_of", "proposals_of"]

Given = dict[str, list[str]]
Form = dict[str, object]

PLAN_FIELDS: Final = {"title": "title", "publisher": "publisher", "period": "period", "domain": "subject"}
JOINING: Final = (" and ", " & ", " / ", "/", ", ", "; ", " - ", " ")
BEFORE: Final = "begin from the draft"


def form_of(seen: Understood, asked: Given) -> Form:
    """Give what the form of a correction shows; ``asked`` in it says whether there is something to preview."""
    form: Form = {"asked": "typed" in asked, "typed": first(asked, "typed")}
    return form | FORMS[first(asked, "what")](seen, asked)


def asked_action(seen: Understood, asked: Given) -> Action | None:
    """Give the action that a correction is for, where it is for one."""
    number = first(asked, "action")
    return action_of(seen, number) if number else None


def proposals_of(seen: Understood) -> dict[str, tuple[Proposal, ...]]:
    """Give the bodies that names may mean, by the name."""
    publisher = seen.record.plan.publisher_id
    names = seen.register.names_for(publisher)
    near = seen.register.local_bodies(publisher)
    # Another council's team is nobody's guess here.
    possible = {name: body for name, body in names.items() if body in seen.kit.national or body in near}
    printed = [each for each in printed_names(seen.record) if each.name not in names]
    found = doubts_of(printed, possible, seen.register.bodies, seen.kit.telling_nothing)
    return {doubt.printed.name: doubt.proposals for doubt in found}


def _column(seen: Understood, asked: Given) -> Form:
    column, field = column_of(seen, first(asked, "column")), first(asked, "field")
    asks = bool(field) and field != column.field
    return {"column": column, "options": FIELDS_WORDS, "chosen": field or column.field, "asked": asks}


def _value(seen: Understood, asked: Given) -> Form:
    action, field = action_of(seen, first(asked, "action")), first(asked, "field")
    if field not in EDITED:
        raise NotFound("there is no such field to correct", fix=BEFORE)
    return {
        "action": action,
        "field": field,
        "words": field_words(field),
        "list": field in LISTS,
        "before": value_words(action, field),
        "printed": action.due.text if field == "due" else "",
        "statuses": {code: STATUS_WORDS.get(code, code) for code in get_args(Status)},
        **({} if "typed" in asked else {"typed": _as_typed(action, field)}),
    }


def _split(seen: Understood, asked: Given) -> Form:
    name = first(asked, "name")
    count = sum(name in (*each.leads, *each.partners) for each in seen.record.actions)
    typed = {} if "typed" in asked else {"typed": _parts(name)}
    return {"name": name, "count": count, "action": asked_action(seen, asked), **typed}


def _join(seen: Understood, asked: Given) -> Form:
    action, names = asked_action(seen, asked), asked.get("name", [])
    possible = list(dict.fromkeys((*action.leads, *action.partners))) if action else names
    return {"names": names, "action": action, "possible": possible, "asked": len(names) > 1}


def _plan(seen: Understood, asked: Given) -> Form:
    field = first(asked, "field")
    if field not in PLAN_FIELDS:
        raise NotFound("there is no such thing to correct", fix=BEFORE)
    known = getattr(seen.record.plan, field) or ""
    return {
        "field": field,
        "words": PLAN_FIELDS[field],
        "before": known or "not known",
        "bodies": sorted(set(seen.register.bodies.values())) if field == "publisher" else [],
        **({} if "typed" in asked else {"typed": known}),
    }


def _name(seen: Understood, asked: Given) -> Form:
    name = first(asked, "name")
    return {
        "name": name,
        "bodies": sorted(set(seen.register.bodies.values())),
        "meaning": first(asked, "meaning", "same"),
        "body": first(asked, "body"),
        "everywhere": bool(first(asked, "everywhere")),
        "publisher": seen.record.plan.publisher or "",
        "proposals": proposals_of(seen).get(name, ()),
        "asked": "meaning" in asked,
    }


def _settle(seen: Understood, asked: Given) -> Form:
    words, why = field_words(first(asked, "field")), first(asked, "why")
    return {"words": words, "why": why, "action": asked_action(seen, asked), "asked": True}


FORMS: Final[dict[str, Callable[[Understood, Given], Form]]] = {
    "column": _column,
    "value": _value,
    "split": _split,
    "join": _join,
    "plan": _plan,
    "name": _name,
    "settle": _settle,
}


def _as_typed(action: Action, field: str) -> str:
    if field == "due":
        return action.due.text
    value = getattr(action, field)
    return "\n".join(value) if isinstance(value, tuple) else value or ""


def _parts(name: str) -> str:
    """A name cut where a joining mark stands, as a first proposal."""
    mark = next((mark for mark in JOINING if mark in name), None)
    return "\n".join(part.strip() for part in name.split(mark) if part.strip()) if mark else name
