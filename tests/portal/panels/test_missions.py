"""Missions: each site's mean once, contributors only at sites here, ceilings judged honestly."""

import pytest
from tests.portal.conftest import ABSENT, Holding

from stabilis.evidence.models import Fact
from stabilis.portal.panels import Asked
from stabilis.portal.panels.missions import PANEL
from stabilis.reference.models import Country

pytestmark = pytest.mark.django_db


def site(name: str, *, year: int, mean: int | None, troops: int = 0) -> dict[str, object]:
    return {
        "country": "MLI",
        "mission": "MINUSMA",
        "site": name,
        "year": year,
        "troops": troops,
        "troops_year_mean": mean,
    }


def sent(code: str, name: str, *, at: str, year: int, troops: int | None) -> dict[str, object]:
    return {
        "mission": "MINUSMA",
        "site": at,
        "year": year,
        "contributor": code,
        "contributor_name": name,
        "troops": troops,
    }


SITES = [
    site("Gao", year=2016, mean=500, troops=400),
    site("Gao", year=2016, mean=500, troops=600),
    site("Kidal", year=2016, mean=300, troops=300),
    site("Gao", year=2019, mean=900, troops=900),
]
SENT = [
    sent("TCD", "Chad", at="Kidal", year=2016, troops=300),
    sent("DEU", "Germany", at="Gao", year=2019, troops=650),
    sent("TCD", "Chad", at="Gao", year=2019, troops=None),
    sent("FRA", "France", at="Elsewhere", year=2019, troops=40),
]


def ceiling() -> None:
    Country.objects.create(alpha3="MLI", name="Mali")
    Fact.objects.create(
        id="mli-ceiling",
        country_id="MLI",
        topic="strength",
        metric="MINUSMA authorised military strength",
        value="1000",
        unit="personnel",
        as_of="2016",
        source="Resolution",
        seen_in="memory",
        confidence="low",
    )


def test_missions_add_each_site_once_when_its_maps_show_several_strengths(holding: Holding) -> None:
    horizon = holding("geopko", mission_deployments=SITES, mission_contributors=SENT)

    section = PANEL.build(Asked("MLI", horizon))

    assert section.finding == (
        "MINUSMA was strongest in 2019: its maps add up to 900 troops at 1 site."
    )
    assert [number.value for number in section.numbers] == [900]
    assert section.span == "2016–2019"
    assert [row["troops"] for row in section.table.rows if row["year"] == 2016] == [500, 300, 300]  # type: ignore[union-attr]


def test_missions_leave_a_contributor_unknown_when_the_size_of_a_unit_is_unknown(
    holding: Holding,
) -> None:
    horizon = holding("geopko", mission_deployments=SITES, mission_contributors=SENT)

    given = PANEL.build(Asked("MLI", horizon)).extra["given"]

    assert [(item["code"], item["value"], item["span"]) for item in given] == [  # type: ignore[attr-defined]
        ("DEU", 650, "2019"),
        ("TCD", None, "2016–2019"),
    ]


def test_missions_show_only_one_sender_when_a_donor_is_asked_for(holding: Holding) -> None:
    horizon = holding("geopko", mission_deployments=SITES, mission_contributors=SENT)

    section = PANEL.build(Asked("MLI", horizon, donor="DEU"))

    assert section.finding == (
        "Only what Germany sent is shown: it had troops here in 1 of the years held, most in 2019 "
        "(650 on the maps)."
    )
    assert [row["contributor_name"] for row in section.table.rows] == ["Germany"]  # type: ignore[union-attr]


def test_missions_judge_strength_against_a_ceiling_when_their_dates_are_near(
    holding: Holding,
) -> None:
    ceiling()
    horizon = holding("geopko", mission_deployments=SITES, mission_contributors=SENT)

    notes = PANEL.build(Asked("MLI", horizon)).notes

    assert notes[-2:] == (
        (
            "MINUSMA, maps of 2016 against the ceiling of 1,000 (Resolution, seen in: memory): 80 "
            "percent. The maps give standard unit sizes, so this bounds nothing."
        ),
        (
            "MINUSMA, maps of 2019 against the ceiling of 1,000 (Resolution, seen in: memory): "
            "cannot judge: military: ceiling of 2016-12-31 and count of 2019-12-31 are more than a "
            "year apart."
        ),
    )


def test_missions_say_that_no_troops_are_shown_when_every_strength_is_nought(
    holding: Holding,
) -> None:
    police = [{**site("Pristina", year=2007, mean=0), "mission": "UNMIK", "country": "XKX"}]
    horizon = holding("geopko", mission_deployments=police, mission_contributors=[])

    section = PANEL.build(Asked("XKX", horizon))

    assert section.finding == "UNMIK was here from 2007 to 2007; the maps show no troops of it."
    assert (section.charts, section.numbers) == ((), [])


def test_missions_are_unknown_when_the_source_is_not_held() -> None:
    section = PANEL.build(Asked("MLI", ABSENT))

    assert section.is_held is False
    assert section.unknowns[0].what == "UN missions and their strength"
