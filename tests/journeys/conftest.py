"""A real browser on the real product: `stabilis demo` in its own process, Chromium before it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = os.environ.get("STABILIS_CHROMIUM", "/usr/bin/chromium")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a running demo, as `make demo` starts it."""
    port = _free_port()
    env = os.environ | {
        "STABILIS_DATA": str(tmp_path_factory.mktemp("data")),
        "STABILIS_DEMO": "1",
        "NO_BROWSER": "1",
        "PORT": str(port),
    }
    command = [str(Path(sys.executable).with_name("stabilis")), "demo"]
    with subprocess.Popen(command, env=env, stderr=subprocess.PIPE) as process:
        try:
            _wait_for(f"http://127.0.0.1:{port}/health", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError(f"the demo ended: {process.stderr.read().decode()}")  # type: ignore[union-attr]
        try:
            urlopen(address, timeout=2).close()
        except (URLError, OSError):
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("the demo did not answer in two minutes")


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """Return headless Chromium."""
    api = pytest.importorskip("playwright.sync_api", reason="the browser group is not installed")
    if not Path(CHROMIUM).exists():
        pytest.skip(f"there is no browser at {CHROMIUM} (STABILIS_CHROMIUM)")
    with api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: "Browser", site: str) -> Iterator[Callable[..., "Page"]]:
    """Return a function that opens an address in a new window and fails on any console error."""
    contexts, complaints = [], []

    def open_page(path: str, *, width: int = 1440, **options: Any) -> "Page":
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(site + path)
        page.wait_for_load_state("networkidle")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
