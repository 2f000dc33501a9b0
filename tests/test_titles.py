"""Lines above the tables: the title, the publisher, and the heading over a table."""

from __future__ import annotations

import pytest

from planweave.documents import OF_SHEETS, Line
from planweave.reading.titles import group_line, is_publisher, title_line


@pytest.mark.parametrize(
    ("texts", "title"),
    [
        (("Weir Town Council", "Weir plan 2025"), "Weir plan 2025"),
        (("Appendix B", "Weir strategy"), "Weir strategy"),
        (("Weirs and bridges", "Weir plan 2025"), "Weirs and bridges"),
        (("Weir Town Council", "What we do"), "Weir Town Council"),
    ],
)
def test_the_title_is_below_the_name_of_the_body(texts: tuple[str, ...], title: str) -> None:
    """A body's name or an appendix's number is passed over where a line below speaks of a plan."""
    assert title_line([Line(text, number) for number, text in enumerate(texts, 1)]).text == title


def test_a_sheets_name_is_no_title() -> None:
    """It stands first on its sheet; the first line that is printed is the title."""
    assert title_line([Line("Plan", 1, None, OF_SHEETS), Line("Weirs", 1)]).text == "Weirs"


@pytest.mark.parametrize(
    "text", ["Weir Town Council", "University of Weir", "Weir Council and Dee Council", "Dee Council, 5 May 2025"]
)
def test_a_body_alone_or_with_a_date_is_a_publisher(text: str) -> None:
    """Nothing else stands in the line."""
    assert is_publisher(text)


@pytest.mark.parametrize("text", ["Housing Service", "What the council will do about damp", "Priority 1: Homes"])
def test_a_heading_that_speaks_of_a_body_is_no_publisher(text: str) -> None:
    """A service may head its own actions."""
    assert not is_publisher(text)


def test_a_heading_that_says_so_goes_before_a_nearer_line() -> None:
    """Of "Theme 2: Homes" and a remark below it, the theme heads the table."""
    lines = [Line("Theme 2: Homes", 1), Line("Led by the board", 2)]
    found = group_line(lines, "Weir plan", marked=False)
    assert found is not None
    assert found[1] == ("Theme 2: Homes", "worded")


def test_lines_that_count_up_head_nothing() -> None:
    """A list of the aims stands above the table of them all; two headings one below the other are headings."""
    aims = [Line(f"Aim {number}: Better weirs", number) for number in range(1, 5)]
    assert group_line(aims, None, marked=False) is None
    found = group_line(aims[:2], None, marked=False)
    assert found is not None
    assert found[1].text == "Aim 2: Better weirs"
