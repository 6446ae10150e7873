"""Loads the case pack: one verb, one transaction; loading twice changes nothing."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from stabilis.evidence.casefiles import (
    CasePackRefused,
    Fault,
    Place,
    Placed,
    read_claims,
    read_facts,
    read_lessons,
)
from stabilis.evidence.claimfiles import ReadClaim, claim_from
from stabilis.evidence.models import Claim, Evidence, Fact, Lesson
from stabilis.reference.models import Country

CASE_PACK = Path(__file__).parent / "casepack"


@dataclass(frozen=True)
class Loaded:
    """How many rows of each kind the case pack holds."""

    facts: int
    claims: int
    evidence: int
    lessons: int


@dataclass(frozen=True)
class Pack:
    """Everything that was read, unsaved."""

    facts: list[Placed[Fact]]
    claims: list[ReadClaim]
    unread: list[Place]
    lessons: list[tuple[Placed[Lesson], tuple[str, ...]]]


def load_case_pack(*, folder: Path = CASE_PACK) -> Loaded:
    """Replace the held case pack by the one in a folder and return how much it holds.

    Raises CasePackRefused, naming every bad row, before anything is written.
    """
    with transaction.atomic():
        pack = read_pack(folder)
        _remove_held()
        return _store(pack)


def read_pack(folder: Path) -> Pack:
    """Return the pack in a folder, checked row by row and between rows."""
    written = list(read_claims(folder))
    pack = Pack(
        facts=list(read_facts(folder)),
        claims=[
            claim_from(entries, id=Path(place.file).stem, place=place)
            for place, entries in written
            if entries is not None
        ],
        unread=[place for place, entries in written if entries is None],
        lessons=list(read_lessons(folder)),
    )
    _check_between(pack)
    if faults := _faults(pack):
        raise CasePackRefused(faults)
    return pack


def _faults(pack: Pack) -> list[Fault]:
    items = [item.place for read in pack.claims for item in read.evidence]
    places = [
        *(placed.place for placed in pack.facts),
        *(read.place for read in pack.claims),
        *pack.unread,
        *items,
        *(placed.place for placed, _ in pack.lessons),
    ]
    return [fault for place in places for fault in place.faults]


def _check_between(pack: Pack) -> None:
    known_facts = {placed.record.pk for placed in pack.facts}
    _check_repeats(pack.facts)
    _check_repeats([placed for placed, _ in pack.lessons])
    _check_countries(pack)
    for read in pack.claims:
        _check_evidence(read, known_facts=known_facts)
    for placed, basis in pack.lessons:
        for absent in sorted(set(basis) - known_facts):
            placed.place.fault("basis", f"fact {absent!r} is not in the pack", "Correct the id.")


def _check_repeats(rows: Sequence[Placed[Fact]] | Sequence[Placed[Lesson]]) -> None:
    counted = Counter(placed.record.pk for placed in rows)
    for placed in rows:
        if counted[placed.record.pk] > 1:
            reason = f"{placed.record.pk!r} stands {counted[placed.record.pk]} times"
            placed.place.fault("id", reason, "Give each row an id of its own.")


def _check_countries(pack: Pack) -> None:
    known = set(Country.objects.values_list("alpha3", flat=True))
    rows = [
        *((placed.place, placed.record.country_id) for placed in pack.facts),
        *((read.place, read.claim.country_id) for read in pack.claims),
        *((placed.place, placed.record.country_id) for placed, _ in pack.lessons),
    ]
    for place, code in rows:
        if place.is_legible and code not in known:
            remedy = "Use an alpha-3 code that the reference data hold (Kosovo: XKX)."
            place.fault("country", f"{code!r} is not a known country", remedy)


def _check_evidence(read: ReadClaim, *, known_facts: set[str]) -> None:
    counted = Counter(item.record.slug for item in read.evidence)
    for item in read.evidence:
        if item.record.fact_id is not None and item.record.fact_id not in known_facts:
            reason = f"fact {item.record.fact_id!r} is not in the pack"
            item.place.fault("fact", reason, "Add the fact, or correct the id.")
        if counted[item.record.slug] > 1:
            reason = f"{item.record.slug!r} stands {counted[item.record.slug]} times"
            item.place.fault("id", reason, "Give each item an id of its own.")
    _check_deciding(read, read.claim.deciding_outcome, "outcome")
    _check_deciding(read, read.claim.deciding_actor, "actor")


def _check_deciding(read: ReadClaim, ids: Iterable[str], question: str) -> None:
    able = {
        item.record.slug
        for item in read.evidence
        if item.record.bears_on == question and item.record.independent
    }
    for absent in sorted(set(ids) - able):
        reason = f"{absent!r} is not an independent item that bears on the {question}"
        read.place.fault(f"decided_by.{question}", reason, "Name an item that can decide.")


def _remove_held() -> None:
    for model in (Evidence, Claim, Lesson, Fact):
        model._default_manager.all().delete()


def _store(pack: Pack) -> Loaded:
    facts = Fact.objects.bulk_create(placed.record for placed in pack.facts)
    claims = Claim.objects.bulk_create(read.claim for read in pack.claims)
    evidence = Evidence.objects.bulk_create(
        item.record for read in pack.claims for item in read.evidence
    )
    for placed, basis in pack.lessons:
        placed.record.save(force_insert=True)
        placed.record.basis.set(Fact.objects.filter(pk__in=basis))
    return Loaded(len(facts), len(claims), len(evidence), len(pack.lessons))
