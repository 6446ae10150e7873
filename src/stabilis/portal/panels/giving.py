"""What givers gave, added up with its gaps; how concentrated they are; bars that rank them."""

from collections.abc import Mapping
from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from stabilis.analysis.answers import Answer, CannotJudge
from stabilis.analysis.measures import DONOR_AMOUNTS, effective_donors, hhi
from stabilis.interface.numbers import plain

MOST_BARS = 12
Rows = list[dict[str, Any]]


def rounded(value: float, *, digits: int = 1) -> str:
    """Return a number as shown, rounded: `plain` alone cuts digits off, 428.97 to 428.9."""
    return plain(round(value, digits), digits=digits)


def by_giver(rows: Rows, *, amount: str) -> dict[tuple[str, str], float]:
    """Return the amount of each giver, by code and name, largest first."""
    sums: dict[tuple[str, str], float] = {}
    for row in rows:
        key = (row["code"], row["giver"])
        sums[key] = sums.get(key, 0) + row[amount]
    return dict(sorted(sums.items(), key=lambda item: (-item[1], item[0])))


def concentration(amounts: Mapping[tuple[str, str], float]) -> str:
    """Return in words how concentrated givers are, or why it cannot be judged."""
    rows = pl.DataFrame(
        {"donor": [f"{name} {code}".strip() for code, name in amounts]}
        | {"amount_usd": [float(amount) for amount in amounts.values()]},
        schema=DONOR_AMOUNTS.schema,
    )
    return " ".join(
        _("%(title)s: %(answer)s.")
        % {"title": measure.title, "answer": _told(measure.compute(rows))}
        for measure in (hhi.MEASURE, effective_donors.MEASURE)
    )


def _told(answer: Answer) -> str:
    if isinstance(answer, CannotJudge):
        return _("cannot judge: %(reason)s") % {"reason": answer.reason}
    return _("%(value)s (%(unit)s), over %(count)s givers") % {
        "value": rounded(answer.value, digits=2),
        "unit": answer.unit,
        "count": answer.n,
    }


def bars(amounts: Mapping[str, float]) -> list[dict[str, Any]]:
    """Return the largest amounts as ranked bars in millions, with the rest as one bar."""
    ranked = sorted(amounts.items(), key=lambda item: (-item[1], item[0]))
    shown, rest = ranked[:MOST_BARS], ranked[MOST_BARS:]
    if rest:
        name = _("%(count)s others") % {"count": len(rest)}
        shown = [*shown, (name, sum(amount for _name, amount in rest))]
    return [
        {"name": name, "value": amount / 1e6, "shown": rounded(amount / 1e6)}
        for name, amount in shown
    ]
