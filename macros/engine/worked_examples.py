"""The worked examples of the pages on levels and on the forecast, computed on the checklists. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from macros.engine.report import ProjectReport, report_on
from macros.model.handbook import Handbook
from macros.model.status_file import Project

DAY = date(2026, 11, 22)  # the day that the texts beside the pictures name
ROUTE = "central-authorisation"
MODALITY = "allogeneic-cell"
MET: dict[str, str] = {"status": "met", "since": "2026-01-15", "evidence": "Report 1"}

NOT_MET = {"status": "not-met"}

LEVELS: Mapping[str, Mapping[str, str]] = {
    "unmet-need/need-statement": {"status": "met", "since": "2025-02-03", "evidence": "NS-01"},
    "unmet-need/target-product-profile": {"status": "met", "since": "2025-10-20", "evidence": "TPP v1"},
    "ethics/research-permits": {"status": "met", "since": "2025-06-30"},
    "unmet-need/patient-count": {"status": "in-progress"},
}
"""What the example of docs/levels.md has answered."""

CHAIN = ("analytics/potency-assay-qualified", "manufacturing/trial-dossier-quality", "authorisation/trial-application")
"""The items of the example of docs/forecast.md, what is required first before what requires it."""

TARGETS = {"5": "2028-02"}
SLIPPED = {"status": "in-progress", "planned": "2027-08"}


def levels_example(handbook: Handbook) -> ProjectReport | None:
    """Look at the example of levels; None where an item of it is not asked here."""
    return _report(handbook, LEVELS, LEVELS, {})


def forecast_example(handbook: Handbook, *, slipped: bool) -> ProjectReport | None:
    """Look at the example of the forecast, before and after its first item has slipped.

    All other items are met. None where an item of it is not asked here.
    """
    answers = dict.fromkeys(handbook.items, MET) | dict.fromkeys(CHAIN, NOT_MET)
    return _report(handbook, CHAIN, answers | ({CHAIN[0]: SLIPPED} if slipped else {}), TARGETS)


def _report(
    handbook: Handbook, needed: Any, answers: Mapping[str, Mapping[str, str]], targets: Mapping[str, str]
) -> ProjectReport | None:
    if not set(needed) <= handbook.items.keys() or MODALITY not in handbook.frame.modalities:
        return None
    status: dict[str, dict[str, Mapping[str, str]]] = {}
    for name, answer in answers.items():
        area, _, word = name.partition("/")
        status.setdefault(area, {})[word] = answer
    head = {"checklist": handbook.frame.edition, "title": "Example", "summary": "A worked example.", "id": "example"}
    head |= {"modality": MODALITY, "lead": next(iter(handbook.frame.partners)), "assessed": str(DAY)}
    project = Project.model_validate({**head, "route": ROUTE, "status": status, "targets": targets})
    return report_on(project, handbook, ROUTE, day=DAY)
