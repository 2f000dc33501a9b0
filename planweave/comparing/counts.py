"""Plans side by side in numbers: what their actions have, their pillars, statuses and kinds of date."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, get_args

from planweave.records import DueKind, Status
from planweave.reporting.words import PARTS
from planweave.wording import BLANK_WORDS, DUE_WORDS, STATUS_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from planweave.comparing.sides import Side
    from planweave.records import Action

__all__ = ["Line", "dates", "pillars", "scorecards", "statuses"]

FINDINGS: Final = (("violation", "violations"), ("warning", "warnings"), ("info", "infos"))
ABOUT_FINDINGS: Final = {"violation": "violations found", "warning": "warnings found", "info": "notes found"}


@dataclass(frozen=True)
class Line:
    """One number of each plan.

    Parameters
    ----------
    key
        What is counted, for programs: ``"with:lead"``, ``"findings:warning"``, ``"status:unknown"`` …
    words
        The same for people.
    values
        One number a plan, in the order of the plans; None where the plan has nothing of the kind to count.
    wholes
        Out of how many, one a plan; None where the number is no part of anything.
    """

    key: str
    words: str
    values: tuple[int | None, ...]
    wholes: tuple[int, ...] | None = None


def scorecards(sides: Sequence[Side]) -> list[Line]:
    """Count the actions, what they have, and the open findings by severity."""
    wholes = tuple(side.card.actions for side in sides)
    lines = [Line("actions", "actions", wholes)]
    for part in PARTS:
        values = tuple(None if side.lacks_column(part.name) else part.count(side.card) for side in sides)
        lines.append(Line(f"with:{part.name}", part.about, values, wholes))
    for severity, field in FINDINGS:
        values = tuple(getattr(side.card, field) for side in sides)
        lines.append(Line(f"findings:{severity}", ABOUT_FINDINGS[severity], values))
    return lines


def statuses(sides: Sequence[Side]) -> list[Line]:
    """Count the actions by status; where it is unknown, why."""
    words = {code: STATUS_WORDS.get(code, code) for code in get_args(Status)}
    return list(_by_code(sides, "status", words, lambda action: action.status, "unknown"))


def dates(sides: Sequence[Side]) -> list[Line]:
    """Count the actions by the kind of their date; where there is none, why."""
    words = {code: DUE_WORDS.get(code, code) for code in get_args(DueKind)}
    return list(_by_code(sides, "due", words, lambda action: action.due.kind, "none"))


def _by_code(
    sides: Sequence[Side], field: str, words: dict[str, str], code: Callable[[Action], str], none: str
) -> Iterator[Line]:
    wholes = tuple(side.card.actions for side in sides)
    counts = [Counter(map(code, side.actions)) for side in sides]
    for one, said in words.items():
        if any(count[one] for count in counts):
            yield Line(f"{field}:{one}", said, tuple(count[one] for count in counts), wholes)
    blanks = [Counter(action.blank.get(field, "") for action in side.actions if code(action) == none) for side in sides]
    for blank, wording in BLANK_WORDS.items():
        if any(count[blank] for count in blanks):
            yield Line(
                f"{field}:{none}:{blank}",
                f"{words[none]}: {wording.words}",
                tuple(count[blank] for count in blanks),
                wholes,
            )


def pillars(sides: Sequence[Side]) -> list[Line]:
    """Count the actions under each pillar; those that the register takes for one pillar are one line.

    Where a plan has no such pillar there is no number.
    """
    found: dict[str, list[int]] = {}
    words: dict[str, dict[str, None]] = {}
    for place, side in enumerate(sides):
        for action in side.actions:
            keys: dict[str, str] = {}
            for pillar in action.pillars:
                keys.setdefault(side.shared.get(pillar) or " ".join(pillar.casefold().split()), pillar)
            for key, pillar in keys.items():
                found.setdefault(key, [0] * len(sides))[place] += 1
                words.setdefault(key, {}).setdefault(pillar)
    wholes = tuple(side.card.actions for side in sides)
    in_many = sorted(found, key=lambda key: (-sum(map(bool, found[key])), -sum(found[key]), key))
    return [
        Line(f"pillar:{key}", " / ".join(words[key]), tuple(count or None for count in found[key]), wholes)
        for key in in_many
    ]
