"""A comparison → a file: the suffix decides the format, and the file is whole or not there."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import msgspec

from planweave.asking.formats import marked
from planweave.asking.terms import readable, value_of
from planweave.errors import NotFound
from planweave.flat_files import whole_file
from planweave.notebook import html_table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from planweave.comparing.comparison import Comparison
    from planweave.comparing.sections import Section

__all__ = ["FORMATS", "parts_of", "write_comparison", "write_comparison_to"]

FORMATS: Final = ("csv", "tsv", "json", "md")
FILES: Final = (*FORMATS, "xlsx", "html")
OF_ONE: Final = ("csv", "tsv")
"""Formats that hold one table."""

FIRST: Final = "scorecards"
ABOUT_WIDTH: Final = 110


class _Part:
    """A section in a notebook."""

    def __init__(self, html: str) -> None:
        self._html = html

    def _repr_html_(self) -> str:
        return self._html


def parts_of(comparison: Comparison, most: int) -> Iterator[_Part]:
    """Give the sections for a notebook, the first rows of each."""
    for section in comparison.sections.values():
        rows = list(section.answer().readable_rows())
        more = [(f"… and {len(rows) - most:,} more",)] if len(rows) > most else []
        yield _Part(html_table(section.columns, [*rows[:most], *more], f"{section.title}. {section.text}"))


def write_comparison(comparison: Comparison, path: Path, section: str | None = None) -> Path:
    """Write a comparison to a file; see :meth:`planweave.comparing.Comparison.write`."""
    format_ = path.suffix.lower().removeprefix(".") or path.name
    if format_ not in FILES:
        raise NotFound(f"a comparison cannot be written as {format_!r}", fix=f"use {', '.join(FILES)}")
    if section is not None:
        return comparison.section(section).answer().write(path)
    if format_ == "xlsx":
        _write_workbook(comparison, path)
        return path
    if format_ in OF_ONE:
        return comparison.section(FIRST).answer().write(path)
    with whole_file(path) as beside, beside.open("wb") as out:
        write_comparison_to(comparison, out, format_)
    return path


def write_comparison_to(comparison: Comparison, out: BinaryIO, format_: str, section: str | None = None) -> None:
    """Write a comparison, or one table of it, to an open stream as csv, tsv, json, md or html."""
    if section is not None or format_ in OF_ONE:
        comparison.section(section or FIRST).answer().write_to(out, format_)
    elif format_ == "json":
        out.write(msgspec.json.format(msgspec.json.encode(_said(comparison)), indent=1) + b"\n")
    elif format_ == "md":
        out.write(_markdown(comparison).encode())
    else:
        out.write(_page(comparison).encode())


def _said(comparison: Comparison) -> dict[str, Any]:
    """All of it as JSON has it: the ids of plans and actions as people type them."""
    return {
        "plans": [{"id": side.id, "title": side.record.plan.title} for side in comparison.sides],
        "asOf": comparison.as_of.isoformat(),
        "sections": [_table(section) for section in comparison.sections.values()],
    }


def _table(section: Section) -> dict[str, Any]:
    rows = [
        {
            name: readable(node) if node.kind == "iri" else value_of(node)
            for name, node in zip(section.columns, row, strict=True)
            if node is not None
        }
        for row in section.answer().rows()
    ]
    return {
        "name": section.name,
        "title": section.title,
        "text": section.text,
        "notices": section.notices,
        "columns": section.columns,
        "rows": rows,
    }


def _markdown(comparison: Comparison) -> str:
    parts = [f"# {marked(_title(comparison))}\n"]
    for section in comparison.sections.values():
        notices = "".join(f"- {marked(notice)}\n" for notice in section.notices)
        written = io.BytesIO()
        section.answer().write_to(written, "md")
        table = f"\n{written.getvalue().decode()}" if section.rows else "\nNone were found.\n"
        parts.append(f"## {marked(section.title)}\n\n{marked(section.text)}\n\n{notices}{table}")
    return "\n".join(parts)


def _title(comparison: Comparison) -> str:
    return f"Compared: {', '.join(comparison.plans)}"


def _page(comparison: Comparison) -> str:
    from planweave.pages import render  # noqa: PLC0415 - a tenth of a second

    sections = [
        (section, section.answer().numeric, list(section.answer().readable_rows()))
        for section in comparison.sections.values()
    ]
    plans = [(side.id, side.record.plan.title.strip() or side.id) for side in comparison.sides]
    return render("comparison.html.j2", "answer.css", title=_title(comparison), plans=plans, sections=sections)


def _write_workbook(comparison: Comparison, path: Path) -> None:
    from planweave.asking.workbook import columns_of_answer  # noqa: PLC0415 - as above
    from planweave.spreadsheet import Looks, Sheet, opened_workbook  # noqa: PLC0415 - as above
    from planweave.tables import Column  # noqa: PLC0415 - as above

    with opened_workbook(path, _title(comparison)) as book:
        looks = Looks(book)
        about = Sheet(
            book, "About", [Column("section", "", 30, str), Column("about", "", ABOUT_WIDTH, str)], looks, path
        )
        about.write((_title(comparison),), looks.title)
        for section in comparison.sections.values():
            about.write((section.title, section.text), looks.text)
            for notice in section.notices:
                about.write(("", notice), looks.note)
        for section in comparison.sections.values():
            answer = section.answer()
            sheet = Sheet(book, section.title[:31], columns_of_answer(answer), looks, path)
            sheet.add_headings()
            sheet.add(answer.rows())
            if section.rows:
                sheet.make_filtered()
