"""Prints the page of the country page's sections: what each asks, in the order of the page."""

from collections.abc import Iterator
from importlib import import_module

from django.utils import translation

from stabilis.config.documents import markdown
from stabilis.portal.panels import panels


def pages() -> Iterator[tuple[str, str]]:
    """Yield the path and text of the page of sections."""
    with translation.override("en"):
        rows = [
            (
                number,
                markdown.plain(panel.title()),
                markdown.plain(panel.question()),
                markdown.code(id),
                markdown.plain(_file(id)),
            )
            for number, (id, panel) in enumerate(panels().items(), start=1)
        ]
    yield (
        "docs/reference/sections.md",
        markdown.page(
            "Sections of the country page",
            "One file each in `src/stabilis/portal/panels/`. A section opens with one finding in "
            "words and ends with what we do not know and the decision that this blocks. `stabilis "
            "show MLI ID` prints its rows; `/country/mli/ID.csv` gives them as a table.",
            markdown.table(("", "section", "question", "id", "what the file says of itself"), rows),
        ),
    )


def _file(id: str) -> str:
    return markdown.first_line(import_module(f"stabilis.portal.panels.{id}").__doc__)
