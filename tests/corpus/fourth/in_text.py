"""Documents that are text underneath: delimited values, web pages, Markdown, text drawn from a PDF."""

from __future__ import annotations

import csv
import io
import itertools
from html import escape
from pathlib import Path

from tests.corpus.printed import Row, sections
from tests.corpus.writing.text import kept, page, paragraphs, set_out, table_row

from .printed import printed


def procurement(folder: Path) -> Path:
    """Write comma-separated values under two title lines and an empty one; cells with commas are quoted."""
    name = "redhollow-procurement.csv"
    content = printed(name)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([[words] for words in content["before"]])
    writer.writerows([[""] * len(content["head"]), content["head"], *(row["cells"] for row in content["rows"])])
    return kept(folder / name, out.getvalue())


def attendance(folder: Path) -> Path:
    """Write tab-separated values under a title and a key; the priority stands once, the cells below it are empty."""
    name = "castlerigg-attendance.tsv"
    content = printed(name)
    above, below = ([[words] for words in content[part]] for part in ("before", "after"))
    rows = [*above, [], content["head"], *(row["cells"] for row in content["rows"]), [], *below]
    return kept(folder / name, "".join("\t".join(row) + "\n" for row in rows))


# Web pages


def rights_of_way(folder: Path) -> Path:
    """Write one table with a caption, in which an aim is a cell over several rows."""
    name = "moorland-rights-of-way.html"
    content = printed(name)
    rows = content["rows"]
    top = "".join(f'<th scope="col">{escape(words)}</th>' for words in content["head"])
    lines = "\n".join(table_row(rows, at) for at in range(len(rows)))
    table = (
        f'<div class="table-responsive"><table class="table"><caption>Statement of action</caption>\n'
        f"<thead><tr>{top}</tr></thead>\n<tbody>\n{lines}\n</tbody></table></div>"
    )
    body = "\n".join([paragraphs(content["before"]), table, paragraphs(content["after"])])
    return kept(folder / name, page(content, body))


def opened(row: Row, labels: list[str], number: int) -> str:
    """Give one accordion: a button with the action, and what opens below it."""
    action, *values = row["cells"]
    inside = "\n".join(
        f"<p><strong>{escape(label)}:</strong> {escape(value)}</p>"
        for label, value in zip(labels, values, strict=True)
        if value
    )
    button = f'<button type="button" aria-expanded="false" aria-controls="panel-{number}">{escape(action)}</button>'
    return (
        f'<div class="accordion-item"><h3 class="accordion-header">{button}</h3>\n'
        f'<div class="accordion-collapse" id="panel-{number}">\n{inside}\n</div></div>'
    )


def falls(folder: Path) -> Path:
    """Write an accordion for each action: its heading is the action, inside are paragraphs with labels."""
    name = "inverlaw-falls.html"
    content = printed(name)
    parts = [paragraphs(content["before"])]
    numbers = itertools.count(1)
    for heading, rows in sections(content["rows"]):
        parts += [f"<h2>{escape(heading['section'])}</h2>", '<div class="accordion">']
        parts += [opened(row, content["head"][1:], next(numbers)) for row in rows]
        parts.append("</div>")
    parts.append(paragraphs(content["after"]))
    return kept(folder / name, page(content, "\n".join(parts)))


def card(row: Row, labels: list[str]) -> str:
    """Give one card: the number, the action, and paragraphs in which a label stands over its value."""
    number, action, *values = row["cells"]
    fields = "\n".join(
        f'<p class="card__field"><strong>{escape(label)}</strong><br>{escape(value)}</p>'
        for label, value in zip(labels, values, strict=True)
        if value
    )
    head = f'<div class="card__head"><span class="card__number">{number}</span><h3>{escape(action)}</h3></div>'
    return f'<div class="card">{head}\n<div class="card__body">\n{fields}\n</div></div>'


def sports(folder: Path) -> Path:
    """Write a card for each action under the heading of its goal."""
    name = "ballyfarna-sports.html"
    content = printed(name)
    parts = [paragraphs(content["before"])]
    for heading, rows in sections(content["rows"]):
        cards = "\n".join(card(row, content["head"][2:]) for row in rows)
        parts.append(f'<section><h2>{escape(heading["section"])}</h2>\n<div class="cards">\n{cards}\n</div></section>')
    parts.append(paragraphs(content["after"]))
    return kept(folder / name, page(content, "\n".join(parts)))


def toilets(folder: Path) -> Path:
    """Write a list under each heading; within each item stands a list of labels and values."""
    name = "whitsand-toilets.html"
    content = printed(name)
    parts = [paragraphs(content["before"])]
    for heading, rows in sections(content["rows"]):
        parts += [f"<h2>{escape(heading['section'])}</h2>", "<ul>"]
        for row in rows:
            action, *values = row["cells"]
            said = "".join(
                f"<li>{escape(label)}: {escape(value)}</li>"
                for label, value in zip(content["head"][1:], values, strict=True)
                if value
            )
            parts.append(f"<li>{escape(action)}\n<ul>{said}</ul></li>")
        parts.append("</ul>")
    parts.append(paragraphs(content["after"]))
    return kept(folder / name, page(content, "\n".join(parts)))


# Markdown


def volunteering(folder: Path) -> Path:
    """Write a heading for each action, below it a line of labels parted by bars and paragraphs with a label."""
    name = "lanehead-volunteering.md"
    content = printed(name)
    lines = [f"# {content['title']}", "", content["publisher"], ""]
    for words in content["before"]:
        lines += [words, ""]
    labels = content["head"][1:]
    for heading, rows in sections(content["rows"]):
        lines += [f"## {heading['section']}", ""]
        for row in rows:
            action, *values = row["cells"]
            said = [f"**{label}:** {value}" for label, value in zip(labels, values, strict=True) if value]
            short = sum(bool(value) for value in values[:3])
            lines += [f"### {action}", "", " | ".join(said[:short]), ""]
            for words in said[short:]:
                lines += [words, ""]
    lines += ["## Abbreviations", "", *(f"- {words}" for words in content["after"])]
    return kept(folder / name, "\n".join(lines) + "\n")


# Plain text

WIDTHS = (4, 34, 24, 14, 30, 12)


def hate_crime(folder: Path) -> Path:
    """Write what is drawn from a PDF: columns set with spaces, the heading and the number of the page on each."""
    name = "kestrelbridge-hate-crime.txt"
    content = printed(name)
    lines = [*content["before"], ""]
    rows = iter(content["rows"])
    for number, count in enumerate(content["pages"], 1):
        lines += set_out(content["head"], WIDTHS)
        for _ in range(count):
            lines += set_out(next(rows)["cells"], WIDTHS)
        lines += ["", f"{content['running']}{' ' * 50}Page {number} of {len(content['pages'])}"]
        lines.append("\f" if number < len(content["pages"]) else "")
    return kept(folder / name, "\n".join([*lines, *content["after"]]) + "\n")
