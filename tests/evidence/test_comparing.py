"""What changed between two releases: rows added, rows gone, and each cell that differs."""

import polars as pl

from stabilis.evidence.comparing import compared


def frame(*rows: tuple[str, int, int | None]) -> pl.DataFrame:
    found = pl.DataFrame(rows, schema=["country", "year", "deaths"], orient="row")
    numbers = pl.int_range(2, pl.len() + 2, dtype=pl.Int64).alias("source_row")
    return found.with_columns(pl.lit("f.csv").alias("source_file"), numbers)


def changes(earlier: pl.DataFrame, later: pl.DataFrame) -> list[tuple[object, ...]]:
    found = compared(earlier, later, key=("country", "year"), table="deaths")
    return found.select("key", "column", "kind", "before", "after").rows()


def test_equal_releases_have_no_changes() -> None:
    same = frame(("MLI", 2012, 3), ("MLI", 2013, None))

    assert changes(same, same) == []


def test_a_revised_count_is_shown_before_and_after() -> None:
    found = changes(frame(("MLI", 2012, 3)), frame(("MLI", 2012, 5)))

    assert found == [("MLI · 2012", "deaths", "changed", "3", "5")]


def test_a_count_that_became_known_is_a_change_from_unknown() -> None:
    found = changes(frame(("MLI", 2012, None)), frame(("MLI", 2012, 0)))

    assert found == [("MLI · 2012", "deaths", "changed", None, "0")]


def test_rows_added_and_rows_gone_are_told_apart() -> None:
    found = changes(frame(("MLI", 2012, 3)), frame(("MLI", 2013, 3)))

    assert found == [
        ("MLI · 2012", "", "gone", None, None),
        ("MLI · 2013", "", "added", None, None),
    ]


def test_a_change_leads_to_the_row_of_the_later_release() -> None:
    found = compared(
        frame(("MLI", 2012, 3)),
        frame(("SOM", 2012, 1), ("MLI", 2012, 5)),
        key=("country", "year"),
        table="deaths",
    )

    assert found.filter(kind="changed").select("file", "row").rows() == [("f.csv", 3)]
