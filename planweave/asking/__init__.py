"""Questions → answers: named questions and any SPARQL, asked safely of the graph."""

from planweave.asking.questions import KINDS, Kind, Parameter, Question, read_questions

__all__ = ["KINDS", "Kind", "Parameter", "Question", "read_questions"]
