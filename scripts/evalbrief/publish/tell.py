"""Tell people what happened: by e-mail, webhook, Teams, Slack and the like, through apprise.

An address may hold a password, so the settings name a secret for each (`tell: [OFFICE_MAIL]`), and no message shows it.
"""

import logging
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta

from evalbrief.moment import is_recent, written
from evalbrief.publish.memory import Memory
from evalbrief.sources.credentials import secret_of
from evalbrief.trouble import Trouble

TITLE = "Evaluation briefs: {}"
# Services refuse what is longer than they like.
LONGEST, SHORTENED = 8_000, "\n… The rest is on the page build/index.html."
# To an address that takes nothing for so long, the oldest messages are let go.
MOST_WAITING = 20


def announce(message: str, outcome: str, names: Sequence[str], memory: Memory) -> None:
    """Have a message wait for each of these addresses."""
    said = message if len(message) <= LONGEST else message[:LONGEST] + SHORTENED
    for name in names:
        waiting = [*memory.waiting.get(name, []), [outcome, said]]
        if len(waiting) > MOST_WAITING:
            print(f"{name} has taken no message for long: the oldest one is let go.", file=sys.stderr)
        memory.waiting[name] = waiting[-MOST_WAITING:]


def tell_waiting(memory: Memory, now: datetime) -> None:
    """Send the messages that wait, unless the last ones were sent just now; what cannot be sent is said, and waits."""
    memory.waiting = {
        name: messages for name, messages in memory.waiting.items() if name in memory.settings.get("tell", ())
    }
    if not memory.waiting or is_recent(memory.told, now, timedelta(minutes=memory.settings["tell_every"])):
        return
    for name in list(memory.waiting):
        why = _tell_in_order(name, memory.waiting[name])
        if why:
            print(f"The message to {name} could not be sent, and waits: {why}", file=sys.stderr)
        else:
            del memory.waiting[name]
    memory.told = written(now)


def _tell_in_order(name: str, messages: list[list[str]]) -> str:
    """Send messages as one; where that fails one by one, for together they may be too long. Take away those that are
    sent; return what went wrong."""
    why = _tell(name, messages)
    while why and len(messages) > 1 and not _tell(name, messages[:1]):
        del messages[0]
        why = _tell(name, messages)
    return why


def _tell(name: str, messages: Sequence[Sequence[str]]) -> str:
    """Send messages to an address as one; return what went wrong. Whatever a service does, the run goes on."""
    outcomes, texts = zip(*messages, strict=True)
    title, body = TITLE.format(", ".join(dict.fromkeys(outcomes))), "\n\n".join(texts)
    try:
        return "" if _send(secret_of(name), title, body) else "check its address and the network."
    except Trouble as trouble:
        return str(trouble)
    except Exception as error:  # its words could repeat a secret
        return f"it failed in a way that nobody foresaw ({type(error).__name__})."


def _send(address: str, title: str, body: str) -> bool:
    """Send to one address; what apprise logs may name it, so nothing of it is kept."""
    import apprise

    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)
    service = apprise.Apprise()
    if not service.add(address):
        raise Trouble("its address is none that apprise knows: see its list of services.")
    return bool(service.notify(title=title, body=body, body_format=apprise.NotifyFormat.TEXT))
