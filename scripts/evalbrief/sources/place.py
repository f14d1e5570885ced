"""Put what was fetched in the place of what is there, or say why that stays.

A file that a person has edited is never overwritten. What is noted about a file is written before it, together with
what it takes the place of, and once more after it: killed at any moment, the next fetch knows both contents as its own,
and asks anew for the one that did not come. Each is on the disk before it counts, should the power fail.
"""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from evalbrief.data.addresses import Source
from evalbrief.files import write_whole
from evalbrief.folder import DATA, FACTS, FETCHED
from evalbrief.moment import now, written
from evalbrief.sources.answer import Answer, Content, Known, Refused, Unchanged
from evalbrief.sources.outcome import Kind, Outcome
from evalbrief.sources.record import Entry, read_record, write_record


@dataclass(frozen=True)
class Order:
    """A file of an evaluation that is to come from a source."""

    evaluation: str
    file: str
    source: Source

    @property
    def folder(self) -> Path:
        """The folder of the evaluation."""
        return DATA / self.evaluation

    @property
    def path(self) -> Path:
        """Where the file belongs."""
        return self.folder / self.file

    def known(self) -> Known:
        """Return what is noted about the content that is there; nothing when that is to be fetched in any case."""
        entry = read_record(self.folder).get(self.file)
        try:
            local = _digest_of(self.path)
        except OSError:  # told when it is to be replaced
            local = ""
        if entry is None or entry.address != self.source.shown or local in ("", entry.before):
            return Known()
        return Known(entry.etag, entry.modified)


def settle(order: Order, answer: Answer | Refused) -> Outcome:
    """Do what an answer asks for, and say what became of the file."""
    try:
        return _settle(order, answer)
    except OSError as error:
        return _outcome(order, "kept", f"{order.path.as_posix()} cannot be written: {error.strerror}.")


def _settle(order: Order, answer: Answer | Refused) -> Outcome:
    path, shown = order.path.as_posix(), order.source.shown
    if any(place.is_symlink() for place in (order.path, *order.path.parents) if place != DATA):
        return _outcome(order, "kept", f"{path} is, or is in, a link to another place. Put the file itself there.")
    for half_written in (order.path, order.folder / FETCHED):
        Path(f"{half_written}.part").unlink(missing_ok=True)
    entry, local = read_record(order.folder).get(order.file), _digest_of(order.path)
    coming = _entry(order, answer) if isinstance(answer, Content) else None
    if coming and coming.sha256 == local:
        if entry and entry.sha256 == local:
            coming = replace(coming, changed=entry.changed)
        if coming != entry:  # by another mark the server knows the same content again
            _note(order, coming)
        return _same(order)
    if local and (entry is None or local not in (entry.sha256, entry.before)):
        return _edited(order, entry, coming)
    if coming and isinstance(answer, Content):
        _note(order, replace(coming, before=local))
        order.path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(order.path, answer.data, durable=True)
        _note(order, coming)
        return _outcome(order, "changed", f"{path} is new: it was fetched from {shown}.")
    if isinstance(answer, Unchanged):
        if entry is not None and local == entry.sha256:
            if entry.before is not None:
                _note(order, replace(entry, before=None))
            return _same(order)
        answer = Refused("somebody changed the file meanwhile. Fetch again.")
    stays = "What was there stays in use." if local else "There is no such file yet."
    return _outcome(order, "kept", f"{path}, from {shown}: {answer} {stays}")


def _entry(order: Order, content: Content) -> Entry:
    digest = hashlib.sha256(content.data).hexdigest()
    return Entry(order.source.shown, digest, content.etag, content.modified, written(now()))


def _note(order: Order, entry: Entry) -> None:
    write_record(order.folder, read_record(order.folder) | {order.file: entry})


def _same(order: Order) -> Outcome:
    return _outcome(order, "same", f"{order.path.as_posix()} is as it is at {order.source.shown}.")


def _edited(order: Order, entry: Entry | None, coming: Entry | None) -> Outcome:
    shown = order.source.shown
    what = "was edited after it was fetched from" if entry else "was there before anything was fetched from"
    since = " What is there has changed since, too." if entry and coming and coming.sha256 != entry.sha256 else ""
    return _outcome(
        order,
        "edited",
        f"{order.path.as_posix()} {what} {shown}: it is left alone.{since} To take what is there, delete your file and "
        f"fetch again; to keep yours, take its line out of sources in {FACTS}.",
    )


def _outcome(order: Order, kind: Kind, sentence: str) -> Outcome:
    return Outcome(order.evaluation, order.file, kind, sentence)


def _digest_of(path: Path) -> str:
    """Digest what is in place; empty when there is nothing."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""
