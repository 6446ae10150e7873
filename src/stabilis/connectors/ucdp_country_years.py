"""UCDP Organized Violence, country-year: deaths by type of violence, country and year.

One row is one country entity of the Gleditsch-Ward list in one year. UCDP files the war of 1998-99
in Kosovo under Serbia (Yugoslavia), entity 345; Kosovo is an entity of its own (347) from 2008.
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
from stabilis.connectors.reading.countries import alpha3_of_gw

BOUNDS = ("best", "low", "high")
DEATHS = {
    "state_based": ("sb_total_deaths", "killed in state-based violence"),
    "non_state": ("ns_total_deaths", "killed in non-state violence"),
    "one_sided": ("os_total_deaths", "civilians killed in one-sided violence, by anyone"),
    "one_sided_own_government": (
        "os_main_govt_killings",
        "civilians killed in one-sided violence by this country's government",
    ),
    "one_sided_any_government": (
        "os_any_govt_killings",
        "civilians killed in one-sided violence by any government",
    ),
    "one_sided_groups": (
        "os_nsgroup_killings",
        "civilians killed in one-sided violence by non-state groups",
    ),
    "deaths": ("cumulative_total_deaths_in_orgvio", "killed in all organised violence"),
}
VICTIMS = {
    f"{name}_{victim}": (f"{prefix}_deaths_{victim}_cy", f"{meaning} in {kind} violence")
    for name, prefix, kind in (
        ("state_based", "sb", "state-based"),
        ("non_state", "ns", "non-state"),
    )
    for victim, meaning in (
        ("parties", "fighters killed"),
        ("civilians", "civilians killed"),
        ("unknown", "killed, not known whether fighters or civilians,"),
    )
}
DYADS = {
    "state_based_dyads": "sb_dyad_names_cy",
    "non_state_dyads": "ns_dyad_names_cy",
    "one_sided_dyads": "os_dyad_names_cy",
}
CELLS = {
    "entity_id": Cell("country_id_cy", "integer", required=True),
    "entity": Cell("country_cy", required=True),
    "year": Cell("year_cy", "integer", required=True, low=1989, high=2100),
    "government": Cell("main_govt_name_cy"),
    **{
        f"{name}_{bound}": Cell(
            f"{prefix}_{bound}_cy", "integer", required=True, low=0, high=2_000_000
        )
        for name, (prefix, _) in DEATHS.items()
        for bound in BOUNDS
    },
    **{
        name: Cell(column, "integer", required=True, low=0, high=2_000_000)
        for name, (column, _) in VICTIMS.items()
    },
    **{name: Cell(column) for name, column in DYADS.items()},
    "release": Cell("version", required=True),
}
VIOLENCE_YEARS = traced(
    "violence_years",
    "One country entity of UCDP's list in one year.",
    ("entity_id", "year"),
    {
        "country": Column(pl.String, "alpha-3 code; empty where the entity has none"),
        "entity_id": Column(pl.Int64, "Gleditsch-Ward number, as UCDP uses it", nullable=False),
        "entity": Column(pl.String, "name as UCDP prints it", nullable=False),
        "year": Column(pl.Int64, "calendar year", nullable=False),
        "government": Column(pl.String, "name of the government"),
        **{
            f"{name}_{bound}": Column(
                pl.Int64, f"{meaning}, {bound} estimate", "deaths", nullable=False
            )
            for name, (_, meaning) in DEATHS.items()
            for bound in BOUNDS
        },
        **{
            name: Column(pl.Int64, meaning, "deaths", nullable=False)
            for name, (_, meaning) in VICTIMS.items()
        },
        **{name: Column(pl.String, "pairs of actors, as UCDP prints them") for name in DYADS},
        "release": Column(pl.String, "release of the dataset", nullable=False),
    },
)
COLUMNS_READ = tuple(cell.column for cell in CELLS.values())
# The day is not known to us: the last of the month, so that "as known on" never claims too much.
PUBLISHED = {"25.1": date(2025, 6, 30)}


def read(path: Path, quarantine: Quarantine) -> Iterator[Batch]:
    """Yield country-years in the order of the file."""
    rest = [name for name in delimited.header(path) if name.endswith("_cy")]
    frames = delimited.read(path, expected=COLUMNS_READ, optional=rest, quarantine=quarantine)
    for raw in frames:
        rows = typed(raw, cells=CELLS, quarantine=quarantine)
        years = zip(rows["entity_id"], rows["year"], strict=True)
        countries = [alpha3_of_gw(entity, year=year).alpha3 for entity, year in years]
        frame = rows.with_columns(
            pl.Series("country", countries, dtype=pl.String),
            pl.lit(path.name).alias("source_file"),
            *(pl.col(name).replace("NO_DYAD", None) for name in DYADS),
        )
        yield Batch("violence_years", VIOLENCE_YEARS.check(frame))


def release(path: Path) -> Release:
    """Return the release that the rows name; its day of publication where it is known."""
    version = delimited.first_row(path).get("version") or "unknown"
    day = PUBLISHED.get(version)
    return Release(version, day, "memory: June 2025, day unknown" if day else "")


def recognises(path: Path) -> bool:
    """Tell whether a file has this dataset's own column names."""
    return delimited.has_columns(path, "country_id_cy", "sb_total_deaths_best_cy", "version")


SOURCE = Source(
    title="UCDP Organized Violence, country-year",
    producer="Uppsala Conflict Data Program (UCDP), Uppsala University",
    url="https://ucdp.uu.se/downloads/",
    citation=(
        "Davies, S., Pettersson, T., Sollenberg, M. and Öberg, M., Organized violence dataset, "
        "country-year version 25.1, Uppsala Conflict Data Program (2025). Citation from memory."
    ),
    licence=Licence(
        "CC BY 4.0",
        may_ship=True,
        seen_in="memory",
        url="https://creativecommons.org/licenses/by/4.0/",
    ),
    tables=(VIOLENCE_YEARS,),
    recognises=recognises,
    read=read,
    release=release,
    print_rows=delimited.print_rows,
    expects=(Expectation("violence_years", rows=(150, 20_000), why="some 200 entities a year"),),
    events={"violence_years": "year"},
    incremental_key="version",
    each_file_is_a_release=True,
    notes=(
        "Counts only deaths whose date, place and actors a source names: an undercount (UCDP).",
        "The war of 1998-99 in Kosovo stands under Serbia (Yugoslavia), entity 345.",
        "In a few rows a low estimate stands above the best one (Mali 1995): kept as printed.",
        "Crime, accident and illness are not counted, nor deaths by unorganised violence.",
    ),
    cut=Cut(
        what="the four cases, and Serbia for the splice with Kosovo",
        tables={
            "violence_years": lambda rows: rows.filter(
                pl.col("country").is_in(["AFG", "MLI", "SOM", "XKX", "SRB"])
            )
        },
    ),
)
