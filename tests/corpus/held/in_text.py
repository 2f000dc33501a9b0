"""Documents that are text underneath: CSV, a web page, Markdown and plain text."""

from __future__ import annotations

import csv
import io
import textwrap
from html import escape
from pathlib import Path
from typing import Any

from .printed import Row, printed, sections


def employment(folder: Path) -> Path:
    """Write a CSV as an office program of this country writes it: semicolons, Windows-1252, Windows line ends."""
    name = "kelham-employment.csv"
    content = printed(name)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    width = len(content["head"])
    writer.writerows([line] + [""] * (width - 1) for line in content["before"])
    writer.writerow([""] * width)
    writer.writerow(content["head"])
    writer.writerows(row["cells"] for row in content["rows"])
    writer.writerows([""] * width for _ in range(3))
    (folder / name).write_bytes(out.getvalue().encode("cp1252"))
    return folder / name


# The web page

PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>{title} - Wyrefield Borough Council</title>
<style>.skip {{ position: absolute; left: -999px }}</style><script>window.dataLayer = ["page"];</script></head>
<body><a class="skip" href="#main">Skip to main content</a>
<header><p>Wyrefield Borough Council</p><form action="/search"><label>Search <input name="q"></label></form>
<nav><ul><li><a href="/bins">Bins and recycling</a></li><li><a href="/housing">Housing</a></li>
<li><a href="/council-tax">Council tax</a></li><li><a href="/planning">Planning</a></li></ul></nav></header>
<div class="cookie"><p>We use cookies to make this site work.</p><button>Accept all</button></div>
<p class="crumbs"><a href="/">Home</a> &gt; <a href="/housing">Housing</a> &gt; Strategies</p>
<main id="main"><h1>{title}</h1><p>{before}</p>{tables}
<h2>Abbreviations</h2><dl>{terms}</dl>
<p>Last updated 9 January 2025</p></main>
<aside><h2>Related pages</h2><ul><li><a href="/housing/register">Housing register</a></li>
<li><a href="/housing/repairs">Report a repair</a></li></ul></aside>
<footer><ul><li><a href="/accessibility">Accessibility</a></li><li><a href="/privacy">Privacy</a></li></ul>
<p>© Wyrefield Borough Council</p></footer></body></html>
"""
TERMS = (
    ("ASB", "anti-social behaviour"),
    ("NEST", "New tenancy support team"),
    ("UC", "Universal Credit"),
)


def cell(words: str) -> str:
    """Give what stands in a cell: several lines are a list."""
    lines = words.split("\n")
    if len(lines) == 1:
        return escape(words)
    return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"


def spanning(rows: list[Row]) -> str:
    """Give the rows of the first table, whose aim stands beside several rows."""
    out = []
    for row in rows:
        first, *rest = row["cells"]
        beside = f'<th scope="rowgroup" rowspan="{row["span"]}">{escape(first)}</th>' if "span" in row else ""
        out.append(f"<tr>{beside}{''.join(f'<td>{cell(words)}</td>' for words in rest)}</tr>")
    return "\n".join(out)


def tenancy(folder: Path) -> Path:
    """Write a page of a council's site with two tables among its menus."""
    name = "wyrefield-tenancy.html"
    content = printed(name)
    (first, rows), (second, others) = sections(content["rows"])
    aim, ref, *heads = content["head"]
    head = (
        f'<tr><th colspan="2">{aim} and {ref.lower()}</th>' + "".join(f"<th>{escape(w)}</th>" for w in heads) + "</tr>"
    )
    tables = f"<h2>{first}</h2>\n<table><thead>{head}</thead><tbody>{spanning(rows)}</tbody></table>"
    head = "".join(f"<th>{escape(word)}</th>" for word in content["head2"])
    lines = "\n".join("<tr>" + "".join(f"<td>{cell(w)}</td>" for w in row["cells"]) + "</tr>" for row in others)
    tables += f"\n<h2>{second}</h2>\n<table><tr>{head}</tr>\n{lines}</table>"
    terms = "".join(f"<dt>{short}</dt><dd>{full}</dd>" for short, full in TERMS)
    page = PAGE.format(title=content["title"], before=content["before"][0], tables=tables, terms=terms)
    (folder / name).write_text(page, encoding="utf-8")
    return folder / name


# Markdown


def bars(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def green_spaces(folder: Path) -> Path:
    """Write Markdown: two sections as tables, one as a list of actions with what belongs to each below it."""
    name = "oxley-green-spaces.md"
    content = printed(name)
    lines = [f"# {content['title']}", "", "**Oxley Parish and Borough Council**", "", *content["before"], ""]
    for heading, rows in sections(content["rows"]):
        lines += [f"## {heading}", ""]
        if len(rows[0]["cells"]) == len(content["head"]):
            lines += [bars(content["head"]), "|----|:---|---|---|---|:-:|"]
            lines += [bars(row["cells"]) for row in rows]
        for row in rows if len(rows[0]["cells"]) != len(content["head"]) else []:
            text, lead, partner, due, outcome = row["cells"]
            lines += [f"- **{text}**", f"  - Lead: {lead}"]
            lines += [f"  - Partners: {partner}"] if partner else []
            lines += [f"  - Timescale: {due}", f"  - Measure: {outcome}"]
        lines.append("")
    (folder / name).write_text("\n".join(lines), encoding="utf-8")
    return folder / name


# Plain text


def wrapped(words: str, first: str, later: str) -> str:
    return textwrap.fill(words, 78, initial_indent=first, subsequent_indent=later)


def bullets(rows: list[Row]) -> list[str]:
    """Give each action as one bullet with its labels in line."""
    labels = ("Action", "Lead", "Target", "By when")
    told = ("; ".join(f"{label} – {words}" for label, words in zip(labels, row["cells"], strict=True)) for row in rows)
    return [wrapped(words, "• ", "  ") for words in told]


def blocks(rows: list[Row]) -> list[str]:
    """Give each action as lines of label and value; a label without a value is left empty."""
    labels = ("Reference", "Action", "Responsible", "Partners", "Timescale", "Measure of success", "Status")
    lines: list[Any] = []
    for row in rows:
        pairs = zip(labels, row["cells"], strict=True)
        lines += [wrapped(f"{label}: {words}".strip(), "", "    ") for label, words in pairs] + [""]
    return lines


def armed_forces(folder: Path) -> Path:
    """Write a plan as pasted text."""
    name = "marlhaven-armed-forces.txt"
    content = printed(name)
    lines = [*content["before"], ""]
    for heading, rows in sections(content["rows"]):
        kind = next(row["kind"] for row in content["rows"] if row.get("section") == heading)
        lines += [heading, "", *(bullets if kind == "bullets" else blocks)(rows), ""]
    lines += content["after"]
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder / name
