"""What pages read about a case: facts by topic, conflicts side by side, claims whole, lessons."""

from datetime import date

import pytest

from stabilis.evidence import queries
from stabilis.evidence.models import Topic

pytestmark = pytest.mark.usefixtures("loaded")


def test_facts_come_by_topic_then_date() -> None:
    facts = queries.facts_of("SOM")

    keys = [(Topic.values.index(fact.topic), fact.as_of, fact.id) for fact in facts]

    assert keys == sorted(keys)
    assert len(facts) == 40


def test_fact_tells_unknown_from_zero_when_a_cell_is_empty() -> None:
    facts = {fact.id: fact for fact in queries.facts_of("AFG")}

    ghosts = facts["afg-ghosts"]

    assert (ghosts.value, ghosts.low, ghosts.high, ghosts.unit) == (None, None, None, None)


def test_fact_names_the_copy_when_it_was_seen_in_one() -> None:
    facts = {fact.id: fact for fact in queries.facts_of("AFG")}

    assert facts["afg-women-in-andsf"].seen_in == (
        "secondary copy: quotation in the Stabilis case brief, section 2.1"
    )


@pytest.mark.parametrize(
    ("today", "has_expired"),
    [(date(2025, 12, 31), False), (date(2026, 1, 1), True)],
)
def test_mandate_expires_when_its_last_day_has_passed(today: date, has_expired: bool) -> None:
    facts = {fact.id: fact for fact in queries.facts_of("SOM")}

    assert facts["som-aussom"].has_expired(today=today) is has_expired


@pytest.mark.parametrize(
    ("today", "has_expired"), [(date(2021, 9, 30), False), (date(2021, 10, 1), True)]
)
def test_mandate_expires_after_its_month_when_no_day_is_known(
    today: date, has_expired: bool
) -> None:
    facts = {fact.id: fact for fact in queries.facts_of("AFG")}

    assert facts["afg-rsm-launch"].has_expired(today=today) is has_expired


def test_conflicting_figures_stand_side_by_side_with_a_reason() -> None:
    groups = {group.id: group.facts for group in queries.conflicts_of("MLI")}

    figures = {(fact.value, fact.low, fact.high) for fact in groups["mli-minusma-fatalities"]}

    assert figures == {
        ("311", None, None),
        ("174", None, None),
        ("187", None, None),
        (None, "303", "304"),
    }
    assert [fact.id for facts in groups.values() for fact in facts if not fact.note] == []


def test_claim_carries_its_hearing_and_its_evidence() -> None:
    claim = queries.claim("mli-stability-and-security")

    deciding = [row.item.id for row in claim.evidence if row.is_deciding]

    assert deciding == ["deaths-fell-early", "deaths-rose-later"]
    assert claim.replies == ()
    assert claim.reviewer == "Stabilis editors; not yet reviewed by an outside reader"
    assert [change.what for change in claim.changes] == ["First entry."]


def test_claim_rests_on_a_fact_or_on_a_series_never_on_both() -> None:
    rows = [row for code in ("AFG", "MLI", "SOM", "XKX") for claim in queries.claims_of(code)
            for row in claim.evidence]  # fmt: skip

    assert [row.item.id for row in rows if (row.fact is None) == (row.item.series is None)] == []


def test_series_counts_kosovo_under_serbia_before_the_splice() -> None:
    claim = queries.claim("xkx-stability-and-trust")

    series = {row.item.id: row.item.series for row in claim.evidence}["no-war-since-2008"]

    assert series is not None
    assert (series.country, series.later_country) == ("SRB", "XKX")


def test_claim_is_refused_when_it_is_not_held() -> None:
    with pytest.raises(queries.NoSuchClaim, match="No claim 'atlantis' is held"):
        queries.claim("atlantis")


def test_lessons_come_in_the_order_of_their_numbers_with_their_facts() -> None:
    lessons = queries.lessons_of("AFG")

    assert [lesson.id for lesson in lessons] == [f"AF-L{number}" for number in range(1, 12)]
    assert [fact.id for fact in lessons[-1].basis] == ["afg-data-abandoned"]
    assert lessons[6].basis == ()
