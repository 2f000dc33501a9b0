"""Questions that are asked of a graph by name."""

from planweave.asking.questions import KINDS, Kind, Parameter, Question, read_questions

__all__ = ["KINDS", "Kind", "Parameter", "Question", "read_questions"]
