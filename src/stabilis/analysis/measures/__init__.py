"""Measures: each file holds one number a programme officer asks for, and how it is worked out.

The file's name is the measure's id and this folder is the register; nothing else is edited to add
one. Red flags (where to look) and forecasts (models) do not belong here.
"""

import importlib
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from stabilis.analysis.answers import Answer, CannotJudge, unusable
from stabilis.analysis.frames import Column, Frame, FrameError


@dataclass(frozen=True)
class Citation:
    """A work that a reader can find, and what was seen of it.

    `seen_in` is "original", "memory", or "secondary copy: " and which.
    """

    text: str
    seen_in: str


@dataclass(frozen=True)
class Example:
    """A case worked by hand: the columns that go in, and the answer (numbers to four decimals)."""

    rows: Mapping[str, Sequence[object]]
    answer: Answer


@dataclass(frozen=True)
class Measure:
    """One measure: what it is called, how it is computed from what, and who says so."""

    title: str
    unit: str
    formula: str
    source: tuple[Citation, ...]
    reads: Frame
    compute: Callable[[pl.DataFrame], Answer]
    caveats: tuple[str, ...]
    examples: Mapping[str, Example]
    version: int = 1

    def rows_of(self, example: Example) -> pl.DataFrame:
        """Return an example's columns as the frame that this measure reads."""
        return pl.DataFrame(example.rows, schema=self.reads.schema)


def measures() -> dict[str, Measure]:
    """Return every measure by its id, in the order of the ids.

    Raises TypeError, naming the file, when a file of the folder defines no MEASURE.
    """
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {name: _measure_in(name) for name in names}


def _measure_in(name: str) -> Measure:
    """Return the measure that one file of the folder defines."""
    measure = getattr(importlib.import_module(f"{__name__}.{name}"), "MEASURE", None)
    if not isinstance(measure, Measure):
        raise TypeError(f"measures/{name}.py defines no MEASURE: add one, or move the file")
    return measure


def checked(*, rows: pl.DataFrame, frame: Frame) -> pl.DataFrame:
    """Return the rows in the declared shape, one row for each key.

    Raises FrameError when a column does not fit, or when a key comes twice (sum such rows first).
    """
    rows = frame.check(rows)
    if twice := rows.select(frame.key).filter(pl.struct(frame.key).is_duplicated()).unique().rows():
        keys = ", ".join(sorted(" ".join(map(str, key)) for key in twice))
        raise FrameError(f"{frame.name}: more than one row for {keys}; sum them first")
    return rows


DONOR_AMOUNTS = Frame(
    name="donor amounts",
    row="what one donor gave to one recipient in one period",
    key=("donor",),
    columns={
        "donor": Column(pl.String, "the donor, by name or code", nullable=False),
        "amount_usd": Column(pl.Float64, "what it gave; 0 is nothing, empty is unknown", "USD"),
    },
)


def donor_shares(rows: pl.DataFrame) -> pl.Series | CannotJudge:
    """Return the share (0 to 1) of each donor that gave, or why the donors cannot be compared.

    Raises FrameError when a column is missing or a donor comes twice.
    """
    rows = checked(rows=rows, frame=DONOR_AMOUNTS)
    if reason := unusable(rows=rows, columns=("amount_usd",), named_by="donor"):
        return reason
    given = rows.filter(pl.col("amount_usd") > 0)["amount_usd"]
    if len(given) < 2:
        return CannotJudge(f"donors that gave: {len(given)}; concentration takes two or more")
    return given / given.sum()


SCHEDULED_AMOUNTS = Frame(
    name="scheduled amounts",
    row="what one provider scheduled and disbursed for one recipient in one fiscal year",
    key=("provider",),
    columns={
        "provider": Column(pl.String, "the provider, by name or code", nullable=False),
        "scheduled_usd": Column(pl.Float64, "what it told the recipient to expect", "USD"),
        "disbursed_usd": Column(pl.Float64, "what it disbursed in that year", "USD"),
    },
)
