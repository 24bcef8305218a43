"""Pieces of SVG: texts that are safe in it, the colours, and what a picture says in words."""

import re
from collections.abc import Iterator
from html import escape

from macros.engine.report import ProjectReport
from macros.model.status_file import ProjectKind
from macros.text.messages import N_

TRACKS = ("#0b5073", "#5b438f", "#12695c")
INK, QUIET, EDGE, LINE, HATCH, PAGE = "#15262e", "#4b5b65", "#74858f", "#d3dce0", "#dfe8ec", "#ffffff"
"""Those of the light pages, as docs/assets/navigator.css has them. A picture has a ground of its own."""

FONT = 'font-family="Verdana,DejaVu Sans,Arial,sans-serif"'
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
"""Characters that XML cannot hold."""


def safe(text: str) -> str:
    """Write a text so that nothing in it is read as SVG."""
    return escape(CONTROL.sub("\N{REPLACEMENT CHARACTER}", " ".join(text.split())))


def opened(wide: int, high: int, report: ProjectReport) -> str:
    """Begin a picture with its size, and with what it says in words."""
    size = f'width="{wide}" height="{high}" viewBox="0 0 {wide} {high}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" '
        f'aria-labelledby="t d"><title id="t">{safe(title(report))}</title><desc id="d">{safe(_about(report))}</desc>'
    )


def track_names(report: ProjectReport) -> Iterator[str]:
    """Name the tracks in small letters."""
    return (report.handbook.frame.tracks[name].title.lower() for name in report.assessment.tracks)


def title(report: ProjectReport) -> str:
    """Say the three levels of a project in words."""
    standings = report.assessment.tracks.values()
    levels = ", ".join(f"{name} {each.level}" for name, each in zip(track_names(report), standings, strict=True))
    words = {"title": report.project.title, "levels": levels, "last": len(report.handbook.frame.stages)}
    return N_("%(title)s: levels %(levels)s, of %(last)s") % words


def _about(report: ProjectReport) -> str:
    return ". ".join([when(report), *remarks(report)])


def when(report: ProjectReport) -> str:
    """Say when the levels were assessed, and under which edition."""
    words = {"day": report.project.assessed, "edition": report.project.checklist}
    return N_("assessed %(day)s, edition %(edition)s") % words


def remarks(report: ProjectReport) -> Iterator[str]:
    """Say what a reader must know of these levels."""
    project, route = report.project, report.assessment.route
    if len(project.route) > 1:
        yield report.handbook.frame.routes[route].title
    if project.kind is ProjectKind.ILLUSTRATION:
        yield N_("made-up example")
    if not report.handbook.comparable(project, route):
        yield N_("not comparable with levels elsewhere")
