"""Shapes → findings: SHACL answered by SPARQL on the store, with pySHACL as the reference."""

from planweave.checking.engine import Way, explain, run
from planweave.checking.results import Result, to_report
from planweave.checking.shapes import Shape, Shapes, read_shapes

__all__ = ["Result", "Shape", "Shapes", "Way", "explain", "read_shapes", "run", "to_report"]
