"""Read `sources:` of evaluation.yaml: which files of an evaluation come from elsewhere, and from which address.

Nothing is built from it, and no product names it. What could be a secret is never repeated in a message.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Literal
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from pydantic import BaseModel, ConfigDict, Field

from evalbrief.data.evaluation import place_of
from evalbrief.data.problem import Problem, meant, meant_or_allowed
from evalbrief.folder import FACTS, FORMULAS, LANGUAGE

Kind = Literal["http", "s3", "path"]
# How a fault is told: the entry it is in, what was found, a hint.
Fault = tuple[tuple, str, str]

NAME = "sources"
TEXT = re.compile(rf"text/{LANGUAGE}/[a-z0-9_]+\.md")
# Whole paths, of Unix, of a drive and of a Windows share.
WHOLE_PATH = re.compile(r"/|[A-Za-z]:[\\/]|\\\\[^\\]")
SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):/+")
BUCKET_AND_KEY = re.compile(r"s3://[A-Za-z0-9._-]+/.*[^/]", re.IGNORECASE)
VARIABLE = re.compile(r"[A-Z][A-Z0-9_]*")
# Names that parts of a query have when they let in whoever knows the address.
SECRET_PART = re.compile(
    r"token|secret|passw|pwd|signature|credential|sessionid|jwt|^sig$|^(temp)?auth$|authkey|authorization|apikey"
    r"|(^|[_-])key$",
    re.IGNORECASE,
)
# Between programs of one computer nobody can listen.
THIS_COMPUTER = {"localhost", "127.0.0.1", "::1"}
ALLOWED = "Begin with https://, http:// or s3://, or write a whole path such as /mnt/share/survey.csv."
USES: dict[Kind, tuple[str, ...]] = {
    "http": ("address", "user", "secret"),
    "s3": ("address", "endpoint", "user", "secret"),
    "path": ("address",),
}
WHAT = {"http": "an address of the web", "s3": "an address of S3", "path": "a path"}


class Source(BaseModel):
    """Where one file of an evaluation comes from; the secret itself is not here, only its name."""

    model_config = ConfigDict(frozen=True)

    address: str = Field(
        title="an address beginning with https://, http:// or s3://, or a whole path",
        description="Where the file lies; a folder is taken to hold a file of the same name.",
    )
    user: str = Field(
        "", title="text", description="Who asks, or in S3 the ID of the access key; a secret without one is a token."
    )
    secret: str = Field(
        "",
        title="a name in capital letters, such as `CLOUD_PASSWORD`",
        description="Which environment variable or line of secrets.env holds the password or token; never that itself.",
    )
    endpoint: str = Field(
        "", title="an address beginning with https://", description="The server, when S3 is not that of Amazon."
    )

    @property
    def kind(self) -> Kind:
        """Say how it is fetched."""
        return _kind_of(self.address) or "path"

    @property
    def shown(self) -> str:
        """Name it for people and records: without a query, which may say more than it should."""
        server = urlsplit(self.endpoint).netloc
        return f"{_without_query(self.address)} ({server})" if server else _without_query(self.address)


def read_sources(content: Mapping, file: str, tables: Collection[str]) -> tuple[dict[str, Source], list[Problem]]:
    """Return the sources by the names of the files they fill, and what is wrong with the others.

    `content` is what evaluation.yaml holds, `tables` are the names of the tables there are.
    """
    entries = content.get(NAME)
    if entries is None:
        return {}, []
    if not isinstance(entries, Mapping):
        fault = ((), "no file is named.", "Write one file a line, as in survey.csv: https://...")
        return {}, [_problem(content, file, fault)]
    sources, problems = {}, []
    for name, entry in entries.items():
        faults = [*_faults_of_name(name, tables), *_faults_of_entry(name, entry)]
        problems += [_problem(content, file, fault) for fault in faults]
        if not faults:
            given = entry if isinstance(entry, Mapping) else {"address": entry}
            sources[str(name)] = Source(**{field: str(value).strip() for field, value in given.items()})
    return sources, problems


def _problem(content: Mapping, file: str, fault: Fault) -> Problem:
    location, found, hint = fault
    return Problem(file, place_of(content, (NAME, *location)), found, hint)


def _faults_of_name(name: object, tables: Collection[str]) -> Iterator[Fault]:
    known = [*(f"{table}.csv" for table in tables), FORMULAS]
    text = str(name)
    if text in known or TEXT.fullmatch(text):
        return
    allowed = "Allowed: {table}.csv, values.yaml and text/{language}/{section}.md, such as text/fr/logic.md."
    if text == FACTS:
        yield (name,), "this file says where the others come from, and comes from nowhere.", allowed
    elif ".." in text or "\\" in text or text.startswith("/"):
        yield (name,), "this leads out of the evaluation's folder.", allowed
    else:
        yield (name,), "no file of this name can come from elsewhere.", f"{meant(text, known)} {allowed}".lstrip()


def _faults_of_entry(name: object, entry: object) -> Iterator[Fault]:
    if entry is None:
        yield (name,), "the entry is empty.", "Write the address after the colon."
    elif isinstance(entry, Mapping):
        yield from _faults_of_group(name, entry)
    elif isinstance(entry, str):
        yield from (((name,), found, hint) for found, hint in _faults_of_address(entry))
    else:
        yield (name,), "this is not an address.", ALLOWED


def _faults_of_group(name: object, entry: Mapping) -> Iterator[Fault]:
    address = entry.get("address")
    kind = _kind_of(address) if isinstance(address, str) else None
    for field, value in entry.items():
        if field not in Source.model_fields:
            yield (name, field), "this entry is not known.", meant_or_allowed(str(field), list(Source.model_fields))
        elif value is None or isinstance(value, list | dict) or not str(value).strip():
            yield (name, field), "one text is expected here.", "Write it after the colon."
        elif kind and field not in USES[kind]:
            yield (name, field), f"{WHAT[kind]} has no {field}.", f"Allowed: {', '.join(USES[kind])}."
        elif field == "address":
            yield from (((name, field), found, hint) for found, hint in _faults_of_address(str(value)))
        elif field == "secret" and not VARIABLE.fullmatch(str(value)):
            found = "this is not the name of an environment variable."
            hint = "Write a name such as CLOUD_PASSWORD, never the password itself, and the password into secrets.env."
            yield (name, field), found, hint
        elif field == "endpoint":
            yield from (((name, field), found, hint) for found, hint in _faults_of_endpoint(str(value)))
    if "address" not in entry:
        yield (name,), "the address is missing.", "Write address: and where the file lies."
    if "user" in entry and "secret" not in entry:
        hint = "Write secret: and the name of the environment variable that holds the password."
        yield (name, "user"), "the user has no secret.", hint
    if kind == "s3" and "secret" in entry and "user" not in entry:
        yield (name, "secret"), "the access key's ID is missing.", "Write user: and the ID of the access key."
    if kind == "http" and "secret" in entry and isinstance(address, str) and _is_overheard(address):
        yield (name, "address"), "the secret would go over the network for all to read.", "Write https://."


def _faults_of_address(text: str) -> Iterator[tuple[str, str]]:
    text = text.strip()
    kind, scheme = _kind_of(text), SCHEME.match(text)
    if kind is None and scheme:
        # A mistyped scheme may stand before a password: no more than the scheme is shown.
        near = meant(scheme[0], ("https://", "http://", "s3://"))
        yield f'"{scheme[0]}" is not known here.', f"{near} {ALLOWED}".lstrip()
    elif kind is None:
        yield f"{_quoted(text)} is not an address.", ALLOWED
    elif kind == "s3" and not BUCKET_AND_KEY.fullmatch(text):
        yield f"{_quoted(text)} does not name a bucket and a file.", "Write s3://bucket/path/file.csv."
    elif kind == "http":
        yield from _faults_of_url(text)


def _faults_of_endpoint(text: str) -> Iterator[tuple[str, str]]:
    if _kind_of(text) != "http":
        yield f"{_quoted(text)} is not the address of a server.", "Write https:// and its name."
    else:
        yield from _faults_of_url(text)


def _faults_of_url(text: str) -> Iterator[tuple[str, str]]:
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host, parts = None, None
    if not parts or not host or re.search(r"\s", text):
        yield f"{_quoted(text)} is not an address.", "Write it as the browser shows it, with %20 for a space."
        return
    advice = "write user: and secret:, the name of the environment variable that holds the password or token."
    if "@" in parts.netloc:
        yield "a name or password stands in the address.", f"Take it out, and {advice}"
    for part in {key for key, _ in parse_qsl(parts.query, keep_blank_values=True) if SECRET_PART.search(key)}:
        yield f'"{part}" in the address lets in whoever reads it.', f"Take it out, and {advice}"


def _quoted(text: str) -> str:
    """Quote what was found, unless there may be a password in it."""
    return "this" if re.search(r"[@?#&=]|:(?!//)", text) else f'"{text}"'


def _kind_of(address: str) -> Kind | None:
    scheme = SCHEME.match(address.strip())
    match scheme and scheme[0].lower():
        case "https://" | "http://":
            return "http"
        case "s3://":
            return "s3"
    return "path" if WHOLE_PATH.match(address.strip()) else None


def _is_overheard(address: str) -> bool:
    try:
        parts = urlsplit(address.strip())
        return parts.scheme.lower() == "http" and parts.hostname not in THIS_COMPUTER
    except ValueError:
        return False


def _without_query(address: str) -> str:
    if _kind_of(address) != "http":
        return address
    parts = urlsplit(address)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))
