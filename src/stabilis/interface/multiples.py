"""Small multiples: one little chart per country or per dimension, side by side."""

from collections.abc import Sequence
from typing import Any

from stabilis.interface.charts import (
    ACCENT,
    MUTED,
    TENS,
    Values,
    amount_axis,
    framed,
    series_colour,
    span_of,
    years_axis,
)
from stabilis.interface.drawing import Spec


def small_multiples(values: Values, *, names: Sequence[str]) -> Spec:
    """Return one panel per country, each on its own scale, which its subtitle must say.

    *Reads* country, year, series, value. Years between that are not held are grey, not empty.
    """
    years, height = span_of(values), 110
    axis = {"title": None, "labelAngle": 0, "ticks": False, "labelExpr": TENS}
    x = years_axis(years, axis=axis)
    ranked = [{**row, "order": list(names).index(row["series"])} for row in values]
    gap: Spec = {
        "transform": [{"filter": "datum.gap"}],
        "mark": {"type": "bar", "color": "var(--raised)", "width": {"band": 1.3}},
        "encoding": {"x": x, "y": {"value": 0}, "y2": {"value": height}},
    }
    bars: Spec = {
        "transform": [{"filter": "!datum.gap"}],
        "mark": {"type": "bar", "width": {"band": 0.8}},
        "encoding": {
            "x": x,
            "y": amount_axis("value"),
            "color": series_colour(names),
            "order": {"field": "order", "type": "quantitative"},
        },
    }
    spec = framed(
        {
            "data": {"values": [*ranked, *_gaps_by_country(values)]},
            "facet": {
                "field": "country",
                "type": "nominal",
                "sort": list(dict.fromkeys(row["country"] for row in values)),
                "header": {"title": None},
            },
            "columns": 2,
            "resolve": {"scale": {"y": "independent"}},
            "spec": {"width": 280, "height": height, "layer": [gap, bars]},
        }
    )
    return {key: value for key, value in spec.items() if key not in {"width", "height"}}


def _gaps_by_country(values: Values) -> list[dict[str, Any]]:
    countries = dict.fromkeys(row["country"] for row in values)
    rows = {name: [row for row in values if row["country"] == name] for name in countries}
    return [
        {"country": name, "year": year, "gap": True}
        for name, held in rows.items()
        for year in span_of(held)
        if year not in {row["year"] for row in held}
    ]


def lines_with_intervals(values: Values, *, names: Sequence[str]) -> Spec:
    """Return one small chart per name, a line with its interval, all on one scale.

    *Reads* panel, year, value, low, high.
    """
    years = span_of(values)
    x = years_axis(years, axis={"title": None, "labelAngle": 0, "ticks": False, "labelExpr": TENS})
    y = amount_axis("value")
    y |= {"scale": {"zero": False}, "axis": y["axis"] | {"format": ".1f"}}
    band: Spec = {
        "mark": {"type": "area", "color": ACCENT, "opacity": 0.2},
        "encoding": {"x": x, "y": y | {"field": "low"}, "y2": {"field": "high"}},
    }
    line: Spec = {
        "mark": {"type": "line", "color": ACCENT, "strokeWidth": 1.8},
        "encoding": {"x": x, "y": y},
    }
    zero: Spec = {
        "mark": {"type": "rule", "color": MUTED, "strokeDash": [2, 3]},
        "encoding": {"y": {"datum": 0}},
    }
    spec = framed(
        {
            "data": {"values": list(values)},
            "facet": {
                "field": "panel",
                "type": "nominal",
                "sort": list(names),
                "header": {"title": None, "labelLimit": 280},
            },
            "columns": 2,
            "spec": {"width": 270, "height": 90, "layer": [zero, band, line]},
        }
    )
    return {key: value for key, value in spec.items() if key not in {"width", "height"}}
