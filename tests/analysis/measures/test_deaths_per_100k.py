"""Deaths per 100,000, against plain division; an unknown bound stays unknown."""

from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stabilis.analysis.answers import CannotJudge
from stabilis.analysis.measures import deaths_per_100k

YEARS = st.lists(
    st.tuples(
        st.lists(st.integers(min_value=0, max_value=10**6), min_size=3, max_size=3).map(sorted),
        st.integers(min_value=1, max_value=10**9),
    ),
    min_size=1,
    max_size=30,
)


def counted(years) -> pl.DataFrame:
    columns = {
        "year": [1989 + number for number in range(len(years))],
        "deaths_low": [deaths[0] for deaths, _ in years],
        "deaths_best": [deaths[1] for deaths, _ in years],
        "deaths_high": [deaths[2] for deaths, _ in years],
        "population": [population for _, population in years],
    }
    return pl.DataFrame(columns, schema=deaths_per_100k.READS.schema)


@given(YEARS)
def test_the_rate_and_its_bounds_agree_with_exact_fractions_when_all_is_known(years):
    people = sum(population for _, population in years)
    low, best, high = (
        float(Fraction(100_000 * sum(deaths[bound] for deaths, _ in years), people))
        for bound in range(3)
    )

    answer = deaths_per_100k.compute(counted(years))

    assert (answer.low, answer.value, answer.high) == pytest.approx((low, best, high), rel=1e-9)


def test_a_bound_stays_unknown_when_one_year_lacks_it():
    rows = counted([([1, 2, 3], 100_000), ([None, 4, 5], 100_000)])

    answer = deaths_per_100k.compute(rows)

    assert (answer.low, answer.value, answer.high) == (None, 3.0, 4.0)


@pytest.mark.parametrize(
    ("deaths", "population", "reason"),
    [
        ([1, None, 3], 100, "deaths_best is unknown for year 1989"),
        ([1, 2, 3], None, "population is unknown for year 1989"),
        ([1, 2, 3], 0, "population is 0 in 1989"),
        ([-1, 2, 3], 100, "deaths_low is negative for year 1989"),
        ([3, 2, 3], 100, "deaths_low exceeds deaths_best for year 1989"),
    ],
)
def test_the_rate_cannot_be_judged_when_a_figure_is_amiss(deaths, population, reason):
    answer = deaths_per_100k.compute(counted([(deaths, population)]))

    assert answer == CannotJudge(reason)
