"""Ingestion: all good rows or nothing, the same files give the same snapshot, damage is told."""

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from stabilis.connectors import SourceRefused
from stabilis.connectors.ucdp_country_years import COLUMNS_READ
from stabilis.evidence.ingestion import ingest
from stabilis.warehouse.snapshots import Shelf

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def violence_file(folder: Path, *, rows: int = 200, bad: int = 0, name: str = "ucdp.csv") -> Path:
    """Write a made-up country-year file with so many good and bad rows."""
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS_READ)
        writer.writeheader()
        for number in range(rows + bad):
            row = dict.fromkeys(COLUMNS_READ, "1") | {
                "country_id_cy": str(number + 1),
                "country_cy": "Nowhere",
                "year_cy": "2012",
                "version": "99.1",
                "sb_total_deaths_best_cy": "many" if number < bad else "3",
            }
            writer.writerow(row)
    return path


def test_a_file_becomes_a_snapshot_with_its_release_and_its_original(tmp_path: Path) -> None:
    file = violence_file(tmp_path)

    result = ingest("ucdp_country_years", files=[file], shelf=tmp_path / "shelf", now=NOW)

    shelf = Shelf(tmp_path / "shelf")
    kept = shelf.kept_original(result.snapshot.id, "ucdp.csv")
    assert result.snapshot.release == "99.1"
    assert result.snapshot.tables["violence_years"].rows == 200
    assert kept is not None
    assert kept.read_bytes() == file.read_bytes()


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    file = violence_file(tmp_path)
    first = ingest("ucdp_country_years", files=[file], shelf=tmp_path / "shelf", now=NOW)

    again = ingest("ucdp_country_years", files=[file], shelf=tmp_path / "shelf", now=NOW)

    assert (again.is_new, again.snapshot) == (False, first.snapshot)


def test_a_few_bad_rows_are_set_aside_and_the_good_ones_load(tmp_path: Path) -> None:
    file = violence_file(tmp_path, bad=2)

    result = ingest("ucdp_country_years", files=[file], shelf=tmp_path / "shelf", now=NOW)

    aside = pl.read_parquet(Shelf(tmp_path / "shelf").path(result.snapshot.id, "quarantine"))
    assert result.snapshot.tables["violence_years"].rows == 200
    assert result.snapshot.quarantined == 2
    assert aside.select("source_row", "field", "value").rows() == [
        (2, "sb_total_deaths_best_cy", "many"),
        (3, "sb_total_deaths_best_cy", "many"),
    ]


def test_too_many_bad_rows_refuse_the_file_and_leave_nothing(tmp_path: Path) -> None:
    file = violence_file(tmp_path, rows=200, bad=50)

    with pytest.raises(SourceRefused, match=r"50 of 250 rows cannot be read.*not a whole number"):
        ingest("ucdp_country_years", files=[file], shelf=tmp_path / "shelf", now=NOW)

    assert list((tmp_path / "shelf").iterdir()) == []


def test_a_file_with_too_few_rows_is_refused_as_unexpected(tmp_path: Path) -> None:
    file = violence_file(tmp_path, rows=20)

    with pytest.raises(SourceRefused, match="violence_years holds 20 rows, expected 150 to"):
        ingest("ucdp_country_years", files=[file], shelf=tmp_path / "shelf", now=NOW)


def test_a_person_may_say_when_a_release_was_published(tmp_path: Path) -> None:
    file = violence_file(tmp_path)
    day = date(2030, 6, 1)

    result = ingest(
        "ucdp_country_years", files=[file], shelf=tmp_path / "shelf", now=NOW, published_on=day
    )

    assert result.snapshot.published_on == day
    assert result.snapshot.published_seen_in == "said by the person who loaded it"
