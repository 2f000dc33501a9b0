"""Networks: who works with whom and what depends on what, from definitions in ``graphs/`` to measures and pages."""

from planweave.networks.definitions import Definition, Joins, definition_of, read_definitions

__all__ = ["Definition", "Joins", "definition_of", "read_definitions"]
