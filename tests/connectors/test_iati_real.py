from datetime import date
from pathlib import Path

import polars as pl
import pytest
from tests.connectors.iati_files import loaded, only
from tests.shared_data import SHARED, needs_shared

from stabilis.connectors import SourceRefused
from stabilis.connectors.iati import SOURCE

REAL = SHARED / "iati" / "real"


@needs_shared
@pytest.mark.parametrize(
    ("name", "activities", "transactions", "set_aside"),
    [
        ("dfid_CD.xml", 205, 815, 0),
        ("dfid2011_AF.xml", 247, 396, 0),
        ("dfid2011_KO.xml", 42, 211, 0),
        ("dfid2011_OT.xml", 51, 214, 0),
        ("dfid2011_nicexml.xml", 2, 6, 0),
        ("mixed_donors_v203.xml", 401, 1_012, 21),
    ],
)
def test_real_file_holds_what_its_description_counts(
    name: str, activities: int, transactions: int, set_aside: int
) -> None:
    tables, bad = loaded(REAL / name)

    assert tables["aid_activities"].height == activities
    assert tables["aid_transactions"].height == transactions
    assert bad["source_row"].n_unique() == set_aside


@needs_shared
def test_real_file_of_congo_sums_to_the_pound_by_type() -> None:
    tables, _ = loaded(REAL / "dfid_CD.xml")

    sums = (
        tables["aid_transactions"].group_by("type").agg(pl.col("amount_minor").sum()).sort("type")
    )

    assert sums.rows() == [("2", 99_299_073_000), ("3", 33_029_247_700), ("4", 13_024_983_500)]
    assert tables["aid_activities"]["country"].value_counts().sort("country").rows() == [
        (None, 67),
        ("COD", 138),
    ]


@needs_shared
def test_real_file_of_kosovo_is_read_by_its_declared_text_and_keeps_it_as_a_region() -> None:
    tables, _ = loaded(REAL / "dfid2011_KO.xml")

    recipients = tables["aid_countries"].group_by("country", "kind", "code", "name").len()

    assert recipients.rows() == [("XKX", "region", None, "Kosovo (KO)", 23)]
    assert tables["aid_transactions"]["country"].to_list() == ["XKX"] * 211
    assert tables["aid_activities"]["country"].value_counts().sort("country").rows() == [
        (None, 19),
        ("XKX", 23),
    ]


@needs_shared
def test_real_file_of_afghanistan_keeps_codes_that_the_dac_withdrew() -> None:
    tables, _ = loaded(REAL / "dfid2011_AF.xml")

    withdrawn = tables["aid_sectors"].filter(pl.col("code").is_in(["15120", "15140"]))

    assert withdrawn["code"].value_counts().sort("code").rows() == [("15120", 26), ("15140", 35)]


@needs_shared
def test_what_travels_is_small_and_only_of_the_four(tmp_path: Path) -> None:
    assert SOURCE.cut is not None
    sizes = []
    for name in ("dfid2011_AF.xml", "dfid_CD.xml", "mixed_donors_v203.xml"):
        for table, frame in loaded(REAL / name)[0].items():
            kept = SOURCE.cut.tables[table](frame)
            assert set(kept["country"]) <= {"AFG", "MLI", "SOM", "XKX"}
            kept.write_parquet(tmp_path / f"{name}-{table}", compression="zstd")
            sizes.append((tmp_path / f"{name}-{table}").stat().st_size)

    assert sum(sizes) < 300_000


@needs_shared
def test_sums_in_dollars_agree_with_another_tool_where_both_count_an_activity() -> None:
    """The other tool counts from 2020, in dollars at its own rates, and only some reporters."""
    tables, _ = loaded(REAL / "mixed_donors_v203.xml")
    theirs = pl.read_csv(
        REAL / "mixed_donors_v203_expected_transactions.csv",
        skip_rows_after_header=1,
        infer_schema=False,
    )
    both = _per_activity(tables["aid_transactions"]).join(
        theirs.group_by(identifier="Activity id", kind="Transaction type").agg(
            pl.col("Total money").cast(pl.Float64).sum().alias("their_usd"), pl.len().alias("rows")
        ),
        on=("identifier", "kind"),
        how="right",
    )

    assert both.height == 285
    assert both["minor"].null_count() == 0
    in_dollars = both.filter(pl.col("currencies") == ["USD"])
    differing = in_dollars.filter(
        (pl.col("minor") / 100 - pl.col("their_usd")).abs() > pl.col("rows")
    )
    assert (in_dollars.height, differing.height) == (89, 0)


def _per_activity(transactions: pl.DataFrame) -> pl.DataFrame:
    kinds = {"2": "commitments", "3": "spending", "4": "spending"}
    counted = transactions.filter(
        pl.col("date") >= date(2020, 1, 1), pl.col("type").is_in([*kinds])
    )
    return counted.group_by("identifier", kind=pl.col("type").replace_strict(kinds)).agg(
        pl.col("amount_minor").sum().alias("minor"),
        pl.col("currency").unique().alias("currencies"),
    )


@needs_shared
@pytest.mark.parametrize(
    ("name", "difference"),
    [
        ("frankenstein_v203.xml", "Namespace prefix iati-activities .* is not defined, line 2299"),
        ("repair/original-file.xml", "it begins with a DOCTYPE"),
        ("repair/fixed-file.xml", "it begins with a DOCTYPE"),
    ],
)
def test_real_odd_file_is_refused_with_its_reason(name: str, difference: str) -> None:
    with pytest.raises(SourceRefused, match=difference):
        loaded(REAL / name)


@needs_shared
def test_real_broken_and_mended_file_hold_the_same_money_once_their_doctype_is_gone(
    tmp_path: Path,
) -> None:
    tables = {}
    for name in ("original-file.xml", "fixed-file.xml"):
        whole = (REAL / "repair" / name).read_text(encoding="utf-8").partition("]>")[2]
        path = tmp_path / name
        for entity in ("page", "Country", "rsquo"):
            whole = whole.replace(f"&{entity};", "entity-value")
        path.write_text(whole, encoding="utf-8")
        tables[name], _ = loaded(path)
    broken, mended = tables["original-file.xml"], tables["fixed-file.xml"]

    assert broken["aid_transactions"]["amount_minor"].equals(
        mended["aid_transactions"]["amount_minor"]
    )
    assert [only(each["aid_activities"])["identifier"] for each in (broken, mended)] == [
        "XM-DAC-41122-Albania-0090/A0/06/601/002",
        "XM-DAC-41122-Albania-0090-A0-06-601-002",
    ]


@needs_shared
def test_single_publisher_files_all_load_without_a_row_set_aside() -> None:
    files = sorted((REAL / "publishers_v203").glob("*.xml"))

    set_aside = {path.name: loaded(path)[1].height for path in files}

    assert set_aside == dict.fromkeys([path.name for path in files], 0)
    assert len(files) == 15


@needs_shared
def test_files_of_the_standard_load_or_are_refused_for_their_outermost_element() -> None:
    answers: dict[str, int] = {}
    for path in sorted((SHARED / "iati" / "standard" / "schema_tests").glob("*.xml")):
        try:
            answer = "loaded" if loaded(path) else ""
        except SourceRefused as refused:
            answer = refused.differences[0].partition(",")[0]
        answers[answer] = answers.get(answer, 0) + 1

    record = "{http://iatiregistry.org/ns/record#}registry-record"
    assert answers == {
        "loaded": 538,
        "the outermost element is iati-organisation": 6,
        "the outermost element is iati-organisations": 142,
        f"the outermost element is {record}": 8,
    }
