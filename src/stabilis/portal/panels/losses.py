"""Peacekeepers who died in UN missions to a country, by cause: all causes, then each alone."""

from dataclasses import replace
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

SOURCE = "un_fatalities"
# The file names missions, not countries. UNSOA and UNSOS also worked from Kenya, UNSMA partly from
# Pakistan: their deaths are counted with the country that the mission was for.
MISSIONS = {
    "AFG": ("UNGOMAP", "UNSMA", "UNAMA"),
    "MLI": ("MINUSMA",),
    "SOM": ("UNOSOM", "UNOSOM I", "UNOSOM II", "UNPOS", "UNSOM", "UNSOA", "UNSOS"),
    "XKX": ("UNMIK",),
}
GROUPS = {
    "malicious_act": "malicious_act",
    "illness": "illness",
    "accident": "accident",
    "self_inflicted": "other_or_undetermined",
    "to_be_determined": "other_or_undetermined",
    "unknown": "other_or_undetermined",
}
Rows = list[dict[str, Any]]


def groups() -> dict[str, str]:
    """Return the four groups of causes as a reader meets them."""
    return {
        "malicious_act": _("malicious acts"),
        "illness": _("illness"),
        "accident": _("accident"),
        "other_or_undetermined": _("other or to be determined"),
    }


def build(asked: Asked) -> Section:
    """Return the section for one country."""
    missing = {
        "what": _("Peacekeepers who died, by cause"),
        "blocks": _("how a mission must be protected"),
    }
    wanted = MISSIONS.get(asked.country)
    if wanted is None:
        reason = _("which UN missions were to this country is not declared here")
        return not_held(NotHeld(SOURCE, "peacekeeper_deaths", reason), **missing)
    found = held.rows(
        SOURCE,
        table="peacekeeper_deaths",
        where={"mission": list(wanted)},
        horizon=asked.horizon,
    )
    if isinstance(found, NotHeld):
        return not_held(found, **missing)
    if found.frame.is_empty():
        return no_rows(found.snapshot, **missing)
    return _section(asked, found)


def _section(asked: Asked, found: Held) -> Section:
    address = reverse("panel", args=[asked.country.lower(), "losses"])
    rows = deaths(found)
    table = _table(rows, found)
    missions = sorted({row["mission"] for row in rows})
    wheres = [{"mission": mission} for mission in missions]
    if len(missions) == 1:
        wheres += [{"mission": missions[0], "group": group} for group in groups()]
    return Section(
        finding=finding(rows),
        table=table,
        charts=(_chart(rows, address, tracing.source_line(found.snapshot)),),
        numbers=[
            replace(
                tracing.number(
                    table, figure="deaths", where=where, snapshot=found.snapshot, address=address
                ),
                label=label(where),
            )
            for where in wheres
        ],
        unknowns=gaps(),
        snapshots=(found.snapshot,),
        notes=notes(),
        span=tracing.span(found.frame),
    )


def label(where: dict[str, str]) -> str:
    """Return what one number counts: all causes of a mission's deaths, or one group of them."""
    group = where.get("group")
    return _("Peacekeepers who died, %(cause)s") % {
        "cause": groups()[group] if group else _("all causes")
    }


def deaths(found: Held) -> Rows:
    """Return one row per death, without nationality, day or number of the case."""
    kept = found.frame.select(
        "year",
        "mission",
        "cause",
        "personnel",
        pl.col("cause").replace(GROUPS).alias("group"),
        pl.lit(1).alias("deaths"),
        "source_file",
        "source_row",
    )
    return tracing.traced(Held(kept, found.snapshot, found.table))


def _table(rows: Rows, found: Held) -> Table:
    columns = (
        Column("year", _("Year")),
        Column("mission", _("Mission")),
        Column("group", _("Group of causes")),
        Column("cause", _("Cause as recorded")),
        Column("personnel", _("Personnel")),
        Column("deaths", _("Peacekeepers who died"), _("deaths"), "integer"),
    )
    return Table(
        "losses",
        _("Peacekeepers who died in UN missions, one row each"),
        columns,
        rows,
        source=tracing.source_line(found.snapshot),
        notes=notes(),
        link_label=_("Source row"),
    ).ordered("-year")


def counts(rows: Rows) -> dict[str, int]:
    """Return the deaths of each group of causes; a group without deaths is 0."""
    return {group: sum(row["group"] == group for row in rows) for group in groups()}


def finding(rows: Rows) -> str:
    """Return the finding: all deaths, and each group of causes."""
    missions = ", ".join(sorted({row["mission"] for row in rows}))
    told = ", ".join(
        _("%(count)s by %(cause)s") % {"count": plain(count), "cause": groups()[group]}
        for group, count in counts(rows).items()
    )
    return _("%(deaths)s peacekeepers of %(missions)s died, all causes: %(told)s.") % {
        "deaths": plain(len(rows)),
        "missions": missions,
        "told": told,
    }


def _chart(rows: Rows, address: str, source: str) -> Chart:
    labels = groups()
    years = range(min(row["year"] for row in rows), max(row["year"] for row in rows) + 1)
    values = [
        {
            "year": year,
            "series": label,
            "value": sum(row["year"] == year and row["group"] == group for row in rows),
        }
        for year in years
        for group, label in labels.items()
    ]
    names = list(labels.values())
    return Chart(
        title=finding(rows),
        subtitle=_("Deaths of UN personnel a year, by cause"),
        spec=charts.stacked_years(values, names=names),
        key=charts.key(names),
        alt=finding(rows),
        source=source,
        table_href=address,
        spec_href=f"{address}chart.json",
    )


def notes() -> tuple[str, ...]:
    """Return the definitions that decide how many peacekeepers “were killed”."""
    return (
        _(
            "All causes is everybody who died while serving; malicious acts alone is what "
            "“killed” mostly means in the press. Both are right answers to different questions."
        ),
        _(
            "Other or to be determined: self-inflicted deaths, deaths whose cause is still to be "
            "determined, and deaths of unknown cause."
        ),
        _("The file names missions; each is counted with the country that it was for."),
    )


def gaps() -> tuple[Unknown, ...]:
    """Return whose deaths this source does not count."""
    return (
        Unknown(
            _(
                "The dead of forces outside the UN (KFOR, ISAF, AMISOM and ATMIS, Barkhane) and "
                "of national forces: not in this source; see Figures of the case"
            ),
            _("what the whole effort cost in lives, and who bore it"),
        ),
    )


PANEL = Panel(
    title=lambda: _("Peacekeepers who died"),
    question=lambda: _("How many peacekeepers died in UN missions here, and of what?"),
    build=build,
)
