"""Aid as donors publish it: commitments and disbursements apart, each currency for itself."""

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _

from stabilis.evidence.held import Held, NotHeld
from stabilis.interface import charts
from stabilis.interface.charts import Chart
from stabilis.interface.numbers import Number, plain
from stabilis.interface.tables import Column, Table
from stabilis.portal import tracing
from stabilis.portal.panels import Asked, Panel, Section, Unknown, giving, no_rows, not_held
from stabilis.portal.panels.converting import conversion
from stabilis.portal.panels.reported import COUNTED, KINDS, SOURCE, Rows, rows_of, transactions
from stabilis.portal.panels.sectors import by_sector


def build(asked: Asked) -> Section:
    """Return the section for one country; with a donor, what that country's publishers report."""
    found = transactions(asked)
    missing = {
        "what": _("Aid committed and disbursed, by donor, year and sector"),
        "blocks": _("where support overlaps, and what is missing"),
    }
    if isinstance(found, NotHeld):
        return not_held(found, **missing)
    if found.frame.is_empty():
        return no_rows(found.snapshot, **missing)
    rows = [row for row in rows_of(asked, found) if asked.donor in {"", row["code"]}]
    if not rows:
        reason = _("no transaction that a publisher of %(donor)s reports") % {"donor": asked.donor}
        return not_held(NotHeld(SOURCE, "aid_transactions", reason), **missing)
    return _section(asked, found, rows)


def _section(asked: Asked, found: Held, rows: Rows) -> Section:
    source = tracing.source_line(found.snapshot)
    table = _table(rows, source)
    whole = [row for row in rows if row["counted"] == COUNTED]
    return Section(
        finding=finding(asked, whole),
        table=table,
        charts=_charts(asked, whole, source),
        numbers=_numbers(asked, table, found, whole),
        unknowns=gaps(whole),
        snapshots=(found.snapshot,),
        notes=(*notes(rows), *conversion(whole), *concentrations(whole)),
        span=span_of(whole),
        extra={"given": given(whole, source)},
    )


def _table(rows: Rows, source: str) -> Table:
    columns = (
        Column("year", _("Year")),
        Column("kind", _("What")),
        Column("giver", _("Reported by")),
        Column("code", _("Code of its country")),
        Column("currency", _("Currency")),
        Column("amount", _("Amount"), _("in the currency beside it"), "number"),
        Column("counted", _("Counted in sums")),
        Column("other_copies", _("Other copies of the activity"), _("copies"), "integer"),
        Column("sector_names", _("Sectors as printed")),
        Column("title", _("Activity")),
        Column("identifier", _("Identifier")),
        Column("receiver", _("Receiver")),
    )
    return Table(
        "aid",
        _("Transactions that publishers report for the country"),
        columns,
        rows,
        source=source,
        notes=notes(rows),
        link_label=_("Source row"),
    ).ordered("-year")


def span_of(rows: Rows) -> str:
    """Return the first and the last year of some transactions."""
    first, last = min(row["year"] for row in rows), max(row["year"] for row in rows)
    return str(first) if first == last else f"{first}–{last}"


def sums(whole: Rows) -> dict[tuple[str, str], float]:
    """Return the sum of each kind and currency, kinds in order; currencies are never added up."""
    found: dict[tuple[str, str], float] = {}
    for kind in KINDS.values():
        for row in whole:
            if row["kind"] == kind:
                key = (kind, row["currency"])
                found[key] = found.get(key, 0) + row["amount"]
    return found


def kinds() -> dict[str, str]:
    """Return the kinds of transaction as a reader meets them."""
    return {
        "commitment": _("committed"),
        "disbursement": _("disbursed"),
        "expenditure": _("spent directly"),
    }


def finding(asked: Asked, whole: Rows) -> str:
    """Return the finding: how much each kind comes to, in each currency, reported by how many."""
    told = ", ".join(
        _("%(amount)s million %(currency)s %(kind)s")
        % {"amount": plain(amount / 1e6), "currency": currency, "kind": kinds()[kind]}
        for (kind, currency), amount in sums(whole).items()
    )
    words = {
        "span": span_of(whole),
        "told": told,
        "donor": asked.donor,
        "givers": ", ".join(sorted({row["giver"] for row in whole})),
    }
    if asked.donor:
        return _("Only what publishers of %(donor)s report is shown: for %(span)s, %(told)s.") % {
            **words
        }
    return _("For %(span)s these publishers report %(told)s: %(givers)s.") % {**words}


def _numbers(asked: Asked, table: Table, found: Held, whole: Rows) -> list[Number]:
    return [
        replace(
            tracing.number(
                table,
                figure="amount",
                where={"kind": kind, "currency": currency, "counted": COUNTED},
                snapshot=found.snapshot,
                address=reverse("panel", args=[asked.country, "aid"]),
            ),
            label=_("Aid %(kind)s") % {"kind": kinds()[kind]},
            unit=currency,
        )
        for kind, currency in sums(whole)
    ]


def main_currency(whole: Rows) -> str:
    """Return the currency of most transactions, which is the one that charts draw."""
    names: list[str] = [row["currency"] for row in whole]
    return min(set(names), key=lambda name: (-names.count(name), name))


def _charts(asked: Asked, whole: Rows, source: str) -> tuple[Chart, ...]:
    currency = main_currency(whole)
    drawn = [row for row in whole if row["currency"] == currency]
    address = reverse("panel", args=[asked.country, "aid"])
    present = [kind for kind in KINDS.values() if _of(drawn, kind, currency)]
    found = [_by_year(_of(drawn, kind, currency), kind) for kind in present]
    if "commitment" in present:
        found.append(_by_sector(_of(drawn, "commitment", currency)))
    return tuple(
        replace(
            chart,
            source=source,
            table_href=address,
            spec_href=f"{address}chart.json?figure={position}",
        )
        for position, chart in enumerate(found)
    )


def _by_year(drawn: Rows, kind: str) -> Chart:
    name, currency = kinds()[kind], drawn[0]["currency"]
    yearly: dict[int, float] = {}
    for row in drawn:
        yearly[row["year"]] = yearly.get(row["year"], 0) + row["amount"] / 1e6
    values = [
        {"year": year, "series": name, "value": value} for year, value in sorted(yearly.items())
    ]
    words = _("%(amount)s million %(currency)s %(kind)s for %(span)s") % {
        "amount": plain(sum(yearly.values())),
        "currency": currency,
        "kind": name,
        "span": span_of(drawn),
    }
    return Chart(
        title=words,
        subtitle=_("Million %(currency)s a year, %(kind)s; a year without a bar has none reported")
        % {"currency": currency, "kind": name},
        spec=charts.stacked_years(values, names=[name]),
        alt=words,
        source="",
    )


def _by_sector(committed: Rows) -> Chart:
    currency = committed[0]["currency"]
    bars = giving.bars(by_sector(committed))
    words = _("Of what was committed in %(currency)s, most is reported under: %(sector)s") % {
        "currency": currency,
        "sector": bars[0]["name"],
    }
    return Chart(
        title=words,
        subtitle=_("Million %(currency)s committed, by sector as printed, all years")
        % {"currency": currency},
        spec=charts.ranked_bars(bars, unit=_("million %(currency)s") % {"currency": currency}),
        alt=words + ": " + ", ".join(f"{bar['name']} {bar['shown']}" for bar in bars),
        source="",
    )


def concentrations(whole: Rows) -> tuple[str, ...]:
    """Return how concentrated donors are, kind by kind and currency by currency."""
    return tuple(
        _("%(kind)s in %(currency)s. %(told)s")
        % {
            "kind": kinds()[kind].capitalize(),
            "currency": currency,
            "told": giving.concentration(
                giving.by_giver(_of(whole, kind, currency), amount="amount")
            ),
        }
        for kind, currency in sums(whole)
    )


def _of(whole: Rows, kind: str, currency: str) -> Rows:
    return [row for row in whole if (row["kind"], row["currency"]) == (kind, currency)]


def given(whole: Rows, source: str) -> list[dict[str, object]]:
    """Return what each publisher reports, by kind and currency."""
    return [
        {
            "giver": name,
            "code": code,
            "kind": _("aid %(kind)s") % {"kind": kinds()[kind]},
            "value": amount,
            "unit": currency,
            "span": span_of([row for row in _of(whole, kind, currency) if row["giver"] == name]),
            "source": source,
        }
        for kind, currency in sums(whole)
        for (code, name), amount in giving.by_giver(
            _of(whole, kind, currency), amount="amount"
        ).items()
    ]


def notes(rows: Rows) -> tuple[str, ...]:
    """Return how transactions are counted, with how many copies are left out of sums."""
    left_out = sum(row["counted"] != COUNTED for row in rows)
    return (
        _(
            "A commitment is a promise; disbursement and expenditure are money that left. They are "
            "never added up. Only what each publisher reports itself is here: no total of all aid."
        ),
        _(
            "Of an activity printed several times every copy is kept, and one counts: the one its "
            "publisher changed last; among equals the first by file and place. Transactions of "
            "other copies, left out of sums: %(count)s."
        )
        % {"count": left_out},
        _(
            "A sector is as printed; a withdrawn code keeps its number and names its successors. "
            "An activity with several sectors is split by the shares it states."
        ),
    )


def gaps(whole: Rows) -> tuple[Unknown, ...]:
    """Return which aid is not known."""
    return (
        Unknown(
            _("Aid of publishers other than %(givers)s, and of these in other years than %(span)s")
            % {
                "givers": ", ".join(sorted({row["giver"] for row in whole})),
                "span": span_of(whole),
            },
            _("whether donors overlap or leave gaps"),
        ),
    )


PANEL = Panel(
    title=lambda: _("Aid"),
    question=lambda: _("Who reports aid to this country, for what, and how much?"),
    build=build,
)
