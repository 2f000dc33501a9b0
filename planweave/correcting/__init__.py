"""A document that is being added: what was understood, corrections with reasons, their effect, how it is all kept."""

from planweave.correcting.drafts import Draft, Drafts, Outdated
from planweave.correcting.effect import Effect, effect_of
from planweave.correcting.state import State
from planweave.correcting.understanding import Understood, understand

__all__ = ["Draft", "Drafts", "Effect", "Outdated", "State", "Understood", "effect_of", "understand"]
