"""Takes cells apart that ran into their neighbours when a printed report was parsed.

Seen in the US training reports: `11579  3/27/2009` is a cost and a first day, `9/21/2009 9/24/2009`
a first and a last day, `2 Garmisch,` a number of trainees and the beginning of a place.
"""

import polars as pl

from stabilis.connectors.reading.cells import text
from stabilis.connectors.reading.money import whole_dollars

DAY = r"\d{1,2}/\d{1,2}/\d{2,4}"


def taken_apart(printed: pl.DataFrame) -> pl.DataFrame:
    """Return rows with cells that ran into their neighbours taken apart, and ready to be typed.

    A cell is taken apart only where its neighbour is empty; anything else is left as printed and
    set aside when it is typed.
    """
    spilled = text("total_cost").str.extract_groups(rf"^(?:(\$?[\d,.]+))\s+({DAY})(?:\s+({DAY}))?$")
    cost, first, last = (spilled.struct.field(name) for name in ("1", "2", "3"))
    starts, ends = text("start_date"), text("end_date")
    takes = cost.is_not_null() & starts.is_null() & (last.is_null() | ends.is_null())
    place = text("quantity").str.extract(r"^(\d+)\s+[A-Za-z]")
    frame = printed.with_columns(
        text("quantity").alias("quantity as printed"),
        text("total_cost").alias("total_cost as printed"),
        pl.when(takes).then(cost).otherwise("total_cost").alias("total_cost"),
        pl.when(takes).then(first).otherwise(starts).alias("start_date"),
        pl.when(takes).then(pl.coalesce(last, ends)).otherwise(ends).alias("end_date"),
        pl.coalesce(place, text("quantity").replace("N/A", None)).alias("quantity"),
        pl.when(takes).then(pl.lit("cost and dates")).alias("cost mended"),
        pl.when(place.is_not_null()).then(pl.lit("trainees and place")).alias("place mended"),
    )
    return _with_days(frame).with_columns(
        whole_dollars("total_cost").alias("total_cost"),
        pl.concat_str(
            "cost mended", "place mended", "days mended", separator="; ", ignore_nulls=True
        )
        .replace("", None)
        .alias("mended"),
    )


def _with_days(frame: pl.DataFrame) -> pl.DataFrame:
    """Take apart two days in one cell whose neighbour is empty, and write each as 2021-04-14."""
    starts, ends = text("start_date"), text("end_date")
    pair = rf"^({DAY})\s+({DAY})$"
    from_start, from_end = starts.str.extract_groups(pair), ends.str.extract_groups(pair)
    in_start = from_start.struct.field("1").is_not_null() & ends.is_null()
    in_end = from_end.struct.field("1").is_not_null() & starts.is_null()
    apart = [
        pl.when(in_start)
        .then(from_start.struct.field(field))
        .when(in_end)
        .then(from_end.struct.field(field))
        .otherwise(pl.col(column))
        .alias(column)
        for column, field in (("start_date", "1"), ("end_date", "2"))
    ]
    said = pl.when(in_start | in_end).then(pl.lit("first and last day")).alias("days mended")
    return frame.with_columns(*apart, said).with_columns(_day("start_date"), _day("end_date"))


def _day(column: str) -> pl.Expr:
    """Return a US day as 2021-04-14; what is none is left as printed."""
    printed = text(column)
    short = printed.str.contains(r"/\d\d$")
    day = (
        pl.when(short)
        .then(printed.str.to_date("%m/%d/%y", strict=False))
        .otherwise(printed.str.to_date("%m/%d/%Y", strict=False))
    )
    return pl.coalesce(day.dt.to_string("%Y-%m-%d"), printed).alias(column)
