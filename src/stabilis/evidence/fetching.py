"""Fetches a source over its producer's documented interface into files, which are then ingested."""

from pathlib import Path

import httpx

from stabilis.connectors import SourceRefused, sources

TIMEOUT_SECONDS = 60
TRIES = 3


def fetch(source_id: str, *, into: Path, base_url: str = "", token: str = "") -> list[Path]:
    """Return the files that the interface answered with, one a page.

    `base_url` replaces the producer's address, for a mirror. Raises SourceRefused when the source
    has no interface, when it does not answer, or when it answers in another shape.
    """
    source = sources()[source_id]
    if source.fetch is None:
        raise SourceRefused(
            into,
            f"{source_id} has no interface that Stabilis knows",
            remedy=f"Download it from {source.url} and run: stabilis ingest {source_id} FILE",
        )
    into.mkdir(parents=True, exist_ok=True)
    headers = {source.header: token} if token and source.header else {}
    with httpx.Client(
        base_url=base_url or source.interface,
        headers=headers,
        timeout=TIMEOUT_SECONDS,
        transport=httpx.HTTPTransport(retries=TRIES),
        follow_redirects=False,
    ) as client:
        try:
            return source.fetch(client, into)
        except httpx.HTTPError as error:
            raise SourceRefused(
                into,
                f"the interface of {source_id} did not answer as documented: {_first_line(error)}",
                remedy=_remedy(source_id, error),
            ) from error


def _first_line(error: httpx.HTTPError) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)


def _remedy(source_id: str, error: httpx.HTTPError) -> str:
    header = sources()[source_id].header
    if isinstance(error, httpx.HTTPStatusError) and error.response.status_code in {401, 403}:
        return f"It asks for a token in {header or 'a header'}: set STABILIS_TOKEN."
    return "Try again later, or download the files by hand."
