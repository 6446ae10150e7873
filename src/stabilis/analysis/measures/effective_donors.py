"""Effective donors: how many donors of equal size would make the same concentration."""

import polars as pl

from stabilis.analysis.answers import Answer, CannotJudge, Value
from stabilis.analysis.measures import DONOR_AMOUNTS, Citation, Example, Measure, donor_shares

UNIT = "donors"


def compute(rows: pl.DataFrame) -> Answer:
    """Return 1 / HHI over the donors that gave.

    Raises FrameError when a column is missing or a donor comes twice.
    """
    shares = donor_shares(rows)
    if isinstance(shares, CannotJudge):
        return shares
    return Value(value=1 / float((shares**2).sum()), unit=UNIT, n=len(shares))


MEASURE = Measure(
    title="Effective number of donors",
    unit=UNIT,
    formula="N = 1 / HHI = 1 / Σ sᵢ², where sᵢ = amount of donor i / total (shares from 0 to 1)",
    source=(
        Citation(
            "Laakso, M. and Taagepera, R. (1979), 'Effective' Number of Parties: A Measure with "
            "Application to West Europe, Comparative Political Studies 12(1); carried over from "
            "parties to donors",
            seen_in="secondary copy: encyclopedia articles that print the formula",
        ),
    ),
    reads=DONOR_AMOUNTS,
    compute=compute,
    caveats=(
        "Read it beside the plain count: nine donors of which one gives most may be worth 1.5.",
        (
            "It is high for a system in which one donor gives more than half; look at the largest "
            "share too."
        ),
    ),
    examples={
        "four donors at 60, 20, 10 and 10": Example(
            rows={"donor": ["A", "B", "C", "D"], "amount_usd": [60, 20, 10, 10]},
            answer=Value(value=2.381, unit=UNIT, n=4),
        ),
        "three equal donors": Example(
            rows={"donor": ["A", "B", "C"], "amount_usd": [5, 5, 5]},
            answer=Value(value=3.0, unit=UNIT, n=3),
        ),
        "five donors at 40, 30, 10, 10 and 10": Example(
            rows={"donor": ["A", "B", "C", "D", "E"], "amount_usd": [40, 30, 10, 10, 10]},
            answer=Value(value=3.5714, unit=UNIT, n=5),
        ),
        "nobody gave: cannot be judged": Example(
            rows={"donor": ["A", "B"], "amount_usd": [0, 0]},
            answer=CannotJudge("donors that gave: 0; concentration takes two or more"),
        ),
    },
)
