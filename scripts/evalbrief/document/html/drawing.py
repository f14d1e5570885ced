"""Set a figure's SVG into a page: without a style sheet of its own, without outside addresses, with ids of its own."""

import re
from pathlib import Path

import lxml.etree as etree

from evalbrief.tree import Element, elements, identifier, stringify

SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"
# What figures are made of. Anything else - a script, a picture, a link, a foreign object - has no place in them.
SHAPES = frozenset(
    (
        *("svg", "g", "defs", "clipPath", "use", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
        *("text", "tspan", "linearGradient", "radialGradient", "stop", "pattern", "marker", "mask"),
    )
)
DROPPED = frozenset({"style", "metadata", "title", "desc"})
# What matplotlib's style sheet says of every shape; shapes inherit it from the drawing as a whole.
COMMON = {"stroke-linejoin": "round", "stroke-linecap": "butt"}
FRAGMENT = re.compile(r"url\(\s*['\"]?#([^)'\"]+)['\"]?\s*\)")
OUTSIDE = re.compile(r"url\(\s*['\"]?(?!#)|javascript:|https?:|//", re.IGNORECASE)
SPACES = re.compile(r"\s+")


class PageError(ValueError):
    """The tree cannot become a page; the message says why."""


def read_drawings(tree: Element, folder: Path) -> dict[str, str]:
    """Read the SVG of every figure in a tree, by the figure's id; their paths are relative to `folder`."""
    drawings = {}
    for figure in (element for element in elements(tree["blocks"]) if element["t"] == "Figure"):
        image = next(element for element in elements(figure["c"][2]) if element["t"] == "Image")
        path = (folder / image["c"][2][0]).resolve()
        if folder.resolve() not in path.parents or not path.is_file():
            raise PageError(f"the figure {image['c'][2][0]} is not there")
        name = stringify(image["c"][1])
        if not name:
            raise PageError(f"the figure {identifier(figure)} has no alternative text")
        drawings[identifier(figure)] = drawing(path.read_bytes(), identifier(figure), name)
    return drawings


def drawing(svg: bytes, prefix: str, name: str) -> str:
    """Give a drawing as markup: an image with the accessible name `name`, whose ids start with `prefix`."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    root = etree.fromstring(svg, parser)
    box = root.get("viewBox") or f"0 0 {_length(root, 'width')} {_length(root, 'height')}"
    shape = _shape(root, prefix)
    shape.attrib.clear()
    for key, value in {"role": "img", "aria-label": name, "viewBox": box, **COMMON}.items():
        shape.set(key, value)
    return etree.tostring(shape, encoding="unicode")


def _shape(element: etree._Element, prefix: str) -> etree._Element:
    """Copy an element and what is in it, with names that HTML knows and styles as attributes."""
    tag = str(element.tag).removeprefix(SVG)
    if tag not in SHAPES:
        raise PageError(f"a figure holds <{tag}>, which no figure may")
    shape = etree.Element(tag, _attributes(element, prefix))
    if tag in ("text", "tspan"):
        shape.text = element.text
    for child in element:
        if str(child.tag).removeprefix(SVG) in DROPPED:
            continue
        copy = _shape(child, prefix)
        copy.tail = child.tail if tag in ("text", "tspan") else None
        shape.append(copy)
    return shape


def _attributes(element: etree._Element, prefix: str) -> dict[str, str]:
    attributes = {str(key): str(value) for key, value in element.attrib.items()}
    declarations = [part.partition(":") for part in attributes.pop("style", "").split(";") if part.strip()]
    attributes |= {key.strip(): value.strip() for key, _, value in declarations}
    if LINK in attributes:
        attributes["href"] = attributes.pop(LINK)
    return {key: _value(key, value, prefix) for key, value in attributes.items() if not _is_idle(key, value)}


def _is_idle(key: str, value: str) -> bool:
    """Find what changes nothing: names of other formats, and matplotlib's turns by zero degrees."""
    return key.startswith("{") or key == "class" or (key == "transform" and value.startswith("rotate(-0 "))


def _value(key: str, value: str, prefix: str) -> str:
    if key.lower().startswith("on") or OUTSIDE.search(value) or (key == "href" and not value.startswith("#")):
        raise PageError(f'a figure holds {key}="{value[:60]}", which no figure may')
    if key == "id":
        return f"{prefix}-{value}"
    if key == "href":
        return f"#{prefix}-{value[1:]}"
    return SPACES.sub(" ", FRAGMENT.sub(lambda found: f"url(#{prefix}-{found[1]})", value)).strip()


def _length(root: etree._Element, name: str) -> str:
    return re.sub(r"[a-z%]+$", "", root.get(name, "0"))
