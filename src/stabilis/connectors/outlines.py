"""Country outlines of Natural Earth, as GeoJSON or as the TopoJSON that the web community ships.

One row is one territory as Natural Earth draws it. Kosovo and Somaliland are drawn apart there;
that is a drawing, not a position, and pages dash such borders.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy
import polars as pl
from shapely import from_wkt, to_wkt
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from stabilis.analysis.frames import Column, traced
from stabilis.connectors import (
    Batch,
    Cut,
    Expectation,
    Licence,
    Quarantine,
    Release,
    Source,
    SourceRefused,
)
from stabilis.connectors.reading import jsonrows
from stabilis.connectors.reading.countries import alpha3_of_name

APART = {"Somaliland": "SOM", "Kosovo": "XKX", "N. Cyprus": "CYP", "W. Sahara": "ESH"}
FINE, COARSE = 0.005, 0.05
HEAD_BYTES = 1_024
NO_OUTLINE = (
    *(ShapelyError, ArithmeticError, ValueError, TypeError),
    *(AttributeError, KeyError, IndexError),
)
CASES = ("AFG", "MLI", "SOM", "XKX")
NEIGHBOURS = (
    *("IRN", "PAK", "TJK", "TKM", "UZB"),
    *("BFA", "CIV", "DZA", "GIN", "MRT", "NER", "SEN"),
    *("DJI", "ETH", "KEN"),
    *("ALB", "MKD", "MNE", "SRB"),
)

OUTLINES = traced(
    "outlines",
    "One territory as Natural Earth draws it.",
    ("name",),
    {
        "country": Column(pl.String, "alpha-3 code of the country it is drawn with, or empty"),
        "name": Column(pl.String, "name in the file", nullable=False),
        "is_apart": Column(
            pl.Boolean, "drawn apart although its status is disputed", nullable=False
        ),
        "wkt": Column(pl.String, "outline in longitude and latitude, WKT", nullable=False),
    },
)


def read(path: Path, quarantine: Quarantine) -> Iterator[Batch]:
    """Yield one row per territory; an outline that is no polygon is set aside."""
    document = jsonrows.document(path)
    rows = []
    for row, (name, drawn) in enumerate(_territories(path, document), start=1):
        try:
            # A coordinate that is no number would only be warned of, and drawn somewhere.
            with numpy.errstate(all="raise"):
                rows.append(_row(path, row, name, shape(drawn)))
        except NO_OUTLINE:
            quarantine.add(
                row=row,
                field="geometry",
                value=str(drawn)[:200],
                reason="this is not a polygon",
                remedy="Repair the outline in the file.",
            )
    yield Batch("outlines", pl.DataFrame(rows, schema=OUTLINES.schema, orient="row"))


def _row(path: Path, row: int, name: str, geometry: BaseGeometry) -> tuple[Any, ...]:
    whole = geometry if geometry.is_valid else geometry.buffer(0)
    if whole.is_empty or whole.geom_type not in {"Polygon", "MultiPolygon"}:
        raise ValueError("no polygon")
    country = APART.get(name) or alpha3_of_name(name).alpha3
    is_apart = name in APART
    return country, name, is_apart, whole.wkt, path.name, row


def _territories(path: Path, document: Any) -> Iterator[tuple[str, Any]]:
    """Yield name and outline. Raises SourceRefused when the file is neither of the two forms."""
    try:
        if document["type"] == "Topology":
            yield from _from_topology(document)
            return
        for feature in document["features"]:
            names = feature["properties"]
            yield names.get("name") or names.get("NAME") or "", feature["geometry"]
    except NO_OUTLINE as error:
        raise SourceRefused(
            path,
            f"there are no country outlines in it ({error})",
            remedy="Load Natural Earth admin-0 countries as GeoJSON or TopoJSON.",
        ) from error


def _from_topology(document: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each territory as GeoJSON, without islands that the file's grid shrank to a point."""
    arcs = [_arc(arc, document["transform"]) for arc in document["arcs"]]
    for item in document["objects"]["countries"]["geometries"]:
        parts = item["arcs"] if item["type"] == "MultiPolygon" else [item["arcs"]]
        polygons = [[_ring(arcs, ring) for ring in part] for part in parts]
        drawn = [polygon for polygon in polygons if len(polygon[0]) >= 4]
        outline = {"type": "MultiPolygon", "coordinates": drawn}
        yield item["properties"]["name"], outline


def _arc(deltas: Sequence[Sequence[int]], transform: Any) -> list[tuple[float, float]]:
    """Return an arc's points: each is stored as the step from the one before, in whole units."""
    (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for step_x, step_y in deltas:
        x, y = x + step_x, y + step_y
        points.append((x * scale_x + move_x, y * scale_y + move_y))
    return points


def _ring(arcs: list[list[tuple[float, float]]], parts: Sequence[int]) -> list[tuple[float, float]]:
    """Return a ring joined from arcs; a negative number is an arc run backwards."""
    points: list[tuple[float, float]] = []
    for part in parts:
        arc = arcs[part] if part >= 0 else arcs[~part][::-1]
        points += arc[1:] if points else arc
    return points


def recognises(path: Path) -> bool:
    """Tell whether a file begins as Natural Earth's countries do, in either form."""
    if path.suffix.lower() not in {".json", ".geojson"} or not path.is_file():
        return False
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    topology = b'"Topology"' in head and b'"countries"' in head
    return topology or (b'"FeatureCollection"' in head and b'"Admin-0 country"' in head)


def release(path: Path) -> Release:
    """Return the scale that the file's name tells: 10m, 50m or 110m."""
    scale = next((part for part in ("110m", "50m", "10m") if part in path.name), "unknown")
    return Release(scale)


def print_rows(path: Path, rows: Sequence[int]) -> dict[int, dict[str, str]]:
    """Return the names in the asked rows; outlines are too long to print."""
    named = enumerate(_territories(path, jsonrows.document(path)), start=1)
    return {row: {"name": name} for row, (name, _outline) in named if row in set(rows)}


def simplified(rows: pl.DataFrame) -> pl.DataFrame:
    """Return every territory generalised: finely for the four cases and around, else coarsely."""
    drawn = [
        generalised(row["wkt"], FINE if row["country"] in CASES + NEIGHBOURS else COARSE)
        for row in rows.to_dicts()
    ]
    return rows.with_columns(pl.Series("wkt", drawn))


def generalised(wkt: str, tolerance: float) -> str:
    """Return an outline generalised to a tolerance in degrees, written to three decimals."""
    whole = from_wkt(wkt).simplify(tolerance)
    return str(to_wkt(whole, rounding_precision=3))


SOURCE = Source(
    title="Natural Earth admin-0 countries",
    producer="Natural Earth",
    url="https://www.naturalearthdata.com/",
    citation="Made with Natural Earth: admin-0 countries, version 4 (2017, from memory) or later.",
    licence=Licence("public domain", may_ship=True, seen_in="memory"),
    tables=(OUTLINES,),
    recognises=recognises,
    read=read,
    release=release,
    print_rows=print_rows,
    expects=(Expectation("outlines", rows=(150, 400), why="every country and some territories"),),
    events={},
    each_file_is_a_release=True,
    notes=(
        "Generalised: a point within some kilometres of a border may fall on the wrong side.",
        "Drawn apart and dashed here: Kosovo, Somaliland, northern Cyprus, Western Sahara.",
    ),
    cut=Cut(
        what="all outlines, to 0.005 degrees for the four cases and around, else to 0.05",
        tables={"outlines": simplified},
        printed=False,
    ),
)
