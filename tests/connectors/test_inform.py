import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import polars as pl
import pytest
from tests.connectors.serving import serving
from tests.shared_data import SHARED, needs_shared

from stabilis.connectors import Quarantine, SourceRefused
from stabilis.connectors.inform import RISK_SCORES, SOURCE, fetch

INDICATORS = SHARED / "indicators" / "inform_risk_2020_2025.csv"
TRENDS = SHARED / "indicators" / "inform_trends_2015_2024.csv"
INDICATOR_HEADER = "CountryName,Iso3,ValidityYear,IndicatorName,IndicatorScore,Unit"
TREND_HEADER = "CountryName,Iso3,GNAYear,IndicatorId,FullName,IndicatorScore"
WORKFLOW = {"WorkflowId": 503, "GNAYear": 2024, "WorkflowGroupName": "INFORM2025"}


def written(folder: Path, *lines: str) -> Path:
    path = folder / "inform.csv"
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return path


def answered(folder: Path, *scores: dict[str, Any], **workflow: Any) -> Path:
    path = folder / "inform.json"
    held = {"workflow": WORKFLOW | workflow, "scores": scores}
    path.write_text(json.dumps(held), encoding="utf-8")
    return path


def loaded(path: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    quarantine = Quarantine(path)
    frames = [batch.frame for batch in SOURCE.read(path, quarantine)]
    return pl.concat([RISK_SCORES.empty(), *frames]), quarantine.frame()


def test_index_is_read_with_its_year_and_its_scale(tmp_path: Path) -> None:
    path = written(tmp_path, TREND_HEADER, "Mali,MLI,2024,INFORM,INFORM Risk Index,7.1")

    rows, bad = loaded(path)

    assert bad.height == 0
    assert rows.to_dicts() == [
        {
            "country": "MLI",
            "country_code": "MLI",
            "country_name": "Mali",
            "indicator_id": "INFORM",
            "indicator": "INFORM Risk Index",
            "year": 2024,
            "release_year": None,
            "score": 7.1,
            "unit": "0-10",
            "source_file": "inform.csv",
            "source_row": 2,
        }
    ]


def test_indicator_is_read_in_its_own_unit_and_a_nameless_one_stays_nameless(
    tmp_path: Path,
) -> None:
    path = written(
        tmp_path,
        INDICATOR_HEADER,
        "Mali,MLI,2023,Physicians density,1.3,per 10000",
        "Mali,MLI,2023,,8.9,0-10",
    )

    rows, bad = loaded(path)

    assert bad.height == 0
    assert rows.select("indicator", "score", "unit").rows() == [
        ("Physicians density", 1.3, "per 10000"),
        (None, 8.9, "0-10"),
    ]


def test_index_above_ten_is_set_aside_and_an_indicator_above_ten_is_not(tmp_path: Path) -> None:
    trend = written(tmp_path, TREND_HEADER, "Mali,MLI,2024,HA,Hazard & Exposure Index,71")
    rows, bad = loaded(trend)
    assert (rows.height, bad["field"].to_list()) == (0, ["IndicatorScore"])

    indicator = written(tmp_path, INDICATOR_HEADER, "Mali,MLI,2023,Coastal Flood,71,Number")
    rows, bad = loaded(indicator)

    assert (rows["score"].to_list(), bad.height) == ([71.0], 0)


def test_score_that_is_missing_is_set_aside_rather_than_read_as_no_risk(tmp_path: Path) -> None:
    path = written(tmp_path, TREND_HEADER, "Mali,MLI,2024,HA,Hazard & Exposure Index,")

    rows, bad = loaded(path)

    assert rows.height == 0
    assert bad.select("field", "reason").rows() == [("IndicatorScore", "the cell is empty")]


def test_answer_takes_year_and_release_from_the_workflow_beside_it(tmp_path: Path) -> None:
    path = answered(tmp_path, {"Iso3": "SOM", "IndicatorId": "VU", "IndicatorScore": 9.4})

    rows, bad = loaded(path)

    assert bad.height == 0
    assert rows.select("country", "indicator", "year", "release_year", "score").rows() == [
        ("SOM", "Vulnerability Index", 2024, 2025, 9.4)
    ]
    assert SOURCE.release(path).version == "INFORM2025"
    assert SOURCE.recognises(path)
    assert SOURCE.print_rows(path, [1])[1]["IndicatorScore"] == "9.4"


def test_scores_without_a_year_are_refused(tmp_path: Path) -> None:
    path = answered(tmp_path, {"Iso3": "SOM", "IndicatorId": "VU"}, GNAYear=None)

    with pytest.raises(SourceRefused, match="does not say for which year"):
        loaded(path)


def test_file_is_refused_when_a_column_is_renamed(tmp_path: Path) -> None:
    path = written(tmp_path, TREND_HEADER.replace("FullName", "Name"))

    with pytest.raises(SourceRefused, match="the header lacks FullName; the header has unexp"):
        loaded(path)


def test_fetch_reads_every_workflow_of_the_newest_release(tmp_path: Path) -> None:
    def scores(target: str) -> bytes:
        asked = parse_qs(urlsplit(target).query)
        assert asked["IndicatorId"] == ["INFORM,HA,VU,CC"]
        score = 7.0 + int(asked["WorkflowId"][0]) / 10
        return json.dumps(
            [{"Iso3": "MLI", "IndicatorId": "INFORM", "IndicatorScore": score}]
        ).encode()

    groups = ["INFORM2024", "INFORM_SAHEL", "INFORM2025"]
    workflows = [WORKFLOW | {"WorkflowId": 1, "GNAYear": 2023}, WORKFLOW | {"WorkflowId": 2}]
    pages = {
        "/Workflows/WorkflowGroups": json.dumps(groups).encode(),
        "/Workflows/GetByWorkflowGroup/INFORM2025": json.dumps(workflows).encode(),
        "/countries/Scores/": scores,
    }

    with serving(pages) as base, httpx.Client(base_url=base) as client:
        files = fetch(client, tmp_path)

    rows = pl.concat([loaded(path)[0] for path in files])
    assert rows.select("year", "release_year", "score").rows() == [
        (2023, 2025, 7.1),
        (2024, 2025, 7.2),
    ]


def test_fetch_stops_when_no_release_goes_by_the_known_name(tmp_path: Path) -> None:
    pages = {"/Workflows/WorkflowGroups": b'["RISK2025"]'}

    with (
        serving(pages) as base,
        httpx.Client(base_url=base) as client,
        pytest.raises(SourceRefused, match="no group of workflows is called INFORM and a year"),
    ):
        fetch(client, tmp_path)


@needs_shared
def test_real_table_of_indicators_holds_what_its_description_says() -> None:
    rows, bad = loaded(INDICATORS)

    assert bad.height == 0
    assert rows.height == 25_463
    assert rows["country"].null_count() == 0
    assert rows["country"].n_unique() == 191
    assert rows["indicator"].drop_nulls().n_unique() == 76
    assert rows["indicator"].null_count() == 4_344
    assert SOURCE.release(INDICATORS).version == "2020-2025"
    assert SOURCE.recognises(INDICATORS)


@needs_shared
def test_real_table_of_trends_holds_four_indices_for_each_country_and_year() -> None:
    rows, bad = loaded(TRENDS)

    somalia = rows.filter(country="SOM", year=2024, indicator_id="INFORM")
    assert bad.height == 0
    assert rows.height == 191 * 10 * 4
    assert rows.filter(country="XKX").height == 0
    assert somalia["score"].to_list() == [8.4]
    assert SOURCE.release(TRENDS).version == "2015-2024"
    assert SOURCE.recognises(TRENDS)
    row = somalia["source_row"].item()
    assert SOURCE.print_rows(TRENDS, [row])[row]["CountryName"] == "Somalia"
