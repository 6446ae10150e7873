"""Country resolution: what each source prints becomes an alpha-3 code, or a reason why not."""

import polars as pl
import pycountry
import pytest
from python_calamine import CalamineWorkbook
from tests.shared_data import SHARED, needs_shared

from stabilis.connectors.reading.countries import (
    Kind,
    alpha3_of_alpha2,
    alpha3_of_code,
    alpha3_of_gw,
    alpha3_of_name,
    fold,
    gleditsch_ward,
)

SAID_TO_BE_UNKNOWN = {"Unknown", "ZZ [Undetermined]"}


def unresolved(names: set[str]) -> set[str]:
    return {name for name in names if alpha3_of_name(name).kind == Kind.UNKNOWN}


def printed(file: str, *columns: str) -> set[str]:
    path = SHARED / file
    frame = (
        pl.read_parquet(path)
        if path.suffix == ".parquet"
        else pl.read_csv(path, infer_schema_length=0)
    )
    return {name for column in columns for name in frame[column].drop_nulls().to_list()}


@pytest.mark.parametrize(
    ("name", "alpha3"),
    [
        ("Afghanistan", "AFG"),
        ("  MALI ", "MLI"),
        ("Somalia", "SOM"),
        ("Kosovo", "XKX"),
        ("Côte d’Ivoire", "CIV"),
        ("Cote D'Ivoire, Republic of", "CIV"),
        ("Congo (DROC)", "COD"),
        ("Congo (Brazzaville)", "COG"),
        ("Burkina FASO", "BFA"),
        ("Trinidad -Tobago", "TTO"),
        ("Sudan, Government of Southern", "SSD"),
        ("Korea", "KOR"),
        ("Dem. People's Rep. of Korea", "PRK"),
        ("Yugoslavia", "YUG"),
        ("Serbia and Montenegro", "SCG"),
        ("Republic of Serbia", "SRB"),
        ("Niger", "NER"),
        ("Nigeria", "NGA"),
    ],
)
def test_a_name_resolves_to_its_country_whatever_the_spelling(name: str, alpha3: str) -> None:
    assert (alpha3_of_name(name).kind, alpha3_of_name(name).alpha3) == (Kind.COUNTRY, alpha3)


@pytest.mark.parametrize("name", ["Indochina", "Ethiopia/Eritrea", "Stateless", "Africa Regional"])
def test_a_region_is_not_a_country_and_says_why(name: str) -> None:
    answer = alpha3_of_name(name)

    assert (answer.kind, answer.alpha3, bool(answer.note)) == (Kind.NOT_A_COUNTRY, None, True)


def test_an_unheard_of_name_is_unknown_and_never_guessed_when_it_resembles_a_country() -> None:
    answer = alpha3_of_name("Malii")

    assert (answer.kind, answer.alpha3) == (Kind.UNKNOWN, None)
    assert answer.note == "No country is spelt 'Malii' in ISO 3166 or in our list."


@pytest.mark.parametrize("code", ["XKX", "KSV", "XKV", "KOS", "xkx"])
def test_every_code_of_kosovo_is_xkx_and_carries_the_status_note(code: str) -> None:
    answer = alpha3_of_code(code)

    assert answer.alpha3 == "XKX"
    assert answer.note == alpha3_of_name("Kosovo").note
    assert "resolution 1244 (1999)" in answer.note


def test_unk_is_not_kosovo_when_unhcr_prints_it_for_unknown() -> None:
    assert alpha3_of_code("UNK").kind == Kind.UNKNOWN


@pytest.mark.parametrize(
    ("code", "kind", "alpha3"),
    [
        ("AFG", Kind.COUNTRY, "AFG"),
        ("ZAR", Kind.COUNTRY, "COD"),
        ("YUG", Kind.COUNTRY, "YUG"),
        ("SSF", Kind.NOT_A_COUNTRY, None),
        ("QQQ", Kind.UNKNOWN, None),
    ],
)
def test_an_alpha3_code_resolves_with_its_older_variants(
    code: str, kind: Kind, alpha3: str | None
) -> None:
    assert (alpha3_of_code(code).kind, alpha3_of_code(code).alpha3) == (kind, alpha3)


@pytest.mark.parametrize(
    ("code", "alpha3"),
    [("af", "AFG"), ("XK", "XKX"), ("UK", "GBR"), ("TP", "TLS"), ("CS", None), ("89", None)],
)
def test_an_alpha2_code_resolves_unless_iso_gave_it_to_two_states(
    code: str, alpha3: str | None
) -> None:
    assert alpha3_of_alpha2(code).alpha3 == alpha3


@pytest.mark.parametrize(
    ("number", "year", "alpha3", "spliced"),
    [
        (700, 2021, "AFG", False),
        (432, 2012, "MLI", False),
        (520, 2007, "SOM", False),
        (347, 2010, "XKX", True),
        (345, 1999, "SRB", True),
        (345, 2010, "SRB", False),
        (365, 1990, "RUS", True),
        (365, 2022, "RUS", False),
        (678, 1989, "YEM", True),
        (680, 1990, "YMD", True),
        (816, 2000, "VNM", False),
        (260, 1989, "DEU", True),
        (625, 2010, "SDN", True),
    ],
)
def test_a_gleditsch_ward_number_resolves_and_says_where_the_series_is_spliced(
    number: int, year: int, alpha3: str, *, spliced: bool
) -> None:
    answer = alpha3_of_gw(number, year=year)

    assert (answer.alpha3, bool(answer.note)) == (alpha3, spliced)


@pytest.mark.parametrize(("number", "year"), [(680, 2001), (626, 2005), (347, 1999), (999, 2000)])
def test_a_gleditsch_ward_number_is_unknown_when_no_such_state_stood(
    number: int, year: int
) -> None:
    assert alpha3_of_gw(number, year=year).kind == Kind.UNKNOWN


def test_two_gleditsch_ward_numbers_never_share_a_country() -> None:
    codes = [state.alpha3 for state in gleditsch_ward().values()]

    assert len(codes) == len(set(codes)) == 199


def test_no_two_iso_countries_share_a_folded_name() -> None:
    owners: dict[str, set[str]] = {}
    for country in pycountry.countries:
        owners.setdefault(fold(country.name), set()).add(country.alpha_3)

    assert {name: codes for name, codes in owners.items() if len(codes) > 1} == {}


@needs_shared
@pytest.mark.parametrize(
    ("file", "columns"),
    [
        ("training/us_foreign_military_training_1999_2021.parquet", ["country", "region_report"]),
        ("ucdp/organizedviolencecy_v25_1.csv", ["country_cy"]),
        ("peacekeeping/un_fatalities.csv", ["casualty_nationality"]),
        ("peacekeeping/geopko_deployments_v2.3.csv", ["country"]),
        ("indicators/inform_risk_2020_2025.csv", ["CountryName"]),
        ("indicators/inform_trends_2015_2024.csv", ["CountryName"]),
        ("forecast/views_country_key.csv", ["name"]),
        ("crs/oda_eligibility_2000_2025.csv", ["name"]),
    ],
)
def test_every_spelling_of_a_real_file_resolves_or_is_declared(
    file: str, columns: list[str]
) -> None:
    assert unresolved(printed(file, *columns)) - SAID_TO_BE_UNKNOWN == set()


@needs_shared
@pytest.mark.parametrize(
    ("file", "column"),
    [
        ("places/ocha_global_pcodes_adm1_adm2_2026.csv", "Location"),
        ("indicators/inform_risk_2020_2025.csv", "Iso3"),
        ("indicators/coups_powell_thyne.csv", "country_iso3"),
        ("crs/oda_eligibility_2000_2025.csv", "iso3"),
        ("ucdp/ucdp_panel_country_month.csv", "country_iso3"),
    ],
)
def test_every_alpha3_code_of_a_real_file_resolves(file: str, column: str) -> None:
    codes = {code for code in printed(file, column) if not code.startswith("#")}

    assert {code for code in codes if alpha3_of_code(code).kind == Kind.UNKNOWN} == set()


@needs_shared
def test_names_and_codes_of_the_governance_workbook_agree() -> None:
    book = CalamineWorkbook.from_path(SHARED / "indicators/wgi_1996_2019.xlsx")
    rows = book.get_sheet_by_name("RuleofLaw").to_python(skip_empty_area=False)[15:]

    pairs = [
        (alpha3_of_name(str(row[0])).alpha3, alpha3_of_code(str(row[1])).alpha3) for row in rows
    ]

    assert len(pairs) == 214
    assert [pair for pair in pairs if pair[0] is None or pair[0] != pair[1]] == []


@needs_shared
def test_names_and_codes_of_displacement_agree() -> None:
    pyreadr = pytest.importorskip("pyreadr", reason="R files need the rdata extra")
    frame = pyreadr.read_r(str(SHARED / "indicators/unhcr_population.rda"))["population"]
    sides = [frame[["coo_name", "coo_iso"]], frame[["coa_name", "coa_iso"]]]
    pairs = {pair for side in sides for pair in side.drop_duplicates().itertuples(index=False)}

    resolved = [(alpha3_of_name(name), alpha3_of_code(code)) for name, code in pairs]

    assert [(a, b) for a, b in resolved if (a.kind, a.alpha3) != (b.kind, b.alpha3)] == []


@needs_shared
def test_every_country_year_of_ucdp_resolves_to_a_key_of_its_own() -> None:
    frame = pl.read_csv(
        SHARED / "ucdp/organizedviolencecy_v25_1.csv",
        columns=["country_id_cy", "year_cy"],
    )

    keys = [(alpha3_of_gw(number, year=year).alpha3, year) for number, year in frame.rows()]

    assert [key for key in keys if key[0] is None] == []
    assert len(set(keys)) == len(keys) == 6_936
