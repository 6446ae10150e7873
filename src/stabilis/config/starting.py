"""Starts a country from a person's own files: recognise, load, say what is held and what is not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from stabilis.connectors import SourceRefused, source_for, sources
from stabilis.evidence import held, ingestion
from stabilis.portal import briefs
from stabilis.portal.panels import Asked
from stabilis.reference.queries import country as reference_country


@dataclass(frozen=True)
class Started:
    """What was loaded, what was refused and why, what was not recognised, what is now held."""

    country: str
    loaded: Mapping[str, str]
    refused: Mapping[str, str]
    unrecognised: tuple[str, ...]
    sections: Mapping[str, str]


def start(*, country: str, folder: Path, now: datetime, say: Callable[[str], None]) -> Started:
    """Load every file of a folder that a source recognises, then report on a country.

    Raises LookupError for an unknown country and FileNotFoundError for a missing folder.
    """
    reference_country(country)
    if not folder.is_dir():
        raise FileNotFoundError(f"{folder} is not a folder")
    known, unknown = recognised(folder)
    loaded: dict[str, str] = {}
    refused: dict[str, str] = {}
    for name, files in known.items():
        one_by_one = sources()[name].each_file_is_a_release
        for group in [[file] for file in files] if one_by_one else [files]:
            say(f"{name}: {len(group)} file(s)")
            _load(name, group, now=now, loaded=loaded, refused=refused)
    parts = briefs.brief(Asked(country))
    return Started(
        country=country,
        loaded=loaded,
        refused=refused,
        unrecognised=tuple(path.name for path in unknown),
        sections={part.id: part.section.finding for part in parts},
    )


def _load(
    name: str,
    files: list[Path],
    *,
    now: datetime,
    loaded: dict[str, str],
    refused: dict[str, str],
) -> None:
    """Load files as one snapshot; a file that is refused is left out and the others are tried."""
    while files:
        try:
            result = ingestion.ingest(name, files=files, shelf=held.local_folder(), now=now)
        except SourceRefused as error:
            refused[error.path.name] = str(error)
            files = [file for file in files if file != error.path]
        else:
            loaded[result.snapshot.id] = ", ".join(file.name for file in files)
            return


def recognised(folder: Path) -> tuple[dict[str, list[Path]], list[Path]]:
    """Return the files of a folder by source, and those that no source recognises."""
    known: dict[str, list[Path]] = {}
    unknown: list[Path] = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = source_for(path)
        if name:
            known.setdefault(name, []).append(path)
        else:
            unknown.append(path)
    return known, unknown
