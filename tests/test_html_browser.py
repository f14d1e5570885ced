"""The web page of a small brief in a real browser: axe-core, the keyboard, no network, narrow windows, dark, print."""

from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize

import pytest
from axe import chromium, needs_browser, opened, violations
from html_sample import META, sample_fonts, write_tree
from playwright.sync_api import Browser, Page
from pypdf import PdfReader
from render_html import render_html
from test_render_html import FILES, THEME

pytestmark = [pytest.mark.xdist_group("html_browser"), needs_browser]
BEACON = "https://example.org/beacon.png"
INNER_WIDTH = """svg => {
  const { paddingLeft, paddingRight } = getComputedStyle(svg);
  return svg.getBoundingClientRect().width - parseFloat(paddingLeft) - parseFloat(paddingRight);
}"""
# Where a heading and the paragraph it opens stand: the foot of an empty box on their first lines.
BASELINES = """heading => {
  const text = heading.closest(".run-in").nextElementSibling;
  const foot = (element) => {
    const box = document.createElement("i");
    box.style.display = "inline-block";
    element.prepend(box);
    return box.getBoundingClientRect().bottom;
  };
  return [foot(heading.firstElementChild), foot(text.matches("p") ? text : text.querySelector("p"))];
}"""


@pytest.fixture(scope="module")
def brief(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Render the small brief."""
    folder = tmp_path_factory.mktemp("build")
    html = folder / "brief.fr.html"
    render_html(tree=str(write_tree(folder)), theme=THEME, **sample_fonts(folder), html=str(html), **FILES)
    return html


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start one browser for all tests."""
    with chromium() as started:
        yield started


def column(page: Page, number: int = 1) -> list[str]:
    """Read the cells of a column of the table's body."""
    cells = page.locator(f"tbody tr > :nth-child({number})").all_inner_texts()
    return [cell.replace("\u00a0", " ").replace("\u202f", " ") for cell in cells]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(browser: Browser, brief: Path, width: int, scheme: str) -> None:
    with opened(browser, brief, width, scheme, bypass_csp=True) as page:
        assert violations(page) == []
        page.get_by_role("button", name="Valeur").click()
        page.locator("summary").click()
        page.locator("#rec-a .anchor").focus()
        assert violations(page) == []


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ('aria-label="Une frise de 2020 à 2024."', "", "svg-img-alt"),
        ('aria-label="Lien vers Logique"', "", "link-name"),
        (".keywords {", ".keywords { color: #bbb;", "color-contrast"),
        (' lang="fr-FR"', "", "html-has-lang"),
        ('lang="en"', 'lang="xx-none"', "valid-lang"),
        (f"<title>[{META['draft']}] {META['title']} – {META['series']}", "<title>", "document-title"),
        ('<main id="text" tabindex="-1">', '<div id="text">', "landmark-one-main"),
        ("<h1>", "<button></button><h1>", "button-name"),
        ("<h1>", '<img src="data:," ><h1>', "image-alt"),
        ("<h3", "<h5", "heading-order"),
        ('scope="col"', 'scope="colum"', "scope-attr-valid"),
        ('role="status"', 'role="status" aria-live="loud"', "aria-valid-attr-value"),
        ('role="status"', 'role="statuss"', "aria-roles"),
        ("<dl>", "<dl><p>x</p>", "definition-list"),
        ("initial-scale=1", "initial-scale=1, user-scalable=no", "meta-viewport"),
    ],
)
def test_axe_notices(browser: Browser, brief: Path, tmp_path: Path, old: str, new: str, rule: str) -> None:
    html = brief.read_text(encoding="utf-8")
    assert old in html
    broken = tmp_path / "broken.html"
    broken.write_text(html.replace(old, new, 1), encoding="utf-8")
    with opened(browser, broken, bypass_csp=True) as page:
        assert rule in {found.partition(":")[0] for found in violations(page)}


def test_sorts_numbers_by_click_with_gaps_last(browser: Browser, brief: Path) -> None:
    with opened(browser, brief) as page:
        original = column(page)
        button, head = page.get_by_role("button", name="Valeur"), page.locator("thead th").nth(1)
        assert button.get_attribute("title") == "Trier par Valeur" and head.get_attribute("aria-sort") is None
        button.click()
        assert column(page) == ["Zambie", "Égypte", "Mali", "Bénin"]
        assert head.get_attribute("aria-sort") == "ascending"
        assert page.get_by_role("status").inner_text() == "Trié par Valeur, ordre croissant"
        button.click()
        assert column(page) == ["Mali", "Égypte", "Zambie", "Bénin"]
        assert head.get_attribute("aria-sort") == "descending"
        button.click()
        assert column(page) == original and head.get_attribute("aria-sort") is None
        assert page.get_by_role("status").inner_text() == "Ordre initial rétabli"
        assert page.locator("tfoot th").inner_text() == "Total"


def test_sorts_words_by_keyboard_as_the_language_does(browser: Browser, brief: Path) -> None:
    with opened(browser, brief) as page:
        page.get_by_role("button", name="Pays").focus()
        page.keyboard.press("Enter")
        assert column(page) == ["Bénin", "Égypte", "Mali", "Zambie"]
        page.keyboard.press("Space")
        assert column(page) == ["Zambie", "Mali", "Égypte", "Bénin"]
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert column(page, 3)[-1] == "non communiqué" and page.locator("[aria-sort]").count() == 1


def test_is_whole_without_script(browser: Browser, brief: Path) -> None:
    with opened(browser, brief, java_script_enabled=False) as page:
        assert page.locator("thead th").all_inner_texts() == ["Pays", "Valeur", "Mode"]
        page.locator("summary").click()
        page.get_by_role("link", name="Pertinence", exact=True).click()
        assert page.url.endswith("#relevance")


@pytest.mark.parametrize("shut", [True, False])
def test_lets_nothing_in(browser: Browser, brief: Path, tmp_path: Path, shut: bool) -> None:
    planted = tmp_path / "planted.html"
    html = brief.read_text(encoding="utf-8")
    planted.write_text(html.replace("<h1>", f'<img src="{BEACON}" alt=""><h1>'), encoding="utf-8")
    asked: list[str] = []
    with opened(browser, brief) as page:
        page.on("request", lambda request: asked.append(request.url))
        page.reload()
        page.get_by_role("button", name="Valeur").click()
        assert [address for address in asked if not address.startswith(("file:", "data:"))] == []
    with opened(browser, planted, bypass_csp=not shut) as page:
        page.route("**/*", lambda route: (asked.append(route.request.url), route.continue_()))
        page.context.set_offline(True)
        page.reload()
        assert (BEACON in asked) is not shut


def test_fits_a_phone(browser: Browser, brief: Path) -> None:
    with opened(browser, brief, width=320) as page:
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        frame = page.get_by_role("region", name="Figure 1. Calendrier")
        frame.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(500)
        assert frame.evaluate("frame => frame.scrollLeft") > 0
        assert not page.locator(".contents details").evaluate("details => details.open")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_shows_that_there_is_more_to_the_side(browser: Browser, brief: Path, scheme: str) -> None:
    with opened(browser, brief, 360, scheme) as page:
        frame = page.get_by_role("region", name="Figure 1. Calendrier")
        smallest = 7.5 / 480 * frame.locator("svg").evaluate(INNER_WIDTH)
        assert smallest >= 8.9
        edge = "frame => { const s = getComputedStyle(frame, '::after'); return [s.content, s.position, s.width] }"
        assert frame.evaluate(edge) == ['""', "sticky", "32px"]
        frame.evaluate("frame => { frame.scrollLeft = frame.scrollWidth }")
        page.wait_for_timeout(200)
        assert frame.evaluate(edge)[0] == "none"
        assert page.locator(".frame figcaption, table caption").count() == 0


@pytest.mark.parametrize("width", [360, 1280])
def test_links_are_as_large_as_a_finger_needs(browser: Browser, brief: Path, width: int) -> None:
    with opened(browser, brief, width) as page:
        links = page.locator("main a, .contents summary").all()
        boxes = {link.evaluate("link => link.outerHTML"): link.bounding_box() for link in links}
        small = [html for html, box in boxes.items() if box and min(box["width"], box["height"]) < 24]
        assert len(boxes) > 12 and small == []


@pytest.mark.parametrize("width", [768, 1440])
@pytest.mark.parametrize("name", ["#relevance", "#rec-a-heading"])
def test_a_name_shares_the_baseline_of_its_text(browser: Browser, brief: Path, width: int, name: str) -> None:
    with opened(browser, brief, width) as page:
        baselines = page.locator(name).evaluate(BASELINES)
        assert abs(baselines[0] - baselines[1]) < 0.6


def test_uses_a_wide_screen(browser: Browser, brief: Path) -> None:
    with opened(browser, brief, width=1440) as page:
        assert page.locator(".frame[role], .frame[tabindex]").count() == 0
        assert page.locator(".contents details").evaluate("details => details.open")
        family = page.evaluate("document.fonts.check('16px \"Noto Sans\"') && document.fonts.size")
        assert family == 4


def test_dark_is_dark(browser: Browser, brief: Path) -> None:
    with opened(browser, brief, scheme="dark") as page:
        red, green, blue = page.evaluate("getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/g)")
        assert max(int(red), int(green), int(blue)) < 60


def test_prints_its_marks_on_every_page(browser: Browser, tmp_path: Path) -> None:
    html, pdf = tmp_path / "brief.fr.html", tmp_path / "printed.pdf"
    tree = write_tree(tmp_path, here="mot " * 1500)
    render_html(tree=str(tree), theme=THEME, web_fonts=[], fonts=[], html=str(html), **FILES)
    with opened(browser, html, scheme="dark") as page:
        page.pdf(path=str(pdf), prefer_css_page_size=True)
    pages = [" ".join(normalize("NFKC", page.extract_text()).split()) for page in PdfReader(pdf).pages]
    assert len(pages) >= 3
    for number, text in enumerate(pages, start=1):
        assert [text.count(META[name]) for name in ("draft", "notice", "series")] == [1, 1, 1]
        assert f"{number} / {len(pages)}" in text
    assert "Liste des tableaux" in pages[-1]
    assert "Sommaire" not in "".join(pages) and "#" not in "".join(pages)
