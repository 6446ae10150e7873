"""Facts, claims and the snapshots they rest on; no page and no source format."""
