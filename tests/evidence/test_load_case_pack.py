"""Loading the case pack: whole, twice the same, all or nothing; and what the database refuses."""

from pathlib import Path

import pytest
from django.db import IntegrityError

from stabilis.evidence.actions import Loaded, load_case_pack
from stabilis.evidence.casefiles import CasePackRefused
from stabilis.evidence.models import Claim, Fact, Lesson


@pytest.mark.django_db
def test_pack_loads_the_same_when_loaded_twice(countries: None) -> None:
    first = load_case_pack()
    held = list(Fact.objects.values())

    second = load_case_pack()

    assert first == second == Loaded(facts=194, claims=7, evidence=41, lessons=34)
    assert list(Fact.objects.values()) == held


@pytest.mark.django_db
def test_pack_drops_what_its_files_no_longer_hold_when_loaded_again(
    loaded: None, pack: Path
) -> None:
    (pack / "claims" / "mli-governance.toml").unlink()

    load_case_pack(folder=pack)

    assert Claim.objects.filter(pk="mli-governance").count() == 0
    assert Claim.objects.count() == 6


@pytest.mark.django_db
def test_pack_changes_nothing_when_one_row_is_bad(loaded: None, pack: Path) -> None:
    before = list(Lesson.objects.values_list("lesson", flat=True))
    lessons, facts = pack / "lessons.csv", pack / "facts" / "mli.csv"
    lessons.write_text(lessons.read_text().replace("Dependency on", "Reliance on"))
    facts.write_text(facts.read_text().replace(",311,", ",three,"))

    with pytest.raises(CasePackRefused):
        load_case_pack(folder=pack)

    assert list(Lesson.objects.values_list("lesson", flat=True)) == before


def a_fact(**changes: str) -> Fact:
    cells = {
        "id": "a-fact", "country_id": "MLI", "topic": "deaths", "metric": "Deaths", "value": "3",
        "unit": "deaths", "as_of": "2020", "source": "A report", "seen_in": "memory",
        "confidence": "low",
    }  # fmt: skip
    return Fact(**(cells | changes))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {"value": "", "unit": ""},
        {"low": "5", "high": "4"},
        {"low": "10", "high": "9"},
        {"unit": ""},
        {"seen_copy": "a wiki"},
        {"confidence": "high"},
        {"seen_in": "secondary copy", "seen_copy": "a wiki", "confidence": "high"},
    ],
    ids=str,
)
def test_database_refuses_a_fact_when_it_breaks_a_constraint(
    countries: None, changes: dict[str, str]
) -> None:
    with pytest.raises(IntegrityError):
        a_fact(**changes).save()


@pytest.mark.django_db
def test_database_keeps_a_fact_with_a_lower_bound_alone_when_it_is_printed_so(
    countries: None,
) -> None:
    a_fact(value="", low="500").save()

    assert Fact.objects.get().low == "500"
