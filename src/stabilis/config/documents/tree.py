"""Prints docs/map.md: the floors, each folder in one line, and the walks through the files."""

import ast
import configparser
from collections.abc import Iterator
from pathlib import Path

from stabilis.config.documents import markdown
from stabilis.config.documents.walks import walks

PLAIN = {
    "src/stabilis/config/patterns": "What `stabilis new` writes: a measure or source to fill in.",
    "src/stabilis/connectors/examples": "A small invented file for every source and shape.",
    "src/stabilis/connectors/reading/codes": "By which names and numbers sources call countries.",
    "src/stabilis/evidence/casepack": "Facts, claims, lessons of the four cases, and what travels.",
    "src/stabilis/evidence/migrations": "How the tables of facts and claims came about.",
    "src/stabilis/interface/assets": "Our own scripts and styles for charts and map, unbundled.",
    "src/stabilis/interface/locale": "French and Arabic texts.",
    "src/stabilis/interface/static": "Style and mark of every page; what was built is not kept.",
    "src/stabilis/interface/templates": "The frame of a page and its components.",
    "src/stabilis/portal/templates": "One template per page or section.",
    "src/stabilis/reference/codes": "Code lists as CSV, each row with its source.",
    "src/stabilis/reference/migrations": "How the tables of code lists came about.",
    "tests/analysis": "Measures against a second implementation or published numbers.",
    "tests/config": "The command line from outside, and what `stabilis new` writes.",
    "tests/connectors": "Sources on real files, made-up faults and documented answers.",
    "tests/contracts": "What holds for every file: floors, keys, sources, measures, damage.",
    "tests/docs": "Documents are current, and say nothing that is not so.",
    "tests/evidence": "Facts, claims, rule, ingestion, packing.",
    "tests/interface": "The browser's files are built, or left out with a reason.",
    "tests/journeys": "A person's whole job in a browser; how pages look.",
    "tests/pages": "Pages over HTTP: addresses, forms, tracing, date modes.",
    "tests/portal": "Sections of the country page, flows.",
    "tests/reference": "Code lists and what must hold between them.",
    "tests/warehouse": "Snapshots and expressions, on both engines.",
    "benchmarks/ingest": "Loading files: ours, a plain script and the floor, in one run.",
    "docs": "Tutorial, how-to, reference, explanation, decisions, glossary, this map.",
    "requirements": "Every dependency pinned with hashes; no file names where it is fetched.",
}


class Unmapped(LookupError):
    """A folder has no line that says what belongs there, or a line has no folder."""


def pages(root: Path) -> Iterator[tuple[str, str]]:
    """Yield the path and text of the map. Raises Unmapped where a folder has no line."""
    rest = [(path, told) for path, told in PLAIN.items() if not path.startswith("src/")]
    yield (
        "docs/map.md",
        markdown.page(
            "Map",
            "The tree is the cycle of aid, and an import only goes down. Whoever opens a folder "
            "reads the domain.",
            "## Floors",
            "From the top down; `|` may not import each other; in parentheses: not built yet. The "
            "linter holds this (`.importlinter`).",
            f"```text\n{_floors(root)}\n```",
            "## Folders",
            _table(sorted(_folders(root))),
            "## Beside the program",
            _table(rest),
            *walks(root),
        ),
    )


def _floors(root: Path) -> str:
    contracts = configparser.ConfigParser()
    contracts.read(root / ".importlinter")
    return contracts["importlinter:contract:floors"]["layers"].strip()


def _table(rows: list[tuple[str, str]]) -> str:
    told = [(markdown.code(path.removeprefix("src/")), line) for path, line in rows]
    return markdown.table(("folder", "what belongs there"), told)


def _folders(root: Path) -> Iterator[tuple[str, str]]:
    if gone := [path for path in PLAIN if not (root / path).is_dir()]:
        raise Unmapped(f"{', '.join(gone)} is gone; mend PLAIN in config/documents/tree.py")
    for folder in [root / "src/stabilis", *sorted((root / "src/stabilis").rglob("*"))]:
        path = folder.relative_to(root).as_posix()
        if folder.is_dir() and _is_ours(folder) and not _lies_in_a_plain_folder(path):
            yield path, PLAIN.get(path) or _line(folder, path)


def _is_ours(folder: Path) -> bool:
    """Tell whether a folder holds a file of ours; caches and emptied folders do not count."""
    held = (path for path in folder.rglob("*") if path.is_file())
    return folder.name != "__pycache__" and any(path.suffix != ".pyc" for path in held)


def _lies_in_a_plain_folder(path: str) -> bool:
    return any(path.startswith(f"{folder}/") for folder in PLAIN)


def _line(folder: Path, path: str) -> str:
    package = folder / "__init__.py"
    told = package.is_file() and ast.get_docstring(ast.parse(package.read_text(encoding="utf-8")))
    if not told:
        raise Unmapped(f"{path} says nowhere what belongs there: add a line to its __init__.py")
    return markdown.plain(markdown.first_line(told))
