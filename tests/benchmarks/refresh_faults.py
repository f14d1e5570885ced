"""What goes wrong when nobody watches, done for real: servers, disks, kills, clocks, rivals, mail; is it as promised?

An office has published; its table comes from a web server. For each fault, a copy of it gets new data and refreshes
while the fault is there, and once more when it is over. Disks are mounted where nobody else sees them, which only root
may do; a wrong clock needs libfaketime (on Debian: apt-get install libfaketime). All of it takes about an hour, most of
it the kills:

.venv/bin/python tests/benchmarks/refresh_faults.py --kills 200
.venv/bin/python tests/benchmarks/refresh_faults.py --only down login mail
"""

import argparse
import os
import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path

import fault_clock
import fault_disks
import fault_kills
import fault_messages
import fault_rivals
import fault_servers
import fault_steps
from fault_stage import Fault, Stage, Verdict
from numbers_shown import RESULTS
from origins import web
from report import circumstances, publish, table

MODULES = (fault_servers, fault_disks, fault_steps, fault_kills, fault_clock, fault_rivals, fault_messages)
FAULTS: dict[str, Fault] = {fault.name: fault for module in MODULES for fault in module.FAULTS}
APART = "BRIEF_BENCHMARK_APART"
NOTES = """\
In bold what was not as promised. The documents that people read are compared with the record of their set (SHA-256),
with build/, and by the number that each of them prints. Slow servers: with limits of {limits}. The clock
that was ahead is libfaketime's, in one refresh and all it started; its files were dated accordingly afterwards.
"""


def play(stage: Stage, fault: Fault) -> list[str]:
    """Inject one fault; write a row."""
    verdict = Verdict()
    try:
        fault.act(stage, verdict)
    except Exception as error:  # the other faults are to be tried as well
        traceback.print_exc()
        verdict.see(f"it could not be judged: {type(error).__name__}: {error}", False)
    row = [
        fault.title,
        fault.promised,
        "; ".join(verdict.facts).replace(f"{stage.folder}/", "").replace("|", "\\|"),
        verdict.word,
    ]
    print(f"{fault.name}: {verdict.word}: {row[2]}", file=sys.stderr)
    return row


def secrets_row(stage: Stage) -> list[str]:
    """Say where secrets were found."""
    found = "; ".join(sorted(set(stage.hits))) or "0 hits"
    happened = f"{found} in {stage.files} files and all that was said, packed files unpacked"
    promised = "no password, key or address with a password anywhere but in secrets.env"
    return ["Secrets", promised, happened, "FAIL" if stage.hits else "PASS"]


def be_apart() -> None:
    """Start again where what is mounted is seen by nobody else, and goes with this process."""
    if os.geteuid() != 0:
        sys.exit("Only root may mount the disks that are to be full or read-only.")
    if APART not in os.environ:
        os.environ[APART] = "yes"
        words = ["unshare", "--mount", "--propagation", "private", sys.executable, *sys.argv]
        os.execvp(words[0], words)


def measure(options: argparse.Namespace, names: Sequence[str]) -> str:
    """Inject the faults; write the report."""
    with tempfile.TemporaryDirectory() as name, web(RESULTS) as origin:
        folder = Path(name)
        (folder / "tmp").mkdir()
        os.environ["TMPDIR"] = str(folder / "tmp")
        stage = Stage(folder, origin, options)
        rows = [play(stage, FAULTS[name]) for name in names]
        rows.append(secrets_row(stage))
    passed = sum(row[-1] == "PASS" for row in rows)
    limits = "120 seconds, as always" if options.real_limits else "5 seconds in place of 120"
    return "\n".join(
        [
            "# Faults while nobody watches\n",
            f"{circumstances()} {passed} of {len(rows)} as promised.\n",
            table(["Fault", "promised", "what happened", "verdict"], rows).replace("---:", "---"),
            NOTES.format(limits=limits),
        ]
    )


def main() -> None:
    """Inject the faults that the command line names, or all."""
    parser = argparse.ArgumentParser(description="Inject faults into refreshes and judge what comes of it.")
    parser.add_argument("--only", nargs="+", choices=FAULTS, default=list(FAULTS), metavar="NAME", help="these faults")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=10, help="of refreshes at once")
    parser.add_argument("--seed", type=int, default=1, help="of the moments of the kills")
    parser.add_argument(
        "--real-limits", action="store_true", help="wait two minutes for a slow server, as a refresh does"
    )
    arguments = parser.parse_args()
    be_apart()
    text = measure(arguments, arguments.only)
    name = "refresh_faults.md" if set(arguments.only) == set(FAULTS) else "refresh_faults.some.md"
    publish(name, text)


if __name__ == "__main__":
    main()
