"""Says whether amounts could be put into US dollars with the rates held, and if not, why."""

from typing import Any

from django.utils.translation import gettext as _

from stabilis.portal.panels.giving import rounded
from stabilis.reference.queries import convert
from stabilis.reference.rules import Money, NoRate

INTO = "USD"
CENTS = 100
WITHIN_DAYS = 31


def conversion(rows: list[dict[str, Any]]) -> tuple[str, ...]:
    """Return a sentence for each currency: its sum in dollars, or the rate that is missing.

    A sum is given only when every transaction of that currency has a rate within a month.
    """
    currencies = sorted({row["currency"] for row in rows} - {INTO})
    return tuple(
        _sentence(currency, [row for row in rows if row["currency"] == currency])
        for currency in currencies
    )


def _sentence(currency: str, rows: list[dict[str, Any]]) -> str:
    cents: dict[str, int] = {}
    for row in rows:
        found = convert(
            Money(row["amount_minor"], currency), into=INTO, on=row["date"], within_days=WITHIN_DAYS
        )
        if isinstance(found, NoRate):
            return _("%(currency)s is not converted: %(reason)s") % {
                "currency": currency,
                "reason": found.reason,
            }
        cents[row["kind"]] = cents.get(row["kind"], 0) + found.result.minor
    told = ", ".join(
        _("%(kind)s %(amount)s million USD") % {"kind": kind, "amount": rounded(sum_ / CENTS / 1e6)}
        for kind, sum_ in sorted(cents.items())
    )
    return _("%(currency)s at the rates held, each within a month of its day: %(told)s.") % {
        "currency": currency,
        "told": told,
    }
