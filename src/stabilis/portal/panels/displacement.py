"""Displacement: people who fled the country, and those displaced within it, year by year."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
from django.urls import reverse
from django.utils.translation import gettext as _

from stabilis.evidence import held
from stabilis.evidence.held import Held, NotHeld
from stabilis.interface import charts
from stabilis.interface.drawing import Chart
from stabilis.interface.numbers import plain
from stabilis.interface.tables import Column, Table
from stabilis.portal import tracing
from stabilis.portal.panels import Asked, Panel, Section, Unknown, no_rows, not_held

SOURCE, TABLE = "unhcr", "displacement"
KINDS = ("refugees", "asylum_seekers", "idps")


def build(asked: Asked) -> Section:
    """Return the section for one country of origin."""
    missing = {
        "what": _("How many people of this country are displaced"),
        "blocks": _("whether people can go home, and where protection is needed"),
    }
    where = {"origin": asked.country}
    found = held.rows(SOURCE, table=TABLE, where=where, horizon=asked.horizon)
    if isinstance(found, NotHeld):
        return not_held(found, **missing)
    if asked.country == "XKX":
        return _one_entry(found, **missing)
    if found.frame.is_empty():
        return no_rows(found.snapshot, **missing)
    return _section(asked, found)


def _one_entry(found: Held, *, what: str, blocks: str) -> Section:
    return Section(
        finding=_(
            "Unknown: UNHCR's figures print Serbia and Kosovo as one entry, and the two cannot be "
            "told apart."
        ),
        is_held=False,
        snapshots=(found.snapshot,),
        unknowns=(Unknown(what, blocks),),
    )


def _section(asked: Asked, found: Held) -> Section:
    address = reverse("panel", args=[asked.country, "displacement"])
    rows = tracing.traced(found)
    table = Table(
        "displacement",
        _("Displaced people by year and country of asylum"),
        columns(),
        rows,
        source=tracing.source_line(found.snapshot),
        notes=notes(),
        link_label=_("Source row"),
    ).ordered("-year")
    last = int(str(found.frame["year"].max()))
    numbers = [
        tracing.number(
            table,
            figure=kind,
            where={"year": str(last)},
            snapshot=found.snapshot,
            address=address,
        )
        for kind in KINDS
    ]
    yearly = by_year(found.frame)
    return Section(
        finding=finding(yearly),
        table=table,
        charts=(chart(yearly, address, tracing.source_line(found.snapshot)),),
        numbers=numbers,
        snapshots=(found.snapshot,),
        notes=notes(),
        span=tracing.span(found.frame),
        unknowns=(
            Unknown(
                _("Displaced people whom UNHCR neither registers nor assists"),
                _("how large the need is beyond those counted"),
            ),
        ),
    )


def names() -> dict[str, str]:
    """Return the kinds of displacement as a reader meets them."""
    return {
        "refugees": _("Refugees abroad"),
        "asylum_seekers": _("Asylum-seekers abroad"),
        "idps": _("Internally displaced, assisted by UNHCR"),
    }


def columns() -> tuple[Column, ...]:
    """Return the columns of the table behind this panel."""
    people = _("people")
    counts = [Column(key, label, people, "integer") for key, label in names().items()]
    return Column("year", _("Year")), Column("asylum_name", _("Country of asylum")), *counts


def by_year(frame: pl.DataFrame) -> list[dict[str, Any]]:
    """Return one row per year: each kind's sum, None where any cell of it is unknown."""
    sums = [
        pl.when(pl.col(kind).is_null().any()).then(None).otherwise(pl.col(kind).sum()).alias(kind)
        for kind in KINDS
    ]
    return frame.group_by("year").agg(sums).sort("year").to_dicts()


def finding(yearly: Sequence[Mapping[str, Any]]) -> str:
    """Return the finding: the last year held, by kind."""
    last = yearly[-1]
    return _(
        "For %(year)s UNHCR counts %(refugees)s refugees and %(asylum)s asylum-seekers from the "
        "country, and assisted %(idps)s people displaced within it."
    ) % {
        "year": last["year"],
        "refugees": plain(last["refugees"]),
        "asylum": plain(last["asylum_seekers"]),
        "idps": plain(last["idps"]),
    }


def chart(yearly: Sequence[Mapping[str, Any]], address: str, source: str) -> Chart:
    """Return yearly bars stacked by kind; an unknown year leaves a gap."""
    labels = names()
    values = [
        {"year": row["year"], "series": labels[kind], "value": row[kind]}
        for row in yearly
        for kind in KINDS
        if row[kind] is not None
    ]
    order = [labels[kind] for kind in KINDS]
    return Chart(
        title=finding(yearly),
        subtitle=_("People at the end of the year (the last year may be mid-year), by kind"),
        spec=charts.stacked_years(values, names=order),
        key=charts.key(order),
        alt=finding(yearly),
        source=source,
        table_href=address,
        spec_href=f"{address}chart.json",
    )


def notes() -> tuple[str, ...]:
    """Return what a reader of these counts must know."""
    return (
        _(
            "Small counts are rounded or hidden by UNHCR to protect people. A rise can be better "
            "registration rather than more people."
        ),
        _("Internally displaced people are those whom UNHCR assists, not all there are."),
    )


PANEL = Panel(
    title=lambda: _("Displacement"),
    question=lambda: _("How many people have fled, and how many are displaced at home?"),
    build=build,
)
