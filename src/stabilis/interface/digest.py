"""A short, stable fingerprint of plain data, for caches and ids on a page."""

import hashlib
import json
from typing import Any


def digest(value: Any) -> str:
    """Return the same sixteen characters for the same plain data, in every process."""
    told = json.dumps(value, sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()[:16]
