"""Violence by type and year: how many were killed, in which kind of violence, with the interval."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stabilis.evidence import held
from stabilis.evidence.held import Held, NotHeld
from stabilis.interface import charts
from stabilis.interface.drawing import Chart
from stabilis.interface.numbers import plain
from stabilis.interface.tables import Column, Table
from stabilis.portal import marking, tracing
from stabilis.portal.panels import Asked, Panel, Section, Unknown, no_rows, not_held, rates

SOURCE = "ucdp_country_years"
TYPES = ("state_based", "non_state", "one_sided")
# UCDP files the war of 1998-99 in Kosovo under Serbia (Yugoslavia): spliced in here, and said so.
SPLICED = {"XKX": ("SRB", 1998, 1999)}


def names() -> dict[str, str]:
    """Return the three types of violence as a reader meets them."""
    return {
        "state_based": _("State-based"),
        "non_state": _("Non-state"),
        "one_sided": _("One-sided, against civilians"),
    }


def columns() -> tuple[Column, ...]:
    """Return the columns of the table behind this panel."""
    deaths = _("deaths")
    bounded = [
        column
        for key, label in (names() | {"deaths": _("All organised violence")}).items()
        for column in (
            Column(f"{key}_best", label, deaths, "integer", low=f"{key}_low", high=f"{key}_high"),
            Column(f"{key}_low", _("low estimate"), deaths, "integer"),
            Column(f"{key}_high", _("high estimate"), deaths, "integer"),
        )
    ]
    return Column("year", _("Year")), Column("entity", _("UCDP entity")), *bounded


def rows_of(asked: Asked) -> Held | NotHeld:
    """Return the country's years, with the spliced years of another entity where declared."""
    wanted = [asked.country, *([SPLICED[asked.country][0]] if asked.country in SPLICED else [])]
    found = held.rows(
        SOURCE, table="violence_years", where={"country": wanted}, horizon=asked.horizon
    )
    if isinstance(found, NotHeld) or asked.country not in SPLICED:
        return found
    _entity, first, last = SPLICED[asked.country]
    own = found.frame["country"] == asked.country
    spliced = found.frame["year"].is_between(first, last)
    return Held(found.frame.filter(own | spliced), found.snapshot, found.table)


def build(asked: Asked) -> Section:
    """Return the section for one country."""
    found = rows_of(asked)
    missing = {"what": _("Deaths in organised violence"), "blocks": blocks()}
    if isinstance(found, NotHeld):
        return not_held(found, **missing)
    if found.frame.is_empty():
        return no_rows(found.snapshot, **missing)
    return _section(asked, found)


def _section(asked: Asked, found: Held) -> Section:
    address = reverse("panel", args=[asked.country.lower(), "violence"])
    rows = tracing.traced(found)
    table = Table(
        id="violence",
        title=_("Deaths in organised violence by type and year"),
        columns=columns(),
        rows=rows,
        source=tracing.source_line(found.snapshot),
        notes=notes(asked),
        link_label=_("Source row"),
    ).ordered("-year")
    newest = max(rows, key=lambda row: row["year"])
    last = str(newest["year"])
    numbers = [
        tracing.number(
            table,
            figure=f"{key}_best",
            where={"year": last},
            snapshot=found.snapshot,
            address=address,
        )
        for key in ("deaths", *TYPES)
    ]
    return Section(
        finding=finding(rows),
        table=table,
        charts=(chart(rows, asked.country, tracing.source_line(found.snapshot)),),
        numbers=[*numbers, *rates.deaths_rate(asked, newest)],
        snapshots=(found.snapshot,),
        notes=notes(asked),
        span=tracing.span(found.frame),
        unknowns=(
            Unknown(
                _("Deaths that no source reported with date, place and actors"),
                _("whether a fall in the count is a fall in violence or in reporting"),
            ),
            *rates.gap(asked, newest),
        ),
    )


def finding(rows: list[dict[str, Any]]) -> str:
    """Return the finding in one sentence: the last year against the worst one."""
    last = max(rows, key=lambda row: row["year"])
    worst = max(rows, key=lambda row: row["deaths_best"])
    first = min(row["year"] for row in rows)
    told = died(last["deaths_best"], last["year"])
    if worst is last:
        return _("%(told)s, the most since %(first)s.") % {"told": told, "first": first}
    return _("%(told)s; the worst year since %(first)s was %(worst)s, with %(deaths)s.") % {
        "told": told,
        "first": first,
        "worst": worst["year"],
        "deaths": plain(worst["deaths_best"]),
    }


def died(deaths: int, year: int) -> str:
    """Return in words how many died in a year; none recorded is not the same as none."""
    if not deaths:
        return _("No death in organised violence is recorded for %(year)s") % {"year": year}
    return ngettext(
        "Organised violence killed %(deaths)s person in %(year)s",
        "Organised violence killed %(deaths)s people in %(year)s",
        deaths,
    ) % {"deaths": plain(deaths), "year": year}


def chart(rows: list[dict[str, Any]], country: str, source: str) -> Chart:
    """Return yearly bars stacked by type, with the case's events marked."""
    address = reverse("panel", args=[country.lower(), "violence"])
    marked = marking.within(marking.events(country), rows)
    labels = names()
    values = [
        {"year": row["year"], "series": labels[key], "value": row[f"{key}_best"]}
        for row in sorted(rows, key=lambda row: row["year"])
        for key in TYPES
    ]
    return Chart(
        title=finding(rows),
        subtitle=_("Deaths a year, best estimate, by type of violence"),
        spec=charts.stacked_years(values, names=[labels[key] for key in TYPES], events=marked),
        events=marked,
        key=charts.key([labels[key] for key in TYPES]),
        alt=_("Bars by year from %(first)s to %(last)s. %(finding)s")
        % {
            "first": values[0]["year"],
            "last": values[-1]["year"],
            "finding": finding(rows),
        },
        source=source,
        table_href=address,
        spec_href=f"{address}chart.json",
    )


def notes(asked: Asked) -> tuple[str, ...]:
    """Return the coding rules that a reader must know."""
    told = [
        _(
            "State-based: a government against a group or another state. Non-state: group against "
            "group. One-sided: an organised actor against civilians."
        ),
        _(
            "Government means whoever UCDP counts as the government in that year: in Afghanistan "
            "the Taliban from 1996 to 2001 and again from 2021 (from memory)."
        ),
        _(
            "UCDP counts a death only when a source names date, place and actors: the true number "
            "is likely higher. The range is UCDP's low and high estimate."
        ),
    ]
    if asked.country in SPLICED:
        told.append(
            _(
                "Splice: UCDP files the war of 1998–99 under Serbia (Yugoslavia), entity 345; "
                "those two years are shown as that entity's and cover its territory. Kosovo is "
                "its own entity (347) from 2008; 2000–2007 are not held for Kosovo."
            )
        )
    return tuple(told)


def blocks() -> str:
    """Return the decision that a missing count blocks."""
    return _("whether support went to where violence is, and whether it fell")


PANEL = Panel(
    title=lambda: _("Violence by type and year"),
    question=lambda: _("How many people were killed, and in which kind of violence?"),
    build=build,
    rests_on_records=True,
)
