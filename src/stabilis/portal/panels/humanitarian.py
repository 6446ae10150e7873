"""Humanitarian money as FTS holds it: incoming flows alone, so that no dollar is counted twice."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from stabilis.evidence import held
from stabilis.evidence.held import Held, NotHeld
from stabilis.interface import charts
from stabilis.interface.drawing import Chart
from stabilis.interface.tables import Column, Table
from stabilis.portal import tracing
from stabilis.portal.panels import Asked, Panel, Section, Unknown, giving, no_rows, not_held

SOURCE = "fts"
COUNTED = "yes"
STATUSES = ("paid", "commitment")
GOVERNMENT = "Government"
Rows = list[dict[str, Any]]


def build(asked: Asked) -> Section:
    """Return the section for one country; with a donor, what that government gave."""
    found = held.rows(
        SOURCE,
        table="humanitarian_flows",
        where={"destination_country": asked.country, "boundary": "incoming"},
        horizon=asked.horizon,
    )
    missing = {
        "what": _("Humanitarian money, by giver"),
        "blocks": _("whether needs are met, and who would miss a giver that leaves"),
    }
    if isinstance(found, NotHeld):
        return not_held(found, **missing)
    if found.frame.is_empty():
        return no_rows(found.snapshot, **missing)
    rows = [described(row) for row in tracing.traced(found)]
    if asked.donor:
        rows = [row for row in rows if row["code"] == asked.donor]
    if not any(row["counted"] == COUNTED for row in rows):
        reason = _("no incoming flow of %(donor)s that FTS counts") % {
            "donor": asked.donor or _("anybody")
        }
        return not_held(NotHeld(SOURCE, "humanitarian_flows", reason), **missing)
    return _section(asked, found, rows)


def described(row: dict[str, Any]) -> dict[str, Any]:
    """Return a flow with its year of use, its giver, and whether it counts towards a sum.

    A government is known by its country; other givers have no country here, because FTS prints
    for them the country in which the money was spent.
    """
    is_government = row["source_organisation_type"] == GOVERNMENT
    return row | {
        "year": row["destination_usage_year_first"] or row["date"].year,
        "giver": row["source_organisation"] or _("unknown giver"),
        "code": (row["source_country"] or "") if is_government else "",
        "counted": counted(row),
    }


def counted(row: dict[str, Any]) -> str:
    """Return `yes`, or why a flow is left out of sums: pledged only, or shared with others."""
    if row["status"] not in STATUSES:
        return "no: pledge"
    return COUNTED if row["on_boundary"] == "single" else "no: shared"


def _section(asked: Asked, found: Held, rows: Rows) -> Section:
    address = reverse("panel", args=[asked.country, "humanitarian"])
    source = tracing.source_line(found.snapshot)
    table = _table(rows, source)
    whole = [row for row in rows if row["counted"] == COUNTED]
    amounts = giving.by_giver(whole, amount="amount_usd")
    held_statuses = [each for each in STATUSES if any(row["status"] == each for row in whole)]
    return Section(
        finding=finding(asked, whole),
        table=table,
        charts=(_chart(finding(asked, whole), amounts, address, source),),
        numbers=[
            tracing.number(
                table,
                figure="amount_usd",
                where={"status": status, "counted": COUNTED},
                snapshot=found.snapshot,
                address=address,
            )
            for status in held_statuses
        ],
        unknowns=gaps(whole),
        snapshots=(found.snapshot,),
        notes=(*notes(rows), giving.concentration(amounts)),
        span=span_of(whole),
        extra={"given": given(whole, source)},
    )


def _table(rows: Rows, source: str) -> Table:
    columns = (
        Column("year", _("Year of use")),
        Column("giver", _("Giver")),
        Column("code", _("Code of the government")),
        Column("status", _("Status")),
        Column("counted", _("Counted in sums")),
        Column("amount_usd", _("Amount"), _("USD"), "integer"),
        Column("destination_organisation", _("Receiver")),
        Column("destination_cluster", _("Cluster")),
        Column("flow_type", _("Type of flow")),
    )
    return Table(
        "humanitarian",
        _("Humanitarian flows into the country"),
        columns,
        rows,
        source=source,
        notes=notes(rows),
        link_label=_("Source row"),
    ).ordered("-amount_usd")


def span_of(rows: Rows) -> str:
    """Return the first and the last year of use."""
    first, last = min(row["year"] for row in rows), max(row["year"] for row in rows)
    return str(first) if first == last else f"{first}–{last}"


def finding(asked: Asked, whole: Rows) -> str:
    """Return the finding: how much was paid and committed, by how many, and who gave most."""
    amounts = giving.by_giver(whole, amount="amount_usd")
    (_code, largest), most = next(iter(amounts.items()))
    sums = {
        status: sum(row["amount_usd"] for row in whole if row["status"] == status)
        for status in STATUSES
    }
    told = {
        "span": span_of(whole),
        "paid": giving.rounded(sums["paid"] / 1e6),
        "committed": giving.rounded(sums["commitment"] / 1e6),
        "givers": len(amounts),
        "largest": largest,
    }
    if asked.donor:
        return _(
            "Only what %(largest)s gave is shown: %(paid)s million USD paid and %(committed)s "
            "million USD committed for %(span)s."
        ) % {**told}
    return _(
        "For %(span)s FTS holds %(paid)s million USD paid and %(committed)s million USD committed "
        "by %(givers)s givers; the largest is %(largest)s, with %(share)s percent."
    ) % {**told, "share": giving.rounded(100 * most / sum(amounts.values()))}


def _chart(words: str, amounts: dict[tuple[str, str], float], address: str, source: str) -> Chart:
    drawn = giving.bars({name: amount for (_code, name), amount in amounts.items()})
    return Chart(
        title=words,
        subtitle=_("Million USD paid and committed, by giver"),
        spec=charts.ranked_bars(drawn, unit=_("million USD")),
        alt=words + " " + ", ".join(f"{bar['name']} {bar['shown']}" for bar in drawn),
        source=source,
        table_href=address,
        spec_href=f"{address}chart.json",
    )


def given(whole: Rows, source: str) -> list[dict[str, object]]:
    """Return what each giver paid or committed in all."""
    return [
        {
            "giver": name,
            "code": code,
            "kind": _("humanitarian money, paid and committed"),
            "value": amount,
            "unit": _("USD"),
            "span": span_of([row for row in whole if (row["code"], row["giver"]) == (code, name)]),
            "source": source,
        }
        for (code, name), amount in giving.by_giver(whole, amount="amount_usd").items()
    ]


def notes(rows: Rows) -> tuple[str, ...]:
    """Return how sums are made, with how many flows are left out of them and why."""
    shared = [row for row in rows if row["counted"] == "no: shared"]
    pledged = [row for row in rows if row["counted"] == "no: pledge"]
    return (
        _(
            "Incoming flows that are paid or committed and serve this country alone are counted, "
            "as in FTS's own total. Internal flows move the same money on and are left out. A "
            "parent prints what is left after its children, so both add up."
        ),
        _("Left out of sums: %(shared)s flows shared with others, %(pledged)s pledges.")
        % {"shared": len(shared), "pledged": len(pledged)},
    )


def gaps(rows: Rows) -> tuple[Unknown, ...]:
    """Return which money is not known."""
    return (
        Unknown(
            _("Flows for other years than %(span)s, and those nobody reported to FTS")
            % {"span": span_of(rows)},
            _("whether support rises or falls"),
        ),
    )


PANEL = Panel(
    title=lambda: _("Humanitarian money"),
    question=lambda: _("Who gave humanitarian money, and how much was paid?"),
    build=build,
)
