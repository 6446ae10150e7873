"""What travels with Stabilis is rebuilt from the producers' files; nothing is written by hand."""

import csv
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
from django.conf import LazySettings
from django.test import Client
from polars.testing import assert_frame_equal
from tests.contracts.example_files import FOLDER
from tests.shared_data import SHARED, needs_shared

from stabilis.config import loading
from stabilis.connectors import sources
from stabilis.evidence import held
from stabilis.evidence.held import PACK
from stabilis.evidence.packing import FILES, LARGEST_PACK_BYTES, rebuild
from stabilis.warehouse.manifest import Manifest
from stabilis.warehouse.snapshots import Shelf

NOW = datetime(2026, 11, 24, tzinfo=UTC)
SHIPPED = Shelf(PACK).manifests()
EACH_CUT = pytest.mark.parametrize("cut", SHIPPED, ids=[cut.id for cut in SHIPPED])
YEARS_FILE = FILES["ucdp_country_years"][0]
DEATHS = "cumulative_total_deaths_in_orgvio_best_cy"


def source_copy(folder: Path, *, deaths: Mapping[int, int]) -> Path:
    """Write a made-up country-year file: Mali's deaths by year as given, elsewhere 111."""
    with (FOLDER / "ucdp_country_years.csv").open(encoding="utf-8", newline="") as file:
        row = next(csv.DictReader(file))
    path = folder / YEARS_FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, row)
        writer.writeheader()
        for number, name in ((432, "Mali"), (520, "Somalia"), (700, "Afghanistan"), (2, "USA")):
            for year in range(1985 + 4, 2025 + 4):
                killed = deaths.get(year, 111) if name == "Mali" else 111
                told = {"country_id_cy": number, "country_cy": name, "year_cy": year}
                writer.writerow(row | told | {DEATHS: killed})
    return path


def packed(folder: Path, into: Path) -> Manifest:
    (cut,) = rebuild(folders=[folder], now=NOW, into=into, only=["ucdp_country_years"])
    return cut


@pytest.fixture
def reader(
    db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: LazySettings
) -> Client:
    """Return a client that is served from `tmp_path / "pack"` alone."""
    loading.load()
    settings.DATA_DIR = tmp_path / "local"
    monkeypatch.setattr(held, "PACK", tmp_path / "pack")
    return Client()


def test_page_api_and_export_change_alike_when_a_source_copy_changes(
    reader: Client, tmp_path: Path
) -> None:
    source_copy(tmp_path, deaths={2024: 4321})
    before = packed(tmp_path, tmp_path / "pack")
    told_before = told(reader)

    source_copy(tmp_path, deaths={2024: 8765})
    after = packed(tmp_path, tmp_path / "pack")

    assert told_before == {"json": 4321, "api": 4321, "csv": "4321", "page": (True, False)}
    assert told(reader) == {"json": 8765, "api": 8765, "csv": "8765", "page": (False, True)}
    assert before.id != after.id
    assert [item.id for item in Shelf(tmp_path / "pack").manifests()] == [after.id]


def told(reader: Client) -> dict[str, object]:
    """Return what page, API and exports say of Mali's deaths in 2024."""
    page = reader.get("/country/mli/").content.decode()
    rows = reader.get("/country/mli/violence.json?year=2024").json()["rows"]
    api = reader.get("/api/v1/countries/MLI/violence?year=2024").json()["rows"]
    lines = reader.get("/country/mli/violence.csv?year=2024").content.decode().splitlines()
    exported = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    return {
        "json": rows[0]["deaths_best"],
        "api": api[0]["deaths_best"],
        "csv": exported[0]["deaths_best"],
        "page": ("4,321" in page, "8,765" in page),
    }


def test_a_rebuilt_cut_holds_only_what_its_source_lets_travel(tmp_path: Path) -> None:
    source_copy(tmp_path, deaths={})

    cut = packed(tmp_path, tmp_path / "pack")

    rows = pl.read_parquet(Shelf(tmp_path / "pack").path(cut.id, "violence_years"))
    assert rows["country"].unique().sort().to_list() == ["AFG", "MLI", "SOM"]
    assert (cut.derived_from, cut.rebuilt_by) == (
        cut.id.removesuffix("-cut"),
        "stabilis pack FOLDERS --only ucdp_country_years",
    )


def test_rebuilding_the_same_file_gives_the_same_cut_and_keeps_the_day_it_was_retrieved(
    tmp_path: Path,
) -> None:
    source_copy(tmp_path, deaths={})
    first = packed(tmp_path, tmp_path / "pack")

    (again,) = rebuild(
        folders=[tmp_path],
        now=datetime(2030, 1, 1, tzinfo=UTC),
        into=tmp_path / "pack",
        only=["ucdp_country_years"],
    )

    assert again == first


def test_nothing_is_rebuilt_when_a_file_is_in_no_folder(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=f"no folder holds {YEARS_FILE}; nothing was"):
        packed(tmp_path, tmp_path / "pack")

    assert not (tmp_path / "pack").exists()


def test_the_shipped_pack_is_small() -> None:
    held_bytes = sum(path.stat().st_size for path in PACK.rglob("*") if path.is_file())

    assert held_bytes < LARGEST_PACK_BYTES


def test_the_shipped_pack_holds_a_cut_of_every_source_that_is_packed() -> None:
    assert sorted({cut.source for cut in SHIPPED}) == sorted(FILES)


@EACH_CUT
def test_a_shipped_cut_names_its_origin_its_terms_and_how_to_rebuild_it(cut: Manifest) -> None:
    source = sources()[cut.source]

    assert (cut.title, cut.producer, cut.citation) == (
        source.title,
        source.producer,
        source.citation,
    )
    assert (cut.licence, cut.may_ship) == (source.licence.name, True)
    assert source.licence.may_ship
    assert (cut.release, cut.cut) == (cut.release or "missing", source.cut and source.cut.what)
    assert cut.rebuilt_by == f"stabilis pack FOLDERS --only {cut.source}"
    assert cut.reader_version == source.version
    assert [item.name for item in cut.originals if len(item.sha256) != 64 or item.kept] == []
    assert cut.originals


@EACH_CUT
def test_a_shipped_cut_still_has_its_checksums(cut: Manifest) -> None:
    Shelf(PACK).verify(cut.id)

    stored = sorted(path.stem for path in (PACK / cut.id).glob("*.parquet"))

    assert stored == sorted(cut.tables)


@needs_shared
@pytest.mark.parametrize("name", FILES)
def test_a_shipped_cut_equals_a_fresh_rebuild_from_the_real_files(
    name: str, tmp_path: Path
) -> None:
    if absent := [path for path in FILES[name] if not (SHARED / path).is_file()]:
        pytest.skip(f"{', '.join(absent)} is not among the shared real data")

    fresh = list(rebuild(folders=[SHARED], now=NOW, into=tmp_path, only=[name]))

    shipped = [cut for cut in SHIPPED if cut.source == name]
    assert sorted(cut.id for cut in fresh) == sorted(cut.id for cut in shipped)
    for cut in fresh:
        for table in cut.tables:
            assert_frame_equal(
                pl.read_parquet(Shelf(tmp_path).path(cut.id, table)),
                pl.read_parquet(Shelf(PACK).path(cut.id, table)),
            )
