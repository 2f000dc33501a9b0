"""What is chosen of the actions: values of facets, a window of days, a day for what is overdue, words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, get_args

from planweave.facets.rows import PRECISIONS
from planweave.records import Blank, DueKind, Status

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

__all__ = ["BLANKS", "CODES", "FACETS", "NONE", "NONES", "PARTIES", "Choices", "escaped"]

FACETS: Final = ("plan", "lead", "partner", "pillar", "status", "due", "exact", "finding")
"""What actions are told apart by, in the order in which it is offered."""

BLANKS: Final[tuple[Blank, ...]] = get_args(Blank)
"""Why a field of a record has nothing."""


def _with_blanks(codes: tuple[str, ...], nothing: str) -> tuple[str, ...]:
    """Tell the code that says nothing apart by why it does; it is the last one."""
    return (*(code for code in codes if code != nothing), nothing, *(f"{nothing}.{blank}" for blank in BLANKS))


CODES: Final = {
    "status": _with_blanks(get_args(Status), "unknown"),
    "due": _with_blanks(get_args(DueKind), "none"),
    "exact": PRECISIONS,
}
"""The facets whose values are codes."""

PARTIES: Final = ("lead", "partner")
NONE: Final = "none"
"""The value of an action that has none."""

NONES: Final = (NONE, *(f"{NONE}.{blank}" for blank in BLANKS))
"""An action that has none, as far as it is known why: no such column, an empty cell, words that were not understood."""


def escaped(key: str) -> str:
    """Give the key of a value that is called as one of those that stand for none.

    Examples
    --------
    >>> escaped("none"), escaped("nonesuch"), escaped("~")
    ('~none', 'nonesuch', '~~')
    """
    return f"~{key}" if key in NONES or key.startswith("~") else key


@dataclass(frozen=True)
class Choices:
    """What is chosen: of one facet any of several values, of different facets all.

    Parameters
    ----------
    facets
        Pairs of a facet and the keys that are chosen of it. ``"none"`` stands for actions that have none, and
        ``"none.empty"`` for those whose cell is empty; the name of a party stands for all parties of that name.
    parties
        Keys of parties that lead or are partners.
    begins, ends
        What falls due from one day to another, both included. What counts is the last day that the date can mean.
    overdue
        What was due before this day, and is not said to be complete or stopped.
    words
        What the actions are about, as it is typed into a search.
    """

    facets: tuple[tuple[str, tuple[str, ...]], ...] = ()
    parties: tuple[str, ...] = ()
    begins: dt.date | None = None
    ends: dt.date | None = None
    overdue: dt.date | None = None
    words: str = ""

    @classmethod
    def of(cls, facets: Mapping[str, Sequence[str]], **more: object) -> Choices:
        """Make choices of a mapping, in one order, so that the same choices are equal."""
        pairs = tuple((facet, tuple(dict.fromkeys(facets[facet]))) for facet in FACETS if facets.get(facet))
        return replace(cls(pairs), **more)  # type: ignore[arg-type]

    def chosen(self, facet: str) -> tuple[str, ...]:
        """Give what is chosen of a facet."""
        return dict(self.facets).get(facet, ())

    @property
    def are_all(self) -> bool:
        """Whether nothing is left out."""
        return self == Choices()
