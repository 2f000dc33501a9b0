"""The file of a plan: the same quads whichever way it is packed, read in part or whole, and never silently less."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from planweave.errors import StoreError
from planweave.shards import Shard, packed
from planweave.terms import plan_graph, provenance_graph

if TYPE_CHECKING:
    from pathlib import Path

FACTS = "".join(
    f"{line} <{plan_graph('northmoor')}> .\n"
    for line in (
        "<n:1> <p:label> <n:3>",
        '<n:1> <p:text> "x"',
        '<n:1> <p:text> "x"@en',
        '<n:2> <p:label> "> <p:text> Prävention"',
        "<n:2> <p:lead> <n:1>",
    )
).encode()
SOURCES = f"<n:1> <p:text> <n:9> <{provenance_graph('northmoor')}> .\n".encode()
TEXTS = b"".join(FACTS.splitlines(keepends=True)[1:3])


def written(folder: Path, data: bytes) -> Shard:
    path = folder / "northmoor.nq.gz"
    path.write_bytes(data)
    return Shard(path, "northmoor")


@pytest.mark.parametrize("older", [False, True])
def test_a_shard_gives_its_quads_in_whole_and_in_part(tmp_path: Path, older: bool) -> None:
    """One that an earlier build packed in one piece gives the same; the quads of a property are those alone."""
    quads = FACTS + SOURCES
    shard = written(tmp_path, gzip.compress(quads, mtime=0) if older else packed(quads, "northmoor"))
    assert shard.quads == quads
    assert shard.facts == FACTS
    assert shard.about(["p:text"]) == TEXTS
    assert shard.about(["p:none", "p:lead"]) == FACTS.splitlines(keepends=True)[4]


def test_any_program_unpacks_a_shard(tmp_path: Path) -> None:
    """It is a gzip file, and what is in it are all the quads, in another order."""
    quads = FACTS + SOURCES
    unpacked = gzip.decompress(written(tmp_path, packed(quads, "northmoor"))._packed)
    assert sorted(unpacked.splitlines()) == sorted(quads.splitlines())


def test_a_plan_without_facts_or_provenance_is_packed(tmp_path: Path) -> None:
    """Either may be empty."""
    assert written(tmp_path, packed(SOURCES, "northmoor")).quads == SOURCES
    assert written(tmp_path, packed(FACTS, "northmoor")).facts == FACTS
    assert written(tmp_path, packed(b"", "northmoor")).quads == b""


def test_no_damage_gives_less_than_was_written(tmp_path: Path) -> None:
    """Cut off or changed anywhere, a shard gives the same quads of a property or says that it cannot be read."""
    data = packed(FACTS + SOURCES, "northmoor")
    cut = [data[:length] for length in range(len(data))]
    changed = [data[:at] + bytes((data[at] ^ bit,)) + data[at + 1 :] for at in range(len(data)) for bit in (1, 8, 255)]
    refused = 0
    for number, damaged in enumerate((*cut, *changed)):
        try:
            assert written(tmp_path, damaged).about(["p:text"]) == TEXTS, number
        except StoreError:
            refused += 1
    assert refused > len(cut)


def test_a_shard_that_is_cut_off_is_refused_wherever_it_is_cut(tmp_path: Path) -> None:
    """Also between two of its members, where what is left is a right gzip file."""
    data = packed(FACTS + SOURCES, "northmoor")
    for length in range(len(data)):
        with pytest.raises(StoreError):
            written(tmp_path, data[:length])


def test_two_shards_in_one_file_are_refused(tmp_path: Path) -> None:
    """What stands after the end of an older shard was never written by a build."""
    data = gzip.compress(FACTS, mtime=0)
    with pytest.raises(StoreError):
        _ = written(tmp_path, data + data).facts
