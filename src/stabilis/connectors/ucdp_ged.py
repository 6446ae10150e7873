"""UCDP Georeferenced Event Dataset (GED): single events of organised violence, with their sources.

Three shapes give the same table: the CSV of 49 columns, the CSV that the Humanitarian Data Exchange
carries with a row of HXL tags, and pages of UCDP's interface.

Source of the interface's shape: https://ucdp.uu.se/apidocs/ (TotalCount, TotalPages, NextPageUrl,
Result; since February 2026 the header x-ucdp-access-token; seen: secondary copy, two programs that
call it). Precisions: UCDP GED Codebook (from memory).
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
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
from stabilis.connectors.reading import delimited, jsonrows, pages
from stabilis.connectors.reading.cells import Cell, typed
from stabilis.connectors.reading.countries import alpha3_of_gw

TYPES = {1: "state_based", 2: "non_state", 3: "one_sided"}
DEATHS = {
    "deaths_a": ("deaths_a", "killed on side A, best estimate"),
    "deaths_b": ("deaths_b", "killed on side B, best estimate"),
    "civilians": ("deaths_civilians", "civilians killed, best estimate"),
    "deaths_unknown": ("deaths_unknown", "killed, not known on which side, best estimate"),
    "deaths_best": ("best", "killed, best estimate"),
    "deaths_high": ("high", "killed, high estimate"),
    "deaths_low": ("low", "killed, low estimate"),
}
CELLS = {
    "event_id": Cell("id", "integer", required=True, low=1),
    "related_id": Cell("relid"),
    "year": Cell("year", "integer", required=True, low=1989, high=2100),
    "type_code": Cell("type_of_violence", "integer", required=True, low=1, high=3),
    "conflict_id": Cell("conflict_new_id", "integer", required=True),
    "conflict": Cell("conflict_name", required=True),
    "dyad_id": Cell("dyad_new_id", "integer", required=True),
    "dyad": Cell("dyad_name", required=True),
    "side_a": Cell("side_a", required=True),
    "side_b": Cell("side_b", required=True),
    "place": Cell("where_coordinates"),
    "adm_1": Cell("adm_1"),
    "adm_2": Cell("adm_2"),
    "latitude": Cell("latitude", "number", low=-90, high=90),
    "longitude": Cell("longitude", "number", low=-180, high=180),
    "where_precision": Cell("where_prec", "integer", required=True, low=1, high=7),
    "date_start": Cell("date_start", "day", required=True, low=date(1989, 1, 1)),
    "date_end": Cell("date_end", "day", required=True, low=date(1989, 1, 1)),
    "date_precision": Cell("date_prec", "integer", required=True, low=1, high=5),
    **{
        name: Cell(column, "integer", required=True, low=0, high=1_000_000)
        for name, (column, _) in DEATHS.items()
    },
    "country_name": Cell("country", required=True),
    "country_id": Cell("country_id", "integer", required=True),
    # UCDP prints -1 where it did not count its sources.
    "sources_counted": Cell("number_of_sources", "integer", low=-1, high=100_000),
    "sources": Cell("source_article"),
}
EVENTS = traced(
    "violence_events",
    "One event: an incident of organised violence at one place and time with at least one death.",
    ("event_id", "source_file", "source_row"),
    {
        "event_id": Column(pl.Int64, "UCDP's number of the event", nullable=False),
        "related_id": Column(pl.String, "UCDP's older id; empty where not printed"),
        "year": Column(pl.Int64, "calendar year", nullable=False),
        "type": Column(pl.String, f"one of {', '.join(TYPES.values())}", nullable=False),
        "conflict_id": Column(pl.Int64, "UCDP's number of the conflict", nullable=False),
        "conflict": Column(pl.String, "conflict", nullable=False),
        "dyad_id": Column(pl.Int64, "UCDP's number of the pair of actors", nullable=False),
        "dyad": Column(pl.String, "pair of actors", nullable=False),
        "side_a": Column(pl.String, "first actor; who killed, if one-sided", nullable=False),
        "side_b": Column(pl.String, "second actor, or civilians", nullable=False),
        "place": Column(pl.String, "place that the coordinates stand for"),
        "adm_1": Column(pl.String, "first administrative level, as printed"),
        "adm_2": Column(pl.String, "second administrative level, as printed"),
        "latitude": Column(pl.Float64, "north of the equator", "degrees"),
        "longitude": Column(pl.Float64, "east of Greenwich", "degrees"),
        "where_precision": Column(
            pl.Int64,
            "1 exact, 2 within 25 km, 3 district, 4 province, 5 area or line, 6 country, 7 sea",
            nullable=False,
        ),
        "date_start": Column(pl.Date, "first possible day", nullable=False),
        "date_end": Column(pl.Date, "last possible day", nullable=False),
        "date_precision": Column(
            pl.Int64, "1 day, 2 within 2–6 days, 3 week, 4 month, 5 longer", nullable=False
        ),
        **{
            name: Column(pl.Int64, meaning, "deaths", nullable=False)
            for name, (_, meaning) in DEATHS.items()
        },
        "country": Column(pl.String, "alpha-3 code; empty where the entity has none"),
        "country_name": Column(pl.String, "country as UCDP prints it", nullable=False),
        "country_id": Column(pl.Int64, "Gleditsch-Ward number", nullable=False),
        "sources_counted": Column(pl.Int64, "sources; empty: UCDP did not count", "sources"),
        "sources": Column(pl.String, "articles and reports as printed"),
    },
)
COLUMNS_READ = tuple(cell.column for cell in CELLS.values() if cell.column != "relid")
OTHER_COLUMNS = (
    *("relid", "active_year", "code_status", "conflict_dset_id", "dyad_dset_id", "side_a_dset_id"),
    *("side_a_new_id", "side_b_dset_id", "side_b_new_id", "source_office", "source_date"),
    *("source_headline", "source_original", "where_description", "geom_wkt", "priogrid_gid"),
    *("region", "event_clarity", "gwnoa", "gwnob", "iso3"),
)
VERSION = "25.1"
PAGE_ROWS = 1000
MOST_PAGES = 10_000
# The day is not known to us: the last of the month, so that "as known on" never claims too much.
PUBLISHED = {"25.1": date(2025, 6, 30)}
NAMED = (
    re.compile(r"[vV](\d\d)_(\d{1,2})(?:_(\d{1,2}))?(?!\d)"),
    re.compile(r"ged_?(\d\d)\.?(\d)(?:\.(\d{1,2}))?(?!\d)", re.IGNORECASE),
)


def read(path: Path, quarantine: Quarantine) -> Iterator[Batch]:
    """Yield events in the order of the file, in constant memory."""
    for raw in _printed(path, quarantine):
        untagged = raw.filter(~pl.col("year").str.starts_with("#").fill_null(value=False))
        rows = typed(untagged, cells=CELLS, quarantine=quarantine)
        frame = rows.join(_countries(rows), on=["country_id", "year"], how="left").with_columns(
            pl.col("type_code").replace_strict(TYPES, return_dtype=pl.String).alias("type"),
            pl.col("sources_counted").replace(-1, None),
            pl.lit(path.name).alias("source_file"),
        )
        yield Batch(EVENTS.name, EVENTS.check(frame.select(list(EVENTS.columns))))


def _countries(rows: pl.DataFrame) -> pl.DataFrame:
    keys = rows.select("country_id", "year").unique(maintain_order=True)
    codes = [alpha3_of_gw(number, year=year).alpha3 for number, year in keys.rows()]
    return keys.with_columns(pl.Series("country", codes, dtype=pl.String))


def _printed(path: Path, quarantine: Quarantine) -> Iterator[pl.DataFrame]:
    if jsonrows.is_json(path):
        records = jsonrows.records(path, "Result")
        has_relid = any("relid" in record for record in records)
        expected = (*COLUMNS_READ, "relid") if has_relid else COLUMNS_READ
        frames = iter([jsonrows.frame(path, rows=records, expected=expected)])
    else:
        frames = delimited.read(
            path, expected=COLUMNS_READ, optional=OTHER_COLUMNS, quarantine=quarantine
        )
    for frame in frames:
        absent = [] if "relid" in frame.columns else [pl.lit(None, pl.String).alias("relid")]
        yield frame.with_columns(absent)


def fetch(client: httpx.Client, folder: Path) -> list[Path]:
    """Write the interface's pages into files, following each page's own address of the next.

    The caller's client carries the access token. Only path and query of an address are followed,
    so that no answer can send the token to another host.
    """
    target = f"/api/gedevents/{VERSION}?pagesize={PAGE_ROWS}"
    paths: list[Path] = []
    for page in range(1, MOST_PAGES + 1):
        answer = client.get(target).raise_for_status()
        path = folder / f"ged_{VERSION}_page_{page:05d}.json"
        path.write_bytes(answer.content)
        paths.append(path)
        following = jsonrows.document(path)
        if not isinstance(following, dict) or "Result" not in following:
            raise SourceRefused(
                path, "the answer has nothing at Result", remedy="Compare it with UCDP's API."
            )
        if not following.get("NextPageUrl"):
            return paths
        target = httpx.URL(str(following["NextPageUrl"])).raw_path.decode("ascii")
    raise SourceRefused(
        folder,
        f"more than {MOST_PAGES:,} pages",
        remedy="The interface changed its paging; ask it.",
    )


def release(path: Path) -> Release:
    """Return the release that the file's name carries, else the last day that an event names."""
    for pattern in NAMED:
        if named := pattern.search(path.stem):
            version = ".".join(part for part in named.groups() if part)
            day = PUBLISHED.get(version)
            return Release(version, day, "memory: June 2025, day unknown" if day else "")
    last = ""
    for raw in _printed(path, Quarantine(path)):
        days = raw["date_end"].str.extract(r"^(\d{4}-\d\d-\d\d)").drop_nulls()
        last = max(last, str(days.max() or ""))
    return Release(f"events to {last}" if last else "unknown")


def recognises(path: Path) -> bool:
    """Tell whether a file has GED's own column names, even if its header is damaged elsewhere."""
    names = ("type_of_violence", "conflict_name", "where_coordinates", "date_prec", "deaths_a")
    return pages.holds(path, "Result", *names) or delimited.has_columns(path, *names)


def print_rows(path: Path, rows: Sequence[int]) -> dict[int, dict[str, str]]:
    """Return the asked rows as printed."""
    if jsonrows.is_json(path):
        return pages.print_rows(path, rows, "Result")
    return delimited.print_rows(path, rows)


def of_the_four(events: pl.DataFrame) -> pl.DataFrame:
    """Return events in the four cases, and Serbia for the splice, without the articles' texts."""
    there = events.filter(pl.col("country").is_in(["AFG", "MLI", "SOM", "XKX", "SRB"]))
    return there.with_columns(pl.lit(None, pl.String).alias("sources"))


SOURCE = Source(
    title="UCDP Georeferenced Event Dataset (GED)",
    producer="Uppsala Conflict Data Program (UCDP), Uppsala University",
    url="https://ucdp.uu.se/downloads/",
    citation=(
        "Sundberg, R. and Melander, E., Introducing the UCDP Georeferenced Event Dataset, Journal "
        "of Peace Research 50(4), 2013; Davies, S., Pettersson, T., Sollenberg, M. and Öberg, M., "
        "Organized violence 1989–2024, Journal of Peace Research 62(4), 2025. From memory."
    ),
    licence=Licence(
        "CC BY 4.0",
        may_ship=True,
        seen_in="secondary copy: a third party's quotation of UCDP's download page",
        url="https://creativecommons.org/licenses/by/4.0/",
    ),
    tables=(EVENTS,),
    recognises=recognises,
    read=read,
    release=release,
    print_rows=print_rows,
    expects=(Expectation(EVENTS.name, rows=(1, 5_000_000), why="about 385,000 in 1989–2024"),),
    events={EVENTS.name: "date_start"},
    incremental_key="event_id",
    notes=(
        "Counts only deaths whose date, place and actors a source names: an undercount (UCDP).",
        "Side A of one-sided violence is who killed; side B is civilians.",
        "An event may span days or months: its precision says so. Do not plot it as a day.",
        "Coordinates of precision 3 and more stand for an area's centre, not for the incident.",
        "Events of the Kosovo war stand under Serbia (Yugoslavia), entity 345.",
    ),
    fetch=fetch,
    interface="https://ucdpapi.pcr.uu.se",
    header="x-ucdp-access-token",
    cut=Cut(
        what="events in the four cases and in Serbia, without the texts of the sources",
        tables={EVENTS.name: of_the_four},
        printed=False,
    ),
)
