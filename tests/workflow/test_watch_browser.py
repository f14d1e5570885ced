"""Somebody writes, and sees it in a real browser: the page comes anew, faults are laid over it, Ctrl-C ends it all."""

import re
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from axe import chromium, needs_browser, violations
from evalbrief.watch.server import Preview
from evalbrief.watch.state import State
from playwright.sync_api import Browser, Page, expect
from waiting import wait_until
from workflow.project import Project

pytestmark = [pytest.mark.xdist_group("html_browser"), needs_browser]
TEXT, TABLE = "data/tiny/text/fr/purpose.md", "data/tiny/survey.csv"
RIGHT, WRONG = "useful,Le projet est utile,2,20", "useful,Le projet est utile,2,<b>vingt</b>"
PATIENCE = 60_000
ROOT = Path(__file__).parents[2]
MOST_CONNECTIONS = 6
# Headless, Chromium sees every tab.
LOOK = """seen => {
    Object.defineProperty(document, "visibilityState", { value: seen ? "visible" : "hidden", configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start one browser for all tests."""
    with chromium() as started:
        yield started


@pytest.fixture
def watched(built: Project, tmp_path: Path) -> Project:
    """A built project in a folder with a difficult name."""
    return built.copy(tmp_path / "projet d'été 50 %")


@pytest.fixture
def watching(watched: Project) -> Iterator[subprocess.Popen[str]]:
    """The command that watches it."""
    command = watched.start("watch", "--only", "tiny", "--no-browser")
    yield command
    if command.poll() is None:
        command.kill()
        command.wait()


def address_of(command: subprocess.Popen[str]) -> str:
    """Read where the preview is."""
    assert command.stdout
    found = re.match(r"(http://127\.0\.0\.1:\d+/) ", command.stdout.readline())
    assert found
    return found[1]


def position(page: Page) -> float:
    """Tell where the last section stands in the window."""
    return page.locator("#conclusion").evaluate("section => section.getBoundingClientRect().top")


def test_what_is_written_is_shown(watched: Project, watching: subprocess.Popen[str], browser: Browser) -> None:
    address = address_of(watching)
    html = watched.path("build/tiny/brief.fr.html")
    with browser.new_context(color_scheme="dark") as context, browser.new_context(bypass_csp=True) as open_to_axe:
        page, judged = context.new_page(), open_to_axe.new_page()
        page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.goto(address)
        page.get_by_role("link", name="tiny (fr)", exact=True).click()
        status = page.get_by_role("status").filter(has_text="Up to date")
        expect(status).to_be_visible()
        expect(page.get_by_role("link", name="PDF", exact=True)).to_have_attribute("href", "/tiny/brief.fr.pdf")
        assert context.request.get(f"{address}tiny/brief.fr.pdf").body().startswith(b"%PDF")

        # A text above what is being read: the page comes anew, and stands where it stood.
        page.evaluate("document.querySelector('#conclusion').scrollIntoView({ behavior: 'instant' })")
        page.evaluate("scrollBy({ top: 30, behavior: 'instant' })")
        page.wait_for_timeout(100)
        before, last = position(page), watched.path(TEXT).read_text(encoding="utf-8")
        watched.path(TEXT).write_text(f"Un mot neuf : libellule.\n\n{last}", encoding="utf-8")
        expect(page.get_by_text("libellule")).to_be_attached()
        expect(status).to_be_visible()
        assert abs(position(page) - before) < 2 and page.evaluate("scrollY") > 500

        # A fault: the last good page stays, with the sentence over it.
        watched.replace(TABLE, RIGHT, WRONG)
        alert = page.get_by_role("alert")
        expect(alert).to_contain_text(
            'data/tiny/survey.csv, row 3, column "respondents": "<b>vingt</b>" is not a number'
        )
        assert alert.locator("b").count() == 0 and page.get_by_text("libellule").count() == 1
        red, green, blue = alert.evaluate(
            "alert => getComputedStyle(alert.parentElement).backgroundColor.match(/\\d+/g).map(Number)"
        )
        assert max(red, green, blue) < 90
        for place in ("", "tiny/brief.fr.html"):
            judged.goto(address + place)
            expect(judged.get_by_role("alert")).to_contain_text("is not a number")
            for scheme in ("light", "dark"):
                judged.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                assert violations(judged) == []
        page.get_by_role("button", name="Hide").click()
        expect(alert).to_be_hidden()

        # Mended: it goes.
        page.reload()
        expect(alert).to_be_visible()
        watched.replace(TABLE, WRONG, RIGHT)
        expect(alert).to_be_hidden()
        expect(status).to_be_visible()
        assert errors == []
        assert "EventSource" not in html.read_text(encoding="utf-8")

        # Ctrl-C in the middle of a build: nothing is left, and the page says so.
        watched.replace(TEXT, "libellule", "papillon")
        expect(page.get_by_role("status").filter(has_text="Building")).to_be_visible()
        family = psutil.Process(watching.pid).children(recursive=True)
        assert family
        watching.send_signal(signal.SIGINT)
        said, _ = watching.communicate(timeout=30)
        assert watching.returncode == 0 and said.endswith("\nThe briefs are not watched any more.\n")
        wait_until(lambda: not any(process.is_running() for process in family))
        expect(page.get_by_role("status").filter(has_text="Not watched")).to_be_visible()
        assert "Traceback" not in said


@pytest.fixture
def preview(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Preview]:
    """A server that shows a page which nobody builds."""
    for path, text in (("data/tiny/evaluation.yaml", ""), ("build/tiny/brief.fr.html", "<body>Un</body>")):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text(text)
    shutil.copytree(ROOT / "templates/html", tmp_path / "templates/html")
    monkeypatch.chdir(tmp_path)
    state = State()
    with Preview(0, ["tiny"], state) as serving:
        thread = threading.Thread(target=serving.serve_forever, args=[0.01])
        thread.start()
        yield serving
        state.end()
        serving.shutdown()
        thread.join()


def test_a_tab_that_nobody_sees_leaves_its_connection_to_others(preview: Preview, browser: Browser) -> None:
    address = f"{preview.address}tiny/brief.fr.html"
    with browser.new_context() as context:
        context.set_default_timeout(10_000)
        tabs: list[Page] = []
        for _ in range(MOST_CONNECTIONS + 1):
            for tab in tabs[-1:]:
                tab.evaluate(LOOK, False)
            tabs.append(context.new_page())
            tabs[-1].goto(address)
            expect(tabs[-1].get_by_role("status")).to_have_text("Up to date", timeout=10_000)
        Path("build/tiny/brief.fr.html").write_text("<body>Deux</body>")
        preview.state.finish(["tiny"], {})
        expect(tabs[-1].get_by_text("Deux")).to_be_attached()
        assert tabs[0].get_by_text("Deux").count() == 0
        tabs[0].evaluate(LOOK, True)
        expect(tabs[0].get_by_text("Deux")).to_be_attached()
        preview.state.wait_for_another()
        expect(tabs[0].get_by_role("status")).to_have_text("Waiting for another build …")
