"""UN OCHA Financial Tracking Service: humanitarian money as reported, flow by flow.

Two shapes: pages of the interface (version 1, api.hpc.tools/docs/v1, seen: three answers kept as
test data by the HDX scraper of FTS) and the flat CSV that HDX publishes. Both give the same rows;
only the interface tells parents, children, earmarking and country clusters.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import httpx
import polars as pl

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
from stabilis.connectors.reading import delimited, fts_flows, jsonrows, minor_units, pages
from stabilis.connectors.reading.cells import typed
from stabilis.connectors.reading.countries import alpha3_of_code, alpha3_of_name
from stabilis.connectors.reading.fts_tables import (
    CELLS,
    HUMANITARIAN_FLOWS,
    IN_ANSWERS,
    IN_CSV,
    SIDES,
)

STEPS = ("data", "flows")
CASES = ("AFG", "MLI", "SOM", "XKX")


def read(path: Path, quarantine: Quarantine) -> Iterator[Batch]:
    """Yield flows in the order of the file."""
    frames = _answers(path, quarantine) if jsonrows.is_json(path) else _csv(path, quarantine)
    for raw in frames:
        rows = _in_minor_units(typed(raw, cells=CELLS, quarantine=quarantine), quarantine)
        frame = rows.with_columns(
            pl.lit(path.name).alias("source_file"),
            *(
                pl.Series(
                    f"{side}_country", map(_country, rows[f"{side}_locations"]), dtype=pl.String
                )
                for side in SIDES
            ),
        )
        yield Batch("humanitarian_flows", HUMANITARIAN_FLOWS.check(frame))


def _answers(path: Path, quarantine: Quarantine) -> Iterator[pl.DataFrame]:
    flows = jsonrows.records(path, *STEPS)
    jsonrows.frame(path, rows=flows, expected=IN_ANSWERS)
    sound: list[fts_flows.Flat] = []
    numbers: list[int] = []
    for number, flow in enumerate(flows, start=1):
        if side := fts_flows.fault(flow):
            quarantine.add(
                row=number,
                field=side,
                value=jsonrows.printed(flow.get(side)),
                reason="this is not a list of objects with type and name",
                remedy="Compare it with the producer's API.",
            )
        else:
            sound.append(fts_flows.flat(flow))
            numbers.append(number)
    names = [cell.column for cell in CELLS.values()]
    columns = {name: [flow.get(name) for flow in sound] for name in names}
    frame = pl.DataFrame(columns, schema=dict.fromkeys(names, pl.String))
    yield frame.with_columns(pl.Series("source_row", numbers, dtype=pl.Int64))


def _csv(path: Path, quarantine: Quarantine) -> Iterator[pl.DataFrame]:
    """Yield the printed cells without HXL's row of tags, which HDX may set under the header."""
    for frame in delimited.read(path, expected=IN_CSV, quarantine=quarantine):
        is_tags = (pl.col("source_row") == 2) & pl.col("date").str.starts_with("#")
        absent = [cell.column for cell in CELLS.values() if cell.column not in frame.columns]
        yield frame.filter(~is_tags).with_columns(
            pl.lit(None, dtype=pl.String).alias(name) for name in absent
        )


def _in_minor_units(rows: pl.DataFrame, quarantine: Quarantine) -> pl.DataFrame:
    """Return the rows with their original amount in minor units; set aside what is no amount."""
    printed = rows.select("source_row", "original_amount", "original_currency").rows()
    exact = [_minor(amount, currency) for _, amount, currency in printed]
    for (number, amount, currency), minor in zip(printed, exact, strict=True):
        if amount is not None and minor is None:
            quarantine.add(
                row=number,
                field="originalAmount",
                value=f"{amount} {currency or '(no currency)'}",
                reason="with its originalCurrency this is no exact amount of a known currency",
                remedy="Write a plain decimal and the ISO 4217 code of its currency.",
            )
    held = rows.with_columns(pl.Series("original_amount_minor", exact, dtype=pl.Int64))
    is_bad = pl.col("original_amount").is_not_null() & pl.col("original_amount_minor").is_null()
    return held.filter(~is_bad).drop("original_amount")


def _minor(amount: str | None, currency: str | None) -> int | None:
    places = minor_units.places(currency) if currency else None
    if amount is None or places is None:
        return None
    found = minor_units.amount(amount, places=places)
    return found.minor if found and not found.is_rounded else None


def _country(locations: str | None) -> str | None:
    """Return the one country a side names; several, or a region, are none."""
    if not locations:
        return None
    is_code = len(locations) == 3 and locations.isupper()
    found = alpha3_of_code(locations) if is_code else alpha3_of_name(locations)
    return found.alpha3


def fetch(client: httpx.Client, folder: Path) -> list[Path]:
    """Write every page of the flows of the four cases; return the files.

    Raises SourceRefused when a page leads to another host than the one that was asked.
    """
    return [path for country in CASES for path in _pages(client, folder, country=country)]


def _pages(client: httpx.Client, folder: Path, *, country: str) -> Iterator[Path]:
    base = client.base_url
    address = base.join("v1/public/fts/flow").copy_merge_params(
        {"countryISO3": country, "limit": 1000}
    )
    page = 0
    while True:
        page += 1
        path = folder / f"fts_{country}_page_{page}.json"
        if (address.host, address.port) != (base.host, base.port):
            raise SourceRefused(
                path,
                f"the page before leads to {address.host}, not to {base.host}",
                remedy="Ask FTS; nothing was fetched from there.",
            )
        path.write_bytes(client.get(address).raise_for_status().content)
        yield path
        following = _next_page(path)
        if following is None:
            return
        address = following


def _next_page(path: Path) -> httpx.URL | None:
    answer = jsonrows.document(path)
    about = answer.get("meta") if isinstance(answer, dict) else None
    if not isinstance(about, dict):
        raise SourceRefused(
            path,
            "the answer does not say what page it is (meta)",
            remedy="The interface changed; compare its documentation.",
        )
    following = about.get("nextLink")
    return httpx.URL(following) if following else None


def release(path: Path) -> Release:
    """Return the day of the last update inside; the whole may have been published later."""
    if jsonrows.is_json(path):
        updates = [
            jsonrows.printed(flow.get("updatedAt")) for flow in jsonrows.records(path, *STEPS)
        ]
    else:
        frames = delimited.read(path, expected=IN_CSV, quarantine=Quarantine(path))
        updates = [text for frame in frames for text in frame["updatedAt"] if text[:1] != "#"]
    days = [text[:10] for text in updates if text]
    return Release(f"updated to {max(days)}" if days else "unknown")


def print_rows(path: Path, rows: Sequence[int]) -> dict[int, dict[str, str]]:
    """Return the asked rows as printed, whichever shape the file has."""
    if jsonrows.is_json(path):
        return pages.print_rows(path, rows, *STEPS)
    return delimited.print_rows(path, rows)


def recognises(path: Path) -> bool:
    """Tell whether a file is a page of flows or the flat CSV of them."""
    return pages.holds(path, "flows", "sourceObjects", "amountUSD") or delimited.has_columns(
        path, "amountUSD", "srcOrganization", "destOrganization", "onBoundary"
    )


SOURCE = Source(
    title="UN OCHA Financial Tracking Service, flows",
    producer="UN OCHA",
    url="https://fts.unocha.org",
    citation=(
        "UN OCHA, Financial Tracking Service, https://fts.unocha.org; flows as they stood in 2021 "
        "in the files seen. Citation from memory."
    ),
    licence=Licence(
        "CC BY 3.0 IGO",
        may_ship=True,
        seen_in="original: HDX's description of the FTS dataset for Afghanistan",
        url="http://creativecommons.org/licenses/by/3.0/igo/legalcode",
    ),
    tables=(HUMANITARIAN_FLOWS,),
    recognises=recognises,
    read=read,
    release=release,
    print_rows=print_rows,
    expects=(
        Expectation(
            "humanitarian_flows", rows=(1, 5_000_000), why="an answer without flows is no evidence"
        ),
    ),
    events={"humanitarian_flows": "date"},
    incremental_key="updatedAt",
    fetch=fetch,
    interface="https://api.hpc.tools/",
    notes=(
        "Sum incoming flows alone: internal ones move the same money on, to an implementer.",
        "FTS's own total counts incoming paid and committed flows that are single, not shared.",
        "A shared flow serves several years or countries, and FTS does not say in what parts.",
        "A parent (flow type Parked) prints what is left after its children, so both add up.",
        "A child whose parent serves several countries or years has it outside these flows.",
        "Pledges are promises, not money: never add them to what is committed or paid.",
        "The boundary depends on the question: a flow can be incoming here and internal there.",
        "Reporting is voluntary; in-kind gifts are valued by who reports them.",
        "The CSV and the pages of the interface hold the same flows: never load both at once.",
    ),
    cut=Cut(
        what="flows to the four cases, of those that were asked for",
        tables={
            "humanitarian_flows": lambda rows: rows.filter(
                pl.col("destination_country").is_in(CASES)
            )
        },
    ),
)
