"""Records as people see them: tables in the terminal, tables in a notebook."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planweave.records import Action, PlanRecord
    from planweave.workspace import Entry

__all__ = ["action_table", "graph_html", "plan_html", "plan_table", "share"]

PLAN_COLUMNS = (
    ("plan", "left"),
    ("publisher", "left"),
    ("actions", "right"),
    ("leads", "right"),
    ("partners", "right"),
    ("with due date", "right"),
    ("with outcome", "right"),
    ("cross-refs", "right"),
    ("kept", "right"),
    ("placed", "right"),
)
ACTION_COLUMNS = ("ref", "action", "lead", "partner", "due", "outcome", "status", "noted")


def share(value: float) -> str:
    """Write a share as a percentage; only the whole is 100 %.

    Examples
    --------
    >>> share(1.0), share(0.99996), share(0.9301)
    ('100 %', '99.9 %', '93.0 %')
    """
    return "100 %" if value == 1 else f"{min(value * 100, 99.9):.1f} %"


def plan_row(entry: Entry) -> tuple[str, ...]:
    """Give the cells of one plan's row."""
    counts = (entry.actions, entry.leads, entry.partners, entry.with_due, entry.with_outcome, entry.crossrefs)
    return (
        entry.plan,
        entry.publisher or "not known",
        *(f"{count:,}" for count in counts),
        share(entry.kept),
        share(entry.placed),
    )


def plan_table(entries: Sequence[Entry], most: int = 40) -> Table:
    """Give the plans as a table for the terminal: one row each, and a row of sums."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading, justify in PLAN_COLUMNS:
        table.add_column(heading, justify="right" if justify == "right" else "left", overflow="fold")
    for entry in entries[:most]:
        table.add_row(*map(Text, plan_row(entry)))
    if len(entries) > most:
        table.add_row(Text(f"… and {len(entries) - most:,} more plans"))
    if len(entries) > 1:
        table.add_section()
        actions, dates, outcomes, refs = (
            sum(getattr(entry, name) for entry in entries) for name in ("actions", "with_due", "with_outcome", "crossrefs")
        )
        table.add_row(
            f"{len(entries):,} plans", "", f"{actions:,}", "", "", f"{dates:,}", f"{outcomes:,}", f"{refs:,}", "", ""
        )
    return table


def action_row(action: Action) -> tuple[str, ...]:
    """Give the cells of one action's row."""
    return (
        action.ref or f"n{action.n}",
        action.text,
        "\n".join(action.leads),
        "\n".join(action.partners),
        action.due.text,
        "\n".join(action.outcomes),
        "" if action.status == "unknown" else action.status,
        "\n".join(action.flags),
    )


def action_table(record: PlanRecord) -> Table:
    """Give the actions of a plan as a table for the terminal; columns without any value are left out."""
    rows = [action_row(action) for action in record.actions]
    used = [place for place in range(len(ACTION_COLUMNS)) if any(row[place] for row in rows)]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_lines=False, row_styles=("", "dim"))
    for place in used:
        heading = ACTION_COLUMNS[place]
        table.add_column(heading, ratio={"action": 4, "outcome": 3}.get(heading, 1 if heading != "ref" else None), overflow="fold")
    for row in rows:
        table.add_row(*(Text(row[place]) for place in used))
    return table


def _html_table(headings: Iterable[str], rows: Iterable[Sequence[str]], caption: str) -> str:
    head = "".join(f'<th scope="col" style="text-align:left">{escape(heading)}</th>' for heading in headings)
    body = "".join(
        "<tr>" + "".join(f'<td style="text-align:left;white-space:pre-line">{escape(cell)}</td>' for cell in row) + "</tr>"
        for row in rows
    )
    return f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def graph_html(entries: Sequence[Entry]) -> str:
    """Give the plans of a graph as an HTML table, for notebooks."""
    caption = f"{len(entries)} plans, {sum(entry.actions for entry in entries)} actions"
    return _html_table((heading for heading, _ in PLAN_COLUMNS), map(plan_row, entries), caption)


def plan_html(record: PlanRecord) -> str:
    """Give the actions of a plan as an HTML table, for notebooks."""
    plan = record.plan
    caption = f"{plan.title}: {len(record.actions)} actions, {plan.publisher or plan.source}"
    return _html_table(ACTION_COLUMNS, map(action_row, record.actions), caption)
