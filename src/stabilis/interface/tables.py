"""A table that is the same on screen, as JSON and as CSV, with filter and order in its address.

Cells hold plain values; None is unknown and is written so on screen, and left empty in exports.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from stabilis.interface.numbers import plain

Row = Mapping[str, Any]
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Column:
    """One column: key, heading, unit, kind of value, and the columns that bound an estimate."""

    key: str
    label: str
    unit: str = ""
    kind: str = "text"
    low: str = ""
    high: str = ""

    @property
    def is_number(self) -> bool:
        """Tell whether the column holds numbers, so that it is set right-aligned."""
        return self.kind in {"integer", "number"}


@dataclass(frozen=True)
class Table:
    """Rows of one meaning and where they come from; `link` is the row key that holds an address."""

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    source: str = ""
    notes: tuple[str, ...] = ()
    link: str = "href"
    link_label: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    status_note: str = ""

    def column(self, key: str) -> Column:
        """Return one column by key."""
        return next(column for column in self.columns if column.key == key)

    def where(self, wanted: Mapping[str, str]) -> "Table":
        """Return the rows whose cells, as text, equal what is wanted; other names are ignored."""
        keys = {column.key for column in self.columns}
        used = {key: value for key, value in wanted.items() if key in keys and value != ""}
        rows = [row for row in self.rows if all(str(row.get(k)) == v for k, v in used.items())]
        return replace(self, rows=rows, filters=used)

    def ordered(self, sort: str) -> "Table":
        """Return the rows ordered by one column, descending with a leading minus; unknown last."""
        key = sort.removeprefix("-")
        if key not in {column.key for column in self.columns}:
            return self
        known = [row for row in self.rows if row.get(key) is not None]
        unknown = [row for row in self.rows if row.get(key) is None]
        known.sort(key=lambda row: row[key], reverse=sort.startswith("-"))
        return replace(self, rows=known + unknown)

    def cells(self, most: int | None = None) -> list[tuple[str, list[tuple[Column, str]]]]:
        """Return each row, or the first ones, as its link and its shown cells."""
        return [
            (str(row.get(self.link) or ""), [(c, shown(row.get(c.key), c)) for c in self.columns])
            for row in self.rows[:most]
        ]

    def as_records(self) -> dict[str, Any]:
        """Return the table for JSON: columns with units, rows with plain values and addresses."""
        keys = [column.key for column in self.columns]
        return {
            "table": self.id,
            "title": self.title,
            "source": self.source,
            "notes": [note for note in (self.status_note, *self.notes) if note],
            "filter": dict(self.filters),
            "columns": [{"key": c.key, "label": c.label, "unit": c.unit} for c in self.columns],
            "rows": [
                {key: row.get(key) for key in keys} | {"trace": row.get(self.link)}
                for row in self.rows
            ],
        }

    def as_csv(self) -> str:
        """Return the table as CSV with a header of keys; text that starts a formula is disarmed.

        A note on the status of a territory stands in a column of its own, so that no row loses it.
        """
        keys = [column.key for column in self.columns]
        status = [self.status_note] if self.status_note else []
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow([*keys, "trace", *(["status_note"] if status else [])])
        for row in self.rows:
            cells = [*(row.get(key) for key in keys), row.get(self.link), *status]
            writer.writerow([disarmed(cell) for cell in cells])
        return out.getvalue()


def shown(value: Any, column: Column) -> str:
    """Return a cell as text for the screen. Years and codes are text: they take no separator."""
    if value is None:
        return plain(None)
    if column.is_number:
        return plain(value, digits=2)
    return str(value)


def disarmed(cell: Any) -> Any:
    """Return a cell that no spreadsheet runs as a formula; numbers pass unchanged."""
    if isinstance(cell, str) and cell.startswith(DANGEROUS):
        return f"'{cell}"
    return cell
