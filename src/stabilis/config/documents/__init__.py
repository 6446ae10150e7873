"""Printers of the documents that follow the code: reference, map, terms of the data."""
