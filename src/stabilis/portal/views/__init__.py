"""Translate a request into one call and its answer into a page."""
