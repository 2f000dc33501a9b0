"""Documents that are text underneath: delimited values, web pages, Markdown and plain text."""

from __future__ import annotations

import csv
import io
import textwrap
from html import escape
from pathlib import Path

from tests.corpus.printed import sections
from tests.corpus.writing.text import kept, page, paragraphs
from tests.corpus.writing.web_plans import barred, labelled, web_table

from .printed import printed


def inequalities(folder: Path) -> Path:
    """Write comma-separated values with the heading in the first line."""
    name = "aldervale-inequalities.csv"
    content = printed(name)
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([content["head"], *(row["cells"] for row in content["rows"])])
    return kept(folder / name, out.getvalue())


def climate(folder: Path) -> Path:
    """Write a page with a heading, a sentence and a table for each theme."""
    name = "riverholme-climate.html"
    content = printed(name)
    parts = [paragraphs(content["before"])]
    for heading, rows in sections(content["rows"]):
        parts += [f"<h2>{escape(heading['section'])}</h2>", paragraphs([heading["note"]])]
        parts.append(web_table(content["head"], rows))
    return kept(folder / name, page(content, "\n".join([*parts, paragraphs(content["after"])])))


def equality(folder: Path) -> Path:
    """Write a page with one table, in which an objective is a cell over several rows."""
    name = "stanwick-equality.html"
    content = printed(name)
    table = web_table(content["head"], content["rows"])
    return kept(
        folder / name, page(content, "\n".join([paragraphs(content["before"]), table, paragraphs(content["after"])]))
    )


def domestic_abuse(folder: Path) -> Path:
    """Write a page of numbered lists; below each action stands a list of its labels and values."""
    name = "dunholt-domestic-abuse.html"
    content = printed(name)
    parts = [paragraphs(content["before"])]
    for heading, rows in sections(content["rows"]):
        parts += [f"<h2>{escape(heading['section'])}</h2>", "<ol>"]
        for row in rows:
            items = "".join(
                f"<li><strong>{escape(label)}:</strong> {escape(words)}</li>\n"
                for label, words in labelled(row, content["head"])
            )
            parts.append(f"<li>{escape(row['cells'][0])}\n<ul>\n{items}</ul></li>")
        parts.append("</ol>")
    return kept(folder / name, page(content, "\n".join([*parts, paragraphs(content["after"])])))


def wellbeing(folder: Path) -> Path:
    """Write a table with bars under the heading of each priority."""
    name = "hallbeck-wellbeing.md"
    content = printed(name)
    lines = [f"# {content['title']}", "", content["publisher"], ""]
    for words in content["before"]:
        lines += [words, ""]
    rule = barred(["---"] * len(content["head"]))
    for heading, rows in sections(content["rows"]):
        lines += [f"## {heading['section']}", "", barred(content["head"]), rule]
        lines += [*(barred(row["cells"]) for row in rows), ""]
    return kept(folder / name, "\n".join([*lines, *content["after"]]) + "\n")


def homes(folder: Path) -> Path:
    """Write numbered actions under headings, below each a line for each label."""
    name = "merefield-homes.txt"
    content = printed(name)
    lines: list[str] = []
    for words in content["before"]:
        lines += [*textwrap.wrap(words, 76), ""]
    for heading, rows in sections(content["rows"]):
        lines += [heading["section"], ""]
        for row in rows:
            lines += textwrap.wrap(row["cells"][0], 76, subsequent_indent="    ", break_on_hyphens=False)
            lines += [f"    {label}: {words}" for label, words in labelled(row, content["head"])]
            lines.append("")
    return kept(folder / name, "\n".join([*lines, *content["after"]]) + "\n")
