"""The W3C SHACL test suite, case by case, both ways; see w3c_shacl.py for where it comes from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from planweave.checking import explain, read_shapes
from planweave.errors import PlanweaveError
from tests import w3c_shacl as suite

if TYPE_CHECKING:
    from planweave.checking.engine import Engine

FOLDER: Path | None = suite.folder()
CASES = {case.name: case for case in suite.cases(FOLDER)} if FOLDER else {}

ALL_CASES = 121
NOT_SUPPORTED = {
    "sparql/component/validator-001": "imports http://datashapes.org/dash, which would have to be fetched",
    "sparql/pre-binding/shapesGraph-001": "asks for the shapes as a graph ($shapesGraph), which no store here holds",
}
"""Cases that neither way runs; both are refused with a sentence."""

BY_REFERENCE = {
    "sparql/component/nodeValidator-001",
    "sparql/component/optional-001",
    "sparql/component/propertyValidator-select-001",
}
"""Cases with a component of their own: such a shape goes to pySHACL."""


def test_how_many_cases_run() -> None:
    """Without the suite it is said how many cases did not run; with it, every case is run or listed with its reason."""
    if not CASES:
        pytest.skip(
            f"{ALL_CASES} cases of the W3C SHACL suite did not run; set W3C_TESTS to the folder that holds shacl/"
        )
    assert len(CASES) == ALL_CASES
    assert CASES.keys() >= NOT_SUPPORTED.keys() | BY_REFERENCE


@pytest.mark.parametrize("engine", ["sparql", "pyshacl"])
@pytest.mark.parametrize("name", sorted(CASES.keys() - NOT_SUPPORTED.keys()))
def test_the_report_is_the_expected_one(name: str, engine: Engine) -> None:
    """Each way finds exactly what the suite says; what it wants refused is refused."""
    case = CASES[name]
    if case.rows is None:
        with pytest.raises(PlanweaveError):
            suite.report(case, engine)
    else:
        assert suite.report(case, engine) == case.rows


@pytest.mark.parametrize("name", sorted(CASES.keys() & NOT_SUPPORTED.keys()))
def test_what_is_not_supported_is_refused(name: str) -> None:
    """A case that does not run gives a sentence, not half a report."""
    with pytest.raises(PlanweaveError, match=r"would fetch|not supported"):
        suite.report(CASES[name], "sparql")


@pytest.mark.parametrize("name", sorted(CASES.keys() - NOT_SUPPORTED.keys()))
def test_only_components_of_their_own_go_to_the_reference(name: str) -> None:
    """Every other case is answered by SPARQL."""
    if CASES[name].rows is None:
        return
    engines = {way.engine for way in explain(read_shapes(CASES[name].shapes))}
    assert engines == ({"pyshacl"} if name in BY_REFERENCE else {"sparql"})
