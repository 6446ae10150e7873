"""The command line: the same answers as the pages, one line for a refusal, honest exit codes."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from tests.shared_data import SHARED, needs_shared

STABILIS = str(Path(sys.executable).with_name("stabilis"))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with a database in which the case pack is loaded."""
    folder = tmp_path_factory.mktemp("cli")
    program = (
        "import django; django.setup()\n"
        "from django.core.management import call_command\n"
        "from stabilis.config import loading\n"
        "call_command('migrate', verbosity=0); loading.load()"
    )
    subprocess.run([sys.executable, "-c", program], env=environment(folder), check=True)
    return folder


def environment(folder: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key != "STABILIS_DATABASE"}
    return kept | {
        "STABILIS_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "stabilis.config.settings",
        "COLUMNS": "200",
    }


def stabilis(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [STABILIS, *words], env=environment(folder), capture_output=True, text=True, check=False
    )


def test_show_gives_the_findings_of_a_country(data: Path) -> None:
    found = stabilis(data, "show", "mli", "--json")

    assert found.returncode == 0
    assert json.loads(found.stdout)["violence"].startswith("Organised violence killed 1,901 people")


def test_show_gives_the_rows_behind_a_section(data: Path) -> None:
    found = stabilis(data, "show", "MLI", "violence", "--json")

    rows = {row["year"]: row for row in json.loads(found.stdout)["rows"]}
    assert rows[2022]["state_based_best"] == 1440


def test_export_writes_the_same_rows_as_csv(data: Path, tmp_path: Path) -> None:
    target = tmp_path / "mali.csv"

    found = stabilis(data, "export", "MLI", "violence", "--to", str(target))

    assert found.returncode == 0
    assert "2022,Mali,1440,1422,1682" in target.read_text(encoding="utf-8")


def test_check_finds_every_snapshot_whole(data: Path) -> None:
    found = stabilis(data, "check", "--json")

    checks = json.loads(found.stdout)
    assert (found.returncode, [item["what"] for item in checks if not item["ok"]]) == (0, [])
    assert len(checks) > 1


@pytest.mark.parametrize("kind", ["sources", "measures", "snapshots", "sections"])
def test_list_names_what_there_is(data: Path, kind: str) -> None:
    found = stabilis(data, "list", kind, "--json")

    assert found.returncode == 0
    assert len(json.loads(found.stdout)) > 1


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("show", "ZZZ"), 1, "No country has the code 'ZZZ'"),
        (("show", "MLI", "nothing"), 1, "no section is called nothing"),
        (("ingest", "nothing", "file.csv"), 1, "no source is called nothing"),
        (("list", "nothing"), 2, "no list is called nothing"),
        (("pack", "/nowhere"), 1, "nothing was rebuilt"),
        (("ingest", "wgi", "/nowhere.xlsx"), 1, "nowhere.xlsx"),
        (("export", "MLI", "violence", "--to", "mali.txt"), 1, "ends in .csv or .json"),
    ],
)
def test_a_refusal_is_one_line_and_an_exit_code(
    data: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    found = stabilis(data, *words)

    assert found.returncode == code
    assert said in found.stderr
    assert "Traceback" not in found.stderr


def test_a_taken_port_gets_one_line_with_the_remedy(data: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        found = stabilis(data, "demo", "--port", str(port), "--no-browser")

    assert found.returncode == 1
    assert f"Port {port} is in use. Choose another: make demo PORT={port + 1}" in found.stderr


@needs_shared
def test_a_country_is_started_from_a_folder_of_files(data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for name in ("organizedviolencecy_v25_1.csv", "ged_ethiopia.csv", "ged_darfur_malformed.csv"):
        (folder / name).symlink_to(SHARED / "ucdp" / name)
    (folder / "letter.txt").write_text("Dear minister", encoding="utf-8")

    found = stabilis(data, "start", "ETH", str(folder), "--json")

    started = json.loads(found.stdout)
    assert found.returncode == 0
    assert sorted(started["loaded"].values()) == [
        "ged_ethiopia.csv",
        "organizedviolencecy_v25_1.csv",
    ]
    assert "letter.txt" in started["unrecognised"]
    assert started["refused"]["ged_darfur_malformed.csv"].startswith("ged_darfur_malformed.csv: ")
    assert "killed" in started["sections"]["violence"]
