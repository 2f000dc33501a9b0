"""One body under two names, and bodies that an action names without giving them a part in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec
import pytest

from planweave.deriving import NO_KNOWLEDGE, Knowledge, load_knowledge
from planweave.deriving.bodies import named_bodies, posts_in
from planweave.deriving.names import SameBodies, name_variants
from planweave.deriving.spelling import is_misspelled, is_swapped
from planweave.library import Library
from planweave.records import PartyKind, PlanRecord
from planweave.registers import Bodies, load_bodies
from planweave.terms import AGENCY

if TYPE_CHECKING:
    from pathlib import Path

    from planweave.records import Action

KNOWLEDGE = load_knowledge(Library.bundled())
SMALL = ("and", "of", "for", "the")

MakeAction = Callable[..., "Action"]
MakePlan = Callable[..., PlanRecord]
Parties = dict[str, tuple[PartyKind, str]]


def variants(record: PlanRecord, renames: tuple[tuple[str, str], ...] = ()) -> list[tuple[str, ...]]:
    return [found.names for found in name_variants(record.actions, SameBodies(record, renames, SMALL))]


# Names


@pytest.mark.parametrize(
    "parties",
    [
        {"DWP": ("agency", AGENCY + "dwp"), "Department for Work": ("agency", AGENCY + "dwp")},
        {"RSSP": ("unknown", "rssp"), "Rough Sleeping Strategic Partnership": ("team", "rough")},
        {"HCT": ("unknown", "hct"), "Housing and Care Trust": ("unknown", "housing")},
        {"DLUHC": ("unknown", "dluhc"), "DLUCH": ("unknown", "dluch")},
        {"Housing Partnership": ("team", "housing"), "Housing Partnersip": ("unknown", "housin")},
        {"Old Trust": ("agency", AGENCY + "old"), "New Trust": ("agency", AGENCY + "new")},
    ],
)
def test_two_names_of_one_body_are_found(action: MakeAction, plan: MakePlan, parties: Parties) -> None:
    """The same party, initials and words, a swap, a slip, and an old and a new name: in order of first appearance."""
    one, other = parties
    record = plan(
        action("1", leads=(other,)), action("2", mentions=(one,)), action("3", leads=(other,)), parties=parties
    )
    assert variants(record, ((AGENCY + "old", AGENCY + "new"),)) == [(other, one)]


@pytest.mark.parametrize(
    "parties",
    [
        {"RS Coordinator": ("post", "rs-coordinator"), "rs co-ordinator": ("post", "rs-co-ordinator")},
        {"RSMT": ("unknown", "rsmt"), "RSOT": ("unknown", "rsot")},
        {"Housing Officer": ("post", "officer"), "Housing Officers": ("post", "officers")},
        {"Ward 1 Team": ("team", "one"), "Ward 2 Team": ("team", "two")},
        {"Old Trust": ("agency", AGENCY + "old"), "Other Trust": ("agency", AGENCY + "other")},
        {"Housing Partnership": ("agency", AGENCY + "a"), "Housing Partnersip": ("agency", AGENCY + "b")},
        {"Mary Jones": ("person", "a-named-person"), "John Smith": ("person", "a-named-person")},
        {"partners": ("group", "partners"), "Partners": ("group", "partners")},
        {"East Team": ("team", "east"), "West Team": ("team", "west")},
        {"LA": ("unknown", "la"), "Langar Aid": ("unknown", "langar-aid")},
        {"Housing Options (lead)": ("team", "lead"), "Housing Options": ("team", "options")},
        {"Police (North)": ("unknown", "north"), "Police (South)": ("unknown", "south")},
    ],
)
def test_other_names_are_of_other_bodies_or_one_name(action: MakeAction, plan: MakePlan, parties: Parties) -> None:
    """Capitals and hyphens make no other name, likeness alone no body, and persons and groups are none."""
    record = plan(action("1", leads=tuple(parties)), parties=parties)
    assert variants(record, ((AGENCY + "old", AGENCY + "new"),)) == []


def test_initials_that_two_bodies_have_are_of_neither(action: MakeAction, plan: MakePlan) -> None:
    """HST could be either team."""
    parties: Parties = {
        "HST": ("unknown", "hst"),
        "Housing Support Team": ("team", "housing"),
        "Homeless Street Team": ("team", "homeless"),
    }
    assert variants(plan(action("1", leads=tuple(parties)), parties=parties)) == []


def test_the_key_says_which_body_is_meant(action: MakeAction, plan: MakePlan) -> None:
    """Where it spells RSAG out, the words are another name of it, and initials that say otherwise do not count."""
    parties: Parties = {
        "RSAG": ("unknown", "rsag"),
        "Rough sleeping action group": ("team", "group"),
        "Rural Social Aid Guild": ("unknown", "guild"),
    }
    record = plan(action("1", leads=tuple(parties)), parties=parties, legend={"RSAG": "Rough Sleeping Action Group"})
    assert variants(record) == [("RSAG", "Rough sleeping action group")]


def test_all_names_of_a_body_are_one_finding(action: MakeAction, plan: MakePlan) -> None:
    """A misspelling of the old name and the new name are the same body, and each name is given as first printed."""
    parties: Parties = {
        "DLUHC": ("agency", AGENCY + "dluhc"),
        "Dluhc": ("agency", AGENCY + "dluhc"),
        "DLUCH": ("agency", AGENCY + "dluhc"),
        "MHCLG": ("agency", AGENCY + "mhclg"),
    }
    record = plan(action("1", mentions=("DLUHC", "MHCLG")), action("2", mentions=("Dluhc", "DLUCH")), parties=parties)
    assert variants(record, ((AGENCY + "dluhc", AGENCY + "mhclg"),)) == [("DLUHC", "MHCLG", "DLUCH")]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("partnership", "partnersip", True),
        ("manager", "manaegr", True),
        ("manager", "menager", True),
        ("manager", "managers", False),
        ("service", "services", False),
        ("mental", "rental", False),
        ("trust", "trast", False),
        ("manager", "manager", False),
        ("manager", "manoeuvre", False),
        ("ward12x", "ward13x", False),
    ],
)
def test_a_misspelling_is_one_slip_in_a_long_word(one: str, other: str, same: bool) -> None:
    """A letter wrong, missing or in its neighbour's place; not the first letter, no plural, no number."""
    assert is_misspelled(one, other) is same
    assert is_misspelled(other, one) is same


def test_a_swap_is_of_neighbours() -> None:
    """Two letters that changed places, and no others."""
    assert is_swapped("DLUHC", "DLUCH")
    assert not is_swapped("DLUHC", "CLUHD")
    assert not is_swapped("DLUHC", "DLUHCX")
    assert not is_swapped("DLUHC", "DLUHC")


# Register


TURTLE = """
@prefix agency: <https://w3id.org/planweave/agency/> .
@prefix event: <https://w3id.org/planweave/event/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
agency:desk org:unitOf agency:team .
agency:team org:unitOf agency:council ; skos:hiddenLabel "hometeam"@en , "home team"@en , "Hometeam"@en .
event:renamed org:originalOrganization agency:old ; org:resultingOrganization agency:new .
event:merged org:originalOrganization agency:a , agency:b ; org:resultingOrganization agency:c .
event:split org:originalOrganization agency:d ; org:resultingOrganization agency:e , agency:f .
"""


def test_the_register_says_how_bodies_belong_together(tmp_path: Path) -> None:
    """Units of units are units; a change from one to one is a new name, a merger and a split are not."""
    (tmp_path / "ontology").mkdir()
    (tmp_path / "ontology" / "agencies-x.ttl").write_text(TURTLE, encoding="utf-8")
    bodies = load_bodies(Library((tmp_path,)))
    assert bodies.renames == ((AGENCY + "old", AGENCY + "new"),)
    assert bodies.small_names == {"hometeam"}
    assert bodies.is_part(AGENCY + "desk", AGENCY + "council")
    assert bodies.is_part(AGENCY + "council", AGENCY + "council")
    assert not bodies.is_part(AGENCY + "council", AGENCY + "desk")
    assert not Bodies({"a": "b", "b": "a"}).is_part("a", "c")


# Named bodies


COUNCIL = AGENCY + "council"
PARTIES: Parties = {
    "the council": ("agency", COUNCIL),
    "Desk": ("agency", AGENCY + "desk"),
    "Shelter": ("agency", AGENCY + "shelter"),
    "KMPT": ("agency", AGENCY + "kmpt"),
    "Mental Health Trust": ("agency", AGENCY + "trust"),
    "Homestead": ("agency", AGENCY + "homestead"),
    "Landlord Forum": ("team", "landlord-forum"),
    "Housing team": ("team", "housing-team"),
    "YMCA": ("unknown", "ymca"),
    "Village Housing Association": ("unknown", "village"),
    "Outreach": ("unknown", "outreach"),
    "Housing": ("unknown", "housing"),
    "Housing Manager": ("post", "housing-manager"),
    "Shelter outreach worker": ("post", "shelter-outreach-worker"),
}
BODIES = Bodies({AGENCY + "desk": COUNCIL}, ((AGENCY + "kmpt", AGENCY + "trust"),), frozenset({"homestead"}))
KNOWING = Knowledge(
    NO_KNOWLEDGE.likeness,
    NO_KNOWLEDGE.abbreviations,
    NO_KNOWLEDGE.dependence,
    frozenset({"forum", "board"}),
    frozenset({"association", "housing"}),
    BODIES,
)


def named(record: PlanRecord) -> list[tuple[str, float]]:
    record = msgspec.structs.replace(record, plan=msgspec.structs.replace(record.plan, publisher_id=COUNCIL))
    found = named_bodies(record, SameBodies(record, BODIES.renames), KNOWING)
    return [(body.name, body.score) for body in found]


def test_where_a_body_is_named_makes_its_score(action: MakeAction, plan: MakePlan) -> None:
    """In the action's own text 1, in outcomes or evidence alone 0.5, in comments alone nothing."""
    found = action(
        "1",
        "Work with KMPT",
        outcomes=("More advice by Shelter", "KMPT agrees"),
        evidence=("YMCA report",),
        mentions=("KMPT", "Shelter", "YMCA", "Landlord Forum"),
        updates=(),
    )
    assert named(plan(found, parties=PARTIES)) == [("KMPT", 1.0), ("Shelter", 0.5), ("YMCA", 0.5)]


def test_a_post_is_of_the_body_whose_name_it_begins_with(action: MakeAction, plan: MakePlan) -> None:
    """Shelter's outreach worker; a team's name and a common word ("housing") make no manager theirs."""
    found = action("1", "Advise", leads=("Shelter outreach worker", "Housing Manager"), mentions=("Shelter", "Housing"))
    assert posts_in(plan(found, parties=PARTIES), KNOWING) == [("Shelter outreach worker", "Shelter")]


@pytest.mark.parametrize("name", ["Landlord Forum", "YMCA", "Village Housing Association", "Mental Health Trust"])
def test_what_is_a_body(action: MakeAction, plan: MakePlan, name: str) -> None:
    """A body of the register, a standing one, one that is called like an organisation, one called by letters."""
    assert named(plan(action("1", f"Meet the {name}", mentions=(name,)), parties=PARTIES)) == [(name, 1.0)]


@pytest.mark.parametrize("name", ["the council", "Desk", "Housing team", "Outreach", "Housing", "Housing Manager"])
def test_what_is_left_out(action: MakeAction, plan: MakePlan, name: str) -> None:
    """The publisher and its units, teams, posts, and words that can be anything."""
    assert named(plan(action("1", f"Meet {name}", mentions=(name,)), parties=PARTIES)) == []


@pytest.mark.parametrize(
    ("party", "name"), [("Shelter outreach worker", "Shelter"), ("Mental Health Trust", "KMPT"), ("KMPT", "KMPT")]
)
def test_a_body_that_is_a_party_is_left_out(action: MakeAction, plan: MakePlan, party: str, name: str) -> None:
    """As part of a printed name, or under another of its names; as a partner as well as a lead."""
    for field in ("leads", "partners"):
        made = action("1", f"Meet {name}", mentions=(name,), **{field: (party,)})
        assert named(plan(made, parties=PARTIES)) == []


def test_a_body_with_two_names_is_named_once(action: MakeAction, plan: MakePlan) -> None:
    """Under the first of them."""
    made = action("1", "KMPT, now Mental Health Trust", mentions=("KMPT", "Mental Health Trust"))
    assert named(plan(made, parties=PARTIES)) == [("KMPT", 1.0)]


def test_a_word_in_small_letters_is_a_name_only_where_the_register_says_so(action: MakeAction, plan: MakePlan) -> None:
    """A shelter is not Shelter; a name of several words is meant in any case."""
    made = action("1", "Fund a shelter, a homestead and the landlord forum", outcomes=("Shelter agrees",))
    made = msgspec.structs.replace(made, mentions=("Shelter", "Homestead", "Landlord Forum"))
    assert named(plan(made, parties=PARTIES)) == [("Shelter", 0.5), ("Homestead", 1.0), ("Landlord Forum", 1.0)]


def test_the_bundled_knowledge_is_what_the_files_say() -> None:
    """Words and bodies of the library arrive."""
    assert {"forum", "board"} <= KNOWLEDGE.standing
    assert "association" in KNOWLEDGE.organisations
    assert (AGENCY + "dluhc", AGENCY + "mhclg") in KNOWLEDGE.bodies.renames
