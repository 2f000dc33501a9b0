"""Document → records: what a careful reader takes from one action plan."""
