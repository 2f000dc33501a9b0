"""Documents in Word: plain tables, an aim merged down, a form for each action, lists under headings, lists in cells."""

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
    saved,
    shade,
    whole_width,
)

from .printed import printed

LIGHTS = {"Blue": "9DC3E6", "Green": "A9D18E", "Amber": "FFD966", "Red": "FF7C80"}


def access(folder: Path) -> Path:
    """Write a heading and a plain table for each outcome."""
    name = "wandarra-access.docx"
    content = printed(name)
    document = new(content)
    open_with(document, content)
    for heading, rows in sections(content["rows"]):
        document.add_paragraph(heading["section"], style="Heading 2")
        table = begun(document, content["head"], "F2F2F2")
        for row in rows:
            filled(table, row["cells"])
    close_with(document, content)
    return saved(document, folder / name)


def infant_feeding(folder: Path) -> Path:
    """Write one table in which an aim is merged down beside its actions and the state is a word on a colour."""
    name = "corriemuir-infant-feeding.docx"
    content = printed(name)
    document = new(content, lying=True)
    open_with(document, content)
    table = begun(document, content["head"], "D9EAD3")
    aim: Any = None
    for row in content["rows"]:
        if "section" in row:
            whole_width(table, row["section"], "FCE5CD")
            continue
        cells = filled(table, row["cells"])
        shade(cells[-1], LIGHTS[row["cells"][-1]])
        aim = cells[0] if row["cells"][0] else merged(aim, cells[0])
    close_with(document, content)
    return saved(document, folder / name)


def merged(above: Any, below: Any) -> Any:
    """Give the two cells as one, without the empty paragraph of the lower one."""
    cell = above.merge(below)
    for paragraph in cell.paragraphs[1:]:
        paragraph._p.getparent().remove(paragraph._p)
    return cell


def governance(folder: Path) -> Path:
    """Write a form for each action: labels on the left, values on the right, what is empty kept."""
    name = "danesford-governance.docx"
    content = printed(name)
    document = new(content)
    open_with(document, content)
    for heading, rows in sections(content["rows"]):
        document.add_paragraph(heading["section"], style="Heading 1")
        for row in rows:
            table = document.add_table(rows=0, cols=2, style="Table Grid")
            for label, value in zip(content["head"], row["cells"], strict=True):
                left, right = table.add_row().cells
                put(left, label, bold=True)
                shade(left, "DEEAF6")
                put(right, value)
            document.add_paragraph()
    close_with(document, content)
    return saved(document, folder / name)


def play(folder: Path) -> Path:
    """Write no table: a small heading for each action and a list with bullets below it."""
    name = "cwmdulas-play.docx"
    content = printed(name)
    document = new(content)
    open_with(document, content)
    for heading, rows in sections(content["rows"]):
        document.add_paragraph(heading["section"], style="Heading 1")
        document.add_paragraph(heading["note"])
        for row in rows:
            action, *values = row["cells"]
            document.add_paragraph(action, style="Heading 2")
            for label, value in zip(content["head"][1:], values, strict=True):
                first, *others = value.split("\n")
                if others:
                    document.add_paragraph(f"{label}:", style="List Bullet")
                    for one in (first, *others):
                        document.add_paragraph(one, style="List Bullet 2")
                elif first:
                    document.add_paragraph(f"{label}: {first}", style="List Bullet")
    close_with(document, content)
    return saved(document, folder / name)


def sanctuary(folder: Path) -> Path:
    """Write a table under each theme; the milestones are a small table within their cell."""
    name = "netherby-sanctuary.docx"
    content = printed(name)
    document = new(content, lying=True)
    open_with(document, content)
    for heading, rows in sections(content["rows"]):
        document.add_paragraph(heading["section"], style="Heading 1")
        table = begun(document, content["head"], "E2D5EC")
        for row in rows:
            cells = filled(table, row["cells"])
            steps = content["milestones"].get(row["cells"][0], [])
            if steps:
                within = cells[4].add_table(rows=0, cols=2)
                for step in steps:
                    filled(within, step)
    close_with(document, content)
    return saved(document, folder / name)
