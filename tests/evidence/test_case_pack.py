"""The pack that ships: its words are the article's, its figures the files', its answers derived."""

import csv
import tomllib
from collections import Counter
from dataclasses import replace

import polars as pl
import pytest
from tests.shared_data import SHARED, needs_shared

from stabilis.analysis.measures import level_shift
from stabilis.evidence import queries, rules
from stabilis.evidence.actions import CASE_PACK
from stabilis.evidence.rules import Assessment, Shift, assess, weigh

ARTICLE = SHARED.parent / "domain" / "SOURCE_ARTICLE.txt"
UCDP = SHARED / "ucdp" / "organizedviolencecy_v25_1.csv"
FATALITIES = SHARED / "peacekeeping" / "un_fatalities.csv"
COUPS = SHARED / "indicators" / "coups_powell_thyne.csv"

GLEDITSCH_WARD = {"AFG": 700, "MLI": 432, "SOM": 520, "SRB": 345, "XKX": 347}
PRINTED = {"deaths": ("sb", "ns", "os"), "state_based": ("sb",), "one_sided": ("os",)}

CLAIMS = {
    "afg-stable-government-less-insurgency": ("contradicted", "cannot judge"),
    "mli-governance": ("contradicted", "cannot judge"),
    "mli-stability-and-security": ("partly supported", "cannot judge"),
    "som-regional-cooperation": ("partly supported", "cannot judge"),
    "som-stabilised-regions": ("cannot judge", "cannot judge"),
    "xkx-police-training": ("cannot judge", "contradicted"),
    "xkx-stability-and-trust": ("partly supported", "cannot judge"),
}
SHIFTS: dict[tuple[str, str], Shift] = {
    ("afg-stable-government-less-insurgency", "state-based-deaths-rose"): "rose",
    ("mli-stability-and-security", "deaths-fell-early"): "fell",
    ("mli-stability-and-security", "deaths-rose-later"): "rose",
    ("mli-stability-and-security", "one-sided-rose-later"): "rose",
    ("som-regional-cooperation", "state-based-deaths-early"): "unclear",
    ("som-regional-cooperation", "state-based-deaths-later"): "unclear",
    ("xkx-stability-and-trust", "no-war-to-2007"): "fell",
    ("xkx-stability-and-trust", "no-war-since-2008"): "fell",
}
DECIDING = [
    (path.stem, question, item)
    for path in sorted((CASE_PACK / "claims").glob("*.toml"))
    for question, items in tomllib.loads(path.read_text(encoding="utf-8"))["decided_by"].items()
    for item in items
]


def assessed(id: str, *, without: str = "", turned: dict[str, Shift] | None = None) -> Assessment:
    found = queries.claim(id)
    shifts = {item: shift for (claim, item), shift in SHIFTS.items() if claim == id}
    shifts |= turned or {}
    kept = [row.item for row in found.evidence if row.item.id != without]
    return assess(found.asked, [weigh(item, shifts.get(item.id)) for item in kept])


def window(series: rules.Series, name: str) -> pl.DataFrame:
    is_reference = name == "reference"
    country = series.country if is_reference else series.later_country
    span = series.reference if is_reference else series.later
    kinds = PRINTED[series.column.removesuffix("_best")]
    return (
        pl.scan_csv(UCDP, infer_schema_length=None)
        .filter(
            pl.col("country_id_cy") == GLEDITSCH_WARD[country],
            pl.col("year_cy").is_between(*span),
        )
        .select(
            pl.col("year_cy").alias("year"),
            pl.lit(name).alias("window"),
            *(
                pl.sum_horizontal([f"{kind}_total_deaths_{bound}_cy" for kind in kinds]).alias(
                    bound
                )
                for bound in ("low", "best", "high")
            ),
        )
        .collect()
        .cast(dict(level_shift.READS.schema))
    )


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(("id", "expected"), CLAIMS.items(), ids=CLAIMS.keys())
def test_claim_has_the_expected_assessment_when_all_is_held(
    id: str, expected: tuple[str, str]
) -> None:
    found = assessed(id)

    assert (found.outcome.verdict, found.actor.verdict) == expected


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(("id", "question", "item"), DECIDING)
def test_claim_cannot_be_judged_when_a_deciding_item_is_taken_away(
    id: str, question: str, item: str
) -> None:
    rating = getattr(assessed(id, without=item), question)

    assert rating.verdict == "cannot judge"
    assert rating.reasons == (rules.Reason(rules.DECIDING_MISSING, (item,)),)


@pytest.mark.usefixtures("loaded")
def test_afghanistan_is_partly_supported_when_its_series_is_turned_round() -> None:
    found = assessed(
        "afg-stable-government-less-insurgency", turned={"state-based-deaths-rose": "fell"}
    )

    assert found.outcome.verdict == "partly supported"


@pytest.mark.usefixtures("loaded")
def test_mali_is_contradicted_early_and_late_when_its_early_series_is_turned_round() -> None:
    found = assessed("mli-stability-and-security", turned={"deaths-fell-early": "rose"})

    against = found.outcome.reasons[1]
    assert against.sentence == rules.POINTS_AGAINST
    assert against.items[:2] == ("centre-after-2016", "deaths-fell-early")


@pytest.mark.usefixtures("loaded")
def test_mali_names_its_periods_when_it_is_partly_supported() -> None:
    in_favour, against = assessed("mli-stability-and-security").outcome.reasons

    assert [(span.start.year, span.end.year) for span in in_favour.periods] == [
        (2013, 2016),
        (2014, 2016),
    ]
    assert [(span.start.year, span.end.year) for span in against.periods] == [
        (2017, 2019),
        (2017, 2022),
    ]


@pytest.mark.usefixtures("loaded")
def test_kosovo_says_that_trust_is_without_evidence() -> None:
    reasons = assessed("xkx-stability-and-trust").outcome.reasons

    assert reasons[-1] == rules.Reason(rules.PART_OPEN, parts=("civilian trust",))


@pytest.mark.usefixtures("loaded")
def test_output_never_carries_a_claim_when_it_is_counted_as_independent() -> None:
    found = queries.claim("som-stabilised-regions")
    outputs = [weigh(replace(row.item, independent=True)) for row in found.evidence]

    assert assess(found.asked, outputs).outcome.verdict == "cannot judge"


def test_no_claim_file_holds_a_verdict() -> None:
    fields = {
        key
        for path in (CASE_PACK / "claims").glob("*.toml")
        for key in tomllib.loads(path.read_text(encoding="utf-8"))
    }

    assert fields & {"verdict", "assessment", "rating", "grade"} == set()


def test_every_fact_not_seen_in_an_original_is_below_the_top_grade() -> None:
    rows = [
        row
        for path in (CASE_PACK / "facts").glob("*.csv")
        for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    ]

    top = {row["id"] for row in rows if row["confidence"] == "high"}

    assert top == {row["id"] for row in rows if row["seen_in"] == "original"}
    assert len(top) == 8


@needs_shared
@pytest.mark.parametrize(
    "path", sorted((CASE_PACK / "claims").glob("*.toml")), ids=lambda p: p.stem
)
def test_quote_stands_in_the_article_word_for_word(path) -> None:  # type: ignore[no-untyped-def]
    claim = tomllib.loads(path.read_text(encoding="utf-8"))
    article = ARTICLE.read_text(encoding="utf-8")

    line = article.splitlines()[claim["source_line"] - 1]

    assert line.count(claim["quote"]) == 1
    assert [caveat for caveat in claim["caveats"] if caveat not in article] == []


@needs_shared
@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(("key", "expected"), SHIFTS.items(), ids=str)
def test_series_shifts_as_the_tests_say_when_computed_from_ucdp(
    key: tuple[str, str], expected: Shift
) -> None:
    rows = {row.item.id: row.item.series for row in queries.claim(key[0]).evidence}
    series = rows[key[1]]
    assert series is not None

    years = pl.concat([window(series, "reference"), window(series, "later")])

    assert level_shift.shift(years) == expected


@needs_shared
@pytest.mark.usefixtures("loaded")
def test_minusma_fatalities_are_those_of_the_united_nations_file() -> None:
    facts = {fact.id: fact.value for fact in queries.facts_of("MLI")}

    with FATALITIES.open(encoding="utf-8", newline="") as lines:
        kinds = Counter(
            row["type_of_incident"]
            for row in csv.DictReader(lines)
            if row["mission_acronym"] == "MINUSMA"
        )

    named = {
        name: facts[f"mli-minusma-fatalities-{name}"]
        for name in ("all-causes", "malicious", "illness", "accident", "other")
    }
    assert named == {
        "all-causes": str(kinds.total()),
        "malicious": str(kinds["Malicious Act"]),
        "illness": str(kinds["Illness"]),
        "accident": str(kinds["Accident"]),
        "other": str(kinds["To Be Determined"] + kinds["Unknown"]),
    }


@needs_shared
@pytest.mark.usefixtures("loaded")
def test_government_killings_in_mali_are_those_of_ucdp() -> None:
    fact = next(
        fact for fact in queries.facts_of("MLI") if fact.id == "mli-government-one-sided-2022"
    )

    printed = (
        pl.scan_csv(UCDP, infer_schema_length=None)
        .filter(pl.col("country_id_cy") == 432, pl.col("year_cy") == 2022)
        .select(f"os_main_govt_killings_{bound}_cy" for bound in ("low", "best", "high"))
        .collect()
        .row(0)
    )

    assert (fact.low, fact.value, fact.high) == tuple(str(number) for number in printed)


@needs_shared
def test_coups_in_mali_during_the_mission_are_two() -> None:
    with COUPS.open(encoding="utf-8", newline="") as lines:
        months = [
            row["year_month"]
            for row in csv.DictReader(lines)
            if row["country_iso3"] == "MLI"
            and row["year_month"] >= "2013-04"
            and row["pt_coup_successful"] == "1"
        ]

    assert months == ["2020-08", "2021-05"]
