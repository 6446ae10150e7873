import zipfile
from pathlib import Path

import pytest

from stabilis.connectors import SourceRefused
from stabilis.connectors.reading import workbook
from stabilis.connectors.reading.workbook import Line

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
RELATED = "application/vnd.openxmlformats-package.relationships+xml"
TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="{RELATED}"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def written(path: Path, **sheets: str) -> Path:
    """Write the least workbook that a spreadsheet opens: sheets by name, as rows of XML."""
    listed = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(sheets, start=1)
    )
    links = "".join(
        link(number, kind="worksheet", target=f"worksheets/s{number}.xml")
        for number in range(1, len(sheets) + 1)
    )
    root = link(1, kind="officeDocument", target="xl/workbook.xml")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", related(root))
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
        )
        archive.writestr("xl/_rels/workbook.xml.rels", related(links))
        for number, rows in enumerate(sheets.values(), start=1):
            archive.writestr(
                f"xl/worksheets/s{number}.xml",
                f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>',
            )
    return path


def link(number: int, *, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'


def related(links: str) -> str:
    return f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'


def row(number: int, **cells: str) -> str:
    made = "".join(
        f'<c r="{letter}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
        for letter, text in cells.items()
    )
    return f'<row r="{number}">{made}</row>'


def test_cells_are_read_as_text_when_they_are_numbers_flags_or_empty(tmp_path: Path) -> None:
    numbers = '<c r="A2"><v>1996</v></c><c r="B2"><v>0.5</v></c>'
    flag = '<c r="D2" t="b"><v>1</v></c>'
    path = written(tmp_path / "book.xlsx", Only=f'<row r="2">{numbers}{flag}</row>')

    rows = workbook.rows(path)

    assert rows == [[None, None, None, None], ["1996", "0.5", None, "1"]]


def test_rows_are_numbered_through_all_sheets_when_there_are_several(tmp_path: Path) -> None:
    first = row(1, A="a") + row(2, A="b")
    path = written(tmp_path / "book.xlsx", First=first, Second=row(1, A="c"))

    lines = list(workbook.lines(path, sheets=["Second"]))

    assert lines == [Line(number=3, sheet="Second", row=1, cells=("c",))]


def test_printed_row_names_sheet_row_and_column_letters(tmp_path: Path) -> None:
    path = written(tmp_path / "book.xlsx", First=row(1, A="a"), Second=row(1, A="c", C="d"))

    printed = workbook.print_rows(path, [2])

    assert printed == {2: {"sheet": "Second", "row": "1", "A": "c", "C": "d"}}


def test_missing_sheet_is_refused_with_the_sheets_that_are_there(tmp_path: Path) -> None:
    path = written(tmp_path / "book.xlsx", First=row(1, A="a"))

    with pytest.raises(SourceRefused, match="lacks the sheet Other; it holds First"):
        workbook.rows(path, "Other")


@pytest.mark.parametrize("column", ["XFD", "xfd"])
def test_two_cells_in_far_corners_are_refused_before_memory_is_asked_for(
    tmp_path: Path, column: str
) -> None:
    far = row(1, A="a") + row(1_048_576, **{column: "b"})
    path = written(tmp_path / "book.xlsx", First=far)

    with pytest.raises(SourceRefused, match="spans 16,384 columns by 1,048,576 rows"):
        workbook.rows(path)


def test_zip_bomb_is_refused_by_what_it_would_unpack_to(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/s1.xml", " " * 50_000_000)

    with pytest.raises(SourceRefused, match="would unpack to 50,000,000"):
        workbook.rows(path)


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9, 0.99])
def test_cut_workbook_is_refused_and_not_recognised(tmp_path: Path, kept: float) -> None:
    path = written(tmp_path / "book.xlsx", First=row(1, A="a"))
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * kept)])

    assert workbook.has_sheets(path, "First") is False
    with pytest.raises(SourceRefused, match="the workbook is cut or is no XLSX file"):
        workbook.rows(path)


def test_workbook_of_another_kind_of_content_is_refused_as_damaged(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "no workbook")

    with pytest.raises(SourceRefused, match="the workbook is damaged"):
        workbook.rows(path)


def test_workbook_is_recognised_by_the_names_of_its_sheets(tmp_path: Path) -> None:
    path = written(tmp_path / "book.xlsx", First=row(1, A="a"), Second=row(1, A="b"))

    assert workbook.has_sheets(path, "First", "Second") is True
    assert workbook.has_sheets(path, "First", "Third") is False
