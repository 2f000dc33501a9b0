"""Bodies named in the running text of an action."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from planweave.reading.definition import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["MentionFinder"]


@lru_cache(maxsize=64)
def _pattern(names: frozenset[str]) -> re.Pattern[str] | None:
    """One pattern for all names, the longest first; names of several words also match in other case."""
    if not names:
        return None
    forms = []
    for name in sorted(names, key=lambda text: (-len(text), text)):
        escaped = r"\s+".join(map(re.escape, name.split()))
        forms.append(f"(?i:{escaped})" if " " in name else escaped)
    return re.compile(rf"(?<![\w@])(?:{'|'.join(forms)})(?![\w])")


class MentionFinder:
    """Finds named bodies: those of the register, and those of the plan itself.

    Parameters
    ----------
    register_names
        Names of the register that hold in this plan.
    own
        Names of the plan's own bodies: its parties, and those its loader definition lists.
    not_bodies
        Longer names that contain a body's name and are none ("Sanctuary Scheme").
    legend
        Abbreviations the document spells out, with their long forms.
    """

    def __init__(
        self,
        register_names: frozenset[str],
        own: Iterable[str],
        not_bodies: Iterable[str],
        legend: dict[str, str],
    ) -> None:
        self._blocked = frozenset(map(fold, not_bodies))
        self._patterns = [
            pattern
            for pattern in (_pattern(register_names), _pattern(frozenset(own) | frozenset(not_bodies)))
            if pattern
        ]
        self._short_forms = [(f"{long} ({short})", short) for short, long in legend.items()]

    def find(self, texts: Iterable[str], parties: Iterable[str]) -> tuple[str, ...]:
        """Give the bodies that texts name, in printed order, each once, without the action's own parties.

        The first printed form stands, unless it is in small letters and a later one has its capitals.
        """
        taken = {fold(name) for name in parties}
        found: dict[str, str] = {}
        for text in texts:
            for name in self._names(text):
                key = fold(name)
                if key in taken:
                    continue
                known = found.get(key)
                if known is None or (known.islower() and not name.islower()):
                    found[key] = name
        return tuple(found.values())

    def _names(self, text: str) -> list[str]:
        """The names in one text, the longest where they overlap."""
        for spelled, short in self._short_forms:
            text = text.replace(spelled, short)
        spans = sorted(
            (match.start(), -match.end(), match[0]) for pattern in self._patterns for match in pattern.finditer(text)
        )
        names, reached = [], 0
        for start, negative_end, name in spans:
            if start < reached:
                continue
            reached = -negative_end
            if fold(name) not in self._blocked:
                names.append(" ".join(name.split()))
        return names
