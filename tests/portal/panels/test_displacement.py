"""Displacement: what is unknown stays unknown, and Kosovo is not told apart from Serbia."""

from tests.portal.conftest import Holding

from stabilis.portal.panels import Asked
from stabilis.portal.panels.displacement import PANEL


def fled(year: int, where: str, refugees: int | None, **more: int | None) -> dict[str, object]:
    counts = {"asylum_seekers": 0, "idps": 0} | more
    return {
        "year": year,
        "origin": "MLI",
        "origin_name": "Mali",
        "asylum_name": where,
        "refugees": refugees,
        **counts,
    }


def test_displacement_adds_the_countries_of_asylum_of_the_last_year(holding: Holding) -> None:
    rows = [
        fled(2023, "Niger", 900),
        fled(2024, "Niger", 500, asylum_seekers=40),
        fled(2024, "Mauritania", 700),
        fled(2024, "Mali", 0, idps=3000),
    ]

    section = PANEL.build(Asked("MLI", holding("unhcr", displacement=rows)))

    assert [number.value for number in section.numbers] == [1200, 40, 3000]
    assert section.span == "2023–2024"


def test_displacement_is_unknown_when_the_source_hides_one_count(holding: Holding) -> None:
    rows = [fled(2024, "Niger", 500), fled(2024, "Chad", None)]

    section = PANEL.build(Asked("MLI", holding("unhcr", displacement=rows)))

    assert [number.value for number in section.numbers] == [None, 0, 0]


def test_displacement_of_kosovo_cannot_be_told_apart_when_the_source_is_held(
    holding: Holding,
) -> None:
    section = PANEL.build(Asked("XKX", holding("unhcr", displacement=[fled(2024, "Niger", 1)])))

    assert section.is_held is False
    assert section.finding == (
        "Unknown: UNHCR's figures print Serbia and Kosovo as one entry, and the two cannot be told "
        "apart."
    )
