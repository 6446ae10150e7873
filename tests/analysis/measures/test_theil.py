"""Theil T of a donor's allocation, against numpy and its own bounds."""

import math

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stabilis.analysis.answers import CannotJudge
from stabilis.analysis.measures import theil

ALLOCATIONS = st.lists(st.integers(min_value=0, max_value=10**9), min_size=2, max_size=60).filter(
    any
)


def allocated(amounts) -> pl.DataFrame:
    recipients = [f"recipient {number}" for number in range(len(amounts))]
    return pl.DataFrame({"recipient": recipients, "amount_usd": amounts}, schema=theil.READS.schema)


def theil_by_the_mean(amounts) -> float:
    """Second implementation: the form over amounts and their mean, in numpy."""
    relative = np.array(amounts, dtype=float) / np.mean(amounts)
    positive = relative[relative > 0]
    return float(np.sum(positive * np.log(positive)) / len(amounts))


@given(ALLOCATIONS)
def test_theil_agrees_with_the_form_over_the_mean_when_aid_was_given(amounts):
    answer = theil.compute(allocated(amounts))

    assert answer.value == pytest.approx(theil_by_the_mean(amounts), rel=1e-9, abs=1e-9)


@given(ALLOCATIONS)
def test_theil_lies_between_zero_and_ln_n_when_aid_was_given(amounts):
    answer = theil.compute(allocated(amounts))

    assert 0 <= answer.value <= math.log(len(amounts)) + 1e-12


@given(ALLOCATIONS, st.integers(min_value=2, max_value=1000))
def test_theil_stays_when_every_amount_is_multiplied(amounts, times):
    before = theil.compute(allocated(amounts))

    after = theil.compute(allocated([amount * times for amount in amounts]))

    assert after.value == pytest.approx(before.value, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("recipients", [2, 3, 10, 150])
def test_theil_is_ln_n_when_one_of_n_gets_all(recipients):
    rows = allocated([7] + [0] * (recipients - 1))

    answer = theil.compute(rows)

    assert answer.value == pytest.approx(math.log(recipients), rel=1e-12)


def test_theil_cannot_be_judged_when_nobody_got_anything():
    rows = allocated([0, 0])

    answer = theil.compute(rows)

    assert answer == CannotJudge("amount_usd is 0 for every recipient: there is nothing to divide")
