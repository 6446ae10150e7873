"""Maps in the same grammar as charts: outlines, borders, circles; north is up, no base is drawn."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from stabilis.interface.charts import ACCENT, INK, framed
from stabilis.interface.drawing import Spec

LAND, BORDER, PAPER = "var(--land)", "var(--border)", "var(--paper)"


def features(shapes: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return GeoJSON features of outlines. *Reads* name, geometry (GeoJSON), disputed."""
    return [
        {
            "type": "Feature",
            "properties": {"name": each["name"], "disputed": each["disputed"]},
            "geometry": each["geometry"],
        }
        for each in shapes
    ]


def dotted(
    *, around: Sequence[Any], own: Sequence[Any], circles: Sequence[Mapping[str, Any]], unit: str
) -> Spec:
    """Return a map: neighbours, the country, and circles whose area is the number of deaths.

    *Reads* features of the neighbours and the country; circles: longitude, latitude, deaths, place.
    """
    layers: list[Spec] = [
        _shape(around, fill=LAND, stroke="none"),
        _shape(_drawn_apart(around, apart=False), stroke=BORDER),
        _shape(_drawn_apart(around, apart=True), stroke=BORDER, dash=[4, 3]),
        _shape(own, fill=PAPER, stroke="none"),
        _shape(_drawn_apart(own, apart=False), stroke=INK),
        _shape(_drawn_apart(own, apart=True), stroke=INK, dash=[4, 3]),
    ]
    if circles:
        layers.append(_circles(circles, unit))
    return framed({"projection": {"type": "mercator"}, "layer": layers}, width=560, height=420)


def _drawn_apart(shapes: Sequence[Any], *, apart: bool) -> list[Any]:
    return [each for each in shapes if each["properties"]["disputed"] is apart]


def _shape(
    shapes: Sequence[Any], *, stroke: str, fill: str = "none", dash: Sequence[int] = ()
) -> Spec:
    mark: Spec = {"type": "geoshape", "fill": fill, "stroke": stroke, "strokeWidth": 0.8}
    if dash:
        mark |= {"strokeDash": list(dash), "strokeWidth": 1.2}
    return {"data": {"values": list(shapes)}, "mark": mark}


def _circles(circles: Sequence[Mapping[str, Any]], unit: str) -> Spec:
    return {
        "data": {"values": list(circles)},
        "mark": {
            "type": "circle",
            "color": ACCENT,
            "opacity": 0.55,
            "stroke": PAPER,
            "strokeWidth": 0.5,
        },
        "encoding": {
            "longitude": {"field": "longitude", "type": "quantitative"},
            "latitude": {"field": "latitude", "type": "quantitative"},
            "size": {
                "field": "deaths",
                "type": "quantitative",
                "scale": {"type": "linear", "zero": True, "range": [4, 700]},
                "legend": {
                    "orient": "bottom",
                    "title": unit,
                    "symbolFillColor": ACCENT,
                    "values": legend_values(circles),
                },
            },
            "tooltip": [
                {"field": "place", "title": _("Place")},
                {"field": "deaths", "type": "quantitative", "title": unit},
            ],
        },
    }


def legend_values(circles: Sequence[Mapping[str, Any]]) -> list[int]:
    """Return one, two or three round numbers that explain the circles' areas."""
    most = max((int(circle["deaths"]) for circle in circles), default=0)
    tops = [value for value in (1, 10, 100, 1000, 10000) if value <= most]
    return tops[-3:] or [most]
