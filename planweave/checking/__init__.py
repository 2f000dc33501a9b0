"""Shapes → findings: SHACL answered by SPARQL on the store, with pySHACL as the reference."""

from planweave.checking.engine import Checks, Engine, Queryable, Way, compile_checks, explain, hierarchy, run
from planweave.checking.results import Result, to_report
from planweave.checking.shapes import Shape, Shapes, read_shapes

__all__ = [
    "Checks",
    "Engine",
    "Queryable",
    "Result",
    "Shape",
    "Shapes",
    "Way",
    "compile_checks",
    "explain",
    "hierarchy",
    "read_shapes",
    "run",
    "to_report",
]
