"""Aid: each copy kept and one counted, currencies apart, withdrawn sectors under their own code."""

from datetime import date, datetime

import pytest
from tests.portal.conftest import Holding

from stabilis.portal.panels import Asked
from stabilis.portal.panels.aid import PANEL
from stabilis.portal.panels.sectors import split

pytestmark = pytest.mark.usefixtures("codes")


def activity(
    id: str, position: int, *, changed: int | None = None, **more: object
) -> dict[str, object]:
    return {
        "identifier": id,
        "position": position,
        "reporting_org": "Department",
        "reporting_org_ref": "GB-1",
        "title": "Advice to the ministry",
        "last_updated": datetime(changed, 1, 1) if changed else None,  # noqa: DTZ001 - as stored
        **more,
    }


def money(
    id: str, position: int, pounds: int, *, type: str = "2", **more: object
) -> dict[str, object]:
    return {
        "identifier": id,
        "position": position,
        "type": type,
        "date": date(2008, 4, 1),
        "amount_minor": pounds * 100,
        "currency": "GBP",
        "country": "AFG",
        **more,
    }


def test_aid_counts_the_copy_changed_last_when_an_activity_is_printed_twice(
    holding: Holding,
) -> None:
    horizon = holding(
        "iati",
        aid_activities=[activity("A", 1, changed=2010), activity("A", 2, changed=2011)],
        aid_transactions=[money("A", 1, 4_000_000), money("A", 2, 5_000_000)],
    )

    section = PANEL.build(Asked("AFG", horizon))

    assert [number.value for number in section.numbers] == [5_000_000]
    assert [(row["counted"], row["other_copies"]) for row in section.table.rows] == [  # type: ignore[union-attr]
        ("no: another copy", 1),
        ("yes", 1),
    ]


def test_aid_keeps_kinds_and_currencies_apart_when_several_are_reported(holding: Holding) -> None:
    horizon = holding(
        "iati",
        aid_activities=[activity("A", 1)],
        aid_transactions=[
            money("A", 1, 4_000_000),
            money("A", 1, 1_000_000, type="3"),
            money("A", 1, 7_000_000, currency="EUR"),
            money("A", 1, 9_000_000, type="1"),
        ],
    )

    section = PANEL.build(Asked("AFG", horizon))

    assert section.finding == (
        "For 2008 these publishers report 4 million GBP committed, 7 million EUR committed, "
        "1 million GBP disbursed: Department."
    )
    assert [(number.value, number.unit) for number in section.numbers] == [
        (4_000_000, "GBP"),
        (7_000_000, "EUR"),
        (1_000_000, "GBP"),
    ]
    assert (
        "GBP is not converted: No rate between GBP and USD is held within 31 days of 2008-04-01."
    ) in section.notes


def test_aid_keeps_a_withdrawn_sector_and_names_its_successor(holding: Holding) -> None:
    horizon = holding(
        "iati",
        aid_activities=[activity("A", 1)],
        aid_transactions=[money("A", 1, 4_000_000)],
        aid_sectors=[{"identifier": "A", "position": 1, "vocabulary": "1", "code": "15120"}],
    )

    section = PANEL.build(Asked("AFG", horizon))

    assert [row["sector_names"] for row in section.table.rows] == [  # type: ignore[union-attr]
        "15120 Public sector financial management (withdrawn; successors: 15111)"
    ]


def test_aid_shows_only_one_donor_when_it_is_asked_for(holding: Holding) -> None:
    horizon = holding(
        "iati",
        aid_activities=[activity("A", 1), activity("B", 2, reporting_org_ref="FR-6")],
        aid_transactions=[money("A", 1, 4_000_000), money("B", 2, 5_000_000)],
    )

    shown = PANEL.build(Asked("AFG", horizon, donor="FRA"))
    absent = PANEL.build(Asked("AFG", horizon, donor="ITA"))

    assert [item["value"] for item in shown.extra["given"]] == [5_000_000]  # type: ignore[attr-defined]
    assert absent.finding == "Not held: no transaction that a publisher of ITA reports."


def test_aid_cannot_judge_concentration_when_one_donor_reports(holding: Holding) -> None:
    horizon = holding(
        "iati",
        aid_activities=[activity("A", 1)],
        aid_transactions=[money("A", 1, 4_000_000)],
    )

    assert PANEL.build(Asked("AFG", horizon)).notes[-1] == (
        "Committed in GBP. Concentration of donors (HHI): cannot judge: donors that gave: 1; "
        "concentration takes two or more. Effective number of donors: cannot judge: donors that "
        "gave: 1; concentration takes two or more."
    )


def test_split_divides_by_stated_shares_and_keeps_apart_what_states_none() -> None:
    assert split([("15110", 60.0), ("15210", 40.0)]) == [("15110", 60.0), ("15210", 40.0)]
    assert split([("15110", 60.0), ("15210", None)]) == [("*", 100.0)]
    assert split([("15110", 60.0), ("15210", 60.0)]) == [("*", 100.0)]
    assert split([]) == [("?", 100.0)]
