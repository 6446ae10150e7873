import bz2
import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import polars as pl
import pytest
from tests.connectors.serving import serving
from tests.shared_data import SHARED, needs_shared

from stabilis.connectors import Quarantine, SourceRefused
from stabilis.connectors.unhcr import DISPLACEMENT, SOURCE, fetch

REAL = SHARED / "indicators" / "unhcr_population.rda"
BOTH = "Serbia and Kosovo: S/RES/1244 (1999)"
HEADER = (
    "Year,Country of origin,Country of origin (ISO),Country of asylum,Country of asylum (ISO),"
    "Refugees under UNHCR's mandate,Asylum-seekers,IDPs of concern to UNHCR,{needy},"
    "Stateless persons,Others of concern\n"
)
NEEDY = "Other people in need of international protection"


def pair(**other: Any) -> dict[str, Any]:
    return {
        "year": 2023,
        "coo_id": 116,
        "coo_name": "Mali",
        "coo": "MLI",
        "coo_iso": "MLI",
        "coa_id": 130,
        "coa_name": "Niger",
        "coa": "NGR",
        "coa_iso": "NER",
        "refugees": 61000,
        "asylum_seekers": "12",
        "returned_refugees": 0,
        "idps": 0,
        "returned_idps": 0,
        "stateless": 0,
        "ooc": 0,
        "oip": "-",
        "hst": 5,
    } | other


def answer(*pairs: dict[str, Any], pages: int = 1) -> bytes:
    told = {"page": 1, "short-url": "", "maxPages": pages, "total": [], "items": pairs}
    return json.dumps(told).encode()


def written(folder: Path, *pairs: dict[str, Any]) -> Path:
    path = folder / "population.json"
    path.write_bytes(answer(*pairs))
    return path


def table(folder: Path, *rows: str, needy: str = NEEDY) -> Path:
    path = folder / "population.csv"
    path.write_text(HEADER.format(needy=needy) + "\n".join([*rows, ""]), encoding="utf-8")
    return path


def loaded(path: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    quarantine = Quarantine(path)
    frames = [batch.frame for batch in SOURCE.read(path, quarantine)]
    return pl.concat([DISPLACEMENT.empty(), *frames]), quarantine.frame()


def test_pair_is_read_with_both_countries_and_a_gap_stays_unknown(tmp_path: Path) -> None:
    path = written(tmp_path, pair())

    rows, bad = loaded(path)

    assert bad.height == 0
    assert rows.to_dicts() == [
        {
            "year": 2023,
            "origin": "MLI",
            "origin_name": "Mali",
            "origin_code": "MLI",
            "asylum": "NER",
            "asylum_name": "Niger",
            "asylum_code": "NER",
            "refugees": 61000,
            "asylum_seekers": 12,
            "returned_refugees": 0,
            "idps": 0,
            "returned_idps": 0,
            "stateless": 0,
            "others_of_concern": 0,
            "others_in_need": None,
            "host_community": 5,
            "source_file": "population.json",
            "source_row": 1,
        }
    ]
    assert SOURCE.recognises(path)
    assert SOURCE.release(path).version == "to 2023"
    assert SOURCE.print_rows(path, [1])[1]["oip"] == "-"


def test_older_answer_without_a_category_leaves_it_unknown(tmp_path: Path) -> None:
    older = pair()
    del older["hst"]
    path = written(tmp_path, older)

    rows, _ = loaded(path)

    assert rows["host_community"].to_list() == [None]


def test_count_hidden_by_an_asterisk_is_unknown_and_not_zero(tmp_path: Path) -> None:
    path = written(tmp_path, pair(refugees="*"))

    rows, bad = loaded(path)

    assert bad.height == 0
    assert rows["refugees"].to_list() == [None]


def test_serbia_and_kosovo_are_one_entry_and_kosovo_gets_no_row_of_its_own(tmp_path: Path) -> None:
    path = written(tmp_path, pair(coo_name=BOTH, coo="SRB", coo_iso="SRB"))

    rows, _ = loaded(path)

    assert rows.select("origin", "origin_name").rows() == [("SRB", BOTH)]


def test_stateless_and_unknown_origins_are_no_countries(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        pair(coo_name="Stateless", coo_iso="XXA"),
        pair(coo_name="Unknown ", coo_iso="UNK"),
        pair(coo_name="Tibetan", coo_iso="TIB"),
    )

    rows, bad = loaded(path)

    assert bad.height == 0
    assert rows["origin"].to_list() == [None, None, None]


def test_answer_is_refused_when_its_rows_sum_over_all_origins(tmp_path: Path) -> None:
    path = written(tmp_path, pair(coo_name="-", coo="-", coo_iso="-"))

    with pytest.raises(SourceRefused, match="row 1 sums over all origins"):
        loaded(path)


def test_answer_is_refused_when_a_count_is_renamed(tmp_path: Path) -> None:
    renamed = pair()
    renamed["idp"] = renamed.pop("idps")
    path = written(tmp_path, renamed)

    with pytest.raises(SourceRefused, match="the header lacks idps"):
        loaded(path)


def test_negative_count_is_set_aside_and_the_others_load(tmp_path: Path) -> None:
    path = written(tmp_path, pair(idps=-5), pair(year=2022))

    rows, bad = loaded(path)

    assert rows["year"].to_list() == [2022]
    assert bad.select("source_row", "field", "value").rows() == [(1, "idps", "-5")]


@pytest.mark.parametrize("needy", [NEEDY, "Venezuelans displaced abroad"])
def test_download_gives_the_same_table_under_its_newer_and_its_older_heading(
    tmp_path: Path, needy: str
) -> None:
    path = table(tmp_path, "2021,Togo,TGO,Unknown ,,988,491,0,,0,7", needy=needy)

    rows, bad = loaded(path)

    counts = ["refugees", "asylum_seekers", "idps", "others_in_need", "others_of_concern"]
    assert bad.height == 0
    assert rows.select("origin", "asylum", *counts, "returned_refugees").rows() == [
        ("TGO", None, 988, 491, 0, None, 7, None)
    ]
    assert SOURCE.recognises(path)
    assert SOURCE.release(path).version == "to 2021"


def test_row_whose_name_holds_a_bare_comma_is_set_aside_and_not_shifted(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        "2021,Uganda,UGA,China, Hong Kong SAR,HKG,5,0,0,,0,0",
        "2021,Uganda,UGA,Iceland,ISL,5,0,0,,0,0",
    )

    rows, bad = loaded(path)

    assert rows.select("asylum", "source_row").rows() == [("ISL", 3)]
    assert bad["reason"].to_list() == ["the row holds 12 cells, the header 11"]


def test_fetch_asks_for_all_pairs_page_by_page(tmp_path: Path) -> None:
    asked: list[dict[str, list[str]]] = []

    def page(target: str) -> bytes:
        asked.append(parse_qs(urlsplit(target).query))
        return answer(pair(year=2020 + len(asked)), pages=2)

    with (
        serving({"/population/v1/population/": page}) as base,
        httpx.Client(base_url=f"{base}/population/v1/") as client,
    ):
        files = fetch(client, tmp_path)

    assert [loaded(path)[0]["year"].to_list() for path in files] == [[2021], [2022]]
    assert [query["page"] for query in asked] == [["1"], ["2"]]
    assert (asked[0]["coo_all"], asked[0]["coa_all"]) == (["true"], ["true"])


def test_workspace_is_refused_when_it_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "population.rda"
    path.write_bytes(bz2.compress(b"RDX3\nX\n" + bytes(5_000))[:-10])

    with pytest.raises(SourceRefused, match="the workspace is cut or damaged"):
        loaded(path)


def test_workspace_is_refused_when_the_r_reader_finds_no_frames_in_it(tmp_path: Path) -> None:
    path = tmp_path / "population.rda"
    path.write_bytes(bz2.compress(b"RDX3\nX\n" + bytes(5_000)))

    with pytest.raises(SourceRefused, match=r"the R reader cannot read it|holds nothing"):
        loaded(path)


def test_workspace_is_refused_when_it_is_not_packed(tmp_path: Path) -> None:
    path = tmp_path / "population.rda"
    path.write_bytes(b"RDX3\nX\n" + bytes(100))

    with pytest.raises(SourceRefused, match="this is no packed R workspace"):
        loaded(path)


@needs_shared
def test_real_workspace_holds_what_its_description_says() -> None:
    rows, bad = loaded(REAL)

    inside = rows.filter(origin="MLI", asylum="MLI", year=2023)
    assert bad.height == 0
    assert rows.height == 138_893
    assert (rows["year"].min(), rows["year"].max()) == (1951, 2025)
    assert rows.select(DISPLACEMENT.key).is_duplicated().sum() == 0
    assert inside.select("idps", "others_in_need").rows() == [(354_739, None)]
    assert rows.filter(pl.any_horizontal(pl.col("origin", "asylum") == "XKX")).height == 0
    printed = SOURCE.print_rows(REAL, inside["source_row"].to_list())
    assert [(row["coo_name"], row["idps"], row["oip"]) for row in printed.values()] == [
        ("Mali", "354739", "NA")
    ]


@needs_shared
def test_only_this_workspace_is_recognised_among_the_real_ones() -> None:
    assert SOURCE.recognises(REAL) is True
    assert SOURCE.recognises(SHARED / "indicators" / "vdem_subset_1789_2024.rda") is False
    assert SOURCE.release(REAL).version == "to 2025"
