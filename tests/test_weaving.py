"""Records to quads and back: nothing is lost on the way, and every value leads back to its printed cell."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planweave.deriving import load_knowledge
from planweave.library import Library, bundled_plans
from planweave.reading.reader import Reader
from planweave.records import (
    Action,
    Cell,
    Context,
    Correction,
    Due,
    Origin,
    Party,
    Plan,
    PlanRecord,
    SourceRow,
    Target,
    Unplaced,
    Update,
    from_json,
    to_json,
)
from planweave.store import Triple, parse_quads
from planweave.terms import PW, action_iri, plan_graph, provenance_graph
from planweave.unweaving import unweave
from planweave.weaving import weave

PLANS = ("city-of-london", "coventry", "gravesham", "maidstone", "thurrock")
SHARED = frozenset(
    f"https://w3id.org/planweave/{concept}"
    for concept in ("pillar/prevention", "pillar/intervention", "pillar/recovery", "indicator/rare")
)

KNOWLEDGE = load_knowledge(Library.bundled())


@cache
def record(plan: str) -> PlanRecord:
    return Reader(Library.bundled()).read(bundled_plans() / f"{plan}.txt")


def graphs(quads: bytes, plan: str) -> tuple[list[Triple], list[Triple]]:
    found: dict[str, list[Triple]] = defaultdict(list)
    for name, triple in parse_quads(quads):
        found[name].append(triple)
    assert set(found) == {plan_graph(plan), provenance_graph(plan)}
    return found[plan_graph(plan)], found[provenance_graph(plan)]


@pytest.mark.parametrize("plan", PLANS)
def test_the_graph_gives_back_exactly_the_record(plan: str) -> None:
    """Woven and unwoven, a bundled plan's record is the same to the last flag and cell."""
    facts, sources = graphs(weave(record(plan), SHARED, KNOWLEDGE), plan)
    assert unweave(plan, facts, sources) == record(plan)
    assert unweave(plan, reversed(facts), reversed(sources)) == record(plan)


@pytest.mark.parametrize("plan", PLANS)
def test_the_json_form_gives_back_exactly_the_record(plan: str) -> None:
    """What ``read --json`` prints can be read again without loss."""
    assert from_json(to_json(record(plan), indent=1)) == record(plan)


@pytest.mark.parametrize("plan", PLANS)
def test_every_value_leads_back_to_a_cell_of_its_action(plan: str) -> None:
    """Each involvement, outcome, target, update, cross-reference and extra has a cell, in a row of its action."""
    facts, sources = graphs(weave(record(plan)), plan)
    stated, rows_of, row_of = defaultdict(set), defaultdict(set), {}
    for subject, predicate, value in sources:
        if predicate == PW + "statedIn":
            stated[subject].add(value)
        elif predicate == PW + "printedAt":
            rows_of[subject].add(value)
        elif predicate == PW + "inRow":
            row_of[subject] = value
    links = {
        PW + name for name in ("involvement", "outcome", "evidence", "target", "update", "crossReference", "extra")
    }
    values = [(action, node) for action, predicate, node in facts if predicate in links]
    assert len(values) > len(record(plan).actions)
    for action, node in values:
        assert stated[node], node
        assert {row_of[cell] for cell in stated[node]} <= rows_of[action], node


def test_a_lead_is_stated_in_the_lead_column() -> None:
    """The second lead of Coventry 1.2 leads back to table 1, row 3, the cell under "Who" as it is printed."""
    facts, sources = graphs(weave(record("coventry")), "coventry")
    said = {(s, p): o for s, p, o in [*facts, *sources]}
    lead = action_iri("coventry/1.2") + "/lead/2"
    cell = said[lead, PW + "statedIn"]
    assert said[lead, PW + "printedName"] == "RSAG"
    assert said[cell, PW + "cellText"] == "RSMT/RSAG/ Voids Panel"
    assert said[said[cell, PW + "inColumn"], PW + "heading"] == "Who"
    row = said[cell, PW + "inRow"]
    assert (said[row, PW + "table"], said[row, PW + "row"], said[row, PW + "line"]) == ("1", "3", "28")


def test_a_garbled_name_leads_to_the_party_it_is_read_as() -> None:
    """Coventry 6.1 prints TSMT: its record keeps that, its graph counts it as RSMT, the correction says why."""
    facts, _ = graphs(weave(record("coventry")), "coventry")
    said = {(s, p): o for s, p, o in facts}
    garbled, right = action_iri("coventry/6.1") + "/lead/2", action_iri("coventry/1.1") + "/lead/1"
    assert said[garbled, PW + "printedName"] == "TSMT"
    assert said[garbled, PW + "party"] == said[right, PW + "party"]
    assert "twin of this action, 2.2" in said[action_iri("coventry/6.1") + "/correction/1", PW + "reason"]


def test_direct_properties_answer_in_one_pattern() -> None:
    """The due bounds of "end of 2022", and a cross-reference both ways, can be asked for directly."""
    facts, _ = graphs(weave(record("maidstone")), "maidstone")
    assert Triple(action_iri("maidstone/1.1"), PW + "dueLatest", "2022-12-31") in facts
    facts, _ = graphs(weave(record("coventry")), "coventry")
    assert Triple(action_iri("coventry/1.1"), PW + "relatedTo", action_iri("coventry/13.1")) in facts
    assert Triple(action_iri("coventry/13.1"), PW + "relatedTo", action_iri("coventry/1.1")) in facts


def test_the_three_kinds_of_blank_are_three_facts() -> None:
    """Thurrock has no lead column, a lead cell of the City's is empty: the graph tells them apart."""
    thurrock, _ = graphs(weave(record("thurrock")), "thurrock")
    assert Triple(action_iri("thurrock/1.1.1"), PW + "noColumnFor", PW + "lead") in thurrock
    city, _ = graphs(weave(record("city-of-london")), "city-of-london")
    assert Triple(action_iri("city-of-london/1.6"), PW + "emptyCellFor", PW + "lead") in city


def test_a_pillar_is_matched_only_where_the_plan_defines_it() -> None:
    """Coventry defines its pillars and its loader names its indicators; Gravesham's numbers mean their own."""
    close = "http://www.w3.org/2004/02/skos/core#closeMatch"
    coventry, _ = graphs(weave(record("coventry"), SHARED), "coventry")
    matched = sorted(
        value.removeprefix("https://w3id.org/planweave/") for _, predicate, value in coventry if predicate == close
    )
    assert matched == ["indicator/rare", "pillar/intervention", "pillar/prevention", "pillar/recovery"]
    gravesham, _ = graphs(weave(record("gravesham"), SHARED), "gravesham")
    assert not any(predicate == close for _, predicate, _ in gravesham)


TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)
TRICKY = st.sampled_from(
    ['<script>"x"</script>', "a\\b\tc\r\nd", "“x” \u2028 \x00\x1f", "> . <http://x> .", "ннс", "RSMT"]
)
NAMES = st.lists(TEXT | TRICKY, max_size=3, unique=True).map(tuple)


@settings(deadline=None)
@given(
    text=TEXT | TRICKY,
    leads=NAMES,
    partners=NAMES,
    outcomes=NAMES,
    crossrefs=NAMES,
    pillars=NAMES,
    ref=TEXT | TRICKY,
)
def test_any_text_survives_the_way_there_and_back(
    text: str,
    leads: tuple[str, ...],
    partners: tuple[str, ...],
    outcomes: tuple[str, ...],
    crossrefs: tuple[str, ...],
    pillars: tuple[str, ...],
    ref: str,
) -> None:
    """Whatever a document prints is data in the graph: quotes, markup, control characters, other scripts."""
    names = sorted({*leads, *partners})
    pillars = (
        tuple(dict.fromkeys(pillars))
        if len({*map(str.lower, pillars)}) == len(pillars) and all(p.isalnum() for p in pillars)
        else ()
    )
    action = Action(
        id=f"p/{ref}",
        n=1,
        ref=ref,
        text=text,
        group=text,
        parent=None,
        pillars=pillars if len({p.casefold() for p in pillars}) < 2 else (),
        leads=leads,
        partners=partners,
        mentions=(),
        due=Due(text, "date", "2024-03"),
        outcomes=outcomes,
        evidence=(),
        indicators=(),
        targets=(Target(text, 2.5, text, None),),
        status="ongoing",
        updates=(Update(None, text), Update("2024-10", text, year_inferred=True)),
        crossrefs=crossrefs,
        flags=("missing-lead",),
        blank={"partner": "not-understood"},
        extra={text: text},
        corrections=(Correction("leads", text, ("x", "y"), (), text),),
        source=(SourceRow(2, 1, 2, None, (Cell(1, text, text, "text"),)),),
    )
    whole = PlanRecord(
        plan=Plan("p", text, None, None, None, "2022/2024", "p.txt"),
        legend={text: text},
        definitions={},
        parties=tuple(Party(name, "unknown", f"party-{place}", name) for place, name in enumerate(names)),
        actions=(action,),
        context=(Context(text, "line 1", "title"),),
        unplaced=(Unplaced(text, "line 2"),),
        kept=0.5,
        placed=0.25,
        origin=Origin("0" * 64, "text/plain", "utf-8", None, "0"),
    )
    facts, sources = graphs(weave(whole, (), KNOWLEDGE), "p")
    back = unweave("p", facts, sources)
    assert back.actions == whole.actions
    assert msgspec.structs.replace(back, actions=()) == msgspec.structs.replace(whole, actions=())


def test_a_hostile_reference_stays_inside_its_iri(tmp_path: Path) -> None:
    """A reference with the marks of N-Quads and of paths in it makes one IRI, not more statements."""
    path = tmp_path / "x.txt"
    path.write_text(
        'Plan\n\nRef\tAction\tLead\n1.1\t> <http://evil> . Open "hub"\t../..//x <y>\n1.2\tOther action\tA\n'
    )
    found = Reader(Library.bundled()).read(path)
    quads = weave(found)
    assert not any("evil" in subject for _, (subject, _, _) in parse_quads(quads))
    facts, sources = graphs(quads, "x")
    assert unweave("x", facts, sources) == found
