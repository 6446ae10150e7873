"""HHI and its three relatives, against plain arithmetic and against their own laws."""

from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stabilis.analysis.answers import CannotJudge, Value
from stabilis.analysis.measures import (
    DONOR_AMOUNTS,
    effective_donors,
    fragmentation,
    hhi,
    normalised_hhi,
)

AMOUNTS = st.lists(st.integers(min_value=1, max_value=10**12), min_size=2, max_size=40)


def given_by(amounts) -> pl.DataFrame:
    donors = [f"donor {number}" for number in range(len(amounts))]
    return pl.DataFrame({"donor": donors, "amount_usd": amounts}, schema=DONOR_AMOUNTS.schema)


def exact_hhi(amounts) -> Fraction:
    """Second implementation: exact fractions, no frames."""
    return sum((Fraction(amount, sum(amounts)) ** 2 for amount in amounts), Fraction(0))


@given(AMOUNTS)
def test_the_four_agree_with_exact_fractions_when_all_donors_gave(amounts):
    exact, equal = exact_hhi(amounts), Fraction(1, len(amounts))
    expected = [exact, 1 - exact, 1 / exact, (exact - equal) / (1 - equal)]

    measured = [
        measure.compute(given_by(amounts)).value
        for measure in (hhi, fragmentation, effective_donors, normalised_hhi)
    ]

    assert measured == pytest.approx([float(number) for number in expected], rel=1e-9, abs=1e-12)


@given(AMOUNTS)
def test_hhi_lies_between_equal_shares_and_one_when_donors_gave(amounts):
    concentration = hhi.compute(given_by(amounts))

    assert 1 / len(amounts) - 1e-12 <= concentration.value <= 1 + 1e-12
    assert concentration.n == len(amounts)


@given(AMOUNTS, st.floats(min_value=1e-6, max_value=1e6), st.randoms(use_true_random=False))
def test_hhi_stays_when_amounts_are_scaled_and_shuffled(amounts, scale, chance):
    moved = [amount * scale for amount in amounts]
    chance.shuffle(moved)

    before, after = hhi.compute(given_by(amounts)), hhi.compute(given_by(moved))

    assert after.value == pytest.approx(before.value, rel=1e-9)


@given(AMOUNTS, st.integers(min_value=1, max_value=10))
def test_none_of_the_four_moves_when_donors_that_gave_nothing_are_listed(amounts, idle):
    for measure in (hhi, fragmentation, effective_donors, normalised_hhi):
        alone = measure.compute(given_by(amounts))

        listed = measure.compute(given_by([*amounts, *[0] * idle]))

        assert listed.n == alone.n
        assert listed.value == pytest.approx(alone.value, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("measure", [hhi, fragmentation, effective_donors, normalised_hhi])
def test_a_relative_cannot_be_judged_when_all_but_one_donor_gave_nothing(measure):
    rows = given_by([100, 0, 0])

    answer = measure.compute(rows)

    assert answer == CannotJudge("donors that gave: 1; concentration takes two or more")


@pytest.mark.parametrize("measure", [hhi, fragmentation, effective_donors, normalised_hhi])
def test_an_unknown_amount_is_not_dropped_when_the_others_are_known(measure):
    rows = given_by([60, 20, None])

    answer = measure.compute(rows)

    assert answer == CannotJudge("amount_usd is unknown for donor donor 2")


def test_normalised_hhi_is_exactly_zero_when_rounding_would_make_it_negative():
    rows = given_by([7] * 5)

    concentration, normalised = hhi.compute(rows), normalised_hhi.compute(rows)

    assert concentration.value < 1 / 5
    assert normalised == Value(value=0.0, unit=normalised_hhi.UNIT, n=5)
