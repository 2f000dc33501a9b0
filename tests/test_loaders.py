"""Each loader definition in the folder fits one bundled plan and keeps what it promises."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from planweave.errors import DefinitionError, DocumentError
from planweave.library import Library, bundled_plans
from planweave.reading.definition import Definition, load_definitions
from planweave.reading.reader import Reader

LIBRARY = Library.bundled()
DEFINITIONS = {definition.name: definition for definition in load_definitions(LIBRARY)}


def test_the_folder_holds_the_loaders_of_the_bundled_plans() -> None:
    """There is one definition a plan, named like it."""
    assert set(DEFINITIONS) == {path.stem for path in bundled_plans().glob("*.txt")}


@pytest.mark.parametrize("definition", DEFINITIONS.values(), ids=DEFINITIONS)
def test_a_loader_recognises_its_document_and_no_other(definition: Definition) -> None:
    """Its words all stand in one bundled plan."""
    fitting = [
        path.stem for path in sorted(bundled_plans().glob("*.txt")) if definition.fits(path.read_text(encoding="utf-8"))
    ]
    assert fitting == [definition.name]


@pytest.mark.parametrize("definition", DEFINITIONS.values(), ids=DEFINITIONS)
def test_a_loader_meets_its_acceptance_test(definition: Definition) -> None:
    """Every definition expects a number of actions and one sample row, and reading gives both."""
    assert definition.expect is not None
    record = Reader(LIBRARY).read(bundled_plans() / f"{definition.name}.txt")
    assert len(record.actions) == definition.expect.actions
    sample = definition.expect.sample
    assert len(sample) >= 4
    action = next(action for action in record.actions if action.id == f"{record.plan.id}/{sample['id']}")
    found = msgspec.to_builtins(action)
    for field, value in sample.items():
        got = {"id": action.id.partition("/")[2], "due": action.due.edtf}.get(field, found[field])
        assert (list(got) if isinstance(got, tuple) else got) == value, field


@pytest.mark.parametrize("definition", DEFINITIONS.values(), ids=DEFINITIONS)
def test_every_correction_says_why(definition: Definition) -> None:
    """A correction without a reason, in words, is none."""
    for rule in definition.corrections:
        assert len(rule.reason.split()) > 2, rule.printed


def test_a_loader_of_its_own_is_short() -> None:
    """Common headings are common: a bundled definition has at most three columns of its own but for the scanned one."""
    assert {name: len(definition.columns) for name, definition in DEFINITIONS.items()} == {
        "city-of-london": 4,
        "coventry": 0,
        "gravesham": 0,
        "maidstone": 0,
        "thurrock": 0,
    }


def test_a_document_that_two_loaders_recognise_is_refused(tmp_path: Path) -> None:
    """Which loader is meant is not guessed."""
    (tmp_path / "loaders").mkdir()
    (tmp_path / "loaders" / "twin.toml").write_text('[recognise]\nwords = ["Rough Sleeping Action Plan"]\n')
    reader = Reader(LIBRARY.with_folder(tmp_path))
    with pytest.raises(
        DocumentError,
        match=r"coventry\.txt: the loaders coventry and twin both recognise this document; name one",
    ):
        reader.read(bundled_plans() / "coventry.txt")


def test_a_correction_that_fits_nothing_is_refused(tmp_path: Path) -> None:
    """A correction cannot outlive the words it corrects."""
    document = tmp_path / "coventry.txt"
    document.write_text(
        (bundled_plans() / "coventry.txt").read_text(encoding="utf-8").replace("TSMT", "RSMT"),
        encoding="utf-8",
    )
    with pytest.raises(
        DefinitionError, match=r"the correction of 'TSMT' in action 6\.1 finds nothing to correct in coventry\.txt"
    ):
        Reader(LIBRARY).read(document)


def test_half_a_plan_is_refused(tmp_path: Path) -> None:
    """A document that stops short of what its loader expects does not pass for the whole."""
    document = tmp_path / "thurrock.txt"
    lines = (bundled_plans() / "thurrock.txt").read_text(encoding="utf-8").splitlines(keepends=True)
    document.write_text("".join(lines[:40]), encoding="utf-8")
    with pytest.raises(
        DocumentError, match=r"thurrock\.txt: 25 actions are found where the loader thurrock expects 44"
    ):
        Reader(LIBRARY).read(document)


def test_a_loader_that_names_a_column_which_is_not_there_is_refused(tmp_path: Path) -> None:
    """The sentence has the file, its line, the column, the document, and the heading that was probably meant."""
    (tmp_path / "loaders").mkdir()
    loader = tmp_path / "loaders" / "own.toml"
    loader.write_text('[recognise]\nwords = ["Northmoor"]\n\n[columns]\n"Named offiser" = "lead"\n')
    document = tmp_path / "north.txt"
    document.write_text(
        "Northmoor\n\nRef\tAction\tNamed officer\tDue date\n1.1\tOpen a hub\tHousing Options\tMay 2024\n"
    )
    with pytest.raises(DefinitionError) as caught:
        Reader(LIBRARY.with_folder(tmp_path)).read(document)
    assert str(caught.value) == (
        f"{loader}, line 5: the column 'Named offiser' is in no table of north.txt; did you mean Named officer?"
    )
    loader.write_text(loader.read_text().replace("offiser", "officer"))
    assert Reader(LIBRARY.with_folder(tmp_path)).read(document).actions[0].leads == ("Housing Options",)
