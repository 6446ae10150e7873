"""OCHA place codes (P-codes), admin levels 1 and 2, of which vintages drift: each is a release.

A place code names an area as it was drawn at a date. The same code may stand for another area in
another vintage, so codes are joined within a vintage only.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl

from stabilis.analysis.frames import Column, traced
from stabilis.connectors import (
    Batch,
    Cut,
    Expectation,
    Licence,
    Quarantine,
    Release,
    Source,
)
from stabilis.connectors.reading import delimited
from stabilis.connectors.reading.cells import Cell, typed
from stabilis.connectors.reading.countries import alpha3_of_code

CELLS = {
    "country_code": Cell("Location", required=True),
    "level": Cell("Admin Level", "integer", required=True, low=1, high=5),
    "code": Cell("P-Code", required=True),
    "name": Cell("Name", required=True),
    "parent": Cell("Parent P-Code", required=True),
    "valid_from": Cell("Valid from date", "day", low=date(1900, 1, 1), high=date(2100, 1, 1)),
}
PLACES = traced(
    "places",
    "One administrative area of level 1 or 2, as drawn from a date on.",
    ("country_code", "code", "source_row"),
    {
        "country": Column(pl.String, "alpha-3 code; empty where the printed code is not known"),
        "country_code": Column(pl.String, "code of the country as printed", nullable=False),
        "code": Column(pl.String, "place code", nullable=False),
        "name": Column(pl.String, "name as printed", nullable=False),
        "level": Column(pl.Int64, "administrative level", nullable=False),
        "parent": Column(pl.String, "place code above, or the country's code", nullable=False),
        "valid_from": Column(pl.Date, "day from which the area is drawn so"),
    },
)
COLUMNS_READ = tuple(cell.column for cell in CELLS.values())
VINTAGE = re.compile(r"(?:19|20)\d\d")


def read(path: Path, quarantine: Quarantine) -> Iterator[Batch]:
    """Yield places in the order of the file, without the row of HXL tags where there is one."""
    for raw in delimited.read(path, expected=COLUMNS_READ, quarantine=quarantine):
        untagged = raw.filter(~pl.col("Location").str.starts_with("#"))
        rows = typed(untagged, cells=CELLS, quarantine=quarantine)
        known = {code: alpha3_of_code(code).alpha3 for code in rows["country_code"].unique()}
        frame = rows.with_columns(
            pl.col("country_code")
            .replace_strict(known, default=None, return_dtype=pl.String)
            .alias("country"),
            pl.lit(path.name).alias("source_file"),
        )
        yield Batch(PLACES.name, PLACES.check(frame))


def release(path: Path) -> Release:
    """Return the vintage: the year in the file's name, else the last day an area is drawn from."""
    if named := VINTAGE.search(path.stem):
        return Release(named[0])
    last = ""
    for raw in delimited.read(path, expected=COLUMNS_READ, quarantine=Quarantine(path)):
        days = raw["Valid from date"].filter(raw["Valid from date"].str.contains(r"^\d{4}-"))
        last = max(last, str(days.max() or ""))
    return Release(last or "unknown")


def recognises(path: Path) -> bool:
    """Tell whether a file has exactly the columns of the global list of place codes."""
    return path.suffix.lower() == ".csv" and delimited.header(path) == list(COLUMNS_READ)


SOURCE = Source(
    title="OCHA global place codes, admin levels 1 and 2",
    producer="UN Office for the Coordination of Humanitarian Affairs (OCHA)",
    url="https://data.humdata.org/dataset/global-pcodes",
    citation=(
        "OCHA Field Information Services Section, Global P-codes, vintages of 2024 and 2026, "
        "Humanitarian Data Exchange. Citation from memory."
    ),
    licence=Licence(
        "CC BY IGO",
        may_ship=True,
        seen_in="memory",
        url="https://creativecommons.org/licenses/by/3.0/igo/",
    ),
    tables=(PLACES,),
    recognises=recognises,
    read=read,
    release=release,
    print_rows=delimited.print_rows,
    expects=(Expectation(PLACES.name, rows=(1, 500_000), why="about 33,400 in 158 countries"),),
    events={PLACES.name: "valid_from"},
    incremental_key="valid_from",
    notes=(
        "Kosovo is not in the list.",
        "Mali stands with the regions before its reform of 2023: ten, not nineteen.",
        "Vintages drift: 33,363 places in the file of 2026, 33,453 in an older one.",
        "The older vintage prints two codes twice, and 223 parents that it does not list.",
        "The day a vintage was published is not printed; days are those of the boundaries.",
    ),
    each_file_is_a_release=True,
    cut=Cut(
        what="places of Afghanistan, Mali and Somalia; Kosovo is not in the list",
        tables={
            PLACES.name: lambda rows: rows.filter(
                pl.col("country").is_in(["AFG", "MLI", "SOM", "XKX"])
            )
        },
    ),
)
