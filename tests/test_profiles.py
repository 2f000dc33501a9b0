"""Profiles: what the bundled ones name is there, what one says is heeded, and what is wrong is said in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from planweave.checking import read_shapes
from planweave.errors import DefinitionError, NotFound
from planweave.findings import SEVERITIES, Severity
from planweave.library import Library
from planweave.profiles import Profile, read_profile

BUNDLED = Library.bundled()
SHAPES = {path.stem: path for path in BUNDLED.files("shapes", ".ttl")}
PROFILES = sorted(path.stem for path in BUNDLED.files("shapes", ".toml"))

MINE = """
title = "Mine"
extends = "strict"

[severity]
action-has-lead = "info"
text-is-whole = "off"
"""


def stated(shape: str) -> Severity:
    """The severity that a shape's own file states."""
    (root,) = read_shapes(SHAPES[shape]).roots
    return next(one for one in SEVERITIES if root.severity.endswith(one.capitalize()))


def library(folder: Path, **profiles: str) -> Library:
    """The bundled library with profiles of one's own on top."""
    (folder / "shapes").mkdir(exist_ok=True)
    for name, text in profiles.items():
        (folder / "shapes" / f"{name}.toml").write_text(text, encoding="utf-8")
    return BUNDLED.with_folder(folder)


def refusal(folder: Path, name: str, **profiles: str) -> str:
    """The sentence a profile is refused with, its path left out."""
    with pytest.raises(DefinitionError) as caught:
        read_profile(library(folder, **profiles), name)
    sentence = str(caught.value)
    assert "\n" not in sentence
    return sentence.removeprefix(f"{folder}/shapes/")


def test_three_profiles_are_bundled() -> None:
    """Each is read, with the shapes it names, and says what it is called and for."""
    assert PROFILES == ["default", "publish", "strict"]
    profiles = [read_profile(BUNDLED, name) for name in PROFILES]
    assert [profile.name for profile in profiles] == PROFILES
    assert len({profile.title for profile in profiles}) == 3
    assert all(profile.description.endswith(".") for profile in profiles)


def test_the_default_profile_is_what_the_shapes_say() -> None:
    """It changes no severity."""
    profile = read_profile(BUNDLED, "default")
    assert {name: profile.severity(name, stated(name)) for name in SHAPES} == {name: stated(name) for name in SHAPES}


def test_the_strict_profile_takes_nothing_lightly() -> None:
    """No shape is off or an info, and none is less serious than it says itself."""
    profile = read_profile(BUNDLED, "strict")
    for name in SHAPES:
        severity = profile.severity(name, stated(name))
        assert severity in {"violation", "warning"}, name
        assert SEVERITIES.index(severity) <= SEVERITIES.index(stated(name)), name
    assert profile.severity("action-has-status", "warning") == "violation"
    assert profile.severity("outcome-is-measurable", "info") == "warning"


@pytest.mark.parametrize("shape", ["action-has-status", "action-is-overdue", "plan-states-progress"])
def test_progress_is_no_matter_before_publishing(shape: str) -> None:
    """What is asked while a plan runs is off."""
    assert read_profile(BUNDLED, "publish").severity(shape, "warning") is None


@pytest.mark.parametrize("shape", ["no-scan-noise", "text-is-whole", "action-has-lead", "cross-reference-exists"])
def test_what_readers_stumble_over_counts_before_publishing(shape: str) -> None:
    """What a reader of the document would miss or could not read is a violation."""
    assert read_profile(BUNDLED, "publish").severity(shape, "warning") == "violation"


def test_a_profile_changes_what_it_extends(tmp_path: Path) -> None:
    """Its own lines win, the rest is that of the profile it extends, title and purpose excepted."""
    profile = read_profile(library(tmp_path, mine=MINE), "mine")
    assert (profile.name, profile.title, profile.description) == ("mine", "Mine", "")
    assert profile.severity("action-has-lead", "violation") == "info"
    assert profile.severity("text-is-whole", "warning") is None
    assert profile.severity("plan-has-period", "warning") == "violation"
    assert profile.severity("reference-in-sequence", "warning") == "warning"


def test_others_come_with_what_is_extended_too(tmp_path: Path) -> None:
    """A profile that extends one with the others off has them off, unless it says otherwise."""
    more = 'title = "More"\nextends = "publish"\n'
    shelf = library(tmp_path, more=more, all=more + 'others = "as-the-shape-says"\n')
    assert read_profile(shelf, "more").severity("action-has-status", "warning") is None
    assert read_profile(shelf, "all").severity("action-has-status", "warning") == "warning"
    assert read_profile(shelf, "all").severity("no-scan-noise", "warning") == "violation"


def test_a_profile_of_the_same_name_replaces_the_bundled_one(tmp_path: Path) -> None:
    """As with every file of the library, it does so as a whole."""
    shelf = library(tmp_path, strict='title = "Ours"\n')
    assert read_profile(shelf, "strict") == Profile("strict", "Ours", {}, "as-the-shape-says")


def test_a_profile_may_name_a_shape_of_the_same_folder(tmp_path: Path) -> None:
    """Shapes of one's own can be switched off or taken more seriously as the bundled ones can."""
    shelf = library(tmp_path, mine='title = "Mine"\n[severity]\naction-has-budget = "violation"\n')
    (tmp_path / "shapes" / "action-has-budget.ttl").touch()
    assert read_profile(shelf, "mine").severity("action-has-budget", "info") == "violation"


def test_a_profile_that_is_not_there_is_named_with_the_nearest() -> None:
    """A slip is answered by the right name, and anything else by all there are."""
    with pytest.raises(NotFound) as caught:
        read_profile(BUNDLED, "strikt")
    assert str(caught.value) == "there is no profile 'strikt'; did you mean strict?"
    with pytest.raises(NotFound) as caught:
        read_profile(BUNDLED, "../loaders/common")
    assert str(caught.value) == "there is no profile '../loaders/common'; there are: default, publish, strict."


WRONG = {
    "an unknown shape": (
        MINE.replace("text-is-whole", "text-is-hole"),
        "mine.toml, line 7: there is no shape 'text-is-hole'; did you mean text-is-whole?",
    ),
    "an unknown severity": (
        MINE.replace('"info"', '"warnning"'),
        "mine.toml, line 6: the severity 'warnning' of action-has-lead is not known; did you mean warning?",
    ),
    "a severity in capitals": (
        MINE.replace('"info"', '"INFO"'),
        (
            "mine.toml, line 6: the severity 'INFO' of action-has-lead is not known; "
            "there are: info, off, violation, warning."
        ),
    ),
    "a severity that is no text": (
        MINE.replace('"info"', "true"),
        "mine.toml, line 5: a value of 'severity' has to be a text, and is true or false; mend it.",
    ),
    "nothing to extend": (
        MINE.replace('"strict"', '"strickt"'),
        "mine.toml, line 3: there is no profile 'strickt' to extend; did you mean strict?",
    ),
    "itself to extend": (
        MINE.replace('"strict"', '"mine"'),
        "mine.toml, line 3: the profile 'mine' extends itself (mine, mine); extend another, or none.",
    ),
    "unknown others": (
        'title = "Mine"\nothers = "of"\n',
        "mine.toml, line 2: others cannot be 'of'; did you mean off?",
    ),
    "an unknown key": (
        'title = "Mine"\nextend = "strict"\n',
        "mine.toml, line 2: the key 'extend' is not known; did you mean extends?",
    ),
    "no title": (
        'others = "off"\n',
        "mine.toml: the key 'title' is missing; add title.",
    ),
    "no TOML": (
        'title = "Mine"\nothers = off\n',
        "mine.toml, line 2: this is not TOML (invalid value); mend that line.",
    ),
}


@pytest.mark.parametrize("case", sorted(WRONG))
def test_what_is_wrong_is_said_in_one_sentence(tmp_path: Path, case: str) -> None:
    """File, line, what is wrong, and the nearest right name."""
    text, sentence = WRONG[case]
    assert refusal(tmp_path, "mine", mine=text) == sentence


def test_a_ring_of_profiles_is_refused(tmp_path: Path) -> None:
    """The sentence names the profiles of the ring, in the file that closes it."""
    rings = {"one": "two", "two": "three", "three": "two"}
    texts = {name: f'title = "{name}"\nextends = "{other}"\n' for name, other in rings.items()}
    sentence = refusal(tmp_path, "one", **texts)
    assert (
        sentence == "three.toml, line 2: the profile 'two' extends itself (two, three, two); extend another, or none."
    )


def test_a_shape_that_the_extended_profile_names_has_to_be_there(tmp_path: Path) -> None:
    """The sentence names the file that names it."""
    base = 'title = "Base"\n[severity]\naction-has-budget = "info"\n'
    sentence = refusal(tmp_path, "mine", mine='title = "Mine"\nextends = "base"\n', base=base)
    assert sentence.startswith("base.toml, line 3: there is no shape 'action-has-budget'; ")
