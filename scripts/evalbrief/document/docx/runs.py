"""The runs of a Word document: join those that look alike, put words in place of names in braces."""

import re
from typing import Any

import lxml.etree as etree

from evalbrief.document.docx.package import WP, W

NAME = re.compile(r"\{(\w+)\}")
# What Word's spelling check leaves between runs.
MARKS_OF_WORD = (f"{W}proofErr", f"{W}lastRenderedPageBreak")


def join_runs(body: Any) -> None:
    """Join neighbouring runs of text that look alike: pandoc writes one for each word and each space."""
    for run in list(body.iter(f"{W}r")):
        before = run.getprevious()
        if before is not None and _is_text(run) and _is_text(before) and _look(run) == _look(before):
            before[-1].text += run[-1].text
            run.getparent().remove(run)


def fill_words(part: Any, words: dict[str, str]) -> None:
    """Put words in place of the names in braces ({short_title}), also in the alternative texts of pictures.

    A paragraph that this leaves empty is dropped, but for the last of a header or footer: Word wants one.
    """
    for mark in [mark for name in MARKS_OF_WORD for mark in part.iter(name)]:
        mark.getparent().remove(mark)
    join_runs(part)
    for picture in part.iter(f"{WP}docPr"):
        picture.set("descr", _filled(picture.get("descr", ""), words))
    for paragraph in list(part.iter(f"{W}p")):
        texts = [text for text in paragraph.iter(f"{W}t") if NAME.search(text.text or "")]
        for text in texts:
            text.text = _filled(text.text, words)
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        others = [other for other in paragraph.getparent().findall(f"{W}p") if other is not paragraph]
        if texts and others and not "".join(paragraph.itertext(f"{W}t")):
            paragraph.getparent().remove(paragraph)


def _filled(text: str, words: dict[str, str]) -> str:
    return NAME.sub(lambda name: words.get(name[1], name[0]), text)


def _is_text(run: Any) -> bool:
    children = [child.tag for child in run if child.tag != f"{W}rPr"]
    return run.tag == f"{W}r" and children == [f"{W}t"]


def _look(run: Any) -> bytes:
    look = run.find(f"{W}rPr")
    return b"" if look is None else etree.tostring(look, method="c14n")
