"""Deployed against authorised: how much of its authorised strength a mission has in the field."""

from datetime import date

import polars as pl

from stabilis.analysis.answers import Answer, CannotJudge, Value, unusable
from stabilis.analysis.frames import Column, Frame
from stabilis.analysis.measures import Citation, Example, Measure, checked

UNIT = "percent"
LONGEST_APART_DAYS = 366

READS = Frame(
    name="strength of a mission",
    row="one component (military, police, civilian) of one mission",
    key=("component",),
    columns={
        "component": Column(pl.String, "military, police or civilian", nullable=False),
        "authorised_strength": Column(pl.Float64, "ceiling of the mandate", "people"),
        "authorised_on": Column(pl.Date, "day on which that ceiling was in force"),
        "deployed_strength": Column(pl.Float64, "people in the field; 0 is none", "people"),
        "deployed_on": Column(pl.Date, "day on which they were counted"),
    },
)


def compute(rows: pl.DataFrame) -> Answer:
    """Return 100 Σ deployed / Σ authorised over the components of one mission.

    Raises FrameError when a column is missing or a component comes twice.
    """
    rows = checked(rows=rows, frame=READS)
    strengths = ("authorised_strength", "deployed_strength")
    if reason := unusable(rows=rows, columns=strengths, named_by="component") or _apart(rows):
        return reason
    authorised = float(rows["authorised_strength"].sum())
    if authorised == 0:
        return CannotJudge("authorised_strength is 0 for every component: there is no ceiling")
    deployed = float(rows["deployed_strength"].sum())
    return Value(value=100 * deployed / authorised, unit=UNIT, n=rows.height)


def _apart(rows: pl.DataFrame) -> CannotJudge | None:
    """Return the reason if a date is unknown, or ceiling and count are over a year apart."""
    for column in ("authorised_on", "deployed_on"):
        if undated := sorted(rows.filter(pl.col(column).is_null())["component"]):
            return CannotJudge(f"{column} is unknown for component {', '.join(undated)}")
    days = (pl.col("deployed_on") - pl.col("authorised_on")).dt.total_days().abs()
    apart = rows.filter(days > LONGEST_APART_DAYS).sort("component")
    for component, _, authorised_on, _, deployed_on in apart.iter_rows():
        return CannotJudge(
            f"{component}: ceiling of {authorised_on} and count of {deployed_on} are more than a "
            "year apart"
        )
    return None


MEASURE = Measure(
    title="Deployed against authorised strength",
    unit=UNIT,
    formula="D = 100 x Σ deployed / Σ authorised over the mission's components",
    source=(
        Citation(
            "Ceilings: resolutions of the UN Security Council (for example 2295 of 2016); counts: "
            "the UN's monthly reports on contributors of uniformed personnel",
            seen_in="memory",
        ),
        Citation(
            "Stabilis (2026): the ratio and the year between its dates are this project's own "
            "definition (indicator I45)",
            seen_in="original",
        ),
    ),
    reads=READS,
    compute=compute,
    caveats=(
        (
            "A ceiling stays in force until it is changed: give the day on which it was last "
            "confirmed, not the day on which it was first set."
        ),
        "Above 100 is possible: rotations overlap, and ceilings fall before troops leave.",
        "People in the field are not capability: caveats, equipment and rotation are not counted.",
    ),
    examples={
        "nine in ten of two components": Example(
            rows={
                "component": ["military", "police"],
                "authorised_strength": [10_000, 2_000],
                "authorised_on": [date(2016, 6, 29), date(2016, 6, 29)],
                "deployed_strength": [9_200, 1_600],
                "deployed_on": [date(2016, 12, 31), date(2016, 12, 31)],
            },
            answer=Value(value=90.0, unit=UNIT, n=2),
        ),
        "ceiling and count years apart: cannot be judged": Example(
            rows={
                "component": ["military"],
                "authorised_strength": [10_000],
                "authorised_on": [date(2016, 6, 29)],
                "deployed_strength": [9_200],
                "deployed_on": [date(2023, 2, 28)],
            },
            answer=CannotJudge(
                "military: ceiling of 2016-06-29 and count of 2023-02-28 are more than a year apart"
            ),
        ),
        "deployed strength unknown: cannot be judged": Example(
            rows={
                "component": ["military", "police"],
                "authorised_strength": [10_000, 2_000],
                "authorised_on": [date(2016, 6, 29), date(2016, 6, 29)],
                "deployed_strength": [9_200, None],
                "deployed_on": [date(2016, 12, 31), date(2016, 12, 31)],
            },
            answer=CannotJudge("deployed_strength is unknown for component police"),
        ),
    },
)
