"""What people wrote in the documents: commands exist, links lead somewhere, terms have a source."""

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import typer

from stabilis.analysis.measures import measures
from stabilis.config import cli
from stabilis.connectors import sources

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(
    [
        *DOCS.rglob("*.md"),
        *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")),
    ]
)
DECISIONS = sorted(DOCS.glob("decisions/0*.md"))
GROUP = typer.main.get_command(cli.app)
COMMANDS = {
    name: {option for item in command.params for option in (*item.opts, *item.secondary_opts)}
    for name, command in GROUP.commands.items()  # type: ignore[attr-defined]
}
WORDS = {12: "twelve", 13: "thirteen", 14: "fourteen", 15: "fifteen", 16: "sixteen"} | {
    17: "seventeen", 18: "eighteen", 19: "nineteen", 20: "twenty"
}  # fmt: skip
CALL = re.compile(r"(?<![\w/-])(?:\.venv/bin/)?stabilis ([a-z]+)\b([^\n`#]*)")
EACH_PAGE = pytest.mark.parametrize(
    "path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix()
)


def commanded(text: str) -> str:
    """Return what a page sets as code: indented lines, fences, and words between backticks."""
    fenced = re.findall(r"^```.*?\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    indented = re.findall(r"^ {4,}(\S.*)$", text, re.MULTILINE)
    return "\n".join([*fenced, *indented, *re.findall(r"`([^`\n]+)`", text)])


@EACH_PAGE
def test_every_command_that_a_page_names_exists_with_its_options(path: Path) -> None:
    code = commanded(path.read_text(encoding="utf-8"))
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    calls = CALL.findall(code)
    unknown = [name for name, _ in calls if name not in COMMANDS]
    options = [
        f"{name} {option}"
        for name, rest in calls
        for option in re.findall(r"(?<!\S)--[a-z-]+", rest)
        if option not in COMMANDS.get(name, ())
    ]
    makes = [name for name in re.findall(r"\bmake ([a-z]+)\b", code) if name not in targets]

    assert (unknown, options, makes) == ([], [], [])


@EACH_PAGE
def test_every_link_and_picture_of_a_page_leads_to_a_file(path: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8"))

    lost = [
        link
        for link in links
        if not link.startswith(("http://", "https://")) and not (path.parent / link).exists()
    ]

    assert lost == []


@EACH_PAGE
def test_every_file_of_ours_that_a_page_names_is_there(path: Path) -> None:
    named = re.findall(
        r"`((?:src|tests|docs|requirements|benchmarks)/[\w./-]+)`", path.read_text(encoding="utf-8")
    )

    # A how-to names the files that it tells a reader to write.
    promised = {"fatality_share.py", "my_source.py"}
    lost = [name for name in named if not (ROOT / name).exists()]
    assert [name for name in lost if Path(name).name not in promised] == []


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_every_decision_has_a_day_a_status_and_its_three_parts(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    title, told, *_ = [line for line in text.splitlines() if line]
    day, status = told.split(" · ")

    assert title.startswith(f"# {path.name[:4]} ")
    assert date.fromisoformat(day).isoformat() == day
    assert status in {"accepted", "proposed"} or status.startswith("replaced by 0")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]


def test_the_list_of_decisions_names_each_of_them_in_order() -> None:
    listed = re.findall(r"\]\((0\d{3}-[^)]+)\)", (DOCS / "decisions/index.md").read_text())

    assert listed == [path.name for path in DECISIONS]
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))


def test_every_term_of_the_glossary_has_a_meaning_and_a_standard_and_stands_once() -> None:
    lines = (DOCS / "glossary.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "|" in line]

    terms = rows[2:]

    assert [row for row in terms if len(row) != 3 or not all(row)] == []
    assert len({row[0] for row in terms}) == len(terms)


def test_readme_and_changelog_count_sources_and_measures_as_the_registers_do() -> None:
    readme, changes = (
        " ".join((ROOT / name).read_text(encoding="utf-8").lower().split())
        for name in ("README.md", "CHANGELOG.md")
    )

    of_sources, of_measures = WORDS[len(sources())], WORDS[len(measures())]

    assert f"{of_sources} sources" in readme
    assert f"{of_sources} sources" in changes
    assert f"{of_measures} measures" in changes


def test_the_site_builds_and_asks_nobody_else_for_anything(tmp_path: Path) -> None:
    site = tmp_path / "site"

    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert built.returncode == 0, built.stderr[-2000:]
    loaded = re.compile(
        r"<(?:script|link|img|iframe|source)\b[^>]+(?:src|href)=\"(?:https?:)?//[^\"]+"
    )
    asked = {
        found
        for page in site.rglob("*.html")
        for found in loaded.findall(page.read_text(encoding="utf-8"))
    }
    assert asked == set()
