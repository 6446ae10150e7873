"""Which releases may be read, and up to when events count: two modes that are never confused.

"Events up to D, as counted in R" reads the newest release (or the one asked for) and leaves out
what happened after D. "As known on D" reads only what had been published by D, so that a page
shows what somebody could have known that day; with one release held that is mostly empty.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from stabilis.warehouse.manifest import Manifest


class Mode(StrEnum):
    """The two ways of reading the past."""

    COUNTED = "counted"
    KNOWN = "known"


@dataclass(frozen=True)
class Horizon:
    """A mode, an edge in time (None: no edge), and the snapshots asked for by source."""

    mode: Mode = Mode.COUNTED
    until: date | None = None
    pinned: Mapping[str, str] = field(default_factory=dict)

    def chosen(self, manifests: Sequence[Manifest]) -> tuple[Manifest | None, str]:
        """Return the snapshot to read, or None and why; `manifests` are newest first."""
        if not manifests:
            return None, "nothing of this source has been loaded here"
        asked = self.pinned.get(manifests[0].source)
        if asked:
            found = next((item for item in manifests if item.id == asked), None)
            return found, f"snapshot {asked} is not held here"
        if self.mode is Mode.COUNTED or self.until is None:
            return manifests[0], ""
        return self._known(manifests)

    def _known(self, manifests: Sequence[Manifest]) -> tuple[Manifest | None, str]:
        dated = [item for item in manifests if item.published_on]
        known = [item for item in dated if str(item.published_on) <= str(self.until)]
        if known:
            return known[0], ""
        if not dated:
            return None, "no release held here has a known day of publication"
        first = min(str(item.published_on) for item in dated)
        return None, f"the first release held here came out on {first}"
