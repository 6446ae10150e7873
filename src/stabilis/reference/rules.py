"""How money is converted: whole minor units in and out, exact fractions between, never a float."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True)
class Money:
    """An amount in whole minor units (cents, fils) of an ISO 4217 currency."""

    minor: int
    currency: str


@dataclass(frozen=True)
class DatedRate:
    """A rate as printed: one `base` bought `rate` of `quote` on that day, by this source."""

    base: str
    quote: str
    on: date
    rate: str
    source: str
    seen_in: str
    printed_in: str


@dataclass(frozen=True)
class NoRate:
    """No rate may be used, and why; the amount stays in its own currency."""

    reason: str


@dataclass(frozen=True)
class Converted:
    """An amount in another currency beside its untouched original; no rate when none was needed."""

    original: Money
    result: Money
    rate: DatedRate | None


def exchanged(*, minor: int, rate: DatedRate, into: str, from_units: int, into_units: int) -> int:
    """Return minor units of `into`, half to even.

    minor × 10^(into_units − from_units) × rate where `into` is the quoted currency, and divided
    by the rate where it is the base.
    """
    printed = Fraction(Decimal(rate.rate))
    factor = printed if into == rate.quote else 1 / printed
    return round(minor * factor * Fraction(10) ** (into_units - from_units))


def nearest(rates: list[DatedRate], *, on: date) -> list[DatedRate]:
    """Return the rates of the day nearest to `on`; of two equally near days, the earlier."""
    if not rates:
        return []
    day = min((rate.on for rate in rates), key=lambda known: (abs(known - on), known))
    return [rate for rate in rates if rate.on == day]


def undisputed(rates: list[DatedRate], *, why_none: str) -> DatedRate | NoRate:
    """Return the one rate that these rows agree on; a dispute is listed, never averaged."""
    if not rates:
        return NoRate(why_none)
    if len({(rate.base, Fraction(Decimal(rate.rate))) for rate in rates}) > 1:
        listed = "; ".join(f"{rate.rate} ({rate.source}, {rate.printed_in})" for rate in rates)
        return NoRate(f"The rates printed for {rates[0].on} disagree: {listed}.")
    return rates[0]
