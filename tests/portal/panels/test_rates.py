"""Deaths per 100,000: a number where a population is held, a gap that says so where it is not."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import LazySettings

from stabilis.connectors import sources
from stabilis.evidence import held
from stabilis.evidence.ingestion import ingest
from stabilis.portal.panels import Asked, rates

ROW = {"year": 2019, "deaths_low": 900, "deaths_best": 1000, "deaths_high": 1200}


def test_without_a_population_the_rate_is_a_gap() -> None:
    asked = Asked("MLI")

    assert rates.deaths_rate(asked, ROW) == ()
    assert [gap.what for gap in rates.gap(asked, ROW)] == [
        "Deaths per 100,000 people: no population of 2019 is held"
    ]


def test_with_a_population_the_rate_has_its_interval(
    settings: LazySettings, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    page = tmp_path / "population.json"
    page.write_text(
        '[{"page":1,"pages":1,"per_page":1,"total":1,"sourceid":"2","lastupdated":"2025-07-01"},'
        '[{"indicator":{"id":"SP.POP.TOTL","value":"Population, total"},'
        '"country":{"id":"ML","value":"Mali"},"countryiso3code":"MLI","date":"2019",'
        '"value":20000000,"unit":"","obs_status":"","decimal":0}]]'
    )
    now = datetime(2026, 11, 24, tzinfo=UTC)
    ingest("world_bank", files=[page], shelf=held.local_folder(), now=now)

    (number,) = rates.deaths_rate(Asked("MLI"), ROW)

    assert (number.value, number.low, number.high) == pytest.approx((5.0, 4.5, 6.0))
    assert rates.gap(Asked("MLI"), ROW) == ()
    assert sources()["world_bank"].title in number.source
