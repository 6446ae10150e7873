"""Deaths against the number of people who lived there, where a population is held."""

from collections.abc import Mapping
from typing import Any

import polars as pl
from django.urls import reverse
from django.utils.translation import gettext as _

from stabilis.analysis.answers import Answer, Value
from stabilis.analysis.measures import deaths_per_100k
from stabilis.evidence import held
from stabilis.evidence.held import Held, NotHeld
from stabilis.interface.numbers import Number
from stabilis.portal.panels import Asked, Unknown

POPULATION = "SP.POP.TOTL"


def deaths_rate(asked: Asked, row: Mapping[str, Any]) -> tuple[Number, ...]:
    """Return the year's deaths per 100,000 people, nothing where it cannot be judged."""
    people = _people(asked, row["year"])
    answer = _answer(row, people)
    if not isinstance(answer, Value) or not isinstance(people, Held):
        return ()
    return (
        Number(
            label=_("Deaths per 100,000 people"),
            value=answer.value,
            unit=_("a year"),
            as_of=str(row["year"]),
            source=f"UCDP; {people.snapshot.title}",
            seen_in=_("original seen"),
            href=reverse("method", args=["deaths_per_100k"]),
            low=answer.low,
            high=answer.high,
        ),
    )


def gap(asked: Asked, row: Mapping[str, Any]) -> tuple[Unknown, ...]:
    """Return that the rate is unknown, where it cannot be judged."""
    if isinstance(_answer(row, _people(asked, row["year"])), Value):
        return ()
    return (
        Unknown(
            _("Deaths per 100,000 people: no population of %(year)s is held")
            % {"year": row["year"]},
            _("whether violence is high for the size of the country"),
        ),
    )


def _people(asked: Asked, year: int) -> Held | NotHeld:
    where = {"country": asked.country, "indicator_id": POPULATION, "year": year}
    return held.rows("world_bank", table="indicator_values", where=where, horizon=asked.horizon)


def _answer(row: Mapping[str, Any], people: Held | NotHeld) -> Answer:
    count = people.frame["value"].to_list() if isinstance(people, Held) else []
    deaths = {
        f"deaths_{bound}": [float(row[f"deaths_{bound}"])] for bound in ("low", "best", "high")
    }
    cells = {"year": [row["year"]], **deaths, "population": count[:1] or [None]}
    schema = pl.Schema(deaths_per_100k.READS.schema)
    return deaths_per_100k.compute(pl.DataFrame(cells, schema=schema))
