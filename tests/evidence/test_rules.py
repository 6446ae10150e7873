"""The rule outcome-evidence, tried on claims made up for the purpose."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stabilis.evidence.rules import (
    CLASH,
    DECIDING_MISSING,
    NO_DECIDING,
    NOTHING_ON_ACTOR,
    PART_OPEN,
    POINTS_AGAINST,
    POINTS_FOR,
    Claim,
    EvidenceItem,
    Period,
    Reason,
    Series,
    WeighedEvidence,
    assess,
    weigh,
)

WHOLE = Period(date(2013, 1, 1), date(2023, 12, 31))
EARLY = Period(date(2014, 1, 1), date(2016, 12, 31))
LATER = Period(date(2017, 1, 1), date(2022, 12, 31))
BEFORE = Period(date(2001, 1, 1), date(2002, 12, 31))
CLAIM = Claim("safer", ("security",), WHOLE, deciding_outcome=("one",), deciding_actor=())
ONE = EvidenceItem(
    id="one",
    bears_on="outcome",
    part="security",
    scope="",
    period=EARLY,
    independent=True,
    said_by="a university",
    note="",
    fact="deaths-2014",
    stated="for",
    grade="medium",
)
TWO = replace(ONE, id="two", stated="against", period=LATER)
DEATHS = Series("violence_years", "MLI", "deaths_best", (2012, 2013), (2014, 2016), "fell", "MLI")


def verdicts(claim: Claim, *items: EvidenceItem) -> tuple[str, str]:
    found = assess(claim, [weigh(item) for item in items])
    return found.outcome.verdict, found.actor.verdict


def test_outcome_is_supported_when_all_independent_evidence_is_for() -> None:
    rating = assess(CLAIM, [weigh(ONE)]).outcome

    assert rating.verdict == "supported"
    assert rating.reasons == (Reason(POINTS_FOR, ("one",), ("security",), (EARLY,)),)
    assert rating.deciding == ("one",)


def test_outcome_is_contradicted_when_all_independent_evidence_is_against() -> None:
    rating = assess(CLAIM, [weigh(replace(ONE, stated="against"))]).outcome

    assert rating.verdict == "contradicted"
    assert rating.reasons == (Reason(POINTS_AGAINST, ("one",), ("security",), (EARLY,)),)


def test_outcome_is_partly_supported_and_names_the_periods_when_sides_differ_in_time() -> None:
    rating = assess(CLAIM, [weigh(TWO), weigh(ONE)]).outcome

    assert rating.verdict == "partly supported"
    assert [reason.periods for reason in rating.reasons] == [(EARLY,), (LATER,)]


def test_outcome_is_disputed_when_sources_disagree_on_the_same_thing_at_the_same_time() -> None:
    rating = assess(CLAIM, [weigh(ONE), weigh(replace(TWO, period=EARLY))]).outcome

    assert rating.verdict == "disputed"
    assert rating.reasons == (Reason(CLASH, ("one", "two"), ("security",), (EARLY,)),)


def test_outcome_is_partly_supported_when_sides_differ_in_scope_at_the_same_time() -> None:
    north = replace(TWO, period=EARLY, scope="the north")

    assert verdicts(CLAIM, ONE, north) == ("partly supported", "cannot judge")


def test_outcome_is_partly_supported_when_a_part_of_the_claim_has_no_evidence() -> None:
    claim = replace(CLAIM, parts=("security", "trust"))

    rating = assess(claim, [weigh(ONE)]).outcome

    assert rating.verdict == "partly supported"
    assert rating.reasons[-1] == Reason(PART_OPEN, parts=("trust",))


@pytest.mark.parametrize(
    "item",
    [
        replace(ONE, bears_on="output"),
        replace(ONE, independent=False),
        replace(ONE, period=BEFORE),
        replace(ONE, stated=None),
    ],
    ids=["an output", "the actor's own word", "another time", "no direction"],
)
def test_outcome_cannot_be_judged_when_the_deciding_item_does_not_count(item: EvidenceItem) -> None:
    rating = assess(CLAIM, [weigh(item), weigh(TWO)]).outcome

    assert rating.verdict == "cannot judge"
    assert rating.reasons == (Reason(DECIDING_MISSING, ("one",)),)
    assert rating.grade is None


def test_outcome_cannot_be_judged_when_nothing_is_named_as_deciding() -> None:
    rating = assess(replace(CLAIM, deciding_outcome=()), [weigh(ONE)]).outcome

    assert rating.verdict == "cannot judge"
    assert rating.reasons == (Reason(NO_DECIDING),)


def test_actor_cannot_be_judged_when_only_the_outcome_is_known() -> None:
    rating = assess(CLAIM, [weigh(ONE)]).actor

    assert rating.verdict == "cannot judge"
    assert rating.reasons == (Reason(NOTHING_ON_ACTOR),)


def test_actor_is_contradicted_when_somebody_else_did_it() -> None:
    claim = replace(CLAIM, deciding_outcome=(), deciding_actor=("one",))
    somebody_else = replace(ONE, bears_on="actor", stated="against")

    assert verdicts(claim, somebody_else) == ("cannot judge", "contradicted")


def test_actor_cannot_be_judged_by_a_change_before_and_after() -> None:
    claim = replace(CLAIM, deciding_actor=("one",))
    series = replace(ONE, bears_on="actor", fact=None, stated=None, series=DEATHS)

    assert assess(claim, [weigh(series, "fell")]).actor.verdict == "cannot judge"


@pytest.mark.parametrize(
    ("shift", "direction"),
    [("fell", "for"), ("rose", "against"), ("unclear", "unclear"), (None, "unknown")],
)
def test_series_points_by_its_shift_when_weighed(shift: str | None, direction: str) -> None:
    item = replace(ONE, fact=None, stated=None, series=DEATHS)

    assert weigh(item, shift) == WeighedEvidence(item, direction)  # type: ignore[arg-type]


def test_grade_is_that_of_the_poorest_deciding_item() -> None:
    claim = replace(CLAIM, deciding_outcome=("one", "two"))
    high, low = replace(ONE, grade="high"), replace(TWO, grade="low")

    assert assess(claim, [weigh(high), weigh(low)]).outcome.grade == "low"


items = st.builds(
    EvidenceItem,
    id=st.sampled_from(["one", "two", "three", "four"]),
    bears_on=st.sampled_from(["outcome", "actor", "output"]),
    part=st.sampled_from(["security", "trust"]),
    scope=st.sampled_from(["", "the north"]),
    period=st.sampled_from([EARLY, LATER, WHOLE, BEFORE]),
    independent=st.booleans(),
    said_by=st.just("somebody"),
    note=st.just(""),
    fact=st.just("a-fact"),
    stated=st.sampled_from(["for", "against", None]),
    grade=st.sampled_from(["high", "medium", "low"]),
)
evidence = st.lists(items, max_size=4, unique_by=lambda item: item.id)
claims = st.builds(
    Claim,
    id=st.just("a-claim"),
    parts=st.just(("security", "trust")),
    period=st.just(WHOLE),
    deciding_outcome=st.sampled_from([(), ("one",), ("one", "two")]),
    deciding_actor=st.sampled_from([(), ("three",)]),
)


@given(claims, evidence, st.randoms(use_true_random=False))
def test_assessment_is_the_same_in_any_order(claim, held, random) -> None:  # type: ignore[no-untyped-def]
    weighed = [weigh(item) for item in held]
    shuffled = random.sample(weighed, k=len(weighed))

    assert assess(claim, shuffled) == assess(claim, weighed)


@given(claims, evidence, items)
def test_assessment_is_the_same_when_an_output_is_added(claim, held, output) -> None:  # type: ignore[no-untyped-def]
    weighed = [weigh(item) for item in held]
    added = weigh(replace(output, id="added", bears_on="output"))

    assert assess(claim, [*weighed, added]) == assess(claim, weighed)


@given(claims, evidence)
def test_outcome_is_not_judged_without_an_independent_item(claim, held) -> None:  # type: ignore[no-untyped-def]
    dependent = [weigh(replace(item, independent=False)) for item in held]

    assert assess(claim, dependent).outcome.verdict == "cannot judge"
