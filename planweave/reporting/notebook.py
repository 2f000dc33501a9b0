"""A report in a notebook: its scorecards as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planweave.notebook import html_table
from planweave.reporting.words import PARTS, checked_words, percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planweave.findings import Report

__all__ = ["report_html"]

MOST_PLANS = 200
"""How many plans a notebook shows."""


def report_html(report: Report) -> str:
    """Give the scorecards of a report as an HTML table, for ``_repr_html_``; every text is escaped.

    Parameters
    ----------
    report
        Only its scorecards are looked at, not its plans.
    """
    headings = (
        "plan",
        "actions",
        *(part.words.lower() for part in PARTS),
        "violations",
        "warnings",
        "infos",
        "accepted",
    )
    return html_table(headings, _rows(report), f"{checked_words(report)}.")


def _rows(report: Report) -> Iterator[tuple[str, ...]]:
    for card in report.scorecards[:MOST_PLANS]:
        counts = (card.violations, card.warnings, card.infos, card.accepted)
        shares = (percent(part.count(card), card.actions) for part in PARTS)
        yield (card.plan, f"{card.actions:,}", *shares, *(f"{count:,}" for count in counts))
    if len(report.scorecards) > MOST_PLANS:
        yield (f"… and {len(report.scorecards) - MOST_PLANS:,} more plans",)
