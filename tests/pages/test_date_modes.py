"""The two date modes on the page, with two releases of one source held."""

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from stabilis.connectors.ucdp_country_years import COLUMNS_READ
from stabilis.evidence import held
from stabilis.evidence.ingestion import ingest


def release(folder: Path, *, version: str, deaths: int) -> Path:
    """Write a made-up release that counts so many deaths in Mali in each year."""
    path = folder / f"release-{version}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS_READ)
        writer.writeheader()
        for number in range(200):
            row = dict.fromkeys(COLUMNS_READ, "0") | {
                "country_id_cy": "432",
                "country_cy": "Mali",
                "year_cy": str(1989 + number % 30),
                "version": version,
                "cumulative_total_deaths_in_orgvio_best_cy": str(deaths),
                "cumulative_total_deaths_in_orgvio_high_cy": str(deaths),
            }
            if number >= 30:
                row |= {"country_id_cy": str(1000 + number), "country_cy": "Nowhere"}
            writer.writerow(row)
    return path


@pytest.fixture
def two_releases(reader: Client, settings: LazySettings, tmp_path: Path) -> Client:
    """Return a reader of a machine on which two later releases were loaded."""
    settings.DATA_DIR = tmp_path / "data"
    for version, deaths, day in (("98.1", 7, date(2098, 6, 30)), ("99.1", 9, date(2099, 6, 30))):
        ingest(
            "ucdp_country_years",
            files=[release(tmp_path, version=version, deaths=deaths)],
            shelf=held.local_folder(),
            now=datetime(2026, 11, 24, tzinfo=UTC),
            published_on=day,
        )
    return reader


def deaths_2012(client: Client, query: str) -> list[int]:
    rows = client.get(f"/country/mli/violence.json?year=2012&{query}").json()["rows"]
    return [row["deaths_best"] for row in rows]


def test_counted_reads_the_newest_release(two_releases: Client) -> None:
    assert deaths_2012(two_releases, "mode=counted&until=2012-12-31") == [9]


def test_known_reads_the_release_that_was_out_that_day(two_releases: Client) -> None:
    assert deaths_2012(two_releases, "mode=known&until=2098-12-31") == [7]


def test_events_after_the_day_are_left_out_and_a_year_in_progress_with_them(
    two_releases: Client,
) -> None:
    for day, last in (("2013-06-30", 2012), ("2013-12-31", 2013)):
        rows = two_releases.get(f"/country/mli/violence.json?until={day}").json()["rows"]

        assert max(row["year"] for row in rows) == last


def test_before_the_first_release_the_page_says_not_held(two_releases: Client) -> None:
    page = two_releases.get("/country/mli/?mode=known&until=2001-01-01").content.decode()

    assert "as known on 1 Jan 2001" in page
    assert "Not held: the first release held here came out on 2025-06-30." in page


def test_what_changed_between_two_releases_is_a_page_and_a_table(two_releases: Client) -> None:
    as_json = two_releases.get("/sources/ucdp_country_years/changes.json").json()
    page = two_releases.get("/sources/ucdp_country_years/changes/").content.decode()

    changed = [row for row in as_json["rows"] if row["key"] == "432 · 2012"]
    assert [(row["column"], row["before"], row["after"]) for row in changed] == [
        ("deaths_best", "7", "9"),
        ("deaths_high", "7", "9"),
    ]
    assert "98.1 → 99.1" in page


def test_a_pinned_snapshot_stays_what_it_was(two_releases: Client) -> None:
    older = held.snapshots("ucdp_country_years")[1].id

    assert deaths_2012(two_releases, f"snapshot={older}") == [7]


@pytest.mark.parametrize("day", ["2012-01-31", "2020-12-31"])
@pytest.mark.parametrize("mode", ["counted", "known"])
@pytest.mark.parametrize("code", ["afg", "mli", "som", "xkx"])
def test_a_whole_country_page_answers_with_a_day(
    reader: Client, code: str, mode: str, day: str
) -> None:
    assert reader.get(f"/country/{code}/?mode={mode}&until={day}").status_code == 200


def test_a_us_fiscal_year_counts_once_it_has_ended(reader: Client) -> None:
    for day, last in (("2012-09-29", 2011), ("2012-09-30", 2012)):
        rows = reader.get(f"/country/mli/training.json?until={day}").json()["rows"]

        assert max(row["year"] for row in rows) == last
