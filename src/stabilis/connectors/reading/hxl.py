"""Reads tables with a row of HXL tags: which column is what is said by its tag, not by its header.

Source: Humanitarian Exchange Language 1.1, https://hxlstandard.org (from memory): a tag is a
hashtag with attributes in any order, `#org+name+impl`; the row of tags lies in the first 25 rows.
"""

import csv
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import polars as pl

from stabilis.connectors import Quarantine, SourceRefused
from stabilis.connectors.reading import delimited, guard, workbook

LAST_TAG_ROW = 25
FEWEST_TAGS = 3
TEXTS_PART = "xl/sharedStrings.xml"
TEXTS_BYTES = 65_536
TEXT = re.compile(r">(#[a-z][a-z0-9_+ ]*)<", re.IGNORECASE)
DAMAGE = (zipfile.BadZipFile, zlib.error, KeyError, NotImplementedError, RuntimeError, EOFError)


@dataclass(frozen=True)
class Wanted:
    """The tag of a column: its hashtag, attributes it must have, and ones it may not have."""

    hashtag: str
    has: frozenset[str] = frozenset()
    lacks: frozenset[str] = frozenset()

    def fits(self, tag: str) -> bool:
        """Tell whether a printed tag is this one."""
        hashtag, *attributes = tag.lower().replace(" ", "").split("+")
        held = frozenset(attributes)
        return hashtag == self.hashtag and self.has <= held and not self.lacks & held


def tags(path: Path) -> list[str]:
    """Return the row of tags, empty text where a column has none; empty list where none is held.

    Reads only the head of a CSV. Raises SourceRefused when the file is damaged.
    """
    head = islice(_lines(path), LAST_TAG_ROW)
    return next((list(cells) for _, cells in head if _is_tags(cells)), [])


def tags_if_readable(path: Path) -> list[str]:
    """Return the row of tags; of a file that cannot be read, none: whoever loads it is told why."""
    try:
        return tags(path)
    except (SourceRefused, OSError):
        return []


def likely_tags(path: Path) -> list[str]:
    """Return what looks like a tag in the head of a workbook's list of texts, without opening it.

    Spreadsheets list texts in the order in which they appear, so that a row of tags lies early.
    """
    try:
        with zipfile.ZipFile(path) as archive, archive.open(TEXTS_PART) as part:
            head = part.read(TEXTS_BYTES).decode("utf-8", errors="replace")
    except (*DAMAGE, OSError):
        return []
    return TEXT.findall(head)


def column(printed: Sequence[str], *choices: Wanted) -> int | None:
    """Return the first column whose tag fits the first choice that any fits, or None."""
    return next(
        (
            index
            for choice in choices
            for index, tag in enumerate(printed)
            if tag and choice.fits(tag)
        ),
        None,
    )


def frame(path: Path, *, columns: dict[str, int], quarantine: Quarantine) -> pl.DataFrame:
    """Return the asked columns below the tags as text plus `source_row`, without blank rows.

    Raises SourceRefused when the file is damaged. A row with more cells than tags is set aside.
    """
    lines = _lines(path)
    width = next((len(cells) for _, cells in lines if _is_tags(cells)), 0)
    rows: list[tuple[str | None, ...]] = []
    numbers: list[int] = []
    for number, cells in lines:
        if not any(cells):
            continue
        if any(cells[width:]):
            quarantine.add(
                row=number,
                field="(whole row)",
                value=",".join(cells),
                reason=f"the row holds {len(cells)} cells, the tags {width}",
                remedy="Look for an unescaped quote or a stray separator.",
            )
            continue
        padded = [*cells, *[""] * (width - len(cells))]
        rows.append(tuple(padded[index] for index in columns.values()))
        numbers.append(number)
    found = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")
    return found.with_columns(pl.Series("source_row", numbers, dtype=pl.Int64))


def _is_tags(cells: Sequence[str]) -> bool:
    held = [cell for cell in cells if cell.strip()]
    tagged = [cell for cell in held if cell.strip().startswith("#") and len(cell) > 1]
    return len(tagged) >= FEWEST_TAGS and len(tagged) == len(held)


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield number and cells of each row, of a CSV or of the sheet of a workbook that has tags."""
    if path.suffix.lower() != ".xlsx":
        yield from _of_csv(path)
        return
    held = [
        (line.number, line.sheet, [cell or "" for cell in line.cells])
        for line in workbook.lines(path)
    ]
    sheet = next((name for _, name, cells in held if _is_tags(cells)), None)
    yield from ((number, cells) for number, name, cells in held if name == sheet)


def _of_csv(path: Path) -> Iterator[tuple[int, list[str]]]:
    guard.readable(path)
    csv.field_size_limit(delimited.FIELD_LIMIT)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from enumerate(csv.reader(file, strict=True), start=1)
    except UnicodeDecodeError as error:
        raise SourceRefused(
            path, "the text is not UTF-8", remedy="Save it as UTF-8 and load it again."
        ) from error
    except csv.Error as error:
        raise SourceRefused(
            path,
            f"a row cannot be parted into cells: {error}",
            remedy="Look for an unclosed quote; nothing of this file was loaded.",
        ) from error
