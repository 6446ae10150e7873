"""Measurements: ours, a peer and the floor in one run."""
