"""World Bank Indicators, version 2 of the interface: one value by indicator, country and year.

An answer is a list of two: what the page is, and its rows. Documented at
datahelpdesk.worldbank.org/knowledgebase/articles/889392 (seen: secondary copies of the
documentation and of answers; no answer fetched by us).
"""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

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
from stabilis.connectors.reading import jsonrows, pages
from stabilis.connectors.reading.cells import Cell, typed
from stabilis.connectors.reading.countries import alpha3_of_alpha2, alpha3_of_code

CELLS = {
    "country_code": Cell("country code", required=True),
    "country_name": Cell("country", required=True),
    "indicator_id": Cell("indicator id", required=True),
    "indicator": Cell("indicator", required=True),
    "year": Cell("date", "integer", required=True, low=1900, high=2200),
    "value": Cell("value", "number", low=-1e18, high=1e18),
    "unit": Cell("unit"),
    "obs_status": Cell("obs_status"),
    "database": Cell("sourceid"),
    "last_updated": Cell("lastupdated", "day"),
}
INDICATOR_VALUES = traced(
    "indicator_values",
    "One indicator in one country, region or income group in one year.",
    ("indicator_id", "country_code", "year"),
    {
        "country": Column(pl.String, "alpha-3 code; empty for regions and income groups"),
        "country_code": Column(pl.String, "code as printed", nullable=False),
        "country_name": Column(pl.String, "country, region or group as printed", nullable=False),
        "indicator_id": Column(pl.String, "code of the indicator", nullable=False),
        "indicator": Column(pl.String, "name of the indicator, with its unit", nullable=False),
        "year": Column(pl.Int64, "calendar year", nullable=False),
        "value": Column(pl.Float64, "value; empty: not known", "as the indicator's name says"),
        "unit": Column(pl.String, "unit, where the field is filled"),
        "obs_status": Column(pl.String, "status of the observation, as printed"),
        "database": Column(pl.String, "number of the database: 2 development, 3 governance"),
        "last_updated": Column(pl.Date, "day on which the database was last updated"),
    },
)
FIELDS = ("countryiso3code", "date", "value", "unit", "obs_status")
# Since about 2025 the governance indicators answer to GOV_WGI_ names, no longer to GE.EST and the
# like (seen: secondary copy, several public programs). Only the estimates' new names were seen.
ASKED = {
    "SP.POP.TOTL": "2",
    **{f"GOV_WGI_{name}.EST": "3" for name in ("VA", "PV", "GE", "RQ", "RL", "CC")},
}
ROWS_A_PAGE = 20_000


def read(path: Path, quarantine: Quarantine) -> Iterator[Batch]:
    """Yield the values of one page of answers."""
    about, held = _page(path)
    columns = jsonrows.frame(path, rows=held, expected=FIELDS)
    raw = columns.with_columns(
        _texts("country code", [_code(row) for row in held]),
        _texts("country", [_part(row, "country", "value") for row in held]),
        _texts("indicator id", [_part(row, "indicator", "id") for row in held]),
        _texts("indicator", [_part(row, "indicator", "value") for row in held]),
        *(
            pl.lit(jsonrows.printed(about.get(name)), dtype=pl.String).alias(name)
            for name in ("sourceid", "lastupdated")
        ),
    )
    rows = typed(raw, cells=CELLS, quarantine=quarantine)
    frame = rows.with_columns(
        _texts("country", [_alpha3(code) for code in rows["country_code"]]),
        pl.lit(path.name).alias("source_file"),
    )
    yield Batch("indicator_values", INDICATOR_VALUES.check(frame))


def _page(path: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return what the page says of itself, and its rows.

    Raises SourceRefused when the interface answered with an error, in another shape, or with
    fewer rows than the page announces.
    """
    answer = jsonrows.document(path)
    about = answer[0] if isinstance(answer, list) and answer else None
    if not isinstance(about, dict):
        raise SourceRefused(
            path,
            "this is not a list of page and rows",
            remedy="Ask the interface with format=json.",
        )
    if "message" in about:
        raise SourceRefused(
            path,
            f"the World Bank answered with an error: {jsonrows.printed(about['message'])}",
            remedy="Check the code of the indicator and the number of its database.",
        )
    held = jsonrows.records(path, 1)
    if (announced := _announced(path, about)) != len(held):
        raise SourceRefused(
            path,
            f"the page announces {announced:,} rows and holds {len(held):,}",
            remedy="Fetch it again; nothing was loaded.",
        )
    return about, held


def _announced(path: Path, about: dict[str, Any]) -> int:
    try:
        page, size, total = (int(about[name]) for name in ("page", "per_page", "total"))
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise SourceRefused(
            path,
            f"the page does not say page, per_page and total ({error})",
            remedy="The interface changed; compare its documentation.",
        ) from error
    return max(0, min(size, total - (page - 1) * size))


def _part(row: dict[str, Any], field: str, name: str) -> str | None:
    part = row.get(field)
    return jsonrows.printed(part.get(name)) if isinstance(part, dict) else None


def _code(row: dict[str, Any]) -> str | None:
    """Return the alpha-3 code of a row, or the other code where the Bank leaves it empty."""
    return jsonrows.printed(row.get("countryiso3code")) or _part(row, "country", "id")


def _alpha3(code: str) -> str | None:
    found = alpha3_of_alpha2(code) if len(code) == 2 else alpha3_of_code(code)
    return found.alpha3


def _texts(name: str, values: Sequence[str | None]) -> pl.Series:
    return pl.Series(name, values, dtype=pl.String)


def fetch(client: httpx.Client, folder: Path) -> list[Path]:
    """Write every page of population and of the six estimates of governance; return the files.

    Raises SourceRefused when the interface answers a question with an error.
    """
    return [
        path
        for indicator, database in ASKED.items()
        for path in _pages(client, folder, indicator=indicator, database=database)
    ]


def _pages(client: httpx.Client, folder: Path, *, indicator: str, database: str) -> Iterator[Path]:
    page, last = 1, 1
    while page <= last:
        asked = httpx.QueryParams(format="json", per_page=ROWS_A_PAGE, page=page, source=database)
        answer = client.get(f"country/all/indicator/{indicator}", params=asked)
        path = folder / f"world_bank_{indicator}_page_{page}.json"
        path.write_bytes(answer.raise_for_status().content)
        about, _ = _page(path)
        last = int(about.get("pages", 1))
        yield path
        page += 1


def release(path: Path) -> Release:
    """Return the database and the day of its last update, which is when it was published."""
    about, _ = _page(path)
    updated = about.get("lastupdated")
    version = f"database {about.get('sourceid') or 'unknown'}, updated {updated or 'unknown'}"
    try:
        return Release(version, date.fromisoformat(str(updated)), "original")
    except ValueError:
        return Release(version)


def print_rows(path: Path, rows: Sequence[int]) -> dict[int, dict[str, str]]:
    """Return the asked rows as the interface printed them, by position on the page."""
    return pages.print_rows(path, rows, 1)


def recognises(path: Path) -> bool:
    """Tell whether a file is an answer of this interface."""
    return pages.holds(path, "per_page", "lastupdated", "countryiso3code")


SOURCE = Source(
    title="World Bank Indicators",
    producer="World Bank",
    url="https://api.worldbank.org/v2/",
    citation=(
        "World Bank, World Development Indicators (from 1960) and Worldwide Governance Indicators "
        "(from 1996), Indicators API version 2. Citation from memory."
    ),
    licence=Licence(
        "CC BY 4.0",
        may_ship=True,
        seen_in="memory",
        url="https://creativecommons.org/licenses/by/4.0/",
    ),
    tables=(INDICATOR_VALUES,),
    recognises=recognises,
    read=read,
    release=release,
    print_rows=print_rows,
    expects=(
        Expectation(
            "indicator_values", rows=(1, 5_000_000), why="an answer without rows is no evidence"
        ),
    ),
    events={"indicator_values": "year"},
    incremental_key="lastupdated",
    fetch=fetch,
    interface="https://api.worldbank.org/v2/",
    notes=(
        "Regions, income groups and the world stand among the countries, without an alpha-3 code.",
        "Never sum them with countries: each person would be counted several times.",
        "Kosovo is XKX; the census of 2011 did not reach its north (from memory).",
        "A page of several must be loaded with all its pages; each says how many rows it holds.",
        "Only yearly values: a month or quarter as date is set aside.",
    ),
    cut=Cut(
        what="the four cases, and Serbia, with which Kosovo is compared",
        tables={
            "indicator_values": lambda rows: rows.filter(
                pl.col("country").is_in(["AFG", "MLI", "SOM", "XKX", "SRB"])
            )
        },
    ),
)
