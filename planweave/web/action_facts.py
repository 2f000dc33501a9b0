"""What is known of one action, value by value: the reading, the printed words, the place, what is blank and why."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final, NamedTuple

from planweave.dates.edtf import bounds
from planweave.reporting.words import day_words
from planweave.web.as_printed import places_of
from planweave.web.said import due_kind, field_words, kind_words, month_words, span_words, status
from planweave.wording import BLANK_WORDS, FLAG_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planweave.records import Action
    from planweave.web.lately import Seen

__all__ = ["Fact", "Step", "Value", "corrections_of", "facts_of", "flags_of", "others_not_said", "steps_of"]

OVER: Final = {"complete", "stopped"}


class Value(NamedTuple):
    """One value: its words, where they lead, how it is printed, what else is to be said, and its cells."""

    words: str
    address: str | None = None
    printed: str = ""
    note: str = ""
    places: list[tuple[str, str]] = []  # noqa: RUF012 - never changed
    tag: str = ""


class Fact(NamedTuple):
    """Something that is said of an action, or that it leaves blank: what, the values, why blank, doubts."""

    name: str
    values: list[Value]
    blank: str = ""
    meaning: str = ""
    doubts: list[str] = []  # noqa: RUF012 - never changed


class Step(NamedTuple):
    """An update: the day as printed and in words, the text, what is inferred, its cells."""

    day: str
    edtf: str
    text: str
    note: str
    places: list[tuple[str, str]]


def facts_of(known: Seen, action: Action, day: dt.date) -> list[Fact]:
    """Give everything that is said of an action but its text, its updates and its cross-references.

    Parameters
    ----------
    known
        Its plan.
    action
        The action.
    day
        The day for which is said whether it is overdue.
    """
    doubts = _doubts(known, action)
    text = [Value(action.text, places=places_of(action, "text", action.text))] if action.text else []
    ref = [Value(action.ref, places=places_of(action, "ref", action.ref))] if action.ref else []
    found = [
        Fact("Reference", ref, "" if ref else "none printed", doubts=doubts.get("ref", [])),
        Fact("Action", text, "" if text else "no text", doubts=doubts.get("text", [])),
        _fact(action, "due", _due(action, day), doubts, "Due"),
        _fact(action, "status", _status(action), doubts, "Status"),
        _fact(action, "lead", _parties(known, action, "lead", action.leads), doubts, "Leads"),
        _fact(action, "partner", _parties(known, action, "partner", action.partners), doubts, "Partners"),
        Fact(
            "Named in the text", _parties(known, action, "mention", action.mentions), doubts=doubts.get("mention", [])
        ),
        _fact(action, "outcome", _texts(action, "outcome", action.outcomes), doubts, "Outcomes"),
        Fact("Evidence", _texts(action, "evidence", action.evidence), doubts=doubts.get("evidence", [])),
        Fact("Targets", list(_targets(action)), doubts=doubts.get("target", [])),
        Fact("Measured by", _texts(action, "indicator", action.indicators)),
        Fact("Pillars", _texts(action, "pillar", action.pillars), doubts=doubts.get("pillar", [])),
        Fact("Serves", _texts(action, "parent", filter(None, (action.parent,))), doubts=doubts.get("parent", [])),
        Fact("Stands under", [Value(action.group)] if action.group else [], doubts=doubts.get("group", [])),
        *(Fact(heading, _texts(action, "extra", (text,))) for heading, text in action.extra.items()),
    ]
    return [fact for fact in found if fact.values or fact.blank or fact.doubts]


def others_not_said(action: Action) -> list[str]:
    """Name what is not said and for which the three kinds of blank are not told apart."""
    said = {
        "bodies named in the text": action.mentions,
        "evidence": action.evidence,
        "targets": action.targets,
        "pillars": action.pillars,
        "updates": action.updates,
        "cross-references": action.crossrefs,
    }
    return [words for words, values in said.items() if not values]


def steps_of(action: Action) -> list[Step]:
    """Give the updates, the earliest first; those without a date stay where they are printed."""
    steps = []
    for update in action.updates:
        note = "The year is not printed; it follows from the entry before." if update.year_inferred else ""
        day = month_words(update.date) if update.date else "no date printed"
        steps.append(Step(day, update.date or "", update.text, note, places_of(action, "update", update.text)))
    if all(update.date for update in action.updates):
        steps.sort(key=lambda step: bounds(step.edtf)[0] or dt.date.min)
    return steps


def _doubts(known: Seen, action: Action) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for doubt in known.record.doubts:
        if doubt.action == action.id:
            sure = f"{doubt.confidence * 100:.0f}\N{NO-BREAK SPACE}% sure"
            found.setdefault(doubt.field, []).append(f"{sure}: {doubt.why}")
    return found


def _fact(action: Action, field: str, values: list[Value], doubts: dict[str, list[str]], name: str) -> Fact:
    if field in action.blank:
        words, meaning = BLANK_WORDS[action.blank[field]]
        return Fact(name, values, words, meaning, doubts.get(field, []))
    return Fact(name, values, "" if values else "not said", "", doubts.get(field, []))


def _due(action: Action, day: dt.date) -> list[Value]:
    due = action.due
    if due.kind == "none" and not due.text.strip():
        return []
    places = places_of(action, "due", due.text) or places_of(action, "due", "")
    if due.edtf is None:
        return [Value(due_kind(due.kind), printed=due.text, places=places)]
    latest = bounds(due.edtf)[1]
    late = due.kind == "date" and latest is not None and latest < day and action.status not in OVER
    note = f"{due_kind(due.kind)}; as a machine reads it: {due.edtf}"
    if late and action.status == "unknown":
        note += ". The day has passed, and the plan does not say how far the action is: it may be done."
    tag = f"past due on {day_words(day)}" if late else ""
    return [Value(span_words(due.edtf), printed=due.text, note=note, places=places, tag=tag)]


def _status(action: Action) -> list[Value]:
    if action.status == "unknown":
        return []
    return [Value(status(action.status), places=places_of(action, "status", ""))]


def _parties(known: Seen, action: Action, field: str, names: Iterable[str]) -> list[Value]:
    values = []
    for name in names:
        party = known.party(name)
        printed = name if name != party.label else ""
        places = places_of(action, field, name)
        values.append(Value(party.label, known.party_link(name), printed, kind_words(party.kind), places))
    return values


def _texts(action: Action, field: str, texts: Iterable[str]) -> list[Value]:
    return [Value(text, places=places_of(action, field, text)) for text in texts]


def _targets(action: Action) -> Iterable[Value]:
    for target in action.targets:
        unit = f" {target.unit}" if target.unit else ""
        per = f" per {target.per}" if target.per else ""
        places = places_of(action, "outcome", target.text)
        yield Value(f"{target.number:,}{unit}{per}", printed=target.text, places=places)


def flags_of(action: Action) -> list[tuple[str, str]]:
    """Give what is wrong with the rows of an action as printed: words and meaning."""
    return [FLAG_WORDS[flag] for flag in action.flags]


def corrections_of(action: Action) -> list[tuple[str, str, str, str, str]]:
    """Give where the reading departs from print: what, printed, read, left out, why."""
    return [
        (field_words(one.field), one.printed, "; ".join(one.read), "; ".join(one.dropped), one.reason)
        for one in action.corrections
    ]
