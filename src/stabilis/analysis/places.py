"""Points and outlines: which points lie inside, and how many on each square of a coarse grid."""

import polars as pl
import shapely


def inside(points: pl.DataFrame, *, outline: str) -> pl.Series:
    """Return one Boolean per point: whether it lies in an outline, borders included.

    *Reads* longitude, latitude in degrees (WGS 84); the outline as well-known text.
    """
    area = shapely.from_wkt(outline)
    shapely.prepare(area)
    found = shapely.intersects_xy(
        area, points["longitude"].to_numpy(), points["latitude"].to_numpy()
    )
    return pl.Series("inside", found, dtype=pl.Boolean)


def on_grid(points: pl.DataFrame, *, degrees: float) -> pl.DataFrame:
    """Return one row per square of a grid: its centre, events, deaths, and the commonest place.

    *Reads* longitude, latitude, deaths_best, place. *Returns* longitude, latitude, events,
    deaths, place, by falling deaths.
    """
    centre = {
        name: ((pl.col(name) / degrees).floor() * degrees + degrees / 2).round(4)
        for name in ("longitude", "latitude")
    }
    return (
        points.with_columns(**centre)
        .group_by("longitude", "latitude")
        .agg(
            events=pl.len(),
            deaths=pl.col("deaths_best").sum(),
            place=pl.col("place").mode().sort().first(),
        )
        .sort("deaths", "longitude", "latitude", descending=[True, False, False])
    )


def coarse_enough(points: pl.DataFrame, *, most: int, finest: float = 0.1) -> float:
    """Return the finest grid, doubling from `finest` degrees, that has at most `most` squares."""
    degrees = finest
    while on_grid(points, degrees=degrees).height > most:
        degrees *= 2
    return degrees
