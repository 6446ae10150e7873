"""Turns printed cells into typed ones; a row with an unreadable cell is set aside, whole.

Empty text is unknown (null), never zero.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from stabilis.connectors import Quarantine

DATE_FORMATS = (
    "%Y-%m-%d",
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%dT%H:%M:%S%.f",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y",
)


@dataclass(frozen=True)
class Cell:
    """How one typed column is made: from which printed column, as what, and within which bounds."""

    column: str
    kind: str = "text"
    required: bool = False
    low: float | date | None = None
    high: float | date | None = None
    labels: frozenset[str] | None = None

    def parsed(self) -> pl.Expr:
        """Return the expression that reads the cell; null where it is empty or unreadable."""
        read = KINDS[self.kind]
        return read(text(self.column))

    def wrong(self, value: pl.Expr) -> pl.Expr:
        """Return whether the parsed value breaks what the source promises."""
        faults = value.is_null() & text(self.column).is_not_null()
        if self.required:
            faults |= value.is_null()
        if self.low is not None:
            faults |= value < self.low
        if self.high is not None:
            faults |= value > self.high
        if self.labels is not None:
            faults |= value.is_not_null() & ~value.is_in(sorted(self.labels))
        return faults.fill_null(value=False)

    def reason(self, printed: str | None) -> tuple[str, str]:
        """Return why a printed value was set aside and what would mend it."""
        if printed is None:
            return "the cell is empty", "Fill it; this field may not be unknown."
        bounds = [str(edge) for edge in (self.low, self.high) if edge is not None]
        if self.labels is not None:
            known = ", ".join(sorted(self.labels)[:8])
            return "the label is not one this source uses", f"Use one of: {known}."
        limits = f" between {' and '.join(bounds)}" if len(bounds) == 2 else ""
        return f"this is not {NAMES[self.kind]}{limits}", f"Write {NAMES[self.kind]}{limits}."


def text(column: str) -> pl.Expr:
    """Return a printed column without surrounding space, null where it is empty."""
    stripped = pl.col(column).str.strip_chars()
    return pl.when(stripped != "").then(stripped)


def _integer(cell: pl.Expr) -> pl.Expr:
    number = cell.cast(pl.Float64, strict=False)
    return pl.when(number == number.round(0)).then(number.cast(pl.Int64, strict=False))


def _day(cell: pl.Expr) -> pl.Expr:
    tries = [cell.str.to_datetime(form, strict=False).dt.date() for form in DATE_FORMATS]
    return pl.coalesce(tries)


def _flag(cell: pl.Expr) -> pl.Expr:
    folded = cell.str.to_lowercase()
    return (
        pl.when(folded.is_in(["1", "1.0", "true", "yes", "y"]))
        .then(statement=True)
        .when(folded.is_in(["0", "0.0", "false", "no", "n"]))
        .then(statement=False)
    )


KINDS: dict[str, Callable[[pl.Expr], pl.Expr]] = {
    "text": lambda cell: cell,
    "integer": _integer,
    "number": lambda cell: cell.cast(pl.Float64, strict=False),
    "day": _day,
    "flag": _flag,
}
NAMES = {
    "text": "text",
    "integer": "a whole number",
    "number": "a number",
    "day": "a date such as 2021-04-14",
    "flag": "yes or no",
}


TYPED = "typed "


def typed(raw: pl.DataFrame, *, cells: Mapping[str, Cell], quarantine: Quarantine) -> pl.DataFrame:
    """Return the readable rows with typed columns and `source_row`; set the others aside.

    *Reads* printed cells as text plus `source_row`. *Returns* one column per entry of `cells`.
    """
    both = raw.with_columns(cell.parsed().alias(TYPED + name) for name, cell in cells.items())
    faults = both.select(
        cell.wrong(pl.col(TYPED + name)).alias(name) for name, cell in cells.items()
    )
    bad = faults.select(pl.any_horizontal(pl.all())).to_series()
    if bad.any():
        _set_aside(raw, faults, cells, quarantine)
    return both.filter(~bad).select(
        "source_row", *(pl.col(TYPED + name).alias(name) for name in cells)
    )


def _set_aside(
    raw: pl.DataFrame, faults: pl.DataFrame, cells: Mapping[str, Cell], quarantine: Quarantine
) -> None:
    for name, cell in cells.items():
        for position in faults[name].arg_true().to_list():
            printed = raw[cell.column][position] or None
            reason, remedy = cell.reason(printed)
            quarantine.add(
                row=raw["source_row"][position],
                field=cell.column,
                value=printed,
                reason=reason,
                remedy=remedy,
            )
