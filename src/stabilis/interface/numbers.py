"""A number on screen: value, unit, as-of, source, what was seen, interval, way to its rows."""

from dataclasses import dataclass

from django.utils import formats
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Number:
    """One figure with all that a reader needs to trust or doubt it; `value` None is unknown."""

    label: str
    value: float | None
    unit: str
    as_of: str
    source: str
    seen_in: str
    href: str = ""
    low: float | None = None
    high: float | None = None
    note: str = ""

    @property
    def shown(self) -> str:
        """Return the value as a reader of this language writes it; the word unknown for None."""
        return plain(self.value)

    @property
    def interval(self) -> str:
        """Return the interval in words, empty where the number is not an estimate."""
        if self.low is None or self.high is None or self.low == self.value == self.high:
            return ""
        told = {"low": plain(self.low), "high": plain(self.high)}
        if self.low < 0:
            return _("range from %(low)s to %(high)s") % told
        return _("range %(low)s–%(high)s") % told

    @property
    def line(self) -> str:
        """Return the one quiet line under the figure."""
        parts = [self.as_of, self.source, self.seen_in, self.interval, self.note]
        return " · ".join(part for part in parts if part)


def plain(value: float | None, *, digits: int = 1) -> str:
    """Return a number in the reader's language, whole numbers without a point."""
    if value is None:
        return _("unknown")
    whole = float(value).is_integer()
    rounded = value if whole else round(value, digits)
    return formats.number_format(rounded, decimal_pos=0 if whole else digits, use_l10n=True)
