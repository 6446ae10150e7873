"""Prints the documents that follow the code: `stabilis-docs` writes, `stabilis-docs --check` looks.

Reference pages, `docs/map.md` and `DATA-LICENSES.md` are never written by hand. A page that differs
from what the code says, or that nothing prints any more, fails the check.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import django
import typer

import stabilis

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stabilis.config.settings")
django.setup()

from stabilis.config.documents import (  # noqa: E402 - needs settings
    commands,
    interface,
    markdown,
    measures,
    sections,
    settings,
    sources,
    terms,
    tree,
    walks,
)

ROOT = Path(stabilis.__file__).parents[2]
REFUSALS = (settings.Undocumented, tree.Unmapped, walks.Lost)

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


def printed(root: Path = ROOT) -> dict[str, str]:
    """Return the text of every printed document by its path."""
    return {
        **dict(sources.pages()),
        **dict(measures.pages()),
        **dict(commands.pages()),
        **dict(settings.pages(root)),
        **dict(interface.pages()),
        **dict(sections.pages()),
        **dict(terms.pages()),
        **dict(tree.pages(root)),
    }


def stale(pages: Mapping[str, str], *, root: Path) -> list[str]:
    """Return the paths of documents that are missing or differ from what the code says."""
    return [path for path, text in pages.items() if _read(root / path) != text]


def left_over(pages: Mapping[str, str], *, root: Path) -> list[str]:
    """Return the paths of documents that were printed once and that nothing prints any more."""
    held = (path for path in (root / "docs").rglob("*.md") if markdown.PRINTED in _read(path))
    return sorted({path.relative_to(root).as_posix() for path in held} - pages.keys())


def write(pages: Mapping[str, str], *, root: Path) -> list[str]:
    """Write what differs, remove what is left over, and return the paths that changed."""
    changed, over = stale(pages, root=root), left_over(pages, root=root)
    for path in changed:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(pages[path], encoding="utf-8")
    for path in over:
        (root / path).unlink()
    return changed + over


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


@app.command()
def document(
    check: Annotated[bool, typer.Option("--check", help="Write nothing; fail if stale.")] = False,
) -> None:
    """Print the documents that follow the code, or check that they are current."""
    try:
        pages = printed()
    except REFUSALS as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    if not check:
        changed = write(pages, root=ROOT)
        typer.echo(f"{len(pages)} documents printed, {len(changed)} changed")
        return
    if wrong := stale(pages, root=ROOT) + left_over(pages, root=ROOT):
        typer.echo(f"Not current: {', '.join(wrong)}. Run: make docs", err=True)
        raise typer.Exit(1)
    typer.echo(f"{len(pages)} documents are current")


def main() -> None:
    """Run the printer."""
    app()


if __name__ == "__main__":
    main()
