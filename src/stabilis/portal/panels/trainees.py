"""Counts of trainees by year, programme and kind of unit, as protected when they were read."""

from typing import Any

from django.utils.translation import gettext as _

from stabilis.analysis.disclosure import FEWEST
from stabilis.evidence.held import Held
from stabilis.interface.numbers import plain
from stabilis.portal import tracing

ALL = "all"
Rows = list[dict[str, Any]]


def protected(found: Held) -> Rows:
    """Return a row for each year's total and for each cell; what is not printed has no link."""
    return sorted((_cell(row) for row in tracing.traced(found)), key=_place)


def _place(row: dict[str, Any]) -> tuple[int, bool, str, str]:
    """Return where a row stands: the total first; hidden cells share one source row."""
    return row["year"], row["programme"] != ALL, row["programme"], row["unit_type"]


def _cell(row: dict[str, Any]) -> dict[str, Any]:
    is_linked = row["programme"] != ALL and row["told"] in {"shown", "unknown"}
    return {
        "year": row["fiscal_year"],
        "programme": row["programme"],
        "unit_type": row["unit_type"],
        "trainees": row["trainees"],
        "told": _told(row),
        "trainings": row["trainings"],
        "href": row["href"] if is_linked else "",
    }


def _told(row: dict[str, Any]) -> str:
    words = {
        "shown": plain(row["trainees"]),
        "small": _("fewer than %(fewest)s") % {"fewest": FEWEST},
        "withheld": _("not printed, to protect a smaller count"),
        "unknown": _("unknown: some of the report's rows give no count"),
    }
    return words[row["told"]]


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
