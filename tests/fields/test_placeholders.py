"""Words that answer nothing: those that the handbook hands out are refused, placeholders do not count."""

from __future__ import annotations

from datetime import date

import pytest
import yaml

from macros.assessment.assess import assess
from macros.engine.report import report_on
from macros.fields.placeholders import is_handed_out, is_placeholder
from macros.model.status_file import Project
from macros.outputs.first_file import blank, choices
from tests.support.small import SHOWN, TODAY, real, small_handbook, small_project

GATE = {"lab/a": {"stage": "1", "gate": "true"}}
AWAY = "not-applicable"


WORDS_FOR_NOW = (
    *("TBD", "tbd.", "Todo", "TO DO", "to-do", "?", "??", "-", "--", "…", "n/a", "N.A.", "NA", "xxx", "XX", "none"),
    *("to be decided", "To be confirmed.", "pending", "unknown", "not yet", "(TBC)", "fixme", " - "),
)
WORDS_THAT_SAY_SOMETHING = ("Report 1", "X", "QR-012", "1", "Nothing is bought in.", "Ärende 5", "TBD-001")


@pytest.mark.parametrize("text", WORDS_FOR_NOW)
def test_a_placeholder_is_known_in_any_spelling(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize("text", WORDS_THAT_SAY_SOMETHING)
def test_a_document_or_a_sentence_is_no_placeholder(text: str) -> None:
    assert not is_placeholder(text)


def counted(answer: dict[str, str]) -> tuple[bool, int]:
    """Say whether a gate counts, and how many items are asked at its stage."""
    assessment = assess(small_project({"lab/a": answer}), small_handbook(GATE), "central", day=TODAY)
    return assessment.states["lab/a"].counts, assessment.tracks["technical"].counts[1].asked


def test_evidence_that_is_a_placeholder_does_not_raise_the_level() -> None:
    assert counted(SHOWN) == (True, 1)
    assert counted({**SHOWN, "evidence": "TBD"}) == (False, 1)


def test_a_reason_that_is_a_placeholder_takes_nothing_out_of_the_counts() -> None:
    assert counted({"status": AWAY, "because": "No cells are bought in."}) == (False, 0)
    assert counted({"status": AWAY, "because": "n/a"}) == (False, 1)


def test_a_finding_is_not_acknowledged_for_a_placeholder() -> None:
    def acknowledged(because: str) -> bool:
        given = {"unsupported": {"because": because, "until": "2027-01"}}
        project: Project = small_project({"lab/a": "met"}, acknowledged=given)
        book = small_handbook(GATE)
        found = report_on(project, book, "central", day=TODAY).findings
        return any(finding.acknowledged for finding in found if finding.kind == "unsupported")

    assert acknowledged("The report is being signed.")
    assert not acknowledged("TODO")


# --- what the handbook hands out ---


def test_title_and_summary_of_every_first_file_are_refused_until_they_are_replaced() -> None:
    for choice in choices(real()):
        head = yaml.safe_load(blank(real(), choice, date(2026, 11, 22)))
        assert is_handed_out(head["title"])
        assert is_handed_out(head["summary"])


def test_no_project_of_ours_uses_words_that_are_handed_out() -> None:
    for project in real().projects.values():
        texts = [project.title, project.summary, *(answer.evidence or "" for answer in project.answers.values())]
        assert not any(map(is_handed_out, texts)), project.id
