"""The facts that a what-if is worked out from, as plain values: who stands in which action, what is linked, by when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import datetime as dt

__all__ = ["Action", "Link", "Part", "Party", "Role"]

Role = Literal["lead", "partner", "named"]


@dataclass(frozen=True)
class Party:
    """A body, team or post; ``kind`` is the code of its kind, such as ``"post"``."""

    iri: str
    name: str
    kind: str = "agency"


@dataclass(frozen=True)
class Part:
    """That a party stands in an action, as what and under which printed name."""

    action: str
    role: Role
    party: Party
    printed: str


@dataclass(frozen=True)
class Link:
    """What an action says of another one.

    Parameters
    ----------
    source, target
        The action that says it, and the other one.
    reference
        The reference as printed.
    words
        The words in which the text states that it needs the other one; empty for a cross-reference, which says
        that the two are related and no more.
    shared
        How many actions have that reference: with more than one it is open which of them is meant.
    """

    source: str
    target: str
    reference: str = ""
    words: str = ""
    shared: int = 1

    @property
    def is_need(self) -> bool:
        """Whether the text states a need."""
        return bool(self.words)


@dataclass(frozen=True)
class Action:
    """What is shown of an action, and when it is due.

    Parameters
    ----------
    iri, id, plan, order
        The IRI; what a person types, such as ``northmoor/13.1``; the plan's id; its place in the document.
    text, status
        The text, and the code of the status.
    due, kind, edtf, earliest, latest
        The printed words, the code of what they are, and the date as EDTF with its first and last day.
    has_lead_column
        Whether its table has a column for leads.
    place
        Where it is printed, in words.
    """

    iri: str
    id: str
    plan: str
    order: int = 0
    text: str = ""
    status: str = "unknown"
    due: str = ""
    kind: str = "none"
    edtf: str = ""
    earliest: dt.date | None = None
    latest: dt.date | None = None
    has_lead_column: bool = True
    place: str = ""

    @property
    def deadline(self) -> dt.date | None:
        """The last day by which it is to be done; a review is no deadline, and neither is "ongoing"."""
        return self.latest if self.kind == "date" else None

    @property
    def is_over(self) -> bool:
        """Whether it is reported as complete or stopped."""
        return self.status in {"complete", "stopped"}
