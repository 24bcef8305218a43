"""Small handbooks and projects for tests, and the real handbook, read once."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable
from datetime import date
from typing import Any

from macros.engine.portfolio import Portfolio
from macros.load.handbook import load
from macros.model.checklist import AreaFile, Frame
from macros.model.handbook import Handbook
from macros.model.items import Area
from macros.model.status_file import Project
from tests.support.paths import ROOT

TODAY = date(2026, 11, 22)
MONTH = "2026-11"
NOW = 2026 * 12 + 10  # months up to November 2026, counted from year 0
SHOWN = {"status": "met", "since": "2026-01-15", "evidence": "Report 1"}
TRACK_OF = {"lab": "technical", "care": "clinical", "money": "commercial"}


@functools.cache
def real() -> Handbook:
    """Read the real checklists and projects."""
    return load(ROOT, TODAY)


def products() -> list[dict[str, str]]:
    """List every kind of product on every route, in the words of a status file."""
    frame = real().frame
    return [
        {"modality": modality, "route": route, **donor}
        for modality, about in frame.modalities.items()
        for donor in ([{}] if about.donor else [{"donor": "patient"}, {"donor": "other"}])
        for route in frame.routes
    ]


PRODUCTS = products()


def files_of_each(
    of_project: Callable[[Portfolio, Project, str], tuple[list[tuple[str, bytes]], object]],
    portfolio: Portfolio,
    site: str = "",
) -> dict[str, bytes]:
    """Make the files of each project that is shown, by an output of `outputs.EACH`."""
    return dict(file for project in portfolio.shown for file in of_project(portfolio, project, site)[0])


def titled(*words: str) -> dict[str, Any]:
    return {word: {"title": word, "about": word} for word in words}


KINDS = ["imbalance", "debt", "hollow", "unlawful", "owed", "silo", "stale", "unsupported", "late", "rule-drift"]
FRAME: dict[str, Any] = {
    "edition": "v2026.1",
    "tracks": titled("technical", "clinical", "commercial"),
    "stages": {str(n): {"title": f"Stage {n}", "entry": "b", "exit": "c"} for n in range(1, 10)},
    "partners": titled("university", "hospital", "company"),
    "roles": {},
    "modalities": {"cell": {"title": "a", "about": "b", "donor": "other"}},
    "donors": titled("other"),
    "routes": titled("central", "exemption"),
    "metrics": {},
    "facilities": titled("clean-room", "vector-maker"),
    "thresholds": {
        "imbalance-watch": "2",
        "imbalance-act": "3",
        "debt": "2",
        "silo-share": "70",
        "silo-least": "10",
        "silo-stages": "2",
        "stale-days": "180",
        "start-soon": "3",
        "recent-days": "90",
    },
    "findings": {kind: {"title": f"Title of {kind}", "why": "Why.", "first-move": "Move."} for kind in KINDS},
}


def question(words: dict[str, Any]) -> dict[str, Any]:
    """Write out an item of the table as an area file has it."""
    item: dict[str, Any] = {"title": "a", "why": "b.", "done-when": "c", "evidence": "d", "owner": "university"}
    item |= {name: value for name, value in words.items() if name not in ("lead", "range")}
    if lead := words.get("lead"):
        item["lead-time"] = {"months": lead, "range": words.get("range", [lead, lead]), "basis": "planning assumption"}
    return item


def small_handbook(items: dict[str, dict[str, Any]]) -> Handbook:
    """Make a handbook of a few items: full name → what an area file says, as text; the area tells the track."""
    areas: dict[str, dict[str, Any]] = {}
    for name, words in items.items():
        area, _, word = name.partition("/")
        areas.setdefault(area, {})[word] = question(words)
    files = {
        area: AreaFile.model_validate({"title": area, "intro": area, "items": group}) for area, group in areas.items()
    }
    records = {
        area: Area.model_construct(**dict(file), name=area, track=TRACK_OF[area]) for area, file in files.items()
    }
    groups = (field for field in dataclasses.fields(Handbook) if not field.name.startswith("language"))
    nothing: dict[str, Any] = {field.name: {} for field in groups}
    return Handbook(**{**nothing, "frame": Frame.model_validate(FRAME), "areas": records})


def small_project(answers: dict[str, Any], **more: Any) -> Project:
    """Make a project from its answers, by full name."""
    status: dict[str, dict[str, Any]] = {}
    for name, answer in answers.items():
        area, _, word = name.partition("/")
        status.setdefault(area, {})[word] = SHOWN if answer == "shown" else answer
    head = {"checklist": "v2026.1", "title": "Small", "summary": "b", "modality": "cell", "route": "central"}
    head |= {"lead": "university", "assessed": str(TODAY), "id": "small"}
    return Project.model_validate({**head, "status": status, **more})
