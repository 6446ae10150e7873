"""An import only goes down, every app has the same inner floors, and no source knows another."""

import ast
import configparser
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "stabilis"


def test_the_linter_finds_every_import_going_down() -> None:
    found = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports"))],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert found.returncode == 0, found.stdout[-3000:]


def test_the_inner_contract_names_every_django_app() -> None:
    contract = configparser.ConfigParser()
    contract.read(ROOT / ".importlinter")
    named = set(contract["importlinter:contract:app"]["containers"].split())

    apps = {f"stabilis.{path.parent.name}" for path in SRC.glob("*/apps.py")}

    assert named == apps - {"stabilis.interface"}, "interface has components, not floors"


@pytest.mark.parametrize("path", sorted((SRC / "connectors").glob("*.py")), ids=lambda p: p.stem)
def test_a_source_imports_no_other_source(path: Path) -> None:
    others = {other.stem for other in path.parent.glob("*.py")} - {"__init__"}
    tree = ast.parse(path.read_text(encoding="utf-8"))

    imported = {
        name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("stabilis.connectors")
        for name in [
            (node.module or "").removeprefix("stabilis.connectors").strip(".").split(".")[0]
        ]
        + [alias.name for alias in node.names if node.module == "stabilis.connectors"]
    }

    assert imported & others == set()


def test_no_module_hides_a_signal_or_looks_a_model_up_by_name() -> None:
    forbidden = ("django.dispatch", "django.db.models.signals", "apps.get_model")

    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in SRC.rglob("*.py")
        if "migrations" not in path.parts
        for word in forbidden
        if word in path.read_text(encoding="utf-8")
    ]

    assert found == []


def test_no_folder_is_called_after_a_technique() -> None:
    forbidden = {"core", "common", "utils", "helpers", "misc", "shared", "base"}

    found = {path.name for path in SRC.rglob("*") if path.is_dir()} | {
        path.stem for path in SRC.rglob("*.py")
    }

    assert found & forbidden == set()
