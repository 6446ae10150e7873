"""One measured job in a process of its own: prints its seconds and its most memory, as JSON."""

import csv
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
from lxml import etree

from stabilis.evidence.ingestion import ingest


def floor(path: Path, _: Path) -> None:
    """Parse every activity and forget it: nothing can load the file faster with this parser."""
    for _event, activity in etree.iterparse(str(path), tag="iati-activity"):
        _forget(activity)


def script(path: Path, folder: Path) -> None:
    """Write activities and transactions to CSV by XPath, as a first script would."""
    with (
        (folder / "activities.csv").open("w", newline="") as one,
        (folder / "transactions.csv").open("w", newline="") as two,
    ):
        activities, transactions = csv.writer(one), csv.writer(two)
        for _, activity in etree.iterparse(str(path), tag="iati-activity"):
            activities.writerow(_texts(activity, ACTIVITY))
            transactions.writerows(
                _texts(element, TRANSACTION) for element in activity.xpath("transaction")
            )
            _forget(activity)


ACTIVITY = (
    "iati-identifier/text()",
    "reporting-org/@ref",
    "title//text()",
    "activity-status/@code",
    "recipient-country/@code",
    "sector/@code",
    "@default-currency",
)
TRANSACTION = (
    "transaction-type/@code",
    "transaction-date/@iso-date",
    "value/text()",
    "value/@currency",
    "provider-org/@ref",
    "receiver-org/@ref",
    "description//text()",
)


def _texts(element: etree._Element, paths: tuple[str, ...]) -> list[str]:
    found = [element.xpath(path) for path in paths]
    return ["|".join(str(text) for text in texts) for texts in found if isinstance(texts, list)]


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def stabilis_iati(path: Path, folder: Path) -> None:
    """Load an IATI file as an immutable snapshot: checksums, typed tables, quarantine, Parquet."""
    ingest("iati", files=[path], shelf=folder, now=datetime.now(UTC))


def stabilis_ged(path: Path, folder: Path) -> None:
    """Load a GED file as an immutable snapshot: every cell checked, checksums, Parquet."""
    ingest("ucdp_ged", files=[path], shelf=folder, now=datetime.now(UTC))


def polars(path: Path, folder: Path) -> None:
    """Read a CSV and write Parquet with Polars alone: no checks, the whole file in memory."""
    pl.read_csv(path, infer_schema_length=None).write_parquet(folder / "plain.parquet")


JOBS: dict[str, Callable[[Path, Path], None]] = {
    job.__name__: job for job in (floor, script, stabilis_iati, stabilis_ged, polars)
}

if __name__ == "__main__":
    with tempfile.TemporaryDirectory(dir=Path(sys.argv[2]).parent) as scratch:
        began, busy = time.perf_counter(), time.process_time()
        JOBS[sys.argv[1]](Path(sys.argv[2]), Path(scratch))
        told = {
            "seconds": time.perf_counter() - began,
            "cpu_seconds": time.process_time() - busy,
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }
    print(json.dumps(told))
