"""Interviews of the model -> the table of the people met."""

from decimal import Decimal

from evalbrief.arithmetic import total
from evalbrief.files import read_rows
from evalbrief.tables.interviews import Group, safe_people
from evalbrief.tables.layout import heading, write_table
from evalbrief.tables.wording import Wording


def lay_out_interviews(*, tables: list[str], wording: Wording, settings: dict, layout: str, data: str) -> None:
    """Lay out who was met, by group and sex, with nobody to be recognised."""
    people = safe_people(read_rows(tables[0]), settings["minimum_cell"], wording)
    columns = [
        heading(wording, "group"),
        heading(wording, people.measure, "right"),
        heading(wording, "women", "right", optional=True),
        heading(wording, "men", "right", optional=True),
    ]
    groups = [*people.groups, _sum(people.groups, wording)] if len(people.groups) > 1 else people.groups
    any_split = any(group.women is not None for group in groups)
    values = [{"group": g.label, people.measure: g.people, "women": g.women, "men": g.men} for g in groups]
    notes = [wording.say("merged", minimum=settings["minimum_cell"])] if people.merged else []
    notes += [wording.say("hidden", minimum=settings["minimum_cell"])] if people.hidden_splits else []
    write_table(
        layout,
        data,
        columns=columns,
        cells=[_cells(group, people.measure, any_split, wording) for group in groups],
        values=values,
        caption=wording.say(f"caption_{people.measure}"),
        source=" ".join([wording.say("source"), *notes]),
        summary=wording.say("summary", count=len(people.groups)),
        total=len(groups) > len(people.groups),
    )


def _sum(groups: list[Group], wording: Wording) -> Group:
    """Add up the groups; women and men only where every group shows them."""
    split = all(group.women is not None for group in groups)
    women, men = (total(getattr(group, sex) for group in groups) if split else None for sex in ("women", "men"))
    return Group(wording.say("total"), total(group.people for group in groups), women, men)


def _cells(group: Group, measure: str, any_split: bool, wording: Wording) -> dict[str, str | None]:
    def write(value: Decimal | None) -> str | None:
        if value is None:
            return wording.say("not_shown") if any_split else None
        return wording.number(value)

    people = wording.say("few") if group.people is None else wording.number(group.people)
    return {"group": group.label, measure: people, "women": write(group.women), "men": write(group.men)}


if __name__ == "__main__":
    from evalbrief.job import logged
    from evalbrief.tables.job import table_job

    with logged(snakemake.log[0]):
        lay_out_interviews(**table_job(snakemake))
