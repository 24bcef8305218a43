"""Every kind of page, one line each: a page that stands for it, and the addresses of its kind.

A new kind of page is one line here; a page of no kind fails a test. Where a set-up has no page of some kind, such as
no project on two routes, that line is left out.
"""

from __future__ import annotations

from typing import Any

from tests.support import independent
from tests.support.paths import ROOT
from tests.support.site import shown_projects

PROJECTS: dict[str, dict[str, Any]] = dict(
    sorted(shown_projects().items(), key=lambda entry: -len(independent.answers(entry[1])))
)


def project(*, past: bool = False, routes: int = 1) -> str:
    """Name the project with most answers of those on so many routes; empty when there is none."""
    return next(
        (
            name
            for name, p in PROJECTS.items()
            if (p.get("kind") == "retrospective") == past and len(independent.several(p["route"])) == routes
        ),
        "",
    )


def like(form: str, sample: str) -> tuple[str, str]:
    """A kind whose pages have addresses of one form; `*` stands for a name. Without a sample there is no such page."""
    return form.replace("*", sample) if sample else "", form.replace("*", r"[a-z0-9-]+").replace(".", r"\.")


def alone(url: str) -> tuple[str, str]:
    """A kind of which there is one page."""
    return url, url


REGION = sorted((ROOT / "region/pages").glob("*.md"))
TEXTS = "about architecture changelog decisions first-week forecast model privacy publishing regions regions/start"
TEXTS += " regions/additions regions/hub regions/layers regions/publish regions/upgrade review speed zensical"

ALL = {
    "stages": alone("stages/"),
    "stage": like("stages/*/", "5"),
    "areas": alone("areas/"),
    "area": like("areas/*/", "supply"),
    "partners": alone("partners/"),
    "partner": like("partners/*/", "hospital"),
    "modalities": alone("modalities/"),
    "modality": like("modalities/*/", "autologous-cell"),
    "route": like("routes/*/", "hospital-exemption"),
    "routes side by side": alone("routes/choosing/"),
    "portfolio": alone("projects/"),
    "project": like("projects/*/", project()),
    "project on two routes": like("projects/*/", project(routes=2)),
    "retrospective": like("projects/*/", project(past=True)),
    "meeting": like("meetings/*/", project()),
    "guide me": alone("guide-me/"),
    "start": alone("start/"),
    "report": alone("report/"),
    "form": alone("change/"),
    "keys": alone("status-file/"),
    "levels": alone("levels/"),
    "rules": alone("rules/"),
    "rules in motion": alone("rules-in-motion/"),
    "histories": alone("histories/"),
    "problems": alone("problems/"),
    "glossary": alone("glossary/"),
    "data": alone("data/"),
    "references": alone("references/"),
    "languages": alone("languages/"),
    "visual language": alone("visual-language/"),
    "page of a region": like("region/*/", next((page.stem for page in REGION), "")),
    "wrong address": alone("404.html"),
    "text": ("publishing/", f"({TEXTS.replace(' ', '|')})/"),
}
KINDS = {"home": alone("")} | {kind: (url, form) for kind, (url, form) in ALL.items() if url}
