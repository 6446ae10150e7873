import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import httpx
import polars as pl
import pytest
from tests.connectors.iati_files import FIRST, SECOND, loaded, only, written
from tests.connectors.serving import serving

from stabilis.connectors import Quarantine
from stabilis.connectors.iati import SOURCE
from stabilis.connectors.reading.iati_registry import SEARCH, fetch


def test_version_1_activity_is_read_with_its_texts_and_date_words(tmp_path: Path) -> None:
    tables, bad = loaded(written(tmp_path, FIRST))

    assert bad.height == 0
    assert only(tables["aid_activities"]) == {
        "identifier": "GB-1-7",
        "position": 1,
        "country": "MLI",
        "version": "1.01",
        "reporting_org_ref": "GB-1",
        "reporting_org": "DFID",
        "reporting_org_type": "10",
        "title": "Police training",
        "status": None,
        "start_planned": date(2009, 9, 1),
        "start_actual": None,
        "end_planned": None,
        "end_actual": date(2011, 3, 31),
        "default_currency": "GBP",
        "flow_type": None,
        "aid_type": None,
        "finance_type": None,
        "tied_status": None,
        "humanitarian": None,
        "hierarchy": 1,
        "last_updated": None,
        "line": 1,
        "source_file": "a.xml",
        "source_row": 1,
    }


def test_version_1_transaction_keeps_its_letter_beside_the_number_of_version_2(
    tmp_path: Path,
) -> None:
    tables, _ = loaded(written(tmp_path, FIRST))

    row = only(tables["aid_transactions"])

    assert (row["type"], row["type_printed"]) == ("3", "D")
    assert (row["amount_minor"], row["currency"], row["amount_printed"]) == (
        106_791_200,
        "GBP",
        "1067912",
    )
    assert (row["date"], row["value_date"]) == (date(2009, 10, 1), date(2009, 10, 2))
    assert (row["receiver_ref"], row["receiver"], row["country"]) == ("21029", "MSF", "MLI")


def test_version_1_words_for_roles_and_budgets_become_numbers(tmp_path: Path) -> None:
    tables, _ = loaded(written(tmp_path, FIRST))

    participant, budget = only(tables["aid_participants"]), only(tables["aid_budgets"])

    assert (participant["role"], participant["role_printed"]) == ("1", "Funding")
    assert (budget["type"], budget["status"], budget["amount_minor"]) == ("1", None, 1250)
    assert (budget["period_start"], budget["period_end"]) == (date(2009, 4, 1), date(2010, 3, 31))


def test_withdrawn_sector_code_stays_as_printed_under_the_vocabulary_of_the_dac(
    tmp_path: Path,
) -> None:
    tables, _ = loaded(written(tmp_path, FIRST))

    row = only(tables["aid_sectors"])

    assert (row["code"], row["vocabulary"], row["vocabulary_printed"], row["percentage"]) == (
        "15140",
        "1",
        None,
        40.0,
    )


def test_version_2_activity_is_read_from_narratives_and_attributes(tmp_path: Path) -> None:
    tables, bad = loaded(written(tmp_path, SECOND, version="2.03"))

    row = only(tables["aid_activities"])

    assert bad.height == 0
    assert (row["identifier"], row["version"], row["title"]) == ("XM-1-9", "2.03", "Water")
    assert (row["humanitarian"], row["hierarchy"]) == (True, 2)
    assert row["last_updated"] == datetime(2023, 12, 21, 8, 17, 47)  # noqa: DTZ001
    assert (row["start_planned"], row["country"]) == (date(2020, 1, 1), None)


def test_recipients_have_alpha_3_and_share_when_the_code_is_a_country(tmp_path: Path) -> None:
    tables, _ = loaded(written(tmp_path, SECOND, version="2.03"))

    rows = tables["aid_countries"].select("transaction", "country", "kind", "code", "percentage")

    assert rows.rows() == [
        (None, "SOM", "country", "SO", 60.0),
        (None, "XKX", "country", "XK", 40.0),
        (1, None, "region", "289", None),
    ]


def test_transaction_has_its_own_currency_sectors_and_no_country_when_it_names_a_region(
    tmp_path: Path,
) -> None:
    tables, _ = loaded(written(tmp_path, SECOND, version="2.03"))

    row = only(tables["aid_transactions"])

    assert (row["amount_minor"], row["currency"]) == (1500, "XOF")
    assert (row["country"], row["recipient_code"]) == (None, "289")
    assert (row["sector"], row["sector_vocabulary"]) == ("15210", "1")
    assert tables["aid_sectors"].select("transaction", "vocabulary", "code").rows() == [
        (1, "1", "15210"),
        (1, "99", "own"),
    ]


@pytest.mark.parametrize(
    ("region", "country"),
    [
        ("<recipient-region>Kosovo (KO)</recipient-region>", "XKX"),
        ('<recipient-region code="89">Kosovo (KO)</recipient-region>', None),
        ("<recipient-region>Overseas Territories (OT)</recipient-region>", None),
    ],
)
def test_region_is_a_country_when_its_text_is_declared_as_one_and_no_code_is_printed(
    tmp_path: Path, region: str, country: str | None
) -> None:
    stated = '<recipient-country code="ML">Mali</recipient-country>'

    tables, _ = loaded(written(tmp_path, FIRST.replace(stated, region)))

    assert only(tables["aid_transactions"])["country"] == country
    assert tables["aid_activities"]["country"].to_list() == [country]
    assert tables["aid_countries"].select("country", "kind").rows() == [(country, "region")]


def test_every_copy_of_a_repeated_identifier_is_kept_with_its_position(tmp_path: Path) -> None:
    tables, _ = loaded(written(tmp_path, FIRST, SECOND, FIRST))

    held = tables["aid_activities"].select("identifier", "position", "source_row")

    assert held.rows() == [("GB-1-7", 1, 1), ("XM-1-9", 2, 19), ("GB-1-7", 3, 39)]
    assert tables["aid_transactions"]["position"].to_list() == [1, 2, 3]


def test_row_is_printed_with_its_place_when_a_reader_asks_for_it(tmp_path: Path) -> None:
    path = written(tmp_path, FIRST, SECOND, version="2.03")
    tables, _ = loaded(path)
    sector = tables["aid_sectors"].filter(pl.col("code") == "own")["source_row"].item()

    printed = SOURCE.print_rows(path, [10, sector])

    assert printed == {
        10: {
            "element": "/iati-activities/iati-activity[1]/transaction[1]",
            "line": "9",
            "value/@value-date": "2009-10-02",
            "value": "1067912",
            "transaction-type/@code": "D",
            "transaction-type": "Disbursement",
            "transaction-date/@iso-date": "2009-10-01",
            "transaction-date": "First instalment",
            "receiver-org/@ref": "21029",
            "receiver-org": "MSF",
        },
        sector: {
            "element": "/iati-activities/iati-activity[2]/transaction[1]/*[6]",
            "line": "26",
            "@vocabulary": "99",
            "@code": "own",
        },
    }


def test_every_row_prints_as_the_element_it_was_read_from(tmp_path: Path) -> None:
    path = written(tmp_path, FIRST, SECOND, FIRST)
    tables, _ = loaded(path)
    rows = tables["aid_transactions"]["source_row"].to_list()

    printed = SOURCE.print_rows(path, rows)

    assert [printed[row]["value"] for row in rows] == ["1067912", "1500", "1067912"]


def test_release_is_the_day_on_which_the_file_was_made(tmp_path: Path) -> None:
    path = written(tmp_path, FIRST)

    release = SOURCE.release(path)

    assert (release.version, release.published_on) == ("2013-04-30", date(2013, 4, 30))


def test_tables_come_in_several_batches_when_a_file_holds_many_activities(tmp_path: Path) -> None:
    path = written(tmp_path, *[FIRST] * 2_500)

    heights = [
        batch.frame.height
        for batch in SOURCE.read(path, Quarantine(path))
        if batch.table == "aid_activities"
    ]

    assert heights == [2_000, 500]


def test_activity_files_are_fetched_over_every_page_of_the_registry(tmp_path: Path) -> None:
    files = {f"/files/{name}.xml": name.encode() for name in ("one", "two", "three")}

    with (
        serving(files) as files_at,
        serving({SEARCH: _page_of(files_at)}) as base,
        httpx.Client(base_url=base) as client,
    ):
        fetched = fetch(client, tmp_path)

    assert {path.name: path.read_bytes() for path in fetched} == {
        "one.xml": b"one",
        "two.xml": b"two",
        "three.xml": b"three",
    }


def _page_of(files_at: str) -> Callable[[str], bytes]:
    datasets = [
        {"name": name, "resources": [{"url": f"{files_at}/files/{name}.xml"}]}
        for name in ("one", "two", "three")
    ]

    def page(target: str) -> bytes:
        query = httpx.URL(target).params
        assert query["fq"] == "extras_filetype:activity"
        start = int(query["start"])
        results = datasets[start : start + 2]
        return json.dumps({"result": {"count": 3, "results": results}}).encode()

    return page
