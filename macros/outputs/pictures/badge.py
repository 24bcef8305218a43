"""The badge of a project: its three levels in one line, for other pages."""

from collections.abc import Iterator

from macros.engine.report import ProjectReport
from macros.outputs.pictures.svg import FONT, INK, PAGE, QUIET, TRACKS, opened, remarks, safe, track_names
from macros.text.messages import N_

HIGH, LETTER, SIDE = 20, 6.6, 12  # pixels: of the badge, of a letter, and what is left free beside a text


def badge(report: ProjectReport) -> str:
    """Draw the badge. Texts are fitted to their ground, because every machine has other fonts."""
    parts, at = [], 0
    for text, colour in _segments(report):
        wide = round(len(text) * LETTER) + SIDE
        parts.append(
            f'<path fill="{colour}" d="M{at} 0h{wide}v{HIGH}h-{wide}z"/>'
            f'<text x="{at + SIDE // 2}" y="14" textLength="{wide - SIDE}">{safe(text)}</text>'
        )
        at += wide
    return f'{opened(at, HIGH, report)}<g {FONT} font-size="11" fill="{PAGE}">{"".join(parts)}</g></svg>\n'


def _segments(report: ProjectReport) -> Iterator[tuple[str, str]]:
    """List the texts, each with the colour of its ground."""
    yield N_("Navigator"), INK
    for name, standing, colour in zip(track_names(report), report.assessment.tracks.values(), TRACKS, strict=False):
        yield f"{name} {standing.level}", colour
    yield from ((remark, INK) for remark in remarks(report))
    yield f"{report.project.assessed} · {report.project.checklist}", QUIET
