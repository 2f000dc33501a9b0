"""Documents in Word: wide tables, a table under each heading, objectives merged down, one plan without a table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx.shared import Cm

from tests.corpus.printed import sections
from tests.corpus.writing.web_plans import labelled
from tests.corpus.writing.word import close_with, filled, new, open_with, saved, shade
from tests.corpus.writing.word_plans import table

from .printed import printed


def started(content: dict[str, Any], *, lying: bool = False) -> Any:
    """Give a document that says what stands before the table."""
    document = new(content, lying=lying)
    document.sections[0].left_margin = document.sections[0].right_margin = Cm(1.8)
    open_with(document, content)
    return document


def finished(document: Any, content: dict[str, Any], path: Path) -> Path:
    close_with(document, content)
    return saved(document, path)


def rough_sleeping(folder: Path) -> Path:
    """Write one wide table with the objective merged down beside its actions."""
    content = printed("wychstone-rough-sleeping.docx")
    document = started(content, lying=True)
    widths = (1.1, 2.4, 4.6, 2.6, 2.8, 2.3, 2.3, 3, 3.6)
    table(document, content["head"], content["rows"], "C6D9F1", widths=widths, beside=1)
    return finished(document, content, folder / "wychstone-rough-sleeping.docx")


def children(folder: Path) -> Path:
    """Write an upright table under the heading of each priority."""
    content = printed("ardmorran-children.docx")
    document = started(content)
    for heading, rows in sections(content["rows"]):
        document.add_paragraph(heading["section"], style="Heading 2")
        table(document, content["head"], rows, "FBE4D5", widths=(6, 4, 2.5, 4.5))
    return finished(document, content, folder / "ardmorran-children.docx")


def safer(folder: Path) -> Path:
    """Write one table with rows over the width, letters on fills, and their key as a small table above."""
    content = printed("harcombe-safer.docx")
    document = started(content, lying=True)
    key = document.add_table(rows=0, cols=2, style="Table Grid")
    for letter, meaning in content["key"]:
        shade(filled(key, [letter, meaning])[0], content["fills"][letter])
    document.add_paragraph()
    widths = (7, 4, 2.2, 4, 1.5, 5)
    table(document, content["head"], content["rows"], "E4DFEC", widths=widths, fills=content["fills"])
    return finished(document, content, folder / "harcombe-safer.docx")


def economy(folder: Path) -> Path:
    """Write a table under each theme with a sentence before it, the number in the cell of the activity."""
    content = printed("lowmere-economy.docx")
    document = started(content)
    for heading, rows in sections(content["rows"]):
        document.add_paragraph(heading["section"], style="Heading 1")
        document.add_paragraph(heading["note"])
        table(document, content["head"], rows, "D6E3BC", widths=(5.5, 3, 3, 2.5, 3.5))
    return finished(document, content, folder / "lowmere-economy.docx")


def anti_poverty(folder: Path) -> Path:
    """Write one wide table with the commitment merged down, a start and a finish."""
    content = printed("tolmarsh-anti-poverty.docx")
    document = started(content, lying=True)
    widths = (3.2, 1, 5.4, 3.2, 3.6, 1.8, 2, 4.4)
    table(document, content["head"], content["rows"], "F2DBDB", widths=widths, beside=0)
    return finished(document, content, folder / "tolmarsh-anti-poverty.docx")


def digital(folder: Path) -> Path:
    """Write no table: each action in bold, below it a list of labels and values."""
    content = printed("glenfarrow-digital.docx")
    document = started(content)
    for heading, rows in sections(content["rows"]):
        document.add_paragraph(heading["section"], style="Heading 1")
        for row in rows:
            document.add_paragraph().add_run(row["cells"][0]).bold = True
            for label, words in labelled(row, content["head"]):
                paragraph = document.add_paragraph(style="List Bullet")
                paragraph.add_run(f"{label}: ").bold = True
                paragraph.add_run(words)
    return finished(document, content, folder / "glenfarrow-digital.docx")
