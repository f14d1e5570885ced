"""Twenty evaluations on a real SLURM: a brief is one submission, and the bytes are those of a local build.

Start with tests/slurm/run, which sets a node up, or with pytest on the login node of a cluster.
"""

import re
import shutil
import signal
import subprocess
from dataclasses import astuple, dataclass
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

import pytest
from waiting import wait_until
from workflow.project import ROOT, TINY, Project

EVALUATIONS = [f"project_{number:02}" for number in range(1, 21)]
# What a cluster makes slow, and what quoting in its commands may break.
FOLDER = "Évaluation d'été/on a cluster"
# The log of the submissions, kept for those who want to see it.
LOG = ROOT / "build" / "logs" / "submissions.tsv"


def why_not() -> str:
    """Say what is missing to run these tests, or nothing."""
    if not shutil.which("sbatch"):
        return "SLURM's commands are not on this machine"
    if subprocess.run(["sinfo"], capture_output=True, check=False).returncode:
        return "no controller of SLURM answers: tests/slurm/node.sh up starts one"
    if not find_spec("snakemake_executor_plugin_slurm"):
        return "requirements-slurm.txt is not installed"
    return ""


pytestmark = [
    pytest.mark.skipif(bool(why_not()), reason=why_not()),
    pytest.mark.xdist_group("cluster"),
]


@dataclass(frozen=True)
class Submission:
    """A job of SLURM: its number, the group of steps in it, how it ended, when it began and how long it took."""

    job: int
    group: str
    state: str
    start: str
    seconds: int


class Cluster(Project):
    """The project in a folder of its own, built through SLURM."""

    def build(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run Snakemake with the cluster's profile; a submission gets one processor, so that more run at once."""
        return super().build("--workflow-profile", "profiles/slurm", "--cores", "1", *arguments, **environment)


def submissions(run: subprocess.CompletedProcess[str]) -> list[Submission]:
    """Ask SLURM for the submissions of a run."""
    if not (found := re.search(r"SLURM run ID: (\S+)", run.stderr)):
        return []
    columns = "%i|%k|%T|%S|%e"
    asked = ["squeue", "--states=all", f"--name={found[1]}", "--noheader", f"--format={columns}"]
    lines = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.splitlines()
    return sorted(map(read_submission, lines), key=lambda submission: submission.job)


def read_submission(line: str) -> Submission:
    """Read a line of squeue; the plugin's comment is the name of the group and the steps in it."""
    job, comment, state, start, end = line.split("|")
    group = re.match(r"rule_([a-z0-9_-]+\.[a-z]+|office)_", comment)
    took = datetime.fromisoformat(end) - datetime.fromisoformat(start)
    return Submission(int(job), group[1] if group else comment, state, start, int(took.total_seconds()))


def waiting_or_running() -> list[str]:
    """List the numbers of all jobs that the cluster has still to do."""
    asked = ["squeue", "--me", "--states=PENDING,RUNNING", "--noheader", "--format=%i"]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split()


def make_evaluations(project: Project) -> None:
    """Make twenty evaluations that differ in their names and numbers."""
    for number, name in enumerate(EVALUATIONS, 1):
        folder = f"data/{name}"
        shutil.copytree(TINY, project.path(folder))
        project.replace(f"{folder}/evaluation.yaml", "Petits pas", f"Petits pas {number}")
        project.replace(f"{folder}/evaluation.yaml", "1500000", f"{1500000 + 25000 * number}")
        project.replace(f"{folder}/interviews.csv", "BJ,4,8,5,3", f"BJ,4,{8 + number},{5 + number},3")
        project.replace(f"{folder}/ratings.csv", "relevance,5", f"relevance,{1 + number % 6}")


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The twenty evaluations, built on this machine. Read only."""
    project = Project.create(tmp_path_factory.mktemp("here") / "local")
    make_evaluations(project)
    run = project.build()
    assert run.returncode == 0, run.stderr
    return project


@pytest.fixture(scope="module")
def submitted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Cluster, list[Submission]]:
    """The twenty evaluations, built through SLURM, and the submissions it took. Read only."""
    cluster = Cluster(Project.create(tmp_path_factory.mktemp("there") / FOLDER).folder)
    make_evaluations(cluster)
    run = cluster.build()
    made = submissions(run)
    LOG.parent.mkdir(parents=True, exist_ok=True)
    rows = [("job", "group", "state", "start", "seconds"), *map(astuple, made)]
    LOG.write_text("".join("\t".join(map(str, row)) + "\n" for row in rows), encoding="utf-8")
    assert run.returncode == 0, run.stderr
    return cluster, made


@pytest.fixture
def cluster(submitted: tuple[Cluster, list[Submission]], tmp_path: Path) -> Cluster:
    """A built copy of the project to edit and build again."""
    return Cluster(submitted[0].copy(tmp_path / FOLDER).folder)


def test_a_brief_is_one_submission(submitted: tuple[Cluster, list[Submission]]) -> None:
    _, made = submitted
    assert sorted(submission.group for submission in made) == sorted(["office", *(f"{e}.fr" for e in EVALUATIONS)])
    assert {submission.state for submission in made} == {"COMPLETED"}


def test_the_bytes_are_those_of_a_local_build(submitted: tuple[Cluster, list[Submission]], local: Project) -> None:
    here, there = local.contents(), submitted[0].contents()
    assert {name.rpartition(".")[2] for name in here} >= {"pdf", "docx", "html", "svg", "png", "ttf", "csv", "json"}
    assert here.keys() == there.keys()
    assert [name for name in here if here[name] != there[name]] == []


def test_nothing_is_left_to_make(cluster: Cluster) -> None:
    again, here = cluster.build(), Project(cluster.folder).build("--dry-run")
    assert again.returncode == 0 and submissions(again) == []
    assert "Nothing to be done" in here.stdout + here.stderr


def test_the_command_gives_the_same_bytes(cluster: Cluster, tmp_path: Path) -> None:
    here = Project(cluster.copy(tmp_path / "here").folder)
    for project in (cluster, here):
        project.replace(f"data/{EVALUATIONS[0]}/survey.csv", "Le projet est utile,2,20", "Le projet est utile,2,21")
    cluster.replace("profiles/slurm/config.yaml", "cores: 4", "cores: 1")
    before = cluster.contents()
    for project, words in ((cluster, ["--cluster", "slurm"]), (here, [])):
        run = project.start("build", *words)
        said, _ = run.communicate()
        assert run.returncode == 0, said
    after = cluster.contents()
    assert after == here.contents() and after != before


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL], ids=["stopped", "killed"])
def test_a_build_that_ends_early_cancels_its_submissions(cluster: Cluster, end: signal.Signals) -> None:
    cluster.replace("profiles/slurm/config.yaml", "cores: 4", "cores: 1")
    for name in EVALUATIONS:
        cluster.replace(f"data/{name}/survey.csv", "Le projet est utile,2,20", "Le projet est utile,2,21")
    running = cluster.start("build", "--cluster", "slurm")
    wait_until(lambda: len(waiting_or_running()) > 1)
    running.send_signal(end)
    said, _ = running.communicate(timeout=90)
    wait_until(lambda: waiting_or_running() == [])
    assert end == signal.SIGKILL or said.splitlines()[-1].startswith("Stopped;")


def test_a_brief_that_fails_holds_up_no_other(cluster: Cluster) -> None:
    spoilt, edited = EVALUATIONS[:2]
    before = cluster.contents()
    for name, sentence in ((spoilt, "{{ nothing.of.this }}"), (edited, "Une phrase de plus.")):
        text = cluster.path(f"data/{name}/text/fr/purpose.md")
        text.write_text(f"{text.read_text(encoding='utf-8')}\n{sentence}\n", encoding="utf-8")
    run = cluster.build()
    assert run.returncode == 1
    assert {submission.group: submission.state for submission in submissions(run)} == {
        f"{spoilt}.fr": "FAILED",
        f"{edited}.fr": "COMPLETED",
    }
    delivered = {name for name in before if re.search(r"^[^/]+/brief\.fr\.(pdf|docx|html)$", name)}
    after = cluster.contents()
    assert {name.partition("/")[0] for name in delivered if after[name] != before[name]} == {edited}
