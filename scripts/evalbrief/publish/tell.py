"""Tell people what happened: by e-mail, webhook, Teams, Slack and the like, through apprise.

An address may hold a password, so the settings name a secret for each (`tell: [OFFICE_MAIL]`), and no message shows it.
"""

import logging
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from evalbrief.moment import written
from evalbrief.publish.memory import Memory
from evalbrief.sources.credentials import secret_of
from evalbrief.trouble import Trouble


def tell(title: str, body: str, names: Sequence[str], send: Callable[[str, str, str], bool] | None = None) -> list[str]:
    """Send a message to each address; return what went wrong, in sentences. `send` is what sends to one address."""
    failures = []
    for name in names:
        try:
            sent = (send or _send)(secret_of(name), title, body)
        except Trouble as trouble:
            failures.append(f"The message to {name} could not be sent: {trouble}")
            continue
        except Exception as error:  # whatever a service does, the run goes on
            failures.append(f"The message to {name} could not be sent ({type(error).__name__}).")
            continue
        if not sent:
            failures.append(f"The message to {name} could not be sent: check its address and the network.")
    return failures


def tell_waiting(settings: Mapping[str, Any], memory: Memory, outcome: str, now: datetime) -> None:
    """Send the messages that wait, unless the last one went out just now; what cannot be sent is said and let go."""
    pause = timedelta(minutes=settings["tell_every"])
    if not memory.waiting or (memory.told and now - datetime.fromisoformat(memory.told) < pause):
        return
    if settings["tell"]:
        failures = tell(f"Evaluation briefs: {outcome}", "\n\n".join(memory.waiting), settings["tell"])
        print(*failures, sep="\n", end="\n" if failures else "", file=sys.stderr)
    memory.waiting, memory.told = [], written(now)


def _send(address: str, title: str, body: str) -> bool:
    """Send to one address; what apprise logs may name it, so nothing of it is kept."""
    import apprise

    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)
    service = apprise.Apprise()
    if not service.add(address):
        raise Trouble("An address for messages is none that apprise knows: see its list of services.")
    return bool(service.notify(title=title, body=body, body_format=apprise.NotifyFormat.TEXT))
