"""Every source keeps the register's promise: cited, licensed, described, traced, strict."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from tests.contracts.example_files import (
    FILES,
    NAMES,
    altered,
    columns,
    loaded,
    relaxed,
    source_id,
)
from tests.shared_data import SHARED, needs_shared

from stabilis import connectors
from stabilis.analysis.frames import TRACE
from stabilis.connectors import Source, SourceRefused, sources
from stabilis.evidence import ingestion

EVERY = sources()
NOW = datetime(2026, 11, 24, tzinfo=UTC)
YEAR = re.compile(r"\b(19|20)\d\d\b")
FORMS_OF_SEEN_IN = re.compile(r"(original|memory|secondary copy)\b.*", re.DOTALL)
NO_MEASURE = re.compile(r"\b(years?|number|coded?|place|line|row|level)\b|^\d ")
NO_REAL_FILE = {"world_bank"}
TABULAR = pytest.mark.parametrize(
    "path", [path for path in FILES if columns(path)], ids=lambda path: path.name
)
EXAMPLES = pytest.mark.parametrize("path", FILES, ids=NAMES)


def source_of(path: Path) -> Source:
    return EVERY[source_id(path.name)]


def claims(path: Path) -> list[str]:
    return [name for name, source in EVERY.items() if source.recognises(path)]


def texts(frame: pl.DataFrame) -> set[str]:
    return {str(value) for row in frame.drop(TRACE).rows() for value in row if value is not None}


def is_told_or_unshifted(path: Path, column: str, before: Mapping[str, pl.DataFrame]) -> bool:
    """Tell whether a change is named, or left every cell as it was or unknown throughout."""
    try:
        now, bad = loaded(path, source=source_of(path))
    except SourceRefused as refused:
        return column in str(refused)
    if bad.height:
        return column in str(bad.rows())
    return now.keys() == before.keys() and all(
        frame[name].equals(before[table][name]) or frame[name].null_count() == frame.height
        for table, frame in now.items()
        for name in frame.columns
    )


def test_the_register_is_the_folder_when_files_are_added() -> None:
    folder = Path(connectors.__path__[0])

    files = sorted(file.stem for file in folder.glob("*.py") if file.stem != "__init__")

    assert list(EVERY) == files


@pytest.mark.parametrize("name", EVERY)
def test_a_source_explains_itself_to_a_reader(name: str) -> None:
    source = EVERY[name]
    module = import_module(f"stabilis.connectors.{name}")

    told = [module.__doc__, source.title, source.producer, *source.notes]
    promised = [item.why for item in source.expects]

    assert [text for text in told + promised if not (text or "").strip()] == []
    assert source.url.startswith("https://")
    assert source.notes
    assert source.expects
    assert source.version >= 1
    assert module.SOURCE is source


@pytest.mark.parametrize("name", EVERY)
def test_a_source_is_cited_with_a_year_and_says_how_its_terms_are_known(name: str) -> None:
    source = EVERY[name]

    year = YEAR.search(source.citation)

    assert year is not None
    assert source.licence.name
    assert FORMS_OF_SEEN_IN.fullmatch(source.licence.seen_in)


@pytest.mark.parametrize("name", EVERY)
def test_a_source_declares_each_table_it_speaks_of(name: str) -> None:
    source = EVERY[name]
    tables = {frame.name for frame in source.tables}

    spoken_of = {item.table for item in source.expects} | source.events.keys()
    unknown = [
        table
        for table, column in source.events.items()
        if column not in source.table(table).columns
    ]

    assert spoken_of - tables == set()
    assert unknown == []


@pytest.mark.parametrize("name", EVERY)
def test_each_table_of_a_source_says_what_a_row_and_a_column_are(name: str) -> None:
    tables = EVERY[name].tables

    silent = [frame.name for frame in tables if not frame.row.strip().endswith(".")]
    keyless = [
        (frame.name, key)
        for frame in tables
        for key in frame.key or ("none",)
        if key not in frame.columns
    ]
    unexplained = [
        (frame.name, column)
        for frame in tables
        for column, facts in frame.columns.items()
        if not facts.meaning
        or (facts.dtype.is_numeric() and not facts.unit and not NO_MEASURE.search(facts.meaning))
    ]

    assert (silent, keyless, unexplained) == ([], [], [])


@pytest.mark.parametrize("name", EVERY)
def test_a_source_has_a_small_example_and_names_it_after_itself(name: str) -> None:
    examples = [path for path in FILES if source_id(path.name) == name]

    assert examples
    assert [path.name for path in examples if path.stat().st_size > 10_000] == []


def test_no_example_is_left_behind_by_a_source_that_is_gone() -> None:
    assert {source_id(path.name) for path in FILES} == set(EVERY)


@EXAMPLES
def test_an_example_is_recognised_by_its_own_source_alone(path: Path) -> None:
    assert claims(path) == [source_id(path.name)]


@needs_shared
def test_a_real_file_is_claimed_by_no_more_than_one_source() -> None:
    found = {path: claims(path) for path in sorted(SHARED.rglob("*")) if path.is_file()}

    shared = {path.name: names for path, names in found.items() if len(names) > 1}
    claimed = Counter(names[0] for names in found.values() if names)

    assert shared == {}
    assert set(EVERY) - set(claimed) == NO_REAL_FILE


@EXAMPLES
def test_an_example_reads_into_declared_tables_with_nothing_set_aside(path: Path) -> None:
    source = source_of(path)

    tables, bad = loaded(path, source=source)

    assert bad.rows() == []
    assert tables
    assert [name for name, frame in tables.items() if frame.height == 0] == []


@EXAMPLES
def test_an_example_has_no_key_twice(path: Path) -> None:
    source = source_of(path)

    tables, _ = loaded(path, source=source)

    assert [
        name
        for name, frame in tables.items()
        if frame.select(source.table(name).key).is_duplicated().any()
    ] == []


@EXAMPLES
def test_an_example_gives_the_same_tables_when_it_is_read_again(path: Path) -> None:
    source = source_of(path)

    first, _ = loaded(path, source=source)
    second, _ = loaded(path, source=source)

    assert first.keys() == second.keys()
    for name, frame in first.items():
        assert_frame_equal(frame, second[name])


@EXAMPLES
def test_a_row_of_an_example_leads_back_to_what_was_printed(path: Path) -> None:
    source = source_of(path)
    tables, _ = loaded(path, source=source)

    for frame in tables.values():
        rows = [frame["source_row"].min(), frame["source_row"].max()]
        printed = source.print_rows(path, [row for row in rows if isinstance(row, int)])

        assert frame["source_file"].unique().to_list() == [path.name]
        assert sorted(printed) == sorted(set(rows))  # type: ignore[type-var]
        for row, cells in printed.items():
            assert texts(frame.filter(source_row=row)) & set(cells.values())


@EXAMPLES
def test_an_example_names_its_release_and_how_its_day_is_known(path: Path) -> None:
    release = source_of(path).release(path)

    assert release.version
    assert bool(release.published_on) == bool(release.seen_in)


@EXAMPLES
def test_the_cut_of_a_source_keeps_the_shape_and_adds_no_row(path: Path) -> None:
    source = source_of(path)
    assert source.cut is not None
    tables, _ = loaded(path, source=source)

    cuts = {name: cut for name, cut in source.cut.tables.items() if name in tables}

    assert source.cut.what
    assert set(source.cut.tables) - {frame.name for frame in source.tables} == set()
    assert cuts
    for name, cut in cuts.items():
        smaller = source.table(name).check(cut(tables[name]))
        assert set(smaller.select(TRACE).rows()) <= set(tables[name].select(TRACE).rows())
        assert smaller.height <= tables[name].height


@EXAMPLES
def test_a_cut_is_refused_when_the_terms_do_not_let_it_travel(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, source = source_id(path.name), relaxed(source_of(path))
    closed = replace(source, licence=replace(source.licence, may_ship=False))
    monkeypatch.setitem(sources(), name, closed)
    held = ingestion.ingest(name, files=[path], shelf=tmp_path / "here", now=NOW).snapshot

    with pytest.raises(ValueError, match=f"{name} may not travel"):
        ingestion.cut(held, tables={}, shelf=tmp_path / "pack", command="pack")

    assert not (tmp_path / "pack").exists()


@TABULAR
@pytest.mark.parametrize("change", ["renamed", "dropped"])
def test_a_changed_column_is_named_or_is_unknown_and_never_slides(
    path: Path, change: str, tmp_path: Path
) -> None:
    source = source_of(path)
    before, _ = loaded(path, source=source)

    silent = []
    for column in columns(path):
        name = f"{column} renamed" if change == "renamed" else None
        changed = altered(path, column=column, name=name, folder=tmp_path)
        if not is_told_or_unshifted(changed, column, before):
            silent.append(column)

    assert silent == []


@TABULAR
def test_a_file_is_refused_when_none_of_its_columns_is_known(path: Path, tmp_path: Path) -> None:
    changed = path
    for number, column in enumerate(columns(path)):
        folder = tmp_path / str(number)
        folder.mkdir()
        changed = altered(changed, column=column, name=f"c{number}", folder=folder)

    with pytest.raises(SourceRefused):
        loaded(changed, source=source_of(path))
