"""Counts of trainees by year, programme and kind of unit, with small counts protected."""

from typing import Any

from django.utils.translation import gettext as _

from stabilis.analysis.disclosure import FEWEST, Cell, protect
from stabilis.evidence.held import Held
from stabilis.interface.numbers import plain
from stabilis.portal import tracing

ALL = "all"
Rows = list[dict[str, Any]]


def protected(found: Held) -> Rows:
    """Return a row for each year, programme and kind of unit, and one for each year's total."""
    groups: dict[int, Rows] = {}
    for row in _merged(tracing.traced(found)):
        groups.setdefault(row["year"], []).append(row)
    return [row for year in sorted(groups) for row in _of_year(year, groups[year])]


def _merged(rows: Rows) -> Rows:
    """Return one row per year, programme and kind of unit; `trainees` None where none is known."""
    merged: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        key = (row["fiscal_year"], row["programme"], row["unit_type"])
        cell = merged.setdefault(
            key,
            {
                **dict(zip(("year", "programme", "unit_type"), key, strict=True)),
                "known": 0,
                "trainings": 0,
                "unknown": 0,
                "href": row["href"],
            },
        )
        cell["known"] += row["trainees"] or 0
        cell["trainings"] += row["trainings"]
        cell["unknown"] += row["trainees_unknown"]
    return list(merged.values())


def _of_year(year: int, rows: Rows) -> Rows:
    whole = [row for row in rows if not row["unknown"]]
    found = protect([row["known"] for row in whole])
    told = {id(row): cell for row, cell in zip(whole, found.cells, strict=True)}
    is_whole = len(whole) == len(rows)
    total = {
        "year": year,
        "programme": ALL,
        "unit_type": ALL,
        "trainees": found.total if is_whole else None,
        "told": _total_told(found.total, is_whole=is_whole),
        "trainings": sum(row["trainings"] for row in rows),
        "href": "",
    }
    return [total, *(_cell(row, told.get(id(row))) for row in rows)]


def _cell(row: dict[str, Any], cell: Cell | None) -> dict[str, Any]:
    is_shown = cell is Cell.SHOWN
    return {
        "year": row["year"],
        "programme": row["programme"],
        "unit_type": row["unit_type"],
        "trainees": row["known"] if is_shown else None,
        "told": _told(row["known"], cell),
        "trainings": row["trainings"],
        "href": row["href"] if is_shown or cell is None else "",
    }


def _told(known: int, cell: Cell | None) -> str:
    words = {
        Cell.SHOWN: plain(known),
        Cell.SMALL: _("fewer than %(fewest)s") % {"fewest": FEWEST},
        Cell.WITHHELD: _("not printed, to protect a smaller count"),
    }
    return words[cell] if cell else _("unknown: some of the report's rows give no count")


def _total_told(total: int | None, *, is_whole: bool) -> str:
    if not is_whole:
        return _("unknown: some of the report's rows give no count")
    return _("not printed, to protect a smaller count") if total is None else plain(total)


def year_totals(rows: Rows) -> dict[int, int | None]:
    """Return each year's total; None where it is unknown or not printed."""
    return {row["year"]: row["trainees"] for row in rows if row["programme"] == ALL}


def cells(rows: Rows, year: int) -> Rows:
    """Return the cells of one year, without its total."""
    return [row for row in rows if row["year"] == year and row["programme"] != ALL]


def at_least(rows: Rows, year: int) -> int:
    """Return a year's total where it is printed, else the sum of its printed counts."""
    total = year_totals(rows)[year]
    return total if total is not None else sum(row["trainees"] or 0 for row in cells(rows, year))


def shown_by(rows: Rows, column: str) -> list[tuple[str, int]]:
    """Return the sum of printed counts by programme or kind of unit, largest first."""
    sums: dict[str, int] = {}
    for row in rows:
        if row["programme"] != ALL and row["trainees"]:
            sums[row[column]] = sums.get(row[column], 0) + row["trainees"]
    return sorted(sums.items(), key=lambda item: (-item[1], item[0]))
