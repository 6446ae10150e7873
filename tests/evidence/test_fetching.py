"""Fetching over the producer's documented interface, served on loopback, then ingested."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.connectors.serving import serving

from stabilis.connectors import SourceRefused
from stabilis.connectors.world_bank import ASKED
from stabilis.evidence.fetching import fetch
from stabilis.evidence.ingestion import ingest


def test_a_source_without_an_interface_says_where_to_download(tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match=r"Download it from https://ucdp\.uu\.se/downloads/"):
        fetch("ucdp_country_years", into=tmp_path)


def test_an_interface_that_is_not_there_is_refused_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match=r"did not answer as documented.*Try again later"):
        fetch("world_bank", into=tmp_path, base_url="http://127.0.0.1:9/")


def test_an_interface_that_asks_for_a_token_says_so(tmp_path: Path) -> None:
    with (
        serving({}) as address,
        pytest.raises(SourceRefused, match="did not answer as documented"),
    ):
        fetch("ucdp_ged", into=tmp_path, base_url=address)


def test_what_was_fetched_can_be_ingested(tmp_path: Path) -> None:
    def answer(target: str) -> bytes:
        indicator = target.partition("?")[0].rpartition("/")[2]
        row = {
            "indicator": {"id": indicator, "value": "Made up"},
            "country": {"id": "ML", "value": "Mali"},
            "countryiso3code": "MLI",
            "date": "2022",
            "value": 111,
            "unit": "",
            "obs_status": "",
            "decimal": 0,
        }
        about = {"page": 1, "pages": 1, "per_page": "1000", "total": 1, "lastupdated": "2025-07-01"}
        return json.dumps([about, [row]]).encode()

    pages = {f"/country/all/indicator/{name}": answer for name in ASKED}
    with serving(pages) as address:
        files = fetch("world_bank", into=tmp_path / "fetched", base_url=address + "/")

    result = ingest(
        "world_bank", files=files, shelf=tmp_path / "shelf", now=datetime(2026, 11, 24, tzinfo=UTC)
    )
    assert result.snapshot.tables["indicator_values"].rows == len(files) == len(ASKED)
