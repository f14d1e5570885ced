"""Find the secret that a source names: in the environment, or in secrets.env in the project's folder.

No secret is ever part of a message.
"""

import os
import stat
from pathlib import Path

from evalbrief.sources.answer import Refused

# Not part of the project: git passes it over.
FILE = Path("secrets.env")


def secret_of(name: str) -> str:
    """Return the secret of a name; raise Refused when there is none, or when others could read it in its file."""
    found = os.environ.get(name, "").strip() or _read_file().get(name, "")
    if not found:
        raise Refused(
            f"the secret {name} is not set. Set the environment variable of this name, or write the line "
            f"{name}=... into {FILE}."
        )
    return found


def _read_file() -> dict[str, str]:
    """Read lines such as NAME=value; quotation marks round the value and `export` before the name are taken off."""
    try:
        with FILE.open(encoding="utf-8-sig") as file:
            if os.name == "posix" and stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
                raise Refused(f"{FILE} can be read by others on this computer. Enter: chmod 600 {FILE}")
            lines = [line.strip().removeprefix("export ") for line in file]
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError):
        raise Refused(f"{FILE} cannot be read. Save it as a text in UTF-8 that belongs to you.") from None
    pairs = (line.partition("=") for line in lines if "=" in line and not line.startswith("#"))
    return {name.strip(): _unquoted(value.strip()) for name, _, value in pairs}


def _unquoted(value: str) -> str:
    quoted = len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value
