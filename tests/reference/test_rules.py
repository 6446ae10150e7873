"""Money: exact, in whole minor units, back again within one; a dispute is never averaged."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stabilis.reference.rules import DatedRate, NoRate, exchanged, nearest, undisputed

DAY = date(2020, 4, 30)
RATES = st.decimals(min_value="0.001", max_value="50000", places=4).map(str)
AMOUNTS = st.integers(min_value=-(10**18), max_value=10**18)
UNITS = st.sampled_from([0, 2, 3, 4])


def printed(rate: str, *, on: date = DAY, source: str = "FTS") -> DatedRate:
    return DatedRate("USD", "EUR", on, rate, source, "original", "flow 1")


def into_euro(minor: int, rate: DatedRate, *, dollar: int, euro: int) -> int:
    return exchanged(minor=minor, rate=rate, into="EUR", from_units=dollar, into_units=euro)


def into_dollar(minor: int, rate: DatedRate, *, dollar: int, euro: int) -> int:
    return exchanged(minor=minor, rate=rate, into="USD", from_units=euro, into_units=dollar)


@pytest.mark.parametrize(
    ("minor", "rate", "into", "from_units", "into_units", "expected"),
    [
        (11_970_000, "1.007", "USD", 2, 2, 11_886_792),
        (100_00, "0.824", "EUR", 2, 2, 82_40),
        (100_00, "107.5", "EUR", 2, 0, 10_750),
        (10_750, "107.5", "USD", 0, 2, 100_00),
        (1_00, "0.3104", "EUR", 2, 3, 310),
        (1, "0.5", "EUR", 2, 2, 0),
        (3, "0.5", "EUR", 2, 2, 2),
        (-11_970_000, "1.007", "USD", 2, 2, -11_886_792),
        (0, "0.824", "EUR", 2, 2, 0),
    ],
)
def test_exchanged_gives_whole_minor_units_half_to_even(
    *, minor: int, rate: str, into: str, from_units: int, into_units: int, expected: int
) -> None:
    result = exchanged(
        minor=minor, rate=printed(rate), into=into, from_units=from_units, into_units=into_units
    )

    assert result == expected


@given(minor=AMOUNTS, rate=RATES.filter(lambda rate: float(rate) >= 1), units=UNITS)
def test_money_comes_back_within_one_minor_unit_when_it_goes_through_a_finer_one(
    minor: int, rate: str, units: int
) -> None:
    there = into_euro(minor, printed(rate), dollar=units, euro=units)
    back = into_dollar(there, printed(rate), dollar=units, euro=units)

    assert abs(back - minor) <= 1


@given(minor=AMOUNTS, rate=RATES.filter(lambda rate: float(rate) < 1), units=UNITS)
def test_money_comes_back_within_one_minor_unit_when_the_base_is_the_finer_one(
    minor: int, rate: str, units: int
) -> None:
    there = into_dollar(minor, printed(rate), dollar=units, euro=units)
    back = into_euro(there, printed(rate), dollar=units, euro=units)

    assert abs(back - minor) <= 1


@given(minor=AMOUNTS, rate=RATES, dollar=UNITS, euro=UNITS)
def test_exchanged_is_whole_and_keeps_the_sign_whatever_the_amount(
    minor: int, rate: str, dollar: int, euro: int
) -> None:
    there = into_euro(minor, printed(rate), dollar=dollar, euro=euro)
    mirrored = into_euro(-minor, printed(rate), dollar=dollar, euro=euro)

    assert (type(there), mirrored) == (int, -there)


def test_exchanged_loses_no_cent_when_a_float_would() -> None:
    minor = 10**18 + 1

    result = into_euro(minor, printed("1"), dollar=2, euro=2)

    assert (result, int(minor * 1.0)) == (minor, minor - 1)


def test_nearest_takes_the_earlier_day_when_two_are_equally_near() -> None:
    before, after = printed("0.8", on=date(2020, 4, 29)), printed("0.9", on=date(2020, 5, 1))

    assert nearest([after, before], on=DAY) == [before]


def test_nearest_is_empty_when_no_rate_is_held() -> None:
    assert nearest([], on=DAY) == []


def test_undisputed_lists_every_rate_and_averages_none_when_they_disagree() -> None:
    answer = undisputed([printed("0.884"), printed("0.896", source="ECB")], why_none="")

    assert answer == NoRate(
        "The rates printed for 2020-04-30 disagree: 0.884 (FTS, flow 1); 0.896 (ECB, flow 1)."
    )


def test_undisputed_is_the_first_when_two_sources_print_the_same_number() -> None:
    rates = [printed("0.90"), printed("0.9", source="ECB")]

    assert undisputed(rates, why_none="") == rates[0]
