"""Reads sums of US dollars as reports print them: `$64,360`, `0`, `12606.72`, or a lone `$`."""

import polars as pl

from stabilis.connectors.reading.cells import text

PRINTED = r"^\$?\s*(\d[\d,]*(?:\.\d+)?)$"


def whole_dollars(column: str) -> pl.Expr:
    """Return the sum in whole dollars as digits; a lone `$` is unknown, other text is left as is.

    Cents are rounded to the nearest dollar. What is left as is fails the check of its cell.
    """
    printed = text(column)
    amount = printed.str.extract(PRINTED).str.replace_all(",", "").cast(pl.Float64)
    digits = amount.round(0, mode="half_away_from_zero").cast(pl.Int64).cast(pl.String)
    return pl.when(printed == "$").then(None).otherwise(pl.coalesce(digits, printed))
