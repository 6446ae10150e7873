"""Immutable Parquet snapshots: written whole or not at all, verified by checksum, never altered.

A shelf is one or more folders of snapshots, for example what ships with the product and what was
loaded here. A snapshot is a folder `<id>/` with `manifest.json`, one Parquet file per table, and
copies of the originals where they are not too large.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from stabilis.warehouse.manifest import Manifest, Original, Table

MANIFEST = "manifest.json"


class NoSuchSnapshot(LookupError):
    """No folder of the shelf holds a snapshot of this id."""


class Damaged(ValueError):
    """A stored file no longer has the checksum in its manifest."""


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal, read in constant memory."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def original(path: Path, *, kept: bool) -> Original:
    """Return name, size and checksum of a file as the producer gave it."""
    return Original(path.name, path.stat().st_size, sha256(path), kept)


def snapshot_id(
    source: str, *, release: str, originals: Sequence[Original], reader_version: int
) -> str:
    """Return the id that the same files, read by the same reader, always get."""
    told = "\n".join(sorted(f"{item.name} {item.sha256}" for item in originals))
    digest = hashlib.sha256(f"{reader_version}\n{told}".encode()).hexdigest()[:10]
    return f"{source}-{release}-{digest}".lower().replace(" ", "-").replace("/", "-")


class Writer:
    """Appends batches to a snapshot that nobody sees until it is whole."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, pq.ParquetWriter] = {}
        self.rows: dict[str, int] = {}
        self.events: dict[str, list[str]] = {}
        self.quarantined = 0

    def append(self, table: str, frame: pl.DataFrame, *, event: str | None = None) -> None:
        """Add rows to a table; `event` names the column that says when things happened."""
        arrow: pa.Table = frame.to_arrow(compat_level=pl.CompatLevel.oldest())
        if table not in self.files:
            path = self.folder / f"{table}.parquet"
            self.files[table] = pq.ParquetWriter(path, arrow.schema, compression="zstd")
            self.rows[table] = 0
        self.files[table].write_table(arrow)
        self.rows[table] += frame.height
        if event and (times := frame[event].drop_nulls()).len():
            self.events.setdefault(table, []).extend([str(times.min()), str(times.max())])

    def keep(self, path: Path) -> None:
        """Keep a copy of an original beside the tables."""
        kept = self.folder / "originals"
        kept.mkdir(exist_ok=True)
        shutil.copyfile(path, kept / path.name)

    def close(self) -> dict[str, Table]:
        """Finish every file and return what was stored, by table."""
        for file in self.files.values():
            file.close()
        return {name: self._table(name) for name in self.files}

    def _table(self, name: str) -> Table:
        times = self.events.get(name, [])
        return Table(
            rows=self.rows[name],
            sha256=sha256(self.folder / f"{name}.parquet"),
            first_event=min(times, default=None),
            last_event=max(times, default=None),
        )


@contextmanager
def writing(shelf: Path, manifest: Manifest) -> Iterator[Writer]:
    """Write a snapshot into a folder beside its place, then move it there in one step.

    On any error the half-written folder is removed and the shelf is as it was.
    """
    shelf.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".partial-", dir=shelf))
    writer = Writer(folder)
    try:
        yield writer
        whole = replace(manifest, tables=writer.close(), quarantined=writer.quarantined)
        (folder / MANIFEST).write_text(whole.as_json(), encoding="utf-8")
        folder.chmod(0o755)
        os.replace(folder, shelf / manifest.id)  # noqa: PTH105 - one atomic step
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


class Shelf:
    """Every snapshot in some folders; a later folder's wins where ids are equal."""

    def __init__(self, *folders: Path) -> None:
        self.folders = folders

    def manifests(self, source: str | None = None) -> list[Manifest]:
        """Return the snapshots of one source, or of all, newest release first."""
        found = {
            path.parent.name: Manifest.read(path)
            for folder in self.folders
            for path in sorted(folder.glob(f"[!.]*/{MANIFEST}"))
        }
        kept = [item for item in found.values() if source in (None, item.source)]
        return sorted(kept, key=_newest_first, reverse=True)

    def folder(self, id: str) -> Path:
        """Return where a snapshot lies. Raises NoSuchSnapshot."""
        for folder in reversed(self.folders):
            if (folder / id / MANIFEST).is_file():
                return folder / id
        raise NoSuchSnapshot(f"no snapshot {id} is held")

    def manifest(self, id: str) -> Manifest:
        """Return what a snapshot says of itself. Raises NoSuchSnapshot."""
        return Manifest.read(self.folder(id) / MANIFEST)

    def path(self, id: str, table: str) -> Path:
        """Return the Parquet file of one table. Raises NoSuchSnapshot when it is not held."""
        path = self.folder(id) / f"{table}.parquet"
        if not path.is_file():
            raise NoSuchSnapshot(f"snapshot {id} holds no table {table}")
        return path

    def kept_original(self, id: str, name: str) -> Path | None:
        """Return the copy of an original, None where it was too large or belongs to a cut."""
        path = self.folder(id) / "originals" / Path(name).name
        return path if path.is_file() else None

    def verify(self, id: str) -> None:
        """Pass when every file still has its checksum. Raises Damaged, naming the others."""
        manifest, folder = self.manifest(id), self.folder(id)
        stored = {f"{name}.parquet": table.sha256 for name, table in manifest.tables.items()}
        kept = {f"originals/{item.name}": item.sha256 for item in manifest.originals if item.kept}
        wrong = [
            name
            for name, told in (stored | kept).items()
            if not (folder / name).is_file() or sha256(folder / name) != told
        ]
        if wrong:
            raise Damaged(f"snapshot {id}: {', '.join(wrong)} changed or is missing; load it again")


def _newest_first(manifest: Manifest) -> tuple[str, str, bool, str]:
    """Order by publication, then release; a whole snapshot precedes a cut of the same release."""
    published = str(manifest.published_on or "")
    return published, manifest.release, not manifest.derived_from, str(manifest.retrieved_at)
