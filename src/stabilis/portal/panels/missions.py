"""UN missions in a country: where they stood, how many troops, and which countries sent them."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stabilis.evidence import held
from stabilis.evidence.held import Held, NotHeld
from stabilis.interface import charts
from stabilis.interface.drawing import Chart
from stabilis.interface.numbers import Number, plain
from stabilis.interface.tables import Column, Table
from stabilis.portal import tracing
from stabilis.portal.panels import (
    Asked,
    Panel,
    Section,
    Unknown,
    ceilings,
    no_rows,
    not_held,
    senders,
)
from stabilis.portal.panels.senders import Rows

SOURCE = "geopko"
STRENGTH = "strength at a site"


def build(asked: Asked) -> Section:
    """Return the section for one country; with a donor, what that country sent."""
    found = held.rows(
        SOURCE,
        table="mission_deployments",
        where={"country": asked.country},
        horizon=asked.horizon,
    )
    missing = {
        "what": _("UN missions and their strength"),
        "blocks": _("whether troops and mandate match"),
    }
    if isinstance(found, NotHeld):
        return not_held(found, **missing)
    if found.frame.is_empty():
        return no_rows(found.snapshot, **missing)
    return _section(asked, found)


def _section(asked: Asked, found: Held) -> Section:
    strength, sent = strengths(found), senders.contributions(asked, found)
    shown = sent if asked.donor else [*strength, *sent]
    if not shown:
        return Section(
            finding=_("No contribution of %(donor)s to a UN mission here is held.")
            % {"donor": asked.donor},
            is_held=False,
            snapshots=(found.snapshot,),
            unknowns=gaps(),
        )
    table = _table(shown, found)
    return Section(
        finding=senders.words(sent) if asked.donor else finding(strength),
        table=table,
        charts=_charts(asked, found, strength, sent),
        numbers=_numbers(asked, table, found, strength),
        unknowns=gaps(),
        snapshots=(found.snapshot,),
        notes=(*notes(), *ceilings.words(asked, totals(strength))),
        span=tracing.span(found.frame),
        extra={"given": senders.given(sent, tracing.source_line(found.snapshot))},
    )


def strengths(found: Held) -> Rows:
    """Return one row per site and year: the mean over the year's maps, taken once."""
    once = found.frame.unique(senders.SITE, keep="first", maintain_order=True)
    return [
        row
        | {"what": STRENGTH, "troops": row["troops_year_mean"], "contributor_name": "", "code": ""}
        for row in tracing.traced(Held(once, found.snapshot, found.table))
    ]


def _table(rows: Rows, found: Held) -> Table:
    columns = (
        Column("year", _("Year")),
        Column("what", _("What")),
        Column("mission", _("Mission")),
        Column("site", _("Site")),
        Column("contributor_name", _("Sent by")),
        Column("code", _("Code of the sender")),
        Column("troops", _("Troops, mean over the year's maps"), _("troops"), "integer"),
    )
    return Table(
        "missions",
        _("UN missions: strength at each site, and who sent it"),
        columns,
        rows,
        source=tracing.source_line(found.snapshot),
        notes=notes(),
        link_label=_("Source row"),
    ).ordered("-year")


def totals(strength: Rows) -> dict[tuple[str, int], int | None]:
    """Return the strength of each mission and year; unknown where a site's strength is unknown."""
    found: dict[tuple[str, int], int | None] = {}
    for row in strength:
        key = (row["mission"], row["year"])
        before = found.get(key, 0)
        found[key] = None if None in (before, row["troops"]) else before + row["troops"]
    return found


def _peak(strength: Rows) -> tuple[tuple[str, int], int] | None:
    known = {key: value for key, value in totals(strength).items() if value}
    return max(known.items(), key=lambda item: (item[1], item[0])) if known else None


def finding(strength: Rows) -> str:
    """Return the finding: the greatest strength of a UN mission, or that it had no troops."""
    names = ", ".join(sorted({row["mission"] for row in strength}))
    if (peak := _peak(strength)) is None:
        return _(
            "%(missions)s was here from %(first)s to %(last)s; the maps show no troops of it."
        ) % {
            "missions": names,
            "first": min(row["year"] for row in strength),
            "last": max(row["year"] for row in strength),
        }
    (mission, year), troops = peak
    sites = len({row["site"] for row in strength if (row["mission"], row["year"]) == peak[0]})
    return ngettext(
        "%(mission)s was strongest in %(year)s: its maps add up to %(troops)s troops at %(sites)s "
        "site.",
        "%(mission)s was strongest in %(year)s: its maps add up to %(troops)s troops at %(sites)s "
        "sites.",
        sites,
    ) % {"mission": mission, "year": year, "troops": plain(troops), "sites": sites}


def _numbers(asked: Asked, table: Table, found: Held, strength: Rows) -> list[Number]:
    if asked.donor or (peak := _peak(strength)) is None:
        return []
    (mission, year), _troops = peak
    last = max(row["year"] for row in strength)
    return [
        tracing.number(
            table,
            figure="troops",
            where={"year": str(each), "what": STRENGTH, "mission": mission},
            snapshot=found.snapshot,
            address=_address(asked),
        )
        for each in dict.fromkeys((year, last))
        if any(row["mission"] == mission and row["year"] == each for row in strength)
    ]


def _address(asked: Asked) -> str:
    return reverse("panel", args=[asked.country.lower(), "missions"])


def _charts(asked: Asked, found: Held, strength: Rows, sent: Rows) -> tuple[Chart, ...]:
    if (peak := _peak(strength)) is None:
        return ()
    source, address = tracing.source_line(found.snapshot), _address(asked)
    years = [] if asked.donor else [_by_year(strength, source, address)]
    bars = [] if asked.donor else senders.ranked(sent, key=peak[0])
    if not bars:
        return tuple(years)
    words = _("Most troops on the maps of %(mission)s in %(year)s were sent by %(country)s") % {
        "mission": peak[0][0],
        "year": peak[0][1],
        "country": bars[0]["name"],
    }
    drawn = Chart(
        title=words,
        subtitle=_("Troops by contributing country, standard unit sizes; unknown sizes left out"),
        spec=charts.ranked_bars(bars, unit=_("troops")),
        alt=words + ": " + ", ".join(f"{bar['name']} {bar['shown']}" for bar in bars),
        source=source,
        table_href=address,
        spec_href=f"{address}chart.json?figure=1",
    )
    return (*years, drawn)


def _by_year(strength: Rows, source: str, address: str) -> Chart:
    sums = sorted(totals(strength).items(), key=lambda item: (item[0][1], item[0][0]))
    names = list(dict.fromkeys(mission for (mission, _year), _value in sums))[: len(charts.SERIES)]
    values = [
        {"year": year, "series": mission, "value": value}
        for (mission, year), value in sums
        if value is not None and mission in names
    ]
    return Chart(
        title=finding(strength),
        subtitle=_("Troops a year, sum over sites of each site's mean over the year's maps"),
        spec=charts.stacked_years(values, names=names),
        key=charts.key(names),
        alt=finding(strength),
        source=source,
        table_href=address,
        spec_href=f"{address}chart.json",
    )


def notes() -> tuple[str, ...]:
    """Return how strengths are made, which decides what they can be used for."""
    return (
        _(
            "A strength is the sum, over sites, of the mean of the year's maps, each site once. "
            "Maps give standard unit sizes, not heads: the sum can exceed the mission's ceiling."
        ),
        _(
            "Troops only: a mission with 0 troops here can have had police and observers, whose "
            "numbers this source does not hold."
        ),
        _("What contributors sent is another reading of the same maps; never add the two."),
    )


def gaps() -> tuple[Unknown, ...]:
    """Return which missions this source cannot tell of."""
    return (
        Unknown(
            _(
                "Missions outside the UN (KFOR, ISAF, Resolute Support, AMISOM, ATMIS, Barkhane, "
                "EU missions): Geo-PKO holds UN missions alone; see Figures of the case"
            ),
            _("whether all forces together were enough, and who leads"),
        ),
        Unknown(
            _("People deployed, counted by head, month by month"),
            _("whether a mission was ever at its authorised strength"),
        ),
    )


PANEL = Panel(
    title=lambda: _("UN missions and their strength"),
    question=lambda: _("Which UN missions were here, how strong, and who sent them?"),
    build=build,
)
