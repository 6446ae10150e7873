"""Three-valued answers: a number with its unit, or the reason why it cannot be judged.

Unknown is never zero and never green: a measure that lacks what it needs says so in a sentence
that a reader can act on.
"""

import itertools
import math
from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class CannotJudge:
    """No answer, because of the reason given: what is missing, and for whom."""

    reason: str


@dataclass(frozen=True)
class Value:
    """A number in its unit, how sure it is, and over how many things it was counted.

    `low` and `high` bound the number; None means that this side is not known or has no limit.
    """

    value: float
    unit: str
    low: float | None = None
    high: float | None = None
    n: int | None = None

    def __post_init__(self) -> None:
        """Refuse a number that is not finite or lies outside its own bounds (ValueError)."""
        below = self.low is not None and self.low > self.value
        above = self.high is not None and self.high < self.value
        if below or above or not math.isfinite(self.value):
            raise ValueError(f"{self.value} does not lie between {self.low} and {self.high}")


Answer = Value | CannotJudge


def unusable(*, rows: pl.DataFrame, columns: tuple[str, ...], named_by: str) -> CannotJudge | None:
    """Return the reason if an amount is unknown or below zero; None if all can be counted with."""
    return unknown(rows=rows, columns=columns, named_by=named_by) or negative(
        rows=rows, columns=columns, named_by=named_by
    )


def unknown(*, rows: pl.DataFrame, columns: tuple[str, ...], named_by: str) -> CannotJudge | None:
    """Return the reason if there are no rows or a cell is empty or not finite; else None.

    `named_by` is the column that names a row to the reader.
    """
    if rows.is_empty():
        return CannotJudge("there are no rows to judge")
    for column in columns:
        cell = pl.col(column)
        is_float = rows.schema[column].is_float()
        known = cell.is_finite().fill_null(False) if is_float else cell.is_not_null()
        if names := _names(rows.filter(~known)[named_by]):
            return CannotJudge(f"{column} is unknown for {named_by} {names}")
    return None


def negative(*, rows: pl.DataFrame, columns: tuple[str, ...], named_by: str) -> CannotJudge | None:
    """Return the reason if a cell is below zero; None if none is."""
    for column in columns:
        if names := _names(rows.filter(pl.col(column) < 0)[named_by]):
            return CannotJudge(f"{column} is negative for {named_by} {names}")
    return None


def out_of_order(
    *, rows: pl.DataFrame, columns: tuple[str, ...], named_by: str
) -> CannotJudge | None:
    """Return the reason if a cell exceeds that of the next column (low, best, high); else None."""
    for smaller, larger in itertools.pairwise(columns):
        if names := _names(rows.filter(pl.col(smaller) > pl.col(larger))[named_by]):
            return CannotJudge(f"{smaller} exceeds {larger} for {named_by} {names}")
    return None


def _names(column: pl.Series) -> str:
    """Return the first three names in order, and how many more there are."""
    names = sorted(str(name) for name in column)
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return ", ".join(names[:3]) + more
