"""What every page keeps: no axe finding, light, narrow, mirrored, printable, and small to load."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

PAGES = [
    "/",
    "/country/afg/",
    "/country/mli/",
    "/country/som/",
    "/country/xkx/",
    "/country/mli/violence/?year=2022&figure=state_based_best",
    "/claim/mli-stability-and-security/",
    "/flows/",
    "/sources/",
    "/unknowns/",
    "/method/hhi/",
    "/country/mli/?mode=known&until=2021-08-15",
    "/nothing/",
]
LARGEST_LOAD = 100_000
TRANSFERRED = """() => performance.getEntriesByType("resource")
    .concat(performance.getEntriesByType("navigation"))
    .reduce((sum, entry) => sum + entry.transferSize, 0)"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [path for path in PAGES if path != "/nothing/"])
def test_axe_finds_nothing(visit: Callable[..., "Page"], path: str, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = visit(path, color_scheme=scheme)

    found = axe.run(page)

    assert found.response["violations"] == [], found.generate_report()


@pytest.mark.parametrize("path", [path for path in PAGES if path != "/nothing/"])
def test_a_first_load_stays_under_100_kb(visit: Callable[..., "Page"], path: str) -> None:
    page = visit(path)

    assert page.evaluate(TRANSFERRED) < LARGEST_LOAD


@pytest.mark.parametrize("language", ["", "/ar"])
@pytest.mark.parametrize("width", [1440, 390, 360])
@pytest.mark.parametrize("path", ["/", "/country/afg/", "/country/xkx/", "/flows/", "/sources/"])
def test_no_page_is_wider_than_its_window(
    visit: Callable[..., "Page"], path: str, width: int, language: str
) -> None:
    page = visit(language + path, width=width)

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_right_to_left_page_mirrors_and_its_charts_do_not(visit: Callable[..., "Page"]) -> None:
    page = visit("/ar/country/mli/")

    rooms, main = page.locator(".rooms").bounding_box(), page.locator("main").bounding_box()

    assert page.evaluate("document.documentElement.dir") == "rtl"
    assert rooms is not None
    assert main is not None
    assert rooms["x"] > main["x"]
    assert set(page.locator(".picture").evaluate_all("list => list.map(e => e.dir)")) == {"ltr"}


def test_print_leaves_out_rooms_and_forms(visit: Callable[..., "Page"]) -> None:
    page = visit("/country/mli/")

    page.emulate_media(media="print")

    assert not page.locator(".rooms").is_visible()
    assert not page.locator("form.ask").first.is_visible()
    assert page.locator("#violence figure").is_visible()


def test_a_chart_and_the_map_can_be_explored_on_demand(visit: Callable[..., "Page"]) -> None:
    page = visit("/country/mli/")
    explore = page.locator("#violence [data-explore=chart]")
    if explore.count() == 0:
        pytest.skip("the browser assets are not built (make assets)")
    target = page.locator("#violence .picture")
    still = target.inner_html()

    explore.click()
    page.wait_for_timeout(3000)

    assert target.inner_html() != still
    assert target.locator("svg").count() == 1
    page.locator("#map [data-explore=map]").click()
    page.locator("#map canvas").wait_for(timeout=20_000)
