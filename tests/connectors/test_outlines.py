import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from stabilis.connectors import Quarantine, SourceRefused
from stabilis.connectors.outlines import SOURCE

CORNERS = ([-1, 17], [0, 17], [0, 18], [-1, 18], [-1, 17])


def feature(name: str, corners: Any = CORNERS) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"featurecla": "Admin-0 country", "name": name},
        "geometry": {"type": "Polygon", "coordinates": [corners]},
    }


def topology(arc: Any) -> dict[str, Any]:
    mali = {"type": "Polygon", "arcs": [[0]], "properties": {"name": "Mali"}}
    return {
        "type": "Topology",
        "transform": {"scale": [0.1, 0.1], "translate": [-11, 11]},
        "objects": {"countries": {"type": "GeometryCollection", "geometries": [mali]}},
        "arcs": [arc],
    }


def written(folder: Path, document: object, name: str = "outlines.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def loaded(path: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    quarantine = Quarantine(path)
    frames = [batch.frame for batch in SOURCE.read(path, quarantine)]
    return pl.concat(frames), quarantine.frame()


def test_outline_is_read_with_its_country_and_whether_it_is_drawn_apart(tmp_path: Path) -> None:
    features = [feature("Mali"), feature("Kosovo"), feature("Nowhere")]
    path = written(tmp_path, {"type": "FeatureCollection", "features": features})

    rows, bad = loaded(path)

    assert bad.height == 0
    assert rows.select("country", "name", "is_apart", "source_row").rows() == [
        ("MLI", "Mali", False, 1),
        ("XKX", "Kosovo", True, 2),
        (None, "Nowhere", False, 3),
    ]


def test_arcs_give_the_outline_they_are_steps_of(tmp_path: Path) -> None:
    path = written(tmp_path, topology([[0, 0], [10, 0], [0, 10], [-10, 0], [0, -10]]))

    rows, _ = loaded(path)

    assert rows["wkt"].to_list() == ["MULTIPOLYGON (((-11 11, -10 11, -10 12, -11 12, -11 11)))"]


@pytest.mark.parametrize("number", ["1e999", "NaN", "-Infinity", '"far"', "null"])
def test_outline_is_set_aside_when_a_coordinate_is_no_number(tmp_path: Path, number: str) -> None:
    whole = json.dumps({"type": "FeatureCollection", "features": [feature("Mali")] * 2})
    path = tmp_path / "outlines.json"
    path.write_text(whole.replace("17", number, 1), encoding="utf-8")

    rows, bad = loaded(path)

    assert rows["source_row"].to_list() == [2]
    assert bad.select("source_row", "field", "reason").rows() == [
        (1, "geometry", "this is not a polygon")
    ]


@pytest.mark.parametrize("arc", [[[0]], [["a", 1]], [[10**400, 0]]])
def test_file_is_refused_when_an_arc_is_no_list_of_steps(tmp_path: Path, arc: object) -> None:
    path = written(tmp_path, topology(arc))

    with pytest.raises(SourceRefused, match="there are no country outlines in it"):
        loaded(path)


def test_file_is_recognised_by_what_it_holds_and_not_by_its_name(tmp_path: Path) -> None:
    drawn = {"type": "FeatureCollection", "features": [feature("Mali")]}
    regions = {"type": "FeatureCollection", "features": [{"properties": {"name": "Gao"}}]}

    assert SOURCE.recognises(written(tmp_path, drawn))
    assert SOURCE.recognises(written(tmp_path, topology([[0, 0]])))
    assert not SOURCE.recognises(written(tmp_path, regions, name="countries-10m.json"))
    assert not SOURCE.recognises(tmp_path / "countries-absent.json")
