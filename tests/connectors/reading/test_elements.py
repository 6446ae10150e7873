from pathlib import Path

import pytest

from stabilis.connectors import SourceRefused
from stabilis.connectors.reading import elements

WHOLE = '<?xml version="1.0"?>\n<box kind="a"><item>one</item><!-- x --><item> two </item></box>'
LAUGHS = """<?xml version="1.0"?>
<!DOCTYPE box [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>
<box><item>&d;</item></box>"""


def written(folder: Path, content: str | bytes) -> Path:
    path = folder / "box.xml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def texts(path: Path) -> list[str | None]:
    return [elements.text(item) for item in elements.stream(path, within="box", name="item")]


def test_elements_are_yielded_in_order_when_the_file_is_whole(tmp_path: Path) -> None:
    path = written(tmp_path, WHOLE)

    assert texts(path) == ["one", "two"]


def test_head_tells_name_and_attributes_when_only_the_start_of_a_file_is_sound(
    tmp_path: Path,
) -> None:
    path = written(tmp_path, WHOLE[:60])

    assert elements.head(path) == elements.Head("box", {"kind": "a"}, has_doctype=False)


def test_head_is_none_when_the_file_is_no_xml(tmp_path: Path) -> None:
    assert elements.head(written(tmp_path, "id,name\n1,box\n")) is None
    assert elements.head(tmp_path / "absent.xml") is None


def test_file_is_refused_when_it_declares_entities(tmp_path: Path) -> None:
    path = written(tmp_path, LAUGHS)

    with pytest.raises(SourceRefused, match="it begins with a DOCTYPE"):
        texts(path)


def test_file_is_refused_when_its_doctype_names_an_outside_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("do not read", encoding="utf-8")
    outside = f'<!DOCTYPE box [<!ENTITY s SYSTEM "{secret.as_uri()}">]><box><item>&s;</item></box>'

    with pytest.raises(SourceRefused, match="it begins with a DOCTYPE"):
        texts(written(tmp_path, outside))


def test_file_is_refused_when_it_is_cut(tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match="this is not sound XML: Premature end of data"):
        texts(written(tmp_path, WHOLE[:-6]))


def test_file_is_refused_when_its_bytes_are_not_the_encoding_it_names(tmp_path: Path) -> None:
    latin = '<?xml version="1.0" encoding="UTF-8"?><box><item>Bouaké</item></box>'.encode("latin-1")

    with pytest.raises(SourceRefused, match="this is not sound XML"):
        texts(written(tmp_path, latin))


def test_file_is_refused_when_one_text_is_over_ten_megabytes(tmp_path: Path) -> None:
    giant = f"<box><item>{'x' * 11_000_000}</item></box>"

    with pytest.raises(SourceRefused, match="this is not sound XML"):
        texts(written(tmp_path, giant))


def test_file_is_refused_when_elements_nest_too_deep(tmp_path: Path) -> None:
    deep = f"<box><item>{'<a>' * 5_000}{'</a>' * 5_000}</item></box>"

    with pytest.raises(SourceRefused, match="this is not sound XML"):
        texts(written(tmp_path, deep))


def test_file_is_refused_when_its_outermost_element_is_another(tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match="the outermost element is bag, expected box"):
        texts(written(tmp_path, "<bag><item>one</item></bag>"))


def test_file_is_refused_when_an_element_lies_deeper_than_it_may(tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match="line 1: item does not lie directly in box"):
        texts(written(tmp_path, "<box><bag><item>one</item></bag></box>"))


def test_printed_element_keeps_attributes_texts_and_repeats_when_asked(tmp_path: Path) -> None:
    content = '<box><item id="7"><at>a</at><at code="x"/><skip>s</skip>mixed</item></box>'
    path = written(tmp_path, content)

    item = next(elements.stream(path, within="box", name="item"))

    assert elements.printed(item, skip=frozenset({"skip"})) == {
        "@id": "7",
        "at": "a",
        "at[2]/@code": "x",
    }
