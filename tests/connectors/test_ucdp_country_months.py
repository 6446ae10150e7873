from datetime import date
from pathlib import Path

import polars as pl
import pytest
from tests.shared_data import SHARED, needs_shared

from stabilis.connectors import Quarantine, SourceRefused
from stabilis.connectors.ucdp_country_months import SOURCE, VIOLENCE_MONTHS

HEADER = (
    "country_iso3,year_month,ucdp_event_count,ucdp_fatalities_best,ucdp_fatalities_high,"
    "ucdp_civilian_deaths,ucdp_peak_event_fatalities,ucdp_fatality_uncertainty,"
    "ucdp_state_based_events,ucdp_non_state_events,ucdp_one_sided_events,ucdp_has_conflict\n"
)
REAL = SHARED / "ucdp" / "ucdp_panel_country_month.csv"


def written(folder: Path, *rows: str) -> Path:
    path = folder / "months.csv"
    path.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def loaded(path: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    quarantine = Quarantine(path)
    frames = [batch.frame for batch in SOURCE.read(path, quarantine)]
    return pl.concat([VIOLENCE_MONTHS.empty(), *frames]), quarantine.frame()


def test_month_is_read_with_its_counts_when_the_row_is_whole(tmp_path: Path) -> None:
    path = written(tmp_path, "MLI,2012-03,4.0,31.0,35.0,2.0,20.0,4.0,3.0,0.0,1.0,1")

    rows, bad = loaded(path)

    assert bad.height == 0
    assert rows.to_dicts() == [
        {
            "country": "MLI",
            "country_code": "MLI",
            "month": date(2012, 3, 1),
            "year": 2012,
            "events": 4,
            "deaths_best": 31,
            "deaths_high": 35,
            "civilians": 2,
            "deadliest_event": 20,
            "state_based_events": 3,
            "non_state_events": 0,
            "one_sided_events": 1,
            "source_file": "months.csv",
            "source_row": 2,
        }
    ]


def test_zero_fill_before_1989_is_left_out_and_keeps_row_numbers_right(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "AFG,1988-12,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0",
        "AFG,1989-01,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0",
    )

    rows, bad = loaded(path)

    assert bad.height == 0
    assert rows.select("month", "deaths_best", "source_row").rows() == [(date(1989, 1, 1), 0, 3)]


def test_count_before_1989_is_set_aside_because_nothing_was_coded_then(tmp_path: Path) -> None:
    path = written(tmp_path, "AFG,1988-12,1.0,7.0,7.0,0.0,7.0,0.0,1.0,0.0,0.0,1")

    rows, bad = loaded(path)

    assert rows.height == 0
    assert bad.select("source_row", "field", "value").rows() == [(2, "first_day", "1988-12-01")]


def test_unknown_count_is_set_aside_rather_than_read_as_none(tmp_path: Path) -> None:
    path = written(tmp_path, "AFG,1990-02,1.0,,7.0,0.0,7.0,0.0,1.0,0.0,0.0,1")

    rows, bad = loaded(path)

    assert rows.height == 0
    assert bad.select("field", "reason").rows() == [("ucdp_fatalities_best", "the cell is empty")]


def test_file_is_refused_when_a_column_is_renamed(tmp_path: Path) -> None:
    path = tmp_path / "months.csv"
    path.write_text(HEADER.replace("ucdp_civilian_deaths", "civilians"), encoding="utf-8")

    with pytest.raises(SourceRefused, match="the header lacks ucdp_civilian_deaths; the header"):
        list(SOURCE.read(path, Quarantine(path)))


@needs_shared
def test_real_panel_holds_what_its_description_says() -> None:
    rows, bad = loaded(REAL)

    assert bad.height == 0
    assert rows.height == 59_040 - 5_904
    assert rows["country"].null_count() == 0
    assert rows["year"].min() == 1989
    deaths = rows.filter(country="MLI").select(pl.col("deaths_best").sum()).item()
    assert deaths == 17_706
    assert SOURCE.release(REAL).version == "GED to 2024-12"
    assert SOURCE.recognises(REAL)


@needs_shared
def test_printed_row_is_the_row_that_was_read() -> None:
    rows, _ = loaded(REAL)
    number = rows.filter(country="AFG", month=date(2001, 11, 1))["source_row"].item()

    printed = SOURCE.print_rows(REAL, [number])[number]

    assert (printed["country_iso3"], printed["year_month"]) == ("AFG", "2001-11")
