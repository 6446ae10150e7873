"""Prints the reference and the map from the code, so that they cannot say something else."""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import django
import typer

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stabilis.config.settings")
django.setup()

from stabilis.analysis.measures import Measure, measures  # noqa: E402 - needs settings
from stabilis.config import cli  # noqa: E402
from stabilis.connectors import Source, sources  # noqa: E402
from stabilis.portal.api import api  # noqa: E402
from stabilis.portal.panels import panels  # noqa: E402

ROOT = Path(__file__).resolve().parents[3]
DOCS = ROOT / "docs"
PRINTED = "<!-- printed by stabilis-docs; edit the code, not this page -->"
FLOORS = (
    *("config", "portal", "evidence", "reference", "interface"),
    *("connectors", "warehouse", "analysis"),
)
ONE_NUMBER = (
    ("src/stabilis/connectors/ucdp_country_years.py", "says what the file must look like"),
    ("src/stabilis/connectors/reading/delimited.py", "reads cells as printed, each with its row"),
    ("src/stabilis/connectors/reading/cells.py", "types them; sets unreadable rows aside"),
    ("src/stabilis/evidence/ingestion.py", "joins reader and warehouse: all good rows, or nothing"),
    ("src/stabilis/warehouse/snapshots.py", "writes the immutable snapshot with its checksums"),
    ("src/stabilis/evidence/horizon.py", "chooses the release that the reader asked for"),
    ("src/stabilis/evidence/held.py", "reads its rows, or says why nothing is held"),
    ("src/stabilis/portal/panels/violence.py", "makes finding, figure, numbers and gaps of them"),
    ("src/stabilis/portal/tracing.py", "sums the rows into a number that leads back to them"),
    ("src/stabilis/interface/numbers.py", "writes it with unit, date, source, what was seen"),
    ("src/stabilis/interface/templates/cotton/number.html", "sets it on the page"),
)
ONE_WRITE = (
    ("src/stabilis/config/cli.py", "the command `stabilis demo`, or a test, asks for it"),
    ("src/stabilis/evidence/actions.py", "one verb, one transaction: replaces the held case pack"),
    ("src/stabilis/evidence/casefiles.py", "reads every row and lists every fault at once"),
    ("src/stabilis/evidence/models.py", "holds what the database itself refuses"),
)


def pages() -> dict[Path, str]:
    """Return every printed page by where it lies."""
    reference: dict[str, Callable[[], str]] = {
        "sources.md": _sources,
        "measures.md": _measures,
        "sections.md": _sections,
        "command-line.md": _command_line,
        "data-interface.md": _interface,
    }
    found = {DOCS / "reference" / name: printed() for name, printed in reference.items()}
    return found | {DOCS / "map.md": _map()}


def _page(title: str, *parts: str) -> str:
    return "\n\n".join([f"# {title}", PRINTED, *parts]).rstrip() + "\n"


def _table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines: list[tuple[str, ...]] = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join("| " + " | ".join(c.replace("|", "/") for c in row) + " |" for row in lines)


def _sources() -> str:
    parts = [part for name, source in sources().items() for part in _source(name, source)]
    return _page("Sources", "One file each in `src/stabilis/connectors/`.", *parts)


def _source(name: str, source: Source) -> list[str]:
    terms = f"{source.licence.name} (known from: {source.licence.seen_in})"
    facts = [
        ("producer", source.producer),
        ("address", f"<{source.url}>"),
        ("citation", source.citation),
        ("terms", terms),
        ("travels with Stabilis", source.cut.what if source.cut else "no"),
        ("interface", f"<{source.interface}>" if source.interface else "none known"),
    ]
    parts = [f"## {name}\n\n{source.title}", _table(("", ""), facts)]
    parts += ["\n".join(f"- {note}" for note in source.notes)] if source.notes else []
    for frame in source.tables:
        rows = [(f"`{n}`", str(c.dtype), c.unit, c.meaning) for n, c in frame.columns.items()]
        heads = ("column", "type", "unit", "meaning")
        key = ", ".join(f"`{part}`" for part in frame.key)
        parts += [f"### {name}.{frame.name}\n\n{frame.row} Key: {key}.", _table(heads, rows)]
    return parts


def _measures() -> str:
    parts = [part for name, measure in measures().items() for part in _measure(name, measure)]
    return _page("Measures", "One file each in `src/stabilis/analysis/measures/`.", *parts)


def _measure(name: str, measure: Measure) -> list[str]:
    cited = "\n".join(f"- {item.text} ({item.seen_in})" for item in measure.source)
    caveats = "\n".join(f"- {caveat}" for caveat in measure.caveats)
    examples = [
        (title, str(getattr(example.answer, "value", "cannot judge: ")), _reason(example.answer))
        for title, example in measure.examples.items()
    ]
    return [
        f"## {name}\n\n{measure.title}. Unit: {measure.unit}. Version {measure.version}.",
        f"    {measure.formula}",
        f"Source:\n\n{cited}",
        f"What a reader must know:\n\n{caveats}",
        _table(("example", "answer", "because"), examples),
    ]


def _reason(answer: object) -> str:
    return str(getattr(answer, "reason", ""))


def _sections() -> str:
    rows = [(f"`{name}`", item.title(), item.question()) for name, item in panels().items()]
    return _page(
        "Sections of the country page",
        "One file each in `src/stabilis/portal/panels/`, in the order of the page.",
        _table(("id", "title", "question"), rows),
    )


def _command_line() -> str:
    group = typer.main.get_command(cli.app)
    commands = getattr(group, "commands", {})
    parts = []
    for name, command in sorted(commands.items()):
        rows = [
            (f"`{', '.join(item.opts)}`", getattr(item, "help", None) or "")
            for item in command.params
            if item.name != "help"
        ]
        parts.append(f"## stabilis {name}\n\n{command.help or ''}")
        parts += [_table(("word or option", "meaning"), rows)] if rows else []
    return _page("Command line", str(cli.__doc__), *parts)


def _interface() -> str:
    described = api.get_openapi_schema()
    rows = [
        (f"`{verb.upper()} {path}`", told.get("description", ""))
        for path, verbs in described["paths"].items()
        for verb, told in verbs.items()
    ]
    return _page(
        "Data interface",
        "Described whole at `/api/v1/openapi.json`; to try it, `/api/v1/docs`. Any column of a "
        "table may be given as a filter. Problems are `application/problem+json`.",
        _table(("question", "answer"), rows),
    )


def _map() -> str:
    floors = [(f"`{name}`", _first_line(name)) for name in FLOORS]
    return _page(
        "Map",
        "An import only goes down this list; `interface` and `reference`, and `connectors` and "
        "`warehouse`, do not know each other. The linter holds it (`.importlinter`).",
        _table(("floor", "what belongs there, and what does not"), floors),
        "## One number, from file to screen",
        _steps(ONE_NUMBER),
        "## One write, from command to row",
        _steps(ONE_WRITE),
        "## Beside the code",
        _table(
            ("folder", "what it holds"),
            [
                ("`tests/`", "a mirror of `src`; contracts, pages over HTTP, browser journeys"),
                ("`benchmarks/`", "ours, a peer and the floor in one run each"),
                ("`docs/`", "tutorial, how-to, reference, explanation, decisions, glossary"),
                ("`requirements/`", "every dependency pinned, with hashes"),
            ],
        ),
    )  # fmt: skip


def _first_line(floor: str) -> str:
    text = (ROOT / "src" / "stabilis" / floor / "__init__.py").read_text(encoding="utf-8")
    return text.strip().strip('"').splitlines()[0].rstrip('"')


def _steps(steps: tuple[tuple[str, str], ...]) -> str:
    missing = [path for path, _told in steps if not (ROOT / path).is_file()]
    if missing:
        raise FileNotFoundError(f"the map names {', '.join(missing)}, which is not there")
    return "\n".join(f"{n}. `{path}` {told}" for n, (path, told) in enumerate(steps, start=1))


def main() -> None:
    """Write the printed pages; with --check only say which are stale, and end with 1."""
    stale = [
        path
        for path, text in pages().items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]
    if "--check" in sys.argv[1:]:
        for path in stale:
            sys.stderr.write(f"{path.relative_to(ROOT)} is stale; run: make docs\n")
        raise SystemExit(1 if stale else 0)
    for path, text in pages().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
