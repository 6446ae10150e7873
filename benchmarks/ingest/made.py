"""Makes the large files that are measured: real IATI activities repeated, or drawn ones; a GED."""

import csv
import os
import random
from collections.abc import Iterator
from pathlib import Path

WORK = Path(__file__).resolve().parents[1] / ".work"
SHARED = Path(
    os.environ.get("STABILIS_SHARED", Path(__file__).resolve().parents[3] / "shared" / "data")
)
REAL = ("dfid_CD.xml", "mixed_donors_v203.xml")
GED = SHARED / "ucdp" / "ged_ethiopia.csv"
GED_ROWS = 1_000_000
IATI_BYTES = 100_000_000


def iati_files() -> list[Path]:
    """Return the IATI files to measure, making those that are missing."""
    WORK.mkdir(exist_ok=True)
    real = [SHARED / "iati" / "real" / name for name in REAL]
    if not all(path.is_file() for path in real):
        return [_repeated(WORK / "drawn.xml", _drawn(200))]
    return [_repeated(WORK / path.name, path.read_bytes()) for path in real]


def _repeated(path: Path, whole: bytes) -> Path:
    """Write the activities of a file again and again under new identifiers, up to 100 MB."""
    if path.is_file():
        return path
    first = whole.index(b"<iati-activity ")
    last = whole.rindex(b"</iati-activity>") + len(b"</iati-activity>")
    with path.open("wb") as file:
        file.write(whole[:first])
        for turn in range(IATI_BYTES // (last - first) + 1):
            mark = f"<iati-identifier>{turn}-".encode()
            file.write(whole[first:last].replace(b"<iati-identifier>", mark))
        file.write(whole[last:])
    return path


def _drawn(activities: int) -> bytes:
    """Return a small IATI 2.03 file of drawn activities, for machines without the real ones."""
    chance = random.Random(2)
    drawn = "\n".join(_activity(number, chance) for number in range(activities))
    return f'<iati-activities version="2.03">\n{drawn}\n</iati-activities>'.encode()


def _activity(number: int, chance: random.Random) -> str:
    text = " ".join(chance.choices(("water", "police", "district", "training", "of", "in"), k=60))
    money = "\n".join(_transaction(chance) for _ in range(chance.randint(1, 9)))
    return f"""<iati-activity default-currency="USD" hierarchy="1">
<iati-identifier>XX-DRAWN-{number}</iati-identifier>
<reporting-org ref="XX-DRAWN" type="10"><narrative>Drawn</narrative></reporting-org>
<title><narrative>{text[:80]}</narrative></title>
<description type="1"><narrative>{text}</narrative></description>
<participating-org ref="XX-A" role="1" type="10"><narrative>A</narrative></participating-org>
<activity-status code="2"/>
<activity-date type="2" iso-date="2012-0{chance.randint(1, 9)}-01"/>
<recipient-country code="ML" percentage="100"/>
<sector vocabulary="1" code="15210" percentage="100"/>
{money}
</iati-activity>"""


def _transaction(chance: random.Random) -> str:
    day = f"2013-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    return f"""<transaction><transaction-type code="{chance.randint(1, 4)}"/>
<transaction-date iso-date="{day}"/><value value-date="{day}">{chance.randint(1, 9**9)}</value>
<provider-org ref="XX-DRAWN"><narrative>Drawn</narrative></provider-org>
<description><narrative>Instalment to the district</narrative></description></transaction>"""


def ged_file() -> Path | None:
    """Return a GED-shaped CSV of a million rows; None where no real GED lends its columns."""
    WORK.mkdir(exist_ok=True)
    path = WORK / "ged_million.csv"
    if path.is_file() or not GED.is_file():
        return path if path.is_file() else None
    with GED.open(encoding="utf-8-sig", newline="") as file:
        names, *rows = list(csv.reader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(_numbered(names, rows))
    return path


def _numbered(names: list[str], rows: list[list[str]]) -> Iterator[list[str]]:
    """Yield a million rows, the real ones in turn, each under an id of its own."""
    place = names.index("id")
    for number in range(GED_ROWS):
        row = rows[number % len(rows)]
        yield [*row[:place], str(number + 1), *row[place + 1 :]]
