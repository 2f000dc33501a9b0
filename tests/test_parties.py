"""Cells of responsible parties: where they split, where they do not, and what the names stand for."""

from __future__ import annotations

import pytest

from planweave.library import Library
from planweave.reading.definition import load_common
from planweave.reading.parties import PartyReader
from planweave.registers import load_register
from planweave.terms import AGENCY

LIBRARY = Library.bundled()
LEGEND = {"RSMT": "Rough sleeper management team"}
ALONE = ["HGTR", "Housing and Inclusion Manager", "Housing Options"]


def reader(publisher: str | None = "coventry-city-council") -> PartyReader:
    """A reader for a plan that prints a few names alone in its cells."""
    iri = AGENCY + publisher if publisher else None
    return PartyReader(load_common(LIBRARY), None, load_register(LIBRARY), iri, LEGEND, ALONE)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("RSMT / CRISIS / P3 / Citizen", ["RSMT", "CRISIS", "P3", "Citizen"]),
        ("RSMT, Citizen and Stonewater", ["RSMT", "Citizen", "Stonewater"]),
        ("RSMT & Relevant Partners", ["RSMT", "Relevant Partners"]),
        ("RSMT & successful provider", ["RSMT", "successful provider"]),
        ("Partnership & MCN partners", ["Partnership", "MCN partners"]),
        (
            "Outreach Services Manager and Housing Advice Manager",
            ["Outreach Services Manager", "Housing Advice Manager"],
        ),
        (
            "Housing and Inclusion Manager/ Outreach Services Manager",
            ["Housing and Inclusion Manager", "Outreach Services Manager"],
        ),
        ("RSMT/Housing Options RSMT/Solihull RS", ["RSMT", "Housing Options", "Solihull RS"]),
        (
            "Rough Sleeping partnership manager Resettlement & Sustainment officer",
            ["Rough Sleeping partnership manager", "Resettlement & Sustainment officer"],
        ),
        (
            "Outreach support workers Harm reduction outreach worker",
            ["Outreach support workers", "Harm reduction outreach worker"],
        ),
        (
            "Housing Advice Manager Head of Housing & Community Services",
            ["Housing Advice Manager", "Head of Housing & Community Services"],
        ),
        ("HGTR Housing and Inclusion Manager", ["HGTR", "Housing and Inclusion Manager"]),
        ("RSMT\nHousing Options", ["RSMT", "Housing Options"]),
        ("RSMT; Rsmt; RSMT", ["RSMT"]),
        ("Police (Kent, Essex)", ["Police (Kent, Essex)"]),
        ("Jane Smith and John Brown", ["Jane Smith", "John Brown"]),
        ("Office of the Police and Crime Commissioner", ["Office of the Police and Crime Commissioner"]),
        ("Police and Crime Commissioner", ["Police and Crime Commissioner"]),
        ("Citizen and Department of Health and Social Care", ["Citizen", "Department of Health and Social Care"]),
        ("Deputy Police and Crime Commissioner", ["Deputy Police and Crime Commissioner"]),
        ("Human Resources & SHSCT", ["Human Resources", "SHSCT"]),
        ("Environmental Health and Planning Policy", ["Environmental Health", "Planning Policy"]),
        ("Housing Enabling Officer & Finance", ["Housing Enabling Officer", "Finance"]),
        ("Housing associations and Ford Alliance", ["Housing associations", "Ford Alliance"]),
    ],
)
def test_cells_that_hold_several_parties(cell: str, names: list[str]) -> None:
    """Slashes, commas, line breaks split; "and", "&" and a bare space do where both sides can stand alone."""
    assert list(reader().names(cell)) == names


@pytest.mark.parametrize(
    "cell",
    [
        "Head of Housing & Community Services",
        "DA and Safeguarding coordinator",
        "CCC Commissioning and Partnerships Lead",
        "Resettlement & Sustainment officer",
        "Housing and Inclusion Manager",
        "RSI Job Coach",
        "HR & Payroll",
        "School Admissions & Inclusion Service",
        "CRISIS Progression Manager",
        "CCC Communications Team",
    ],
)
def test_cells_that_hold_one_party(cell: str) -> None:
    """A joining word inside the name of one post or team splits nothing."""
    assert list(reader().names(cell)) == [cell]


@pytest.mark.parametrize("cell", ["", " ", "-", "–", "/", "· ", "?"])
def test_cells_that_hold_nobody(cell: str) -> None:
    """Marks without a letter name no party."""
    assert reader().names(cell) == ()


@pytest.mark.parametrize(
    ("name", "kind", "label"),
    [
        ("CGL", "agency", "Change Grow Live"),
        ("CCC", "agency", "Coventry City Council"),
        ("RSMT", "team", "Rough Sleeper Management Team (Coventry)"),
        ("Housing Options", "team", "Housing Options"),
        ("Complex Needs Co-ordinator", "post", "Complex Needs Co-ordinator"),
        ("Head of Housing", "post", "Head of Housing"),
        ("Relevant Partners", "group", "Relevant Partners"),
        ("providers", "group", "providers"),
        ("HGTR", "unknown", "HGTR"),
    ],
)
def test_what_a_name_stands_for(name: str, kind: str, label: str) -> None:
    """An agency comes from the register; a post, a team, a group is told by its words; the rest is unknown."""
    party = reader().party(name)
    assert (party.kind, party.label) == (kind, label)


def test_a_local_name_means_a_body_only_in_its_publishers_plans() -> None:
    """CCC is Coventry City Council in a plan of Coventry's, and three letters elsewhere."""
    assert reader("gravesham-borough-council").party("CCC").kind == "unknown"
    assert reader(None).party("CCC").kind == "unknown"
    assert reader(None).party("CGL").kind == "agency"


@pytest.mark.parametrize("name", ["Jane Smith", "Cllr A. Patel", "Dr Okafor", "Mohammed Ali Khan", "Sarah O’Neill"])
def test_a_person_is_text_and_no_party_of_their_own(name: str) -> None:
    """Whoever is named by name, the party is one and the same: a named person."""
    party = reader().party(name)
    assert (party.kind, party.id, party.label) == ("person", "a-named-person", "a named person")
    assert party.name == name


def test_the_holder_of_a_post_is_left_out_of_its_name() -> None:
    """Of "Head of Housing (Jane Smith)" the post is the party; "Head of Housing (acting)" stays as printed."""
    assert reader().party("Head of Housing (Jane Smith)").label == "Head of Housing"
    assert reader().party("Head of Housing (acting)").label == "Head of Housing (acting)"


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("Director of Strategy (Temi Okwuosa)", "Director of Strategy"),
        ("Temi Okwuosa (Director of Strategy)", "Director of Strategy"),
        ("Temi Okwuosa – Director of Strategy", "Director of Strategy"),
        ("Project Manager (Town Deal)", "Project Manager (Town Deal)"),
        ("Project Manager (Upper Ford)", "Project Manager (Upper Ford)"),
    ],
)
def test_a_name_beside_a_post_is_its_holder_if_it_is_no_word(cell: str, name: str) -> None:
    """What the plan prints in small letters, or as a party, is nobody's name."""
    printed = "A deal for the town, and homes in the upper part of Ford."
    party_reader = PartyReader(load_common(LIBRARY), None, load_register(LIBRARY), None, {}, [cell], printed)
    assert party_reader.names(cell) == (name,)


@pytest.mark.parametrize(
    "name",
    [
        "Grace House",
        "Stonewater",
        "Martin House",
        "Adult Social Care",
        "Langar Aid",
        "Mary Seacole Centre",
        "St Giles Trust",
    ],
)
def test_a_body_is_not_taken_for_a_person(name: str) -> None:
    """A body that bears a first name ends in a body's word."""
    assert not reader().is_person(name)
