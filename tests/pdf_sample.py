"""A small brief as a tree, with its figure, its data and its context: what the tests of the PDF writer render."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypandoc
from render_pdf import render_pdf
from ruamel.yaml import YAML

ROOT = Path(__file__).parent.parent
THEME = YAML(typ="safe").load(ROOT / "templates/themes/ilo.yaml")
META = {
    "title": "Entr’Alliance\u00a0: pour l’élimination du travail des enfants",
    "lang": "fr-FR",
    "organisation": "Organisation internationale du Travail",
    "unit_mark": "►",
    "unit": "Bureau d’évaluation",
    "series": "i-eval Discovery",
    "author": "Bureau d’évaluation de l’OIT",
    "notice": "Exemple fictif",
    "draft": "",
    "date": "2023-10",
    "keywords": ["travail décent", "dialogue social"],
    "labels": {
        "figure": "Figure",
        "table": "Tableau",
        "page": "Page",
        "of": "sur",
        "list_of_figures": "Liste des figures",
        "list_of_tables": "Liste des tableaux",
        "colon": "\u00a0:",
        "attached": "Données de {}",
        "attached_values": "Valeurs du texte",
        "draft": "Projet",
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
| Total    | 7      |

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
# The data of the figure, of the table, and of a table that the brief does not show.
DATA = {
    "figures/timeline": "key,start\ninception,2020\n",
    "tables/results": "label,value\r\nPays,4\r\n",
    "tables/budget": "label,value\nÉquipe,12\n",
}
CONTEXT = {
    "values": {
        "facts.countries": {
            "value": "Bénin, Mali",
            "kind": "text",
            "unit": "",
            "origin": {"file": "evaluation.yaml", "column": "countries", "formula": "entry", "rows": {}},
        },
        "secret": {
            "value": "1",
            "kind": "number",
            "unit": "",
            "origin": {"file": "interviews.csv", "column": "people", "formula": "cell", "rows": {"a": 2}},
        },
    }
}
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="80"><rect width="300" height="40" fill="#1E2DBE"/>'
    '<text x="10" y="70" font-family="Noto Sans" font-size="12">LEGEND</text></svg>'
)


def write_tree(folder: Path, here: str, legend: str, source: str, **meta: Any) -> Path:
    """Write the tree and what goes with it, with a text put in at HERE and one into the picture."""
    tree = json.loads(pypandoc.convert_text(source, "json", format="markdown-smart"))
    for node in nodes(tree["blocks"]):
        if node["t"] == "Figure":
            node["c"][0][2] = [["number", "1"]]
        if node["t"] == "Table":
            body = node["c"][4][0]
            body[1] = 1
            node["c"][5][1] = [body[3].pop()]
        if node["t"] == "Str":
            node["c"] = node["c"].replace("HERE", here)
    tree["meta"] = {name: meta_value(value) for name, value in (META | meta).items()}
    files = {f"{name}.fr.csv": content for name, content in DATA.items()}
    files |= {"figures/timeline.fr.svg": PICTURE.replace("LEGEND", legend), "context.fr.json": json.dumps(CONTEXT)}
    for name, content in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8", newline="")
    path = folder / "brief.fr.json"
    path.write_text(json.dumps(tree), encoding="utf-8")
    return path


def arguments(tree: Path, **changed: Any) -> dict[str, Any]:
    """Give the arguments of render_pdf for a tree that write_tree wrote, some of them changed."""
    folder = tree.parent
    return {
        "tree": str(tree),
        "context": str(folder / "context.fr.json"),
        "attachments": [str(folder / f"{name}.fr.csv") for name in DATA],
        "template": str(ROOT / "templates/typst/brief.typ"),
        "filter": str(ROOT / "templates/filters/typst.lua"),
        "theme": THEME,
        "paper": "a4",
        "pdf": str(folder / "brief.fr.pdf"),
    } | changed


def render_sample(
    folder: Path,
    here: str = "voilà",
    legend: str = "2020",
    source: str = BRIEF,
    changed: dict[str, Any] | None = None,
    **meta: Any,
) -> Path:
    """Render the small brief in a folder, with other arguments of render_pdf and other meta values."""
    call = arguments(write_tree(folder, here, legend, source, **meta), **(changed or {}))
    render_pdf(**call)
    return Path(call["pdf"])


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
