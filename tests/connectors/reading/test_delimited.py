"""Delimited text: rows keep their numbers, a shifted row is set aside, a wrong header refused."""

from pathlib import Path

import polars as pl
import pytest

from stabilis.connectors import Quarantine, SourceRefused
from stabilis.connectors.reading import delimited


def read(path: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    quarantine = Quarantine(path)
    frames = list(delimited.read(path, expected=("a", "b"), quarantine=quarantine))
    return pl.concat(frames), quarantine.frame()


def file(folder: Path, text: str, name: str = "toy.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def test_rows_keep_the_number_that_a_spreadsheet_shows(tmp_path: Path) -> None:
    path = file(tmp_path, 'a,b\n1,x\n2,"two\nlines"\n3,z\n')

    rows, _bad = read(path)

    assert rows.rows() == [("1", "x", 2), ("2", "two\nlines", 3), ("3", "z", 4)]


def test_a_row_with_a_cell_too_many_is_set_aside_and_the_others_keep_their_numbers(
    tmp_path: Path,
) -> None:
    path = file(tmp_path, "a,b\n1,x\n2,y,extra\n3\n4,w\n")

    rows, bad = read(path)

    assert rows["source_row"].to_list() == [2, 5]
    assert bad.select("source_row", "field", "reason").rows() == [
        (3, "(whole row)", "the row holds 3 cells, the header 2"),
        (4, "(whole row)", "the row holds 1 cells, the header 2"),
    ]


def test_numbers_hold_over_block_borders(tmp_path: Path) -> None:
    line = "x" * 1000
    lines = [f"{number},{line}" for number in range(30_000)]
    lines[20_000] = "broken"
    path = file(tmp_path, "a,b\n" + "\n".join(lines) + "\n")

    rows, bad = read(path)

    assert rows.filter(pl.col("a").cast(int) + 2 != pl.col("source_row")).is_empty()
    assert bad["source_row"].to_list() == [20_002]


def test_a_header_that_differs_is_refused_with_the_difference(tmp_path: Path) -> None:
    path = file(tmp_path, "a,c\n1,2\n")

    with pytest.raises(SourceRefused) as refused:
        read(path)

    assert refused.value.differences == ("the header lacks b", "the header has unexpected c")


def test_a_header_one_name_short_says_so(tmp_path: Path) -> None:
    path = file(tmp_path, "a\n1,2\n")

    with pytest.raises(SourceRefused, match="names 1 columns and the first row holds 2 cells"):
        read(path)


def test_text_that_is_not_utf_8_is_refused_with_the_remedy(tmp_path: Path) -> None:
    path = tmp_path / "toy.csv"
    path.write_bytes("a,b\n1,caf\u00e9\n".encode("latin-1"))

    with pytest.raises(SourceRefused, match=r"not UTF-8 in line 2.*Save it as UTF-8"):
        read(path)


def test_a_giant_field_is_refused(tmp_path: Path) -> None:
    path = file(tmp_path, "a,b\n1," + "x" * (delimited.BLOCK_BYTES * 2) + "\n")

    with pytest.raises(SourceRefused, match="one row is larger than"):
        read(path)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match="the file is empty"):
        read(file(tmp_path, ""))


def test_a_row_is_printed_as_the_file_has_it(tmp_path: Path) -> None:
    path = file(tmp_path, 'a,b\n1,x\n2,"two\nlines"\n')

    assert delimited.print_rows(path, [3]) == {3: {"a": "2", "b": "two\nlines"}}


def test_a_blank_line_counts_as_a_row_and_is_no_fault(tmp_path: Path) -> None:
    path = file(tmp_path, "a,b\n1,x\n\n2,y\n\n")

    rows, bad = read(path)

    assert rows["source_row"].to_list() == [2, 4]
    assert bad.is_empty()
    assert delimited.print_rows(path, [4]) == {4: {"a": "2", "b": "y"}}


def test_first_row_is_told_by_name_and_is_empty_when_there_is_none(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"

    told = []
    for text in ("a,b\n1,2\n3,4\n", "a,b\n1\n", "a,b\n", "", '"a\n' + "x" * (5 << 20)):
        path.write_text(text, encoding="utf-8")
        told.append(delimited.first_row(path))

    assert told == [{"a": "1", "b": "2"}, {"a": "1"}, {}, {}, {}]
