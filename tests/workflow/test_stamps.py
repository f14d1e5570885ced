"""Nothing is new only when nothing is: what the stamps find after each edit, alone and beside Snakemake's answer."""

import base64
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from evalbrief.commands import stamps
from evalbrief.commands.build import find_stale
from evalbrief.commands.stamps import Stamps
from evalbrief.imports import imports_of
from workflow.project import ROOT, Project

RANDOM_EDITS = ROOT / "tests" / "benchmarks" / "random_edits.py"
PROGRAM = (
    *["Snakefile", "config.yaml", "requirements.txt", "profiles/default/config.yaml", "rules/data.smk"],
    *["scripts/check_data.py", "scripts/evalbrief/files.py", "templates/brief.md.j2", "data/schemas/survey.yaml"],
)
SOURCES = ("evaluation.yaml", "survey.csv", "text/fr/logic.md", "text/en/logic.md")
# What only comparing drafts uses, and a module of it that comes.
COMPARING = ("scripts/evalbrief/commands/compare.py", "scripts/evalbrief/review/page.py", "templates/html/review.css")
NEW_MODULE = "scripts/evalbrief/review/tree/new.py"
PUBLISHING = "kept_sets: 9\ntell: []\ntell_every: 60\npublished: published\n"
SETTINGS = f"paper: a4\nredline_for: word\nminimum_cell: 5\n{PUBLISHING}"
SHARED = ("build/fonts/Text.ttf", "build/reference.docx")
MADE = (
    *["model/{}/survey.csv", "context.{}.json", "figures/survey.{}.svg", "rendered/brief.{}.pdf"],
    *["brief.{}.pdf", "brief.{}.docx", "brief.{}.html"],
)
BOTH = ["en", "fr"]
NOTES = {"en": ["A note."], "fr": []}
TICK = 50_000_000
TABLE, PDF = Path("data/tiny/survey.csv"), Path("build/tiny/brief.fr.pdf")


def write(name: str, text: str = "one\n") -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def marker_of(path: str) -> str:
    """Name the marker that Snakemake keeps while it makes a file."""
    return base64.urlsafe_b64encode(path.encode()).decode()


def make(language: str) -> None:
    """Stand in for a build: put everything that is made in a language in place, the record last."""
    for name in MADE:
        write(f"build/tiny/{name.format(language)}")
    names = [f"brief.{language}.{ending}" for ending in ("pdf", "docx", "html")]
    write(f"build/tiny/brief.{language}.sha256", "".join(f"0123  {name}\n" for name in names))


def build(*languages: str, meanwhile: Callable[[], object] = lambda: None, after: Callable = lambda: None) -> None:
    """Build languages as the command does, something happening meanwhile and after the delivery."""
    asked = Stamps()
    asked.fresh("tiny")
    snapshot = asked.take("tiny")
    meanwhile()
    for language in languages:
        make(language)
    after()
    asked.record("tiny", snapshot, languages, NOTES)


def fresh() -> list[str]:
    """Return the languages that a command finds up to date."""
    return sorted(Stamps().fresh("tiny").languages)


def settle() -> None:
    """Wait until the files are old enough, and have the stamp renewed: a glance is enough from now on."""
    time.sleep(3 * stamps.TICK / 1e9)
    assert fresh() == BOTH


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with what a stamp looks at, built in two languages. Its clock is taken to tick often, to wait less."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(stamps, "TICK", TICK)
    for name in (*PROGRAM, *COMPARING, *SHARED, *(f"data/tiny/{name}" for name in SOURCES)):
        write(name)
    write("config.yaml", SETTINGS)
    build(*BOTH)


@pytest.fixture(params=["settled", "young", "coarse clock"])
def stamped(request: pytest.FixtureRequest, project: None, monkeypatch: pytest.MonkeyPatch) -> str:
    """The built folder: with a settled stamp; with one written just now; on a clock that ticks every two seconds."""
    if request.param == "settled":
        settle()
    elif request.param == "coarse clock":
        exact_state, exact_now = stamps._state, stamps.now_on_disk

        def coarse(nanoseconds: int) -> int:
            return nanoseconds - nanoseconds % 2_000_000_000

        def state(path: str, status: os.stat_result) -> stamps.State:
            path, size, *times = exact_state(path, status)
            return path, size, coarse(times[0]), coarse(times[1])

        monkeypatch.setattr(stamps, "TICK", 2_000_000_000)
        monkeypatch.setattr(stamps, "_state", state)
        monkeypatch.setattr(stamps, "now_on_disk", lambda: coarse(exact_now()))
        build(*BOTH)
        assert fresh() == BOTH
    return request.param


def change(path: Path) -> None:
    path.write_text("two\n", encoding="utf-8")


def change_keeping_date(path: Path) -> None:
    date = path.stat().st_mtime_ns
    change(path)
    os.utime(path, ns=(date, date))


def change_dated(path: Path, seconds: int) -> None:
    change(path)
    os.utime(path, (seconds, seconds))


def replace(path: Path) -> None:
    unpacked = Path("unpacked")
    change_dated(unpacked, 1_000_000_000)
    unpacked.replace(path)


def replace_with_same_date(path: Path) -> None:
    date, unpacked = path.stat().st_mtime_ns, Path("unpacked")
    change(unpacked)
    os.utime(unpacked, ns=(date, date))
    unpacked.replace(path)


def change_and_undo(path: Path) -> None:
    content = path.read_bytes()
    change(path)
    path.write_bytes(content)


def make_a_link(path: Path) -> None:
    path.rename("elsewhere")
    path.symlink_to(Path("elsewhere").absolute())


def set_reader(setting: str) -> None:
    write("config.yaml", SETTINGS.replace("redline_for: word", setting))


def set_publishing(settings: str) -> None:
    write("config.yaml", SETTINGS.replace(PUBLISHING, settings))


def change_what_compares() -> None:
    for name in (*COMPARING, NEW_MODULE):
        write(name, "two\n")
    set_reader("redline_for: 'libreoffice' ")


# What each edit leaves up to date.
EDITS: dict[str, tuple[Callable[[], object], list[str]]] = {
    "touched": (TABLE.touch, BOTH),
    "same bytes again": (lambda: TABLE.write_bytes(TABLE.read_bytes()), BOTH),
    "changed and undone": (lambda: change_and_undo(TABLE), BOTH),
    "dated ahead": (lambda: os.utime(TABLE, (4e9, 4e9)), BOTH),
    "changed": (lambda: change(TABLE), []),
    "changed, same size and date": (lambda: change_keeping_date(TABLE), []),
    "changed, older date": (lambda: change_dated(TABLE, 1_000_000_000), []),
    "changed, date ahead": (lambda: change_dated(TABLE, 4_000_000_000), []),
    "replaced by an older file": (lambda: replace(TABLE), []),
    "replaced by a file of the same date": (lambda: replace_with_same_date(TABLE), []),
    "deleted": (TABLE.unlink, []),
    "renamed": (lambda: TABLE.rename("data/tiny/other.csv"), []),
    "new table": (lambda: write("data/tiny/new.csv"), []),
    "text changed": (lambda: change(Path("data/tiny/text/fr/logic.md")), ["en"]),
    "new text": (lambda: write("data/tiny/text/fr/method.md"), ["en"]),
    "text deleted": (Path("data/tiny/text/fr/logic.md").unlink, ["en"]),
    "language taken away": (lambda: shutil.rmtree("data/tiny/text/fr"), ["en"]),
    "table made a link": (lambda: make_a_link(TABLE), []),
    "settings made a link": (lambda: make_a_link(Path("config.yaml")), []),
    "texts made a link": (lambda: make_a_link(Path("data/tiny/text/fr")), ["en"]),
    "data fetched": (lambda: write("data/tiny/fetched.json"), BOTH),
    "table named as what was fetched": (lambda: write("data/tiny/text/fr/fetched.json"), ["en"]),
    "draft issued": (lambda: write("data/tiny/drafts/1.zip"), BOTH),
    "templates in a folder named drafts": (lambda: write("templates/drafts/new.md.j2"), []),
    "translations recorded": (lambda: write("data/tiny/translations.yaml"), BOTH),
    "document changed": (lambda: change(PDF), ["en"]),
    "document changed, same size and date": (lambda: change_keeping_date(PDF), ["en"]),
    "document deleted": (PDF.unlink, ["en"]),
    "document truncated": (lambda: os.truncate(PDF, 1), ["en"]),
    "document touched": (PDF.touch, BOTH),
    "model changed": (lambda: change(Path("build/tiny/model/en/survey.csv")), ["fr"]),
    "record deleted": (Path("build/tiny/brief.fr.sha256").unlink, ["en"]),
    "font changed, same size and date": (lambda: change_keeping_date(Path(SHARED[0])), []),
    "styles for Word deleted": (Path(SHARED[1]).unlink, []),
    "step cut off": (lambda: write(f".snakemake/incomplete/{marker_of('build/tiny/brief.fr.pdf')}"), []),
    "step cut off, file lost": (lambda: write(f".snakemake/incomplete/{marker_of('build/lost')}"), BOTH),
    "unreadable mark of a step": (lambda: write(".snakemake/incomplete/a"), []),
    **{f"{name} changed": (lambda name=name: change_keeping_date(Path(name)), []) for name in PROGRAM},
    "what compares changed": (change_what_compares, BOTH),
    "settings of publishing changed": (
        lambda: set_publishing("kept_sets: 2\ntell: [A, B_2]\ntell_every: 0\npublished: ready/here\n"),
        BOTH,
    ),
    **{
        f"{line} set": (lambda line=line: set_publishing(f"{line}\n"), [])
        for line in ("kept_sets: 0", "tell: [a@b]", "tell: A", "tell_every: -1", "published: true")
    },
    "reader set to what is not known": (lambda: set_reader("redline_for: writer"), []),
    "reader set to what only begins as known": (lambda: set_reader("redline_for: word#"), []),
    "setting of the reader deleted": (lambda: set_reader(""), []),
    "another setting changed": (lambda: write("config.yaml", SETTINGS.replace("5", "6")), []),
    "new module beside what compares": (lambda: write("scripts/evalbrief/reviewed.py"), []),
    "new template beside what compares": (lambda: write("templates/html/review.css.j2"), []),
    "program touched": (lambda: [Path(name).touch() for name in PROGRAM], BOTH),
    "new template": (lambda: write("templates/sections/new.md.j2"), []),
    "module deleted": (Path("scripts/evalbrief/files.py").unlink, []),
}


@pytest.mark.parametrize("edit", EDITS, ids=lambda name: re.sub(r"\W+", "_", name))
def test_edit_leaves_up_to_date(stamped: str, edit: str) -> None:
    if os.name == "nt" and ("same size and date" in edit or "link" in edit):
        pytest.skip("Windows keeps no time of change that a date put back would not hide, and lets few make links")
    act, languages = EDITS[edit]
    act()
    assert fresh() == languages


def test_a_glance_is_enough(project: None, monkeypatch: pytest.MonkeyPatch) -> None:
    settle()

    def read(path: str) -> str:
        raise AssertionError(f"{path} is read")

    monkeypatch.setattr(stamps, "_content", read)
    assert Stamps().fresh("tiny") == (BOTH, NOTES)


def test_young_files_are_compared_by_content(project: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamps, "TICK", 10**12)
    assert fresh() == BOTH
    monkeypatch.setattr(stamps, "_content", lambda path: "another")
    assert fresh() == []


def test_dates_ahead_of_the_clock_are_compared_by_content(project: None) -> None:
    settle()
    for path in Path().rglob("*.csv"):
        os.utime(path, (4e9, 4e9))
    settle()
    change_dated(TABLE, 4_000_000_000)
    assert fresh() == []


def test_translations_recorded_have_only_the_notes_found_anew(project: None) -> None:
    write("data/tiny/translations.yaml")
    assert Stamps().fresh("tiny") == (BOTH, None)
    assert find_stale(["tiny"], (), Stamps()) == ([("tiny", "en"), ("tiny", "fr")], {"tiny": []}, {})


@pytest.mark.parametrize("texts", [["logic.md"], []], ids=["with a text", "empty"])
def test_new_language_is_made(project: None, texts: list[str]) -> None:
    Path("data/tiny/text/es").mkdir()
    for name in texts:
        write(f"data/tiny/text/es/{name}")
    fresh, stale, _ = find_stale(["tiny"], (), Stamps())
    assert (fresh, stale) == ([("tiny", "en"), ("tiny", "fr")], {"tiny": ["es"]})


def test_language_taken_away_and_put_back_is_up_to_date(project: None) -> None:
    Path("data/tiny/text/fr").rename("elsewhere")
    build()
    assert fresh() == ["en"]
    Path("elsewhere").rename("data/tiny/text/fr")
    assert fresh() == ["en"]
    build("fr")
    assert fresh() == BOTH


def test_what_one_language_lacks_keeps_no_other_back(project: None) -> None:
    change(Path("data/tiny/text/fr/logic.md"))
    build()
    assert fresh() == ["en"]
    build("fr")
    assert fresh() == BOTH


MEANWHILE: dict[str, Callable[[], object]] = {
    "table": lambda: change(TABLE),
    "table, same size and date": lambda: change_keeping_date(TABLE),
    "new table": lambda: write("data/tiny/new.csv"),
    "table changed and undone": lambda: change_and_undo(TABLE),
    "module": lambda: change(Path("scripts/evalbrief/files.py")),
    "module changed and undone": lambda: change_and_undo(Path("scripts/evalbrief/files.py")),
}


@pytest.mark.parametrize("edit", MEANWHILE, ids=lambda name: re.sub(r"\W+", "_", name))
def test_changed_during_the_build(project: None, edit: str) -> None:
    change(Path("data/tiny/evaluation.yaml"))
    build(*BOTH, meanwhile=MEANWHILE[edit])
    assert fresh() == []
    build(*BOTH)
    assert fresh() == BOTH


def test_program_changed_during_the_build_and_undone_after_it(project: None) -> None:
    module = Path("scripts/evalbrief/files.py")
    change(TABLE)
    build(*BOTH, meanwhile=lambda: change(module))
    write(str(module))
    assert fresh() == []


AFTER_DELIVERY: dict[str, tuple[Callable[[], object], list[str]]] = {
    "document deleted": (PDF.unlink, ["en"]),
    "document changed": (lambda: change(PDF), ["en"]),
    "document changed, older date": (lambda: change_dated(PDF, 1_000_000_000), ["en"]),
    "model changed": (lambda: change(Path("build/tiny/model/fr/survey.csv")), ["en"]),
    "font changed": (lambda: change(Path(SHARED[0])), []),
}


@pytest.mark.parametrize("edit", AFTER_DELIVERY, ids=lambda name: re.sub(r"\W+", "_", name))
def test_changed_between_delivery_and_stamp(project: None, edit: str) -> None:
    change(TABLE)
    act, languages = AFTER_DELIVERY[edit]

    def wait_and_act() -> None:
        time.sleep(TICK / 1e9)
        act()

    build(*BOTH, after=wait_and_act)
    assert fresh() == languages


def test_products_of_any_date_are_stamped_when_nothing_was_to_do(project: None) -> None:
    shutil.rmtree(stamps.FOLDER)
    for number, path in enumerate(sorted(Path("build").rglob("*.*"))):
        os.utime(path, (1_000_000_000 - number, 1_000_000_000 - number))
    asked = Stamps()
    asked.record("tiny", asked.take("tiny"), BOTH, NOTES)
    assert fresh() == BOTH


def test_files_of_a_moment_trouble_nobody(project: None) -> None:
    done = threading.Event()

    def write_and_delete() -> None:
        while not done.is_set():
            for place in ("data/tiny", "build/tiny", "build/fonts"):
                write(f"{place}/.~lock.survey.csv#")
                Path(place, ".~lock.survey.csv#").unlink()

    somebody = threading.Thread(target=write_and_delete)
    somebody.start()
    try:
        for _ in range(200):
            assert set(fresh()) <= set(BOTH)
    finally:
        done.set()
        somebody.join()
    assert fresh() == BOTH


@pytest.mark.parametrize("size", [0, 20, -3])
def test_stamps_cut_short_count_as_not_there(project: None, size: int) -> None:
    settle()
    kept = sorted(stamps.FOLDER.rglob("*.json"))
    assert len(kept) == 3
    for path in kept:
        os.truncate(path, size if size >= 0 else path.stat().st_size + size)
    TABLE.touch()
    assert fresh() in ([], BOTH)
    build(*BOTH)
    assert fresh() == BOTH


# ---------------------------------------------------------------------------------------------------------------------
# Beside Snakemake's answer
# ---------------------------------------------------------------------------------------------------------------------


def compare(built: Project, folder: Path, *words: str) -> tuple[int, str]:
    """Ask of random edits to a copy of a built project; return the exit status, and what was said."""
    copy = built.copy(folder / "built")
    done = subprocess.run(
        [
            sys.executable,
            RANDOM_EDITS,
            "--built",
            copy.folder,
            "--processes",
            "1",
            "--results",
            folder / "r.md",
            *words,
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    return done.returncode, done.stdout


needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="Snakemake is asked in forks")


@needs_fork
def test_random_edits_find_no_fault(built: Project, tmp_path: Path) -> None:
    status, said = compare(built, tmp_path, "--edits", "60", "--seed", "7")
    assert status == 0 and " 0 faults" in said, said


CONTROLS = {
    "content": "^a character changed: (table of data|text|font|delivered)",
    "what was made": "^deleted: (delivered document|record|ledger)",
    "the program": "^a line more: (module|script|schema|template)",
    "the time of change": "^changed in the same size, date put back: (table of data|text|quick facts)",
    "the tick of the clock": "^(changed in the same size, date put back|changed): (table of data|text|quick facts)",
}


@needs_fork
@pytest.mark.parametrize("blind", CONTROLS, ids=lambda name: name.replace(" ", "_"))
def test_blind_stamps_are_found_out(built: Project, tmp_path: Path, blind: str) -> None:
    status, said = compare(built, tmp_path, "--edits", "8", "--seed", "8", "--blind", blind, "--only", CONTROLS[blind])
    assert status == 1 and re.search(r"^8 edits, [1-9]", said, flags=re.MULTILINE), said


# While the stamp is young, each look writes it anew.
LOOK_OFTEN = """
from evalbrief.commands.stamps import Stamps
for _ in range(100):
    assert len(Stamps().fresh("tiny").languages) == 2
"""


def test_several_commands_may_look_at_once(project: None) -> None:
    # Processes of their own: a fork of these tests would have the locks of their threads, and nobody to open them.
    looking = [sys.executable, "-c", LOOK_OFTEN]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "scripts")}
    commands = [subprocess.Popen(looking, env=environment) for _ in range(4)]
    assert [command.wait(60) for command in commands] == [0] * 4


def test_the_first_build_knows_the_files_of_the_office(project: None) -> None:
    write("office/logo.svg")
    asked = Stamps()
    asked.fresh("tiny")
    asked.know_office(["office/logo.svg"])
    snapshot = asked.take("tiny")
    make("fr")
    asked.record("tiny", snapshot, ["fr"], NOTES)
    assert fresh() == ["fr"]
    write("office/logo.svg", "another\n")
    assert fresh() == []


# ---------------------------------------------------------------------------------------------------------------------
# What of the program no build uses
# ---------------------------------------------------------------------------------------------------------------------

# The commands that keep drafts, compare them, read reviewers' files, or have others run: only brief.py itself names
# them.
ON_DRAFTS = {
    f"scripts/evalbrief/commands/{name}.py"
    for name in ("compare", "fetch", "import_review", "issue", "schedule", "watch")
}
MAIN = "scripts/evalbrief/commands/__main__.py"


def reached(modules: set[str]) -> set[str]:
    """Follow what modules import, and what that imports; brief.py starts each command, so it is not followed."""
    found, waiting = set(), modules
    while waiting:
        found |= waiting
        waiting = {module for path in waiting - {MAIN} for module in imports_of(path)} - found
    return found


def is_beside(path: str) -> bool:
    return path in stamps.BESIDE or path.startswith(tuple(f"{place}/" for place in stamps.BESIDE))


def test_no_build_reaches_what_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    files = [path for place in ("rules", "scripts", "templates") for path in Path(place).rglob("*.*")]
    texts = {path.as_posix(): path.read_text(encoding="utf-8") for path in files if "__pycache__" not in path.parts}
    assert all(Path(path).exists() for path in stamps.BESIDE)
    others = {path for path in texts if not is_beside(path) and not path.startswith("templates/labels/")}
    modules = {path for path in others if path.endswith((".py", ".smk"))}
    assert [path for path in reached(modules) if is_beside(path)] == []
    named = {
        path
        for path in others
        if re.search(r"\b(review|watch)\.(css|html|js)|redline\.typ|templates/schedule", texts[path])
    }
    assert named == {"scripts/evalbrief/commands/stamps.py"}
    heeded = {path for path in modules if "redline_for" in texts[path]}
    assert heeded == {"scripts/evalbrief/commands/stamps.py", "scripts/evalbrief/settings.py"}


def test_all_that_only_comparing_reaches_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    steps = {path.as_posix() for place in ("scripts", "rules") for path in Path(place).glob("*.*")}
    others = {path.as_posix() for path in Path("scripts/evalbrief/commands").glob("*.py")}
    others |= {path.as_posix() for path in Path("scripts/evalbrief/worker").glob("*.py")}
    used = reached(steps | {path for path in others if not is_beside(path)})
    assert {path for path in reached(ON_DRAFTS) - used if not is_beside(path)} == set()
