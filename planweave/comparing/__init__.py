"""Plans side by side: in numbers, by the bodies that stand in them, by what they say; and editions of one plan.

What is not found in a plan is said not to be found: it may be said there in other words.
"""

from __future__ import annotations

from planweave.comparing.comparison import Comparison, compare
from planweave.comparing.sections import SECTIONS, Section

__all__ = ["SECTIONS", "Comparison", "Section", "compare"]
