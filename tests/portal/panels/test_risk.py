"""Risk: three dimensions of another producer, beside one another, without a composite."""

from tests.portal.conftest import Holding

from stabilis.portal.panels import Asked
from stabilis.portal.panels.risk import PANEL


def score(id: str, value: float, *, year: int = 2024, country: str = "MLI") -> dict[str, object]:
    return {
        "country": country,
        "country_code": country,
        "indicator_id": id,
        "indicator": id,
        "year": year,
        "score": value,
    }


def test_risk_shows_three_dimensions_and_no_composite_when_the_index_is_held(
    holding: Holding,
) -> None:
    rows = [score("INFORM", 6.4), score("HA", 5.1), score("VU", 6.9), score("CC", 7.2)]
    horizon = holding("inform", risk_scores=[*rows, score("HA", 2.0, year=2015)])

    section = PANEL.build(Asked("MLI", horizon))

    assert section.finding == (
        "INFORM 2024, each from 0 to 10, higher is more risk: hazard and exposure 5.1, "
        "vulnerability 6.9, lack of coping capacity 7.2."
    )
    assert [number.value for number in section.numbers] == [5.1, 6.9, 7.2]
    assert {row["dimension"] for row in section.table.rows} == {"HA", "VU", "CC"}  # type: ignore[union-attr]


def test_risk_is_unknown_when_the_producer_does_not_cover_the_country(holding: Holding) -> None:
    horizon = holding("inform", risk_scores=[score("HA", 5.1)])

    section = PANEL.build(Asked("XKX", horizon))

    assert section.finding == (
        "INFORM Risk is held and has no row for this country up to this date."
    )
