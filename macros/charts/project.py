"""What the pictures of a project are drawn from: spread, goals, the path so far."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from macros.assessment.forecast import LATE, Outlook
from macros.assessment.history import Step
from macros.charts.ruler import Ruler, Tick
from macros.engine.report import ProjectReport
from macros.findings.finding import Finding
from macros.text.dates import Month

STEPS = 10  # heights of the path's picture: level 0 to 9


@dataclass(frozen=True, slots=True)
class Spread:
    """How far the tracks are apart.

    Attributes:
        behind: The tracks at the lowest level; `ahead`: those at the highest.
        finding: The imbalance, where there is one.
        possible: Whether the level of a track may be higher, because nobody has looked at some gates.
    """

    low: int
    high: int
    behind: tuple[str, ...]
    ahead: tuple[str, ...]
    finding: Finding | None
    possible: bool


def spread(report: ProjectReport) -> Spread:
    """Find the lowest and the highest level of a project, and the tracks there."""
    levels = {track: standing.level for track, standing in report.assessment.tracks.items()}
    low, high = min(levels.values()), max(levels.values())
    found = next((finding for finding in report.findings if finding.kind == "imbalance"), None)
    behind, ahead = (tuple(t for t, level in levels.items() if level == end) for end in (low, high))
    possible = any(each.to_look_at(each.possible_level) for each in report.assessment.tracks.values())
    return Spread(low, high, behind, ahead, found, possible)


@dataclass(frozen=True, slots=True)
class Goal:
    """A target of the team, and what the forecast says of it.

    Attributes:
        outlook: When the stage could be passed; None where nothing is open up to it, or nothing is forecast.
        late: Months by which the outlook, which looks at gates, misses the target; 0 when it can be met.
        items: How many open items are late for it; where it can be met, it does not wait for them.
    """

    stage: int
    month: Month
    outlook: Outlook | None
    late: int
    items: int


def goals(report: ProjectReport) -> tuple[Goal, ...]:
    """List the targets of a project, the earliest stage first."""
    ahead = {outlook.stage: outlook for outlook in report.forecast.outlook}
    late = Counter(plan.target for plan in report.forecast.plans.values() if plan.when == LATE)
    return tuple(
        Goal(stage, month, outlook, outlook.late if outlook else 0, late[stage])
        for stage, month in sorted(report.project.targets.items())
        for outlook in [ahead.get(stage)]
    )


@dataclass(frozen=True, slots=True)
class Path:
    """The levels over time, as steps from the first change to the day of the look.

    Attributes:
        lines: Track → path in units of 100 by 100.
        band: What lies between the lowest and the highest track, as a path.
        labels: Names of the tracks that end at a height; `years`: along the axis.
        now: Track → its level on the last day.
    """

    lines: dict[str, str]
    band: str
    labels: tuple[Tick, ...]
    years: tuple[Tick, ...]
    now: Mapping[str, int]


def path(report: ProjectReport, titles: dict[str, str]) -> Path | None:
    """Draw the levels over time; nothing where no level was ever reached on a day that is known."""
    now = {track: standing.level for track, standing in report.assessment.tracks.items()}
    return drawn_path(report.path, report.assessment.day, now, titles) if report.path else None


def drawn_path(path: Sequence[Step], last: date, now: Mapping[str, int], titles: Mapping[str, str]) -> Path:
    """Draw levels as steps.

    Args:
        path: At least one step, the earliest first.
        last: The day on which the picture ends.
        now: Track → its level on that day, answers without a day included.
        titles: Track → its title.
    """
    ruler = Ruler(_year(path[0].day), _year(last))
    days = [ruler.at(_year(step.day)) for step in path]
    tracks = list(path[0].levels)
    # Tracks of equal level would hide each other; a small shift keeps all of them in sight.
    lines = {
        track: _stairs(days, [_height(step.levels[track]) + 1.6 * (place - 1) for step in path])
        for place, track in enumerate(tracks)
    }
    top = [_height(max(step.levels.values())) for step in path]
    bottom = [_height(min(step.levels.values())) for step in path]
    ends: dict[int, list[str]] = {}
    for track in tracks:
        ends.setdefault(path[-1].levels[track], []).append(titles[track])
    # Three names beside each other have no room; where all tracks end together, the level is enough.
    together = len(ends) == 1
    names = {level: "" if together else f"{', '.join(some)} " for level, some in ends.items()}
    labels = tuple(Tick(f"{some}{level}", _height(level)) for level, some in names.items())
    band = f"{_stairs(days, top)} V{bottom[-1]} {_stairs_back(days, bottom)} Z"
    return Path(lines, band, labels, ruler.years(), now)


def _year(day: date) -> float:
    return day.year + (day.timetuple().tm_yday - 1) / 366


def _height(level: int) -> float:
    return 100 - level * 100 / STEPS


def _stairs(across: list[float], heights: list[float]) -> str:
    """Draw steps from left to right: each height holds until the next one begins."""
    moves = [f"M{across[0]} {heights[0]:g}"]
    moves += [f"H{x} V{y:g}" for x, y in zip(across[1:], heights[1:], strict=True)]
    return " ".join([*moves, "H100"])


def _stairs_back(across: list[float], heights: list[float]) -> str:
    """Draw the same steps from right to left."""
    return " ".join(f"V{y:g} H{x}" for x, y in zip(reversed(across), reversed(heights), strict=True))
