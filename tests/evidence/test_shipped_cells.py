"""No small count of trained people travels, stands on a page, or can be worked out."""

from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
from django.conf import LazySettings
from django.test import Client

from stabilis.analysis.disclosure import FEWEST, Cell, is_open
from stabilis.config import loading
from stabilis.evidence import held
from stabilis.evidence.held import Held
from stabilis.evidence.ingestion import cut, ingest
from stabilis.warehouse.manifest import Manifest

EXAMPLE = (
    Path(__file__).resolve().parents[2] / "src/stabilis/connectors/examples/us_training.parquet"
)
FILE = "report.parquet"


def shipped() -> pl.DataFrame:
    found = held.rows("us_training", table="training_cells")
    assert isinstance(found, Held)
    return found.frame


def reported(shelf: Path, *, folder: Path, quantity: str) -> Manifest:
    """Load a made report with one unreadable row, so that something is set aside."""
    folder.mkdir(exist_ok=True)
    row = pl.read_parquet(EXAMPLE).head(1)
    good = [row.with_columns(pl.lit(quantity).alias("quantity"))] * 30
    pl.concat([*good, row.with_columns(pl.lit("30 30").alias("quantity"))]).write_parquet(
        folder / FILE
    )
    now = datetime(2026, 11, 24, tzinfo=UTC)
    return ingest("us_training", files=[folder / FILE], shelf=shelf, now=now).snapshot


@pytest.fixture
def loaded(settings: LazySettings, tmp_path: Path, db: None) -> Manifest:
    """Return a snapshot of a made report, loaded on this machine."""
    settings.DATA_DIR = tmp_path
    loading.load()
    return reported(held.local_folder(), folder=tmp_path / "report", quantity="11")


def test_no_small_count_travels() -> None:
    counts = shipped()["trainees"].drop_nulls()

    assert counts.len() > 0
    assert counts.filter(counts.is_between(1, FEWEST - 1)).to_list() == []


def test_what_is_left_of_a_printed_total_never_tells_a_small_count() -> None:
    open_years = [
        (year["country"][0], year["fiscal_year"][0])
        for year in shipped().partition_by("country", "fiscal_year")
        if tells_a_small_count(year)
    ]

    assert open_years == []


def tells_a_small_count(year: pl.DataFrame) -> bool:
    """Subtract as a reader would: the rest of the total is known, not how it is divided."""
    total = year.filter(programme="all")["trainees"][0]
    cells = year.filter(pl.col("programme") != "all").sort("told")
    told = [Cell(text) for text in cells["told"].to_list() if text != "unknown"]
    if total is None:
        return False
    counts = cells["trainees"].fill_null(0).to_list()
    hidden = next((place for place, cell in enumerate(told) if cell is not Cell.SHOWN), None)
    if hidden is not None:
        counts[hidden] = total - sum(counts)
    return is_open(counts, told, fewest=FEWEST)


def test_the_number_of_rows_never_bounds_a_small_count() -> None:
    cells = shipped().filter(pl.col("programme") != "all")
    hidden = pl.col("told").is_in(["small", "withheld"])
    years = shipped().filter(pl.col("programme") == "all", pl.col("trainees").is_null())
    bounded = years.join(cells.filter(hidden), on=["country", "fiscal_year"], how="semi")

    assert cells.filter(hidden)["trainings"].drop_nulls().to_list() == []
    assert bounded["trainings"].drop_nulls().to_list() == []


def test_an_official_table_may_not_travel(tmp_path: Path) -> None:
    whole = reported(tmp_path, folder=tmp_path / "report", quantity="11")
    tables = {"trainings": pl.DataFrame(), "quarantine": pl.DataFrame()}

    with pytest.raises(ValueError, match="official tables may not travel: trainings, quarantine"):
        cut(whole, tables=tables, shelf=tmp_path, command="")


@pytest.mark.parametrize("table", ["trainings", "training_totals", "quarantine", "printed"])
@pytest.mark.parametrize("form", ["/", ".json", ".csv", f"/{FILE}/2/"])
def test_an_official_table_is_not_shown(loaded: Manifest, table: str, form: str) -> None:
    answer = Client().get(f"/snapshot/{loaded.id}/{table}{form}")

    assert answer.status_code == 403
    assert "This table is official" in answer.content.decode()


def test_a_snapshot_names_its_official_tables_without_a_link(loaded: Manifest) -> None:
    page = Client().get(f"/snapshot/{loaded.id}/").content.decode()

    official = [name for name in loaded.tables if f"{name} (official: not shown)" in page]
    linked = [name for name in loaded.tables if f"/snapshot/{loaded.id}/{name}/" in page]
    assert official == [name for name in loaded.tables if name != "training_cells"]
    assert linked == ["training_cells"]


def test_a_protected_cell_leads_to_no_printed_row(loaded: Manifest) -> None:
    cells = held.stored(loaded.id, table="training_cells", where={}, limit=1)
    row = cells["source_row"][0]

    page = Client().get(f"/snapshot/{loaded.id}/training_cells/{FILE}/{row}/")

    assert page.status_code == 200
    assert page.context["printed"] is None
    assert held.printed_row(loaded.id, file=FILE, row=row) is not None


def test_changes_between_releases_leave_official_tables_out(
    loaded: Manifest, tmp_path: Path
) -> None:
    later = reported(held.local_folder(), folder=tmp_path / "later", quantity="12")
    address = f"/sources/us_training/changes.json?from={loaded.id}&to={later.id}"

    rows = Client().get(address).json()["rows"]

    assert {row["table"] for row in rows} == {"training_cells"}
