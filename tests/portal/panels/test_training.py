"""Training: an output of one donor, in which no small count is printed or can be worked out."""

from tests.portal.conftest import Holding

from stabilis.portal.panels import Asked
from stabilis.portal.panels.training import PANEL


def trained(
    count: int | None, *, year: int = 2015, programme: str = "IMET", unit: str = "army", **more: int
) -> dict[str, object]:
    return {
        "country": "MLI",
        "country_name": "Mali",
        "report_years": f"{year}/{year + 1}",
        "fiscal_year": year,
        "programme": programme,
        "unit_type": unit,
        "trainings": 1,
        "trainees": count,
        **more,
    }


def told(holding: Holding, *rows: dict[str, object]) -> list[tuple[str, str, object, str]]:
    section = PANEL.build(Asked("MLI", holding("us_training", training_totals=rows)))
    return [
        (row["programme"], row["unit_type"], row["trainees"], row["told"])
        for row in section.table.rows  # type: ignore[union-attr]
    ]


def test_training_writes_fewer_than_ten_and_withholds_another_when_a_count_is_small(
    holding: Holding,
) -> None:
    cells = told(holding, trained(3), trained(12, unit="police"), trained(50, programme="PKO"))

    assert cells == [
        ("all", "all", 65, "65"),
        ("IMET", "army", None, "fewer than 10"),
        ("IMET", "police", None, "not printed, to protect a smaller count"),
        ("PKO", "army", 50, "50"),
    ]


def test_training_links_no_source_row_when_its_count_is_not_printed(holding: Holding) -> None:
    horizon = holding("us_training", training_totals=[trained(3), trained(50, unit="police")])

    rows = PANEL.build(Asked("MLI", horizon)).table.rows  # type: ignore[union-attr]

    assert [row["href"] for row in rows] == ["", "", ""]


def test_training_withholds_the_total_when_one_small_count_stands_alone(holding: Holding) -> None:
    assert told(holding, trained(3)) == [
        ("all", "all", None, "not printed, to protect a smaller count"),
        ("IMET", "army", None, "fewer than 10"),
    ]


def test_training_is_unknown_when_a_printed_row_gives_no_count(holding: Holding) -> None:
    rows = told(holding, trained(40, trainees_unknown=1), trained(20, unit="police"))

    assert [row[2] for row in rows] == [None, None, 20]


def test_training_leaves_out_years_planned_when_a_later_report_repeats_them(
    holding: Holding,
) -> None:
    planned = {**trained(None, year=2016), "trainings": 0, "repeats_left_out": 5}
    horizon = holding("us_training", training_totals=[trained(20), planned])

    assert PANEL.build(Asked("MLI", horizon)).span == "2015"


def test_training_draws_none_when_a_report_is_held_that_names_nobody_of_the_country(
    holding: Holding,
) -> None:
    other = {**trained(70, year=2016), "country": "AFG", "country_name": "Afghanistan"}
    rows = [trained(20), other, trained(30, year=2018)]
    horizon = holding("us_training", training_totals=rows)

    drawn = PANEL.build(Asked("MLI", horizon)).charts[0].spec["data"]["values"]

    sums = {
        year: sum(bar["value"] for bar in drawn if bar["year"] == year) for year in (2015, 2016)
    }
    assert sums == {2015: 20, 2016: 0}
    assert [bar for bar in drawn if bar["year"] == 2017] == []


def test_training_says_that_it_is_output_of_one_donor_when_it_is_held(holding: Holding) -> None:
    horizon = holding("us_training", training_totals=[trained(20), trained(30, year=2017)])

    section = PANEL.build(Asked("MLI", horizon))

    assert section.finding == (
        "The United States reports having trained 50 people (output) in 2 fiscal years from 2015 "
        "to 2017. Output evidence only."
    )
    assert section.notes[-1] == (
        "Concentration of trainers: cannot judge: donors that gave: 1; concentration takes two or "
        "more."
    )
    assert [item["value"] for item in section.extra["given"]] == [50]  # type: ignore[attr-defined]
    assert [number.value for number in section.numbers] == [30]


def test_training_is_not_held_when_another_donor_is_asked_for(holding: Holding) -> None:
    horizon = holding("us_training", training_totals=[trained(20)])

    section = PANEL.build(Asked("MLI", horizon, donor="FRA"))

    assert section.finding == (
        "Not held: training by FRA; the reports held are of the United States alone."
    )
