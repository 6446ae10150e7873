"""Fragmentation: how likely two dollars of aid, drawn at random, come from different donors."""

import polars as pl

from stabilis.analysis.answers import Answer, CannotJudge, Value
from stabilis.analysis.measures import DONOR_AMOUNTS, Citation, Example, Measure, donor_shares

UNIT = "probability, 0 to 1 - 1/n"


def compute(rows: pl.DataFrame) -> Answer:
    """Return 1 - HHI over the donors that gave.

    Raises FrameError when a column is missing or a donor comes twice.
    """
    shares = donor_shares(rows)
    if isinstance(shares, CannotJudge):
        return shares
    return Value(value=1 - float((shares**2).sum()), unit=UNIT, n=len(shares))


MEASURE = Measure(
    title="Fragmentation of aid",
    unit=UNIT,
    formula="F = 1 - HHI = 1 - Σ sᵢ², where sᵢ = amount of donor i / total (shares from 0 to 1)",
    source=(
        Citation(
            "Knack, S. and Rahman, A. (2007), Donor fragmentation and bureaucratic quality in aid "
            "recipients, Journal of Development Economics 83(1)",
            seen_in="memory",
        ),
    ),
    reads=DONOR_AMOUNTS,
    compute=compute,
    caveats=(
        "A proxy for the burden on the recipient, not a proof of harm.",
        (
            "With one donor it would be 0 by arithmetic; the answer is 'cannot judge', because "
            "nothing was there to be divided."
        ),
        "It counts money only: two donors that pool their money still count as two.",
    ),
    examples={
        "four donors at 60, 20, 10 and 10": Example(
            rows={"donor": ["A", "B", "C", "D"], "amount_usd": [60, 20, 10, 10]},
            answer=Value(value=0.58, unit=UNIT, n=4),
        ),
        "three equal donors": Example(
            rows={"donor": ["A", "B", "C"], "amount_usd": [5, 5, 5]},
            answer=Value(value=0.6667, unit=UNIT, n=3),
        ),
        "five donors at 40, 30, 10, 10 and 10": Example(
            rows={"donor": ["A", "B", "C", "D", "E"], "amount_usd": [40, 30, 10, 10, 10]},
            answer=Value(value=0.72, unit=UNIT, n=5),
        ),
        "a single donor cannot be judged": Example(
            rows={"donor": ["A"], "amount_usd": [100]},
            answer=CannotJudge("donors that gave: 1; concentration takes two or more"),
        ),
    },
)
