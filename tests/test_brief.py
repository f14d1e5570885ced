"""The start script: what it says when the set-up fails, and that a finished set-up needs no installer."""

import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]

UV_NO_NETWORK = """error: Request failed after 3 retries in 3.8s
  cause: Failed to fetch: the index
  cause: client error (Connect)
  cause: dns error
  cause: failed to lookup address information: Temporary failure in name resolution"""
UV_PROXY = """error: Request failed after 3 retries in 4.7s
  cause: client error (Connect)
  cause: tunnel error: proxy authorization required"""
UV_DEAD_PROXY = """  cause: tunnel error: failed to create underlying connection
  cause: tcp connect error
  cause: Connection refused (os error 111)"""
UV_FULL = """error: Failed to install: matplotlib-3.11.2-cp311-cp311-manylinux2014_x86_64.whl (matplotlib==3.11.2)
  cause: failed to copy file: No space left on device (os error 28)"""
UV_READ_ONLY = "error: failed to create directory `.venv`: Read-only file system (os error 30)"
UV_HASH = "error: Failed to download `rich==15.0.0`\n  cause: Hash mismatch for `rich==15.0.0`"
PIP_NO_NETWORK = """WARNING: Retrying after connection broken by 'NewConnectionError('<HTTPSConnection object>:
Failed to establish a new connection: [Errno -3] Temporary failure in name resolution')': /simple/rich/
ERROR: Could not find a version that satisfies the requirement rich==15.0.0 (from versions: none)
ERROR: No matching distribution found for rich==15.0.0"""
PIP_PROXY = """WARNING: Retrying after connection broken by 'ProxyError('Cannot connect to proxy.', OSError('Tunnel
connection failed: 407 Proxy Authentication Required'))': /simple/rich/
ERROR: No matching distribution found for rich==15.0.0"""
PIP_FULL = "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device"
PIP_CERTIFICATE = "SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed'))"
PIP_NO_WHEEL = "ERROR: No matching distribution found for immutables==0.21"
VENV_MISSING = "The virtual environment was not created successfully because ensurepip is not available."


def load_brief() -> ModuleType:
    specification = importlib.util.spec_from_file_location("brief", ROOT / "brief.py")
    assert specification and specification.loader
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the start script with a lock file and a command that says how it was called."""
    folder = tmp_path / "projet d'été"
    (folder / "scripts/evalbrief/commands").mkdir(parents=True)
    shutil.copy(ROOT / "brief.py", folder)
    (folder / "requirements.txt").write_text("# nothing\n")
    (folder / "requirements-test.txt").write_text("# nothing\n")
    command = folder / "scripts/evalbrief/commands/__main__.py"
    command.write_text("import sys\ndef main(words):\n    print(sys.prefix, *words, sep='|')\n    return 7\n")
    return folder


def fake_uv(project: Path, text: str = "", status: int = 0) -> Path:
    """Put a uv on the PATH that makes an empty environment, counts its calls and prints a text; return its folder."""
    folder = project.parent / "bin"
    folder.mkdir(exist_ok=True)
    uv, program = folder / "uv", folder / "uv.py"
    uv.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} {shlex.quote(str(program))} "$@"\n')
    program.write_text(
        "import subprocess, sys\n"
        f"open({str(folder / 'calls')!r}, 'a').write(' '.join(sys.argv[1:3]) + '\\n')\n"
        "if sys.argv[1] == 'venv':\n"
        "    sys.exit(subprocess.call([sys.argv[3], '-m', 'venv', '--without-pip', sys.argv[4]]))\n"
        "if sys.argv[1] == 'pip':\n"
        f"    print({text!r})\n"
        f"    sys.exit({status})\n"
    )
    uv.chmod(0o755)
    return folder


def start(project: Path, path: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PATH": f"{path}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": ""}
    return subprocess.run(
        [sys.executable, "brief.py", *words], cwd=project, env=environment, capture_output=True, encoding="utf-8"
    )


@pytest.mark.parametrize(
    ("printed", "sentence"),
    [
        (UV_NO_NETWORK, "connect this computer to the internet"),
        (PIP_NO_NETWORK, "connect this computer to the internet"),
        (UV_PROXY, "HTTPS_PROXY"),
        (UV_DEAD_PROXY, "HTTPS_PROXY"),
        (PIP_PROXY, "HTTPS_PROXY"),
        (UV_FULL, "The disk is full"),
        (PIP_FULL, "The disk is full"),
        (UV_READ_ONLY, "This folder cannot be written to"),
        (UV_HASH, "damaged"),
        (PIP_CERTIFICATE, "certificate"),
        (PIP_NO_WHEEL, "64-bit Python 3.11, 3.12 or 3.13"),
        (VENV_MISSING, "python3-venv"),
        ("something new", "show the log to your IT support"),
    ],
)
def test_what_an_installer_prints_becomes_one_sentence(printed: str, sentence: str) -> None:
    explained = load_brief().explain(printed)
    assert sentence in explained
    assert "\n" not in explained


@pytest.mark.skipif(os.name == "nt", reason="the fake uv is a script with a shebang")
def test_a_failed_set_up_is_one_sentence_with_the_log_and_is_repeated(project: Path) -> None:
    failed = start(project, fake_uv(project, UV_NO_NETWORK, 2), "build")
    said = failed.stderr.splitlines()
    assert failed.returncode == 1
    assert said[0] == "Preparing the builder (once, about a minute) ..."
    assert said[1].startswith("The packages could not be downloaded: connect this computer to the internet")
    assert len(said) == 2 and str(project / "build/set-up.log") in said[1]
    assert "dns error" in (project / "build/set-up.log").read_text()

    again = start(project, fake_uv(project), "build")
    assert again.returncode == 7


@pytest.mark.skipif(os.name == "nt", reason="the fake uv is a script with a shebang")
def test_after_a_finished_set_up_no_installer_is_called(project: Path) -> None:
    path = fake_uv(project)
    first = start(project, path, "build", "--only", "demo")
    assert (first.returncode, first.stdout) == (7, f"{project / '.venv'}|build|--only|demo\n")
    calls = (path / "calls").read_text()
    assert {"venv --python", "pip install"} <= set(calls.splitlines())

    second = start(project, path)
    assert (second.returncode, second.stdout, second.stderr) == (7, f"{project / '.venv'}\n", "")
    assert (path / "calls").read_text() == calls

    start(project, path, "test")
    assert (path / "calls").read_text().count("pip install") == 2, "the test packages come in addition"

    (project / "requirements.txt").write_text("# another lock\n")
    start(project, path)
    assert (path / "calls").read_text().count("venv") == 2, "a changed lock makes the environment anew"


@pytest.mark.parametrize(
    ("words", "more"),
    [
        (["build", "--cluster", "slurm"], ["requirements-slurm.txt"]),
        (["--cluster=slurm", "--only", "demo"], ["requirements-slurm.txt"]),
        (["build", "--cluster", "test"], []),
        (["build", "--cluster"], []),
        (["build", "--only", "slurm"], []),
        (["test", "tests/slurm"], ["requirements-test.txt"]),
        (["fetch", "--only", "demo"], ["requirements-refresh.txt"]),
        (["refresh"], ["requirements-refresh.txt"]),
        (["watch"], ["requirements-refresh.txt"]),
        (["schedule", "show"], ["requirements-refresh.txt"]),
        (["build", "--only", "fetch"], []),
    ],
)
def test_some_commands_need_packages_of_their_own(words: list[str], more: list[str]) -> None:
    assert load_brief().locks_for(words) == ["requirements.txt", *more]


@pytest.mark.parametrize("version", [(3, 10), (3, 14)])
def test_another_python_is_refused_in_one_sentence(monkeypatch: pytest.MonkeyPatch, version: tuple[int, int]) -> None:
    brief = load_brief()
    monkeypatch.setattr(sys, "version_info", (*version, 0))
    with pytest.raises(
        brief.SetUpError, match=f"^Python 3.11, 3.12 or 3.13 is needed and this is Python 3.{version[1]}"
    ):
        brief.check_python()


def test_help_needs_no_set_up(project: Path) -> None:
    shown = start(project, project, "--help")
    assert shown.stdout.endswith("|--help\n")
    assert not (project / ".venv").exists()


def test_the_start_script_needs_the_standard_library_only() -> None:
    lines = (ROOT / "brief.py").read_text(encoding="utf-8").splitlines()
    modules = {line.split()[1] for line in lines if line.startswith(("import ", "from "))}
    assert modules <= sys.stdlib_module_names
