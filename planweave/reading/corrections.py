"""Stated corrections: what a loader definition says of single rows, each with its reason."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from planweave.records import FLAGS, Action, Correction

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from planweave.reading.definition import CorrectionRule, Definition

__all__ = ["Corrector"]

PARTY_FIELDS = ("leads", "partners")


class Corrector:
    """Applies the corrections of a definition, and makes sure that each still finds the words it corrects."""

    def __init__(self, definition: Definition | None) -> None:
        self._definition = definition
        self._rules = definition.corrections if definition else ()
        self._used: set[int] = set()
        words = definition.noise.words if definition and definition.noise else ()
        self._noise = re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in words)) if words else None

    def readable(self, text: str) -> str:
        """Give a cell of updates with misprinted dates read as stated; the printed cell is kept elsewhere."""
        for rule in self._rules:
            if rule.field == "updates" and rule.read:
                text = text.replace(rule.printed, rule.read)
        return text

    def is_noisy(self, cells: Iterable[str]) -> bool:
        """Say whether a row prints a word that the definition lists as garbled."""
        noise = self._noise
        return noise is not None and any(noise.search(" ".join(cell.split())) for cell in cells)

    def corrected(self, action: Action) -> Action:
        """Give an action with the corrections that are for it applied and stated."""
        printed = [" ".join(cell.text.split()) for row in action.source for cell in row.cells]
        for index, rule in enumerate(self._rules):
            if rule.action not in (None, action.id.partition("/")[2]):
                continue
            if not any(rule.printed in text for text in printed):
                continue
            if rule.action is None and not _concerns(rule, action):
                continue
            self._used.add(index)
            action = _applied(rule, action)
        return action

    def check_all_used(self, path: Path) -> None:
        """Refuse a definition whose corrections do not all find the words they correct.

        Raises
        ------
        DefinitionError
            Naming the first correction that fits nothing.
        """
        for index, rule in enumerate(self._rules):
            if index not in self._used and self._definition:
                place = f" in action {rule.action}" if rule.action else ""
                what = f"the correction of {rule.printed!r}{place} finds nothing to correct in {path.name}"
                raise self._definition.wrong(what, rule.printed, "mend or remove it, or read with another loader")


def _concerns(rule: CorrectionRule, action: Action) -> bool:
    """Say whether a correction for any action has something to do in this one."""
    value = getattr(action, rule.field)
    if rule.drop:
        return all(name in value for name in rule.drop)
    return not rule.read or rule.field == "updates" or rule.printed in value


def _applied(rule: CorrectionRule, action: Action) -> Action:
    """The action with one rule applied, and the rule stated among its corrections."""
    changes: dict[str, Any] = {}
    if rule.field == "due":
        changes["due"] = msgspec.structs.replace(action.due, kind=rule.kind or "date", edtf=rule.value)
    elif rule.value is not None:
        changes[rule.field] = rule.value
    elif rule.add or rule.drop:
        kept = [item for item in getattr(action, rule.field) if item not in rule.drop]
        changed = [*kept, *(item for item in rule.add if item not in kept)]
        changes[rule.field] = tuple(_in_order(rule.field, changed, action))
    if rule.field in PARTY_FIELDS and rule.field in changes:
        # Who is lead or partner now is not mentioned besides.
        named = changes[rule.field]
        changes["mentions"] = tuple(name for name in action.mentions if name not in named)
    said = rule.value if rule.value is not None else rule.kind
    read = tuple([rule.read] if rule.read else [said] if isinstance(said, str) else said or rule.add)
    stated = Correction(rule.field, rule.printed, read, rule.drop, rule.reason)
    changes["corrections"] = (*action.corrections, stated)
    return msgspec.structs.replace(action, **changes)


def _in_order(field: str, items: list[str], action: Action) -> list[str]:
    """Flags in their fixed order, names in the order they are printed."""
    if field == "flags":
        return [flag for flag in FLAGS if flag in items]
    printed = "\n".join(" ".join(cell.text.split()) for row in action.source for cell in row.cells)
    return sorted(items, key=printed.find)
