"""The result of a what-if as an answer: a row for each action that is affected, and the counts in sentences."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from planweave.asking.answers import About
from planweave.asking.made import answer_of
from planweave.reporting.words import counted, day_words
from planweave.store import Node
from planweave.terms import BASE, plan_iri
from planweave.wording import DUE_WORDS, PARTY_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planweave.asking.answers import Answer
    from planweave.networks.what_if.bodies import Body
    from planweave.networks.what_if.delay import Falls
    from planweave.networks.what_if.facts import Action, Party
    from planweave.networks.what_if.losses import Effect, Loss
    from planweave.networks.what_if.reach import Path, Step
    from planweave.networks.what_if.results import Affected, Slip, Without

__all__ = ["answer_slip", "answer_without", "path_words"]

NOT_A_NEED: Final = "related; the plan does not say that one needs the other"
MOST_NAMED: Final = 8

EFFECTS: Final[dict[Effect, tuple[str, str]]] = {
    "only lead": ("loses its only lead", "lose their only lead"),
    "only partner": ("loses its only partner", "lose their only partner"),
    "one of several leads": ("loses one of several leads", "lose one of several leads"),
    "one of several partners": ("loses one of several partners", "lose one of several partners"),
    "named": ("only names it in its text", "only name it in their texts"),
}
"""What an action loses, of one and of several; the most serious first."""

KINDS: Final = ("states that it needs it", "related", "related by way of others")
"""How an action is linked, by :func:`_kind`."""

FALLS: Final[tuple[Falls, ...]] = (
    "falls before",
    "may fall before",
    "cannot be told",
    "was before already",
    "does not fall before",
)


def answer_without(result: Without) -> Answer:
    """Give what would be lost as an answer."""
    columns = ("plan", "action", "effect", "why", "left", "text", "status", "place")
    text = (
        f"What would the plans lose without {result.asked}, and what else depends on actions that are left without a"
        " lead?"
    )
    about = About(f"Without {result.asked}", text, notices=tuple(_sentences_without(result)))
    return answer_of(columns, _rows_without(result), about)


def answer_slip(result: Slip) -> Answer:
    """Give what may be affected as an answer; the only new day in it is that of the action that slips."""
    columns = ("plan", "action", "how", "date", "due", "latest", "newLatest", "path", "text", "status", "place")
    slipping = result.action
    text = (
        f"Which actions may be affected if {slipping.id} slips by {result.delay}, and which of their dates fall before?"
    )
    about = About(f"If {slipping.id} slips by {result.delay}", text, notices=tuple(_sentences_slip(result)))
    return answer_of(columns, _rows_slip(result), about)


def path_words(path: Path, actions: Mapping[str, Action]) -> str:
    """Say by which path an action is affected: each step with what is printed that says so."""
    words = [actions[path.start].id]
    words += (f"→ {actions[step.end].id} ({_step_words(step, actions)})" for step in path.steps)
    return " ".join(words)


def _step_words(step: Step, actions: Mapping[str, Action]) -> str:
    link = step.links[0]
    open_ = f", a reference that {link.shared} actions have" if link.shared > 1 else ""
    if link.is_need:
        return f"states that it needs it: “{link.words}”{open_}"
    if len({one.source for one in step.links}) > 1:
        return f"each refers to the other{open_}"
    if link.source == step.end:
        return f"refers to it{open_}"
    return f"{actions[step.start].id} refers to it{open_}"


def _kind(path: Path) -> int:
    """0 where needs alone lead to it, 1 where it is cross-referenced with the first action, 2 where by others."""
    if path.references == 0:
        return 0
    return 1 if len(path.steps) == 1 else 2


# Without a party


def _rows_without(result: Without) -> Iterable[tuple[object, ...]]:
    actions = result.actions
    ranks = list(EFFECTS)
    hows = {body.iri: body for body in result.bodies}
    lost = sorted(result.losses, key=lambda loss: (ranks.index(loss.effect), *_in_order(actions[loss.action])))
    for loss in lost:
        action = actions[loss.action]
        effect = EFFECTS[loss.effect][0] if loss.effect != "named" else "is only named in its text"
        yield _row(action, (effect, _by(loss, hows), _left(loss, action)))
    for path in sorted(result.paths, key=lambda path: (_kind(path), len(path.steps), *_in_order(actions[path.end]))):
        effect = (
            "states that it needs an action left without a lead",
            "related to an action left without a lead",
            "related by way of others to an action left without a lead",
        )[_kind(path)]
        if path.references == 0 and len(path.steps) > 1:
            effect = "states that it needs an action that needs one left without a lead"
        yield _row(actions[path.end], (effect, path_words(path, actions), None))


def _row(action: Action, said: tuple[object, ...]) -> tuple[object, ...]:
    return (Node(plan_iri(action.plan)), Node(action.iri), *said, action.text, _status(action), action.place)


def _in_order(action: Action) -> tuple[bool, str, int]:
    """What is still to be done first, then by plan and place."""
    return action.is_over, action.plan, action.order


def _status(action: Action) -> Node:
    return Node(f"{BASE}status/{action.status}")


def _by(loss: Loss, bodies: Mapping[str, Body]) -> str:
    """The printed names, each with the body that it stands for."""
    said: dict[str, None] = {}
    for part in loss.by:
        body = bodies[part.party.iri]
        how = f", which {body.how}" if body.how else ""
        full = f"{body.name}{how}" if body.name != part.printed else how.removeprefix(", ")
        said[f"{part.printed} ({full})" if full else part.printed] = None
    return "; ".join(said)


def _left(loss: Loss, action: Action) -> str:
    if not action.has_lead_column and loss.effect == "named":
        return "the table has no column for leads"
    return "; ".join(map(_party_words, loss.left))


def _party_words(party: Party) -> str:
    return f"{party.name} ({PARTY_WORDS['group']})" if party.kind == "group" else party.name


def _sentences_without(result: Without) -> Iterable[str]:
    actions = result.actions
    asked = _asked(result)
    involved = {loss.action for loss in result.losses}
    if not involved:
        yield f"{asked} is involved in no action."
    else:
        plans = counted(len({actions[action].plan for action in involved}), "plan")
        counts = Counter(loss.effect for loss in result.losses)
        over = sum(actions[loss.action].is_over for loss in result.losses if loss.effect == "only lead")
        parts = [
            _number(counts[effect], one, several) + (_over_words(over) if effect == "only lead" and over else "")
            for effect, (one, several) in EFFECTS.items()
            if counts[effect] or effect == "only lead"
        ]
        yield f"{asked} is involved in {counted(len(involved), 'action')} of {plans}: {', '.join(parts)}."
    if "only lead" in {loss.effect for loss in result.losses}:
        yield _linked_words(result.paths, "one left without a lead", "one")
    blind = sum(not actions[loss.action].has_lead_column for loss in result.losses if loss.effect == "named")
    if blind:
        tables = (
            f"For {counted(blind, 'action')} that only {'names' if blind == 1 else 'name'} it, the table has no column"
        )
        yield f"{tables} for leads: whether a lead would be lost there cannot be told."
    parts_of = [f"{body.name} ({body.how})" for body in result.bodies if body.how]
    if parts_of:
        yield f"Taken together with it: {_listed(parts_of)}."
    if result.not_counted is None:
        yield "In so many plans, parties with a name of the body in theirs were not looked for; ask for one plan."
    elif result.not_counted:
        yield (
            f"Not counted: {_listed(result.not_counted)}. Their names have a name of the body in them, but the register"
            " does not say that they are part of it; ask for each by its name."
        )


def _asked(result: Without) -> str:
    name = result.bodies[0].name
    return result.asked if result.asked.casefold() == name.casefold() else f"{result.asked} ({name})"


def _number(number: int, one: str, several: str) -> str:
    if number == 0:
        return f"none {one}"
    return f"{number:,} {one if number == 1 else several}"


def _over_words(over: int) -> str:
    return f" ({over:,} of them reported complete or stopped)"


def _listed(names: Iterable[str]) -> str:
    names = list(names)
    more = f" and {len(names) - MOST_NAMED:,} more" if len(names) > MOST_NAMED else ""
    return "; ".join(names[:MOST_NAMED]) + more


def _linked_words(paths: Iterable[Path], what: str, which: str) -> str:
    """How many other actions are linked, needs and cross-references told apart."""
    counts = Counter(map(_kind, paths))
    if not counts:
        return f"No other action states that it needs {what}, and none is cross-referenced with {which}."
    need = f"{counts[0]:,} other {'action states' if counts[0] == 1 else 'actions state'}" if counts[0] else ""
    need = f"{need or 'No other action states'} that {'they need' if counts[0] > 1 else 'it needs'} {what}"
    direct = _number(counts[1], "is", "are")
    further = f"; {counts[2]:,} more only by way of others" if counts[2] else ""
    return f"{need}; {direct} cross-referenced with {which} ({NOT_A_NEED}){further}."


# A slip


def _rows_slip(result: Slip) -> Iterable[tuple[object, ...]]:
    actions = result.actions

    def row(action: Action, how: str, falls: str, new: object, path: str) -> tuple[object, ...]:
        said = (how, falls, action.due, action.deadline, new, path)
        return (Node(plan_iri(action.plan)), Node(action.iri), *said, action.text, _status(action), action.place)

    yield row(result.action, f"slips by {result.delay}", "", result.new, "")

    def order(one: Affected) -> tuple[object, ...]:
        place = _in_order(actions[one.path.end])
        return (_kind(one.path), FALLS.index(one.falls), len(one.path.steps), *place)

    for one in sorted(result.affected, key=order):
        action = actions[one.path.end]
        yield row(action, _how(one.path), _falls_words(one, action, result), None, path_words(one.path, actions))


def _how(path: Path) -> str:
    if path.references == 0 and len(path.steps) > 1:
        return "states that it needs one that needs it"
    return KINDS[_kind(path)]


def _falls_words(one: Affected, action: Action, result: Slip) -> str:
    if one.falls == "cannot be told" and result.old is not None:
        return f"cannot be told: {DUE_WORDS.get(action.kind, action.kind)}"
    return one.falls


def _sentences_slip(result: Slip) -> Iterable[str]:
    slipping, old, new = result.action, result.old, result.new
    printed = f"printed “{slipping.due}”" if slipping.due else "nothing is printed"
    if old is None or new is None:
        yield (
            f"{slipping.id} has no date by which it is to be done ({printed}), so which dates fall before its new one"
            " cannot be told."
        )
    else:
        yield (
            f"{slipping.id} is due by {day_words(old)} at the latest ({printed}); {result.delay} later would be"
            f" {day_words(new)}."
        )
    if slipping.is_over:
        yield f"It is reported as {'complete' if slipping.status == 'complete' else 'stopped'}."
    if not result.affected:
        yield f"No action states that it needs {slipping.id}, and none is cross-referenced with it."
        return
    said = _linked_words([one.path for one in result.affected], slipping.id, "it")
    yield f"{counted(len(result.affected), 'action')} may be affected. {said}"
    if old is not None and new is not None:
        counts = Counter(one.falls for one in result.affected)
        dates = [_number(counts[falls], f"{falls} it", _several(falls)) for falls in FALLS if counts[falls]]
        yield f"Of their dates, as far as they are printed, held against {day_words(new)}: {', '.join(dates)}."


def _several(falls: Falls) -> str:
    return {
        "falls before": "fall before it",
        "may fall before": "may fall before it",
        "cannot be told": "are not there to compare",
        "was before already": "were before the old day already",
        "does not fall before": "do not fall before it",
    }[falls]
