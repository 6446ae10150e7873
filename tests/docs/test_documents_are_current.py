"""`stabilis-docs` from outside: what it says, what it changes, and with which code it ends."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from stabilis.config import documenting
from stabilis.config.documents import markdown

CHANGED, GONE = "docs/reference/settings.md", "docs/map.md"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project whose documents are current, and let the command work on it."""
    documenting.write(documenting.printed(), root=tmp_path)
    monkeypatch.setattr(documenting, "ROOT", tmp_path)
    return tmp_path


def asked(*options: str) -> Result:
    return CliRunner().invoke(documenting.app, options)


def contents(root: Path) -> dict[str, str]:
    files = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in files}


def damage(root: Path) -> None:
    """Change one document by hand, lose another, and leave one that nothing prints."""
    (root / CHANGED).write_text("by hand", encoding="utf-8")
    (root / GONE).unlink()
    (root / "docs/over.md").write_text(markdown.page("Over"), encoding="utf-8")


def test_check_ends_well_when_every_document_is_current(root: Path) -> None:
    result = asked("--check")

    assert result.exit_code == 0
    assert result.output == f"{len(contents(root))} documents are current\n"


def test_check_fails_and_names_every_stale_file_and_writes_nothing_when_not(root: Path) -> None:
    damage(root)
    before = contents(root)

    result = asked("--check")

    assert result.exit_code == 1
    assert result.output == f"Not current: {CHANGED}, {GONE}, docs/over.md. Run: make docs\n"
    assert contents(root) == before


def test_printing_puts_right_what_was_stale_and_says_how_much(root: Path) -> None:
    before = contents(root)
    damage(root)

    result = asked()

    assert result.exit_code == 0
    assert result.output == f"{len(before)} documents printed, 3 changed\n"
    assert contents(root) == before
