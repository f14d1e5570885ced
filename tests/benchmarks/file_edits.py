"""What happens to a file: which files there are to edit, and every way to edit one of them."""

import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

DAY = 86_400_000_000_000
YEAR_2001 = 1_000_000_000_000_000_000


GROUPS = {
    "table of data": ["data/tiny/*.csv"],
    "quick facts": ["data/tiny/evaluation.yaml"],
    "formulas": ["data/tiny/values.yaml"],
    "text": ["data/tiny/text/*/*.md"],
    "label file": ["templates/labels/fr.yaml", "templates/labels/en.yaml"],
    "label file of another language": ["templates/labels/es.yaml"],
    "template of the text": ["templates/**/*.j2"],
    "layout, filter, style": ["templates/typst/*", "templates/filters/*", "templates/html/*", "templates/*.mplstyle"],
    "theme": ["templates/themes/ilo.yaml"],
    "theme of another office": ["templates/themes/neutral.yaml"],
    "file of the office": ["office/*"],
    "settings": ["config.yaml"],
    "script": ["scripts/*.py"],
    "module": ["scripts/evalbrief/**/*.py"],
    "rules": ["rules/*.smk", "Snakefile"],
    "schema": ["data/schemas/*.yaml"],
    "locked requirements": ["requirements.txt"],
    "profile": ["profiles/*/*"],
    "model": ["build/tiny/model/*/*"],
    "figure": ["build/tiny/figures/*"],
    "laid out table": ["build/tiny/tables/*"],
    "context, source text, tree": ["build/tiny/*.json", "build/tiny/*.md"],
    "rendered document": [f"build/tiny/rendered/*.{ending}" for ending in ("pdf", "docx", "html")],
    "delivered document": [f"build/tiny/brief.*.{ending}" for ending in ("pdf", "docx", "html")],
    "record of a delivery": ["build/tiny/*.sha256"],
    "ledger of deliveries": ["build/tiny/rendered/*.delivered"],
    "font": ["build/fonts/*.ttf"],
    "styles for Word": ["build/reference.docx"],
    "log": ["build/tiny/logs/*"],
}
# Of these only what an accident does to them is tried: nobody edits them.
INNER_GROUPS = {
    "record of Snakemake": [".snakemake/metadata/*"],
    "stamp": [".snakemake/brief/*.json", ".snakemake/brief/*/*.json"],
}
COMMENTS = {".py": "# more\n", ".smk": "# more\n", ".yaml": "# more\n", ".txt": "# more\n", ".j2": "{## more ##}\n"}
TEXTS = {".csv", ".html", ".json", ".log", ".lua", ".md", ".mplstyle", ".sha256", ".svg", ".typ", *COMMENTS}


def other_content(path: Path, random: Random) -> bytes:
    """Return the content of a file with one character changed; in code, where it changes nothing that is run."""
    content = path.read_bytes()
    if path.suffix in (".py", ".smk") or path.name == "Snakefile":
        places = [place for place in range(content.index(b"\n")) if content[place : place + 1].isalpha()]
    elif path.suffix in TEXTS:
        places = [found.start() for found in re.finditer(rb"[A-Za-z0-9]", content)]
    else:
        places = range(len(content))
    if not places:
        return content + b" "
    place = random.choice(places)
    fresh = b"1" if content[place : place + 1].isdigit() else b"x"
    if content[place : place + 1] == fresh:
        fresh = b"2" if fresh == b"1" else b"y"
    return content[:place] + fresh + content[place + 1 :]


def put_date(path: Path, nanoseconds: int) -> None:
    """Date a file."""
    os.utime(path, ns=(nanoseconds, nanoseconds))


def replace_file(path: Path, content: bytes, nanoseconds: int) -> None:
    """Put another file in the place of one, as unpacking an archive does."""
    unpacked = path.with_name(f"{path.name}.unpacked")
    unpacked.write_bytes(content)
    put_date(unpacked, nanoseconds)
    unpacked.replace(path)


def elsewhere(path: Path) -> Path:
    """Give a free place for a file outside of what the project reads."""
    folder = Path("elsewhere")
    folder.mkdir(exist_ok=True)
    return (folder / f"{len(os.listdir(folder))}{path.suffix}").absolute()


def change(path: Path, random: Random) -> None:
    path.write_bytes(other_content(path, random))


def lengthen(path: Path, random: Random) -> None:
    with path.open("ab") as file:
        file.write(COMMENTS.get(path.suffix, "\nEt encore.\n").encode())


def write_otherwise(path: Path, random: Random) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))


def empty(path: Path, random: Random) -> None:
    path.write_bytes(b"")


def truncate(path: Path, random: Random) -> None:
    os.truncate(path, path.stat().st_size // 2)


def delete(path: Path, random: Random) -> None:
    path.unlink()


def rename(path: Path, random: Random) -> None:
    path.rename(path.with_name(f"other_{path.name}"))


def touch(path: Path, random: Random) -> None:
    path.touch()


def date_later(path: Path, random: Random) -> None:
    put_date(path, time.time_ns() + DAY)


def date_earlier(path: Path, random: Random) -> None:
    put_date(path, YEAR_2001)


def write_again(path: Path, random: Random) -> None:
    path.write_bytes(path.read_bytes())


def replace_by_same(path: Path, random: Random) -> None:
    replace_file(path, path.read_bytes(), path.stat().st_mtime_ns)


def change_keeping_date(path: Path, random: Random) -> None:
    date = path.stat().st_mtime_ns
    change(path, random)
    put_date(path, date)


def change_dated_earlier(path: Path, random: Random) -> None:
    change(path, random)
    put_date(path, YEAR_2001)


def change_dated_later(path: Path, random: Random) -> None:
    change(path, random)
    put_date(path, time.time_ns() + DAY)


def replace_by_older(path: Path, random: Random) -> None:
    replace_file(path, other_content(path, random), YEAR_2001)


def replace_with_same_date(path: Path, random: Random) -> None:
    replace_file(path, other_content(path, random), path.stat().st_mtime_ns)


def change_and_undo(path: Path, random: Random) -> None:
    content = path.read_bytes()
    change(path, random)
    path.write_bytes(content)


def change_and_undo_with_date(path: Path, random: Random) -> None:
    date = path.stat().st_mtime_ns
    change_and_undo(path, random)
    put_date(path, date)


def delete_and_put_back(path: Path, random: Random) -> None:
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content)


def link_to_same(path: Path, random: Random) -> None:
    target = elsewhere(path)
    path.rename(target)
    path.symlink_to(target)


def link_to_changed(path: Path, random: Random) -> None:
    date, content, target = path.stat().st_mtime_ns, other_content(path, random), elsewhere(path)
    target.write_bytes(content)
    put_date(target, date)
    path.unlink()
    path.symlink_to(target)


OPERATIONS: dict[str, Callable[[Path, Random], None]] = {
    "a character changed": change,
    "a line more": lengthen,
    "other line ends and a byte-order mark": write_otherwise,
    "emptied": empty,
    "truncated": truncate,
    "deleted": delete,
    "renamed": rename,
    "touched": touch,
    "dated a day ahead": date_later,
    "dated years back": date_earlier,
    "the same bytes written again": write_again,
    "replaced by a file with the same bytes and date": replace_by_same,
    "changed in the same size, date put back": change_keeping_date,
    "changed, dated years back": change_dated_earlier,
    "changed, dated a day ahead": change_dated_later,
    "replaced by an older file of the same size": replace_by_older,
    "replaced by a file of the same size and date": replace_with_same_date,
    "changed and undone": change_and_undo,
    "changed and undone, date put back": change_and_undo_with_date,
    "deleted and put back": delete_and_put_back,
    "made a link to the same content": link_to_same,
    "made a link to other content of the same date": link_to_changed,
}
ACCIDENTS = ("emptied", "truncated", "deleted", "touched", "the same bytes written again")


def members(group: str) -> list[Path]:
    """List the files of a group in this folder; those that are links by now, too."""
    patterns = GROUPS.get(group) or INNER_GROUPS[group]
    return sorted({path for pattern in patterns for path in Path().glob(pattern) if path.is_file()})
