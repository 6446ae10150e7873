"""UNHCR Refugee Statistics: who is displaced, from where and to where, at the end of each year.

Three shapes of one dataset: the interface's JSON, its CSV download, and the R workspace of the
package `refugees`. The interface: api.unhcr.org/docs/refugee-statistics.html (seen: secondary
copies of answers and of a CSV download in public programs; no answer fetched by us).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import httpx
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
    SourceRefused,
)
from stabilis.connectors.reading import delimited, jsonrows, pages, rdata
from stabilis.connectors.reading.cells import Cell, typed
from stabilis.connectors.reading.countries import Kind, alpha3_of_code, alpha3_of_name

R_FRAME = "population"
MOST = 100_000_000
# Typed column: the interface's field, its heading in the CSV, whether every answer has it, meaning.
COUNTS = {
    "refugees": (
        "refugees",
        "Refugees under UNHCR's mandate",
        True,
        "refugees under UNHCR's mandate",
    ),
    "asylum_seekers": ("asylum_seekers", "Asylum-seekers", True, "asylum-seekers, cases pending"),
    "returned_refugees": (
        "returned_refugees",
        "Returned refugees",
        False,
        "refugees who went home in the year",
    ),
    "idps": ("idps", "IDPs of concern to UNHCR", True, "internally displaced whom UNHCR assists"),
    "returned_idps": (
        "returned_idps",
        "Returned IDPs",
        False,
        "internally displaced who went home in the year",
    ),
    "stateless": ("stateless", "Stateless persons", True, "stateless people"),
    "others_of_concern": ("ooc", "Others of concern", True, "others of concern to UNHCR"),
    "others_in_need": (
        "oip",
        "Other people in need of international protection",
        False,
        "others in need of international protection, mostly Venezuelans",
    ),
    "host_community": ("hst", "Host community", False, "members of host communities assisted"),
}
PLACES = {
    "year": ("year", "Year"),
    "origin_name": ("coo_name", "Country of origin"),
    "origin_code": ("coo_iso", "Country of origin (ISO)"),
    "asylum_name": ("coa_name", "Country of asylum"),
    "asylum_code": ("coa_iso", "Country of asylum (ISO)"),
}
CELLS = {
    "year": Cell("year", "integer", required=True, low=1951, high=2100),
    "origin_name": Cell("coo_name", required=True),
    "origin_code": Cell("coo_iso"),
    "asylum_name": Cell("coa_name", required=True),
    "asylum_code": Cell("coa_iso"),
    **{name: Cell(field, "integer", low=0, high=MOST) for name, (field, *_) in COUNTS.items()},
}
HEADINGS = dict(PLACES.values()) | {field: heading for field, heading, *_ in COUNTS.values()}
CSV_CELLS = {name: replace(cell, column=HEADINGS[cell.column]) for name, cell in CELLS.items()}
# Until 2022 the category of others in need held Venezuelans alone and was named after them.
OLDER = {"Venezuelans displaced abroad": "Other people in need of international protection"}
OPTIONAL = tuple(field for field, _, always, _ in COUNTS.values() if not always)
FIELDS = tuple(cell.column for cell in CELLS.values())
REQUIRED = tuple(field for field in FIELDS if field not in OPTIONAL)
HIDDEN = ("*", "-")
DISPLACEMENT = traced(
    "displacement",
    "People of one origin in one country of asylum at the end of one year.",
    ("year", "origin_name", "asylum_name"),
    {
        "year": Column(pl.Int64, "calendar year; stocks stand at its end", nullable=False),
        "origin": Column(pl.String, "alpha-3 code of the origin; empty where it is no country"),
        "origin_name": Column(pl.String, "country of origin as printed", nullable=False),
        "origin_code": Column(pl.String, "code of the origin as printed"),
        "asylum": Column(pl.String, "alpha-3 code of the country of asylum; empty where unknown"),
        "asylum_name": Column(pl.String, "country of asylum as printed", nullable=False),
        "asylum_code": Column(pl.String, "code of the country of asylum as printed"),
        **{
            name: Column(pl.Int64, f"{meaning}; empty: not known", "people")
            for name, (*_, meaning) in COUNTS.items()
        },
    },
)


def read(path: Path, quarantine: Quarantine) -> Iterator[Batch]:
    """Yield pairs of origin and asylum in the order of the file."""
    cells = CSV_CELLS if path.suffix.lower() == ".csv" else CELLS
    for raw in _printed(path, quarantine):
        _refuse_sums(path, raw, cells)
        known = raw.with_columns(
            pl.col(cells[name].column).str.strip_chars().replace(list(HIDDEN), None)
            for name in COUNTS
        )
        rows = typed(known, cells=cells, quarantine=quarantine)
        frame = rows.with_columns(
            _countries(rows, "origin"),
            _countries(rows, "asylum"),
            pl.lit(path.name).alias("source_file"),
        )
        yield Batch("displacement", DISPLACEMENT.check(frame))


def _printed(path: Path, quarantine: Quarantine) -> Iterator[pl.DataFrame]:
    """Yield the printed cells, with an empty column for each category the file does not give."""
    if path.suffix.lower() == ".csv":
        yield from _csv(path, quarantine)
    elif jsonrows.is_json(path):
        held = jsonrows.records(path, "items")
        given = [field for field in OPTIONAL if any(field in row for row in held)]
        frame = jsonrows.frame(path, rows=held, expected=(*REQUIRED, *given))
        yield _filled(frame, FIELDS)
    else:
        frame = rdata.read(path, name=R_FRAME)
        if lines := delimited.differences(frame.columns, REQUIRED, frame.columns):
            raise SourceRefused(path, *lines, remedy="Compare it with the package `refugees`.")
        yield _filled(frame, FIELDS)


def _csv(path: Path, quarantine: Quarantine) -> Iterator[pl.DataFrame]:
    required = [HEADINGS[field] for field in REQUIRED]
    optional = [*(HEADINGS[field] for field in OPTIONAL), *OLDER]
    for frame in delimited.read(path, expected=required, optional=optional, quarantine=quarantine):
        older = {old: new for old, new in OLDER.items() if old in frame.columns}
        yield _filled(frame.rename(older), [HEADINGS[field] for field in FIELDS])


def _filled(frame: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    absent = [name for name in names if name not in frame.columns]
    return frame.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in absent)


def _refuse_sums(path: Path, raw: pl.DataFrame, cells: dict[str, Cell]) -> None:
    """Refuse an answer whose rows add up all origins or all countries of asylum."""
    names = [cells[name].column for name in ("origin_name", "asylum_name")]
    sums = raw.filter(pl.any_horizontal(pl.col(name).str.strip_chars() == "-" for name in names))
    if sums.height:
        raise SourceRefused(
            path,
            f"row {sums['source_row'][0]} sums over all origins or all countries of asylum",
            remedy="Ask again with coo_all=true and coa_all=true.",
        )


def _countries(rows: pl.DataFrame, side: str) -> pl.Series:
    pairs = zip(rows[f"{side}_code"], rows[f"{side}_name"], strict=True)
    return pl.Series(side, [_alpha3(code, name) for code, name in pairs], dtype=pl.String)


def _alpha3(code: str | None, name: str) -> str | None:
    found = alpha3_of_code(code) if code else alpha3_of_name(name)
    return alpha3_of_name(name).alpha3 if found.kind is Kind.UNKNOWN else found.alpha3


def fetch(client: httpx.Client, folder: Path) -> list[Path]:
    """Write every page of all pairs of origin and asylum since 1951; return the files.

    Raises SourceRefused when an answer does not say how many pages there are.
    """
    files: list[Path] = []
    last = 1
    while len(files) < last:
        page = len(files) + 1
        asked = httpx.QueryParams(
            yearFrom=1951, coo_all="true", coa_all="true", cf_type="ISO", limit=10_000, page=page
        )
        answer = client.get("population/", params=asked).raise_for_status()
        path = folder / f"unhcr_population_page_{page}.json"
        path.write_bytes(answer.content)
        last = _last_page(path)
        files.append(path)
    return files


def _last_page(path: Path) -> int:
    answer = jsonrows.document(path)
    last = answer.get("maxPages") if isinstance(answer, dict) else None
    if not isinstance(last, int):
        raise SourceRefused(
            path,
            "the answer does not say maxPages",
            remedy="The interface changed; compare its documentation.",
        )
    return last


def release(path: Path) -> Release:
    """Return the last year inside: no shape of the file names its release."""
    cells = CSV_CELLS if path.suffix.lower() == ".csv" else CELLS
    frames = _printed(path, Quarantine(path))
    years = [year for raw in frames for year in raw[cells["year"].column] if year]
    return Release(f"to {max(years)}" if years else "unknown")


def print_rows(path: Path, rows: Sequence[int]) -> dict[int, dict[str, str]]:
    """Return the asked rows as printed, whichever shape the file has."""
    if path.suffix.lower() == ".csv":
        return delimited.print_rows(path, rows)
    if jsonrows.is_json(path):
        return pages.print_rows(path, rows, "items")
    return rdata.print_rows(path, rows, name=R_FRAME)


def recognises(path: Path) -> bool:
    """Tell whether a file is an answer, a download or the R workspace of this dataset."""
    return (
        pages.holds(path, "maxPages", "coo_iso", "coa_iso", "refugees")
        or delimited.has_columns(
            path, HEADINGS["coo_iso"], HEADINGS["coa_iso"], HEADINGS["refugees"]
        )
        or b"\x0a" + R_FRAME.encode() in rdata.head(path)
    )


SOURCE = Source(
    title="UNHCR Refugee Statistics, population",
    producer="UNHCR",
    url="https://www.unhcr.org/refugee-statistics/",
    citation="UNHCR, Refugee Data Finder, population figures 1951–2025. Citation from memory.",
    licence=Licence(
        "CC BY 4.0",
        may_ship=True,
        seen_in="secondary copy: the description that came with the file",
        url="https://creativecommons.org/licenses/by/4.0/",
    ),
    tables=(DISPLACEMENT,),
    recognises=recognises,
    read=read,
    release=release,
    print_rows=print_rows,
    expects=(
        Expectation("displacement", rows=(1, 1_000_000), why="138,893 pairs to 2025 are known"),
    ),
    events={"displacement": "year"},
    incremental_key="year",
    fetch=fetch,
    interface="https://api.unhcr.org/population/v1/",
    notes=(
        "Serbia and Kosovo are one entry, under SRB: displacement of Kosovo alone is unknown.",
        "UNHCR's own codes are not ISO: AUS is Austria there. Countries are read by the ISO code.",
        "Internally displaced stand in rows whose origin and asylum are the same country.",
        "They are only those whom UNHCR assists; IDMC counts more (from memory).",
        "Palestinians under UNRWA's mandate are not counted here.",
        "'*' hides one to four people; it is unknown, not none. Small figures may be rounded to 5.",
        "The last year may hold mid-year figures.",
    ),
    cut=Cut(
        what="pairs with one of the four cases, or Serbia, as origin or asylum",
        tables={
            "displacement": lambda rows: rows.filter(
                pl.any_horizontal(
                    pl.col(side).is_in(["AFG", "MLI", "SOM", "XKX", "SRB"])
                    for side in ("origin", "asylum")
                )
            )
        },
    ),
)
