"""Aid as donors publish it: commitments and disbursements apart, each currency for itself."""

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _

from stabilis.evidence.held import Held, NotHeld
from stabilis.interface.numbers import Number
from stabilis.interface.tables import Column, Table
from stabilis.portal import tracing
from stabilis.portal.panels import Asked, Panel, Section, Unknown, giving, no_rows, not_held
from stabilis.portal.panels.aid_figures import figures
from stabilis.portal.panels.converting import conversion
from stabilis.portal.panels.reported import (
    COUNTED,
    SOURCE,
    Rows,
    kinds,
    of_kind,
    rows_of,
    span_of,
    sums,
    transactions,
)


def build(asked: Asked) -> Section:
    """Return the section for one country; with a donor, what that country's publishers report."""
    found = transactions(asked)
    missing = {
        "what": _("Aid committed and disbursed, by donor, year and sector"),
        "blocks": _("where support overlaps, and what is missing"),
    }
    if isinstance(found, NotHeld):
        return not_held(found, **missing)
    if found.frame.is_empty():
        return no_rows(found.snapshot, **missing)
    rows = [row for row in rows_of(asked, found) if asked.donor in {"", row["code"]}]
    if not rows:
        reason = _("no transaction that a publisher of %(donor)s reports") % {"donor": asked.donor}
        return not_held(NotHeld(SOURCE, "aid_transactions", reason), **missing)
    return _section(asked, found, rows)


def _section(asked: Asked, found: Held, rows: Rows) -> Section:
    address = reverse("panel", args=[asked.country, "aid"])
    source = tracing.source_line(found.snapshot)
    table = _table(rows, source)
    whole = [row for row in rows if row["counted"] == COUNTED]
    return Section(
        finding=finding(asked, whole),
        table=table,
        charts=figures(whole, address=address, source=source),
        numbers=_numbers(asked, table, found, whole),
        unknowns=gaps(whole),
        snapshots=(found.snapshot,),
        notes=(*notes(rows), *region(asked), *conversion(whole), *concentrations(whole)),
        span=span_of(whole),
        extra={"given": given(whole, source)},
    )


def _table(rows: Rows, source: str) -> Table:
    columns = (
        Column("year", _("Year")),
        Column("kind", _("What")),
        Column("giver", _("Reported by")),
        Column("code", _("Code of its country")),
        Column("currency", _("Currency")),
        Column("amount", _("Amount"), _("in the currency beside it"), "number"),
        Column("counted", _("Counted in sums")),
        Column("other_copies", _("Other copies of the activity"), _("copies"), "integer"),
        Column("sector_names", _("Sectors as printed")),
        Column("title", _("Activity")),
        Column("identifier", _("Identifier")),
        Column("receiver", _("Receiver")),
    )
    return Table(
        "aid",
        _("Transactions that publishers report for the country"),
        columns,
        rows,
        source=source,
        notes=notes(rows),
        link_label=_("Source row"),
    ).ordered("-year")


def finding(asked: Asked, whole: Rows) -> str:
    """Return the finding: how much each kind comes to, in each currency, reported by how many."""
    told = ", ".join(
        _("%(amount)s million %(currency)s %(kind)s")
        % {"amount": giving.rounded(amount / 1e6), "currency": currency, "kind": kinds()[kind]}
        for (kind, currency), amount in sums(whole).items()
    )
    words = {
        "span": span_of(whole),
        "told": told,
        "donor": asked.donor,
        "givers": ", ".join(sorted({row["giver"] for row in whole})),
    }
    if asked.donor:
        return _("Only what publishers of %(donor)s report is shown: for %(span)s, %(told)s.") % {
            **words
        }
    return _("For %(span)s these publishers report %(told)s: %(givers)s.") % {**words}


def _numbers(asked: Asked, table: Table, found: Held, whole: Rows) -> list[Number]:
    return [
        replace(
            tracing.number(
                table,
                figure="amount",
                where={"kind": kind, "currency": currency, "counted": COUNTED},
                snapshot=found.snapshot,
                address=reverse("panel", args=[asked.country, "aid"]),
            ),
            label=_("Aid %(kind)s") % {"kind": kinds()[kind]},
            unit=currency,
        )
        for kind, currency in sums(whole)
    ]


def concentrations(whole: Rows) -> tuple[str, ...]:
    """Return how concentrated donors are, kind by kind and currency by currency."""
    return tuple(
        _("%(kind)s in %(currency)s. %(told)s")
        % {
            "kind": kinds()[kind].capitalize(),
            "currency": currency,
            "told": giving.concentration(
                giving.by_giver(of_kind(whole, kind, currency), amount="amount")
            ),
        }
        for kind, currency in sums(whole)
    )


def given(whole: Rows, source: str) -> list[dict[str, object]]:
    """Return what each publisher reports, by kind and currency."""
    return [
        {
            "giver": name,
            "code": code,
            "kind": _("aid %(kind)s") % {"kind": kinds()[kind]},
            "value": amount,
            "unit": currency,
            "span": span_of(
                [row for row in of_kind(whole, kind, currency) if row["giver"] == name]
            ),
            "source": source,
        }
        for kind, currency in sums(whole)
        for (code, name), amount in giving.by_giver(
            of_kind(whole, kind, currency), amount="amount"
        ).items()
    ]


def notes(rows: Rows) -> tuple[str, ...]:
    """Return how transactions are counted, with how many copies are left out of sums."""
    left_out = sum(row["counted"] != COUNTED for row in rows)
    return (
        _(
            "A commitment is a promise; disbursement and expenditure are money that left. They are "
            "never added up. Only what each publisher reports itself is here: no total of all aid."
        ),
        _(
            "Of an activity printed several times every copy is kept, and one counts: the one its "
            "publisher changed last; among equals the first by file and place. Transactions of "
            "other copies, left out of sums: %(count)s."
        )
        % {"count": left_out},
        _(
            "A sector is as printed; a withdrawn code keeps its number and names its successors. "
            "An activity with several sectors is split by the shares it states."
        ),
    )


def region(asked: Asked) -> tuple[str, ...]:
    """Return how aid to Kosovo is recognised, where a file prints no country code for it."""
    if asked.country != "XKX":
        return ()
    return (
        _(
            "DFID's file of 2011 prints no code for Kosovo: the region “Kosovo (KO)” is read as "
            "Kosovo. Activities of that file that name no recipient are not counted."
        ),
    )


def gaps(whole: Rows) -> tuple[Unknown, ...]:
    """Return which aid is not known: other publishers, and kinds that these do not report."""
    absent = [name for kind, name in kinds().items() if not any(r["kind"] == kind for r in whole)]
    return (
        *(
            Unknown(
                _("Aid %(kind)s: none is reported here, which does not say that there was none")
                % {"kind": name},
                _("whether what was promised was paid"),
            )
            for name in absent
        ),
        Unknown(
            _("Aid of publishers other than %(givers)s, and of these in other years than %(span)s")
            % {
                "givers": ", ".join(sorted({row["giver"] for row in whole})),
                "span": span_of(whole),
            },
            _("whether donors overlap or leave gaps"),
        ),
    )


PANEL = Panel(
    title=lambda: _("Aid"),
    question=lambda: _("Who reports aid to this country, for what, and how much?"),
    build=build,
)
