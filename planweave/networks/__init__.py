"""Networks: who works with whom, and what depends on what."""
