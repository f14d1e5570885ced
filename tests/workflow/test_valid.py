"""The finished documents before every validator: no finding in any of them, in any language."""

from collections.abc import Iterator

import axe
import docx_checks
import html_checks
import openxml
import pdf_checks
import pdf_layout
import pytest
import verapdf
from pdf_text import Document
from playwright.sync_api import Browser
from workflow.project import Brief

FAMILIES = ["Noto Sans", "Overpass"]
# In the dark only colours are others.
RULES = {"light": (axe.OPTIONS, (360, 768, 1440)), "dark": (axe.COLOURS, (360, 1440))}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with axe.chromium() as browser:
        yield browser


@pytest.mark.parametrize("flavour", ["ua1", "3a"])
def test_pdf_before_verapdf(brief: Brief, flavour: str) -> None:
    assert verapdf.failures(str(brief.path("pdf")), flavour) == []


def test_pdf_before_our_own_checks(brief: Brief) -> None:
    assert pdf_checks.faults(brief.path("pdf"), brief.path("json"), FAMILIES) == []


def test_pages_break_where_they_may(brief: Brief) -> None:
    pdf, tree = Document(brief.path("pdf")), brief.tree
    assert [*pdf_layout.orphan_headings(pdf), *pdf_layout.short_pages(pdf), *pdf_layout.early_figures(pdf)] == []
    assert [*pdf_layout.split_cards(pdf, tree), *pdf_layout.distant_figures(pdf, tree)] == []
    assert [*pdf_layout.cut_paragraphs(pdf), *pdf_layout.distant_notes(pdf)] == []


def test_docx_before_the_open_xml_sdk(brief: Brief) -> None:
    assert openxml.sdk_findings(brief.path("docx")) == []


def test_docx_before_openxml_audit(brief: Brief) -> None:
    assert openxml.audit_findings(brief.path("docx")) == []


def test_docx_before_our_own_checks(brief: Brief) -> None:
    assert docx_checks.findings(brief.path("docx")) == []


def test_page_before_our_own_checks(brief: Brief) -> None:
    html = brief.path("html").read_text(encoding="utf-8")
    assert html_checks.faults(html, brief.tree, brief.words("draft"), brief.words("notice")) == []


@axe.needs_browser
@pytest.mark.parametrize("scheme", RULES)
def test_page_before_axe(browser: Browser, brief: Brief, scheme: str) -> None:
    rules, widths = RULES[scheme]
    for width in widths:
        with axe.opened(browser, brief.path("html"), width, scheme, bypass_csp=True) as page:
            assert axe.violations(page, rules) == [], width
