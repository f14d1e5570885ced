"""Helpers of the rules, no rules: which evaluations there are, what code and templates a rule runs, and their content."""

import hashlib
import json
import os
import re
import shlex
import sys
from functools import cache
from pathlib import Path

import jinja2
import jinja2.meta
from snakemake.exceptions import WorkflowError

sys.path.insert(0, str(Path(workflow.basedir) / "scripts"))
# Snakemake pastes the path of Python into its commands as it is; a folder with a space in its name would cut it off.
PYTHON = f'"{sys.executable}"' if os.name == "nt" else shlex.quote(sys.executable)
# brief.py names a warm Python that runs the scripts in less time, and to the same bytes.
sys.executable = os.environ.get("EVALBRIEF_PYTHON", PYTHON)

from evalbrief import folder
from evalbrief.catalogue import FEWEST_FIGURE_ROWS, FEWEST_TABLE_ROWS, FIGURES, SMALL_NUMBERS, TABLES, held
from evalbrief.catalogue import FIGURE_SECTIONS, NAMING_COUNTRIES, TABLE_SECTIONS, VOCABULARIES
from evalbrief.commands import gate
from evalbrief.delivery import FORMATS, forget_lost, record_path, targets
from evalbrief.fonts import FIGURE_STYLES, face, faces, own_fonts
from evalbrief.imports import imports_of
from evalbrief.settings import read_settings
from evalbrief.text.labels import label_file, locale_of, read_labels
from evalbrief.theme import in_language, read_theme, as_office_says, word

# Asked for again by every rule.
modules_of = cache(imports_of)
# The versions of everything that runs: a new lock makes every result anew.
LOCK = "requirements.txt"
SCHEMAS = [path.as_posix() for path in sorted(Path("data/schemas").glob("*.yaml"))]
MODEL_TABLES = [Path(schema).stem for schema in SCHEMAS] + ["criteria", "rating_scale"]
MODEL = "build/{evaluation}/model/{language}/"

SETTINGS = read_settings("config.yaml", config)
THEME = read_theme(SETTINGS["theme"])
# The faces that the theme's fonts are cut to, by name, and where a brief's figures and documents find them.
FACES = faces(THEME["fonts"])
STATIC_FONTS = [f"build/fonts/{name}.ttf" for name in FACES]
WEB_FONTS = [f"build/fonts/{name}.woff2" for name in FACES]
FIGURE_FONTS = [f"build/fonts/{face(THEME['fonts']['text'], style)}.ttf" for style in FIGURE_STYLES]
OWN_FONTS = own_fonts(THEME["font_folder"])
LOGO = [THEME["logo"]] if THEME["logo"] else []
# Another office's document is an input like any other: when it changes, so do the styles.
OFFICE_DOCUMENTS = [SETTINGS["reference_document"]] if SETTINGS["reference_document"] else []


@cache
def labels_of(language):
    """Read the label file of a language, with the words that the office has of its own."""
    return as_office_says(read_labels(label_file(language)), THEME)


def every_brief(_wildcards):
    """List what a build of everything is to make: the targets of each brief in a known language."""
    found = []
    for evaluation in folder.evaluations():
        if not re.fullmatch(folder.EVALUATION_NAME, evaluation):
            raise WorkflowError(f'data/{evaluation}: name the folder with small letters, digits, "_" and "-" only.')
        for language in folder.languages(evaluation):
            if label_file(language).exists():
                forget_lost(Path(record_path(evaluation, language)))
                found += targets(evaluation, language)
    return found


def code(script):
    """Name a script and every module of ours that it reaches as input; wildcards in the name are filled in."""
    return lambda wildcards: imported_files(script.format(**wildcards))


@cache
def imported_files(script):
    """List a script, the modules under scripts/ that it imports, and the lock."""
    found, waiting = set(), {f"scripts/{script}"}
    while waiting:
        found |= waiting
        waiting = {module for path in waiting for module in modules_of(path)} - found
    return [*sorted(found), LOCK]


def template_files(name):
    """List a Jinja template and every template it includes or imports."""
    path = f"templates/{name}"
    tree = jinja2.Environment(comment_start_string="{##", comment_end_string="##}").parse(Path(path).read_text("utf-8"))
    inner = {file for found in jinja2.meta.find_referenced_templates(tree) for file in template_files(found)}
    return sorted({path, *inner})


def data_files(wildcards):
    """List the data files of an evaluation: its facts, its formulas, its tables."""
    return folder.data_files(wildcards.evaluation)


def text_files(wildcards):
    """List the text sections of an evaluation in a language."""
    return folder.text_files(wildcards.evaluation, wildcards.language)


def content(*sources):
    """Digest source files into a param: a file put back with an older date is seen, a touched one is not.

    `sources` are paths or functions of the wildcards that give paths.
    """

    def digest(wildcards):
        paths = [path for source in sources for path in (source(wildcards) if callable(source) else [source])]
        return hashlib.sha256("".join(f"{path}={file_digest(path)}" for path in paths).encode()).hexdigest()

    return digest


@cache
def file_digest(path):
    """Digest the content of one file."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def submission(name):
    """Name the group of jobs that a cluster gets as one; wildcards in the name are filled in.

    In a dry run there is none: Snakemake 9 fails there when a checkpoint is followed by a group.
    """
    return lambda wildcards: None if workflow.dryrun else name.format(**wildcards)


def labels(*sections):
    """Give a section of the job's label file as a param, by its path; {figure} and {table} are filled in."""

    def chosen(wildcards):
        words = labels_of(wildcards.language)
        for section in sections:
            words = words[section.format(**wildcards)]
        return words

    return chosen


def parts_of_labels(*names):
    """Give several sections of the job's label file as a param, by name."""
    return lambda wildcards: {name: part for name, part in labels_of(wildcards.language).items() if name in names}


def vocabulary(wildcards):
    """Give the lists of words that a figure or table uses as a param."""
    words = labels_of(wildcards.language)["vocabulary"]
    return {name: words[name] for drawn in wildcards for name in VOCABULARIES.get(drawn, [])}


def countries(wildcards):
    """Give the office's own names of countries as a param to a figure or table that names any."""
    return labels_of(wildcards.language)["countries"] if NAMING_COUNTRIES.intersection(wildcards) else {}


def settings(wildcards):
    """Give the settings that a figure or table heeds as a param: only few show numbers of people."""
    heeds = SMALL_NUMBERS.intersection(wildcards)
    return {"minimum_cell": SETTINGS["minimum_cell"]} if heeds else {}


def theme(*names):
    """Give the named entries of the theme as a param, its words in the job's language."""

    def chosen(wildcards):
        language = dict(wildcards.items()).get("language")
        entries = in_language(THEME, language) if language else THEME
        return {name: entries[name] for name in names}

    return chosen


def model(*tables):
    """Name tables of the model as input."""
    return [f"{MODEL}{table}.csv" for table in tables]


def checked_model(wildcards):
    """Wait for the model of an evaluation and give its folder."""
    return Path(checkpoints.check_data.get(**wildcards).output.facts).parent


def count_rows(model):
    """Give the function that counts the rows of a table in a model's folder."""
    return lambda table: (model / f"{table}.csv").read_bytes().count(b"\n") - 1


def figures_of(wildcards):
    """List the figures an evaluation has data for."""
    return held(FIGURES, FEWEST_FIGURE_ROWS, count_rows(checked_model(wildcards)))


def tables_of(wildcards):
    """List the tables an evaluation has data for."""
    return held(TABLES, FEWEST_TABLE_ROWS, count_rows(checked_model(wildcards)))


def figures(*endings):
    """Name the files with these endings of every figure that the brief has as input."""
    return lambda w: [
        f"build/{w.evaluation}/figures/{name}.{w.language}.{ending}" for name in figures_of(w) for ending in endings
    ]


def tables(*endings):
    """Name the files with these endings of every table that the brief has as input."""
    return lambda w: [
        f"build/{w.evaluation}/tables/{name}.{w.language}.{ending}" for name in tables_of(w) for ending in endings
    ]


def shown(kind, labels):
    """Say where Snakemake's report shows an output: of each evaluation by language, with a caption and labels."""
    group = {"figure": "Figures", "table": "Tables"}.get(kind, "Documents")
    caption = f"../templates/report/{kind}.rst"
    return {"category": "{evaluation}", "subcategory": f"{group} ({{language}})", "caption": caption, "labels": labels}


def caption_in(name):
    """Give the caption that stands in an output of the job, by its name, as a label of the report."""
    return lambda _wildcards, output: {"Caption": json.loads(Path(output[name]).read_text("utf-8"))["caption"]}
