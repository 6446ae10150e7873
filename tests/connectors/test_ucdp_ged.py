import csv
import json
from datetime import date
from pathlib import Path

import httpx
import polars as pl
import pytest
from tests.connectors.serving import serving
from tests.shared_data import SHARED, needs_shared

from stabilis.connectors import Quarantine, SourceRefused
from stabilis.connectors.ucdp_ged import EVENTS, PAGE_ROWS, SOURCE, of_the_four

REAL = SHARED / "ucdp"
EVENT = {
    "id": 244657,
    "relid": "MLI-2017-1-14620-1",
    "year": 2017,
    "type_of_violence": 1,
    "conflict_new_id": 11347,
    "conflict_name": "Mali: Government",
    "dyad_new_id": 14620,
    "dyad_name": "Government of Mali - JNIM",
    "side_a": "Government of Mali",
    "side_b": "JNIM",
    "number_of_sources": -1,
    "source_article": '"Reuters,2017-03-05,Mali attack"',
    "where_prec": 1,
    "where_coordinates": "Boulikessi town",
    "adm_1": "Mopti region",
    "adm_2": "Douentza cercle",
    "latitude": 14.65,
    "longitude": -1.2,
    "country": "Mali",
    "country_id": 432,
    "date_prec": 1,
    "date_start": "2017-03-05T00:00:00",
    "date_end": "2017-03-05T00:00:00",
    "deaths_a": 11,
    "deaths_b": 0,
    "deaths_civilians": 0,
    "deaths_unknown": 0,
    "best": 11,
    "high": 12,
    "low": 11,
}


def written(folder: Path, *changes: dict[str, object], tags: bool = False) -> Path:
    path = folder / "events.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(EVENT))
        writer.writeheader()
        if tags:
            writer.writerow(dict.fromkeys(EVENT, "") | {"year": "#date+year"})
        writer.writerows(EVENT | change for change in changes)
    return path


def loaded(path: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    quarantine = Quarantine(path)
    frames = [batch.frame for batch in SOURCE.read(path, quarantine)]
    return pl.concat([EVENTS.empty(), *frames]), quarantine.frame()


def test_event_is_read_with_actors_precision_and_country(tmp_path: Path) -> None:
    rows, bad = loaded(written(tmp_path, {}))

    assert bad.height == 0
    assert rows.to_dicts() == [
        {
            "event_id": 244657,
            "related_id": "MLI-2017-1-14620-1",
            "year": 2017,
            "type": "state_based",
            "conflict_id": 11347,
            "conflict": "Mali: Government",
            "dyad_id": 14620,
            "dyad": "Government of Mali - JNIM",
            "side_a": "Government of Mali",
            "side_b": "JNIM",
            "place": "Boulikessi town",
            "adm_1": "Mopti region",
            "adm_2": "Douentza cercle",
            "latitude": 14.65,
            "longitude": -1.2,
            "where_precision": 1,
            "date_start": date(2017, 3, 5),
            "date_end": date(2017, 3, 5),
            "date_precision": 1,
            "deaths_a": 11,
            "deaths_b": 0,
            "civilians": 0,
            "deaths_unknown": 0,
            "deaths_best": 11,
            "deaths_high": 12,
            "deaths_low": 11,
            "country": "MLI",
            "country_name": "Mali",
            "country_id": 432,
            "sources_counted": None,
            "sources": '"Reuters,2017-03-05,Mali attack"',
            "source_file": "events.csv",
            "source_row": 2,
        }
    ]


def test_row_of_tags_is_no_event_and_keeps_its_number(tmp_path: Path) -> None:
    rows, bad = loaded(written(tmp_path, {}, tags=True))

    assert bad.height == 0
    assert rows["source_row"].to_list() == [3]


def test_text_of_several_lines_stays_in_one_cell(tmp_path: Path) -> None:
    rows, bad = loaded(written(tmp_path, {"source_article": "one\r\ntwo, three"}, {"id": 2}))

    assert bad.height == 0
    assert rows.select("sources", "source_row").rows() == [
        ("one\r\ntwo, three", 2),
        ('"Reuters,2017-03-05,Mali attack"', 3),
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [("type_of_violence", 4), ("best", ""), ("date_start", "31 March"), ("latitude", 95)],
)
def test_event_is_set_aside_when_a_cell_breaks_its_promise(
    tmp_path: Path, field: str, value: object
) -> None:
    rows, bad = loaded(written(tmp_path, {}, {field: value}))

    assert rows.height == 1
    assert bad.select("source_row", "field").rows() == [(3, field)]


def test_entity_in_a_year_ucdp_does_not_list_it_has_no_country(tmp_path: Path) -> None:
    rows, _ = loaded(written(tmp_path, {"country_id": 626, "country": "South Sudan", "year": 2005}))

    assert rows.select("country", "country_name", "country_id").rows() == [
        (None, "South Sudan", 626)
    ]


def test_header_that_lost_one_name_sets_every_row_aside_and_shifts_none(tmp_path: Path) -> None:
    path = written(tmp_path, {}, {"id": 2})
    path.write_text(path.read_text(encoding="utf-8").replace("relid,", "", 1), encoding="utf-8")

    rows, bad = loaded(path)

    assert rows.height == 0
    assert bad.select("source_row", "reason").rows() == [
        (2, "the row holds 30 cells, the header 29"),
        (3, "the row holds 30 cells, the header 29"),
    ]


def test_pages_of_the_interface_give_the_same_rows_as_the_file(tmp_path: Path) -> None:
    def page(target: str) -> bytes:
        number = int(httpx.URL(target).params.get("page", "0"))
        following = f"https://elsewhere.example{first}&page={number + 1}"
        return json.dumps(
            {
                "TotalCount": 3,
                "TotalPages": 3,
                "PreviousPageUrl": None,
                "NextPageUrl": following if number < 2 else "",
                "Result": [EVENT | {"id": number + 1}],
            }
        ).encode()

    first = f"/api/gedevents/25.1?pagesize={PAGE_ROWS}"
    assert SOURCE.fetch is not None

    with (
        serving({"/api/gedevents/25.1": page}) as address,
        httpx.Client(base_url=address) as client,
    ):
        paths = SOURCE.fetch(client, tmp_path)

    rows = pl.concat(loaded(path)[0] for path in paths)
    from_file = loaded(written(tmp_path, {}))[0]
    same = [
        name for name in EVENTS.columns if name not in {"event_id", "source_file", "source_row"}
    ]
    assert rows["event_id"].to_list() == [1, 2, 3]
    assert rows.head(1).select(same).equals(from_file.select(same))
    assert all(SOURCE.recognises(path) for path in paths)
    assert SOURCE.release(paths[0]).version == "25.1"
    assert SOURCE.print_rows(paths[2], [1])[1]["id"] == "3"


def test_fetching_stops_when_the_answer_has_no_result(tmp_path: Path) -> None:
    answers = {"/api/gedevents/25.1": b'{"message": "API token required"}'}
    assert SOURCE.fetch is not None

    with (
        serving(answers) as address,
        httpx.Client(base_url=address) as client,
        pytest.raises(SourceRefused, match="the answer has nothing at Result"),
    ):
        SOURCE.fetch(client, tmp_path)


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("GEDEvent_v25_1.csv", "25.1"),
        ("GEDEvent_v26_0_8.csv", "26.0.8"),
        ("ged251.csv", "25.1"),
        ("ged_25.1_page_00001.json", "25.1"),
    ],
)
def test_release_is_read_from_the_name(tmp_path: Path, name: str, version: str) -> None:
    assert SOURCE.release(tmp_path / name).version == version


def test_release_is_the_last_day_when_the_name_says_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, {"date_end": "2017-03-05 00:00:00.000"})

    assert SOURCE.release(path).version == "events to 2017-03-05"


def test_events_that_travel_are_those_of_the_four_without_their_texts(tmp_path: Path) -> None:
    rows, _ = loaded(written(tmp_path, {}, {"id": 2, "country": "Chad", "country_id": 483}))

    assert of_the_four(rows).select("event_id", "sources").rows() == [(244657, None)]


@needs_shared
@pytest.mark.parametrize(
    ("name", "events", "country"),
    [
        ("ged_ethiopia.csv", 3_808, "ETH"),
        ("ged_south_sudan.csv", 974, "SSD"),
        ("ged_sri_lanka.csv", 4_581, "LKA"),
        ("ged_sierra_leone.csv", 1_497, "SLE"),
        ("ged_hxl_BGD.csv", 601, "BGD"),
    ],
)
def test_real_file_holds_what_its_description_says(name: str, events: int, country: str) -> None:
    path = REAL / name

    rows, bad = loaded(path)

    assert (rows.height, bad.height) == (events, 0)
    assert rows["country"].unique().to_list() == [country]
    assert SOURCE.recognises(path)
    last = rows["source_row"].max()
    assert isinstance(last, int)
    assert SOURCE.print_rows(path, [last])[last]["id"] == str(rows["event_id"].to_list()[-1])


@needs_shared
def test_malformed_file_is_refused_with_what_differs_and_never_shifted() -> None:
    path = REAL / "ged_darfur_malformed.csv"

    assert SOURCE.recognises(path)
    with pytest.raises(SourceRefused) as refused:
        list(SOURCE.read(path, Quarantine(path)))

    assert refused.value.differences == (
        "the header lacks best, high, low",
        "the header has unexpected best_est, high_est, low_est, COORDS",
    )


@needs_shared
def test_malformed_file_loads_no_row_even_when_its_header_is_made_to_fit(tmp_path: Path) -> None:
    text = (REAL / "ged_darfur_malformed.csv").read_text(encoding="utf-8")
    names = {"best_est": "best", "high_est": "high", "low_est": "low", "COORDS": "gwnoa"}
    header, _, rest = text.partition("\n")
    path = tmp_path / "renamed.csv"
    fitted = ",".join(names.get(name, name) for name in header.strip().split(","))
    path.write_text(f"{fitted}\n{rest}", encoding="utf-8")

    rows, bad = loaded(path)

    assert (rows.height, bad["source_row"].n_unique()) == (0, 1_669)
