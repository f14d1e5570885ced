"""Look at the published sets, put an earlier one back, withdraw an evaluation, let it be published again."""

from pathlib import Path

from evalbrief.commands.words import in_a_row
from evalbrief.moment import now, written
from evalbrief.publish.lock import only_refresh
from evalbrief.publish.sets import PublishedSets
from evalbrief.settings import FILE, read_settings
from evalbrief.trouble import Trouble


def published(what: str, which: str = "") -> int:
    """Show the sets, put one `back` (`which` is its number), `withdraw` or `restore` an evaluation; return 0."""
    settings = read_settings(FILE, {})
    sets = PublishedSets(Path(settings["published"]))
    if what == "show":
        _show(sets)
        return 0
    with only_refresh():
        if what == "back":
            _put_back(sets, which)
        elif what == "withdraw":
            number = sets.withdraw(which, written(now()), settings["kept_sets"])
            print(f"People read set {number} now, without {which}.")
        else:
            sets.restore(which)
            print(f"The next refresh publishes {which} again.")
    return 0


def _show(sets: PublishedSets) -> None:
    if not sets.numbers():
        print("Nothing is published yet: python3 brief.py refresh publishes what is final.")
    for number in sets.numbers():
        record = sets.record(number)
        names = in_a_row(list(record["evaluations"]), most=6)
        mark = "  (people read this one)" if number == sets.ledger.reading else ""
        print(f"{number}  {record['moment']}  {names}{mark}")


def _put_back(sets: PublishedSets, which: str) -> None:
    numbers = sets.numbers()
    earlier = [number for number in numbers if number < sets.ledger.reading]
    if which and not which.isdecimal():
        raise Trouble(f'"{which}" is no number of a set; there is: {", ".join(map(str, numbers)) or "none"}.')
    if not which and not earlier:
        raise Trouble("There is no earlier set to put back.")
    number = int(which) if which else earlier[-1]
    sets.put_back(number)
    print(f"People read set {number} in {sets.folder.as_posix()} now, until refresh finds something new.")
