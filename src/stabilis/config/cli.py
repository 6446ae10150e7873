"""The command line: every command calls the action that the page or the interface calls.

Exit codes: 0 done, 1 refused or failed a check, 2 the command was not understood.
"""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

import django
import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stabilis.config.settings")
django.setup()

from stabilis.config import printing, scaffolding, serving, starting  # noqa: E402 - needs settings
from stabilis.connectors import SourceRefused, source_for, sources  # noqa: E402
from stabilis.evidence import checking, fetching, held, ingestion, packing  # noqa: E402
from stabilis.reference.queries import NoSuchCountry  # noqa: E402
from stabilis.warehouse.snapshots import NoSuchSnapshot  # noqa: E402

app = typer.Typer(
    help="Stabilis: evidence on support to fragile states.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
out, said = Console(), Console(stderr=True)
Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]


@app.command()
def demo(
    port: Annotated[int, typer.Option(envvar="PORT")] = 8800,
    browser: Annotated[bool, typer.Option(help="Open a browser.")] = True,
) -> None:
    """Load the case pack into the embedded database and serve it on this machine."""
    serving.demo(
        port=port,
        open_browser=browser and not os.environ.get("NO_BROWSER"),
        say=lambda text: said.print(text, soft_wrap=True, highlight=False),
    )


@app.command()
def serve(
    port: Annotated[int, typer.Option(envvar="PORT")] = 8800,
    host: str = "127.0.0.1",
    workers: int = 1,
) -> None:
    """Serve pages and interface; migrations must have been applied."""
    serving.serve(host=host, port=port, workers=workers)


@app.command()
def ingest(
    source: Annotated[str, typer.Argument(help="Id of the source, or auto.")],
    files: Annotated[list[Path], typer.Argument(help="Files of that source.")],
    release: Annotated[
        str | None, typer.Option(help="Release, where the file does not say.")
    ] = None,
    published: Annotated[str | None, typer.Option(help="Day of publication, YYYY-MM-DD.")] = None,
    json: Json = False,
) -> None:
    """Load files of a source as one immutable snapshot; all good rows, or nothing."""
    name = source_for(files[0]) if source == "auto" else source
    if name not in sources():
        refuse(f"no source is called {name or files[0].name}; see: stabilis list sources")
    with _progress() as progress:
        task = progress.add_task(f"{name}: reading", total=None)
        result = _refusing(
            lambda: ingestion.ingest(
                str(name),
                files=files,
                shelf=held.local_folder(),
                now=datetime.now(UTC),
                release=release,
                published_on=date.fromisoformat(published) if published else None,
                progress=lambda table, rows: progress.update(
                    task, description=f"{name}: {table}, {rows:,} rows"
                ),
            )
        )
    printing.ingested(out, result, as_json=json)


@app.command()
def fetch(
    source: Annotated[str, typer.Argument(help="Id of a source that has an interface.")],
    into: Annotated[Path, typer.Option(help="Folder for the files that it answers with.")],
    base_url: Annotated[str, typer.Option(help="Another address, such as a mirror.")] = "",
    token: Annotated[str, typer.Option(envvar="STABILIS_TOKEN", show_envvar=True)] = "",
) -> None:
    """Fetch a source over its producer's interface into files, to be ingested next."""
    if source not in sources():
        refuse(f"no source is called {source}; see: stabilis list sources")
    files = _refusing(lambda: fetching.fetch(source, into=into, base_url=base_url, token=token))
    for file in files:
        out.print(str(file), soft_wrap=True)
    said.print(f"Next: stabilis ingest {source} and the files above", soft_wrap=True)


@app.command()
def show(
    country: Annotated[str, typer.Argument(help="Alpha-3 code, such as MLI.")],
    section: Annotated[str, typer.Argument(help="Section; all findings where left out.")] = "",
    json: Json = False,
) -> None:
    """Show a country's findings, or the rows behind one section."""
    if not section:
        _refusing(lambda: printing.findings(out, country.upper(), as_json=json))
        return
    printing.table(out, _refusing(lambda: printing.section_table(country, section)), as_json=json)


@app.command()
def export(
    country: str,
    section: str,
    to: Annotated[Path, typer.Option("--to", help="File to write; .csv or .json.")],
) -> None:
    """Write the rows behind one section to a CSV or JSON file."""
    table = _refusing(lambda: printing.section_table(country, section))
    _refusing(lambda: printing.write(table, to))
    said.print(f"{len(table.rows):,} rows written to {to}")


@app.command()
def check(json: Json = False) -> None:
    """Check database, migrations and the checksum of every snapshot."""
    results = checking.checks()
    printing.checks(out, results, as_json=json)
    if not all(item.ok for item in results):
        raise typer.Exit(1)


@app.command("list")
def list_(
    kind: Annotated[str, typer.Argument(help="sources, measures, snapshots or sections.")],
    json: Json = False,
) -> None:
    """List sources, measures, snapshots or the sections of a country page."""
    if kind not in printing.LISTS:
        refuse(f"no list is called {kind}; there are {', '.join(printing.LISTS)}", code=2)
    printing.listed(out, printing.LISTS[kind](), as_json=json)


@app.command()
def new(
    kind: Annotated[str, typer.Argument(help="source or measure.")],
    name: Annotated[str, typer.Argument(help="Id: lower case with underscores.")],
) -> None:
    """Write the file of a new source or measure, and its test, from the pattern."""
    for path in _refusing(lambda: scaffolding.scaffold(kind, name)):
        out.print(str(path))


@app.command()
def start(
    country: Annotated[str, typer.Argument(help="Alpha-3 code of any country.")],
    folder: Annotated[Path, typer.Argument(help="Folder with files of known sources.")],
    json: Json = False,
) -> None:
    """Load every recognised file of a folder and say what is held of a country."""
    with _progress() as progress:
        task = progress.add_task("looking through the folder", total=None)
        result = _refusing(
            lambda: starting.start(
                country=country.upper(),
                folder=folder,
                now=datetime.now(UTC),
                say=lambda text: progress.update(task, description=text),
            )
        )
    printing.started(out, result, as_json=json)


@app.command()
def pack(
    folders: Annotated[list[Path], typer.Argument(help="Folders with the producers' files.")],
    only: Annotated[list[str] | None, typer.Option(help="Only these sources.")] = None,
) -> None:
    """Rebuild the tables that travel with Stabilis from the producers' files."""
    now = datetime.now(UTC)
    for manifest in _refusing(
        lambda: list(packing.rebuild(folders=folders, now=now, only=only or ()))
    ):
        rows = sum(table.rows for table in manifest.tables.values())
        out.print(f"{manifest.id}: {rows:,} rows")


def refuse(text: str, *, code: int = 1) -> None:
    """Say why, in one line, and end with an exit code."""
    said.print(text, style="bold", soft_wrap=True, highlight=False)
    raise typer.Exit(code)


def _refusing(action: Callable[[], Any]) -> Any:
    """Run an action; a foreseen refusal is one line and exit code 1, never a traceback."""
    try:
        return action()
    except REFUSALS as error:
        return refuse(str(error))


def _progress() -> Progress:
    return Progress(
        SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=said
    )


REFUSALS = (
    SourceRefused,
    NoSuchCountry,
    NoSuchSnapshot,
    printing.NoRows,
    printing.BadEnding,
    scaffolding.BadName,
    FileNotFoundError,
    FileExistsError,
)


def main() -> None:
    """Run the command line."""
    app()
