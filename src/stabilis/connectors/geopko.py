"""Geo-PKO: where UN peacekeepers were deployed, how many by unit type, and from which countries.

Two files of one release: deployments (one row is one strength of one site in one year) and
contributors (one row is one site in one year; the contributing countries stand in one text).
Source of the reading: the script of the Geo-PKO project's own dashboard, which makes both files
(seen: secondary copy).
"""

import re
from collections.abc import Iterator
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
from stabilis.connectors.reading.countries import alpha3_of_name

SITE = {
    "mission": Cell("mission", required=True),
    "year": Cell("year", "integer", required=True, low=1994, high=2100),
    "site": Cell("location", required=True),
    "latitude": Cell("latitude", "number", required=True, low=-90, high=90),
    "longitude": Cell("longitude", "number", required=True, low=-180, high=180),
}
TROOPS = {
    "troops": ("NoTroops", "troops at the site on one of the year's maps"),
    "troops_year_mean": (
        "ave.no.troops",
        "mean over the year's maps, repeated on its rows",
    ),
    "infantry_year_mean": ("Infantry", "infantry among them, mean over the year's maps"),
    "reserve_year_mean": ("Reserve", "reserve among them, mean over the year's maps"),
}
PRESENT = {
    "police": ("UNPOL", "whether UN police were there"),
    "medical": ("Med", "whether a medical unit was there"),
    "observers": ("UNMO", "whether military observers were there"),
}
DEPLOYMENT_CELLS = {
    "country_name": Cell("country", required=True),
    **SITE,
    **{name: Cell(column, "integer", low=0, high=100_000) for name, (column, _) in TROOPS.items()},
    "headquarters_code": Cell("hq", "integer", low=0, high=3),
    "aviation_code": Cell("Av", "integer", low=0, high=2),
    **{name: Cell(column, "flag") for name, (column, _) in PRESENT.items()},
}
CONTRIBUTOR_CELLS = {
    **SITE,
    "contributors": Cell("No.TCC", "integer", required=True, low=0, high=100),
    "printed": Cell("year.overview", required=True),
}
SITE_COLUMNS = {
    "mission": Column(pl.String, "acronym of the UN mission", nullable=False),
    "year": Column(pl.Int64, "calendar year", nullable=False),
    "site": Column(pl.String, "place as printed", nullable=False),
    "latitude": Column(pl.Float64, "north of the equator", "degrees", nullable=False),
    "longitude": Column(pl.Float64, "east of Greenwich", "degrees", nullable=False),
}
DEPLOYMENTS = traced(
    "mission_deployments",
    "One strength at one site in one year; a site has one row for each strength its maps show.",
    ("mission", "year", "country_name", "site", "source_row"),
    {
        "country": Column(pl.String, "alpha-3 code of the place; empty where it is two countries"),
        "country_name": Column(pl.String, "country as printed", nullable=False),
        **SITE_COLUMNS,
        **{name: Column(pl.Int64, meaning, "troops") for name, (_, meaning) in TROOPS.items()},
        "headquarters_code": Column(pl.Int64, "headquarters, as coded: 0 none to 3 the mission's"),
        "aviation_code": Column(pl.Int64, "aviation, as coded: 0 none to 2"),
        **{name: Column(pl.Boolean, meaning) for name, (_, meaning) in PRESENT.items()},
    },
)
CONTRIBUTORS = traced(
    "mission_contributors",
    "One contributing country at one site in one year.",
    ("mission", "year", "site", "contributor_name", "source_row"),
    {
        **SITE_COLUMNS,
        "contributor": Column(pl.String, "alpha-3 code; empty where no one country is named"),
        "contributor_name": Column(pl.String, "country as printed", nullable=False),
        "troops": Column(pl.Int64, "troops it had there; empty: size unknown", "troops"),
    },
)
CONTRIBUTOR = re.compile(r"(?P<name>[^,]+?) \((?P<size>size unknown|\d+)\)(?:, |$)")
DEPLOYMENT_COLUMNS = tuple(cell.column for cell in DEPLOYMENT_CELLS.values())
CONTRIBUTOR_COLUMNS = tuple(cell.column for cell in CONTRIBUTOR_CELLS.values())
RELEASED = re.compile(r"v[._]?(\d+\.\d+)")


def read(path: Path, quarantine: Quarantine) -> Iterator[Batch]:
    """Yield deployments or contributors, whichever the file holds, in its order."""
    if _holds_contributors(path):
        yield from _contributors(path, quarantine)
    else:
        yield from _deployments(path, quarantine)


def _deployments(path: Path, quarantine: Quarantine) -> Iterator[Batch]:
    for raw in delimited.read(path, expected=DEPLOYMENT_COLUMNS, quarantine=quarantine):
        # The producer's script writes R's NA for a strength that no map gives: it is unknown.
        known = raw.with_columns(pl.col(column).replace("NA", "") for column, _ in TROOPS.values())
        rows = typed(known, cells=DEPLOYMENT_CELLS, quarantine=quarantine)
        countries = [alpha3_of_name(name).alpha3 for name in rows["country_name"]]
        frame = rows.with_columns(
            pl.Series("country", countries, dtype=pl.String),
            pl.lit(path.name).alias("source_file"),
        )
        yield Batch(DEPLOYMENTS.name, DEPLOYMENTS.check(frame))


def _contributors(path: Path, quarantine: Quarantine) -> Iterator[Batch]:
    for raw in delimited.read(path, expected=CONTRIBUTOR_COLUMNS, quarantine=quarantine):
        sites = typed(raw, cells=CONTRIBUTOR_CELLS, quarantine=quarantine)
        rows = [row for site in sites.to_dicts() for row in _of_site(site, quarantine)]
        frame = pl.DataFrame(rows, schema=_without_file(CONTRIBUTORS.schema)).with_columns(
            pl.lit(path.name).alias("source_file")
        )
        yield Batch(CONTRIBUTORS.name, CONTRIBUTORS.check(frame))


def _without_file(
    schema: dict[str, pl.DataType | type[pl.DataType]],
) -> dict[str, pl.DataType | type[pl.DataType]]:
    return {name: dtype for name, dtype in schema.items() if name != "source_file"}


def _of_site(site: dict[str, object], quarantine: Quarantine) -> list[dict[str, object]]:
    """Return a site's contributors; set it aside when its text and its count disagree."""
    printed = str(site["printed"])
    found = list(CONTRIBUTOR.finditer(printed))
    whole = "".join(match[0] for match in found) == printed
    if not whole or len(found) != site["contributors"]:
        quarantine.add(
            row=int(str(site["source_row"])),
            field="year.overview",
            value=printed,
            reason=f"this is not a list of {site['contributors']} contributors",
            remedy="Write each as `Country (number)` or `Country (size unknown)`.",
        )
        return []
    return [
        {
            **site,
            "contributor": alpha3_of_name(match["name"]).alpha3,
            "contributor_name": match["name"],
            "troops": int(match["size"]) if match["size"].isdigit() else None,
        }
        for match in found
    ]


def _holds_contributors(path: Path) -> bool:
    return not {"year.overview", "No.TCC"}.isdisjoint(delimited.header(path))


def release(path: Path) -> Release:
    """Return the release that the file's name carries; the day of publication is not known."""
    named = RELEASED.search(path.stem)
    return Release(named[1] if named else "unknown")


def recognises(path: Path) -> bool:
    """Tell whether a file has the columns of either of the two files."""
    return delimited.has_columns(path, *DEPLOYMENT_COLUMNS) or delimited.has_columns(
        path, *CONTRIBUTOR_COLUMNS
    )


SOURCE = Source(
    title="Geocoded Peacekeeping Operations (Geo-PKO)",
    producer="Department of Peace and Conflict Research, Uppsala University",
    url="https://www.uu.se/en/department/peace-and-conflict-research/research/research-data/geo-pko-dataset",
    citation=(
        "Cil, D., Fjelde, H., Hultman, L. and Nilsson, D., Mapping blue helmets: Introducing the "
        "Geocoded Peacekeeping Operations (Geo-PKO) dataset, Journal of Peace Research 57(2), "
        "2020, doi:10.1177/0022343319871978. Seen: secondary copy."
    ),
    licence=Licence(
        "free with citation, says the producer; GPL-2, says the repository that carries it",
        may_ship=True,
        seen_in="memory (producer); the repository's licence: secondary copy",
        url="https://www.uu.se/en/department/peace-and-conflict-research/research/research-data/geo-pko-dataset",
    ),
    tables=(DEPLOYMENTS, CONTRIBUTORS),
    recognises=recognises,
    read=read,
    release=release,
    print_rows=delimited.print_rows,
    expects=(
        Expectation(DEPLOYMENTS.name, rows=(0, 200_000), why="a file holds one of the two tables"),
        Expectation(CONTRIBUTORS.name, rows=(0, 200_000), why="a file holds one of the two tables"),
    ),
    events={DEPLOYMENTS.name: "year", CONTRIBUTORS.name: "year"},
    notes=(
        "UN missions only: no AMISOM, KFOR, ISAF or Barkhane.",
        "Strengths add up standard unit sizes read off maps: they are not head counts.",
        "They can exceed a mission's own strength (MINUSMA: 19,730 here for 2019).",
        "A mission's strength in a year: take troops_year_mean once for each site, then add up.",
        "The producer cuts that mean to a whole number and leaves maps without a figure out of it.",
        "A mission without troops has 0 here though police served (UNMIK).",
        "Contributors' sizes are the site's year mean too; many are unknown.",
    ),
    cut=Cut(
        what="sites in the four cases, and the contributors of the missions that had them",
        tables={
            DEPLOYMENTS.name: lambda rows: rows.filter(
                pl.col("country").is_in(["AFG", "MLI", "SOM", "XKX"])
            ),
            CONTRIBUTORS.name: lambda rows: rows.filter(
                pl.col("mission").is_in(["MINUSMA", "UNMIK", "UNOSOM II"])
            ),
        },
    ),
)
