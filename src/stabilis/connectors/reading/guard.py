"""Looks at a file before anything parses it, so that damage gives one clear sentence."""

import codecs
import zipfile
from pathlib import Path

from stabilis.connectors import SourceRefused

LARGEST_BYTES = 20 << 30
LARGEST_UNPACKED = 1 << 30
LARGEST_RATIO = 200
CHUNK_BYTES = 4 << 20


def readable(path: Path) -> None:
    """Pass when the file exists, holds something and is not absurdly large.

    Raises SourceRefused otherwise.
    """
    if not path.is_file():
        raise SourceRefused(path, "there is no such file", remedy="Check the name and the folder.")
    size = path.stat().st_size
    if size == 0:
        raise SourceRefused(path, "the file is empty", remedy="Fetch it again from the producer.")
    if size > LARGEST_BYTES:
        raise SourceRefused(
            path,
            f"the file holds {size:,} bytes",
            remedy="Split it; 20 GB is the most.",
        )


def utf8(path: Path) -> None:
    """Pass when a file is UTF-8 from its first byte to its last.

    Raises SourceRefused with the line on which it is not.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    lines = 1
    try:
        with path.open("rb") as file:
            while block := file.read(CHUNK_BYTES):
                lines += decoder.decode(block).count("\n")
            decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        lines += error.object[: error.start].count(b"\n")
        raise SourceRefused(
            path,
            f"the text is not UTF-8 in line {lines:,}",
            remedy="Save it as UTF-8 (in a spreadsheet: CSV UTF-8) and load it again.",
        ) from error


def unpackable(path: Path) -> None:
    """Pass when a zipped workbook unpacks to a sane size.

    Raises SourceRefused when it is not a zip archive or would unpack to a bomb.
    """
    readable(path)
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(item.file_size for item in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError) as error:
        raise SourceRefused(
            path,
            "the workbook is cut or is no XLSX file",
            remedy="Open and save it again as XLSX.",
        ) from error
    if unpacked > LARGEST_UNPACKED or unpacked > LARGEST_RATIO * path.stat().st_size:
        raise SourceRefused(
            path,
            f"{path.stat().st_size:,} bytes would unpack to {unpacked:,}",
            remedy="This is not an ordinary workbook; do not open it. Ask its sender.",
        )
