"""Reads what is held: rows of a stored table with the snapshot they come from, or why not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import polars as pl
from django.conf import settings

from stabilis.connectors import sources
from stabilis.evidence.horizon import Horizon
from stabilis.warehouse import engine, select
from stabilis.warehouse.manifest import Manifest
from stabilis.warehouse.snapshots import MANIFEST, Shelf

CASE_PACK = Path(__file__).parent / "casepack"
PACK = CASE_PACK / "snapshots"


@dataclass(frozen=True)
class Held:
    """Rows of one table, and the snapshot that holds them."""

    frame: pl.DataFrame
    snapshot: Manifest
    table: str


@dataclass(frozen=True)
class NotHeld:
    """No snapshot of this source can answer, and why. It is never an empty table."""

    source: str
    table: str
    reason: str


def local_folder() -> Path:
    """Return the folder in which snapshots loaded on this machine lie."""
    return Path(settings.DATA_DIR) / "snapshots"


def shelf() -> Shelf:
    """Return what ships with the product and what was loaded on this machine."""
    return Shelf(PACK, local_folder())


def snapshots(source: str | None = None) -> list[Manifest]:
    """Return the snapshots held of one source, or of all, newest release first."""
    found = _read(_stamp())
    return [item for item in found if source in (None, item.source)]


def snapshot(id: str) -> Manifest:
    """Return what one snapshot says of itself. Raises NoSuchSnapshot."""
    return shelf().manifest(id)


def _stamp() -> tuple[tuple[str, int], ...]:
    """Return what changes whenever a snapshot is added or removed."""
    paths = [
        path for folder in shelf().folders for path in sorted(folder.glob(f"[!.]*/{MANIFEST}"))
    ]
    return tuple((str(path), path.stat().st_mtime_ns) for path in paths)


@lru_cache(maxsize=4)
def _read(_stamp: tuple[tuple[str, int], ...]) -> list[Manifest]:
    return shelf().manifests()


def fingerprint() -> str:
    """Return a text that changes with everything held, for caches of pages."""
    return " ".join(item.id for item in snapshots())


def rows(
    source: str,
    *,
    table: str,
    where: Mapping[str, object] | None = None,
    horizon: Horizon | None = None,
) -> Held | NotHeld:
    """Return the rows of a source's table that match, up to the horizon, in the order stored."""
    horizon = horizon or Horizon()
    chosen, reason = horizon.chosen(_holding(source, table))
    if chosen is None:
        return NotHeld(source, table, reason)
    event = sources()[source].events.get(table)
    last: object = horizon.until
    if horizon.until is not None and event and _counts_years(source, table, event):
        last = last_whole_year(horizon.until, ends=YEAR_ENDS.get(event, (12, 31)))
    path = shelf().path(chosen.id, table)
    return Held(_frame(path, _wanted(where or {}), event if last else None, last), chosen, table)


Wanted = tuple[tuple[str, object], ...]


def _wanted(where: Mapping[str, object]) -> Wanted:
    """Return a filter in a form that can be remembered."""
    return tuple(
        (name, tuple(value) if isinstance(value, list) else value) for name, value in where.items()
    )


@lru_cache(maxsize=128)
def _frame(path: Path, wanted: Wanted, event: str | None, last: object) -> pl.DataFrame:
    """Return rows of a stored table; a snapshot never changes, so an answer stays right."""
    expression = select.matching(engine.table(path, engine=settings.STABILIS_ENGINE), dict(wanted))
    if event is not None:
        expression = select.between(expression, column=event, first=None, last=last)
    return engine.frame(expression.order_by(["source_file", "source_row"]))


# A US fiscal year ends on 30 September of the year that names it.
YEAR_ENDS = {"fiscal_year": (9, 30)}


def last_whole_year(day: date, *, ends: tuple[int, int] = (12, 31)) -> int:
    """Return the last year that had ended by a day: a yearly count cannot be cut in the middle."""
    return day.year if (day.month, day.day) >= ends else day.year - 1


def _counts_years(source: str, table: str, event: str) -> bool:
    return bool(sources()[source].table(table).columns[event].dtype.is_integer())


def _holding(source: str, table: str) -> list[Manifest]:
    return [item for item in snapshots(source) if table in item.tables]


def stored(id: str, *, table: str, where: Mapping[str, object], limit: int | None) -> pl.DataFrame:
    """Return rows of one table of one snapshot, in stored order. Raises NoSuchSnapshot."""
    expression = engine.table(shelf().path(id, table), engine=settings.STABILIS_ENGINE)
    found = select.matching(expression, where)
    return engine.frame(found if limit is None else found.limit(limit))


def printed_row(id: str, *, file: str, row: int) -> dict[str, str] | None:
    """Return a row as the source printed it, from the kept original or the kept print of a cut.

    None where neither is kept; the page then says why.
    """
    held = shelf()
    manifest = held.manifest(id)
    if kept := held.kept_original(id, file):
        return sources()[manifest.source].print_rows(kept, [row]).get(row)
    if "printed" in manifest.tables:
        wanted = {"source_file": file, "source_row": row}
        cells = stored(id, table="printed", where=wanted, limit=500)
        found = dict(zip(cells["field"], cells["text"], strict=True))
        return found or None
    return None
