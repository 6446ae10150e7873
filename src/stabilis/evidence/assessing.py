"""Assesses a claim on the evidence held: series are computed now, never remembered."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from stabilis.analysis.answers import CannotJudge, Value
from stabilis.analysis.measures import level_shift
from stabilis.evidence import held, queries, rules
from stabilis.evidence.held import Held, NotHeld
from stabilis.evidence.horizon import Horizon
from stabilis.warehouse.manifest import Manifest

SOURCE_OF = {"violence_years": "ucdp_country_years"}


@dataclass(frozen=True)
class Weighed:
    """An item with the way it points; for a series the computed ratio too, or why there is none."""

    row: queries.EvidenceRow
    direction: rules.Direction
    ratio: Value | None = None
    reason: str = ""
    snapshot: Manifest | None = None


@dataclass(frozen=True)
class Assessed:
    """A claim, its evidence weighed on what is held, and the assessment that follows."""

    claim: queries.ClaimRow
    evidence: tuple[Weighed, ...]
    assessment: rules.Assessment

    def towards(self, direction: rules.Direction) -> tuple[Weighed, ...]:
        """Return the items that point one way."""
        return tuple(item for item in self.evidence if item.direction == direction)


def assessed(claim: queries.ClaimRow, *, horizon: Horizon | None = None) -> Assessed:
    """Return the assessment of a claim up to a horizon, by the rule and nothing else."""
    evidence = tuple(_weighed(row, horizon or Horizon()) for row in claim.evidence)
    judged = [rules.WeighedEvidence(item.row.item, item.direction) for item in evidence]
    return Assessed(claim, evidence, rules.assess(claim.asked, judged))


def _weighed(row: queries.EvidenceRow, horizon: Horizon) -> Weighed:
    series = row.item.series
    if series is None:
        return Weighed(row, rules.weigh(row.item).direction)
    found = _windows(series, horizon)
    if isinstance(found, NotHeld):
        return Weighed(row, rules.weigh(row.item, None).direction, reason=found.reason)
    shift, ratio = level_shift.shift(found.frame), level_shift.compute(found.frame)
    told = None if isinstance(shift, CannotJudge) else shift
    return Weighed(
        row,
        rules.weigh(row.item, told).direction,
        ratio=ratio if isinstance(ratio, Value) else None,
        reason=ratio.reason if isinstance(ratio, CannotJudge) else "",
        snapshot=found.snapshot,
    )


def _windows(series: rules.Series, horizon: Horizon) -> Held | NotHeld:
    """Return the years of both windows in the shape that the measure reads."""
    before = _years(series, window="reference", horizon=horizon)
    after = _years(series, window="later", horizon=horizon)
    if isinstance(before, NotHeld):
        return before
    if isinstance(after, NotHeld):
        return after
    frame = pl.concat([before.frame, after.frame])
    typed = frame.cast(pl.Schema(level_shift.READS.schema))
    return Held(typed, after.snapshot, series.table)


def _years(series: rules.Series, *, window: str, horizon: Horizon) -> Held | NotHeld:
    is_reference = window == "reference"
    first, last = series.reference if is_reference else series.later
    where: Mapping[str, object] = {
        "country": series.country if is_reference else series.later_country,
        "year": list(range(first, last + 1)),
    }
    found = held.rows(SOURCE_OF[series.table], table=series.table, where=where, horizon=horizon)
    if isinstance(found, NotHeld):
        return found
    figure = series.column.removesuffix("_best")
    frame = found.frame.select(
        "year",
        pl.lit(window).alias("window"),
        *(pl.col(f"{figure}_{bound}").alias(bound) for bound in ("low", "best", "high")),
    )
    return Held(frame, found.snapshot, found.table)
