"""Cells: readable ones become typed, unreadable ones set their row aside with the reason."""

from datetime import date
from pathlib import Path

import polars as pl

from stabilis.connectors import Quarantine
from stabilis.connectors.reading.cells import Cell, typed

CELLS = {
    "year": Cell("Year", "integer", required=True, low=1989, high=2100),
    "deaths": Cell("Deaths", "integer", low=0),
    "on": Cell("On", "day"),
    "kind": Cell("Kind", labels=frozenset({"battle", "raid"})),
}


def read(*rows: tuple[str, str, str, str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    names = ["Year", "Deaths", "On", "Kind"]
    raw = pl.DataFrame(rows, schema=names, orient="row").with_row_index("source_row", offset=2)
    quarantine = Quarantine(Path("toy.csv"))
    found = typed(raw.cast({"source_row": pl.Int64}), cells=CELLS, quarantine=quarantine)
    return found, quarantine.frame()


def test_an_empty_cell_is_unknown_and_never_zero() -> None:
    rows, bad = read(("2012", "", "", ""))

    assert rows.rows() == [(2, 2012, None, None, None)]
    assert bad.is_empty()


def test_dates_are_read_in_the_forms_that_sources_print() -> None:
    rows, _bad = read(
        ("2012", "0", "2012-04-05", "raid"),
        ("2012", "0", "2012-04-05 00:00:00.000", "raid"),
        ("2012", "0", "04/05/2012 00:00:00", "raid"),
    )

    assert rows["on"].to_list() == [date(2012, 4, 5)] * 3


def test_a_bad_cell_sets_its_row_aside_and_says_what_would_mend_it() -> None:
    rows, bad = read(("2012", "3", "", "raid"), ("2012", "many", "", "raid"))

    assert rows["source_row"].to_list() == [2]
    assert bad.rows() == [
        ("toy.csv", 3, "Deaths", "many", "this is not a whole number", "Write a whole number.")
    ]


def test_a_value_out_of_bounds_an_unknown_label_and_a_missing_key_are_bad() -> None:
    _rows, bad = read(("1850", "3", "", "raid"), ("2012", "-1", "", "siege"), ("", "3", "", ""))

    assert bad.select("source_row", "field").rows() == [
        (2, "Year"),
        (4, "Year"),
        (3, "Deaths"),
        (3, "Kind"),
    ]


def test_a_fraction_is_no_whole_number() -> None:
    _rows, bad = read(("2012", "3.5", "", ""))

    assert bad["field"].to_list() == ["Deaths"]
