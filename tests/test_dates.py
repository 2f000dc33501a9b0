"""Printed dates: what British plans print becomes EDTF of the same precision, and nothing is guessed."""

from __future__ import annotations

import datetime as dt
import re
import time

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from planweave.dates import Printed, bounds, find_dates, is_edtf, opening_date, read_edtf
from planweave.dates.openings import Opening

DAYS = {
    "01/04/2024": "2024-04-01",
    "1/4/24": "2024-04-01",
    "31/3/2025": "2025-03-31",
    "1.4.24": "2024-04-01",
    "31.03.2025": "2025-03-31",
    "31-03-2025": "2025-03-31",
    "31-03-25": "2025-03-31",
    "2025-03-31": "2025-03-31",
    "2025-03-31 00:00:00": "2025-03-31",
    "31-Mar-25": "2025-03-31",
    "31/Mar/25": "2025-03-31",
    "31 March 2025": "2025-03-31",
    "31st March 2025": "2025-03-31",
    "31 st March 2025": "2025-03-31",
    "the 31st of March, 2025": "2025-03-31",
    "Mon 3rd Jun 24": "2024-06-03",
    "by 9 Sept 2024": "2024-09-09",
    "March 31, 2025": "2025-03-31",
    "March 31st 2025": "2025-03-31",
    "29 February 2024": "2024-02-29",
    "31 March 2025 at 10am": "2025-03-31",
    "FYE 31 March 2025": "2025-03-31",
    "FYE 31/03/2025": "2025-03-31",
    "Q1 31 March 2025": "2025-03-31",
}
MONTHS = {
    "March 2024": "2024-03",
    "JAN 23": "2023-01",
    "January2023": "2023-01",
    "December 22": "2022-12",
    "by April 25": "2025-04",
    "Sept 2024": "2024-09",
    "Sept.2024": "2024-09",
    "Mar. 2025": "2025-03",
    "Mar-25": "2025-03",
    "MAR25": "2025-03",
    "March '25": "2025-03",
    "Mar’25": "2025-03",
    "March, 2025": "2025-03",
    "June–2024": "2024-06",
    "May 25": "2025-05",
    "03/2025": "2025-03",
    "2024-06": "2024-06",
    "December 2024 at the latest": "2024-12",
    "Completed March 2023": "2023-03",
    "by end of March 2024": "2024-03",
    "end March 2024": "2024-03",
    "mid March 2024": "2024-03",
    "Phase 2 June 2024": "2024-06",
    "Action 3 - March 2025": "2025-03",
    "1.1 March 2024": "2024-03",
    "Mar 98": "1998-03",
}
YEARS = {
    "2025": "2025",
    "By Easter 2025": "2025",
    "early 2024": "2024",
    "late 2024": "2024",
    "end of 2022": "2022-12~",
    "Mobilised by end of 2022": "2022-12~",
    "by the end of the year 2024": "2024-12~",
    "mid-2024": "2024-06~",
    "mid 2024": "2024-06~",
    "start of 2024": "2024-01~",
    "circa 2024": "2024~",
}
FINANCIAL_YEARS = {
    "2024/25": "2024-04/2025-03",
    "2024-25": "2024-04/2025-03",
    "2024/2025": "2024-04/2025-03",
    "24/25": "2024-04/2025-03",
    "FY 24/25": "2024-04/2025-03",
    "FY24-25": "2024-04/2025-03",
    "financial year 2024/25": "2024-04/2025-03",
    "Year 1 (2024/25)": "2024-04/2025-03",
    "FYE 24/25": "2024-04/2025-03",
    "FYE 2024/25": "2024-04/2025-03",
    "FYE 25": "2024-04/2025-03",
    "financial year ending 2025": "2024-04/2025-03",
    "academic year 2024/25": "2024-09/2025-08",
    "financial year end 2025": "2025-03",
    "end of 2024/25": "2025-03~",
    "by the end of the financial year 2024/25": "2025-03~",
    "mid 2024/25": "2024-09~",
}
QUARTERS = {
    "Q1 2024/25": "2024-04/2024-06",
    "Q2 2024/25": "2024-07/2024-09",
    "Q3 2024/25": "2024-10/2024-12",
    "Q4 2024/25": "2025-01/2025-03",
    "Q3 24/25": "2024-10/2024-12",
    "Q3 2024-25": "2024-10/2024-12",
    "Qtr 3 of 2024/25": "2024-10/2024-12",
    "Quarter 3, 2024/25": "2024-10/2024-12",
    "third quarter of 2024/25": "2024-10/2024-12",
    "2024/25 Q3": "2024-10/2024-12",
    "2023/24 (Q1)": "2023-04/2023-06",
    "Q3 FY24/25": "2024-10/2024-12",
    "end of Q2 2025/26": "2025-09~",
    "Q1-Q2 2024/25": "2024-04/2024-09",
    "Q1 & Q2 2024/25": "{2024-04..2024-06,2024-07..2024-09}",
    "Q4 and Q1 2024/25": "{2024-01..2024-03,2024-04..2024-06}",
    "Q4 2024/25 - Q1 2025/26": "2025-01/2025-06",
}
SEASONS = {
    "Spring 2023": "2023-21",
    "Summer 2023": "2023-22",
    "Autumn of 2023": "2023-23",
    "Winter 2023": "2023-24",
    "Summer 24": "2024-22",
    "end of summer 2024": "2024-22",
    "Winter 2019/20": "2019-12/2020-02",
    "Winter 24-25": "2024-12/2025-02",
    "Summer 2023 - Winter 2024": "2023-22/2024-24",
    "Spring 2024 - 31 March 2025": "2024-21/2025-03-31",
    "Spring and Autumn 2024": "{2024-03..2024-05,2024-09..2024-11}",
    "Autumn/Winter 2024": "{2024-09..2024-11,2024-12..2025-02}",
    "Winter/Spring 2025": "{2024-12..2025-02,2025-03..2025-05}",
}
RANGES = {
    "April 2024 - March 2025": "2024-04/2025-03",
    "April 2024 to March 2025": "2024-04/2025-03",
    "April 2024 until end of 2025": "2024-04/2025-12~",
    "March - June 2023": "2023-03/2023-06",
    "October - December 2022": "2022-10/2022-12",
    "Apr-Jun 24": "2024-04/2024-06",
    "Apr 24-Mar 25": "2024-04/2025-03",
    "Nov - Feb 2024": "2023-11/2024-02",
    "1 April - 30 June 2024": "2024-04-01/2024-06-30",
    "1-3 March 2024": "2024-03-01/2024-03-03",
    "10 to 15 March 2024": "2024-03-10/2024-03-15",
    "31/12/2023 - 31/03/2024": "2023-12-31/2024-03-31",
    "31/03/24-31/03/25": "2024-03-31/2025-03-31",
    "from April 2024 to March 2025": "2024-04/2025-03",
    "between April 2024 and March 2025": "2024-04/2025-03",
    "2022 - 2024": "2022/2024",
    "2024-2025": "2024/2025",
    "2023-27": "2023/2027",
    "2024/25 - 2026/27": "2024-04/2027-03",
    "2 years (2024 - 2026)": "2024/2026",
    "w/c 3 June 2024": "2024-06-03/2024-06-09",
    "week commencing 3rd June 2024": "2024-06-03/2024-06-09",
    "w/e 9 June 2024": "2024-06-03/2024-06-09",
}
SETS = {
    "April 2022 and 2023": "{2022-04,2023-04}",
    "31 March 2023 and 2024": "{2023-03-31,2024-03-31}",
    "29 February 2024 and 2025": "{2024-02-29,2025}",
    "Dec 24 / Jan 25": "{2024-12,2025-01}",
    "March and June 2023": "{2023-03,2023-06}",
    "Jan, Apr, Jul & Oct 2025": "{2025-01,2025-04,2025-07,2025-10}",
    "April, July, October 2024 and January 2025": "{2024-04,2024-07,2024-10,2025-01}",
    "13/14 March 2024": "{2024-03-13,2024-03-14}",
    "30 Sept / 31 Oct 2024": "{2024-09-30,2024-10-31}",
    "2023, 2024 and 2025": "{2023,2024,2025}",
    "2023/2024/2025": "{2023,2024,2025}",
    "2024/25 and 2025/26": "{2024-04..2025-03,2025-04..2026-03}",
    "Phase 1: March 2024, Phase 2: March 2025": "{2024-03,2025-03}",
    "March 2025 - March 2024": "{2025-03,2024-03}",
    "March 2024, March 2024": "2024-03",
    "March or April 2025": "[2025-03,2025-04]",
}
GOING_ON = {
    "March 2023 onwards": "2023-03/..",
    "2025+": "2025/..",
    "2025 and beyond": "2025/..",
    "April 2024 and ongoing": "2024-04/..",
    "April 2024 - ongoing": "2024-04/..",
    "from April 2024": "2024-04/..",
    "since 2022": "2022/..",
    "2023/24 onwards": "2023-04/..",
    "Summer 2024 onwards": "2024-22/..",
    "April 2023 - March 2024 and ongoing": "2023-04/2024-03",
}
UP_TO = {
    "up to 2025": "../2025",
    "until March 2025": "../2025-03",
    "until end of 2025": "../2025-12~",
    "up to the end of March 2025": "../2025-03",
    "Ongoing to March 2025": "../2025-03",
    "until 2024/25": "../2025-03",
}
UNSURE = {
    "March 2025 (TBC)": "2025-03?",
    "March 2025?": "2025-03?",
    "31 March 2025 - to be confirmed": "2025-03-31?",
    "c. March 2025": "2025-03~",
    "end of 2025 (TBC)": "2025-12%",
}
REPLACED = {
    "30/09/23 (extended to 31/12/23)": "2023-12-31",
    "March 2023 (revised to June 2024)": "2024-06",
    "Originally March 2023, now June 2024": "2024-06",
    "June 2024 (was March 2023)": "2024-06",
}
IMPOSSIBLE = ("31/02/2025", "31 April 2025", "31st June 2025", "2025-02-31", "29/02/2025", "04/31/2024", "2025-20-01")
IN_TWO_WAYS = (
    "Q2 2025",
    "end Q2 2025",
    "2025 Q2",
    "H1 2025",
    "FY 2024",
    "financial year 2024",
    "year end 2024",
    "academic year 2024",
    "Summer 2024/25",
    "March 2024/25",
    "October 24-25",
    "2010-11",
    "11/12",
)
NOT_DATES = (
    "",
    "Q1",
    "Year 2",
    "Year 1-5",
    "ASAP",
    "Immediate",
    "12 months",
    "within 6 months",
    "March",
    "31 March",
    "1 April - 30 June",
    "by 31/03",
    "to be reviewed 03/24",
    "24/7",
    "winter 24/7 cover",
    "£2024",
    "room 2023b",
    "A2024",
    "100%",
    "2024%",
    "3-4 times",
    "1.10",
    "2.3.15",
    "10.10.23.4",
    "23/24 households moved on",
    "2024/23",
    "we may 20 more",
    "31 March 10am",
    "Ongoing / Six monthly",
)
RECKONED = (
    "within 6 months of April 2024",
    "12 months from April 2024",
    "3 weeks before 1 May 2024",
    "After April 2025",
    "following March 2025",
    "was March 2023",
)


def listed(*tables: dict[str, str]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("text", "edtf"), [pair for table in tables for pair in table.items()])


@listed(DAYS)
def test_a_day_is_read_with_the_day_first(text: str, edtf: str) -> None:
    """A printed day, in figures or words, is that day, the British way round."""
    assert read_edtf(text) == (edtf, False)


@listed(MONTHS)
def test_a_month_stays_a_month(text: str, edtf: str) -> None:
    """A month gets no day; a two-digit number after it is its year; any part of it is the month."""
    assert read_edtf(text) == (edtf, False)


@listed(YEARS)
def test_a_vague_part_of_a_year_is_marked(text: str, edtf: str) -> None:
    """The end, middle or start of a year is its month, approximate; what is vaguer is the year."""
    assert read_edtf(text) == (edtf, False)


@listed(FINANCIAL_YEARS, QUARTERS)
def test_financial_years_begin_in_april(text: str, edtf: str) -> None:
    """Two years that follow each other are April to March, and their quarters are counted from April."""
    assert read_edtf(text) == (edtf, False)


@listed(SEASONS)
def test_seasons_keep_their_code_where_edtf_has_one(text: str, edtf: str) -> None:
    """A season is EDTF's season; a winter of two years, or a season in a set, is its months."""
    assert read_edtf(text) == (edtf, False)


@listed(RANGES)
def test_dates_joined_by_a_dash_are_a_range(text: str, edtf: str) -> None:
    """A range runs from the first date to the last, and a date without a year has the year of the next one."""
    assert read_edtf(text) == (edtf, False)


@listed(SETS)
def test_several_dates_are_a_set(text: str, edtf: str) -> None:
    """Dates that are listed are all kept, each once; "or" makes it one of them."""
    assert read_edtf(text) == (edtf, False)


@listed(GOING_ON)
def test_what_goes_on_is_open_at_its_end(text: str, edtf: str) -> None:
    """A date with "onwards", "from" or the like goes on from there."""
    assert read_edtf(text) == (edtf, True)


@listed(UP_TO)
def test_what_lasts_until_a_date_is_open_at_its_beginning(text: str, edtf: str) -> None:
    """A date with "up to" or "until" is the end of an interval without a beginning."""
    assert read_edtf(text) == (edtf, False)


@listed(UNSURE)
def test_a_doubtful_date_is_marked_as_one(text: str, edtf: str) -> None:
    """A date that print calls unconfirmed or approximate carries EDTF's mark for it."""
    assert read_edtf(text) == (edtf, False)


@listed(REPLACED)
def test_a_date_that_is_replaced_gives_way(text: str, edtf: str) -> None:
    """Where print says that a date was moved, the new one counts."""
    assert read_edtf(text) == (edtf, False)


@pytest.mark.parametrize("text", IMPOSSIBLE)
def test_a_day_in_no_calendar_is_no_date(text: str) -> None:
    """An impossible day is not mended, nor read as its month or year."""
    assert find_dates(text) == ()
    assert read_edtf(text) == (None, False)


@pytest.mark.parametrize("text", IN_TWO_WAYS)
def test_what_can_be_read_in_two_ways_is_no_date(text: str) -> None:
    """Where the calendar's and the council's year differ, or day and year, nothing is guessed."""
    assert read_edtf(text) == (None, False)


@pytest.mark.parametrize("text", NOT_DATES)
def test_other_words_and_numbers_are_no_dates(text: str) -> None:
    """Durations, sums, shares, references, rooms and dates without a year are no dates."""
    assert find_dates(text) == ()
    assert read_edtf(text) == (None, False)


@pytest.mark.parametrize("text", RECKONED)
def test_a_date_reckoned_from_another_is_not_that_other(text: str) -> None:
    """What is due after a date, or was due once, has no date of its own in print."""
    assert read_edtf(text) == (None, False)


def test_dates_are_found_where_they_stand() -> None:
    """Each date comes with the place of exactly its own words."""
    text = "By 31-Mar-25, then JAN 26; not 31/02/2025."
    assert find_dates(text) == (Printed(3, 12, "2025-03-31"), Printed(19, 25, "2026-01"))
    assert [text[date.start : date.end] for date in find_dates(text)] == ["31-Mar-25", "JAN 26"]


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2024", (2024, 1, 1), (2024, 12, 31)),
        ("2024-02", (2024, 2, 1), (2024, 2, 29)),
        ("2025-02", (2025, 2, 1), (2025, 2, 28)),
        ("2025-03-31", (2025, 3, 31), (2025, 3, 31)),
        ("2022-12~", (2022, 12, 1), (2022, 12, 31)),
        ("2025-03?", (2025, 3, 1), (2025, 3, 31)),
        ("2025-12%", (2025, 12, 1), (2025, 12, 31)),
        ("2023-21", (2023, 3, 1), (2023, 5, 31)),
        ("2023-22", (2023, 6, 1), (2023, 8, 31)),
        ("2023-23", (2023, 9, 1), (2023, 11, 30)),
        ("2023-24", (2023, 12, 1), (2024, 2, 29)),
        ("2024-10/2024-12", (2024, 10, 1), (2024, 12, 31)),
        ("2022/2024", (2022, 1, 1), (2024, 12, 31)),
        ("2023-03/..", (2023, 3, 1), None),
        ("../2025", None, (2025, 12, 31)),
        ("{2022-04,2023-04}", (2022, 4, 1), (2023, 4, 30)),
        ("{2025-03,2024-03}", (2024, 3, 1), (2025, 3, 31)),
        ("[2025-03,2025-04]", (2025, 3, 1), (2025, 4, 30)),
        ("{2024-04..2024-06,2025-07..2025-09}", (2024, 4, 1), (2025, 9, 30)),
    ],
)
def test_bounds_are_the_first_and_last_day(
    edtf: str, first: tuple[int, int, int] | None, last: tuple[int, int, int] | None
) -> None:
    """Every form of EDTF that is written has its first and last day; an open end has none."""
    assert bounds(edtf) == (first and dt.date(*first), last and dt.date(*last))


@pytest.mark.parametrize("text", ["", "soon", "2023-13", "2023-02-29", "2022 - 2024", "2024-25-26", "{2024", "//"])
def test_what_is_no_edtf_has_no_bounds(text: str) -> None:
    """Other text, and days in no calendar, are refused and not EDTF."""
    assert not is_edtf(text)
    with pytest.raises(ValueError, match=r"EDTF|month|day"):
        bounds(text)


WORDS = (
    *("January", "Feb", "March", "Apr.", "May", "JUNE", "Sept", "December", "spring", "Winter", "Autumn"),
    *("2019", "2023", "2024", "2025", "'24", "24", "25", "30", "31", "1st", "3rd", "2024/25", "24/25", "2023-27"),
    *("31/12/2024", "1/4/25", "29/02/2024", "31.3.2025", "2025-06-30", "31-Mar-25", "03/2025", "Q1", "Q3", "Qtr 4"),
    *("-", "–", "to", "and", "&", ",", "/", "or", "of", "(", ")", ";", ":", "?", "+", "TBC", "from", "until", "up to"),
    *("by", "end of", "mid", "start of", "early", "circa", "w/c", "w/e", "FYE", "FY", "onwards", "and ongoing", "now"),
    *("extended to", "was", "between", "after", "review", "phase", "12 months from", "the", "since"),
)
PRINTED = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).flatmap(
    lambda words: st.lists(st.sampled_from([" ", " ", " ", ""]), min_size=len(words), max_size=len(words)).map(
        lambda gaps: "".join(gap + word for gap, word in zip(gaps, words, strict=True))
    )
)


def edges(edtf: str) -> tuple[dt.date | None, dt.date | None]:
    """The bounds that the edtf library gives."""
    parsed = parse_edtf(edtf)
    ends = (parsed.lower_strict(), parsed.upper_strict())
    first, last = (None if isinstance(end, float) else dt.date(*end[:3]) for end in ends)
    return first, last


def ends_in_winter(edtf: str) -> bool:
    """Whether the last day is that of a winter: the library ends it in December, the season goes on to February."""
    return re.search(r"(?:^|/)\d{4}-24$", edtf) is not None


@settings(max_examples=400, deadline=None)
@given(PRINTED)
def test_the_edtf_library_understands_what_is_read(text: str) -> None:
    """Whatever words and dates stand together, the EDTF is valid and its bounds are those of another reader.

    The one difference: the edtf library ends a winter on 31 December; here it runs on to the end of February.
    """
    edtf, _ = read_edtf(text)
    if edtf is None:
        return
    first, last = edges(edtf)
    assert bounds(edtf)[0] == first
    if not ends_in_winter(edtf):
        assert bounds(edtf)[1] == last


def test_the_one_difference_to_the_edtf_library() -> None:
    """A winter is December to February here, and December alone there; if that changes, this note goes."""
    assert edges("2023-24") == (dt.date(2023, 12, 1), dt.date(2023, 12, 31))
    assert bounds("2023-24") == (dt.date(2023, 12, 1), dt.date(2024, 2, 29))


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(max_size=60), PRINTED), st.integers(0, 20))
def test_no_text_is_too_odd(text: str, start: int) -> None:
    """Any text at all is read without an error, and each date found is valid and stands in the text."""
    read_edtf(text)
    opening_date(text, start, "2024-08")
    opening_date(text, start, None)
    position = 0
    for date in find_dates(text):
        assert position <= date.start < date.end <= len(text)
        assert is_edtf(date.edtf)
        position = date.end


def test_letters_like_ours_do_not_stop_the_reading() -> None:
    """Scanned letters that fold to ours, and digits of other scripts, are not taken for dates by mistake."""
    assert [date.edtf for date in find_dates("Aprıl 2024, ſept 2025")] == ["2024-04", "2025-09"]
    assert find_dates("٣ March ٢٠٢٤, 20٢٤") == ()


@pytest.mark.parametrize(
    ("text", "previous", "opening"),
    [
        ("October 24 - policy agreed", None, Opening("2024-10", 13, year_inferred=False)),
        ("Oct 2024: agreed", None, Opening("2024-10", 10, year_inferred=False)),
        ("Oct 24 –agreed", None, Opening("2024-10", 8, year_inferred=False)),
        ("29/01/2025 Health van", None, Opening("2025-01-29", 11, year_inferred=False)),
        ("16 January 2025 - agreed", None, Opening("2025-01-16", 18, year_inferred=False)),
        ("11/11 adjusted", "2024-08", Opening("2024-11-11", 6, year_inferred=True)),
        ("September - closed", "2024-08", Opening("2024-09", 12, year_inferred=True)),
        ("August - still open", "2024-08", Opening("2024-08", 9, year_inferred=True)),
    ],
)
def test_a_date_opens_an_entry(text: str, previous: str | None, opening: Opening) -> None:
    """A full day, or a month with a dash or colon, opens an entry; a bare one takes its year from the one before."""
    assert opening_date(text, 0, previous) == opening


@pytest.mark.parametrize(
    ("text", "previous"),
    [
        ("March 2024 figures are in", None),
        ("August - review complete", None),
        ("11/11 adjusted", None),
        ("January - done", "2024-11"),
        ("24/7 cover in place", "2024-08"),
        ("24/7 - cover in place", "2024-01"),
        ("1/2 of clients moved on", "2023-12"),
        ("March 2024 - June 2024: trial", None),
        ("31/02/2025 agreed", None),
        ("31/11 agreed", "2024-08"),
        ("Marching on - done", "2024-01"),
        ("May we - perhaps - begin", "2024-01"),
        ("2024 - a good year", None),
        ("policy agreed October 24 - x", None),
    ],
)
def test_a_sentence_is_no_entry(text: str, previous: str | None) -> None:
    """A date inside a sentence, without a year to borrow, or before the entry it follows, begins nothing."""
    assert opening_date(text, 0, previous) is None


def test_a_date_after_a_comma_goes_on_with_the_sentence() -> None:
    """In words it needs a dash to open an entry; in figures it opens one by itself."""
    in_words = "Opened in Leeds, 13 March 2024 saw the first guests"
    assert opening_date(in_words, 17, None) is None
    in_figures = "planned for the year, 29/01/2025 Health van now here"
    assert opening_date(in_figures, 22, None) == Opening("2025-01-29", 33, year_inferred=False)


@pytest.mark.parametrize("piece", ["12 ", "may ", "March - ", " ", "1/", "Q1-", "31 March 2024, ", "end of ", "w/c "])
def test_a_long_line_takes_no_long_time(piece: str) -> None:
    """A quarter of a million characters on one line are read in time that grows with their number only."""
    text = "May" + piece * (250_000 // len(piece)) + "x"
    began = time.perf_counter()
    find_dates(text)
    read_edtf(text)
    assert time.perf_counter() - began < 15
