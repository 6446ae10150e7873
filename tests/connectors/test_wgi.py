from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest
from tests.connectors.reading.test_workbook import row, written
from tests.shared_data import SHARED, needs_shared

from stabilis.connectors import Quarantine, SourceRefused
from stabilis.connectors.wgi import FIGURES, GOVERNANCE_ESTIMATES, SOURCE, TITLES

REAL = SHARED / "indicators" / "wgi_1996_2019.xlsx"
LETTERS = "CDEFGH"
WHOLE = ("-1.4", "0.157", "10", "6.7", "1.9", "12")


def sheet(title: str, *countries: tuple[str, str, Sequence[str]], years: str = "2019") -> str:
    rows = [
        row(1, A=title),
        row(2, **dict.fromkeys(LETTERS, years)),
        row(3, A="Country/Territory", B="Code", **dict(zip(LETTERS, FIGURES, strict=True))),
    ]
    for number, (name, code, cells) in enumerate(countries, start=4):
        rows.append(row(number, A=name, B=code, **dict(zip(LETTERS, cells, strict=True))))
    return "".join(rows)


def book(folder: Path, *countries: tuple[str, str, Sequence[str]], **other: str) -> Path:
    sheets = {name: sheet(title) for name, title in TITLES.items()}
    sheets["RuleofLaw"] = sheet("Rule of Law", *countries)
    introduction = {"Introduction": row(1, A="The Worldwide Governance Indicators, 2020 Update")}
    return written(folder / "wgi.xlsx", **(introduction | sheets | other))


def loaded(path: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    quarantine = Quarantine(path)
    frames = [batch.frame for batch in SOURCE.read(path, quarantine)]
    return pl.concat([GOVERNANCE_ESTIMATES.empty(), *frames]), quarantine.frame()


def test_estimate_is_read_with_its_error_and_the_place_it_stands(tmp_path: Path) -> None:
    path = book(tmp_path, ("Kosovo", "KSV", WHOLE))

    rows, bad = loaded(path)

    assert bad.height == 0
    assert rows.to_dicts() == [
        {
            "country": "XKX",
            "country_code": "KSV",
            "country_name": "Kosovo",
            "year": 2019,
            "dimension": "rule_of_law",
            "estimate": -1.4,
            "standard_error": 0.157,
            "sources": 10,
            "rank": 6.7,
            "rank_low": 1.9,
            "rank_high": 12.0,
            "sheet": "RuleofLaw",
            "source_column": "C",
            "source_file": "wgi.xlsx",
            "source_row": 17,
        }
    ]
    assert SOURCE.print_rows(path, [17])[17]["A"] == "Kosovo"


def test_country_without_sources_is_unknown_and_not_zero(tmp_path: Path) -> None:
    path = book(tmp_path, ("Aruba", "ABW", ["#N/A"] * 6), ("Mali", "MLI", [".."] * 6))

    rows, bad = loaded(path)

    assert bad.height == 0
    assert rows.select("country", "estimate", "sources").rows() == [
        ("ABW", None, None),
        ("MLI", None, None),
    ]


def test_estimate_without_its_error_is_set_aside_because_it_is_never_read_bare(
    tmp_path: Path,
) -> None:
    path = book(tmp_path, ("Mali", "MLI", ["-0.7", "#N/A", "14", "26", "17", "35"]))

    rows, bad = loaded(path)

    assert rows.height == 0
    assert bad.select("source_row", "field", "reason").rows() == [
        (17, "StdErr", "the estimate -0.7 has no standard error")
    ]


def test_rank_above_100_is_set_aside_with_its_cell(tmp_path: Path) -> None:
    path = book(tmp_path, ("Mali", "MLI", ["-0.7", "0.1", "14", "260", "17", "35"]))

    rows, bad = loaded(path)

    assert rows.height == 0
    assert bad.select("field", "value", "reason").rows() == [
        ("Rank", "260", "this is not a number between 0 and 100")
    ]


def test_workbook_is_refused_when_a_sheet_carries_another_title(tmp_path: Path) -> None:
    path = book(tmp_path, GovernmentEffectiveness=sheet("Regulatory Quality"))

    with pytest.raises(SourceRefused, match="GovernmentEffectiveness is titled 'Regulatory Qual"):
        loaded(path)


def test_workbook_is_refused_when_the_columns_change_places(tmp_path: Path) -> None:
    swapped = sheet("Rule of Law").replace(">StdErr<", ">NumSrc<", 1)
    path = book(tmp_path, RuleofLaw=swapped)

    with pytest.raises(SourceRefused, match="RuleofLaw, column C: the headings are Estimate, Num"):
        loaded(path)


def test_workbook_is_refused_when_six_columns_name_two_years(tmp_path: Path) -> None:
    mixed = sheet("Rule of Law").replace(">2019<", ">2018<", 1)
    path = book(tmp_path, RuleofLaw=mixed)

    with pytest.raises(SourceRefused, match="RuleofLaw, column C: six columns name the years"):
        loaded(path)


@needs_shared
def test_real_workbook_holds_what_its_description_says() -> None:
    rows, bad = loaded(REAL)

    assert bad.height == 0
    assert rows.height == 6 * 214 * 21
    assert rows["country"].null_count() == 0
    assert rows["country_code"].n_unique() == 214
    assert rows["estimate"].null_count() == 983
    assert rows.select(GOVERNANCE_ESTIMATES.key).is_duplicated().sum() == 0
    assert SOURCE.release(REAL).version == "2020 Update"
    assert SOURCE.recognises(REAL)


@needs_shared
def test_kosovo_in_2019_leads_to_its_own_cells_in_the_workbook() -> None:
    rows, _ = loaded(REAL)
    kosovo = rows.filter(country="XKX", year=2019, dimension="control_of_corruption")
    number, column = kosovo.select("source_row", "source_column").row(0)

    printed = SOURCE.print_rows(REAL, [number])[number]

    assert kosovo.select("estimate", "sources").rows() == [(-0.5561343431472778, 7)]
    assert (printed["sheet"], printed["row"]) == ("ControlofCorruption", "133")
    assert (printed["B"], column, printed[column]) == ("KSV", "DS", "-0.5561343431472778")


@needs_shared
def test_other_real_workbooks_are_not_taken_for_this_source() -> None:
    others = [*SHARED.glob("indicators/fsi_*.xlsx"), *SHARED.glob("indicators/sipri_*.xlsx")]

    assert [path.name for path in others if SOURCE.recognises(path)] == []
    assert len(others) == 5
