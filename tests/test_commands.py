"""The commands of brief.py, tried on a toy project with four steps an evaluation."""

import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import psutil
import pytest
from evalbrief.commands.timings import CHECK, END, LOAD, LOOK, RUN, STAMP, WAIT
from waiting import wait_until

ROOT = Path(__file__).parents[1]
DOCUMENTS = [f"build/demo/brief.fr.{ending}" for ending in ("pdf", "docx", "html")]
RECORD = Path(".snakemake/brief.json")

SNAKEFILE = """
import os, shlex, sys
sys.executable = os.environ.get("EVALBRIEF_PYTHON", shlex.quote(sys.executable))
sys.path.insert(0, "scripts")
from evalbrief.commands import gate

onstart:
    if not gate.is_open():
        sys.exit("Called off")

rule check_data:
    input: "data/{evaluation}/results.csv"
    output: expand("build/{{evaluation}}/model/{{language}}/{name}", name=["results.csv", "facts.json"])
    log: "build/{evaluation}/logs/check_data.{language}.log"
    script: "scripts/copy_it.py"

rule draw_figure:
    input: "build/{evaluation}/model/{language}/results.csv"
    output: "build/{evaluation}/figures/{figure}.{language}.svg"
    log: "build/{evaluation}/logs/draw_figure.{figure}.{language}.log"
    script: "scripts/copy_it.py"

rule render_pdf:
    input: "build/{evaluation}/figures/results.{language}.svg"
    output: "build/{evaluation}/rendered/brief.{language}.pdf"
    log: "build/{evaluation}/logs/render_pdf.{language}.log"
    script: "scripts/copy_it.py"

rule render_docx:
    input: "build/{evaluation}/figures/results.{language}.svg"
    output: "build/{evaluation}/rendered/brief.{language}.docx"
    log: "build/{evaluation}/logs/render_docx.{language}.log"
    script: "scripts/copy_it.py"

rule render_html:
    input: "build/{evaluation}/figures/results.{language}.svg"
    output: "build/{evaluation}/rendered/brief.{language}.html"
    log: "build/{evaluation}/logs/render_html.{language}.log"
    script: "scripts/copy_it.py"

rule deliver_brief:
    input: expand("build/{{evaluation}}/rendered/brief.{{language}}.{format}", format=["pdf", "docx", "html"])
    output: "build/{evaluation}/brief.{language}.sha256"
    log: "build/{evaluation}/logs/deliver_brief.{language}.log"
    script: "scripts/copy_it.py"
"""
SCRIPT = """
import sys, time
from pathlib import Path
print("noise that nobody wants to see")
text = Path(snakemake.input[0]).read_text(encoding="utf-8", errors="replace")
if "broken" in text and "figures" in snakemake.output[0]:
    Path(snakemake.log[0]).write_text("Traceback\\nValueError: the bar has no height\\n\\n", encoding="utf-8")
    sys.exit(1)
if "unimportable" in text:
    import no_such_module
if "slow" in text:
    time.sleep(60)
if "leaving" in text:
    import subprocess
    Path("left.pid").write_text(str(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]).pid))
if snakemake.rule == "deliver_brief":
    sys.path.append("scripts")
    from evalbrief.delivery import digest_lines, file_digest, ledger_path, put_in_place
    names = [path.replace("rendered/", "") for path in snakemake.input]
    put_in_place(list(snakemake.input), names, ledger_path(Path(snakemake.output[0])))
    text = digest_lines({Path(name).name: file_digest(Path(name)) for name in names})
if snakemake.rule == "render_pdf":
    import pikepdf
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(snakemake.output[0])
else:
    for path in snakemake.output:
        Path(path).write_text(text, encoding="utf-8")
"""
STUBS = {
    "text/check.py": """
from evalbrief.data.problem import Problem

def check_texts(folder, schemas, labels, figures, tables):
    if "ponder" in (folder / "results.csv").read_text(encoding="utf-8"):
        import time
        with open("checked", "a") as checked:
            checked.write("x")
        time.sleep(0.5)
    if "wrong" in (folder / "results.csv").read_text(encoding="utf-8"):
        return [Problem(f"data/{folder.name}/results.csv", "row 2", "it is wrong.", "Write it right.")]
    text = folder / "text" / labels["language"] / "wrong.md"
    return [Problem(text.as_posix(), "line 1", "it is wrong.", "")] if text.exists() else []
""",
}


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def add_evaluation(project: Path, name: str, results: str) -> None:
    write(project / f"data/{name}/evaluation.yaml", "title: {fr: Essai}")
    write(project / f"data/{name}/results.csv", results)
    (project / f"data/{name}/text/fr").mkdir(parents=True, exist_ok=True)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder, with a space and an accent in its name, that holds the commands and a toy workflow."""
    folder = tmp_path / "projet d'été"
    for part in ("evalbrief", "snakemake_logger_plugin_brief"):
        shutil.copytree(ROOT / "scripts" / part, folder / "scripts" / part)
    shutil.copytree(ROOT / "profiles", folder / "profiles")
    for name, code in STUBS.items():
        write(folder / "scripts/evalbrief" / name, code)
    write(folder / "scripts/copy_it.py", f"if __name__ == '__main__':\n{textwrap.indent(SCRIPT, '    ')}")
    shutil.copytree(ROOT / "templates", folder / "templates")
    shutil.copy(ROOT / "config.yaml", folder)
    write(folder / "Snakefile", SNAKEFILE)
    add_evaluation(folder, "demo", "1")
    return folder


def command_line(project: Path, *words: str) -> dict:
    environment = {**os.environ, "PYTHONPATH": str(project / "scripts")}
    return {"args": [sys.executable, "-m", "evalbrief.commands", *words], "cwd": project, "env": environment}


def brief(project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(**command_line(project, *words), capture_output=True, encoding="utf-8", timeout=60)


def start_slow_build(project: Path) -> subprocess.Popen:
    """Start a build that hangs in its first step, and wait until it has come there."""
    add_evaluation(project, "demo", "slow")
    running = subprocess.Popen(**command_line(project, "build"), stderr=subprocess.PIPE, stdout=subprocess.PIPE)
    wait_until((project / "build/demo/logs").exists)
    return running


def test_build_then_nothing_then_plan_then_clean(project: Path) -> None:
    first = brief(project)
    assert (first.returncode, first.stderr.count("\n")) == (0, 6)
    assert "1 of 6: Check the data of demo (fr), " in first.stderr
    assert "noise" not in first.stderr + first.stdout
    assert first.stdout.splitlines()[:3] == DOCUMENTS
    assert first.stdout.splitlines()[3].startswith("6 steps, ")

    second = brief(project)
    assert (second.returncode, second.stderr) == (0, "")
    assert second.stdout.startswith("Everything is up to date.\nbuild/demo/brief.fr.pdf\n")

    write(project / "data/demo/results.csv", "2")
    assert brief(project, "plan").stdout.splitlines() == [
        "build/demo/brief.fr.pdf: because data/demo/results.csv changed",
        "build/demo/brief.fr.docx: because data/demo/results.csv changed",
        "build/demo/brief.fr.html: because data/demo/results.csv changed",
    ]

    assert brief(project, "clean", "--only", "demo").stdout == f"{Path('build/demo')} is removed.\n"
    assert not (project / "build/demo").exists() and (project / "data/demo/results.csv").exists()


def test_timings_say_where_the_time_went(project: Path) -> None:
    lines = brief(project, "build", "--timings").stdout.splitlines()
    begin, stages, slowest = (
        next(n for n, line in enumerate(lines) if line.startswith(f"The {word}"))
        for word in ("build", "steps", "slowest")
    )
    phases = {line.split("s  ")[1]: float(line.split()[0]) for line in lines[begin + 1 : stages]}
    assert list(phases) == [LOOK, LOAD, CHECK, WAIT, RUN, END, STAMP, "Together"]
    said = float(lines[-1].split()[-2])
    assert abs(phases["Together"] - said) < 0.3
    assert {line.split("s  ")[1].split(":")[0] for line in lines[stages + 1 : slowest]} == {
        "Data",
        "Figures",
        "PDF",
        "Word",
        "Web page",
        "Delivery",
    }


def test_old_logs_of_snakemake_go(project: Path) -> None:
    logs = project / ".snakemake/log"
    for day in range(10, 40):
        write(logs / f"2020-01-{day}T120000.000000.snakemake.log", "old")
    brief(project)
    names = sorted(path.name for path in logs.iterdir())
    assert names[0].startswith("2020-01-20") and len(names) == 21 and not names[-1].startswith("2020")


def test_cleaning_keeps_what_people_changed(project: Path) -> None:
    brief(project)
    document = project / "build/demo/brief.fr.docx"
    document.write_bytes(b"my own words")
    cleaned = brief(project, "clean")
    kept = Path("build/demo/brief.fr.edited-1.docx")
    assert cleaned.stdout.splitlines() == ["build is removed but for your own files:", str(kept)]
    assert [path for path in (project / "build").rglob("*") if path.is_file() and "log" not in path.name] == [
        project / kept
    ]
    assert (project / kept).read_bytes() == b"my own words"


def test_cleaning_keeps_a_redline_that_somebody_worked_in(project: Path) -> None:
    redline = project / "build/demo/review/redline.fr.docx"
    write(redline, "my own words")
    assert "review/redline.fr.docx was changed by hand" in Path(brief(project, "clean").stdout).as_posix()
    files = [path.name for path in (project / "build").rglob("*") if path.is_file() and "log" not in path.name]
    assert files == ["redline.fr.edited-1.docx"]


def test_an_edit_is_kept_also_when_another_document_is_lost(project: Path) -> None:
    brief(project)
    (project / "build/demo/brief.fr.html").unlink()
    (project / "build/demo/brief.fr.docx").write_bytes(b"my own words")
    brief(project, "plan")
    assert brief(project).returncode == 0
    assert (project / "build/demo/brief.fr.edited-1.docx").read_bytes() == b"my own words"


def test_a_record_cut_short_is_made_up_for(project: Path) -> None:
    brief(project)
    record = project / "build/demo/brief.fr.sha256"
    whole = record.read_bytes()
    for rest in (b"", whole[:20], b"\xff"):
        record.write_bytes(rest)
        built = brief(project)
        assert built.returncode == 0, built.stderr
        assert record.read_bytes() == whole


def test_a_ledger_cut_short_has_nobody_lose_a_document(project: Path) -> None:
    brief(project)
    (project / "build/demo/rendered/brief.fr.delivered").write_bytes(b"cut")
    (project / "build/demo/brief.fr.docx").write_bytes(b"my own words")
    assert brief(project).returncode == 0
    assert (project / "build/demo/brief.fr.edited-1.docx").read_bytes() == b"my own words"


def test_a_fault_in_one_language_leaves_the_others_alone(project: Path) -> None:
    write(project / "data/demo/text/en/wrong.md", "wrong")
    built = brief(project)
    assert built.returncode == 1
    assert built.stderr.splitlines()[:2] == [
        "data/demo/text/en/wrong.md, line 1: it is wrong.",
        "demo in en is left out until its data is corrected (1 fault); its last documents stay as they are.",
    ]
    assert built.stdout.splitlines()[-4:-1] == DOCUMENTS
    assert not (project / "build/demo/brief.en.pdf").exists()


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("evaluation.yaml.txt", "Rename it to evaluation.yaml; Windows shows it with View > File name extensions."),
        ("evaluation.yml", "Rename it to evaluation.yaml."),
        ("Evaluation.yaml", "Rename it to evaluation.yaml."),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="Windows finds Evaluation.yaml")
def test_an_evaluation_with_misnamed_facts_is_a_fault_and_stays(project: Path, name: str, hint: str) -> None:
    fault = f"data/coop has no evaluation.yaml; is {name} meant? {hint}"
    add_evaluation(project, "coop", "1")
    brief(project)
    (project / "data/coop/evaluation.yaml").rename(project / "data/coop" / name)
    (project / "data/stray").mkdir()
    for _ in range(2):
        built = brief(project)
        assert built.returncode == 1
        assert built.stderr.splitlines() == [
            fault,
            "coop is left out until its data is corrected (1 fault); its last documents stay as they are.",
        ]
        assert set(DOCUMENTS) <= set(built.stdout.splitlines())
    for words in (["check"], ["check", "--only", "coop"], ["issue", "coop"], ["clean", "--only", "coop"]):
        answer = brief(project, *words)
        assert (answer.returncode, answer.stderr) == (1, f"{fault}\n"), words
    assert (project / "build/coop/brief.fr.pdf").exists()


def test_a_folder_of_tables_without_facts_is_a_fault_each_time(project: Path) -> None:
    shutil.copytree(ROOT / "data/schemas", project / "data/schemas")
    write(project / "data/coop/results.csv", "1")
    for _ in range(2):
        built = brief(project)
        assert built.returncode == 1
        assert "data/coop has no evaluation.yaml. Write it as in data/demo, or move the " in built.stderr


def test_what_a_translation_lacks_is_noted_and_can_be_recorded(project: Path) -> None:
    write(project / "data/demo/evaluation.yaml", "title: {fr: Essai, en: Trial}\ncriteria: [relevance]\noriginal: fr")
    write(project / "data/demo/text/fr/logic.md", "Un texte.")
    write(project / "data/demo/text/en/logic.md", "A text.")
    assert "2 texts were made" in brief(project, "check").stdout
    recorded = brief(project, "translated", "demo", "en")
    assert recorded.stdout == "2 texts of demo in en recorded as made from today's fr.\n"
    assert "Note" not in brief(project, "check").stdout
    write(project / "data/demo/text/fr/logic.md", "Un autre texte.")
    assert "Note: data/demo/text/en/logic.md was made from an older" in brief(project, "check").stdout
    refused = brief(project, "translated", "demo", "es")
    assert (refused.returncode, refused.stderr) == (1, "demo has no translation in es; it has: en.\n")


def test_a_document_changed_by_hand_is_kept_and_made_again(project: Path) -> None:
    brief(project)
    document = project / "build/demo/brief.fr.docx"
    made = document.read_bytes()
    document.write_bytes(b"my own words")
    again = brief(project)
    kept = project / "build/demo/brief.fr.edited-1.docx"
    assert again.returncode == 0
    assert f"changed by hand: your file is kept as {kept.relative_to(project)}" in again.stderr
    assert (document.read_bytes(), kept.read_bytes()) == (made, b"my own words")


def test_a_lost_document_is_delivered_again(project: Path) -> None:
    brief(project)
    document = project / "build/demo/brief.fr.pdf"
    document.unlink()
    assert brief(project).stdout.splitlines()[-1].startswith("1 step, ")
    assert document.exists()


def test_what_belongs_to_no_evaluation_is_named_and_can_be_removed(project: Path) -> None:
    (project / "build/gone/model").mkdir(parents=True)
    (project / "build/fonts").mkdir()
    add_evaluation(project, "demo", "wrong")
    said = brief(project).stderr.splitlines()
    assert said[-1] == "build/gone belongs to no evaluation any more: python3 brief.py clean --only gone removes it."
    assert brief(project, "clean", "--only", "gone").returncode == 0
    assert not (project / "build/gone").exists()


def test_one_evaluation_that_fails_leaves_the_others_alone(project: Path) -> None:
    add_evaluation(project, "bad_data", "wrong")
    add_evaluation(project, "bad_figure", "broken")
    built = brief(project)
    assert built.returncode == 1
    assert built.stderr.splitlines()[:2] == [
        "data/bad_data/results.csv, row 2: it is wrong. Write it right.",
        "bad_data is left out until its data is corrected (1 fault); its last documents stay as they are.",
    ]
    assert (
        "This step failed: Draw the figure results (bad_figure, fr) (the log is "
        "build/bad_figure/logs/draw_figure.results.fr.log): ValueError: the bar has no height\n"
    ) in built.stderr
    assert built.stdout.splitlines()[:-1] == DOCUMENTS


def test_a_step_that_fails_before_its_log_is_open_is_explained(project: Path) -> None:
    add_evaluation(project, "demo", "unimportable")
    assert brief(project).stderr == (
        "This step failed: Check the data of demo (fr) (the log is build/build.log): "
        "ModuleNotFoundError: No module named 'no_such_module'\n"
    )


def test_check_lists_every_fault_and_makes_nothing(project: Path) -> None:
    add_evaluation(project, "bad_data", "wrong")
    add_evaluation(project, "Été", "1")
    checked = brief(project, "check")
    assert checked.returncode == 1
    assert len(checked.stderr.splitlines()) == 2
    assert checked.stdout == "3 evaluations checked: 2 faults.\n"
    assert not (project / "build").exists()
    assert brief(project, "check", "--only", "demo").returncode == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["build", "--only", "none"], "data/ has no evaluation named none; it has: demo.\n"),
        (["build", "--language", "es"], "No text is written in the language es.\n"),
        (["clean", "--only", "none"], "data/ has no evaluation named none; it has: demo.\n"),
    ],
)
def test_an_unknown_name_is_one_sentence(project: Path, words: list[str], sentence: str) -> None:
    answer = brief(project, *words)
    assert (answer.returncode, answer.stderr) == (1, sentence)


def test_a_fault_in_the_rules_is_one_sentence(project: Path) -> None:
    write(project / "Snakefile", "rule all:\n    inputs: 1\n")
    built = brief(project)
    assert built.returncode == 1
    assert built.stderr.startswith("The workflow cannot run: ")
    assert built.stderr.count("\n") == 1
    assert "Everything" not in built.stdout


@pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9")
def test_a_killed_build_does_not_block_the_next(project: Path) -> None:
    running = start_slow_build(project)
    refused = brief(project)
    assert refused.returncode == 1
    assert refused.stderr.startswith(f"Another build is running (process {running.pid} since ")

    engine = json.loads((project / RECORD).read_text())["engine"]["pid"]
    running.kill()
    running.wait()
    assert any((project / ".snakemake/locks").iterdir())
    add_evaluation(project, "demo", "1")
    assert brief(project).returncode == 0
    assert not psutil.pid_exists(engine)
    assert not (project / RECORD).exists()


def test_what_a_script_leaves_running_does_not_keep_the_build_waiting(project: Path) -> None:
    add_evaluation(project, "demo", "leaving")
    built = brief(project)
    left = psutil.Process(int((project / "left.pid").read_text()))
    assert left.is_running()
    left.kill()
    assert built.returncode == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to one process")
def test_ctrl_c_stops_everything_with_one_sentence(project: Path) -> None:
    running = start_slow_build(project)
    engine = psutil.Process(json.loads((project / RECORD).read_text())["engine"]["pid"])
    family = [engine, *engine.children(recursive=True)]
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=20)
    assert running.returncode == 130
    assert said.decode().splitlines() == ["Stopped; what was finished is kept, and the next build goes on from there."]
    assert not any(process.is_running() for process in family)
    assert (project / RECORD).exists()


def test_ctrl_c_does_not_wait_until_the_next_evaluations_are_checked(project: Path) -> None:
    for number in range(25):
        add_evaluation(project, f"demo_{number:02}", "ponder")
    running = subprocess.Popen(**command_line(project, "build"), stderr=subprocess.PIPE, stdout=subprocess.PIPE)
    checked = project / "checked"
    wait_until(lambda: checked.exists() and checked.stat().st_size >= 12)  # the second ten are being checked
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=60)
    assert running.returncode == 130
    assert checked.stat().st_size < 20


def test_an_unknown_profile_is_one_sentence(project: Path) -> None:
    refused = brief(project, "build", "--cluster", "pbs")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == 'There is no profile "pbs" in profiles/. There is: slurm.\n'


def test_help_is_for_people() -> None:
    told = subprocess.run(**command_line(ROOT, "--help"), capture_output=True, encoding="utf-8", check=True).stdout
    assert all(f"\n    {word} " in told for word in ("build", "check", "plan", "issue", "clean", "test"))
