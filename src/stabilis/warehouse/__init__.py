"""Columnar store of immutable snapshots and its engine; no Django, no source format."""
