"""Governance by dimension, each with its error; never one bare score and never an average."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from stabilis.evidence import held
from stabilis.evidence.held import Held, NotHeld
from stabilis.interface import multiples
from stabilis.interface.drawing import Chart
from stabilis.interface.numbers import plain
from stabilis.interface.tables import Column, Table
from stabilis.portal import tracing
from stabilis.portal.panels import Asked, Panel, Section, Unknown, no_rows, not_held

NINETY_PERCENT = 1.645
DIMENSIONS: Mapping[str, Callable[[], str]] = {
    "voice_and_accountability": lambda: _("Voice and accountability"),
    "political_stability": lambda: _("Political stability and absence of violence"),
    "government_effectiveness": lambda: _("Government effectiveness"),
    "regulatory_quality": lambda: _("Regulatory quality"),
    "rule_of_law": lambda: _("Rule of law"),
    "control_of_corruption": lambda: _("Control of corruption"),
}


def build(asked: Asked) -> Section:
    """Return the section for one country."""
    missing = {
        "what": _("How the country is governed, by dimension"),
        "blocks": _("whether support builds on institutions or goes round them"),
    }
    where = {"country": asked.country}
    found = held.rows("wgi", table="governance_estimates", where=where, horizon=asked.horizon)
    if isinstance(found, NotHeld):
        return not_held(found, **missing)
    if found.frame.is_empty():
        return no_rows(found.snapshot, **missing)
    return _section(asked, found)


def _section(asked: Asked, found: Held) -> Section:
    address = reverse("panel", args=[asked.country, "governance"])
    rows = [bounded(row) for row in tracing.traced(found)]
    table = Table(
        "governance",
        _("Governance estimates by dimension and year"),
        columns(),
        rows,
        source=tracing.source_line(found.snapshot),
        notes=notes(),
        link_label=_("Source row"),
    ).ordered("-year")
    last = str(max(row["year"] for row in rows))
    numbers = [
        replace(
            tracing.number(
                table,
                figure="estimate",
                where={"dimension": dimension, "year": last},
                snapshot=found.snapshot,
                address=address,
            ),
            label=name(),
            as_of=last,
        )
        for dimension, name in DIMENSIONS.items()
    ]
    return Section(
        finding=finding(rows),
        table=table,
        charts=(chart(rows, address, tracing.source_line(found.snapshot)),),
        numbers=numbers,
        snapshots=(found.snapshot,),
        notes=notes(),
        span=tracing.span(found.frame),
        unknowns=(
            Unknown(
                _("Governance after %(last)s") % {"last": last},
                _("whether institutions can carry what is handed to them today"),
            ),
        ),
    )


def bounded(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row with its dimension in words and the 90 % interval of its estimate."""
    estimate, error = row["estimate"], row["standard_error"]
    known = estimate is not None and error is not None
    return row | {
        "dimension_name": DIMENSIONS[row["dimension"]](),
        "low": estimate - NINETY_PERCENT * error if known else None,
        "high": estimate + NINETY_PERCENT * error if known else None,
    }


def columns() -> tuple[Column, ...]:
    """Return the columns of the table behind this panel."""
    unit = _("standard units")
    return (
        Column("year", _("Year")),
        Column("dimension_name", _("Dimension")),
        Column("estimate", _("Estimate"), unit, "number", low="low", high="high"),
        # xgettext:no-python-format
        Column("low", _("Low, 90 % interval"), unit, "number"),
        # xgettext:no-python-format
        Column("high", _("High, 90 % interval"), unit, "number"),
        Column("standard_error", _("Standard error"), unit, "number"),
        Column("sources", _("Sources used"), _("sources"), "integer"),
        Column("dimension", _("Code of the dimension")),
    )


def finding(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return the finding: which dimensions moved beyond their error, first year to last."""
    moved = [told for dimension in DIMENSIONS if (told := change(rows, dimension))]
    if not moved:
        return _(
            "In none of the six dimensions do the intervals of the first and the last year held "
            "lie apart: no change can be told from error."
        )
    return _("Beyond their error: %(moved)s.") % {"moved": "; ".join(moved)}


def change(rows: Sequence[Mapping[str, Any]], dimension: str) -> str:
    """Return in words how a dimension moved, empty where the intervals overlap or are unknown."""
    known = [row for row in rows if row["dimension"] == dimension and row["low"] is not None]
    if len(known) < 2:
        return ""
    first, last = min(known, key=lambda r: r["year"]), max(known, key=lambda r: r["year"])
    told = {
        "name": DIMENSIONS[dimension]().lower(),
        "first": first["year"],
        "last": last["year"],
    }
    if last["low"] > first["high"]:
        return _("%(name)s rose from %(first)s to %(last)s") % told
    if last["high"] < first["low"]:
        return _("%(name)s fell from %(first)s to %(last)s") % told
    return ""


def chart(rows: Sequence[Mapping[str, Any]], address: str, source: str) -> Chart:
    """Return six small charts, each a line with its interval, on one scale."""
    values = [
        {
            "panel": row["dimension_name"],
            "year": row["year"],
            "value": row["estimate"],
            "low": row["low"],
            "high": row["high"],
        }
        for row in sorted(rows, key=lambda row: row["year"])
    ]
    return Chart(
        title=finding(rows),
        # xgettext:no-python-format
        subtitle=_("Estimate with its 90 % interval, standard units; the same scale for all"),
        spec=multiples.lines_with_intervals(values, names=[name() for name in DIMENSIONS.values()]),
        alt="; ".join(latest(rows, dimension) for dimension in DIMENSIONS),
        source=source,
        table_href=address,
        spec_href=f"{address}chart.json",
    )


def latest(rows: Sequence[Mapping[str, Any]], dimension: str) -> str:
    """Return the last estimate of a dimension with its interval, in words."""
    row = max((r for r in rows if r["dimension"] == dimension), key=lambda r: r["year"])
    return f"{row['dimension_name']} {row['year']}: {plain(row['estimate'], digits=2)}"


def notes() -> tuple[str, ...]:
    """Return what a reader of the estimates must know."""
    return (
        _(
            "Each dimension is the producer's estimate of how others see the country, from many "
            "sources; 0 is the average of all countries of that year. A difference smaller than "
            "the interval means nothing."
        ),
        _("The six dimensions are not averaged: no single score is shown or meant."),
    )


PANEL = Panel(
    title=lambda: _("Governance, by dimension"),
    question=lambda: _("How is the country governed, and how sure is that?"),
    build=build,
)
