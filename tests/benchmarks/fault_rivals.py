"""Two, three, four refreshes at once: one works, the others leave it to it."""

from collections import Counter

from fault_stage import NEW, Fault, Stage, Verdict, ending
from numbers_shown import RESULTS
from unattended import FAILED, NOTHING_NEW, PUBLISHED, Done

BUSY = "Another refresh is running"
MOST = 4


def rivals(stage: Stage, verdict: Verdict) -> None:
    """Start several refreshes at once after new data came, round by round."""
    rounds, count = stage.options.rounds, Counter()
    with stage.office("rivals") as office:
        for number in range(NEW, NEW + rounds):
            stage.web.put(RESULTS.text(number))
            before, rivals = office.current(), 2 + number % (MOST - 1)
            said = [stage.folder / f"said {rival}.txt" for rival in range(rivals)]
            started = [office.start(path) for path in said]
            ended = [(process.wait(), office.hear(path)) for process, path in zip(started, said, strict=True)]
            count["started"] += rivals
            for status, words in ended:
                count[_kind(status, words)] += 1
                if _kind(status, words) == "wrong":
                    verdict.see(ending(Done(status, words)), False)
            count["sets"] += office.current() - before
            count["right"] += office.is_whole() and office.shown(RESULTS) == number and office.equals_build()
    verdict.see(f"{count['started']} refreshes in {rounds} rounds", count["started"] >= 2 * rounds)
    verdict.see(f"{count['published']} published", count["published"] == rounds)
    verdict.see(f"{count['sets']} sets", count["sets"] == rounds)
    others = count["busy"] + count["nothing new"]
    shares = f"{count['busy']} said who is at work, {count['nothing new']} found nothing new"
    verdict.see(shares, others == count["started"] - rounds)
    verdict.see(f"the new set whole and right in {count['right']} rounds", count["right"] == rounds)


def _kind(status: int, words: str) -> str:
    if status == PUBLISHED:
        return "published"
    if status == FAILED and words.startswith(BUSY) and "\n" not in words:
        return "busy"
    return "nothing new" if (status, words) == (NOTHING_NEW, "") else "wrong"


FAULTS = (
    Fault(
        "rivals",
        "Two to four refreshes at once",
        "exactly one publishes one set; the others say in one sentence who is at work, or find nothing new",
        rivals,
    ),
)
