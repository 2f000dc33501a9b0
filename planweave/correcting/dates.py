"""A date as somebody types it: understood by the grammar that reads the plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planweave.dates import is_edtf
from planweave.errors import PlanweaveError
from planweave.reading.progress import Progress
from planweave.records import Due

if TYPE_CHECKING:
    from planweave.reading.definition import Common

__all__ = ["typed_due"]


def typed_due(typed: str, common: Common) -> Due:
    """Understand a timescale that was typed.

    Parameters
    ----------
    typed
        As a plan would print it ("end of June 2025", "Q3 2024/25", "ongoing"), or EDTF; "none" is no date.
    common
        The words of timescales.

    Raises
    ------
    PlanweaveError
        If it is neither a date nor a word for when.
    """
    words = " ".join(typed.split())
    progress = Progress(common)
    if progress.is_no_date(words) and words:
        return Due(words, "none", None)
    due = progress.due(words)
    if due.kind != "none":
        return due
    if words and is_edtf(words):
        return Due(words, "date", words)
    raise PlanweaveError(
        f"“{words}” is not understood as a date",
        fix="write it as a plan would: “June 2025”, “30/06/2025”, “end of 2025”, “Q3 2024/25”, “ongoing”, or “no date”",
    )
