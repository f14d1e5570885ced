"""Start the builder: make .venv from the locked requirements once, then run the asked command in it."""

import hashlib
import os
import sys

# What only the set-up needs is imported there: this file starts before every command, and is to take no time.

ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
VENV_PYTHON = os.path.join(VENV, "Scripts", "python.exe") if os.name == "nt" else os.path.join(VENV, "bin", "python")
LOG = os.path.join(ROOT, "build", "set-up.log")
OLDEST, NEWEST = (3, 11), (3, 13)

# What installers (uv, pip, venv) print when they fail, and what a person can do about it; the first match counts.
TROUBLES = [
    (
        r"no space left|os error 28\b|errno 28\b|not enough space|os error 112\b|disk quota exceeded",
        "The disk is full: free about 1 GB and start again",
    ),
    (
        r"proxy|tunnel (error|connection failed)",
        "The packages could not be downloaded through this network's proxy: check the address, name and password in "
        "the environment variable HTTPS_PROXY and start again",
    ),
    (
        r"certificate_verify_failed|invalid peer certificate|unknownissuer|self.signed certificate",
        "The certificate of the download server is not trusted here: ask your IT support for the network's certificate "
        "file, name it in the environment variables SSL_CERT_FILE and PIP_CERT, and start again",
    ),
    (
        r"dns error|failed to lookup|name resolution|getaddrinfo failed|newconnectionerror|nameresolutionerror|"
        r"network is unreachable|connection refused|connecttimeout|readtimeout|timed out|error sending request|"
        r"failed to establish a new connection|connection (reset|aborted|broken)|host is unreachable",
        "The packages could not be downloaded: connect this computer to the internet and start again",
    ),
    (
        r"permission denied|read-only file system|os error (13|30)\b|errno (13|30)\b|access is denied|os error 5\b",
        "This folder cannot be written to: move the project to a folder of your own, such as Documents, and start "
        "again",
    ),
    (
        r"ensurepip|no module named '?venv",
        "This Python cannot make environments: install its venv module (on Debian and Ubuntu: "
        "sudo apt install python3-venv) or install uv, and start again",
    ),
    (
        r"hash mismatch|do not match the hashes",
        "A downloaded package is damaged or was changed on its way: start again, on another network if it persists",
    ),
    (
        r"no matching distribution|no solution found|no wheels|no usable wheels|not a supported wheel",
        "A package is not offered for this computer: use a 64-bit Python 3.11, 3.12 or 3.13",
    ),
]


class SetUpError(Exception):
    """Say in one sentence why the environment could not be made, and what to do."""


def check_python():
    """Refuse a Python for which not every package exists."""
    if not OLDEST <= tuple(sys.version_info[:2]) <= NEWEST:
        raise SetUpError(
            "Python 3.11, 3.12 or 3.13 is needed and this is Python {}.{}: install one of them and start with it, "
            "for instance: {}".format(
                sys.version_info[0],
                sys.version_info[1],
                "py -3.13 brief.py" if os.name == "nt" else "python3.13 brief.py",
            )
        )


def fingerprint(requirements):
    """Return what a finished set-up leaves behind: the lock's hash and the version of Python."""
    with open(os.path.join(ROOT, requirements), "rb") as lock:
        digest = hashlib.sha256(lock.read()).hexdigest()
    return "{} {}.{}".format(digest, *sys.version_info[:2])


def stamp(requirements):
    """Return the path of the file that says these requirements are installed."""
    return os.path.join(VENV, requirements + ".stamp")


def is_ready(requirements):
    """Say whether these requirements are installed, without asking any installer."""
    try:
        with open(stamp(requirements), encoding="utf-8") as file:
            return os.path.exists(VENV_PYTHON) and file.read() == fingerprint(requirements)
    except OSError:
        return False


def run(command, log):
    """Run an installer's command, its output kept in the log; raise SetUpError when it fails."""
    import subprocess

    log.write("$ {}\n".format(" ".join(command)))
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
    output = done.stdout.decode("utf-8", "replace")
    log.write(output)
    if done.returncode:
        raise SetUpError("{} (all messages are in {}).".format(explain(output), LOG))


def explain(output):
    """Return the sentence for what an installer printed."""
    import re

    for pattern, sentence in TROUBLES:
        if re.search(pattern, output, re.IGNORECASE):
            return sentence
    return "The packages could not be installed: start again, and show the log to your IT support if it persists"


def has_uv():
    """Say whether a working uv is on the PATH."""
    import subprocess

    try:
        return subprocess.run(["uv", "--version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


def make_environment(log):
    """Make an empty .venv in place of the old one."""
    import shutil

    if os.path.isdir(VENV):
        shutil.rmtree(VENV)
    python = getattr(sys, "_base_executable", sys.executable)
    run(["uv", "venv", "--python", python, VENV] if has_uv() else [python, "-m", "venv", VENV], log)


def install(requirements, log):
    """Install one lock file into .venv, and stamp it as the last thing."""
    installer = ["uv", "pip"] if has_uv() else [VENV_PYTHON, "-m", "pip"]
    place = ["--python", VENV_PYTHON] if has_uv() else ["--disable-pip-version-check"]
    run(installer + ["install"] + place + ["--no-deps", "--require-hashes", "-r", requirements], log)
    with open(stamp(requirements), "w", encoding="utf-8") as file:
        file.write(fingerprint(requirements))


def set_up(locks):
    """Bring .venv in line with the lock files; the first of them decides whether it is made anew."""
    import datetime

    sys.stderr.write("Preparing the builder (once, about a minute) ...\n")
    os.makedirs(os.path.dirname(LOG), exist_ok=True)
    with open(LOG, "w", encoding="utf-8") as log:
        log.write("{}, Python {}\n".format(datetime.datetime.now().isoformat(" ", "seconds"), sys.version))
        if not is_ready(locks[0]):
            make_environment(log)
        for requirements in locks:
            if not is_ready(requirements):
                install(requirements, log)


def restart_inside():
    """Run this file again with the Python of .venv, and end with its exit status."""
    command = [VENV_PYTHON, os.path.join(ROOT, "brief.py")] + sys.argv[1:]
    if os.name != "nt":
        os.execv(VENV_PYTHON, command)
    import subprocess

    child = subprocess.Popen(command)
    while True:
        try:
            sys.exit(child.wait())
        except KeyboardInterrupt:  # the child was told as well, and answers
            continue


def locks_for(words):
    """Return the locks of what a command needs: a test, data from elsewhere and each kind of cluster need more."""
    kinds = ["test"] if words[:1] == ["test"] else []
    kinds += ["refresh"] if words[:1] and words[0] in ("fetch", "refresh", "schedule", "watch") else []
    parts = " ".join(words).replace("--cluster=", "--cluster ").split()
    asked = [word for flag, word in zip(parts, parts[1:]) if flag == "--cluster"]
    kinds += [word for word in asked if os.path.isdir(os.path.join(ROOT, "profiles", word))]
    named = ["requirements-{}.txt".format(kind) for kind in kinds]
    return ["requirements.txt"] + [name for name in named if os.path.isfile(os.path.join(ROOT, name))]


def main():
    """Set up if needed, then hand over to the commands."""
    check_python()
    words = sys.argv[1:]
    locks = locks_for(words)
    wants_help = "-h" in words or "--help" in words
    if not wants_help:
        complete = all(is_ready(requirements) for requirements in locks)
        if not complete:
            try:
                set_up(locks)
            except OSError as error:
                raise SetUpError("{} ({}).".format(explain(str(error)), error.filename or ROOT))
        if not complete or os.path.realpath(sys.prefix) != os.path.realpath(VENV):
            restart_inside()
    os.chdir(ROOT)
    sys.path.append(os.path.join(ROOT, "scripts"))
    from evalbrief.commands.__main__ import main as run_command

    return run_command(words)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except SetUpError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        sys.exit(130)
