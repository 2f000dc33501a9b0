"""The part of the index that one plan gives: columns of numbers, the keys to sort by, the words to show."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec
import numpy as np

from planweave.dates import bounds
from planweave.facets.choices import BLANKS, CODES, NONES, escaped
from planweave.facets.natural import LENGTH, natural
from planweave.facets.rows import OPEN, Printed
from planweave.records import Action, Due, Party, Plan, Status
from planweave.terms import AGENCY, local, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planweave.records import PlanRecord

__all__ = ["COLUMNS", "SEVERAL", "Lean", "Part", "Piece", "Slice", "piece_of"]

COLUMNS: Final = {
    "status": "u1",
    "due": "u1",
    "exact": "u1",
    "earliest": "i4",
    "latest": "i4",
    "vague": "?",
    "updates": "i4",
    "crossrefs": "i4",
    "length": "i4",
    "ref": f"S{LENGTH}",
    "text": f"S{LENGTH}",
}
"""The columns with one value an action: their names and types."""

SEVERAL: Final = ("lead", "partner", "pillar")
"""Those with several."""

VAGUE: Final = re.compile(r"[~?%]|\d{4}-2[1-4]")
"""In EDTF: about right, uncertain, a season."""

SPANS: Final = ((1, "day"), (31, "month"), (92, "quarter"), (366, "year"))


class Slice(msgspec.Struct, frozen=True):
    """Of an action only what the index takes: the rest of a record is not even read."""

    id: str
    ref: str | None
    text: str
    group: str | None
    pillars: tuple[str, ...]
    leads: tuple[str, ...]
    partners: tuple[str, ...]
    due: Due
    status: Status
    updates: tuple[msgspec.Raw, ...]
    crossrefs: tuple[str, ...]
    blank: dict[str, str]


class Lean(msgspec.Struct, frozen=True):
    """Of a record only what the index takes."""

    plan: Plan
    parties: tuple[Party, ...]
    actions: tuple[Slice, ...]


class Piece(msgspec.Struct, frozen=True, array_like=True):
    """What one plan gives.

    Parameters
    ----------
    title, publisher
        The plan's own.
    parties
        The key and label of each party.
    pillars
        The names of pillars.
    columns
        The bytes of the columns; of one with several values how many each action has, and the numbers of the values:
        those of ``NONES`` first, then those of the plan's own list.
    """

    title: str
    publisher: str | None
    parties: tuple[tuple[str, str], ...]
    pillars: tuple[str, ...]
    columns: dict[str, bytes]


class Part(msgspec.Struct, frozen=True, array_like=True):
    """Of one plan: its id and state, its name, how many actions it has, and how long its piece and its words are."""

    plan: str
    state: str
    name: str
    actions: int
    piece: int
    words: int


class _Times(NamedTuple):
    earliest: int
    latest: int
    exact: str
    vague: bool


def piece_of(record: Lean | PlanRecord) -> tuple[Piece, bytes]:
    """Give the piece of a plan, and its actions as they are printed, one after the other."""
    actions = record.actions
    keys, labels = _parties(record)
    pillars = {name: number for number, name in enumerate(dict.fromkeys(p for one in actions for p in one.pillars))}
    printed = [msgspec.msgpack.encode(_printed(action)) for action in actions]
    times = [_times(action.due) for action in actions]
    kinds = {name: {code: at for at, code in enumerate(codes)} for name, codes in CODES.items()}
    single: dict[str, Sequence[object]] = {
        "status": [kinds["status"][_code(action.status, "unknown", action.blank.get("status"))] for action in actions],
        "due": [kinds["due"][_code(action.due.kind, "none", action.blank.get("due"))] for action in actions],
        "exact": [kinds["exact"][time.exact] for time in times],
        "earliest": [time.earliest for time in times],
        "latest": [time.latest for time in times],
        "vague": [time.vague for time in times],
        "updates": [len(action.updates) for action in actions],
        "crossrefs": [len(action.crossrefs) for action in actions],
        "length": [len(one) for one in printed],
        "ref": [natural(action.ref) if action.ref else b"" for action in actions],
        "text": [natural(action.text) for action in actions],
    }
    columns = {name: np.array(single[name], dtype=kind).tobytes() for name, kind in COLUMNS.items()}
    several = {
        "lead": [_numbers((keys[name] for name in action.leads), action, "lead") for action in actions],
        "partner": [_numbers((keys[name] for name in action.partners), action, "partner") for action in actions],
        "pillar": [_numbers((pillars[name] for name in action.pillars), action, "pillar") for action in actions],
    }
    for name, values in several.items():
        columns[f"{name}.number"] = np.array([len(one) for one in values], dtype="i4").tobytes()
        columns[name] = np.array([number for one in values for number in one], dtype="i4").tobytes()
    plan = record.plan
    piece = Piece(plan.title.strip() or plan.id, plan.publisher, tuple(labels), tuple(pillars), columns)
    return piece, b"".join(printed)


def _parties(record: Lean | PlanRecord) -> tuple[dict[str, int], list[tuple[str, str]]]:
    """Give the printed name → number of each party, and the key and label of each number."""
    numbers: dict[str, int] = {}
    known: dict[str, int] = {}
    labels: list[tuple[str, str]] = []
    parties = {party.name: (_key(record.plan.id, party.id), party.label) for party in record.parties}
    for action in record.actions:
        for name in (*action.leads, *action.partners):
            if name in numbers:
                continue
            key, label = parties.get(name) or (_key(record.plan.id, slug(name)), name)
            if key not in known:
                known[key] = len(labels)
                labels.append((key, label))
            numbers[name] = known[key]
    return numbers, labels


def _key(plan: str, party: str) -> str:
    """Name a party in an address: an agency as its page does, a party of one plan after the plan."""
    return escaped(local(party) if party.startswith(AGENCY) else f"{plan}/{party}")


def _numbers(found: Iterable[int], action: Slice | Action, field: str) -> list[int]:
    """Number the values of an action; where there is none, why."""
    numbers = [len(NONES) + number for number in dict.fromkeys(found)]
    blank = action.blank.get(field)
    return numbers or [1 + BLANKS.index(blank) if blank in BLANKS else 0]


def _code(code: str, nothing: str, blank: str | None) -> str:
    """Give a code; of one that says nothing, why."""
    return f"{code}.{blank}" if code == nothing and blank in BLANKS else code


def _printed(action: Slice | Action) -> Printed:
    own = action.id.partition("/")[2]
    return Printed(own, action.ref, action.text, action.group, action.due.text, action.due.edtf)


def _times(due: Due) -> _Times:
    if not due.edtf:
        return _Times(0, 0, "none", vague=False)
    first, last = bounds(due.edtf)
    vague = VAGUE.search(due.edtf) is not None
    earliest, latest = first.toordinal() if first else 0, last.toordinal() if last else OPEN
    if not (first and last):
        return _Times(earliest, latest, "longer" if last else "open", vague)
    span = latest - earliest + 1
    return _Times(earliest, latest, next((name for most, name in SPANS if span <= most), "longer"), vague)
