"""`stabilis new`: what it writes is a whole measure or source, marked where it is invented."""

import importlib
import importlib.util
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from stabilis import connectors
from stabilis.analysis import measures
from stabilis.config.scaffolding import BadName, scaffold
from stabilis.connectors import sources

ROOT = Path(connectors.__file__).parents[3]
MARK = "REPLACE"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return an empty project whose measures and sources Python finds beside the real ones."""
    rooms = {connectors: "connectors", measures: "analysis/measures"}
    for package, room in rooms.items():
        monkeypatch.setattr(
            package, "__path__", [*package.__path__, str(tmp_path / "src/stabilis" / room)]
        )
    yield tmp_path
    sources.cache_clear()


def imported(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("kind", "files"),
    [
        (
            "measure",
            [
                "src/stabilis/analysis/measures/new_thing.py",
                "tests/analysis/measures/test_new_thing.py",
            ],
        ),
        (
            "source",
            ["src/stabilis/connectors/new_thing.py", "tests/connectors/test_new_thing.py"],
        ),
    ],
)
def test_new_writes_the_file_and_its_test_when_the_name_is_free(
    project: Path, kind: str, files: list[str]
) -> None:
    written = scaffold(kind, "new_thing", root=project)

    assert [path.relative_to(project).as_posix() for path in written] == files
    for path in written:
        text = path.read_text(encoding="utf-8")
        assert MARK in text
        assert "{{" not in text
        assert max(map(len, text.splitlines())) <= 100


def test_a_new_measure_gives_the_answers_it_promises(project: Path) -> None:
    scaffold("measure", "invented_share", root=project)

    module = importlib.import_module("stabilis.analysis.measures.invented_share")

    measure = module.MEASURE
    answers = {
        name: measure.compute(measure.rows_of(example))
        for name, example in measure.examples.items()
    }
    assert answers == {name: example.answer for name, example in measure.examples.items()}


def test_a_new_source_is_found_in_the_register_without_another_edit(project: Path) -> None:
    sources.cache_clear()
    before = set(sources())
    scaffold("source", "invented_people", root=project)
    sources.cache_clear()

    after = sources()

    assert set(after) - before == {"invented_people"}
    assert not after["invented_people"].licence.may_ship


@pytest.mark.parametrize(("kind", "name"), [("measure", "tested_share"), ("source", "tested_file")])
def test_the_tests_of_a_new_file_pass_as_they_are_written(
    project: Path, tmp_path: Path, kind: str, name: str
) -> None:
    _, path = scaffold(kind, name, root=project)

    stories = {key: test for key, test in vars(imported(path)).items() if key.startswith("test_")}

    assert len(stories) == 2
    for story in stories.values():
        story(**{key: tmp_path for key in story.__annotations__ if key == "tmp_path"})


@pytest.mark.parametrize("kind", ["measure", "source"])
def test_new_writes_nothing_when_the_name_is_taken(project: Path, kind: str) -> None:
    scaffold(kind, "taken", root=project)
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}

    with pytest.raises(FileExistsError, match=r"taken\.py.* exists; nothing was written"):
        scaffold(kind, "taken", root=project)

    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("kind", "name", "said"),
    [
        ("gate", "vetting", "no kind is called gate; there are source, measure"),
        ("measure", "Fatality-Share", "Fatality-Share is no id"),
        ("source", "../outside", "../outside is no id"),
    ],
)
def test_new_is_refused_with_the_reason_when_kind_or_name_cannot_be(
    project: Path, kind: str, name: str, said: str
) -> None:
    with pytest.raises(BadName, match=said.replace(".", r"\.")):
        scaffold(kind, name, root=project)

    assert [path for path in project.rglob("*") if path.is_file()] == []


def test_no_file_of_ours_still_holds_what_a_pattern_asked_to_replace() -> None:
    rooms = ("connectors", "analysis/measures")

    unfinished = [
        path.name
        for room in rooms
        for folder in (ROOT / "src/stabilis" / room, ROOT / "tests" / room)
        for path in folder.glob("*.py")
        if MARK in path.read_text(encoding="utf-8")
    ]

    assert unfinished == []
