"""What happens to an evaluation, the program or the build as a whole, beyond one file."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from edited_copy import EVALUATION
from evalbrief.commands.evaluations import find_languages
from file_edits import GROUPS, OPERATIONS, YEAR_2001, members, put_date


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
