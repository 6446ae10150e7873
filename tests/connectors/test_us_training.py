from collections.abc import Mapping
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from tests.shared_data import SHARED, needs_shared

from stabilis.connectors import Quarantine, SourceRefused
from stabilis.connectors.us_training import COLUMNS_READ, SOURCE, TOTALS, TRAININGS

REAL = SHARED / "training" / "us_foreign_military_training_1999_2021.parquet"
ROW = {
    "fiscal_year": "2010/2011",
    "region_report": "Africa",
    "country": "Mali",
    "program": "IMET-1 - Fiscal Year 2010 Department of State Training",
    "course_title": "ENGLISH LANGUAGE CRSE",
    "student_unit": "33rd Parachute Regiment",
    "us_unit": "DLIELC",
    "location": "Lackland AFB, TX, US",
    "quantity": "1",
    "total_cost": "$64,360",
    "start_date": "7/24/2010",
    "end_date": "8/10/2010",
    "page": "13",
    "source_file": "2010_2011_Africa.xml",
}
TOTAL = {
    "course_title": "Fiscal Year 2010 Program Totals",
    "student_unit": "",
    "us_unit": None,
    "location": "",
    "start_date": "",
    "end_date": "",
}


def written(folder: Path, *changes: Mapping[str, str | None]) -> Path:
    path = folder / "trainings.parquet"
    rows = [{**ROW, **change} for change in changes]
    pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS_READ, pl.String)).write_parquet(path)
    return path


def loaded(path: Path) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    quarantine = Quarantine(path)
    trainings, totals, _cells = SOURCE.read(path, quarantine)
    assert (trainings.table, totals.table) == (TRAININGS.name, TOTALS.name)
    return trainings.frame, totals.frame, quarantine.frame()


def test_row_is_typed_and_its_print_kept_when_it_is_whole(tmp_path: Path) -> None:
    rows, _, bad = loaded(written(tmp_path, {}))

    assert bad.height == 0
    assert rows.to_dicts() == [
        {
            "country": "MLI",
            "country_name": "Mali",
            "report_years": "2010/2011",
            "fiscal_year": 2010,
            "programme": "IMET",
            "department": "State",
            "row_kind": "training",
            "run": "carried_out",
            "region": "Africa",
            "programme_printed": "IMET-1 - Fiscal Year 2010 Department of State Training",
            "course": "ENGLISH LANGUAGE CRSE",
            "student_unit": "33rd Parachute Regiment",
            "unit_type": "army",
            "us_unit": "DLIELC",
            "location": "Lackland AFB, TX, US",
            "trainees": 1,
            "trainees_printed": "1",
            "cost_usd": 64_360,
            "cost_printed": "$64,360",
            "starts_on": date(2010, 7, 24),
            "ends_on": date(2010, 8, 10),
            "mended": None,
            "is_repeat": False,
            "repeat_reason": None,
            "page": "13",
            "report_file": "2010_2011_Africa.xml",
            "source_file": "trainings.parquet",
            "source_row": 1,
        }
    ]


@pytest.mark.parametrize(
    ("printed", "cost"),
    [("$64,360", 64_360), ("0", 0), ("$0", 0), ("12606.72", 12_607), ("$", None), ("", None)],
)
def test_cost_is_whole_dollars_and_a_lone_sign_is_unknown(
    tmp_path: Path, printed: str, cost: int | None
) -> None:
    rows, _, _ = loaded(written(tmp_path, {"total_cost": printed}))

    assert rows["cost_usd"].to_list() == [cost]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("total_cost", "ST-2 $31,000"),
        ("quantity", "30 30"),
        ("start_date", "$1,177"),
        ("end_date", "5/30/2207"),
    ],
)
def test_row_is_set_aside_when_a_cell_is_unreadable(tmp_path: Path, field: str, value: str) -> None:
    rows, _, bad = loaded(written(tmp_path, {}, {field: value}))

    assert rows["source_row"].to_list() == [1]
    assert bad.select("source_row", "field").rows() == [(2, field)]


def test_cells_that_ran_together_are_taken_apart_and_said(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        {"total_cost": "11579  3/27/2009", "start_date": None, "quantity": "1 Garmisch,"},
        {"start_date": "9/21/2009 9/24/2009", "end_date": None},
        {"start_date": None, "end_date": "1/28/02 2/15/02"},
    )

    rows, _, bad = loaded(path)

    assert bad.height == 0
    assert rows.select("trainees", "cost_usd", "starts_on", "ends_on", "mended").rows() == [
        (1, 11_579, date(2009, 3, 27), date(2010, 8, 10), "cost and dates; trainees and place"),
        (1, 64_360, date(2009, 9, 21), date(2009, 9, 24), "first and last day"),
        (1, 64_360, date(2002, 1, 28), date(2002, 2, 15), "first and last day"),
    ]


@pytest.mark.parametrize(
    ("printed", "understood"),
    [
        ("International Military Education And Training  (IMET), FY 99", ("IMET", 1999, None)),
        ("Near East Region, Israel,  Foreign Military Financing (FMF), FY04", ("FMF", 2004, None)),
        (
            "DOD Africa Region, Namibia,  Africa Center for Strategic Studies (ACSS), FY02",
            ("Regional Centers", 2002, "Defense"),
        ),
        ("Section 333 - FY 2019 DoD Training", ("Section 333", 2019, "Defense")),
    ],
)
def test_programme_and_its_year_are_read_from_its_text(
    tmp_path: Path, printed: str, understood: tuple[str, int, str | None]
) -> None:
    rows, _, _ = loaded(written(tmp_path, {"program": printed}))

    assert rows.select("programme", "fiscal_year", "department").rows() == [understood]


@pytest.mark.parametrize(
    ("unit", "kind"),
    [
        ("National Police, CNPA", "police"),
        ("Coast Guard", "navy_coast_guard"),
        ("Afghan National Army 201st Special Operations Brigade", "special_operations"),
        ("Indonesian Air Force/ Material Office", "air"),
        ("11th Airborne Brigade", "army"),
        ("Ministry of Defense", "ministry_headquarters"),
        ("Ministry of Foreign Affairs", "civilian"),
        ("Military Hospital", "medical"),
        ("N/A", "unknown"),
        ("", "unknown"),
        ("SENAN", "other"),
    ],
)
def test_unit_is_put_under_the_first_kind_that_fits(tmp_path: Path, unit: str, kind: str) -> None:
    rows, _, _ = loaded(written(tmp_path, {"student_unit": unit}))

    assert rows["unit_type"].to_list() == [kind]


def test_printed_total_is_no_training_and_is_not_added_up(tmp_path: Path) -> None:
    path = written(tmp_path, {}, TOTAL | {"quantity": "1", "total_cost": "$64,360"})

    rows, totals, _ = loaded(path)

    assert rows["row_kind"].to_list() == ["training", "programme_total"]
    assert totals.select("trainings", "trainees", "cost_usd").rows() == [(1, 1, 64_360)]


def test_identical_rows_are_two_trainees_when_the_printed_total_counts_both(
    tmp_path: Path,
) -> None:
    rows, totals, _ = loaded(written(tmp_path, {}, {}, TOTAL | {"quantity": "2"}))

    assert rows["is_repeat"].to_list() == [False, False, False]
    assert totals.select("trainees", "possible_repeats", "repeats_left_out").rows() == [(2, 0, 0)]


def test_identical_row_is_a_repeat_when_the_printed_total_counts_it_once(tmp_path: Path) -> None:
    rows, totals, _ = loaded(written(tmp_path, {}, {}, TOTAL | {"quantity": "1"}))

    assert rows["is_repeat"].to_list() == [False, True, False]
    assert totals.select("trainees", "possible_repeats", "repeats_left_out").rows() == [(1, 0, 1)]


def test_identical_row_is_not_judged_when_no_total_is_printed(tmp_path: Path) -> None:
    rows, totals, _ = loaded(written(tmp_path, {}, {}))

    assert rows["is_repeat"].to_list() == [False, None]
    assert totals.select("trainees", "possible_repeats", "repeats_left_out").rows() == [(2, 1, 0)]


def test_page_that_stands_in_two_regions_reports_is_counted_once(tmp_path: Path) -> None:
    path = written(tmp_path, {}, {"source_file": "2010_2011_Europe.xml"})

    rows, totals, _ = loaded(path)

    assert rows["is_repeat"].to_list() == [False, True]
    assert totals.select("trainees", "repeats_left_out").rows() == [(1, 1)]


def test_planned_year_is_left_out_because_the_next_report_gives_it(tmp_path: Path) -> None:
    planned = {
        "fiscal_year": "1999/2000",
        "program": "International Military Education and Training (IMET), FY 00",
    }

    rows, totals, _ = loaded(written(tmp_path, planned))

    assert rows.select("run", "is_repeat").rows() == [("planned", True)]
    assert totals.select("trainings", "trainees", "repeats_left_out").rows() == [(0, None, 1)]


def test_unknown_numbers_stay_unknown_in_the_totals(tmp_path: Path) -> None:
    rows = ({"quantity": None}, {"quantity": "3", "total_cost": "$", "course_title": "OTHER"})

    _, totals, _ = loaded(written(tmp_path, *rows))

    assert totals.select("trainees", "trainees_unknown", "cost_usd", "cost_unknown").rows() == [
        (3, 1, 64_360, 1)
    ]


def test_damaged_file_is_refused_with_one_clear_sentence(tmp_path: Path) -> None:
    path = written(tmp_path, {})
    path.write_bytes(path.read_bytes()[:-30])

    with pytest.raises(SourceRefused, match="the Parquet file is cut or damaged"):
        list(SOURCE.read(path, Quarantine(path)))
    assert not SOURCE.recognises(path)


def test_file_is_refused_when_a_column_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "trainings.parquet"
    pl.read_parquet(written(tmp_path, {})).drop("us_unit").write_parquet(path)

    with pytest.raises(SourceRefused, match="the header lacks us_unit"):
        list(SOURCE.read(path, Quarantine(path)))


def test_only_totals_of_the_four_cases_travel(tmp_path: Path) -> None:
    path = written(tmp_path, {}, {"country": "Chad"})
    *_, cells = SOURCE.read(path, Quarantine(path))
    assert SOURCE.cut is not None

    kept = {name: chosen(cells.frame) for name, chosen in SOURCE.cut.tables.items()}

    assert list(kept) == ["training_cells"]
    assert kept["training_cells"].select("country", "programme", "trainees", "told").rows() == [
        ("MLI", "all", None, "withheld"),
        ("MLI", "IMET", None, "small"),
    ]
    assert not SOURCE.cut.printed


def cells(path: Path) -> pl.DataFrame:
    *_, found = SOURCE.read(path, Quarantine(path))
    return found.frame.select(
        "programme", "unit_type", "trainees", "told", "trainings", "source_row"
    )


def test_hidden_cells_tell_neither_their_rows_nor_where_they_stand(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        {"quantity": "50"},
        {"quantity": "3", "student_unit": "National Police"},
        {"quantity": "8", "student_unit": "Coast Guard"},
    )

    assert cells(path).rows() == [
        ("all", "all", 61, "shown", 3, 1),
        ("IMET", "army", 50, "shown", 1, 1),
        ("IMET", "navy_coast_guard", None, "small", None, 1),
        ("IMET", "police", None, "small", None, 1),
    ]


def test_year_tells_no_rows_when_its_total_is_unknown_and_a_cell_is_hidden(tmp_path: Path) -> None:
    path = written(
        tmp_path, {"quantity": "3"}, {"quantity": None, "student_unit": "National Police"}
    )

    assert cells(path).rows() == [
        ("all", "all", None, "unknown", None, 1),
        ("IMET", "army", None, "small", None, 1),
        ("IMET", "police", None, "unknown", 1, 2),
    ]


@needs_shared
def test_real_reports_hold_what_their_description_says() -> None:
    rows, totals, bad = loaded(REAL)
    cases = {"AFG": 3_819, "XKX": 1_554, "MLI": 1_245, "SOM": 237}
    held = rows.group_by("country").len().filter(pl.col("country").is_in(list(cases)))

    assert (rows.height, bad["source_row"].n_unique()) == (253_428, 33)
    assert dict(held.rows()) == cases
    assert rows.filter(pl.col("country").is_null())["country_name"].unique().to_list() == [
        "Indochina"
    ]
    assert dict(rows["row_kind"].value_counts().rows()) == {
        "training": 244_381,
        "programme_total": 9_043,
        "no_activity": 4,
    }
    assert 2006 not in rows["fiscal_year"].unique().to_list()
    assert (
        totals["trainings"].sum()
        == 244_381 - rows.filter(row_kind="training")["is_repeat"].fill_null(value=False).sum()
    )
    assert SOURCE.release(REAL).version == "reports 1999-2000 to 2020-2021"
    assert SOURCE.recognises(REAL)
    assert SOURCE.print_rows(REAL, [253_461])[253_461]["source_file"][:9] == "2020_2021"


@needs_shared
def test_real_rows_add_up_to_the_printed_totals_when_identical_rows_are_kept() -> None:
    rows, _, _ = loaded(REAL)
    year = rows.filter(report_years="2010/2011")
    by_kind = year.group_by("country_name", "programme_printed", "report_file").agg(
        pl.col("trainees").filter(pl.col("row_kind") == kind).sum().alias(kind)
        for kind in ("training", "programme_total")
    )

    agreeing = by_kind.filter(pl.col("training") == pl.col("programme_total"))

    assert (agreeing.height, by_kind.height) == (593, 593)
