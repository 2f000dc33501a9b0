"""What-if: what actions lose without a body, how far a slip reaches, and what is said of it."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import planweave as pw
from planweave.errors import NotFound, QueryError
from planweave.networks.what_if.bodies import Relation, family
from planweave.networks.what_if.delay import Delay, compared, read_delay
from planweave.networks.what_if.facts import Action, Link, Part, Party, Role
from planweave.networks.what_if.losses import losses
from planweave.networks.what_if.reach import paths_from
from planweave.networks.what_if.telling import path_words

if TYPE_CHECKING:
    from planweave.graph import Graph

# What an action loses


def part(action: str, role: Role, party: str, printed: str = "") -> Part:
    return Part(action, role, Party(party, party.upper()), printed or party)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([("lead", "x")], [("only lead", [])]),
        ([("lead", "x"), ("lead", "y")], [("one of several leads", ["y"])]),
        ([("lead", "y"), ("partner", "x")], [("only partner", [])]),
        ([("lead", "y"), ("partner", "x"), ("partner", "z")], [("one of several partners", ["z"])]),
        ([("lead", "x"), ("partner", "y"), ("partner", "x")], [("only lead", []), ("one of several partners", ["y"])]),
        ([("lead", "y"), ("named", "x")], [("named", [])]),
        ([("lead", "x"), ("named", "x")], [("only lead", [])]),
        ([("lead", "y"), ("partner", "z"), ("named", "z")], []),
    ],
)
def test_what_one_action_loses_without_x(parts: list[tuple[Role, str]], expected: list[tuple[str, list[str]]]) -> None:
    """A role is lost where nobody else has it; being named in the text counts where it has no role."""
    found = losses([part("a", role, party) for role, party in parts], {"x"})
    assert [(loss.effect, [party.iri for party in loss.left]) for loss in found] == expected


def test_two_printed_names_of_one_body_are_one_lead() -> None:
    """Nobody else leads, so it is the only lead; both names are told."""
    (loss,) = losses([part("a", "lead", "x", "CRISIS"), part("a", "lead", "x", "Crisis")], {"x"})
    assert loss.effect == "only lead"
    assert [one.printed for one in loss.by] == ["CRISIS", "Crisis"]


def test_a_body_and_its_part_that_lead_together_leave_no_lead() -> None:
    """Both are gone where one is part of the other."""
    (loss,) = losses([part("a", "lead", "x"), part("a", "lead", "unit")], {"x", "unit"})
    assert (loss.effect, loss.left) == ("only lead", ())


# Which bodies are meant


def test_parts_of_parts_and_names_before_and_after_are_meant() -> None:
    """Old → new (renamed); new has a team, and the team a desk."""
    relations = [
        Relation("desk", "Desk", "is part of", "team", "Team"),
        Relation("team", "Team", "is part of", "new", "New"),
        Relation("new", "New", "came after", "old", "Old"),
    ]
    assert [(body.iri, body.how) for body in family("old", "Old", relations)] == [
        ("old", ""),
        ("new", "came after Old"),
        ("team", "is part of New"),
        ("desk", "is part of Team"),
    ]
    assert [body.iri for body in family("new", "New", relations)] == ["new", "old", "team", "desk"]
    assert [body.iri for body in family("team", "Team", relations)] == ["team", "desk"]


def test_bodies_that_were_merged_are_not_each_other() -> None:
    """A and b became c: who asks for a means a and c, and not b."""
    relations = [
        Relation("c", "C", "came after", "a", "A"),
        Relation("c", "C", "came after", "b", "B"),
    ]
    assert [body.iri for body in family("a", "A", relations)] == ["a", "c"]
    assert [body.iri for body in family("c", "C", relations)] == ["c", "a", "b"]


def test_a_ring_in_the_register_comes_to_an_end() -> None:
    """Each is part of the other: both are meant, once."""
    relations = [Relation("a", "A", "is part of", "b", "B"), Relation("b", "B", "is part of", "a", "A")]
    assert [body.iri for body in family("a", "A", relations)] == ["a", "b"]


# How far it reaches


def needs(source: str, target: str) -> Link:
    return Link(source, target, target, f"subject to {target}")


def refers(source: str, target: str) -> Link:
    return Link(source, target, target)


def walked(starts: str, *links: Link) -> list[str]:
    """The paths, as letters."""
    return ["".join([path.start, *(step.end for step in path.steps)]) for path in paths_from(starts, links)]


def test_a_need_reaches_one_way() -> None:
    """B needs A: a slip of A reaches B, a slip of B does not reach A."""
    assert walked("a", needs("b", "a")) == ["ab"]
    assert walked("b", needs("b", "a")) == []


def test_a_cross_reference_reaches_both_ways() -> None:
    """Whoever prints it: the two are related."""
    assert walked("a", refers("b", "a")) == ["ab"]
    assert walked("b", refers("b", "a")) == ["ba"]


def test_a_path_of_three() -> None:
    """C needs B, which needs A: C is reached by way of B."""
    assert walked("a", needs("c", "b"), needs("b", "a")) == ["ab", "abc"]


def test_a_ring_of_references_comes_to_an_end() -> None:
    """a–b–c–d–a: b and d are next to a, c is two steps away, and a itself is not found."""
    ring = [refers("a", "b"), refers("b", "c"), refers("c", "d"), refers("d", "a")]
    assert walked("a", *ring) == ["ab", "ad", "abc"]
    assert walked("a", needs("a", "b"), needs("b", "a")) == ["ab"]


def test_needs_are_told_apart_from_references() -> None:
    """D refers to A and needs C, which needs A by way of B: the long path of needs says more than the short one."""
    links = [refers("d", "a"), needs("b", "a"), needs("c", "b"), needs("d", "c"), refers("e", "d")]
    paths = {path.end: path for path in paths_from("a", links)}
    assert [step.end for step in paths["d"].steps] == ["b", "c", "d"]
    assert {end: path.references for end, path in paths.items()} == {"b": 0, "c": 0, "d": 0, "e": 1}


def test_what_states_a_need_is_not_called_a_reference_too() -> None:
    """B's column refers to A, and its text needs A: the need is what counts, and is shown."""
    (path,) = paths_from("a", [refers("b", "a"), needs("b", "a")])
    assert path.references == 0
    assert [link.words for link in path.steps[0].links] == ["subject to a"]


def test_an_action_that_refers_to_itself_reaches_nothing() -> None:
    """A reference to its own number is a misprint, and no path."""
    assert walked("a", refers("a", "a"), needs("a", "a")) == []


NAMES = {iri: Action(iri, f"p/{iri}", "p") for iri in "abc"}


@pytest.mark.parametrize(
    ("links", "words"),
    [
        ([needs("b", "a")], "p/a → p/b (states that it needs it: “subject to a”)"),
        ([refers("b", "a")], "p/a → p/b (refers to it)"),
        ([refers("a", "b")], "p/a → p/b (p/a refers to it)"),
        ([refers("a", "b"), refers("b", "a")], "p/a → p/b (each refers to the other)"),
        ([Link("b", "a", "1.1", "", 2)], "p/a → p/b (refers to it, a reference that 2 actions have)"),
    ],
)
def test_a_step_says_what_is_printed(links: list[Link], words: str) -> None:
    """Who refers to whom, the words of a need, and where a reference is printed at two actions."""
    (path,) = paths_from("a", links)
    assert path_words(path, NAMES) == words


LETTERS = st.sampled_from("abcdefgh")
LINKS = st.lists(
    st.builds(lambda one, two, need: (needs if need else refers)(one, two), LETTERS, LETTERS, st.booleans())
)
PARTS = st.lists(
    st.builds(part, LETTERS, st.sampled_from(["lead", "partner", "named"]), st.sampled_from(["x", "y", "z"]))
)


@given(PARTS, LINKS)
def test_nothing_is_affected_that_neither_names_the_body_nor_is_linked(parts: list[Part], links: list[Link]) -> None:
    """A loss is of an action in which the body stands; each path runs over links, from an action without a lead."""
    found = losses(parts, {"x"})
    assert {loss.action for loss in found} == {one.action for one in parts if one.party.iri == "x"}
    alone = [loss.action for loss in found if loss.effect == "only lead"]
    pairs = {(link.source, link.target) for link in links}
    for path in paths_from(alone, links):
        assert path.start in alone
        assert path.end not in alone
        assert all(before.end == after.start for before, after in pairwise(path.steps))
        for step in path.steps:
            back = (step.start, step.end) in pairs and not step.is_need
            assert (step.end, step.start) in pairs or back


@given(LINKS, LETTERS)
def test_everything_that_can_be_reached_is_found_once(links: list[Link], start: str) -> None:
    """As a plain flood over the same links finds it."""
    reached = {start}
    while True:
        more = {link.source for link in links if link.target in reached}
        more |= {link.target for link in links if link.source in reached and not link.is_need}
        if more <= reached:
            break
        reached |= more
    ends = [path.end for path in paths_from([start], links)]
    assert sorted(ends) == sorted(reached - {start})


# Delays and days


@pytest.mark.parametrize(
    ("text", "delay"),
    [
        ("10d", Delay(10, "day")),
        ("2w", Delay(2, "week")),
        ("3m", Delay(3, "month")),
        ("1y", Delay(1, "year")),
        ("3 months", Delay(3, "month")),
        ("1 Week", Delay(1, "week")),
        (" 3 M ", Delay(3, "month")),
    ],
)
def test_a_delay_is_read(text: str, delay: Delay) -> None:
    """Short or in words."""
    assert read_delay(text) == delay


@pytest.mark.parametrize("text", ["0d", "0 months", "-3m", "soon", "3", "m", "", "3.5m", "3 moons", "2w 3d", "٣m"])
def test_what_is_no_delay_is_refused(text: str) -> None:
    """The sentence shows how one is written."""
    with pytest.raises(QueryError, match=r"--by is no delay: .*; write one such as 10d, 2w, 3m or 1y"):
        read_delay(text)


def due(edtf: str, latest: str | None, earliest: str | None = None, kind: str = "date") -> Action:
    def day(text: str | None) -> dt.date | None:
        return dt.date.fromisoformat(text) if text else None

    return Action("a", "p/a", "p", kind=kind, edtf=edtf, earliest=day(earliest), latest=day(latest))


@pytest.mark.parametrize(
    ("edtf", "latest", "delay", "new"),
    [
        ("2023-01-31", "2023-01-31", "1m", "2023-02-28"),
        ("2024-01-31", "2024-01-31", "1m", "2024-02-29"),
        ("2024-02-29", "2024-02-29", "1y", "2025-02-28"),
        ("2023-02-28", "2023-02-28", "1m", "2023-03-28"),
        ("2023-02", "2023-02-28", "1m", "2023-03-31"),
        ("2022-10", "2022-10-31", "3m", "2023-01-31"),
        ("2022-10", "2022-10-31", "2w", "2022-11-14"),
        ("2022-12-15", "2022-12-15", "10d", "2022-12-25"),
        ("2023-22", "2023-08-31", "1m", "2023-09-30"),
        ("2023", "2023-12-31", "2m", "2024-02-29"),
        ("2022-04/2023-04-30", "2023-04-30", "1m", "2023-05-30"),
        ("{2022-04,2023-04}", "2023-04-30", "1m", "2023-05-31"),
    ],
)
def test_the_day_after_a_delay(edtf: str, latest: str, delay: str, new: str) -> None:
    """The calendar's months; a printed month is a bar that ends with its last day, before and after."""
    assert read_delay(delay).after(due(edtf, latest)) == dt.date.fromisoformat(new)


def test_a_day_beyond_the_calendar_is_an_error() -> None:
    """Years, months and days alike."""
    for text in ("8000y", "99999m", "999999w"):
        with pytest.raises(QueryError, match="is in no calendar; give a shorter delay"):
            read_delay(text).after(due("2022-10", "2022-10-31"))


@pytest.mark.parametrize("kind", ["review", "ongoing", "recurring", "none"])
def test_what_is_no_deadline_has_no_day_after_a_delay(kind: str) -> None:
    """A review, a rhythm and "ongoing" are no dates by which anything is to be done."""
    assert read_delay("3m").after(due("2022-12", "2022-12-31", kind=kind)) is None
    old, new = dt.date(2022, 10, 31), dt.date(2023, 1, 31)
    assert compared(due("2022-12", "2022-12-31", kind=kind), old, new) == "cannot be told"


@pytest.mark.parametrize(
    ("earliest", "latest", "falls"),
    [
        ("2022-12-01", "2022-12-31", "falls before"),
        ("2022-10-01", "2022-10-31", "falls before"),
        ("2022-09-01", "2022-09-30", "was before already"),
        ("2023-01-01", "2023-01-31", "may fall before"),
        ("2023-01-31", "2023-01-31", "does not fall before"),
        ("2023-01-30", "2023-01-30", "falls before"),
        ("2023-02-01", "2023-02-28", "does not fall before"),
        ("2033-04-01", "2033-04-30", "does not fall before"),
        (None, "2025-12-31", "may fall before"),
        (None, None, "cannot be told"),
    ],
)
def test_where_a_date_lies(earliest: str | None, latest: str | None, falls: str) -> None:
    """The latest day of another action moves from 31 October 2022 to 31 January 2023."""
    old, new = dt.date(2022, 10, 31), dt.date(2023, 1, 31)
    assert compared(due("", latest, earliest), old, new) == falls


def test_without_a_day_of_its_own_nothing_can_be_told() -> None:
    """The action that slips has no date."""
    assert compared(due("2022-12", "2022-12-31", "2022-12-01"), None, None) == "cannot be told"


DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1))


@given(DAYS, DAYS, DAYS)
def test_slipping_by_no_day_affects_no_date(old: dt.date, one: dt.date, two: dt.date) -> None:
    """Nothing falls before that did not before."""
    other = Action("b", "p/b", "p", kind="date", earliest=min(one, two), latest=max(one, two))
    assert compared(other, old, old) in {"does not fall before", "was before already"}
    later = Delay(0, "day").after(Action("a", "p/a", "p", kind="date", edtf=old.isoformat(), latest=old))
    assert later == old


@given(DAYS, DAYS, st.integers(1, 40), st.sampled_from(["day", "week", "month", "year"]))
def test_a_longer_delay_leads_to_no_earlier_day(day: dt.date, other: dt.date, number: int, unit: str) -> None:
    """And what falls before after a short delay does so after a longer one."""
    action = Action("a", "p/a", "p", kind="date", edtf=day.isoformat(), latest=day)
    short, long = (Delay(count, unit).after(action) for count in (number, number + 1))  # type: ignore[arg-type]
    assert short
    assert long
    assert day < short < long
    beside = Action("b", "p/b", "p", kind="date", earliest=other, latest=other)
    if compared(beside, day, short) == "falls before":
        assert compared(beside, day, long) == "falls before"


# The five plans


@pytest.fixture(scope="module")
def graph(five_plans: Path) -> Iterator[Graph]:
    with pw.open(five_plans) as opened:
        yield opened


def effects(graph: Graph, party: str, plan: str | None = None) -> dict[str, tuple[str, str]]:
    """Of each action that loses something: what, and by which printed names."""
    result = graph.without(party, plan=plan)
    return {
        result.actions[loss.action].id: (loss.effect, ", ".join(one.printed for one in loss.by))
        for loss in result.losses
    }


ROLES = (
    "To create ‘role descriptions’, associated processes, and opportunities for Peers to support individuals moving"
    " into new homes and managing change"
)


def test_without_cgl(graph: Graph) -> None:
    """CGL is one of several leads in Coventry, and named in Gravesham.

    Coventry, column Who: 3.3 RSMT/CGL/Anchor Centre (table 3, row 4), 6.2 RSMT/CGL and 6.3 RSMT/CGL/Crisis (table
    6, rows 3 and 4), 8.1 to 8.3 RSMT/CGL (table 8, rows 2 to 4). Gravesham, table 2, row 3: the Harm Reduction
    outreach worker leads, and "Refer clients to Change, Grow, Live (CGL)" stands in the comments.
    """
    shared = {f"coventry/{ref}": ("one of several leads", "CGL") for ref in ("3.3", "6.2", "6.3", "8.1", "8.2", "8.3")}
    assert effects(graph, "CGL") == {**shared, "gravesham/n4": ("named", "CGL")}
    assert effects(graph, "change grow live") == effects(graph, "CGL")
    assert set(effects(graph, "CGL", "gravesham")) == {"gravesham/n4"}
    result = graph.without("CGL")
    assert result.paths == ()
    (said,) = result.answer().about.notices
    assert said == (
        "CGL (Change Grow Live) is involved in 7 actions of 2 plans: none loses its only lead, 6 lose one of several"
        " leads, 1 only names it in its text."
    )
    rows = {row[1]: row for row in result.answer().readable_rows()}
    assert rows["coventry/6.3"] == (
        "coventry",
        "coventry/6.3",
        "loses one of several leads",
        "CGL (Change Grow Live)",
        "Crisis (charity); Rough Sleeper Management Team (Coventry)",
        ROLES,
        "unknown",
        "table 6, row 4",
    )


def test_without_a_post(graph: Graph) -> None:
    """Where a post has no other beside it, the lead is lost.

    Maidstone, column Lead: the Housing Advice Manager has 1.3 and 1.4 alone, 4.2 and 4.3 with the Outreach Services
    Manager. The plan has no cross-references.
    """
    result = graph.without("Housing Advice Manager")
    assert effects(graph, "Housing Advice Manager") == {
        "maidstone/1.3": ("only lead", "Housing Advice Manager"),
        "maidstone/1.4": ("only lead", "Housing Advice Manager"),
        "maidstone/4.2": ("one of several leads", "Housing Advice Manager"),
        "maidstone/4.3": ("one of several leads", "Housing Advice Manager"),
    }
    said, linked = result.answer().about.notices
    who = "Housing Advice Manager"
    assert said == f"{who} is involved in 4 actions of 1 plan: 2 lose their only lead, 2 lose one of several leads."
    assert linked == (
        "No other action states that it needs one left without a lead, and none is cross-referenced with one."
    )


def test_without_the_team_that_leads_most(graph: Graph) -> None:
    """What is linked with the actions that only this team leads is told, the further the later.

    Coventry, column Who: RSMT alone in 13 rows, with others in 25 (6.1 prints TSMT). Column "Cross referenced
    with": 1.1 and 13.1 refer to each other, and so do 4.1 and 15.1, 5.1 and 16.1; 2.1, 2.2, 3.2, 3.3 and 6.1 refer to
    15.1; 5.2 and 6.2 to 16.1; 6.3 to 16.2. 1.2 refers to 13.1 only, which has leads of its own.
    """
    result = graph.without("RSMT")
    alone = ["1.1", "1.4", "3.1", "7.1", "7.2", "7.3", "7.4", "11.1", "15.1", "16.1", "16.2", "17.2", "18.1"]
    found = effects(graph, "RSMT")
    assert [action for action, (effect, _) in found.items() if effect == "only lead"] == [
        f"coventry/{a}" for a in alone
    ]
    assert sum(effect == "one of several leads" for effect, _ in found.values()) == 25
    assert found["coventry/6.1"] == ("one of several leads", "TSMT")
    direct = {"2.1", "2.2", "3.2", "3.3", "4.1", "5.1", "5.2", "6.1", "6.2", "6.3", "13.1"}
    ends = {result.actions[path.end].id: len(path.steps) for path in result.paths}
    assert ends == {**{f"coventry/{ref}": 1 for ref in direct}, "coventry/1.2": 2}
    words = {result.actions[path.end].id: path_words(path, result.actions) for path in result.paths}
    assert words["coventry/1.2"] == (
        "coventry/1.1 → coventry/13.1 (each refers to the other) → coventry/1.2 (refers to it)"
    )
    said, linked = result.answer().about.notices
    assert said == (
        "RSMT (Rough Sleeper Management Team (Coventry)) is involved in 38 actions of 1 plan: 13 lose their only lead,"
        " 25 lose one of several leads."
    )
    assert linked == (
        "No other action states that it needs one left without a lead; 11 are cross-referenced with one (related; the"
        " plan does not say that one needs the other); 1 more only by way of others."
    )


def test_without_an_agency_with_parts(graph: Graph) -> None:
    """Its parts are taken together with it, and each row says which it was.

    City of London: CST, part of the Corporation, is a partner in 3.15 (column With who?) and named in 3.8, 3.9, 3.10
    and 3.12; CoL in 1.6, Col. in the fourth row of table 2, CCS in the second of table 1, the HRS Subcommittee in
    1.11, DCCS BST, which is part of a part, in 3.4.
    """
    found = effects(graph, "City of London Corporation")
    named = {"1.6": "CoL", "n2": "CCS", "1.11": "HRS Subcommittee", "n9": "Col.", "3.4": "DCCS BST", "3.9": "CST"}
    named |= {"3.10": "CST", "3.12": "CST", "3.8": "CST, Community Safety Team"}
    expected = {f"city-of-london/{ref}": ("named", printed) for ref, printed in named.items()}
    assert found == {**expected, "city-of-london/3.15": ("one of several partners", "CST")}
    why = [row[3] for row in graph.without("City of London Corporation").answer().readable_rows()]
    assert why[0] == "CST (Community Safety Team (City of London), which is part of City of London Corporation)"


def test_without_a_body_that_was_renamed(graph: Graph) -> None:
    """Whoever asks by the old name or by the new one gets the same actions.

    Gravesham prints DLUHC and MHCLG in its first and last rows and DLUCH in n9, Maidstone DLUCH in 3.1, the City of
    London the ministry's HAST in 1.12. All are one department, now the ministry, and its team.
    """
    found = effects(graph, "DLUHC")
    assert found == {
        "gravesham/n1": ("named", "DLUHC, MHCLG"),
        "gravesham/n9": ("named", "DLUCH"),
        "gravesham/n12": ("named", "DLUHC, MHCLG"),
        "maidstone/3.1": ("named", "DLUCH"),
        "city-of-london/1.12": ("named", "HAST, MHCLG"),
    }
    assert effects(graph, "MHCLG").keys() == found.keys()


def test_posts_with_a_name_of_the_body_are_told_and_not_counted(graph: Graph) -> None:
    """Nothing is guessed from a name, and nothing is passed over in silence.

    Coventry prints CCC Commissioning and Partnerships Lead and CCC Communications Team; the register makes neither a
    part of the council. RSOT is one: 2.2 and 6.1.
    """
    result = graph.without("Coventry City Council")
    assert result.not_counted == ("CCC Commissioning and Partnerships Lead", "CCC Communications Team")
    assert set(effects(graph, "Coventry City Council")) == {"coventry/2.2", "coventry/6.1", "coventry/17.2"}
    assert any(notice.startswith("Not counted: CCC Commissioning") for notice in result.answer().about.notices)


def test_a_plan_without_a_column_for_leads_is_not_said_to_lose_none(graph: Graph) -> None:
    """Thurrock's table has Strategic Action, Action and Outcome; 4.3.1 speaks of Open Door."""
    answer = graph.without("Open Door").answer()
    assert [row[4] for row in answer.readable_rows()] == ["the table has no column for leads"]
    assert answer.about.notices[1] == (
        "For 1 action that only names it, the table has no column for leads: whether a lead would be lost there cannot"
        " be told."
    )


def test_a_name_of_two_plans_is_the_one_of_the_plan_that_is_given(graph: Graph) -> None:
    """Coventry and Gravesham both have Housing Options; Coventry in 12.1 and 12.2."""
    with pytest.raises(QueryError, match="'Housing Options' stands for 2 parties"):
        graph.without("Housing Options")
    assert set(effects(graph, "Housing Options", "coventry")) == {"coventry/12.1", "coventry/12.2"}


def test_a_body_that_no_plan_involves(graph: Graph) -> None:
    """The register knows the Department for Work and Pensions; Gravesham n8 prints its "job center"."""
    assert effects(graph, "DWP") == {"gravesham/n8": ("named", "job center")}
    assert effects(graph, "DWP", "coventry") == {}
    assert graph.without("DWP", plan="coventry").answer().about.notices[0].endswith("is involved in no action.")


def test_a_slip_of_three_months(graph: Graph) -> None:
    """Two actions are related to it, and both are due later still.

    Coventry 13.1 is due October 2022 (table 13, row 2); 1.1 and it refer to each other, 1.2 refers to it; both are
    due April 2023 (table 1, rows 2 and 3), after 31 January 2023.
    """
    result = graph.slip("coventry/13.1", by="3m")
    assert (result.old, result.new) == (dt.date(2022, 10, 31), dt.date(2023, 1, 31))
    rows = [tuple(row[place] for place in (1, 2, 3, 4, 5, 6, 7, 10)) for row in result.answer().readable_rows()]
    both = "coventry/13.1 → coventry/1.1 (each refers to the other)"
    one = "coventry/13.1 → coventry/1.2 (refers to it)"
    late, lies = ("April 2023", "2023-04-30", ""), "does not fall before"
    assert rows == [
        ("coventry/13.1", "slips by 3 months", "", "October 2022", "2022-10-31", "2023-01-31", "", "table 13, row 2"),
        ("coventry/1.1", "related", lies, *late, both, "table 1, row 2"),
        ("coventry/1.2", "related", lies, *late, one, "table 1, row 3"),
    ]
    days, linked, dates = result.answer().about.notices
    assert days == (
        "coventry/13.1 is due by 31 October 2022 at the latest (printed “October 2022”); 3 months later would be 31"
        " January 2023."
    )
    assert linked == (
        "2 actions may be affected. No other action states that it needs coventry/13.1; 2 are cross-referenced with it"
        " (related; the plan does not say that one needs the other)."
    )
    assert dates == "Of their dates, as far as they are printed, held against 31 January 2023: 2 do not fall before it."


@pytest.mark.parametrize(
    ("by", "new", "falls"),
    [
        ("6m", "2023-04-30", "may fall before"),
        ("7m", "2023-05-31", "falls before"),
        ("26w", "2023-05-01", "falls before"),
    ],
)
def test_a_longer_slip_reaches_their_dates(graph: Graph, by: str, new: str, falls: str) -> None:
    """1.1 and 1.2 are due in April 2023; 182 days after 31 October are 1 May."""
    result = graph.slip("coventry/13.1", by=by)
    assert result.new == dt.date.fromisoformat(new)
    assert [one.falls for one in result.affected] == [falls, falls]


def test_what_slips_without_a_date(graph: Graph) -> None:
    """Coventry 16.1 has an empty cell for its date (table 16, row 2): the links are told, and no day."""
    result = graph.slip("coventry/16.1", by="1y")
    assert (result.old, result.new) == (None, None)
    assert {one.falls for one in result.affected} == {"cannot be told"}
    direct = {result.actions[one.path.end].id for one in result.affected if len(one.path.steps) == 1}
    assert direct == {f"coventry/{ref}" for ref in ("5.1", "5.2", "6.1", "6.2")}
    assert "cannot be told" in result.answer().about.notices[0]


def test_no_other_action_gets_a_new_date(graph: Graph) -> None:
    """The column has one day, that of the action that slips."""
    answer = graph.slip("coventry/15.1", by="3m").answer()
    days = [row["newLatest"] for row in answer]
    assert [day.value for day in days if day] == ["2023-04-30"]
    assert days[0] is not None


def test_names_that_are_not_there(graph: Graph) -> None:
    """One sentence, with the nearest."""
    with pytest.raises(NotFound, match="nobody is called 'Homless Link'; did you mean Homeless Link"):
        graph.without("Homless Link")
    with pytest.raises(NotFound, match=r"there is no action 'coventry/19\.1'"):
        graph.slip("coventry/19.1", by="3m")
    with pytest.raises(QueryError, match=r"coventry/13\.1 is no action of the plan thurrock; leave --plan out"):
        graph.slip("coventry/13.1", by="3m", plan="thurrock")
    # Coventry and Maidstone both print an action 1.1.
    with pytest.raises(NotFound, match=r"^'1\.1' is a ref.* plan; write coventry/1\.1 or maidstone/1\.1\.$"):
        graph.slip("1.1", by="3m")
    with pytest.raises(NotFound, match=r"; write coventry/1\.1\.$"):
        graph.slip("1.1", by="3m", plan="coventry")
    with pytest.raises(NotFound, match=r"there is no plan '99\.9' in this graph; there are: "):
        graph.slip("99.9", by="3m")


# A plan that says what needs what

MADE = """\
Plan

Ref\tAction\tLead\tPartner\tDue date\tCross reference
1.1\tOpen the hub\tHub Team\tZebra Trust\t31/01/2024\t
1.2\tTrain staff\tHub Team and Kite Team\tZebra Trust, Yak Trust\tMarch 2024\t1.1
2.1\t=Run sessions, subject to 1.1\tKite Team\t\t15/02/2024\t
2.2\tPublish results following completion of 2.1\tKite Team\t\tFebruary 2024\t
2.3\tTell partners\tKite Team\t\tOngoing\t2.2
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    """1.1 is needed by 2.1, and that by 2.2; 1.2 refers to 1.1, and 2.3 to 2.2."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "p.txt").write_text(MADE, encoding="utf-8")
    with pw.build(folder / "p.txt", folder / "weave") as built:
        yield built


def test_stated_needs_come_first_with_their_words(made: Graph) -> None:
    """31 January 2024 and a month is 29 February; 2.1 falls before, of February's days only some."""
    answer = made.slip("p/1.1", by="1m").answer()
    rows = [tuple(row[place] for place in (1, 2, 3, 6, 7)) for row in answer.readable_rows()]
    need = "p/1.1 → p/2.1 (states that it needs it: “subject to 1.1”)"
    longer = f"{need} → p/2.2 (states that it needs it: “following completion of 2.1”)"
    assert rows == [
        ("p/1.1", "slips by 1 month", "", "2024-02-29", ""),
        ("p/2.1", "states that it needs it", "falls before", "", need),
        ("p/2.2", "states that it needs one that needs it", "may fall before", "", longer),
        ("p/1.2", "related", "does not fall before", "", "p/1.1 → p/1.2 (refers to it)"),
        ("p/2.3", "related by way of others", "cannot be told: ongoing", "", f"{longer} → p/2.3 (refers to it)"),
    ]
    assert answer.about.notices[1] == (
        "4 actions may be affected. 2 other actions state that they need p/1.1; 1 is cross-referenced with it (related;"
        " the plan does not say that one needs the other); 1 more only by way of others."
    )


def test_what_depends_on_an_action_left_without_a_lead(made: Graph) -> None:
    """Without the Hub Team, 1.1 has no lead and 1.2 one; 2.1 needs 1.1; 1.2 is also related to it."""
    rows = [(row[1], row[2], row[4]) for row in made.without("Hub Team").answer().readable_rows()]
    assert rows == [
        ("p/1.1", "loses its only lead", ""),
        ("p/1.2", "loses one of several leads", "Kite Team"),
        ("p/2.1", "states that it needs an action left without a lead", ""),
        ("p/2.2", "states that it needs an action that needs one left without a lead", ""),
        ("p/1.2", "related to an action left without a lead", ""),
        ("p/2.3", "related by way of others to an action left without a lead", ""),
    ]


def test_partners_that_are_lost(made: Graph) -> None:
    """The Zebra Trust is the only partner of 1.1, and one of two of 1.2; nothing is left without a lead."""
    result = made.without("Zebra Trust")
    assert [loss.effect for loss in result.losses] == ["only partner", "one of several partners"]
    assert result.paths == ()


def test_the_answer_is_written_like_any_other(made: Graph, tmp_path: Path) -> None:
    """CSV in which no text is a formula, JSON, a workbook with days as days, a page and Markdown."""
    result = made.slip("p/1.1", by="1m")
    text = result.write(tmp_path / "a.csv").read_text(encoding="utf-8-sig")
    assert [row["text"] for row in csv.DictReader(io.StringIO(text))][1] == "'=Run sessions, subject to 1.1"
    data = json.loads(result.write(tmp_path / "a.json").read_text(encoding="utf-8"))
    assert data["results"]["bindings"][0]["newLatest"]["value"] == "2024-02-29"
    sheet = openpyxl.load_workbook(result.write(tmp_path / "a.xlsx"))["Answer"]
    assert [cell.value for cell in sheet[1]][6] == "newLatest"
    assert sheet["G2"].value == dt.datetime(2024, 2, 29)  # noqa: DTZ001 - as a workbook has it
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
    page = result.write(tmp_path / "a.html").read_text(encoding="utf-8")
    assert "p/1.1 is due by 31 January 2024 at the latest" in page
    assert result.write(tmp_path / "a.md").read_text(encoding="utf-8").startswith("| plan |")
    assert "may be affected" in result._repr_html_()
