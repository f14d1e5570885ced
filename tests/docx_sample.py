"""A small brief as a pandoc tree, made by hand: what the tests of the Word writer read."""

import base64
import json
from pathlib import Path
from typing import Any

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
LABELS = {
    "figure": "Figure",
    "table": "Tableau",
    "page": "Page",
    "of": "sur",
    "list_of_figures": "Liste des figures",
    "list_of_tables": "Liste des tableaux",
    "gap": "non communiqué",
    "colon": "\u00a0:",
    "fact": "Information",
    "value": "Valeur",
    "draft": "Projet",
}
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="1pt" height="1pt" viewBox="0 0 1 1"/>'
Node = dict[str, Any]


def text(words: str) -> list[Node]:
    """Return words and spaces as inlines, as pandoc's readers do."""
    parts: list[Node] = []
    for place, word in enumerate(words.split(" ")):
        parts += ([{"t": "Space"}] if place else []) + ([{"t": "Str", "c": word}] if word else [])
    return parts


def attr(identifier: str = "", *classes: str, **pairs: str) -> list[Any]:
    """Return a pandoc attribute."""
    return [identifier, list(classes), [[key, value] for key, value in pairs.items()]]


def para(*inlines: Node | str) -> Node:
    """Return a paragraph of texts and inlines."""
    return {"t": "Para", "c": join(inlines)}


def plain(*inlines: Node | str) -> Node:
    """Return a paragraph without space round it."""
    return {"t": "Plain", "c": join(inlines)}


def join(inlines: tuple[Node | str, ...]) -> list[Node]:
    """Return texts and inlines as one list of inlines."""
    return [node for part in inlines for node in (text(part) if isinstance(part, str) else [part])]


def strong(words: str) -> Node:
    """Return bold words."""
    return {"t": "Strong", "c": text(words)}


def span(words: str, *classes: str, **pairs: str) -> Node:
    """Return a span."""
    return {"t": "Span", "c": [attr("", *classes, **pairs), text(words)]}


def gap() -> Node:
    """Return the sign of a missing value."""
    return span(LABELS["gap"], "gap")


def note(words: str) -> Node:
    """Return a footnote."""
    return {"t": "Note", "c": [para(words)]}


def reference(target: str, words: str) -> Node:
    """Return a cross-reference."""
    return {"t": "Link", "c": [attr("", "reference"), text(words), [f"#{target}", ""]]}


def div(identifier: str, classes: str, *blocks: Node, **pairs: str) -> Node:
    """Return a division; classes are separated by spaces."""
    return {"t": "Div", "c": [attr(identifier, *classes.split(), **pairs), list(blocks)]}


def heading(level: int, identifier: str, words: str, *classes: str) -> Node:
    """Return a heading."""
    return {"t": "Header", "c": [level, attr(identifier, *classes), text(words)]}


def terms(facts: dict[str, Node]) -> Node:
    """Return a list of labels and values."""
    return {"t": "DefinitionList", "c": [[text(label), [[plain(value)]]] for label, value in facts.items()]}


def facts(values: dict[str, tuple[str, list[Node]]]) -> Node:
    """Return the list of quick facts, by key: label and inlines."""
    return {
        "t": "DefinitionList",
        "c": [
            [text(label), [[plain({"t": "Span", "c": [attr("", "fact", key=key), inlines]})]]]
            for key, (label, inlines) in values.items()
        ],
    }


def bullets(*items: str) -> Node:
    """Return a bullet list."""
    return {"t": "BulletList", "c": [[plain(item)] for item in items]}


def caption(words: str) -> list[Any]:
    """Return a caption."""
    return [None, [plain(words)]]


def figure(name: str, number: int, words: str, alt: str) -> Node:
    """Return a figure with a source line."""
    image = {"t": "Image", "c": [attr(), text(alt), [f"figures/{name}.fr.svg", ""]]}
    content = [plain(image), div("", "source", plain("Source : données fictives."))]
    return {"t": "Figure", "c": [attr(f"fig-{name}", number=str(number)), caption(words), content]}


def table(
    name: str,
    number: int,
    words: str,
    columns: list[tuple[str, str, float]],
    rows: list[list[str]],
    total: list[str] | None = None,
) -> Node:
    """Return a table with a source line; a column is its heading, alignment and width."""

    def line(cells: list[str]) -> list[Any]:
        kept = [attr(value=cell) if cell.isdigit() else attr() for cell in cells]
        return [
            attr(),
            [
                [attributes, {"t": "AlignDefault"}, 1, 1, [plain(cell if cell else gap())]]
                for attributes, cell in zip(kept, cells, strict=True)
            ],
        ]

    specs = [[{"t": align}, {"t": "ColWidth", "c": width}] for _, align, width in columns]
    head = [attr(), [line([title for title, _, _ in columns])]]
    body = [attr(), 1, [], [line(row) for row in rows]]
    foot = [attr(), [line(total)] if total else []]
    element = {"t": "Table", "c": [attr(), caption(words), specs, head, [body], foot]}
    source = div("", "source", plain("Source : entretiens."))
    return div(f"table-{name}", "table", element, source, number=str(number), summary=f"Résumé de {name}")


def record(kind: str, number: int, title: str, words: str, fields: dict[str, Node]) -> Node:
    """Return a recommendation, lesson or good practice."""
    head = heading(3, "", f"{title}\u00a0{number}")
    inside = [head, para(words)] + ([div("", "fields", terms(fields))] if fields else [])
    return div(f"{kind[:3]}-{number}", kind, *inside, number=str(number))


def tree(blocks: list[Node], **meta: Any) -> Node:
    """Return a whole tree."""
    values = {
        "title": "Alliance 8.7 : accélérer l’action « sans travail des enfants »",
        "lang": "fr-FR",
        "organisation": "Organisation internationale du Travail",
        "unit_mark": "►",
        "unit": "Bureau d’évaluation",
        "series": "i-eval Discovery",
        "author": "Bureau d’évaluation de l’OIT",
        "notice": "Exemple fictif : aucune donnée n’est réelle",
        "draft": "",
        "date": "2023-10-31",
        "keywords": ["travail décent", "évaluation"],
        "labels": LABELS,
    } | meta
    meta = {name: _meta(value) for name, value in values.items()}
    return {"pandoc-api-version": [1, 23, 1], "meta": meta, "blocks": blocks}


def _meta(value: Any) -> Node:
    if isinstance(value, dict):
        return {"t": "MetaMap", "c": {name: _meta(item) for name, item in value.items()}}
    if isinstance(value, list):
        return {"t": "MetaList", "c": [_meta(item) for item in value]}
    return {"t": "MetaString", "c": value}


def brief_blocks(hostile: str = "") -> list[Node]:
    """Return the blocks of a small brief with one of everything."""
    values = {
        "countries": ("Pays", [span("Bénin, Côte d’Ivoire", "value", key="facts.countries[0]")]),
        "date_approved": ("Date à laquelle l’évaluation a été approuvée par le Bureau d’évaluation", [gap()]),
        "donors": ("Donateur", join((span("Fonds", "value", key="facts.donors[0].name"), ", ", gap()))),
    }
    fields = {"Priorité": span("Haute"), "Délai": gap(), "Ressources": gap(), "Plan d’action": span("mot " * 30)}
    columns = [("Produit", "AlignLeft", 0.6), ("Valeur", "AlignRight", 0.4)]
    rows = [[f"Produit {number}", str(number)] for number in range(1, 21)] + [[hostile or "Autre", ""]]
    return [
        div("quick_facts", "quick-facts", heading(1, "", "Informations rapides"), facts(values)),
        div("keywords", "keywords", para("Mots clés : travail décent")),
        div("disclaimer", "disclaimer", para("Le rapport n’a pas été révisé.")),
        heading(1, "context", "Contexte"),
        heading(2, "logic", "Logique du projet"),
        div("logic-1", "block", para("Soixante", note("Une note."), " et ", span("due diligence", lang="en"))),
        div("logic-2", "block", bullets("premier", "second")),
        div("logic-3", "block", para("Voir la ", reference("fig-timeline", "figure\u00a01"), f". {hostile}")),
        figure("timeline", 1, "Calendrier du projet", "Frise de 2019 à 2023"),
        table("results", 1, "Résultats chiffrés", columns, rows, ["Total", "210"]),
        heading(1, "findings", "Résultats principaux"),
        heading(2, "relevance", "Pertinence", "run-in"),
        div("finding-need", "finding", para(strong("Constat clé."), " Le besoin est réel.")),
        div("relevance-1", "block", para("Confirmé (", reference("table-results", "tableau\u00a01"), ").")),
        heading(1, "recommendations_and_lessons", "Recommandations et leçons"),
        heading(2, "recommendations", "Recommandations"),
        record("recommendation", 1, "Recommandation", "Former les inspecteurs.", fields),
        record("lesson", 1, "Leçon apprise", "Commencer tôt.", {}),
        record("practice", 1, "Bonne pratique", "Publier les données.", {}),
        div(
            "lists",
            "lists",
            heading(1, "lists-title", "Figures et tableaux"),
            div("", "list-of-figures", para("Liste des figures")),
            div("", "list-of-tables", para("Liste des tableaux")),
        ),
    ]  # fmt: skip


def write_brief(folder: Path, blocks: list[Node], **meta: Any) -> str:
    """Write a tree with its pictures, and return its path."""
    (folder / "figures").mkdir(parents=True, exist_ok=True)
    (folder / "figures" / "timeline.fr.png").write_bytes(PIXEL)
    (folder / "figures" / "timeline.fr.svg").write_bytes(SVG)
    path = folder / "brief.fr.json"
    path.write_text(json.dumps(tree(blocks, **meta), ensure_ascii=False), encoding="utf-8")
    return str(path)
