"""How well a reading agrees with the known truth: rows found and invented, and each field's right and wrong values.

A value is compared as printed, runs of white space folded. List fields are compared as sets of items. Rows are
matched one to one by the likeness of their texts, the nearer place in the document deciding between equals. A value
that the truth calls doubtful is neither right nor wrong: it is counted apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz

HIGH = 0.9
"""From here on a reader is sure of a value; without a confidence it is taken to be."""

LIKE = 50.0
"""Texts less alike than this (of 100) are not the same action."""

SAME_REFERENCE = 15.0
"""What an equal reference adds to the likeness of two texts."""

Values = frozenset[str]
Action = Mapping[str, Any]


def folded(value: object) -> str:
    """Fold runs of white space; nothing becomes the empty string."""
    return " ".join(str(value).split()) if value is not None else ""


def one(value: object) -> Values:
    words = folded(value)
    return frozenset({words}) if words else frozenset()


def many(values: object) -> Values:
    return frozenset(filter(None, map(folded, values))) if isinstance(values, Sequence) else frozenset()


def due(action: Action, part: str) -> Values:
    return one((action.get("due") or {}).get(part))


def known_status(action: Action) -> Values:
    return one(action.get("status")) - {"unknown"}


def kind_of_due(action: Action) -> Values:
    return due(action, "kind") - {"none"}


FIELDS = {
    "text": lambda a: one(a.get("text")),
    "reference": lambda a: one(a.get("ref")),
    "group": lambda a: one(a.get("group")),
    "parent": lambda a: one(a.get("parent")),
    "pillars": lambda a: many(a.get("pillars")),
    "lead": lambda a: many(a.get("leads")),
    "partner": lambda a: many(a.get("partners")),
    "due": lambda a: due(a, "edtf"),
    "due_text": lambda a: due(a, "text"),
    "due_kind": kind_of_due,
    "outcome": lambda a: many(a.get("outcomes")),
    "status": known_status,
}
"""Field → the values that an action has for it; "unknown" and the kind "none" say that there is nothing."""

KEYS = {"reference": "ref", "lead": "leads", "partner": "partners", "outcome": "outcomes"}
"""Field → the record's key, where that is another word: a confidence or a doubt may stand under either."""

PARTS = {"due_text": "due", "due_kind": "due"}
"""Field → the field whose confidence is also its own."""

DOUBTED = {**{key: (name,) for name, key in KEYS.items()}, "due": ("due", "due_kind")}
"""What a doubt is about: with a date it is the reading, not the printed words."""


@dataclass
class Tally:
    """Right, wrong and missed values of one field; of the wrong, those that the reader was sure of."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    confident_wrong: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.right + other.right,
            self.wrong + other.wrong,
            self.missed + other.missed,
            self.confident_wrong + other.confident_wrong,
        )

    @property
    def precision(self) -> float:
        """Of the values read, the share that is right; 1 if none was read."""
        return share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Of the values that are there, the share that was read; 1 if there is none."""
        return share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of both; 1 if there was nothing to read and nothing was read."""
        return share(2 * self.right, 2 * self.right + self.wrong + self.missed)


def share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


@dataclass
class Score:
    """How a reading of one document, or of several added up, agrees with the truth."""

    rows: int = 0
    found: int = 0
    invented: int = 0
    doubtful: int = 0
    doubtful_confident: int = 0
    fields: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in FIELDS})

    def __add__(self, other: Score) -> Score:
        return Score(
            self.rows + other.rows,
            self.found + other.found,
            self.invented + other.invented,
            self.doubtful + other.doubtful,
            self.doubtful_confident + other.doubtful_confident,
            {name: self.fields[name] + other.fields[name] for name in FIELDS},
        )

    @property
    def rows_found(self) -> float:
        """Of the actions that are there, the share that was found."""
        return share(self.found, self.rows)

    @property
    def values(self) -> int:
        """How many values were read, the doubtful left out."""
        return sum(tally.right + tally.wrong for tally in self.fields.values())

    @property
    def wrong_with_high_confidence(self) -> float:
        """Of the values read, the share that is wrong although the reader was sure."""
        return sum(tally.confident_wrong for tally in self.fields.values()) / self.values if self.values else 0.0


def score(record_json: Mapping[str, Any], truth: Mapping[str, Any]) -> Score:
    """Compare a reading with the truth.

    Parameters
    ----------
    record_json : mapping
        What `planweave read FILE --json` gives; "confidence" may hold, by the id of an action, a number from 0 to 1
        for each field.
    truth : mapping
        The truth of the document.

    Returns
    -------
    Score
        Rows and fields, counted.
    """
    read: Sequence[Action] = record_json.get("actions", ())
    true: Sequence[Action] = truth["actions"]
    pairs = aligned(read, true)
    doubts = doubted(truth)
    confidence = record_json.get("confidence") or {}
    result = Score(rows=len(true), found=len(pairs), invented=len(read) - len(pairs))
    for at, action in enumerate(read):
        place = pairs.get(at)
        expected = true[place] if place is not None else {}
        sure = confidence.get(action.get("id"), {})
        count(result, action, expected, sure, doubts.get(place, frozenset()))
    for place in set(range(len(true))) - set(pairs.values()):
        count(result, {}, true[place], {}, doubts.get(place, frozenset()))
    return result


def count(result: Score, action: Action, expected: Action, sure: Mapping[str | None, float], doubts: Values) -> None:
    """Count the values of one pair, or of an action that stands on one side alone."""
    for name, values_of in FIELDS.items():
        got, want = values_of(action), values_of(expected)
        certain = confidence_in(name, sure) >= HIGH
        if name in doubts:
            result.doubtful += 1
            result.doubtful_confident += bool(certain and got - want)
            continue
        wrong = len(got - want)
        result.fields[name] += Tally(len(got & want), wrong, len(want - got), wrong if certain else 0)


def confidence_in(name: str, sure: Mapping[str | None, float]) -> float:
    given = (sure[key] for key in (name, KEYS.get(name), PARTS.get(name)) if key in sure)
    return next(given, 1.0)


def doubted(truth: Mapping[str, Any]) -> dict[int | None, Values]:
    """Give, by the place of the action, the fields that the truth calls doubtful.

    An action is named by its reference or, without one, by its number in the document.
    """
    actions = truth["actions"]
    found: dict[int | None, set[str]] = {}
    for which, key in truth.get("doubtful", ()):
        places = [at for at, action in enumerate(actions) if action.get("ref") == which]
        if not places and isinstance(which, int):
            places = [which - 1]
        if not places:
            raise ValueError(f"{truth.get('document')}: there is no action {which!r} to doubt")
        for at in places:
            found.setdefault(at, set()).update(DOUBTED.get(key, (key,)))
    return {at: frozenset(doubts) for at, doubts in found.items()}


# Alignment


def aligned(read: Sequence[Action], true: Sequence[Action]) -> dict[int, int]:
    """Pair the actions read with those that are there: the most alike first, each once.

    Between pairs that are equally alike the one whose places in the two documents lie nearer comes first.
    """
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, at, place in sorted(candidates(read, true)):
        if at not in pairs and place not in taken:
            pairs[at] = place
            taken.add(place)
    return pairs


def candidates(read: Sequence[Action], true: Sequence[Action]) -> Iterator[tuple[float, float, int, int]]:
    for at, action in enumerate(read):
        for place, expected in enumerate(true):
            likeness = fuzz.ratio(folded(action.get("text")).casefold(), folded(expected.get("text")).casefold())
            if action.get("ref") is not None and folded(action["ref"]) == folded(expected.get("ref")):
                likeness += SAME_REFERENCE
            if likeness >= LIKE:
                yield -likeness, abs((at + 0.5) / len(read) - (place + 0.5) / len(true)), at, place


# Reports


def total(scores: Iterable[Score]) -> Score:
    """Add up the scores of several documents."""
    return sum(scores, Score())


def table(scores: Mapping[str, Score]) -> str:
    """Give a table of rows for each document, then one of fields over all of them."""
    lines = [f"{'document':32} {'rows':>5} {'found':>6} {'invented':>9} {'sure but wrong':>15}"]
    overall = total(scores.values())
    for name, part in [*scores.items(), ("all", overall)]:
        wrong = f"{part.wrong_with_high_confidence:.2%}"
        lines.append(f"{name:32} {part.rows:5} {part.rows_found:6.3f} {part.invented:9} {wrong:>15}")
    lines += ["", f"{'field':12} {'precision':>10} {'recall':>8} {'F1':>6} {'sure but wrong':>15}"]
    for name, tally in overall.fields.items():
        figures = f"{tally.precision:10.3f} {tally.recall:8.3f} {tally.f1:6.3f} {tally.confident_wrong:15}"
        lines.append(f"{name:12} {figures}")
    return "\n".join(lines)
