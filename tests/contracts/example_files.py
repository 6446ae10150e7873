"""The example files that ship with the sources, and how a contract reads and alters them."""

import csv
import json
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pyreadr

import stabilis.connectors
from stabilis.connectors import Quarantine, Source
from stabilis.connectors.wgi import FIGURES, LABELS

FOLDER = Path(stabilis.connectors.__file__).parent / "examples"
FILES = sorted(FOLDER.iterdir())
NAMES = [path.name for path in FILES]
WORKBOOK_HEADINGS = {
    "wgi": (*LABELS, *FIGURES),
    "operational_presence": (
        "#org+name",
        "#sector",
        "#adm1+name",
        "#adm1+code",
        "#date+start",
    ),
}


def source_id(name: str) -> str:
    return name.partition(".")[0]


def relaxed(source: Source) -> Source:
    """Return a source that expects fewer rows than it does, and is otherwise the same."""
    fewer = tuple(replace(item, rows=(0, item.rows[1])) for item in source.expects)
    return replace(source, expects=fewer)


def loaded(path: Path, *, source: Source) -> tuple[dict[str, pl.DataFrame], pl.DataFrame]:
    """Return every table that a file holds, and its quarantine."""
    quarantine = Quarantine(path)
    batches: dict[str, list[pl.DataFrame]] = {}
    for batch in source.read(path, quarantine):
        frame = source.table(batch.table).check(batch.frame)
        batches.setdefault(batch.table, []).append(frame)
    tables = {name: pl.concat(frames) for name, frames in batches.items()}
    return tables, quarantine.frame()


def columns(path: Path) -> Sequence[str]:
    """Return the names of a file's columns; of XML and of outlines none, as they have none."""
    if path.suffix == ".csv":
        return _csv_rows(path)[0]
    if path.suffix == ".json":
        return sorted(_keys(json.loads(path.read_text(encoding="utf-8"))))
    if path.suffix == ".parquet":
        return pl.read_parquet_schema(path).names()
    if path.suffix == ".rda":
        ((_, frame),) = pyreadr.read_r(str(path)).items()
        return list(frame.columns)
    if path.suffix == ".xlsx":
        return WORKBOOK_HEADINGS[source_id(path.name)]
    return ()


def altered(path: Path, *, column: str, name: str | None, folder: Path) -> Path:
    """Write a file with one column under another name, or without it; return where it lies."""
    target = folder / path.name
    alter: dict[str, Callable[[Path, str, str | None, Path], None]] = {
        ".csv": _alter_csv,
        ".json": _alter_json,
        ".parquet": _alter_parquet,
        ".rda": _alter_rda,
        ".xlsx": _alter_xlsx,
    }
    alter[path.suffix](path, column, name, target)
    return target


def with_part(path: Path, *, folder: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """Write a workbook whose every part went through `change(name, bytes)`."""
    target = folder / path.name
    with (
        zipfile.ZipFile(path) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for item in old.infolist():
            new.writestr(item.filename, change(item.filename, old.read(item)))
    return target


def _csv_rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def _alter_csv(path: Path, column: str, name: str | None, target: Path) -> None:
    rows = _csv_rows(path)
    place = rows[0].index(column)
    rows[0][place] = name or ""
    if name is None:
        rows = [cells[:place] + cells[place + 1 :] for cells in rows]
    with target.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def _keys(value: Any) -> set[str]:
    if isinstance(value, list):
        return set().union(*map(_keys, value))
    return set(value).union(*map(_keys, value.values())) if isinstance(value, dict) else set()


def _alter_json(path: Path, column: str, name: str | None, target: Path) -> None:
    def renamed(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        kept = [pair for pair in pairs if name is not None or pair[0] != column]
        return {str(name) if key == column else key: value for key, value in kept}

    text = path.read_text(encoding="utf-8")
    target.write_text(json.dumps(json.loads(text, object_pairs_hook=renamed)), encoding="utf-8")


def _alter_parquet(path: Path, column: str, name: str | None, target: Path) -> None:
    frame = pl.read_parquet(path)
    (frame.rename({column: name}) if name else frame.drop(column)).write_parquet(target)


def _alter_rda(path: Path, column: str, name: str | None, target: Path) -> None:
    ((title, frame),) = pyreadr.read_r(str(path)).items()
    changed = frame.rename(columns={column: name}) if name else frame.drop(columns=column)
    pyreadr.write_rdata(str(target), changed, df_name=title, compress="gzip")


def _alter_xlsx(path: Path, column: str, name: str | None, target: Path) -> None:
    old, new = f"<t>{column}</t>".encode(), f"<t>{name or ''}</t>".encode()
    with_part(path, folder=target.parent, change=lambda _, held: held.replace(old, new))
