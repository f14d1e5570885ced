"""What the measurements rest on: the edits, the order and split of jobs, what an edit makes needed, the exponent."""

import pytest
from bare import split
from edits import change_cell, change_word
from growth import exponent
from jobs import Job, in_order, needed


def job(name: str, reads: list[str], makes: list[str]) -> Job:
    """Describe a job by its files only."""
    return {"name": name, "input": {"all": reads}, "output": {"all": makes}}


JOBS = [
    job("page", ["build/text", "build/figure"], ["build/page"]),
    job("figure", ["build/model"], ["build/figure"]),
    job("text", ["build/model", "words"], ["build/text"]),
    job("model", ["data"], ["build/model"]),
]


def test_a_word_changes_outside_of_values() -> None:
    text = '{{ interviews.people | words }} and "quoted" **people** [linked](#part) met there.'
    assert change_word(text, 12) == text.replace("**people**", "**peoplebc**")


@pytest.mark.parametrize("text", ["key,count\nfew,1.5\nmany,7\n", "\ufeffkey;count\nfew;1,5\nmany;7\n"])
def test_the_first_whole_number_grows(text: str) -> None:
    assert change_cell(text, "count", 3) == text.replace("7", "10")


def test_jobs_come_after_those_they_read_from() -> None:
    names = [entry["name"] for entry in in_order(JOBS)]
    assert names[0] == "model" and names[-1] == "page"


def test_an_edit_needs_the_jobs_whose_input_differs() -> None:
    before = {"model": b"1", "text": b"1", "figure": b"1", "page": b"1"}
    found = needed(JOBS, before, {**before, "text": b"2", "page": b"2"}, "words")
    assert {entry["name"] for entry in found} == {"text", "page"}


def test_work_is_split_so_that_it_ends_early() -> None:
    lists = split(in_order(JOBS), {"model": 1.0, "figure": 5.0, "text": 1.0, "page": 1.0})
    by_process = [[entry["name"] for entry in mine] for mine in lists]
    assert sorted(name for names in by_process for name in names) == ["figure", "model", "page", "text"]
    assert not any({"figure", "text"} <= set(names) for names in by_process)


def test_twice_the_time_for_twice_the_evaluations_is_one() -> None:
    assert exponent({10: 5.0, 100: 50.0, 1000: 500.0}) == pytest.approx(1.0)
