"""Loader definitions: what is wrong in one is said in one sentence, with its line and the nearest right name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from planweave.errors import DefinitionError
from planweave.library import Library
from planweave.reading.definition import Definition, fold, load_common, load_definitions

GOOD = """\
# A plan of ours: words, corrections and all.
[recognise]
words = ["Northmoor", "Action plan 2025"]

[plan]
period = "2025/2028"

[columns]
"Who?" = "lead"   # not "partner"

[references]
in-text = '(?P<ref>\\d+\\.\\d+) (?P<text>.*)'

[indicators]
rare = ["rarely"]

[[corrections]]
action = "1.1"
field = "leads"
printed = "TSMT"
read = "RSMT"
reason = "The twin of this action prints RSMT."

[[corrections]]
field = "status"
printed = "phase four"
value = "unknown"
reason = "The comment speaks of another phase."

[expect]
actions = 2
"""


def library(folder: Path, text: str, name: str = "northmoor") -> Library:
    """A library of one definition."""
    (folder / "loaders").mkdir()
    (folder / "loaders" / f"{name}.toml").write_text(text, encoding="utf-8")
    return Library((folder,))


def loaded(folder: Path, text: str) -> Definition:
    (definition,) = load_definitions(library(folder, text))
    return definition


def refusal(folder: Path, text: str, name: str = "northmoor") -> str:
    """The sentence a definition is refused with, without the folder it is in."""
    shelf = library(folder, text, name)
    with pytest.raises(DefinitionError) as refused:
        load_common(shelf) if name == "common" else load_definitions(shelf)
    sentence = str(refused.value)
    assert "\n" not in sentence
    return sentence.replace(f"{folder / 'loaders'}/", "")


def test_a_right_definition_is_loaded(tmp_path: Path) -> None:
    """Every table of a definition arrives as it is written, under the file's name."""
    definition = loaded(tmp_path, GOOD)
    assert (definition.name, definition.columns, definition.plan.period) == ("northmoor", {"Who?": "lead"}, "2025/2028")
    assert [rule.printed for rule in definition.corrections] == ["TSMT", "phase four"]
    assert (definition.indicators, definition.expect and definition.expect.actions) == ({"rare": ("rarely",)}, 2)


def test_a_definition_fits_where_all_its_words_stand(tmp_path: Path) -> None:
    """One word is not enough."""
    definition = loaded(tmp_path, GOOD)
    assert definition.fits("Northmoor District Council\nAction plan 2025-28")
    assert not definition.fits("Northmoor District Council, Action plan 2024")


WRONG = {
    "unknown key": (
        ("words = [", "wrods = ["),
        "northmoor.toml, line 3: the key 'wrods' in [recognise] is not known; did you mean words?",
    ),
    "unknown table": (
        ("[columns]", "[colunms]"),
        "northmoor.toml, line 8: the key 'colunms' is not known; did you mean columns?",
    ),
    "unknown key of a correction": (
        ('read = "RSMT"', 'raed = "RSMT"'),
        "northmoor.toml, line 21: the key 'raed' in [[corrections]] is not known; did you mean read?",
    ),
    "a key of the file's own": (
        ("[recognise]", 'source = "x"\n[recognise]'),
        (
            "northmoor.toml, line 2: the key 'source' is not known; there are: column-corrections, columns, "
            "corrections, expect, indicators, noise, parties, plan, recognise, references, reviewed, settled."
        ),
    ),
    "missing key": (
        ('words = ["Northmoor", "Action plan 2025"]', ""),
        "northmoor.toml, line 2: there are no words to recognise the document by; give some that stand in it.",
    ),
    "missing key of a correction": (
        ('reason = "The comment speaks of another phase."', ""),
        "northmoor.toml, line 24: the key 'reason' in [[corrections]] is missing; add reason.",
    ),
    "missing table": (
        ('[recognise]\nwords = ["Northmoor", "Action plan 2025"]', ""),
        "northmoor.toml: the table [recognise] is missing; add [recognise].",
    ),
    "no words": (
        ('["Northmoor", "Action plan 2025"]', '[" "]'),
        "northmoor.toml, line 3: there are no words to recognise the document by; give some that stand in it.",
    ),
    "a text for a list": (
        ('["Northmoor", "Action plan 2025"]', '"Northmoor"'),
        "northmoor.toml, line 3: 'words' in [recognise] has to be a list, and is a text; mend it.",
    ),
    "a number among texts": (
        ('"Action plan 2025"', "2025"),
        "northmoor.toml, line 3: a value of 'words' in [recognise] has to be a text, and is a whole number; mend it.",
    ),
    "a number for a column": (
        ('"lead"   #', "3   #"),
        "northmoor.toml, line 8: a value of 'columns' has to be a text, and is a whole number; mend it.",
    ),
    "a number for a value": (
        ('value = "unknown"', "value = 4"),
        (
            "northmoor.toml, line 27: 'value' in [[corrections]] has to be a text or a list, and is a whole number; "
            "mend it."
        ),
    ),
    "unknown field": (
        ('"lead"   #', '"leed"   #'),
        "northmoor.toml, line 9: the column 'Who?' is to give 'leed', which is no field; did you mean lead?",
    ),
    "unknown field of a correction": (
        ('field = "leads"', 'field = "leeds"'),
        "northmoor.toml, line 19: a correction speaks of 'leeds', which is no field; did you mean leads?",
    ),
    "correction without change": (
        ('read = "RSMT"\n', ""),
        "northmoor.toml, line 20: the correction of 'TSMT' changes nothing; give it read, value, add or drop.",
    ),
    "unknown status": (
        ('"unknown"', '"completed"'),
        "northmoor.toml, line 27: 'completed' is no status; did you mean complete?",
    ),
    "unknown flag": (
        ('field = "leads"\nprinted = "TSMT"\nread = "RSMT"', 'field = "flags"\nprinted = "TSMT"\nadd = ["ocr-nose"]'),
        "northmoor.toml, line 21: 'ocr-nose' is no flag; did you mean ocr-noise?",
    ),
    "a reading of a list": (
        ('field = "leads"', 'field = "outcomes"'),
        (
            "northmoor.toml, line 21: outcomes cannot be read as something else; "
            "use value, or read with leads, partners, mentions, updates."
        ),
    ),
    "a text where the field is a list": (
        ('read = "RSMT"', 'value = "RSMT"'),
        "northmoor.toml, line 21: the value of leads has to be a list of texts; write it in square brackets.",
    ),
    "a list where the field is a text": (
        ('value = "unknown"', 'value = ["unknown"]'),
        "northmoor.toml, line 27: the value of status has to be one text; write it in quotes alone.",
    ),
    "a name to add to a text": (
        ('value = "unknown"', 'add = ["unknown"]'),
        "northmoor.toml, line 27: status is no list; use value.",
    ),
    "a date that is no EDTF": (
        ('field = "status"\nprinted = "phase four"\nvalue = "unknown"', 'field = "due"\nprinted = "x"\nvalue = "May"'),
        "northmoor.toml, line 27: 'May' is no EDTF date; write it like 2025-06 or 2025-06-30.",
    ),
    "an id that is no part of an address": (
        ('period = "2025/2028"', 'id = "North Moor"'),
        "northmoor.toml, line 6: the id 'North Moor' cannot be part of an address; write it like 'north-moor'.",
    ),
    "bad pattern": (
        ("(?P<ref>\\d+", "(?P<ref>\\d+("),
        (
            "northmoor.toml, line 12: the pattern '(?P<ref>\\\\d+(\\\\.\\\\d+) (?P<text>.*)' is not a regular "
            "expression (missing ), unterminated subpattern at position 0); mend the pattern."
        ),
    ),
    "pattern with a flag for all": (
        ("(?P<ref>\\d+\\.\\d+) (?P<text>.*)", "x(?i)(?P<text>.*)"),
        (
            "northmoor.toml, line 12: the pattern 'x(?i)(?P<text>.*)' is not a regular expression "
            "(global flags not at the start of the expression at position 1); mend the pattern."
        ),
    ),
    "pattern without text": (
        ("(?P<text>.*)", "(?P<txt>.*)"),
        "northmoor.toml, line 12: the pattern has no (?P<text>…); name the part that is the action's text.",
    ),
    "a period that is no EDTF": (
        ("2025/2028", "2025 to 2028"),
        "northmoor.toml, line 6: the period '2025 to 2028' is not EDTF; write it as 2022/2024.",
    ),
    "a period that means a winter": (
        ("2025/2028", "2022-24"),
        "northmoor.toml, line 6: the period '2022-24' is a season in EDTF; write it as 2022/2024.",
    ),
    "not TOML": (
        ('period = "2025/2028"', 'period = "2025/2028'),
        "northmoor.toml, line 6: this is not TOML (illegal character '\\n'); mend that line.",
    ),
    "cut TOML": (
        ("[expect]\nactions = 2\n", "[expect"),
        "northmoor.toml, end of document: this is not TOML (expected ']' at the end of a table declaration); mend it.",
    ),
}


@pytest.mark.parametrize(("change", "sentence"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_in_one_sentence(tmp_path: Path, change: tuple[str, str], sentence: str) -> None:
    """File, line of the key, what is wrong, and what to do or the nearest right name."""
    assert GOOD.count(change[0]) == 1
    assert refusal(tmp_path, GOOD.replace(*change)) == sentence


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    """A definition saved in another encoding is named; one with a byte order mark is read."""
    shelf = library(tmp_path, GOOD)
    path = tmp_path / "loaders" / "northmoor.toml"
    path.write_bytes(GOOD.replace("ours", "öurs").encode("cp1252"))
    with pytest.raises(DefinitionError, match=re.escape(f"{path}: this is not UTF-8; save it as UTF-8.")):
        load_definitions(shelf)
    path.write_bytes(GOOD.encode("utf-8-sig"))
    assert [definition.name for definition in load_definitions(shelf)] == ["northmoor"]


def test_a_folder_is_no_definition(tmp_path: Path) -> None:
    """What cannot be read is named with the reason."""
    shelf = Library((tmp_path,))
    (tmp_path / "loaders" / "odd.toml").mkdir(parents=True)
    with pytest.raises(DefinitionError, match=r"odd\.toml: the file cannot be read \(Is a directory\); check its perm"):
        load_definitions(shelf)


def test_definitions_come_sorted_and_without_the_common_one(tmp_path: Path) -> None:
    """The common definitions are no loader of a plan."""
    shelf = library(tmp_path, GOOD)
    for name in ("common", "aldham"):
        (tmp_path / "loaders" / f"{name}.toml").write_text(GOOD)
    assert [definition.name for definition in load_definitions(shelf)] == ["aldham", "northmoor"]


COMMON = Library.bundled().file("loaders", "common.toml").read_text(encoding="utf-8")


def line_of(text: str, beginning: str) -> int:
    """The line of the one line of a text that begins so."""
    (number,) = (n for n, line in enumerate(text.split("\n"), start=1) if line.startswith(beginning))
    return number


@pytest.mark.parametrize(
    ("old", "new", "beginning", "what"),
    [
        (
            "\nlead = [",
            "\nleed = [",
            "leed = ",
            "'leed' is no field; did you mean lead?",
        ),
        (
            "\nstopped = ['",
            "\nfinished = ['",
            "finished = ",
            "'finished' is no status; there are: complete, not-started, ongoing, partial, stopped.",
        ),
        (
            "\npartial = ['",
            "\npartial = ['(', '",
            "partial = ['",
            (
                "the pattern '(' is not a regular expression (missing ), unterminated subpattern at position 0); "
                "mend the pattern."
            ),
        ),
        ("\nreview = [", "\nreveiw = [", "reveiw", "the key 'reveiw' in [dates] is not known; did you mean review?"),
        ("\nknown = [", "\nkown = [", "kown", "the key 'kown' in [abbreviations] is not known; did you mean known?"),
        (
            "\nfillers = [",
            "\nfiller = [",
            "filler ",
            "the key 'filler' in [likeness] is not known; did you mean fillers?",
        ),
        (
            'words = [\n  "after {ref}"',
            'words = ["after {ref} is done"',
            'words = ["after',
            "'after {ref} is done' is not words with the reference after them; write it like \"depends on {ref}\".",
        ),
    ],
)
def test_the_common_definitions_are_checked_too(tmp_path: Path, old: str, new: str, beginning: str, what: str) -> None:
    """Fields, statuses, patterns and keys that every reader is to know are checked where they are written."""
    assert old in COMMON
    text = COMMON.replace(old, new, 1)
    assert refusal(tmp_path, text, "common") == f"common.toml, line {line_of(text, beginning)}: {what}"


def test_a_missing_table_of_the_common_definitions_is_named(tmp_path: Path) -> None:
    """Without its targets the common file is not whole."""
    text = COMMON[: COMMON.index("[targets]")]
    assert refusal(tmp_path, text, "common") == "common.toml: the table [targets] is missing; add [targets]."


def test_common_headings_are_found_folded() -> None:
    """A heading gives its field whatever its case and punctuation."""
    common = load_common(Library.bundled())
    assert (common.fields[fold("RAG  rated:")], common.fields[fold("Due Date")]) == ("status", "due")


def test_no_heading_is_common_to_two_fields() -> None:
    """Which field a common heading gives does not hang on the order of the file."""
    common = load_common(Library.bundled())
    headings = [fold(word) for words in common.headings.values() for word in words]
    assert sorted({heading for heading in headings if headings.count(heading) > 1}) == []


@pytest.mark.parametrize(
    ("heading", "folded"),
    [
        ("RAG  rated:", "rag rated"),
        ("By When?", "by when"),
        ("Evidence/Audit", "evidence audit"),
        ("— ▼ —", ""),
        ("", ""),
    ],
)
def test_headings_are_compared_by_their_words(heading: str, folded: str) -> None:
    """Case, punctuation, spacing and marks do not count."""
    assert fold(heading) == folded
