"""Governance: six dimensions apart, each with its 90 % interval, change told only beyond error."""

import pytest
from tests.portal.conftest import Holding

from stabilis.portal.panels import Asked
from stabilis.portal.panels.governance import DIMENSIONS, PANEL


def estimates(year: int, **values: float) -> list[dict[str, object]]:
    return [
        {
            "country": "MLI",
            "country_code": "MLI",
            "country_name": "Mali",
            "year": year,
            "dimension": dimension,
            "estimate": values.get(dimension),
            "standard_error": 0.2 if dimension in values else None,
        }
        for dimension in DIMENSIONS
    ]


def test_governance_bounds_each_estimate_by_its_error(holding: Holding) -> None:
    rows = estimates(2019, rule_of_law=-0.8)

    section = PANEL.build(Asked("MLI", holding("wgi", governance_estimates=rows)))

    law = next(number for number in section.numbers if number.value is not None)
    assert (law.value, law.low, law.high) == pytest.approx((-0.8, -1.129, -0.471))
    assert [number.value for number in section.numbers].count(None) == 5


def test_governance_tells_a_change_only_when_the_intervals_lie_apart(holding: Holding) -> None:
    rows = [
        *estimates(1996, rule_of_law=-0.4, political_stability=0.5),
        *estimates(2019, rule_of_law=-0.8, political_stability=-2.0),
    ]

    section = PANEL.build(Asked("MLI", holding("wgi", governance_estimates=rows)))

    assert section.finding == (
        "Beyond their error: political stability and absence of violence fell from 1996 to 2019."
    )


def test_governance_says_that_nothing_changed_when_all_intervals_overlap(holding: Holding) -> None:
    rows = [*estimates(1996, rule_of_law=-0.4), *estimates(2019, rule_of_law=-0.8)]

    section = PANEL.build(Asked("MLI", holding("wgi", governance_estimates=rows)))

    assert section.finding == (
        "In none of the six dimensions do the intervals of the first and the last year held lie "
        "apart: no change can be told from error."
    )
