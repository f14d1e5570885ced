"""Same input, same bytes: in another folder, time zone, locale and with another hash seed."""

from pathlib import Path

from workflow.project import TINY, Project


def test_another_place_gives_the_same_bytes(built: Project, tmp_path: Path) -> None:
    elsewhere = Project.create(tmp_path / "Évaluation d'été" / "brief", tiny=TINY)
    run = elsewhere.build("--cores", "1", TZ="Asia/Tokyo", LC_ALL="fr_FR.UTF-8", PYTHONHASHSEED="1")
    assert run.returncode == 0, run.stderr
    here, there = built.contents(), elsewhere.contents()
    assert here.keys() == there.keys()
    assert [name for name in here if here[name] != there[name]] == []
