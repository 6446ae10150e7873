from pathlib import Path

import polars as pl
import pytest
from tests.shared_data import SHARED, needs_shared

from stabilis.connectors import Quarantine, SourceRefused
from stabilis.connectors.ucdp_ged_points import SOURCE, VIOLENCE_POINTS, within_boxes

HEADER = "year,longitude,latitude,where_coordinates,best,deaths_civilians\n"
REAL = SHARED / "ucdp" / "geopko_ged201.csv"


def written(folder: Path, *rows: str) -> Path:
    path = folder / "geopko_ged201.csv"
    path.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def loaded(path: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    quarantine = Quarantine(path)
    frames = [batch.frame for batch in SOURCE.read(path, quarantine)]
    return pl.concat([VIOLENCE_POINTS.empty(), *frames]), quarantine.frame()


def test_point_is_read_with_its_place_when_the_row_is_whole(tmp_path: Path) -> None:
    path = written(tmp_path, "2017,69.162796,34.531094,Kabul city,11,5")

    rows, bad = loaded(path)

    assert bad.height == 0
    assert rows.rows() == [
        (2017, 69.162796, 34.531094, "Kabul city", 11, 5, "geopko_ged201.csv", 2)
    ]


def test_point_is_set_aside_when_its_latitude_is_off_the_globe(tmp_path: Path) -> None:
    path = written(tmp_path, "2017,34.53,169.16,Kabul city,11,5", "2016,1.4,18.4,Kidal town,3,0")

    rows, bad = loaded(path)

    assert rows["place"].to_list() == ["Kidal town"]
    assert bad.select("source_row", "field", "value").rows() == [(2, "latitude", "169.16")]


def test_points_that_travel_are_those_in_the_boxes_of_the_four(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "2012,1.4,18.4,Kidal town,3,0",
        "2012,45.3,2.0,Mogadishu city,5,1",
        "1999,21.2,42.6,Prishtina town,4,4",
        "2012,44.4,33.3,Baghdad city,9,9",
    )

    kept = within_boxes(loaded(path)[0])

    assert kept["place"].to_list() == ["Kidal town", "Mogadishu city", "Prishtina town"]


def test_release_is_read_from_the_name_and_unknown_without_one(tmp_path: Path) -> None:
    path = written(tmp_path, "2012,1.4,18.4,Kidal town,3,0")

    assert SOURCE.release(path).version == "20.1"
    assert SOURCE.release(tmp_path / "points.csv").version == "unknown"


def test_file_is_refused_when_it_holds_other_columns(tmp_path: Path) -> None:
    path = tmp_path / "points.csv"
    path.write_text(HEADER.replace("best", "fatalities"), encoding="utf-8")

    with pytest.raises(SourceRefused, match="lacks best; the header has unexpected fatalities"):
        list(SOURCE.read(path, Quarantine(path)))


@needs_shared
def test_real_cut_holds_what_its_description_says(tmp_path: Path) -> None:
    rows, bad = loaded(REAL)
    within_boxes(rows).write_parquet(tmp_path / "boxed.parquet", compression="zstd")

    assert (rows.height, bad.height) == (61_296, 0)
    assert (rows["year"].min(), rows["year"].max()) == (1995, 2019)
    assert SOURCE.recognises(REAL)
    assert SOURCE.release(REAL).version == "20.1"
    assert (tmp_path / "boxed.parquet").stat().st_size < 300_000
