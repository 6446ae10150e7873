from pathlib import Path

import polars as pl
import pytest
from tests.shared_data import SHARED, needs_shared

from stabilis.connectors import Quarantine, SourceRefused
from stabilis.connectors.geopko import CONTRIBUTORS, DEPLOYMENTS, SOURCE

DEPLOYED = (
    "mission,year,country,location,latitude,longitude,Infantry,NoTroops,Reserve,hq,UNPOL,Med,Av,"
    "UNMO,ave.no.troops\n"
)
CONTRIBUTED = "mission,year,location,latitude,longitude,No.TCC,year.overview\n"
REAL = SHARED / "peacekeeping"


def written(folder: Path, header: str, *rows: str) -> Path:
    path = folder / "geopko_v2.3.csv"
    path.write_text(header + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def loaded(path: Path, table: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    quarantine = Quarantine(path)
    batches = list(SOURCE.read(path, quarantine))
    assert {batch.table for batch in batches} <= {table}
    frames = [batch.frame for batch in batches]
    return pl.concat([SOURCE.table(table).empty(), *frames]), quarantine.frame()


def test_deployment_is_read_with_its_strengths_when_the_row_is_whole(tmp_path: Path) -> None:
    path = written(
        tmp_path, DEPLOYED, "MINUSMA,2014,Mali,Gao,16.27167,-0.04472,187,1500,0,2,0,1,1,0,2062"
    )

    rows, bad = loaded(path, DEPLOYMENTS.name)

    assert bad.height == 0
    assert rows.drop("source_file", "latitude", "longitude").to_dicts() == [
        {
            "country": "MLI",
            "country_name": "Mali",
            "mission": "MINUSMA",
            "year": 2014,
            "site": "Gao",
            "troops": 1500,
            "troops_year_mean": 2062,
            "infantry_year_mean": 187,
            "reserve_year_mean": 0,
            "headquarters_code": 2,
            "aviation_code": 1,
            "police": False,
            "medical": True,
            "observers": False,
            "source_row": 2,
        }
    ]


def test_strength_stays_unknown_when_the_producer_prints_na(tmp_path: Path) -> None:
    path = written(tmp_path, DEPLOYED, "UNMIS,2005,Sudan,Wau,7.7,28.0,0,NA,0,0,0,0,0,1,NA")

    rows, bad = loaded(path, DEPLOYMENTS.name)

    assert bad.height == 0
    assert rows.select("troops", "troops_year_mean", "infantry_year_mean").rows() == [
        (None, None, 0)
    ]


def test_place_on_a_border_names_no_one_country(tmp_path: Path) -> None:
    path = written(
        tmp_path, DEPLOYED, "UNMEE,2001,Ethiopia/Eritrea,Badme,14.7,37.9,0,0,0,0,0,0,0,1,0"
    )

    rows, _ = loaded(path, DEPLOYMENTS.name)

    assert rows.select("country", "country_name").rows() == [(None, "Ethiopia/Eritrea")]


def test_contributors_are_parted_with_unknown_size_kept_unknown(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        CONTRIBUTED,
        'MINUSMA,2014,Gao,16.27,-0.04,3,"Niger (800), Korea (ROK) (35), Senegal (size unknown)"',
        'MINUSMA,2014,Kidal,18.44,1.4,3,"Chad (150), Multinational (35), Guinea (size unknown)"',
    )

    rows, bad = loaded(path, CONTRIBUTORS.name)

    assert rows.select("contributor", "contributor_name", "troops", "source_row").rows() == [
        ("NER", "Niger", 800, 2),
        ("KOR", "Korea (ROK)", 35, 2),
        ("SEN", "Senegal", None, 2),
        ("TCD", "Chad", 150, 3),
        (None, "Multinational", 35, 3),
        ("GIN", "Guinea", None, 3),
    ]
    assert bad.height == 0


def test_site_is_set_aside_when_text_and_count_disagree(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        CONTRIBUTED,
        'MINUSMA,2014,Gao,16.27,-0.04,3,"Niger (800), Senegal (300)"',
        "MINUSMA,2014,Gossi,15.8,-1.3,1,Togo about 150",
    )

    rows, bad = loaded(path, CONTRIBUTORS.name)

    assert rows.height == 0
    assert bad.select("source_row", "field", "reason").rows() == [
        (2, "year.overview", "this is not a list of 3 contributors"),
        (3, "year.overview", "this is not a list of 1 contributors"),
    ]


def test_file_is_refused_when_a_column_is_missing(tmp_path: Path) -> None:
    path = written(tmp_path, DEPLOYED.replace("UNPOL,", ""), "")

    with pytest.raises(SourceRefused, match="the header lacks UNPOL"):
        list(SOURCE.read(path, Quarantine(path)))


@needs_shared
def test_real_deployments_hold_what_their_description_says() -> None:
    path = REAL / "geopko_deployments_v2.3.csv"

    rows, bad = loaded(path, DEPLOYMENTS.name)

    assert (rows.height, bad.height) == (8_783, 0)
    assert rows.filter(pl.col("country").is_null())["country_name"].unique().to_list() == [
        "Ethiopia/Eritrea"
    ]
    once = rows.filter(mission="MINUSMA", year=2014).unique("site")
    assert once["troops_year_mean"].sum() == 9_413
    assert SOURCE.release(path).version == "2.3"
    assert SOURCE.recognises(path)


@needs_shared
def test_real_contributors_hold_what_their_description_says() -> None:
    path = REAL / "geopko_contributors_v2.3.csv"

    rows, bad = loaded(path, CONTRIBUTORS.name)

    assert (rows["source_row"].n_unique(), rows.height, bad.height) == (4_927, 8_729, 0)
    unnamed = rows.filter(pl.col("contributor").is_null())["contributor_name"].unique().sort()
    assert unnamed.to_list() == ["CARICOM", "Multinational", "TCC name unknown", "Un"]
    assert SOURCE.recognises(path)
