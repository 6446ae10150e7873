import csv
from pathlib import Path

import stabilis.reference
from stabilis.connectors.reading import minor_units
from stabilis.connectors.reading.minor_units import Amount


def test_amount_is_exact_in_minor_units_when_the_print_fits_the_currency() -> None:
    assert minor_units.amount("1067912", places=2) == Amount(106_791_200, is_rounded=False)
    assert minor_units.amount("-12.5", places=2) == Amount(-1_250, is_rounded=False)
    assert minor_units.amount("+.125", places=3) == Amount(125, is_rounded=False)
    assert minor_units.amount("0", places=0) == Amount(0, is_rounded=False)


def test_amount_is_rounded_half_to_even_and_says_so_when_the_print_is_finer() -> None:
    assert minor_units.amount("1112742.39948867", places=2) == Amount(111_274_240, is_rounded=True)
    assert minor_units.amount("0.125", places=2) == Amount(12, is_rounded=True)
    assert minor_units.amount("0.135", places=2) == Amount(14, is_rounded=True)
    assert minor_units.amount("2.50", places=0) == Amount(2, is_rounded=True)


def test_amount_is_none_when_the_print_is_no_plain_decimal_or_too_large() -> None:
    for printed in ("1,250.00", "1 250", "12,5", "1e6", "NaN", "Infinity", "£5", "", "٣"):
        assert minor_units.amount(printed, places=2) is None
    assert minor_units.amount("9" * 18, places=2) is None
    assert minor_units.amount("1" * 101, places=2) is None


def test_places_are_those_of_iso_4217_when_the_currency_is_known() -> None:
    known = {code: minor_units.places(code) for code in ("USD", "AFN", "JPY", "XOF", "IQD", "CLF")}

    assert known == {"USD": 2, "AFN": 2, "JPY": 0, "XOF": 0, "IQD": 3, "CLF": 4}


def test_places_are_none_when_a_code_is_unknown_or_has_no_minor_unit() -> None:
    assert [minor_units.places(code) for code in ("XAU", "XXX", "TEXT", "")] == [None] * 4


def test_places_agree_with_the_reference_list_when_both_hold_a_currency() -> None:
    listed = Path(stabilis.reference.__file__).parent / "codes" / "currencies.csv"
    with listed.open(encoding="utf-8", newline="") as lines:
        told = {row["code"]: row["minor_units"] for row in csv.DictReader(lines)}

    differing = {
        code: (places, minor_units.places(code))
        for code, places in told.items()
        if (int(places) if places else None) != minor_units.places(code)
    }

    assert differing == {"XDR": ("", 2)}
