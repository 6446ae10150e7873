"""Totals of trainees as they may be shown: by year, programme and kind of unit, none of them small.

What is protected here is protected everywhere: only these cells travel and stand on pages.
"""

from collections.abc import Iterator
from typing import Any

import polars as pl

from stabilis.analysis.disclosure import Cell, protect
from stabilis.analysis.frames import Column, traced

ALL = "all"
UNKNOWN = "unknown"
TOLD = (*(cell.value for cell in Cell), UNKNOWN)
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
        "trainings": Column(pl.Int64, "printed rows added up", "rows", nullable=False),
    },
)
GROUP = ("country", "fiscal_year")
PLACE = ("programme", "unit_type")


def cells(totals: pl.DataFrame) -> pl.DataFrame:
    """Return every cell with its total by year; small ones and what would reveal them are empty.

    *Reads* training_totals. *Returns* CELLS. Trainings outside any country are left out.
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
        .sort(GROUP, maintain_order=True)
    )
    groups = merged.partition_by(GROUP, maintain_order=True)
    rows = [row for group in groups for row in _of_year(group.to_dicts())]
    return pl.DataFrame(rows, schema=CELLS.schema)


def _of_year(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    whole = [row for row in rows if not row["unknown"]]
    found = protect([row["trainees"] for row in whole])
    told = {id(row): cell.value for row, cell in zip(whole, found.cells, strict=True)}
    yield _total(rows, found.total, is_whole=len(whole) == len(rows))
    for row in rows:
        said = told.get(id(row), UNKNOWN)
        yield _kept(row) | {
            "told": said,
            "trainees": row["trainees"] if said == Cell.SHOWN.value else None,
        }


def _total(rows: list[dict[str, Any]], total: int | None, *, is_whole: bool) -> dict[str, Any]:
    known = total if is_whole else None
    withheld = Cell.WITHHELD.value if is_whole else UNKNOWN
    return _kept(rows[0]) | {
        "programme": ALL,
        "unit_type": ALL,
        "trainees": known,
        "told": withheld if known is None else Cell.SHOWN.value,
        "trainings": sum(row["trainings"] for row in rows),
    }


def _kept(row: dict[str, Any]) -> dict[str, Any]:
    names = (*GROUP, *PLACE, "trainings", "source_file", "source_row")
    return {name: row[name] for name in names}
