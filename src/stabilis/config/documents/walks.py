"""Two walks through the files: one number from CSV to screen and back, one claim to its verdict."""

from pathlib import Path
from typing import NamedTuple

from stabilis.config.documents import markdown

SRC = "src/stabilis"


class Step(NamedTuple):
    """One file on the way, the name in it to look for, and what happens there."""

    file: str
    name: str
    does: str


class Lost(LookupError):
    """A walk names a file or a name in it that is gone."""


NUMBER = (
    Step("connectors/ucdp_country_years.py", "def read(", "names columns, kinds and bounds"),
    Step("connectors/reading/delimited.py", "def read(", "reads cells as printed, with their row"),
    Step("connectors/reading/cells.py", "def typed(", "makes text numbers; sets a bad row aside"),
    Step("connectors/reading/countries.py", "def alpha3_of_gw(", "finds the country of the entity"),
    Step("analysis/frames.py", "def check(", "checks the table against its declaration"),
    Step("evidence/ingestion.py", "def ingest(", "loads the good rows, or nothing"),
    Step("warehouse/snapshots.py", "def writing(", "writes Parquet and manifest in one step"),
    Step("evidence/packing.py", "def rebuild(", "cuts what travels, and keeps its printed rows"),
    Step("evidence/horizon.py", "def chosen(", "chooses the release that the date mode allows"),
    Step("warehouse/select.py", "def matching(", "filters, on DuckDB or Spark alike"),
    Step("evidence/held.py", "def rows(", "returns rows and snapshot, or why there are none"),
    Step("portal/panels/violence.py", "def build(", "makes the table, the finding, the gaps"),
    Step("portal/tracing.py", "def number(", "sums the rows; unknown where one of them is"),
    Step("interface/numbers.py", "class Number", "carries unit, day, source, seen in, interval"),
    Step("portal/briefs.py", "def section(", "answers the same question once"),
    Step("portal/views/country.py", "def page(", "puts the sections on the page"),
    Step("interface/templates/cotton/number.html", "number.line", "prints the figure and its line"),
)
BACK = (
    Step("portal/views/country.py", "def panel(", "shows the rows and the citation of the number"),
    Step("portal/tracing.py", "def row_address(", "knows the address of the source row"),
    Step("portal/views/evidence.py", "def row(", "asks for the row as printed and as stored"),
    Step("evidence/held.py", "def printed_row(", "finds the printed row in original or cut"),
    Step("portal/templates/portal/row.html", "sha256", "prints both, and the file's checksum"),
)
CLAIM = (
    Step("evidence/casepack/claims/mli-stability-and-security.toml", "quote", "holds the words"),
    Step("evidence/claimfiles.py", "def claim_from(", "checks every entry, names each bad one"),
    Step("evidence/actions.py", "def load_case_pack(", "writes all of it in one transaction"),
    Step("evidence/models.py", "class Claim(", "refuses in the database what no claim may be"),
    Step("evidence/queries.py", "def claims_of(", "reads claim and evidence as plain values"),
    Step("evidence/assessing.py", "def assessed(", "computes each series on what is held now"),
    Step("analysis/measures/level_shift.py", "def shift(", "says rose, fell or unclear"),
    Step("evidence/rules.py", "def assess(", "rates outcome and actor apart, step by step"),
    Step("portal/panels/claim.py", "def build(", "puts the assessment into words"),
    Step("portal/templates/portal/section_claim.html", "evidence", "prints for and against"),
    Step("portal/templates/portal/claim.html", "assessment", "prints rule, reasons and reply"),
)
NO_WRITES = """\
Pages write nothing yet, and there is no journal. The two writes are loading a snapshot
(`evidence/ingestion.py`) and loading codes and case pack (`reference/actions.py`,
`evidence/actions.py`), each whole or not at all."""


def walks(root: Path) -> list[str]:
    """Return the walks as parts of a page. Raises Lost, naming every step that leads nowhere."""
    lost = [
        f"{step.file}: {step.name}"
        for step in (*NUMBER, *BACK, *CLAIM)
        if not _stands(root / SRC / step.file, step.name)
    ]
    if lost:
        raise Lost(f"{'; '.join(lost)} is gone; mend the walks in config/documents/walks.py")
    return [
        "## One number from file to screen",
        "Deaths in Mali in the last year held, from UCDP's file to the country page.",
        _list(NUMBER),
        "And back, when a reader clicks it:",
        _list(BACK),
        "## One claim from its words to its assessment",
        _list(CLAIM),
        NO_WRITES,
    ]


def _stands(file: Path, name: str) -> bool:
    return file.is_file() and name in file.read_text(encoding="utf-8")


def _list(steps: tuple[Step, ...]) -> str:
    return "\n".join(
        f"{number}. {markdown.code(step.file)}, {markdown.code(_word(step.name))}: {step.does}"
        for number, step in enumerate(steps, start=1)
    )


def _word(name: str) -> str:
    return name.removeprefix("def ").removeprefix("class ").rstrip("(")
