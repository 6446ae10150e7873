"""UCDP GED 20.1 as points: year, place, killed and civilians killed, and nothing else.

This cut of the event data has no id, date, actor, type of violence or country. A country is found
by clipping the points to its borders; it is not the whole of GED.
"""

from collections.abc import Iterator
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

CELLS = {
    "year": Cell("year", "integer", required=True, low=1989, high=2100),
    "longitude": Cell("longitude", "number", required=True, low=-180, high=180),
    "latitude": Cell("latitude", "number", required=True, low=-90, high=90),
    "place": Cell("where_coordinates"),
    "deaths_best": Cell("best", "integer", required=True, low=0, high=1_000_000),
    "civilians": Cell("deaths_civilians", "integer", required=True, low=0, high=1_000_000),
}
VIOLENCE_POINTS = traced(
    "violence_points",
    "One event of organised violence, without date, actors or country.",
    ("source_file", "source_row"),
    {
        "year": Column(pl.Int64, "calendar year", nullable=False),
        "longitude": Column(pl.Float64, "east of Greenwich", "degrees", nullable=False),
        "latitude": Column(pl.Float64, "north of the equator", "degrees", nullable=False),
        "place": Column(pl.String, "place that the coordinates stand for, as printed"),
        "deaths_best": Column(pl.Int64, "killed, best estimate", "deaths", nullable=False),
        "civilians": Column(pl.Int64, "civilians among the killed", "deaths", nullable=False),
    },
)
COLUMNS_READ = tuple(cell.column for cell in CELLS.values())
# West, east, south, north. They include neighbours' ground: the borders decide, not the box.
BOXES = {
    "AFG": (60.4, 75.2, 29.3, 38.6),
    "MLI": (-12.3, 4.3, 10.0, 25.1),
    "SOM": (40.9, 51.5, -1.8, 12.2),
    "XKX": (20.0, 21.9, 41.8, 43.3),
}


def read(path: Path, quarantine: Quarantine) -> Iterator[Batch]:
    """Yield points in the order of the file."""
    for raw in delimited.read(path, expected=COLUMNS_READ, quarantine=quarantine):
        rows = typed(raw, cells=CELLS, quarantine=quarantine)
        frame = rows.with_columns(pl.lit(path.name).alias("source_file"))
        yield Batch("violence_points", VIOLENCE_POINTS.check(frame))


def within_boxes(points: pl.DataFrame) -> pl.DataFrame:
    """Return the points within the four cases' boxes, each once."""
    inside = [
        pl.col("longitude").is_between(west, east) & pl.col("latitude").is_between(south, north)
        for west, east, south, north in BOXES.values()
    ]
    return points.filter(pl.any_horizontal(inside))


def release(path: Path) -> Release:
    """Return the release that the file's name carries, as in `ged201`."""
    digits = "".join(letter for letter in path.stem.rpartition("ged")[2] if letter.isdigit())
    return Release(f"{digits[:2]}.{digits[2:]}" if len(digits) == 3 else "unknown")


def recognises(path: Path) -> bool:
    """Tell whether a file has exactly this cut's six columns."""
    return path.suffix.lower() == ".csv" and delimited.header(path) == list(COLUMNS_READ)


SOURCE = Source(
    title="UCDP GED 20.1, points",
    producer="Uppsala Conflict Data Program (UCDP), Uppsala University; cut by the Geo-PKO project",
    url="https://ucdp.uu.se/downloads/",
    citation=(
        "Sundberg, R. and Melander, E., Introducing the UCDP Georeferenced Event Dataset, Journal "
        "of Peace Research 50(4), 2013; release 20.1 cut to six columns. Citation from memory."
    ),
    licence=Licence(
        "CC BY 4.0 (UCDP); carried in a repository under GPL-2",
        may_ship=True,
        seen_in="memory",
        url="https://creativecommons.org/licenses/by/4.0/",
    ),
    tables=(VIOLENCE_POINTS,),
    recognises=recognises,
    read=read,
    release=release,
    print_rows=delimited.print_rows,
    expects=(
        Expectation("violence_points", rows=(1_000, 1_000_000), why="GED 20.1 from 1995 to 2019"),
    ),
    events={"violence_points": "year"},
    notes=(
        "No id, date, actor, type of violence or country: points are clipped to borders later.",
        "61,296 events of 1995–2019: not the whole of GED 20.1. From 2020 on nothing is held.",
        "Coordinates of an event known only by district or province stand for its centre.",
    ),
    cut=Cut(
        what="points within boxes around the four cases, neighbours' ground included",
        tables={"violence_points": within_boxes},
    ),
)
