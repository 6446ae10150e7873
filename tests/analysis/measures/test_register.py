"""The register of measures: found by file, one row for each key."""

import polars as pl
import pytest

from stabilis.analysis.frames import FrameError
from stabilis.analysis.measures import DONOR_AMOUNTS, checked, measures


def test_measures_are_in_the_order_of_their_ids_when_listed():
    ids = list(measures())

    assert ids == sorted(ids)


def test_checked_names_the_donor_when_it_comes_twice():
    rows = pl.DataFrame({"donor": ["A", "B", "B"], "amount_usd": [1.0, 2.0, 3.0]})

    with pytest.raises(FrameError) as refused:
        checked(rows=rows, frame=DONOR_AMOUNTS)

    assert str(refused.value) == "donor amounts: more than one row for B; sum them first"


def test_checked_puts_the_columns_in_declared_order_when_they_came_otherwise():
    rows = pl.DataFrame({"amount_usd": [1.0], "donor": ["A"]})

    columns = checked(rows=rows, frame=DONOR_AMOUNTS).columns

    assert columns == ["donor", "amount_usd"]
