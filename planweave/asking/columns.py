"""What the columns of a question are, in words: as the header says, as the ontology says, or by their names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from planweave.store import read_turtle
from planweave.terms import PW, RDFS, SKOS, local

if TYPE_CHECKING:
    from planweave.asking.questions import Question
    from planweave.library import Library

__all__ = ["Meaning", "column_meanings", "column_words", "ontology_meanings"]

BOUND: Final = re.compile(r"(?P<path>\S*[|/^+*]\S*|[a-z-]+:\w+|a)\s+\?(?P<name>\w+)")
"""A property and the variable that takes its value; a path is none of the ontology's."""
TYPED: Final = re.compile(r"\?(?P<name>\w+)\s+a\s+pw:(?P<type>\w+)")
MADE: Final = re.compile(r"\bAS\s+\?(?P<name>\w+)", re.IGNORECASE)
ALWAYS: Final = {"plan": "Plan", "action": "Action"}
"""Columns that are the same in every question."""


class Meaning(NamedTuple):
    """What a column is: a term of the ontology by its local name, or nothing, and the words.

    Of a property, ``leads_to`` is the class of its values.
    """

    term: str
    label: str
    words: str
    leads_to: str = ""


def ontology_meanings(library: Library) -> dict[str, Meaning]:
    """Give label and definition of every term of the ontology, by its local name."""
    said: dict[str, dict[str, str]] = {}
    for path in library.files("ontology", ".ttl"):
        for subject, predicate, value in read_turtle(path):
            if subject.startswith(PW):
                said.setdefault(local(subject), {}).setdefault(predicate, str(value))
    return {
        term: Meaning(term, facts[RDFS + "label"], facts[SKOS + "definition"], _own(facts.get(RDFS + "range", "")))
        for term, facts in said.items()
        if RDFS + "label" in facts and SKOS + "definition" in facts
    }


def _own(iri: str) -> str:
    return local(iri) if iri.startswith(PW) else ""


def column_words(column: str) -> str:
    """Split the name of a column into words.

    Examples
    --------
    >>> column_words("newLatest")
    'new latest'
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", column).lower()


def column_meanings(question: Question, terms: dict[str, Meaning]) -> dict[str, Meaning]:
    """Say of each column what it is.

    What can be given is what the header says. A column that takes the values of one property, or of several that
    lead to one class, or is said to be of a class, is what the ontology says of that; of any other, its name is
    split into words, and nothing is made up.
    """
    body = re.sub(r"(^|\s)#[^\n]*", " ", question.sparql)
    given = {parameter.name: parameter.meaning for parameter in question.parameters}
    made = {found["name"] for found in MADE.finditer(body)}
    sources: dict[str, set[str]] = {}
    for found in BOUND.finditer(body):
        sources.setdefault(found["name"], set()).add(found["path"])
    typed = {found["name"]: found["type"] for found in TYPED.finditer(body)}
    meanings: dict[str, Meaning] = {}
    for column in question.columns:
        properties = sources.get(column, set())
        # What is on one side of a property here and on the other there is not what the property leads to.
        both = any(re.search(rf"\?{column}\s+{re.escape(one)}\s", body) for one in properties)
        term = ALWAYS.get(column) or typed.get(column) or ("" if both else _term(properties, terms))
        if column in given and column not in ALWAYS:
            meanings[column] = Meaning("", "", given[column])
        else:
            known = column not in made or column in ALWAYS
            meanings[column] = terms.get(term if known else "", Meaning("", "", column_words(column)))
    return meanings


def _term(sources: set[str], terms: dict[str, Meaning]) -> str:
    """The one property, or the one class that several lead to."""
    names = [source.removeprefix("pw:") for source in sources if source != "a"]
    if len(names) == 1:
        return names[0]
    classes = {terms[name].leads_to if name in terms else "" for name in names}
    return classes.pop() if len(classes) == 1 else ""
