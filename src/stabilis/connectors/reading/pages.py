"""An interface's answer kept as a JSON file: whose it is, and its rows as printed."""

from collections.abc import Sequence
from pathlib import Path

from stabilis.connectors.reading import jsonrows

HEAD_BYTES = 16_384


def holds(path: Path, *names: str) -> bool:
    """Tell whether a JSON file names all these fields in its first 16 kB."""
    if not jsonrows.is_json(path) or not path.is_file():
        return False
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES).decode("utf-8", errors="replace")
    return all(f'"{name}"' in head for name in names)


def print_rows(path: Path, rows: Sequence[int], *steps: str | int) -> dict[int, dict[str, str]]:
    """Return the asked records as printed; `steps` lead to the list they stand in."""
    held = jsonrows.records(path, *steps)
    return {
        row: {name: jsonrows.printed(value) or "" for name, value in held[row - 1].items()}
        for row in rows
    }
