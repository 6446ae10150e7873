"""Figures of the aid that publishers report: each kind by year, commitments by sector."""

from dataclasses import replace

from django.utils.translation import gettext as _

from stabilis.interface import charts
from stabilis.interface.drawing import Chart
from stabilis.portal.panels import giving
from stabilis.portal.panels.reported import KINDS, Rows, kinds, of_kind, span_of
from stabilis.portal.panels.sectors import by_sector


def figures(whole: Rows, *, address: str, source: str) -> tuple[Chart, ...]:
    """Return a figure of each kind by year, and one of commitments by sector, in one currency."""
    currency = main_currency(whole)
    drawn = [row for row in whole if row["currency"] == currency]
    present = [kind for kind in KINDS.values() if of_kind(drawn, kind, currency)]
    found = [_by_year(of_kind(drawn, kind, currency), kind) for kind in present]
    if "commitment" in present:
        found.append(_by_sector(of_kind(drawn, "commitment", currency)))
    return tuple(
        replace(
            chart,
            source=source,
            table_href=address,
            spec_href=f"{address}chart.json?figure={position}",
        )
        for position, chart in enumerate(found)
    )


def main_currency(whole: Rows) -> str:
    """Return the currency of most transactions, which is the one that charts draw."""
    names: list[str] = [row["currency"] for row in whole]
    return min(set(names), key=lambda name: (-names.count(name), name))


def _by_year(drawn: Rows, kind: str) -> Chart:
    name, currency = kinds()[kind], drawn[0]["currency"]
    years = [row["year"] for row in drawn]
    yearly = dict.fromkeys(range(min(years), max(years) + 1), 0.0)
    for row in drawn:
        yearly[row["year"]] += row["amount"] / 1e6
    values = [{"year": year, "series": name, "value": value} for year, value in yearly.items()]
    words = _("%(amount)s million %(currency)s %(kind)s for %(span)s") % {
        "amount": giving.rounded(sum(yearly.values())),
        "currency": currency,
        "kind": name,
        "span": span_of(drawn),
    }
    return Chart(
        title=words,
        subtitle=_("Million %(currency)s a year, %(kind)s; in a year of 0 none is reported")
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
