"""No small count of trained people travels, stands on a page, or can be worked out."""

from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
from django.conf import LazySettings
from django.test import Client

from stabilis.analysis.disclosure import FEWEST
from stabilis.config import loading
from stabilis.evidence import held
from stabilis.evidence.held import Held
from stabilis.evidence.ingestion import cut, ingest

EXAMPLE = Path(__file__).resolve().parents[2] / "src/stabilis/connectors/examples"


def shipped() -> pl.DataFrame:
    found = held.rows("us_training", table="training_cells")
    assert isinstance(found, Held)
    return found.frame


def test_no_small_count_travels() -> None:
    counts = shipped()["trainees"].drop_nulls()

    assert counts.len() > 0
    assert counts.filter(counts.is_between(1, FEWEST - 1)).to_list() == []


def test_what_is_left_of_a_printed_total_never_tells_a_small_count() -> None:
    for year in shipped().partition_by("country", "fiscal_year"):
        total = year.filter(programme="all")["trainees"][0]
        cells = year.filter(pl.col("programme") != "all")
        hidden = cells.filter(pl.col("told").is_in(["small", "withheld"]))
        if total is None or "small" not in hidden["told"].to_list():
            continue

        rest = total - cells["trainees"].fill_null(0).sum()

        assert hidden.height > 1, "one hidden cell would be the rest itself"
        assert rest > hidden.height, "every hidden cell would be 1"


def test_an_official_table_may_not_travel(tmp_path: Path) -> None:
    file = next(EXAMPLE.glob("us_training.*"))
    now = datetime(2026, 11, 24, tzinfo=UTC)
    whole = ingest("us_training", files=[file], shelf=tmp_path, now=now).snapshot

    with pytest.raises(ValueError, match="official tables may not travel: trainings"):
        cut(whole, tables={"trainings": pl.DataFrame()}, shelf=tmp_path, command="")


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["trainings", "training_totals"])
@pytest.mark.parametrize("form", ["/", ".json", ".csv"])
def test_an_official_table_is_not_shown(
    settings: LazySettings, tmp_path: Path, table: str, form: str
) -> None:
    settings.DATA_DIR = tmp_path
    loading.load()
    file = next(EXAMPLE.glob("us_training.*"))
    now = datetime(2026, 11, 24, tzinfo=UTC)
    whole = ingest("us_training", files=[file], shelf=held.local_folder(), now=now).snapshot

    answer = Client().get(f"/snapshot/{whole.id}/{table}{form}")

    assert answer.status_code == 403
    assert "This table is official" in answer.content.decode()
