"""Prints the page of the command line from the commands themselves."""

from collections.abc import Iterator
from typing import Any

import typer

from stabilis.config import cli
from stabilis.config.documents import markdown


def pages() -> Iterator[tuple[str, str]]:
    """Yield the path and text of the command line's page."""
    group: Any = typer.main.get_command(cli.app)
    parts = [part for name in group.commands for part in _command(name, group.commands[name])]
    intro = markdown.told(cli.__doc__)
    yield (
        "docs/reference/command-line.md",
        markdown.page("Command line", intro, "`stabilis COMMAND --help` says the same.", *parts),
    )


def _command(name: str, command: Any) -> list[str]:
    given = [item for item in command.params if item.param_type_name == "argument"]
    words = [item.name.upper() for item in given]
    rows = [_parameter(item) for item in command.params if item.name != "help"]
    return [
        f"## stabilis {name}",
        f"```text\n{' '.join(['stabilis', name, *words])}\n```",
        markdown.told(command.help),
        markdown.table(("given", "meaning", "where left out"), rows) if rows else "",
    ]


def _parameter(item: Any) -> tuple[str, str, str]:
    is_argument = item.param_type_name == "argument"
    name = item.name.upper() if is_argument else ", ".join(item.opts + item.secondary_opts)
    variable = f" Also read from {item.envvar}." if item.envvar else ""
    default = "must be given" if item.required else _default(item.default)
    return markdown.code(name), markdown.plain(f"{item.help or ''}{variable}"), default


def _default(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
