"""Who is named in which actions: one plan's parties, and those of all plans."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from planweave.errors import StoreError
from planweave.involving import FILE, PartyIndex, is_overdue, parts_of
from planweave.records import Due, Party, PlanRecord
from planweave.terms import AGENCY
from tests.made import made_action, made_plan

if TYPE_CHECKING:
    from pathlib import Path

SHELTER = Party("Shelter", "agency", AGENCY + "shelter", "Shelter (charity)")
TEAM = Party("Housing", "team", "housing", "Housing Team")
POLICE = Party("Police", "agency", AGENCY + "police", "The police")


def ford() -> PlanRecord:
    """Housing leads 1 with Shelter, and 2, which is complete; the police are named in 1, and are partner in 3."""
    return made_plan(
        made_action(id="ford/1", n=1, leads=("Housing",), partners=("Shelter",), mentions=("Police",), pillars=("A",)),
        made_action(id="ford/2", n=2, leads=("Housing",), status="complete", due=Due("March 2020", "date", "2020-03")),
        made_action(id="ford/3", n=3, leads=("Shelter",), partners=("Police",), due=Due("May 2020", "date", "2020-05")),
        parties=(SHELTER, TEAM, POLICE),
    )


def weir() -> PlanRecord:
    """Shelter leads the one action, together with a team that is called as Ford's is, and is another."""
    return made_plan(
        made_action(id="weir/1", leads=("Shelter", "Housing")),
        id="weir",
        parties=(SHELTER, TEAM),
    )


def index(folder: Path, *records: PlanRecord) -> PartyIndex:
    """Give the index of some plans, each in a state that changes with its actions."""
    known = {record.plan.id: record for record in records}
    made = PartyIndex(folder, {plan: str(len(of.actions)) for plan, of in known.items()}, known.__getitem__)
    made.update()
    return made


def test_a_plan_says_what_each_party_does() -> None:
    """Counts by role, what is open and past due, pillars, and who is beside whom as lead or partner."""
    parts = {part.label: part for part in parts_of(ford())}
    housing, shelter, police = parts["Housing Team"], parts["Shelter (charity)"], parts["The police"]
    assert [(place.n, place.role, place.open) for place in housing.places] == [(1, "lead", True), (2, "lead", False)]
    assert (shelter.count("lead"), shelter.count("partner")) == (1, 1)
    assert (police.count("mention"), police.count("partner")) == (1, 1)
    assert housing.pillars == {"A": 1}
    assert housing.beside == {SHELTER.id: 1}
    assert shelter.beside == {housing.party: 1, POLICE.id: 1}
    assert police.beside == {SHELTER.id: 1}


def test_past_due_is_what_is_open_after_its_last_day() -> None:
    """An action due in May 2020 is past due from 1 June on; one that is complete never is."""
    parts = {part.label: part for part in parts_of(ford())}
    (_, third) = parts["Shelter (charity)"].places
    assert not is_overdue(third, dt.date(2020, 5, 31))
    assert is_overdue(third, dt.date(2020, 6, 1))
    assert not any(is_overdue(place, dt.date(2030, 1, 1)) for place in parts["Housing Team"].places)


def test_an_agency_is_one_in_all_plans_and_a_team_is_not(tmp_path: Path) -> None:
    """Shelter stands in two plans; the two teams of one name are two."""
    rows = index(tmp_path, ford(), weir()).rows(sort="plans", descending=True)
    assert [(row.label, row.plans, row.led, row.partnered, row.mentioned) for row in rows] == [
        ("Shelter (charity)", 2, 2, 1, 0),
        ("Housing Team", 1, 2, 0, 0),
        ("Housing Team", 1, 1, 0, 0),
        ("The police", 1, 0, 1, 1),
    ]
    assert [row.led_open for row in rows] == [2, 1, 1, 0]


def test_parties_are_found_by_words_kind_and_plan(tmp_path: Path) -> None:
    """By any part of a name, whatever the capitals; by a name that only a register knows; by kind; by plan."""
    parties = index(tmp_path, ford(), weir())
    assert [row.label for row in parties.rows("CHARITY")] == ["Shelter (charity)"]
    assert parties.count("100% '; DROP TABLE part; --") == 0
    assert [row.label for row in parties.rows("cops", also=[POLICE.id])] == ["The police"]
    assert [row.plan for row in parties.rows(kinds=["team"])] == ["ford", "weir"]
    assert parties.count(plan="weir") == 2
    assert parties.kinds() == {"agency": 2, "team": 2}
    assert [part.plan for part in parties.parts(SHELTER.id)] == ["ford", "weir"]


def test_only_what_changed_is_read_again(tmp_path: Path) -> None:
    """A plan that is gone is taken out, one that changed is read again, another is not touched."""
    index(tmp_path, ford(), weir())
    more = made_plan(
        *weir().actions, made_action(id="weir/2", n=2, leads=("Shelter",)), id="weir", parties=(SHELTER, TEAM)
    )
    changed = index(tmp_path, more)
    assert [(row.label, row.led) for row in changed.rows()] == [("Housing Team", 1), ("Shelter (charity)", 2)]
    assert [part.plan for part in changed.parts(SHELTER.id)] == ["weir"]


def test_a_file_that_is_none_is_said_to_be(tmp_path: Path) -> None:
    """Something else under its name is not overwritten in silence."""
    (tmp_path / FILE).write_bytes(b"no database, and long enough to be taken for one" * 100)
    with pytest.raises(StoreError, match="remove it"):
        index(tmp_path, ford())
