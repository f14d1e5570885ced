"""Refuse what is no table and no text, before it takes the place of good data."""

import re
import zipfile
from io import BytesIO

from evalbrief.sources.answer import Refused

# How files begin that are something else.
BEGINNINGS = (
    (b"\xd0\xcf\x11\xe0", "a file of Excel or another Office program"),
    (b"\x1f\x8b", "a compressed file"),
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a Word document"),
)
MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!|\?|[a-z])", re.IGNORECASE)
PASSWORD_FIELD = re.compile(rb"type\s*=\s*[\"']?password|sign ?in|log ?in|login|anmelden|connexion", re.IGNORECASE)
JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{]\s*[\"{\[]")
BLANK = re.compile(rb"(?:\xef\xbb\xbf)?\s*")
# No text has these, in whatever encoding.
BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
AGAIN = "Check the address, and open it in a browser to see what is there."
SAVE = "Put a CSV file there, saved from Excel as CSV UTF-8."


def refuse_other_content(file: str, data: bytes) -> None:
    """Raise Refused, saying what was found, when this cannot be the content of a table or text of this name."""
    if BLANK.fullmatch(data):
        raise Refused(f"the file is empty. {AGAIN}")
    if data.startswith(b"PK\x03\x04"):
        raise Refused(f"{_kind_of_package(data)} came in place of {_wanted(file)}. {SAVE}")
    for beginning, kind in BEGINNINGS:
        if data.startswith(beginning):
            raise Refused(f"{kind} came in place of {_wanted(file)}. {SAVE if file.endswith('.csv') else AGAIN}")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused("the text is in UTF-16. Save it as UTF-8.")
    if MARKUP.match(data):
        page = "a page to log in" if PASSWORD_FIELD.search(data) else "a web page"
        raise Refused(
            f"{page} came in place of {_wanted(file)}. Check user and secret, and that the address leads to the file "
            "itself."
        )
    if file.endswith(".csv") and JSON.match(data):
        raise Refused(f"JSON came in place of a table. {AGAIN}")
    if BINARY.search(data):
        raise Refused(f"this is no text. {AGAIN}")


def _wanted(file: str) -> str:
    return "a table" if file.endswith(".csv") else "a text"


def _kind_of_package(data: bytes) -> str:
    try:
        names = zipfile.ZipFile(BytesIO(data)).namelist()
    except zipfile.BadZipFile:
        return "a zip file"
    folders = {name.partition("/")[0] for name in names}
    return "an Excel workbook" if "xl" in folders else "a Word document" if "word" in folders else "a zip file"
