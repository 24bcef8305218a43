"""The three tracks of a project on one scale, for slides: the shapes are those of the project's page."""

import textwrap
from collections.abc import Iterable, Iterator

from macros.assessment.assess import Standing
from macros.engine.report import ProjectReport
from macros.outputs.pictures.svg import EDGE, FONT, HATCH, INK, LINE, PAGE, QUIET, TRACKS, opened, remarks, safe, when
from macros.text.messages import N_

CELL, ROW, LEFT, TOP, BAR = 58, 66, 16, 84, 30
TITLE, LINES = 56, 2  # letters in a line of the title, and lines
MARKS = {"passed": "✓", "held": "▲", "possible": "?", "begun": "•"}
TURNS = {"p": 45, "b": -45}
"""Pattern → how it is turned."""

LEGEND = {
    "passed": N_("stage passed"),
    "held": N_("held by a gate that is not met"),
    "possible": N_("possible, gates not looked at"),
    "begun": N_("started"),
}


def levels(report: ProjectReport) -> str:
    """Draw the picture."""
    stages, tracks = len(report.handbook.frame.stages), report.assessment.tracks
    wide, high = 2 * LEFT + stages * CELL, TOP + 20 + len(tracks) * ROW + 40
    rows = (
        _row(report.handbook.frame.tracks[name].title, standing, colour, TOP + 20 + number * ROW, stages)
        for number, (name, standing, colour) in enumerate(zip(tracks, tracks.values(), TRACKS, strict=False))
    )
    return "".join(
        [
            opened(wide, high, report),
            f"<defs>{_patterns()}{_grid(stages)}</defs>",
            f'<path fill="{PAGE}" d="M0 0h{wide}v{high}H0z"/>',
            f'<g {FONT} fill="{INK}" font-size="12">',
            *_head(report),
            f'<text x="{" ".join(f"{_middle(n):g}" for n in range(1, stages + 1))}" y="{TOP + 12}" {CENTRED}>',
            "".join(map(str, range(1, stages + 1))),
            "</text>",
            *rows,
            _legend(tracks.values(), stages, high - 14),
            "</g></svg>\n",
        ]
    )


CENTRED = 'text-anchor="middle"'


def _patterns() -> str:
    """Draw the hatching of what is possible, and the stripes of what has begun."""
    size = 'width="9" height="9" patternUnits="userSpaceOnUse"'
    stripe = f'<path fill="{HATCH}" d="M0 0h5v9H0z"/></pattern>'
    named = (f'<pattern id="{name}" {size} patternTransform="rotate({turn})">' for name, turn in TURNS.items())
    return "".join(f"{pattern}{stripe}" for pattern in named)


def _grid(stages: int) -> str:
    """Draw the lines around the stages of a track, and between them."""
    edges = "".join(f"M{LEFT + stage * CELL} 0v{BAR}" for stage in range(1, stages))
    frame = f"M{LEFT} 0h{stages * CELL}v{BAR}h-{stages * CELL}z"
    return f'<g id="g" fill="none"><path stroke="{LINE}" d="{edges}"/><path stroke="{EDGE}" d="{frame}"/></g>'


def _head(report: ProjectReport) -> Iterator[str]:
    """Write the title of the project, and when the levels hold."""
    lines = textwrap.wrap(" ".join(report.project.title.split()), TITLE, max_lines=LINES, placeholder=" …")
    for number, line in enumerate(lines):
        yield f'<text x="{LEFT}" y="{24 + 19 * number}" font-size="15" font-weight="bold">{safe(line)}</text>'
    about = "; ".join([when(report), *remarks(report)])
    yield f'<text x="{LEFT}" y="{28 + 19 * len(lines)}" fill="{QUIET}">{safe(about)}</text>'


def _middle(stage: int) -> float:
    return LEFT + (stage - 0.5) * CELL


def _row(title: str, standing: Standing, colour: str, top: int, stages: int) -> str:
    """Draw one track: its name and level, and its stages."""
    bar = top + 20
    level = N_("level %(n)s") % {"n": standing.level}
    parts = [f'<text x="{LEFT}" y="{top + 14}"><tspan font-weight="bold">{safe(title)}</tspan> {level}</text>']
    kinds = [_kind(standing, stage) for stage in range(1, stages + 1)]
    grounds = {"passed": colour, "possible": "url(#p)", "begun": "url(#b)"}
    for kind, ground in grounds.items():
        if number := kinds.count(kind):
            at = LEFT + kinds.index(kind) * CELL
            parts.append(f'<path fill="{ground}" d="M{at} {bar}h{number * CELL}v{BAR}h-{number * CELL}z"/>')
    parts.append(f'<use href="#g" y="{bar}"/>')
    if "held" in kinds:
        at, wide, high = LEFT + kinds.index("held") * CELL + 1, CELL - 2, BAR - 2
        box = f"M{at} {bar + 1}h{wide}v{high}h-{wide}z"
        parts.append(f'<path fill="none" stroke="{colour}" stroke-width="2" d="{box}"/>')
    return "".join([*parts, *_marks(kinds, bar + 20)])


def _kind(standing: Standing, stage: int) -> str:
    """Say how a cell is drawn, as on the project's page."""
    reached = {
        "passed": standing.level,
        "held": standing.level + 1,
        "possible": standing.possible_level,
        "begun": standing.working_stage,
    }
    return next((kind for kind, upto in reached.items() if stage <= upto), "")


def _marks(kinds: list[str], base: int) -> Iterator[str]:
    """Write the marks of a row, those of one kind together."""
    for kind, mark in MARKS.items():
        places = [f"{_middle(stage):g}" for stage, other in enumerate(kinds, 1) if other == kind]
        if places:
            ink = f' fill="{PAGE}"' if kind == "passed" else ""
            yield f'<text {CENTRED}{ink} y="{base}" x="{" ".join(places)}">{mark * len(places)}</text>'


def _legend(tracks: Iterable[Standing], stages: int, base: int) -> str:
    """Explain the marks that are in the picture."""
    used = {_kind(standing, stage) for standing in tracks for stage in range(1, stages + 1)}
    words = "    ".join(f"{MARKS[kind]} {text}" for kind, text in LEGEND.items() if kind in used)
    return f'<text x="{LEFT}" y="{base}" fill="{QUIET}" font-size="11" xml:space="preserve">{words}</text>'
