"""Violence month by month: how fast it rose and fell, which yearly sums hide."""

from datetime import date
from typing import Any

import polars as pl
from django.urls import reverse
from django.utils.translation import gettext as _

from stabilis.evidence import held
from stabilis.evidence.held import Held, NotHeld
from stabilis.interface.drawing import Chart
from stabilis.interface.monthly import monthly_bars
from stabilis.interface.numbers import plain
from stabilis.interface.tables import Column, Table
from stabilis.portal import tracing
from stabilis.portal.panels import Asked, Panel, Section, Unknown, no_rows, not_held
from stabilis.portal.panels.giving import rounded
from stabilis.portal.panels.violence import SPLICED, TYPES, names

SOURCE = "ucdp_country_months"
MOST_MONTHS = 360
Rows = list[dict[str, Any]]


def build(asked: Asked) -> Section:
    """Return the section for one country."""
    found = rows_of(asked)
    missing = {
        "what": _("Deaths in organised violence by month"),
        "blocks": _("whether an event or a decision changed the violence"),
    }
    if isinstance(found, NotHeld):
        return not_held(found, **missing)
    if found.frame.is_empty():
        return no_rows(found.snapshot, **missing)
    return _section(asked, found)


def rows_of(asked: Asked) -> Held | NotHeld:
    """Return the country's months; for Kosovo those of Serbia in the years declared as spliced."""
    entity, first, last = SPLICED.get(asked.country, (asked.country, 0, 9999))
    wanted = list(dict.fromkeys((asked.country, entity)))
    found = held.rows(
        SOURCE, table="violence_months", where={"country": wanted}, horizon=asked.horizon
    )
    if isinstance(found, NotHeld):
        return found
    own = pl.col("country") == asked.country
    kept = found.frame.filter(own | pl.col("year").is_between(first, last))
    return Held(kept, found.snapshot, found.table)


def _section(asked: Asked, found: Held) -> Section:
    address = reverse("panel", args=[asked.country, "months"])
    rows = [
        row | {"month": row["month"].isoformat()[:7], "first_day": row["month"]}
        for row in tracing.traced(found)
    ]
    table = _table(asked, rows, found)
    worst, last = deadliest(rows), max(rows, key=lambda row: row["first_day"])
    return Section(
        finding=finding(rows),
        table=table,
        charts=(_chart(rows, address, tracing.source_line(found.snapshot)),),
        numbers=[
            tracing.number(
                table,
                figure="deaths_best",
                where={"month": month},
                snapshot=found.snapshot,
                address=address,
            )
            for month in dict.fromkeys((worst["month"], last["month"]))
        ],
        unknowns=(
            Unknown(
                _("Deaths by month and type of violence: only how many events each type has"),
                _("whether a fall in one kind of violence hides a rise in another"),
            ),
        ),
        snapshots=(found.snapshot,),
        notes=notes(asked),
        span=tracing.span(found.frame),
    )


def _table(asked: Asked, rows: Rows, found: Held) -> Table:
    events = [
        Column(f"{kind}_events", _("Events: %(type)s") % {"type": names()[kind]}, "", "integer")
        for kind in TYPES
    ]
    columns = (
        Column("month", _("Month")),
        Column("year", _("Year")),
        Column("country_code", _("Entity as printed")),
        Column("deaths_best", _("Killed, best estimate"), _("deaths"), "integer"),
        Column("deaths_high", _("Killed, high estimate"), _("deaths"), "integer"),
        Column("civilians", _("Civilians among them"), _("deaths"), "integer"),
        *events,
    )
    return Table(
        "months",
        _("Deaths in organised violence by month"),
        columns,
        rows,
        source=tracing.source_line(found.snapshot),
        notes=notes(asked),
        link_label=_("Source row"),
    ).ordered("-month")


def deadliest(rows: Rows) -> dict[str, Any]:
    """Return the month with most deaths; of equal ones the first."""
    return min(rows, key=lambda row: (-row["deaths_best"], row["first_day"]))


def finding(rows: Rows) -> str:
    """Return the finding: the deadliest month, and how deadly a month of the last year was."""
    worst = deadliest(rows)
    last = max(row["year"] for row in rows)
    deaths = [row["deaths_best"] for row in rows if row["year"] == last]
    return _(
        "The deadliest month from %(first)s on was %(month)s, with %(deaths)s killed; in %(last)s "
        "it was %(mean)s a month on average, over %(months)s months held."
    ) % {
        "first": min(row["year"] for row in rows),
        "month": worst["month"],
        "deaths": plain(worst["deaths_best"]),
        "last": last,
        "mean": rounded(sum(deaths) / len(deaths)),
        "months": len(deaths),
    }


def _chart(rows: Rows, address: str, source: str) -> Chart:
    drawn = sorted(rows, key=lambda row: row["first_day"])[-MOST_MONTHS:]
    first: date = drawn[0]["first_day"]
    return Chart(
        title=finding(drawn),
        subtitle=_("Deaths a month, best estimate, all organised violence, from %(first)s")
        % {"first": first.isoformat()[:7]},
        spec=monthly_bars(
            [{"month": row["first_day"].isoformat(), "value": row["deaths_best"]} for row in drawn]
        ),
        alt=finding(drawn),
        source=source,
        table_href=address,
        spec_href=f"{address}chart.json",
    )


def notes(asked: Asked) -> tuple[str, ...]:
    """Return what a reader of the months must know."""
    told = [
        _(
            "Events of UCDP GED summed by month. A month of 0 is one in which UCDP recorded no "
            "event. The high estimate stands below the best one in some rows, as printed."
        ),
        _("The figure draws at most the last 30 years; the table holds every month."),
    ]
    if asked.country in SPLICED:
        told.append(
            _(
                "Splice: these are months of Serbia (Yugoslavia), under which UCDP files the war "
                "of 1998–99, and cover its territory; no month is held for Kosovo alone."
            )
        )
    return tuple(told)


PANEL = Panel(
    title=lambda: _("Violence by month"),
    question=lambda: _("When did violence rise and fall?"),
    build=build,
)
