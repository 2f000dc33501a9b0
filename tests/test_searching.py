"""Text search: actions are found by the stems of words and by phrases, and the file follows the graph."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from planweave.errors import QueryError, StoreError
from planweave.library import Library, bundled_plans
from planweave.reading.reader import Reader
from planweave.searching import SearchIndex

if TYPE_CHECKING:
    from planweave.records import PlanRecord


@pytest.fixture(scope="module")
def records() -> dict[str, PlanRecord]:
    reader = Reader(Library.bundled())
    return {path.stem: reader.read(path) for path in sorted(bundled_plans().glob("*.txt"))}


def index(path: Path, records: dict[str, PlanRecord], **states: str) -> SearchIndex:
    known = {plan: states.get(plan.replace("-", "_"), "1") for plan in records}
    return SearchIndex(path / "search.sqlite", known, lambda plan: records[plan])


def test_words_are_found_in_any_form(tmp_path: Path, records: dict[str, PlanRecord]) -> None:
    """A reader who goes through Thurrock's plan for veterans finds three actions, all under 2.3."""
    hits = index(tmp_path, records).find("veteran", plan="thurrock")
    assert sorted(hit.action for hit in hits) == ["thurrock/2.3.1", "thurrock/2.3.2", "thurrock/2.3.3"]


def test_actions_about_domestic_abuse(tmp_path: Path, records: dict[str, PlanRecord]) -> None:
    """Seen by eye: Maidstone 1.2, 2.3 and the first 3.2; Thurrock 2.4.1 and 2.4.2, “domestic and sexual abuse”."""
    found = {hit.action for hit in index(tmp_path, records).find("domestic abuse")}
    assert found == {"maidstone/1.2", "maidstone/2.3", "maidstone/3.2", "thurrock/2.4.1", "thurrock/2.4.2"}


def test_words_in_quotes_stand_together(tmp_path: Path, records: dict[str, PlanRecord]) -> None:
    """What is printed as “domestic and sexual abuse” is no "domestic abuse"."""
    found = {hit.action for hit in index(tmp_path, records).find('"domestic abuse"')}
    assert found == {"maidstone/1.2", "maidstone/2.3", "maidstone/3.2"}


def test_the_action_itself_counts_more_than_its_surroundings(tmp_path: Path, records: dict[str, PlanRecord]) -> None:
    """What an action does comes before what is only said in its heading, its outcome or its comments."""
    hits = index(tmp_path, records).find("employment", plan="gravesham")
    assert hits[0].action == "gravesham/n8"
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_hit_shows_the_passage(tmp_path: Path, records: dict[str, PlanRecord]) -> None:
    """The words that were found are marked in it."""
    (hit,) = index(tmp_path, records).find("harm reduction pathways", plan="gravesham")
    assert hit.text == "Create harm reduction pathways for rough sleepers and rehab placements"
    assert {hit.found[start:end].lower() for start, end in hit.marks} == {"harm", "reduction", "pathways"}


def test_what_people_type_is_never_a_command(tmp_path: Path, records: dict[str, PlanRecord]) -> None:
    """Operators, brackets, stars and quotes of the search engine are words or nothing."""
    found = index(tmp_path, records)
    for typed in ('text: hub"', "hub) OR (plan", "hu*", "NEAR(hub plan)", "'; DROP TABLE action; --", "-hub", "^hub"):
        found.find(typed)
    assert found.find("hub OR veterans") == []
    assert {hit.action for hit in found.find("hub")} == {"maidstone/1.5", "city-of-london/n23"}


@pytest.mark.parametrize("words", ["", "  ", '""', "!?"])
def test_nothing_to_look_for_is_one_sentence(tmp_path: Path, records: dict[str, PlanRecord], words: str) -> None:
    """There has to be a word."""
    with pytest.raises(QueryError, match="there is no word to look for; say what the actions are about"):
        index(tmp_path, records).find(words)


def test_the_file_follows_the_graph(tmp_path: Path, records: dict[str, PlanRecord]) -> None:
    """A plan that changed is read again and no other; one that is gone is no longer found."""
    read: list[str] = []

    def record(plan: str) -> PlanRecord:
        read.append(plan)
        return records[plan]

    path = tmp_path / "search.sqlite"
    states = dict.fromkeys(records, "1")
    assert SearchIndex(path, states, record).count("rough sleeping") > 20
    assert sorted(read) == sorted(records)
    SearchIndex(path, states, record).find("hub")
    assert len(read) == len(records)
    SearchIndex(path, {**states, "maidstone": "2"}, record).find("hub")
    assert read[len(records) :] == ["maidstone"]
    del states["maidstone"]
    assert [hit.action for hit in SearchIndex(path, states, record).find("hub")] == ["city-of-london/n23"]


def test_a_hit_says_where_the_words_stand(tmp_path: Path, records: dict[str, PlanRecord]) -> None:
    """Of Coventry's 13.1 only the outcome speaks of six months; in another action heading and text name the word."""
    found = index(tmp_path, records)
    where = {hit.action: hit.where for hit in found.find("accommodation 6months", plan="coventry")}
    assert where["coventry/13.1"] == ("outcome or evidence",)
    (hit,) = found.find("harm reduction pathways", plan="gravesham")
    assert hit.where[0] == "text"


def test_only_one_plan_can_be_searched(tmp_path: Path, records: dict[str, PlanRecord]) -> None:
    """And no more than so many are given, though all are counted."""
    found = index(tmp_path, records)
    assert {hit.plan for hit in found.find("rough sleepers", plan="coventry")} == {"coventry"}
    assert len(found.find("rough sleepers", most=3)) == 3
    assert found.count("rough sleepers") > 3


def test_a_broken_file_is_one_sentence(tmp_path: Path, records: dict[str, PlanRecord]) -> None:
    """It says which file, and that removing it is enough."""
    (tmp_path / "search.sqlite").write_bytes(b"no database, but long enough to look like one" * 40)
    with pytest.raises(StoreError, match=r"search\.sqlite: the search file cannot be used .*; remove it"):
        index(tmp_path, records).find("hub")


def test_a_file_of_another_version_is_made_anew(tmp_path: Path, records: dict[str, PlanRecord]) -> None:
    """What an older planweave left is no obstacle."""
    with sqlite3.connect(tmp_path / "search.sqlite") as old:
        old.execute("CREATE TABLE plan (something TEXT)")
        old.execute("PRAGMA user_version = 99")
    old.close()
    assert index(tmp_path, records).count("hub") == 2
