"""Who supports whom across the cases: givers by country and kind, each kind in its own unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stabilis.evidence.cases import CASES
from stabilis.evidence.horizon import Horizon
from stabilis.interface.charts import Chart
from stabilis.interface.tables import Column, Table
from stabilis.portal import briefs
from stabilis.portal.panels import Asked, Unknown
from stabilis.reference.queries import country_name

SECTIONS = ("aid", "training", "missions")


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
    language = get_language() or "en"
    rows: list[Mapping[str, Any]] = [
        {**given, "country": code, "country_name": country_name(code, language=language)}
        | {"href": reverse("panel", args=[code, name])}
        for code, name, section in parts
        for given in section.extra.get("given", ())
    ]
    missing = [
        Unknown(
            _("%(section)s to %(country)s")
            % {"section": name, "country": country_name(code, language=language)},
            _("whether support overlaps or is missing there"),
        )
        for code, name, section in parts
        if not section.is_held
    ]
    return Support(table=_table(rows), unknowns=missing, finding=_finding(rows))


def _table(rows: Sequence[Mapping[str, Any]]) -> Table:
    columns = (
        Column("giver", _("Who")),
        Column("country_name", _("To")),
        Column("kind", _("What")),
        Column("value", _("How much"), kind="number"),
        Column("unit", _("Unit")),
        Column("span", _("When")),
        Column("source", _("Source")),
    )
    return Table(
        "flows", _("Who supports whom, from what is held"), columns, rows, link_label=_("Rows")
    )


def _finding(rows: Sequence[Mapping[str, Any]]) -> str:
    givers = {row["giver"] for row in rows}
    return _(
        "%(givers)s givers are on record here for the four cases; what they gave is counted in "
        "different units and is never added up across kinds."
    ) % {"givers": len(givers)}
