"""Bars by month: the one chart whose time axis is finer than a year."""

from stabilis.interface.charts import ACCENT, Values, amount_axis, framed
from stabilis.interface.drawing import Spec


def monthly_bars(values: Values) -> Spec:
    """Return a bar for each month. *Reads* month (ISO date of its first day) and value."""
    axis = {"title": None, "format": "%Y", "labelOverlap": "greedy", "ticks": False, "grid": False}
    return framed(
        {
            "data": {"values": list(values)},
            "mark": {"type": "bar", "color": ACCENT, "width": {"band": 1}},
            "encoding": {
                "x": {"field": "month", "type": "temporal", "timeUnit": "utcyearmonth"}
                | {"axis": axis},
                "y": amount_axis("value"),
                "tooltip": [
                    {"field": "month", "type": "temporal", "timeUnit": "utcyearmonth"},
                    {"field": "value", "type": "quantitative", "format": ",.0f"},
                ],
            },
        }
    )
