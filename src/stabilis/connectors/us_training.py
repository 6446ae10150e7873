"""US foreign military training reports, 1999–2021: who was trained, in what, by whom, at what cost.

One printed row is one course given to some trainees of one unit, or the printed total of one
programme in one country. Every cell is text as printed; here it is typed and the print kept.
Units and courses are official: only totals by country, year, programme and kind of unit travel.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import polars as pl

from stabilis.analysis.frames import Column, traced
from stabilis.connectors import (
    Batch,
    Cut,
    Expectation,
    Licence,
    Quarantine,
    Release,
    Source,
)
from stabilis.connectors.reading import (
    columnar,
    delimited,
    protected_totals,
    repeats,
    spills,
    training_words,
)
from stabilis.connectors.reading.cells import Cell, typed
from stabilis.connectors.reading.countries import alpha3_of_name

COLUMNS_READ = (
    *("fiscal_year", "region_report", "country", "program", "course_title", "student_unit"),
    *("us_unit", "location", "quantity", "total_cost", "start_date", "end_date", "page"),
    "source_file",
)
KEPT = {
    "report_years": Cell("fiscal_year", required=True),
    "report_file": Cell("source_file", required=True),
    "region": Cell("region_report", required=True),
    "country_name": Cell("country", required=True),
    "programme_printed": Cell("program", required=True),
    "course": Cell("course_title"),
    "student_unit": Cell("student_unit"),
    "us_unit": Cell("us_unit"),
    "location": Cell("location"),
    "page": Cell("page"),
    "trainees_printed": Cell("quantity as printed"),
    "cost_printed": Cell("total_cost as printed"),
    "mended": Cell("mended"),
}
CELLS = KEPT | {
    "trainees": Cell("quantity", "integer", low=0, high=20_000),
    "cost_usd": Cell("total_cost", "integer", low=0, high=200_000_000),
    "starts_on": Cell("start_date", "day", low=date(1990, 1, 1), high=date(2030, 1, 1)),
    "ends_on": Cell("end_date", "day", low=date(1990, 1, 1), high=date(2030, 1, 1)),
}
ROW_KINDS = ("training", "programme_total", "no_activity")
WHERE = {
    "country": Column(pl.String, "alpha-3 code; empty where a region is named"),
    "country_name": Column(pl.String, "country or region as printed", nullable=False),
    "report_years": Column(pl.String, "the two years in the report's title", nullable=False),
    "fiscal_year": Column(pl.Int64, "US fiscal year that the programme names"),
    "programme": Column(pl.String, "short name of the programme", nullable=False),
    "department": Column(pl.String, "US department that ran it; empty where not printed"),
}
TRAININGS = traced(
    "trainings",
    "One printed row: a course given to trainees of one unit, or a programme's printed total.",
    ("source_file", "source_row"),
    WHERE
    | {
        "row_kind": Column(pl.String, f"one of {', '.join(ROW_KINDS)}", nullable=False),
        "run": Column(pl.String, "carried_out or planned when printed"),
        "region": Column(pl.String, "region of the report", nullable=False),
        "programme_printed": Column(pl.String, "programme as printed", nullable=False),
        "course": Column(pl.String, "title of the course as printed"),
        "student_unit": Column(pl.String, "unit of the trainees as printed (official)"),
        "unit_type": Column(pl.String, "kind of unit, by our rules", nullable=False),
        "us_unit": Column(pl.String, "US unit or school as printed (official)"),
        "location": Column(pl.String, "place as printed"),
        "trainees": Column(pl.Int64, "trainees", "persons"),
        "trainees_printed": Column(pl.String, "trainees as printed"),
        "cost_usd": Column(pl.Int64, "cost in whole dollars", "USD"),
        "cost_printed": Column(pl.String, "cost as printed"),
        "starts_on": Column(pl.Date, "first day"),
        "ends_on": Column(pl.Date, "last day"),
        "mended": Column(pl.String, "which cells had run into one another; empty: none"),
        "is_repeat": Column(pl.Boolean, "stands for a training of another row; empty: not judged"),
        "repeat_reason": Column(pl.String, "why it is a repeat or is not judged"),
        "page": Column(pl.String, "page of the report"),
        "report_file": Column(pl.String, "file of the report", nullable=False),
    },
)
TOTALS = traced(
    "training_totals",
    "One country, report, fiscal year, programme and kind of unit; repeats and totals left out.",
    ("country_name", "report_years", "fiscal_year", "programme", "department", "unit_type"),
    WHERE
    | {
        "unit_type": Column(pl.String, "kind of unit, by our rules", nullable=False),
        "trainings": Column(pl.Int64, "printed rows added up", "rows", nullable=False),
        "trainees": Column(pl.Int64, "trainees; empty: none of the rows says", "persons"),
        "trainees_unknown": Column(pl.Int64, "rows that do not say", "rows", nullable=False),
        "cost_usd": Column(pl.Int64, "cost; empty: none of the rows says", "USD"),
        "cost_unknown": Column(pl.Int64, "rows that do not say", "rows", nullable=False),
        "possible_repeats": Column(
            pl.Int64, "rows counted here that may be repeats", "rows", nullable=False
        ),
        "repeats_left_out": Column(pl.Int64, "rows left out as repeats", "rows", nullable=False),
    },
)


CELLS_SHOWN = protected_totals.CELLS


def read(path: Path, quarantine: Quarantine) -> Iterator[Batch]:
    """Yield every training in the order of the file, then the totals made of them."""
    rows = typed(spills.taken_apart(_printed(path, quarantine)), cells=CELLS, quarantine=quarantine)
    trainings = repeats.judged(_described(rows)).with_columns(
        pl.lit(path.name).alias("source_file")
    )
    yield Batch(TRAININGS.name, TRAININGS.check(trainings.select(list(TRAININGS.columns))))
    sums = TOTALS.check(totals(trainings))
    yield Batch(TOTALS.name, sums)
    yield Batch(CELLS_SHOWN.name, CELLS_SHOWN.check(protected_totals.cells(sums)))


def totals(trainings: pl.DataFrame) -> pl.DataFrame:
    """Return trainings added up by kind of unit; `source_row` is the first row of each sum."""
    counted = ~pl.col("is_repeat").fill_null(value=False)
    keys = ("country", *TOTALS.key)
    return (
        trainings.filter(pl.col("row_kind") == "training")
        .group_by(keys, maintain_order=True)
        .agg(
            counted.sum().cast(pl.Int64).alias("trainings"),
            *_sum("trainees", "trainees_unknown", counted),
            *_sum("cost_usd", "cost_unknown", counted),
            pl.col("is_repeat").is_null().sum().cast(pl.Int64).alias("possible_repeats"),
            (~counted).sum().cast(pl.Int64).alias("repeats_left_out"),
            pl.col("source_file", "source_row").first(),
        )
        .select(list(TOTALS.columns))
    )


def _sum(column: str, unknown: str, counted: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    values = pl.col(column).filter(counted)
    known = values.is_not_null().any()
    return (
        pl.when(known).then(values.sum()).alias(column),
        values.is_null().sum().cast(pl.Int64).alias(unknown),
    )


def _printed(path: Path, quarantine: Quarantine) -> pl.DataFrame:
    if path.suffix.lower() == ".parquet":
        return columnar.texts(path, expected=COLUMNS_READ)
    frames = list(delimited.read(path, expected=COLUMNS_READ, quarantine=quarantine))
    schema = dict.fromkeys(COLUMNS_READ, pl.String) | {"source_row": pl.Int64}
    return pl.concat(frames) if frames else pl.DataFrame(schema=schema)


def _described(rows: pl.DataFrame) -> pl.DataFrame:
    names = rows["country_name"].unique()
    known = {name: alpha3_of_name(name).alpha3 for name in names}
    first_year = pl.col("report_years").str.slice(0, 4).cast(pl.Int64, strict=False)
    year = training_words.fiscal_year("programme_printed")
    return rows.with_columns(
        pl.col("country_name")
        .replace_strict(known, default=None, return_dtype=pl.String)
        .alias("country"),
        year.alias("fiscal_year"),
        training_words.programme("programme_printed").alias("programme"),
        training_words.department("programme_printed").alias("department"),
        training_words.unit_type("student_unit").alias("unit_type"),
        pl.when(year <= first_year)
        .then(pl.lit("carried_out"))
        .when(year > first_year)
        .then(pl.lit("planned"))
        .alias("run"),
        _row_kind(),
    )


def _row_kind() -> pl.Expr:
    """Return what a row is. The report of 2007/08 prints its totals without a title."""
    named = pl.col("course").str.contains(r"^(FY|Fiscal Year) \d{4} Program Totals$")
    unnamed = pl.all_horizontal(
        pl.col("report_years") == "2007/2008",
        *(pl.col(name).is_null() for name in ("course", "student_unit", "location", "starts_on")),
    )
    return (
        pl.when(pl.col("programme_printed").str.starts_with("No activities reported"))
        .then(pl.lit("no_activity"))
        .when(named.fill_null(value=False) | unnamed)
        .then(pl.lit("programme_total"))
        .otherwise(pl.lit("training"))
        .alias("row_kind")
    )


def release(path: Path) -> Release:
    """Return the first and the last report that the file holds."""
    printed = _printed(path, Quarantine(path))["fiscal_year"].drop_nulls().unique().sort()
    years = [str(year).replace("/", "-") for year in printed]
    return Release(f"reports {years[0]} to {years[-1]}" if years else "unknown")


def recognises(path: Path) -> bool:
    """Tell whether a file has exactly these reports' columns."""
    if path.suffix.lower() != ".parquet":
        return delimited.has_columns(path, *COLUMNS_READ)
    return set(columnar.names(path)) == set(COLUMNS_READ)


def print_rows(path: Path, rows: Sequence[int]) -> dict[int, dict[str, str]]:
    """Return the asked rows as printed."""
    if path.suffix.lower() != ".parquet":
        return delimited.print_rows(path, rows)
    asked = columnar.texts(path, expected=COLUMNS_READ).filter(
        pl.col("source_row").is_in(list(rows))
    )
    return {
        row.pop("source_row"): {name: value or "" for name, value in row.items()}
        for row in asked.to_dicts()
    }


SOURCE = Source(
    title="US foreign military training reports, 1999–2021",
    producer="US Department of State and Department of Defense; parsed by Security Force Monitor",
    url="https://www.state.gov/foreign-military-training-and-dod-engagement-activities-of-interest/",
    citation=(
        "US Departments of State and Defense, Foreign Military Training and DoD Engagement "
        "Activities of Interest, joint reports to Congress, fiscal years 1999–2021; parsed by "
        "Security Force Monitor, Columbia Law School Human Rights Institute (2019–). Citation from "
        "memory."
    ),
    licence=Licence(
        "work of the US government; the parsing (c) 2019 Security Force Monitor, MIT-style",
        may_ship=True,
        seen_in="secondary copy: the carrying repository",
    ),
    tables=(TRAININGS, TOTALS, CELLS_SHOWN),
    official=(TRAININGS.name, TOTALS.name),
    recognises=recognises,
    read=read,
    release=release,
    print_rows=print_rows,
    expects=(Expectation(TRAININGS.name, rows=(1, 2_000_000), why="253,461 rows in 1999–2021"),),
    events={
        TRAININGS.name: "starts_on",
        TOTALS.name: "fiscal_year",
        CELLS_SHOWN.name: "fiscal_year",
    },
    notes=(
        "The report of 2006/07 is missing, so fiscal year 2006 is not held: unknown, not zero.",
        "From 2007/08 on each programme's printed total stands among its rows: never add it up.",
        "Identical rows are mostly several trainees: the printed totals count each of them.",
        "The reports of 1999/2000 and 2000/01 hold two years, one carried out and one planned.",
        "A page on Algeria and one on Armenia stand in two regions' reports of 2001/02.",
        "Before 2007/08 no total is printed: identical rows there are not judged, and are counted.",
        "In 2009/10 some 1,600 costs ran into the dates beside them; they are taken apart.",
        "No row of the first two reports names a unit. A unit's kind is our reading of its name.",
    ),
    cut=Cut(
        what="cells of the four cases by year, programme and kind of unit, small ones protected",
        tables={
            CELLS_SHOWN.name: lambda rows: rows.filter(
                pl.col("country").is_in(["AFG", "MLI", "SOM", "XKX"])
            )
        },
        printed=False,
    ),
    version=3,
)
