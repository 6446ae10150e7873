"""What the code lists answer: names, successors, rates, and conversion that keeps its original."""

import json
from datetime import date
from decimal import Decimal

import pytest
from tests.shared_data import SHARED, needs_shared

from stabilis.connectors.reading.countries import gleditsch_ward
from stabilis.reference import queries
from stabilis.reference.actions import load_reference
from stabilis.reference.models import Country, Currency, SuccessionKind
from stabilis.reference.rules import Converted, DatedRate, Money, NoRate

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lists() -> None:
    load_reference()


def test_country_holds_kosovo_with_its_status_note() -> None:
    kosovo = queries.country("xkx")

    assert (kosovo.alpha2, kosovo.numeric, kosovo.former) == ("XK", None, False)
    assert kosovo.status_note == (
        "References to Kosovo shall be understood in the context of UN Security Council "
        "resolution 1244 (1999). XKX is user-assigned, not ISO 3166."
    )


def test_country_is_refused_when_no_list_has_the_code() -> None:
    with pytest.raises(queries.NoSuchCountry, match="QQQ"):
        queries.country("QQQ")


def test_countries_are_those_of_today_when_former_states_are_held_too() -> None:
    codes = [country.alpha3 for country in queries.countries()]

    assert (len(codes), codes == sorted(codes)) == (250, True)
    assert {"XKX", "YUG", "SUN"} & set(codes) == {"XKX"}


@pytest.mark.parametrize(
    ("alpha3", "language", "name"),
    [
        ("AFG", "en", "Afghanistan"),
        ("SOM", "fr", "Somalie"),
        ("MLI", "ar", "مالي"),
        ("XKX", "fr", "Kosovo"),
        ("DDR", "fr", "German Democratic Republic"),
    ],
)
def test_country_name_is_localised_when_cldr_has_it(alpha3: str, language: str, name: str) -> None:
    assert queries.country_name(alpha3, language=language) == name
    assert queries.country_names(language=language)[alpha3] == name


def test_every_country_that_ucdp_counts_is_held() -> None:
    held = set(Country.objects.values_list("alpha3", flat=True))

    assert {state.alpha3 for state in gleditsch_ward().values()} - held == set()


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("15210", "en", "Security system management and reform"),
        ("15210", "fr", "Gestion et réforme des systèmes de sécurité"),
        ("15210", "ar", "Security system management and reform"),
        ("15132", "en", "Police"),
        ("152", "en", "Conflict, Peace & Security"),
        ("15140", "fr", "Government administration"),
        ("00000", "en", None),
    ],
)
def test_sector_name_falls_back_to_english_and_is_unknown_for_no_code(
    code: str, language: str, name: str | None
) -> None:
    assert queries.sector_name(code, language=language) == name


def test_codelist_name_reads_the_list_it_is_asked_for() -> None:
    names = [
        queries.codelist_name("3", codelist=codelist, language="en")
        for codelist in ("TransactionType", "TiedStatus", "BudgetType")
    ]

    assert names == ["Disbursement", "Partially tied", None]


@pytest.mark.parametrize(
    ("code", "kind", "successors"),
    [
        ("15120", SuccessionKind.WHOLE, ("15111",)),
        ("15140", SuccessionKind.SPLIT, ("15110", "15112", "15152")),
        ("15161", SuccessionKind.WHOLE, ("15151",)),
        ("15162", SuccessionKind.WHOLE, ("15160",)),
        ("15163", SuccessionKind.WHOLE, ("15153",)),
        ("15164", SuccessionKind.WHOLE, ("15170",)),
        ("92010", SuccessionKind.NONE, ()),
        ("15130", None, ()),
    ],
)
def test_successors_keep_the_original_code(
    code: str, kind: SuccessionKind | None, successors: tuple[str, ...]
) -> None:
    answer = queries.successors_of(code)

    assert (answer.original, answer.kind, answer.successors) == (code, kind, successors)


def test_rate_on_names_its_source_in_either_direction() -> None:
    asked = {"on": date(2016, 4, 2), "within_days": 3}

    forth = queries.rate_on(base="USD", quote="CHF", **asked)  # type: ignore[arg-type]
    back = queries.rate_on(base="CHF", quote="USD", **asked)  # type: ignore[arg-type]

    assert (
        forth
        == back
        == DatedRate(
            base="USD",
            quote="CHF",
            on=date(2016, 3, 31),
            rate="1.007",
            source="UN OCHA Financial Tracking Service, exchangeRate of flows to Afghanistan 2020",
            seen_in="secondary copy: FTS API answers and flattened tables in a public repository",
            printed_in="flow 158080",
        )
    )


def test_rate_on_says_why_when_none_is_near() -> None:
    answer = queries.rate_on(base="USD", quote="CHF", on=date(2016, 5, 1), within_days=3)

    assert answer == NoRate("No rate between USD and CHF is held within 3 days of 2016-05-01.")


def test_rate_on_is_refused_when_one_day_has_two_rates() -> None:
    answer = queries.rate_on(base="GBP", quote="USD", on=date(2019, 8, 25), within_days=0)

    assert isinstance(answer, NoRate)
    assert [rate for rate in ("0.788", "0.822", "0.828") if rate in answer.reason] == [
        "0.788",
        "0.822",
        "0.828",
    ]


def test_convert_keeps_the_original_and_the_rate() -> None:
    given = Money(11_970_000, "CHF")

    answer = queries.convert(given, into="USD", on=date(2016, 3, 31), within_days=0)

    assert isinstance(answer, Converted)
    assert (answer.original, answer.result) == (given, Money(11_886_792, "USD"))
    assert answer.rate is not None
    assert (answer.rate.rate, answer.rate.on) == ("1.007", date(2016, 3, 31))


def test_convert_needs_no_rate_when_the_currency_is_the_same() -> None:
    given = Money(5, "SOS")

    assert queries.convert(given, into="SOS", on=date(2020, 1, 1), within_days=0) == Converted(
        given, given, None
    )


def test_convert_is_refused_when_a_currency_has_no_minor_unit() -> None:
    answer = queries.convert(Money(1, "XAU"), into="USD", on=date(2020, 1, 1), within_days=9)

    assert answer == NoRate("ISO 4217 gives no minor unit for XAU or USD.")


def test_the_currencies_of_the_four_cases_have_cents_though_nobody_uses_them() -> None:
    held = Currency.objects.filter(code__in=["AFN", "SOS", "XOF", "EUR"])

    assert {each.code: each.minor_units for each in held} == {
        "AFN": 2,
        "EUR": 2,
        "SOS": 2,
        "XOF": 0,
    }


@needs_shared
def test_converting_at_the_printed_rate_gives_the_dollars_that_fts_prints() -> None:
    page = SHARED / "fts/custom-search-locationid-1-year-2020.json"
    flows = json.loads(page.read_text(encoding="utf-8"), parse_float=Decimal)["data"]["flows"]
    foreign = [flow for flow in flows if flow.get("originalCurrency") in {"CHF", "GBP", "NOK"}]

    misses = []
    for flow in foreign:
        money = Money(flow["originalAmount"] * 100, flow["originalCurrency"])
        day = date.fromisoformat(flow["date"][:10])
        answer = queries.convert(money, into="USD", on=day, within_days=0)
        if (
            isinstance(answer, Converted)
            and abs(answer.result.minor - flow["amountUSD"] * 100) > 50
        ):
            misses.append(flow["id"])

    assert (len(foreign) > 10, misses) == (True, [])
