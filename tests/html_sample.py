"""A small brief as a tree, with its figure and its fonts: what the tests of the web page render."""

import json
from pathlib import Path
from typing import Any

import pypandoc
from cut_fonts import cut_fonts
from cut_web_fonts import cut_web_fonts
from evalbrief.fonts import face, folders
from pdf_sample import meta_value, nodes

LABELS = {
    "figure": "Figure",
    "table": "Tableau",
    "finding": "Constat clé",
    "colon": "\u00a0:",
    "list_of_figures": "Liste des figures",
    "list_of_tables": "Liste des tableaux",
    "contents": "Sommaire",
    "skip": "Aller au texte",
    "link_to": "Lien vers {}",
    "notes": "Notes",
    "back_to_text": "Retour au texte",
    "sort_by": "Trier par {}",
    "sorted_up": "Trié par {}, ordre croissant",
    "sorted_down": "Trié par {}, ordre décroissant",
    "sorted_not": "Ordre initial rétabli",
}
META = {
    "title": "Entr’Alliance\u00a0: pour l’élimination du travail des enfants",
    "lang": "fr-FR",
    "organisation": "Organisation internationale du Travail",
    "unit_mark": "►",
    "unit": "Bureau d’évaluation",
    "series": "i-eval Discovery",
    "author": "Bureau d’évaluation de l’OIT",
    "notice": "Exemple fictif",
    "draft": "Projet – ne pas diffuser",
    "date": "2023-10",
    "keywords": ["travail décent", "dialogue social"],
    "labels": LABELS,
}
SOURCE = """
::: {#quick_facts .quick-facts}
# Informations rapides {#quick_facts-heading}

Pays
:   [[Bénin, Mali]{.value key=facts.countries}]{.fact key=countries}

Date d’approbation
:   [[non communiqué]{.gap}]{.fact key=date_approved}
:::

::: {#keywords .keywords}
*Mots clés :* travail décent
:::

# Contexte {#context}

## Logique {#logic}

::: {#logic-1 .block}
Le projet applique la [due diligence]{lang=en}[^1], voir la [figure 1](#fig-timeline){.reference} et HERE.
:::

[^1]: Une note, [dehors](https://www.example.org/page).

![Calendrier](figures/timeline.fr.svg){#fig-timeline alt="Une frise de 2020 à 2024."}

::: {#logic-2 .block}
La suite vient ici.
:::

# Résultats {#findings}

## Pertinence {#relevance .run-in}

::: {#relevance-1 .block}
Le projet est pertinent.
:::

::: {#finding-a .finding}
**Constat clé 1.** Les cibles sont atteintes.
:::

::: {#table-results .table number="1" summary="Quatre pays et leur total."}
| Pays    | Valeur | Mode      |
|---------|-------:|:---------:|
| Mali    | 1 340  | *partiel* |
| Égypte  | 58     | Complet   |
| Bénin   | GAP    | Complet   |
| Zambie  | 4,5    | GAP       |
| Total   | 1 402,5 | tous     |

: Résultats en chiffres
:::

# Recommandations {#recommendations_and_lessons}

## Suivi {#recommendations}

::: {#rec-a .recommendation number="1"}
### Recommandation 1 {#rec-a-heading}

Achever la recherche.

::: fields
Priorité
:   [non communiqué]{.gap}

Délai
:   2024

Constats liés
:   [1](#finding-a)
:::
:::

::: {#lesson-a .lesson number="1"}
### Leçon apprise 1 {#lesson-a-heading}

Apprendre ensemble.
:::

::: {#practice-a .practice number="1"}
### Bonne pratique 1 {#practice-a-heading}

Partager les outils.
:::

::: {#lists .lists}
::: {.list-of-figures}
:::

::: {.list-of-tables}
:::
:::
"""
PICTURE = (
    '<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/SVG/svg11.dtd">\n'
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="480pt" height="80pt"'
    ' viewBox="0 0 480 80"><defs><style type="text/css">*{stroke-linejoin: round}</style>'
    '<clipPath id="clip"><rect width="480" height="80"/></clipPath><path id="mark" d="M 0 0 L 5 5"/></defs>'
    '<g id="axes" clip-path="url(#clip)"><rect width="300" height="40" style="fill: #1e2dbe; opacity: 0.5"/>'
    '<use xlink:href="#mark" x="3"/>'
    '<text x="10" y="70" style="font-family: \'Noto Sans\'; font-size: 8.5px">2020</text></g></svg>'
)
# The value of each number, as the tree's cells carry it; a gap has none.
VALUES = {"1 340": "1340", "58": "58", "4,5": "4.5", "1 402,5": "1402.5"}


def write_tree(folder: Path, here: str = "voilà", source: str = SOURCE, picture: str = PICTURE, **meta: Any) -> Path:
    """Write the tree and the picture of the small brief, with a text put in at HERE."""
    tree = json.loads(pypandoc.convert_text(source, "json", format="markdown-smart"))
    for node in nodes(tree["blocks"]):
        if node["t"] == "Figure":
            node["c"][0][2] = [["number", "1"]]
        if node["t"] == "Table":
            _finish_table(node["c"])
        if node["t"] == "Str":
            node["c"] = node["c"].replace("HERE", here)
    tree["meta"] = {name: meta_value(value) for name, value in (META | meta).items()}
    (folder / "figures").mkdir()
    (folder / "figures/timeline.fr.svg").write_text(picture, encoding="utf-8")
    path = folder / "brief.fr.json"
    path.write_text(json.dumps(tree), encoding="utf-8")
    return path


def sample_fonts(folder: Path) -> dict[str, list[str]]:
    """Write fonts as the workflow cuts them, static and for the web: regular and bold."""
    faces = [(family, style) for family in ("Overpass", "Noto Sans") for style in ("Regular", "Bold")]
    fonts = [str(folder / f"{face(*names)}.ttf") for names in faces]
    web_fonts = [path.replace(".ttf", ".woff2") for path in fonts]
    cut_fonts(faces=faces, places=folders(None), fonts=fonts)
    cut_web_fonts(fonts=fonts, web_fonts=web_fonts)
    return {"fonts": fonts, "web_fonts": web_fonts}


def _finish_table(table: list[Any]) -> None:
    """Give a table row headers, values, gaps and a total, as the tree has them."""
    body = table[4][0]
    body[1] = 1
    for row in body[3]:
        for cell in row[1]:
            words = pypandoc.convert_text(_document(cell[4]), "plain", format="json").strip()
            if words in VALUES:
                cell[0][2] = [["value", VALUES[words]]]
            if words == "GAP":
                gap = {"t": "Span", "c": [["", ["gap"], []], [{"t": "Str", "c": "non communiqué"}]]}
                cell[4] = [{"t": "Plain", "c": [gap]}]
    table[5] = [["", [], []], [body[3].pop()]]


def _document(blocks: list[Any]) -> str:
    return json.dumps({"pandoc-api-version": [1, 23, 1], "meta": {}, "blocks": blocks})
