"""A damaged file of any source loads or is refused in one clear sentence; nothing half is kept.

`HYPOTHESIS_PROFILE=campaign` looks longer and at other damage each time; the other profile always
tries the same damage, so that a red run can be repeated.
"""

import json
import os
import tempfile
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.contracts.example_files import FILES, NAMES, relaxed, source_id, with_part

from stabilis.connectors import SourceRefused, source_for, sources
from stabilis.evidence.ingestion import ingest

NOW = datetime(2026, 11, 24, tzinfo=UTC)
CHECKS = (HealthCheck.function_scoped_fixture, HealthCheck.too_slow)
PROFILES = {
    "bounded": settings(
        max_examples=20,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=CHECKS,
    ),
    "campaign": settings(max_examples=2_000, deadline=None, suppress_health_check=CHECKS),
}
CHOSEN = PROFILES["campaign" if os.environ.get("HYPOTHESIS_PROFILE") == "campaign" else "bounded"]
EXAMPLES = pytest.mark.parametrize("path", FILES, ids=NAMES)
TEXTS = [path for path in FILES if path.suffix in {".csv", ".json", ".geojson", ".xml"}]
TEXT_EXAMPLES = pytest.mark.parametrize("path", TEXTS, ids=[path.name for path in TEXTS])
BOMB = (
    b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>'
)
OUTSIDE = b'<!DOCTYPE a [<!ENTITY d SYSTEM "file:///etc/hostname">]>'
FAR = b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/outside.dtd">'


@pytest.fixture(autouse=True)
def few_rows_suffice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let small examples load: only how many rows a source expects is relaxed."""
    for name, source in list(sources().items()):
        monkeypatch.setitem(sources(), name, relaxed(source))


def outcome(path: Path, content: bytes) -> str:
    """Load these bytes under a file's name; return "loaded", or why the file was refused.

    Any other exception, and any warning, ends the test.
    """
    with tempfile.TemporaryDirectory() as scratch:
        damaged, shelf = Path(scratch) / path.name, Path(scratch) / "shelf"
        damaged.write_bytes(content)
        source_for(damaged)
        try:
            ingest(source_id(path.name), files=[damaged], shelf=shelf, now=NOW)
        except SourceRefused as refused:
            assert str(refused).startswith(f"{path.name}: ")  # noqa: PT017 - one of two outcomes
            assert refused.remedy.strip().endswith(".")
            assert list(shelf.glob("*")) + list(shelf.glob(".*")) == []
            return str(refused)
        assert [held.name[0] for held in shelf.iterdir()] == [source_id(path.name)[0]]
        return "loaded"


@EXAMPLES
def test_an_example_loads_when_it_is_whole(path: Path) -> None:
    assert outcome(path, path.read_bytes()) == "loaded"


@EXAMPLES
@CHOSEN
@given(data=st.data())
def test_a_file_cut_short_loads_or_is_refused(path: Path, data: st.DataObject) -> None:
    whole = path.read_bytes()
    end = data.draw(st.integers(0, len(whole) - 1), label="first byte that is missing")

    outcome(path, whole[:end])


@EXAMPLES
@CHOSEN
@given(data=st.data())
def test_a_file_with_changed_bytes_loads_or_is_refused(path: Path, data: st.DataObject) -> None:
    content = bytearray(path.read_bytes())
    places = st.integers(0, len(content) - 1)
    changes = st.lists(st.tuples(places, st.integers(0, 255)), min_size=1, max_size=8)

    for place, byte in data.draw(changes, label="place and byte"):
        content[place] = byte

    outcome(path, bytes(content))


@EXAMPLES
@CHOSEN
@given(data=st.data())
def test_a_file_with_foreign_bytes_loads_or_is_refused(path: Path, data: st.DataObject) -> None:
    whole = path.read_bytes()
    place = data.draw(st.integers(0, len(whole)), label="place")
    foreign = data.draw(
        st.one_of(
            st.sampled_from(
                [b"\0", b"\0" * 64, b'"', b"\xff\xfe", b"\r", b"\n\n", b",,,", b"<", b"{"]
            ),
            st.binary(min_size=1, max_size=64),
        ),
        label="foreign bytes",
    )

    outcome(path, whole[:place] + foreign + whole[place:])


@EXAMPLES
@CHOSEN
@given(data=st.data())
def test_a_file_that_repeats_or_loses_a_part_loads_or_is_refused(
    path: Path, data: st.DataObject
) -> None:
    whole = path.read_bytes()
    places = st.integers(0, len(whole))
    first, last, target = (data.draw(places) for _ in range(3))

    outcome(path, whole[:target] + whole[first:last] + whole[max(target, last) :])


@TEXT_EXAMPLES
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "utf-8-sig"])
def test_a_file_in_another_encoding_loads_or_is_refused(path: Path, encoding: str) -> None:
    text = path.read_text(encoding="utf-8-sig")

    told = outcome(path, text.encode(encoding))

    assert (told == "loaded") is (encoding == "utf-8-sig" or told == "loaded")


@TEXT_EXAMPLES
def test_a_latin_letter_outside_utf_8_is_refused(path: Path) -> None:
    text = path.read_text(encoding="utf-8-sig").replace("i", "í").replace("I", "Í")

    told = outcome(path, text.encode("latin-1"))

    assert told != "loaded"


@TEXT_EXAMPLES
def test_a_giant_field_loads_or_is_refused(path: Path) -> None:
    giant = b"x" * (12 << 20)
    content = path.read_bytes()

    for word in (b"Mali", b"MLI", b"Invented"):
        if word in content:
            outcome(path, content.replace(word, giant, 1))


@pytest.mark.parametrize("depth", [200, 100_000])
@pytest.mark.parametrize(
    "path",
    [path for path in FILES if path.suffix in {".json", ".geojson"}],
    ids=lambda path: path.name,
)
def test_deep_json_loads_or_is_refused(path: Path, depth: int) -> None:
    deep = b"[" * depth + b"]" * depth
    text = path.read_bytes()

    outcome(path, deep)
    outcome(path, b'{"a":' * depth + b"1" + b"}" * depth)
    outcome(path, text.replace(b'"Mali"', deep, 1))


@pytest.mark.parametrize(
    "value",
    [
        "1e999",
        "-Infinity",
        "NaN",
        "9" * 5000,
        "9" * 400,
        "9" * 30,
        "-1",
        "1.5",
        "true",
        "null",
        "[]",
        "{}",
        '"\\ud800"',
        '"\\u0000"',
        '""',
    ],
)
@pytest.mark.parametrize(
    "path",
    [path for path in FILES if path.suffix in {".json", ".geojson"}],
    ids=lambda path: path.name,
)
def test_an_odd_json_value_in_any_place_loads_or_is_refused(path: Path, value: str) -> None:
    marked = json.loads(path.read_text(encoding="utf-8"))

    for number in range(count(marked)):
        text = json.dumps(with_mark(marked, number)).replace('"\\u0001"', value)
        outcome(path, text.encode())


def count(value: object) -> int:
    """Return how many values a document holds, itself included."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return 1 + sum(count(item) for item in inner)


def with_mark(value: object, number: int) -> object:
    """Return a document whose value of this number is a mark."""
    left = iter(range(number, -1, -1))

    def walked(item: object) -> object:
        if next(left, None) == 0:
            return "\x01"
        if isinstance(item, dict):
            return {name: walked(inner) for name, inner in item.items()}
        return [walked(inner) for inner in item] if isinstance(item, list) else item

    return walked(value)
