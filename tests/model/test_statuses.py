"""The tables of statuses and severities, and the places by hand that must keep up with them."""

from __future__ import annotations

import re

import pytest

from macros.findings.severity import Severity
from macros.model.status_file import Answer
from macros.model.statuses import UNSUPPORTED, WRITTEN, Badge, Status
from macros.outputs.api.projects import ProjectSummary
from macros.text.problem import KINDS
from tests.support.paths import ROOT

BADGES = [*(status.badge for status in Status), *(severity.badge for severity in Severity), UNSUPPORTED]
STYLE = (ROOT / "docs/assets/navigator.css").read_text("utf-8")


@pytest.mark.parametrize("badge", BADGES, ids=lambda badge: badge.label)
def test_the_style_sheet_has_a_rule_for_each_status_and_severity(badge: Badge) -> None:
    assert re.search(rf"\.{badge.css}\b(?!-)", STYLE), f"docs/assets/navigator.css has no rule for .{badge.css}"


@pytest.mark.parametrize("badge", BADGES[:-1], ids=lambda badge: badge.label)
def test_the_guide_to_the_visual_language_explains_each_symbol(badge: Badge) -> None:
    rows = (ROOT / "docs/visual-language.md").read_text("utf-8").splitlines()
    explained = [row for row in rows if row.startswith("|") and badge.symbol in row and badge.label.lower() in row]
    assert explained, f"docs/visual-language.md has no row with {badge.symbol} and {badge.label}"


@pytest.mark.parametrize("word", WRITTEN)
def test_the_guides_name_each_status_that_a_file_can_say(word: str) -> None:
    assert word in KINDS["unknown-status"], "the docstring of _status in macros/model/status_file.py"
    assert word in (ROOT / "docs/report.md").read_text("utf-8"), "the table in docs/report.md"


def test_no_two_statuses_share_a_symbol_a_label_or_a_synonym() -> None:
    for values in (
        [status.badge.symbol for status in Status],
        [status.badge.label for status in Status],
        [synonym for status in Status for synonym in status.synonyms],
    ):
        assert len(values) == len(set(values))


def test_not_assessed_is_a_status_that_no_file_can_say() -> None:
    assert {status for status in Status if status not in WRITTEN} == {Status.NOT_ASSESSED}


def test_an_example_is_an_answer_of_its_own_status() -> None:
    for word, status in WRITTEN.items():
        assert re.search(rf"^(\{{status: )?{word}\b", status.example)
        assert set(re.findall(r"(\w+):", status.example)) <= Answer.__dataclass_fields__.keys()


@pytest.mark.parametrize("severity", Severity)
def test_the_published_summary_counts_each_severity(severity: Severity) -> None:
    assert severity in ProjectSummary.model_fields, "add a field to ProjectSummary in macros/outputs/api/projects.py"
