"""Cells of outcomes and evidence: their items, the plan's indicator words, the numbers to reach."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planweave.library import Library
from planweave.reading.definition import load_common
from planweave.reading.lists import Indicators, plain, split_items, target_in

COMMON = load_common(Library.bundled())
WORDS = Indicators({"rare": (), "brief": (), "non-reoccurring": ("non reoccurring", "non-recurring")})
NO_WORDS = Indicators({})


@pytest.mark.parametrize(
    ("cell", "items"),
    [
        ("", ()),
        ("Fewer evictions", ("Fewer evictions",)),
        ("Fewer evictions\nFewer voids", ("Fewer evictions", "Fewer voids")),
        ("· Zero street count · Clear process", ("Zero street count", "Clear process")),
        ("• One\n• Another", ("One", "Another")),
        ("▪One ◦Another", ("One", "Another")),
        ("\uf0b7 From Word \uf0b7 as text", ("From Word", "as text")),
        ("* Starred * again", ("Starred", "again")),
        ("- Dashed\n- again", ("Dashed", "again")),
        ("<ul style=\"x\"><li>One</li><li class='y'>Another</li></ul>", ("One", "Another")),
        ("One<br/>Another<br>Third", ("One", "Another", "Third")),
        ("Rare / Brief", ("Rare", "Brief")),
        ("1. Sanctuary 2. MARAC 3. One Stop Shop", ("Sanctuary", "MARAC", "One Stop Shop")),
        ("Either: 1) housing 2) support", ("Either:", "housing", "support")),
        ("(a) advice (b) help", ("advice", "help")),
        ("a) advice b) help c) care", ("advice", "help", "care")),
        ("1.   Wide 2.   Gaps\n in  print", ("Wide", "Gaps", "in print")),
    ],
)
def test_a_cell_is_split_where_print_lists(cell: str, items: tuple[str, ...]) -> None:
    """Bullets, line breaks, list markup, spaced slashes and numbers from one on each begin an item."""
    assert split_items(cell, NO_WORDS) == items


@pytest.mark.parametrize(
    "cell",
    [
        "Resources/media/feedback",
        "Increase from 2. to 3. of the four",
        "Numbers in stage 2. Then stage 3. Then rest",
        "Well-being, mid-term",
        "Contact <info@example.org>",
        "a) advice c) help",
        "3*4 grid",
        "5 > 4 and 3 < 4",
    ],
)
def test_a_cell_without_a_list_is_one_item(cell: str) -> None:
    """Unspaced slashes, hyphens, numbers that do not begin with one and stray signs split nothing."""
    assert split_items(cell, NO_WORDS) == (cell,)


@pytest.mark.parametrize(
    ("cell", "items"),
    [
        ("Brief Support 12 individuals pa", ("Brief", "Support 12 individuals pa")),
        ("Non-reoccurring - 15 RS accommodated", ("Non-reoccurring", "15 RS accommodated")),
        ("- Non-reoccurring 10 RS accommodated", ("Non-reoccurring", "10 RS accommodated")),
        ("Rare Brief Non-recurring", ("Rare", "Brief", "Non-recurring")),
        ("Rare: Fewer people", ("Rare", "Fewer people")),
        ("Brief interventions delivered", ("Brief interventions delivered",)),
        ("Briefings delivered", ("Briefings delivered",)),
        ("Support that is Brief", ("Support that is Brief",)),
        ("non-recurring", ("non-recurring",)),
    ],
)
def test_an_indicator_word_that_opens_an_item_is_one_of_its_own(cell: str, items: tuple[str, ...]) -> None:
    """The word stands alone where what follows begins anew, and stays where the sentence goes on."""
    assert split_items(cell, WORDS) == items


@pytest.mark.parametrize(
    ("texts", "named"),
    [
        ((), ()),
        (("Rough sleeping is rare, brief, and non-recurring",), ("rare", "brief", "non-reoccurring")),
        (("Non reoccurring", "RARE"), ("rare", "non-reoccurring")),
        (("Rarely briefed",), ()),
    ],
)
def test_indicators_are_named_in_any_of_their_forms(texts: tuple[str, ...], named: tuple[str, ...]) -> None:
    """Each is given under its name and in the loader's order, whatever form and case it is printed in."""
    assert WORDS.named_in(texts) == named


def test_markup_is_no_text() -> None:
    """List tags and breaks go, other angle brackets stay, white space becomes one space."""
    assert plain('<ul style="a">\n<li>One &\t two</li> </ul> <5 days <b>bold</b>') == "One & two <5 days <b>bold</b>"


@pytest.mark.parametrize(
    ("item", "number", "unit", "per"),
    [
        ("Support 12 individuals pa", 12, "individuals", "year"),
        ("12 clients p.a.", 12, "clients", "year"),
        ("100% new customers registered", 100, "%", None),
        ("97.5 % of checks passed each quarter", 97.5, "%", "quarter"),
        ("Zero street count", 0, "street count", None),
        ("Ten new tenancies a month", 10, "new tenancies", "month"),
        ("1,950 people", 1950, "people", None),
        ("10 RS accommodated", 10, "RS", None),
        ("Provide 4 x beds", 4, "beds", None),
        ("5 visits per week, logged", 5, "visits", "week"),
        ("By 31 March 2025 deliver 10 units", 10, "units", None),
        ("50 people housed within a month", 50, "people", None),
        ("Section 21 notices reduced by 10%", 10, "%", None),
        ("(at 3 months) 6 visits", 6, "visits", None),
        ("(at (any) 3 months) 6 visits", 6, "visits", None),
        ("40 homes; a quarter of them new", 40, "homes", None),
        ("2,000 homes by 2030", 2000, "homes", None),
    ],
)
def test_a_printed_number_is_a_target(item: str, number: float, unit: str, per: str | None) -> None:
    """A number with what it counts is a target, with how often if that is printed, and keeps its item's text."""
    target = target_in(item, COMMON)
    assert target is not None
    assert (target.text, target.number, target.unit, target.per) == (item, number, unit, per)


@pytest.mark.parametrize(
    "item",
    [
        "Fewer evictions",
        "Continuation of housing until 2025",
        "2025 plan in place",
        "Strategy 2023-27 adopted",
        "Agreed on 16 January 2025",
        "Agreed by 16 January",
        "Open in March 25",
        "In place by March 25 across all sites",
        "Questionnaires (3 months, 6 months)",
        "24/7 cover",
        "3-4 times",
        "10 to 15 households",
        "between 10 and 15 households",
        "£500 fund",
        "£ 500",
        "See action 1.10 above",
        "Priority 2 agreed",
        "Year 11 pupils reached",
        "aged 18 plus",
        "under 25s",
        "under 35 year olds",
        "One Stop Shop opened",
        "One of the pathways",
        "Two way communication",
        "Zero tolerance agreed",
        "Phone line open at 9 am",
        "Version 2.0.1 used",
        "1" * 40 + " homes",
    ],
)
def test_other_numbers_are_no_targets(item: str) -> None:
    """Years, dates, sums of money, references, ranges, ages and names with numbers count nothing."""
    assert target_in(item, COMMON) is None


@given(st.text(max_size=80))
def test_no_cell_is_too_odd(cell: str) -> None:
    """Any text is split without loss of a letter or digit outside markup, and targets are finite numbers."""
    items = split_items(cell, WORDS)
    kept = "".join(letter for item in items for letter in item if letter.isalpha())
    assert "<" in cell or ")" in cell or kept == "".join(letter for letter in cell if letter.isalpha())
    target = target_in(cell, COMMON)
    assert target is None or abs(target.number) < 1e12


@pytest.mark.parametrize("piece", ["<li ", "(", "Brief ", "1. A ", "· ", "a ", "1", " ", "12 March 2024 ", "(a) "])
def test_a_long_cell_takes_no_long_time(piece: str) -> None:
    """A quarter of a million characters are taken apart in time that grows with their number only."""
    cell = piece * (250_000 // len(piece))
    began = time.perf_counter()
    split_items(cell, WORDS)
    target_in(cell, COMMON)
    plain(cell)
    assert time.perf_counter() - began < 15
