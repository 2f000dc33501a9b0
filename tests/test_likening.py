"""Actions of other plans that say something like an action: found by their words, the most alike first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import planweave as pw
from planweave.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from planweave.graph import Graph

HEAD = "Ref\tAction\tLead\tDue date\n"
PLANS = {
    "northmoor": (
        "Open a day centre for rough sleepers with showers and lockers",
        "Write to every landlord of the borough about the deposit scheme",
        "Write to every landlord of the borough about the deposits scheme",
    ),
    "saltfern": (
        "Rough sleepers find lockers and showers at the centre opened for the day",
        "Review the allocations policy",
        "Open the office",
    ),
    "eastvale": ("A centre with lockers for rough sleepers, open by day, is planned",),
}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    """Three plans; two actions of others say what Northmoor's first one says."""
    folder: Path = tmp_path_factory.mktemp("like")
    for name, actions in PLANS.items():
        rows = "".join(f"{n}.1\t{text}\tHousing\tMay 2025\n" for n, text in enumerate(actions, start=1))
        (folder / f"{name}.txt").write_text(f"{name.title()} action plan\n\n{HEAD}{rows}", encoding="utf-8")
    with pw.build(folder, folder / "weave") as built:
        yield built


def test_actions_that_share_words_are_found_the_most_alike_first(graph: Graph) -> None:
    """In other forms and another order, in every other plan; the words of both are given as the first has them."""
    found = graph.like("northmoor/1.1")
    assert [one.action for one in found] == ["saltfern/1.1", "eastvale/1.1"]
    assert found[0].score > found[1].score >= 0.2
    assert {"rough", "sleepers", "showers", "lockers", "centre"} <= set(found[0].shared)
    assert "showers" not in found[1].shared


def test_only_other_plans_are_looked_at(graph: Graph) -> None:
    """What the same plan says nearly twice is found in the graph itself, and is not given here."""
    assert graph.like("northmoor/2.1") == []


def test_a_few_small_words_make_nothing_alike(graph: Graph) -> None:
    """One word in common, and small ones, are not enough."""
    assert graph.like("saltfern/3.1") == []


def test_only_so_many_are_given(graph: Graph) -> None:
    """The most alike of them."""
    assert [one.action for one in graph.like("northmoor/1.1", most=1)] == ["saltfern/1.1"]


def test_an_action_that_is_not_there_is_named_with_the_nearest(graph: Graph) -> None:
    """Of a plan, or of the graph."""
    with pytest.raises(NotFound, match=r"northmoor/1\.1"):
        graph.like("northmoor/1.11")
    with pytest.raises(NotFound, match="northmoor"):
        graph.like("northmor/1.1")
