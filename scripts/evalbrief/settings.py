"""The settings of config.yaml: what each may be, checked before anything runs."""

from collections.abc import Mapping
from pathlib import Path

from evalbrief.data.source import line_of, read_yaml
from evalbrief.trouble import Trouble

FILE = "config.yaml"
PAPERS = ("a4", "letter")
READERS = ("word", "libreoffice")
# Where somebody may have written an address with a password, which no message is to repeat.
UNSAID = {"tell"}


class SettingsError(Trouble):
    """A setting that cannot be used; the message names the line."""


def read_settings(path: str | Path, overrides: Mapping) -> dict:
    """Read and check the settings; `overrides` are those of the command line (snakemake --config)."""
    content, problems = read_yaml(Path(path), FILE)
    if problems:
        raise SettingsError(problems[0].message)
    settings = {**content, **overrides}
    for name in settings:
        if name not in CHECKS:
            raise SettingsError(f'{_place(content, name)}: "{name}" is not known. Allowed: {", ".join(CHECKS)}.')
    for name, check in CHECKS.items():
        if name not in settings:
            raise SettingsError(f'{FILE}: "{name}" is missing.')
        if fault := check(settings[name]):
            said = "" if name in UNSAID else f'{name} is "{settings[name]}". '
            raise SettingsError(f"{_place(content, name)}: {said}{fault}")
    return {name: settings[name] for name in CHECKS}


def _place(content: object, name: str) -> str:
    line = line_of(content, (name,))
    return f"{FILE}, line {line}" if line else FILE


def _theme(value: object) -> str:
    return "" if isinstance(value, str) and Path(value).is_file() else "It must be the path of a theme file."


def _paper(value: object) -> str:
    return "" if value in PAPERS else f"It must be one of {', '.join(PAPERS)}."


def _reference_document(value: object) -> str:
    good = value is None or (isinstance(value, str) and value.endswith((".docx", ".dotx")) and Path(value).is_file())
    return "" if good else "It must be the path of a Word document or template (.docx, .dotx), or empty."


def _minimum_cell(value: object) -> str:
    return "" if _is_count(value, least=1) else "It must be a whole number of people, 1 or more."


def _redline_for(value: object) -> str:
    return "" if value in READERS else f"It must be one of {', '.join(READERS)}."


def _published(value: object) -> str:
    good = isinstance(value, str) and value.strip() and Path(value).name
    return "" if good else "It must be the path of a folder, such as published."


def _kept_sets(value: object) -> str:
    return "" if _is_count(value, least=1) else "It must be a whole number of sets, 1 or more."


def _tell(value: object) -> str:
    good = isinstance(value, list) and all(isinstance(name, str) and name.isidentifier() for name in value)
    return "" if good else "tell must be a list of names of secrets, such as [OFFICE_MAIL], or []; no addresses."


def _tell_every(value: object) -> str:
    return "" if _is_count(value, least=0) else "It must be a whole number of minutes, 0 or more."


def _is_count(value: object, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= least


CHECKS = {
    "theme": _theme,
    "paper": _paper,
    "reference_document": _reference_document,
    "minimum_cell": _minimum_cell,
    "redline_for": _redline_for,
    "published": _published,
    "kept_sets": _kept_sets,
    "tell": _tell,
    "tell_every": _tell_every,
}
