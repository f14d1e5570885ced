"""What came from elsewhere, file by file: data/{evaluation}/fetched.json. It holds no secret, and nothing reads it but
the next fetch."""

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from evalbrief.files import write_whole
from evalbrief.folder import FETCHED


@dataclass(frozen=True)
class Entry:
    """What is known of a file that was fetched."""

    # Without secret and query.
    address: str
    # Of the content that was put in place.
    sha256: str
    # By what the server knows the content again; of a path, its size and date.
    etag: str
    modified: str
    # When the content last changed, in UTC.
    changed: str
    # What is in place until the content of this entry is: the digest of what came before. Absent once it is in place.
    before: str | None = None


def read_record(folder: Path) -> dict[str, Entry]:
    """Read the entries by the names of the files; one that cannot be read counts as not there."""
    try:
        content = json.loads((folder / FETCHED).read_text(encoding="utf-8"))
        return {name: _entry(values) for name, values in content.items()}
    except (FileNotFoundError, ValueError, TypeError, AttributeError):
        return {}


def write_record(folder: Path, record: dict[str, Entry]) -> None:
    """Write the entries, whole or not at all."""
    content = {
        name: {key: value for key, value in asdict(record[name]).items() if value is not None}
        for name in sorted(record)
    }
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    write_whole(folder / FETCHED, text.encode(), durable=True)


def _entry(values: dict) -> Entry:
    known = {field.name for field in fields(Entry)}
    return Entry(**{name: str(value) for name, value in values.items() if name in known})
