"""Proliferation: how evenly a donor scatters its aid over possible recipients (Theil T)."""

import math

import polars as pl

from stabilis.analysis.answers import Answer, CannotJudge, Value, unusable
from stabilis.analysis.frames import Column, Frame
from stabilis.analysis.measures import Citation, Example, Measure, checked

UNIT = "nats, 0 to ln n"

READS = Frame(
    name="a donor's allocation",
    row="what one donor gave to one recipient (or sector) in one period, nothing included",
    key=("recipient",),
    columns={
        "recipient": Column(pl.String, "the recipient, by name or code", nullable=False),
        "amount_usd": Column(pl.Float64, "what it got; 0 is nothing, empty is unknown", "USD"),
    },
)


def compute(rows: pl.DataFrame) -> Answer:
    """Return Σ sⱼ ln(n sⱼ) over the donor's n possible recipients, where 0 ln 0 is 0.

    Raises FrameError when a column is missing or a recipient comes twice.
    """
    rows = checked(rows=rows, frame=READS)
    if reason := unusable(rows=rows, columns=("amount_usd",), named_by="recipient"):
        return reason
    if rows.height < 2:
        return CannotJudge("one possible recipient is listed: it takes two to scatter aid")
    total = float(rows["amount_usd"].sum())
    if total == 0:
        return CannotJudge("amount_usd is 0 for every recipient: there is nothing to divide")
    shares = [amount / total for amount in rows["amount_usd"] if amount > 0]
    scatter = math.fsum(share * math.log(rows.height * share) for share in shares if share > 0)
    # Equal shares give 0 only up to rounding, and the index is never negative.
    return Value(value=max(0.0, scatter), unit=UNIT, n=rows.height)


MEASURE = Measure(
    title="Proliferation of a donor's aid (Theil T)",
    unit=UNIT,
    formula="T = Σ sⱼ ln(n sⱼ), where sⱼ = recipient j's share of the donor's aid (0 to 1) and "
    "n = all possible recipients, those that got nothing included",
    source=(
        Citation(
            "Theil, H. (1967), Economics and Information Theory, North-Holland",
            seen_in="secondary copy: encyclopedia articles that print the formula",
        ),
        Citation(
            "Acharya, A., Fuzzo de Lima, A. T. and Moore, M. (2006), Proliferation and "
            "Fragmentation: Transactions Costs and the Value of Aid, Journal of Development "
            "Studies 42(1): the use for donors",
            seen_in="secondary copy: the publisher's abstract, which does not print the formula",
        ),
    ),
    reads=READS,
    compute=compute,
    caveats=(
        "Lower means more scattered: 0 is the same amount to everyone, ln n all to one.",
        (
            "The list of possible recipients is a choice and moves the result; state it, and keep "
            "it the same when donors or years are compared."
        ),
    ),
    examples={
        "the same to each of four": Example(
            rows={"recipient": ["P", "Q", "R", "S"], "amount_usd": [25, 25, 25, 25]},
            answer=Value(value=0.0, unit=UNIT, n=4),
        ),
        "all to one of four: ln 4": Example(
            rows={"recipient": ["P", "Q", "R", "S"], "amount_usd": [100, 0, 0, 0]},
            answer=Value(value=1.3863, unit=UNIT, n=4),
        ),
        "half to each of two among four: ln 2": Example(
            rows={"recipient": ["P", "Q", "R", "S"], "amount_usd": [50, 50, 0, 0]},
            answer=Value(value=0.6931, unit=UNIT, n=4),
        ),
        "one possible recipient cannot be judged": Example(
            rows={"recipient": ["P"], "amount_usd": [100]},
            answer=CannotJudge("one possible recipient is listed: it takes two to scatter aid"),
        ),
        "an unknown amount cannot be judged": Example(
            rows={"recipient": ["P", "Q"], "amount_usd": [None, 5]},
            answer=CannotJudge("amount_usd is unknown for recipient P"),
        ),
    },
)
