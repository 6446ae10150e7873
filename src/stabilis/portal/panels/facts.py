"""Figures of the case: what documents say, with date, source and what was seen; conflicts apart."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stabilis.evidence import queries
from stabilis.evidence.queries import FactRow
from stabilis.interface.numbers import plain
from stabilis.interface.tables import Column, Table
from stabilis.portal.panels import Asked, Panel, Section, Unknown, strengths


def build(asked: Asked) -> Section:
    """Return the cited figures of a country, up to the edge in time that was asked for."""
    facts = [fact for fact in queries.facts_of(asked.country) if is_within(fact, asked)]
    if not facts:
        return Section(
            finding=_("No cited figure of this country is held up to this date."),
            is_held=False,
            unknowns=(Unknown(_("Figures from documents"), _("what was mandated and paid for")),),
        )
    kept = {fact.id for fact in facts}
    conflicts = [
        conflict
        for conflict in queries.conflicts_of(asked.country)
        if sum(fact.id in kept for fact in conflict.facts) > 1
    ]
    memory = sum(fact.seen_in == "memory" for fact in facts)
    return Section(
        finding=ngettext(
            "%(facts)s cited figures are held; %(memory)s are written from memory and unchecked; "
            "%(conflicts)s set of figures conflicts and stands side by side.",
            "%(facts)s cited figures are held; %(memory)s are written from memory and unchecked; "
            "%(conflicts)s sets of figures conflict and stand side by side.",
            len(conflicts),
        )
        % {"facts": len(facts), "memory": memory, "conflicts": len(conflicts)},
        table=_table(facts, edge=asked.horizon.until or asked.today),
        charts=strengths.figures(facts, country=asked.country, written=figure),
        span=_("%(count)s figures") % {"count": len(facts)},
        template="portal/section_facts.html",
        extra={
            "conflicts": conflicts,
            "lessons": queries.lessons_of(asked.country),
        },
        unknowns=(
            Unknown(
                _("The originals behind %(count)s of these figures") % {"count": len(facts)},
                _("whether they may be quoted as checked"),
            ),
        ),
    )


def is_within(fact: FactRow, asked: Asked) -> bool:
    """Tell whether a fact speaks of a time up to the edge that was asked for."""
    until = asked.horizon.until
    return until is None or fact.as_of <= until.isoformat()[: len(fact.as_of)]


def _table(facts: Sequence[FactRow], *, edge: date | None) -> Table:
    columns = (
        Column("as_of", _("As of")),
        Column("topic", _("Topic")),
        Column("metric", _("What")),
        Column("shown", _("Figure")),
        Column("unit", _("Unit")),
        Column("source", _("Source")),
        Column("seen_in", _("Seen in")),
        Column("confidence", _("Grade")),
        Column("expires_on", _("Ends on")),
        Column("state", _("State on that day")),
        Column("conflict", _("Conflict")),
        Column("note", _("Note")),
        Column("id", _("Id")),
    )
    rows = [fact_cells(fact) | {"state": state(fact, edge=edge)} for fact in facts]
    return Table("facts", _("Figures of the case"), columns, rows).ordered("as_of")


def state(fact: FactRow, *, edge: date | None) -> str:
    """Return that what a fact describes had ended by a day; nothing where it had not, or no day."""
    return _("ended") if edge and fact.has_expired(today=edge) else ""


def fact_cells(fact: FactRow) -> dict[str, Any]:
    """Return a fact as plain cells."""
    return {
        "as_of": "–".join(part for part in (fact.as_of, fact.as_of_end) if part),
        "topic": fact.topic,
        "metric": fact.metric,
        "shown": figure(fact),
        "unit": fact.unit or "",
        "source": fact.source,
        "seen_in": fact.seen_in,
        "confidence": fact.confidence,
        "expires_on": fact.expires_on or "",
        "conflict": fact.conflict or "",
        "note": fact.note,
        "id": fact.id,
    }


def figure(fact: FactRow) -> str:
    """Return the figure of a fact in words: a number, a range, or what the document says."""
    if fact.value is not None:
        return plain(float(fact.value), digits=3)
    if fact.low is not None and fact.high is not None:
        return f"{plain(float(fact.low))}–{plain(float(fact.high))}"
    if fact.low is not None:
        return _("at least %(low)s") % {"low": plain(float(fact.low))}
    if fact.high is not None:
        return _("at most %(high)s") % {"high": plain(float(fact.high))}
    return fact.text or plain(None)


PANEL = Panel(
    title=lambda: _("Figures of the case"),
    question=lambda: _("What do the documents say, and where do they conflict?"),
    build=build,
    rests_on_records=True,
)
