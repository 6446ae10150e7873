"""Prints a page for each source: terms, expectations, and the data dictionary of its tables."""

from collections.abc import Iterator
from importlib import import_module

import polars as pl

from stabilis.analysis.frames import Frame
from stabilis.config.documents import markdown
from stabilis.connectors import QUARANTINE, Source, sources
from stabilis.evidence.packing import FILES

KINDS: dict[object, str] = {
    pl.String: "text",
    pl.Int64: "whole number",
    pl.Float64: "number",
    pl.Boolean: "true or false",
    pl.Date: "day",
}


def pages() -> Iterator[tuple[str, str]]:
    """Yield the path and text of the list of sources and of every source."""
    yield "docs/reference/sources/index.md", _list()
    for id, source in sources().items():
        yield f"docs/reference/sources/{id}.md", _page(id, source)


def travels(id: str, source: Source) -> str:
    """Return which part of a source travels with Stabilis, or that none does."""
    return f"yes: {source.cut.what}" if id in FILES and source.cut else "no"


def columns(frame: Frame) -> str:
    """Return the columns of a frame as a table."""
    rows = [
        (
            markdown.code(name),
            KINDS.get(column.dtype, str(column.dtype)),
            markdown.plain(column.unit),
            "may be" if column.nullable else "never",
            markdown.plain(column.meaning),
        )
        for name, column in frame.columns.items()
    ]
    return markdown.table(("column", "kind", "unit", "empty", "meaning"), rows)


def _list() -> str:
    rows = [
        (f"[{markdown.plain(source.title)}]({id}.md)", markdown.code(id), len(source.tables))
        for id, source in sources().items()
    ]
    return markdown.page(
        "Sources",
        "One file each in `src/stabilis/connectors/`; the file's name is the id. Each page below "
        "gives the terms, what the source is expected to look like, and the data dictionary.",
        markdown.table(("source", "id", "tables"), rows),
        "## Rows set aside",
        f"{QUARANTINE.row} Every source has this table, `{QUARANTINE.name}`, where a row was bad.",
        columns(QUARANTINE),
    )


def _page(id: str, source: Source) -> str:
    module = import_module(f"stabilis.connectors.{id}")
    return markdown.page(
        source.title,
        markdown.told(module.__doc__),
        markdown.facts(_facts(id, source)),
        "## What a reader must know",
        markdown.bullets(source.notes),
        "## What a file must hold",
        markdown.bullets(_expectations(source)),
        *(part for frame in source.tables for part in _table(source, frame)),
    )


def _facts(id: str, source: Source) -> Iterator[tuple[str, str]]:
    licence = source.licence
    yield "Id", markdown.code(id)
    yield "Producer", f"[{markdown.plain(source.producer)}]({source.url})"
    yield "Cite as", markdown.plain(source.citation)
    yield "Terms", f"{markdown.plain(licence.name)}; known from {markdown.plain(licence.seen_in)}"
    yield "May travel", "yes" if licence.may_ship else "no"
    yield "Travels", markdown.plain(travels(id, source))
    yield "Releases told apart by", markdown.plain(source.incremental_key)
    yield "Each file is a release", "yes" if source.each_file_is_a_release else "no"
    yield "Reader version", str(source.version)
    yield "Load", markdown.code(f"stabilis ingest {id} FILES")
    if source.fetch:
        yield "Fetch", markdown.code(f"stabilis fetch {id} --into FOLDER")


def _expectations(source: Source) -> Iterator[str]:
    for item in source.expects:
        yield f"{item.table}: {item.rows[0]:,} to {item.rows[1]:,} rows ({item.why})"
    yield f"at most {source.most_bad_share:.0%} of the rows are bad; with more, nothing is loaded"


def _table(source: Source, frame: Frame) -> tuple[str, str, str]:
    event = source.events.get(frame.name)
    when = f" When it happened: {markdown.code(event)}." if event else ""
    key = ", ".join(map(markdown.code, frame.key))
    return (
        f"## Table {markdown.code(frame.name)}",
        f"{markdown.plain(frame.row)} Key: {key}.{when}",
        columns(frame),
    )
