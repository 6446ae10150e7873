"""The engine behind the warehouse: DuckDB in this process, or Spark when one machine is outgrown.

Expressions are Ibis, so that the same ones run on both. DuckDB needs no extension and may load
none, because the product must work without a network.
"""

import threading
from pathlib import Path
from typing import Any

import ibis
import polars as pl

_held = threading.local()


def connect(name: str) -> Any:
    """Return this thread's connection to an engine: `duckdb` or `spark`.

    Raises ValueError for another name, and says what to install when Spark is not there.
    """
    held: dict[str, Any] = _held.__dict__.setdefault("connections", {})
    if name not in held:
        held[name] = _open(name)
    return held[name]


def _open(name: str) -> Any:
    if name == "duckdb":
        return ibis.duckdb.connect(
            autoinstall_known_extensions="false", autoload_known_extensions="false"
        )
    if name == "spark":
        return _spark()
    raise ValueError(f"STABILIS_ENGINE is {name!r}; it must be duckdb or spark")


def _spark() -> Any:
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415 - an optional extra, and slow to load
    except ImportError as error:
        raise ValueError("Spark is not installed: pip install 'stabilis[spark]'") from error
    session = SparkSession.builder.config("spark.sql.session.timeZone", "UTC").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return ibis.pyspark.connect(session)


def table(path: Path, *, engine: str = "duckdb") -> ibis.Table:
    """Return a stored Parquet table as an Ibis expression; nothing is read yet."""
    connection = connect(engine)
    known: dict[Path, ibis.Table] = connection.__dict__.setdefault("stabilis_tables", {})
    if path not in known:
        known[path] = connection.read_parquet(str(path))
    return known[path]


def frame(expression: ibis.Table) -> pl.DataFrame:
    """Run an expression on the engine it belongs to and return its rows."""
    return pl.DataFrame(pl.from_arrow(expression.to_pyarrow()))
