"""One number from the page to its rows, to the source row, to what the producer printed."""

import re
from html import unescape

from django.test import Client


def links(html: str) -> list[str]:
    return [unescape(link) for link in re.findall(r'href="([^"]+)"', html)]


def test_a_number_leads_to_its_rows_and_from_there_to_the_printed_row(reader: Client) -> None:
    page = reader.get("/country/mli/").content.decode()
    first = next(link for link in links(page) if "figure=deaths_best" in link)

    rows = reader.get(first).content.decode()
    second = next(link for link in links(rows) if "/violence_years/" in link)
    row = reader.get(second).content.decode()

    assert "Cite this number" in rows
    assert "As the source prints it" in row
    assert "cumulative_total_deaths_in_orgvio_best_cy" in row
    assert ">1901<" in row


def test_the_citation_names_release_snapshot_and_permalink(reader: Client) -> None:
    html = reader.get("/country/mli/violence/?year=2022&figure=state_based_best").content.decode()

    footnote = unescape(re.search(r'id="footnote">([^<]+)<', html).group(1))  # type: ignore[union-attr]

    assert "1,440 deaths (range 1,422–1,682), 2022" in footnote
    assert re.search(r"Snapshot ucdp_country_years-25\.1-[0-9a-f]{10}-cut", footnote)
    assert "figure=state_based_best&snapshot=ucdp_country_years" in footnote


def test_a_number_on_the_page_equals_the_one_in_json_and_csv(reader: Client) -> None:
    page = reader.get("/country/mli/").content.decode()
    as_json = reader.get("/country/mli/violence.json?year=2024").json()
    as_csv = reader.get("/country/mli/violence.csv?year=2024").content.decode()
    api = reader.get("/api/v1/countries/MLI/violence?year=2024").json()

    deaths = as_json["rows"][0]["deaths_best"]

    assert deaths == api["rows"][0]["deaths_best"] == 1901
    assert f"{deaths:,}" in page
    assert str(deaths) in as_csv


def test_a_source_row_that_is_not_held_is_a_404(reader: Client) -> None:
    held = reader.get("/api/v1/snapshots").json()[0]["id"]

    assert reader.get(f"/snapshot/{held}/violence_years/nothing.csv/99999999/").status_code == 404
