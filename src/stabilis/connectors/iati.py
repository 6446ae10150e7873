"""IATI activities 1.01 to 2.03: what donors and implementers publish about their own aid."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from stabilis.connectors import (
    Batch,
    Cut,
    Expectation,
    Licence,
    Quarantine,
    Release,
    Source,
)
from stabilis.connectors.reading import elements, iati_activity, iati_codes, iati_registry
from stabilis.connectors.reading.iati_copy import Copy, Element, Rows
from stabilis.connectors.reading.iati_tables import TABLES

ROOT = "iati-activities"
ACTIVITY = "iati-activity"
AT_ONCE = {"aid_activities": 2_000, "aid_transactions": 20_000}
ROW_OF_ITS_OWN = frozenset(
    (
        "recipient-country",
        "recipient-region",
        "sector",
        "participating-org",
        "transaction",
        "budget",
    )
)
TEXTS = pl.col(pl.String).str.strip_chars()
STRIPPED = pl.when(TEXTS != "").then(TEXTS)
CASES = ("AFG", "MLI", "SOM", "XKX")


def read(path: Path, quarantine: Quarantine) -> Iterator[Batch]:
    """Yield every copy of every activity with its rows, in the order of the file."""
    found = elements.head(path)
    version = found.attributes.get("version") if found else None
    rows: Rows = defaultdict(list)
    for copy in _copies(path, quarantine):
        iati_activity.read(copy, rows, version=version)
        if any(len(rows[table]) >= most for table, most in AT_ONCE.items()):
            yield from _batches(path, rows)
    yield from _batches(path, rows)


def _copies(path: Path, quarantine: Quarantine) -> Iterator[Copy]:
    row = 0
    for position, element in enumerate(elements.stream(path, within=ROOT, name=ACTIVITY), start=1):
        copy = Copy(element, position=position, row=row + 1, quarantine=quarantine)
        yield copy
        row = copy.last_row


def _batches(path: Path, rows: Rows) -> Iterator[Batch]:
    for table in TABLES:
        if held := rows.pop(table.name, None):
            names = [name for name in table.columns if name != "source_file"]
            columns = zip(names, zip(*held, strict=True), strict=True)
            frame = pl.DataFrame(
                [pl.Series(name, cells, table.schema[name]) for name, cells in columns]
            )
            named = frame.with_columns(STRIPPED, pl.lit(path.name).alias("source_file"))
            yield Batch(table.name, table.check(named))


def release(path: Path) -> Release:
    """Return the day on which the publisher's system made the file, where the file says so."""
    found = elements.head(path)
    made = iati_codes.day(found.attributes.get("generated-datetime", "")) if found else None
    if made is None:
        return Release("unknown")
    return Release(made.isoformat(), made, "original: generated-datetime of the file")


def recognises(path: Path) -> bool:
    """Tell whether a file is XML whose outermost element holds IATI activities."""
    if path.suffix.lower() != ".xml":
        return False
    found = elements.head(path)
    return found is not None and found.name == ROOT


def print_rows(path: Path, rows: Sequence[int]) -> dict[int, dict[str, str]]:
    """Return the asked elements as printed: place and line, then attributes and texts."""
    wanted = set(rows)
    found: dict[int, dict[str, str]] = {}
    for copy in _copies(path, Quarantine(path)):
        if wanted.intersection(range(copy.row, copy.last_row + 1)):
            found |= {
                row: {"element": place, "line": str(element.sourceline)}
                | elements.printed(element, skip=ROW_OF_ITS_OWN)
                for row, place, element in _placed(copy)
                if row in wanted
            }
        if len(found) == len(wanted):
            break
    return found


def _placed(copy: Copy) -> Iterator[tuple[int, str, Element]]:
    """Yield each element of an activity that counts as a row, with its path in the file."""
    place = f"/{ROOT}/{ACTIVITY}[{copy.position}]"
    yield copy.row, place, copy.element
    for name, children in copy.parts.items():
        for number, (row, child) in enumerate(children, start=1):
            yield row, f"{place}/{name}[{number}]", child
            for inner, (below, grandchild) in enumerate(enumerate(child, start=row + 1), start=1):
                yield below, f"{place}/{name}[{number}]/*[{inner}]", grandchild


def of_the_four(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of DFID's activities whose only country is one of the four cases."""
    return rows.filter(
        pl.col("country").is_in(CASES) & pl.col("identifier").str.contains("^(GB-1|GB-GOV-1)-")
    )


SOURCE = Source(
    title="IATI activities",
    producer="Each publisher for its own activities; standard and registry by the IATI Secretariat",
    url="https://iatistandard.org/",
    citation=(
        "International Aid Transparency Initiative, activity file of the reporting organisation "
        "named in each row, standard 1.01 (2011) to 2.03 (2018). The years of the standard: memory."
    ),
    licence=Licence(
        "Each publisher's own; UK publishers: Open Government Licence",
        may_ship=True,
        seen_in='memory; the file itself says only license="IATI"',
        url="https://www.nationalarchives.gov.uk/doc/open-government-licence/",
    ),
    tables=TABLES,
    recognises=recognises,
    read=read,
    release=release,
    print_rows=print_rows,
    expects=(
        Expectation(
            "aid_activities", rows=(1, 3_000_000), why="one file to all, some 1 million in 2025"
        ),
    ),
    events={"aid_transactions": "date", "aid_budgets": "period_start"},
    incremental_key="last_updated",
    fetch=iati_registry.fetch,
    interface="https://dashboard.iatistandard.org",
    cut=Cut(
        what="activities that DFID (United Kingdom) reports for one of the four cases alone",
        tables={table.name: of_the_four for table in TABLES},
    ),
    version=2,
    notes=(
        "Every copy of a repeated identifier is kept; a sum over copies counts money twice.",
        "Money passed on is printed by giver and receiver: never add types 1, 2, 3 and 4 together.",
        "A budget and a commitment are promises; only types 3 and 4 are money that left.",
        "Sector codes are as printed: 15120 and 15140 were withdrawn by the DAC in 2009-10.",
        "A country is read from its code, but for one text, printed by DFID in 2011 as a region:",
        "`Kosovo (KO)` without a code is read as XKX; kind and text are kept as printed.",
        "Only the first language of a text is read; results, documents and places are not.",
    ),
)
