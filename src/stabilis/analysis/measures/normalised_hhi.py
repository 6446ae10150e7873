"""Normalised concentration: HHI freed from the mere number of donors, so that countries compare."""

import polars as pl

from stabilis.analysis.answers import Answer, CannotJudge, Value
from stabilis.analysis.measures import DONOR_AMOUNTS, Citation, Example, Measure, donor_shares

UNIT = "index, 0 to 1"


def compute(rows: pl.DataFrame) -> Answer:
    """Return (HHI - 1/n) / (1 - 1/n) over the n donors that gave.

    Raises FrameError when a column is missing or a donor comes twice.
    """
    shares = donor_shares(rows)
    if isinstance(shares, CannotJudge):
        return shares
    least = 1 / len(shares)
    # Equal shares give 1/n only up to rounding, and -1e-17 is not a concentration.
    above_least = max(0.0, float((shares**2).sum()) - least)
    return Value(value=above_least / (1 - least), unit=UNIT, n=len(shares))


MEASURE = Measure(
    title="Concentration of donors, normalised for their number",
    unit=UNIT,
    formula="HHI* = (HHI - 1/n) / (1 - 1/n), where n = donors that gave (shares from 0 to 1)",
    source=(
        Citation(
            "Normalised form of the Herfindahl–Hirschman index: Hirschman, A. O. (1964), The "
            "Paternity of an Index, American Economic Review 54(5), for the index; the "
            "normalisation is textbook arithmetic",
            seen_in="memory",
        ),
    ),
    reads=DONOR_AMOUNTS,
    compute=compute,
    caveats=(
        "0 means equal shares and 1 would mean that one donor gives all.",
        (
            "n counts donors that gave; a donor listed with 0 is not one of them, so adding idle "
            "donors to the list changes nothing."
        ),
    ),
    examples={
        "four donors at 60, 20, 10 and 10": Example(
            rows={"donor": ["A", "B", "C", "D"], "amount_usd": [60, 20, 10, 10]},
            answer=Value(value=0.2267, unit=UNIT, n=4),
        ),
        "three equal donors": Example(
            rows={"donor": ["A", "B", "C"], "amount_usd": [5, 5, 5]},
            answer=Value(value=0.0, unit=UNIT, n=3),
        ),
        "a refund below zero cannot be judged": Example(
            rows={"donor": ["A", "B"], "amount_usd": [60, -5]},
            answer=CannotJudge("amount_usd is negative for donor B"),
        ),
    },
)
