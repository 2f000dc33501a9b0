"""What actions lose where a body is gone: their only lead, one of several, a partner."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from planweave.networks.what_if.facts import Part, Party

__all__ = ["Effect", "Loss", "losses"]

Effect = Literal["only lead", "one of several leads", "only partner", "one of several partners", "named"]


@dataclass(frozen=True)
class Loss:
    """What one action loses.

    Parameters
    ----------
    action
        Its IRI.
    effect
        What it loses; ``"named"`` where the text names the body, and it has no part in the action.
    by
        Under which printed names the bodies stand there.
    left
        Who else has that role there.
    """

    action: str
    effect: Effect
    by: tuple[Part, ...]
    left: tuple[Party, ...]


def losses(parts: Iterable[Part], bodies: Collection[str]) -> tuple[Loss, ...]:
    """Say what each action loses without some bodies, in the order in which the actions come.

    Parameters
    ----------
    parts
        All the parts in the actions in which the bodies stand; other actions lose nothing.
    bodies
        The IRIs of the bodies that are gone.

    Returns
    -------
    One for each action and role. Two printed names of one party are one party.
    """
    by_action: dict[str, list[Part]] = defaultdict(list)
    for part in parts:
        by_action[part.action].append(part)
    return tuple(loss for action, its in by_action.items() for loss in _of_action(action, its, bodies))


def _of_action(action: str, parts: list[Part], bodies: Collection[str]) -> list[Loss]:
    found: list[Loss] = []
    roles: tuple[tuple[str, Effect, Effect], ...] = (
        ("lead", "only lead", "one of several leads"),
        ("partner", "only partner", "one of several partners"),
    )
    for role, only, one_of in roles:
        its = [part for part in parts if part.role == role]
        gone = _distinct(part for part in its if part.party.iri in bodies)
        if gone:
            left = tuple({part.party.iri: part.party for part in its if part.party.iri not in bodies}.values())
            found.append(Loss(action, one_of if left else only, gone, left))
    if not found:
        named = _distinct(part for part in parts if part.role == "named" and part.party.iri in bodies)
        if named:
            found.append(Loss(action, "named", named, ()))
    return found


def _distinct(parts: Iterable[Part]) -> tuple[Part, ...]:
    return tuple(dict.fromkeys(parts))
