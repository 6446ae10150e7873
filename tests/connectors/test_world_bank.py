import json
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import polars as pl
import pytest
from tests.connectors.serving import serving

from stabilis.connectors import Quarantine, SourceRefused
from stabilis.connectors.world_bank import ASKED, INDICATOR_VALUES, SOURCE, fetch


def value(country: str, iso3: str, year: str, number: float | None) -> dict[str, Any]:
    return {
        "indicator": {"id": "SP.POP.TOTL", "value": "Population, total"},
        "country": {"id": iso3[:2], "value": country},
        "countryiso3code": iso3,
        "date": year,
        "value": number,
        "unit": "",
        "obs_status": "",
        "decimal": 0,
    }


def page(*rows: dict[str, Any], **about: Any) -> list[Any]:
    told = {
        "page": 1,
        "pages": 1,
        "per_page": 50,
        "total": len(rows),
        "sourceid": "2",
        "lastupdated": "2025-07-01",
    }
    return [told | about, list(rows)]


def written(folder: Path, answer: object) -> Path:
    path = folder / "answer.json"
    path.write_text(json.dumps(answer), encoding="utf-8")
    return path


def loaded(path: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    quarantine = Quarantine(path)
    frames = [batch.frame for batch in SOURCE.read(path, quarantine)]
    return pl.concat([INDICATOR_VALUES.empty(), *frames]), quarantine.frame()


def test_population_is_read_with_the_day_of_the_last_update(tmp_path: Path) -> None:
    path = written(tmp_path, page(value("Kosovo", "XKX", "2019", 1788878)))

    rows, bad = loaded(path)

    assert bad.height == 0
    assert rows.to_dicts() == [
        {
            "country": "XKX",
            "country_code": "XKX",
            "country_name": "Kosovo",
            "indicator_id": "SP.POP.TOTL",
            "indicator": "Population, total",
            "year": 2019,
            "value": 1788878.0,
            "unit": None,
            "obs_status": None,
            "database": "2",
            "last_updated": date(2025, 7, 1),
            "source_file": "answer.json",
            "source_row": 1,
        }
    ]
    assert SOURCE.release(path).version == "database 2, updated 2025-07-01"
    assert SOURCE.release(path).published_on == date(2025, 7, 1)
    assert SOURCE.print_rows(path, [1])[1]["value"] == "1788878"
    assert SOURCE.recognises(path)


def test_value_that_the_bank_leaves_empty_is_unknown_and_not_zero(tmp_path: Path) -> None:
    path = written(tmp_path, page(value("Somalia", "SOM", "1991", None)))

    rows, _ = loaded(path)

    assert rows["value"].to_list() == [None]


def test_regions_and_groups_have_no_country_code_so_that_nobody_sums_them(tmp_path: Path) -> None:
    nameless = value("High income", "", "2019", 1e9) | {"country": {"id": "XD", "value": "High"}}
    answer = page(
        value("World", "WLD", "2019", 7e9), value("Sub-Saharan", "SSF", "2019", 1e9), nameless
    )
    path = written(tmp_path, answer)

    rows, bad = loaded(path)

    assert bad.height == 0
    assert rows.select("country", "country_code").rows() == [
        (None, "WLD"),
        (None, "SSF"),
        (None, "XD"),
    ]


def test_alpha_2_code_is_read_when_the_alpha_3_code_is_left_empty(tmp_path: Path) -> None:
    row = value("Kosovo", "", "2019", 1.0) | {"country": {"id": "XK", "value": "Kosovo"}}
    path = written(tmp_path, page(row))

    rows, _ = loaded(path)

    assert rows.select("country", "country_code").rows() == [("XKX", "XK")]


def test_quarterly_value_is_set_aside_because_the_table_is_yearly(tmp_path: Path) -> None:
    path = written(tmp_path, page(value("Mali", "MLI", "2019Q1", 1.0)))

    rows, bad = loaded(path)

    assert rows.height == 0
    assert bad.select("source_row", "field", "value").rows() == [(1, "date", "2019Q1")]


def test_answer_is_refused_with_the_banks_own_words_when_it_is_an_error(tmp_path: Path) -> None:
    error = {"id": "120", "key": "Invalid value", "value": "The indicator was not found"}
    path = written(tmp_path, [{"message": [error]}])

    with pytest.raises(SourceRefused, match=r"an error: .*indicator was not found"):
        loaded(path)


def test_page_is_refused_when_it_holds_fewer_rows_than_it_announces(tmp_path: Path) -> None:
    path = written(tmp_path, page(value("Mali", "MLI", "2019", 1.0), total=40))

    with pytest.raises(SourceRefused, match="the page announces 40 rows and holds 1"):
        loaded(path)


def test_page_is_refused_when_a_field_is_renamed(tmp_path: Path) -> None:
    row = value("Mali", "MLI", "2019", 1.0)
    row["year"] = row.pop("date")
    path = written(tmp_path, page(row))

    with pytest.raises(SourceRefused, match="the header lacks date"):
        loaded(path)


def test_fetch_follows_the_pages_and_both_read_as_one_table(tmp_path: Path) -> None:
    def answer(target: str) -> bytes:
        asked = parse_qs(urlsplit(target).query)
        number = int(asked["page"][0])
        assert (asked["format"], asked["source"]) == (["json"], ["2"])
        row = value("Mali", "MLI", str(2018 + number), 19e6 + number)
        return json.dumps(page(row, page=number, pages=2, per_page=1, total=2)).encode()

    governance = json.dumps(page(value("Mali", "MLI", "2019", -0.7), sourceid="3")).encode()
    pages = {
        f"/v2/country/all/indicator/{name}": answer if name == "SP.POP.TOTL" else governance
        for name in ASKED
    }

    with serving(pages) as base, httpx.Client(base_url=f"{base}/v2/") as client:
        files = fetch(client, tmp_path)

    assert len(files) == 8
    rows = pl.concat([loaded(path)[0] for path in files[:2]])
    assert rows.select("year", "value").rows() == [(2019, 19e6 + 1), (2020, 19e6 + 2)]


def test_fetch_stops_when_the_bank_does_not_know_an_indicator(tmp_path: Path) -> None:
    error = json.dumps([{"message": [{"id": "120", "value": "not found"}]}]).encode()
    pages = {"/v2/country/all/indicator/SP.POP.TOTL": error}

    with (
        serving(pages) as base,
        httpx.Client(base_url=f"{base}/v2/") as client,
        pytest.raises(SourceRefused, match="answered with an error"),
    ):
        fetch(client, tmp_path)
