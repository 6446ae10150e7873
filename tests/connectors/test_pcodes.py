from datetime import date
from pathlib import Path

import polars as pl
import pytest
from tests.shared_data import SHARED, needs_shared

from stabilis.connectors import Quarantine, SourceRefused
from stabilis.connectors.pcodes import PLACES, SOURCE

HEADER = "\ufeffLocation,Admin Level,P-Code,Name,Parent P-Code,Valid from date\n"
TAGS = "#country+code,#geo+admin_level,#adm+code,#adm+name,#adm+code+parent,#date+start"
NEW = SHARED / "places" / "ocha_global_pcodes_adm1_adm2_2026.csv"
OLD = SHARED / "places" / "ocha_global_pcodes_older_vintage.csv"


def written(folder: Path, *rows: str) -> Path:
    path = folder / "pcodes.csv"
    path.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def loaded(path: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    quarantine = Quarantine(path)
    frames = [batch.frame for batch in SOURCE.read(path, quarantine)]
    return pl.concat([PLACES.empty(), *frames]), quarantine.frame()


def test_place_is_read_below_a_row_of_tags_and_keeps_its_row_number(tmp_path: Path) -> None:
    path = written(tmp_path, TAGS, "MLI,1,ML08,Kidal,MLI,2021-12-20")

    rows, bad = loaded(path)

    assert bad.height == 0
    assert rows.to_dicts() == [
        {
            "country": "MLI",
            "country_code": "MLI",
            "code": "ML08",
            "name": "Kidal",
            "level": 1,
            "parent": "MLI",
            "valid_from": date(2021, 12, 20),
            "source_file": "pcodes.csv",
            "source_row": 3,
        }
    ]


def test_day_stays_unknown_when_none_is_printed(tmp_path: Path) -> None:
    rows, bad = loaded(written(tmp_path, "MLI,1,ML08,Kidal,MLI,"))

    assert bad.height == 0
    assert rows["valid_from"].to_list() == [None]


def test_place_is_set_aside_when_it_has_no_code(tmp_path: Path) -> None:
    rows, bad = loaded(written(tmp_path, "MLI,1,,Kidal,MLI,2021-12-20"))

    assert rows.height == 0
    assert bad.select("source_row", "field", "reason").rows() == [
        (2, "P-Code", "the cell is empty")
    ]


def test_vintage_is_the_year_in_the_name_and_else_the_last_day_drawn(tmp_path: Path) -> None:
    path = written(tmp_path, "MLI,1,ML08,Kidal,MLI,2021-12-20", "AFG,1,AF01,Kabul,AFG,2019-10-22")

    assert SOURCE.release(path).version == "2021-12-20"
    assert SOURCE.release(tmp_path / "pcodes_2026.csv").version == "2026"


def test_file_is_refused_when_its_columns_are_renamed(tmp_path: Path) -> None:
    path = tmp_path / "pcodes.csv"
    path.write_text(HEADER.replace("P-Code,Name", "Code,Name"), encoding="utf-8")

    with pytest.raises(SourceRefused, match="the header lacks P-Code"):
        list(SOURCE.read(path, Quarantine(path)))


@needs_shared
@pytest.mark.parametrize(
    ("path", "places", "version"), [(NEW, 33_363, "2026"), (OLD, 33_453, "2024-10-22")]
)
def test_real_vintage_holds_what_its_description_says(
    path: Path, places: int, version: str
) -> None:
    rows, bad = loaded(path)
    four = rows.group_by("country").len().filter(pl.col("country").is_in(["AFG", "MLI", "SOM"]))

    assert (rows.height, bad.height, rows["country"].null_count()) == (places, 0, 0)
    assert dict(four.rows()) == {"AFG": 435, "MLI": 63, "SOM": 109}
    assert rows.filter(country="MLI", level=1).height == 10
    assert rows.filter(country="XKX").height == 0
    assert SOURCE.release(path).version == version
    assert SOURCE.recognises(path)
