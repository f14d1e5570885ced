"""Same input, same bytes: in another folder, time zone, locale, with another hash seed; every format and language."""

from pathlib import Path

from workflow.conftest import EVALUATIONS
from workflow.project import ROOT, TINY, Project


def test_another_place_gives_the_same_bytes(briefs: Project, tmp_path: Path) -> None:
    elsewhere = Project.create(
        tmp_path / "Évaluation d'été" / "brief", **{name: ROOT / "data" / name for name in EVALUATIONS}
    )
    run = elsewhere.start("build", TZ="Asia/Tokyo", LC_ALL="fr_FR.UTF-8", PYTHONHASHSEED="1")
    said, _ = run.communicate()
    assert run.returncode == 0, said
    here, there = briefs.contents(), elsewhere.contents()
    assert {name.rpartition(".")[2] for name in here} >= {"pdf", "docx", "html", "svg", "png", "ttf", "woff2"}
    assert here.keys() == there.keys()
    assert [name for name in here if here[name] != there[name]] == []


def test_the_warm_worker_gives_the_same_bytes(built: Project, tmp_path: Path) -> None:
    warm = Project.create(tmp_path / "warm", tiny=TINY)
    # A step that the worker does not run must not be made up for by a Python of its own.
    warm.replace("scripts/evalbrief/worker/client.py", "        os.execv(", "        os.abort() or os.execv(")
    run = warm.start("build")
    output, _ = run.communicate()
    assert run.returncode == 0, output
    here, there = built.contents(), warm.contents()
    assert here.keys() == there.keys()
    assert [name for name in here if here[name] != there[name]] == []
