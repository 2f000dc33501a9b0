"""Errors are one plain sentence: where, what, and what to do."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from planweave import errors
from planweave.errors import (
    BuildError,
    DefinitionError,
    DocumentError,
    NotFound,
    PlanweaveError,
    StoreError,
    nearest,
)


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (PlanweaveError("the store is locked"), "the store is locked."),
        (PlanweaveError("it is empty", file=Path("a.txt")), "a.txt: it is empty."),
        (PlanweaveError("it is empty", where="line 3"), "line 3: it is empty."),
        (
            PlanweaveError("it is empty", file="a.txt", where="line 3", fix="fill it"),
            "a.txt, line 3: it is empty; fill it.",
        ),
        (PlanweaveError("no x", fix="did you mean y?"), "no x; did you mean y?"),
        (PlanweaveError("no x", fix="there are: a, b …"), "no x; there are: a, b …"),
        (PlanweaveError("it ends in etc."), "it ends in etc."),
    ],
)
def test_an_error_is_a_sentence(error: PlanweaveError, sentence: str) -> None:
    """The place comes first, then what is wrong, then what to do, with one full stop or question mark."""
    assert str(error) == sentence


def test_the_parts_of_an_error_can_be_asked_for() -> None:
    """A program finds file, place, what and fix apart; the file as text."""
    error = DocumentError("it is empty", file=Path("a.txt"), where="line 3", fix="fill it")
    assert (error.file, error.where, error.what, error.fix) == ("a.txt", "line 3", "it is empty", "fill it")
    assert (NotFound("no x").file, NotFound("no x").where, NotFound("no x").fix) == (None, None, None)


@pytest.mark.parametrize("kind", [BuildError, DefinitionError, DocumentError, NotFound, StoreError, PlanweaveError])
def test_an_error_is_the_same_in_another_process(kind: type[PlanweaveError]) -> None:
    """Documents are read in processes of their own: an error comes back with its class, parts and sentence."""
    error = kind("it is empty", file="a.txt", where="line 3", fix="fill it")
    back = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert type(back) is kind
    assert str(back) == "a.txt, line 3: it is empty; fill it."
    assert vars(back) == vars(error)


def test_every_error_has_one_root() -> None:
    """Whoever catches the root catches all that planweave raises on purpose."""
    kinds = [getattr(errors, name) for name in errors.__all__ if name != "nearest"]
    assert [kind for kind in kinds if not issubclass(kind, PlanweaveError)] == []


@pytest.mark.parametrize(
    ("name", "known", "offer"),
    [
        ("covntry", ["thurrock", "coventry"], "did you mean coventry?"),
        ("overdu", ["overdue", "overdues", "x"], "did you mean overdue or overdues?"),
        ("leeds", ["thurrock", "coventry", "coventry"], "there are: coventry, thurrock"),
        ("leeds", [], "there are none"),
        ("?", [f"q{n:02d}" for n in range(13)], "there are: " + ", ".join(f"q{n:02d}" for n in range(12)) + " …"),
    ],
)
def test_the_nearest_name_is_offered(name: str, known: list[str], offer: str) -> None:
    """A near name is offered, else what there is, sorted, each once, at most a dozen."""
    assert nearest(name, known) == offer
    assert nearest(name, iter(known)) == offer
