"""The warm worker: whatever happens to it, each script ends as it does in a Python of its own, and runs once."""

import contextlib
import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from evalbrief.commands import engine
from evalbrief.commands import worker as commands
from evalbrief.worker import client
from waiting import wait_until

pytestmark = pytest.mark.skipif(not commands.can_have_worker(), reason="This system cannot have a worker")

SCRIPTS = Path(__file__).parents[1] / "scripts"
# The client, patient for a short time only.
IMPATIENT = "import sys; from evalbrief.worker import client; client.PATIENCE = 1; sys.exit(client.main(*sys.argv[1:]))"
# Notes who runs it, and when it starts and ends.
NOTING = """
import os, time
with open({notes!r}, "a", buffering=1) as notes:
    notes.write(f"start {{os.getppid()}}\\n")
    while not os.path.exists({go_on!r}):
        time.sleep(0.02)
    notes.write("end\\n")
"""


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of scripts with a worker that imports nothing beforehand: it is there at once."""
    folder = tmp_path_factory.mktemp("scripts")
    shutil.copytree(SCRIPTS / "evalbrief/worker", folder / "evalbrief/worker")
    server = folder / "evalbrief/worker/server.py"
    text = server.read_text(encoding="utf-8")
    assert "    warming = warm_up()\n" in text
    server.write_text(text.replace("warming = warm_up()", "warming = iter([None, None])"), encoding="utf-8")
    return folder


class Worker:
    """A worker to be maltreated, and clients to call on it."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        # What a Python runs `python -IS client.py SOCKET` for.
        _, _, self.client, self.socket = shlex.split(environment[commands.VARIABLE])
        self.server = max(psutil.Process().children(), key=lambda child: child.create_time())

    def write(self, text: str, name: str = "script.py") -> Path:
        script = self.folder / name
        script.write_text(text, encoding="utf-8")
        return script

    def noting(self, *, waits: bool = False, name: str = "script.py") -> Path:
        """Write a script that notes its start and its end; one that waits ends when it is let go on."""
        go_on = self.folder / "go_on" if waits else self.folder
        return self.write(NOTING.format(notes=str(self.notes_of(name)), go_on=str(go_on)), name)

    def notes_of(self, name: str) -> Path:
        return self.folder / f"{name}.notes"

    def notes(self, name: str = "script.py") -> list[str]:
        """Read what the script has noted so far."""
        notes = self.notes_of(name)
        return notes.read_text(encoding="utf-8").splitlines() if notes.exists() else []

    def go_on(self) -> None:
        (self.folder / "go_on").touch()

    def start(self, script: Path, *, patient: bool = True) -> subprocess.Popen[str]:
        words = ["-IS", self.client] if patient else ["-c", IMPATIENT]
        return subprocess.Popen(
            [sys.executable, *words, self.socket, str(script)],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(SCRIPTS)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, script: Path, *, patient: bool = True) -> tuple[int, str, str]:
        running = self.start(script, patient=patient)
        said, complained = running.communicate(timeout=30)
        return running.returncode, said, complained


@pytest.fixture
def worker(bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Worker]:
    monkeypatch.setattr(engine, "SCRIPTS", bare)
    with commands.worker() as environment:
        yield Worker(tmp_path, environment)


def is_gone(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess):
        return process.status() == psutil.STATUS_ZOMBIE
    return True


@pytest.mark.parametrize(
    "text",
    [
        "import sys; print('so'); print('và', file=sys.stderr)",
        "import sys; sys.exit('the bar has no height')",
        "import sys; print('partial', end=''); sys.exit(3)",
        "import sys; sys.exit()",
        "import sys; sys.exit(-1)",
        "import sys; sys.exit(300)",
        "raise SystemExit(['a', 'list'])",
        "def draw():\n    raise ValueError('the bar has no height')\n\ndraw()",
        "try:\n    1 / 0\nexcept ZeroDivisionError as error:\n    raise OSError(28, 'No space') from error",
        "1 +",
        "import no_such_module",
        "import sys; print(__name__, __file__, sys.argv, sys.path[0])",
    ],
)
def test_a_script_ends_as_in_a_python_of_its_own(worker: Worker, text: str) -> None:
    script = worker.write(text)
    warm = worker.run(script)
    worker.server.kill()
    worker.server.wait()
    assert worker.run(script) == warm


def test_a_script_is_run_by_the_worker(worker: Worker) -> None:
    assert worker.run(worker.noting()) == (0, "", "")
    assert worker.notes() == [f"start {worker.server.pid}", "end"]


def test_the_worker_has_imported_what_scripts_import(tmp_path: Path) -> None:
    has = "import os, sys; print(os.getppid(), *(name in sys.modules for name in ('jinja2', 'matplotlib.figure')))"
    with commands.worker() as environment:
        worker = Worker(tmp_path, environment)
        text, data = worker.write(has, "a.render_source.py"), worker.write(has, "b.check_data.py")
        assert worker.run(text) == worker.run(text) == (0, f"{worker.server.pid} True False\n", "")
        worker.run(data)
        wait_until(lambda: worker.run(text) == (0, f"{worker.server.pid} True True\n", ""))


@pytest.mark.parametrize("change", [lambda module: module.write_text("# new\n", encoding="utf-8"), Path.unlink])
def test_a_script_is_not_run_with_modules_as_they_were(
    tmp_path: Path, bare: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], object]
) -> None:
    scripts = Path(shutil.copytree(bare, tmp_path / "scripts"))
    module = scripts / "evalbrief/other.py"
    module.touch()
    monkeypatch.setattr(engine, "SCRIPTS", scripts)
    with commands.worker() as environment:
        worker = Worker(tmp_path, environment)
        worker.run(worker.noting(name="before.py"))
        change(module)
        assert worker.run(worker.noting(name="after.py")) == (0, "", "")
        server = f"start {worker.server.pid}"
        assert worker.notes("before.py")[0] == server
        assert len(worker.notes("after.py")) == 2 and worker.notes("after.py")[0] != server


def test_killed_before_and_between(worker: Worker) -> None:
    worker.run(worker.noting(name="first.py"))
    worker.server.kill()
    assert worker.run(worker.noting(name="second.py"))[0] == 0
    assert len(worker.notes("second.py")) == 2
    assert worker.notes("second.py")[0] != f"start {worker.server.pid}"


def test_killed_while_a_script_runs(worker: Worker) -> None:
    running = worker.start(worker.noting(waits=True))
    wait_until(worker.notes)
    worker.server.kill()
    worker.go_on()
    assert running.wait(30) == 0
    assert worker.notes() == [f"start {worker.server.pid}", "end"]


def test_a_fork_killed_while_its_script_runs(worker: Worker) -> None:
    running = worker.start(worker.noting(waits=True))
    wait_until(worker.notes)
    [fork] = worker.server.children()
    fork.kill()
    wait_until(lambda: len(worker.notes()) == 2)
    assert is_gone(fork)
    worker.go_on()
    assert running.wait(30) == 0
    assert [note.split()[0] for note in worker.notes()] == ["start", "start", "end"]


def test_a_client_killed_ends_its_script(worker: Worker) -> None:
    running = worker.start(worker.noting(waits=True))
    wait_until(worker.notes)
    [fork] = worker.server.children()
    running.kill()
    wait_until(lambda: is_gone(fork))
    worker.go_on()
    assert worker.notes() == [f"start {worker.server.pid}"]


def test_frozen_from_the_start_and_thawed(worker: Worker) -> None:
    worker.server.suspend()
    assert worker.run(worker.noting(name="first.py"), patient=False)[0] == 0
    # Nobody else waits for it.
    assert not Path(worker.socket).exists()
    assert worker.run(worker.noting(name="second.py"))[0] == 0
    worker.server.resume()
    time.sleep(0.5)  # in which it finds that its client is gone
    wait_until(lambda: not worker.server.children())
    assert [len(worker.notes(name)) for name in ("first.py", "second.py")] == [2, 2]


def test_frozen_in_between_and_thawed_in_time(worker: Worker) -> None:
    first = worker.start(worker.noting(waits=True, name="first.py"))
    wait_until(lambda: worker.notes("first.py"))
    worker.server.suspend()
    second = worker.start(worker.noting(name="second.py"))
    worker.go_on()
    assert first.wait(30) == 0
    worker.server.resume()
    assert second.wait(30) == 0
    for name in ("first.py", "second.py"):
        assert worker.notes(name) == [f"start {worker.server.pid}", "end"]


def test_its_socket_removed(worker: Worker) -> None:
    os.unlink(worker.socket)
    assert worker.run(worker.noting())[0] == 0
    assert len(worker.notes()) == 2


@pytest.mark.parametrize("kind", ["absent", "no folder", "too long a name"])
def test_no_place_for_its_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    place = tmp_path / ("temporary" * (20 if kind == "too long a name" else 1))
    if kind == "no folder":
        place.touch()
    elif kind != "absent":
        place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    with commands.worker() as environment:
        assert environment == {}
    assert not place.is_dir() or not any(place.iterdir())


def test_many_clients_at_once(worker: Worker) -> None:
    worker.server.suspend()
    names = [f"{number}.py" for number in range(80)]
    running = [worker.start(worker.noting(name=name)) for name in names]
    worker.server.resume()
    assert {each.wait(60) for each in running} == {0}
    assert {tuple(worker.notes(name)) for name in names} == {(f"start {worker.server.pid}", "end")}


def test_more_clients_than_may_wait(bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "SCRIPTS", bare)
    monkeypatch.setattr(commands, "QUEUE", 1)
    with commands.worker() as environment:
        worker = Worker(tmp_path, environment)
        worker.server.suspend()
        names = [f"{number}.py" for number in range(8)]
        running = [worker.start(worker.noting(name=name)) for name in names]
        wait_until(lambda: any(each.poll() == 0 for each in running))
        worker.server.resume()
        assert {each.wait(60) for each in running} == {0}
        assert {len(worker.notes(name)) for name in names} == {2}


def test_what_a_script_leaves_running_ends_with_the_worker(
    bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "SCRIPTS", bare)
    with commands.worker() as environment:
        worker = Worker(tmp_path, environment)
        leaving = f"import subprocess\nprint(subprocess.Popen([{sys.executable!r}, '-c', 'input()'], stdin=-1).pid)"
        running = worker.start(worker.write(leaving))
        assert running.wait(30) == 0
        assert running.stdout
        left = psutil.Process(int(running.stdout.readline()))
    wait_until(lambda: is_gone(left))


def test_a_command_killed_takes_all_with_it(bare: Path, tmp_path: Path) -> None:
    building = f"""
import sys, time
from pathlib import Path
from evalbrief.commands import engine, worker
engine.SCRIPTS = Path({str(bare)!r})
with worker.worker() as environment:
    print(environment[worker.VARIABLE].split()[-1], flush=True)
    time.sleep(60)
"""
    command = subprocess.Popen(
        [sys.executable, "-c", building],
        env={**os.environ, "PYTHONPATH": str(SCRIPTS)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert command.stdout
    socket = command.stdout.readline().strip()
    [server] = psutil.Process(command.pid).children()
    notes = tmp_path / "notes"
    script = tmp_path / "script.py"
    script.write_text(NOTING.format(notes=str(notes), go_on=str(tmp_path / "never")), encoding="utf-8")
    running = subprocess.Popen([sys.executable, "-IS", client.__file__, socket, str(script)])
    wait_until(notes.exists)
    [fork] = server.children()
    command.send_signal(signal.SIGKILL)
    wait_until(lambda: is_gone(server) and is_gone(fork))
    wait_until(lambda: not Path(socket).parent.exists())
    running.kill()
    command.wait()
