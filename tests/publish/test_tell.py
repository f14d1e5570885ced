"""Messages: they wait between two, and for whom cannot be reached; nobody waits for another one."""

from datetime import UTC, datetime, timedelta

import pytest
from evalbrief.moment import is_recent, written
from evalbrief.publish import tell as telling
from evalbrief.publish.memory import Memory
from evalbrief.publish.tell import LONGEST, MOST_WAITING, SHORTENED, announce, tell_waiting

NOW = datetime(2026, 11, 30, 6, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
NAMES = ["MAIL", "HOOK"]


def memory_of(*names: str) -> Memory:
    return Memory(settings={"tell": list(names or NAMES), "tell_every": 60})


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, str]]:
    """What is sent: the address, title and body of each message. An address with "down" takes none."""
    messages: list[tuple[str, str, str]] = []

    def send(address: str, title: str, body: str) -> bool:
        if "down" not in address:
            messages.append((address, title, body))
        return "down" not in address

    monkeypatch.setattr(telling, "_send", send)
    for name in NAMES:
        monkeypatch.setenv(name, f"json://secret@{name.lower()}")
    return messages


def test_messages_wait_until_some_time_has_passed(sent: list) -> None:
    memory = memory_of()
    for minutes, text in ((0, "one"), (10, "two"), (20, "three"), (60, "")):
        if text:
            announce(text, "published", NAMES, memory)
        tell_waiting(memory, NOW + timedelta(minutes=minutes))
    title = "Evaluation briefs: published"
    assert sent == [
        ("json://secret@mail", title, "one"),
        ("json://secret@hook", title, "one"),
        ("json://secret@mail", title, "two\n\nthree"),
        ("json://secret@hook", title, "two\n\nthree"),
    ]
    assert memory.waiting == {}


def test_what_cannot_be_sent_waits_and_the_others_do_not(
    sent: list, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MAIL", "json://secret@down")
    memory = memory_of()
    announce("one", "published", NAMES, memory)
    tell_waiting(memory, NOW)
    announce("two", "held back", NAMES, memory)
    tell_waiting(memory, NOW + HOUR)
    assert [(address, body) for address, _, body in sent] == [
        ("json://secret@hook", "one"),
        ("json://secret@hook", "two"),
    ]
    said = "The message to MAIL could not be sent, and waits: check its address and the network.\n"
    assert capsys.readouterr().err == said * 2
    monkeypatch.setenv("MAIL", "json://secret@up")
    tell_waiting(memory, NOW + 2 * HOUR)
    assert sent[-1] == ("json://secret@up", "Evaluation briefs: published, held back", "one\n\ntwo")
    assert memory.waiting == {}


def test_messages_that_are_too_long_together_are_sent_one_by_one(sent: list, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telling, "_send", lambda _, __, body: len(body) < 12_000 and (sent.append(body) or True))
    memory = memory_of("MAIL")
    for sign in "abc":
        announce(sign * 9_000, "published", ["MAIL"], memory)
    tell_waiting(memory, NOW)
    assert [body[0] for body in sent] == ["a", "b", "c"] and memory.waiting == {}
    assert all(body == body[0] * LONGEST + SHORTENED for body in sent)


def test_an_address_that_is_down_for_long_fills_nothing(sent: list, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAIL", "json://secret@down")
    memory = memory_of()
    for number in range(2 * MOST_WAITING):
        announce(str(number), "published", ["MAIL"], memory)
        tell_waiting(memory, NOW + number * HOUR)
    assert [text for _, text in memory.waiting["MAIL"]] == [
        str(MOST_WAITING + number) for number in range(MOST_WAITING)
    ]


def test_who_is_not_named_any_more_is_told_nothing(sent: list) -> None:
    memory = memory_of()
    announce("one", "published", NAMES, memory)
    memory.settings["tell"] = ["HOOK"]
    tell_waiting(memory, NOW)
    assert [address for address, _, _ in sent] == ["json://secret@hook"]
    assert memory.waiting == {}


def test_a_secret_that_is_not_set_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    memory = memory_of("NOBODY_SET_THIS")
    announce("one", "published", ["NOBODY_SET_THIS"], memory)
    tell_waiting(memory, NOW)
    assert "the secret NOBODY_SET_THIS is not set" in capsys.readouterr().err
    assert list(memory.waiting) == ["NOBODY_SET_THIS"]


def test_an_address_that_is_none_shows_no_secret(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MAIL", "nonsense://secret@nowhere")
    memory = memory_of()
    announce("one", "published", ["MAIL"], memory)
    tell_waiting(memory, NOW)
    assert capsys.readouterr().err == (
        "The message to MAIL could not be sent, and waits: "
        "its address is none that apprise knows: see its list of services.\n"
    )


@pytest.mark.parametrize(("minutes", "recent"), [(0, True), (59, True), (60, False), (-59, True), (-60, False)])
def test_a_clock_that_is_set_back_keeps_nobody_waiting(minutes: int, recent: bool) -> None:
    assert is_recent(written(NOW), NOW + timedelta(minutes=minutes), HOUR) is recent
    assert not is_recent("", NOW, HOUR)
