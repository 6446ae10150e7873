"""Recovery half-life: a synthetic shock with a known decay is found again, within 10 %."""

import math

import numpy as np
import polars as pl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from stabilis.analysis.answers import CannotJudge, Value
from stabilis.analysis.measures import recovery_half_life
from stabilis.analysis.measures.recovery_half_life import t_quantile


def series(*, before, after, step=1) -> pl.DataFrame:
    incidents = [*before, *after]
    columns = {
        "day": [step * number for number in range(len(incidents))],
        "phase": ["before"] * len(before) + ["after"] * len(after),
        "incidents": incidents,
    }
    return pl.DataFrame(columns, schema=recovery_half_life.READS.schema)


def shock(*, level: float, peak: float, half_life: float, steps: int) -> list[float]:
    return [level + peak * 2 ** (-step / half_life) for step in range(steps)]


@given(
    st.floats(min_value=0, max_value=1000),
    st.floats(min_value=10, max_value=10_000),
    st.floats(min_value=2, max_value=60),
)
def test_the_half_life_is_recovered_exactly_when_the_decay_has_no_noise(level, peak, half_life):
    after = shock(level=level, peak=peak, half_life=half_life, steps=300)
    rows = series(before=[level] * 6, after=after)

    answer = recovery_half_life.compute(rows)

    assert answer.value == pytest.approx(half_life, rel=1e-4)


@pytest.mark.parametrize("half_life", [5, 10, 20, 40])
@pytest.mark.parametrize("seed", range(10))
def test_the_half_life_is_recovered_within_a_tenth_when_counts_are_random(half_life, seed):
    chance = np.random.default_rng(seed)
    expected = shock(level=20, peak=2000, half_life=half_life, steps=8 * half_life)
    rows = series(before=chance.poisson(20, size=30), after=chance.poisson(expected))

    answer = recovery_half_life.compute(rows)

    assert answer.value == pytest.approx(half_life, rel=0.10)


def test_the_interval_holds_the_truth_nineteen_times_in_twenty_when_drawn_often():
    half_life, draws = 10.0, 400
    chance = np.random.default_rng(20261124)
    clean = np.array(shock(level=0, peak=1000, half_life=half_life, steps=25))
    held = 0

    for _ in range(draws):
        noisy = clean * np.exp(chance.normal(0, 0.01, size=25))
        answer = recovery_half_life.compute(series(before=[0, 0, 0], after=noisy))
        held += answer.low <= half_life <= answer.high

    assert held / draws == pytest.approx(0.95, abs=0.03)


@pytest.mark.parametrize(("peak", "within_a_tenth"), [(30, 0.33), (100, 0.75), (300, 0.99)])
def test_the_caveat_about_small_counts_holds_when_simulated(peak, within_a_tenth):
    expected = shock(level=10, peak=peak, half_life=10, steps=80)
    answers = []

    for seed in range(200):
        chance = np.random.default_rng(seed)
        rows = series(before=chance.poisson(10, size=30), after=chance.poisson(expected))
        answers.append(recovery_half_life.compute(rows))

    values = [answer for answer in answers if isinstance(answer, Value)]
    near = [value for value in values if abs(value.value - 10) <= 1]
    held = [value for value in values if value.low <= 10 <= value.high]
    assert len(near) / len(values) == pytest.approx(within_a_tenth, abs=0.05)
    assert len(held) / len(values) == pytest.approx(0.91, abs=0.03)


@given(st.lists(st.integers(min_value=-14, max_value=14), min_size=12, max_size=12))
def test_the_fit_agrees_with_numpy_when_the_decline_is_uneven(noise):
    clean = shock(level=0, peak=1000, half_life=5, steps=12)
    after = [
        1000.0,
        *[value * (1 + part / 100) for value, part in zip(clean, noise, strict=True)][1:],
    ]
    fitted = [value for value in after if value > 100]
    assume(after[: len(fitted)] == fitted)

    answer = recovery_half_life.compute(series(before=[0, 0, 0], after=after))

    slope, covariance = np.polyfit(range(len(fitted)), np.log(fitted), 1, cov=True)
    margin = t_quantile(len(fitted) - 2) * math.sqrt(covariance[0, 0])
    expected = [math.log(2) / (-slope[0] + side * margin) for side in (1, 0, -1)]
    assert [answer.low, answer.value, answer.high] == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize(
    ("freedom", "printed"), [(3, 3.182), (4, 2.776), (5, 2.571), (10, 2.228), (30, 2.042)]
)
def test_the_t_quantile_agrees_with_the_printed_table_when_freedom_is_small(freedom, printed):
    assert t_quantile(freedom) == pytest.approx(printed, rel=0.01)


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        (
            [10, 10],
            [90, 50, 30, 20, 15],
            (
                "2 steps before and 5 after the shock: it takes 3 before to know the level, and "
                "the time after"
            ),
        ),
        (
            [10, 10, 10],
            [],
            (
                "3 steps before and 0 after the shock: it takes 3 before to know the level, and "
                "the time after"
            ),
        ),
        (
            [10, 40, 10],
            [30, 20, 15, 12, 11],
            "no step after the shock exceeds every step before it: no spike",
        ),
        (
            [10, 10, 10],
            [20, 40, 60, 80, 100],
            "the excess has not halved in the 0 days after the peak",
        ),
        (
            [0, 0, 0],
            [100, 20, 90, 15, 95, 20],
            "the decline cannot be told from chance at 95 %",
        ),
        ([10, 10, -1], [90, 50, 30, 20, 15], "incidents is negative for day 2"),
    ],
)
def test_the_half_life_cannot_be_judged_when_the_series_does_not_serve(before, after, reason):
    answer = recovery_half_life.compute(series(before=before, after=after))

    assert answer == CannotJudge(reason)


def test_the_half_life_cannot_be_judged_when_phases_are_mixed():
    rows = series(before=[10, 10, 10], after=[90, 50, 30])
    rows = rows.with_columns(phase=rows["phase"].reverse())

    answer = recovery_half_life.compute(rows)

    assert answer == CannotJudge("day 5 is called before, and lies after the shock")
