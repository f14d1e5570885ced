"""From the data of evaluations to their briefs: figures, tables, PDF and DOCX.

One folder in data/ is one evaluation; one folder in its text/ is one language.
"""

from snakemake.utils import min_version

min_version("9.20")


report: "templates/report/workflow.rst"


include: "rules/common.smk"


wildcard_constraints:
    evaluation=folder.EVALUATION_NAME,
    language=folder.LANGUAGE,
    figure="|".join(FIGURES),
    table="|".join(TABLES),
    face="|".join(FACES),


onstart:
    if not gate.is_open():
        raise WorkflowError("Called off: there are faults in the data.")


rule all:
    """Make every brief of every evaluation."""
    input:
        every_brief,


include: "rules/data.smk"
include: "rules/figures.smk"
include: "rules/tables.smk"
include: "rules/document.smk"
