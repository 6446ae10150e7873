"""Annual predictability: how much of the aid that was scheduled for a year came in that year."""

import polars as pl

from stabilis.analysis.answers import Answer, CannotJudge, Value, unusable
from stabilis.analysis.measures import SCHEDULED_AMOUNTS, Citation, Example, Measure, checked

UNIT = "percent"


def compute(rows: pl.DataFrame) -> Answer:
    """Return 100 Σ min(disbursed, scheduled) / Σ scheduled over the providers.

    Raises FrameError when a column is missing or a provider comes twice.
    """
    rows = checked(rows=rows, frame=SCHEDULED_AMOUNTS)
    amounts = ("scheduled_usd", "disbursed_usd")
    if reason := unusable(rows=rows, columns=amounts, named_by="provider"):
        return reason
    scheduled = float(rows["scheduled_usd"].sum())
    if scheduled == 0:
        return CannotJudge("scheduled_usd is 0 for every provider: nothing was promised")
    as_scheduled = rows.select(pl.min_horizontal(amounts).sum()).item()
    return Value(value=100 * as_scheduled / scheduled, unit=UNIT, n=rows.height)


MEASURE = Measure(
    title="Annual predictability of aid",
    unit=UNIT,
    formula="P = 100 x Σ min(dᵢ, sᵢ) / Σ sᵢ, where sᵢ = scheduled and dᵢ = disbursed by provider i "
    "in the year; each provider counts up to what it scheduled",
    source=(
        Citation(
            "Guide to the Monitoring Framework of the Global Partnership, 1 July 2013, indicator "
            "5a: share of aid disbursed in the year for which it was scheduled",
            seen_in="secondary copy: excerpts that name the indicator, not its formula",
        ),
        Citation(
            "Stabilis (2026): the cap for each provider is this project's own choice (indicator "
            "I56), so results may lie below those that the Global Partnership prints",
            seen_in="original",
        ),
    ),
    reads=SCHEDULED_AMOUNTS,
    compute=compute,
    caveats=(
        (
            "The cap keeps one provider's over-run from hiding another's shortfall; see "
            "'disbursed beyond schedule' for the over-run."
        ),
        "It measures promises kept, not whether the amount was enough.",
        (
            "The Global Partnership counts aid to the government sector; other channels must be "
            "left out to compare."
        ),
    ),
    examples={
        "one kept, one short, one over": Example(
            rows={
                "provider": ["A", "B", "C"],
                "scheduled_usd": [100, 100, 50],
                "disbursed_usd": [100, 60, 90],
            },
            answer=Value(value=84.0, unit=UNIT, n=3),
        ),
        "nothing came": Example(
            rows={"provider": ["A"], "scheduled_usd": [100], "disbursed_usd": [0]},
            answer=Value(value=0.0, unit=UNIT, n=1),
        ),
        "disbursement unknown: cannot be judged": Example(
            rows={"provider": ["A", "B"], "scheduled_usd": [100, 50], "disbursed_usd": [90, None]},
            answer=CannotJudge("disbursed_usd is unknown for provider B"),
        ),
        "nothing scheduled: cannot be judged": Example(
            rows={"provider": ["A"], "scheduled_usd": [0], "disbursed_usd": [10]},
            answer=CannotJudge("scheduled_usd is 0 for every provider: nothing was promised"),
        ),
    },
)
