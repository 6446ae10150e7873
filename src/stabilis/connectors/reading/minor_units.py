"""Turns a printed amount into whole minor units (cents, fils) of its currency, exactly.

Source: ISO 4217; the few currencies without hundredths are facts in `codes/`, each with `seen_in`.
"""

import csv
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import cache, lru_cache
from pathlib import Path

import pycountry

FACTS = Path(__file__).parent / "codes" / "currency_minor_units.csv"
DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
LARGEST = 2**63 - 1
LONGEST = 100
EXACT = Context(prec=2 * LONGEST)
HUNDREDTHS = 2


@dataclass(frozen=True, slots=True)
class Amount:
    """Whole minor units, and whether the print was finer than the currency and so was rounded."""

    minor: int
    is_rounded: bool


@cache
def places(currency: str) -> int | None:
    """Return how many decimal places a currency has; None where it is unknown or has none stated.

    Gold, silver and test codes have none in ISO 4217, so no amount in them can be read.
    """
    facts = _facts()
    if currency in facts:
        return facts[currency]
    return HUNDREDTHS if pycountry.currencies.get(alpha_3=currency) else None


@lru_cache(maxsize=1 << 16)
def amount(printed: str, *, places: int) -> Amount | None:
    """Return a printed decimal in minor units; None when it is no plain decimal or too large.

    A print finer than the currency is rounded half to even, and says so.
    """
    if len(printed) > LONGEST or not DECIMAL.fullmatch(printed):
        return None
    exact = Decimal(printed).scaleb(places, context=EXACT)
    whole = exact.to_integral_value(rounding=ROUND_HALF_EVEN)
    if abs(whole) > LARGEST:
        return None
    return Amount(int(whole), whole != exact)


@cache
def _facts() -> dict[str, int | None]:
    with FACTS.open(encoding="utf-8", newline="") as lines:
        return {
            row["code"]: int(row["minor_units"]) if row["minor_units"] else None
            for row in csv.DictReader(lines)
        }
