"""An auditor traces one number from the page to the source row, with and without JavaScript."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no-script"])
def test_an_auditor_traces_a_number_from_the_page_to_the_source_row(
    visit: Callable[..., "Page"], *, has_script: bool
) -> None:
    page = visit("/", java_script_enabled=has_script)

    page.get_by_role("link", name="Mali").first.click()
    number = page.locator("#violence .number").first
    value = number.locator(".value").inner_text()
    number.get_by_role("link").click()
    assert page.locator(".cite .value").inner_text() == value
    assert page.locator("tbody tr").count() == 1
    page.get_by_role("link", name="Source row").click()

    printed = page.locator("tr", has_text="cumulative_total_deaths_in_orgvio_best_cy").first
    assert printed.locator("td").first.inner_text() == value.replace(",", "")
    assert "sha256" in page.locator("main").inner_text()


def test_a_reader_moves_the_map_to_another_year_without_javascript(
    visit: Callable[..., "Page"],
) -> None:
    page = visit("/country/mli/?year=2012#map", java_script_enabled=False)

    assert "in 2012" in page.locator("#map figure .title").inner_text()

    page.goto(page.url.replace("year=2012", "year=2021"))

    assert page.locator("#map figure .title").inner_text().startswith("2021: not held")


def test_an_adviser_reads_why_a_claim_is_judged_as_it_is(visit: Callable[..., "Page"]) -> None:
    page = visit("/country/mli/")

    page.locator("#claim").get_by_role("link", name="why?").last.click()

    text = page.locator("main").inner_text()
    assert "partly supported" in text
    assert "outcome-evidence, version 1" in text
    assert "Right of reply" in text
