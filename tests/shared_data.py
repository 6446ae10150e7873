"""Where the shared real data lie, and the mark that skips a test where they are absent."""

import os
from pathlib import Path

import pytest

SHARED = Path(
    os.environ.get("STABILIS_SHARED", Path(__file__).resolve().parents[2] / "shared" / "data")
)

needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the shared real data are not on this machine (STABILIS_SHARED)"
)
