"""Why an answer may be empty: the plan says nowhere what the question looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planweave.sparql.tokens import tokens_of

if TYPE_CHECKING:
    from planweave.workspace import Entry

__all__ = ["silent"]

SAID: Final = (
    ("with_lead", "lead", ("pw:lead",)),
    ("with_partner", "partner", ("pw:partner",)),
    ("with_timing", "date", ("pw:due", "pw:dueLatest", "pw:dueEarliest", "pw:dueKind")),
    ("with_outcome", "outcome", ("pw:outcome",)),
    ("with_status", "status", ("pw:status",)),
    ("crossrefs", "cross-reference", ("pw:crossReference", "pw:refersTo", "pw:relatedTo")),
)
"""The count of a plan that says whether any action has a thing, its word, and how a query looks at it."""


def silent(entry: Entry, query: str) -> str | None:
    """Say what a query looks at and no action of the plan states, so that nobody takes no row for good news.

    Parameters
    ----------
    entry
        The counts of the plan.
    query
        The SPARQL of a question, with planweave's prefixes.

    Returns
    -------
    A clause, or None where the plan states something of everything.
    """
    words = {token.text for token in tokens_of(query)}
    missing = [word for field, word, names in SAID if not getattr(entry, field) and words.intersection(names)]
    if not missing:
        return None
    listed = " and no ".join([", no ".join(missing[:-1]), missing[-1]] if missing[1:] else missing)
    return f"there is no row, and the plan {entry.plan} states no {listed} anywhere"
