"""Prints DATA-LICENSES.md: the terms of every source, how they are known, and what travels."""

from collections.abc import Iterator

from stabilis.config.documents import markdown
from stabilis.config.documents.sources import travels
from stabilis.connectors import sources

INTRO = """\
The code is Apache-2.0. The data are not ours: each producer's terms hold, and whoever passes these
tables on must name the producer as the snapshot page does. "Known from" says how we know the terms;
where it says memory or a secondary copy, check before you rely on it."""
CUTS = """\
Files of the producers are never part of this repository: what travels are cuts (named rows and
columns, or totals), each with the checksum of the file it was cut from and the command that makes
it again."""
LISTS = (
    (
        "DAC sector codes, English and French",
        "OECD DAC and CRS code lists; codes and names only",
        "not stated in the copy we used",
    ),
    ("withdrawn sector codes, IATI codelists", "IATI Standard 2.03", "as the standard's site says"),
    (
        "rates of exchange",
        "UN OCHA FTS, flows to Afghanistan 2020: single figures as printed",
        "CC BY 3.0 IGO (original: HDX's description of the dataset)",
    ),
    (
        "countries",
        "ISO 3166 through the pycountry package, read when loading; names through CLDR (Babel)",
        "LGPL 2.1 (package); Unicode licence",
    ),
    (
        "currencies",
        "ISO 4217 codes and names from pycountry; minor units partly from memory",
        "facts",
    ),
    ("Gleditsch-Ward numbers", "UCDP Organized Violence 25.1", "CC BY 4.0 (memory)"),
    ("spellings of countries", "our own compilation of what the sources print", "Apache-2.0"),
    (
        "facts, claims, lessons of the case pack",
        "our own wording; each row names its document and what was seen of it",
        "Apache-2.0; quotations belong to their authors",
    ),
)


def pages() -> Iterator[tuple[str, str]]:
    """Yield the path and text of the terms of the data."""
    rows = [
        (
            *map(markdown.plain, (source.title, source.producer, source.licence.name)),
            *map(markdown.plain, (source.licence.seen_in, travels(id, source))),
        )
        for id, source in sources().items()
    ]
    yield (
        "DATA-LICENSES.md",
        markdown.page(
            "Terms of the data that travel with Stabilis",
            INTRO,
            markdown.table(("source", "producer", "terms", "known from", "travels"), rows),
            CUTS,
            "## Code lists",
            markdown.table(("list", "source", "terms"), LISTS),
        ),
    )
