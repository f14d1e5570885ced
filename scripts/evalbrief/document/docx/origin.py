"""Name in a Word document the tree that it was made from, so that a file that comes back is known again.

The name is a bookmark: Word and LibreOffice keep these.
"""

import hashlib
from typing import Any

from evalbrief.document.docx.package import DOCUMENT, Parts, W, element, from_outside

PREFIX = "brief_made_from_"
DIGITS = 16


def digest_of(tree: bytes) -> str:
    """Digest the file of a tree."""
    return hashlib.sha256(tree).hexdigest()[:DIGITS]


def mark_origin(document: Any, digest: str) -> None:
    """Put the bookmark round the first paragraph of the document's tree."""
    number = str(1 + max((int(mark.get(f"{W}id")) for mark in document.iter(f"{W}bookmarkStart")), default=0))
    first: Any = document.find(f"{W}body/{W}p")
    properties = first.find(f"{W}pPr")
    first.insert(0 if properties is None else 1, element("bookmarkStart", id=number, name=f"{PREFIX}{digest}"))
    first.append(element("bookmarkEnd", id=number))


def read_origin(parts: Parts) -> str:
    """Return the digest of the tree that a document was made from; nothing when the bookmark is gone."""
    for mark in from_outside(parts[DOCUMENT]).iter(f"{W}bookmarkStart"):
        if mark.get(f"{W}name", "").startswith(PREFIX):
            return mark.get(f"{W}name").removeprefix(PREFIX)
    return ""
