"""Reads XLSX workbooks: every cell as text, every row with its number; a bomb is not opened.

Rows are numbered through all sheets in the order of the workbook, so that one number names one
row; in the first sheet it is the number that a spreadsheet shows.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook

from stabilis.connectors import SourceRefused
from stabilis.connectors.reading import guard

DAMAGE = (
    CalamineError,
    etree.XMLSyntaxError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
NAMES_PART = "xl/workbook.xml"
NAMES_BYTES = 65_536
LARGEST_GRID = 5_000_000
PLACE = re.compile(r"([A-Za-z]{0,3})(\d{0,7})")
# Pictures, old drawings and bindings; a spreadsheet never keeps cells in them.
NO_SHEETS = (".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".bin", ".vml", ".rels")


@dataclass(frozen=True)
class Line:
    """One row: its number through the workbook, its sheet, its number there, its cells."""

    number: int
    sheet: str
    row: int
    cells: tuple[str | None, ...]


def rows(path: Path, sheet: str | None = None) -> list[list[str | None]]:
    """Return the cells of one sheet, the first where none is named; the first row is row 1.

    Raises SourceRefused when the workbook is damaged, a bomb, or has no such sheet.
    """
    with _open(path) as book:
        return _cells(path, book, sheet or book.sheet_names[0])


def lines(path: Path, *, sheets: Sequence[str] = ()) -> Iterator[Line]:
    """Yield the rows of these sheets, of all where none is named, numbered through the workbook.

    Raises SourceRefused when the workbook is damaged, a bomb, or lacks one of the sheets.
    """
    with _open(path) as book:
        before = 0
        if missing := [name for name in sheets if name not in book.sheet_names]:
            raise _without(path, missing, book.sheet_names)
        for name in book.sheet_names:
            held = _cells(path, book, name)
            if not sheets or name in sheets:
                for row, cells in enumerate(held, start=1):
                    yield Line(before + row, name, row, tuple(cells))
            before += len(held)


def print_rows(path: Path, rows: Sequence[int]) -> dict[int, dict[str, str]]:
    """Return the asked rows, numbered as `lines` numbers them: cell by the letter of its column."""
    wanted = set(rows)
    return {
        line.number: {"sheet": line.sheet, "row": str(line.row)}
        | {letter(index): cell for index, cell in enumerate(line.cells) if cell is not None}
        for line in lines(path)
        if line.number in wanted
    }


def letter(index: int) -> str:
    """Return the letter of a column, counted from 0, as a spreadsheet shows it.

    >>> [letter(0), letter(25), letter(26), letter(127)]
    ['A', 'Z', 'AA', 'DX']
    """
    first, last = divmod(index, 26)
    return (letter(first - 1) if first else "") + chr(ord("A") + last)


def has_sheets(path: Path, *names: str) -> bool:
    """Tell whether a file is a workbook with sheets of these names. Reads only their list."""
    if path.suffix.lower() != ".xlsx" or not path.is_file():
        return False
    try:
        with zipfile.ZipFile(path) as archive, archive.open(NAMES_PART) as part:
            listed = part.read(NAMES_BYTES).decode("utf-8", errors="replace")
    except DAMAGE:
        return False
    return all(f'name="{name}"' in listed for name in names)


@contextmanager
def _open(path: Path) -> Iterator[CalamineWorkbook]:
    try:
        guard.unpackable(path)
        _small_grid(path)
        with CalamineWorkbook.from_path(path) as book:
            yield book
    except SourceRefused:
        raise
    except DAMAGE as error:
        raise SourceRefused(
            path,
            f"the workbook is damaged ({type(error).__name__}: {error})",
            remedy="Open and save it again as XLSX, or fetch it again.",
        ) from error


def _small_grid(path: Path) -> None:
    """Pass when no sheet spans more cells than are sane.

    Two cells in opposite corners make a sheet of 17 thousand million cells; the reading library
    asks for memory for all of them and ends the process, so this is judged before it.
    """
    with zipfile.ZipFile(path) as archive:
        for item in archive.infolist():
            if item.filename.startswith("xl/") and not item.filename.endswith(NO_SHEETS):
                wide, high = _extent(archive, item)
                if wide * high > LARGEST_GRID:
                    raise SourceRefused(
                        path,
                        f"{item.filename} spans {wide:,} columns by {high:,} rows",
                        remedy="Clear the far cells, or save the filled part as a new workbook.",
                    )


def _extent(archive: zipfile.ZipFile, item: zipfile.ZipInfo) -> tuple[int, int]:
    """Return how many columns and rows a part spans, by where its rows and cells say they are."""
    wide = high = 1
    with archive.open(item) as part:
        placed = etree.iterparse(
            part, tag=("{*}c", "{*}row"), resolve_entities=False, no_network=True, load_dtd=False
        )
        for _, element in placed:
            column, row = _place(element.get("r", ""))
            wide, high = max(wide, column), max(high, row)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    return wide, high


def _place(printed: str) -> tuple[int, int]:
    """Return the column and row of a place such as B7 or 7, both from 1; 1 where not said."""
    found = PLACE.fullmatch(printed)
    if found is None:
        raise ValueError(f"a cell stands at {printed[:40]!r}")
    column = 0
    for sign in found[1].upper():
        column = column * 26 + ord(sign) - ord("A") + 1
    return max(1, column), int(found[2] or 1)


def _cells(path: Path, book: CalamineWorkbook, name: str) -> list[list[str | None]]:
    if name not in book.sheet_names:
        raise _without(path, [name], book.sheet_names)
    held = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return [[_text(cell) for cell in row] for row in held]


def _text(cell: object) -> str | None:
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).strip() or None


def _without(path: Path, missing: Sequence[str], held: Sequence[str]) -> SourceRefused:
    return SourceRefused(
        path,
        f"the workbook lacks the sheet {', '.join(missing)}; it holds {', '.join(held)}",
        remedy="Load it under the source it belongs to, or name its sheets as the producer does.",
    )
