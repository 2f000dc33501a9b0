"""Pages of the text files: the vocabulary, the checks, the questions, as their files say them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from starlette.responses import HTMLResponse
from starlette.routing import Route

from planweave.asking.columns import column_meanings, ontology_meanings
from planweave.asking.pages import named_in
from planweave.asking.questions import KINDS, read_questions
from planweave.assessing import load_questions
from planweave.errors import NotFound, nearest
from planweave.findings import SEVERITIES
from planweave.profiles import read_profile
from planweave.vocabulary import vocabulary_sections
from planweave.web.addresses import queries_address, shapes_address
from planweave.web.rooms import given, known, library_of, served_of
from planweave.web.show import Crumb, show

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from planweave.findings import Severity
    from planweave.library import Library

__all__ = ["ROUTES"]


@dataclass(frozen=True)
class Check:
    """A check for people: its name, question, why it matters, and how serious it is in each profile."""

    name: str
    title: str
    description: str
    severity: Severity
    profiles: tuple[tuple[str, str, str], ...]


def vocabulary(request: Request) -> Response:
    """Show what each word of the graph means."""

    def page() -> bytes:
        sections = known(request, vocabulary_sections)
        return bytes(show(request, "vocabulary.html.j2", title="Vocabulary", said=sections).body)

    # It is long, and the same for everybody.
    return HTMLResponse(served_of(request).known("vocabulary", page))


def shapes(request: Request) -> Response:
    """List the checks, the most serious first."""
    asked = known(request, load_questions).asked
    groups = [(severity, [one for one in asked if one.severity == severity]) for severity in SEVERITIES]
    return show(request, "shapes.html.j2", title="Checks", groups=groups)


def shape(request: Request) -> Response:
    """Show a check: what it asks, why, how serious it is, and its text."""
    library, name = library_of(request), given(request, "shape")
    files = {path.stem: path for path in library.files("shapes", ".ttl")}
    if name not in files:
        raise NotFound(f"there is no check {name!r}", fix=nearest(name, files))
    check = served_of(request).known(("check", name), lambda: _check(library, name))
    crumbs = [Crumb("Checks", shapes_address())]
    source = files[name].read_text(encoding="utf-8")
    return show(request, "shape.html.j2", title=check.title, crumbs=crumbs, check=check, source=source)


def _check(library: Library, name: str) -> Check:
    question = load_questions(library, only=(name,)).asked[0]
    profiles = tuple(_profiles(library, name, question.severity))
    return Check(name, question.title, question.description, question.severity, profiles)


def _profiles(library: Library, name: str, stated: Severity) -> list[tuple[str, str, str]]:
    """Say of each profile what it makes of a check: its name, its title, how serious."""
    found: list[tuple[str, str, str]] = []
    for path in library.files("shapes", ".toml"):
        profile = read_profile(library, path.stem)
        found.append((path.stem, profile.title, profile.severity(name, stated) or "left out"))
    return found


def queries(request: Request) -> Response:
    """List the questions, in their groups."""
    questions = known(request, read_questions).values()
    groups = [(group, list(members)) for group, members in groupby(questions, key=attrgetter("group"))]
    headers = {"vary": "accept"}
    return show(request, "queries.html.j2", title="Questions", groups=groups, headers=headers)


def query(request: Request) -> Response:
    """Show a question: what it asks and can be given, what its columns are, and its SPARQL."""
    name, questions = given(request, "question"), known(request, read_questions)
    if name not in questions:
        raise NotFound(f"there is no question {name!r}", fix=nearest(name, questions))
    question = questions[name]
    return show(
        request,
        "query.html.j2",
        title=question.title,
        crumbs=[Crumb("Questions", queries_address())],
        question=question,
        kinds=KINDS,
        columns=column_meanings(question, known(request, ontology_meanings)),
        related=[questions[one] for one in named_in(question, questions)],
    )


ROUTES: Final = (
    Route("/vocabulary", vocabulary),
    Route("/shapes", shapes),
    Route("/shapes/{shape}", shape),
    Route("/questions", queries),
    Route("/questions/{question}", query),
)
