"""Totals of trainees as they may be shown: by year, programme and kind of unit, none of them small.

What is protected here is protected everywhere: only these cells travel and stand on pages.
"""

from collections.abc import Iterator
from typing import Any

import polars as pl

from stabilis.analysis.disclosure import Cell, protect
from stabilis.analysis.frames import TRACE, Column, traced

ALL = "all"
UNKNOWN = "unknown"
HIDDEN = {Cell.SMALL.value, Cell.WITHHELD.value}
CELLS = traced(
    "training_cells",
    "One country, fiscal year, programme and kind of unit, or the total of a year; protected.",
    ("country", "fiscal_year", "programme", "unit_type"),
    {
        "country": Column(pl.String, "alpha-3 code", nullable=False),
        "fiscal_year": Column(pl.Int64, "US fiscal year", nullable=False),
        "programme": Column(pl.String, f"programme; {ALL}: the total of the year", nullable=False),
        "unit_type": Column(
            pl.String, f"kind of unit, by our rules; {ALL}: the total of the year", nullable=False
        ),
        "trainees": Column(pl.Int64, "trainees; empty: see `told`", "persons"),
        "told": Column(
            pl.String,
            "shown; small: from 1 to 9; withheld: it would reveal a small one; unknown: some of "
            "the rows give no count",
            nullable=False,
        ),
        "trainings": Column(
            pl.Int64, "printed rows added up; empty: they would bound a hidden count", "rows"
        ),
    },
)
GROUP = ("country", "fiscal_year")
PLACE = ("programme", "unit_type")


def cells(totals: pl.DataFrame) -> pl.DataFrame:
    """Return every cell with its total by year; small ones and what would reveal them are empty.

    *Reads* training_totals. *Returns* CELLS; a hidden cell names the first row of its year, for
    its own row would tell how many rows it has. Trainings outside any country are left out.
    """
    merged = (
        totals.filter(
            (pl.col("trainings") > 0)
            & pl.col("fiscal_year").is_not_null()
            & pl.col("country").is_not_null()
        )
        .group_by(*GROUP, *PLACE, maintain_order=True)
        .agg(
            pl.col("trainees").sum(),
            pl.col("trainees_unknown").sum().alias("unknown"),
            pl.col("trainings").sum(),
            pl.col("source_file").first(),
            pl.col("source_row").first(),
        )
        .sort(*GROUP, *PLACE)
    )
    groups = merged.partition_by(GROUP, maintain_order=True)
    rows = [row for group in groups for row in _of_year(group.to_dicts())]
    return pl.DataFrame(rows, schema=CELLS.schema)


def _of_year(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    whole = [row for row in rows if not row["unknown"]]
    found = protect([row["trainees"] for row in whole])
    told = {id(row): cell.value for row, cell in zip(whole, found.cells, strict=True)}
    first = min(rows, key=lambda row: (row["source_file"], row["source_row"]))
    shown = [_cell(row, told.get(id(row), UNKNOWN), first=first) for row in rows]
    trainings = sum(row["trainings"] for row in rows)
    yield _total(shown, found.total, trainings) | {name: first[name] for name in (*GROUP, *TRACE)}
    yield from shown


def _cell(row: dict[str, Any], told: str, *, first: dict[str, Any]) -> dict[str, Any]:
    is_hidden = told in HIDDEN
    trace = first if is_hidden else row
    return {name: row[name] for name in (*GROUP, *PLACE)} | {
        "trainees": row["trainees"] if told == Cell.SHOWN.value else None,
        "told": told,
        "trainings": None if is_hidden else row["trainings"],
        **{name: trace[name] for name in TRACE},
    }


def _total(cells: list[dict[str, Any]], total: int | None, trainings: int) -> dict[str, Any]:
    said = {cell["told"] for cell in cells}
    told = Cell.WITHHELD.value if total is None else Cell.SHOWN.value
    if UNKNOWN in said:
        total, told = None, UNKNOWN
    # Beside a total that is not shown, the rows of a year less those shown would bound a small one.
    may_tell_rows = total is not None or not said & HIDDEN
    return {
        "programme": ALL,
        "unit_type": ALL,
        "trainees": total,
        "told": told,
        "trainings": trainings if may_tell_rows else None,
    }
