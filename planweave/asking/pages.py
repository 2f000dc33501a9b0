"""A question → a page in Markdown, with its answer on given plans; and the list of the pages."""

from __future__ import annotations

import json
import re
import shlex
from itertools import groupby
from typing import TYPE_CHECKING, Final

from planweave.asking.columns import column_meanings
from planweave.asking.formats import marked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from planweave.asking.answers import Answer
    from planweave.asking.columns import Meaning
    from planweave.asking.questions import Question

__all__ = ["MARK", "index_page", "named_in", "question_page", "values_of"]

MARK: Final = "<!-- Made by `make docs`"
"""How every page that is made begins, so that nobody changes it and no other file is taken for one."""

MOST_ROWS: Final = 10
LONGEST: Final = 240
"""Characters of a text in a table."""

KINDS: Final = {
    "plan": "a plan's id",
    "action": "an action's id",
    "party": "a party's name or id",
    "date": "a day",
    "text": "text",
    "number": "a whole number",
    "status": "a status",
}
LISTED: Final = re.compile(r":([^.?:]*)")
"""The part of a sentence in which a header names other questions: after a colon."""


def values_of(question: Question) -> dict[str, str]:
    """Give the values of the question's example.

    Examples
    --------
    >>> from planweave.asking.questions import read_question
    >>> from planweave.library import Library
    >>> values_of(read_question(Library.bundled(), "words-by-plan"))
    {'words': 'temporary accommodation'}
    """
    words = shlex.split(question.example)[3:]
    return {
        option.removeprefix("--").replace("-", "_"): value
        for option, value in zip(words[::2], words[1::2], strict=True)
    }


def named_in(question: Question, names: Iterable[str]) -> tuple[str, ...]:
    """Give the other questions that the text of one names."""
    known = set(names) - {question.name}
    words = (word for part in LISTED.findall(question.text) for word in re.findall(r"[\w-]+", part))
    return tuple(dict.fromkeys(word for word in words if word in known))


def question_page(
    question: Question, answer: Answer, questions: Mapping[str, Question], terms: dict[str, Meaning]
) -> str:
    """Give the page of a question.

    Parameters
    ----------
    question
        Which one.
    answer
        The answer to its example.
    questions
        All that have pages, by name.
    terms
        What the ontology says of its terms.
    """
    body = "\n".join(line for line in _body(question.sparql)).strip("\n")
    lines = [
        f"{MARK} from queries/{question.name}.rq: change that file, not this one. -->",
        f"# {safe(question.title)}",
        "",
        _linked(question, questions),
        "",
        f"`{question.name}` stands in the group [{safe(question.group)}](README.md#{anchor(question.group)}).",
        "",
        "## What it can be given",
        "",
        *_given(question),
        "",
        "## How to ask it",
        "",
        *_fenced("", question.example),
        "",
        "or in Python, with a graph that was opened:",
        "",
        *_fenced("python", _call(question)),
        "",
        "## Its answer on the bundled plans",
        "",
        *_answer(answer),
        "",
        "## Its columns",
        "",
        *_columns(question, terms),
        "",
        "## Its SPARQL",
        "",
        f"This is [queries/{question.name}.rq](../../queries/{question.name}.rq) without its header.",
        "",
        *_fenced("sparql", body),
        *_related(question, questions),
    ]
    return "\n".join(lines) + "\n"


def index_page(questions: Mapping[str, Question]) -> str:
    """Give the list of the pages, by group, one line each."""
    lines = [
        f"{MARK} from queries/: change the files there, not this one. -->",
        "# Questions",
        "",
        f"The {len(questions)} questions that can be asked by name, each with its answer on the bundled plans.",
        "[queries/](../../queries/README.md) says how to add one.",
    ]
    for group, members in groupby(questions.values(), key=lambda one: one.group):
        lines += ["", f"## {safe(group)}", "", "| question | what it shows |", "|---|---|"]
        lines += [f"| [`{one.name}`]({one.name}.md) | {safe(one.title)} |" for one in members]
    return "\n".join(lines) + "\n"


def safe(text: str) -> str:
    """Give text that Markdown shows as it is, on one line; an address in it is no link."""
    return marked(text).replace("://", "&#58;//").replace("www.", "www&#46;")


def paragraph(text: str) -> str:
    """Give text that begins nothing but a paragraph, where it stands at the beginning of a line."""
    return re.sub(r"^(\d*)([#>+.)-])", r"\1\\\2", safe(text))


def anchor(heading: str) -> str:
    """Give the anchor that GitHub has for a heading."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def _body(sparql: str) -> Iterator[str]:
    lines = iter(sparql.splitlines())
    in_header = True
    for line in lines:
        in_header = in_header and line.startswith("#")
        if not in_header:
            yield line


def _linked(question: Question, questions: Mapping[str, Question]) -> str:
    """The question in words, in which the names of others lead to their pages."""
    columns = "|".join(question.columns) or "(?!)"
    text = re.sub(rf"\?({columns})\b", r"`\1`", paragraph(f"{question.text} {question.note}".strip()))
    for name in named_in(question, questions):
        text = re.sub(rf"(?<![\w`/-]){name}(?![\w-])", f"[`{name}`]({name}.md)", text)
    return text


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def _fenced(language: str, text: str) -> Iterator[str]:
    """A block of code, its fence longer than any in the text."""
    fence = max(["```", *(run + "`" for run in re.findall(r"`{3,}", text))], key=len)
    yield f"{fence}{language}"
    yield text
    yield fence


def _given(question: Question) -> Iterator[str]:
    if not question.parameters:
        yield "Nothing."
        return
    rows = (
        (
            f"`--{parameter.name.replace('_', '-')}`",
            KINDS[parameter.kind],
            "required" if parameter.required else "optional",
            safe(parameter.meaning),
        )
        for parameter in question.parameters
    )
    yield from _table(("option", "what is given", "needed", "meaning"), rows)


def _call(question: Question) -> str:
    numbers = {parameter.name for parameter in question.parameters if parameter.kind == "number"}
    values = (
        f"{name}={value if name in numbers else json.dumps(value, ensure_ascii=False)}"
        for name, value in values_of(question).items()
    )
    return f"graph.ask({', '.join((json.dumps(question.name), *values))})"


def _answer(answer: Answer) -> Iterator[str]:
    rows = [row for row, _ in zip(answer.readable_rows(), range(MOST_ROWS), strict=False)]
    if not rows:
        yield "No rows."
        return
    all_of_them = answer.count if len(answer) == len(rows) else f"The first {len(rows)} of {answer.count}"
    is_cut = any(len(cell) > LONGEST for row in rows for cell in row)
    yield f"{all_of_them}{'; long texts are cut off, which “…” shows' if is_cut else ''}."
    yield ""
    yield from _table([safe(column) for column in answer.columns], ([safe(_cut(cell)) for cell in row] for row in rows))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(None, 1)[0]} …"


def _columns(question: Question, terms: dict[str, Meaning]) -> Iterator[str]:
    def words(meaning: Meaning) -> str:
        if not meaning.term:
            return safe(meaning.words)
        return f"[{safe(meaning.label)}](../vocabulary.html#{meaning.term}): {safe(meaning.words)}"

    meanings = column_meanings(question, terms)
    yield from _table(("column", "what it is"), ((f"`{column}`", words(one)) for column, one in meanings.items()))


def _related(question: Question, questions: Mapping[str, Question]) -> Iterator[str]:
    """The questions that this one names, and those that name it."""
    others = set(named_in(question, questions))
    others |= {one.name for one in questions.values() if question.name in named_in(one, questions)}
    if others:
        yield ""
        yield "## Related questions"
        yield ""
        yield from (f"- [`{name}`]({name}.md): {safe(questions[name].title)}" for name in sorted(others))
