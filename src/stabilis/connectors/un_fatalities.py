"""Fatalities in UN peace operations since 1948: mission, day, cause, personnel, nationality.

No person is named. The sex and the casualty's number are read for checks, and do not travel.

Source of the shape: UN Peace and Security Data Hub, dataset DPPADPOSS-FATALITIES, file and
interface with the same field names; paging by page_num and per_page, https://psdata.un.org/howto
(seen: secondary copy, programs that call it).
"""

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
from stabilis.connectors.reading.countries import alpha3_of_code, alpha3_of_name

CAUSES = {
    "Malicious Act": "malicious_act",
    "Accident": "accident",
    "Illness": "illness",
    "Self-Inflicted": "self_inflicted",
    "To Be Determined": "to_be_determined",
    "Unknown": "unknown",
}
PERSONNEL = {
    "Military": "military",
    "Military Observer": "military_observer",
    "Police": "police",
    "International Civilian": "international_civilian",
    "Local": "local_staff",
    "Other": "other",
}
CELLS = {
    "record_id": Cell("id", "integer", required=True, low=1),
    "casualty_id": Cell("casualty_id", required=True),
    "mission": Cell("mission_acronym", required=True),
    "date": Cell("incident_date", "day", required=True, low=date(1948, 1, 1)),
    "cause_printed": Cell("type_of_incident", required=True, labels=frozenset(CAUSES)),
    "personnel_printed": Cell(
        "casualty_personnel_type", required=True, labels=frozenset(PERSONNEL)
    ),
    "casualty": Cell("type_of_casualty", required=True, labels=frozenset({"Fatality"})),
    "sex": Cell("gender", labels=frozenset({"F", "M"})),
    "nationality": Cell("casualty_nationality"),
    "nationality_code": Cell("isocode3"),
    "updated_on": Cell("last_update", "day", required=True),
}
DEATHS = traced(
    "peacekeeper_deaths",
    "One person of a UN peace operation who died.",
    ("record_id",),
    {
        "record_id": Column(pl.Int64, "number of the record in this file", nullable=False),
        "casualty_id": Column(pl.String, "the producer's number of the case; six stand twice"),
        "mission": Column(pl.String, "acronym of the mission", nullable=False),
        "date": Column(pl.Date, "day of the incident", nullable=False),
        "year": Column(pl.Int64, "calendar year", nullable=False),
        "cause": Column(pl.String, f"one of {', '.join(CAUSES.values())}", nullable=False),
        "personnel": Column(pl.String, f"one of {', '.join(PERSONNEL.values())}", nullable=False),
        "sex": Column(pl.String, "F or M; empty where not recorded"),
        "country": Column(pl.String, "alpha-3 code of the nationality; empty where undetermined"),
        "nationality": Column(pl.String, "nationality as printed"),
        "updated_on": Column(pl.Date, "day the producer last updated the record", nullable=False),
    },
)
COLUMNS_READ = tuple(cell.column for cell in CELLS.values())
OTHER_COLUMNS = ("m49_code",)
MISSIONS = (
    *("UNGOMAP", "UNSMA", "UNAMA"),
    *("MINUSMA",),
    *("UNOSOM", "UNOSOM I", "UNOSOM II", "UNPOS", "UNSOM", "UNSOA", "UNSOS"),
    *("UNMIK",),
)
PAGE_ROWS = 1000
MOST_PAGES = 1000


def read(path: Path, quarantine: Quarantine) -> Iterator[Batch]:
    """Yield deaths in the order of the file, whether it is the CSV or a page of the interface."""
    for raw in _printed(path, quarantine):
        rows = typed(raw, cells=CELLS, quarantine=quarantine)
        named = zip(rows["nationality"], rows["nationality_code"], strict=True)
        countries = [_country(name, code) for name, code in named]
        frame = rows.with_columns(
            pl.Series("country", countries, dtype=pl.String),
            pl.col("date").dt.year().cast(pl.Int64).alias("year"),
            pl.col("cause_printed").replace(CAUSES).alias("cause"),
            pl.col("personnel_printed").replace(PERSONNEL).alias("personnel"),
            pl.lit(path.name).alias("source_file"),
        )
        yield Batch(DEATHS.name, DEATHS.check(frame.select(list(DEATHS.columns))))


def _country(name: str | None, code: str | None) -> str | None:
    """Return the country by its name; the code helps where the name is spelt in an unknown way."""
    named = alpha3_of_name(name).alpha3 if name else None
    return named or (alpha3_of_code(code).alpha3 if code else None)


def _printed(path: Path, quarantine: Quarantine) -> Iterator[pl.DataFrame]:
    if jsonrows.is_json(path):
        yield jsonrows.frame(path, rows=jsonrows.records(path), expected=COLUMNS_READ)
    else:
        yield from delimited.read(
            path, expected=COLUMNS_READ, optional=OTHER_COLUMNS, quarantine=quarantine
        )


def fetch(client: httpx.Client, folder: Path) -> list[Path]:
    """Write the interface's pages into files, until one holds fewer rows than a full page."""
    paths: list[Path] = []
    for page in range(1, MOST_PAGES + 1):
        answer = client.get(
            "/public/data/DPPADPOSS-FATALITIES/json",
            params={"page_num": page, "per_page": PAGE_ROWS},
        ).raise_for_status()
        path = folder / f"un_fatalities_{page:04d}.json"
        path.write_bytes(answer.content)
        held = len(jsonrows.records(path))
        if held or not paths:
            paths.append(path)
        if held < PAGE_ROWS:
            return paths
    raise SourceRefused(
        folder, f"more than {MOST_PAGES} pages", remedy="The interface changed its paging; ask it."
    )


def of_the_four(deaths: pl.DataFrame) -> pl.DataFrame:
    """Return deaths in the missions to the four cases, without what could point to a person."""
    there = deaths.filter(pl.col("mission").is_in(MISSIONS))
    unknown = pl.lit(None, dtype=pl.String)
    return there.with_columns(unknown.alias("sex"), unknown.alias("casualty_id"))


def release(path: Path) -> Release:
    """Return the last day on which the producer updated a record, which is the release."""
    days = [raw["last_update"].str.slice(0, 10) for raw in _printed(path, Quarantine(path))]
    known = pl.concat(days or [pl.Series([], dtype=pl.String)]).str.to_date(strict=False)
    last = known.drop_nulls().sort().tail(1).to_list()
    if not last:
        return Release("unknown")
    return Release(last[0].isoformat(), last[0], "original: the records' last_update")


def recognises(path: Path) -> bool:
    """Tell whether a file has this dataset's own field names."""
    names = ("casualty_id", "casualty_personnel_type", "type_of_incident")
    return pages.holds(path, *names) or delimited.has_columns(path, *names)


def print_rows(path: Path, rows: Sequence[int]) -> dict[int, dict[str, str]]:
    """Return the asked rows as printed."""
    if jsonrows.is_json(path):
        return pages.print_rows(path, rows)
    return delimited.print_rows(path, rows)


SOURCE = Source(
    title="Fatalities in UN peace operations",
    producer="United Nations, Peace and Security Pillar (DPPA, DPO, DOS)",
    url="https://psdata.un.org/dataset/DPPADPOSS-FATALITIES",
    citation=(
        "United Nations, Mission Fatalities: Fatalities in peacekeeping operations and special "
        "political missions since 1948, Peace and Security Data Hub, dataset DPPADPOSS-FATALITIES."
    ),
    licence=Licence(
        "CC BY IGO",
        may_ship=True,
        seen_in="secondary copy: the Humanitarian Data Exchange's loader of this dataset",
        url="https://creativecommons.org/licenses/by/3.0/igo/",
    ),
    tables=(DEATHS,),
    recognises=recognises,
    read=read,
    release=release,
    print_rows=print_rows,
    expects=(Expectation(DEATHS.name, rows=(1, 20_000), why="about 4,400 since 1948"),),
    events={DEATHS.name: "date"},
    incremental_key="updated_on",
    notes=(
        "All causes are counted: a mission's dead are not its killed in action.",
        "Contingents outside a UN mission (ISAF, KFOR, AMISOM, Barkhane) are not counted.",
        "Six case numbers of UNMIK stand twice, with two records each: both are kept.",
        "Held to November 2023: MINUSMA 311, of which 174 by malicious acts.",
    ),
    fetch=fetch,
    interface="https://psdata.un.org",
    cut=Cut(
        what="deaths in missions to the four cases, without sex and case number",
        tables={DEATHS.name: of_the_four},
        printed=False,
    ),
)
