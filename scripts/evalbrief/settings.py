"""The settings of config.yaml: what each may be, checked before anything runs."""

from collections.abc import Mapping
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

FILE = "config.yaml"


class SettingsError(ValueError):
    """A setting that cannot be used; the message names the line."""


def read_settings(path: str | Path, overrides: Mapping) -> dict:
    """Read and check the settings; `overrides` are those of the command line (snakemake --config)."""
    try:
        content = YAML(typ="rt").load(Path(path).read_text(encoding="utf-8")) or {}
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SettingsError(f"{FILE}, line {line}: the file cannot be read ({error.problem}).") from None
    settings = {**content, **overrides}
    for name in settings:
        if name not in CHECKS:
            raise SettingsError(f'{_place(content, name)}: "{name}" is not known. Allowed: {", ".join(CHECKS)}.')
    for name, check in CHECKS.items():
        if name not in settings:
            raise SettingsError(f'{FILE}: "{name}" is missing.')
        if fault := check(settings[name]):
            raise SettingsError(f'{_place(content, name)}: {name} is "{settings[name]}". {fault}')
    return {name: settings[name] for name in CHECKS}


def _place(content: object, name: str) -> str:
    places = getattr(content, "lc", None)
    known = places is not None and places.data and name in places.data
    return f"{FILE}, line {places.data[name][0] + 1}" if known else FILE


def _theme(value: object) -> str:
    return "" if isinstance(value, str) and Path(value).is_file() else "It must be the path of a theme file."


def _minimum_cell(value: object) -> str:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return "" if whole and value >= 1 else "It must be a whole number of people, 1 or more."


CHECKS = {"theme": _theme, "minimum_cell": _minimum_cell}
