"""Disbursed beyond schedule: aid that came above what the recipient was told to expect."""

import polars as pl

from stabilis.analysis.answers import Answer, CannotJudge, Value, unusable
from stabilis.analysis.measures import SCHEDULED_AMOUNTS, Citation, Example, Measure, checked

UNIT = "percent"


def compute(rows: pl.DataFrame) -> Answer:
    """Return 100 Σ max(0, disbursed - scheduled) / Σ disbursed over the providers.

    Raises FrameError when a column is missing or a provider comes twice.
    """
    rows = checked(rows=rows, frame=SCHEDULED_AMOUNTS)
    amounts = ("scheduled_usd", "disbursed_usd")
    if reason := unusable(rows=rows, columns=amounts, named_by="provider"):
        return reason
    disbursed = float(rows["disbursed_usd"].sum())
    if disbursed == 0:
        return CannotJudge("disbursed_usd is 0 for every provider: nothing came")
    beyond = (rows["disbursed_usd"] - rows["scheduled_usd"]).clip(lower_bound=0)
    return Value(value=100 * float(beyond.sum()) / disbursed, unit=UNIT, n=rows.height)


MEASURE = Measure(
    title="Aid disbursed beyond schedule",
    unit=UNIT,
    formula="B = 100 x Σ max(0, dᵢ - sᵢ) / Σ dᵢ, where sᵢ = scheduled and dᵢ = disbursed by "
    "provider i in the year",
    source=(
        Citation(
            "Guide to the Monitoring Framework of the Global Partnership, 1 July 2013, indicator "
            "5a, on funds disbursed beyond what was scheduled",
            seen_in="memory",
        ),
        Citation(
            "Stabilis (2026): the share of what came, provider by provider, is this project's own "
            "definition (indicator I56: the over-run is shown)",
            seen_in="original",
        ),
    ),
    reads=SCHEDULED_AMOUNTS,
    compute=compute,
    caveats=(
        "Read it with annual predictability, which counts each provider up to what it scheduled.",
        (
            "Money above schedule may be a swift answer to a crisis; the recipient still could not "
            "plan with it."
        ),
    ),
    examples={
        "one kept, one short, one over by 40 of 250": Example(
            rows={
                "provider": ["A", "B", "C"],
                "scheduled_usd": [100, 100, 50],
                "disbursed_usd": [100, 60, 90],
            },
            answer=Value(value=16.0, unit=UNIT, n=3),
        ),
        "schedule unknown: cannot be judged": Example(
            rows={"provider": ["A", "B"], "scheduled_usd": [100, None], "disbursed_usd": [90, 5]},
            answer=CannotJudge("scheduled_usd is unknown for provider B"),
        ),
        "nothing came: cannot be judged": Example(
            rows={"provider": ["A"], "scheduled_usd": [100], "disbursed_usd": [0]},
            answer=CannotJudge("disbursed_usd is 0 for every provider: nothing came"),
        ),
    },
)
