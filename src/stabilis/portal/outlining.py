"""The outline of a country, its neighbours around it, and what is drawn apart, as GeoJSON."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import shapely
from shapely.geometry import box, mapping
from shapely.geometry.base import BaseGeometry

from stabilis.evidence import held
from stabilis.evidence.held import NotHeld
from stabilis.interface.maps import features
from stabilis.warehouse.manifest import Manifest

MARGIN = 0.08


@dataclass(frozen=True)
class Outline:
    """What a map of a country is drawn on; `wkt` is the country with what is drawn apart in it."""

    wkt: str
    own: tuple[Any, ...]
    around: tuple[Any, ...]
    snapshot: Manifest


def outline(country: str) -> Outline | None:
    """Return what to draw a country on, None where no outline of it is held."""
    return _outline(country, held.fingerprint())


@lru_cache(maxsize=32)
def _outline(country: str, _fingerprint: str) -> Outline | None:
    found = held.rows("outlines", table="outlines")
    if isinstance(found, NotHeld):
        return None
    shapes = [
        {"name": row["name"], "country": row["country"], "disputed": row["is_apart"]}
        | {"shape": shapely.from_wkt(row["wkt"])}
        for row in found.frame.to_dicts()
    ]
    own = [each for each in shapes if each["country"] == country]
    if not own:
        return None
    whole = shapely.union_all([each["shape"] for each in own])
    frame = _frame(whole)
    around = [each for each in shapes if each["country"] != country]
    return Outline(
        wkt=whole.wkt,
        own=tuple(features([_drawn(each, frame) for each in own])),
        around=tuple(
            features([_drawn(each, frame) for each in around if each["shape"].intersects(frame)])
        ),
        snapshot=found.snapshot,
    )


def _frame(whole: BaseGeometry) -> BaseGeometry:
    west, south, east, north = whole.bounds
    margin = MARGIN * max(east - west, north - south)
    return box(west - margin, south - margin, east + margin, north + margin)


def _drawn(each: dict[str, Any], frame: BaseGeometry) -> dict[str, Any]:
    """Return a shape cut to the frame; its rings run clockwise, as the drawing library asks."""
    cut = shapely.orient_polygons(each["shape"].buffer(0).intersection(frame), exterior_cw=True)
    return each | {"geometry": mapping(cut)}
