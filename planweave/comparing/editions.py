"""Two editions of one plan: which action became which, and what was changed about it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from planweave.comparing.likeness import likeness_of
from planweave.wording import STATUS_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planweave.comparing.sides import Side
    from planweave.records import Action, Plan

__all__ = ["CHANGES", "Change", "Editions", "Piece", "Step", "are_editions", "difference", "editions_of"]

Kind = Literal[
    "completed",
    "status moved",
    "re-dated",
    "re-assigned",
    "partners changed",
    "reworded",
    "renumbered",
    "unchanged",
    "added",
    "no longer listed",
    "completed and no longer listed",
]

CHANGES: Final[dict[Kind, str]] = {
    "no longer listed": "in the earlier edition, which does not report them as complete or stopped; no action of the"
    " later one was found that says nearly the same",
    "completed and no longer listed": "reported as complete or stopped in the earlier edition, and not found in the"
    " later one",
    "completed": "not reported as complete before, and now",
    "status moved": "another status is reported, but not “complete”",
    "re-dated": "another date is printed",
    "re-assigned": "other leads are named",
    "partners changed": "other partners are named",
    "reworded": "the text has other words",
    "renumbered": "another reference is printed",
    "added": "in the later edition; no action of the earlier one was found that says nearly the same",
    "unchanged": "nothing of this is different",
}
"""What can have become of an action, in words; the most serious first."""

SAME_REFERENCE: Final = 0.25
"""An action with the same reference is the same if so large a share of the words is; else the reference was reused."""

YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class Piece(NamedTuple):
    """A piece of a text and whether it is in both editions, in the earlier or in the later one."""

    kind: Literal["both", "earlier", "later"]
    text: str


@dataclass(frozen=True)
class Change:
    """What was changed about an action: what, and how it was and is."""

    kind: Kind
    before: str
    after: str


@dataclass(frozen=True)
class Step:
    """What became of an action from one edition to the next.

    Parameters
    ----------
    before, after
        The action in the earlier and in the later edition; None where none was found.
    matched
        By what the two were taken for one: ``"reference and text"``, ``"text"`` or ``"likeness"``.
    changes
        What is different; ``"unchanged"``, ``"added"`` and both kinds of ``"no longer listed"`` stand alone.
    """

    before: Action | None
    after: Action | None
    matched: str
    changes: tuple[Change, ...]

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """What became of it."""
        return tuple(change.kind for change in self.changes)


@dataclass(frozen=True)
class Editions:
    """Two plans that are editions of one: their places, the earlier first, why they are taken for that, the steps."""

    earlier: int
    later: int
    why: str
    steps: tuple[Step, ...]

    def count(self, kind: Kind) -> int:
        """Give of how many actions something is true."""
        return sum(kind in step.kinds for step in self.steps)


def are_editions(one: Side, other: Side) -> str:
    """Say why two plans are editions of one plan; empty where they are not."""
    mine, its = one.record.plan, other.record.plan
    publishers = {mine.publisher_id or _plain(mine.publisher), its.publisher_id or _plain(its.publisher)}
    if len(publishers) > 1 or not publishers.pop():
        return ""
    if mine.domain and its.domain and mine.domain != its.domain:
        return ""
    if _years(mine) != _years(its):
        return f"the same publisher, {_when(mine)} and {_when(its)}"
    texts = {_plain(action.text) for action in one.actions} & {_plain(action.text) for action in other.actions}
    least = min(len(one.actions), len(other.actions))
    if least and 2 * len(texts) >= least:
        return f"the same publisher, and {len(texts):,} actions in the same words"
    return ""


def editions_of(sides: Sequence[Side]) -> list[Editions]:
    """Find the plans that are editions of one, each with the next, and what became of their actions."""
    order = sorted(range(len(sides)), key=lambda place: (_years(sides[place].record.plan) or ("9999",), place))
    found: list[Editions] = []
    taken: set[int] = set()
    for at, one in enumerate(order):
        for other in order[at + 1 :]:
            why = are_editions(sides[one], sides[other])
            if why and other not in taken:
                taken.add(other)
                found.append(Editions(one, other, why, tuple(_steps(sides[one], sides[other]))))
                break
    return found


def _years(plan: Plan) -> tuple[str, ...]:
    return tuple(YEAR.findall(plan.period or "")) or tuple(YEAR.findall(plan.title)) or tuple(YEAR.findall(plan.id))


def _when(plan: Plan) -> str:
    years = _years(plan)
    return " to ".join(dict.fromkeys((years[0], years[-1]))) if years else "no year printed"


def _plain(text: str | None) -> str:
    return " ".join((text or "").casefold().split())


def _steps(earlier: Side, later: Side) -> Iterator[Step]:
    """In the order of the later edition, and then what is no longer there."""
    matches = _matches(earlier, later)
    of_later = {after: (before, how) for before, (after, how) in matches.items()}
    for place, action in enumerate(later.actions):
        if place not in of_later:
            yield Step(None, action, "", (Change("added", "", ""),))
            continue
        before, how = of_later[place]
        changes = tuple(_changes(earlier, earlier.actions[before], later, action))
        yield Step(earlier.actions[before], action, how, changes or (Change("unchanged", "", ""),))
    for place, action in enumerate(earlier.actions):
        if place not in matches:
            over = action.status in {"complete", "stopped"}
            kind: Kind = "completed and no longer listed" if over else "no longer listed"
            yield Step(action, None, "", (Change(kind, _status(action), ""),))


def _matches(earlier: Side, later: Side) -> dict[int, tuple[int, str]]:
    """Which earlier action is which later one, and by what: the surest first, each once."""
    found: dict[int, tuple[int, str]] = {}
    free = set(range(len(later.actions)))

    def take(before: int, after: int, how: str) -> None:
        found[before] = after, how
        free.discard(after)

    by_reference = defaultdict(list)
    by_text = defaultdict(list)
    for place, action in enumerate(later.actions):
        by_text[_plain(action.text)].append(place)
        if action.ref:
            by_reference[_plain(action.ref)].append(place)
    for place, action in enumerate(earlier.actions):
        alike = [
            (score, -at, at)
            for at in by_reference[_plain(action.ref)]
            if action.ref and at in free
            for score in [_alike(earlier, place, later, at)]
            if score >= SAME_REFERENCE
        ]
        if alike:
            take(place, max(alike)[2], "reference and text")
    for place, action in enumerate(earlier.actions):
        same = [at for at in by_text[_plain(action.text)] if at in free]
        if place not in found and same and action.text.strip():
            take(place, same[0], "text")
    rest = [
        (score, -before, -after)
        for before, stems in enumerate(earlier.said)
        if before not in found
        for after in sorted(free)
        for how, score in [likeness_of(stems, later.said[after])]
        if how == "nearly the same"
    ]
    for _, before, after in sorted(rest, reverse=True):
        if -before not in found and -after in free:
            take(-before, -after, "likeness")
    return found


def _alike(earlier: Side, before: int, later: Side, after: int) -> float:
    if _plain(earlier.actions[before].text) == _plain(later.actions[after].text):
        return 1.0
    return likeness_of(earlier.said[before], later.said[after])[1]


def _changes(earlier: Side, before: Action, later: Side, after: Action) -> Iterator[Change]:
    if before.status != after.status:
        kind: Kind = "completed" if after.status == "complete" else "status moved"
        yield Change(kind, _status(before), _status(after))
    if _date(before) != _date(after):
        yield Change("re-dated", before.due.text, after.due.text)
    for field, moved in (("leads", "re-assigned"), ("partners", "partners changed")):
        old, new = getattr(before, field), getattr(after, field)
        if earlier.ids(old) != later.ids(new):
            yield Change(moved, "; ".join(earlier.named(old)), "; ".join(later.named(new)))  # type: ignore[arg-type]
    if _plain(before.text) != _plain(after.text):
        yield Change("reworded", before.text, after.text)
    if _plain(before.ref) != _plain(after.ref):
        yield Change("renumbered", before.ref or "", after.ref or "")


def _status(action: Action) -> str:
    return STATUS_WORDS.get(action.status, action.status)


def _date(action: Action) -> str:
    """What is understood of the date, or its words: "Mar 2024" is "March 2024"."""
    return action.due.edtf or _plain(action.due.text) or action.due.kind


def difference(before: str, after: str) -> tuple[Piece, ...]:
    """Give the words of two texts as pieces that both have, or only the one or the other.

    Examples
    --------
    >>> [tuple(piece) for piece in difference("Open a hub", "Open two hubs")]
    [('both', 'Open'), ('earlier', 'a hub'), ('later', 'two hubs')]
    """
    old, new = before.split(), after.split()
    pieces = []
    for what, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            pieces.append(Piece("both", " ".join(old[start:end])))
            continue
        if end > start:
            pieces.append(Piece("earlier", " ".join(old[start:end])))
        if last > first:
            pieces.append(Piece("later", " ".join(new[first:last])))
    return tuple(pieces)
