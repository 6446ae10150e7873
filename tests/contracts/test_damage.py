"""A damaged file of any source loads or is refused in one clear sentence; nothing half is kept.

`HYPOTHESIS_PROFILE=campaign` looks longer and at other damage each time; the other profile always
tries the same damage, so that a red run can be repeated.
"""

import json
import os
import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.contracts.example_files import FILES, NAMES, relaxed, source_id, with_part
from tests.contracts.odd_json import MARK, ODD_VALUES, count, with_mark

from stabilis.connectors import SourceRefused, source_for, sources
from stabilis.evidence.ingestion import ingest

NOW = datetime(2026, 11, 24, tzinfo=UTC)
CHECKS = (HealthCheck.function_scoped_fixture, HealthCheck.too_slow)
PROFILES = {
    "bounded": settings(
        max_examples=12,
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
JSON_EXAMPLES = pytest.mark.parametrize(
    "path", [path for path in FILES if "json" in path.suffix], ids=lambda path: path.name
)
XML_EXAMPLES = pytest.mark.parametrize(
    "path", [path for path in FILES if path.suffix == ".xml"], ids=lambda path: path.name
)
WORKBOOKS = pytest.mark.parametrize(
    "path", [path for path in FILES if path.suffix == ".xlsx"], ids=lambda path: path.name
)
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


def checked_outcome(path: Path, content: bytes) -> str:
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
            told, remedy = str(refused), refused.remedy
        else:
            told, remedy = "loaded", ""
        kept = [held.name for held in shelf.iterdir()] if shelf.exists() else []
    if told == "loaded":
        assert [name.partition("-")[0] for name in kept] == [source_id(path.name)]
    else:
        assert (told.startswith(f"{path.name}: "), bool(remedy.strip()), kept) == (True, True, [])
    return told


@EXAMPLES
def test_an_example_loads_when_it_is_whole(path: Path) -> None:
    assert checked_outcome(path, path.read_bytes()) == "loaded"


@EXAMPLES
@CHOSEN
@given(data=st.data())
def test_a_file_cut_short_loads_or_is_refused(path: Path, data: st.DataObject) -> None:
    whole = path.read_bytes()
    end = data.draw(st.integers(0, len(whole) - 1), label="first byte that is missing")

    checked_outcome(path, whole[:end])


@EXAMPLES
@CHOSEN
@given(data=st.data())
def test_a_file_with_changed_bytes_loads_or_is_refused(path: Path, data: st.DataObject) -> None:
    content = bytearray(path.read_bytes())
    places = st.integers(0, len(content) - 1)
    changes = st.lists(st.tuples(places, st.integers(0, 255)), min_size=1, max_size=8)

    for place, byte in data.draw(changes, label="place and byte"):
        content[place] = byte

    checked_outcome(path, bytes(content))


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

    checked_outcome(path, whole[:place] + foreign + whole[place:])


@EXAMPLES
@CHOSEN
@given(data=st.data())
def test_a_file_that_repeats_or_loses_a_part_loads_or_is_refused(
    path: Path, data: st.DataObject
) -> None:
    whole = path.read_bytes()
    places = st.integers(0, len(whole))
    first, last, target = (data.draw(places) for _ in range(3))

    checked_outcome(path, whole[:target] + whole[first:last] + whole[max(target, last) :])


@TEXT_EXAMPLES
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "utf-8-sig"])
def test_a_file_in_another_encoding_is_refused_unless_its_form_tells_the_encoding(
    path: Path, encoding: str
) -> None:
    text = path.read_text(encoding="utf-8-sig")
    tells = encoding == "utf-8-sig" or (path.suffix == ".xml" and encoding.startswith("utf-16"))

    told = checked_outcome(path, text.encode(encoding))

    assert (told == "loaded") is tells


@TEXT_EXAMPLES
def test_a_latin_letter_outside_utf_8_is_refused(path: Path) -> None:
    text = path.read_text(encoding="utf-8-sig").replace("i", "í").replace("I", "Í")

    told = checked_outcome(path, text.encode("latin-1"))

    assert told != "loaded"


@TEXT_EXAMPLES
def test_a_giant_field_loads_or_is_refused(path: Path) -> None:
    giant = b"x" * (9 << 20)
    content = path.read_bytes()

    for word in (b"Mali", b"MLI", b"Invented"):
        content = content.replace(word, giant, 1) if len(content) < len(giant) else content

    checked_outcome(path, content)


@TEXT_EXAMPLES
def test_an_unclosed_quote_loads_or_is_refused(path: Path) -> None:
    content = path.read_bytes()

    for place in (0, content.find(b"\n") + 1, content.rfind(b",") + 1):
        checked_outcome(path, content[:place] + b'"' + content[place:])


@JSON_EXAMPLES
@pytest.mark.parametrize("depth", [200, 100_000])
def test_deep_json_loads_or_is_refused(path: Path, depth: int) -> None:
    deep = b"[" * depth + b"]" * depth

    for content in (
        deep,
        b'{"a":' * depth + b"1" + b"}" * depth,
        path.read_bytes().replace(b'"Mali"', deep, 1),
    ):
        checked_outcome(path, content)


@JSON_EXAMPLES
@CHOSEN
@given(data=st.data())
def test_an_odd_value_in_json_loads_or_is_refused(path: Path, data: st.DataObject) -> None:
    document = json.loads(path.read_text(encoding="utf-8"))
    place = data.draw(st.integers(0, count(document) - 1), label="place")
    value = data.draw(st.sampled_from(ODD_VALUES), label="value")

    checked_outcome(path, json.dumps(with_mark(document, place)).replace(MARK, value).encode())


@XML_EXAMPLES
@pytest.mark.parametrize("doctype", [BOMB, OUTSIDE, FAR], ids=["bomb", "file", "network"])
def test_xml_with_a_doctype_is_refused_and_nothing_is_expanded(path: Path, doctype: bytes) -> None:
    declaration, _, rest = path.read_bytes().partition(b"\n")

    told = checked_outcome(path, declaration + doctype + rest.replace(b"invented", b"&d;", 1))

    assert "it begins with a DOCTYPE" in told


@XML_EXAMPLES
def test_xml_with_an_entity_that_nothing_declares_is_refused(path: Path) -> None:
    told = checked_outcome(path, path.read_bytes().replace(b">An invented", b">&d; invented", 1))

    assert "this is not sound XML" in told


@XML_EXAMPLES
def test_xml_nested_too_deep_is_refused(path: Path) -> None:
    deep = b"<a>" * 10_000 + b"</a>" * 10_000

    told = checked_outcome(path, path.read_bytes().replace(b"<iati-identifier>", deep, 1))

    assert "this is not sound XML" in told


@WORKBOOKS
@pytest.mark.parametrize("doctype", [BOMB, OUTSIDE, FAR], ids=["bomb", "file", "network"])
def test_a_workbook_that_uses_an_entity_is_refused_and_nothing_is_expanded(
    path: Path, doctype: bytes, tmp_path: Path
) -> None:
    def change(name: str, held: bytes) -> bytes:
        return doctype + held.replace(b"<t>Mali</t>", b"<t>&d;</t>").replace(
            b"<t>Kosovo</t>", b"<t>&d;</t>"
        )

    told = checked_outcome(path, with_part(path, folder=tmp_path, change=change).read_bytes())

    assert "unrecognized entity `&d;`" in told


@WORKBOOKS
def test_a_workbook_that_would_unpack_to_a_bomb_is_refused(path: Path, tmp_path: Path) -> None:
    bomb = with_part(path, folder=tmp_path, change=lambda _, held: held + b" " * (16 << 20))

    told = checked_outcome(path, bomb.read_bytes())

    assert "would unpack to" in told


@WORKBOOKS
@CHOSEN
@given(data=st.data())
def test_a_workbook_with_a_damaged_part_loads_or_is_refused(
    path: Path, data: st.DataObject, tmp_path: Path
) -> None:
    with zipfile.ZipFile(path) as archive:
        name = data.draw(st.sampled_from(archive.namelist()), label="part")
        part = archive.read(name)
    place = data.draw(st.integers(0, len(part)), label="place")
    foreign = data.draw(st.binary(max_size=16), label="foreign bytes")
    kept = data.draw(st.integers(place, len(part)), label="kept from")
    damaged = part[:place] + foreign + part[kept:]

    changed = with_part(
        path, folder=tmp_path, change=lambda item, held: damaged if item == name else held
    )

    checked_outcome(path, changed.read_bytes())
