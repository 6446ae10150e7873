"""Deaths per 100,000: how deadly organised violence was for the people who lived there."""

import polars as pl

from stabilis.analysis.answers import Answer, CannotJudge, Value, negative, out_of_order, unknown
from stabilis.analysis.frames import Column, Frame
from stabilis.analysis.measures import Citation, Example, Measure, checked

UNIT = "deaths per 100,000 people and year"

READS = Frame(
    name="deaths and population",
    row="one year of one country or area",
    key=("year",),
    columns={
        "year": Column(pl.Int64, "calendar year", nullable=False),
        "deaths_low": Column(pl.Float64, "low estimate", "deaths"),
        "deaths_best": Column(pl.Float64, "best estimate; 0 is none, empty is unknown", "deaths"),
        "deaths_high": Column(pl.Float64, "high estimate", "deaths"),
        "population": Column(pl.Float64, "people who lived there that year", "people"),
    },
)


def compute(rows: pl.DataFrame) -> Answer:
    """Return 100,000 Σ deaths / Σ population over the years, bounded by the low and high estimates.

    Raises FrameError when a column is missing or a year comes twice.
    """
    rows = checked(rows=rows, frame=READS)
    deaths = ("deaths_low", "deaths_best", "deaths_high")
    reason = (
        unknown(rows=rows, columns=("deaths_best", "population"), named_by="year")
        or negative(rows=rows, columns=(*deaths, "population"), named_by="year")
        or out_of_order(rows=rows, columns=deaths, named_by="year")
        or _unpeopled(rows)
    )
    if reason:
        return reason
    return Value(
        value=_rate(rows=rows, deaths="deaths_best"),
        unit=UNIT,
        low=_bound(rows=rows, deaths="deaths_low"),
        high=_bound(rows=rows, deaths="deaths_high"),
        n=rows.height,
    )


def _unpeopled(rows: pl.DataFrame) -> CannotJudge | None:
    """Return the reason if a year counts nobody."""
    years = rows.filter(pl.col("population") == 0)["year"].sort().to_list()
    return CannotJudge(f"population is 0 in {years[0]}") if years else None


def _rate(*, rows: pl.DataFrame, deaths: str) -> float:
    """Return the rate for one column of deaths."""
    return 100_000 * float(rows[deaths].sum()) / float(rows["population"].sum())


def _bound(*, rows: pl.DataFrame, deaths: str) -> float | None:
    """Return the rate for a bound, or None when a year lacks it."""
    known = unknown(rows=rows, columns=(deaths,), named_by="year") is None
    return _rate(rows=rows, deaths=deaths) if known else None


MEASURE = Measure(
    title="Deaths in organised violence per 100,000 people",
    unit=UNIT,
    formula="R = 100,000 x Σ deaths / Σ population over the years; low and high by the same "
    "formula from the low and high estimates",
    source=(
        Citation(
            "OHCHR, metadata of SDG indicator 16.1.2, conflict-related deaths per 100,000 "
            "population (3 December 2018)",
            seen_in="secondary copy: the World Bank's mirror of the SDG metadata",
        ),
    ),
    reads=READS,
    compute=compute,
    caveats=(
        (
            "Documented deaths only: where reporters cannot go, deaths go uncounted, and the high "
            "estimate does not make up for that."
        ),
        (
            "SDG 16.1.2 also counts indirect deaths (hunger, disease); event data do not, so the "
            "rate here is lower by definition."
        ),
        "Low and high are the range of reports, not a confidence interval.",
        "Never add the deaths of two event databases: they count the same people.",
    ),
    examples={
        "one year with its range": Example(
            rows={
                "year": [2014],
                "deaths_low": [180],
                "deaths_best": [200],
                "deaths_high": [300],
                "population": [10_000_000],
            },
            answer=Value(value=2.0, unit=UNIT, low=1.8, high=3.0, n=1),
        ),
        "two years, weighed by population": Example(
            rows={
                "year": [2014, 2015],
                "deaths_low": [100, 100],
                "deaths_best": [100, 200],
                "deaths_high": [100, 500],
                "population": [1_000_000, 3_000_000],
            },
            answer=Value(value=7.5, unit=UNIT, low=5.0, high=15.0, n=2),
        ),
        "nobody died: zero, which is not unknown": Example(
            rows={
                "year": [2014],
                "deaths_low": [0],
                "deaths_best": [0],
                "deaths_high": [None],
                "population": [1_000_000],
            },
            answer=Value(value=0.0, unit=UNIT, low=0.0, high=None, n=1),
        ),
        "population unknown: cannot be judged": Example(
            rows={
                "year": [2014],
                "deaths_low": [180],
                "deaths_best": [200],
                "deaths_high": [300],
                "population": [None],
            },
            answer=CannotJudge("population is unknown for year 2014"),
        ),
    },
)
