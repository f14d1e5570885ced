"""The office whose briefs are made: its theme, label files and schemas, read once, judged before anything runs."""

from functools import cache

from evalbrief.data.schema import Table, read_schemas
from evalbrief.folder import SCHEMAS
from evalbrief.fonts import FontError, faces, find_font, folders
from evalbrief.settings import FILE, read_settings
from evalbrief.text.label_check import label_problems
from evalbrief.text.labels import label_file, read_labels
from evalbrief.theme import ThemeError, as_office_says, read_theme

# The label files that others are measured by.
MODELS = ("fr", "en")


@cache
def office() -> dict:
    """Return the theme that the settings name; raise ThemeError for one that no brief can be made with."""
    theme = read_theme(theme_file())
    try:
        for family, style in faces(theme["fonts"]).values():
            find_font(family, style, folders(theme["font_folder"]))
    except FontError as error:
        raise ThemeError(f"{theme_file()}, fonts: {error}") from None
    return theme


def office_files() -> list[str]:
    """List the files and folders that the settings and the theme name: they may stand anywhere."""
    theme, settings = office(), read_settings(FILE, {})
    named = (settings["theme"], settings["reference_document"], theme["logo"], theme["font_folder"])
    return [path for path in named if path]


def theme_file() -> str:
    """Return the path of the theme that the settings name."""
    return read_settings(FILE, {})["theme"]


@cache
def words_of(language: str) -> dict:
    """Return the label file of a language, with the words that the office has of its own."""
    return as_office_says(read_labels(label_file(language)), office())


@cache
def schemas() -> dict[str, Table]:
    """Return the schemas of the tables, by name."""
    return read_schemas(SCHEMAS)


@cache
def label_faults(language: str) -> list[str]:
    """Measure a label file by another one; the first of these is measured by the second."""
    model = next(code for code in MODELS if code != language and label_file(code).exists())
    return [problem.message for problem in label_problems(label_file(language), label_file(model))]
