"""Deployed against authorised strength: dates must meet, and the unknown stays unknown."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stabilis.analysis.answers import CannotJudge
from stabilis.analysis.measures import authorised_against_deployed

SET = date(2016, 6, 29)


def mission(*components) -> pl.DataFrame:
    return pl.DataFrame(
        list(components), schema=authorised_against_deployed.READS.schema, orient="row"
    )


@given(
    st.lists(st.tuples(st.integers(1, 100_000), st.integers(0, 100_000)), min_size=1, max_size=3)
)
def test_the_share_agrees_with_plain_division_when_all_is_known(strengths):
    names = ["military", "police", "civilian"]
    rows = mission(
        *[(name, a, SET, d, SET) for name, (a, d) in zip(names, strengths, strict=False)]
    )
    expected = 100 * sum(d for _, d in strengths) / sum(a for a, _ in strengths)

    answer = authorised_against_deployed.compute(rows)

    assert answer.value == pytest.approx(expected, rel=1e-12)


def test_the_share_passes_a_hundred_when_more_are_deployed_than_authorised():
    rows = mission(("military", 1_000, SET, 1_050, SET))

    answer = authorised_against_deployed.compute(rows)

    assert answer.value == 105.0


@pytest.mark.parametrize("days", [-366, 0, 366])
def test_the_share_is_judged_when_the_dates_are_within_a_year(days):
    rows = mission(("military", 1_000, SET, 900, SET + timedelta(days=days)))

    answer = authorised_against_deployed.compute(rows)

    assert answer.value == 90.0


@pytest.mark.parametrize(
    ("component", "reason"),
    [
        (
            ("police", 100, SET, 90, SET + timedelta(days=367)),
            "police: ceiling of 2016-06-29 and count of 2017-07-01 are more than a year apart",
        ),
        (
            ("police", 100, SET, 90, SET - timedelta(days=367)),
            "police: ceiling of 2016-06-29 and count of 2015-06-28 are more than a year apart",
        ),
        (("police", None, SET, 90, SET), "authorised_strength is unknown for component police"),
        (("police", 100, None, 90, SET), "authorised_on is unknown for component police"),
        (("police", 100, SET, 90, None), "deployed_on is unknown for component police"),
        (
            ("police", 0, SET, 90, SET),
            "authorised_strength is 0 for every component: there is no ceiling",
        ),
    ],
)
def test_the_share_cannot_be_judged_when_a_figure_or_date_is_amiss(component, reason):
    answer = authorised_against_deployed.compute(mission(component))

    assert answer == CannotJudge(reason)
