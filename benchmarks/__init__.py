"""How long planweave takes, and for how much: a synthetic corpus and what is measured on it."""
