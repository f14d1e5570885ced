"""Finish the content controls of the quick facts: which hold plain text, which show that a value is missing."""

from typing import Any

from evalbrief.document.docx.package import W, element

GAP_STYLE = "Gap"


def finish_controls(body: Any) -> None:
    """Make a control plain text where its value is one run, and a placeholder where that run is a gap.

    Plain text keeps what people type in the look of the table. As a placeholder, a gap is chosen whole by one click in
    Word, the typed value takes its place and not its look, and `w:showingPlcHdr` then goes away by itself. A gap is not
    plain text, for LibreOffice 7.4 shows that without its style.
    """
    for control in body.iter(f"{W}sdt"):
        runs = list(control.find(f"{W}sdtContent"))
        if len(runs) == 1 and [child.tag for child in runs[0] if child.tag != f"{W}rPr"] == [f"{W}t"]:
            style = runs[0].find(f"{W}rPr/{W}rStyle")
            gap = style is not None and style.get(f"{W}val") == GAP_STYLE
            control.find(f"{W}sdtPr").append(element("showingPlcHdr" if gap else "text"))
