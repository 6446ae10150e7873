"""The article's claim about a country: its words, the evidence on both sides, the assessment."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stabilis.evidence import assessing, queries
from stabilis.evidence.assessing import Assessed, Weighed
from stabilis.interface.numbers import plain
from stabilis.interface.tables import Column, Table
from stabilis.portal.panels import Asked, Panel, Section, Unknown
from stabilis.portal.panels.facts import figure
from stabilis.portal.wording import DIRECTIONS, FIGURES, VERDICTS


def build(asked: Asked) -> Section:
    """Return every claim about a country with its assessment."""
    claims = queries.claims_of(asked.country)
    if not claims:
        return Section(
            finding=_("The article makes no claim about this country."),
            is_held=False,
        )
    found = [assessing.assessed(claim, horizon=asked.horizon) for claim in claims]
    return Section(
        finding=" ".join(sentence(each) for each in found),
        table=_table(found),
        unknowns=[
            Unknown(missing.rstrip("."), _("whether the claim can be judged better"))
            for each in found
            for missing in each.claim.missing
        ],
        template="portal/section_claim.html",
        extra={"claims": found},
        span=ngettext("%(count)s claim", "%(count)s claims", len(found)) % {"count": len(found)},
    )


def sentence(found: Assessed) -> str:
    """Return the assessment in one sentence, outcome and actor apart."""
    return _(
        "The claim about %(parts)s: as to the outcome, %(outcome)s; as to whether %(actor)s "
        "brought it about, %(verdict)s."
    ) % {
        "parts": _(" and ").join(found.claim.asked.parts),
        "outcome": VERDICTS[found.assessment.outcome.verdict](),
        "actor": found.claim.actor,
        "verdict": VERDICTS[found.assessment.actor.verdict](),
    }


def _table(found: Sequence[Assessed]) -> Table:
    columns = (
        Column("claim", _("Claim")),
        Column("item", _("Evidence")),
        Column("bears_on", _("Bears on")),
        Column("direction", _("Points")),
        Column("part", _("Part of the claim")),
        Column("period", _("Period")),
        Column("independent", _("Independent")),
        Column("deciding", _("Deciding")),
        Column("said_by", _("Said by")),
        Column("rests_on", _("Rests on")),
        Column("note", _("Note")),
    )
    rows = [_row(each, item) for each in found for item in each.evidence]
    return Table(
        "claim", _("Evidence beside the claim"), columns, rows, link_label=_("The whole claim")
    )


def _row(found: Assessed, weighed: Weighed) -> dict[str, Any]:
    item = weighed.row.item
    return {
        "claim": found.claim.id,
        "item": item.id,
        "bears_on": item.bears_on,
        "direction": DIRECTIONS[weighed.direction](),
        "part": item.part,
        "period": f"{item.period.start.year}–{item.period.end.year}",
        "independent": _("yes") if item.independent else _("no"),
        "deciding": _("yes") if weighed.row.is_deciding else _("no"),
        "said_by": item.said_by,
        "rests_on": says(weighed),
        "note": item.note,
        "href": reverse("claim", args=[found.claim.id]),
    }


def says(weighed: Weighed) -> str:
    """Return in words what an item says: its fact with the figure, or its computed series."""
    fact = weighed.row.fact
    if fact is None:
        return rests_on(weighed)
    if fact.text:
        return fact.text
    return " ".join(part for part in (f"{fact.metric}:", figure(fact), fact.unit) if part) + "."


def rests_on(weighed: Weighed) -> str:
    """Return in words what a computed series says, or why it says nothing."""
    series = weighed.row.item.series
    if series is None:
        return ""
    if weighed.ratio is None:
        return _("cannot judge: %(reason)s") % {"reason": weighed.reason}
    low, high = weighed.ratio.low, weighed.ratio.high
    return _(
        "%(figure)s a year, %(later)s against %(reference)s: %(ratio)s times "
        "(range %(low)s–%(high)s)."
    ) % {
        "figure": capfirst(FIGURES[series.column]()),
        "later": "–".join(str(year) for year in series.later),
        "reference": "–".join(str(year) for year in series.reference),
        "ratio": plain(weighed.ratio.value, digits=2),
        "low": plain(low, digits=2),
        "high": plain(high, digits=2),
    }


PANEL = Panel(
    title=lambda: _("What was claimed, and what the evidence says"),
    question=lambda: _("Is the claim of success borne out?"),
    build=build,
    rests_on_records=True,
)
