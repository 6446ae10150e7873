"""Markdown as the printed documents use it: one note on top, tables, lists."""

from collections.abc import Iterable, Sequence
from inspect import cleandoc

PRINTED = (
    "<!-- Printed from the code by `stabilis-docs`. Change the code, then run `make docs`. -->"
)


def page(title: str, *parts: str) -> str:
    """Return a whole page: the note that it is printed, its title, its parts."""
    return "\n\n".join([PRINTED, f"# {title}", *(part for part in parts if part)]) + "\n"


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table; each cell on one line, whatever it holds."""
    lines = [_row(headings), _row(["---"] * len(headings)), *(_row(row) for row in rows)]
    return "\n".join(lines)


def facts(pairs: Iterable[tuple[str, object]]) -> str:
    """Return a list of names and what is said under them; what says nothing is left out."""
    return "\n".join(f"- **{name}**: {value}" for name, value in pairs if value != "")


def bullets(items: Iterable[str]) -> str:
    """Return a list."""
    return "\n".join(f"- {plain(item)}" for item in items)


def code(text: str) -> str:
    """Return text set as code."""
    return f"`{text}`"


def plain(text: object) -> str:
    """Return text on one line in which nothing is read as markup of a page."""
    told = " ".join(str(text).split()).replace("\\", "\\\\")
    return told.replace("<", "&lt;").replace("|", "\\|").replace("*", "\\*")


def told(docstring: str | None) -> str:
    """Return a docstring as the paragraphs of a page."""
    return cleandoc(docstring or "").replace("<", "&lt;")


def first_line(docstring: str | None) -> str:
    """Return the sentence that a docstring opens with."""
    return told(docstring).split("\n\n", maxsplit=1)[0].replace("\n", " ")


def _row(cells: Sequence[object]) -> str:
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(value: object) -> str:
    return " ".join(str(value).split()).replace("|", "\\|")
