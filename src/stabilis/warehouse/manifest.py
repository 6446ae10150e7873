"""What a snapshot says of itself: source, release, three times, terms, checksums."""

import json
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Original:
    """A file as the producer gave it: name, size, checksum, and whether a copy is kept."""

    name: str
    bytes: int
    sha256: str
    kept: bool


@dataclass(frozen=True)
class Table:
    """One stored table: rows, checksum, and the first and last event it holds."""

    rows: int
    sha256: str
    first_event: str | None = None
    last_event: str | None = None


@dataclass(frozen=True)
class Manifest:
    """One immutable snapshot of one release of one source.

    `published_on` is the day the producer released it (None: unknown), `retrieved_at` the instant
    it was loaded here, event times lie in the tables. `derived_from` names the snapshot this one
    is a cut of, and `rebuilt_by` the command that makes it again.
    """

    id: str
    source: str
    release: str
    title: str
    producer: str
    citation: str
    url: str
    licence: str
    may_ship: bool
    retrieved_at: datetime
    reader_version: int
    stabilis_version: str
    published_on: date | None = None
    published_seen_in: str = ""
    quarantined: int = 0
    derived_from: str = ""
    cut: str = ""
    rebuilt_by: str = ""
    originals: tuple[Original, ...] = ()
    tables: dict[str, Table] = field(default_factory=dict)

    def as_json(self) -> str:
        """Return the manifest as stable, readable JSON."""
        return json.dumps(asdict(self), default=str, indent=1, ensure_ascii=False, sort_keys=True)

    @classmethod
    def read(cls, path: Path) -> "Manifest":
        """Return the manifest stored in a snapshot's folder."""
        raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        published = raw["published_on"]
        return cls(
            **raw
            | {
                "retrieved_at": datetime.fromisoformat(raw["retrieved_at"]),
                "published_on": date.fromisoformat(published) if published else None,
                "originals": tuple(Original(**item) for item in raw["originals"]),
                "tables": {name: Table(**item) for name, item in raw["tables"].items()},
            }
        )
