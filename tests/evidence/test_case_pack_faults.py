"""A bad row of the case pack is named with its file, its place, its field, reason and remedy."""

from pathlib import Path

import pytest

from stabilis.evidence.actions import load_case_pack
from stabilis.evidence.casefiles import CasePackRefused, Fault

LESSONS = "lessons.csv"
FACTS = "facts/mli.csv"
GOVERNANCE = "claims/mli-governance.toml"
AFGHANISTAN = "claims/afg-stable-government-less-insurgency.toml"

pytestmark = pytest.mark.usefixtures("countries")


def damaged(pack: Path, file: str, change: tuple[str, str]) -> int:
    """Replace the first of two texts by the second and return the row in which it stood."""
    old, new = change
    before, found, after = (pack / file).read_text(encoding="utf-8").partition(old)
    assert found == old
    (pack / file).write_text(before + new + after, encoding="utf-8")
    return before.count("\n") + 1


def refused(pack: Path) -> list[Fault]:
    with pytest.raises(CasePackRefused) as error:
        load_case_pack(folder=pack)
    return error.value.faults


@pytest.mark.parametrize(
    ("change", "field", "reason"),
    [
        (("17430,", '"17430",7,'), "row", "has 20 cells, the header has 19"),
        (
            ("17430,", "17 430,"),
            "value",
            "'17 430' is not a plain number such as 1277 or 66.475",
        ),
        (
            ("1,,,,successful coups,2020-08", "1,,,,successful coups,2020-13"),
            "as_of",
            "'2020-13' is not a date such as 2023, 2023-06 or 2023-06-30",
        ),
        (
            ("1200000000,1260000000", "1260000000,1200000000"),
            "low",
            "1260000000 is above high (1200000000)",
        ),
        (
            ("successful coups,2020-08,,", "successful coups,2020-08,2020-07,"),
            "as_of_end",
            "2020-07 is before 2020-08",
        ),
        (("17430,,,,personnel", "17430,,,,"), "unit", "a number without a unit"),
        (("17430,,,,personnel", ",,,,personnel"), "value", "the row says nothing"),
        (
            ("mli-coup-2020,MLI", "mli-coup-2020,MLX"),
            "country",
            "'MLX' is not a known country",
        ),
        (
            ("mli-coup-2020,MLI,governance", "mli-coup-2020,MLI,politics"),
            "topic",
            "Value 'politics' is not a valid choice",
        ),
        (
            ('MLI 2020-08",original,', 'MLI 2020-08",hearsay,'),
            "seen_in",
            "Value 'hearsay' is not a valid choice",
        ),
        (
            ('MLI 2020-08",original,high', 'MLI 2020-08",secondary copy,medium'),
            "seen_in",
            "'secondary copy' with '' as the copy",
        ),
        (
            ('MLI 2020-08",original,high', 'MLI 2020-08",memory,medium'),
            "confidence",
            "medium is above what memory allows",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and " " not in value else "",
)
def test_pack_names_row_and_field_when_a_fact_is_bad(
    pack: Path, change: tuple[str, str], field: str, reason: str
) -> None:
    row = damaged(pack, FACTS, change)

    faults = refused(pack)

    assert [(fault.file, fault.row, fault.field, fault.reason) for fault in faults] == [
        (FACTS, row, field, reason)
    ]


def test_pack_names_both_rows_when_an_id_stands_twice(pack: Path) -> None:
    text = (pack / LESSONS).read_text(encoding="utf-8")
    (pack / LESSONS).write_text(text.replace("AF-L2,", "AF-L1,"), encoding="utf-8")

    faults = refused(pack)

    assert [(fault.row, fault.field, fault.reason) for fault in faults] == [
        (2, "id", "'AF-L1' stands 2 times"),
        (3, "id", "'AF-L1' stands 2 times"),
    ]


@pytest.mark.parametrize(
    ("change", "place", "reason"),
    [
        (
            ('fact = "mli-coup-2021"', 'fact = "mli-coup-1999"'),
            (2, "fact"),
            "fact 'mli-coup-1999' is not in the pack",
        ),
        (('fact = "mli-coup-2021"', ""), (2, "fact"), "one basis is needed"),
        (
            ('direction = "against"', ""),
            (1, "direction"),
            "a fact does not say which way it points",
        ),
        (
            ('direction = "against"', 'direction = "maybe"'),
            (1, "stated"),
            "Value 'maybe' is not a valid choice",
        ),
        (
            ('bears_on = "output"', 'bears_on = "success"'),
            (4, "bears_on"),
            "Value 'success' is not a valid choice",
        ),
        (
            ('part = "constitutional government"', 'part = "order"'),
            (1, "part"),
            "'order' is no part of the claim",
        ),
        (
            ("start = 2020-08-01", "start = 2020-09-01"),
            (1, "period"),
            "2020-09-01 is after 2020-08-31",
        ),
        (
            ("start = 2020-08-01", 'start = "August"'),
            (1, "period_start"),
            "“August” value has an invalid date format. It must be in YYYY-MM-DD format",
        ),
        (('note = "Tr', 'verdict = "Tr'), (4, "evidence.verdict"), "is not a field here"),
        (
            ("independent = true", "independent = false"),
            (None, "decided_by.outcome"),
            "'coup-2020' is not an independent item that bears on the outcome",
        ),
        (("replies = []", "replies = 3"), (None, "replies"), "3 is not a list of texts"),
        (
            ('country = "MLI"', 'country = "Mali"'),
            (None, "country"),
            "'Mali' is not a known country",
        ),
        (
            ('quote = "', 'quotation = "'),
            (None, "claim.quotation"),
            "is not a field here",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and " " not in value else "",
)
def test_pack_names_item_and_field_when_a_claim_is_bad(
    pack: Path, change: tuple[str, str], place: tuple[int | None, str], reason: str
) -> None:
    damaged(pack, GOVERNANCE, change)

    fault = refused(pack)[0]

    assert (fault.file, (fault.row, fault.field), fault.reason) == (GOVERNANCE, place, reason)


@pytest.mark.parametrize(
    ("change", "field", "reason"),
    [
        (("expect = ", "hope = "), "series.hope", "is not a field here"),
        ((', expect = "fell"', ""), "series", "lacks expect"),
        (('expect = "fell"', 'expect = "calm"'), "series.expect", "'calm' is unknown"),
        (
            ('table = "violence_years"', 'table = "mood"'),
            "series.table",
            "'mood' is not a table",
        ),
        (
            ("later = [2015, 2020]", "later = [2004, 2020]"),
            "series.later",
            "[2003, 2005] and [2004, 2020] are not two spans",
        ),
        (
            ("independent = true", 'independent = true\ndirection = "for"'),
            "direction",
            "a series has its direction computed",
        ),
    ],
    ids=["a wrong name", "a missing name", "expectation", "table", "overlap", "stated"],
)
def test_pack_names_item_and_field_when_a_series_is_bad(
    pack: Path, change: tuple[str, str], field: str, reason: str
) -> None:
    damaged(pack, AFGHANISTAN, change)

    fault = refused(pack)[0]

    assert (fault.file, fault.row, fault.field, fault.reason) == (AFGHANISTAN, 1, field, reason)


def test_pack_refuses_a_series_when_it_is_to_bear_on_the_actor(pack: Path) -> None:
    damaged(pack, AFGHANISTAN, ('bears_on = "outcome"', 'bears_on = "actor"'))

    reasons = [(fault.row, fault.field, fault.reason) for fault in refused(pack)]

    assert reasons[1:] == [(1, "bears_on", "a change before and after tells nothing of the actor")]


def test_pack_lists_every_fault_at_once_when_several_files_are_bad(pack: Path) -> None:
    damaged(pack, FACTS, ("17430,", "many,"))
    damaged(pack, LESSONS, ("AF-L4,", "AF-4,"))
    damaged(pack, LESSONS, ("mli-consent-withdrawn; ", "mli-consent; "))
    (pack / GOVERNANCE).write_text("quote = ", encoding="utf-8")

    places = [(fault.file, fault.field, fault.reason) for fault in refused(pack)]

    assert places == [
        (FACTS, "value", "'many' is not a plain number such as 1277 or 66.475"),
        (GOVERNANCE, "file", "is not TOML in UTF-8: Invalid value (at end of document)"),
        (LESSONS, "id", "'AF-4' is not an id such as AF-L1"),
        (LESSONS, "basis", "fact 'mli-consent' is not in the pack"),
    ]


def test_pack_names_the_columns_when_the_header_is_another(pack: Path) -> None:
    damaged(pack, LESSONS, ("id,country,lesson", "id,land,lesson"))

    fault = refused(pack)[0]

    assert str(fault) == (
        "lessons.csv, row 2, header: is id, land, lesson, basis. Write id, country, lesson, basis."
    )


def test_refusal_says_where_why_and_what_to_do_when_printed(pack: Path) -> None:
    row = damaged(pack, FACTS, ("resolution 2295,memory,low", "resolution 2295,memory,high"))

    with pytest.raises(CasePackRefused) as error:
        load_case_pack(folder=pack)

    assert str(error.value) == (
        f"facts/mli.csv, row {row}, confidence: high is above what memory allows. "
        "Write low or lower."
    )
