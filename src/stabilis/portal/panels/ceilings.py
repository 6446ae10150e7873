"""Sets what a mission was authorised against what its maps show, or says why it cannot be done."""

from collections.abc import Mapping
from datetime import date

import polars as pl
from django.utils.translation import gettext as _

from stabilis.analysis.answers import CannotJudge
from stabilis.analysis.measures import authorised_against_deployed
from stabilis.evidence import queries
from stabilis.evidence.queries import FactRow
from stabilis.interface.numbers import plain
from stabilis.portal.panels import Asked
from stabilis.portal.panels.giving import rounded

AUTHORISED = "authorised military strength"
Strengths = Mapping[tuple[str, int], int | None]


def words(asked: Asked, strengths: Strengths) -> tuple[str, ...]:
    """Return a sentence for each authorised military strength among the facts of a country.

    A ceiling is set against the mission's strength in its own year, and against its strongest
    year, since that is the comparison which readers make.
    """
    return tuple(
        _sentence(fact, mission=mission, year=year, troops=strengths[mission, year])
        for fact in queries.facts_of(asked.country)
        if (mission := fact.metric.removesuffix(AUTHORISED).strip()) != fact.metric
        for year in _years(fact, mission, strengths)
    )


def _years(fact: FactRow, mission: str, strengths: Strengths) -> list[int]:
    known = {year: value for (name, year), value in strengths.items() if name == mission and value}
    if fact.value is None or not known:
        return []
    own = int(fact.as_of[:4])
    nearest = min(known, key=lambda year: (abs(year - own), year))
    strongest = max(known, key=lambda year: (known[year] or 0, year))
    return sorted({nearest, strongest})


def _sentence(fact: FactRow, *, mission: str, year: int, troops: int | None) -> str:
    answer = authorised_against_deployed.MEASURE.compute(
        pl.DataFrame(
            {
                "component": ["military"],
                "authorised_strength": [float(str(fact.value))],
                "authorised_on": [_last_day(fact.as_of)],
                "deployed_strength": [float(troops) if troops is not None else None],
                "deployed_on": [date(year, 12, 31)],
            },
            schema=authorised_against_deployed.READS.schema,
        )
    )
    told = {
        "mission": mission,
        "year": year,
        "ceiling": plain(float(str(fact.value))),
        "source": fact.source,
        "seen": fact.seen_in,
    }
    if isinstance(answer, CannotJudge):
        return _(
            "%(mission)s, maps of %(year)s against the ceiling of %(ceiling)s (%(source)s, seen "
            "in: %(seen)s): cannot judge: %(reason)s."
        ) % {**told, "reason": answer.reason}
    return _(
        "%(mission)s, maps of %(year)s against the ceiling of %(ceiling)s (%(source)s, seen in: "
        "%(seen)s): %(share)s percent. The maps give standard unit sizes, so this bounds nothing."
    ) % {**told, "share": rounded(answer.value, digits=0)}


def _last_day(as_of: str) -> date:
    """Return the day of a fact; a bare year, or a month, counts as the last day of its year."""
    return date.fromisoformat(as_of) if len(as_of) == len("2013-04-25") else _year_end(as_of)


def _year_end(as_of: str) -> date:
    return date(int(as_of[:4]), 12, 31)
