"""What changed between two releases of one source: rows added, rows gone, cells that differ."""

from dataclasses import dataclass

import polars as pl
from django.conf import settings

from stabilis.analysis.frames import TRACE
from stabilis.connectors import sources
from stabilis.evidence.held import shelf
from stabilis.warehouse import engine
from stabilis.warehouse.manifest import Manifest

COPY = "copy of the key"
IGNORED = (*TRACE, "release")


@dataclass(frozen=True)
class Changes:
    """Every difference, one row per cell: table, key, column, kind, before, after."""

    rows: pl.DataFrame
    counts: dict[str, int]


def changes(*, earlier: Manifest, later: Manifest) -> Changes:
    """Return what a later release says that an earlier one did not, by the declared key."""
    source = sources()[later.source]
    shared = [name for name in later.tables if name in earlier.tables and name in _declared(later)]
    parts = [
        compared(_rows(earlier, name), _rows(later, name), key=source.table(name).key, table=name)
        for name in shared
    ]
    rows = pl.concat(parts) if parts else pl.DataFrame(schema=SCHEMA)
    counted = rows.group_by("kind").len().to_dicts()
    return Changes(rows, {row["kind"]: row["len"] for row in counted})


TEXTS = ("table", "key", "column", "kind", "before", "after", "file")
SCHEMA = dict.fromkeys(TEXTS, pl.String) | {"row": pl.Int64}


def compared(
    earlier: pl.DataFrame, later: pl.DataFrame, *, key: tuple[str, ...], table: str
) -> pl.DataFrame:
    """Return the differences of two frames of one shape, one row per changed cell.

    *Reads* any frame with the key columns, `source_file` and `source_row`. *Returns* SCHEMA.
    """
    key = tuple(name for name in key if name not in TRACE)
    columns = [name for name in later.columns if name not in {*key, *IGNORED}]
    both = _numbered(earlier, key).join(
        _numbered(later, key),
        on=[*key, COPY],
        how="full",
        suffix=" after",
        nulls_equal=True,
        coalesce=True,
    )
    named = pl.concat_str([pl.col(part).cast(pl.String) for part in key], separator=" · ")
    base = both.with_columns(named.alias("key"), pl.lit(table).alias("table"))
    gone, new = pl.col("source_file after").is_null(), pl.col("source_file").is_null()
    whole = base.filter(gone | new).select(
        "table",
        "key",
        pl.lit("").alias("column"),
        pl.when(new).then(pl.lit("added")).otherwise(pl.lit("gone")).alias("kind"),
        pl.lit(None, pl.String).alias("before"),
        pl.lit(None, pl.String).alias("after"),
        *_trace(),
    )
    cells = [_changed(base.filter(~gone & ~new), column) for column in columns]
    return pl.concat([whole, *cells]).sort("table", "key", "column")


def _numbered(rows: pl.DataFrame, key: tuple[str, ...]) -> pl.DataFrame:
    """Return rows numbered within their key: a source may print one key more than once."""
    return rows.with_columns(pl.int_range(pl.len()).over(key).alias(COPY))


def _changed(both: pl.DataFrame, column: str) -> pl.DataFrame:
    before, after = pl.col(column), pl.col(f"{column} after")
    return both.filter(before.ne_missing(after)).select(
        "table",
        "key",
        pl.lit(column).alias("column"),
        pl.lit("changed").alias("kind"),
        before.cast(pl.String).alias("before"),
        after.cast(pl.String).alias("after"),
        *_trace(),
    )


def _trace() -> tuple[pl.Expr, pl.Expr]:
    return (
        pl.coalesce("source_file after", "source_file").alias("file"),
        pl.coalesce("source_row after", "source_row").alias("row"),
    )


def _declared(manifest: Manifest) -> set[str]:
    return {frame.name for frame in sources()[manifest.source].tables}


def _rows(manifest: Manifest, table: str) -> pl.DataFrame:
    path = shelf().path(manifest.id, table)
    return engine.frame(engine.table(path, engine=settings.STABILIS_ENGINE))
