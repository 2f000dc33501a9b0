"""A PDF of as many pages of tables as wanted, for benchmarks and tests: nothing here knows planweave."""

from __future__ import annotations

import io
from itertools import count, islice
from typing import TYPE_CHECKING, Literal

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["HEADER", "ROWS_A_PAGE", "Rules", "made_rows", "pdf_of_pages"]

Rules = Literal["all", "rows", "none"]
HEADER = ("Ref", "Action", "Lead", "Due", "Outcome", "Status")
ROWS_A_PAGE = 12
LEADS = ("Housing Options", "Public Health", "Adult Social Care", "Community Safety")
STATUSES = ("On track", "Complete", "Not started")
XS = (40.0, 80.0, 330.0, 450.0, 530.0, 720.0, 800.0)
TOP, HIGH, STEP = 540.0, 38.0, 10.0


def made_rows() -> Iterator[tuple[str, ...]]:
    """Make actions without end; every cell says its number, and two cells run over three printed lines."""
    for number in count(1):
        yield (
            f"{number // 20 + 1}.{number % 20 + 1}",
            (
                f"Action {number}: work with partners across the borough so that people who\n"
                f"sleep rough are found within {number % 5 + 1} nights, are offered a place to stay, and\n"
                "are helped to keep the home that they move on to"
            ),
            LEADS[number % len(LEADS)],
            f"{number % 28 + 1:02}/{number % 12 + 1:02}/2025",
            f"{number} fewer people sleep rough in the\nwinter count, and more of them keep\ntheir homes for a year",
            STATUSES[number % len(STATUSES)],
        )


def pdf_of_pages(pages: int, rules: Rules = "all") -> bytes:
    """Make the document: one table over all its pages, its header on each of them.

    Parameters
    ----------
    pages
        How many pages it has, of `ROWS_A_PAGE` rows each.
    rules
        Whether rules are drawn around all cells, between the rows only, or not at all.
    """
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=landscape(A4), invariant=1)
    rows = made_rows()
    for page in range(1, pages + 1):
        canvas.setFont("Helvetica", 8)
        canvas.setStrokeColor(colors.black)
        canvas.drawString(40, 20, f"An action plan, page {page} of {pages}")
        for place, row in enumerate([HEADER, *islice(rows, ROWS_A_PAGE)]):
            top = TOP - HIGH * place
            for x, cell in zip(XS, row, strict=False):
                for line, text in enumerate(cell.split("\n"), start=1):
                    canvas.drawString(x + 4, top - STEP * line, text)
            if rules != "none":
                canvas.line(XS[0], top, XS[-1], top)
        bottom = TOP - HIGH * (ROWS_A_PAGE + 1)
        if rules != "none":
            canvas.line(XS[0], bottom, XS[-1], bottom)
        if rules == "all":
            for x in XS:
                canvas.line(x, TOP, x, bottom)
        canvas.showPage()
    canvas.save()
    return data.getvalue()
