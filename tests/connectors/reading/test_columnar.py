from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from stabilis.connectors import SourceRefused
from stabilis.connectors.reading import columnar


def written(folder: Path, cells: pa.Array) -> Path:
    path = folder / "report.parquet"
    parquet.write_table(pa.table({"country": cells}), path)
    return path


def test_cells_are_read_as_printed_with_their_row(tmp_path: Path) -> None:
    path = written(tmp_path, pa.array(["Mali", None]))

    frame = columnar.texts(path, expected=["country"])

    assert frame.select("source_row", "country").rows() == [(1, "Mali"), (2, None)]


def test_file_is_refused_when_a_cell_is_not_utf_8(tmp_path: Path) -> None:
    offsets = pa.py_buffer((0).to_bytes(4, "little") + (2).to_bytes(4, "little"))
    cells = pa.Array.from_buffers(pa.string(), 1, [None, offsets, pa.py_buffer(b"\xd5\xff")])
    path = written(tmp_path, cells)

    with pytest.raises(SourceRefused, match="the Parquet file is cut or damaged"):
        columnar.texts(path, expected=["country"])


def test_file_is_refused_with_the_columns_it_lacks(tmp_path: Path) -> None:
    path = written(tmp_path, pa.array(["Mali"]))

    with pytest.raises(SourceRefused, match="the header lacks page"):
        columnar.texts(path, expected=["country", "page"])
