"""Text sections: what they may hold, where figures go that no text places, what a missing one shows."""

from pathlib import Path

import pytest
from evalbrief.text.bound import Language
from evalbrief.text.checked_sections import checked_sections
from evalbrief.text.faults import Known, section_problems
from evalbrief.text.sections import Section, environment
from hypothesis import given
from hypothesis import strategies as st

KNOWN = Known(
    {
        "evidence.documents.count": {"value": "30", "kind": "integer", "unit": ""},
        "facts.donors[0].amount": {"value": "2.5", "kind": "money", "unit": "EUR"},
        "facts.title": {"value": "T", "kind": "text", "unit": ""},
    },
    ["timeline"],
    ["results_table"],
)


@pytest.fixture(scope="session")
def check(labels: dict):
    env = environment(Language(labels))

    def run(text: str, known: Known | None = KNOWN) -> list[str]:
        return [problem.message for problem in section_problems(Section("logic", "logic.md", text), env, known)]

    return run


def test_a_spanish_question_opens_with_its_sign(labels: dict, tmp_path: Path) -> None:
    spanish = {**labels, "typography": {"opened_by": {"?": "¿", "!": "¡"}}}
    folder = tmp_path / "data/small/text/es"
    folder.mkdir(parents=True)
    (folder / "logic.md").write_text("¿Sirve? ¡Sí! Ver [aquí](https://a.org/?b).\n\nSirve?\n", encoding="utf-8")
    _, problems = checked_sections(folder, None, spanish, None)
    assert [problem.message for problem in problems] == [
        'data/small/text/es/logic.md, line 3: "?" has no "¿". Write ¿ where the sentence begins.'
    ]
    assert checked_sections(folder, None, labels, None)[1] == []


@pytest.mark.parametrize(
    "text",
    [
        "Un **mot**, *deux* [mots]{lang=en}, un [lien](https://www.ilo.org) et 3 < 4.",
        "- un ;\n- {{ evidence.documents.count | n }}\n",
        "1. un\n\n    suite\n2. deux\n",
        "Il lit {{ evidence.documents.count }} documents.[^a]\n\n[^a]: Une note.",
        '{{ figure("timeline") }}\n\n{{ table("results_table") }}\n\nLa {{ ref("timeline") }}.',
        "{{ facts.donors[0].amount | money }} et {{ facts.donors[0].amount | n(1) }} {{ facts.title }}",
        "Le projet – son n° 8 & sa suite.",
    ],
)
def test_good_text_has_no_fault(check, text: str) -> None:
    assert check(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "{{ evidence.documents.count | words | n }}",
        "{{ evidence.documents.count * 2 }}",
        "{{ 'trente' }}",
        "{{ range(9) }}",
        "{{ ''.__class__ }}",
        "{{ evidence }}",
        "{{ evidence.documents.count | attr('x') }}",
        "{{ evidence.documents }}",
        "{{ }}",
        "{{ figure('timeline', 2) }}",
        "Voir {{ figure('timeline') }}",
        "texte\n{{ figure('timeline') }}",
        "{{ evidence.documents.count\n| n }}",
        "{% for x in y %}",
        "{## note ##}",
        "}} fin",
        "Titre\n=====",
        "Titre\n-",
        "* * *",
        "::: note",
        "```\ncode\n```",
        "texte\n\n    code",
        "[a][b]\n\n[b]: file:///etc/passwd",
        "[a](file.docx)",
        "<script>",
        "`x`{=html}",
        "# Titre",
        "#",
        "mot\n: suite",
    ],
)
def test_bad_text_has_one_fault_at_least(check, text: str) -> None:
    assert check(text)


@pytest.mark.parametrize(
    "meant",
    ["evidence.documents.count | n", "facts.donors[0].amount | millions", "values.own", 'figure("timeline")'],
)
def test_a_value_in_single_braces_is_a_fault(check, meant: str) -> None:
    assert check(f"Un [mot]{{lang=en}}, {{ {meant} }} et {{{{ facts.title }}}}.") == [
        f'logic.md, line 1: "{{ {meant} }}" stands in single braces, and would be printed as it is. '
        f"Write {{{{ {meant} }}}}."
    ]


def test_a_value_half_in_single_braces_is_one_fault(check) -> None:
    assert len(check("{{ facts.title }")) == len(check("{ facts.title }}")) == 1


@pytest.mark.parametrize("text", ["{a.b}", "{evidence}", "{ documents.evidence }", "un ensemble {facts, values}"])
def test_other_single_braces_are_text(check, text: str) -> None:
    assert check(text) == []


def test_without_data_only_the_writing_is_judged(check) -> None:
    assert check("{{ no.such.value | n }}", None) == []
    assert check("{{ no.such.value | no_such_filter }}", None)


@given(st.text(alphabet="ab \n{}%|.\"'()[]#*-:!<>=^`~1é", max_size=60))
def test_any_text_is_judged_without_an_accident(check, text: str) -> None:
    assert all(message.startswith("logic.md, line ") for message in check(text))


def section(source: str, heading: str) -> str:
    return source.partition(f"{{#{heading}")[2].partition("\n## ")[0].partition("\n# ")[0]


def test_figures_go_home(built: Path) -> None:
    source = (built / "brief.md").read_text(encoding="utf-8")
    assert "#fig-timeline" in section(source, "purpose")
    assert "#fig-interviews" in section(source, "method")
    assert "#table-evidence" in section(source, "method")
    assert "#fig-recommendations" in section(source, "recommendations}")
    # Placed by its text.
    assert "#fig-geography" in section(source, "logic")
    # This evaluation has no criterion efficiency: its figure stands at the head of the findings.
    assert "#fig-budget" in section(source, "findings}")
    # The figure says the same.
    assert "#table-interviews" not in source


def test_a_missing_section_shows_a_gap(tiny: Path, chain, tmp_path: Path) -> None:
    (tiny / "text/fr/conclusion.md").unlink()
    (tiny / "text/fr/relevance.md").unlink()
    (tiny / "text/fr/findings.md").unlink()
    source = (chain(tiny, tmp_path / "build") / "brief.md").read_text(encoding="utf-8")
    assert '{.gap key="text.conclusion"}' in section(source, "conclusion")
    assert '{.gap key="text.relevance"}' in section(source, "relevance")
    assert "gap" not in section(source, "findings}")


def test_an_evaluation_of_title_and_criteria_alone_becomes_a_brief(tmp_path: Path, chain) -> None:
    evaluation = tmp_path / "data/bare"
    (evaluation / "text/fr").mkdir(parents=True)
    (evaluation / "evaluation.yaml").write_text("title: Titre\ncriteria: [relevance]\n", encoding="utf-8")
    source = (chain(evaluation, tmp_path / "build") / "brief.md").read_text(encoding="utf-8")
    assert '{.gap key="facts.donors"}' in source
    assert '{.gap key="text.logic"}' in source
    assert "#fig-" not in source
