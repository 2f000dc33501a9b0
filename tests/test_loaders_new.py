"""Loader definitions are drafted from what is recognised, read the document in the same way, and are checked."""

from __future__ import annotations

import csv
import io
import shutil
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Final

import docx
import pytest
from click.shell_completion import BashComplete
from click.testing import CliRunner, Result

from planweave.cli import main
from planweave.documents import open_document
from planweave.drafting.checking import check_loaders, loader_files
from planweave.drafting.draft import draft, understood, write_draft
from planweave.errors import PlanweaveError
from planweave.library import Library, bundled_plans
from planweave.reading.definition import Definition, load_definitions
from planweave.reading.reader import Reader
from tests.corpus.own import DOCUMENTS

if TYPE_CHECKING:
    from planweave.records import PlanRecord

# A document is read several times in a test: without the draft, for it, and with it.
pytestmark = pytest.mark.usefixtures("read_once")

BUNDLED = Library.bundled()
LINES: Final = ("Northmoor District Council", "Homelessness action plan 2025-28")
ROWS: Final = (
    ("Ref", "What we shall do", "Officer in charge", "Finish", "Zone", "How we will know"),
    ("1.1", "Open a housing hub in Market Street", "Housing Options Manager", "May 2025", "K-17", "Hub open"),
    ("1.2", "Agree a hospital discharge protocol", "Discharge Coordinator", "June 2025", "K-18", "Protocol signed"),
    ("1.3", "Visit every hostel of the district twice", "Outreach Team", "July 2026", "K-19", "Visits recorded"),
)


def as_text(rows: tuple[tuple[str, ...], ...] = ROWS, lines: tuple[str, ...] = LINES) -> str:
    return "\n".join([*lines, "", *("\t".join(row) for row in rows)]) + "\n"


def as_csv() -> str:
    made = io.StringIO()
    csv.writer(made).writerows(ROWS)
    return made.getvalue()


def as_markdown() -> str:
    rows = [ROWS[0], ("---",) * len(ROWS[0]), *ROWS[1:]]
    return f"# {LINES[1]}\n\n{LINES[0]}\n\n" + "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"


def as_html(rows: tuple[tuple[str, ...], ...] = ROWS) -> str:
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<html><body><h1>{LINES[1]}</h1><p>{LINES[0]}</p><table>{cells}</table></body></html>"


def as_word() -> bytes:
    made = docx.Document()
    made.add_heading(LINES[1], 0)
    made.add_paragraph(LINES[0])
    table = made.add_table(len(ROWS), len(ROWS[0]))
    for place, row in enumerate(ROWS):
        for cell, text in zip(table.rows[place].cells, row, strict=True):
            cell.text = text
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


FORMATS: Final = {
    "northmoor.txt": as_text().encode(),
    "northmoor.csv": as_csv().encode(),
    "northmoor.tsv": as_csv().replace(",", "\t").encode(),
    "northmoor.md": as_markdown().encode(),
    "northmoor.html": as_html().encode(),
    "northmoor.docx": as_word(),
}


@pytest.fixture
def bare(tmp_path: Path) -> Library:
    """A library with what everybody knows, and no loader of a plan."""
    folder = tmp_path / "bare"
    (folder / "loaders").mkdir(parents=True)
    shutil.copy(BUNDLED.file("loaders", "common.toml"), folder / "loaders")
    shutil.copytree(BUNDLED.roots[0] / "ontology", folder / "ontology")
    return Library((folder,))


def twice(document: Path, library: Library, folder: Path) -> tuple[PlanRecord, PlanRecord, str]:
    """A document read without a loader and with the one that is drafted from it, and the text of that."""
    made = draft(document, library, document.stem, "mine")
    (folder / "loaders").mkdir(parents=True)
    (folder / "loaders" / f"{made.name}.toml").write_text(made.text, encoding="utf-8")
    again = Reader(library.with_folder(folder)).read(document)
    assert again.origin.loader == made.name
    assert made.differing == 0
    return Reader(library).read(document), again, made.text


def drafted(folder: Path, data: str | bytes, name: str = "northmoor.txt") -> tuple[str, Definition]:
    """The text of the definition that is written for a document, and what the library makes of it."""
    document = folder / name
    document.write_bytes(data.encode() if isinstance(data, str) else data)
    file, made = write_draft(document, folder / "mine")
    assert file.read_text(encoding="utf-8") == made.text
    definitions = load_definitions(BUNDLED.with_folder(folder / "mine"))
    return made.text, next(definition for definition in definitions if definition.name == made.name)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["loaders", *map(str, arguments)])


@pytest.mark.parametrize("name", sorted(path.name for path in bundled_plans().glob("*.txt")))
def test_a_real_plan_is_read_in_the_same_way_with_its_draft(name: str, bare: Library, tmp_path: Path) -> None:
    """Of the bundled plans, without their own loaders, everything comes out as without the draft."""
    before, after, _ = twice(bundled_plans() / name, bare, tmp_path / "mine")
    assert len(before.actions) > 10
    assert understood(after) == understood(before)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_read_in_the_same_way_with_its_draft(name: str, tmp_path: Path) -> None:
    """The three actions are the same."""
    (tmp_path / name).write_bytes(FORMATS[name])
    before, after, _ = twice(tmp_path / name, BUNDLED, tmp_path / "mine")
    assert [action.ref for action in after.actions] == ["1.1", "1.2", "1.3"]
    assert [action.leads for action in after.actions] == [(row[2],) for row in ROWS[1:]]
    assert understood(after) == understood(before)


UNREAD: Final = ("full-picture.pdf",)
"""Documents in which nothing is recognised, so that there is nothing to draft from."""


@pytest.mark.parametrize("name", UNREAD)
def test_what_is_not_recognised_gives_no_draft(name: str, tmp_path: Path) -> None:
    """One sentence says why, and no file is written."""
    done = run("new", DOCUMENTS[name](tmp_path), "--into", tmp_path / "mine")
    assert done.exit_code == 2
    assert done.output.count("\n") == 1
    assert not list(tmp_path.glob("mine/**/*.toml"))


@pytest.mark.parametrize("name", sorted(DOCUMENTS.keys() - set(UNREAD)))
def test_every_layout_is_read_in_the_same_way_with_its_draft(name: str, tmp_path: Path) -> None:
    """Shifted, missing and repeated headings, blocks, lists and cards: a draft changes nothing."""
    before, after, _ = twice(DOCUMENTS[name](tmp_path), BUNDLED, tmp_path / "mine")
    assert understood(after) == understood(before)


def test_a_draft_says_what_was_recognised(tmp_path: Path) -> None:
    """Title, years, words, columns, how many actions, and one of them: as the document has them."""
    text, definition = drafted(tmp_path, as_text())
    assert definition.recognise.words == (LINES[1], LINES[0])
    assert (definition.plan.title, definition.plan.period) == (LINES[1], "2025/2028")
    assert definition.columns == {
        "Ref": "ref",
        "What we shall do": "text",
        "Officer in charge": "lead",
        "Finish": "due",
        "How we will know": "evidence",
    }
    assert definition.expect is not None
    assert definition.expect.actions == 3
    assert {name: definition.expect.sample[name] for name in ("id", "leads", "due")} == {
        "id": "1.1",
        "leads": ["Housing Options Manager"],
        "due": "2025-05",
    }
    assert '"Finish" = "due"  # from the heading and values, confidence 0.' in text


def test_a_heading_that_nobody_knows_is_a_line_to_be_completed(tmp_path: Path) -> None:
    """It is listed as extra with three values, as a comment: that it is nothing else is for the author to say."""
    text, definition = drafted(tmp_path, as_text())
    assert '# "Zone" = "extra"  # nobody knows this heading; it has “K-17”, “K-18”, “K-19”' in text.splitlines()
    assert "Zone" not in definition.columns


def test_a_line_counts_when_its_mark_is_taken_away(tmp_path: Path) -> None:
    """The unknown heading becomes the status's column once the line says so; the file is still right."""
    text, _ = drafted(tmp_path, as_text().replace("K-17", "Complete").replace("K-18", "zzz").replace("K-19", "yyy"))
    path = tmp_path / "mine" / "loaders" / "northmoor.toml"
    line = '# "Zone" = "extra"'
    assert text.count(line) == 1
    path.write_text(text.replace(line, '"Zone" = "status"'), encoding="utf-8")
    record = Reader(BUNDLED.with_folder(tmp_path / "mine")).read(tmp_path / "northmoor.txt")
    assert record.actions[0].status == "complete"


def test_a_body_of_the_register_is_proposed_as_publisher_and_not_taken_for_it(tmp_path: Path) -> None:
    """A council named at the head may be a partner; its id stands in a comment."""
    council = "Coventry City Council"
    text, definition = drafted(tmp_path, as_text(lines=(council, "Outreach plan 2025-28")), "outreach.txt")
    assert definition.plan.publisher is None
    assert f'# publisher = "coventry-city-council"  # the register\'s body in the line “{council}”' in text


def test_words_that_another_plan_has_are_not_chosen(tmp_path: Path) -> None:
    """The title stands in a bundled plan, so the document is known by its other words."""
    _, definition = drafted(tmp_path, as_text(lines=("Northmoor District Council", "Rough Sleeping Action Plan")))
    assert "Northmoor District Council" in definition.recognise.words
    assert "Rough Sleeping Action Plan" not in definition.recognise.words


def test_the_same_document_gives_the_same_draft(tmp_path: Path) -> None:
    """Two drafts of one document are equal to the byte."""
    (tmp_path / "northmoor.txt").write_text(as_text())
    texts = {draft(tmp_path / "northmoor.txt", BUNDLED, "northmoor", "mine").text for _ in range(3)}
    assert len(texts) == 1


def test_doubtful_values_stand_in_the_draft(tmp_path: Path) -> None:
    """A month without a year is listed, with a correction that needs no more than the date and the reason."""
    text, _ = drafted(tmp_path, as_text().replace("May 2025", "May"))
    at = text.index("due in 1.1, confidence 0.50: the month has no year.")
    block = text[at:].split("#\n")[0].split("\n\n")[0]
    assert '# printed = "May"' in block
    correction = "\n".join(line.removeprefix("# ") for line in block.splitlines()[1:])
    correction = correction.replace('value = "…"', 'value = "2025-05"').replace(
        'reason = "…"', 'reason = "So minuted."'
    )
    path = tmp_path / "mine" / "loaders" / "northmoor.toml"
    path.write_text(f"{text}\n{correction}\n", encoding="utf-8")
    assert (
        Reader(BUNDLED.with_folder(tmp_path / "mine")).read(tmp_path / "northmoor.txt").actions[0].due.edtf == "2025-05"
    )


def test_a_draft_that_nobody_reviewed_is_as_doubtful_as_its_document(tmp_path: Path) -> None:
    """The month without a year stays doubtful with the names of two bodies, until the author takes a line away."""
    text, definition = drafted(tmp_path, as_text().replace("Discharge Coordinator", "Health and Northmoor Homes"))
    assert not definition.reviewed
    library = BUNDLED.with_folder(tmp_path / "mine")
    doubts = Reader(BUNDLED).read(tmp_path / "northmoor.txt").doubts
    assert [doubt.field for doubt in doubts] == ["lead"]
    assert [doubt.why for doubt in Reader(library).read(tmp_path / "northmoor.txt").doubts] == [
        doubt.why for doubt in doubts
    ]
    path = tmp_path / "mine" / "loaders" / "northmoor.toml"
    path.write_text(text.replace("reviewed = false\n", ""), encoding="utf-8")
    assert Reader(library).read(tmp_path / "northmoor.txt").doubts == ()


HOSTILE: Final = (
    'Money "spent"',
    '"""]',
    "\\",
    "x\n[plan]\npublisher = 'moon'",
    "# [expect]",
    "' = 'lead'",
    "\N{RIGHT-TO-LEFT OVERRIDE}daeL",
    "a = 1 ]] [[corrections]]",
    "]\nwords = []",
)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_nothing_in_a_document_adds_keys(hostile: str, tmp_path: Path) -> None:
    """Quotes, brackets and line ends of headings, title and cells stay text: the tables are those of any draft."""
    rows = [list(row) for row in ROWS]
    rows[0][4] = hostile
    rows[1][1] = f"Open a hub {hostile}"
    rows[2][4] = hostile
    data = io.StringIO()
    csv.writer(data).writerows([[f"Plan {hostile} 2025-28", "", "", "", "", ""], *rows])
    text, definition = drafted(tmp_path, data.getvalue(), "northmoor.csv")
    found = tomllib.loads(text)
    assert set(found) == {"reviewed", "recognise", "plan", "columns", "expect"}
    assert set(found["plan"]) <= {"title", "period"}
    assert set(found["expect"]) == {"actions", "sample"}
    assert (definition.expect and definition.expect.actions, definition.corrections) == (3, ())
    assert not [letter for letter in text if not letter.isprintable() and letter != "\n"]
    assert definition.fits(open_document(tmp_path / "northmoor.csv").printed)


def test_columns_without_headings_are_told_of(tmp_path: Path) -> None:
    """A table without a header is read by its values; there is nothing to name, so comments say what was read."""
    rows = tuple(row[:4] for row in ROWS[1:])
    text, definition = drafted(tmp_path, as_text(rows))
    assert definition.columns == {}
    assert "# Column 4 of table 1 has no heading: read as due, from its values, confidence 0." in text
    assert "“May 2025”, “June 2025”, “July 2026”" in text


def test_an_existing_definition_is_left_alone(tmp_path: Path) -> None:
    """One sentence, and the file is as it was; with another name there would be two for one document."""
    (tmp_path / "northmoor.txt").write_text(as_text())
    file, made = write_draft(tmp_path / "northmoor.txt", tmp_path / "mine")
    done = run("new", tmp_path / "northmoor.txt", "--into", tmp_path / "mine")
    assert (done.exit_code, done.stderr) == (
        2,
        f"planweave: {file}: there is a loader of this name already, and it is left as it is; give another --name.\n",
    )
    assert file.read_text(encoding="utf-8") == made.text
    done = run("new", tmp_path / "northmoor.txt", "--into", tmp_path / "mine", "--name", "other")
    assert done.exit_code == 2
    assert "the loader northmoor recognises this document already" in done.stderr
    assert [path.name for path in (tmp_path / "mine" / "loaders").iterdir()] == ["northmoor.toml"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "the file is empty; check how it was saved."),
        (b"Dear all,\n\nplease find the plan attached.\n", "no table of actions is recognised in this document;"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "this is a picture"),
    ],
)
def test_a_document_that_cannot_be_read_is_one_sentence(data: bytes, sentence: str, tmp_path: Path) -> None:
    """Nothing is written then, not even a folder."""
    (tmp_path / "x.txt").write_bytes(data)
    done = run("new", tmp_path / "x.txt", "--into", tmp_path / "mine")
    assert done.exit_code == 2
    assert done.stderr.startswith(f"planweave: {tmp_path / 'x.txt'}: {sentence}")
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "mine").exists()


@pytest.mark.parametrize("name", ["../../escape", "common", "North Moor", "x/y"])
def test_a_name_is_no_path(name: str, tmp_path: Path) -> None:
    """What could lead out of the folder, or replace what everybody knows, is refused."""
    (tmp_path / "northmoor.txt").write_text(as_text())
    with pytest.raises(PlanweaveError, match="cannot be the name of a loader; write it like"):
        write_draft(tmp_path / "northmoor.txt", tmp_path / "mine", name)


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    """A file where the library folder is to be is named."""
    (tmp_path / "northmoor.txt").write_text(as_text())
    (tmp_path / "mine").write_text("in the way")
    done = run("new", tmp_path / "northmoor.txt", "--into", tmp_path / "mine")
    assert done.exit_code == 2
    assert "the folder cannot be made (Not a directory); give another folder with --into." in done.stderr


# --- Checking


def test_the_bundled_definitions_are_right() -> None:
    """Each is held against its plan, and finds all of its actions."""
    done = run("check")
    assert done.exit_code == 0
    assert [line.split(maxsplit=1) for line in done.stdout.splitlines()] == [
        ["city-of-london", "ok: city-of-london.txt, 26 actions"],
        ["coventry", "ok: coventry.txt, 44 actions"],
        ["gravesham", "ok: gravesham.txt, 12 actions"],
        ["maidstone", "ok: maidstone.txt, 18 actions"],
        ["thurrock", "ok: thurrock.txt, 44 actions"],
    ]


def test_a_draft_is_right(tmp_path: Path) -> None:
    """What was just drafted passes, by its name in the library and by its file."""
    drafted(tmp_path, as_text())
    library, document = tmp_path / "mine", tmp_path / "northmoor.txt"
    for named in (("northmoor", "--library", library), (library / "loaders" / "northmoor.toml",)):
        done = run("check", *named, document)
        assert (done.exit_code, done.stdout) == (0, "northmoor  ok: northmoor.txt, 3 actions\n")


WRONG: Final = {
    "words": (
        '  "Homelessness action plan 2025-28",\n',
        '  "Homelessness action plan 2026-29",\n',
        "northmoor.txt is not recognised: 'Homelessness action plan 2026-29' does not stand in it; write words as",
    ),
    "actions": ("actions = 3", "actions = 4", "3 actions are found where the loader northmoor expects 4; get"),
    "column": (
        '"Finish" = "due"',
        '"Finsh" = "due"',
        "the column 'Finsh' is in no table of northmoor.txt; did you mean",
    ),
    "sample": (
        'due = "2025-05"',
        'due = "2025-06"',
        "the sample says due is '2025-06' in action 1.1, and '2025-05' is read; correct whichever is wrong.",
    ),
    "sample's id": ('id = "1.1"', 'id = "9.9"', "the sample's action '9.9' is not found; there are: 1.1, 1.2, 1.3."),
    "sample's field": ('due = "2025-05"', 'deu = "x"', "the sample's field 'deu' is not known; did you mean due?"),
    "key": ("[expect]", "[expcet]", "the key 'expcet' is not known; did you mean expect?"),
    "TOML": ("actions = 3", "actions = ", "this is not TOML (invalid value); mend that line."),
}


@pytest.mark.parametrize(("old", "new", "sentence"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_with_its_place(old: str, new: str, sentence: str, tmp_path: Path) -> None:
    """One line for the definition, with what to do; the others are checked all the same, and the exit code is 2."""
    text, _ = drafted(tmp_path, as_text())
    path = tmp_path / "mine" / "loaders" / "northmoor.toml"
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    done = run("check", "--library", tmp_path / "mine", tmp_path / "northmoor.txt")
    assert (done.exit_code, done.stderr) == (2, "1 of 6 definitions is wrong.\n")
    assert len(done.stdout.splitlines()) == 6
    line = next(line for line in done.stdout.splitlines() if line.startswith("northmoor"))
    assert sentence in line
    if not sentence.startswith("3 actions"):
        number = text[: text.index(old.strip())].count("\n") + 1
        assert f"{path}, line {number}: " in line


def test_a_correction_that_finds_nothing_is_wrong(tmp_path: Path) -> None:
    """A correction cannot outlive the words it corrects."""
    text, _ = drafted(tmp_path, as_text())
    rule = (
        '[[corrections]]\naction = "1.1"\nfield = "leads"\nprinted = "HOM"\nread = "x"\nreason = "A slip of the pen."'
    )
    (tmp_path / "mine" / "loaders" / "northmoor.toml").write_text(f"{text}\n{rule}\n", encoding="utf-8")
    done = run("check", "northmoor", "--library", tmp_path / "mine", tmp_path)
    assert done.exit_code == 2
    assert "the correction of 'HOM' in action 1.1 finds nothing to correct in northmoor.txt" in done.stdout


def test_two_definitions_for_one_document_are_wrong(tmp_path: Path) -> None:
    """Which is meant would not be guessed, so both are named, also where only one is asked about."""
    drafted(tmp_path, as_text())
    folder = tmp_path / "mine" / "loaders"
    shutil.copy(folder / "northmoor.toml", folder / "twin.toml")
    done = run("check", "twin", "--library", tmp_path / "mine", tmp_path / "northmoor.txt")
    assert done.exit_code == 2
    assert "northmoor.txt is also recognised by northmoor; make the words more exact." in done.stdout


def test_a_definition_without_its_document_is_only_read(tmp_path: Path) -> None:
    """It is said that it was held against nothing; where it was asked about with documents, that is wrong."""
    drafted(tmp_path, as_text())
    library = BUNDLED.with_folder(tmp_path / "mine")
    (checked,) = check_loaders(library, loader_files(library, ["northmoor"]), [bundled_plans() / "coventry.txt"])
    assert (checked.documents, checked.wrong) == ((), ())
    assert checked.said.startswith("well formed; none of the documents has its words")
    done = run("check", "northmoor", "--library", tmp_path / "mine", bundled_plans() / "coventry.txt")
    assert (done.exit_code, "its words do not all stand in any of the documents" in done.stdout) == (2, True)


def test_a_name_that_is_no_definition_is_refused() -> None:
    """The nearest name is offered."""
    done = run("check", "covntry")
    assert (done.exit_code, done.stderr) == (2, "planweave: there is no loader 'covntry'; did you mean coventry?\n")


def test_the_words_of_the_shell_are_the_loaders(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tab offers the definitions of the library."""
    line = "planweave loaders check g"
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", "3")
    assert "gravesham" in BashComplete(main, {}, "planweave", "_PLANWEAVE_COMPLETE").complete()
