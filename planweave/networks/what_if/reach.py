"""How far what happens to some actions reaches: the actions that need them or are related to them, each with a path."""

from __future__ import annotations

import heapq
from collections import defaultdict
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planweave.networks.what_if.facts import Link

__all__ = ["Path", "Step", "paths_from"]


@dataclass(frozen=True)
class Step:
    """From an action to one that it may affect, and what is printed that says so."""

    start: str
    end: str
    links: tuple[Link, ...]

    @property
    def is_need(self) -> bool:
        """Whether the action at its end states that it needs the one at its start."""
        return self.links[0].is_need


@dataclass(frozen=True)
class Path:
    """How an action is affected: one step after another."""

    steps: tuple[Step, ...]

    @property
    def start(self) -> str:
        """The action that everything begins with."""
        return self.steps[0].start

    @property
    def end(self) -> str:
        """The action that is affected."""
        return self.steps[-1].end

    @property
    def references(self) -> int:
        """How many of its steps are cross-references, which state no need."""
        return sum(not step.is_need for step in self.steps)


def paths_from(starts: Iterable[str], links: Iterable[Link]) -> tuple[Path, ...]:
    """Find what some actions may affect.

    A need reaches from the action that is needed to the one that needs it, and not back. A cross-reference reaches
    both ways, whoever printed it. Of several ways to an action, the one with the fewest cross-references is given,
    and of those the shortest.

    Parameters
    ----------
    starts
        The actions; they are not among those that are found.
    links
        What actions say of each other. An action that refers to itself says nothing.

    Returns
    -------
    One path for each action: those that rest on needs alone first, then by the number of cross-references, then by
    that of steps.
    """
    steps = _steps(links)
    found: dict[str, Path | None] = {}
    order = count()
    heap: list[tuple[int, int, int, str, tuple[Step, ...]]] = [(0, 0, next(order), start, ()) for start in starts]
    while heap:
        references, length, _, action, path = heapq.heappop(heap)
        if action in found:
            continue
        found[action] = Path(path) if path else None
        for step in steps[action]:
            if step.end not in found:
                more = references + (not step.is_need)
                heapq.heappush(heap, (more, length + 1, next(order), step.end, (*path, step)))
    return tuple(path for path in found.values() if path)


def _steps(links: Iterable[Link]) -> dict[str, list[Step]]:
    """The steps from each action: one to each other action, a stated need before cross-references."""
    between: dict[tuple[str, str], list[Link]] = defaultdict(list)
    for link in links:
        if link.source != link.target:
            between[link.target, link.source].append(link)
            if not link.is_need:
                between[link.source, link.target].append(link)
    steps: dict[str, list[Step]] = defaultdict(list)
    for (start, end), said in between.items():
        needs = [link for link in said if link.is_need]
        steps[start].append(Step(start, end, tuple(needs or said)))
    return steps
