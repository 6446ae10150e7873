"""Reads the words of US training reports: programme, department, fiscal year, kind of unit.

Source of the programmes' short names: the reports themselves, which print both forms. The kinds of
units are ours: the first rule that fits decides, and text that fits none is `other`.
"""

import polars as pl

from stabilis.connectors.reading.cells import text

PROGRAMMES = (
    ("IMET", r"military\s+education\s+and\s+training|^IMET(-[12]\b| 2| Multi)"),
    ("FMF Repayable", r"fmf repay|repayable"),
    ("FMF", r"foreign military financing|^FMF\b"),
    ("INL", r"international narcotics|^INL\b"),
    ("INCLE", r"^INCLE\b"),
    ("Section 1004", r"section 1004|drug interdiction"),
    ("CTFP", r"counter-?terrorism fellowship|^CTFP\b"),
    ("Regional Centers", r"regional center|marshall center|asia.pacific center|\bACSS\b|\bNESA\b"),
    ("Regional Centers", r"\bCHDS\b|africa center|near east.south asia center|hemispheric defense"),
    ("Service Academies", r"service academ"),
    ("Exchanges", r"^exchange|, +exchange"),
    ("Non-Security Assistance", r"non-security|non-sa\b|miscellaneous.*do[ds]"),
    ("PKO", r"^PKO\b|peacekeeping operations"),
    ("GPOI", r"^GPOI\b|global peace operations"),
    ("EIPC", r"\bEIPC\b|\bEPIC\b|enhanced international peacekeeping"),
    ("ACRI", r"\bACRI\b|african crisis response"),
    ("ALP", r"^ALP\b|aviation leadership"),
    ("HMA", r"^HMA\b|humanitarian mine"),
)
UNIT_TYPES = (
    ("unknown", r"^(n/?a|none|unk(nown)?|various|not reported|tbd|-+)\.?$"),
    ("police", r"polic|gendarm|carabin|constab|civil guard|border (guard|patrol)|antinarco"),
    ("police", r"ministry of (the )?interior|\bmoi\b|internal affairs|interior ministry"),
    ("navy_coast_guard", r"coast ?guard|\bnav(y|al)\b|marine|maritime|fleet|semar\b|armada"),
    ("special_operations", r"special (force|operation|ops|warfare|service)|commando\b|\bsof\b"),
    ("special_operations", r"ranger|counter.?terror"),
    ("medical", r"medic|hospital|health|nurs|dental"),
    ("civilian", r"foreign affairs|justice|parliament|congress|finance|university|embassy|\bngo\b"),
    ("civilian", r"civil (service|aviation|protection|defen)|prosecut|court|customs|immigration"),
    ("air", r"\bair\b|\bairbase|aviation|helicopter|\biaf\b|\bpaf\b|aer[eé]a|\bwing\b"),
    ("army", r"\barmy|infantry|brigade|bat+al+ion|regiment|\bbn\b|\bbde\b|artillery|armou?r"),
    ("army", r"(land|ground) forces?|ej[eé]rcito|sedena|airborne|cavalry|\binf\b|\bdivision\b"),
    ("ministry_headquarters", r"minist|\bmod\b|\bmnd\b|\bmdn\b|staff|headquarters|\bhqs?\b|joint"),
    ("ministry_headquarters", r"(department|secretariat) of (national )?defen|defen[cs]e council"),
    ("training_institution", r"academ|school|college|institute|esdegue|\bchds\b"),
    ("armed_forces_unspecified", r"armed forces|defen[cs]e forces?|military|multi.?service"),
)


def fiscal_year(column: str) -> pl.Expr:
    """Return the fiscal year that a programme's text names: `FY 99`, `FY02`, `Fiscal Year 2017`."""
    printed = pl.col(column).str.extract(r"(?i)(?:FY|Fiscal Year)\s*(\d{4}|\d{2})\b")
    year = printed.cast(pl.Int64)
    return pl.when(year >= 100).then(year).when(year >= 50).then(year + 1900).otherwise(year + 2000)


def programme(column: str) -> pl.Expr:
    """Return a programme's short name; without a rule, its own text up to the fiscal year."""
    head = pl.col(column).str.replace(r"(?i)[,\s-]*(FY|Fiscal Year)\s*\d+.*$", "")
    own = (
        head.str.replace(r"^.*Region, .*?,\s\s", "")
        .str.replace(r"\s*\(Note \d\)", "")
        .str.strip_chars()
    )
    return _first(own, PROGRAMMES).fill_null(own)


def department(column: str) -> pl.Expr:
    """Return which US department ran a programme; null where its text does not say."""
    rules = (
        ("State", r"\bDoS\b|department of state"),
        ("Defense", r"\bDoD\b|department of defense"),
        ("Homeland Security", r"\bDOHS\b|\bDHS\b|homeland security"),
    )
    # A name such as `Misc DoD/DoS Non-SA` names both: what follows the fiscal year decides.
    tail = pl.col(column).str.extract(r"(?i)(?:FY|Fiscal Year)\s*\d+(.*)$")
    return pl.coalesce(_first(tail, rules), _first(pl.col(column).str.extract(r"^(\w+) "), rules))


def unit_type(column: str) -> pl.Expr:
    """Return the kind of unit that was trained; `unknown` where none is named."""
    unit = text(column)
    return (
        pl.when(unit.is_null())
        .then(pl.lit("unknown"))
        .otherwise(_first(unit, UNIT_TYPES).fill_null("other"))
    )


def _first(words: pl.Expr, rules: tuple[tuple[str, str], ...]) -> pl.Expr:
    return pl.coalesce(
        *(pl.when(words.str.contains(f"(?i){rule}")).then(pl.lit(name)) for name, rule in rules)
    )
