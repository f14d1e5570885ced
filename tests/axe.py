"""Run axe-core on a page in Chromium."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

SCRIPT = Path(__file__).parent / "node_modules/axe-core/axe.min.js"
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
ABSENT = [str(path.name) for path in (SCRIPT, CHROMIUM) if not path.exists()]
# Where everything has to be there, a test that cannot run has failed.
needs_browser = pytest.mark.skipif(
    bool(ABSENT) and not os.environ.get("CI"), reason=f"not installed: {', '.join(ABSENT)}"
)
# Off by default in axe-core, but asked for by WCAG 2.2 AA.
OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast"]}


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a browser for a while."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(browser: Browser, html: Path, width: int = 1280, scheme: Any = "light", **options: Any) -> Iterator[Page]:
    """Open a page in a window of its own; `options` are those of a browser context."""
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, **options)
    try:
        page = context.new_page()
        page.goto(html.resolve().as_uri())
        page.wait_for_timeout(100)
        yield page
    finally:
        context.close()


def violations(page: Page, options: dict[str, Any] = OPTIONS) -> list[str]:
    """List what axe-core finds as "rule: place"; the page must be opened with bypass_csp, which lets axe-core in."""
    page.add_script_tag(content=SCRIPT.read_text(encoding="utf-8"))
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    return [f"{rule['id']}: {node['target'][0]}" for rule in found for node in rule["nodes"]]
