"""What was read, as people see it first: tables in the terminal, the plans of a graph in a notebook."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final, Literal

from rich import box
from rich.table import Table
from rich.text import Text

from planweave.notebook import html_table
from planweave.records import ROW_HEADINGS
from planweave.wording import share

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from rich.console import JustifyMethod

    from planweave.records import Action, Doubt, PlanRecord
    from planweave.workspace import Entry

__all__ = [
    "action_table",
    "answer_table",
    "column_lines",
    "doubt_lines",
    "graph_html",
    "plan_table",
    "share",
    "shown_text",
]

OBEYED: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What a terminal would obey instead of showing it; a line feed is shown."""

LONGEST_WORD: Final = 20
BESIDE: Final = 2
"""What stands beside a column, in characters."""

SURE: Final = 0.9
"""From here on a value is sure enough not to be listed."""

PLAN_COLUMNS = (
    ("plan", "left"),
    ("publisher", "left"),
    ("actions", "right"),
    ("leads", "right"),
    ("partners", "right"),
    ("with due date", "right"),
    ("with outcome", "right"),
    ("cross refs", "right"),
    ("kept", "right"),
    ("placed", "right"),
)


def shown_text(text: str) -> str:
    r"""Give text of a document as a terminal may have it: what it would obey is replaced.

    Examples
    --------
    >>> shown_text("a\x1b[2Jb")
    'a�[2Jb'
    """
    return OBEYED.sub("\N{REPLACEMENT CHARACTER}", text)


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
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), collapse_padding=True)
    for heading, justify in PLAN_COLUMNS:
        # On a narrow screen headings and publishers take more lines; ids and numbers stay whole.
        least = 11 if heading == "publisher" else None
        side: JustifyMethod = "right" if justify == "right" else "left"
        table.add_column(heading, justify=side, min_width=least, no_wrap=heading == "plan", overflow="fold")
    for entry in entries[:most]:
        table.add_row(*map(Text, plan_row(entry)))
    if len(entries) > most:
        table.add_row(Text(f"… and {len(entries) - most:,} more plans"))
    if len(entries) > 1:
        table.add_section()
        actions, dates, outcomes, refs = (
            sum(getattr(entry, name) for entry in entries)
            for name in ("actions", "with_due", "with_outcome", "crossrefs")
        )
        table.add_row(
            f"{len(entries):,} plans",
            "",
            f"{actions:,}",
            "",
            "",
            f"{dates:,}",
            f"{outcomes:,}",
            f"{refs:,}",
            "",
            "",
        )
    return table


def action_table(record: PlanRecord) -> Table:
    """Give the actions of a plan as a table for the terminal; columns without any value are left out."""
    rows = [action.row() for action in record.actions]
    used = [place for place in range(len(ROW_HEADINGS)) if any(row[place] for row in rows)]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_lines=False, row_styles=("", "dim"))
    for place in used:
        heading = ROW_HEADINGS[place]
        table.add_column(
            heading,
            ratio={"action": 4, "outcome": 3}.get(heading, 1 if heading != "ref" else None),
            overflow="fold",
        )
    for row in rows:
        table.add_row(*(Text(row[place]) for place in used))
    return table


def column_lines(record: PlanRecord) -> list[str]:
    """Say of each column what it was read as, by what, and how sure; columns that are alike in several tables once.

    What has no heading and no field says nothing and is left out.
    """
    lines: dict[str, None] = {}
    for column in record.columns:
        if not column.heading and column.field == "extra":
            continue
        words = " ".join(column.heading.split())
        name = f"‘{words}’" if words else f"column {column.column} of table {column.table}"
        if column.field == "extra":
            lines[f"{name} → kept under its heading"] = None
            continue
        by = {"heading": "from the heading", "values": "from its values", "position": "from its place and its values"}
        how = by.get(column.how, f"from the {column.how}")
        bare = ", no heading" if not words else ""
        lines[f"{name} → {column.field}, {how}{bare} ({share(column.confidence)})"] = None
    return list(lines)


def doubt_lines(record: PlanRecord) -> list[str]:
    """Say of each doubtful value where it stands, what was read, and why it is doubtful."""
    actions = {action.id: action for action in record.actions}
    return [_doubt_line(doubt, actions[doubt.action]) for doubt in record.doubts if doubt.confidence < SURE]


def _doubt_line(doubt: Doubt, action: Action) -> str:
    row = action.source[0] if action.source else None
    place = f", table {row.table}, row {row.row}" if row else ""
    values = {
        "lead": " · ".join(action.leads),
        "partner": " · ".join(action.partners),
        "pillar": " · ".join(action.pillars),
        "outcome": " · ".join(action.outcomes),
        "due": action.due.text,
    }
    read = values[doubt.field] if doubt.field in values else str(getattr(action, doubt.field) or "")
    return f"{action.id}{place}, {doubt.field}: “{read}” ({doubt.why}; {share(doubt.confidence)})"


def answer_table(
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    count: int,
    *,
    numeric: Collection[str] = (),
    most: int | None = None,
    width: int = 0,
) -> Table:
    """Give the rows of an answer as a table for the terminal.

    Parameters
    ----------
    columns, rows, count
        The headings, the texts of the cells, and how many rows there are.
    numeric
        The columns whose numbers stand one under the other.
    most
        How many rows are shown; None shows all.
    width
        How many characters a line has, if that is known.
    """
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), collapse_padding=True)
    shown = [[shown_text(cell) for cell in row] for row in islice(rows, most)]
    # Ids and days stay whole on a narrow screen, where all columns fit all the same.
    longest = [
        max(map(len, f"{column} {' '.join(cells)}".split())) for column, *cells in zip(columns, *shown, strict=True)
    ]
    least = [min(length, LONGEST_WORD) for length in longest]
    fits = sum(least) + BESIDE * len(least) <= width
    for column, words in zip(columns, least, strict=True):
        justify: Literal["left", "right"] = "right" if column in numeric else "left"
        table.add_column(Text(column), justify=justify, overflow="fold", min_width=words if fits else None)
    for row in shown:
        table.add_row(*map(Text, row))
    if most is not None and count > most:
        table.add_row(Text(f"… and {count - most:,} more rows"))
    return table


def graph_html(entries: Sequence[Entry]) -> str:
    """Give the plans of a graph as an HTML table, for notebooks."""
    caption = f"{len(entries)} plans, {sum(entry.actions for entry in entries)} actions"
    return html_table((heading for heading, _ in PLAN_COLUMNS), map(plan_row, entries), caption)
