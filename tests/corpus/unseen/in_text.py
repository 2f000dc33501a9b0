"""Documents that are text underneath: delimited values, web pages, Markdown and plain text."""

from __future__ import annotations

import csv
import io
import textwrap
from html import escape
from pathlib import Path

from tests.corpus.printed import Row, sections
from tests.corpus.writing.text import kept, listed, page, paragraphs

from .printed import printed

# Delimited values


def slavery(folder: Path) -> Path:
    """Write comma-separated values as an office program saves them: byte order mark, Windows line ends."""
    name = "brantham-slavery.csv"
    content = printed(name)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    width = len(content["head"])
    writer.writerows([words] + [""] * (width - 1) for words in content["before"])
    writer.writerow(content["head"])
    writer.writerows(row["cells"] for row in content["rows"])
    return kept(folder / name, out.getvalue(), "utf-8-sig")


def green_plan(folder: Path) -> Path:
    """Write tab-separated values: the focus area stands alone in the first cell over its actions."""
    name = "stanner-green-plan.tsv"
    content = printed(name)
    width = len(content["head"])
    rows = [content["head"]]
    rows += [row.get("cells") or [row["section"]] + [""] * (width - 1) for row in content["rows"]]
    return kept(folder / name, "".join("\t".join(row) + "\n" for row in rows))


# Web pages


def loneliness(folder: Path) -> Path:
    """Write a council's page with a table under each heading."""
    name = "hartsmere-loneliness.html"
    content = printed(name)
    head = "".join(f'<th scope="col">{escape(words)}</th>' for words in content["head"])
    parts = [paragraphs(content["before"])]
    for heading, rows in sections(content["rows"]):
        words = escape(heading["section"])
        lines = "\n".join(f"<tr>{''.join(f'<td>{listed(one)}</td>' for one in row['cells'])}</tr>" for row in rows)
        caption = f'<caption class="visually-hidden">Actions under {words.split(":")[0].lower()}</caption>'
        table = f"<table>{caption}<thead><tr>{head}</tr></thead>\n<tbody>{lines}</tbody></table>"
        parts.append(f'<h2>{words}</h2>\n<div class="table-scroll">{table}</div>')
    parts.append(paragraphs(content["after"]))
    return kept(folder / name, page(content, "\n".join(parts)))


def sign_language(folder: Path) -> Path:
    """Write a page without tables: each action is a small heading over a list of labels and values."""
    name = "invermallan-bsl.html"
    content = printed(name)
    goals = [heading["section"] for heading, _ in sections(content["rows"])]
    links = "".join(f'<li><a href="#goal-{at}">{escape(words)}</a></li>' for at, words in enumerate(goals, 1))
    parts = [paragraphs(content["before"]), f"<h2>On this page</h2><ul>{links}</ul>"]
    for at, (heading, rows) in enumerate(sections(content["rows"]), 1):
        parts.append(f'<h2 id="goal-{at}">{escape(heading["section"])}</h2>')
        for row in rows:
            number, words, *values = row["cells"]
            items = "".join(
                f"<li><strong>{label}:</strong> {escape(value)}</li>"
                for label, value in zip(content["head"], values, strict=True)
                if value
            )
            parts.append(f"<h3>Action {number}: {escape(words)}</h3>\n<ul>{items}</ul>")
    parts.append(paragraphs(content["after"]))
    return kept(folder / name, page(content, "\n".join(parts)))


OFFICE = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv=Content-Type content="text/html; charset=windows-1252">
<meta name=Generator content="Microsoft Word 15 (filtered)"><title>{title}</title>
<style><!-- p.MsoNormal {{margin:0cm; font-size:11.0pt; font-family:"Calibri",sans-serif}} --></style></head>
<body lang=EN-GB style='word-wrap:break-word'><div class=WordSection1>
{body}
</div></body></html>
"""


def office_cell(words: str, *, bold: bool = False, over: int = 1) -> str:
    """Give a cell as a word processor writes it: a paragraph of a class, with a hard space where nothing stands."""
    said = escape(words, quote=False) or "&nbsp;"
    said = f"<b>{said}</b>" if bold else said
    span = f" colspan={over}" if over > 1 else ""
    para = f"<p class=MsoNormal><span style='font-size:9.0pt'>{said}</span></p>"
    return f"<td{span} valign=top style='border:solid windowtext 1.0pt'>\n  {para}\n  </td>"


def pitches(folder: Path) -> Path:
    """Write what a word processor saves as a web page: one table with a row over the width for each area."""
    name = "thurlbeck-pitches.html"
    content = printed(name)
    lines = ["".join(office_cell(words, bold=True) for words in content["head"])]
    for row in content["rows"]:
        if "section" in row:
            lines.append(office_cell(row["section"], bold=True, over=len(content["head"])))
        else:
            lines.append("".join(office_cell(words) for words in row["cells"]))
    rows = "\n".join(f"<tr style='page-break-inside:avoid'>\n  {line}\n </tr>" for line in lines)
    parts = [f"<p class=MsoNormal><b>{escape(words, quote=False)}</b></p>" for words in content["before"]]
    parts.append(f"<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0>\n {rows}\n</table>")
    parts += [f"<p class=MsoNormal>{escape(words, quote=False)}</p>" for words in content["after"]]
    text = OFFICE.format(title=content["title"], body="\n".join(parts))
    return kept(folder / name, text.replace("–", "&#8211;"), "cp1252")


# Markdown


def libraries(folder: Path) -> Path:
    """Write a table under each heading, and what abbreviations mean as a list at the end."""
    name = "orlestone-libraries.md"
    content = printed(name)
    lines = [f"# {content['title']}", "", content["publisher"], ""]
    for words in content["before"]:
        lines += [words, ""]
    for heading, rows in sections(content["rows"]):
        lines += [f"{'#' * heading['level']} {heading['section']}", ""]
        lines += [f"| {' | '.join(content['head'])} |", "|" + " --- |" * len(content["head"])]
        for row in rows:
            number, *rest = row["cells"]
            lines.append(f"| **{number}** | {' | '.join(rest)} |")
        lines.append("")
    lines += ["## Abbreviations", "", *(f"- {words}" for words in content["after"])]
    return kept(folder / name, "\n".join(lines) + "\n")


# Plain text


def warm_homes(folder: Path) -> Path:
    """Write blocks of cells parted by tabs, the heading words again at the head of each page."""
    name = "calverdale-warmth.txt"
    content = printed(name)
    lines = [*content["before"], ""]
    for row in content["rows"]:
        if "line" in row:
            lines += ["", f"Page {row['page'] - 1} of 3", ""] if row["page"] > 1 else []
            lines.append("\t".join(content["head"]))
        else:
            lines.append("\t".join(row["cells"]))
    return kept(folder / name, "\n".join([*lines, "", *content["after"]]) + "\n")


def town(folder: Path) -> Path:
    """Write labels and values, a rule of dashes after each project."""
    name = "oakhanger-town.txt"
    content = printed(name)
    lines = [*content["before"], ""]
    for heading, rows in sections(content["rows"]):
        lines += [heading["section"], "=" * len(heading["section"]), ""]
        for row in rows:
            for label, words in zip(content["head"], row["cells"], strict=True):
                value = textwrap.wrap(f"{label}: {words}".strip(), 72, subsequent_indent="    ")
                lines += value
            lines += ["-" * 40, ""]
    return kept(folder / name, "\n".join([*lines, *content["after"]]) + "\n")


WIDTHS = (4, 38, 24, 16, 26)


def drawn(cells: list[str]) -> list[str]:
    """Give the lines of one row of a table drawn in characters: each cell is wrapped within its column."""
    columns = [textwrap.wrap(words, width) or [""] for words, width in zip(cells, WIDTHS, strict=True)]
    tall = max(map(len, columns))
    lines = []
    for at in range(tall):
        parts = [
            (column[at] if at < len(column) else "").ljust(width) for column, width in zip(columns, WIDTHS, strict=True)
        ]
        lines.append(f"| {' | '.join(parts)} |")
    return lines


def port_health(folder: Path) -> Path:
    """Write a table of bars and rules under each heading, its cells wrapped over several lines."""
    name = "estuary-port-health.txt"
    content = printed(name)
    rule = "+" + "+".join("-" * (width + 2) for width in WIDTHS) + "+"
    lines = [*content["before"], ""]
    for heading, rows in sections(content["rows"]):
        lines += [heading["section"], "", rule, *drawn(content["head"]), rule]
        for row in rows:
            lines += [*drawn(row["cells"]), rule]
        lines.append("")
    return kept(folder / name, "\n".join([*lines, *content["after"]]) + "\n")


def item(row: Row, labels: list[str]) -> list[str]:
    """Give one numbered item: what will be done, then who and when on one line and the measure on the next."""
    number, words, lead, date, measure = row["cells"]
    lead_label, date_label, measure_label = labels
    lines = textwrap.wrap(f"{number} {words}", 76, subsequent_indent="    ")
    lines.append(f"    {lead_label}: {lead}    {date_label}: {date}")
    return [*lines, f"    {measure_label}: {measure}", ""]


def youth_justice(folder: Path) -> Path:
    """Write prose and numbered items, with who and when on one line below each."""
    name = "tarrant-youth-justice.txt"
    content = printed(name)
    lines: list[str] = []
    for words in content["before"]:
        lines += [*textwrap.wrap(words, 76), ""]
    for heading, rows in sections(content["rows"]):
        lines += [heading["section"], "", *textwrap.wrap(heading["note"], 76), ""]
        for row in rows:
            lines += item(row, content["head"])
    return kept(folder / name, "\n".join([*lines, *content["after"]]) + "\n")
