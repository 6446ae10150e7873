"""Predictability and its over-run, against plain sums; together they account for what came."""

from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stabilis.analysis.answers import CannotJudge
from stabilis.analysis.measures import (
    SCHEDULED_AMOUNTS,
    disbursed_beyond_schedule,
    predictability,
)

AMOUNT = st.integers(min_value=0, max_value=10**9)
BOOKS = st.lists(st.tuples(AMOUNT, AMOUNT), min_size=1, max_size=30).filter(
    lambda pairs: any(s for s, _ in pairs) and any(d for _, d in pairs)
)


def booked(pairs) -> pl.DataFrame:
    columns = {
        "provider": [f"provider {number}" for number in range(len(pairs))],
        "scheduled_usd": [scheduled for scheduled, _ in pairs],
        "disbursed_usd": [disbursed for _, disbursed in pairs],
    }
    return pl.DataFrame(columns, schema=SCHEDULED_AMOUNTS.schema)


@given(BOOKS)
def test_both_agree_with_exact_fractions_when_books_are_complete(pairs):
    scheduled, disbursed = sum(s for s, _ in pairs), sum(d for _, d in pairs)
    kept = Fraction(100 * sum(min(s, d) for s, d in pairs), scheduled)
    beyond = Fraction(100 * sum(d - s for s, d in pairs if d > s), disbursed)

    as_scheduled = predictability.compute(booked(pairs))
    over_run = disbursed_beyond_schedule.compute(booked(pairs))

    assert as_scheduled.value == pytest.approx(float(kept), rel=1e-9)
    assert over_run.value == pytest.approx(float(beyond), rel=1e-9)


@given(BOOKS)
def test_kept_and_over_run_add_up_to_what_came_when_put_together(pairs):
    scheduled, disbursed = sum(s for s, _ in pairs), sum(d for _, d in pairs)

    kept = predictability.compute(booked(pairs)).value * scheduled
    beyond = disbursed_beyond_schedule.compute(booked(pairs)).value * disbursed

    assert (kept + beyond) / 100 == pytest.approx(disbursed, rel=1e-9)


def test_an_over_run_does_not_hide_a_shortfall_when_the_totals_match():
    rows = booked([(100, 0), (100, 200)])

    answer = predictability.compute(rows)

    assert answer.value == 50.0


def test_predictability_cannot_be_judged_when_a_refund_is_booked_as_negative():
    rows = booked([(100, -20)])

    answer = predictability.compute(rows)

    assert answer == CannotJudge("disbursed_usd is negative for provider provider 0")
