"""Overlap: how much of their aid two donors put into the same places (Schoener, Finger–Kreinin)."""

import polars as pl

from stabilis.analysis.answers import Answer, CannotJudge, Value, unusable
from stabilis.analysis.frames import Column, Frame
from stabilis.analysis.measures import Citation, Example, Measure, checked

UNIT = "share, 0 to 1"

READS = Frame(
    name="two donors' allocations",
    row="what two donors gave in one place (or sector) in one period",
    key=("place",),
    columns={
        "place": Column(pl.String, "the place or sector, by name or code", nullable=False),
        "first_usd": Column(pl.Float64, "what the first donor gave; empty is unknown", "USD"),
        "second_usd": Column(pl.Float64, "what the second donor gave; empty is unknown", "USD"),
    },
)


def compute(rows: pl.DataFrame) -> Answer:
    """Return 1 - ½ Σ |pₖ - qₖ| over the places, where p and q are the two donors' shares.

    Raises FrameError when a column is missing or a place comes twice.
    """
    rows = checked(rows=rows, frame=READS)
    if reason := unusable(
        rows=rows, columns=("first_usd", "second_usd"), named_by="place"
    ) or _too_little(rows):
        return reason
    first = rows["first_usd"] / rows["first_usd"].sum()
    second = rows["second_usd"] / rows["second_usd"].sum()
    apart = float((first - second).abs().sum()) / 2
    # Rounding may carry two disjoint donors a hair past 1.
    return Value(value=max(0.0, 1 - apart), unit=UNIT, n=rows.height)


def _too_little(rows: pl.DataFrame) -> CannotJudge | None:
    """Return the reason if the donors had no choice of place, or one of them gave nothing."""
    if rows.height < 2:
        return CannotJudge("one place is listed: it takes two for donors to stay apart")
    for column in ("first_usd", "second_usd"):
        if rows[column].sum() == 0:
            return CannotJudge(f"{column} is 0 in every place: that donor has no shares")
    return None


MEASURE = Measure(
    title="Overlap of two donors",
    unit=UNIT,
    formula="O = 1 - ½ Σ |pₖ - qₖ|, where pₖ and qₖ = each donor's share in place k (0 to 1)",
    source=(
        Citation(
            "Schoener, T. W. (1970), Nonsynchronous Spatial Overlap of Lizards in Patchy Habitats, "
            "Ecology 51(3)",
            seen_in="secondary copy: package documentation that prints the formula",
        ),
        Citation(
            "Finger, J. M. and Kreinin, M. E. (1979), A Measure of 'Export Similarity' and Its "
            "Possible Uses, Economic Journal 89; for donors: Aldasoro, I., Nunnenkamp, P. and "
            "Thiele, R. (2010)",
            seen_in="memory",
        ),
    ),
    reads=READS,
    compute=compute,
    caveats=(
        (
            "It compares where the money goes, not how much: a small and a large donor with the "
            "same pattern overlap fully."
        ),
        (
            "The same place is not the same work: overlap says where to ask, not that effort is "
            "doubled."
        ),
        "Wide places overlap more than narrow ones; compare only at one level (adm1 with adm1).",
    ),
    examples={
        "the same pattern at another scale": Example(
            rows={"place": ["N", "S"], "first_usd": [30, 10], "second_usd": [3, 1]},
            answer=Value(value=1.0, unit=UNIT, n=2),
        ),
        "nothing in common": Example(
            rows={"place": ["N", "S"], "first_usd": [30, 0], "second_usd": [0, 7]},
            answer=Value(value=0.0, unit=UNIT, n=2),
        ),
        "50/30/20 against 20/30/50": Example(
            rows={
                "place": ["N", "C", "S"],
                "first_usd": [50, 30, 20],
                "second_usd": [20, 30, 50],
            },
            answer=Value(value=0.7, unit=UNIT, n=3),
        ),
        "a donor that gave nothing cannot be judged": Example(
            rows={"place": ["N", "S"], "first_usd": [30, 0], "second_usd": [0, 0]},
            answer=CannotJudge("second_usd is 0 in every place: that donor has no shares"),
        ),
        "an unknown amount cannot be judged": Example(
            rows={"place": ["N", "S"], "first_usd": [30, None], "second_usd": [3, 1]},
            answer=CannotJudge("first_usd is unknown for place S"),
        ),
    },
)
