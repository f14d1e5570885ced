"""Look for secrets where none may be: in every file of a project, packed ones unpacked, and in what was said."""

import base64
import json
import zipfile
from collections.abc import Collection, Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import pikepdf

# The one file that may hold them.
KEPT = "secrets.env"


def forms(secret: str, user: str = "") -> set[bytes]:
    """Give the ways in which a secret may be written: as it is, in an address, in JSON, in the header of a request."""
    letter = base64.b64encode(f"{user}:{secret}".encode()).decode()
    return {one.encode() for one in (secret, quote(secret), quote(secret, safe=""), json.dumps(secret)[1:-1], letter)}


def found_in_files(folder: Path, wanted: Collection[bytes]) -> list[str]:
    """Name the files of a project that hold one of these; links are not followed."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()]
    return [
        path.relative_to(folder).as_posix()
        for path in files
        if path.name != KEPT and any(found_in(content, wanted) for content in contents(path))
    ]


def found_in(content: bytes, wanted: Collection[bytes]) -> bool:
    """Say whether one of these is in a content."""
    return any(form in content for form in wanted)


def contents(path: Path) -> Iterator[bytes]:
    """Yield the content of a file, and what is packed in it."""
    data = path.read_bytes()
    yield data
    if data.startswith(b"PK\x03\x04"):
        yield from unpacked(data)
    elif data.startswith(b"%PDF"):
        with pikepdf.open(BytesIO(data)) as pdf:
            yield from (bytes(one.read_bytes()) for one in pdf.objects if isinstance(one, pikepdf.Stream))


def unpacked(data: bytes) -> Iterator[bytes]:
    """Yield the files in a zip file, and those in zip files in it."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        for name in package.namelist():
            content = package.read(name)
            yield content
            if content.startswith(b"PK\x03\x04"):
                yield from unpacked(content)
