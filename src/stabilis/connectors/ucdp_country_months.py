"""UCDP GED summed to country and month: events and deaths by type of violence, from January 1989.

One row is one country in one month. A row of noughts means that UCDP recorded no event there; a
country that is not in the file is not held, which is something else.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl

from stabilis.analysis.frames import Column, traced
from stabilis.connectors import (
    Batch,
    Cut,
    Expectation,
    Licence,
    Quarantine,
    Release,
    Source,
)
from stabilis.connectors.reading import delimited
from stabilis.connectors.reading.cells import Cell, typed
from stabilis.connectors.reading.countries import alpha3_of_code

FIRST_MONTH = date(1989, 1, 1)
COUNTS = {
    "events": ("ucdp_event_count", "events recorded", "events"),
    "deaths_best": ("ucdp_fatalities_best", "killed in all organised violence, best", "deaths"),
    "deaths_high": ("ucdp_fatalities_high", "killed in all organised violence, high", "deaths"),
    "civilians": ("ucdp_civilian_deaths", "civilians among the killed, best", "deaths"),
    "deadliest_event": (
        "ucdp_peak_event_fatalities",
        "killed in the month's deadliest event, best",
        "deaths",
    ),
    "state_based_events": ("ucdp_state_based_events", "events of state-based violence", "events"),
    "non_state_events": ("ucdp_non_state_events", "events of non-state violence", "events"),
    "one_sided_events": ("ucdp_one_sided_events", "events of one-sided violence", "events"),
}
CELLS = {
    "country_code": Cell("country_iso3", required=True),
    "month": Cell("first_day", "day", required=True, low=FIRST_MONTH, high=date(2100, 1, 1)),
    **{
        name: Cell(column, "integer", required=True, low=0, high=2_000_000)
        for name, (column, _, _) in COUNTS.items()
    },
}
VIOLENCE_MONTHS = traced(
    "violence_months",
    "One country in one month from January 1989.",
    ("country_code", "month"),
    {
        "country": Column(pl.String, "alpha-3 code; empty where the printed code is not known"),
        "country_code": Column(pl.String, "code as printed", nullable=False),
        "month": Column(pl.Date, "first day of the month", nullable=False),
        "year": Column(pl.Int64, "calendar year", nullable=False),
        **{
            name: Column(pl.Int64, meaning, unit, nullable=False)
            for name, (_, meaning, unit) in COUNTS.items()
        },
    },
)
COLUMNS_READ = ("country_iso3", "year_month", *(column for column, _, _ in COUNTS.values()))
OTHER_COLUMNS = ("ucdp_fatality_uncertainty", "ucdp_has_conflict")


def read(path: Path, quarantine: Quarantine) -> Iterator[Batch]:
    """Yield country-months in the order of the file, without the zero-fill before 1989."""
    frames = delimited.read(
        path, expected=COLUMNS_READ, optional=OTHER_COLUMNS, quarantine=quarantine
    )
    for raw in frames:
        dated = raw.filter(~_is_zero_fill()).with_columns(first_day=pl.col("year_month") + "-01")
        rows = typed(dated, cells=CELLS, quarantine=quarantine)
        codes = [alpha3_of_code(code).alpha3 for code in rows["country_code"]]
        frame = rows.with_columns(
            pl.Series("country", codes, dtype=pl.String),
            pl.col("month").dt.year().cast(pl.Int64).alias("year"),
            pl.lit(path.name).alias("source_file"),
        )
        yield Batch("violence_months", VIOLENCE_MONTHS.check(frame))


def _is_zero_fill() -> pl.Expr:
    """Return whether a row says 0 for a month that UCDP never coded: no datum, not a peace."""
    numbers = [pl.col(column).cast(pl.Float64, strict=False) for column, _, _ in COUNTS.values()]
    before = pl.col("year_month").str.strip_chars() < f"{FIRST_MONTH:%Y-%m}"
    return (before & pl.all_horizontal(number == 0 for number in numbers)).fill_null(value=False)


def release(path: Path) -> Release:
    """Return the last month in the file: the file names no release of GED."""
    last = ""
    for raw in delimited.read(
        path, expected=COLUMNS_READ, optional=OTHER_COLUMNS, quarantine=Quarantine(path)
    ):
        last = max(last, str(raw["year_month"].max() or ""))
    return Release(f"GED to {last}" if last else "unknown")


def recognises(path: Path) -> bool:
    """Tell whether a file has this panel's own column names."""
    return delimited.has_columns(path, "country_iso3", "year_month", "ucdp_event_count")


SOURCE = Source(
    title="UCDP GED, country-month",
    producer="Uppsala Conflict Data Program (UCDP), Uppsala University; summed by a third party",
    url="https://ucdp.uu.se/downloads/",
    citation=(
        "Sundberg, R. and Melander, E., Introducing the UCDP Georeferenced Event Dataset, Journal "
        "of Peace Research 50(4), 2013; summed by country and month. Citation from memory."
    ),
    licence=Licence(
        "CC BY 4.0 (UCDP); the repository of the sums states none",
        may_ship=True,
        seen_in="memory",
        url="https://creativecommons.org/licenses/by/4.0/",
    ),
    tables=(VIOLENCE_MONTHS,),
    recognises=recognises,
    read=read,
    release=release,
    print_rows=delimited.print_rows,
    expects=(
        Expectation("violence_months", rows=(100, 200_000), why="about 120 countries, 12 a year"),
    ),
    events={"violence_months": "month"},
    incremental_key="month",
    notes=(
        "Rows of 1985–88 are zero-fill, not data: GED begins in 1989. They are left out (5,904).",
        "A row before 1989 that holds a count is set aside.",
        "No release is named; deaths by year equal country-year 25.1 for AFG, MLI, SOM and SRB.",
        "Kosovo has no row: UCDP files the war of 1998–99 under Serbia.",
        "The high estimate is below the best one in some rows (74 in the file seen), as printed.",
        "Which deaths belong to which type is not held by month, only how many events do.",
    ),
    cut=Cut(
        what="the four cases, and Serbia for the splice with Kosovo",
        tables={
            "violence_months": lambda rows: rows.filter(
                pl.col("country").is_in(["AFG", "MLI", "SOM", "XKX", "SRB"])
            )
        },
    ),
)
