import json
import zipfile
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import httpx
import polars as pl
import pytest
from tests.connectors.serving import serving
from tests.shared_data import SHARED, needs_shared

from stabilis.connectors import Quarantine, SourceRefused
from stabilis.connectors.operational_presence import PAGE_ROWS, PRESENCE, SOURCE

REAL = SHARED / "threew"
ROW = {
    "location_code": "SOM",
    "has_hrp": "Y",
    "in_gho": "Y",
    "provider_admin1_name": "Banadir",
    "provider_admin2_name": "",
    "admin1_code": "SO22",
    "admin1_name": "Banadir",
    "admin2_code": "",
    "admin2_name": "",
    "admin_level": 1,
    "org_acronym": "NRC",
    "org_name": "Norwegian Refugee Council",
    "org_type_description": "International NGO",
    "sector_code": "EDU",
    "sector_name": "Education",
    "reference_period_start": "2025-01-01",
    "reference_period_end": "2025-04-30",
    "dataset_hdx_id": "",
    "resource_hdx_id": "",
    "warning": "",
    "error": "",
}
ETHIOPIA = (
    "Month,Activity status,Donor Acronym,Donor Name,Program partner Acronym,Program Partner Name,"
    "Implementing Partner Acronym,Implementing Partner Name,Implementing Partner Type,Region,Zone,"
    "Woreda,WoredaPcod,Cluster,Activity,Lat,Long\n"
)
TAGGED = (
    ("Who", "Short", "What", "Where", "Code", "Land", "From"),
    (
        "#org+name+prog",
        "#org+acronym",
        "#sector",
        "#adm1+name",
        "#adm1+code",
        "#country+name",
        "#date+start",
    ),
    ("Save the Children", "SCI", "Education", "Gao", "ML07", "Mali", "2024-02-01"),
    ("", "", "", "", "", "", ""),
    ("Médecins du Monde", "MDM", "Health", "Kidal", "ML08", "Mali", "2024-03-01"),
)


def lines_of(*rows: dict[str, object]) -> str:
    cells = [ROW.keys(), *((ROW | row).values() for row in rows)]
    return "\n".join(",".join(str(cell) for cell in line) for line in cells) + "\n"


def written(folder: Path, text: str, name: str = "presence.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8-sig")
    return path


def workbook(folder: Path, rows: tuple[tuple[str, ...], ...]) -> Path:
    """Write the smallest workbook that a spreadsheet would: one sheet, texts in a list."""
    texts = [text for row in rows for text in row]
    cells = iter(range(len(texts)))
    sheet = "".join(
        f'<row r="{number}">'
        + "".join(
            f'<c r="{"ABCDEFG"[at]}{number}" t="s"><v>{next(cells)}</v></c>' for at in range(7)
        )
        + "</row>"
        for number, _ in enumerate(rows, start=1)
    )
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="a" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{office}"><sheets>'
        '<sheet name="3W" sheetId="1" r:id="b"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="b" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="c" Type="{office}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>{sheet}</sheetData></worksheet>",
        "xl/sharedStrings.xml": f"<sst {main}>"
        + "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
        + "</sst>",
    }
    path = folder / "presence.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return path


def loaded(path: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    quarantine = Quarantine(path)
    frames = [batch.frame for batch in SOURCE.read(path, quarantine)]
    return pl.concat([PRESENCE.empty(), *frames]), quarantine.frame()


def test_harmonised_row_is_read_with_codes_and_period(tmp_path: Path) -> None:
    path = written(tmp_path, lines_of({"warning": "PCode length"}))

    rows, bad = loaded(path)

    assert bad.height == 0
    assert {name: value for name, value in rows.to_dicts()[0].items() if value is not None} == {
        "country": "SOM",
        "country_printed": "SOM",
        "adm_1": "Banadir",
        "adm_1_code": "SO22",
        "organisation": "Norwegian Refugee Council",
        "acronym": "NRC",
        "organisation_type": "International NGO",
        "sector": "Education",
        "sector_code": "EDU",
        "starts_on": date(2025, 1, 1),
        "ends_on": date(2025, 4, 30),
        "producer_says": "PCode length",
        "source_file": "presence.csv",
        "source_row": 2,
    }


def test_row_without_a_known_sector_keeps_the_producers_error(tmp_path: Path) -> None:
    unknown = {"sector_code": "", "sector_name": "", "error": "Unknown sector X"}

    rows, bad = loaded(written(tmp_path, lines_of(unknown)))

    assert bad.height == 0
    assert rows.select("sector", "producer_says").rows() == [(None, "Unknown sector X")]


def test_row_is_set_aside_when_no_organisation_is_named(tmp_path: Path) -> None:
    rows, bad = loaded(written(tmp_path, lines_of({"org_name": "", "org_acronym": ""}, {})))

    assert rows["source_row"].to_list() == [3]
    assert bad.select("source_row", "field", "reason").rows() == [
        (2, "org_name", "the cell is empty")
    ]


def test_blank_rows_of_the_ethiopian_sheet_are_no_presence(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        ETHIOPIA
        + ",,,,,,,,,,,,,,,,\n"
        + "August,On-going,,,,,IMC,,International NGO,Tigray,Central,Abi Adi,ET010201,Health,Aid,"
        + "13.6,39.0\n",
    )

    rows, bad = loaded(path)

    assert bad.height == 0
    assert rows.select(
        "country", "organisation", "adm_3_code", "period_printed", "starts_on", "source_row"
    ).rows() == [("ETH", "IMC", "ET010201", "August", None, 3)]


def test_tagged_csv_is_read_by_its_tags_and_not_by_its_header(tmp_path: Path) -> None:
    path = written(tmp_path, "\n".join(",".join(row) for row in TAGGED) + "\n")

    rows, bad = loaded(path)

    assert SOURCE.recognises(path)
    assert bad.height == 0
    assert rows.select(
        "country", "adm_1_code", "organisation", "acronym", "sector", "starts_on", "source_row"
    ).rows() == [
        ("MLI", "ML07", "Save the Children", "SCI", "Education", date(2024, 2, 1), 3),
        ("MLI", "ML08", "Médecins du Monde", "MDM", "Health", date(2024, 3, 1), 5),
    ]


def test_tagged_workbook_gives_the_same_rows_as_the_csv(tmp_path: Path) -> None:
    own = {"source_file"}
    book = workbook(tmp_path, TAGGED)
    sheet = written(tmp_path, "\n".join(",".join(row) for row in TAGGED) + "\n")

    from_book, from_sheet = loaded(book)[0], loaded(sheet)[0]

    assert SOURCE.recognises(book)
    assert from_book.drop(own).equals(from_sheet.drop(own))
    assert SOURCE.print_rows(book, [5])[5]["A"] == "Médecins du Monde"
    assert SOURCE.release(book).version == "periods from 2024-03-01"


def test_row_with_more_cells_than_tags_is_set_aside(tmp_path: Path) -> None:
    text = "\n".join(",".join(row) for row in TAGGED) + "\nA,B,C,D,E,Mali,2024-01-01,extra\n"

    rows, bad = loaded(written(tmp_path, text))

    assert rows.height == 2
    assert bad.select("source_row", "field", "reason").rows() == [
        (6, "(whole row)", "the row holds 8 cells, the tags 7")
    ]


@pytest.mark.parametrize(
    "tags",
    [
        "#org,#sector,#value",
        "#date,#adm1,#affected",
        "#org+name,#adm1,#date",
    ],
)
def test_tags_of_something_else_are_not_taken_for_a_presence(tmp_path: Path, tags: str) -> None:
    path = written(tmp_path, f"a,b,c\n{tags}\n1,2,3\n")

    assert not SOURCE.recognises(path)
    with pytest.raises(SourceRefused, match="no row of HXL tags names an organisation"):
        list(SOURCE.read(path, Quarantine(path)))


def test_damaged_workbook_is_refused_and_not_recognised(tmp_path: Path) -> None:
    path = workbook(tmp_path, TAGGED)
    path.write_bytes(path.read_bytes()[:700])

    assert not SOURCE.recognises(path)
    with pytest.raises(SourceRefused):
        list(SOURCE.read(path, Quarantine(path)))


def test_pages_of_the_interface_give_the_same_rows_as_the_file(tmp_path: Path) -> None:
    target = (
        "/api/v2/coordination-context/operational-presence?output_format=json&limit={}&offset={}"
    )
    answers = {
        target.format(PAGE_ROWS, 0): json.dumps({"data": [ROW] * PAGE_ROWS}).encode(),
        target.format(PAGE_ROWS, PAGE_ROWS): json.dumps({"data": [ROW]}).encode(),
    }
    assert SOURCE.fetch is not None

    with serving(answers) as address, httpx.Client(base_url=address) as client:
        paths = SOURCE.fetch(client, tmp_path)

    own = {"source_file", "source_row"}
    from_file = loaded(written(tmp_path, lines_of({})))[0]
    assert [loaded(path)[0].height for path in paths] == [PAGE_ROWS, 1]
    assert loaded(paths[1])[0].drop(own).equals(from_file.drop(own))
    assert SOURCE.recognises(paths[0])
    assert SOURCE.print_rows(paths[1], [1])[1]["org_acronym"] == "NRC"


@needs_shared
@pytest.mark.parametrize(
    ("name", "rows_held", "countries"),
    [
        (
            "operational_presence_2025.csv",
            4_999,
            {"SOM": 1_921, "TCD": 1_505, "COD": 904, "ETH": 669},
        ),
        ("ethiopia_3w_2025_raw.csv", 7_324 - 4_202, {"ETH": 3_122}),
    ],
)
def test_real_file_holds_what_its_description_says(
    name: str, rows_held: int, countries: dict[str, int]
) -> None:
    path = REAL / name

    rows, bad = loaded(path)

    assert (rows.height, bad.height) == (rows_held, 0)
    assert dict(rows.group_by("country").len().rows()) == countries
    assert SOURCE.recognises(path)


@needs_shared
def test_displacement_sheets_and_organisation_names_are_no_presence() -> None:
    assert not SOURCE.recognises(REAL / "iom_dtm_somalia_2021.xlsx")
    assert not SOURCE.recognises(REAL / "organisation_name_map.csv")
