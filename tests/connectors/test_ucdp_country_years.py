"""UCDP country-years: typed with their row, the malformed file refused, known values hold."""

import polars as pl
import pytest
from tests.shared_data import SHARED, needs_shared

from stabilis.connectors import Quarantine, SourceRefused, sources

REAL = SHARED / "ucdp" / "organizedviolencecy_v25_1.csv"
SOURCE = sources()["ucdp_country_years"]


@pytest.fixture(scope="module")
def real() -> pl.DataFrame:
    quarantine = Quarantine(REAL)
    frame = pl.concat([batch.frame for batch in SOURCE.read(REAL, quarantine)])
    assert quarantine.frame().is_empty()
    return frame


@needs_shared
def test_the_real_file_holds_as_many_rows_as_its_description_says(real: pl.DataFrame) -> None:
    assert (real.height, real["year"].min(), real["year"].max()) == (6_936, 1989, 2024)


@needs_shared
def test_mali_2022_is_as_ucdp_prints_it(real: pl.DataFrame) -> None:
    row = real.filter(country="MLI", year=2022).row(0, named=True)

    printed = SOURCE.print_rows(REAL, [row["source_row"]])[row["source_row"]]

    assert (row["state_based_best"], row["state_based_low"], row["state_based_high"]) == (
        1440,
        1422,
        1682,
    )
    assert (printed["country_cy"], printed["year_cy"], printed["sb_total_deaths_best_cy"]) == (
        "Mali",
        "2022",
        "1440",
    )


@needs_shared
def test_the_war_in_kosovo_stands_under_serbia_until_kosovo_is_an_entity(
    real: pl.DataFrame,
) -> None:
    war = real.filter(country="SRB", year=1999).row(0, named=True)
    own = real.filter(country="XKX")

    assert (war["entity_id"], war["deaths_best"]) == (345, 2_153)
    assert (own["year"].min(), own["deaths_best"].sum()) == (2008, 0)


@needs_shared
def test_the_release_is_the_one_that_the_rows_name() -> None:
    assert SOURCE.release(REAL).version == "25.1"


@needs_shared
def test_a_malformed_event_file_is_refused_as_this_source() -> None:
    malformed = SHARED / "ucdp" / "ged_darfur_malformed.csv"

    with pytest.raises(SourceRefused, match="the header lacks country_id_cy"):
        list(SOURCE.read(malformed, Quarantine(malformed)))
