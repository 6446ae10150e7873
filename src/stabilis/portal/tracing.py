"""The way from a number to its rows, and from a row to the source row in its snapshot."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import polars as pl
from django.urls import reverse
from django.utils.translation import gettext as _

from stabilis.evidence.held import Held
from stabilis.interface.numbers import Number
from stabilis.interface.tables import Table
from stabilis.warehouse.manifest import Manifest


def row_address(snapshot: str, *, table: str, file: str, row: int) -> str:
    """Return the address of one source row in its snapshot."""
    return reverse("snapshot-row", args=[snapshot, table, file, row])


def traced(held: Held) -> list[dict[str, Any]]:
    """Return rows as plain values, each with the address of its source row."""
    return [
        row
        | {
            "href": row_address(
                held.snapshot.id, table=held.table, file=row["source_file"], row=row["source_row"]
            )
        }
        for row in held.frame.to_dicts()
    ]


def source_line(snapshot: Manifest) -> str:
    """Return the source of a number in a few words: title and release."""
    return f"{snapshot.title} {snapshot.release}"


def number(
    table: Table,
    *,
    figure: str,
    where: Mapping[str, str],
    snapshot: Manifest,
    address: str,
) -> Number:
    """Return the sum of a column over the matching rows, as a number that leads to those rows.

    Unknown when no row matches or when any matching cell is unknown: a sum never hides a gap.
    """
    column = table.column(figure)
    rows = table.where(where).rows
    query = urlencode(dict(where) | {"figure": figure, "snapshot": snapshot.id})
    found = Number(
        label=column.label,
        value=_sum(rows, figure),
        unit=column.unit,
        as_of=", ".join(value for value in where.values() if value != "yes"),
        source=source_line(snapshot),
        seen_in=_("original seen"),
        href=f"{address}?{query}",
        low=_sum(rows, column.low) if column.low else None,
        high=_sum(rows, column.high) if column.high else None,
    )
    return found if rows else replace(found, note=_("no row is held"))


def _sum(rows: Any, key: str) -> float | None:
    cells = [row.get(key) for row in rows]
    if not cells or any(cell is None for cell in cells):
        return None
    return float(sum(cells))


def footnote(shown: Number, *, snapshot: Manifest, permalink: str) -> str:
    """Return a footnote with which this number can be cited and checked."""
    interval = f" ({shown.interval})" if shown.interval else ""
    return _(
        "%(label)s: %(value)s %(unit)s%(interval)s, %(as_of)s. %(citation)s Snapshot %(id)s, "
        "retrieved %(day)s. %(link)s"
    ) % {
        "label": shown.label,
        "value": shown.shown,
        "unit": shown.unit,
        "interval": interval,
        "as_of": shown.as_of,
        "citation": snapshot.citation,
        "id": snapshot.id,
        "day": snapshot.retrieved_at.date().isoformat(),
        "link": permalink,
    }


def span(frame: pl.DataFrame, *, column: str = "year") -> str:
    """Return the first and last year that rows hold, empty without rows."""
    if frame.is_empty():
        return ""
    first, last = str(frame[column].min()), str(frame[column].max())
    return first if first == last else f"{first}–{last}"
