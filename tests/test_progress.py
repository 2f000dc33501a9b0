"""When an action is due, how far it is, and what was said when: as far as print says it, and no further."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planweave.library import Library
from planweave.reading.definition import load_common
from planweave.reading.progress import Progress
from planweave.records import Due, Update

if TYPE_CHECKING:
    from planweave.records import DueKind, Status

PROGRESS = Progress(load_common(Library.bundled()))


@pytest.mark.parametrize(
    ("text", "kind", "edtf"),
    [
        ("March 2024", "date", "2024-03"),
        ("Mobilised by end of 2022", "date", "2022-12~"),
        ("April 2022 and 2023", "date", "{2022-04,2023-04}"),
        ("30/09/23 (extended to 31/12/23)", "date", "2023-12-31"),
        ("until March 2025", "date", "../2025-03"),
        ("Review December 2022", "review", "2022-12"),
        ("December 2022 - review", "review", "2022-12"),
        ("To be reviewed in March, June and September 2024", "review", "{2024-03,2024-06,2024-09}"),
        ("Currently being mobilised. Review in December 2022", "review", "2022-12"),
        ("March 2024, review March 2025", "date", "2024-03"),
        ("March 2024 (reviewed June 2024)", "date", "2024-03"),
        ("Review December 2022, complete March 2023", "date", "2023-03"),
        ("Ongoing", "ongoing", None),
        ("On-going", "ongoing", None),
        ("on going", "ongoing", None),
        ("Continuous", "ongoing", None),
        ("March 2024/ongoing", "ongoing", "2024-03/.."),
        ("Ongoing, review March 2023", "ongoing", "2023-03"),
        ("On-Going - review in Summer 2023", "ongoing", "2023-22"),
        ("Ongoing from April 2023, review March 2024", "ongoing", "2023-04/.."),
        ("March 2023 onwards", "ongoing", "2023-03/.."),
        ("Throughout 2024", "ongoing", "2024"),
        ("Ongoing / Six monthly", "recurring", None),
        ("Six-monthly", "recurring", None),
        ("On-going Annual review", "recurring", None),
        ("Annual winter", "recurring", None),
        ("Quarterly from April 2024", "recurring", "2024-04/.."),
        ("bi-monthly", "recurring", None),
        ("Every 6 months", "recurring", None),
        ("Annual/ongoing", "recurring", None),
    ],
)
def test_a_timescale_has_its_kind_and_date(text: str, kind: DueKind, edtf: str | None) -> None:
    """Ongoing plus an interval is recurring, plus a date ongoing; a review counts where no other date stands."""
    assert PROGRESS.due(text) == Due(text, kind, edtf)


@pytest.mark.parametrize(
    "text", ["Q1", "Year 2", "ASAP", "Immediate", "12 months", "31/02/2025", "soon", "Complete", "Review", "In place"]
)
def test_a_timescale_without_a_date_keeps_its_words(text: str) -> None:
    """What is no date has no kind but "none", stays as printed, and does not say that there is no date."""
    assert PROGRESS.due(text) == Due(text, "none", None)
    assert not PROGRESS.is_no_date(text)


@pytest.mark.parametrize(
    "text", ["", "  ", "TBC", "tbc.", "(TBC)", "T.B.C.", "TBC?", "To be  confirmed", "N/A", "-", "—", "None", "?"]
)
def test_a_cell_can_say_that_there_is_no_date(text: str) -> None:
    """An empty cell, a dash, "TBC" and the like say outright that there is none."""
    assert PROGRESS.is_no_date(text)
    assert PROGRESS.due(text) == Due(" ".join(text.split()), "none", None)


def test_white_space_in_a_timescale_is_one_space() -> None:
    """A cell that spills over lines is read as one line."""
    assert PROGRESS.due(" March\n   2024 ") == Due("March 2024", "date", "2024-03")


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        ("Complete", "complete"),
        ("COMPLETED.", "complete"),
        ("Completed - March 2024", "complete"),
        ("Blue", "complete"),
        ("Yes", "complete"),
        ("100%", "complete"),
        ("✓", "complete"),
        ("Amber ✔", "complete"),
        ("Green - Complete", "complete"),
        ("Partially complete", "partial"),
        ("Amber: partially completed", "partial"),
        ("Not started", "not-started"),
        ("Not yet started - funding", "not-started"),
        ("Grey", "not-started"),
        ("Amber (not started)", "not-started"),
        ("On hold", "stopped"),
        ("No longer required", "stopped"),
        ("In progress", "ongoing"),
        ("On-going", "ongoing"),
        ("Under way since May", "ongoing"),
        ("Green", "ongoing"),
        ("Amber", "ongoing"),
        ("Green, as agreed", "ongoing"),
        ("Under way with some delay", "ongoing"),
        ("Under way but slipping", "ongoing"),
        ("Under way but later than planned", "ongoing"),
    ],
)
def test_a_status_cell_is_read_by_its_words(cell: str, status: Status) -> None:
    """A word for a status decides, whole or first; a colour only where it is all there is."""
    assert PROGRESS.status_word(cell) == status


@pytest.mark.parametrize(
    "cell", ["", "Red", "Yes it will", "Not complete", "50% complete", "Completed 50%", "See notes", "–", "Incomplete"]
)
def test_another_status_cell_is_not_understood(cell: str) -> None:
    """Red says that something is wrong and not how far it is; a share or a negation is no word for the whole."""
    assert PROGRESS.status_word(cell) is None


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("This action has been completed. All tenants were re-housed.", "complete"),
        ("This action has been completed but will continue.", "complete"),
        ("The action is complete", "complete"),
        ("Action completed", "complete"),
        ("Agreed at Board. Action now complete.", "complete"),
        ("This has now been completed", "complete"),
        ("Completed.", "complete"),
        ("Completed March 2024", "complete"),
        ("Completed in 2023", "complete"),
        ("Complete – see website", "complete"),
        ("Partially completed and work continuing", "partial"),
        ("Partly complete", "partial"),
        ("This has not yet started", "not-started"),
        ("Not yet underway", "not-started"),
        ("Recruitment is yet to begin", "not-started"),
        ("This action has been withdrawn", "stopped"),
        ("The scheme is no longer required", "stopped"),
        ("This is an ongoing action; the team meets monthly.", "ongoing"),
        ("This action is ongoing.", "ongoing"),
        ("The team continue to target rough sleepers", "ongoing"),
        ("The team continues to meet", "ongoing"),
        ("This action will continue to be worked on", "ongoing"),
        ("Currently being mobilised. Review in December 2022", "ongoing"),
        ("Recruitment is underway", "ongoing"),
    ],
)
def test_a_statement_says_how_far_the_action_is(text: str, status: Status) -> None:
    """An explicit statement that the action is done, begun, stopped or goes on is its status."""
    assert PROGRESS.stated([text]) == status


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ongoing",
        "On-going",
        "March 2024",
        "Complete safeguarding referrals",
        "Complete and submit the bid",
        "Complete by March 2024",
        "Completed by end of 2022",
        "Completed 12 visits",
        "To be completed in May",
        "Will be completed by March",
        "Once this action is complete, the panel meets",
        "The form is completed when this action is complete",
        "This action is not complete",
        "Incomplete",
        "Phase one has been completed",
        "Continue to decrease rough sleeping each year",
        "Continuously offer support",
        "We aim to continue to offer support",
        "Identify and continue to support clients",
        "Tenants are no longer required to attend",
        "Every two weeks the service meets with its partners",
        "Trinity will be offering its front door service",
        "Bid for on-going financial support submitted",
        "Project commenced in May",
    ],
)
def test_a_description_says_nothing(text: str) -> None:
    """What is to be done, what is being done, a part that is done, or "ongoing" as a date is no status."""
    assert PROGRESS.stated([text]) is None


def test_the_latest_entry_that_says_anything_decides() -> None:
    """Entries are in their order: a later statement overrules an earlier one, a later silence does not."""
    assert PROGRESS.stated(["Not yet started", "Recruitment is underway", "Panel met in May"]) == "ongoing"
    assert PROGRESS.stated(["This action has been completed", "This action is ongoing"]) == "ongoing"
    assert PROGRESS.stated([]) is None


def test_comments_are_split_at_dated_entries() -> None:
    """Each dated entry is one of its own, the text before the first keeps no date, words keep their order."""
    cell = "Issues remain. August 2024 - potential work with X. 29/01/2025 Letter sent, all done."
    assert PROGRESS.updates(cell, None) == (
        Update(None, "Issues remain."),
        Update("2024-08", "potential work with X."),
        Update("2025-01-29", "Letter sent, all done."),
    )


def test_a_date_inside_a_sentence_begins_nothing() -> None:
    """A month in a sentence, a day in a sentence, and a month without year or entry before it split nothing."""
    cell = "August - review complete. Agreed at 16 January CCS. Go live March 2024. Service opened 13 March 2024."
    assert PROGRESS.updates(cell, None) == (Update(None, cell),)


def test_a_year_is_taken_from_the_entry_before_and_said_so() -> None:
    """A bare month or day has the year of the dated entry before it in the cell, marked as inferred."""
    assert PROGRESS.updates("July 2024 - draft. Aug - final draft. 11/11 adjusted.", None) == (
        Update("2024-07", "draft."),
        Update("2024-08", "final draft.", year_inferred=True),
        Update("2024-11-11", "adjusted.", year_inferred=True),
    )


def test_a_year_is_never_taken_from_the_heading() -> None:
    """A heading dates the text under it; it lends no year to a month inside the cell."""
    cell = "Draft agreed. September - final draft."
    assert PROGRESS.updates(cell, "2024-07") == (Update("2024-07", cell),)


def test_a_month_before_the_entry_it_follows_stays_in_its_text() -> None:
    """Its year cannot be told: January after November may be of either year."""
    cell = "November 2024 - draft. January - final."
    assert PROGRESS.updates(cell, None) == (Update("2024-11", "draft. January - final."),)


def test_line_breaks_separate_entries() -> None:
    """An entry may begin on a line of its own, without a full stop before it."""
    assert PROGRESS.updates("Oct 24 - agreed\nJan 25 – done", None) == (
        Update("2024-10", "agreed"),
        Update("2025-01", "done"),
    )


def test_an_empty_cell_has_no_entries() -> None:
    """Nothing printed is no entry, under a dated heading too; a date alone is none either."""
    assert PROGRESS.updates("", "2024-07") == ()
    assert PROGRESS.updates("March 2024 - ", None) == ()


ENTRIES = st.lists(
    st.sampled_from(
        ["Oct 24 - ", "Jan – ", "29/01/2025 ", "11/11 ", "May ", "done. ", "agreed, ", "draft ", "\n", ". ", "in "]
    )
)


@given(ENTRIES)
def test_no_word_of_a_comment_is_lost(pieces: list[str]) -> None:
    """However dates and words follow each other, the words come out once each and in their order."""
    words = {"done.", "agreed,", "draft", "in"}
    cell = "".join(pieces)
    said = " ".join(update.text for update in PROGRESS.updates(cell, None))
    assert [word for word in said.split() if word in words] == [word for word in cell.split() if word in words]


@given(st.text(max_size=80))
def test_no_cell_is_too_odd(cell: str) -> None:
    """Any text is a timescale, a status and a comment without an error, and a timescale keeps its words."""
    assert PROGRESS.due(cell).text == " ".join(cell.split())
    PROGRESS.status_word(cell)
    PROGRESS.stated([cell])
    PROGRESS.updates(cell, None)


@pytest.mark.parametrize(
    "piece", ["Oct 24 - x. ", "complete ", "continue to ", "review ", ". ", " ", "24/7 ", "Aug - "]
)
def test_a_long_cell_takes_no_long_time(piece: str) -> None:
    """A quarter of a million characters are read in time that grows with their number only."""
    cell = piece * (250_000 // len(piece))
    began = time.perf_counter()
    PROGRESS.due(cell)
    PROGRESS.status_word(cell)
    PROGRESS.stated([cell])
    PROGRESS.updates(cell, None)
    assert time.perf_counter() - began < 15
