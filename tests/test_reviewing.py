"""Names that may mean a known body: which are shown, with what evidence, and what a decision does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import planweave as pw
from planweave.errors import NotFound, PlanweaveError
from planweave.library import Library
from planweave.registers import load_register
from planweave.reviewing.names import Printed, doubts_of
from planweave.reviewing.review import Review

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planweave.graph import Graph

AGENCY = "https://w3id.org/planweave/agency/"
SOLIHULL, FORD = AGENCY + "solihull", AGENCY + "ford-housing"
NAMES = {
    "Solihull Metropolitan Borough Council": SOLIHULL,
    "Ford Valley Housing Association": FORD,
    "Ford Night Shelter": AGENCY + "night-shelter",
}
LABELS = {SOLIHULL: "Solihull Metropolitan Borough Council", FORD: "Ford Valley Housing Association"}

PLAN = """Harbour Plan 2024-2026

Ref\tAction\tLead\tPartners\tDue
1\tOpen a night hub\tHarbour Council\tFord Valey Housing Association\tMarch 2025
2\tTrain staff in the hub\tHarbour Council\tFVHA / Solihull RS\tJune 2025
3\tReview the rota of the hub\tHousing Options\tSolihull RS\tJune 2025
"""
REGISTER = """@prefix agency: <https://w3id.org/planweave/agency/> .
@prefix pw: <https://w3id.org/planweave/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

agency:ford-valley a pw:Agency ; skos:prefLabel "Ford Valley Housing Association"@en .
agency:solihull-council a pw:Agency ; skos:prefLabel "Solihull Metropolitan Borough Council"@en .
"""


def printed(name: str, *telling: str, kind: str = "unknown") -> Printed:
    return Printed(name, kind, "p", None, frozenset(telling), ("p/1",), "table 1, row 2", name)


def proposed(one: Printed) -> list[tuple[str, str]]:
    found = doubts_of([one], NAMES, LABELS, {"housing", "council"})
    return [(proposal.body, proposal.why) for doubt in found for proposal in doubt.proposals]


def test_letters_are_proposed_for_the_name_they_are_the_initials_of() -> None:
    """FVHA are the initials of one known body; FVH of none."""
    assert proposed(printed("FVHA")) == [(FORD, "FVHA are the initials of Ford Valley Housing Association")]
    assert proposed(printed("FVH")) == []


def test_a_slip_of_the_pen_is_proposed() -> None:
    """One letter is missing; the words may stand in another order."""
    for name in ("Ford Valey Housing Association", "Housing Association Ford Valley"):
        assert [body for body, _ in proposed(printed(name))] == [FORD]


def test_a_word_that_few_bodies_have_is_evidence_and_a_common_one_is_not() -> None:
    """A name with "Solihull" in it may be that council's; one with "Housing" may be anybody's."""
    assert [body for body, _ in proposed(printed("Solihull RS", "solihull"))] == [SOLIHULL]
    assert proposed(printed("Housing RS", "housing")) == []


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one plan and a library that knows two of its bodies."""
    folder = tmp_path_factory.mktemp("harbour")
    (folder / "harbour.txt").write_text(PLAN, encoding="utf-8")
    (folder / "library" / "ontology").mkdir(parents=True)
    (folder / "library" / "ontology" / "agencies-harbour.ttl").write_text(REGISTER, encoding="utf-8")
    return folder


@pytest.fixture
def graph(harbour: Path, tmp_path: Path) -> Iterator[Graph]:
    library = Library.bundled().with_folder(harbour / "library")
    with pw.build(harbour / "harbour.txt", tmp_path / "weave", library=library) as built:
        yield built


def test_what_is_doubtful_is_shown_with_its_place_and_nothing_is_matched(
    harbour: Path, graph: Graph, tmp_path: Path
) -> None:
    """The name of most actions comes first; a team without a known word in its name is not asked about."""
    review = Review(graph, Library.bundled().with_folder(harbour / "library"), tmp_path / "mine")
    doubts = review.doubts()
    assert [(doubt.printed.name, doubt.printed.actions) for doubt in doubts] == [
        ("Solihull RS", ("harbour/2", "harbour/3")),
        ("FVHA", ("harbour/2",)),
        ("Ford Valey Housing Association", ("harbour/1",)),
    ]
    assert doubts[0].printed.place == "table 1, row 3, 'Partners'"
    assert doubts[0].printed.cell == "FVHA / Solihull RS"
    assert {party.kind for party in graph.plan("harbour").parties if party.name == "FVHA"} == {"unknown"}


def test_decisions_are_used_by_the_next_build_and_not_asked_again(harbour: Path, graph: Graph, tmp_path: Path) -> None:
    """The same, a unit, a body of its own: each is a party of the register afterwards, in this and no other file."""
    library, mine = Library.bundled().with_folder(harbour / "library"), tmp_path / "mine"
    review = Review(graph, library, mine)
    review.decide("harbour", "FVHA", "same", "ford-valley", everywhere=True, reason="Said so\non the phone.")
    review.decide("harbour", "Solihull RS", "unit", "Solihull Metropolitan Borough Council", everywhere=True)
    path = review.decide("harbour", "Ford Valey Housing Association", "own", None, everywhere=True)
    assert review.doubts() == []
    assert "# Said so on the phone.\n" in path.read_text(encoding="utf-8")
    with pw.build(harbour / "harbour.txt", tmp_path / "again", library=library.with_folder(mine)) as again:
        parties = {party.name: (party.id.removeprefix(AGENCY), party.kind) for party in again.plan("harbour").parties}
    assert parties["FVHA"] == ("ford-valley", "agency")
    # The register has a unit of this name in another publisher's plans; this one is not merged with it.
    assert parties["Solihull RS"] == ("solihull-rs-2", "team")
    assert parties["Ford Valey Housing Association"] == ("ford-valey-housing-association", "agency")


def test_a_name_decided_for_one_publisher_means_nothing_elsewhere(tmp_path: Path) -> None:
    """A local name of one's own file holds for its publisher, and does not carry the body's other local names there."""
    (tmp_path / "ontology").mkdir()
    (tmp_path / "ontology" / "agencies-reviewed.ttl").write_text(
        "@prefix agency: <https://w3id.org/planweave/agency/> .\n"
        "@prefix pw: <https://w3id.org/planweave/ontology#> .\n"
        'agency:coventry-city-council pw:localName "The City"@en ; pw:localTo agency:thurrock-council .\n',
        encoding="utf-8",
    )
    register = load_register(Library.bundled().with_folder(tmp_path))
    here = register.names_for(AGENCY + "thurrock-council")
    assert here["The City"] == AGENCY + "coventry-city-council"
    assert "CCC" not in here
    assert "The City" not in register.names_for(AGENCY + "gravesham-borough-council")


def test_what_cannot_be_decided_is_one_sentence(harbour: Path, graph: Graph, tmp_path: Path) -> None:
    """A plan, a name or a body that is not there, a body where none belongs, a place that cannot be written."""
    review = Review(graph, Library.bundled().with_folder(harbour / "library"), tmp_path / "mine")
    with pytest.raises(NotFound, match="there is no plan 'harbor' in this graph; did you mean harbour"):
        review.decide("harbor", "FVHA", "same", "ford-valley")
    with pytest.raises(NotFound, match="prints no name 'FVH' that the register does not know"):
        review.decide("harbour", "FVH", "same", "ford-valley")
    with pytest.raises(NotFound, match="the register has no body 'ford-vale'"):
        review.decide("harbour", "FVHA", "same", "ford-vale")
    with pytest.raises(PlanweaveError, match="it is not said whose unit this is"):
        review.decide("harbour", "FVHA", "unit", None)
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(PlanweaveError, match="the register file cannot be read"):
        Review(graph, Library.bundled(), tmp_path / "file").decide("harbour", "FVHA", "own", None)


def test_a_name_from_a_document_stays_a_literal(tmp_path: Path) -> None:
    """A name with quotes and a full stop adds no triple of its own."""
    hostile = 'Hub" . agency:x a pw:Agency . "'
    document = tmp_path / "quay.txt"
    document.write_text(f"Action\tLead\tDue\nOpen a hub\t{hostile}\tMarch 2025\nClose it\t{hostile}\tMay 2025\n")
    with pw.build(document, tmp_path / "weave") as graph:
        review = Review(graph, Library.bundled(), tmp_path / "mine")
        name = next(party.name for party in graph.plan("quay").parties)
        review.decide("quay", name, "own", None, reason='Because "so". # or not')
    register = load_register(Library.bundled().with_folder(tmp_path / "mine"))
    assert set(register.bodies.values()) - set(load_register(Library.bundled()).bodies.values()) == {name}


def test_the_verb_lists_and_decides(harbour: Path, graph: Graph, tmp_path: Path) -> None:
    """Away from a terminal it asks nothing: it lists, and says how to settle a name."""

    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "planweave.cli", "agencies", *map(str, arguments)]
        where = ["--from", str(graph.folder), "--library", str(harbour / "library"), "--into", str(tmp_path / "mine")]
        return subprocess.run([*command, *where], capture_output=True, text=True, check=False, encoding="utf-8")

    listed = run("review")
    assert listed.returncode == 0, listed.stderr
    assert "FVHA  harbour, 1 action" in listed.stdout
    assert "FVHA are the initials of Ford Valley Housing Association" in listed.stdout
    decided = run("decide", "harbour", "FVHA", "same", "ford-valley", "--everywhere")
    assert decided.returncode == 0, decided.stderr
    assert "FVHA is another name of Ford Valley Housing Association" in decided.stdout
    assert "FVHA  harbour" not in run("review").stdout
    refused = run("decide", "harbour", "FVHA", "same", "nobody-at-all")
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
