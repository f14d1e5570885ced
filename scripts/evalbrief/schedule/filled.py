"""Fill what a schedule says into the templates of units, tasks and workflows."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

TEMPLATES = Path("templates/schedule")


def fill(template: str, /, **words: object) -> str:
    """Fill a template; the words are escaped in XML, elsewhere each scheduler has a way of its own."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=template.endswith(".xml"),
        keep_trailing_newline=True,
        # Workflows of GitHub have braces of their own.
        variable_start_string="<<",
        variable_end_string=">>",
        block_start_string="<%",
        block_end_string="%>",
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(template).render(words)
