"""Prepares the embedded database and serves the product on this machine."""

import os
import signal
import socket
import subprocess
import sys
import time
import webbrowser
from collections.abc import Callable
from threading import Thread
from urllib.request import urlopen

import typer
from django.core.management import call_command

from stabilis.config import loading
from stabilis.evidence.cases import CASES

Say = Callable[[str], None]

PAGES = ("/", *(f"/country/{code.lower()}/" for code in CASES))
TRY = (
    "Trace a number: open /country/mli/, click a number's line, then “Source row”.",
    "See a claim judged: /country/xkx/#claim, and take its evidence apart.",
    "Ask for the past: add ?mode=known&until=2021-08-15 to any country's address.",
)


def demo(*, port: int, open_browser: bool, say: Say) -> None:
    """Load everything, serve it, and say where; ends when the server ends."""
    if is_taken(port):
        say(f"Port {port} is in use. Choose another: make demo PORT={port + 1}")
        raise typer.Exit(1)
    began = time.monotonic()
    say("1/3 Preparing the embedded database")
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    say("2/3 Loading codes, facts and claims")
    loading.load()
    say("3/3 Drawing the front page and the four country pages")
    told = {"address": f"http://127.0.0.1:{port}", "open_browser": open_browser, "say": say}
    Thread(target=_announce, kwargs=told | {"began": began}, daemon=True).start()
    serve(host="127.0.0.1", port=port, workers=1)


def serve(*, host: str, port: int, workers: int) -> None:
    """Serve the web process until it is stopped."""
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", "4", "--log-level", "warning",
        "stabilis.config.wsgi:application",
    ]  # fmt: skip
    process = subprocess.Popen(command, env=os.environ | {"DJANGO_SETTINGS_MODULE": SETTINGS})  # noqa: S603
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: process.terminate())
    process.wait()


SETTINGS = os.environ.get("DJANGO_SETTINGS_MODULE", "stabilis.config.settings")


def is_taken(port: int) -> bool:
    """Tell whether something already listens on a port of this machine."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _announce(*, address: str, open_browser: bool, say: Say, began: float) -> None:
    """Wait for the server, let it draw the pages once, then say that it is ready."""
    while not _answers(f"{address}/health"):
        time.sleep(0.1)
    failed = [page for page in PAGES if not _answers(address + page)]
    say(f"Loaded in {time.monotonic() - began:.0f} s")
    if failed:
        say(f"These pages failed; see the log above: {', '.join(failed)}")
    say(f"Stabilis is ready at {address}")
    for number, text in enumerate(TRY, start=1):
        say(f"  {number}. {text}")
    if open_browser:
        webbrowser.open(address)


def _answers(address: str) -> bool:
    try:
        urlopen(address, timeout=60).close()  # noqa: S310 - our own loopback address
    except OSError:
        return False
    return True
