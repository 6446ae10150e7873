"""One file per source: what it is, what it expects, how its files become typed rows; no Django.

The folder is the register: every module here with a `SOURCE` is a source, and its file name is its
id. `reading/` holds how cells, sheets and elements are read. Nothing here knows where rows go.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Protocol

import httpx
import polars as pl

from stabilis.analysis.frames import Column, Frame

QUARANTINE = Frame(
    name="quarantine",
    row="One cell that could not be read; its whole row was set aside.",
    key=("source_file", "source_row", "field"),
    columns={
        "source_file": Column(pl.String, "file of the source, by name", nullable=False),
        "source_row": Column(pl.Int64, "row or element in that file", nullable=False),
        "field": Column(pl.String, "the source's own name of the field", nullable=False),
        "value": Column(pl.String, "what stood there, cut to 200 characters"),
        "reason": Column(pl.String, "why it could not be read", nullable=False),
        "remedy": Column(pl.String, "what would mend it", nullable=False),
    },
)
MOST_BAD_CELLS = 100_000
LONGEST_VERSION = 48


class SourceRefused(ValueError):
    """A file cannot be used as this source; the message says what differs and what to do."""

    def __init__(self, path: Path, *differences: str, remedy: str) -> None:
        self.path = path
        self.differences = differences
        self.remedy = remedy
        super().__init__(f"{path.name}: {'; '.join(differences)}. {remedy}")


class Quarantine:
    """Bad rows of one file, each with field, value, reason and remedy. Good rows load."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.cells: list[tuple[str, int, str, str | None, str, str]] = []
        self.rows: set[int] = set()

    def add(self, *, row: int, field: str, value: str | None, reason: str, remedy: str) -> None:
        """Set one row aside because of one of its fields.

        Raises SourceRefused when so many are bad that the file must be of another shape.
        """
        if len(self.cells) >= MOST_BAD_CELLS:
            raise SourceRefused(
                self.path,
                f"more than {MOST_BAD_CELLS:,} cells cannot be read; row {row}, {field}: {reason}",
                remedy="Compare the file with the producer's description before loading it.",
            )
        shown = value[:200] if value is not None else None
        self.cells.append((self.path.name, row, field, shown, reason, remedy))
        self.rows.add(row)

    def frame(self) -> pl.DataFrame:
        """Return the bad cells as a frame of shape QUARANTINE."""
        return pl.DataFrame(self.cells, schema=QUARANTINE.schema, orient="row")


@dataclass(frozen=True)
class Batch:
    """Some rows of one table, in the order of the file."""

    table: str
    frame: pl.DataFrame


@dataclass(frozen=True)
class Licence:
    """Terms of a source, whether rows may travel with Stabilis, and how the terms are known."""

    name: str
    may_ship: bool
    seen_in: str
    url: str = ""


@dataclass(frozen=True)
class Release:
    """One publication of a source: its version and the day it came out, None where unknown."""

    version: str
    published_on: date | None = None
    seen_in: str = ""

    def __post_init__(self) -> None:
        """Keep the version printable and short: files say it, and snapshots are named after it."""
        shown = "".join(sign if sign.isprintable() else " " for sign in self.version)
        short = " ".join(shown.split())[:LONGEST_VERSION]
        object.__setattr__(self, "version", short or "unknown")


@dataclass(frozen=True)
class Expectation:
    """What a whole table of this source must satisfy, checked after reading."""

    table: str
    rows: tuple[int, int]
    why: str = ""


class Reader(Protocol):
    """Reads one file: yields batches of typed rows and sets bad rows aside."""

    def __call__(self, path: Path, quarantine: Quarantine) -> Iterator[Batch]:
        """Yield the readable rows in the order of the file."""
        ...


class Fetcher(Protocol):
    """Fetches the source over its documented interface into a folder; returns the files written."""

    def __call__(self, client: httpx.Client, folder: Path) -> list[Path]:
        """Write what the interface answers into files and return them."""
        ...


class Printer(Protocol):
    """Returns rows of a file as the source printed them: field to text, by row number."""

    def __call__(self, path: Path, rows: Sequence[int]) -> dict[int, dict[str, str]]:
        """Return field and printed text by row number."""
        ...


@dataclass(frozen=True)
class Cut:
    """What of a source travels with Stabilis: which rows of which tables, and why so little."""

    what: str
    tables: dict[str, Callable[[pl.DataFrame], pl.DataFrame]]
    printed: bool = True


@dataclass(frozen=True)
class Source:
    """A source of evidence: who made it, on what terms, what it holds, and how to read it."""

    title: str
    producer: str
    url: str
    citation: str
    licence: Licence
    tables: tuple[Frame, ...]
    recognises: Callable[[Path], bool]
    read: Reader
    release: Callable[[Path], Release]
    print_rows: Printer
    expects: tuple[Expectation, ...]
    events: dict[str, str]
    notes: tuple[str, ...] = ()
    incremental_key: str = ""
    fetch: Fetcher | None = None
    interface: str = ""
    header: str = ""
    cut: Cut | None = None
    version: int = 1
    most_bad_share: float = 0.05
    official: tuple[str, ...] = ()
    each_file_is_a_release: bool = False

    def is_official(self, table: str) -> bool:
        """Tell whether a table is not for the public; nor is what was set aside or printed."""
        public = {frame.name for frame in self.tables} - set(self.official)
        return bool(self.official) and table not in public

    def table(self, name: str) -> Frame:
        """Return the declaration of one of this source's tables."""
        return next(frame for frame in self.tables if frame.name == name)


@cache
def sources() -> dict[str, Source]:
    """Return every source by its id, which is the name of its file."""
    names = [item.name for item in pkgutil.iter_modules(__path__) if not item.ispkg]
    modules = {name: importlib.import_module(f"{__name__}.{name}") for name in sorted(names)}
    return {name: module.SOURCE for name, module in modules.items()}


def source_for(path: Path) -> str | None:
    """Return the id of the source that recognises a file, or None. Reads only its first lines."""
    return next((name for name, source in sources().items() if source.recognises(path)), None)
