"""Rebuilds the tables that travel with Stabilis from the producers' own files.

Each is a cut of a snapshot: named columns and rows of the four cases, with the checksum of the
original, its release and its terms. Change a file, rebuild, and page, export and interface change.
"""

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import polars as pl

from stabilis.connectors import Source, sources
from stabilis.evidence.held import PACK
from stabilis.evidence.ingestion import cut, ingest
from stabilis.warehouse.manifest import Manifest
from stabilis.warehouse.snapshots import Shelf

FILES: Mapping[str, tuple[str, ...]] = {
    "ucdp_country_years": ("ucdp/organizedviolencecy_v25_1.csv",),
    "ucdp_country_months": ("ucdp/ucdp_panel_country_month.csv",),
    "ucdp_ged_points": ("ucdp/geopko_ged201.csv",),
    "outlines": ("world-atlas/countries-10m.json",),
    "geopko": (
        "peacekeeping/geopko_deployments_v2.3.csv",
        "peacekeeping/geopko_contributors_v2.3.csv",
    ),
    "un_fatalities": ("peacekeeping/un_fatalities.csv",),
    "us_training": ("training/us_foreign_military_training_1999_2021.parquet",),
    "iati": ("iati/real/dfid2011_AF.xml", "iati/real/dfid2011_KO.xml"),
    "fts": (
        "fts/custom-search-locationid-1-year-2020.json",
        "fts/custom-search-locationid-1-year-2020-page-2.json",
        "fts/custom-search-locationid-1-year-2020-page-3.json",
    ),
    "unhcr": ("indicators/unhcr_population.rda",),
    "wgi": ("indicators/wgi_1996_2019.xlsx",),
    "inform": ("indicators/inform_trends_2015_2024.csv",),
    "operational_presence": ("threew/operational_presence_2025.csv",),
    "pcodes": (
        "places/ocha_global_pcodes_older_vintage.csv",
        "places/ocha_global_pcodes_adm1_adm2_2026.csv",
    ),
}
LARGEST_PACK_BYTES = 5_000_000
PRINTED = "printed"


def rebuild(
    *, folders: Sequence[Path], now: datetime, into: Path = PACK, only: Sequence[str] = ()
) -> Iterator[Manifest]:
    """Yield each rebuilt cut. Raises FileNotFoundError, naming the files that no folder holds."""
    wanted = {name: paths for name, paths in FILES.items() if not only or name in only}
    found = {path: _find(path, folders) for paths in wanted.values() for path in paths}
    if missing := [path for path, file in found.items() if file is None]:
        raise FileNotFoundError(f"no folder holds {', '.join(missing)}; nothing was rebuilt")
    for name, paths in wanted.items():
        source = sources()[name]
        files = [file for path in paths if (file := found[path])]
        groups = [[file] for file in files] if source.each_file_is_a_release else [files]
        kept = [_one(name, group, now=now, into=into) for group in groups]
        _drop_older(name, kept, into)
        yield from kept


def _find(path: str, folders: Sequence[Path]) -> Path | None:
    return next((folder / path for folder in folders if (folder / path).is_file()), None)


def _one(name: str, files: Sequence[Path], *, now: datetime, into: Path) -> Manifest:
    with tempfile.TemporaryDirectory() as scratch:
        shelf = Path(scratch)
        whole = ingest(name, files=files, shelf=shelf, now=now).snapshot
        if (into / f"{whole.id}-cut").is_dir():
            whole = replace(
                whole, retrieved_at=Shelf(into).manifest(f"{whole.id}-cut").retrieved_at
            )
        tables = cut_tables(sources()[name], Shelf(shelf), whole, files)
        command = f"stabilis pack FOLDERS --only {name}"
        shutil.rmtree(into / f"{whole.id}-cut", ignore_errors=True)
        return cut(whole, tables=tables, shelf=into, command=command)


def cut_tables(
    source: Source, shelf: Shelf, whole: Manifest, files: Sequence[Path]
) -> dict[str, pl.DataFrame]:
    """Return the part of each table that travels, and its rows as the source printed them."""
    assert source.cut is not None, f"{whole.source} declares no cut"  # noqa: S101
    kept = {
        name: reduce(pl.read_parquet(shelf.path(whole.id, name)))
        for name, reduce in source.cut.tables.items()
        if name in whole.tables
    }
    if source.cut.printed:
        kept[PRINTED] = _printed(source, kept, files)
    return kept


def _printed(
    source: Source, kept: Mapping[str, pl.DataFrame], files: Sequence[Path]
) -> pl.DataFrame:
    traces = [frame.select("source_file", "source_row") for frame in kept.values()]
    rows = pl.concat(traces).unique().sort("source_file", "source_row")
    cells = [
        (path.name, row, field, text)
        for path in files
        for row, printed in source.print_rows(
            path, rows.filter(pl.col("source_file") == path.name)["source_row"].to_list()
        ).items()
        for field, text in printed.items()
    ]
    schema = {
        "source_file": pl.String,
        "source_row": pl.Int64,
        "field": pl.String,
        "text": pl.String,
    }
    return pl.DataFrame(cells, schema=schema, orient="row")


def _drop_older(name: str, kept: Sequence[Manifest], into: Path) -> None:
    current = {item.id for item in kept}
    for old in Shelf(into).manifests(name):
        if old.id not in current:
            shutil.rmtree(into / old.id)
