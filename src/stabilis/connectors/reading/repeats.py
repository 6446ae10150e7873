"""Tells which rows of a training report stand for the same training twice, and why.

Three answers: yes, no, and not judged. Two identical rows are most often two trainees: where a
programme's own printed total counts both, they are no repeat. Measured on the reports of
2007/08–2020/21: with identical rows kept, almost every printed total is met; without, far fewer.
"""

import polars as pl

PROGRAMME = ("report_years", "report_file", "country_name", "programme_printed")
PRINTED = (
    *("report_years", "country_name", "programme_printed", "course", "student_unit", "us_unit"),
    *("location", "trainees_printed", "cost_printed", "starts_on", "ends_on", "page"),
)
PLANNED = "planned when printed; the next year's report gives the same year as carried out"
TWO_REPORTS = "the same page stands in the reports of two regions"
TOTAL_COUNTS_ONCE = "the programme's printed total counts identical rows once"
NOT_JUDGED = "identical to an earlier row; no printed total says whether both are meant"


def judged(rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows with `is_repeat` (null: not judged) and `repeat_reason`.

    *Reads* trainings with PRINTED, `report_file`, `row_kind`, `run` and `trainees`.
    """
    place = pl.int_range(pl.len()).over(*PRINTED, "report_file")
    files = pl.col("report_file").n_unique().over(PRINTED)
    first_file = pl.col("report_file").first().over(PRINTED)
    marked = _with_totals(rows.with_columns(place.alias("place"))).with_columns(
        ((files > 1) & (pl.col("report_file") != first_file)).alias("elsewhere")
    )
    identical = (pl.col("place") > 0) & (pl.col("row_kind") == "training")
    reason = (
        pl.when(pl.col("run") == "planned")
        .then(pl.lit(PLANNED))
        .when("elsewhere")
        .then(pl.lit(TWO_REPORTS))
        .when(identical & (pl.col("printed") == pl.col("added")))
        .then(None)
        .when(identical & (pl.col("printed") == pl.col("added_once")))
        .then(pl.lit(TOTAL_COUNTS_ONCE))
        .when(identical)
        .then(pl.lit(NOT_JUDGED))
    )
    with_reason = marked.with_columns(reason.alias("repeat_reason"))
    is_repeat = pl.when(pl.col("repeat_reason") != NOT_JUDGED).then(statement=True)
    none = pl.when(pl.col("repeat_reason").is_null()).then(statement=False)
    return with_reason.with_columns(pl.coalesce(is_repeat, none).alias("is_repeat")).drop(
        "place", "elsewhere", "printed", "added", "added_once"
    )


def _with_totals(rows: pl.DataFrame) -> pl.DataFrame:
    """Add what each programme's total prints, and what its rows add up to, all and once."""
    training, total = (pl.col("row_kind") == kind for kind in ("training", "programme_total"))
    sums = rows.group_by(PROGRAMME, maintain_order=True).agg(
        pl.when(total.any()).then(pl.col("trainees").filter(total).sum()).alias("printed"),
        pl.col("trainees").filter(training).sum().alias("added"),
        pl.col("trainees").filter(training & (pl.col("place") == 0)).sum().alias("added_once"),
    )
    return rows.join(sums, on=PROGRAMME, how="left", nulls_equal=True, maintain_order="left")
