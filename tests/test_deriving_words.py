"""Abbreviations that nothing spells out, and words that say that an action needs another one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec
import pytest

from planweave.deriving import load_knowledge
from planweave.deriving.abbreviations import Unexplained, unexplained_abbreviations
from planweave.deriving.dependence import Dependence, dependences
from planweave.library import Library
from planweave.records import Correction, PlanRecord, Update

if TYPE_CHECKING:
    from planweave.records import Action

KNOWLEDGE = load_knowledge(Library.bundled())

MakeAction = Callable[..., "Action"]
MakePlan = Callable[..., PlanRecord]


def unexplained(record: PlanRecord) -> list[Unexplained]:
    return unexplained_abbreviations(record, KNOWLEDGE.abbreviations, KNOWLEDGE.initials)


def shorts(record: PlanRecord) -> list[str]:
    return [found.abbreviation for found in unexplained(record)]


# Abbreviations


def test_the_first_action_that_uses_an_abbreviation_has_it(action: MakeAction, plan: MakePlan) -> None:
    """Once for each, in whatever cell of the row it stands."""
    record = plan(
        action("1.1", "Open a hub", updates=(Update(None, "MARAC consulted"),)),
        action("1.2", "Consult MARAC and the DWP", leads=("HMO team",)),
    )
    assert unexplained(record) == [Unexplained(0, "MARAC"), Unexplained(1, "DWP"), Unexplained(1, "HMO")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Publish KPIs, KPI's and KPI’s", ["KPI"]),
        ("Review NSAP/RSAP properties", ["NSAP", "RSAP"]),
        ("Fund R&D by RSI5", ["R&D", "RSI5"]),
        ("Section S106, P3, HoS and CoLP", []),
        ("COMPACT with SUPPORT", []),
        ("The UK's NHS and IT, TBC", []),
        ("Due MAY or SEPT, part II, IV and XI", []),
        ("CLOSED as of NOW", []),
        ("DEVELOP A PLAN FOR THE HOUSING TEAM", []),
    ],
)
def test_what_an_abbreviation_looks_like(action: MakeAction, plan: MakePlan, text: str, found: list[str]) -> None:
    """Two to six capitals, with digits and "&", without a plural s; no month, number, known word or shouted text."""
    assert shorts(plan(action("1.1", text))) == found


@pytest.mark.parametrize(
    "spelled_out",
    [
        "Run severe weather emergency protocols",
        "Agree the Severe Weather Emergency Protocol",
        "Agree the Severe-Weather Emergency of Protocol",
        "The severe weather and emergency protocol",
        "Protocol for all severe and very cold weather in an emergency: the protocol (SWEP)",
        "SWEP (severe winter weather emergency protocol) beds",
    ],
)
def test_words_with_the_same_initials_spell_it_out(action: MakeAction, plan: MakePlan, spelled_out: str) -> None:
    """Anywhere in the document, in any case, small words passed over; beside brackets, others too."""
    assert shorts(plan(action("1.1", "Fund SWEP beds"))) == ["SWEP"]
    assert shorts(plan(action("1.1", "Fund SWEP beds"), action("1.2", spelled_out))) == []


@pytest.mark.parametrize(
    "other",
    [
        "Hold severe weather. Emergency protocol",
        "Severe weather that is emergency protocol",
        "Severe weather emergency",
        "Severe WMCA emergency protocol",
        "Emergency protocol for severe weather",
        "Cold weather beds (SWEP)",
    ],
)
def test_other_words_do_not(action: MakeAction, plan: MakePlan, other: str) -> None:
    """Not over the end of a sentence or words that are in no name, not in another order, not by other short forms."""
    assert "SWEP" in shorts(plan(action("1.1", "Fund SWEP beds"), action("1.2", other)))


def test_two_texts_do_not_make_a_name(action: MakeAction, plan: MakePlan) -> None:
    """Words of two cells do not follow one another, whether they are of one action or of two."""
    assert shorts(plan(action("1.1", "Fund SWEP in severe weather", outcomes=("Emergency protocol",)))) == ["SWEP"]


def test_small_words_count_where_the_abbreviation_has_them(action: MakeAction, plan: MakePlan) -> None:
    """EBE is experts by experience; no abbreviation begins or ends with a small word."""
    assert shorts(plan(action("1.1", "Pay EBE"), action("1.2", "Ask experts by experience"))) == []
    assert shorts(plan(action("1.1", "Pay ABE"), action("1.2", "Work by and by experience"))) == ["ABE"]


@pytest.mark.parametrize(
    ("other", "found"),
    [
        ("Offer Domestic Abuse seminars", []),
        ("Offer domestic abuse seminars", ["DA"]),
        ("Offer domestic abuse seminars; explain domestic abuse", []),
        ("Start a debt advice and a digital access scheme", ["DA"]),
    ],
)
def test_two_letters_need_a_term(action: MakeAction, plan: MakePlan, other: str, found: list[str]) -> None:
    """Any document has words with two given initials: they count in capitals, or where they are printed twice."""
    assert shorts(plan(action("1.1", "Train DA officers"), action("1.2", other))) == found


def test_two_letters_are_spelled_out_in_the_row_that_first_has_them(action: MakeAction, plan: MakePlan) -> None:
    """QA beside "quality assurance" is that."""
    assert shorts(plan(action("1.1", "Agree quality assurance", evidence=("QA framework",)))) == []


def test_the_key_spells_out(action: MakeAction, plan: MakePlan) -> None:
    """With another number behind it, too: RSI5 is the fifth RSI."""
    assert shorts(plan(action("1.1", "Bid for RSI5"), legend={"RSI": "Rough sleeping initiative"})) == []


def test_capitals_of_a_word_are_no_abbreviation(action: MakeAction, plan: MakePlan) -> None:
    """It stands in small letters elsewhere, or is what the register calls a body."""
    assert shorts(plan(action("1.1", "Ask CRISIS"), action("1.2", "In a mental health crisis"))) == []
    known = plan(action("1.1", "Ask CRISIS", mentions=("CRISIS",)), parties={"CRISIS": ("agency", "crisis")})
    assert shorts(known) == ["CRISIS"]
    called = msgspec.structs.replace(known.parties[0], label="Crisis (charity)")
    assert shorts(msgspec.structs.replace(known, parties=(called,))) == []


def test_references_and_misprints_are_no_abbreviations(action: MakeAction, plan: MakePlan) -> None:
    """The letters HP1 where the plan has HP1.2 is a reference; TSMT where it is read as RSMT is no name of its own."""
    misread = Correction("leads", "TSMT", ("RSMT",), (), "The twin prints RSMT.")
    record = plan(
        action("HP1.2", "See HP1 and HP1.2", crossrefs=("HPX9",)),
        action("2", "Ask", leads=("TSMT",), corrections=(misread,)),
    )
    assert shorts(record) == []


# Needs


def needs(make: MakeAction, text: str, ref: str = "2.1") -> list[Dependence]:
    actions = [make("1.2"), make("1.3"), make("4"), make("5"), make("9.9"), make("9.9"), make(ref, text)]
    by_ref = {"1.2": [0], "1.3": [1], "4": [2], "5": [3], "9.9": [4, 5], ref: [6]}
    return dependences(actions, by_ref, KNOWLEDGE.dependence)


@pytest.mark.parametrize(
    ("text", "words", "references"),
    [
        ("Open the hub, subject to 1.2.", ("subject to 1.2",), ("1.2",)),
        ("Depends on 1.2", ("Depends on 1.2",), ("1.2",)),
        ("Begin following completion of 1.2", ("following completion of 1.2",), ("1.2",)),
        ("Recruit once 1.3 is agreed", ("once 1.3",), ("1.3",)),
        ("After the completion of action 4, open", ("After the completion of action 4",), ("4",)),
        ("Dependent upon actions 4 and 5", ("Dependent upon actions 4", "Dependent upon actions 4 and 5"), ("4", "5")),
        ("Subject to 1.2, 1.3", ("Subject to 1.2", "Subject to 1.2, 1.3"), ("1.2", "1.3")),
    ],
)
def test_the_words_that_say_a_need(
    action: MakeAction, text: str, words: tuple[str, ...], references: tuple[str, ...]
) -> None:
    """The words are kept from those that say it to the reference; a list of references is as many needs."""
    found = needs(action, text)
    assert tuple(need.words for need in found) == words
    assert tuple(need.reference for need in found) == references
    places = {"1.2": 0, "1.3": 1, "4": 2, "5": 3}
    assert [(need.place, need.needed) for need in found] == [(6, places[reference]) for reference in references]


@pytest.mark.parametrize(
    "text",
    [
        "See 1.2",
        "Subject to funding, and linked with 1.2",
        "Subject to 4 conditions",
        "After 1.2 hours of training",
        "After 1.3%",
        "Subject to 7.7",
        "Subject to 9.9",
        "Subject to 2.1",
        "Subject to 1.2.4",
        "Subject to £1.2",
        "Subject to agreement. 1.2 beds",
    ],
)
def test_other_numbers_are_no_needs(action: MakeAction, text: str) -> None:
    """Not a bare number, a quantity, a reference that none or two have, or the action's own."""
    assert needs(action, text) == []


def test_a_need_is_said_once(action: MakeAction) -> None:
    """However often the text says it."""
    assert [need.words for need in needs(action, "Subject to 1.2, so not until 1.2 is done")] == ["Subject to 1.2"]
