"""Answers: a number within its bounds, or a reason that names what is missing and for whom."""

import math

import polars as pl
import pytest

from stabilis.analysis.answers import (
    CannotJudge,
    Value,
    negative,
    out_of_order,
    unknown,
    unusable,
)


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [(math.nan, None, None), (math.inf, None, None), (2.0, 3.0, None), (2.0, None, 1.0)],
)
def test_a_value_is_refused_when_it_lies_outside_its_bounds(value, low, high):
    with pytest.raises(ValueError, match="does not lie between"):
        Value(value=value, unit="USD", low=low, high=high)


def test_a_value_takes_one_bound_when_the_other_is_unknown():
    value = Value(value=2.0, unit="ratio", low=1.0)

    assert (value.low, value.high, value.n) == (1.0, None, None)


def test_unknown_names_the_first_three_rows_when_many_are_empty():
    rows = pl.DataFrame({"donor": list("EDCBA"), "amount_usd": [None, None, 1.0, None, math.nan]})

    reason = unknown(rows=rows, columns=("amount_usd",), named_by="donor")

    assert reason == CannotJudge("amount_usd is unknown for donor A, B, D and 1 more")


def test_unknown_reports_an_empty_date_when_the_column_is_no_number():
    rows = pl.DataFrame({"component": ["police"], "counted_on": [None]})
    rows = rows.cast({"counted_on": pl.Date})

    reason = unknown(rows=rows, columns=("counted_on",), named_by="component")

    assert reason == CannotJudge("counted_on is unknown for component police")


def test_unusable_gives_no_reason_when_zero_is_the_amount():
    rows = pl.DataFrame({"donor": ["A"], "amount_usd": [0.0]})

    reason = unusable(rows=rows, columns=("amount_usd",), named_by="donor")

    assert reason is None


def test_negative_passes_over_the_unknown_when_asked_alone():
    rows = pl.DataFrame({"year": [2014, 2015], "deaths": [None, -1.0]})

    reason = negative(rows=rows, columns=("deaths",), named_by="year")

    assert reason == CannotJudge("deaths is negative for year 2015")


def test_out_of_order_names_the_pair_when_best_exceeds_high():
    rows = pl.DataFrame({"year": [2014], "low": [1.0], "best": [3.0], "high": [2.0]})

    reason = out_of_order(rows=rows, columns=("low", "best", "high"), named_by="year")

    assert reason == CannotJudge("best exceeds high for year 2014")
