"""The questions of the library as forms, each with its answer: a table, a chart where it fits, the same as a file."""

from __future__ import annotations

import re
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from starlette.routing import Route

from planweave.asking.columns import column_meanings, ontology_meanings
from planweave.asking.parameters import bindings_of
from planweave.asking.questions import read_questions
from planweave.asking.silence import silent
from planweave.asking.spelled import spelled_out
from planweave.errors import NotFound, QueryError, nearest
from planweave.web.addresses import ask_address, question_address, sparql_address
from planweave.web.answers import FILES, Kept, chart_of, file_of, headed, is_action, shown_answer, sources_of
from planweave.web.fields import errors_of, faults_of, field_name, fields_of, given_values, missing, own_words
from planweave.web.rooms import given, library_of, reading, served_of, settings_of
from planweave.web.shelf import waited
from planweave.web.show import Crumb, show

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from planweave.asking.columns import Meaning
    from planweave.asking.questions import Question
    from planweave.graph import Graph
    from planweave.library import Library
    from planweave.web.fields import Fault

__all__ = ["ROUTES"]

FILE_PATIENCE: Final = 120.0
"""Seconds that a file is waited for."""

MOST_SILENT: Final = 8
NAMED: Final = re.compile(r"(\?\w+|\b[a-z]+(?:-[a-z]+)+\b)")
"""What may be a column or another question, in the words of a question."""


class Answered(NamedTuple):
    """What came of a question: its answer with the query that gives it, or what was wrong with the values."""

    kept: Kept | None
    sparql: str
    faults: Mapping[str, Fault]

    @property
    def size(self) -> int:
        """How many bytes it takes."""
        return self.kept.size if self.kept else 0


def listing(request: Request) -> Response:
    """Show the questions in their groups, or those that have some words."""
    words = request.query_params.get("q", "").strip()
    with reading(request) as graph:
        every = _questions(request, graph).values()
    sought = words.casefold().split()
    found = [one for one in every if all(word in f"{one.name} {one.title} {one.text}".casefold() for word in sought)]
    groups = [(group, list(of)) for group, of in groupby(found, attrgetter("group"))]
    return show(request, "ask.html.j2", title="Ask", groups=groups, count=len(found), whole=len(every), words=words)


def page(request: Request) -> Response:
    """Show one question: its form, and its answer where what it needs is given."""
    with reading(request) as graph:
        question = _question(request, graph)
        values = given_values(request, question)
        faults: Mapping[str, Fault] = missing(question, values)
        answered = None
        if not faults:
            answered = waited(request, graph, _key(question, values), _asking(request, question, values))
            if answered is None:
                return _waiting(request, question)
            faults = answered.faults
        elif not set(request.query_params) & {field_name(one.name) for one in question.parameters}:
            faults = {}  # the form was only just opened
        fields = fields_of(request, graph, question, values, faults)
        kept = answered.kept if answered else None
        shown = shown_answer(request, kept, question.title, settings_of(request).rows) if kept else None
        with_sources = "sources" in request.query_params
        meanings = column_meanings(question, _meanings(request, graph, library_of(request)))
        return show(
            request,
            "question.html.j2",
            title=question.title,
            wide=True,
            crumbs=(Crumb("Ask", ask_address()),),
            question=question,
            worded=_worded(question, _questions(request, graph)),
            of_actions=shown is not None and any(is_action(cell.address) for row in shown.rows for cell in row),
            fields=fields,
            errors=errors_of(fields, faults),
            offers=_offers(question, values, faults),
            table=shown,
            count=kept.answer.count if kept else "",
            notices=kept.answer.about.notices if kept else (),
            silences=_silences(graph, question, values) if kept and not len(kept.answer) else (),
            chart=chart_of(kept, values) if kept else None,
            sources=sources_of(graph, shown) if shown and with_sources else None,
            sources_address=shown.state.address(page=shown.state.page, sources="yes") if shown else "",
            sparql=answered.sparql if answered else "",
            editor=sparql_address(query=answered.sparql) if answered else "",
            columns=[(headed(name), meanings[name].words) for name in question.columns],
            sortable=kept is None or kept.can_be_sorted,
        )


def file(request: Request) -> Response:
    """Give an answer as a file."""
    with reading(request) as graph:
        question = _question(request, graph)
        values = given_values(request, question)
        lacking = missing(question, values)
        if lacking:
            raise QueryError(next(iter(lacking.values())).sentence.rstrip("."), fix="fill in the form of the question")
        answered = waited(request, graph, _key(question, values), _asking(request, question, values), FILE_PATIENCE)
        if answered is None:
            return _waiting(request, question)
        if answered.kept is None:
            raise QueryError(next(iter(answered.faults.values())).sentence.rstrip("."))
        return file_of(request, answered.kept, "-".join((question.name, *values.values()))[:80])


def _questions(request: Request, graph: Graph) -> dict[str, Question]:
    library = library_of(request)
    # Somebody may write a question while the workspace is open.
    stamp = tuple((str(path), path.stat().st_mtime_ns) for path in library.files("queries", ".rq"))
    return served_of(request).made(graph, ("questions", stamp), lambda: read_questions(library))


def _question(request: Request, graph: Graph) -> Question:
    name, known = given(request, "question"), _questions(request, graph)
    if name not in known:
        raise NotFound(f"there is no question {name!r}", fix=nearest(name, known))
    return known[name]


def _meanings(request: Request, graph: Graph, library: Library) -> dict[str, Meaning]:
    return served_of(request).made(graph, "meanings", lambda: ontology_meanings(library))


def _key(question: Question, values: Mapping[str, str]) -> tuple[object, ...]:
    return ("answer", question.name, hash(question.sparql), tuple(sorted(values.items())))


def _asking(request: Request, question: Question, values: Mapping[str, str]) -> Callable[[Graph], Answered]:
    library, limits = library_of(request), settings_of(request).limits

    def ask(graph: Graph) -> Answered:
        try:
            answer = graph.ask(question.name, library=library, limits=limits, **values)
            bindings = bindings_of(question, values, lambda: graph.store, graph.ids)
        except (NotFound, QueryError) as error:
            return Answered(None, "", faults_of(graph, question, values, error))
        kept = Kept(answer)
        if kept.can_be_sorted:
            assert len(kept.rows) == len(answer)  # noqa: S101 - read now, and not while somebody waits for the page
        return Answered(kept, spelled_out(question.sparql, bindings), {})

    return ask


def _waiting(request: Request, question: Question) -> Response:
    return show(
        request,
        "waiting.html.j2",
        status=202,
        title=question.title,
        crumbs=(Crumb("Ask", ask_address()),),
        words="The question is being asked of all plans, which takes a while where there are thousands. "
        "This page shows the answer as soon as it is there.",
    )


def _worded(question: Question, known: Mapping[str, Question]) -> list[tuple[str, str | None]]:
    """Give the question in words: columns by their headings, and other questions that it names as links."""
    pieces: list[tuple[str, str | None]] = []
    for piece in NAMED.split(question.text):
        if piece.startswith("?") and piece[1:] in question.columns:
            pieces.append((f"“{headed(piece[1:])}”", None))
        elif piece in known:
            pieces.append((known[piece].title, question_address(piece)))
        else:
            pieces.append((piece, None))
    return pieces


def _offers(
    question: Question, values: Mapping[str, str], faults: Mapping[str, Fault]
) -> dict[str, list[tuple[str, str]]]:
    """For each field, what was probably meant, each with the address that asks so."""
    found = {}
    for name, fault in faults.items():
        given_ = {field_name(other): value for other, value in values.items() if other != name}
        found[f"field-{field_name(name)}"] = [
            (
                own_words(meant),
                question_address(question.name, **{**given_, field_name(name): meant}),
            )
            for meant in fault.meant
        ]
    return found


def _silences(graph: Graph, question: Question, values: Mapping[str, str]) -> list[str]:
    """Where there is no row and no plan is given: the plans that say nothing of what the question looks at."""
    if "plan" in values or len(graph.ids) > MOST_SILENT * 5:
        return []
    said = [silent(entry, question.sparql) for entry in graph.summary]
    return [sentence.removeprefix("there is no row, and ") for sentence in said if sentence][:MOST_SILENT]


ROUTES: Final = (
    Route("/ask", listing),
    *(Route(f"/ask/{{question}}{suffix}", file) for suffix in FILES),
    Route("/ask/{question}", page),
)
