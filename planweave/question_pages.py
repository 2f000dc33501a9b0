"""The questions of the library → pages for people, each with its answer on the bundled plans.

``python -m planweave.question_pages docs/questions`` writes the pages that come with planweave.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planweave.asking.columns import ontology_meanings
from planweave.asking.pages import MARK, index_page, question_page, values_of
from planweave.asking.questions import read_questions
from planweave.entrances import build
from planweave.library import Library

if TYPE_CHECKING:
    from planweave.graph import Graph

__all__ = ["write_question_pages"]

INDEX = "README.md"


def write_question_pages(library: Library, graph: Graph, folder: Path) -> None:
    """Write a page for each question, and a list of them; the same files and plans give the same bytes.

    A page of a question that is no longer there is removed; other files of the folder are left alone.

    Parameters
    ----------
    library
        Whose questions.
    graph
        The plans that the examples are asked of.
    folder
        Where the pages go; it is made if need be.

    Raises
    ------
    DefinitionError
        If a question cannot be read.
    PlanweaveError
        If its example cannot be asked.
    """
    questions = read_questions(library)
    terms = ontology_meanings(library)
    pages = {INDEX: index_page(questions)}
    for name, question in questions.items():
        values: dict[str, Any] = dict(values_of(question))
        answer = graph.ask(name, library=library, **values)
        pages[f"{name}.md"] = question_page(question, answer, questions, terms)
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.md"):
        if path.name not in pages and path.read_text(encoding="utf-8", errors="replace").startswith(MARK):
            path.unlink()
    for name, page in pages.items():
        (folder / name).write_text(page, encoding="utf-8", newline="\n")


def main() -> None:
    """Write the pages of the bundled questions."""
    parser = argparse.ArgumentParser(prog="python -m planweave.question_pages", description=main.__doc__)
    parser.add_argument("folder", type=Path, help="where the pages go")
    folder = parser.parse_args().folder
    with tempfile.TemporaryDirectory() as scratch, build(None, Path(scratch) / "weave") as graph:
        write_question_pages(Library.bundled(), graph, folder)


if __name__ == "__main__":
    main()
