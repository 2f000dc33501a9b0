"""The page on which SPARQL is written: the query, its answer under it, the questions as examples beside it."""

from __future__ import annotations

from itertools import groupby, islice
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from starlette.responses import JSONResponse

from planweave.asking.questions import read_questions
from planweave.asking.terms import readable
from planweave.terms import PREFIXES, PW
from planweave.vocabulary import vocabulary_sections
from planweave.web.addresses import iri_address, sparql_address
from planweave.web.rooms import known
from planweave.web.show import show

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from planweave.asking.answers import Answer
    from planweave.store import Node

__all__ = ["editor_page", "names"]

MOST_ROWS: Final = 500
"""So many rows of an answer stand on the page; the files have all."""

FIRST: Final = """PREFIX pw: <https://w3id.org/planweave/ontology#>

SELECT ?action ?text ?due
WHERE {
  ?action a pw:Action ;
          pw:text ?text .
  OPTIONAL { ?action pw:dueText ?due }
}
LIMIT 20
"""


class Shown(NamedTuple):
    """A cell of the answer: its words, and where they lead."""

    words: str
    address: str | None


def editor_page(
    request: Request, query: str | None = None, answer: Answer | None = None, *, refusal: str = "", status: int = 200
) -> Response:
    """Show the editor, and under it the answer, or why there is none.

    Parameters
    ----------
    request
        ``?edit=`` puts a query into the editor without asking it.
    query
        What was asked.
    answer
        The whole answer.
    refusal
        Why there is none.
    status
        The status of the page.
    """
    rows = [[_cell(node) for node in row] for row in islice(answer.rows(), MOST_ROWS)] if answer is not None else []
    questions = known(request, read_questions).values()
    groups = [(group, list(members)) for group, members in groupby(questions, key=attrgetter("group"))]
    return show(
        request,
        "editor.html.j2",
        status=status,
        inline_styles=True,
        headers={"vary": "accept"},
        title="SPARQL",
        query=query if query is not None else request.query_params.get("edit", FIRST),
        answer=answer,
        rows=rows,
        forms=("ttl", "nt", "jsonld")
        if answer is not None and answer.kind == "graph"
        else ("csv", "json", "xml", "tsv"),
        refusal=refusal,
        groups=groups,
        edit=lambda sparql: sparql_address(edit=sparql),
    )


def _cell(node: Node | None) -> Shown:
    return Shown(readable(node), iri_address(node.value) if node is not None and node.kind == "iri" else None)


def names(request: Request) -> Response:
    """Give the names that the editor offers while one writes: prefixes, classes and properties of the ontology."""
    sections = known(request, vocabulary_sections)
    return JSONResponse(
        {
            "prefixes": PREFIXES,
            "classes": [PW + entry.anchor for entry in sections["classes"]],
            "properties": [PW + entry.anchor for entry in sections["properties"]],
        }
    )
