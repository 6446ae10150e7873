"""Months: each from its own row, none invented where a country is not in the file."""

from datetime import date

from tests.portal.conftest import Holding

from stabilis.interface.drawing import marks_of
from stabilis.portal.panels import Asked
from stabilis.portal.panels.months import PANEL


def month(year: int, number: int, deaths: int, *, country: str = "MLI") -> dict[str, object]:
    return {
        "country": country,
        "country_code": country,
        "month": date(year, number, 1),
        "year": year,
        "deaths_best": deaths,
    }


def test_months_tell_the_deadliest_when_months_of_two_years_are_held(holding: Holding) -> None:
    rows = [month(2012, 1, 4), month(2012, 2, 90), month(2013, 1, 10), month(2013, 2, 0)]
    horizon = holding("ucdp_country_months", violence_months=rows)

    section = PANEL.build(Asked("MLI", horizon))

    assert section.finding == (
        "The deadliest month from 2012 on was 2012-02, with 90 killed; in 2013 it was 5 a month on "
        "average, over 2 months held."
    )
    assert [number.value for number in section.numbers] == [90, 0]
    assert section.span == "2012–2013"


def test_months_of_kosovo_are_those_of_serbia_in_the_years_of_the_war(holding: Holding) -> None:
    rows = [month(year, 3, 7, country="SRB") for year in (1991, 1998, 1999, 2001)]
    horizon = holding("ucdp_country_months", violence_months=rows)

    section = PANEL.build(Asked("XKX", horizon))

    assert section.span == "1998–1999"
    assert section.notes[-1].startswith("Splice: these are months of Serbia (Yugoslavia)")


def test_months_draw_no_more_marks_than_a_chart_may_hold_when_decades_are_held(
    holding: Holding,
) -> None:
    rows = [month(year, number, 1) for year in range(1989, 2025) for number in range(1, 13)]
    horizon = holding("ucdp_country_months", violence_months=rows)

    section = PANEL.build(Asked("MLI", horizon))

    assert [marks_of(chart.spec) for chart in section.charts] == [360]
    assert len(section.table.rows) == 432  # type: ignore[union-attr]


def test_months_are_unknown_when_the_country_is_not_in_the_file(holding: Holding) -> None:
    horizon = holding("ucdp_country_months", violence_months=[month(2012, 1, 4)])

    section = PANEL.build(Asked("SOM", horizon))

    assert section.is_held is False
