"""Reads the data frames of an R workspace (.rda): every cell as text, every row with its number.

The file is unpacked and its checksum tested before the R reader sees it: that reader is native
code, and what it makes of damage is not ours to catch.
"""

import bz2
import gzip
import lzma
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any, cast

import polars as pl

from stabilis.connectors import SourceRefused
from stabilis.connectors.reading import guard

Opener = Callable[[Path], IO[bytes]]
OPENERS: dict[bytes, Opener] = {
    b"\x1f\x8b": cast("Opener", gzip.open),
    b"BZh": cast("Opener", bz2.open),
    b"\xfd7zXZ": cast("Opener", lzma.open),
}
SIGNATURE = b"RD"
HEAD_BYTES = 512
CHUNK_BYTES = 1 << 20
DAMAGE = (OSError, EOFError, zlib.error, lzma.LZMAError)


def head(path: Path) -> bytes:
    """Return the first bytes of an R workspace, unpacked; empty when it is none."""
    if path.suffix.lower() not in {".rda", ".rdata"} or not path.is_file():
        return b""
    try:
        with _open(path) as file:
            start = file.read(HEAD_BYTES)
    except (SourceRefused, *DAMAGE):
        return b""
    return start if start.startswith(SIGNATURE) else b""


def read(path: Path, *, name: str) -> pl.DataFrame:
    """Return one data frame of the workspace as text cells plus `source_row`, from 1.

    Raises SourceRefused when the file is damaged, a bomb, holds no such frame, or when the
    optional R reader is not installed.
    """
    guard.readable(path)
    _sound(path)
    found = _frames(path)
    if name not in found:
        raise SourceRefused(
            path,
            f"the workspace holds {', '.join(found) or 'nothing'}, not {name}",
            remedy="Load it under the source it belongs to.",
        )
    table: pl.DataFrame = pl.from_pandas(found[name])
    rows = pl.Series("source_row", range(1, table.height + 1), dtype=pl.Int64)
    return table.select(_text(table[column]) for column in table.columns).with_columns(rows)


def print_rows(path: Path, rows: Sequence[int], *, name: str) -> dict[int, dict[str, str]]:
    """Return the asked rows of a data frame as text, numbered as `read` numbers them."""
    wanted = read(path, name=name).filter(pl.col("source_row").is_in(sorted(rows)))
    return {
        row["source_row"]: {
            field: text or "NA" for field, text in row.items() if field != "source_row"
        }
        for row in wanted.to_dicts()
    }


def _open(path: Path) -> IO[bytes]:
    with path.open("rb") as file:
        start = file.read(8)
    for magic, opener in OPENERS.items():
        if start.startswith(magic):
            return opener(path)
    raise SourceRefused(
        path,
        "this is no packed R workspace",
        remedy="Save it in R with save(), which packs it, or fetch it again.",
    )


def _sound(path: Path) -> None:
    size = 0
    try:
        with _open(path) as file:
            start = file.read(len(SIGNATURE))
            while chunk := file.read(CHUNK_BYTES):
                size += len(chunk)
                if size > guard.LARGEST_UNPACKED:
                    raise SourceRefused(
                        path,
                        f"{path.stat().st_size:,} bytes would unpack to more than a gigabyte",
                        remedy="This is not an ordinary workspace; ask its sender.",
                    )
    except DAMAGE as error:
        raise SourceRefused(
            path, f"the workspace is cut or damaged ({error})", remedy="Fetch it again."
        ) from error
    if start != SIGNATURE:
        raise SourceRefused(
            path, "this is packed, but no R workspace", remedy="Fetch it again from the producer."
        )


def _frames(path: Path) -> dict[str, Any]:
    try:
        # An optional extra: only these few sources come as R files, and it brings native code.
        import pyreadr  # noqa: PLC0415
    except ImportError as error:
        raise SourceRefused(
            path,
            "R files need the optional reader pyreadr, which is not installed",
            remedy="Install it: pip install 'stabilis[rdata]'.",
        ) from error
    try:
        return dict(pyreadr.read_r(str(path)))
    except (pyreadr.LibrdataError, pyreadr.PyreadrError, ValueError, UnicodeError) as error:
        raise SourceRefused(
            path, f"the R reader cannot read it ({error})", remedy="Save it again in R with save()."
        ) from error


def _text(column: pl.Series) -> pl.Series:
    """Return a column as text; a whole number, which R keeps as a fraction, without its point."""
    if not column.dtype.is_float():
        return column.cast(pl.String)
    known = column.fill_nan(None)
    whole = known.cast(pl.Int64, strict=False)
    text = known.cast(pl.String)
    return pl.select(
        pl.when(known == whole).then(whole.cast(pl.String)).otherwise(text)
    ).to_series()
