"""A small brief as a tree, with its figure: what the tests of the PDF writer render."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypandoc

META = {
    "title": "Entr’Alliance\u00a0: pour l’élimination du travail des enfants",
    "lang": "fr-FR",
    "organisation": "Organisation internationale du Travail",
    "unit_mark": "►",
    "unit": "Bureau d’évaluation",
    "series": "i-eval Discovery",
    "author": "Bureau d’évaluation de l’OIT",
    "notice": "Exemple fictif",
    "date": "2023-10",
    "keywords": ["travail décent", "dialogue social"],
    "labels": {
        "figure": "Figure",
        "table": "Tableau",
        "page": "Page",
        "of": "sur",
        "list_of_figures": "Liste des figures",
        "list_of_tables": "Liste des tableaux",
    },
}
BRIEF = """
::: {#quick_facts .quick-facts}
# Informations rapides {#quick_facts-heading}

Pays
:   [Bénin, Mali]{.value key=facts.countries}

Date d’approbation
:   [non communiqué]{.gap}
:::

::: {#keywords .keywords}
**Mots clés :** travail décent
:::

# Contexte {#context}

## Logique {#logic}

::: {#p-1 .block}
Le projet applique la [due diligence]{lang=en}[^1], voir la [figure 1](#fig-timeline){.reference} et HERE.
:::

[^1]: Une note.

![Calendrier](figures/timeline.fr.svg){#fig-timeline alt="Une frise de 2020 à 2024."}

# Résultats {#findings}

## Pertinence {#relevance .run-in}

::: {#p-2 .block}
Le projet est pertinent.
:::

::: {#finding-a .finding}
**Constat clé.** Les cibles sont atteintes.
:::

::: {#table-results .table number="1" summary="Deux résultats."}
| Résultat | Valeur |
|----------|-------:|
| Pays     | 4      |
| Groupes  | 3      |

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

Ressources
:   [non communiqué]{.gap}

Délai
:   2024
:::
:::

::: {#lists .lists}
::: {.list-of-figures}
:::

::: {.list-of-tables}
:::
:::
"""
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="80"><rect width="300" height="40" fill="#1E2DBE"/>'
    '<text x="10" y="70" font-family="Noto Sans" font-size="12">LEGEND</text></svg>'
)


def write_tree(folder: Path, here: str, legend: str, source: str, **meta: Any) -> Path:
    """Write the tree and the picture of the small brief, with a text put in at HERE and one into the picture."""
    tree = json.loads(pypandoc.convert_text(source, "json", format="markdown-smart"))
    for node in nodes(tree["blocks"]):
        if node["t"] == "Figure":
            node["c"][0][2] = [["number", "1"]]
        if node["t"] == "Table":
            node["c"][4][0][1] = 1
        if node["t"] == "Str":
            node["c"] = node["c"].replace("HERE", here)
    tree["meta"] = {name: meta_value(value) for name, value in (META | meta).items()}
    (folder / "figures").mkdir()
    (folder / "figures/timeline.fr.svg").write_text(PICTURE.replace("LEGEND", legend), encoding="utf-8")
    path = folder / "brief.fr.json"
    path.write_text(json.dumps(tree), encoding="utf-8")
    return path


def nodes(part: Any) -> Iterator[dict[str, Any]]:
    """Visit every element of a tree."""
    if isinstance(part, dict):
        if "t" in part:
            yield part
        part = list(part.values())
    if isinstance(part, list):
        for child in part:
            yield from nodes(child)


def meta_value(value: Any) -> dict[str, Any]:
    """Make a pandoc meta value."""
    if isinstance(value, dict):
        return {"t": "MetaMap", "c": {name: meta_value(item) for name, item in value.items()}}
    if isinstance(value, list):
        return {"t": "MetaList", "c": [meta_value(item) for item in value]}
    return {"t": "MetaString", "c": value}
