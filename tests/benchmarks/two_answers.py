"""The two answers to the question what there is to do: that of the stamps, and that of Snakemake."""

import gc
import os
import re
import signal
import sys
from collections.abc import Callable, Collection, Sequence
from functools import cache
from pathlib import Path

from edited_copy import EVALUATION
from evalbrief.commands import stamps
from evalbrief.commands.build import find_stale
from evalbrief.commands.evaluations import find_documents, find_evaluations, find_targets
from evalbrief.commands.stamps import Stamps
from evalbrief.delivery import forget_lost, keep_edited, record_path
from evalbrief.trouble import Trouble
from workflow.project import ROOT

LONGEST_ANSWER = 120


def up_to_date() -> frozenset[str]:
    """Return the languages in which the stamps find nothing new, as the command build asks them."""
    try:
        fresh, _, _ = find_stale(find_evaluations(), (), Stamps())
    except Trouble:
        return frozenset()
    return frozenset(language for _, language in fresh)


def is_settled() -> bool:
    """Say whether a glance by size and date is enough for the stamp of the copy."""
    glance, _ = stamps._read_stamp(EVALUATION)
    return bool(glance) and stamps._looks_unchanged(stamps._states(EVALUATION), glance)


def to_make(asked: Collection[str]) -> frozenset[str]:
    """Return the languages for which something is to do: by Snakemake, or because of what people did to documents."""
    if not asked:
        return frozenset()
    # A language without a label file is a fault, which the command reports without asking Snakemake.
    known = [language for language in sorted(asked) if Path(f"templates/labels/{language}.yaml").exists()]
    found = set(asked) - set(known)
    for language in known:
        record = Path(record_path(EVALUATION, language))
        there = record.exists()
        edited = list(keep_edited(record))
        forget_lost(record)
        if edited or (there and not record.exists()):
            found.add(language)
    status, said = dry_run(find_targets(find_documents([(EVALUATION, language) for language in known])))
    if status:
        return frozenset(asked)
    if "Nothing to be done" not in said:
        jobs = re.split(r"^(?:local)?(?:rule|checkpoint) \w+:$", said, flags=re.MULTILINE)[1:]
        for job in jobs:
            language = re.search(r"^    wildcards: .*\blanguage=(\S+)", job, flags=re.MULTILINE)
            found |= {language[1]} if language else set(asked)
        found |= set() if jobs else set(asked)
    return frozenset(found)


def dry_run(targets: Sequence[str]) -> tuple[int, str]:
    """Ask Snakemake in a fork what it would run; return its exit status and what it says."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        status = 70
        try:
            signal.alarm(LONGEST_ANSWER)
            os.close(reading)
            os.dup2(writing, 1)
            os.dup2(writing, 2)
            # The rules import the modules of the copy, not those of this project.
            for name in [name for name in sys.modules if name.partition(".")[0] == "evalbrief"]:
                del sys.modules[name]
            sys.path.remove(str(ROOT / "scripts"))
            sys.dont_write_bytecode = True
            snakemake_main()([*targets, "--dry-run"])
        except SystemExit as end:
            status = int(end.code or 0)
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)
    os.close(writing)
    with open(reading, encoding="utf-8", errors="replace") as said:
        text = said.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), text


@cache
def snakemake_main() -> Callable[[Sequence[str]], None]:
    """Import Snakemake and all that it would import later, once."""
    import ruamel.yaml  # noqa: F401
    import snakemake.api
    import snakemake.cli
    import snakemake.workflow

    snakemake.cli.get_argument_parser()
    gc.freeze()
    gc.disable()
    return snakemake.cli.main
