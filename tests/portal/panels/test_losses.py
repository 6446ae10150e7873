"""Losses: all causes and each group beside one another, each number the sum of its rows."""

import pytest
from tests.portal.conftest import Holding
from tests.shared_data import SHARED, needs_shared

from stabilis.portal.panels import Asked
from stabilis.portal.panels.losses import PANEL


def died(cause: str, *, mission: str = "MINUSMA", year: int = 2016) -> dict[str, object]:
    return {"mission": mission, "year": year, "cause": cause, "personnel": "military"}


def test_losses_show_every_group_of_causes_when_some_have_no_deaths(holding: Holding) -> None:
    causes = ["malicious_act", "malicious_act", "illness", "to_be_determined", "unknown"]
    horizon = holding("un_fatalities", peacekeeper_deaths=[died(cause) for cause in causes])

    section = PANEL.build(Asked("MLI", horizon))

    assert section.finding == (
        "5 peacekeepers of MINUSMA died, all causes: 2 by malicious acts, 1 by illness, 0 by "
        "accident, 2 by other or to be determined."
    )
    assert [number.value for number in section.numbers] == [5, 2, 1, None, 2]


def test_losses_name_only_missions_of_the_country_when_others_are_held(holding: Holding) -> None:
    rows = [died("illness"), died("illness", mission="UNMIK", year=2001)]
    horizon = holding("un_fatalities", peacekeeper_deaths=rows)

    section = PANEL.build(Asked("XKX", horizon))

    assert [row["mission"] for row in section.table.rows] == ["UNMIK"]  # type: ignore[union-attr]
    assert section.span == "2001"


def test_losses_are_unknown_when_no_mission_is_declared_for_a_country(holding: Holding) -> None:
    horizon = holding("un_fatalities", peacekeeper_deaths=[died("illness")])

    section = PANEL.build(Asked("NER", horizon))

    assert section.finding == (
        "Not held: which UN missions were to this country is not declared here."
    )


@needs_shared
def test_losses_give_the_dead_of_minusma_when_read_from_the_real_file(holding: Holding) -> None:
    import polars as pl  # noqa: PLC0415 - only this test reads the producer's file itself

    printed = pl.read_csv(SHARED / "peacekeeping" / "un_fatalities.csv", infer_schema=False)
    there = printed.filter(pl.col("mission_acronym") == "MINUSMA")

    section = PANEL.build(Asked("MLI"))

    assert there.height == 311
    assert [number.value for number in section.numbers] == [311, 174, 83, 38, 16]


@pytest.mark.parametrize("country", ["AFG", "SOM"])
def test_losses_are_told_mission_by_mission_when_there_were_several(country: str) -> None:
    section = PANEL.build(Asked(country))

    assert sum(number.value or 0 for number in section.numbers) == len(section.table.rows)  # type: ignore[union-attr]
