"""Property paths of SHACL: read from a shapes graph, spelled as SPARQL spells them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planweave.checking.source import sh
from planweave.errors import DefinitionError
from planweave.store import Node
from planweave.terms import RDF

if TYPE_CHECKING:
    from planweave.checking.source import Source

__all__ = ["read_path"]

FIRST: Final = Node(RDF + "first")
INVERSE: Final = sh("inversePath")
ALTERNATIVE: Final = sh("alternativePath")
REPEATED: Final = {
    sh("zeroOrMorePath"): "*",
    sh("oneOrMorePath"): "+",
    sh("zeroOrOnePath"): "?",
}


def read_path(source: Source, node: Node, outer: frozenset[Node] = frozenset()) -> str:
    """Give the SPARQL spelling of a SHACL path; that of a single property is its IRI in angle brackets.

    Raises
    ------
    DefinitionError
        If the node is no path, or leads back to itself.
    """
    if node.kind == "iri":
        return str(node)
    if node in outer or node.kind != "blank":
        raise DefinitionError("an sh:path is not well formed", file=source.file, fix="see SHACL, section 2.3.1")
    inner = outer | {node}
    if source.one(node, FIRST):
        return _joined(source, node, "/", inner)
    for predicate, value in source.about(node):
        if predicate == INVERSE:
            return f"^{_enclosed(read_path(source, value, inner))}"
        if predicate == ALTERNATIVE:
            return _joined(source, value, "|", inner)
        if predicate in REPEATED:
            return _enclosed(read_path(source, value, inner)) + REPEATED[predicate]
    raise DefinitionError("an sh:path is not well formed", file=source.file, fix="see SHACL, section 2.3.1")


def _joined(source: Source, head: Node, sign: str, inner: frozenset[Node]) -> str:
    steps = [_enclosed(read_path(source, step, inner)) for step in source.list(head)]
    if len(steps) < 2:  # noqa: PLR2004 - what SHACL asks of these lists
        raise DefinitionError("an sh:path has a list of fewer than two", file=source.file, fix="add what is missing")
    return sign.join(steps)


def _enclosed(path: str) -> str:
    return path if path.startswith("<") and path.count("<") == 1 and path.endswith(">") else f"({path})"
