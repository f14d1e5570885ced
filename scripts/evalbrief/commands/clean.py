"""Remove what was made; the data stays."""

import shutil
from collections.abc import Collection

from evalbrief.commands.evaluations import BUILD, find_evaluations, find_orphans
from evalbrief.commands.running import only_build


def clean(only: Collection[str] = ()) -> int:
    """Remove build/, or the folders in it of some evaluations, also of those no longer in data/."""
    missing = set(only) - set(find_orphans())
    if missing:
        find_evaluations(missing)
    folders = [BUILD / name for name in only] or [BUILD]
    with only_build():
        for folder in folders:
            if folder.exists():
                shutil.rmtree(folder)
            print(f"{folder} is removed.")
    return 0
