"""Prints the page of settings, and refuses to where the code reads a variable that it lacks."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from stabilis.config.documents import markdown


class Setting(NamedTuple):
    """One variable of the environment."""

    name: str
    default: str
    meaning: str


class Undocumented(LookupError):
    """The code reads a variable that this page lacks, or no longer reads one that it has."""


RUNNING = (
    Setting(
        "STABILIS_DATA",
        "var",
        "Folder for the embedded database, loaded snapshots, collected static files and the "
        "generated key. Back it up.",
    ),
    Setting(
        "STABILIS_DATABASE",
        "SQLite in the data folder",
        "Address of the database, such as postgres://user:password@host:5432/name. With one, a "
        "key must be set.",
    ),
    Setting(
        "STABILIS_SECRET_KEY",
        "generated and kept in the data folder",
        "Long random text that signs what is sent to browsers. Keep it out of files that travel.",
    ),
    Setting(
        "STABILIS_HOSTS",
        "127.0.0.1,localhost,testserver",
        "Names under which the product may be asked, with commas between.",
    ),
    Setting(
        "STABILIS_ENGINE",
        "duckdb",
        "Engine that reads snapshots: duckdb in the process, or spark, which is an extra.",
    ),
    Setting("STABILIS_DEBUG", "off", "1 shows faults in the browser. Never on a public machine."),
    Setting(
        "STABILIS_DEMO",
        "off",
        "1 is set by make demo: a generated key will do, even with a database of your own.",
    ),
    Setting(
        "STABILIS_TOKEN",
        "none",
        "Token for a producer's interface that asks for one; read by stabilis fetch only.",
    ),
    Setting("PORT", "8800", "Port of stabilis demo and stabilis serve."),
    Setting("NO_BROWSER", "off", "Any value keeps stabilis demo from opening a browser."),
)
TESTING = (
    Setting(
        "STABILIS_SHARED",
        "../shared/data beside the checkout",
        "Folder with the producers' real files; tests that need it are skipped where it is absent.",
    ),
    Setting(
        "STABILIS_CHROMIUM", "the system's Chromium", "Browser for the journeys, as a path to it."
    ),
)
READ = re.compile(r"[\"'](STABILIS_[A-Z_]+|PORT|NO_BROWSER)[\"']")


def pages(root: Path) -> Iterator[tuple[str, str]]:
    """Yield the path and text of the settings page. Raises Undocumented where it would be wrong."""
    _check(RUNNING, read=_read(root / "src"))
    _check(TESTING, read=_read(root / "tests", root / "benchmarks") - {s.name for s in RUNNING})
    yield (
        "docs/reference/settings.md",
        markdown.page(
            "Settings",
            "Settings are variables of the environment, read once at the start by "
            "`src/stabilis/config/settings.py`. None is needed for `make demo`.",
            _table(RUNNING),
            "## For tests and benchmarks only",
            _table(TESTING),
        ),
    )


def _table(settings: tuple[Setting, ...]) -> str:
    rows = [(markdown.code(item.name), item.default, item.meaning) for item in settings]
    return markdown.table(("variable", "where left out", "meaning"), rows)


def _read(*folders: Path) -> set[str]:
    """Return the variables that the programs of some folders name, this file left out."""
    files = (path for folder in folders for path in folder.rglob("*.py"))
    return {
        name
        for path in files
        if path.resolve() != Path(__file__).resolve()
        for name in READ.findall(path.read_text(encoding="utf-8"))
    }


def _check(settings: tuple[Setting, ...], *, read: set[str]) -> None:
    told = {item.name for item in settings}
    if wrong := sorted(told ^ read):
        raise Undocumented(
            f"{', '.join(wrong)}: read by the code and not on the page of settings, or the other "
            "way round; mend RUNNING or TESTING in config/documents/settings.py"
        )
