"""Order and time within a plan: references out of sequence, dates far apart, the latest update, missing columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planweave.deriving.columns import missing_columns
from planweave.deriving.sequence import OutOfSequence, out_of_sequence, reference_key
from planweave.deriving.timing import DaysApart, LatestUpdate, days_apart, latest_update
from planweave.records import Action, Due, Update

MakeAction = Callable[..., Action]


# References


@pytest.mark.parametrize(
    ("references", "named"),
    [
        (["1.1", "1.2", "1.9", "1.10", "2.1"], []),
        (["1", "2", "10"], []),
        (["1.1", "1.1a", "1.1b", "1.2"], []),
        (["A1", "A2", "B1"], []),
        (["1.2", "1.2", "1.3"], []),
        (["1.1", "1.4", "1.9"], []),
        (["2.1", "1.1", "1.2", "1.3"], [(0, 1)]),
        (["1.1", "1.2", "3.1", "1.3", "1.4"], [(2, 1)]),
        (["1.1", "1.2", "1.3", "1.1"], [(3, 2)]),
        (["2.4", "3.2", "3.1", "3.2", "3.3"], [(1, 0)]),
        (["1", "3", "2"], [(2, 1)]),
        (["1.1", None, "3.1", None, "1.2", "1.3", None], [(2, 0)]),
        (["1", "–", "2"], []),
        ([None, None], []),
        ([], []),
        (["9" * 5000, "1" + "0" * 5000], []),
    ],
)
def test_the_fewest_references_are_named(references: list[str | None], named: list[tuple[int, int]]) -> None:
    """References compare part by part; who has none is passed over, and each is shown beside its neighbour."""
    assert out_of_sequence(references) == [OutOfSequence(*places) for places in named]


def ascending(references: Sequence[str]) -> bool:
    return all(reference_key(before) <= reference_key(after) for before, after in pairwise(references))


REFERENCES = st.lists(st.sampled_from(["1.1", "1.2", "1.3", "1.10", "2.1", "2.2"]), max_size=8)


@given(REFERENCES)
def test_the_rest_is_in_order_and_nothing_less_would_do(references: list[str]) -> None:
    """Without those named the others ascend; no fewer do it, and of as few none keep more different ones."""
    named = {found.place for found in out_of_sequence(references)}
    kept = [reference for place, reference in enumerate(references) if place not in named]
    assert ascending(kept)
    for size in range(len(kept), len(references) + 1):
        for others in combinations(references, size):
            if ascending(others):
                assert (size, len(set(others))) <= (len(kept), len(set(kept)))


@given(st.lists(st.integers(0, 10**6), max_size=40))
def test_the_order_of_numbers_is_that_of_references(numbers: list[int]) -> None:
    """A sorted list of numbers has nothing out of sequence, and each named one stands beside a neighbour."""
    assert out_of_sequence([str(number) for number in sorted(numbers)]) == []
    for found in out_of_sequence([str(number) for number in numbers]):
        assert abs(found.place - found.beside) == 1


# Dates


def test_the_latest_update_is_the_one_with_the_latest_date() -> None:
    """Not the last printed where an earlier one is dated later; among equals the last printed."""
    updates = (Update("2024-10", "a"), Update("2024-08", "b"), Update(None, "c"))
    assert latest_update(updates) == LatestUpdate(0, dt.date(2024, 10, 1))
    assert latest_update((Update("2024", "a"), Update("2024-01-01", "b"))) == LatestUpdate(1, dt.date(2024, 1, 1))


def test_without_dates_the_last_printed_update_is_the_latest() -> None:
    """It has no day then; an action without updates has none."""
    assert latest_update((Update(None, "a"), Update(None, "b"))) == LatestUpdate(1, None)
    assert latest_update(()) is None


def due(edtf: str) -> Due:
    return Due(edtf, "date", edtf)


def test_days_are_counted_between_the_latest_due_days(action: MakeAction) -> None:
    """From the end of January to the end of April 2023 there are 28 + 31 + 30 days, whichever comes first."""
    actions = [
        action("1.1", crossrefs=("1.2",), due=due("2023-04")),
        action("1.2", crossrefs=("1.1",), due=due("2023-01")),
    ]
    assert days_apart(actions, {"1.1": [0], "1.2": [1]}) == [DaysApart(0, 0, 89)]


def test_days_are_counted_at_the_first_link_of_a_pair_that_leads_to_one_action(action: MakeAction) -> None:
    """A reference to nothing, to itself or to two actions is passed over, and so is an action without a last day."""
    actions = [
        action("1.1", crossrefs=("9.9", "1.1", "1.2", "1.3"), due=due("2023-04")),
        action("1.2", crossrefs=("1.1", "1.1"), due=due("2023-04")),
        action("1.2", crossrefs=("1.3",), due=due("2023-04")),
        action("1.3", due=due("2023-03/..")),
    ]
    assert days_apart(actions, {"1.1": [0], "1.2": [1, 2], "1.3": [3]}) == [DaysApart(1, 0, 0)]


# Columns


def test_a_column_is_missing_where_no_action_has_it(action: MakeAction) -> None:
    """One action with a value, or with an empty cell, is enough to know that there is a column."""
    without = action("1.1", blank={"lead": "no-column", "due": "no-column", "status": "no-column"})
    empty = action("1.2", blank={"lead": "no-column", "due": "empty"})
    assert missing_columns([without]) == ("lead", "due", "status")
    assert missing_columns([without, empty]) == ("lead",)
    assert missing_columns([]) == ()
