"""SPARQL as text: its words, and what a query may not do."""
