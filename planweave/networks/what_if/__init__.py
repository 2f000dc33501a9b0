"""What-if: what the plans would lose without a party, and what may be affected where an action slips.

Facts are asked of the graph (:mod:`.gathering`), what follows from them is worked out by functions that know nothing
else (:mod:`.losses`, :mod:`.reach`, :mod:`.delay`), and :mod:`.telling` makes an answer of it. Nothing is guessed: a
cross-reference says that two actions are related, dependence is claimed only where the text of an action says so,
and no other action is given a new date.
"""

from __future__ import annotations

from planweave.networks.what_if.asking import Records, what_if_late, what_if_without
from planweave.networks.what_if.results import Slip, Without

__all__ = ["Records", "Slip", "Without", "what_if_late", "what_if_without"]
