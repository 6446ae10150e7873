"""Printed documents say what the code says, and whoever changes one of the two is told."""

from pathlib import Path

import pytest

from stabilis.config import documenting
from stabilis.config.documents import markdown, settings, tree, walks

ROOT = Path(__file__).resolve().parents[2]
# Put together here, or this file would count as a program that reads it.
INVENTED = "_".join(("STABILIS", "SECRET", "DOOR"))
READS_ALL = "\n".join(f'"{item.name}"' for item in settings.RUNNING)
TESTS_ALL = "\n".join(f'"{item.name}"' for item in settings.TESTING)


@pytest.fixture(scope="module")
def printed() -> dict[str, str]:
    return documenting.printed(ROOT)


def project(folder: Path, *, reads: str = READS_ALL) -> Path:
    """Write a project whose programs name these variables."""
    for name, text in (("src/program.py", reads), ("tests/test_it.py", TESTS_ALL)):
        path = folder / name
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
    (folder / "benchmarks").mkdir()
    return folder


def test_printed_documents_are_current(printed: dict[str, str]) -> None:
    wrong = documenting.stale(printed, root=ROOT) + documenting.left_over(printed, root=ROOT)

    assert wrong == [], "run: make docs"


def test_a_printed_document_changed_by_hand_is_named_and_put_right(tmp_path: Path) -> None:
    pages = {"docs/one.md": markdown.page("One"), "docs/two.md": markdown.page("Two")}
    documenting.write(pages, root=tmp_path)
    (tmp_path / "docs/two.md").write_text("by hand", encoding="utf-8")

    found = documenting.stale(pages, root=tmp_path)
    changed = documenting.write(pages, root=tmp_path)

    assert (found, changed) == (["docs/two.md"], ["docs/two.md"])
    assert (tmp_path / "docs/two.md").read_text(encoding="utf-8") == pages["docs/two.md"]


def test_a_page_that_nothing_prints_any_more_is_removed_and_prose_is_kept(tmp_path: Path) -> None:
    pages = {"docs/one.md": markdown.page("One")}
    documenting.write(pages | {"docs/gone.md": markdown.page("Gone")}, root=tmp_path)
    (tmp_path / "docs/prose.md").write_text("# Prose\n", encoding="utf-8")

    changed = documenting.write(pages, root=tmp_path)

    assert changed == ["docs/gone.md"]
    assert sorted(path.name for path in (tmp_path / "docs").iterdir()) == ["one.md", "prose.md"]


def test_settings_are_printed_when_page_and_code_name_the_same(tmp_path: Path) -> None:
    folder = project(tmp_path)

    pages = dict(settings.pages(folder))

    assert list(pages) == ["docs/reference/settings.md"]


@pytest.mark.parametrize(
    ("reads", "named"),
    [
        (f'{READS_ALL}\n"{INVENTED}"', INVENTED),
        (READS_ALL.replace('"STABILIS_ENGINE"', ""), "STABILIS_ENGINE"),
    ],
    ids=["read, not told", "told, not read"],
)
def test_settings_are_refused_when_page_and_code_differ(
    tmp_path: Path, reads: str, named: str
) -> None:
    folder = project(tmp_path, reads=reads)

    with pytest.raises(settings.Undocumented, match=f"^{named}: "):
        dict(settings.pages(folder))


def test_a_walk_is_refused_when_a_file_on_the_way_is_gone(tmp_path: Path) -> None:
    for step in (*walks.NUMBER, *walks.BACK, *walks.CLAIM):
        path = tmp_path / walks.SRC / step.file
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{step.name}\n")
    (tmp_path / walks.SRC / "evidence/held.py").unlink()

    with pytest.raises(walks.Lost, match=r"held\.py: def rows.*held\.py: def printed_row"):
        walks.walks(tmp_path)


def test_the_map_is_refused_when_a_folder_says_nowhere_what_belongs_there(tmp_path: Path) -> None:
    for path in (*tree.PLAIN, "src/stabilis/mystery"):
        (tmp_path / path).mkdir(parents=True, exist_ok=True)
        (tmp_path / path / "file.txt").write_text("held", encoding="utf-8")
    for package in ("", "config", "connectors", "connectors/reading", "evidence", "interface"):
        (tmp_path / "src/stabilis" / package / "__init__.py").write_text('"""Known."""\n')
    for package in ("portal", "reference"):
        (tmp_path / "src/stabilis" / package / "__init__.py").write_text('"""Known."""\n')
    contract = "[importlinter:contract:floors]\nlayers =\n    analysis\n"
    (tmp_path / ".importlinter").write_text(contract, encoding="utf-8")

    with pytest.raises(tree.Unmapped, match="src/stabilis/mystery says nowhere"):
        dict(tree.pages(tmp_path))


def test_a_cell_stays_in_its_column_whatever_it_holds() -> None:
    told = markdown.table(("a", "b"), [("x | y", markdown.plain("two\nlines of <b>*text*</b>"))])

    assert told.splitlines()[2] == r"| x \| y | two lines of &lt;b>\*text\*&lt;/b> |"
