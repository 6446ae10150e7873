"""Flows: each giver to each case in its own unit, one figure a kind, gaps named, one donor."""

from datetime import date

import pytest
from tests.portal.conftest import Holding

from stabilis.portal.supporting import figures, support

pytestmark = pytest.mark.usefixtures("codes")


def trained(count: int) -> dict[str, object]:
    return {
        "country": "MLI",
        "country_name": "Mali",
        "report_years": "2015/2016",
        "fiscal_year": 2015,
        "programme": "IMET",
        "unit_type": "army",
        "trainings": 1,
        "trainees": count,
    }


def flow(id: str, amount: int, giver: str, code: str) -> dict[str, object]:
    return {
        "id": id,
        "status": "paid",
        "boundary": "incoming",
        "on_boundary": "single",
        "date": date(2020, 3, 1),
        "amount_usd": amount,
        "source_organisation": giver,
        "source_organisation_type": "Government",
        "source_country": code,
        "destination_country": "AFG",
    }


def test_support_tells_each_giver_in_its_unit_when_kinds_differ(holding: Holding) -> None:
    holding("us_training", training_totals=[trained(50)])
    horizon = holding("fts", humanitarian_flows=[flow("1", 3_000_000, "Japan", "JPN")])

    found = support(horizon=horizon)

    told = [(row["giver"], row["country"], row["value"], row["unit"]) for row in found.table.rows]
    assert told == [
        ("Japan", "AFG", 3_000_000, "USD"),
        ("United States", "MLI", 50, "trainees, at least"),
    ]
    assert found.finding == (
        "2 givers are on record here for the four cases; what they gave is counted in different "
        "units and is never added up across kinds."
    )
    assert [chart.title for chart in found.charts] == [
        (
            "Humanitarian money, paid and committed: largest is Japan to Afghanistan, with 3 "
            "million USD"
        ),
        ("People trained (output): largest is United States to Mali, with 50 trainees, at least"),
    ]


def test_support_names_a_gap_for_each_section_that_is_not_held(holding: Holding) -> None:
    horizon = holding("us_training", training_totals=[trained(50)])

    found = support(horizon=horizon)

    assert len(found.unknowns) == 4 * 4 - 1
    assert found.unknowns[0].what == "Aid to Afghanistan"


def test_support_shows_one_donor_when_it_is_asked_for(holding: Holding) -> None:
    flows = [flow("1", 3_000_000, "Japan", "JPN"), flow("2", 9_000_000, "Germany", "DEU")]
    horizon = holding("fts", humanitarian_flows=flows)

    found = support(horizon=horizon, donor="JPN")

    assert [row["giver"] for row in found.table.rows] == ["Japan"]
    assert found.finding == (
        "JPN is on record here with humanitarian money, paid and committed, to Afghanistan."
    )


def test_support_says_that_nothing_is_held_when_the_donor_is_on_no_record(holding: Holding) -> None:
    horizon = holding("us_training", training_totals=[trained(50)])

    found = support(horizon=horizon, donor="ITA")

    assert found.finding == "Nothing is held of what ITA gave to the four cases."
    assert found.charts == ()


def test_figures_leave_an_unknown_amount_out_and_say_so() -> None:
    row = {
        "kind": "troops",
        "unit": "troop-years",
        "country": "MLI",
        "country_name": "Mali",
        "source": "Geo-PKO",
    }
    rows = [{**row, "giver": "Chad", "value": 300}, {**row, "giver": "Niger", "value": None}]

    (chart,) = figures(rows)

    assert chart.subtitle == (
        "Troop-years by giver and country, sums over the years that the table names; 1 amount is "
        "unknown and not drawn"
    )
    assert [bar["name"] for bar in chart.spec["data"]["values"]] == ["Chad to Mali"]
