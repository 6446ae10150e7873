"""The few words that carry a judgement, marked for translation, in one place."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

VERDICTS: Mapping[str, Callable[[], str]] = {
    "supported": lambda: _("supported"),
    "partly supported": lambda: _("partly supported"),
    "contradicted": lambda: _("contradicted"),
    "disputed": lambda: _("disputed"),
    "cannot judge": lambda: _("cannot judge"),
}
DIRECTIONS: Mapping[str, Callable[[], str]] = {
    "for": lambda: _("for"),
    "against": lambda: _("against"),
    "unclear": lambda: _("unclear: the ranges meet"),
    "unknown": lambda: _("unknown"),
}
FIGURES: Mapping[str, Callable[[], str]] = {
    "deaths_best": lambda: _("deaths in organised violence"),
    "state_based_best": lambda: _("deaths in state-based violence"),
    "non_state_best": lambda: _("deaths in non-state violence"),
    "one_sided_best": lambda: _("civilians killed in one-sided violence"),
}
