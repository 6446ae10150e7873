"""Every public address answers, as a page and, where it is a table, as JSON and CSV."""

import csv
import io

import pytest
from django.test import Client

from stabilis.evidence.cases import CASES
from stabilis.interface.tables import Column, Table
from stabilis.portal.panels import panels

TABLES = ["/sources", "/unknowns", "/flows", *[f"/country/{c.lower()}/coverage" for c in CASES]]


def test_every_page_of_the_front_matter_answers(reader: Client) -> None:
    pages = ["/", "/method/", "/method/hhi/", "/method/boundaries/", "/method/outcome-evidence/"]
    pages += ["/claim/mli-stability-and-security/", "/health", "/api/v1/openapi.json"]
    pages += [f"/country/{code.lower()}/" for code in CASES]

    found = {page: reader.get(page).status_code for page in pages}

    assert found == dict.fromkeys(pages, 200)


def test_every_table_answers_in_three_forms(reader: Client) -> None:
    for table in TABLES:
        page, as_json, as_csv = (reader.get(table + end) for end in ("/", ".json", ".csv"))

        rows = list(csv.reader(io.StringIO(as_csv.content.decode())))
        assert (page.status_code, as_json.status_code, as_csv.status_code) == (200, 200, 200)
        assert len(rows) - 1 == len(as_json.json()["rows"]), table


def test_every_section_with_rows_answers_in_three_forms(reader: Client) -> None:
    for name in panels():
        base = f"/country/mli/{name}"
        as_json = reader.get(base + ".json")
        if as_json.status_code == 404:
            continue

        as_csv = reader.get(base + ".csv").content.decode()

        assert reader.get(base + "/").status_code == 200
        assert len(list(csv.reader(io.StringIO(as_csv)))) - 1 == len(as_json.json()["rows"])


def test_a_filter_in_the_address_narrows_page_json_and_csv_alike(reader: Client) -> None:
    base, query = "/country/mli/violence", "?year=2022"

    as_json = reader.get(f"{base}.json{query}").json()
    as_csv = reader.get(f"{base}.csv{query}").content.decode()

    assert [row["year"] for row in as_json["rows"]] == [2022]
    assert len(as_csv.strip().splitlines()) == 2
    assert as_json["filter"] == {"year": "2022"}


@pytest.mark.parametrize(
    "address",
    [
        "/country/zzz/",
        "/country/mli/nothing/",
        "/snapshot/none-1-x/",
        "/method/nothing/",
        "/claim/nothing/",
    ],
)
def test_what_is_not_there_is_a_404(reader: Client, address: str) -> None:
    assert reader.get(address).status_code == 404


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/country/mli/?mode=guess", "mode is “guess”"),
        ("/country/mli/?until=soon", "until is “soon”"),
        ("/country/mli/?year=never", "year is “never”"),
        ("/country/mli/violence/?figure=entity", "figure is “entity”"),
    ],
)
def test_an_address_that_means_nothing_is_refused_with_the_remedy(
    reader: Client, address: str, said: str
) -> None:
    answer = reader.get(address)

    assert answer.status_code == 400
    assert said in answer.content.decode()


def test_a_cell_that_begins_a_formula_is_disarmed_in_csv_only() -> None:
    table = Table(
        "t",
        "T",
        (Column("name", "Name"), Column("n", "N", kind="integer")),
        [{"name": "=1+1", "n": -3}],
    )

    assert table.as_csv().splitlines()[1] == "'=1+1,-3,"
    assert table.as_records()["rows"][0]["name"] == "=1+1"


def test_every_export_about_kosovo_carries_the_status_note(reader: Client) -> None:
    page, as_csv = (reader.get(f"/country/xkx/violence{end}") for end in ("/", ".csv"))
    as_json = reader.get("/country/xkx/violence.json").json()
    api = reader.get("/api/v1/countries/XKX/violence").json()
    note = "Security Council resolution 1244"

    rows = list(csv.DictReader(io.StringIO(as_csv.content.decode())))
    assert note in page.content.decode()
    assert note in as_json["notes"][0]
    assert note in api["notes"][0]
    assert all(note in row["status_note"] for row in rows)


def test_no_other_country_has_a_status_note(reader: Client) -> None:
    header = reader.get("/country/mli/violence.csv").content.decode().splitlines()[0]

    assert "status_note" not in header.split(",")


def test_tables_that_join_the_cases_carry_the_status_note(reader: Client) -> None:
    for table in ("/flows", "/unknowns"):
        page = reader.get(f"{table}/").content.decode()
        header = reader.get(f"{table}.csv").content.decode().splitlines()[0]

        assert "Security Council resolution 1244" in page
        assert header.split(",")[-1] == "status_note"


def test_a_mandate_that_has_ended_is_shown_as_ended_and_not_before(reader: Client) -> None:
    def state(query: str) -> str:
        rows = reader.get(f"/country/som/facts.json?{query}").json()["rows"]
        return next(row["state"] for row in rows if row["metric"] == "AUSSOM mandate")

    assert state("") == "ended"
    assert state("until=2025-06-30") == ""
    assert state("until=2026-01-01") == "ended"
