"""The schedules: what is written for systemd, cron, Windows and GitHub, put in place and taken away again.

The crontab and the cron of Debian are real, but see a folder of the test in place of that of the machine.
"""

import os
import pwd
import re
import shutil
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from evalbrief.commands.schedule import schedule
from evalbrief.schedule import cron, systemd
from evalbrief.schedule.github import workflow
from evalbrief.schedule.task import Task, name_for
from evalbrief.schedule.when import When, read_when
from evalbrief.schedule.windows import TaskScheduler
from evalbrief.trouble import Trouble
from lxml import etree
from ruamel.yaml import YAML
from waiting import wait_until

ROOT = Path(__file__).parents[1]
# A name with all that a shell, cron, systemd and XML give a meaning to.
FOLDER = 'Évaluation de l\'été & 50 % "x" $HOME \\t'
WEEKDAYS = When("weekday", 6, 30)
NAMESPACE = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
# What the schema of the Task Scheduler lets stand in each element that we write, in this order where it is a sequence.
SEQUENCES = {
    "CalendarTrigger": "Enabled StartBoundary EndBoundary Repetition ExecutionTimeLimit RandomDelay ScheduleByDay "
    "ScheduleByWeek ScheduleByMonth ScheduleByMonthDayOfWeek",
    "Repetition": "Interval Duration StopAtDurationEnd",
}
CHILDREN = {
    **{name: set(words.split()) for name, words in SEQUENCES.items()},
    "Task": {"RegistrationInfo", "Triggers", "Settings", "Data", "Principals", "Actions"},
    "RegistrationInfo": {"URI", "Author", "Description", "Date", "Source", "Version", "Documentation"},
    "Triggers": {"CalendarTrigger"},
    "ScheduleByDay": {"DaysInterval"},
    "ScheduleByWeek": {"WeeksInterval", "DaysOfWeek"},
    "DaysOfWeek": {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"},
    "Principals": {"Principal"},
    "Principal": {"UserId", "LogonType", "GroupId", "DisplayName", "RunLevel"},
    "Settings": {
        *("AllowStartOnDemand", "RestartOnFailure", "MultipleInstancesPolicy", "DisallowStartIfOnBatteries"),
        *("StopIfGoingOnBatteries", "AllowHardTerminate", "StartWhenAvailable", "NetworkProfileName", "WakeToRun"),
        *("RunOnlyIfNetworkAvailable", "Enabled", "Hidden", "DeleteExpiredTaskAfter", "IdleSettings", "Priority"),
        *("NetworkSettings", "ExecutionTimeLimit", "RunOnlyIfIdle"),
    },
    "Actions": {"Exec"},
    "Exec": {"Command", "Arguments", "WorkingDirectory"},
}
# Stand-ins for the programs of schedulers: they keep what they are given, and note how they are called.
CRONTAB = """
case "$*" in
"-l") cat "$KEPT/crontab" 2>/dev/null || { echo "no crontab for me" >&2; exit 1; } ;;
"-r") rm "$KEPT/crontab" ;;
"-") cat > "$KEPT/new" && mv "$KEPT/new" "$KEPT/crontab" ;;
esac
"""
SYSTEMCTL = 'echo "$*" >> "$KEPT/calls"; case "$*" in *"$FAILING"*) echo "no bus" >&2; exit 1 ;; esac'
SCHTASKS = """
case "$1" in
/Create) cp "$5" "$KEPT/$3.xml" ;;
/Query) cat "$KEPT/$3.xml" ;;
/Delete) rm "$KEPT/$3.xml" ;;
esac
"""
LINES = b"# mine, from before\nMAILTO=me@example.org\n\n5 4 * * *  echo 100\\% \xe9t\xe9 # not UTF-8\n"
OTHERS = b"# brief-00000000 begins: another folder\n0 * * * * true\n# brief-00000000 ends\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project folder with a difficult name, one evaluation, and a refresh that only says that it ran."""
    folder = tmp_path / FOLDER
    (folder / "data/demo").mkdir(parents=True)
    (folder / "data/demo/evaluation.yaml").touch()
    shutil.copytree(ROOT / "templates/schedule", folder / "templates/schedule")
    (folder / "brief.py").write_text(
        'import sys\nopen("ran", "a").write(" ".join(sys.argv[1:]) + "\\n")\nprint("été")\n'
    )
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PATH with nothing on it but a few plain programs, and a folder in which stand-ins keep things."""
    programs, kept = tmp_path / "programs", tmp_path / "kept"
    programs.mkdir()
    kept.mkdir()
    for name in ("sh", "cat", "rm", "mv", "cp"):
        (programs / name).symlink_to(shutil.which(name) or name)
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setenv("KEPT", str(kept))
    monkeypatch.setenv("FAILING", "nothing fails")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "configuration"))
    return kept


def stand_in(kept: Path, name: str, script: str) -> None:
    """Put a stand-in for a program on the PATH."""
    path = kept.parent / "programs" / name
    path.write_text(f"#!/bin/sh\n{script}", encoding="utf-8")
    path.chmod(0o755)


def told(trouble: pytest.ExceptionInfo[Trouble]) -> str:
    """Read the one sentence of a trouble."""
    assert str(trouble.value).endswith(".") and "\n" not in str(trouble.value)
    return str(trouble.value)


# ---------------------------------------------------------------------------------------------------------------------
# Times
# ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("every", "at", "words", "calendar", "fields"),
    [
        ("hour", "", "every hour", "hourly", "0 * * * *"),
        ("day", "", "every day at 06:30", "*-*-* 06:30:00", "30 6 * * *"),
        ("day", "0:05", "every day at 00:05", "*-*-* 00:05:00", "5 0 * * *"),
        ("weekday", "23:59", "every weekday at 23:59", "Mon..Fri *-*-* 23:59:00", "59 23 * * 1-5"),
    ],
)
def test_times_are_written_as_each_scheduler_takes_them(
    every: str, at: str, words: str, calendar: str, fields: str
) -> None:
    when = read_when(every, at)
    assert (when.words, systemd.calendar(when), cron.fields(when)) == (words, calendar, fields)


@pytest.mark.parametrize("at", ["24:00", "6:60", "6.30", "noon", "6:30 "])
def test_a_wrong_time_is_refused(at: str) -> None:
    with pytest.raises(Trouble) as trouble:
        read_when("day", at)
    assert told(trouble) == f'--at is "{at}": it must be a time of day from 00:00 to 23:59, such as 06:30.'


def test_a_time_for_every_hour_is_refused() -> None:
    with pytest.raises(Trouble) as trouble:
        read_when("hour", "06:30")
    assert "at each full hour" in told(trouble)


def test_each_folder_has_a_name_of_its_own() -> None:
    assert re.fullmatch("brief-[0-9a-f]{8}", name_for(Path("/a")))
    assert name_for(Path("/a")) == name_for(Path("/a")) != name_for(Path("/b"))
    with pytest.raises(Trouble, match="line break"):
        Task(Path("/a\nb"), WEEKDAYS)


# ---------------------------------------------------------------------------------------------------------------------
# systemd
# ---------------------------------------------------------------------------------------------------------------------


def test_units_are_those_of_systemd(project: Path) -> None:
    texts = systemd.units(Task(project, WEEKDAYS, ("demo",), python="/opt/my python/bin/python3"))
    service, timer = texts.values()
    folder = str(project).replace("%", "%%")
    for line in (
        f"WorkingDirectory={folder}",
        'ExecStart="/opt/my python/bin/python3" brief.py refresh --only demo',
        "SuccessExitStatus=10",
        "TimeoutStartSec=2h",
        "Type=oneshot",
    ):
        assert line in service.splitlines()
    for line in ("OnCalendar=Mon..Fri *-*-* 06:30:00", "Persistent=true", "WantedBy=timers.target"):
        assert line in timer.splitlines()


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="not installed: systemd-analyze")
@pytest.mark.parametrize(
    ("every", "program"), [("hour", "python é 100 %"), ("day", 'mon "python" l\'été \\ 3 $x %'), ("weekday", "python")]
)
def test_systemd_takes_the_units(project: Path, tmp_path: Path, every: str, program: str) -> None:
    python = tmp_path / program
    python.symlink_to(sys.executable)
    task = Task(project, read_when(every, ""), ("demo",), python=str(python))
    units = systemd.units(task)
    for name, text in units.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    command = ["systemd-analyze", "verify", "--recursive-errors=no", *(str(tmp_path / name) for name in units)]
    verified = subprocess.run(command, capture_output=True, text=True)
    assert (verified.returncode, verified.stderr) == (0, "")
    calendar = ["systemd-analyze", "calendar", "--iterations=5", systemd.calendar(task.when)]
    days = re.findall(r"(?:elapse|#\d+): (\w{3})", subprocess.run(calendar, capture_output=True, text=True).stdout)
    assert len(days) == 5 and (every != "weekday" or not set(days) & {"Sat", "Sun"})


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="not installed: systemd-analyze")
@pytest.mark.parametrize(
    ("old", "new"), [("ExecStart=", "ExecStart=no-such/"), ("TimeoutStartSec=2h", "TimeoutStartSec=soon")]
)
def test_systemd_notices(project: Path, tmp_path: Path, old: str, new: str) -> None:
    name, text = next(iter(systemd.units(Task(project, WEEKDAYS)).items()))
    (tmp_path / name).write_text(text.replace(old, new), encoding="utf-8")
    command = ["systemd-analyze", "verify", "--recursive-errors=no", str(tmp_path / name)]
    assert subprocess.run(command, capture_output=True, text=True).stderr != ""


def test_a_timer_is_installed_replaced_shown_and_removed(
    project: Path, kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stand_in(kept, "systemctl", SYSTEMCTL)
    stand_in(kept, "crontab", CRONTAB)
    other = systemd.place() / "mine.timer"
    other.parent.mkdir(parents=True)
    other.touch()
    name = name_for(project)
    assert schedule("install", every="day", at="07:00") == 0
    assert capsys.readouterr().out.startswith("Every day at 07:00, this folder is refreshed by systemd.")
    installed = {path.name: path.read_text(encoding="utf-8") for path in systemd.place().glob("brief-*")}
    assert installed == systemd.units(Task(project, When("day", 7, 0)))
    assert [call for call in (kept / "calls").read_text().splitlines() if "show" not in call] == [
        "--user daemon-reload",
        f"--user enable --now {name}.timer",
    ]
    schedule("install", only=["demo"])
    assert capsys.readouterr().out.endswith("This takes the place of what was installed with systemd.\n")
    assert "refresh --only demo" in (systemd.place() / f"{name}.service").read_text(encoding="utf-8")
    schedule("show")
    shown = capsys.readouterr()
    assert shown.err == "Installed with systemd:\n" and "OnCalendar=Mon..Fri *-*-* 06:30:00\n" in shown.out
    (kept / "calls").unlink()
    schedule("remove")
    assert [call for call in (kept / "calls").read_text().splitlines() if "show" not in call] == [
        f"--user disable --now {name}.timer",
        "--user daemon-reload",
    ]
    assert list(systemd.place().iterdir()) == [other]
    schedule("remove")
    assert "nothing to remove" in capsys.readouterr().out


def test_a_timer_that_does_not_start_leaves_nothing_behind(
    project: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(kept, "systemctl", SYSTEMCTL)
    monkeypatch.setenv("FAILING", "enable")
    with pytest.raises(Trouble) as trouble:
        schedule("install", "systemd")
    assert told(trouble) == f"`systemctl --user enable --now {name_for(project)}.timer` failed: no bus."
    assert list(systemd.place().iterdir()) == []


def test_what_was_installed_stays_when_the_new_one_fails(
    project: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(kept, "systemctl", SYSTEMCTL)
    stand_in(kept, "crontab", CRONTAB)
    schedule("install", "cron")
    before = (kept / "crontab").read_bytes()
    monkeypatch.setenv("FAILING", "enable")
    with pytest.raises(Trouble, match="failed: no bus"):
        schedule("install", "systemd")
    assert (kept / "crontab").read_bytes() == before
    stand_in(kept, "crontab", f"[ $1 = - ] && exit 1; {CRONTAB}")
    with pytest.raises(Trouble, match="`crontab -` failed"):
        schedule("install", "cron", every="hour")
    assert (kept / "crontab").read_bytes() == before


def test_what_keeps_time_here_is_chosen(
    project: Path, kept: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(Trouble) as trouble:
        schedule("install")
    assert told(trouble) == (
        "It cannot be scheduled with windows or systemd or cron: "
        "this is not Windows (the program schtasks is missing), "
        "this machine has no systemd (the program systemctl is missing), "
        "this machine has no cron (the program crontab is missing)."
    )
    with pytest.raises(Trouble, match=r"^It cannot be scheduled with cron: .*crontab is missing"):
        schedule("install", "cron")
    stand_in(kept, "systemctl", SYSTEMCTL)
    monkeypatch.setenv("FAILING", "show-environment")
    with pytest.raises(Trouble, match=r"with systemd: your account has no systemd session here \(no bus\)\.$"):
        schedule("install", "systemd")
    stand_in(kept, "crontab", CRONTAB)
    schedule("install")
    assert "refreshed by cron" in capsys.readouterr().out
    monkeypatch.setenv("FAILING", "nothing")
    schedule("install")
    assert "installed with cron" in capsys.readouterr().out
    assert not (kept / "crontab").exists() and len(list(systemd.place().iterdir())) == 2


def test_only_evaluations_that_there_are(project: Path, kept: Path) -> None:
    stand_in(kept, "crontab", CRONTAB)
    with pytest.raises(Trouble, match="no evaluation named nobody"):
        schedule("install", "cron", ["nobody"])


# ---------------------------------------------------------------------------------------------------------------------
# cron
# ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("before", [b"", LINES, LINES + OTHERS, OTHERS + LINES], ids=["none", "own", "both", "first"])
def test_a_crontab_keeps_its_other_lines(
    project: Path, kept: Path, before: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    stand_in(kept, "crontab", CRONTAB)
    crontab = kept / "crontab"
    if before:
        crontab.write_bytes(before)
    schedule("install", only=["demo"])
    lines = os.fsencode(cron.Cron().written(Task(project, WEEKDAYS, ("demo",))))
    assert crontab.read_bytes() == before + lines
    assert lines.count(b"\n") == 4 and re.search(rb"^30 6 \* \* 1-5 cd '", lines, re.MULTILINE)
    crontab.write_bytes(crontab.read_bytes() + LINES)
    schedule("install", every="hour")
    assert capsys.readouterr().out.count("takes the place") == 1
    assert crontab.read_bytes().replace(before, b"", 1).count(b"begins") == 1
    schedule("show")
    assert "\n0 * * * * cd " in capsys.readouterr().out
    schedule("remove")
    assert crontab.read_bytes() == before + LINES


def test_a_crontab_that_had_no_lines_goes(project: Path, kept: Path) -> None:
    stand_in(kept, "crontab", CRONTAB)
    schedule("install")
    schedule("remove")
    assert not (kept / "crontab").exists()


@pytest.mark.parametrize("mark", ["begins", "ends"])
def test_a_crontab_with_half_a_block_is_left_alone(project: Path, kept: Path, mark: str) -> None:
    stand_in(kept, "crontab", CRONTAB)
    damaged = f"# {name_for(project)} {mark}\n".encode() + OTHERS
    (kept / "crontab").write_bytes(damaged)
    for action in ("install", "remove", "show"):
        with pytest.raises(Trouble, match="`crontab -e`"):
            schedule(action)
    assert (kept / "crontab").read_bytes() == damaged


def test_a_crontab_that_may_not_be_read_is_told(project: Path, kept: Path) -> None:
    stand_in(kept, "crontab", 'echo "You (me) are not allowed to use this program." >&2; exit 1')
    with pytest.raises(Trouble) as trouble:
        schedule("install", "cron")
    assert told(trouble) == "Your crontab cannot be read: You (me) are not allowed to use this program."


PROGRAMS = [
    name for name in ("cron", "crontab", "unshare", "mount") if not shutil.which(name, path="/usr/sbin:/usr/bin:/bin")
]
needs_cron = pytest.mark.skipif(
    bool(PROGRAMS) or os.name == "nt" or os.geteuid() != 0,
    reason=f"not installed: {', '.join(PROGRAMS)}" if PROGRAMS else "only root may start a cron",
)
# In a world of its own: the crontabs are in a folder of the test, and nothing of the machine's own is run.
APART = """
mount --bind "$1" /var/spool/cron/crontabs && mount -t tmpfs none /run && mount -t tmpfs none /etc/cron.d &&
mount --bind /dev/null /etc/crontab || exit 125
shift
exec "$@"
"""


def apart(crontabs: Path, *words: str) -> list[str]:
    """Give the command that runs words where the crontabs are those in a folder."""
    return ["unshare", "--mount", "--propagation", "private", "sh", "-c", APART, "sh", str(crontabs), *words]


def enter(crontabs: Path, *words: str) -> str:
    """Run a command of brief.py there."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "scripts")}
    command = apart(crontabs, sys.executable, "-m", "evalbrief.commands", *words)
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8")
    if done.returncode == 125:
        pytest.skip("this machine lets nobody mount")
    assert done.returncode == 0, done.stdout
    return done.stdout


@needs_cron
def test_the_real_cron_runs_what_is_installed(project: Path, tmp_path: Path) -> None:
    crontabs = tmp_path / "crontabs"
    crontabs.mkdir()
    mine = crontabs / pwd.getpwuid(os.geteuid()).pw_name
    at = datetime.now() + timedelta(seconds=65 if datetime.now().second > 55 else 60)
    enter(crontabs, "schedule", "install", "--with", "cron", "--every", "day", "--at", f"{at:%H:%M}", "--only", "demo")
    assert mine.read_bytes().count(name_for(project).encode()) == 2
    ran = project / "ran"
    daemon = subprocess.Popen(apart(crontabs, "cron", "-f"), start_new_session=True)
    try:
        wait_until(ran.exists, "what runs when the computer starts has not run")
        said = project / "build/logs/refresh.log"
        wait_until(said.exists)
        ran.unlink()
        wait_until_next_minute = at.replace(second=0, microsecond=0).timestamp() - time.time() + 30
        deadline = time.monotonic() + wait_until_next_minute
        while not ran.exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        assert ran.read_text() == "refresh --only demo\n"
        wait_until(lambda: said.read_text(encoding="utf-8") == "été\n" * 2)
    finally:
        daemon.terminate()
        daemon.wait()


@needs_cron
def test_the_real_crontab_keeps_its_other_lines(project: Path, tmp_path: Path) -> None:
    crontabs, before = tmp_path / "crontabs", tmp_path / "before"
    crontabs.mkdir()
    before.write_bytes(LINES)
    subprocess.run(apart(crontabs, "crontab", str(before)), check=True)
    listing = apart(crontabs, "crontab", "-l")
    enter(crontabs, "schedule", "install", "--with", "cron")
    installed = subprocess.run(listing, capture_output=True, check=True).stdout
    assert installed == LINES + os.fsencode(cron.Cron().written(Task(project, WEEKDAYS, python=base_python())))
    assert "takes the place" in enter(crontabs, "schedule", "install", "--with", "cron")
    assert subprocess.run(listing, capture_output=True, check=True).stdout == installed
    enter(crontabs, "schedule", "remove")
    assert subprocess.run(listing, capture_output=True, check=True).stdout == LINES


def base_python() -> str:
    """Name the Python that the environment was made with."""
    return getattr(sys, "_base_executable", sys.executable)


# ---------------------------------------------------------------------------------------------------------------------
# Windows and GitHub
# ---------------------------------------------------------------------------------------------------------------------


def faults(element: Any) -> list[str]:
    """List what the schema of the Task Scheduler would not let pass."""
    name = element.tag.removeprefix(NAMESPACE)
    children = [child.tag.removeprefix(NAMESPACE) for child in element]
    found = [f"{child} in {name}" for child in children if child not in CHILDREN.get(name, set())]
    found += [f"{child} twice" for child in set(children) if children.count(child) > 1]
    order = SEQUENCES.get(name, "").split()
    if order and not found and sorted(children, key=order.index) != children:
        found.append(f"the order in {name}")
    return found + [fault for child in element for fault in faults(child)]


@pytest.mark.parametrize("every", ["hour", "day", "weekday"])
def test_a_task_of_windows_has_the_form_of_its_schema(project: Path, every: str) -> None:
    text = TaskScheduler().written(
        Task(project, read_when(every, ""), ("demo",), python=r"C:\Program Files\python.exe")
    )
    task = etree.fromstring(text.encode("utf-16"))
    assert faults(task) == []
    values = {element.tag.removeprefix(NAMESPACE): element.text for element in task.iter()}
    assert values["WorkingDirectory"] == str(project) and values["Command"] == r"C:\Program Files\python.exe"
    assert values["Arguments"] == "brief.py refresh --only demo"
    assert (values["StartWhenAvailable"], values["LogonType"]) == ("true", "InteractiveToken")
    assert ("Interval" in values, "Friday" in values) == (every == "hour", every == "weekday")
    assert values["StartBoundary"] == f"2024-01-01T{'00:00' if every == 'hour' else '06:30'}:00"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("StartWhenAvailable>", "StartWhenPossible>"),
        ("<Enabled>true</Enabled>", "<Enabled>true</Enabled><Enabled>true</Enabled>"),
        (
            "<Enabled>true</Enabled>\n      <StartBoundary>2024-01-01T06:30:00</StartBoundary>",
            "<StartBoundary>2024-01-01T06:30:00</StartBoundary>\n      <Enabled>true</Enabled>",
        ),
    ],
    ids=["name", "twice", "order"],
)
def test_another_form_is_noticed(project: Path, old: str, new: str) -> None:
    text = TaskScheduler().written(Task(project, WEEKDAYS))
    assert old in text
    assert faults(etree.fromstring(text.replace(old, new).encode("utf-16"))) != []


def test_a_task_of_windows_is_registered_replaced_and_deleted(
    project: Path, kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stand_in(kept, "schtasks", SCHTASKS)
    schedule("install")
    registered = (kept / f"{name_for(project)}.xml").read_bytes()
    assert registered[:2] in (b"\xff\xfe", b"\xfe\xff")
    assert etree.fromstring(registered).find(f".//{NAMESPACE}WorkingDirectory").text == str(project)
    schedule("install", every="hour")
    assert capsys.readouterr().out.endswith("This takes the place of what was installed with windows.\n")
    schedule("remove")
    assert list(kept.glob("*.xml")) == []


def test_a_workflow_refreshes_on_a_schedule(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    schedule("show", "github", ["demo"], every="day", at="17:05")
    shown = capsys.readouterr()
    assert shown == (workflow(Task(project, When("day", 17, 5), ("demo",))), "")
    read = YAML(typ="safe").load(shown.out)
    assert read["on"]["schedule"] == [{"cron": "5 17 * * *"}] and read["permissions"] == {"contents": "write"}
    commands = [step["run"] for step in read["jobs"]["refresh"]["steps"] if "run" in step]
    assert "python3 brief.py refresh --only demo || status=$?" in commands[0]
    for action in ("install", "remove"):
        with pytest.raises(Trouble, match="GitHub"):
            schedule(action, "github")


def test_a_workflow_passes_the_secrets_on(project: Path) -> None:
    def write(evaluation: str, *lines: str) -> None:
        path = project / "data" / evaluation / "evaluation.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(lines), encoding="utf-8")

    def passed(*only: str) -> dict[str, str]:
        read = YAML(typ="safe").load(workflow(Task(project, WEEKDAYS, only)))
        steps = read["jobs"]["refresh"]["steps"]
        assert [step["id"] for step in steps if "env" in step] in ([], ["refresh"])
        return {name: text for step in steps for name, text in step.get("env", {}).items()}

    assert passed() == {}
    (project / "config.yaml").write_text("tell: [OFFICE_MAIL, 'no name']\n")
    shutil.copytree(ROOT / "data/schemas", project / "data/schemas")
    source = "address: https://example.org/a.csv, secret"
    write("cloud", "sources:", f"  survey.csv: {{{source}: CLOUD}}", f"  budget.csv: {{{source}: no name}}")
    write("share", "sources:", f"  survey.csv: {{{source}: TOKEN}}", f"  text/fr/logic.md: {{{source}: TOKEN}}")
    write("broken", "title: [", "sources:", f"  survey.csv: {{{source}: BROKEN}}")
    assert list(passed()) == ["CLOUD", "OFFICE_MAIL", "TOKEN"]
    assert passed("cloud") == {"CLOUD": "${{ secrets.CLOUD }}", "OFFICE_MAIL": "${{ secrets.OFFICE_MAIL }}"}


@pytest.mark.parametrize(("status", "passes"), [(0, True), (10, True), (20, False), (1, False)])
def test_the_workflow_passes_what_is_no_failure(project: Path, tmp_path: Path, status: int, passes: bool) -> None:
    read = YAML(typ="safe").load(workflow(Task(project, WEEKDAYS)))
    step = next(step for step in read["jobs"]["refresh"]["steps"] if step.get("id") == "refresh")
    (project / "brief.py").write_text(f"raise SystemExit({status})")
    environment = {**os.environ, "GITHUB_OUTPUT": str(tmp_path / "output")}
    done = subprocess.run(["bash", "-e", "-c", step["run"]], env=environment)
    assert (done.returncode == 0) is passes
    assert (tmp_path / "output").read_text() == f"status={status}\n"


def test_the_workflow_keeps_what_was_published(project: Path) -> None:
    read = YAML(typ="safe").load(workflow(Task(project, WEEKDAYS)))
    keep = next(step for step in read["jobs"]["refresh"]["steps"] if "git push" in step.get("run", ""))
    assert keep["if"] == """${{ !cancelled() && contains(fromJSON('["10", "20"]'), steps.refresh.outputs.status) }}"""
    for name in ("published.sets/1/documents/a.pdf", "data/demo/new.csv", "build/a.pdf"):
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).touch()
    shutil.copy(ROOT / ".gitignore", project)
    subprocess.run(["git", "init", "--quiet"], check=True)
    commands = ["bash", "-e", "-c", keep["run"].replace("git push", "")]
    subprocess.run(commands, check=True, stdout=subprocess.DEVNULL)
    (project / "published").symlink_to("published.sets/1/documents")
    subprocess.run(commands, check=True, stdout=subprocess.DEVNULL)
    kept = subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=True).stdout.split("\n")
    assert {"published", "published.sets/1/documents/a.pdf", "data/demo/new.csv"} <= set(
        kept
    ) and "build/a.pdf" not in kept
