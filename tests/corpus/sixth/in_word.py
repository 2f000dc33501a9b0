"""Documents in Word: one wide table or one for each theme, with bands, merged cells, fills and Word's own numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx.shared import Cm

from tests.corpus.printed import sections
from tests.corpus.writing.word import close_with, filled, new, open_with, put, repeated, saved, shade, whole_width
from tests.corpus.writing.word_plans import table

from .printed import printed


def begun(content: dict[str, Any], *, lying: bool = False, heads: tuple[str, ...] = ()) -> Any:
    """Give a document that says what stands before the table; some of its lines may be headings."""
    document = new(content, lying=lying)
    document.sections[0].left_margin = document.sections[0].right_margin = Cm(1.7)
    open_with(document, content)
    for paragraph in document.paragraphs:
        if paragraph.text in heads:
            paragraph.style = "Heading 1"
    return document


def finished(document: Any, content: dict[str, Any], path: Path) -> Path:
    close_with(document, content)
    return saved(document, path)


def objectives(folder: Path) -> Path:
    """Write one wide table with a row over the width before each objective."""
    content = printed("ravensby-equality.docx")
    document = begun(content, lying=True)
    widths = (1.6, 6.6, 3.7, 4, 2.6, 5.2, 2.3)
    table(document, content["head"], content["rows"], "CCC0D9", widths=widths)
    return finished(document, content, folder / "ravensby-equality.docx")


def active(folder: Path) -> Path:
    """Write a table under the heading of each theme, after a paragraph."""
    content = printed("brindlemere-active.docx")
    document = begun(content, heads=("Introduction",))
    for heading, rows in sections(content["rows"]):
        document.add_paragraph(heading["section"], style="Heading 2")
        document.add_paragraph(heading["note"])
        table(document, content["head"], rows, "DAEEF3", widths=(6.2, 3.6, 2.4, 3.6, 1.9))
    document.add_paragraph(content["after"][0], style="Heading 1")
    document.add_paragraph(content["after"][1])
    return saved(document, folder / "brindlemere-active.docx")


def town(folder: Path) -> Path:
    """Write one upright table whose first column Word numbers by itself."""
    content = printed("netherfold-town.docx")
    document = begun(content)
    rows = [{"cells": ["", *row["cells"][1:]]} for row in content["rows"]]
    made = table(document, content["head"], rows, "EAF1DD", widths=(1.2, 5.4, 2.3, 2.6, 1.7, 2.2, 2.6))
    for row in made.rows[1:]:
        row.cells[0].paragraphs[0].style = "List Number"
    return finished(document, content, folder / "netherfold-town.docx")


def equality(folder: Path) -> Path:
    """Write a wide table under the heading of each aim, the number in the cell of the action."""
    content = printed("aberwenlli-equality.docx")
    document = begun(content, lying=True)
    for heading, rows in sections(content["rows"]):
        document.add_paragraph(heading["section"], style="Heading 1")
        table(document, content["head"], rows, "FDE9D9", widths=(7.4, 3.4, 4, 1.8, 4.6, 4.8))
    return finished(document, content, folder / "aberwenlli-equality.docx")


def strategy(folder: Path) -> Path:
    """Write a table for each goal: the goal over the width, below it the heading row, then the actions."""
    content = printed("lanternhouse-strategy.docx")
    document = begun(content)
    for heading, rows in sections(content["rows"]):
        made = document.add_table(rows=0, cols=len(content["head"]), style="Table Grid")
        whole_width(made, heading["section"], "FFC000")
        for cell, words in zip(made.add_row().cells, content["head"], strict=True):
            put(cell, words, bold=True)
            shade(cell, "FFF2CC")
        repeated(made.rows[0])
        repeated(made.rows[1])
        for row in rows:
            filled(made, row["cells"])
        document.add_paragraph()
    return finished(document, content, folder / "lanternhouse-strategy.docx")


def safer(folder: Path) -> Path:
    """Write one wide table with the priority merged down, the word of each colour on its fill."""
    content = printed("skelby-safer.docx")
    document = begun(content, lying=True)
    widths = (2.6, 1.6, 5.6, 3, 3.6, 2, 5.6, 1.6)
    table(document, content["head"], content["rows"], "B8CCE4", widths=widths, fills=content["fills"], beside=0)
    return finished(document, content, folder / "skelby-safer.docx")


def economy(folder: Path) -> Path:
    """Write one wide table with the objective again on each row."""
    content = printed("wexholme-economy.docx")
    document = begun(content, lying=True)
    widths = (3.8, 5.8, 3.8, 2.3, 3, 3, 4.4)
    table(document, content["head"], content["rows"], "D9D9D9", widths=widths)
    return finished(document, content, folder / "wexholme-economy.docx")
