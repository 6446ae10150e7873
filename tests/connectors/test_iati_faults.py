from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
from tests.connectors.iati_files import FIRST, SECOND, loaded, only, written

from stabilis.connectors import SourceRefused
from stabilis.connectors.iati import SOURCE
from stabilis.evidence.ingestion import ingest


def test_transaction_is_set_aside_and_its_activity_stays_when_an_amount_is_no_number(
    tmp_path: Path,
) -> None:
    tables, bad = loaded(written(tmp_path, FIRST.replace("1067912", "1,067,912"), SECOND))

    assert tables["aid_activities"]["identifier"].to_list() == ["GB-1-7", "XM-1-9"]
    assert tables["aid_transactions"]["identifier"].to_list() == ["XM-1-9"]
    assert only(bad) == {
        "source_file": "a.xml",
        "source_row": 10,
        "field": "value",
        "value": "1,067,912",
        "reason": "this is not a plain decimal number (activity GB-1-7, transaction 1)",
        "remedy": "Write digits with a point, such as 1250.50, without separators or spaces.",
    }


@pytest.mark.parametrize(
    ("printed", "mangled", "field"),
    [
        ('iso-date="2009-10-01"', 'iso-date="1.10.2009"', "transaction-date"),
        ('iso-date="2009-10-01"', 'iso-date="2009-02-30"', "transaction-date"),
        ('value-date="2009-10-02"', 'value-date="soon"', "value/@value-date"),
        (' default-currency="GBP"', "", "value/@currency"),
        ('default-currency="GBP"', 'default-currency="XAU"', "value/@currency"),
        (">1067912<", "><", "value"),
        ('<value value-date="2009-10-02">1067912</value>', "", "value"),
    ],
)
def test_transaction_is_set_aside_with_the_field_named_when_it_cannot_be_read(
    tmp_path: Path, printed: str, mangled: str, field: str
) -> None:
    tables, bad = loaded(written(tmp_path, FIRST.replace(printed, mangled)))

    assert tables["aid_transactions"].height == 0
    assert tables["aid_activities"].height == 1
    assert bad.filter(pl.col("source_row") == 10)["field"].to_list() == [field]


def test_transaction_date_is_unknown_when_none_is_printed(tmp_path: Path) -> None:
    undated = FIRST.replace(' iso-date="2009-10-01">First instalment<', "><")

    tables, bad = loaded(written(tmp_path, undated))

    assert (only(tables["aid_transactions"])["date"], bad.height) == (None, 0)


def test_activity_stays_without_the_date_when_the_date_cannot_be_read(tmp_path: Path) -> None:
    tables, bad = loaded(written(tmp_path, FIRST.replace("2009-09-01Z", "autumn 2009")))

    assert only(tables["aid_activities"])["start_planned"] is None
    assert bad.select("source_row", "field", "value", "reason").rows() == [
        (
            8,
            "activity-date",
            "autumn 2009",
            "this is not a date (activity GB-1-7, start planned); the activity is kept without it",
        )
    ]


def test_code_outside_the_list_is_unknown_and_stays_as_printed(tmp_path: Path) -> None:
    odd = FIRST.replace('code="D"', 'code="Z"').replace('role="Funding"', 'role="Friend"')

    tables, _ = loaded(written(tmp_path, odd.replace('code="ML"', 'code="QX"')))

    transaction = only(tables["aid_transactions"])
    assert (transaction["type"], transaction["type_printed"]) == (None, "Z")
    assert only(tables["aid_participants"])["role"] is None
    assert (transaction["country"], only(tables["aid_countries"])["code"]) == (None, "QX")


def test_release_is_unknown_when_the_file_does_not_say(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text("<iati-activities/>", encoding="utf-8")

    assert SOURCE.release(path).version == "unknown"
    assert SOURCE.release(path).published_on is None


def test_file_is_recognised_when_its_outermost_element_holds_activities(tmp_path: Path) -> None:
    other = tmp_path / "b.xml"
    other.write_text("<iati-organisations/>", encoding="utf-8")

    assert SOURCE.recognises(written(tmp_path, FIRST))
    assert not SOURCE.recognises(other)
    with pytest.raises(SourceRefused, match="iati-organisations, expected iati-activities"):
        loaded(other)


def test_nothing_is_kept_when_the_file_is_cut_in_the_middle(tmp_path: Path) -> None:
    path = written(tmp_path, FIRST, SECOND)
    path.write_bytes(path.read_bytes()[:-400])
    shelf = tmp_path / "shelf"

    with pytest.raises(SourceRefused, match="this is not sound XML"):
        ingest("iati", files=[path], shelf=shelf, now=datetime(2026, 1, 1, tzinfo=UTC))

    assert list(shelf.iterdir()) == []


def test_sector_is_set_aside_and_the_money_stays_when_its_percentage_is_no_number(
    tmp_path: Path,
) -> None:
    odd = FIRST.replace('percentage="40"', 'percentage="40%"')

    tables, bad = loaded(written(tmp_path, odd))

    assert tables["aid_sectors"].height == 0
    assert tables["aid_transactions"].height == 1
    assert bad.select("source_row", "field", "value").rows() == [(7, "sector/@percentage", "40%")]


def test_activity_stays_without_an_attribute_when_the_attribute_cannot_be_read(
    tmp_path: Path,
) -> None:
    odd = SECOND.replace('humanitarian="1"', 'humanitarian="maybe"')
    odd = odd.replace('hierarchy="2"', 'hierarchy="two"').replace("2023-12-21T", "21 December ")

    tables, bad = loaded(written(tmp_path, odd))

    row = only(tables["aid_activities"])
    assert (row["humanitarian"], row["hierarchy"], row["last_updated"]) == (None, None, None)
    assert bad["field"].to_list() == ["@humanitarian", "@hierarchy", "@last-updated-datetime"]
