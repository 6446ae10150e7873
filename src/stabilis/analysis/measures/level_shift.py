"""Level shift: whether a yearly figure fell or rose from one span of years to a later one.

The claims of the case pack are tested with it. A shift counts only if it is larger than the
uncertainty of the figures; what caused it is another question.
"""

from typing import Literal

import polars as pl

from stabilis.analysis.answers import Answer, CannotJudge, Value, out_of_order, unusable
from stabilis.analysis.frames import Column, Frame
from stabilis.analysis.measures import Citation, Example, Measure, checked

UNIT = "ratio, later to reference"
FEWEST_YEARS = 2

Shift = Literal["rose", "fell", "unclear"]

READS = Frame(
    name="a yearly figure in two windows",
    row="one year of the figure, in the window it belongs to",
    key=("year",),
    columns={
        "year": Column(pl.Int64, "calendar year", nullable=False),
        "window": Column(
            pl.Enum(["reference", "later"]), "the years before, or those judged", nullable=False
        ),
        "low": Column(pl.Float64, "low estimate, in the unit of the figure"),
        "best": Column(pl.Float64, "best estimate; 0 is none, empty is unknown"),
        "high": Column(pl.Float64, "high estimate"),
    },
)


def compute(rows: pl.DataFrame) -> Answer:
    """Return mean(best, later) / mean(best, reference), bounded by the low and high estimates.

    Raises FrameError when a column is missing or a year comes twice.
    """
    rows = checked(rows=rows, frame=READS)
    if reason := _cannot_compare(rows):
        return reason
    reference, later = _means(rows=rows, window="reference"), _means(rows=rows, window="later")
    if reference["best"] == 0:
        return CannotJudge("the reference mean is 0: a ratio to nothing has no value")
    return Value(
        value=later["best"] / reference["best"],
        unit=UNIT,
        low=later["low"] / reference["high"],
        high=later["high"] / reference["low"] if reference["low"] > 0 else None,
        n=rows.height,
    )


def shift(rows: pl.DataFrame) -> Shift | CannotJudge:
    """Return "fell" if the later mean of highs lies below the reference mean of lows.

    "rose" is the mirror image; "unclear" means that the bounds meet. Missing figures are not
    "unclear": they cannot be judged.

    Raises FrameError when a column is missing or a year comes twice.
    """
    rows = checked(rows=rows, frame=READS)
    if reason := _cannot_compare(rows):
        return reason
    reference, later = _means(rows=rows, window="reference"), _means(rows=rows, window="later")
    if later["high"] < reference["low"]:
        return "fell"
    return "rose" if later["low"] > reference["high"] else "unclear"


def _means(*, rows: pl.DataFrame, window: str) -> dict[str, float]:
    """Return the mean low, best and high of one window."""
    within = rows.filter(pl.col("window") == window)
    return within.select(pl.mean("low", "best", "high")).row(0, named=True)


def _cannot_compare(rows: pl.DataFrame) -> CannotJudge | None:
    """Return the reason if a figure is unknown or disordered, or the windows do not serve."""
    estimates = ("low", "best", "high")
    return (
        unusable(rows=rows, columns=estimates, named_by="year")
        or out_of_order(rows=rows, columns=estimates, named_by="year")
        or _too_short(rows=rows, window="reference")
        or _too_short(rows=rows, window="later")
        or _not_later(rows)
    )


def _too_short(*, rows: pl.DataFrame, window: str) -> CannotJudge | None:
    """Return the reason if a window has too few years or a hole."""
    years = rows.filter(pl.col("window") == window)["year"].to_list()
    if len(years) < FEWEST_YEARS:
        return CannotJudge(
            f"years in the {window} window: {len(years)}; a level takes {FEWEST_YEARS} or more"
        )
    if holes := sorted(set(range(min(years), max(years))) - set(years)):
        return CannotJudge(f"the {window} window lacks {', '.join(map(str, holes))}")
    return None


def _not_later(rows: pl.DataFrame) -> CannotJudge | None:
    """Return the reason if the later window starts before the reference has ended."""
    ends = rows.filter(pl.col("window") == "reference")["year"].to_list()
    starts = rows.filter(pl.col("window") == "later")["year"].to_list()
    if min(starts) > max(ends):
        return None
    return CannotJudge(
        f"the later window starts in {min(starts)}, before the reference has ended ({max(ends)})"
    )


MEASURE = Measure(
    title="Level shift between two spans of years",
    unit=UNIT,
    formula="L = mean best (later) / mean best (reference); low = mean low (later) / mean high "
    "(reference), high = mean high (later) / mean low (reference). Fell: mean high (later) < mean "
    "low (reference). Rose: mean low (later) > mean high (reference). Else unclear",
    source=(
        Citation(
            "Moore, R. E. (1966), Interval Analysis, Prentice-Hall: bounds of a quotient",
            seen_in="memory",
        ),
        Citation(
            "Stabilis (2026): the decision and the least number of years are this project's own "
            "definition",
            seen_in="original",
        ),
    ),
    reads=READS,
    compute=compute,
    caveats=(
        "Before and after is not cause and effect: a shift says nothing about who brought it.",
        "The choice of years can make a shift; name them, and say who chose them.",
        (
            "The bounds are the range of reports, not a confidence interval, and the mean hides "
            "years of the opposite sign within a window."
        ),
        "No upper bound is given where the reference's lows are all 0.",
    ),
    examples={
        "halved, and clear of the bounds: fell": Example(
            rows={
                "year": [2012, 2013, 2014, 2015],
                "window": ["reference", "reference", "later", "later"],
                "low": [180, 220, 80, 100],
                "best": [190, 230, 100, 110],
                "high": [240, 260, 120, 130],
            },
            answer=Value(value=0.5, unit=UNIT, low=0.36, high=0.625, n=4),
        ),
        "a year without figures: cannot be judged": Example(
            rows={
                "year": [2012, 2013, 2014, 2015],
                "window": ["reference", "reference", "later", "later"],
                "low": [180, 220, 80, None],
                "best": [190, 230, 100, None],
                "high": [240, 260, 120, None],
            },
            answer=CannotJudge("low is unknown for year 2015"),
        ),
        "one year is not a level: cannot be judged": Example(
            rows={
                "year": [2012, 2013, 2014],
                "window": ["reference", "reference", "later"],
                "low": [180, 220, 80],
                "best": [190, 230, 100],
                "high": [240, 260, 120],
            },
            answer=CannotJudge("years in the later window: 1; a level takes 2 or more"),
        ),
        "from nothing: no ratio": Example(
            rows={
                "year": [2012, 2013, 2014, 2015],
                "window": ["reference", "reference", "later", "later"],
                "low": [0, 0, 80, 100],
                "best": [0, 0, 100, 110],
                "high": [0, 0, 120, 130],
            },
            answer=CannotJudge("the reference mean is 0: a ratio to nothing has no value"),
        ),
    },
)
