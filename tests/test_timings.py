"""Where the time of a build went, in words; sums and the slowest are kept, however many steps there are."""

from evalbrief.commands.timings import CHECK, LOOK, RUN, SLOWEST, Timings


def test_phases_stages_and_slowest_steps() -> None:
    timings = Timings()
    for at, phase in [(100, LOOK), (100.5, CHECK), (102, RUN), (110, CHECK), (110.25, RUN), (111, "")]:
        timings.begin(phase, at)
    timings.add("Figures", "Draw the figure ratings (demo, fr)", 1.5)
    timings.add("Figures", "Draw the figure budget (demo, fr)", 0.5)
    timings.add("PDF", "Typeset the PDF (demo, fr)", 3)
    assert list(timings.lines()) == [
        "The build, from its start to its end:",
        "    0.50 s  Look for what changed",
        "    1.75 s  Check the data",
        "    8.75 s  Run the steps",
        "   11.00 s  Together",
        "The steps by stage; those that run side by side count each:",
        "    3.00 s  PDF: 1 x 3.00 s",
        "    2.00 s  Figures: 2 x 1.00 s",
        "The slowest steps:",
        "    3.00 s  Typeset the PDF (demo, fr)",
        "    1.50 s  Draw the figure ratings (demo, fr)",
        "    0.50 s  Draw the figure budget (demo, fr)",
    ]


def test_a_build_without_steps_has_phases_only() -> None:
    timings = Timings()
    timings.begin(LOOK, 1)
    timings.begin("", 3)
    assert list(timings.lines())[1:] == ["    2.00 s  Look for what changed", "    2.00 s  Together"]


def test_the_slowest_only_are_kept() -> None:
    timings = Timings()
    for number in range(100):
        timings.add("PDF", f"step {number}", number)
    slowest = list(timings.lines())[-SLOWEST:]
    assert [line.split()[-1] for line in slowest] == [str(number) for number in range(99, 89, -1)]
