"""Humanitarian money: no dollar twice, nobody's pledge as money, and givers by their country."""

from datetime import date

from tests.portal.conftest import Holding

from stabilis.portal.panels import Asked
from stabilis.portal.panels.humanitarian import PANEL


def flow(
    id: str, amount: int, *, giver: str = "United States", **more: object
) -> dict[str, object]:
    return {
        "id": id,
        "status": "paid",
        "boundary": "incoming",
        "on_boundary": "single",
        "date": date(2020, 3, 1),
        "amount_usd": amount,
        "source_organisation": giver,
        "source_organisation_type": "Government",
        "source_country": {"United States": "USA", "Japan": "JPN"}.get(giver),
        "destination_country": "AFG",
        "destination_usage_year_first": 2020,
        **more,
    }


FLOWS = [
    flow("1", 3_000_000),
    flow("2", 1_000_000, giver="Japan", status="commitment"),
    flow("3", 9_000_000, status="pledge"),
    flow("4", 5_000_000, on_boundary="shared"),
    flow("5", 2_000_000, boundary="internal"),
]


def test_humanitarian_sums_leave_out_pledges_shared_and_internal_flows(holding: Holding) -> None:
    section = PANEL.build(Asked("AFG", holding("fts", humanitarian_flows=FLOWS)))

    assert section.finding == (
        "For 2020 FTS holds 3 million USD paid and 1 million USD committed by 2 givers; the "
        "largest is United States, with 75 percent."
    )
    assert [number.value for number in section.numbers] == [3_000_000, 1_000_000]
    assert [row["counted"] for row in section.table.rows] == [  # type: ignore[union-attr]
        *("no: pledge", "no: shared", "yes", "yes"),
    ]


def test_humanitarian_concentration_is_given_when_two_or_more_gave(holding: Holding) -> None:
    flows = [flow("1", 4_000_000), flow("2", 1_000_000, giver="Japan")]

    section = PANEL.build(Asked("AFG", holding("fts", humanitarian_flows=flows)))

    assert section.notes[-1] == (
        "Concentration of donors (HHI): 0.68 (index, 1/n to 1), over 2 givers. Effective number "
        "of donors: 1.47 (donors), over 2 givers."
    )


def test_humanitarian_names_no_country_when_a_giver_is_no_government(holding: Holding) -> None:
    agency = flow(
        "6",
        700_000,
        giver="Children's fund",
        source_organisation_type="UN agency",
        source_country="AFG",
    )
    section = PANEL.build(Asked("AFG", holding("fts", humanitarian_flows=[agency])))

    assert [(item["giver"], item["code"]) for item in section.extra["given"]] == [  # type: ignore[attr-defined]
        ("Children's fund", "")
    ]


def test_humanitarian_shows_one_giver_when_a_donor_is_asked_for(holding: Holding) -> None:
    section = PANEL.build(Asked("AFG", holding("fts", humanitarian_flows=FLOWS), donor="JPN"))

    assert section.finding == (
        "Only what Japan gave is shown: 0 million USD paid and 1 million USD committed for 2020."
    )
    assert len(section.table.rows) == 1  # type: ignore[union-attr]


def test_humanitarian_is_not_held_when_the_donor_gave_nothing_that_counts(holding: Holding) -> None:
    section = PANEL.build(Asked("AFG", holding("fts", humanitarian_flows=FLOWS), donor="FRA"))

    assert section.finding == "Not held: no incoming flow of FRA that FTS counts."
