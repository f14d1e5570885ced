"""The fields of a record: their order, what shares a line, what is a gap."""

from evalbrief.document.fields import set_fields
from evalbrief.tree import Element, elements, has_class, stringify

from tests.docx_sample import div, gap, span, terms

NBSP = "\u00a0"


def lines(facts: dict[str, Element], colon: str = f"{NBSP}:") -> list[str]:
    """Set fields and read them line by line."""
    found = set_fields(div("", "fields", terms(facts)), colon)
    return [stringify(block) for block in found["c"][1]]


def test_fields_keep_their_order_and_short_ones_share_a_line() -> None:
    facts = {
        "À l’attention de": span("BIT"),
        "Délai": span("2026"),
        "Plan": span("mot " * 20),
        "Avancement": span("Non"),
    }
    assert lines(facts) == [
        f"À{NBSP}l’attention{NBSP}de{NBSP}:{NBSP}BIT\u2002 Délai{NBSP}:{NBSP}2026",
        f"Plan{NBSP}:{NBSP}" + "mot " * 20,
        f"Avancement{NBSP}:{NBSP}Non",
    ]


def test_a_value_of_a_few_words_does_not_break() -> None:
    facts = {"Délai": span("avant juin 2025"), "Plan": span("un mot de plus que ce qui tient")}
    assert lines(facts) == [
        f"Délai{NBSP}:{NBSP}avant{NBSP}juin{NBSP}2025\u2002 Plan{NBSP}:{NBSP}un mot de plus que ce qui tient"
    ]


def test_gaps_are_named_together_at_the_end() -> None:
    facts = {"Plan d’action": gap(), "Délai": span("2026"), "Ressources": gap(), "ODD visés": gap()}
    assert lines(facts) == [
        f"Délai{NBSP}:{NBSP}2026",
        f"Plan d’action, ressources, ODD visés{NBSP}:{NBSP}non communiqué",
    ]


def test_the_language_says_what_its_colon_is() -> None:
    assert lines({"Time frame": span("2026")}, ":") == [f"Time frame:{NBSP}2026"]


def test_fields_are_found_anywhere_and_the_rest_stays() -> None:
    tree = [div("rec", "recommendation", div("", "fields", terms({"A": span("b"), "C": span("d")})))]
    found = set_fields(tree, f"{NBSP}:")
    assert [stringify(element) for element in elements(found) if has_class(element, "name", "Span")] == [
        f"A{NBSP}:",
        f"C{NBSP}:",
    ]
    assert found[0]["c"][0] == tree[0]["c"][0]
