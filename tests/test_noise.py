"""Marks of scanning and of cutting, told from what is only unusual."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planweave.reading.noise import is_cut_off, looks_scanned


@pytest.mark.parametrize(
    "text",
    [
        "ннс",
        "Review by но of cookie policy",
        "supported housing h and a panel",
        "New servce, t opens",
        "lost \ufffd letter",
        "με Greek letters",
    ],
)
def test_marks_of_scanning_are_seen(text: str) -> None:
    """Letters of another script, stray letters between words, and letters that were lost are marks of scanning."""
    assert looks_scanned(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A plan for a better life",
        "4 x beds",
        "Café, naïve, Llŷn and Œuvre",
        "“Quoted” – dashed… £5 at 20°C, 5µg, 1º",
        "hepatitis c and vitamin d levels",
        "option b is preferred",
        "within 10 m of the hub",
        "DLUCH will fund it",
        "Tenant's and tenants' rights",
        "items a), b) and c)",
        "Appendix B is long",
    ],
)
def test_unusual_print_is_no_scanning(text: str) -> None:
    """Accents, signs, units, lettered options and misspellings are printed on purpose or left to the checks."""
    assert not looks_scanned(text)


@pytest.mark.parametrize(
    "text",
    [
        "to gain valuable feedback from",
        "to settle in",
        "Established opportunity for the",
        "Improve the lives OF",
        "Work with Housing and",
    ],
)
def test_a_text_that_stops_short_is_cut_off(text: str) -> None:
    """After an article, a preposition or a joining word no sentence ends."""
    assert is_cut_off(text)


@pytest.mark.parametrize("text", ["", "Log in", "the", "to settle in and engage.", "Staff have the support", "Plan A"])
def test_a_whole_text_is_not_cut_off(text: str) -> None:
    """A text that ends with another word, or a full stop, or is too short to tell, is whole."""
    assert not is_cut_off(text)


@given(st.text())
def test_no_text_is_too_odd(text: str) -> None:
    """Any text gets an answer, and plain English letters with no lone one never look scanned."""
    is_cut_off(text)
    looks_scanned(text)
    letters = " ".join(word for word in text.split() if word.isascii() and word.isalpha() and len(word) > 1)
    assert not looks_scanned(letters)


@pytest.mark.parametrize("piece", ["a", "h h", "é", "word h and ", " ", "the "])
def test_a_long_text_takes_no_long_time(piece: str) -> None:
    """A million characters are looked through in time that grows with their number only."""
    text = piece * (1_000_000 // len(piece))
    began = time.perf_counter()
    looks_scanned(text)
    is_cut_off(text)
    assert time.perf_counter() - began < 15
