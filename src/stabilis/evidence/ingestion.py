"""Loads files of a source into an immutable snapshot: all of the good rows, or nothing."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import polars as pl

from stabilis import __version__
from stabilis.connectors import (
    QUARANTINE,
    Batch,
    Quarantine,
    Release,
    Source,
    SourceRefused,
    sources,
)
from stabilis.warehouse.manifest import Manifest
from stabilis.warehouse.snapshots import MANIFEST, Writer, original, snapshot_id, writing

LARGEST_KEPT_BYTES = 200 << 20

Progress = Callable[[str, int], None]


@dataclass(frozen=True)
class Ingested:
    """What one ingestion did: the snapshot, and whether it was new or already held."""

    snapshot: Manifest
    is_new: bool


def ingest(
    source_id: str,
    *,
    files: Sequence[Path],
    shelf: Path,
    now: datetime,
    release: str | None = None,
    published_on: date | None = None,
    progress: Progress | None = None,
) -> Ingested:
    """Load files of one source as one snapshot; the same files again give the same snapshot.

    Raises SourceRefused when a file cannot be used; then nothing is kept.
    """
    source = sources()[source_id]
    told = _release(source, files, release=release, published_on=published_on)
    manifest = _manifest(source_id, files=files, release=told, now=now)
    if (shelf / manifest.id / MANIFEST).is_file():
        return Ingested(Manifest.read(shelf / manifest.id / MANIFEST), is_new=False)
    with writing(shelf, manifest) as writer:
        for path in files:
            _read(source, path, writer=writer, progress=progress)
        _check_expectations(source, files[0], writer.rows)
        for path, item in zip(files, manifest.originals, strict=True):
            if item.kept:
                writer.keep(path)
    return Ingested(Manifest.read(shelf / manifest.id / MANIFEST), is_new=True)


def _release(
    source: Source, files: Sequence[Path], *, release: str | None, published_on: date | None
) -> Release:
    found = source.release(files[0])
    version = release or found.version
    if published_on:
        return Release(version, published_on, "said by the person who loaded it")
    return replace(found, version=version)


def _manifest(
    source_id: str, *, files: Sequence[Path], release: Release, now: datetime
) -> Manifest:
    source = sources()[source_id]
    originals = tuple(
        original(path, kept=path.stat().st_size <= LARGEST_KEPT_BYTES) for path in files
    )
    return Manifest(
        id=snapshot_id(
            source_id,
            release=release.version,
            originals=originals,
            reader_version=source.version,
        ),
        source=source_id,
        release=release.version,
        title=source.title,
        producer=source.producer,
        citation=source.citation,
        url=source.url,
        licence=source.licence.name,
        may_ship=source.licence.may_ship,
        retrieved_at=now,
        reader_version=source.version,
        stabilis_version=__version__,
        published_on=release.published_on,
        published_seen_in=release.seen_in,
        originals=originals,
        rebuilt_by=f"stabilis ingest {source_id} {' '.join(path.name for path in files)}",
    )


def _read(source: Source, path: Path, *, writer: Writer, progress: Progress | None) -> None:
    quarantine = Quarantine(path)
    good = 0
    for batch in _batches(source, path, quarantine):
        writer.append(batch.table, batch.frame, event=source.events.get(batch.table))
        good += batch.frame.height
        if progress:
            progress(batch.table, good)
    bad = len(quarantine.rows)
    if bad and bad > source.most_bad_share * (bad + good):
        raise SourceRefused(
            path, *_worst(quarantine, bad, good), remedy="Mend the file; nothing was loaded."
        )
    if bad:
        writer.append(QUARANTINE.name, quarantine.frame())
        writer.quarantined += bad


def _batches(source: Source, path: Path, quarantine: Quarantine) -> Iterator[Batch]:
    for batch in source.read(path, quarantine):
        yield Batch(batch.table, source.table(batch.table).check(batch.frame))


def _worst(quarantine: Quarantine, bad: int, good: int) -> list[str]:
    reasons = quarantine.frame().group_by("field", "reason").len().sort("len", descending=True)
    first = [
        f"{row['field']}: {row['reason']} ({row['len']:,} rows)"
        for row in reasons.head(3).to_dicts()
    ]
    return [f"{bad:,} of {bad + good:,} rows cannot be read", *first]


def _check_expectations(source: Source, path: Path, rows: dict[str, int]) -> None:
    wrong = [
        f"{item.table} holds {rows.get(item.table, 0):,} rows, "
        f"expected {item.rows[0]:,} to {item.rows[1]:,} ({item.why})"
        for item in source.expects
        if not item.rows[0] <= rows.get(item.table, 0) <= item.rows[1]
    ]
    if wrong:
        raise SourceRefused(
            path, *wrong, remedy="If the source really changed, change its expectation."
        )


def cut(
    manifest: Manifest, *, tables: dict[str, pl.DataFrame], shelf: Path, command: str
) -> Manifest:
    """Write the part of a snapshot that may travel with Stabilis, naming what it was cut from.

    Raises ValueError when the terms of the source do not allow it to travel.
    """
    source = sources()[manifest.source]
    if not source.licence.may_ship or source.cut is None:
        raise ValueError(f"{manifest.source} may not travel: {source.licence.name}")
    if official := [name for name in tables if source.is_official(name)]:
        raise ValueError(f"official tables may not travel: {', '.join(official)}")
    smaller = replace(
        manifest,
        id=f"{manifest.id}-cut",
        derived_from=manifest.id,
        cut=source.cut.what,
        rebuilt_by=command,
        originals=tuple(replace(item, kept=False) for item in manifest.originals),
        tables={},
    )
    with writing(shelf, smaller) as writer:
        for name, frame in tables.items():
            writer.append(name, frame, event=source.events.get(name))
    return Manifest.read(shelf / smaller.id / MANIFEST)
