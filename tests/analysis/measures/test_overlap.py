"""Overlap of two donors, against the sum of the smaller shares and its own symmetry."""

from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stabilis.analysis.answers import CannotJudge
from stabilis.analysis.measures import overlap

AMOUNT = st.integers(min_value=0, max_value=10**9)
PATTERNS = st.lists(st.tuples(AMOUNT, AMOUNT), min_size=2, max_size=40).filter(
    lambda pairs: any(first for first, _ in pairs) and any(second for _, second in pairs)
)


def two_donors(pairs) -> pl.DataFrame:
    columns = {
        "place": [f"place {number}" for number in range(len(pairs))],
        "first_usd": [first for first, _ in pairs],
        "second_usd": [second for _, second in pairs],
    }
    return pl.DataFrame(columns, schema=overlap.READS.schema)


def smaller_shares(pairs) -> Fraction:
    """Second implementation: Σ min(p, q) in exact fractions, equal to 1 - ½ Σ |p - q|."""
    first, second = sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
    return sum((min(Fraction(p, first), Fraction(q, second)) for p, q in pairs), Fraction(0))


@given(PATTERNS)
def test_overlap_is_the_sum_of_the_smaller_shares_when_both_gave(pairs):
    answer = overlap.compute(two_donors(pairs))

    assert answer.value == pytest.approx(float(smaller_shares(pairs)), rel=1e-9, abs=1e-12)


@given(PATTERNS)
def test_overlap_is_the_same_when_the_donors_change_places(pairs):
    one_way = overlap.compute(two_donors(pairs))

    other_way = overlap.compute(two_donors([(second, first) for first, second in pairs]))

    assert other_way == one_way
    assert 0 <= one_way.value <= 1


@given(PATTERNS, st.integers(min_value=1, max_value=1000))
def test_overlap_is_one_when_a_pattern_is_repeated_at_another_scale(pairs, times):
    same = [(first, first * times) for first, _ in pairs]

    answer = overlap.compute(two_donors(same))

    assert answer.value == pytest.approx(1, abs=1e-12)


def test_overlap_cannot_be_judged_when_one_place_is_listed():
    rows = two_donors([(5, 7)])

    answer = overlap.compute(rows)

    assert answer == CannotJudge("one place is listed: it takes two for donors to stay apart")
