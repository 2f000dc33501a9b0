"""The wheel: it carries the folders of knowledge, and works far from the repository."""

from __future__ import annotations

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from planweave.version import VERSION

REPOSITORY = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    # By the build backend itself: an environment that uv made has no pip.
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return path


def test_the_wheel_carries_every_file_of_knowledge(wheel: Path) -> None:
    """Each file of the artefact folders and each bundled plan is inside the package, under ``shipped``."""
    inside = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("ontology", "loaders", "shapes", "queries", "graphs", "plans"):
        for path in (REPOSITORY / folder).iterdir():
            assert f"planweave/shipped/{folder}/{path.name}" in inside
    assert any(name.endswith("licenses/NOTICE") for name in inside)
    assert not any(name.startswith(("tests/", "benchmarks/", "docs/")) for name in inside)


def test_the_wheel_works_without_the_repository(wheel: Path, tmp_path: Path) -> None:
    """Unpacked elsewhere, it builds the graph of the bundled plans."""
    package = tmp_path / "package"
    zipfile.ZipFile(wheel).extractall(package)
    code = f"import sys; sys.path.insert(0, {str(package)!r}); import planweave as pw; print(pw.__file__, pw.build())"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert str(package) in done.stdout
    assert "5 plans, 144 actions" in done.stdout


def test_the_version_is_the_one_of_the_package() -> None:
    """The version that records name is the one of pyproject.toml."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == VERSION
