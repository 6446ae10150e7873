"""Who harmed whom, where the source says so: one-sided killing by who did it, battles by victim."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from stabilis.evidence.held import Held, NotHeld
from stabilis.interface import charts
from stabilis.interface.drawing import Chart
from stabilis.interface.numbers import plain
from stabilis.interface.tables import Column, Table
from stabilis.portal import tracing
from stabilis.portal.panels import Asked, Panel, Section, Unknown, no_rows, not_held
from stabilis.portal.panels.violence import rows_of


def build(asked: Asked) -> Section:
    """Return the section for one country."""
    found = rows_of(asked)
    missing = {"what": _("Who killed whom"), "blocks": _("whose conduct support must change")}
    if isinstance(found, NotHeld):
        return not_held(found, **missing)
    if found.frame.is_empty():
        return no_rows(found.snapshot, **missing)
    return _section(asked, found)


def _section(asked: Asked, found: Held) -> Section:
    address = reverse("panel", args=[asked.country.lower(), "actors"])
    rows = [with_other_government(row) for row in tracing.traced(found)]
    table = Table(
        "actors",
        _("Who harmed whom, by year"),
        columns(),
        rows,
        source=tracing.source_line(found.snapshot),
        notes=(rule(),),
        link_label=_("Source row"),
    ).ordered("-year")
    worst = str(max(rows, key=lambda row: row["one_sided_best"])["year"])
    numbers = [
        tracing.number(
            table,
            figure=f"{key}_best",
            where={"year": worst},
            snapshot=found.snapshot,
            address=address,
        )
        for key in ("one_sided_own_government", "one_sided_groups")
    ]
    return Section(
        finding=finding(rows),
        table=table,
        charts=_charts(rows, address, tracing.source_line(found.snapshot)),
        numbers=numbers,
        snapshots=(found.snapshot,),
        notes=(rule(),),
        span=tracing.span(found.frame),
        unknowns=(
            Unknown(
                _("Victims in battles whose side no source tells (%(count)s since %(first)s)")
                % {
                    "count": plain(sum(row["state_based_unknown"] for row in rows)),
                    "first": min(row["year"] for row in rows),
                },
                _("whether partners protect civilians in their operations"),
            ),
        ),
    )


def with_other_government(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row with what governments other than the country's own did, where that is clear."""
    other = row["one_sided_any_government_best"] - row["one_sided_own_government_best"]
    return row | {"one_sided_other_government_best": max(other, 0)}


def perpetrators() -> Mapping[str, str]:
    """Return those who killed civilians, as columns with their names."""
    return {
        "one_sided_own_government": _("the country's own government"),
        "one_sided_other_government": _("other governments, alone or jointly"),
        "one_sided_groups": _("non-state groups"),
    }


def columns() -> tuple[Column, ...]:
    """Return the columns of the table behind this panel."""
    return (
        Column("year", _("Year")),
        Column("entity", _("UCDP entity")),
        killed("one_sided_own_government_best", _("Civilians killed by the own government")),
        killed("one_sided_other_government_best", _("Civilians killed by other governments")),
        killed("one_sided_groups_best", _("Civilians killed by non-state groups")),
        killed("state_based_parties", _("Fighters killed in state-based violence")),
        killed("state_based_civilians", _("Civilians killed in state-based violence")),
        killed("state_based_unknown", _("Killed in state-based violence, side unknown")),
        Column("state_based_dyads", _("Who fought whom (state-based)")),
        Column("one_sided_dyads", _("Who killed civilians")),
    )


def killed(key: str, label: str) -> Column:
    """Return a column of deaths, bounded by its low and high estimate where UCDP gives them."""
    bounded = key in {"one_sided_own_government_best", "one_sided_groups_best"}
    low, high = key.replace("_best", "_low"), key.replace("_best", "_high")
    return Column(
        key, label, _("deaths"), "integer", low if bounded else "", high if bounded else ""
    )


def finding(rows: list[dict[str, Any]]) -> str:
    """Return the finding: civilians killed since the first year held, by who killed them."""
    totals = {name: sum(row[f"{key}_best"] for row in rows) for key, name in perpetrators().items()}
    if not any(totals.values()):
        return _("UCDP records no one-sided killing of civilians in the years held.")
    told = ", ".join(
        _("%(deaths)s by %(who)s") % {"deaths": plain(count), "who": name}
        for name, count in sorted(totals.items(), key=lambda item: -item[1])
        if count
    )
    return _("Civilians killed in one-sided violence since %(first)s: %(told)s.") % {
        "first": min(row["year"] for row in rows),
        "told": told,
    }


def _charts(rows: list[dict[str, Any]], address: str, source: str) -> tuple[Chart, ...]:
    named = perpetrators()
    values = [
        {"year": row["year"], "series": name, "value": row[f"{key}_best"]}
        for row in sorted(rows, key=lambda row: row["year"])
        for key, name in named.items()
    ]
    if not any(value["value"] for value in values):
        return ()
    spec = charts.stacked_years(values, names=list(named.values()))
    return (
        Chart(
            title=finding(rows),
            subtitle=_(
                "Civilians killed in one-sided violence a year, best estimate, by who did it"
            ),
            spec=spec,
            key=charts.key(list(named.values())),
            alt=finding(rows),
            source=source,
            table_href=address,
            spec_href=f"{address}chart.json",
        ),
    )


def rule() -> str:
    """Return the coding rule that decides what these numbers are."""
    return _(
        "One-sided violence is the deliberate killing of civilians by an organised actor, of at "
        "least 25 a year (UCDP's threshold, from memory). Killings whose actor or intent no source "
        "tells are not in it, so other counts, such as those of UN human rights offices, can be "
        "far higher: they stand under Figures of the case."
    )


PANEL = Panel(
    title=lambda: _("Who harmed whom"),
    question=lambda: _("Who killed civilians, and on which side did people die?"),
    build=build,
)
