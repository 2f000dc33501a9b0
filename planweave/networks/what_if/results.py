"""What comes of a what-if: every action that is affected, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path as File

    from planweave.asking.answers import Answer
    from planweave.networks.what_if.bodies import Body
    from planweave.networks.what_if.delay import Delay, Falls
    from planweave.networks.what_if.facts import Action
    from planweave.networks.what_if.losses import Loss
    from planweave.networks.what_if.reach import Path

__all__ = ["Affected", "Slip", "Without"]


class _Told:
    """What both kinds of results offer: an answer, which is shown and written like any other."""

    def answer(self) -> Answer:
        """Give it as an answer: the rows with the most serious first, the counts as its notices."""
        raise NotImplementedError

    def write(self, path: str | File) -> File:
        """Write it to a file; the suffix decides the format, as for :meth:`planweave.asking.answers.Answer.write`."""
        return self.answer().write(path)

    def _repr_html_(self) -> str:
        return self.answer()._repr_html_()


@dataclass(frozen=True)
class Without(_Told):
    """What the plans would lose without a party.

    Parameters
    ----------
    asked
        The name that was given.
    bodies
        The body, its parts, and what it is called before and after.
    losses
        What each action loses in which they stand.
    paths
        The further actions that are linked with those that are left without a lead.
    actions
        IRI → what is shown of each action, in the order of the plans.
    not_counted
        Parties of the same plans whose names have a name of the body in them, and of which the register does not
        say that they are part of it; None where it stands in too many plans to look.
    """

    asked: str
    bodies: tuple[Body, ...]
    losses: tuple[Loss, ...]
    paths: tuple[Path, ...]
    actions: Mapping[str, Action] = field(repr=False)
    not_counted: tuple[str, ...] | None = ()

    def answer(self) -> Answer:
        """Give it as an answer: the rows with the most serious first, the counts as its notices."""
        from planweave.networks.what_if.telling import answer_without  # noqa: PLC0415 - shows what is defined here

        return answer_without(self)


@dataclass(frozen=True)
class Affected:
    """An action that another one's slip may affect: by which path, and where its date then lies."""

    path: Path
    falls: Falls


@dataclass(frozen=True)
class Slip(_Told):
    """What may be affected where an action slips.

    Parameters
    ----------
    action
        The action that slips.
    delay
        By how much.
    old, new
        Its latest day as the plan has it, and so much later; None where it has no date by which it is to be done.
    affected
        The actions that may be affected.
    actions
        IRI → what is shown of each action.
    """

    action: Action
    delay: Delay
    old: dt.date | None
    new: dt.date | None
    affected: tuple[Affected, ...]
    actions: Mapping[str, Action] = field(repr=False)

    def answer(self) -> Answer:
        """Give it as an answer: the action that slips, the rows with the most serious first, the counts as notices."""
        from planweave.networks.what_if.telling import answer_slip  # noqa: PLC0415 - shows what is defined here

        return answer_slip(self)
