"""A snapshot is written whole or not at all, never altered, and says when it was damaged."""

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from stabilis.warehouse.manifest import Manifest
from stabilis.warehouse.snapshots import (
    Damaged,
    NoSuchSnapshot,
    Shelf,
    original,
    snapshot_id,
    writing,
)

ROWS = pl.DataFrame({"year": [2012, 2013], "deaths": [3, None]})


def manifest(id: str = "toy-1-abc", **more: object) -> Manifest:
    told = {
        "source": "toy",
        "release": "1",
        "title": "Toy",
        "producer": "Nobody",
        "citation": "Nobody (2020)",
        "url": "https://example.org",
        "licence": "CC0",
        "may_ship": True,
        "retrieved_at": datetime(2026, 1, 2, tzinfo=UTC),
        "reader_version": 1,
        "stabilis_version": "0",
    }
    return Manifest(id=id, **(told | more))  # type: ignore[arg-type]


def write(shelf: Path, told: Manifest) -> None:
    with writing(shelf, told) as writer:
        writer.append("deaths", ROWS, event="year")


def test_a_snapshot_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    told = manifest(published_on=date(2025, 6, 30))

    write(tmp_path, told)

    held = Shelf(tmp_path).manifest("toy-1-abc")
    assert pl.read_parquet(Shelf(tmp_path).path("toy-1-abc", "deaths")).equals(ROWS)
    assert (held.published_on, held.tables["deaths"].rows) == (date(2025, 6, 30), 2)
    assert (held.tables["deaths"].first_event, held.tables["deaths"].last_event) == ("2012", "2013")


def test_nothing_is_left_when_writing_fails_in_the_middle(tmp_path: Path) -> None:
    def fail_in_the_middle() -> None:
        with writing(tmp_path, manifest()) as writer:
            writer.append("deaths", ROWS)
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        fail_in_the_middle()

    assert list(tmp_path.iterdir()) == []


def test_a_reader_sees_nothing_until_a_snapshot_is_whole(tmp_path: Path) -> None:
    with writing(tmp_path, manifest()) as writer:
        writer.append("deaths", ROWS)
        assert Shelf(tmp_path).manifests() == []

    assert [item.id for item in Shelf(tmp_path).manifests()] == ["toy-1-abc"]


def test_a_changed_byte_is_found_and_named(tmp_path: Path) -> None:
    write(tmp_path, manifest())
    file = tmp_path / "toy-1-abc" / "deaths.parquet"
    file.write_bytes(file.read_bytes()[:-1] + b"x")

    with pytest.raises(Damaged, match=r"deaths\.parquet changed or is missing"):
        Shelf(tmp_path).verify("toy-1-abc")


def test_an_unchanged_snapshot_verifies(tmp_path: Path) -> None:
    write(tmp_path, manifest())

    assert Shelf(tmp_path).verify("toy-1-abc") is None


def test_an_id_is_the_same_for_the_same_files_and_another_for_a_newer_reader(
    tmp_path: Path,
) -> None:
    file = tmp_path / "a.csv"
    file.write_text("x", encoding="utf-8")
    files = [original(file, kept=False)]

    ids = [
        snapshot_id("toy", release="25.1", originals=files, reader_version=version)
        for version in (1, 1, 2)
    ]

    assert ids[0] == ids[1] != ids[2]


def test_the_newest_publication_comes_first_and_a_whole_one_before_its_cut(tmp_path: Path) -> None:
    write(tmp_path, manifest("toy-1-a", published_on=date(2024, 6, 30)))
    write(tmp_path, manifest("toy-2-b-cut", published_on=date(2025, 6, 30), derived_from="toy-2-b"))
    write(tmp_path, manifest("toy-2-b", published_on=date(2025, 6, 30)))

    found = [item.id for item in Shelf(tmp_path).manifests("toy")]

    assert found == ["toy-2-b", "toy-2-b-cut", "toy-1-a"]


def test_asking_for_what_is_not_held_names_it(tmp_path: Path) -> None:
    write(tmp_path, manifest())

    with pytest.raises(NoSuchSnapshot, match="no snapshot toy-9 is held"):
        Shelf(tmp_path).manifest("toy-9")
    with pytest.raises(NoSuchSnapshot, match="holds no table events"):
        Shelf(tmp_path).path("toy-1-abc", "events")


def test_a_table_without_rows_is_held_as_such(tmp_path: Path) -> None:
    with writing(tmp_path, manifest()) as writer:
        writer.append("deaths", ROWS.clear(), event="year")

    held = Shelf(tmp_path).manifest("toy-1-abc").tables["deaths"]
    assert (held.rows, held.first_event) == (0, None)
