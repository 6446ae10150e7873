"""What the tests of panels share: a shelf to put small snapshots on, and codes in the database."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from django.conf import LazySettings

from stabilis.connectors import sources
from stabilis.connectors.reading import protected_totals
from stabilis.evidence.horizon import Horizon
from stabilis.interface.digest import digest
from stabilis.reference.actions import load_reference
from stabilis.warehouse.manifest import Manifest
from stabilis.warehouse.snapshots import writing

Rows = Sequence[Mapping[str, Any]]
Holding = Callable[..., Horizon]
ABSENT = Horizon(pinned={name: f"{name}-absent" for name in sources()})
BLANK = {pl.String: "-", pl.Int64: 0, pl.Float64: 0.0, pl.Boolean: False, pl.Date: date(2020, 1, 1)}


@pytest.fixture
def codes(db: None) -> None:
    """Load the code lists."""
    load_reference()


@pytest.fixture
def holding(tmp_path: Path, settings: LazySettings) -> Holding:
    """Return a function that stores rows of a source and pins a horizon to them.

    Cells that a test does not name are empty, or blank where the table needs one; other sources
    than those stored so far are absent, so that nothing of the case pack is read.
    """
    settings.DATA_DIR = tmp_path
    pinned = dict(ABSENT.pinned)

    def store(source: str, **tables: Rows) -> Horizon:
        manifest = _manifest(source, tables)
        with writing(tmp_path / "snapshots", manifest) as writer:
            for name, rows in tables.items():
                frame = _frame(source, name, rows)
                writer.append(name, frame)
                if name == "training_totals":
                    writer.append("training_cells", protected_totals.cells(frame))
        pinned[source] = manifest.id
        return Horizon(pinned=dict(pinned))

    return store


def _frame(source: str, table: str, rows: Rows) -> pl.DataFrame:
    declared = sources()[source].table(table)
    trace = {"source_file": "made.csv"}
    whole = [
        {
            name: None if column.nullable else BLANK[column.dtype]  # type: ignore[index]
            for name, column in declared.columns.items()
        }
        | trace
        | {"source_row": number}
        | dict(row)
        for number, row in enumerate(rows, start=2)
    ]
    return declared.check(pl.DataFrame(whole, schema=declared.schema))


def _manifest(source: str, tables: Mapping[str, Rows]) -> Manifest:
    told = digest(json.loads(json.dumps(tables, default=str)))
    about = sources()[source]
    return Manifest(
        id=f"{source}-test-{told}",
        source=source,
        release="test",
        title=about.title,
        producer=about.producer,
        citation=about.citation,
        url=about.url,
        licence=about.licence.name,
        may_ship=about.licence.may_ship,
        retrieved_at=datetime(2026, 1, 1, tzinfo=UTC),
        reader_version=1,
        stabilis_version="test",
    )
