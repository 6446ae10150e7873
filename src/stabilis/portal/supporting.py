"""Who supports whom across the cases: givers by country and kind, each kind in its own unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from stabilis.evidence.cases import CASES
from stabilis.evidence.horizon import Horizon
from stabilis.interface import charts
from stabilis.interface.drawing import Chart
from stabilis.interface.tables import Column, Table
from stabilis.portal import briefs
from stabilis.portal.panels import Asked, Unknown, panels
from stabilis.portal.panels.giving import rounded
from stabilis.reference.queries import country_name

SECTIONS = ("aid", "humanitarian", "training", "missions")
MOST_BARS = 15
MILLION = 1_000_000
Rows = list[Mapping[str, Any]]


@dataclass(frozen=True)
class Support:
    """The table, one figure per kind, and what is missing from it."""

    table: Table
    charts: Sequence[Chart] = ()
    unknowns: Sequence[Unknown] = ()
    notes: Sequence[str] = field(default_factory=tuple)
    finding: str = ""


def support(*, horizon: Horizon, donor: str = "") -> Support:
    """Return who gave what to which case; each section of a brief tells its own givers."""
    parts = [
        (code, name, briefs.section(name, Asked(code, horizon, donor)))
        for code in CASES
        for name in SECTIONS
    ]
    rows: Rows = [
        {**given, "country": code, "country_name": named(code)}
        | {"href": reverse("panel", args=[code, name])}
        for code, name, section in parts
        for given in section.extra.get("given", ())
    ]
    missing = [
        Unknown(
            _("%(section)s to %(country)s")
            % {"section": panels()[name].title(), "country": named(code)},
            _("whether support overlaps or is missing there"),
        )
        for code, name, section in parts
        if not section.is_held
    ]
    return Support(
        table=_table(rows),
        charts=figures(rows),
        unknowns=missing,
        notes=notes(),
        finding=_finding(rows, donor),
    )


def named(code: str) -> str:
    """Return a country's name in the reader's language."""
    return country_name(code, language=get_language() or "en")


def _table(rows: Rows) -> Table:
    columns = (
        Column("giver", _("Who")),
        Column("code", _("Code")),
        Column("country_name", _("To")),
        Column("kind", _("What")),
        Column("value", _("How much"), kind="number"),
        Column("unit", _("Unit")),
        Column("span", _("When")),
        Column("source", _("Source")),
    )
    return Table(
        "flows",
        _("Who supports whom, from what is held"),
        columns,
        rows,
        notes=notes(),
        link_label=_("Rows"),
        status_note=briefs.status_note(),
    )


def figures(rows: Rows) -> tuple[Chart, ...]:
    """Return one figure for each kind in each unit; nothing is added up across them."""
    kinds = dict.fromkeys((row["kind"], row["unit"]) for row in rows)
    return tuple(
        drawn
        for kind, unit in kinds
        if (drawn := _figure([row for row in rows if (row["kind"], row["unit"]) == (kind, unit)]))
    )


def _figure(rows: Rows) -> Chart | None:
    known = sorted(
        (row for row in rows if row["value"]),
        key=lambda row: (-row["value"], row["giver"], row["country"]),
    )
    if not known:
        return None
    kind, unit, most = known[0]["kind"], known[0]["unit"], known[0]["value"]
    size, unit_words = (
        (MILLION, _("million %(unit)s") % {"unit": unit}) if most >= MILLION else (1, unit)
    )
    bars = [
        {
            "name": _("%(giver)s to %(country)s")
            % {"giver": row["giver"], "country": row["country_name"]},
            "value": row["value"] / size,
            "shown": rounded(row["value"] / size),
        }
        for row in known[:MOST_BARS]
    ]
    words = _("%(kind)s: largest is %(name)s, with %(shown)s %(unit)s") % {
        "kind": kind[:1].upper() + kind[1:],
        "name": bars[0]["name"],
        "shown": bars[0]["shown"],
        "unit": unit_words,
    }
    return Chart(
        title=words,
        subtitle=_subtitle(rows, known, unit_words),
        spec=charts.ranked_bars(bars, unit=unit_words),
        alt=words + ": " + "; ".join(f"{bar['name']} {bar['shown']}" for bar in bars),
        source="; ".join(dict.fromkeys(row["source"] for row in rows)),
        table_href=reverse("flows", args=["html"]),
    )


def _subtitle(rows: Rows, known: Rows, unit: str) -> str:
    unknown = len([row for row in rows if row["value"] is None])
    told = _("%(unit)s by giver and country, sums over the years that the table names") % {
        "unit": unit[:1].upper() + unit[1:]
    }
    if len(known) > MOST_BARS:
        told += "; " + _("the largest %(count)s of %(all)s") % {
            "count": MOST_BARS,
            "all": len(known),
        }
    if unknown:
        told += "; " + ngettext(
            "%(count)s amount is unknown and not drawn",
            "%(count)s amounts are unknown and not drawn",
            unknown,
        ) % {"count": unknown}
    return told


def _finding(rows: Rows, donor: str) -> str:
    if not rows:
        return _("Nothing is held of what %(donor)s gave to the four cases.") % {
            "donor": donor or _("anybody")
        }
    givers = {(row["code"], row["giver"]) for row in rows}
    if donor:
        kinds = ", ".join(dict.fromkeys(row["kind"] for row in rows))
        places = ", ".join(dict.fromkeys(row["country_name"] for row in rows))
        return _("%(donor)s is on record here with %(kinds)s, to %(places)s.") % {
            "donor": donor,
            "kinds": kinds,
            "places": places,
        }
    return _(
        "%(givers)s givers are on record here for the four cases; what they gave is counted in "
        "different units and is never added up across kinds."
    ) % {"givers": len(givers)}


def notes() -> tuple[str, ...]:
    """Return what this page cannot say."""
    return (
        _("Only what is held is here: a giver that is missing has not given nothing."),
        _(
            "The same money can stand under aid and under humanitarian money, because donors "
            "report to both; so the two are not added up."
        ),
        _("Sums cover different years for each row; compare rows of the same years only."),
    )
