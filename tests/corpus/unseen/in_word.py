"""Documents in Word: trackers lying on their side, merged cells, cards, shaded letters, headings between tables."""

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

SHADES = {"B": "9DC3E6", "G": "92D050", "A": "FFC000", "W": "FFFFFF"}


def gender(folder: Path) -> Path:
    """Write an objective and its rationale once beside the actions, and priorities over the whole width."""
    name = "carrowmoor-gender.docx"
    content = printed(name)
    document = new(content, lying=True)
    open_with(document, content)
    table = begun(document, content["head"])
    beside: list[Any] = []
    for row in content["rows"]:
        if "section" in row:
            whole_width(table, row["section"])
            continue
        cells = table.add_row().cells
        if row["cells"][0]:
            beside = list(cells[:2])
            for cell, words in zip(beside, row["cells"][:2], strict=True):
                put(cell, words)
        else:
            for above, cell in zip(beside, cells[:2], strict=True):
                above.merge(cell)
        for cell, words in zip(cells[2:], row["cells"][2:], strict=True):
            put(cell, words)
    close_with(document, content)
    return saved(document, folder / name)


def safeguarding(folder: Path) -> Path:
    """Write a small table under each priority, with a sentence between."""
    name = "pennbrook-safeguarding.docx"
    content = printed(name)
    document = new(content)
    board, title, *prose = content["before"]
    document.add_paragraph(title, style="Title")
    document.add_paragraph(board, style="Subtitle")
    document.add_paragraph(prose[0], style="Heading 1")
    for words in prose[1:]:
        document.add_paragraph(words)
    for heading, rows in sections(content["rows"]):
        document.add_paragraph(heading["section"], style="Heading 1")
        document.add_paragraph(heading["note"])
        table = begun(document, content["head"], "FBE4D5")
        for row in rows:
            filled(table, row["cells"])
    close_with(document, content)
    return saved(document, folder / name)


def send(folder: Path) -> Path:
    """Write a tracker with a band of words over its heading words and letters in shaded cells."""
    name = "aldmere-send.docx"
    content = printed(name)
    document = new(content, lying=True)
    open_with(document, content)
    key = document.add_table(rows=0, cols=2, style="Table Grid")
    for letter, meaning in content["key"]:
        shade(filled(key, [letter, meaning])[0], SHADES[letter])
    document.add_paragraph()
    table = document.add_table(rows=2, cols=len(content["head"]), style="Table Grid")
    upper, lower = table.rows[0].cells, table.rows[1].cells
    for words, first, last in zip(content["upper"], (0, 2, 4), (1, 3, 6), strict=True):
        band = upper[first].merge(upper[last])
        put(band, words, bold=True)
        shade(band, "BDD6EE")
    for cell, words in zip(lower, content["head"], strict=True):
        put(cell, words, bold=True)
    repeated(table.rows[0])
    repeated(table.rows[1])
    for row in content["rows"]:
        if "section" in row:
            whole_width(table, row["section"])
            continue
        cells = filled(table, row["cells"])
        shade(cells[5], SHADES[row["cells"][5]])
    close_with(document, content)
    return saved(document, folder / name)


def fire(folder: Path) -> Path:
    """Write a small table of labels and values for each action."""
    name = "northreach-fire.docx"
    content = printed(name)
    document = new(content)
    open_with(document, content)
    for heading, rows in sections(content["rows"]):
        document.add_paragraph(heading["section"], style="Heading 1")
        for row in rows:
            table = document.add_table(rows=0, cols=2, style="Table Grid")
            for label, words in zip(content["head"], row["cells"], strict=True):
                cells = table.add_row().cells
                put(cells[0], label, bold=True)
                shade(cells[0], "F2DBDB")
                put(cells[1], words)
            document.add_paragraph()
    close_with(document, content)
    return saved(document, folder / name)


def equality(folder: Path) -> Path:
    """Write one table with its objectives over the whole width, then a table that spells out abbreviations."""
    name = "kingsmarsh-equality.docx"
    content = printed(name)
    document = new(content, lying=True)
    open_with(document, content)
    table = begun(document, content["head"], "E2EFD9")
    for row in content["rows"]:
        if "section" in row:
            whole_width(table, row["section"])
        else:
            filled(table, row["cells"])
    document.add_paragraph("Abbreviations used", style="Heading 2")
    key = document.add_table(rows=0, cols=2, style="Table Grid")
    for pair in content["key"]:
        filled(key, pair)
    close_with(document, content)
    return saved(document, folder / name)
