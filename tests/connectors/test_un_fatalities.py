import json
from datetime import date
from pathlib import Path

import httpx
import polars as pl
import pytest
from tests.connectors.serving import serving
from tests.shared_data import SHARED, needs_shared

from stabilis.connectors import Quarantine, SourceRefused
from stabilis.connectors.un_fatalities import DEATHS, PAGE_ROWS, SOURCE, of_the_four

HEADER = (
    "id,incident_date,casualty_id,mission_acronym,type_of_casualty,gender,casualty_nationality,"
    "casualty_personnel_type,type_of_incident,m49_code,isocode3,last_update\n"
)
REAL = SHARED / "peacekeeping" / "un_fatalities.csv"
RECORD = {
    "id": 4001,
    "incident_date": "2019-01-20",
    "casualty_id": "MINUSMA-2019-01-10001",
    "mission_acronym": "MINUSMA",
    "type_of_casualty": "Fatality",
    "gender": "M",
    "casualty_nationality": "Chad",
    "casualty_personnel_type": "Military",
    "type_of_incident": "Malicious Act",
    "m49_code": 148.0,
    "isocode3": "TCD",
    "last_update": "2023-11-28",
}


def written(folder: Path, *rows: str) -> Path:
    path = folder / "fatalities.csv"
    path.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def loaded(path: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    quarantine = Quarantine(path)
    frames = [batch.frame for batch in SOURCE.read(path, quarantine)]
    return pl.concat([DEATHS.empty(), *frames]), quarantine.frame()


def test_death_is_read_with_cause_and_personnel_in_our_words(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "1,1948-07-06,UNTSO-1948-07-1,UNTSO,Fatality,,France,Local ,Malicious Act,250.0,FRA,"
        "2023-11-28",
    )

    rows, bad = loaded(path)

    assert bad.height == 0
    assert rows.to_dicts() == [
        {
            "record_id": 1,
            "casualty_id": "UNTSO-1948-07-1",
            "mission": "UNTSO",
            "date": date(1948, 7, 6),
            "year": 1948,
            "cause": "malicious_act",
            "personnel": "local_staff",
            "sex": None,
            "country": "FRA",
            "nationality": "France",
            "updated_on": date(2023, 11, 28),
            "source_file": "fatalities.csv",
            "source_row": 2,
        }
    ]


def test_nationality_stays_unknown_when_the_source_says_undetermined(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "1,1961-01-02,ONUC-1,ONUC,Fatality,M,ZZ [Undetermined],Military,Accident,,,2023-11-28",
    )

    rows, bad = loaded(path)

    assert bad.height == 0
    assert rows.select("country", "nationality").rows() == [(None, "ZZ [Undetermined]")]


def test_death_is_set_aside_when_its_cause_is_a_new_label(tmp_path: Path) -> None:
    path = written(
        tmp_path, "1,2022-01-02,X-1,MINUSMA,Fatality,M,Chad,Military,Drone,148,TCD,2023-11-28"
    )

    rows, bad = loaded(path)

    assert rows.height == 0
    assert bad.select("field", "value", "reason").rows() == [
        ("type_of_incident", "Drone", "the label is not one this source uses")
    ]


def test_what_travels_names_no_sex_and_no_case(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "1,2019-01-20,M-1,MINUSMA,Fatality,M,Chad,Military,Malicious Act,148,TCD,2023-11-28",
        "2,2019-01-20,C-1,MINUSCA,Fatality,M,Chad,Military,Illness,148,TCD,2023-11-28",
    )

    kept = of_the_four(loaded(path)[0])

    assert kept.select("mission", "sex", "casualty_id").rows() == [("MINUSMA", None, None)]
    assert DEATHS.check(kept).height == 1


def test_pages_of_the_interface_give_the_same_rows_as_the_file(tmp_path: Path) -> None:
    full = [RECORD | {"id": number} for number in range(1, PAGE_ROWS + 1)]
    target = "/public/data/DPPADPOSS-FATALITIES/json?page_num={}&per_page=" + str(PAGE_ROWS)
    answers = {
        target.format(1): json.dumps(full).encode(),
        target.format(2): json.dumps([RECORD]).encode(),
    }
    assert SOURCE.fetch is not None

    with serving(answers) as address, httpx.Client(base_url=address) as client:
        paths = SOURCE.fetch(client, tmp_path)

    assert [loaded(path)[0].height for path in paths] == [PAGE_ROWS, 1]
    assert all(SOURCE.recognises(path) for path in paths)
    assert SOURCE.release(paths[1]).published_on == date(2023, 11, 28)
    assert SOURCE.print_rows(paths[1], [1])[1]["m49_code"] == "148.0"
    row = loaded(paths[1])[0].to_dicts()[0]
    assert (row["record_id"], row["country"], row["cause"]) == (4001, "TCD", "malicious_act")


def test_answer_is_refused_when_it_is_no_list_of_records(tmp_path: Path) -> None:
    path = tmp_path / "page.json"
    path.write_text('{"message": "too many requests"}', encoding="utf-8")

    with pytest.raises(SourceRefused, match="the answer holds no list of records"):
        list(SOURCE.read(path, Quarantine(path)))


@needs_shared
def test_real_file_holds_what_its_description_says() -> None:
    rows, bad = loaded(REAL)
    minusma = rows.filter(mission="MINUSMA")
    causes = dict(minusma["cause"].value_counts().rows())

    assert (rows.height, bad.height) == (4_350, 0)
    assert minusma.height == 311
    assert causes == {
        "malicious_act": 174,
        "illness": 83,
        "accident": 38,
        "to_be_determined": 14,
        "unknown": 2,
    }
    assert rows.filter(pl.col("country").is_null()).select(
        pl.col("nationality").unique().sort()
    ).to_series().to_list() == [None, "ZZ [Undetermined]"]
    assert SOURCE.release(REAL).version == "2023-11-28"
    assert SOURCE.recognises(REAL)
