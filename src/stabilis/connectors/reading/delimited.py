"""Reads delimited text: every cell as printed, every row with its number, a wrong shape refused.

Arrow's streaming reader does the parsing, so that memory stays constant and a row with too many
or too few fields is set aside with its number instead of sliding its cells under other names.
"""

import codecs
import csv
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import polars as pl
import pyarrow as pa
from pyarrow import csv as arrow_csv

from stabilis.connectors import Quarantine, SourceRefused
from stabilis.connectors.reading import guard

BLOCK_BYTES = 8 << 20
FIELD_LIMIT = 4 << 20


def header(path: Path, *, delimiter: str = ",") -> list[str]:
    """Return the names in a file's first record; empty when it cannot be read as text."""
    return next(iter(_first(path, 1, delimiter)), [])


def first_row(path: Path, *, delimiter: str = ",") -> dict[str, str]:
    """Return the cells of the row below the header by name; empty when it cannot be read."""
    names, cells = [*_first(path, 2, delimiter), [], []][:2]
    return dict(zip(names, cells, strict=False))


def _first(path: Path, records: int, delimiter: str) -> list[list[str]]:
    csv.field_size_limit(FIELD_LIMIT)
    try:
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            return list(islice(csv.reader(file, delimiter=delimiter), records))
    except (csv.Error, OSError):
        return []


def has_columns(path: Path, *names: str, delimiter: str = ",") -> bool:
    """Tell whether a file is delimited text whose header holds all these names."""
    return path.suffix.lower() in {".csv", ".tsv", ".txt"} and set(names) <= set(
        header(path, delimiter=delimiter)
    )


def differences(
    found: Sequence[str], expected: Sequence[str], optional: Sequence[str] = ()
) -> list[str]:
    """Return how a header differs from what the source expects; empty when it does not."""
    missing = [name for name in expected if name not in found]
    unknown = [name for name in found if name not in expected and name not in optional]
    twice = sorted({name for name in found if list(found).count(name) > 1})
    lines = []
    if missing:
        lines.append(f"the header lacks {', '.join(missing)}")
    if unknown:
        lines.append(
            f"the header has unexpected {', '.join(name or '(no name)' for name in unknown)}"
        )
    if twice:
        lines.append(f"the header repeats {', '.join(twice)}")
    return lines


def read(
    path: Path,
    *,
    expected: Sequence[str],
    quarantine: Quarantine,
    optional: Sequence[str] = (),
    delimiter: str = ",",
) -> Iterator[pl.DataFrame]:
    """Yield frames of text cells plus `source_row`, in file order and constant memory.

    Raises SourceRefused, naming what differs, when the header is not the expected one, the text is
    not UTF-8, or one field is larger than the block that is held in memory.
    """
    guard.readable(path)
    guard.utf8(path)
    found = header(path, delimiter=delimiter)
    if lines := differences(found, expected, optional):
        width = _first_width(path, delimiter)
        if width and width != len(found):
            lines.append(
                f"the header names {len(found)} columns and the first row holds {width} cells"
            )
        raise SourceRefused(
            path, *lines, remedy="Load the file under the source it belongs to, or mend its header."
        )
    yield from _stream(path, found, quarantine, delimiter)


def _stream(
    path: Path, names: list[str], quarantine: Quarantine, delimiter: str
) -> Iterator[pl.DataFrame]:
    skipped: list[int] = []

    def set_aside(row: arrow_csv.InvalidRow) -> str:
        skipped.append(row.number)
        quarantine.add(
            row=row.number,
            field="(whole row)",
            value=row.text,
            reason=f"the row holds {row.actual_columns} cells, the header {row.expected_columns}",
            remedy="Look for an unescaped quote, a stray separator or a cut line.",
        )
        return "skip"

    next_row = 2
    try:
        reader = arrow_csv.open_csv(
            path,
            read_options=arrow_csv.ReadOptions(use_threads=False, block_size=BLOCK_BYTES),
            parse_options=arrow_csv.ParseOptions(
                delimiter=delimiter,
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=set_aside,
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        )
        for batch in reader:
            rows, next_row = _numbers(next_row, batch.num_rows, skipped)
            frame = pl.DataFrame(pl.from_arrow(batch))
            numbered = frame.with_columns(pl.Series("source_row", rows, dtype=pl.Int64))
            # A blank line says nothing, but it counts: a spreadsheet numbers it as a row.
            yield numbered.filter(pl.any_horizontal(pl.col(names) != ""))
    except pa.ArrowInvalid as error:
        raise SourceRefused(path, _said(error), remedy=_remedy(error)) from error


def _numbers(first: int, count: int, skipped: list[int]) -> tuple[list[int], int]:
    """Return the numbers of the next `count` rows that were not set aside, and the one after."""
    gone = {number for number in skipped if number >= first}
    if not gone:
        return list(range(first, first + count)), first + count
    rows: list[int] = []
    row = first
    while len(rows) < count:
        if row not in gone:
            rows.append(row)
        row += 1
    return rows, row


def _said(error: pa.ArrowInvalid) -> str:
    text = str(error)
    if "UTF8" in text or "UTF-8" in text:
        return "the text is not UTF-8"
    if "straddling" in text:
        return f"one row is larger than {BLOCK_BYTES >> 20} MB"
    return text.splitlines()[0].rstrip(".")


def _remedy(error: pa.ArrowInvalid) -> str:
    if "UTF" in str(error):
        return "Save it as UTF-8 (in a spreadsheet: CSV UTF-8) and load it again."
    return "Look for an unclosed quote; nothing of this file was loaded."


def _first_width(path: Path, delimiter: str) -> int:
    return sum(len(cells) for cells in _first(path, 2, delimiter)[1:])


def print_rows(
    path: Path, rows: Sequence[int], *, delimiter: str = ","
) -> dict[int, dict[str, str]]:
    """Return the asked rows as printed, cell by name, numbered as `read` numbers them."""
    csv.field_size_limit(FIELD_LIMIT)
    wanted = set(rows)
    with codecs.open(str(path), encoding="utf-8-sig") as file:
        records = csv.reader(file, delimiter=delimiter)
        names = next(records, [])
        numbered = enumerate(records, start=2)
        return {
            row: dict(zip(names, cells, strict=False)) for row, cells in numbered if row in wanted
        }
