"""Level shift: a fall or rise counts only beyond the bounds, and a hole is never "unclear"."""

from statistics import fmean

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stabilis.analysis.answers import CannotJudge, Value
from stabilis.analysis.measures import level_shift

ESTIMATES = st.lists(st.integers(min_value=1, max_value=10**6), min_size=3, max_size=3).map(sorted)
WINDOW = st.lists(ESTIMATES, min_size=2, max_size=8)
MIRROR = {"rose": "fell", "fell": "rose", "unclear": "unclear"}


def two_windows(*, reference, later) -> pl.DataFrame:
    estimates = [*reference, *later]
    columns = {
        "year": [2012 + number for number in range(len(estimates))],
        "window": ["reference"] * len(reference) + ["later"] * len(later),
        "low": [low for low, _, _ in estimates],
        "best": [best for _, best, _ in estimates],
        "high": [high for _, _, high in estimates],
    }
    return pl.DataFrame(columns, schema=level_shift.READS.schema)


def mean_of(window, bound: int) -> float:
    return fmean(estimates[bound] for estimates in window)


@given(WINDOW, WINDOW)
def test_the_ratio_and_the_decision_agree_with_plain_means_when_all_is_known(reference, later):
    ratio = (
        mean_of(later, 0) / mean_of(reference, 2),
        mean_of(later, 1) / mean_of(reference, 1),
        mean_of(later, 2) / mean_of(reference, 0),
    )

    answer = level_shift.compute(two_windows(reference=reference, later=later))

    assert (answer.low, answer.value, answer.high) == pytest.approx(ratio, rel=1e-9)


@given(WINDOW, WINDOW)
def test_the_decision_is_mirrored_when_the_windows_change_places(reference, later):
    forward = level_shift.shift(two_windows(reference=reference, later=later))

    backward = level_shift.shift(two_windows(reference=later, later=reference))

    assert backward == MIRROR[forward]


@pytest.mark.parametrize(
    ("later", "decision"),
    [
        ([(10, 20, 99), (10, 20, 99)], "fell"),
        ([(10, 20, 100), (10, 20, 100)], "unclear"),
        ([(300, 310, 320), (300, 310, 320)], "unclear"),
        ([(301, 310, 320), (301, 310, 320)], "rose"),
        ([(0, 0, 0), (0, 0, 0)], "fell"),
    ],
)
def test_the_decision_waits_until_the_bounds_part_when_levels_differ(later, decision):
    rows = two_windows(reference=[(100, 200, 300), (100, 200, 300)], later=later)

    answer = level_shift.shift(rows)

    assert answer == decision


def test_a_rise_from_nothing_is_judged_when_no_ratio_exists():
    rows = two_windows(reference=[(0, 0, 0)] * 2, later=[(5, 6, 7)] * 2)

    decision, ratio = level_shift.shift(rows), level_shift.compute(rows)

    assert decision == "rose"
    assert ratio == CannotJudge("the reference mean is 0: a ratio to nothing has no value")


def test_the_ratio_has_no_upper_bound_when_the_reference_lows_are_zero():
    rows = two_windows(reference=[(0, 10, 20)] * 2, later=[(5, 5, 5)] * 2)

    answer = level_shift.compute(rows)

    assert answer == Value(value=0.5, unit=level_shift.UNIT, low=0.25, high=None, n=4)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"high": [3, None, 3, 3, 3, 3]}, "high is unknown for year 2013"),
        ({"low": [9, 1, 1, 1, 1, 1]}, "low exceeds best for year 2012"),
        ({"year": [2010, 2012, 2013, 2014, 2015, 2016]}, "the reference window lacks 2011"),
        (
            {"year": [2012, 2013, 2014, 2009, 2010, 2011]},
            "the later window starts in 2009, before the reference has ended (2014)",
        ),
        (
            {"window": ["reference", "later", "later", "later", "later", "later"]},
            "years in the reference window: 1; a level takes 2 or more",
        ),
    ],
)
def test_neither_ratio_nor_decision_is_given_when_the_windows_do_not_serve(change, reason):
    rows = two_windows(reference=[(1, 2, 3)] * 3, later=[(1, 2, 3)] * 3)
    amended = pl.DataFrame(rows.to_dict(as_series=False) | change, schema=level_shift.READS.schema)

    answers = [level_shift.compute(amended), level_shift.shift(amended)]

    assert answers == [CannotJudge(reason), CannotJudge(reason)]
