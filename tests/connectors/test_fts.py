import json
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import polars as pl
import pytest
from tests.connectors.serving import serving
from tests.shared_data import SHARED, needs_shared

from stabilis.connectors import Quarantine, SourceRefused
from stabilis.connectors.fts import SOURCE, fetch
from stabilis.connectors.reading.fts_tables import HUMANITARIAN_FLOWS, IN_CSV

STEM = "custom-search-locationid-1-year-2020"
PAGES = [SHARED / "fts" / f"{STEM}{page}.json" for page in ("", "-page-2", "-page-3")]
TABLES = [SHARED / "fts" / f"fts_{kind}_funding_afg.csv" for kind in ("incoming", "internal")]


def thing(kind: str, name: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "id": "1", "name": name, "behavior": "single"} | more


def flow(number: str = "7", **other: Any) -> dict[str, Any]:
    return {
        "id": number,
        "amountUSD": 118868,
        "budgetYear": None,
        "childFlowIds": None,
        "contributionType": "financial",
        "date": "2020-03-31T00:00:00Z",
        "decisionDate": None,
        "description": "Food",
        "grandBargainEarmarkingType": ["softly earmarked"],
        "exchangeRate": 1.007,
        "firstReportedDate": "2020-04-01T00:00:00Z",
        "flowType": "Standard",
        "keywords": None,
        "newMoney": True,
        "originalAmount": 119700,
        "originalCurrency": "CHF",
        "method": "Traditional aid",
        "parentFlowId": None,
        "status": "paid",
        "updatedAt": "2020-05-09T14:49:37.282Z",
        "sourceObjects": [
            thing("Organization", "Switzerland", organizationTypes=["Government"]),
            thing("Location", "Switzerland"),
            thing("UsageYear", "2020"),
        ],
        "destinationObjects": [
            thing("Plan", "Mali 2020", id="912"),
            thing("Location", "Mali"),
            thing("UsageYear", "2021", behavior="shared"),
            thing("UsageYear", "2020", behavior="shared"),
        ],
        "boundary": "incoming",
        "onBoundary": "single",
        "refCode": "A-1",
    } | other


def answer(*flows: dict[str, Any], **meta: Any) -> bytes:
    return json.dumps({"status": "ok", "data": {"flows": flows}, "meta": meta}).encode()


def written(folder: Path, *flows: dict[str, Any]) -> Path:
    path = folder / "page.json"
    path.write_bytes(answer(*flows))
    return path


def loaded(*paths: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    frames, bad = [HUMANITARIAN_FLOWS.empty()], []
    for path in paths:
        quarantine = Quarantine(path)
        frames += [batch.frame for batch in SOURCE.read(path, quarantine)]
        bad.append(quarantine.frame())
    return pl.concat(frames), pl.concat(bad)


def test_flow_is_read_with_both_sides_its_days_and_its_money(tmp_path: Path) -> None:
    path = written(tmp_path, flow())

    rows, bad = loaded(path)

    known = {name: value for name, value in rows.row(0, named=True).items() if value is not None}
    assert bad.height == 0
    assert known == {
        "id": "7",
        "status": "paid",
        "boundary": "incoming",
        "on_boundary": "single",
        "date": date(2020, 3, 31),
        "first_reported_on": date(2020, 4, 1),
        "updated_on": date(2020, 5, 9),
        "description": "Food",
        "amount_usd": 118868,
        "original_amount_minor": 11970000,
        "original_currency": "CHF",
        "exchange_rate": "1.007",
        "contribution_type": "financial",
        "flow_type": "Standard",
        "method": "Traditional aid",
        "earmarking": "softly earmarked",
        "is_new_money": True,
        "donor_reference": "A-1",
        "source_organisation": "Switzerland",
        "source_organisation_type": "Government",
        "source_locations": "Switzerland",
        "source_country": "CHE",
        "source_usage_year_first": 2020,
        "source_usage_year_last": 2020,
        "destination_plan": "Mali 2020",
        "destination_plan_id": "912",
        "destination_locations": "Mali",
        "destination_country": "MLI",
        "destination_usage_year_first": 2020,
        "destination_usage_year_last": 2021,
        "source_file": "page.json",
        "source_row": 1,
    }
    assert SOURCE.print_rows(path, [1])[1]["amountUSD"] == "118868"


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [(5000, "JPY", 5000), (1.005, "KWD", 1005), (0.1, "EUR", 10), (None, None, None)],
)
def test_original_amount_is_exact_in_the_minor_units_of_its_currency(
    tmp_path: Path, amount: float | None, currency: str | None, minor: int | None
) -> None:
    path = written(tmp_path, flow(originalAmount=amount, originalCurrency=currency))

    rows, bad = loaded(path)

    assert bad.height == 0
    assert rows["original_amount_minor"].to_list() == [minor]


def test_amount_without_its_currency_is_set_aside(tmp_path: Path) -> None:
    path = written(tmp_path, flow(originalCurrency=None), flow("8"))

    rows, bad = loaded(path)

    assert rows["id"].to_list() == ["8"]
    assert bad.select("source_row", "field", "value").rows() == [
        (1, "originalAmount", "119700 (no currency)")
    ]


def test_flow_to_two_countries_belongs_to_neither(tmp_path: Path) -> None:
    both = [thing("Location", "Mali"), thing("Location", "Niger"), thing("UsageYear", "2020")]
    path = written(tmp_path, flow(destinationObjects=both))

    rows, _ = loaded(path)

    assert rows.select("destination_country", "destination_locations").rows() == [
        (None, "Mali; Niger")
    ]


def test_children_and_parent_are_named_so_that_they_can_be_told_apart(tmp_path: Path) -> None:
    parent = flow("7", childFlowIds=[8, 9], flowType="Parked", amountUSD=0)
    path = written(tmp_path, parent, flow("8", parentFlowId=7))

    rows, _ = loaded(path)

    assert rows.select("id", "parent_flow", "child_flows", "amount_usd").rows() == [
        ("7", None, "8; 9", 0),
        ("8", "7", None, 118868),
    ]


@pytest.mark.parametrize("side", [None, "Mali", [{"type": "Location"}], [7]])
def test_flow_whose_side_is_no_list_of_objects_is_set_aside_and_others_load(
    tmp_path: Path, side: object
) -> None:
    path = written(tmp_path, flow(), flow("8", sourceObjects=side))

    rows, bad = loaded(path)

    assert rows["id"].to_list() == ["7"]
    assert bad.select("source_row", "field").rows() == [(2, "sourceObjects")]


def test_status_that_fts_does_not_use_is_set_aside(tmp_path: Path) -> None:
    path = written(tmp_path, flow(status="promised"))

    rows, bad = loaded(path)

    assert rows.height == 0
    assert bad.select("field", "value", "remedy").rows() == [
        ("status", "promised", "Use one of: commitment, paid, pledge.")
    ]


def test_page_is_refused_when_flows_no_longer_say_their_boundary(tmp_path: Path) -> None:
    changed = flow()
    del changed["boundary"]
    path = written(tmp_path, changed)

    with pytest.raises(SourceRefused, match="the header lacks boundary"):
        loaded(path)


def test_row_of_tags_under_the_header_is_no_flow(tmp_path: Path) -> None:
    tags = ",".join("#date" if name == "date" else "#meta" for name in IN_CSV)
    cells = {
        "id": "7",
        "status": "paid",
        "boundary": "incoming",
        "onBoundary": "single",
        "date": "2020-03-31",
        "amountUSD": "100",
        "destLocations": "MLI",
    }
    row = ",".join(cells.get(name, "") for name in IN_CSV)
    path = tmp_path / "flows.csv"
    path.write_text("\n".join([",".join(IN_CSV), tags, row, ""]), encoding="utf-8")

    rows, bad = loaded(path)

    assert bad.height == 0
    assert rows.select("id", "amount_usd", "destination_country", "source_row").rows() == [
        ("7", 100, "MLI", 3)
    ]


def test_fetch_follows_the_link_to_the_next_page_for_each_case(tmp_path: Path) -> None:
    asked: list[str] = []

    def first(target: str) -> bytes:
        asked.append(target)
        following = {"nextLink": f"{base}/next"} if "countryISO3=MLI" in target else {}
        return answer(flow("1"), count=2, **following)

    pages = {"/v1/public/fts/flow": first, "/next": answer(flow("2"), count=2)}

    with serving(pages) as base, httpx.Client(base_url=base) as client:
        files = fetch(client, tmp_path)

    assert [path.name for path in files] == [
        "fts_AFG_page_1.json",
        "fts_MLI_page_1.json",
        "fts_MLI_page_2.json",
        "fts_SOM_page_1.json",
        "fts_XKX_page_1.json",
    ]
    assert asked[0] == "/v1/public/fts/flow?countryISO3=AFG&limit=1000"
    assert loaded(files[2])[0]["id"].to_list() == ["2"]


def test_fetch_refuses_a_link_that_leads_to_another_host(tmp_path: Path) -> None:
    pages = {"/v1/public/fts/flow": answer(flow(), nextLink="http://127.0.0.2:9/next")}

    with (
        serving(pages) as base,
        httpx.Client(base_url=base) as client,
        pytest.raises(SourceRefused, match=r"leads to 127\.0\.0\.2, not to 127\.0\.0\.1"),
    ):
        fetch(client, tmp_path)


@needs_shared
def test_single_incoming_flows_add_up_to_the_total_that_fts_prints() -> None:
    stated = json.loads(PAGES[0].read_text(encoding="utf-8"))["data"]["incoming"]

    rows, bad = loaded(*PAGES)

    incoming = rows.filter(boundary="incoming")
    single = incoming.filter(pl.col("on_boundary") == "single", pl.col("status") != "pledge")
    assert bad.height == 0
    assert rows.height == 484
    assert incoming.height == stated["flowCount"] == 328
    assert single["amount_usd"].sum() == stated["fundingTotal"] == 725_591_299
    assert rows.select(HUMANITARIAN_FLOWS.key).is_duplicated().sum() == 0


@needs_shared
def test_real_pages_and_real_table_hold_the_same_flows_and_the_same_money() -> None:
    shared = [
        *("id", "status", "boundary", "on_boundary", "date", "decided_on", "first_reported_on"),
        *("updated_on", "budget_year", "description", "amount_usd", "original_amount_minor"),
        *("original_currency", "exchange_rate", "flow_type", "source_organisation"),
        *("destination_organisation", "destination_plan_id", "destination_country"),
        *("source_usage_year_first", "source_usage_year_last"),
        *("destination_usage_year_first", "destination_usage_year_last"),
    ]

    pages, _ = loaded(*PAGES)
    tables, bad = loaded(*TABLES)

    assert bad.height == 0
    assert pages.select(shared).sort("id").equals(tables.select(shared).sort("id"))


@needs_shared
def test_parent_in_the_real_pages_prints_only_what_its_children_left() -> None:
    rows, _ = loaded(*PAGES)

    parents = rows.filter(pl.col("child_flows").is_not_null())

    assert parents["flow_type"].unique().to_list() == ["Parked"]
    assert parents.height == 23
    assert parents.filter(pl.col("amount_usd") == 0).height == 18
    assert rows["parent_flow"].null_count() == 484 - 106


@needs_shared
def test_real_files_are_recognised_and_name_their_last_update() -> None:
    assert [SOURCE.recognises(path) for path in [*PAGES, *TABLES]] == [True] * 5
    assert SOURCE.release(PAGES[2]).version == "updated to 2021-03-01"
    assert SOURCE.release(TABLES[0]).version == "updated to 2021-03-01"
    totals = SHARED / "fts" / "fts_requirements_funding_afg.csv"
    assert SOURCE.recognises(totals) is False
