"""Set the fields of the records of a brief in few lines, the same in every format.

Div.fields [DefinitionList]  ->  Div.fields [Para [Span.field [Span.name, value], ...], ...,
                                             Div.gaps [Para [name, name, ..., Span.gap]]]
"""

from evalbrief.text.locale import NO_BREAK_SPACE
from evalbrief.tree import Element, Node, attr, div, has_class, stringify

# Characters; a longer value stands on a line of its own.
SHORT_VALUE = 48
# Characters; what is no longer does not break.
WHOLE_VALUE = 24
SPACE = {"t": "Space"}
COMMA = [{"t": "Str", "c": ","}, SPACE]
FAR = [{"t": "Str", "c": "\u2002"}, SPACE]
Field = tuple[list[Element], list[Element]]


def set_fields(node: Node, colon: str) -> Node:
    """Rebuild a tree: fields keep their order, short neighbours share a line, gaps come last, all in one line.

    `colon` is what the language writes between a name and its value, with the space before it.
    """
    if isinstance(node, list):
        return [set_fields(child, colon) for child in node]
    if has_class(node, "fields"):
        fields = [(term, values[0][0]["c"]) for block in node["c"][1] for term, values in block["c"]]
        return {"t": "Div", "c": [node["c"][0], _lines(fields, colon)]}
    return {key: set_fields(child, colon) for key, child in node.items()} if isinstance(node, dict) else node


def _lines(fields: list[Field], colon: str) -> list[Element]:
    lines: list[list[Field]] = []
    shared = False
    for field in fields:
        if _is_gap(field):
            continue
        short = len(stringify(field[1])) <= SHORT_VALUE
        if short and shared:
            lines[-1].append(field)
        else:
            lines.append([field])
        shared = short
    paragraphs = [_para(_joined([_field(field, colon, len(line) > 1) for field in line], FAR)) for line in lines]
    gaps = [field for field in fields if _is_gap(field)]
    return [*paragraphs, div("", ["gaps"], [_para(_gaps(gaps, colon))])] if gaps else paragraphs


def _is_gap(field: Field) -> bool:
    return len(field[1]) == 1 and has_class(field[1][0], "gap", "Span")


def _field(field: Field, colon: str, shares_line: bool) -> list[Element]:
    """Write a field; the name of one that shares its line does not break, and neither does a value of a few words."""
    name, value = field
    if shares_line:
        name = _unbroken(name)
    if len(stringify(value)) <= WHOLE_VALUE:
        value = _unbroken(value)
    inlines = [_span("name", [*name, _str(colon)]), _str(NO_BREAK_SPACE), *value]
    return [_span("field", inlines)] if shares_line else inlines


def _unbroken(node: Node) -> Node:
    """Rebuild inlines with spaces that do not break."""
    if isinstance(node, list):
        return [_unbroken(child) for child in node]
    if not isinstance(node, dict):
        return node
    return _str(NO_BREAK_SPACE) if node == SPACE else {key: _unbroken(child) for key, child in node.items()}


def _gaps(gaps: list[Field], colon: str) -> list[Element]:
    """Name the gaps as an enumeration, then show one of them for all."""
    names = _joined([gaps[0][0], *(_lowered(name) for name, _ in gaps[1:])], COMMA)
    return [*names, _str(colon + NO_BREAK_SPACE), *gaps[0][1]]


def _lowered(name: list[Element]) -> list[Element]:
    """Take the capital from the start of a name, unless its first word is an acronym."""
    first = name[0]
    if first["t"] != "Str" or first["c"][1:] != first["c"][1:].lower():
        return name
    return [_str(first["c"][:1].lower() + first["c"][1:]), *name[1:]]


def _joined(parts: list[list[Element]], separator: list[Element]) -> list[Element]:
    return [inline for part in parts for inline in [*separator, *part]][len(separator) :]


def _para(inlines: list[Element]) -> Element:
    return {"t": "Para", "c": inlines}


def _str(text: str) -> Element:
    return {"t": "Str", "c": text}


def _span(name: str, inlines: list[Element]) -> Element:
    return {"t": "Span", "c": [attr("", [name]), inlines]}
