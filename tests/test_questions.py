"""The header of a question: what it says is read, and what it does not say rightly is said with its line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from planweave.asking import Parameter, Question, read_questions
from planweave.errors import DefinitionError
from planweave.library import Library

HEADER = """\
# # Late actions
#
# Which actions are late?
# And since when?
#
# **Group:** Time
# **Parameters:** ?date (date, required): the day; ?plan (plan, optional): only this plan,
# or all of them.
# **Columns:** ?plan, ?late, ?date
# **Example:** `planweave ask late --date 2024-12-31`
"""
QUERY = """
PREFIX pw: <https://w3id.org/planweave/ontology#>

SELECT ?plan (MAX(?day) AS ?late) ?date  # not ?this
WHERE { GRAPH ?graph { ?action pw:plan ?plan ; pw:dueLatest ?day } }
GROUP BY ?plan ?date
ORDER BY ?plan
"""


def library(folder: Path, text: str, name: str = "late") -> Library:
    """A library of one question, and nothing else."""
    queries = folder / "queries"
    queries.mkdir(exist_ok=True)
    (queries / f"{name}.rq").write_text(text, encoding="utf-8")
    return Library((folder,))


def read(folder: Path, text: str) -> Question:
    return read_questions(library(folder, text))["late"]


def complaint(folder: Path, text: str) -> str:
    """What is said of a file, without the folder it is in."""
    with pytest.raises(DefinitionError) as caught:
        read(folder, text)
    return str(caught.value).removeprefix(f"{folder}/queries/")


def test_a_header_is_read_as_it_is_written(tmp_path: Path) -> None:
    """Title, question over several lines, group, parameters with kind and need, columns, example, and all of it."""
    assert read(tmp_path, HEADER + QUERY) == Question(
        name="late",
        title="Late actions",
        text="Which actions are late? And since when?",
        group="Time",
        parameters=(
            Parameter("date", "date", required=True, meaning="the day"),
            Parameter("plan", "plan", required=False, meaning="only this plan, or all of them"),
        ),
        columns=("plan", "late", "date"),
        example="planweave ask late --date 2024-12-31",
        sparql=HEADER + QUERY,
    )


def test_a_question_may_need_nothing(tmp_path: Path) -> None:
    """Parameters can be none."""
    text = "# # All\n#\n# What is there?\n#\n# **Group:** Time\n# **Parameters:** none\n# **Columns:** ?s\n"
    text += "# **Example:** planweave ask all\n\nSELECT DISTINCT ?s { GRAPH ?g { ?s ?p ?o } } ORDER BY ?s\n"
    assert read(tmp_path, text).parameters == ()


@pytest.mark.parametrize(
    ("select", "columns"),
    [
        ("SELECT ?a ?b WHERE {}", "?a, ?b"),
        ("select $a ?b{}", "?a, ?b"),
        ("SELECT (COUNT(DISTINCT ?x) AS ?a) ?b {}", "?a, ?b"),
        ('SELECT ?a (IF(?x > 1, STR(?y), "SELECT ?z WHERE {") AS ?b) {}', "?a, ?b"),
        ("SELECT ?a ?b { { SELECT ?c WHERE {} } }", "?a, ?b"),
        ("BASE <https://w3id.org/select/> SELECT ?a ?b {}", "?a, ?b"),
        ("CONSTRUCT { ?a ?b ?c } WHERE { SELECT ?a ?b ?c {} }", "none"),
    ],
)
def test_columns_are_those_of_the_outermost_select(tmp_path: Path, select: str, columns: str) -> None:
    """However the SELECT is written, the header that lists its variables is right."""
    text = "# # All\n#\n# What is there?\n#\n# **Group:** Time\n# **Parameters:** none\n"
    text += f"# **Columns:** {columns}\n# **Example:** planweave ask all\n\n{select}\n"
    assert read(tmp_path, text).columns == (("a", "b") if columns != "none" else ())


def test_questions_are_sorted_by_group_and_name(tmp_path: Path) -> None:
    """A list of them can be shown as it comes."""
    for name, group in (("b", "Time"), ("c", "Partners"), ("a", "Time")):
        found = library(tmp_path, (HEADER + QUERY).replace("** Time", f"** {group}"), name)
    assert list(read_questions(found)) == ["c", "a", "b"]


def test_a_question_of_ones_own_replaces_the_bundled_one(tmp_path: Path) -> None:
    """A file of the same name in a folder of one's own is the one that is read."""
    library(tmp_path, HEADER + QUERY, "overdue")
    assert read_questions(Library.bundled().with_folder(tmp_path))["overdue"].title == "Late actions"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("# # Late", "# Late", 'late.rq, line 1: the question has no title; write "# # A title" in line 1.'),
        (
            "# Which actions are late?\n# And since when?\n",
            "",
            (
                'late.rq, line 3: the question has no text; write "# What the question is about, in plain English" in'
                " line 3."
            ),
        ),
        ("**Group:**", "**Groups:**", "late.rq, line 6: 'Groups' is no part of a header; did you mean Group?"),
        (
            "# **Group:** Time\n",
            "",
            'late.rq, line 10: the question has no Group; write "# **Group:** Questions of our own" in line 10.',
        ),
        (
            "**Group:** Time",
            "**Group:**",
            'late.rq, line 6: the question has no Group; write "# **Group:** Questions of our own" in line 6.',
        ),
        (
            "# **Example",
            "# **Group:** Time\n# **Example",
            "late.rq, line 10: 'Group' stands in the header twice; take one out.",
        ),
        (
            "?date (date, required): the day",
            "date: the day",
            "late.rq, line 7: this is no parameter: date: the day; write ?name (kind, optional): meaning.",
        ),
        ("(date, required)", "(dat, required)", "late.rq, line 7: no parameter is a 'dat'; did you mean date?"),
        (
            "(date, required)",
            "(date, needed)",
            "late.rq, line 7: ?date is 'needed'; say whether it is required or optional.",
        ),
        ("; ?plan (plan", "; ?date (plan", "late.rq, line 7: ?date is described twice; take one out."),
        ("?plan, ?late, ?date", "plan, late", "late.rq, line 9: this is no column: plan; write ?name, ?name …"),
        (
            "?plan, ?late, ?date",
            "?plan, ?late",
            "late.rq, line 9: the columns are not those of the SELECT, ?plan, ?late, ?date; write the same in both.",
        ),
        (
            "?plan (plan, optional)",
            "?town (plan, optional)",
            (
                "late.rq, line 7: ?town is a parameter and not selected; add it to the SELECT, or it cannot be given "
                "a value."
            ),
        ),
        ("SELECT ?plan (MAX(?day) AS ?late) ?date", "ASK", 'late.rq, line 9: only a SELECT has columns; write "none".'),
    ],
)
def test_a_header_that_is_not_right_is_said_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    """One sentence: the file, the line, what is wrong, what to do."""
    text = HEADER + QUERY
    assert old in text
    assert complaint(tmp_path, text.replace(old, new)) == said


def test_a_file_that_is_no_text_is_said_by_name(tmp_path: Path) -> None:
    """Bytes that are not UTF-8 are not guessed at."""
    found = library(tmp_path, HEADER + QUERY)
    (tmp_path / "queries" / "late.rq").write_bytes(b"# # Sp\xe4t\n")
    with pytest.raises(DefinitionError, match=r"late\.rq: this is not UTF-8; save it as UTF-8\.$"):
        read_questions(found)


def test_all_that_a_header_lacks_is_told_at_once(tmp_path: Path) -> None:
    """Nobody is sent back for each: every line that is missing, its number, and how it can read in this very file."""
    assert complaint(tmp_path, "SELECT ?plan ?late { GRAPH ?graph { ?plan pw:title ?late } }") == (
        "late.rq, line 1: the question has no title, no text, no Group, no Parameters, no Columns and no Example;"
        ' write "# # A title" in line 1, "# What the question is about, in plain English" in line 3,'
        ' "# **Group:** Questions of our own" in line 5,'
        ' "# **Parameters:** none" in line 6,'
        ' "# **Columns:** ?plan, ?late" in line 7, "# **Example:** planweave ask late" in line 8.'
    )


def test_a_header_written_as_it_was_told_is_right(tmp_path: Path) -> None:
    """What the sentence says can be copied: the file that says it is a question."""
    query = "SELECT ?plan ?late { GRAPH ?graph { ?plan pw:title ?late } }"
    told = re.findall(r'"(# .+?)" in line (\d+)', complaint(tmp_path, query))
    lines = {int(number): line for line, number in told}
    header = "\n".join(lines.get(number, "#") for number in range(1, max(lines) + 1))
    assert read(tmp_path, f"{header}\n\n{query}\n").columns == ("plan", "late")


def test_a_wrong_file_does_not_hide_the_others(tmp_path: Path) -> None:
    """The list has the others, and the caller is told of the wrong one."""
    library(tmp_path, "ASK {}", "wrong")
    found = library(tmp_path, HEADER + QUERY)
    wrong: list[DefinitionError] = []
    assert list(read_questions(found, wrong)) == ["late"]
    (error,) = wrong
    assert str(error).startswith(f"{tmp_path}/queries/wrong.rq, line 1: the question has no title")
    with pytest.raises(DefinitionError, match="the question has no title"):
        read_questions(found)
