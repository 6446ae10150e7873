"""Reads elements out of XML one at a time, in constant memory, and refuses XML that could harm.

A document type declaration is refused, since entities and outside files come with it; nothing is
ever fetched; a text or attribute above libxml2's bound of 10 MB, and nesting deeper than 256, stop
the file.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from stabilis.connectors import SourceRefused
from stabilis.connectors.reading import guard

HEAD_BYTES = 64 << 10
UNSENT = "Fetch it again from the producer, or ask for the mended file; nothing was loaded."


@dataclass(frozen=True)
class Head:
    """The outermost element of a file: its name, its attributes, whether a DOCTYPE precedes it."""

    name: str
    attributes: dict[str, str]
    has_doctype: bool


def head(path: Path) -> Head | None:
    """Return the outermost element; None when the first 64 kB of the file hold none."""
    parser = etree.XMLPullParser(
        events=("start",), resolve_entities=False, no_network=True, load_dtd=False
    )
    try:
        with path.open("rb") as file:
            parser.feed(file.read(HEAD_BYTES))
    except OSError:
        return None
    except etree.XMLSyntaxError:
        # What stands before the damage is still told; whoever reads on names the damage.
        return _first(parser)
    return _first(parser)


def _first(parser: etree.XMLPullParser) -> Head | None:
    for _, element in parser.read_events():
        if isinstance(element, etree._Element):
            doctype = element.getroottree().docinfo.internalDTD is not None
            attributes = {str(name): str(value) for name, value in element.items()}
            return Head(str(element.tag), attributes, doctype)
    return None


def stream(path: Path, *, within: str, name: str) -> Iterator[etree._Element]:
    """Yield each element of a name that lies directly in the outermost one, then forget it.

    Raises SourceRefused when the outermost element is another, a DOCTYPE precedes it, or the XML is
    cut, badly nested, wrongly encoded or over the bounds.
    """
    _refuse(path, within)
    try:
        with path.open("rb") as file:
            for element in _parsed(file, name):
                parent = element.getparent()
                if parent is None or parent.getparent() is not None:
                    raise SourceRefused(
                        path,
                        f"line {element.sourceline}: {name} does not lie directly in {within}",
                        remedy=UNSENT,
                    )
                yield element
                _forget(element, parent)
    except etree.XMLSyntaxError as error:
        raise SourceRefused(path, f"this is not sound XML: {error.msg}", remedy=UNSENT) from error


def _parsed(file: BinaryIO, name: str) -> Iterator[etree._Element]:
    # Entities need a DOCTYPE, which was refused: one that is used all the same is named as unknown.
    events = etree.iterparse(
        file,
        tag=name,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    for _, element in events:
        yield element


def _refuse(path: Path, within: str) -> None:
    guard.readable(path)
    found = head(path)
    if found is None:
        raise SourceRefused(path, "no XML element begins in its first 64 kB", remedy=UNSENT)
    if found.has_doctype:
        raise SourceRefused(
            path,
            "it begins with a DOCTYPE, which may define entities or name outside files",
            remedy="Remove the DOCTYPE and write its entities as plain text, then load it again.",
        )
    if found.name != within:
        raise SourceRefused(
            path,
            f"the outermost element is {found.name}, expected {within}",
            remedy="Load the file under the source it belongs to.",
        )


def _forget(element: etree._Element, parent: etree._Element) -> None:
    """Free an element and what precedes it, so that memory does not grow with the file."""
    element.clear()
    while element.getprevious() is not None:
        del parent[0]


def text(element: etree._Element) -> str | None:
    """Return an element's own text without surrounding space; None where it is empty."""
    found = element.text
    return (found.strip() or None) if found else None


def attribute(element: etree._Element, name: str) -> str | None:
    """Return an attribute without surrounding space; None where it is absent or empty."""
    found = element.get(name)
    return (found.strip() or None) if found else None


def printed(element: etree._Element, *, skip: frozenset[str] = frozenset()) -> dict[str, str]:
    """Return attributes and texts of an element by their path in it, children in `skip` left out.

    A name that occurs again in the same place carries its number, as in `sector[2]/@code`.
    """
    cells = {f"@{name!s}": str(value) for name, value in element.items()}
    if own := text(element):
        cells["text"] = own
    seen: dict[str, int] = {}
    for child in element:
        name = str(child.tag)
        seen[name] = seen.get(name, 0) + 1
        if name in skip:
            continue
        place = name if seen[name] == 1 else f"{name}[{seen[name]}]"
        for inner, value in printed(child).items():
            cells[place if inner == "text" else f"{place}/{inner}"] = value
    return cells
