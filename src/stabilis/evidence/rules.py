"""How a claim is assessed: the rule `outcome-evidence`, version 1, as an auditor applies it.

It asks two questions apart: did the outcome come about, and did the actor credited bring it about?
For each question:

1. Count an item only if it bears on the question, comes from a source independent of the actor,
   touches the period of the claim, and points one way: for, or against. Outputs (people trained,
   equipment handed over) never count. A change before and after never counts for the actor.
2. If the claim names no deciding item, or one of those named does not count: cannot judge.
3. If a counted item for and one against speak of the same part, the same scope and overlapping
   periods: disputed.
4. If there are both, of different parts, scopes or periods: partly supported.
5. If all are for: supported, or partly supported where a part of the claim has no counted item.
6. If all are against: contradicted.

The rating is no better than the poorest of its deciding items: that is its grade.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Literal

RULE_ID = "outcome-evidence"
RULE_VERSION = "1"

Question = Literal["outcome", "actor"]
Bearing = Literal["outcome", "actor", "output"]
Side = Literal["for", "against"]
Direction = Literal["for", "against", "unclear", "unknown"]
Shift = Literal["rose", "fell", "unclear"]
Expected = Literal["rose", "fell"]
Grade = Literal["high", "medium", "low"]
Verdict = Literal["supported", "partly supported", "contradicted", "disputed", "cannot judge"]

GRADES: tuple[Grade, ...] = ("low", "medium", "high")
TABLES = ("violence_years",)

# One scale of trust. Marks of the case brief map to it once: H (seen in a named secondary copy) is
# medium, M and L (memory) are low; only what was seen in an original may be high.
CEILINGS: dict[str, Grade] = {"original": "high", "secondary copy": "medium", "memory": "low"}


@dataclass(frozen=True)
class Period:
    """A span of days, both ends included."""

    start: date
    end: date

    def overlaps(self, other: "Period") -> bool:
        """Return whether the two spans share a day."""
        return self.start <= other.end and other.start <= self.end


@dataclass(frozen=True)
class Series:
    """A yearly figure compared between two spans of years, and what the claim lets one expect.

    `later_country` differs from `country` only where a source counts one place under two entities.
    """

    table: str
    country: str
    column: str
    reference: tuple[int, int]
    later: tuple[int, int]
    expect: Expected
    later_country: str


@dataclass(frozen=True)
class EvidenceItem:
    """One item beside a claim: what it bears on, who says so, and the basis it rests on."""

    id: str
    bears_on: Bearing
    part: str
    scope: str
    period: Period
    independent: bool
    said_by: str
    note: str
    fact: str | None = None
    stated: Side | None = None
    grade: Grade = "high"
    series: Series | None = None


@dataclass(frozen=True)
class WeighedEvidence:
    """An item and the way it points; unknown where the data that would tell are not held."""

    item: EvidenceItem
    direction: Direction


@dataclass(frozen=True)
class Claim:
    """What the rule needs of a claim: its parts, its period, the items named as deciding."""

    id: str
    parts: tuple[str, ...]
    period: Period
    deciding_outcome: tuple[str, ...]
    deciding_actor: tuple[str, ...]

    def deciding(self, question: Question) -> tuple[str, ...]:
        """Return the ids that decide the question."""
        return self.deciding_outcome if question == "outcome" else self.deciding_actor


@dataclass(frozen=True)
class Reason:
    """One step of the rule that led to the rating: its sentence, and the items it looked at."""

    sentence: str
    items: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()


@dataclass(frozen=True)
class Rating:
    """The answer to one question, why, which items decided it, and how far they can be trusted."""

    verdict: Verdict
    reasons: tuple[Reason, ...]
    deciding: tuple[str, ...]
    grade: Grade | None


@dataclass(frozen=True)
class Assessment:
    """Outcome and actor rated apart, and the rule that did it."""

    outcome: Rating
    actor: Rating
    rule: str = RULE_ID
    version: str = RULE_VERSION


def _(sentence: str) -> str:
    """Return the sentence itself: marks it for translators while the rule knows no Django."""
    return sentence


NO_DECIDING = _("No item that could decide this question is held.")
NOTHING_ON_ACTOR = _(
    "Nothing held bears on who brought it about; a change before and after does not tell."
)
DECIDING_MISSING = _("An item that decides this question is missing, unclear or not independent.")
CLASH = _("Independent sources disagree on the same part, scope and period.")
POINTS_FOR = _("Independent evidence supports the claim.")
POINTS_AGAINST = _("Independent evidence contradicts the claim.")
PART_OPEN = _("A part of the claim has no independent evidence.")


def weigh(item: EvidenceItem, shift: Shift | None = None) -> WeighedEvidence:
    """Return the item with its direction: stated for a fact, derived from the shift for a series.

    `shift` is None where the series could not be computed; it is ignored for a fact.
    """
    if item.series is None:
        return WeighedEvidence(item, item.stated or "unknown")
    if shift is None:
        return WeighedEvidence(item, "unknown")
    if shift == "unclear":
        return WeighedEvidence(item, "unclear")
    return WeighedEvidence(item, "for" if shift == item.series.expect else "against")


def assess(claim: Claim, evidence: Sequence[WeighedEvidence]) -> Assessment:
    """Return the assessment of a claim in the light of weighed evidence, in any order."""
    return Assessment(
        outcome=rate(claim, evidence, question="outcome"),
        actor=rate(claim, evidence, question="actor"),
    )


def rate(claim: Claim, evidence: Sequence[WeighedEvidence], *, question: Question) -> Rating:
    """Return the rating of one question: steps 1 to 6 of the rule."""
    counted = sorted(
        (each for each in evidence if counts(each, claim=claim, question=question)),
        key=lambda each: each.item.id,
    )
    deciding = claim.deciding(question)
    if obstacle := _obstacle(deciding, counted, question):
        return Rating("cannot judge", (obstacle,), deciding, grade=None)
    verdict, reasons = _verdict(claim, counted)
    grade = min((each.item.grade for each in counted if each.item.id in deciding), key=GRADES.index)
    return Rating(verdict, reasons, deciding, grade)


def counts(evidence: WeighedEvidence, *, claim: Claim, question: Question) -> bool:
    """Return whether an item counts for a question (step 1)."""
    item = evidence.item
    return (
        item.bears_on == question
        and item.independent
        and item.period.overlaps(claim.period)
        and evidence.direction in ("for", "against")
        and not (question == "actor" and item.series is not None)
    )


def _obstacle(
    deciding: tuple[str, ...], counted: list[WeighedEvidence], question: Question
) -> Reason | None:
    """Return why the question cannot be judged, if it cannot (step 2)."""
    if not deciding:
        return Reason(NO_DECIDING if question == "outcome" else NOTHING_ON_ACTOR)
    missing = tuple(sorted(set(deciding) - {each.item.id for each in counted}))
    return Reason(DECIDING_MISSING, items=missing) if missing else None


def _verdict(claim: Claim, counted: list[WeighedEvidence]) -> tuple[Verdict, tuple[Reason, ...]]:
    """Return the verdict on counted evidence (steps 3 to 6)."""
    in_favour = [each.item for each in counted if each.direction == "for"]
    opposed = [each.item for each in counted if each.direction == "against"]
    covered = {each.item.part for each in counted}
    open_parts = tuple(part for part in claim.parts if part not in covered)
    gap = (Reason(PART_OPEN, parts=open_parts),) if open_parts else ()
    if clashing := _clashing(in_favour, opposed):
        return "disputed", (_pointing(CLASH, clashing), *gap)
    reasons_for = (_pointing(POINTS_FOR, in_favour),) if in_favour else ()
    reasons_against = (_pointing(POINTS_AGAINST, opposed),) if opposed else ()
    reasons = (*reasons_for, *reasons_against, *gap)
    if not in_favour:
        return "contradicted", reasons
    return ("partly supported" if opposed or open_parts else "supported"), reasons


def _clashing(in_favour: list[EvidenceItem], opposed: list[EvidenceItem]) -> list[EvidenceItem]:
    """Return the items that say opposite things of the same part, scope and time."""
    pairs = [
        pair
        for pair in product(in_favour, opposed)
        if (pair[0].part, pair[0].scope) == (pair[1].part, pair[1].scope)
        and pair[0].period.overlaps(pair[1].period)
    ]
    return sorted({item for pair in pairs for item in pair}, key=lambda item: item.id)


def _pointing(sentence: str, items: list[EvidenceItem]) -> Reason:
    """Return a reason that names the items, and the parts and periods they speak of."""
    return Reason(
        sentence,
        items=tuple(item.id for item in items),
        parts=tuple(sorted({item.part for item in items})),
        periods=tuple(
            sorted({item.period for item in items}, key=lambda span: (span.start, span.end))
        ),
    )
