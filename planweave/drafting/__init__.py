"""Loader definitions: drafted from what was recognised in a document, and checked against their documents."""
