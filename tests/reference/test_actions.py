"""Loading the code lists: twice is once, and one bad row stops everything with a full account."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from stabilis.reference.actions import load_reference
from stabilis.reference.files import CODES, ReferenceRefused
from stabilis.reference.models import Country, Rate, Sector, SectorSuccession

pytestmark = pytest.mark.django_db

LOADED = {
    "country": 272,
    "currency": 178,
    "sector": 375,
    "sector_succession": 34,
    "codelist_item": 194,
    "rate": 138,
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the code lists that a test may damage."""
    return Path(shutil.copytree(CODES, tmp_path / "codes"))


def rewrite(path: Path, change: Callable[[list[dict[str, str]]], list[dict[str, str]]]) -> None:
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        columns, rows = list(reader.fieldnames or []), list(reader)
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, columns)
        writer.writeheader()
        writer.writerows(change(rows))


def test_load_reference_changes_nothing_when_it_runs_twice() -> None:
    first = load_reference()
    rates = list(Rate.objects.order_by("pk").values())

    second = load_reference()

    assert first == second == LOADED
    assert list(Rate.objects.order_by("pk").values()) == rates


def test_load_reference_corrects_a_row_when_its_file_is_corrected(folder: Path) -> None:
    load_reference(folder=folder)
    rewrite(
        folder / "dac_sectors.csv",
        lambda rows: [
            {**row, "name_en": "Security reform"} if row["code"] == "15210" else row for row in rows
        ],
    )

    load_reference(folder=folder)

    assert Sector.objects.get(code="15210").name_en == "Security reform"


def test_load_reference_removes_a_rate_when_its_file_no_longer_has_it(folder: Path) -> None:
    load_reference(folder=folder)
    rewrite(folder / "rates.csv", lambda rows: rows[1:])

    counts = load_reference(folder=folder)

    assert (counts["rate"], Rate.objects.count()) == (137, 137)


def test_load_reference_names_every_bad_row_and_writes_nothing_when_rows_are_bad(
    folder: Path,
) -> None:
    rewrite(
        folder / "rates.csv",
        lambda rows: [
            {**rows[0], "rate": "0"},
            {**rows[1], "on": "2020-13-01"},
            {**rows[2], "quote": "EURO"},
            rows[3],
            rows[3],
        ],
    )
    rewrite(
        folder / "sector_succession.csv",
        lambda rows: [{**rows[0], "successor": "99999"}, {**rows[1], "kind": "some"}],
    )
    rewrite(
        folder / "dac_sectors.csv",
        lambda rows: [{**rows[0], "name_en": "", "withdrawn": "maybe"}, *rows[1:]],
    )

    with pytest.raises(ReferenceRefused) as refused:
        load_reference(folder=folder)

    places = [fault.split(":")[0] for fault in refused.value.faults]
    assert sorted(places) == [
        "dac_sectors.csv, row 2, name_en",
        "dac_sectors.csv, row 2, withdrawn",
        "rates.csv, row 2, rate",
        "rates.csv, row 3, on",
        "rates.csv, row 4, quote_id",
        "rates.csv, row 6, base_id + quote_id + on + rate + source",
        "sector_succession.csv, row 2, successor_id",
        "sector_succession.csv, row 3, kind",
    ]
    assert Country.objects.count() == 0


def test_load_reference_says_how_to_mend_a_row_when_it_is_bad(folder: Path) -> None:
    rewrite(folder / "rates.csv", lambda rows: [{**rows[0], "rate": "1,5"}])

    with pytest.raises(ReferenceRefused) as refused:
        load_reference(folder=folder)

    assert str(refused.value) == (
        "rates.csv, row 2, rate: '1,5' cannot be used. Write a number above zero, such as 0.824."
    )


def test_load_reference_names_the_column_when_a_file_lacks_one(folder: Path) -> None:
    path = folder / "currencies.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("minor_units", "units", 1), "utf-8")

    with pytest.raises(ReferenceRefused) as refused:
        load_reference(folder=folder)

    assert refused.value.faults[0] == (
        "currencies.csv, minor_units: 'no column' cannot be used. "
        "Restore the column, even if it is empty."
    )


def test_every_withdrawn_purpose_code_has_a_succession_when_loaded() -> None:
    load_reference()

    withdrawn = set(Sector.objects.filter(vocabulary="DAC5", withdrawn=True).values_list("code"))

    assert set(SectorSuccession.objects.values_list("withdrawn_id")) == withdrawn
    assert len(withdrawn) == 28


def test_no_successor_is_itself_withdrawn_when_loaded() -> None:
    load_reference()

    assert not SectorSuccession.objects.filter(successor__withdrawn=True).exists()
