"""What the front page says: one finding, one figure, the four cases."""

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stabilis.evidence.assessing import Assessed
from stabilis.evidence.cases import CASES
from stabilis.interface import charts, multiples
from stabilis.interface.drawing import Chart
from stabilis.portal import briefs
from stabilis.portal.panels import Asked, Section
from stabilis.portal.panels.violence import TYPES, names
from stabilis.portal.wording import VERDICTS
from stabilis.reference.queries import country_name


def opening() -> dict[str, Any]:
    """Return the finding, the figure and one card per case."""
    language = get_language() or "en"
    violence = {code: briefs.section("violence", Asked(code)) for code in CASES}
    claims = {code: briefs.section("claim", Asked(code)) for code in CASES}
    return {
        "finding": finding([each for code in CASES for each in judged(claims[code])]),
        "chart": chart(violence, language),
        "cards": [
            {
                "code": code,
                "name": country_name(code, language=language),
                "finding": violence[code].finding,
                "claims": judged(claims[code]),
            }
            for code in CASES
        ],
    }


def judged(section: Section) -> list[Assessed]:
    """Return the assessed claims of a section."""
    return list(section.extra.get("claims", ()))


def finding(claims: list[Assessed]) -> str:
    """Return the one finding of the front page, counted from the assessments."""
    verdicts: list[str] = [each.assessment.outcome.verdict for each in claims]
    told = {verdict.replace(" ", "_"): verdicts.count(verdict) for verdict in VERDICTS}
    return _(
        "Four missions are told as successes. Of %(all)s claims about what came of them, the "
        "evidence held here finds %(supported)s supported outright, %(partly_supported)s partly "
        "supported, %(contradicted)s contradicted, %(disputed)s disputed and %(cannot_judge)s "
        "that cannot be judged."
    ) % (told | {"all": len(claims)})


def chart(violence: dict[str, Section], language: str) -> Chart | None:
    """Return deaths by year for the four cases, on one scale."""
    labels = names()
    values = [
        {
            "country": country_name(code, language=language),
            "year": row["year"],
            "series": labels[key],
            "value": row[f"{key}_best"],
        }
        for code, section in violence.items()
        if section.table
        for row in sorted(section.table.rows, key=lambda row: row["year"])
        for key in TYPES
        # A nought draws nothing; one row a year is kept, so that the year counts as held.
        if row[f"{key}_best"] or key == TYPES[0]
    ]
    if not values:
        return None
    return Chart(
        title=told(violence, language),
        subtitle=_(
            "Deaths in organised violence a year, best estimate; each country on its own scale"
        ),
        spec=multiples.small_multiples(values, names=[labels[key] for key in TYPES]),
        key=charts.key([labels[key] for key in TYPES]),
        alt=" ".join(
            f"{country_name(code, language=language)}: {s.finding}" for code, s in violence.items()
        ),
        source=next((s.table.source for s in violence.values() if s.table), ""),
        table_href=reverse("panel", args=[CASES[0].lower(), "violence"]),
    )


def told(violence: dict[str, Section], language: str) -> str:
    """Return the finding of the figure: where the last year held still counts deaths."""
    last = {
        code: max(section.table.rows, key=lambda row: row["year"])
        for code, section in violence.items()
        if section.table
    }
    names = {code: country_name(code, language=language) for code in last}
    with_deaths = [names[code] for code, row in last.items() if row["deaths_best"]]
    without = [names[code] for code, row in last.items() if not row["deaths_best"]]
    year = max(row["year"] for row in last.values())
    if not without:
        return _("In %(year)s organised violence killed people in all of them") % {"year": year}
    return _(
        "In %(year)s organised violence killed people in %(with)s; none is recorded in %(without)s"
    ) % {"year": year, "with": ", ".join(with_deaths), "without": ", ".join(without)}
