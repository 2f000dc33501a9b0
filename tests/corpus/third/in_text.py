"""Documents that are text underneath: delimited values, web pages, Markdown and plain text."""

from __future__ import annotations

import csv
import io
from html import escape
from pathlib import Path

from tests.corpus.printed import Row, sections
from tests.corpus.writing.text import kept, page, paragraphs, set_out, table_row, wrapped

from .printed import printed

# Delimited values


def charging(folder: Path) -> Path:
    """Write comma-separated values as a tool exports them: the heading in the first line, nothing above."""
    name = "norlaw-charging.csv"
    content = printed(name)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(content["head"])
    writer.writerows(row["cells"] for row in content["rows"])
    return kept(folder / name, out.getvalue())


def empty_homes(folder: Path) -> Path:
    """Write tab-separated values under a title and the list of aims whose numbers stand before each action."""
    name = "fairholme-empty-homes.tsv"
    content = printed(name)
    rows = [*([words] for words in content["before"]), [], content["head"], *(row["cells"] for row in content["rows"])]
    return kept(folder / name, "".join("\t".join(row) + "\n" for row in rows))


# Web pages


def described(row: Row, labels: list[str]) -> str:
    """Give an action as a small heading over a list of terms and descriptions, what is empty left out."""
    words, *values = row["cells"]
    items = "".join(
        f'<div class="summary-list__row"><dt>{escape(label)}</dt><dd>{escape(value)}</dd></div>\n'
        for label, value in zip(labels, values, strict=True)
        if value
    )
    return f'<h3>{escape(words)}</h3>\n<dl class="summary-list">\n{items}</dl>'


def autism(folder: Path) -> Path:
    """Write one page of accordions: a priority opens on its actions."""
    name = "lindrick-autism.html"
    content = printed(name)
    parts = [paragraphs(content["before"])]
    for heading, rows in sections(content["rows"]):
        actions = "\n".join(described(row, content["head"]) for row in rows)
        title = f'<summary><h2 class="accordion__heading">{escape(heading["section"])}</h2></summary>'
        parts.append(f'<details class="accordion__section">{title}\n{actions}\n</details>')
    parts.append(paragraphs(content["after"]))
    return kept(folder / name, page(content, "\n".join(parts)))


def road_safety(folder: Path) -> Path:
    """Write two tables with different columns; in the first the objective is a cell over several rows."""
    name = "portwick-road-safety.html"
    content = printed(name)
    parts = [paragraphs(content["before"])]
    for (heading, rows), head in zip(sections(content["rows"]), content["tables"], strict=True):
        words = escape(heading["section"])
        top = "".join(f'<th scope="col">{escape(one)}</th>' for one in head)
        lines = "\n".join(table_row(rows, at) for at in range(len(rows)))
        table = f"<table><caption>{words}</caption>\n<thead><tr>{top}</tr></thead>\n<tbody>\n{lines}\n</tbody></table>"
        parts += [f"<h2>{words}</h2>", table]
    parts.append(paragraphs(content["after"]))
    return kept(folder / name, page(content, "\n".join(parts)))


# Markdown


def apprentices(folder: Path) -> Path:
    """Write nested lists: an action in bold, its labels below it, several outcomes as a list below their label."""
    name = "taffbrook-apprentices.md"
    content = printed(name)
    lines = [f"# {content['title']}", "", f"*{content['publisher']}*", ""]
    for words in content["before"]:
        lines += [words, ""]
    for heading, rows in sections(content["rows"]):
        lines += [f"## {heading['section']}", ""]
        for row in rows:
            number, action, *values = row["cells"]
            lines.append(f"- **{number} {action}**")
            for label, value in zip(content["head"], values, strict=True):
                several = value.split("\n")
                if len(several) > 1:
                    lines += [f"  - {label}:", *(f"    - {one}" for one in several)]
                elif value:
                    lines.append(f"  - {label}: {value}")
        lines.append("")
    lines += ["## Abbreviations", "", *(f"- {words}" for words in content["after"])]
    return kept(folder / name, "\n".join(lines) + "\n")


# Plain text


def dementia(folder: Path) -> Path:
    """Write a numbered list in prose: who, by when and the measure stand in brackets after each action."""
    name = "merrivale-dementia.txt"
    content = printed(name)
    lines: list[str] = []
    for words in content["before"]:
        lines += [*wrapped(words, 78), ""]
    for heading, rows in sections(content["rows"]):
        lines += [heading["section"], ""]
        for row in rows:
            number, action, *values = row["cells"]
            said = "; ".join(f"{label}: {value}" for label, value in zip(content["head"], values, strict=True))
            lines += [*wrapped(f"{number}. {action} ({said})", 78, "   "), ""]
    return kept(folder / name, "\n".join([*lines, *content["after"]]) + "\n")


WIDTHS = (4, 34, 22, 14, 24, 18)


def resilience(folder: Path) -> Path:
    """Write columns set with spaces, the heading again under the line that names each group."""
    name = "glenarrick-resilience.txt"
    content = printed(name)
    lines = [*content["before"], ""]
    for heading, rows in sections(content["rows"]):
        lines += [heading["section"], "", *set_out(content["head"], WIDTHS), ""]
        for row in rows:
            lines += [*set_out(row["cells"], WIDTHS), ""]
    return kept(folder / name, "\n".join([*lines, *content["after"]]) + "\n")
