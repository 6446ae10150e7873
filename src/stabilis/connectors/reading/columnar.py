"""Reads Parquet files whose cells are text as printed; rows are counted, as there is no header."""

from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pyarrow as pa
from pyarrow import parquet

from stabilis.connectors import SourceRefused
from stabilis.connectors.reading import delimited, guard

MOST_ROWS = 5_000_000
DAMAGE = (pa.ArrowException, OSError, UnicodeError)


def names(path: Path) -> list[str]:
    """Return the names of a file's columns; empty when it cannot be read as Parquet."""
    try:
        return list(parquet.read_schema(path).names)
    except DAMAGE:
        return []


def texts(path: Path, *, expected: Sequence[str]) -> pl.DataFrame:
    """Return the text cells of a Parquet file; rows are counted from 1, as it has no header row.

    Raises SourceRefused when it is cut, is of another shape or holds absurdly many rows.
    """
    guard.readable(path)
    try:
        with parquet.ParquetFile(path, page_checksum_verification=True) as file:
            lines = delimited.differences(file.schema_arrow.names, expected)
            if not lines and not all(_is_text(kind) for kind in file.schema_arrow.types):
                lines = ["not every column is text"]
            if not lines and file.metadata.num_rows > MOST_ROWS:
                lines = [f"the file holds {file.metadata.num_rows:,} rows"]
            if lines:
                raise SourceRefused(path, *lines, remedy="Load the file under its own source.")
            table = file.read()
        # Changed bytes can leave cells that are no text; native code would stumble over them later.
        table.validate(full=True)
    except DAMAGE as error:
        raise SourceRefused(
            path, "the Parquet file is cut or damaged", remedy="Fetch it again; nothing was loaded."
        ) from error
    frame = pl.DataFrame(pl.from_arrow(table))
    return frame.with_row_index("source_row", offset=1).cast({"source_row": pl.Int64})


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))
