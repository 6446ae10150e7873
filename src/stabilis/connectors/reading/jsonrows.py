"""Reads rows out of JSON answers: every field as printed text, every row with its position."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from stabilis.connectors import SourceRefused
from stabilis.connectors.reading import guard
from stabilis.connectors.reading.delimited import differences

LARGEST_BYTES = 512 << 20


def document(path: Path) -> Any:
    """Return the parsed document. Raises SourceRefused when it is cut, huge, deep or not UTF-8."""
    guard.readable(path)
    if path.stat().st_size > LARGEST_BYTES:
        raise SourceRefused(
            path, "one JSON answer larger than 512 MB", remedy="Ask for it in smaller pages."
        )
    try:
        text = path.read_text(encoding="utf-8-sig")
        found = json.loads(text)
        if "\\ud" in text.casefold():
            json.dumps(found, ensure_ascii=False).encode()
    except UnicodeError as error:
        raise SourceRefused(
            path, "the text is not UTF-8", remedy="Fetch it again without recoding."
        ) from error
    except (ValueError, RecursionError) as error:
        raise SourceRefused(
            path, f"this is not whole JSON: {error}", remedy="Fetch it again; nothing was loaded."
        ) from error
    return found


def records(path: Path, *steps: str | int) -> list[dict[str, Any]]:
    """Return the list of objects that lies at these steps into the document.

    Raises SourceRefused when there is none: the interface answers in another shape.
    """
    found = document(path)
    try:
        for step in steps:
            found = found[step]
    except (KeyError, IndexError, TypeError) as error:
        place = " > ".join(str(step) for step in steps)
        raise SourceRefused(
            path, f"the answer has nothing at {place}", remedy="Compare it with the producer's API."
        ) from error
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise SourceRefused(
            path,
            "the answer holds no list of records",
            remedy="Compare it with the producer's API.",
        )
    return found


def frame(path: Path, *, rows: Sequence[dict[str, Any]], expected: Sequence[str]) -> pl.DataFrame:
    """Return records as text cells plus `source_row`, the position in the list from 1.

    Raises SourceRefused, naming the difference, when no record has a field that is expected.
    """
    names = {name: None for row in rows for name in row}
    missing = [line for line in differences(list(names), expected, list(names)) if rows]
    if missing:
        raise SourceRefused(
            path, *missing, remedy="The interface changed; compare its documentation."
        )
    columns = {name: [printed(row.get(name)) for row in rows] for name in expected}
    numbers = pl.Series("source_row", range(1, len(rows) + 1), dtype=pl.Int64)
    return pl.DataFrame(columns, schema=dict.fromkeys(expected, pl.String)).with_columns(numbers)


def printed(value: Any) -> str | None:
    """Return a JSON value as text: null stays unknown, whole floats lose their point."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "1" if value else "0"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def is_json(path: Path) -> bool:
    """Tell whether a file is named as JSON."""
    return path.suffix.lower() == ".json"
