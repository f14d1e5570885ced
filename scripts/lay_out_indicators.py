"""Achievements and indicators of the model -> the table of the results framework."""

from evalbrief.files import read_rows
from evalbrief.tables.indicators import Indicator, collect_indicators
from evalbrief.tables.layout import Column, heading, write_table
from evalbrief.tables.rows import Value
from evalbrief.tables.wording import Wording

MOST_COUNTRIES = 3


def lay_out_indicators(
    *,
    tables: list[str],
    labels: dict,
    vocabulary: dict,
    countries: dict,
    locale: str,
    settings: dict,
    layout: str,
    data: str,
) -> None:
    """Lay out baseline, target and actual value of each indicator in its last year, by country too if few."""
    wording = Wording(labels, vocabulary, countries, locale)
    achievements, definitions = map(read_rows, tables)
    indicators = collect_indicators(achievements, definitions, wording)
    codes = list(dict.fromkeys(code for i in indicators for code in i.by_country))
    codes = codes if 1 < len(codes) <= MOST_COUNTRIES else []
    columns = [
        heading(wording, "label"),
        heading(wording, "year", "center"),
        heading(wording, "baseline", "right", optional=True),
        heading(wording, "target", "right"),
        heading(wording, "actual", "right"),
        heading(wording, "rate", "right"),
        heading(wording, "reached", "center"),
        *(Column(code, wording.country(code), "right") for code in codes),
    ]
    write_table(
        layout,
        data,
        columns=columns,
        cells=[_cells(indicator, codes, wording) for indicator in indicators],
        values=[_values(indicator, codes) for indicator in indicators],
        caption=wording.say("caption"),
        source=wording.say("source_by_country" if codes else "source"),
        summary=wording.say("summary", count=len(indicators)),
    )


def _cells(indicator: Indicator, countries: list[str], wording: Wording) -> dict[str, str | None]:
    names = ("baseline", "target", "actual")
    numbers = {name: None if (value := getattr(indicator, name)) is None else wording.number(value) for name in names}
    return {
        "label": indicator.name(wording),
        "year": indicator.year or None,
        **numbers,
        "rate": wording.say("without_target") if indicator.rate is None else wording.percent(indicator.rate),
        "reached": wording.say(_verdict(indicator)),
        **{code: _in_country(indicator, code, wording) for code in countries},
    }


def _verdict(indicator: Indicator) -> str:
    if indicator.reached is None:
        return "without_target"
    return "attained" if indicator.reached else "not_attained"


def _in_country(indicator: Indicator, code: str, wording: Wording) -> str | None:
    if code not in indicator.by_country:
        return wording.say("not_in_country")
    target, actual = indicator.by_country[code]
    if actual is None:
        return None
    number = wording.number(actual)
    return number if target is None else wording.say("of", actual=number, target=wording.number(target))


def _values(indicator: Indicator, countries: list[str]) -> dict[str, Value]:
    values: dict[str, Value] = {
        "indicator": indicator.key,
        "label": indicator.label,
        "unit": indicator.unit,
        "country": indicator.country,
        "year": indicator.year,
        "baseline": indicator.baseline,
        "target": indicator.target,
        "actual": indicator.actual,
        "rate": indicator.rate,
    }
    for code in countries:
        values[f"target_{code}"], values[f"actual_{code}"] = indicator.by_country.get(code, (None, None))
    return values


if __name__ == "__main__":
    from evalbrief.job import logged
    from evalbrief.tables.job import table_job

    with logged(snakemake.log[0]):
        lay_out_indicators(**table_job(snakemake))
