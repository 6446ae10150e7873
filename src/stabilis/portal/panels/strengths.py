"""Strengths of missions and forces as documents say them, in the order of time."""

from collections.abc import Callable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from stabilis.evidence.queries import FactRow
from stabilis.interface import charts
from stabilis.interface.drawing import Chart

PEOPLE = {"personnel", "staff"}
MOST = 18


def figures(
    facts: Sequence[FactRow], *, country: str, written: Callable[[FactRow], str]
) -> tuple[Chart, ...]:
    """Return one figure of every cited strength, nothing where fewer than two are cited.

    Authorised, reported and deployed strengths stand side by side: each bar says which it is.
    """
    cited = [fact for fact in facts if fact.topic == "strength" and fact.unit in PEOPLE]
    known = sorted((fact for fact in cited if _size(fact)), key=lambda fact: fact.as_of)[-MOST:]
    if len(known) < 2:
        return ()
    largest = max(known, key=_size)
    rows = [
        {
            "name": f"{fact.as_of[:7]} {fact.metric}",
            "value": _size(fact),
            "shown": written(fact),
        }
        for fact in known
    ]
    title = _("The largest strength cited is %(figure)s: %(metric)s, %(when)s") % {
        "figure": written(largest),
        "metric": largest.metric,
        "when": largest.as_of,
    }
    return (
        Chart(
            title=title,
            subtitle=_("Personnel, as documents say; authorised, reported and deployed differ"),
            spec=charts.ranked_bars(rows),
            alt="; ".join(f"{row['name']}: {row['shown']}" for row in rows),
            source=_("the documents named in the rows; see what was seen of each"),
            table_href=f"{reverse('panel', args=[country, 'facts'])}?topic=strength",
        ),
    )


def _size(fact: FactRow) -> float:
    """Return the figure of a strength, the upper end of a range; 0 where it is in words only."""
    return float(fact.value or fact.high or fact.low or 0)
