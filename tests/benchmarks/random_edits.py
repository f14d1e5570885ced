"""Ask of thousands of random edits whether the stamps ever find nothing new where Snakemake would make something.

python tests/benchmarks/random_edits.py --edits 5000 --seed 1 --processes 2

Each edit is done to a built copy of the tiny evaluation, both are asked, and the copy is put back as it was, content
and dates. Snakemake is asked as brief.py asks it: first, documents that people changed are kept and lost ones are
forgotten, then the records of the deliveries are its targets. It is imported once, and answers in a fork of its own.
"""

import argparse
import ast
import csv
import gc
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))

from evalbrief.commands import stamps
from evalbrief.commands.build import find_stale
from evalbrief.commands.evaluations import find_documents, find_evaluations, find_languages, find_records
from evalbrief.commands.stamps import Stamps
from evalbrief.delivery import forget_lost, keep_edited
from evalbrief.files import read_json
from evalbrief.trouble import Trouble
from workflow.project import ROOT, TINY, Project

RESULTS = Path(__file__).parent / "results" / "random_edits.md"
EVALUATION = "tiny"
SECOND_LANGUAGE = "en"
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40"/></svg>\n'
# Copies that a process edits in turn: while the others are asked about, the files of one grow old enough for a glance.
COPIES = 10
# Seconds after which the stamp of a copy that was put back can be settled, on a clock that ticks every two seconds.
SETTLED = 2 * stamps.TICK / 1e9 + 0.1
LONGEST_ANSWER = 120
DAY = 86_400_000_000_000
YEAR_2001 = 1_000_000_000_000_000_000

# ---------------------------------------------------------------------------------------------------------------------
# What is edited
# ---------------------------------------------------------------------------------------------------------------------

GROUPS = {
    "table of data": ["data/tiny/*.csv"],
    "quick facts": ["data/tiny/evaluation.yaml"],
    "formulas": ["data/tiny/values.yaml"],
    "text": ["data/tiny/text/*/*.md"],
    "label file": ["templates/labels/fr.yaml", "templates/labels/en.yaml"],
    "label file of another language": ["templates/labels/es.yaml"],
    "template of the text": ["templates/**/*.j2"],
    "layout, filter, style": ["templates/typst/*", "templates/filters/*", "templates/html/*", "templates/*.mplstyle"],
    "theme": ["templates/themes/ilo.yaml"],
    "theme of another office": ["templates/themes/neutral.yaml"],
    "file of the office": ["office/*"],
    "settings": ["config.yaml"],
    "script": ["scripts/*.py"],
    "module": ["scripts/evalbrief/**/*.py"],
    "rules": ["rules/*.smk", "Snakefile"],
    "schema": ["data/schemas/*.yaml"],
    "locked requirements": ["requirements.txt"],
    "profile": ["profiles/*/*"],
    "model": ["build/tiny/model/*/*"],
    "figure": ["build/tiny/figures/*"],
    "laid out table": ["build/tiny/tables/*"],
    "context, source text, tree": ["build/tiny/*.json", "build/tiny/*.md"],
    "rendered document": [f"build/tiny/rendered/*.{ending}" for ending in ("pdf", "docx", "html")],
    "delivered document": [f"build/tiny/brief.*.{ending}" for ending in ("pdf", "docx", "html")],
    "record of a delivery": ["build/tiny/*.sha256"],
    "ledger of deliveries": ["build/tiny/rendered/*.delivered"],
    "font": ["build/fonts/*.ttf"],
    "styles for Word": ["build/reference.docx"],
    "log": ["build/tiny/logs/*"],
}
# Of these only what an accident does to them is tried: nobody edits them.
INNER_GROUPS = {
    "record of Snakemake": [".snakemake/metadata/*"],
    "stamp": [".snakemake/brief/*.json", ".snakemake/brief/*/*.json"],
}
COMMENTS = {".py": "# more\n", ".smk": "# more\n", ".yaml": "# more\n", ".txt": "# more\n", ".j2": "{## more ##}\n"}
TEXTS = {".csv", ".html", ".json", ".log", ".lua", ".md", ".mplstyle", ".sha256", ".svg", ".typ", *COMMENTS}


def other_content(path: Path, random: Random) -> bytes:
    """Return the content of a file with one character changed; in code, where it changes nothing that is run."""
    content = path.read_bytes()
    if path.suffix in (".py", ".smk") or path.name == "Snakefile":
        places = [place for place in range(content.index(b"\n")) if content[place : place + 1].isalpha()]
    elif path.suffix in TEXTS:
        places = [found.start() for found in re.finditer(rb"[A-Za-z0-9]", content)]
    else:
        places = range(len(content))
    if not places:
        return content + b" "
    place = random.choice(places)
    fresh = b"1" if content[place : place + 1].isdigit() else b"x"
    if content[place : place + 1] == fresh:
        fresh = b"2" if fresh == b"1" else b"y"
    return content[:place] + fresh + content[place + 1 :]


def put_date(path: Path, nanoseconds: int) -> None:
    """Date a file."""
    os.utime(path, ns=(nanoseconds, nanoseconds))


def replace_file(path: Path, content: bytes, nanoseconds: int) -> None:
    """Put another file in the place of one, as unpacking an archive does."""
    unpacked = path.with_name(f"{path.name}.unpacked")
    unpacked.write_bytes(content)
    put_date(unpacked, nanoseconds)
    unpacked.replace(path)


def elsewhere(path: Path) -> Path:
    """Give a free place for a file outside of what the project reads."""
    folder = Path("elsewhere")
    folder.mkdir(exist_ok=True)
    return (folder / f"{len(os.listdir(folder))}{path.suffix}").absolute()


def change(path: Path, random: Random) -> None:
    path.write_bytes(other_content(path, random))


def lengthen(path: Path, random: Random) -> None:
    with path.open("ab") as file:
        file.write(COMMENTS.get(path.suffix, "\nEt encore.\n").encode())


def write_otherwise(path: Path, random: Random) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))


def empty(path: Path, random: Random) -> None:
    path.write_bytes(b"")


def truncate(path: Path, random: Random) -> None:
    os.truncate(path, path.stat().st_size // 2)


def delete(path: Path, random: Random) -> None:
    path.unlink()


def rename(path: Path, random: Random) -> None:
    path.rename(path.with_name(f"other_{path.name}"))


def touch(path: Path, random: Random) -> None:
    path.touch()


def date_later(path: Path, random: Random) -> None:
    put_date(path, time.time_ns() + DAY)


def date_earlier(path: Path, random: Random) -> None:
    put_date(path, YEAR_2001)


def write_again(path: Path, random: Random) -> None:
    path.write_bytes(path.read_bytes())


def replace_by_same(path: Path, random: Random) -> None:
    replace_file(path, path.read_bytes(), path.stat().st_mtime_ns)


def change_keeping_date(path: Path, random: Random) -> None:
    date = path.stat().st_mtime_ns
    change(path, random)
    put_date(path, date)


def change_dated_earlier(path: Path, random: Random) -> None:
    change(path, random)
    put_date(path, YEAR_2001)


def change_dated_later(path: Path, random: Random) -> None:
    change(path, random)
    put_date(path, time.time_ns() + DAY)


def replace_by_older(path: Path, random: Random) -> None:
    replace_file(path, other_content(path, random), YEAR_2001)


def replace_with_same_date(path: Path, random: Random) -> None:
    replace_file(path, other_content(path, random), path.stat().st_mtime_ns)


def change_and_undo(path: Path, random: Random) -> None:
    content = path.read_bytes()
    change(path, random)
    path.write_bytes(content)


def change_and_undo_with_date(path: Path, random: Random) -> None:
    date = path.stat().st_mtime_ns
    change_and_undo(path, random)
    put_date(path, date)


def delete_and_put_back(path: Path, random: Random) -> None:
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content)


def link_to_same(path: Path, random: Random) -> None:
    target = elsewhere(path)
    path.rename(target)
    path.symlink_to(target)


def link_to_changed(path: Path, random: Random) -> None:
    date, content, target = path.stat().st_mtime_ns, other_content(path, random), elsewhere(path)
    target.write_bytes(content)
    put_date(target, date)
    path.unlink()
    path.symlink_to(target)


OPERATIONS: dict[str, Callable[[Path, Random], None]] = {
    "a character changed": change,
    "a line more": lengthen,
    "other line ends and a byte-order mark": write_otherwise,
    "emptied": empty,
    "truncated": truncate,
    "deleted": delete,
    "renamed": rename,
    "touched": touch,
    "dated a day ahead": date_later,
    "dated years back": date_earlier,
    "the same bytes written again": write_again,
    "replaced by a file with the same bytes and date": replace_by_same,
    "changed in the same size, date put back": change_keeping_date,
    "changed, dated years back": change_dated_earlier,
    "changed, dated a day ahead": change_dated_later,
    "replaced by an older file of the same size": replace_by_older,
    "replaced by a file of the same size and date": replace_with_same_date,
    "changed and undone": change_and_undo,
    "changed and undone, date put back": change_and_undo_with_date,
    "deleted and put back": delete_and_put_back,
    "made a link to the same content": link_to_same,
    "made a link to other content of the same date": link_to_changed,
}
ACCIDENTS = ("emptied", "truncated", "deleted", "touched", "the same bytes written again")


def languages() -> list[str]:
    """List the languages of the evaluation."""
    return find_languages(EVALUATION)


def text_folder(language: str) -> Path:
    """Give the folder of the texts in a language."""
    return Path("data", EVALUATION, "text", language)


def files(*folders: str) -> list[Path]:
    """List all files in folders."""
    return [path for folder in folders for path in sorted(Path(folder).rglob("*")) if path.is_file()]


def write(name: str, text: str) -> None:
    """Write a file, its folder too."""
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")


def new_table(random: Random) -> None:
    shutil.copy(random.choice(sorted(Path("data/tiny").glob("*.csv"))), "data/tiny/new.csv")


def new_row(random: Random) -> None:
    path = random.choice(sorted(Path("data/tiny").glob("*.csv")))
    last = path.read_bytes().splitlines(keepends=True)[-1]
    path.write_bytes(path.read_bytes() + last)


def new_text(random: Random) -> None:
    write(f"{text_folder(random.choice(languages()))}/sustainability.md", "Une section de plus.\n")


def new_notes_of_a_person(random: Random) -> None:
    write(random.choice(["data/tiny/notes.txt", "data/tiny/old/survey.csv", "data/tiny/text/fr/old/logic.md"]), "?\n")


def new_file_of_program(random: Random) -> None:
    places = ["scripts/new.py", "scripts/evalbrief/new.py", "scripts/babel.py", "templates/new.md.j2", "rules/new.smk"]
    write(random.choice(places), "")


def new_module_in_place_of_package(random: Random) -> None:
    write(f"scripts/{random.choice(['snakemake', 'typst', 'docx'])}/__init__.py", '"""Another package."""\n')


def new_schema(random: Random) -> None:
    shutil.copy(random.choice(sorted(Path("data/schemas").glob("*.yaml"))), "data/schemas/new.yaml")


def new_label_file(random: Random) -> None:
    shutil.copy("templates/labels/es.yaml", "templates/labels/it.yaml")


def new_language(random: Random) -> None:
    shutil.copytree(text_folder("fr"), text_folder("es"))


def new_empty_language(random: Random) -> None:
    text_folder("es").mkdir()


def new_unknown_language(random: Random) -> None:
    shutil.copytree(text_folder("fr"), text_folder("xx"))


def language_taken_away(random: Random) -> None:
    shutil.rmtree(text_folder(random.choice(languages())))


def texts_emptied(random: Random) -> None:
    for path in text_folder(random.choice(languages())).glob("*.md"):
        path.unlink()


def texts_replaced_by_copy(random: Random) -> None:
    folder = text_folder(random.choice(languages()))
    shutil.copytree(folder, "elsewhere")
    shutil.rmtree(folder)
    shutil.move("elsewhere", folder)


def texts_made_a_link(random: Random) -> None:
    folder = text_folder(random.choice(languages()))
    folder.rename("elsewhere")
    folder.symlink_to(Path("elsewhere").absolute())


def tables_swapped(random: Random) -> None:
    swap(*random.sample(sorted(Path("data/tiny").glob("*.csv")), 2))


def texts_swapped(random: Random) -> None:
    swap(*random.sample(sorted(Path("data/tiny/text").glob("*/*.md")), 2))


def products_swapped(random: Random) -> None:
    swap(*random.sample(files("build/tiny/figures", "build/tiny/tables", "build/tiny/model"), 2))


def swap(one: Path, other: Path) -> None:
    """Give two files each other's names."""
    between = one.with_name(f"{one.name}.between")
    one.rename(between)
    other.rename(one)
    between.rename(other)


def translations_recorded(random: Random) -> None:
    write("data/tiny/translations.yaml", '"en": {"text/logic.md": "0123456789ab"}\n')


def setting_changed(random: Random) -> None:
    setting = random.choice(["minimum_cell: 5", "paper: a4", "templates/themes/ilo.yaml"])
    other = {"minimum_cell: 5": "minimum_cell: 4", "paper: a4": "paper: letter"}
    path = Path("config.yaml")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(setting, other.get(setting, "templates/themes/neutral.yaml")), encoding="utf-8")


def document_of_office_named(random: Random) -> None:
    write("elsewhere/office.docx", "")
    shutil.copy("build/reference.docx", "elsewhere/office.docx")
    path = Path("config.yaml")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("reference_document:", "reference_document: elsewhere/office.docx"), encoding="utf-8")


def code_broken(random: Random) -> None:
    with random.choice([*files("scripts/evalbrief"), Path("rules/common.smk")]).open("ab") as file:
        file.write(b"\n)\n")


def steps_cut_off(random: Random) -> None:
    marker = random.choice(files(".snakemake/metadata")).name
    write(f".snakemake/incomplete/{marker}", "{}")


def records_of_snakemake_lost(random: Random) -> None:
    shutil.rmtree(".snakemake/metadata")


def all_of_snakemake_lost(random: Random) -> None:
    shutil.rmtree(".snakemake")


def stamps_lost(random: Random) -> None:
    shutil.rmtree(".snakemake/brief")


def lock_left(random: Random) -> None:
    write(".snakemake/locks/0.input.lock", "data/tiny/survey.csv\n")


def logs_lost(random: Random) -> None:
    shutil.rmtree("build/tiny/logs")


def build_lost(random: Random) -> None:
    shutil.rmtree(random.choice(["build", "build/tiny", "build/fonts", "build/tiny/rendered", "build/tiny/model"]))


def sources_touched(random: Random) -> None:
    for path in files("data", "scripts", "templates", "rules", "profiles"):
        path.touch()


def products_touched(random: Random) -> None:
    for path in files("build"):
        path.touch()


def all_dated_at_random(random: Random) -> None:
    for path in files("data", "scripts", "templates", "rules", "profiles", "build"):
        put_date(path, random.randrange(YEAR_2001, time.time_ns()))


def stray_file_in_build(random: Random) -> None:
    places = ["build/tiny/brief.fr.docx.part", "build/tiny/figures/old.fr.svg", "build/tiny/x", "build/fonts/Old.ttf"]
    write(random.choice(places), "?\n")


def document_saved_as_another(random: Random) -> None:
    shutil.copy("build/tiny/brief.fr.docx", "build/tiny/brief.fr.edited-1.docx")


def documents_of_language_lost(random: Random) -> None:
    for path in Path("build/tiny").glob(f"brief.{random.choice(languages())}.*"):
        path.unlink()


def several(random: Random) -> None:
    for _ in range(random.randint(2, 4)):
        present = [name for name in GROUPS if members(name)]
        path = random.choice(members(random.choice(present)))
        OPERATIONS[random.choice(list(OPERATIONS))](path, random)


SPECIAL: dict[str, Callable[[Random], None]] = {
    "a new table of data": new_table,
    "a row more": new_row,
    "a new text": new_text,
    "a file of a person's own among the data": new_notes_of_a_person,
    "a new file of the program": new_file_of_program,
    "a module with the name of a package": new_module_in_place_of_package,
    "a new schema": new_schema,
    "a new label file": new_label_file,
    "a new language": new_language,
    "a new language without texts": new_empty_language,
    "a language without a label file": new_unknown_language,
    "a language taken away": language_taken_away,
    "all texts of a language deleted": texts_emptied,
    "a folder of texts replaced by its copy": texts_replaced_by_copy,
    "a folder of texts made a link": texts_made_a_link,
    "two tables of data swapped": tables_swapped,
    "two texts swapped": texts_swapped,
    "two products swapped": products_swapped,
    "translations recorded": translations_recorded,
    "a setting changed": setting_changed,
    "a document of the office named": document_of_office_named,
    "code that cannot be read": code_broken,
    "a step cut off": steps_cut_off,
    "all records of Snakemake lost": records_of_snakemake_lost,
    "all that Snakemake keeps lost": all_of_snakemake_lost,
    "all stamps lost": stamps_lost,
    "a lock left behind": lock_left,
    "all logs lost": logs_lost,
    "a folder of products lost": build_lost,
    "all sources touched": sources_touched,
    "all products touched": products_touched,
    "all files dated at random": all_dated_at_random,
    "a stray file among the products": stray_file_in_build,
    "a document saved under another name": document_saved_as_another,
    "all documents of a language lost": documents_of_language_lost,
    "two to four edits at once": several,
}
# The last one stands for many.
SEVERAL_TIMES = 40


def members(group: str) -> list[Path]:
    """List the files of a group in this folder; those that are links by now, too."""
    patterns = GROUPS.get(group) or INNER_GROUPS[group]
    return sorted({path for pattern in patterns for path in Path().glob(pattern) if path.is_file()})


# An operation, and the group of files it is done to, or none for one that stands for itself.
Kind = tuple[str, str]


def kinds() -> list[Kind]:
    """List every kind of edit."""
    every = [(operation, group) for operation in OPERATIONS for group in GROUPS]
    every += [(operation, group) for operation in ACCIDENTS for group in INNER_GROUPS]
    return [*every, *((name, "") for name in SPECIAL), *[("two to four edits at once", "")] * SEVERAL_TIMES]


def kind_of(number: int, seed: int) -> Kind:
    """Choose the kind of an edit: all come about as often as each other, in a random order."""
    every = kinds()
    return Random(f"{seed}-{number // len(every)}").sample(every, len(every))[number % len(every)]


# ---------------------------------------------------------------------------------------------------------------------
# The copies that are edited
# ---------------------------------------------------------------------------------------------------------------------


class Copy:
    """A copy of a built project that can be put back as it was."""

    def __init__(self, built: Path, folder: Path) -> None:
        shutil.copytree(built, folder, symlinks=True)
        self.folder, self._built = folder, built
        self._known = self._look()
        self.settled_from = time.monotonic() + SETTLED

    def put_back(self) -> None:
        """Put back every file that is not as it was, with its date; take away every new one."""
        for folder, folders, _ in os.walk(self.folder):
            for path in (Path(folder, name) for name in folders):
                if path.is_symlink():
                    path.unlink()
        present = self._look()
        for path in present.keys() - self._known.keys():
            (self.folder / path).unlink()
        for path in [path for path, state in self._known.items() if present.get(path) != state]:
            target = self.folder / path
            target.unlink(missing_ok=True)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(self._built / path, target)
        for folder, folders, names in os.walk(self.folder, topdown=False):
            if not folders and not names and not (self._built / Path(folder).relative_to(self.folder)).exists():
                os.rmdir(folder)
        self._known = self._look()
        self.settled_from = time.monotonic() + SETTLED

    def _look(self) -> dict[str, tuple[int, ...]]:
        found = {}
        for folder, _, names in os.walk(self.folder):
            for name in names:
                path = os.path.join(folder, name)
                status = os.lstat(path)
                state = (status.st_mode, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
                found[os.path.relpath(path, self.folder)] = state
        return found


def build_project(folder: Path) -> Path:
    """Build the tiny evaluation in two languages, for an office with a logo of its own."""
    project = Project.create(folder, tiny=TINY)
    data = folder / "data" / EVALUATION
    for path in data.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        places = [place for place, name in enumerate(rows[0]) if name.endswith("_fr")]
        head = [*rows[0], *(f"{rows[0][place][:-3]}_{SECOND_LANGUAGE}" for place in places)]
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerows([head, *([*row, *(row[place] for place in places)] for row in rows[1:])])
    facts = data / "evaluation.yaml"
    said = re.sub(r'\bfr: ("[^"]*"|\[.*?\]|[^,}]*)', rf"fr: \1, {SECOND_LANGUAGE}: \1", facts.read_text("utf-8"))
    facts.write_text(said, encoding="utf-8")
    shutil.copytree(data / "text/fr", data / "text" / SECOND_LANGUAGE)
    (folder / "office").mkdir()
    (folder / "office/logo.svg").write_text(LOGO, encoding="utf-8")
    project.replace("templates/themes/ilo.yaml", "\nlogo:\n", "\nlogo: office/logo.svg\n")
    return folder


def stamp_project(folder: Path) -> None:
    """Have the project built, and stamped, by the command that people use."""
    done = subprocess.run(
        [sys.executable, "-m", "evalbrief.commands", "build"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": "scripts"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    if done.returncode:
        raise SystemExit(done.stdout)


# ---------------------------------------------------------------------------------------------------------------------
# The two answers
# ---------------------------------------------------------------------------------------------------------------------


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
    records = find_records(find_documents([(EVALUATION, language) for language in known]))
    for language, record in zip(known, map(Path, records), strict=True):
        there = record.exists()
        try:
            edited = list(keep_edited(record))
            forget_lost(record)
        except ValueError:  # a record or ledger cut short: the command ends with it
            found.add(language)
            continue
        if edited or (there and not record.exists()):
            found.add(language)
    status, said = dry_run(records)
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
    # The rules parse every module to find its imports: the same bytes are parsed once.
    ast.parse = cache(ast.parse)
    for path in (ROOT / "scripts").rglob("*.py"):
        ast.parse(path.read_bytes())
    gc.freeze()
    gc.disable()
    return snakemake.cli.main


# ---------------------------------------------------------------------------------------------------------------------
# The comparison
# ---------------------------------------------------------------------------------------------------------------------

# How an edit is done: to a copy whose stamp is settled; right after the stamp, to a file that was written right before
# it; the same on a clock that ticks every two seconds.
SETTLED_STAMP, YOUNG, COARSE = "settled", "young", "coarse clock"
# Ways to make the stamps blind: what stands for which of their functions. Each must be caught, or this comparison would
# prove nothing.
BLIND: dict[str, tuple[str, Callable]] = {
    "every change": ("_looks_unchanged", lambda states, glance: True),
    "content": ("_still_holds", lambda stamp, evaluation, language, sources: True),
    "what was made": ("_still_holds", lambda stamp, evaluation, language, sources: sources == stamp.sources),
    "the program": ("_digest_of_group", lambda name, roots: read_json(stamps.FOLDER / f"{name}.json")["digest"]),
    "the time of change": ("_state", lambda path, status: (path, status.st_size, status.st_mtime_ns, 0)),
    "the tick of the clock": ("_looks_unchanged", lambda states, glance: stamps._digest(states) == glance["states"]),
}
FAULT, CAUTIOUS, SOMETHING, NOTHING = "fault", "cautious", "both something", "both nothing"


@dataclass(frozen=True)
class Answer:
    """What both said about an edit."""

    number: int
    kind: Kind
    how: str
    asked: frozenset[str]
    fresh: frozenset[str]
    to_make: frozenset[str]
    trouble: str
    computed: float

    @property
    def verdict(self) -> str:
        """Judge the stamps: wrong, more careful than Snakemake, or of one mind with it."""
        if self.trouble or self.fresh & self.to_make:
            return FAULT
        if self.asked - self.fresh - self.to_make:
            return CAUTIOUS
        return SOMETHING if self.to_make else NOTHING

    def __str__(self) -> str:
        said = self.trouble or f"nothing new in {sorted(self.fresh)}; Snakemake has to do in {sorted(self.to_make)}"
        return f"edit {self.number}, {': '.join(filter(None, self.kind))} ({self.how}): {said}"


def answer(copy: Copy, number: int, seed: int, kind: Kind) -> Answer | None:
    """Do an edit to a copy, ask both, and put the copy back; return nothing when there is no file to edit."""
    started = sum(os.times()[:4])
    random = Random(f"{seed}-{number}-{kind}")
    how = random.choices([SETTLED_STAMP, YOUNG, COARSE], [70, 10, 20])[0]
    os.chdir(copy.folder)
    operation, group = kind
    paths = members(group) if group else []
    if group and not paths:
        return None
    exact = stamps._state, stamps._now
    try:
        if how == COARSE:
            stamps._state, stamps._now = _coarse_state, lambda: _coarse(exact[1]())
        if how == SETTLED_STAMP:
            time.sleep(max(0.0, copy.settled_from - time.monotonic()))
        path = random.choice(paths) if paths else Path()
        if group and how != SETTLED_STAMP:
            change_and_undo_with_date(path, random)
        everything = frozenset(languages())
        if up_to_date() != everything or (how == SETTLED_STAMP and not is_settled()):
            raise AssertionError(f"{copy.folder} was not put back as it was before edit {number}")
        if group:
            OPERATIONS[operation](path, random)
        else:
            SPECIAL[operation](random)
        asked, trouble = frozenset(languages()), ""
        try:
            fresh = up_to_date()
        except Exception as error:  # whatever it is, the command would end with it
            fresh, trouble = frozenset(), repr(error)
        to_do = to_make(asked)
    finally:
        stamps._state, stamps._now = exact
        copy.put_back()
    return Answer(number, kind, how, asked, fresh, to_do, trouble, sum(os.times()[:4]) - started)


def _coarse(nanoseconds: int) -> int:
    return nanoseconds - nanoseconds % stamps.TICK


def _coarse_state(path: str, status: os.stat_result) -> stamps.State:
    return path, status.st_size, _coarse(status.st_mtime_ns), _coarse(status.st_ctime_ns)


def answer_all(built: Path, numbers: Sequence[int], seed: int, blind: str, only: str) -> list[Answer]:
    """Answer for many edits in one process, on several copies in turn."""
    snakemake_main()
    here, answers = os.getcwd(), []
    with TemporaryDirectory(prefix="edits-", dir=built.parent) as place:
        copies = [Copy(built, Path(place, str(number))) for number in range(min(COPIES, len(numbers)))]
        chosen = [kind for kind in kinds() if re.search(only, ": ".join(kind))] if only else []
        for done, number in enumerate(numbers):
            kind = Random(f"{seed}-{number}").choice(chosen) if only else kind_of(number, seed)
            with blinded(blind):
                found = answer(copies[done % len(copies)], number, seed, kind)
            answers += [found] if found else []
        os.chdir(here)
    return answers


@contextmanager
def blinded(to: str) -> Iterator[None]:
    """Make the stamps blind to something for a while, or to nothing."""
    name, stand_in = BLIND.get(to, ("_state", stamps._state))
    seeing = getattr(stamps, name)
    setattr(stamps, name, stand_in)
    try:
        yield
    finally:
        setattr(stamps, name, seeing)


def compare(
    built: Path, edits: int, seed: int, processes: int, blind: str = "", only: str = ""
) -> tuple[list[Answer], float]:
    """Answer for many edits in several processes; return the answers, and the seconds it took."""
    started = time.monotonic()
    shares = [(built, range(first, edits, processes), seed, blind, only) for first in range(processes)]
    if processes == 1:
        answers = answer_all(*shares[0])
    else:
        with get_context("fork").Pool(processes) as pool:
            answers = [found for share in pool.starmap(answer_all, shares) for found in share]
    return sorted(answers, key=lambda found: found.number), time.monotonic() - started


# ---------------------------------------------------------------------------------------------------------------------
# The report
# ---------------------------------------------------------------------------------------------------------------------


def counts(answers: Iterable[Answer], name: Callable[[Answer], str], heading: str) -> str:
    """Count the verdicts by a name of the edits, as a Markdown table."""
    verdicts = (NOTHING, SOMETHING, CAUTIOUS, FAULT)
    by_name: dict[str, Counter[str]] = {}
    for found in answers:
        by_name.setdefault(name(found), Counter())[found.verdict] += 1
    by_name["all"] = sum(by_name.values(), Counter())
    rows = [
        f"| {name} | {counted.total()} | {' | '.join(str(counted[verdict] or '') for verdict in verdicts)} |"
        for name, counted in by_name.items()
    ]
    return "\n".join(
        [f"| {heading} | edits | {' | '.join(verdicts)} |", "| --- | ---: | ---: | ---: | ---: | ---: |", *rows]
    )


def report(answers: list[Answer], seed: int, processes: int, seconds: float, controls: dict[str, list[Answer]]) -> str:
    """Write what came of it as Markdown."""
    order = {name: place for place, name in enumerate([*OPERATIONS, *SPECIAL])}
    groups = {name: place for place, name in enumerate([*GROUPS, *INNER_GROUPS, ""])}
    by_operation = sorted(answers, key=lambda found: order[found.kind[0]])
    by_group = sorted(answers, key=lambda found: groups[found.kind[1]])
    faults = [found for found in answers if found.verdict == FAULT]
    each = sum(found.computed for found in answers) / len(answers)
    lines = [
        "# Random edits: the stamps and Snakemake",
        f"{len(answers)} edits, seed {seed}: **{len(faults)} faults**. {processes} processes took {seconds / 60:.1f} "
        f"minutes, an edit {each:.2f} s of computing. Made by "
        f"`python tests/benchmarks/random_edits.py --edits {len(answers)} --seed {seed} --processes {processes}`.",
        "A fault is an edit after which the stamps find nothing new in a language for which Snakemake would run "
        "something, or after which they end with an error. Cautious is the reverse: Snakemake is started and finds "
        "nothing to do. Not tried is one thing on purpose: Snakemake's own records lost and a file touched as well. It "
        "then goes by dates alone and makes the same bytes anew; the stamps, which go by content, find nothing new.",
        counts(by_operation, lambda found: found.kind[0], "what was done"),
        counts(by_group, lambda found: found.kind[1] or "(several, or others)", "what it was done to"),
        counts(sorted(answers, key=lambda found: found.how), lambda found: found.how, "the stamp before the edit"),
        "A settled stamp is judged by size and dates alone; a young one was written a moment ago, after the file "
        "that is edited; with a coarse clock, all times are even seconds.",
    ]
    if controls:
        lines += [
            "Stamps made blind, to see that it is found:",
            "\n".join(
                ["| blind to | edits | faults found |", "| --- | ---: | ---: |"]
                + [
                    f"| {to} | {len(found)} | {sum(one.verdict == FAULT for one in found)} |"
                    for to, found in controls.items()
                ]
            ),
        ]
    lines += ["\n".join(f"- {found}" for found in faults)] if faults else []
    return "\n\n".join(lines) + "\n"


def main() -> int:
    """Compare, write the report, and return 1 when a fault was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--edits", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--controls", type=int, default=0, help="so many edits for each stamp made blind")
    parser.add_argument("--only", default="", help="only kinds of edits that this regular expression is found in")
    parser.add_argument("--blind", default="", choices=["", *BLIND], help="make the stamps blind to something")
    parser.add_argument("--built", type=Path, help="a built and stamped project to use")
    parser.add_argument("--results", type=Path, help="where the report is written to, if not among the results")
    words = parser.parse_args()
    results = words.results.absolute() if words.results else RESULTS
    with TemporaryDirectory(prefix="random-edits-") as place:
        built = words.built.absolute() if words.built else build_project(Path(place, "built"))
        # The first build learns which files the office has of its own, the second one stamps.
        for _ in range(2):
            stamp_project(built)
        answers, seconds = compare(built, words.edits, words.seed, words.processes, words.blind, words.only)
        controls = {
            to: compare(built, words.controls, words.seed, words.processes, to)[0] for to in BLIND if words.controls
        }
    results.parent.mkdir(exist_ok=True)
    results.write_text(report(answers, words.seed, words.processes, seconds, controls), encoding="utf-8", newline="\n")
    faults = [found for found in answers if found.verdict == FAULT]
    print(*faults, f"{len(answers)} edits, {len(faults)} faults, {seconds:.0f} s: {results}", sep="\n")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
