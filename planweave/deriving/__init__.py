"""Derived facts: what a plan's own statements say when they are held against each other.

Nothing here is read from the document word for word, and nothing comes from another plan: each fact is a comparison
within one record, worked out while it is woven, for shapes to read. Each module does one comparison.
"""

from planweave.deriving.facts import Derived, derive
from planweave.deriving.knowledge import NO_KNOWLEDGE, Knowledge, load_knowledge
from planweave.deriving.statements import statements

__all__ = ["NO_KNOWLEDGE", "Derived", "Knowledge", "derive", "load_knowledge", "statements"]
