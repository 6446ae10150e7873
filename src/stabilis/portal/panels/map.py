"""Where violence happened: points clipped to the country's outline, a year at a time."""

import json
from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from stabilis.analysis import places
from stabilis.evidence import held
from stabilis.evidence.held import Held, NotHeld
from stabilis.interface import maps
from stabilis.interface.drawing import Chart
from stabilis.interface.numbers import plain
from stabilis.interface.tables import Column, Table
from stabilis.portal import tracing
from stabilis.portal.outlining import Outline, outline
from stabilis.portal.panels import Asked, Panel, Section, Unknown, no_rows, not_held

EVENTS, POINTS = "ucdp_ged", "ucdp_ged_points"
DISTRICT = 3
MOST_CIRCLES = 180
LAST_ASKED = 2026


def build(asked: Asked) -> Section:
    """Return the section for one country and one year."""
    missing = {"what": _("Where violence happened"), "blocks": _("which districts need support")}
    drawn = outline(asked.country)
    if drawn is None:
        reason = _("no outline of this country is held")
        return not_held(NotHeld("outlines", "outlines", reason), **missing)
    found = located(asked)
    if isinstance(found, NotHeld):
        return not_held(found, **missing)
    clipped = found.frame.filter(places.inside(found.frame, outline=drawn.wkt))
    if clipped.is_empty():
        return no_rows(found.snapshot, **missing)
    return _section(asked, Held(clipped, found.snapshot, found.table), drawn)


def located(asked: Asked) -> Held | NotHeld:
    """Return events known to the district or better: whole event rows, else points without more."""
    where = {"country": asked.country}
    whole = held.rows(EVENTS, table="violence_events", where=where, horizon=asked.horizon)
    if isinstance(whole, Held) and whole.frame.height:
        near = whole.frame.filter(pl.col("where_precision") <= DISTRICT)
        return Held(near, whole.snapshot, whole.table)
    return held.rows(POINTS, table="violence_points", horizon=asked.horizon)


def _section(asked: Asked, found: Held, drawn: Outline) -> Section:
    first, last = years_held(found)
    year = asked.year or deadliest(found.frame)
    points = found.frame.filter(pl.col("year") == year)
    degrees = places.coarse_enough(points, most=MOST_CIRCLES)
    squares = places.on_grid(points, degrees=degrees).to_dicts()
    is_held = first <= year <= last
    words = finding(points, year=year) if is_held else beyond(year, first, last)
    return Section(
        finding=words,
        table=_table(found),
        charts=(_chart(found, words, squares if is_held else [], drawn=drawn, degrees=degrees),),
        snapshots=(found.snapshot, drawn.snapshot),
        span=tracing.span(found.frame),
        template="portal/section_map.html",
        extra={
            "first": first,
            "last": max(last, LAST_ASKED),
            "year": year,
            "held_until": last,
            "words": json.dumps(words_of_map(), ensure_ascii=False),
            "geojson": _geojson(squares if is_held else [], drawn, year),
        },
        notes=notes(degrees),
        unknowns=gaps(found, last),
    )


def gaps(found: Held, last: int) -> tuple[Unknown, ...]:
    """Return what the events held do not say."""
    after = Unknown(
        _("Places of violence after %(last)s") % {"last": last},
        _("which districts need support today"),
    )
    if found.table == "violence_events":
        return (after,)
    who = Unknown(
        _("Who did it and on which day: this cut of the event data does not hold them"),
        _("whose units are concerned"),
    )
    return after, who


def words_of_map() -> dict[str, str]:
    """Return the words that the explorable map itself speaks, in the reader's language."""
    move = _("Hold Ctrl while scrolling to zoom the map")
    return {
        "NavigationControl.ZoomIn": _("Zoom in"),
        "NavigationControl.ZoomOut": _("Zoom out"),
        "Popup.Close": _("Close"),
        "Map.Title": _("Map"),
        "CooperativeGesturesHandler.WindowsHelpText": move,
        "CooperativeGesturesHandler.MacHelpText": _("Hold ⌘ while scrolling to zoom the map"),
        "CooperativeGesturesHandler.MobileHelpText": _("Use two fingers to move the map"),
    }


def years_held(found: Held) -> tuple[int, int]:
    """Return the first and last year that the file holds, anywhere."""
    stored = found.snapshot.tables[found.table]
    return int((stored.first_event or "0")[:4]), int((stored.last_event or "0")[:4])


def deadliest(points: pl.DataFrame) -> int:
    """Return the year in which most people were killed; a map opens on it."""
    by_year = points.group_by("year").agg(pl.col("deaths_best").sum()).sort("deaths_best", "year")
    return int(by_year["year"][-1])


def finding(points: pl.DataFrame, *, year: int) -> str:
    """Return the finding of one year: events, deaths, and the deadliest place."""
    if points.is_empty():
        return _("No event of organised violence inside the outline is held for %(year)s.") % {
            "year": year
        }
    worst = points.group_by("place").agg(pl.col("deaths_best").sum()).sort("deaths_best", "place")
    place, deaths = worst.row(-1)
    return _(
        "%(events)s events killed %(deaths)s people inside the outline in %(year)s; the deadliest "
        "place was %(place)s, with %(worst)s."
    ) % {
        "events": plain(points.height),
        "deaths": plain(int(points["deaths_best"].sum())),
        "year": year,
        "place": place,
        "worst": plain(deaths),
    }


def beyond(year: int, first: int, last: int) -> str:
    """Return why a year has no map: it is not held, which is not the same as no violence."""
    return _("%(year)s: not held. The event data held run from %(first)s to %(last)s.") % {
        "year": year,
        "first": first,
        "last": last,
    }


def _table(found: Held) -> Table:
    columns = [
        Column("year", _("Year")),
        Column("place", _("Place")),
        Column("deaths_best", _("Killed"), _("deaths"), "integer"),
        Column("civilians", _("Civilians among them"), _("deaths"), "integer"),
    ]
    if found.table == "violence_events":
        columns[1:1] = [Column("date_start", _("First possible day")), Column("dyad", _("Between"))]
        columns[-1] = Column("deaths_civilians", _("Civilians among them"), _("deaths"), "integer")
    return Table(
        "map",
        _("Events of organised violence inside the outline"),
        tuple(columns),
        tracing.traced(found),
        source=tracing.source_line(found.snapshot),
        link_label=_("Source row"),
    ).ordered("-year")


def _chart(
    found: Held,
    words: str,
    squares: list[dict[str, Any]],
    *,
    drawn: Outline,
    degrees: float,
) -> Chart:
    return Chart(
        title=words,
        subtitle=_("Killed in organised violence, best estimate, summed on squares of %(size)s°")
        % {"size": plain(degrees)},
        spec=maps.dotted(around=drawn.around, own=drawn.own, circles=squares, unit=_("deaths")),
        alt=words,
        source=_("%(points)s; outline: Natural Earth")
        % {"points": tracing.source_line(found.snapshot)},
    )


def _geojson(squares: list[dict[str, Any]], drawn: Outline, year: int) -> dict[str, Any]:
    circles = [
        {
            "type": "Feature",
            "properties": {
                "kind": "violence",
                "place": square["place"],
                "deaths": square["deaths"],
                "events": square["events"],
                "year": year,
            },
            "geometry": {
                "type": "Point",
                "coordinates": [square["longitude"], square["latitude"]],
            },
        }
        for square in squares
    ]
    shapes = [
        {**each, "properties": {**each["properties"], "kind": kind}}
        for kind, group in (("neighbour", drawn.around), ("country", drawn.own))
        for each in group
    ]
    return {"type": "FeatureCollection", "features": [*shapes, *circles]}


def notes(degrees: float) -> tuple[str, ...]:
    """Return what a reader of the map must know."""
    return (
        _(
            "Places are known to the district at best, so events are summed on squares of "
            "%(size)s° and the squares' centres are drawn: a circle is not a spot."
        )
        % {"size": plain(degrees)},
        _("The outline is generalised: close to a border an event may be on the other side."),
    )


PANEL = Panel(
    title=lambda: _("Where violence happened"),
    question=lambda: _("In which places were people killed, year by year?"),
    build=build,
)
