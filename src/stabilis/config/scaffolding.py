"""Writes the file of a new source or measure from its pattern, and its test beside it."""

import re
from pathlib import Path

import stabilis


class BadName(ValueError):
    """A kind or an id that cannot be; the message says what would."""


PATTERNS = Path(__file__).parent / "patterns"
ROOM = {"source": "connectors", "measure": "analysis/measures"}


def scaffold(kind: str, name: str, *, root: Path | None = None) -> list[Path]:
    """Return the files written. Raises BadName for a bad id, FileExistsError where taken."""
    if kind not in ROOM:
        raise BadName(f"no kind is called {kind}; there are {', '.join(ROOM)}")
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise BadName(f"{name} is no id; write lower case letters, digits and underscores")
    base = root or Path(stabilis.__file__).parents[2]
    tests = "tests/connectors" if kind == "source" else "tests/analysis/measures"
    wanted = {
        base / "src/stabilis" / ROOM[kind] / f"{name}.py": f"{kind}.py.txt",
        base / tests / f"test_{name}.py": f"test_{kind}.py.txt",
    }
    taken = [str(path) for path in wanted if path.exists()]
    if taken:
        raise FileExistsError(f"{', '.join(taken)} exists; nothing was written")
    for path, pattern in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        text = (PATTERNS / pattern).read_text(encoding="utf-8")
        path.write_text(text.replace("{{name}}", name), encoding="utf-8")
    return list(wanted)
