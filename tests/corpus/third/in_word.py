"""Documents in Word: tables that differ, a heading of two levels, a tracker with letters, a plan without a table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.corpus.printed import sections
from tests.corpus.writing.word import (
    begun,
    close_with,
    filled,
    new,
    open_with,
    put,
    repeated,
    saved,
    shade,
    whole_width,
)

from .printed import printed

SHADES = {"B": "5B9BD5", "G": "70AD47", "A": "FFC000", "R": "FF0000"}


def welsh(folder: Path) -> Path:
    """Write a table with columns of its own under each theme, with a sentence between."""
    name = "dyffryn-welsh.docx"
    content = printed(name)
    document = new(content)
    open_with(document, content)
    for (heading, rows), head in zip(sections(content["rows"]), content["tables"], strict=True):
        document.add_paragraph(heading["section"], style="Heading 1")
        document.add_paragraph(heading["note"])
        table = begun(document, head, "D8E4BC")
        for row in rows:
            filled(table, row["cells"])
    close_with(document, content)
    return saved(document, folder / name)


def child_poverty(folder: Path) -> Path:
    """Write a table whose heading has two levels: some cells are over several columns, some down two rows."""
    name = "kinnord-child-poverty.docx"
    content = printed(name)
    document = new(content, lying=True)
    open_with(document, content)
    table = document.add_table(rows=2, cols=len(content["head"]), style="Table Grid")
    upper, lower = table.rows[0].cells, table.rows[1].cells
    at = 0
    for words, over in content["upper"]:
        cell = upper[at].merge(lower[at] if over == 1 else upper[at + over - 1])
        put(cell, words, bold=True)
        shade(cell, "CFE2F3")
        for place in range(at, at + over):
            if over > 1:
                put(lower[place], content["head"][place], bold=True)
                shade(lower[place], "E8F1FA")
        at += over
    repeated(table.rows[0])
    repeated(table.rows[1])
    for row in content["rows"]:
        if "section" in row:
            whole_width(table, row["section"], "F4E3CF")
        else:
            filled(table, row["cells"])
    close_with(document, content)
    return saved(document, folder / name)


def maternity(folder: Path) -> Path:
    """Write a tracker: what is required is merged down beside its actions, the state is a letter on a colour."""
    name = "thornmere-maternity.docx"
    content = printed(name)
    document = new(content, lying=True)
    open_with(document, content)
    key = document.add_table(rows=0, cols=2, style="Table Grid")
    for letter, meaning in content["key"]:
        shade(filled(key, [letter, meaning])[0], SHADES[letter])
    document.add_paragraph()
    table = begun(document, content["head"], "DDD9EA")
    beside: Any = None
    for row in content["rows"]:
        if "section" in row:
            whole_width(table, row["section"])
            continue
        number, required, *rest = row["cells"]
        cells = table.add_row().cells
        put(cells[0], number)
        if required:
            beside = cells[1]
            put(beside, required)
        else:
            beside.merge(cells[1])
        for cell, words in zip(cells[2:], rest, strict=True):
            put(cell, words)
        shade(cells[7], SHADES[row["cells"][7]])
    close_with(document, content)
    return saved(document, folder / name)


def food(folder: Path) -> Path:
    """Write no table: each action in bold with its number, then a line of lead and date and one of the measure."""
    name = "ashcombe-food.docx"
    content = printed(name)
    document = new(content)
    open_with(document, content)
    lead_label, date_label, partner_label, measure_label = content["head"]
    for heading, rows in sections(content["rows"]):
        document.add_paragraph(heading["section"], style="Heading 1")
        document.add_paragraph(heading["note"])
        for row in rows:
            number, words, lead, date, partner, measure = row["cells"]
            document.add_paragraph().add_run(f"{number} {words}").bold = True
            said = [(lead_label, lead), (date_label, date), (partner_label, partner)]
            document.add_paragraph(" ".join(f"{label}: {value}." for label, value in said if value))
            document.add_paragraph(f"{measure_label}: {measure}")
    close_with(document, content)
    return saved(document, folder / name)
