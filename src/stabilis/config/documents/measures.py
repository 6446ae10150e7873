"""Prints a page for each measure: formula, citation, what it reads, and its worked examples."""

from collections.abc import Iterator
from importlib import import_module

from stabilis.analysis.answers import Answer, CannotJudge
from stabilis.analysis.measures import Example, Measure, measures
from stabilis.config.documents import markdown
from stabilis.config.documents.sources import columns


def pages() -> Iterator[tuple[str, str]]:
    """Yield the path and text of the list of measures and of every measure."""
    yield "docs/reference/measures/index.md", _list()
    for id, measure in measures().items():
        yield f"docs/reference/measures/{id}.md", _page(id, measure)


def answer_in_words(answer: Answer) -> str:
    """Return an answer as a reader meets it."""
    if isinstance(answer, CannotJudge):
        return f"cannot judge: {markdown.plain(answer.reason)}"
    known = {"from": answer.low, "to": answer.high}
    bounds = " ".join(f"{word} {value:g}" for word, value in known.items() if value is not None)
    return f"{answer.value:g}" + (f" ({bounds})" if bounds else "")


def _list() -> str:
    rows = [
        (f"[{markdown.plain(item.title)}]({id}.md)", markdown.code(id), markdown.plain(item.unit))
        for id, item in measures().items()
    ]
    return markdown.page(
        "Measures",
        "One file each in `src/stabilis/analysis/measures/`; the file's name is the id. A measure "
        "answers with a number in its unit, or says why it cannot judge. A contract test works "
        "every example below anew.",
        markdown.table(("measure", "id", "unit"), rows),
    )


def _page(id: str, measure: Measure) -> str:
    module = import_module(f"stabilis.analysis.measures.{id}")
    cited = [f"{item.text} (seen in: {item.seen_in})" for item in measure.source]
    return markdown.page(
        measure.title,
        markdown.told(module.__doc__),
        markdown.facts(
            (
                ("Id", markdown.code(id)),
                ("Unit", markdown.plain(measure.unit)),
                ("Version of the rule", measure.version),
                ("File", markdown.code(f"src/stabilis/analysis/measures/{id}.py")),
            )
        ),
        f"## Formula\n\n> {markdown.plain(measure.formula)}",
        "## Where it comes from",
        markdown.bullets(cited),
        "## What it reads",
        f"One row: {markdown.plain(measure.reads.row)}. Key: {_key(measure)}.",
        columns(measure.reads),
        "## What it does not say",
        markdown.bullets(measure.caveats),
        "## Worked examples",
        markdown.table(
            ("example", "columns", "answer"),
            [_example(name, example) for name, example in measure.examples.items()],
        ),
    )


def _key(measure: Measure) -> str:
    return ", ".join(map(markdown.code, measure.reads.key))


def _example(name: str, example: Example) -> tuple[str, str, str]:
    given = [
        f"{column}: {', '.join('unknown' if value is None else str(value) for value in values)}"
        for column, values in example.rows.items()
    ]
    return markdown.plain(name), markdown.plain("; ".join(given)), answer_in_words(example.answer)
