"""Questions → answers: named questions and any SPARQL, asked safely of the graph."""
