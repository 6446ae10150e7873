"""The same expressions give the same rows on DuckDB and on Spark."""

from pathlib import Path

import polars as pl
import pytest

from stabilis.warehouse import engine, select

ROWS = pl.DataFrame(
    {
        "country": ["MLI", "MLI", "SOM", "XKX"],
        "year": [2012, 2013, 2012, 1999],
        "deaths": [3, None, 5, 0],
    }
)


@pytest.fixture(params=["duckdb", pytest.param("spark", marks=pytest.mark.spark)])
def name(request: pytest.FixtureRequest) -> str:
    """Return the name of an engine; Spark is skipped where it is not installed."""
    if request.param == "spark":
        pytest.importorskip("pyspark", reason="the spark extra is not installed")
    return str(request.param)


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    path = tmp_path / "deaths.parquet"
    ROWS.write_parquet(path)
    return path


def rows(expression: object) -> list[tuple[object, ...]]:
    return engine.frame(expression).rows()  # type: ignore[arg-type]


def test_matching_keeps_rows_that_equal_one_or_one_of_several(stored: Path, name: str) -> None:
    table = engine.table(stored, engine=name)

    one = select.matching(table, {"country": "SOM"})
    several = select.matching(table, {"country": ["MLI", "XKX"], "year": [2012, 1999]})

    assert rows(one) == [("SOM", 2012, 5)]
    assert sorted(rows(several)) == [("MLI", 2012, 3), ("XKX", 1999, 0)]


def test_between_includes_both_edges_and_takes_either_alone(stored: Path, name: str) -> None:
    table = engine.table(stored, engine=name)

    both = select.between(table, column="year", first=2012, last=2012)
    upper = select.between(table, column="year", first=None, last=1999)

    assert sorted(rows(both)) == [("MLI", 2012, 3), ("SOM", 2012, 5)]
    assert rows(upper) == [("XKX", 1999, 0)]


def test_a_total_says_how_many_rows_it_does_not_know(stored: Path, name: str) -> None:
    table = engine.table(stored, engine=name)

    totals = engine.frame(select.totals(table, by=["country"], sums=["deaths"]))

    assert totals.select("country", "deaths", "deaths_unknown", "rows").rows() == [
        ("MLI", 3, 1, 2),
        ("SOM", 5, 0, 1),
        ("XKX", 0, 0, 1),
    ]


def test_an_unknown_engine_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="'oracle'; it must be duckdb or spark"):
        engine.connect("oracle")
