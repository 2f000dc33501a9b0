"""What is derived from the five bundled plans, as a reader of the documents finds it, and how it is woven."""

from __future__ import annotations

import subprocess
import sys
from functools import cache

import msgspec
import pytest

from planweave.deriving import Derived, derive, load_knowledge
from planweave.library import Library, bundled_plans
from planweave.reading.reader import Reader
from planweave.records import PlanRecord, Update
from planweave.store import Triple, parse_quads
from planweave.terms import AGENCY, PW, RDF, RDFS, action_iri, plan_iri
from planweave.weaving import weave

PLANS = ("city-of-london", "coventry", "gravesham", "maidstone", "thurrock")
KNOWLEDGE = load_knowledge(Library.bundled())


@cache
def record(plan: str) -> PlanRecord:
    return Reader(Library.bundled()).read(bundled_plans() / f"{plan}.txt")


@cache
def derived(plan: str) -> Derived:
    return derive(record(plan), KNOWLEDGE)


@cache
def woven(plan: str) -> frozenset[Triple]:
    return frozenset(triple for _, triple in parse_quads(weave(record(plan), (), KNOWLEDGE)))


def local(plan: str, place: int) -> str:
    return record(plan).actions[place].id.removeprefix(f"{plan}/")


@pytest.mark.parametrize(
    ("plan", "columns"),
    [
        ("city-of-london", ()),
        ("coventry", ("partner", "status")),
        ("gravesham", ("partner", "outcome")),
        ("maidstone", ("partner",)),
        ("thurrock", ("lead", "partner", "due", "status")),
    ],
)
def test_columns_that_a_plan_has_not(plan: str, columns: tuple[str, ...]) -> None:
    """Maidstone's comments say how far some actions are; Thurrock's tables have an action and an outcome alone."""
    assert derived(plan).missing_columns == columns


@pytest.mark.parametrize(
    ("plan", "named"),
    [
        ("city-of-london", []),
        ("coventry", []),
        ("gravesham", []),
        ("maidstone", [("3.2", "2.4")]),
        ("thurrock", [("2.3.5", "2.2.4")]),
    ],
)
def test_references_out_of_sequence(plan: str, named: list[tuple[str, str]]) -> None:
    """Maidstone prints 3.2, 3.1, 3.2, 3.3: the first 3.2; Thurrock a 2.3.5 between 2.2.4 and 2.3.1."""
    found = [(local(plan, one.place), local(plan, one.beside)) for one in derived(plan).out_of_sequence]
    assert found == named


def test_days_between_linked_actions() -> None:
    """Coventry's 1.1 is due in April 2023, 13.1 in October 2022; 15.1 and 4.1 count once, at 4.1; 16.1 has no date."""
    days = {
        (local("coventry", place), record("coventry").actions[place].crossrefs[crossref]): days
        for place, crossref, days in derived("coventry").days_apart
    }
    assert days == {
        ("1.1", "13.1"): 181,
        ("1.2", "13.1"): 181,
        ("2.1", "15.1"): 89,
        ("2.2", "15.1"): 0,
        ("3.1", "15.1"): 31,
        ("3.2", "15.1"): 242,
        ("3.3", "15.1"): 242,
        ("4.1", "15.1"): 0,
        ("6.1", "15.1"): 0,
    }


def test_actions_that_are_printed_twice() -> None:
    """Coventry has four actions in both of its sections, two word for word; the other plans have none."""
    like = {
        (local("coventry", found.place), local("coventry", found.earlier)): found.score
        for found in derived("coventry").similarities
    }
    assert like.keys() == {("6.1", "2.2"), ("15.1", "4.1"), ("16.1", "5.1"), ("16.2", "11.1")}
    assert like["15.1", "4.1"] == like["16.2", "11.1"] == 1.0
    assert {plan: derived(plan).similarities for plan in PLANS if plan != "coventry"} == {
        plan: [] for plan in PLANS if plan != "coventry"
    }


def test_outcomes_that_say_the_action_again() -> None:
    """A "specific provision", and Thurrock's better access for the same people; nearly so its awareness."""
    again = {
        record(plan).actions[found.place].id: found.share
        for plan in PLANS
        for found in derived(plan).repetitions
        if found.share >= 0.75
    }
    # Of "awareness", "understanding", "impact", "homelessness" and "health" the action lacks the second.
    assert again == {"maidstone/3.2-2": 1.0, "thurrock/2.2.1": 1.0, "thurrock/2.2.3": 0.8}


@pytest.mark.parametrize(
    ("plan", "names"),
    [
        (
            "city-of-london",
            {
                ("Community Safety Team", "CST"),
                ("HRRSG", "HISSGs", "HRSSG"),
                ("JWE", "Joint Working Group", "JWG"),
                ("ннс", "HHC"),
            },
        ),
        ("coventry", {("RSMT", "TSMT")}),
        ("gravesham", {("DLUHC", "MHCLG", "DLUCH")}),
        ("maidstone", {("KHC", "Homeless Connect service")}),
        ("thurrock", set()),
    ],
)
def test_bodies_with_two_names(plan: str, names: set[tuple[str, ...]]) -> None:
    """CRISIS and Crisis, CoLP and COLP differ in capitals alone; misreadings stand beside the right names."""
    found = [variants.names for variants in derived(plan).name_variants]
    assert set(found) == names
    assert len(found) == len(names)


NAMED = {
    "city-of-london": {("1.11", "RSSG", 0.5), ("n6", "CMM", 0.5), ("3.16", "LSE", 1.0), ("n24", "HIT", 1.0)},
    "coventry": {
        ("3.2", "Men’s Shed", 1.0),
        ("3.2", "Wow", 1.0),
        ("5.3", "WMCA", 1.0),
        ("9.1", "Change into Action", 1.0),
        ("9.1", "Streetlink", 1.0),
        ("9.2", "Streetlink", 0.5),
        ("10.1", "Rough sleeping Strategic Partnership", 1.0),
        ("10.1", "MCN Action Group", 1.0),
        ("13.1", "Preventing Evictions Panel", 1.0),
        ("13.1", "Voids Panel", 1.0),
        ("14.2", "Citizen", 1.0),
        ("14.2", "Stonewater", 1.0),
    },
    "gravesham": {("n1", "DLUHC", 1.0), ("n2", "Lookahead", 1.0), ("n2", "KCC", 1.0), ("n12", "DLUHC", 1.0)},
    "maidstone": {
        ("1.4", "KHOG", 1.0),
        ("2.4", "KCC", 1.0),
        ("3.2", "MARAC", 1.0),
        ("3.1", "DLUCH", 0.5),
        ("3.2-2", "KCC", 1.0),
        ("3.2-2", "KMPT", 0.5),
        ("3.4", "KCC", 0.5),
        ("4.4", "KMPT", 0.5),
        ("4.4", "KCHFT", 0.5),
        ("4.4", "CCG", 0.5),
    },
}


@pytest.mark.parametrize("plan", NAMED)
def test_bodies_named_in_texts(plan: str) -> None:
    """MBC is Maidstone's publisher, CST a unit of the City's; CRISIS acts in 13.1 through its progression manager."""
    found = {(local(plan, body.place), body.name, body.score) for body in derived(plan).named_bodies}
    assert found == NAMED[plan]


def test_posts_of_bodies() -> None:
    """Of all posts of the five plans two are printed behind a body's name: the charity's and the council's own."""
    found = {(plan, *post) for plan in PLANS for post in derived(plan).posts_in}
    assert found == {
        ("coventry", "CRISIS Progression Manager", "Crisis"),
        ("coventry", "CCC Commissioning and Partnerships Lead", "CCC"),
    }


UNEXPLAINED = {
    "coventry": {
        ("1.2", "HMO"),
        ("3.3", "CGL"),
        ("3.4", "CCC"),
        ("3.5", "CWPT"),
        ("5.2", "ESOL"),
        ("10.1", "MCN"),
        ("14.1", "NSAP"),
        ("16.1", "NRPF"),
    },
    "gravesham": {("n1", "DLUHC"), ("n1", "MHCLG"), ("n2", "KCC"), ("n5", "FOV"), ("n9", "DLUCH"), ("n11", "FOI")},
    "maidstone": {
        ("1.1", "RP"),
        ("1.4", "IH"),
        ("1.4", "KHOG"),
        ("1.4", "MBC"),
        ("2.2", "RSI"),
        ("2.3", "KHC"),
        ("2.4", "KCC"),
        ("3.2", "MARAC"),
        ("3.1", "DLUCH"),
        ("3.2-2", "KMPT"),
        ("4.2", "SWEP"),
        ("4.4", "CCG"),
        ("4.4", "KCHFT"),
    },
    "thurrock": {("2.4.1", "DASH"), ("3.2.2", "SWEP"), ("3.3.1", "HRA")},
}


@pytest.mark.parametrize("plan", UNEXPLAINED)
def test_abbreviations_that_nothing_spells_out(plan: str) -> None:
    """DA is Domestic Abuse, EBE experts by experience, CIA Change into Action, PRS the private rented sector.

    RSAP has the initials of Coventry's own title, so the rule takes it for spelled out.
    """
    found = {(local(plan, one.place), one.abbreviation) for one in derived(plan).unexplained}
    assert found == UNEXPLAINED[plan]


def test_abbreviations_of_a_scanned_plan() -> None:
    """The City's approved provider list and its quality assurance are spelled out; its leads and partners are not."""
    found = {one.abbreviation for one in derived("city-of-london").unexplained}
    assert {"RSSM", "RSC", "SHO", "KPI", "MOU", "ASB", "LOTI", "JSNA", "TA", "DA", "VC"} <= found
    assert found.isdisjoint({"APL", "DPV", "QA", "MAM", "JWG", "CST", "HRS", "GP", "HR", "IN", "PLACE", "COLP"})


def test_no_bundled_plan_says_in_words_that_an_action_needs_another() -> None:
    """They have cross-references, and no "subject to"."""
    assert [need for plan in PLANS for need in derived(plan).dependences] == []


# As woven


def test_the_facts_about_a_plan_are_woven() -> None:
    """Its missing columns, and its bodies with two names: label and each party once."""
    plan, node = plan_iri("gravesham"), plan_iri("gravesham") + "/name-variants/1"
    assert {
        Triple(plan, PW + "noColumnFor", PW + "outcome"),
        Triple(plan, PW + "nameVariants", node),
        Triple(node, RDF + "type", PW + "NameVariants"),
        Triple(node, RDFS + "label", "DLUHC, MHCLG, DLUCH"),
        Triple(node, PW + "party", AGENCY + "dluhc"),
        Triple(node, PW + "party", AGENCY + "mhclg"),
    } <= woven("gravesham")


def test_the_facts_about_actions_are_woven() -> None:
    """Each at its action, its outcome or its cross-reference, with numbered nodes."""
    lookahead = action_iri("gravesham/n2") + "/named-body/1"
    assert {
        Triple(action_iri("gravesham/n2"), PW + "namedBody", lookahead),
        Triple(lookahead, RDF + "type", PW + "NamedBody"),
        Triple(lookahead, RDFS + "label", "Lookahead"),
        Triple(lookahead, PW + "party", AGENCY + "look-ahead"),
        Triple(lookahead, PW + "score", "1.0"),
        Triple(action_iri("gravesham/n1"), PW + "unexplainedAbbreviation", "MHCLG"),
        Triple(action_iri("gravesham/n1"), PW + "latestUpdate", action_iri("gravesham/n1") + "/update/2"),
        Triple(action_iri("gravesham/n1"), PW + "lastUpdated", "2024-07-01"),
    } <= woven("gravesham")
    like = action_iri("coventry/15.1") + "/similarity/1"
    assert {
        Triple(action_iri("coventry/15.1"), PW + "similarity", like),
        Triple(like, RDF + "type", PW + "Similarity"),
        Triple(like, PW + "similarTo", action_iri("coventry/4.1")),
        Triple(like, PW + "score", "1.0"),
        Triple(action_iri("coventry/2.1") + "/cross-reference/1", PW + "daysApart", "89"),
    } <= woven("coventry")
    assert {
        Triple(action_iri("thurrock/2.3.5"), PW + "outOfSequence", action_iri("thurrock/2.2.4")),
        Triple(action_iri("thurrock/2.2.3") + "/outcome/1", PW + "repetition", "0.8"),
    } <= woven("thurrock")


def test_a_need_is_woven() -> None:
    """Directly, and as a node with the words and the reference."""
    plan = record("thurrock")
    actions = [
        msgspec.structs.replace(action, text=f"{action.text} subject to 1.1.1") if action.ref == "1.1.2" else action
        for action in plan.actions
    ]
    quads = weave(msgspec.structs.replace(plan, actions=tuple(actions)), (), KNOWLEDGE)
    here, there = action_iri("thurrock/1.1.2"), action_iri("thurrock/1.1.1")
    node = f"{here}/dependence/1"
    assert {
        Triple(here, PW + "needs", there),
        Triple(here, PW + "dependence", node),
        Triple(node, RDF + "type", PW + "Dependence"),
        Triple(node, PW + "needs", there),
        Triple(node, PW + "text", "subject to 1.1.1"),
        Triple(node, PW + "printedReference", "1.1.1"),
    } <= {triple for _, triple in parse_quads(quads)}


def test_an_update_without_a_date_is_the_latest_and_has_no_day() -> None:
    """The last printed counts, and nothing says when it was."""
    plan = record("maidstone")
    first = msgspec.structs.replace(plan.actions[0], updates=(Update(None, "Begun."), Update(None, "Done.")))
    quads = weave(msgspec.structs.replace(plan, actions=(first,)), (), KNOWLEDGE)
    said = {(s, p): o for _, (s, p, o) in parse_quads(quads)}
    iri = action_iri("maidstone/1.1")
    assert said[iri, PW + "latestUpdate"] == f"{iri}/update/2"
    assert (iri, PW + "lastUpdated") not in said


PRINTS_A_DIGEST = """
import hashlib
from planweave.deriving import load_knowledge
from planweave.library import Library, bundled_plans
from planweave.reading.reader import Reader
from planweave.weaving import weave
library = Library.bundled()
reader, knowledge, digest = Reader(library), load_knowledge(library), hashlib.sha256()
for path in sorted(bundled_plans().glob("*.txt")):
    digest.update(weave(reader.read(path), (), knowledge))
print(digest.hexdigest())
"""


def test_the_same_facts_are_derived_whatever_the_hash_seed() -> None:
    """Two processes that order their sets in different ways weave the same bytes."""
    printed = {
        subprocess.run(
            [sys.executable, "-c", PRINTS_A_DIGEST],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(filter(None, sys.path))},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(printed) == 1
