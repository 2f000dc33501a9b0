"""Documents that are text underneath: two web pages, comma-separated values, Markdown without a table."""

from __future__ import annotations

import csv
import io
from html import escape
from pathlib import Path

from tests.corpus.printed import sections
from tests.corpus.writing.text import kept, listed, page, paragraphs
from tests.corpus.writing.web_plans import labelled, web_table

from .printed import printed


def cost_of_living(folder: Path) -> Path:
    """Write a page with a table under the heading of each aim, after a sentence."""
    name = "crosswater-cost-of-living.html"
    content = printed(name)
    parts = [paragraphs(content["before"])]
    for heading, rows in sections(content["rows"]):
        parts += [f"<h2>{escape(heading['section'])}</h2>", paragraphs([heading["note"]])]
        parts.append(f'<div class="table-scroll">{web_table(content["head"], rows)}</div>')
    return kept(folder / name, page(content, "\n".join([*parts, paragraphs(content["after"])])))


def carers(folder: Path) -> Path:
    """Write a page with the key of the states as a list and one table, a row over its width before each outcome."""
    name = "glenorvie-carers.html"
    content = printed(name)
    head = "".join(f'<th scope="col">{escape(words)}</th>' for words in content["head"])
    key = "\n".join(f"<li><strong>{word}</strong>: {escape(meaning)}</li>" for word, meaning in content["key"])
    lines = [
        f'<tr><th colspan="{len(content["head"])}" scope="rowgroup">{escape(row["section"])}</th></tr>'
        if "section" in row
        else f"<tr>{''.join(f'<td>{listed(words)}</td>' for words in row['cells'])}</tr>"
        for row in content["rows"]
    ]
    table = "\n".join(["<table>", f"<thead><tr>{head}</tr></thead>", "<tbody>", *lines, "</tbody></table>"])
    body = [paragraphs(content["before"]), f"<ul>\n{key}\n</ul>", table, paragraphs(content["after"])]
    return kept(folder / name, page(content, "\n".join(body)))


def waste(folder: Path) -> Path:
    """Write comma-separated values with the heading in the first line and a mark of their encoding before it."""
    name = "hartleigh-waste.csv"
    content = printed(name)
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([content["head"], *(row["cells"] for row in content["rows"])])
    return kept(folder / name, "\ufeff" + out.getvalue())


def community(folder: Path) -> Path:
    """Write a heading for each action, with its number, and below it a list of labels in bold with their values."""
    name = "tarling-community.md"
    content = printed(name)
    lines = [f"# {content['title']}", ""]
    for words in content["before"]:
        lines += [words, ""]
    for heading, rows in sections(content["rows"]):
        lines += [f"## {heading['section']}", ""]
        for row in rows:
            lines += [f"### {row['cells'][0]}", ""]
            lines += [f"- **{label}:** {words}" for label, words in labelled(row, content["head"])]
            lines.append("")
    return kept(folder / name, "\n".join([*lines, *content["after"]]) + "\n")
