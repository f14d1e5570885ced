"""The status page in a real browser: the same with and without search and filters; what data say is never markup."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from axe import chromium, needs_browser, opened, violations
from evalbrief.publish.status import Row, read_status, render_page, write_status
from playwright.sync_api import Browser, Page
from test_render_html import THEME

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.xdist_group("html_browser"), needs_browser]
FAULT = 'data/work/survey.csv, row 3: "many" is not a number.'
ROWS = [
    Row(
        *("water", "L'eau : évaluation finale", "published", ["fr", "en"], "2026-11-29T21:00:00Z"),
        documents=["water/brief.fr.pdf"],
    ),
    Row("work", "Travail <b>décent</b>", "held", ["fr"], "", reasons=[FAULT]),
    Row("soil", "Suelos", "draft", ["es"], "", findings=["soil is long."], last_change=["2 changes", "- people: 4"]),
]


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("d'été") / "index.html"
    path.write_text(render_page(ROWS, THEME, moment="2026-11-30T06:30:00Z", outcome="held back"), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start one browser for all tests."""
    with chromium() as started:
        yield started


def names(page: Page) -> list[str]:
    return page.locator("tbody tr:visible .name").all_inner_texts()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(browser: Browser, page_file: Path, width: int, scheme: str) -> None:
    with opened(browser, page_file, width, scheme, bypass_csp=True) as page:
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_rows_are_searched_and_filtered(browser: Browser, page_file: Path) -> None:
    with opened(browser, page_file) as page:
        assert names(page) == ["water", "work", "soil"]
        page.get_by_label("Search").fill("evaluation FINALE")
        assert names(page) == ["water"] and page.get_by_role("status").inner_text() == "1 of 3"
        page.get_by_label("Search").fill("")
        page.get_by_label("State").select_option("held")
        assert names(page) == ["work"]
        page.get_by_label("State").select_option("")
        page.get_by_label("Language").select_option("es")
        assert names(page) == ["soil"]


def test_words_are_words(browser: Browser, page_file: Path) -> None:
    with opened(browser, page_file) as page:
        assert "Travail <b>décent</b>" in page.locator("tbody tr").nth(1).inner_text()
        assert page.locator("tbody b").count() == 0


def test_without_script_everything_is_there(browser: Browser, page_file: Path) -> None:
    with opened(browser, page_file, java_script_enabled=False) as page:
        assert names(page) == ["water", "work", "soil"]
        assert not page.get_by_label("Search").is_visible()
        assert page.get_by_role("link", name="PDF, fr, L'eau").get_attribute("href") == "water/brief.fr.pdf"


def test_a_good_run_is_one_without_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for place in ("templates", "scripts"):
        (tmp_path / place).symlink_to(ROOT / place)
    monkeypatch.chdir(tmp_path)
    water, work, _ = ROWS
    troubled = replace(water, sources=["survey.csv: the server answers 404."])
    for hour, row, last in ((6, water, 6), (7, troubled, 6), (8, work, 6), (9, water, 9)):
        write_status([row], THEME, outcome="nothing new", moment=f"2026-11-30T0{hour}:00:00Z")
        assert read_status()["last_good_run"] == f"2026-11-30T0{last}:00:00Z"
    write_status([troubled], THEME, outcome="nothing new", moment="2026-11-30T10:00:00Z")
    assert "the server answers 404" in Path("build/index.html").read_text(encoding="utf-8")
