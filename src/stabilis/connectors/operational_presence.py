"""Who does what where (3W): which organisation works in which sector and place, in which period.

Three shapes give one table: OCHA's harmonised table (CSV, or pages of its interface), Ethiopia's
monthly sheet with its blank rows, and any CSV or XLSX with a row of HXL tags.

Source of the interface's shape: https://hapi.humdata.org, coordination-context/operational-presence
(limit, offset, app_identifier; rows under `data`; seen: secondary copy, programs that call it).
"""

from collections.abc import Iterator, Mapping, Sequence
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
from stabilis.connectors.reading import delimited, hxl, jsonrows, pages, presence_shapes, workbook
from stabilis.connectors.reading.cells import Cell, text, typed
from stabilis.connectors.reading.countries import (
    alpha3_of_alpha2,
    alpha3_of_code,
    alpha3_of_name,
)

PRESENCE = traced(
    "operational_presence",
    "One organisation in one sector and place, as one row of a 3W says it.",
    ("source_file", "source_row"),
    {
        "country": Column(pl.String, "alpha-3 code; empty where none is printed or known"),
        "country_printed": Column(pl.String, "country as printed; empty: taken from place codes"),
        "adm_1": Column(pl.String, "first administrative level, as printed"),
        "adm_2": Column(pl.String, "second administrative level, as printed"),
        "adm_3": Column(pl.String, "third administrative level, as printed"),
        "adm_1_code": Column(pl.String, "place code, level 1"),
        "adm_2_code": Column(pl.String, "place code, level 2"),
        "adm_3_code": Column(pl.String, "place code, level 3"),
        "organisation": Column(pl.String, "organisation, or its acronym", nullable=False),
        "acronym": Column(pl.String, "acronym as printed"),
        "organisation_type": Column(pl.String, "type as printed"),
        "donor": Column(pl.String, "who pays, as printed"),
        "sector": Column(pl.String, "sector or cluster as printed; empty: unknown"),
        "sector_code": Column(pl.String, "code of the sector"),
        "activity": Column(pl.String, "activity as printed"),
        "status": Column(pl.String, "status as printed"),
        "period_printed": Column(pl.String, "period where no day is printed"),
        "starts_on": Column(pl.Date, "first day of the period"),
        "ends_on": Column(pl.Date, "last day of the period"),
        "latitude": Column(pl.Float64, "north of the equator", "degrees"),
        "longitude": Column(pl.Float64, "east of Greenwich", "degrees"),
        "producer_says": Column(pl.String, "warning or error that the producer put on the row"),
    },
)
KINDS = {"starts_on": "day", "ends_on": "day", "latitude": "number", "longitude": "number"}
LIMITS: dict[str, tuple[float | date, float | date]] = {
    "starts_on": (date(1990, 1, 1), date(2100, 1, 1)),
    "ends_on": (date(1990, 1, 1), date(2100, 1, 1)),
    "latitude": (-90, 90),
    "longitude": (-180, 180),
}
PAGE_ROWS = 1000
MOST_PAGES = 1000


def read(path: Path, quarantine: Quarantine) -> Iterator[Batch]:
    """Yield who works where, in the order of the file, without its blank rows."""
    for raw, columns in _printed(path, quarantine):
        cells = {
            name: Cell(
                column,
                KINDS.get(name, "text"),
                required=name == "organisation",
                low=LIMITS[name][0] if name in LIMITS else None,
                high=LIMITS[name][1] if name in LIMITS else None,
            )
            for name, column in columns.items()
        }
        rows = typed(_named(raw, columns), cells=cells, quarantine=quarantine)
        yield Batch(PRESENCE.name, PRESENCE.check(_whole(rows, path)))


def _named(raw: pl.DataFrame, columns: Mapping[str, str]) -> pl.DataFrame:
    """Let the acronym stand where an organisation's name is not printed."""
    if "acronym" not in columns:
        return raw
    name = columns["organisation"]
    return raw.with_columns(pl.coalesce(text(name), text(columns["acronym"])).alias(name))


def _whole(rows: pl.DataFrame, path: Path) -> pl.DataFrame:
    """Add the country, the file, and every declared column that this shape does not print."""
    absent = [
        pl.lit(None, column.dtype).alias(name)
        for name, column in PRESENCE.columns.items()
        if name not in rows.columns and name not in {"country", "source_file"}
    ]
    whole = rows.with_columns(absent)
    place = pl.coalesce("adm_3_code", "adm_2_code", "adm_1_code")
    seen = whole.select(pl.col("country_printed"), place.alias("code")).unique()
    known = seen.with_columns(
        pl.Series("country", [_country(*pair) for pair in seen.rows()], dtype=pl.String)
    )
    return (
        whole.with_columns(place.alias("code"))
        .join(known, on=["country_printed", "code"], how="left", nulls_equal=True)
        .with_columns(pl.lit(path.name).alias("source_file"))
        .select(list(PRESENCE.columns))
    )


def _country(printed: str | None, code: str | None) -> str | None:
    """Return the country as printed, else the one whose two letters begin the place code."""
    if printed is not None:
        return alpha3_of_code(printed).alpha3 or alpha3_of_name(printed).alpha3
    return alpha3_of_alpha2(code[:2]).alpha3 if code else None


def _printed(
    path: Path, quarantine: Quarantine
) -> Iterator[tuple[pl.DataFrame, Mapping[str, str]]]:
    if jsonrows.is_json(path):
        records = jsonrows.records(path, "data")
        expected = list(presence_shapes.HARMONISED.columns.values())
        yield (
            jsonrows.frame(path, rows=records, expected=expected),
            presence_shapes.HARMONISED.columns,
        )
    elif shape := presence_shapes.of_header(path):
        for raw in delimited.read(
            path,
            expected=list(shape.columns.values()),
            optional=shape.others,
            quarantine=quarantine,
        ):
            yield _without_blank(_with_marks(raw)), _with_says(shape.columns, raw)
    else:
        yield _tagged(path, quarantine)


def _with_marks(raw: pl.DataFrame) -> pl.DataFrame:
    """Join the producer's warning and error where the shape has them."""
    if "warning" not in raw.columns or "error" not in raw.columns:
        return raw
    marks = pl.concat_str(text("warning"), text("error"), separator="; ", ignore_nulls=True)
    return raw.with_columns(marks.alias("warning and error"))


def _with_says(columns: Mapping[str, str], raw: pl.DataFrame) -> Mapping[str, str]:
    marked = "warning" in raw.columns and "error" in raw.columns
    return {**columns, "producer_says": "warning and error"} if marked else columns


def _without_blank(raw: pl.DataFrame) -> pl.DataFrame:
    held = [text(name).is_not_null() for name in raw.columns if name != "source_row"]
    return raw.filter(pl.any_horizontal(held))


def _tagged(path: Path, quarantine: Quarantine) -> tuple[pl.DataFrame, Mapping[str, str]]:
    printed = hxl.tags(path)
    found = {
        name: hxl.column(printed, *choices) for name, choices in presence_shapes.TAGGED.items()
    }
    columns = {name: index for name, index in found.items() if index is not None}
    if "organisation" not in columns or not presence_shapes.is_presence(printed):
        raise SourceRefused(
            path,
            "no row of HXL tags names an organisation, a sector and a place",
            remedy="Add tags such as #org+name, #sector and #adm1+code below the header.",
        )
    raw = hxl.frame(path, columns=columns, quarantine=quarantine)
    return raw, {name: name for name in columns}


def fetch(client: httpx.Client, folder: Path) -> list[Path]:
    """Write the interface's pages into files, until one holds fewer rows than a full page.

    The caller's client carries `app_identifier`, which the interface asks of everyone.
    """
    paths: list[Path] = []
    for page in range(MOST_PAGES):
        answer = client.get(
            "/api/v2/coordination-context/operational-presence",
            params={"output_format": "json", "limit": PAGE_ROWS, "offset": page * PAGE_ROWS},
        ).raise_for_status()
        path = folder / f"operational_presence_{page + 1:04d}.json"
        path.write_bytes(answer.content)
        paths.append(path)
        if len(jsonrows.records(path, "data")) < PAGE_ROWS:
            return paths
    raise SourceRefused(
        folder, f"more than {MOST_PAGES:,} pages", remedy="The paging changed; ask the producer."
    )


def release(path: Path) -> Release:
    """Return the last day on which a period begins; a 3W names no release."""
    days = [
        raw[columns["starts_on"]].str.slice(0, 10).str.to_date(strict=False)
        for raw, columns in _printed(path, Quarantine(path))
        if "starts_on" in columns
    ]
    last = pl.concat(days).drop_nulls().sort().tail(1).to_list() if days else []
    return Release(f"periods from {last[0].isoformat()}" if last else "unknown")


def recognises(path: Path) -> bool:
    """Tell whether a file is a 3W: one of the two known headers, or tags of who, what and where."""
    if jsonrows.is_json(path):
        return pages.holds(path, "data", "org_name", "sector_name", "location_code")
    if path.suffix.lower() == ".xlsx":
        return presence_shapes.is_presence(hxl.likely_tags(path))
    if path.suffix.lower() != ".csv":
        return False
    known = presence_shapes.of_header(path) is not None
    return known or presence_shapes.is_presence(hxl.tags_if_readable(path))


def print_rows(path: Path, rows: Sequence[int]) -> dict[int, dict[str, str]]:
    """Return the asked rows as printed."""
    if jsonrows.is_json(path):
        return pages.print_rows(path, rows, "data")
    if path.suffix.lower() == ".xlsx":
        return workbook.print_rows(path, rows)
    return delimited.print_rows(path, rows)


SOURCE = Source(
    title="Operational presence: who does what where (3W)",
    producer="UN Office for the Coordination of Humanitarian Affairs (OCHA)",
    url="https://data.humdata.org/dataset/global-operational-presence",
    citation=(
        "OCHA, Operational presence (Who does What Where), Humanitarian Data Exchange, 2025. "
        "Citation from memory."
    ),
    licence=Licence(
        "CC BY 4.0 for the harmonised table; each country's own file states its terms",
        may_ship=True,
        seen_in="secondary copy: a program that calls the interface",
        url="https://creativecommons.org/licenses/by/4.0/",
    ),
    tables=(PRESENCE,),
    recognises=recognises,
    read=read,
    release=release,
    print_rows=print_rows,
    expects=(Expectation(PRESENCE.name, rows=(1, 2_000_000), why="one country has 500–5,000"),),
    events={PRESENCE.name: "starts_on"},
    notes=(
        "Presence is not delivery: a row says that an organisation reports an activity, no amount.",
        "No row for a place means that none was reported, not that nobody works there.",
        "DR Congo's period runs from 2017 to 2029 in the file seen: it is a placeholder.",
        "Ethiopia's sheet names a month and no year; 4,202 of its 7,324 rows are blank.",
        "Sectors the producer did not know keep their row, with its error beside it.",
        "IOM's displacement tracking sheets carry HXL tags and are no 3W: they are not read here.",
    ),
    fetch=fetch,
    interface="https://hapi.humdata.org",
    header="X-HDX-HAPI-APP-IDENTIFIER",
    cut=Cut(
        what="the four cases, of which Somalia is held",
        tables={
            PRESENCE.name: lambda rows: rows.filter(
                pl.col("country").is_in(["AFG", "MLI", "SOM", "XKX"])
            )
        },
    ),
)
