"""Risk as another producer sees it: INFORM's three dimensions side by side, never averaged."""

from dataclasses import replace
from typing import Any

import polars as pl
from django.urls import reverse
from django.utils.translation import gettext as _

from stabilis.evidence import held
from stabilis.evidence.held import Held, NotHeld
from stabilis.interface import multiples
from stabilis.interface.drawing import Chart
from stabilis.interface.tables import Column, Table
from stabilis.portal import tracing
from stabilis.portal.panels import Asked, Panel, Section, Unknown, no_rows, not_held
from stabilis.portal.panels.giving import rounded

SOURCE = "inform"
# The composite index is left out: it hides which of its parts moved.
DIMENSIONS = ("HA", "VU", "CC")
Rows = list[dict[str, Any]]


def names() -> dict[str, str]:
    """Return INFORM's three dimensions as a reader meets them."""
    return {
        "HA": _("Hazard and exposure"),
        "VU": _("Vulnerability"),
        "CC": _("Lack of coping capacity"),
    }


def build(asked: Asked) -> Section:
    """Return the section for one country."""
    found = held.rows(
        SOURCE,
        table="risk_scores",
        where={"country": asked.country, "indicator_id": list(DIMENSIONS)},
        horizon=asked.horizon,
    )
    missing = {
        "what": _("Risk of humanitarian crisis, as INFORM scores it"),
        "blocks": _("whether hazards or weak capacity should be met first"),
    }
    if isinstance(found, NotHeld):
        return not_held(found, **missing)
    if found.frame.is_empty():
        return no_rows(found.snapshot, **missing)
    return _section(asked, found)


def _section(asked: Asked, found: Held) -> Section:
    address = reverse("panel", args=[asked.country, "risk"])
    rows = [row | {"dimension": row["indicator_id"]} for row in tracing.traced(found)]
    table = _table(rows, found)
    last = str(found.frame.select(pl.col("year").max()).item())
    return Section(
        finding=finding(rows),
        table=table,
        charts=(_chart(rows, address, tracing.source_line(found.snapshot)),),
        numbers=[
            replace(
                tracing.number(
                    table,
                    figure="score",
                    where={"year": last, "dimension": each},
                    snapshot=found.snapshot,
                    address=address,
                ),
                label=name,
            )
            for each, name in names().items()
        ],
        unknowns=(
            Unknown(
                _("How sure INFORM's scores are: the producer prints no interval"),
                _("whether a change of a few tenths means anything"),
            ),
        ),
        snapshots=(found.snapshot,),
        notes=notes(),
        span=tracing.span(found.frame),
    )


def _table(rows: Rows, found: Held) -> Table:
    columns = (
        Column("year", _("Year of the index")),
        Column("dimension", _("Dimension")),
        Column("indicator", _("Name as printed")),
        Column("score", _("Score, higher is more risk"), _("score of 0–10"), "number"),
    )
    return Table(
        "risk",
        _("INFORM: three dimensions of risk by year"),
        columns,
        rows,
        source=tracing.source_line(found.snapshot),
        notes=notes(),
        link_label=_("Source row"),
    ).ordered("-year")


def finding(rows: Rows) -> str:
    """Return the finding: each dimension in the last year; no sum and no average of them."""
    last = max(row["year"] for row in rows)
    told = ", ".join(
        _("%(name)s %(score)s") % {"name": names()[each].lower(), "score": rounded(row["score"])}
        for each in DIMENSIONS
        for row in rows
        if row["dimension"] == each and row["year"] == last
    )
    return _("INFORM %(year)s, each from 0 to 10, higher is more risk: %(told)s.") % {
        "year": last,
        "told": told,
    }


def _chart(rows: Rows, address: str, source: str) -> Chart:
    labels = names()
    values = [
        {"panel": labels[row["dimension"]], "year": row["year"], "value": row["score"]}
        for row in sorted(rows, key=lambda row: row["year"])
    ]
    return Chart(
        title=finding(rows),
        subtitle=_("Score of 0–10 a year, one small chart a dimension, the same scale for all"),
        spec=multiples.lines_with_intervals(values, names=list(labels.values())),
        alt=finding(rows),
        source=source,
        table_href=address,
        spec_href=f"{address}chart.json",
    )


def notes() -> tuple[str, ...]:
    """Return what a reader of another producer's scores must know."""
    return (
        _(
            "Another producer's view, scored from many indicators by its own choices. The three "
            "dimensions answer different questions and are not averaged here; INFORM's own "
            "composite index is not shown."
        ),
        _("Earlier years are computed back with the newest method; older releases printed others."),
    )


PANEL = Panel(
    title=lambda: _("Risk, as INFORM scores it"),
    question=lambda: _("What makes a crisis likely, and how well could the country cope?"),
    build=build,
)
