"""Reads facts, conflicts, claims and lessons of a country as plain typed rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, cast

from stabilis.evidence import models, rules


class NoSuchClaim(LookupError):
    """No claim of this id is held."""


@dataclass(frozen=True)
class FactRow:
    """One sourced figure, range or phrase; None is unknown, or not what this row gives."""

    id: str
    country: str
    topic: str
    metric: str
    definition: str
    value: str | None
    low: str | None
    high: str | None
    text: str | None
    unit: str | None
    as_of: str
    as_of_end: str | None
    source: str
    seen_in: str
    confidence: str
    expires_on: str | None
    conflict: str | None
    label: str
    note: str

    def has_expired(self, *, today: date) -> bool:
        """Return whether what the fact describes has ended; a bare year counts to its last day."""
        if self.expires_on is None:
            return False
        return self.expires_on < today.isoformat()[: len(self.expires_on)]


@dataclass(frozen=True)
class Conflict:
    """Figures that differ for what sounds like one thing, side by side; each note says why."""

    id: str
    facts: tuple[FactRow, ...]


@dataclass(frozen=True)
class EvidenceRow:
    """One item beside a claim, whether it decides, and the fact it rests on (None: a series)."""

    item: rules.EvidenceItem
    is_deciding: bool
    fact: FactRow | None


@dataclass(frozen=True)
class Change:
    """One entry of a claim's change log."""

    on: date
    what: str


@dataclass(frozen=True)
class ClaimRow:
    """A claim as printed, the evidence beside it, and all that a fair hearing needs."""

    id: str
    country: str
    source: str
    source_line: int
    quote: str
    reading: str
    caveats: tuple[str, ...]
    actor: str
    period_reason: str
    missing: tuple[str, ...]
    counter_view: str
    reply_how: str
    replies: tuple[str, ...]
    reviewer: str
    reviewed_on: date
    changes: tuple[Change, ...]
    asked: rules.Claim
    evidence: tuple[EvidenceRow, ...]


@dataclass(frozen=True)
class LessonRow:
    """What a case teaches, and the facts it rests on; empty means that none is held yet."""

    id: str
    country: str
    lesson: str
    basis: tuple[FactRow, ...]


def facts_of(country: str) -> tuple[FactRow, ...]:
    """Return the facts of a country by topic, then date, then id."""
    return _ordered(models.Fact.objects.filter(country=country))


def conflicts_of(country: str) -> tuple[Conflict, ...]:
    """Return the groups of conflicting figures of a country."""
    held = [fact for fact in facts_of(country) if fact.conflict is not None]
    held.sort(key=lambda fact: fact.conflict or "")
    grouped = groupby(held, key=lambda fact: fact.conflict or "")
    return tuple(Conflict(group, tuple(facts)) for group, facts in grouped)


def claims_of(country: str) -> tuple[ClaimRow, ...]:
    """Return the claims about a country with their evidence, by id."""
    held = models.Claim.objects.filter(country=country).order_by("id")
    return tuple(_claim(each) for each in held.prefetch_related("evidence__fact"))


def claim(id: str) -> ClaimRow:
    """Return one claim with its evidence. Raises NoSuchClaim."""
    held = models.Claim.objects.filter(pk=id).prefetch_related("evidence__fact").first()
    if held is None:
        raise NoSuchClaim(f"No claim {id!r} is held.")
    return _claim(held)


def lessons_of(country: str) -> tuple[LessonRow, ...]:
    """Return the lessons of a country in the order of their numbers."""
    held = models.Lesson.objects.filter(country=country).prefetch_related("basis")
    rows = [LessonRow(each.pk, country, each.lesson, _ordered(each.basis.all())) for each in held]
    return tuple(sorted(rows, key=lambda row: (len(row.id), row.id)))


def _ordered(facts: Iterable[models.Fact]) -> tuple[FactRow, ...]:
    topics = models.Topic.values
    rows = [_fact(each) for each in facts]
    return tuple(sorted(rows, key=lambda row: (topics.index(row.topic), row.as_of, row.id)))


def _fact(held: models.Fact) -> FactRow:
    seen_in = f"{held.seen_in}: {held.seen_copy}" if held.seen_copy else held.seen_in
    return FactRow(
        id=held.pk,
        country=held.country_id,
        topic=held.topic,
        metric=held.metric,
        definition=held.definition,
        value=held.value or None,
        low=held.low or None,
        high=held.high or None,
        text=held.text or None,
        unit=held.unit or None,
        as_of=held.as_of,
        as_of_end=held.as_of_end or None,
        source=held.source,
        seen_in=seen_in,
        confidence=held.confidence,
        expires_on=held.expires_on or None,
        conflict=held.conflict or None,
        label=held.label,
        note=held.note,
    )


def _claim(held: models.Claim) -> ClaimRow:
    asked = rules.Claim(
        id=held.pk,
        parts=tuple(held.parts),
        period=rules.Period(held.period_start, held.period_end),
        deciding_outcome=tuple(held.deciding_outcome),
        deciding_actor=tuple(held.deciding_actor),
    )
    return ClaimRow(
        id=held.pk,
        country=held.country_id,
        source=held.source,
        source_line=held.source_line,
        quote=held.quote,
        reading=held.reading,
        caveats=tuple(held.caveats),
        actor=held.actor,
        period_reason=held.period_reason,
        missing=tuple(held.missing),
        counter_view=held.counter_view,
        reply_how=held.reply_how,
        replies=tuple(held.replies),
        reviewer=held.reviewer,
        reviewed_on=held.reviewed_on,
        changes=tuple(
            Change(date.fromisoformat(each["on"]), each["what"]) for each in held.changes
        ),
        asked=asked,
        evidence=tuple(_evidence(each, asked) for each in held.evidence.all()),
    )


def _evidence(held: models.Evidence, asked: rules.Claim) -> EvidenceRow:
    deciding = (*asked.deciding_outcome, *asked.deciding_actor)
    fact = None if held.fact is None else _fact(held.fact)
    return EvidenceRow(_item(held), held.slug in deciding, fact)


def _item(held: models.Evidence) -> rules.EvidenceItem:
    return rules.EvidenceItem(
        id=held.slug,
        bears_on=cast("rules.Bearing", held.bears_on),
        part=held.part,
        scope=held.scope,
        period=rules.Period(held.period_start, held.period_end),
        independent=held.independent,
        said_by=held.said_by,
        note=held.note,
        fact=held.fact_id,
        stated=cast("rules.Side", held.stated) if held.stated else None,
        grade="high" if held.fact is None else cast("rules.Grade", held.fact.confidence),
        series=None if held.series is None else _series(held.series),
    )


def _series(held: dict[str, Any]) -> rules.Series:
    return rules.Series(
        table=held["table"],
        country=held["country"],
        column=held["column"],
        reference=(held["reference"][0], held["reference"][1]),
        later=(held["later"][0], held["later"][1]),
        expect=held["expect"],
        later_country=held.get("later_country", held["country"]),
    )
