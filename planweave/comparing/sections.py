"""A comparison as tables: each with what it shows, in words, and its rows as people read and programs take them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planweave.asking.answers import About
from planweave.asking.made import answer_of
from planweave.comparing.editions import CHANGES, difference
from planweave.reporting.words import counted, day_words
from planweave.store import Node
from planweave.terms import action_iri, plan_iri

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planweave.asking.answers import Answer
    from planweave.comparing.comparison import Comparison
    from planweave.comparing.counts import Line
    from planweave.comparing.editions import Editions, Step

__all__ = ["SECTIONS", "Section", "sections_of", "wording"]

SECTIONS: Final = {
    "scorecards": "What the actions have",
    "statuses": "Statuses",
    "dates": "Kinds of date",
    "pillars": "Pillars",
    "shared-agencies": "Agencies in more than one plan",
    "agencies-in-one": "Agencies in one plan only",
    "alike": "Actions that say something alike",
    "not-found-elsewhere": "Actions with no like in the others",
    "subjects": "Words of one plan only",
    "editions": "From one edition to the next",
}
"""The tables, by name, in order."""

NOT_FOUND: Final = (
    "Actions for which no action of another plan was found that says nearly the same. That compares words: the others"
    " may say it in other words, in another document, or not in an action."
)
MOST_ACTIONS: Final = 12


@dataclass(frozen=True)
class Section:
    """One table of a comparison.

    Parameters
    ----------
    name, title, text
        What it is called by programs and by people, and what it shows.
    columns, rows
        The table; values of Python's, or terms.
    notices
        What has to be said with it.
    """

    name: str
    title: str
    text: str
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    notices: tuple[str, ...] = ()

    def answer(self) -> Answer:
        """Give it as an answer, which is shown and written like any other."""
        return answer_of(self.columns, self.rows, About(self.title, self.text, notices=self.notices))

    def _repr_html_(self) -> str:
        return self.answer()._repr_html_()


def sections_of(comparison: Comparison) -> dict[str, Section]:
    """Give the tables of a comparison, by name; the last one only where plans are editions of one."""
    made = [
        _counts(comparison, "scorecards", comparison.scorecards, _scorecards_text(comparison), _lacking(comparison)),
        _counts(comparison, "statuses", comparison.statuses, "How many actions have which status."),
        _counts(comparison, "dates", comparison.dates, "How many actions have which kind of date."),
        _counts(
            comparison,
            "pillars",
            comparison.pillars,
            "How many actions stand under which pillar or priority. Pillars are one line where they are printed in the"
            " same words, or where the register takes them for the same; an action under two counts under both.",
        ),
        _shared(comparison),
        _in_one(comparison),
        _alike(comparison),
        _alone(comparison),
        _subjects(comparison),
        *(_editions(comparison, editions) for editions in comparison.editions[:1]),
    ]
    more = comparison.editions[1:]
    made += [_editions(comparison, editions, f"-{number}") for number, editions in enumerate(more, start=2)]
    return {section.name: section for section in made}


def _section(
    name: str, text: str, columns: Sequence[str], rows: Iterable[tuple[object, ...]], notices: Sequence[str] = ()
) -> Section:
    return Section(name, SECTIONS[name], text, tuple(columns), tuple(rows), tuple(notices))


def _action(identifier: str) -> Node:
    return Node(action_iri(identifier))


def _plan(identifier: str) -> Node:
    return Node(plan_iri(identifier))


# Numbers


def _counts(
    comparison: Comparison, name: str, lines: Sequence[Line], text: str, notices: Sequence[str] = ()
) -> Section:
    return _section(name, text, ("what", *comparison.plans), ((line.words, *line.values) for line in lines), notices)


def _scorecards_text(comparison: Comparison) -> str:
    return (
        "How many actions each plan has, how many of them say what, and how many findings are open as of"
        f" {day_words(comparison.as_of)}. Plans of different kinds leave out different things."
    )


def _lacking(comparison: Comparison) -> list[str]:
    words = {"lead": "leads", "partner": "partners", "due": "dates", "outcome": "outcomes", "status": "progress"}
    return [
        f"{side.id} has no column for {' and none for '.join(lacking)}; what it does not ask for is not counted"
        for side in comparison.sides
        if (lacking := [said for field, said in words.items() if side.lacks_column(field)])
    ]


# Bodies


def _shared(comparison: Comparison) -> Section:
    rows = (
        (Node(body.iri), body.name, *(roles.words for roles in body.roles))
        for body in comparison.bodies
        if body.plans > 1
    )
    text = (
        "Bodies of the register that stand in more than one of the plans, and in how many actions of each as what."
        " A body before and after it was renamed counts as two."
    )
    return _section("shared-agencies", text, ("agency", "name", *comparison.plans), rows)


def _in_one(comparison: Comparison) -> Section:
    rows = [
        (_plan(side.id), Node(body.iri), body.name, *body.roles[place])
        for place, side in enumerate(comparison.sides)
        for body in comparison.bodies
        if body.plans == 1 and any(body.roles[place])
    ]
    text = (
        "Bodies of the register that stand in one of the plans and were found in no other, and in how many actions they"
        " lead, are partner or are only named."
    )
    columns = ("plan", "agency", "name", "leads", "partnerIn", "namedIn")
    return _section("agencies-in-one", text, columns, rows)


# What is said


def _alike(comparison: Comparison) -> Section:
    rows = (
        (
            pair.how,
            pair.score,
            ", ".join(pair.words),
            _action(pair.action.id),
            pair.action.text,
            _action(pair.like.id),
            pair.like.text,
        )
        for pair in comparison.alike
    )
    text = (
        "Actions of different plans with meaningful words in common, endings and small words aside. Nearly the same are"
        " those with half or more of all their words in common, or three quarters where fewer than ten are; the others"
        " share four words or more and a fifth of all. That two actions mean the same, one has to read."
    )
    nearly = sum(pair.how == "nearly the same" for pair in comparison.alike)
    notices = [] if nearly else ["No two actions of different plans were found that say nearly the same."]
    columns = ("how", "likeness", "words", "action", "text", "other", "otherText")
    return _section("alike", text, columns, rows, notices)


def _alone(comparison: Comparison) -> Section:
    rows = [
        (_plan(side.id), _action(action.id), action.ref, action.text, "; ".join(action.pillars))
        for place, side in enumerate(comparison.sides)
        for action in comparison.alone(place)
    ]
    notices = [
        f"{side.id}: no action found that says nearly the same for {len(comparison.alone(place)):,} of"
        f" {counted(len(side.actions), 'action')}"
        for place, side in enumerate(comparison.sides)
    ]
    return _section("not-found-elsewhere", NOT_FOUND, ("plan", "action", "ref", "text", "pillars"), rows, notices)


def _subjects(comparison: Comparison) -> Section:
    rows = (
        (
            _plan(comparison.sides[subject.side].id),
            ", ".join(subject.words),
            len(subject.actions),
            ", ".join(action.id.partition("/")[2] for action in subject.actions[:MOST_ACTIONS])
            + (" …" if len(subject.actions) > MOST_ACTIONS else ""),
        )
        for subject in comparison.subjects
    )
    text = (
        "Words that three or more actions of one plan use, in any form, and no action of the others. It may be that the"
        " others say it in other words, or speak of it outside their actions."
    )
    return _section("subjects", text, ("plan", "words", "actions", "where"), rows)


# Editions


def _editions(comparison: Comparison, editions: Editions, more: str = "") -> Section:
    before, after = comparison.sides[editions.earlier], comparison.sides[editions.later]
    text = (
        f"What became of the actions of {before.id} in {after.id}. They are taken for editions of one plan: "
        f"{editions.why}. An action is taken for the same by its reference and its words, else by its words."
    )
    counts = {kind: editions.count(kind) for kind in CHANGES}
    notices = [f"{kind}: {count:,}, {CHANGES[kind]}" for kind, count in counts.items() if count]
    order = {kind: place for place, kind in enumerate(CHANGES)}
    steps = sorted(editions.steps, key=lambda step: min(order[kind] for kind in step.kinds))
    columns = ("what", "before", "after", "text", "words", "status", "due", "lead", "partners", "matched")
    section = _section("editions", text, columns, map(_step, steps), notices)
    return Section(f"editions{more}", section.title, text, section.columns, section.rows, section.notices)


def _step(step: Step) -> tuple[object, ...]:
    moved = {change.kind: f"{change.before or 'none'} → {change.after or 'none'}" for change in step.changes}
    reworded = next((change for change in step.changes if change.kind == "reworded"), None)
    shown = step.after or step.before
    assert shown is not None  # noqa: S101 - a step has one of the two
    return (
        ", ".join(step.kinds),
        _action(step.before.id) if step.before else None,
        _action(step.after.id) if step.after else None,
        shown.text,
        wording(reworded.before, reworded.after) if reworded else None,
        moved.get("completed") or moved.get("status moved") or _last_status(step),
        moved.get("re-dated"),
        moved.get("re-assigned"),
        moved.get("partners changed"),
        step.matched,
    )


def _last_status(step: Step) -> str | None:
    """Of what is no longer there, how far it was."""
    return step.changes[0].before if step.after is None else None


def wording(before: str, after: str) -> str:
    """Write the difference of two texts on one line: what went in brackets with −, what came with +.

    Examples
    --------
    >>> wording("Open a hub", "Open two hubs")
    'Open [−a hub−] [+two hubs+]'
    """
    signs = {"both": "{}", "earlier": "[−{}−]", "later": "[+{}+]"}
    return " ".join(signs[piece.kind].format(piece.text) for piece in difference(before, after))
