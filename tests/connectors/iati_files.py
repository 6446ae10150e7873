"""Small IATI files of both versions, and how a test loads one."""

from pathlib import Path

import polars as pl

from stabilis.connectors import Quarantine
from stabilis.connectors.iati import SOURCE

FIRST = """<iati-activity default-currency="GBP" hierarchy="1">
<reporting-org ref="GB-1" type="10">DFID</reporting-org>
<participating-org ref="GB" type="10" role="Funding">UNITED KINGDOM</participating-org>
<recipient-country code="ML">Mali</recipient-country>
<iati-identifier> GB-1-7 </iati-identifier><title>Police training</title>
<sector code="15140" percentage="40">Government administration</sector>
<activity-date type="start-planned">2009-09-01Z</activity-date>
<activity-date type="end-actual" iso-date="2011-03-31"/>
<transaction><value value-date="2009-10-02">1067912</value>
<transaction-type code="D">Disbursement</transaction-type>
<transaction-date iso-date="2009-10-01">First instalment</transaction-date>
<receiver-org ref="21029">MSF</receiver-org></transaction>
<budget type="original"><period-start iso-date="2009-04-01"/><period-end iso-date="2010-03-31"/>
<value value-date="2009-04-01">12.50</value></budget>
</iati-activity>"""
SECOND = """<iati-activity default-currency="USD" humanitarian="1" hierarchy="2"
 last-updated-datetime="2023-12-21T08:17:47Z">
<iati-identifier>XM-1-9</iati-identifier>
<reporting-org ref="XM-1" type="40"><narrative>UN body</narrative></reporting-org>
<title><narrative/><narrative xml:lang="en">Water</narrative></title>
<participating-org ref="XM-1" role="4"><narrative>UN body</narrative></participating-org>
<activity-date type="1" iso-date="2020-01-01"/>
<recipient-country code="SO" percentage="60"/><recipient-country code="XK" percentage="40"/>
<transaction><transaction-type code="4"/><transaction-date iso-date="2020-02-03"/>
<value currency="XOF" value-date="2020-02-03">1500</value>
<provider-org ref="XM-1" provider-activity-id="XM-1-1"><narrative>UN body</narrative></provider-org>
<sector vocabulary="1" code="15210"/><sector vocabulary="99" code="own"/>
<recipient-region vocabulary="1" code="289"><narrative>Region</narrative></recipient-region>
</transaction></iati-activity>"""


def written(folder: Path, *activities: str, version: str = "1.01", name: str = "a.xml") -> Path:
    path = folder / name
    made = 'generated-datetime="2013-04-30T16:49:24Z"'
    path.write_text(
        f'<iati-activities version="{version}" {made}>{"".join(activities)}</iati-activities>',
        encoding="utf-8",
    )
    return path


def loaded(path: Path) -> tuple[dict[str, pl.DataFrame], pl.DataFrame]:
    quarantine = Quarantine(path)
    tables = {table.name: table.empty() for table in SOURCE.tables}
    for batch in SOURCE.read(path, quarantine):
        tables[batch.table] = pl.concat([tables[batch.table], batch.frame])
    return tables, quarantine.frame()


def only(frame: pl.DataFrame) -> dict[str, object]:
    (row,) = frame.to_dicts()
    return row
