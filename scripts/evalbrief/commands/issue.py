"""Issue a draft: keep an evaluation and what was made of it as they are now, under the next number."""

from datetime import datetime

from evalbrief.commands.evaluations import find_evaluations
from evalbrief.commands.fresh import Stale, present_of, refuse_stale
from evalbrief.commands.running import only_build
from evalbrief.moment import now
from evalbrief.review.drafts import Draft, digest, draft_numbers, keep_draft
from evalbrief.review.versions import Present


def issue(evaluation: str, note: str = "", *, moment: datetime | None = None) -> int:
    """Keep a draft, or say that nothing has changed since the last one; return 0.

    Raise Stale when a language is not up to date. `moment` is when it is issued: now, if not given.
    """
    find_evaluations([evaluation])
    note = " ".join(note.split())  # messages that quote it are one line
    with only_build():
        present = Present(evaluation)
        contents = {name: present.read(name) for name in present.names()}
        # After reading, for somebody may have saved a file meanwhile.
        if not present.languages:
            raise Stale(f"data/{evaluation}/text: no language has a folder here yet, such as text/fr.")
        refuse_stale(evaluation, present.languages)
        last = _last_draft(evaluation)
        if last and last.digests == {name: digest(content) for name, content in contents.items()}:
            whose = f' ("{last.note}")' if last.note else ""
            print(f"Nothing of {evaluation} has changed since {last.label}{whose}: no other is issued.")
            return 0
        draft = keep_draft(present_of(evaluation), contents, note, moment or now())
    megabytes = max(draft.path.stat().st_size / 1e6, 0.1)
    said = f': "{note}"' if note else ""
    print(f"Draft {draft.number} of {evaluation} is kept in {draft.path.as_posix()} ({megabytes:.1f} MB){said}.")
    return 0


def _last_draft(evaluation: str) -> Draft | None:
    numbers = draft_numbers(evaluation)
    return Draft(evaluation, numbers[-1]) if numbers else None
