"""The documentation says what is true: transcripts are run, examples are run, links lead somewhere."""

from __future__ import annotations

import contextlib
import doctest
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from planweave.cli import main

REPOSITORY = Path(__file__).parent.parent
PAGES = sorted(
    {
        path
        for pattern in ("*.md", "*/README.md", "docs/*.md", "docs/*/*.md", "benchmarks/*.md")
        for path in REPOSITORY.glob(pattern)
        if ".venv" not in path.parts
    }
)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
SHELL = frozenset("|&<>;$*?")
TRANSCRIPT = re.compile(r"```console\n(.*?)```", re.DOTALL)


def transcripts(page: Path) -> list[tuple[str, list[str]]]:
    """The commands of a page's console blocks, each with the lines of output that stand under it."""
    found: list[tuple[str, list[str]]] = []
    for block in TRANSCRIPT.findall(page.read_text(encoding="utf-8")):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:].split("  #")[0].strip(), []))
            elif found and line.strip(" …─"):
                found[-1][1].append(line)
    return found


def demo() -> str:
    """The commands behind ``make demo``, from the Makefile."""
    recipe = (REPOSITORY / "Makefile").read_text(encoding="utf-8").partition("\ndemo:")[2].partition("\n\n")[0]
    return " && ".join(re.findall(r"@(\$\(PLANWEAVE\) .+)", recipe)).replace("$(PLANWEAVE)", "planweave")


def shown(command: str, folder: Path) -> str:
    """What a command prints, in a folder with the bundled plans in it; one of the shell runs in a shell."""
    if command.startswith("planweave ") and not set(command) & SHELL:
        with contextlib.chdir(folder):
            return CliRunner().invoke(main, shlex.split(command)[1:], prog_name="planweave").output
    script = demo() if command == "make demo" else command
    script = script.replace("planweave ", f"{sys.executable} -m planweave.cli ")
    done = subprocess.run(["bash", "-c", script], cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as the reader of the docs has it: the plans, a letter, and the example of the loaders' page."""
    shutil.copytree(REPOSITORY / "plans", tmp_path / "plans")
    half = (REPOSITORY / "plans" / "coventry.txt").read_text(encoding="utf-8").partition("RSMT / CRISIS")[0]
    (tmp_path / "half-a-plan.txt").write_text(half + "RSMT / CRI", encoding="utf-8")
    (tmp_path / "empty.txt").touch()
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    (tmp_path / "letter.txt").write_text("Dear all,\n\nplease find the plan attached.\n")
    example = (REPOSITORY / "loaders" / "README.md").read_text(encoding="utf-8")
    for language, name in (("text", "northmoor.txt"), ("toml", "my/loaders/northmoor.toml")):
        block = re.search(rf"```{language}\n(.*?)```", example, re.DOTALL)
        assert block
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(block[1], encoding="utf-8")
    return tmp_path


def squeezed(line: str) -> str:
    return " ".join(line.split())


def test_the_first_transcript_is_the_real_output(folder: Path) -> None:
    """Each line that README shows under ``make demo`` is a line the program prints, "…" standing for anything."""
    command, lines = transcripts(REPOSITORY / "README.md")[0]
    assert command == "make demo"
    assert len(lines) > 10
    check(lines, shown(command, folder))


@pytest.mark.parametrize(
    "page", ["docs/command-line.md", "docs/comparing.md", "docs/reading.md", "docs/what-if.md", "loaders/README.md"]
)
def test_transcripts_are_real_output(page: str, folder: Path) -> None:
    """Each line a page shows under a command is a line that the command prints, run in the page's order."""
    commands = [(command, lines) for command, lines in transcripts(REPOSITORY / page) if "planweave" in command]
    assert commands
    for command, lines in commands:
        check(lines, shown(command, folder))


def check(lines: list[str], output: str) -> None:
    """Hold shown lines against printed ones."""
    printed = [squeezed(line) for line in output.splitlines()]
    for line in lines:
        pattern = re.compile(re.escape(squeezed(line)).replace("…", r".+"))
        assert any(pattern.fullmatch(each) for each in printed), (line, output)


def test_the_python_examples_run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every example of docs/python.md gives what the page says; it makes its own library folder."""
    monkeypatch.chdir(folder)
    shutil.rmtree(folder / "my")
    options = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    results = doctest.testfile(str(REPOSITORY / "docs" / "python.md"), module_relative=False, optionflags=options)
    assert results.attempted > 20
    assert results.failed == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(REPOSITORY)))
def test_links_lead_somewhere(page: Path) -> None:
    """A relative link of a page leads to a file that is there."""
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if not re.match(r"[a-z]+:|#", target):
            assert (page.parent / target.split("#")[0]).exists(), target


def test_every_promise_names_a_test_that_exists() -> None:
    """PROMISES.md leads from each promise to the test that holds it."""
    text = (REPOSITORY / "PROMISES.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\b(test_\w+)`", text)) - {path.stem for path in (REPOSITORY / "tests").glob("test_*.py")}
    code = "\n".join(path.read_text(encoding="utf-8") for path in (REPOSITORY / "tests").glob("test_*.py"))
    assert named
    assert {name for name in named if f"def {name}(" not in code} == set()


def test_the_project_speaks_of_itself_alone() -> None:
    """No page carries a path of one machine."""
    for page in PAGES:
        assert not re.search(r"/(?:home|root|work|Users)/\w", page.read_text(encoding="utf-8")), page
