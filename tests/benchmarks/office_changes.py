"""Accept or reject the tracked changes of Word files in one process of LibreOffice: run with the Python that has UNO.

office_changes.py PROFILE COMMAND SOURCE TARGET [COMMAND SOURCE TARGET ...]

A command is accept, reject or save.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import uno  # type: ignore[import-not-found]
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]
from com.sun.star.connection import NoConnectException  # type: ignore[import-not-found]

COMMANDS = {"accept": ".uno:AcceptAllTrackedChanges", "reject": ".uno:RejectAllTrackedChanges", "save": None}
LONGEST_START = 60  # seconds


def connect(pipe: str) -> object:
    """Wait until the office answers; return its context."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    end = time.monotonic() + LONGEST_START
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def setting(name: str, value: object) -> PropertyValue:
    """Make a setting of UNO."""
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def resolve(context: object, command: str, source: Path, target: Path) -> None:
    """Open a file, do with its changes what the command says, and save it as a Word file."""
    services = context.ServiceManager  # type: ignore[attr-defined]
    desktop, dispatcher = (
        services.createInstanceWithContext(f"com.sun.star.frame.{name}", context)
        for name in ("Desktop", "DispatchHelper")
    )
    document = desktop.loadComponentFromURL(source.as_uri(), "_blank", 0, (setting("Hidden", True),))
    if COMMANDS[command]:
        dispatcher.executeDispatch(document.CurrentController.Frame, COMMANDS[command], "", 0, ())
    document.storeToURL(target.as_uri(), (setting("FilterName", "MS Word 2007 XML"),))
    document.close(True)


def main() -> None:
    """Do as the command line says."""
    profile, *jobs = sys.argv[1:]
    pipe = f"changes{abs(hash(profile))}"
    user = f"-env:UserInstallation={Path(profile).as_uri()}"
    command = ["soffice", user, "--headless", "--norestore", f"--accept=pipe,name={pipe};urp"]
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    office = subprocess.Popen(command, start_new_session=True, **quiet)
    try:
        context = connect(pipe)
        for job, source, target in zip(jobs[::3], jobs[1::3], jobs[2::3], strict=True):
            resolve(context, job, Path(source), Path(target))
    finally:
        # soffice is a script that starts the office itself.
        os.killpg(office.pid, signal.SIGKILL)
        office.wait()


if __name__ == "__main__":
    main()
    # The bridge to an office that has been killed can take Python along when it ends by itself.
    os._exit(0)
