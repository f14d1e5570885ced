"""Drawings as parts of a page."""

import pytest
from evalbrief.document.html.drawing import PageError, drawing

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9pt" height="6pt">'
    "{}</svg>"
)


def draw(content: str, root: str = SVG) -> str:
    """Set a drawing into a page."""
    return drawing(root.format(content).encode(), "fig-a", 'Une "frise" <longue>')


def test_is_an_image_with_a_name_and_its_own_size() -> None:
    assert draw("<g/>") == (
        '<svg role="img" aria-label="Une &quot;frise&quot; &lt;longue&gt;" viewBox="0 0 9 6"'
        ' stroke-linejoin="round" stroke-linecap="butt"><g/></svg>'
    )


def test_ids_are_those_of_the_figure() -> None:
    made = draw('<path id="p" d="M 0 0\n L 1 1"/><use xlink:href="#p"/><g clip-path="url(#p)"/>')
    assert '<path id="fig-a-p" d="M 0 0 L 1 1"/><use href="#fig-a-p"/><g clip-path="url(#fig-a-p)"/>' in made


def test_styles_become_attributes_and_style_sheets_go() -> None:
    made = draw('<defs><style>* { fill: red }</style></defs><rect style="fill: #fff; stroke-width: 0.6;"/>')
    assert '<defs/><rect fill="#fff" stroke-width="0.6"/>' in made


def test_words_stay() -> None:
    assert "<text>Un <tspan>deux</tspan> trois</text>" in draw(
        "<title>x</title><text>Un <tspan>deux</tspan> trois</text>"
    )


@pytest.mark.parametrize(
    "content",
    [
        "<script/>",
        "<foreignObject/>",
        '<image href="data:,"/>',
        '<a href="#x"/>',
        '<rect onclick="x()"/>',
        '<use href="other.svg#x"/>',
        '<rect style="fill: url(https://example.org/x)"/>',
        '<rect fill="url(other.svg#x)"/>',
    ],
)
def test_refuses_what_loads_or_runs(content: str) -> None:
    with pytest.raises(PageError, match="which no figure may"):
        draw(content)


def test_refuses_entities() -> None:
    bomb = '<!DOCTYPE svg [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + SVG
    with pytest.raises(PageError):
        draw("<text>&e;</text>", bomb)
