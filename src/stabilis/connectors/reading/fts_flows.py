"""Lays one flow of UN FTS, as its interface answers it, flat under the headings of the FTS CSV.

A flow has two sides, each a list of objects (organisation, location, plan, cluster, usage year).
Several of one type are joined by "; "; the first and last usage year stand apart, as in the CSV.
"""

import re
from collections.abc import Sequence
from typing import Any

from stabilis.connectors.reading.jsonrows import printed

SIDES = {"sourceObjects": "src", "destinationObjects": "dest"}
NAMED = {
    "Organization": "Organization",
    "Location": "Locations",
    "Plan": "Plan",
    "Cluster": "Clusters",
    "GlobalCluster": "GlobalClusters",
    "Emergency": "Emergency",
}
MIDNIGHT = re.compile(r"T\d\d:\d\d:\d\d(?:\.\d+)?Z$")
DAYS = ("date", "decisionDate", "firstReportedDate", "createdAt", "updatedAt")
LISTS = ("childFlowIds", "grandBargainEarmarkingType", "keywords")
SEPARATOR = "; "

Flat = dict[str, str | None]


def fault(flow: dict[str, Any]) -> str | None:
    """Return the side of a flow that is no list of objects with type and name; None: sound."""
    for side in SIDES:
        objects = flow.get(side)
        if not isinstance(objects, list) or not all(_is_sound(item) for item in objects):
            return side
    return None


def flat(flow: dict[str, Any]) -> Flat:
    """Return a sound flow as printed text under the headings of the CSV."""
    cells = {name: _cell(name, value) for name, value in flow.items() if name not in SIDES}
    for side, prefix in SIDES.items():
        cells |= _side(flow[side], prefix)
    return cells


def _is_sound(item: object) -> bool:
    return isinstance(item, dict) and all(
        isinstance(item.get(key), str) for key in ("type", "name")
    )


def _cell(name: str, value: Any) -> str | None:
    if name in LISTS and isinstance(value, list):
        return _joined(value)
    # FTS prints a number as briefly as it can be told from its neighbours, and so does Python: an
    # exchange rate comes out as it went in (the CSV of the same flows agrees in all 199).
    text = printed(value)
    return MIDNIGHT.sub("", text) if text and name in DAYS else text


def _side(objects: Sequence[dict[str, Any]], prefix: str) -> Flat:
    names = {
        f"{prefix}{heading}": _joined([item["name"] for item in objects if item["type"] == kind])
        for kind, heading in NAMED.items()
    }
    kinds = [
        kind
        for item in objects
        if item["type"] == "Organization" and isinstance(item.get("organizationTypes"), list)
        for kind in item["organizationTypes"]
    ]
    plans = [item.get("id") for item in objects if item["type"] == "Plan"]
    years = sorted(item["name"] for item in objects if item["type"] == "UsageYear")
    return names | {
        f"{prefix}OrganizationTypes": _joined(kinds),
        f"{prefix}PlanId": _joined(plans),
        f"{prefix}UsageYearStart": years[0] if years else None,
        f"{prefix}UsageYearEnd": years[-1] if years else None,
    }


def _joined(values: Sequence[Any]) -> str | None:
    return SEPARATOR.join(printed(value) or "" for value in values) or None
