"""Concentration: how far the aid to a recipient lies in few hands (Herfindahl–Hirschman index)."""

import polars as pl

from stabilis.analysis.answers import Answer, CannotJudge, Value
from stabilis.analysis.measures import DONOR_AMOUNTS, Citation, Example, Measure, donor_shares

UNIT = "index, 1/n to 1"


def compute(rows: pl.DataFrame) -> Answer:
    """Return Σ sᵢ² over the donors that gave, where sᵢ is a donor's share of the total.

    Raises FrameError when a column is missing or a donor comes twice.
    """
    shares = donor_shares(rows)
    if isinstance(shares, CannotJudge):
        return shares
    return Value(value=float((shares**2).sum()), unit=UNIT, n=len(shares))


MEASURE = Measure(
    title="Concentration of donors (HHI)",
    unit=UNIT,
    formula="HHI = Σ sᵢ², where sᵢ = amount of donor i / total (shares from 0 to 1, not percent)",
    source=(
        Citation(
            "Herfindahl, O. C. (1950), Concentration in the U.S. Steel Industry, Columbia "
            "University; Hirschman, A. O. (1964), The Paternity of an Index, American Economic "
            "Review 54(5)",
            seen_in="memory",
        ),
        Citation(
            "Council for the Development of Cambodia, Aid Effectiveness Report (edition not "
            "noted), annex: the worked numbers",
            seen_in="secondary copy: the project's domain notes",
        ),
    ),
    reads=DONOR_AMOUNTS,
    compute=compute,
    caveats=(
        (
            "With one donor the sum is 1 by arithmetic and says nothing about how donors divide "
            "the work, so the answer is 'cannot judge'."
        ),
        (
            "A donor whose amount is 0 did not give and is not counted; one whose amount is "
            "unknown makes the whole answer unknown."
        ),
        "Some print it times 10,000 (4,200 instead of 0.42).",
        (
            "Concentration is neither good nor bad by itself: many donors are a burden, and an "
            "insurance against the exit of one."
        ),
    ),
    examples={
        "four donors at 60, 20, 10 and 10": Example(
            rows={"donor": ["A", "B", "C", "D"], "amount_usd": [60, 20, 10, 10]},
            answer=Value(value=0.42, unit=UNIT, n=4),
        ),
        "three equal donors": Example(
            rows={"donor": ["A", "B", "C"], "amount_usd": [5, 5, 5]},
            answer=Value(value=0.3333, unit=UNIT, n=3),
        ),
        "five donors at 40, 30, 10, 10 and 10": Example(
            rows={"donor": ["A", "B", "C", "D", "E"], "amount_usd": [40, 30, 10, 10, 10]},
            answer=Value(value=0.28, unit=UNIT, n=5),
        ),
        "a single donor cannot be judged": Example(
            rows={"donor": ["A"], "amount_usd": [100]},
            answer=CannotJudge("donors that gave: 1; concentration takes two or more"),
        ),
        "an unknown amount cannot be judged": Example(
            rows={"donor": ["A", "B", "C"], "amount_usd": [60, None, 40]},
            answer=CannotJudge("amount_usd is unknown for donor B"),
        ),
    },
)
