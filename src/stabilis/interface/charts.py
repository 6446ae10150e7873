"""One chart grammar: Vega-Lite specifications built here, drawn to SVG on the server.

Colours are CSS custom properties, so the same picture is light, dark and printed.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from stabilis.interface.drawing import Event, Spec

INK, MUTED, RULE, PAPER, ACCENT = (
    f"var(--{name})" for name in ("ink", "muted", "rule", "paper", "accent")
)
SERIES = tuple(f"var(--series-{number})" for number in range(1, 6))

TENS = "datum.value % 10 == 0 ? datum.label : ''"
FIVES = "datum.value % 5 == 0 ? datum.label : ''"
MOST_LABELS = 14

Values = Sequence[Mapping[str, Any]]

CONFIG: Spec = {
    "aria": False,
    "background": None,
    "font": "system-ui, sans-serif",
    "view": {"stroke": None},
    "axis": {
        "labelColor": MUTED,
        "titleColor": MUTED,
        "domainColor": RULE,
        "tickColor": RULE,
        "gridColor": RULE,
        "labelFontSize": 13,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "labelFont": "system-ui, sans-serif",
        "titleFont": "system-ui, sans-serif",
    },
    "header": {
        "labelColor": INK,
        "labelFontSize": 13,
        "labelFontWeight": "bold",
        "labelAnchor": "start",
    },
    "legend": {"labelColor": INK, "titleColor": MUTED, "labelFontSize": 12, "symbolStrokeWidth": 0},
    "text": {"fill": INK, "fontSize": 13},
}


def framed(spec: Spec, *, width: int = 600, height: int = 230) -> Spec:
    """Return a specification with our size and style."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": width,
        "height": height,
        "padding": {"left": 2, "right": 12, "top": 6, "bottom": 4},
        "config": CONFIG,
    } | spec


def years_axis(years: Sequence[int], **more: Any) -> Spec:
    """Return the time axis of yearly data: every year has its place, held or not."""
    return {
        "field": "year",
        "type": "ordinal",
        "axis": {
            "title": None,
            "labelAngle": 0,
            "labelOverlap": "greedy",
            "domain": True,
            "ticks": False,
            "labelExpr": FIVES if len(years) > MOST_LABELS else "datum.label",
        },
        "scale": {"domain": list(years)},
    } | more


def amount_axis(field: str, *, title: str | None = None) -> Spec:
    """Return an axis of magnitudes that starts at zero."""
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"zero": True, "nice": True},
        "axis": {"title": title, "tickCount": 4, "domain": False, "ticks": False, "format": ",.0f"},
    }


def series_colour(names: Sequence[str]) -> Spec:
    """Return one colour per series, in the given order; the page writes the key as text."""
    return {
        "field": "series",
        "type": "nominal",
        "sort": list(names),
        "scale": {"domain": list(names), "range": list(SERIES[: len(names)])},
        "legend": None,
    }


def key(names: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """Return each series with the number of its colour, for the key beside a chart."""
    return tuple((name, number) for number, name in enumerate(names, start=1))


def stacked_years(values: Values, *, names: Sequence[str], events: Sequence[Event] = ()) -> Spec:
    """Return yearly bars stacked by series, with events marked. *Reads* year, series, value."""
    years = span_of(values)
    bars: Spec = {
        "mark": {"type": "bar", "width": {"band": 0.8}},
        "encoding": {
            "x": years_axis(years),
            "y": amount_axis("value"),
            "color": series_colour(names),
            "order": {"field": "order", "type": "quantitative"},
            "tooltip": [
                {"field": "year", "type": "ordinal", "title": _("Year")},
                {"field": "series", "title": _("Series")},
                {"field": "value", "type": "quantitative", "format": ",.0f", "title": _("Value")},
            ],
        },
    }
    ranked = [{**row, "order": list(names).index(row["series"])} for row in values]
    return framed(
        {
            "data": {"values": ranked},
            "layer": [*_gaps(values, years), bars, *_annotations(events, years)],
        }
    )


def span_of(values: Values) -> list[int]:
    """Return every year from the first to the last, those that are not held included."""
    held = [row["year"] for row in values]
    return list(range(min(held), max(held) + 1)) if held else []


def _gaps(values: Values, years: Sequence[int]) -> list[Spec]:
    """Return a grey band over each year between the first and the last that is not held."""
    held = {row["year"] for row in values}
    missing = [{"year": year} for year in years if year not in held]
    if not missing:
        return []
    x = years_axis(years)
    middle = [missing[len(missing) // 2] | {"label": _("not held")}]
    return [
        {
            "data": {"values": missing},
            "mark": {"type": "bar", "color": "var(--raised)", "width": {"band": 1.3}},
            "encoding": {"x": x, "y": {"value": 0}, "y2": {"value": "height"}},
        },
        {
            "data": {"values": middle},
            "mark": {"type": "text", "baseline": "top", "color": MUTED, "dy": 14},
            "encoding": {"x": x, "y": {"value": 0}, "text": {"field": "label"}},
        },
    ]


def _annotations(events: Sequence[Event], years: Sequence[int]) -> list[Spec]:
    """Return a dashed line and a number for each year that holds an event."""
    if not events:
        return []
    rows = [
        {"year": year, "label": ", ".join(str(e.number) for e in events if e.year == year)}
        for year in dict.fromkeys(event.year for event in events)
    ]
    data, x = {"values": rows}, years_axis(years)
    line = {"type": "rule", "color": MUTED, "strokeDash": [2, 3]}
    text = {"type": "text", "align": "left", "dx": 3, "baseline": "top", "color": INK}
    return [
        {"data": data, "mark": line, "encoding": {"x": x}},
        {
            "data": data,
            "mark": text,
            "encoding": {"x": x, "y": {"value": 0}, "text": {"field": "label"}},
        },
    ]


def ranked_bars(values: Values, *, unit: str = "", height_each: int = 24) -> Spec:
    """Return horizontal bars with their values beside them. *Reads* name, value, shown."""
    rows = list(values)
    y: Spec = {
        "field": "name",
        "type": "nominal",
        "sort": [row["name"] for row in rows],
        "axis": {
            "title": None,
            "labelLimit": 230,
            "labelColor": INK,
            "domain": False,
            "ticks": False,
            "labelPadding": 6,
        },
    }
    x = amount_axis("value", title=unit or None)
    return framed(
        {
            # The reader's font may be wider than the one that measured the labels: leave room.
            "padding": {"left": 36, "right": 36, "top": 6, "bottom": 4},
            "data": {"values": rows},
            "encoding": {"y": y, "x": x},
            "layer": [
                {"mark": {"type": "bar", "color": ACCENT, "height": {"band": 0.7}}},
                {
                    "mark": {"type": "text", "align": "left", "dx": 4, "color": INK},
                    "encoding": {"text": {"field": "shown"}},
                },
            ],
        },
        width=420,
        height=max(40, height_each * len(rows)),
    )
