"""How fast files become a snapshot, beside the bare parser and beside a plain script."""
