"""What the picture of the model is drawn from: where items of one track need items of another."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from macros.model.handbook import Handbook

DODGE = 1.6  # per cent by which every second lane is moved, so that no line hides behind a mark
STRONG = 2  # requirements from which a line is drawn strong


@dataclass(frozen=True, slots=True)
class Crossing:
    """A line from items of one track to the items of another that need them; lanes are counted from 0."""

    x1: float
    lane1: int
    x2: float
    lane2: int
    strong: bool


@dataclass(frozen=True, slots=True)
class CrossingChart:
    """The tracks as lanes with a mark for each stage, and the lines between them.

    Attributes:
        marks: Track → places of the stages at which it asks something.
        across: How many requirements lead from one track to another; `total`: how many there are.
        needs: Track → track that it needs → how many requirements lead there.
    """

    marks: dict[str, tuple[float, ...]]
    stages: dict[int, float]
    lines: tuple[Crossing, ...]
    across: int
    total: int
    needs: dict[str, dict[str, int]]


def crossing_chart(handbook: Handbook) -> CrossingChart:
    """Count what the items of each track require of the others, by stage."""
    items, lanes = handbook.items, list(handbook.frame.tracks)
    pairs = [(items[needed], item) for item in items.values() for needed in item.requires if needed in items]
    between = Counter(
        (needed.track, needed.stage, item.track, item.stage) for needed, item in pairs if needed.track != item.track
    )
    stages = list(handbook.frame.stages)
    middle = {stage: round(100 * (place + 0.5) / len(stages), 1) for place, stage in enumerate(stages)}

    def at(track: str, stage: int) -> float:
        return round(middle[stage] + DODGE * (lanes.index(track) % 2), 1)

    lines = tuple(
        Crossing(at(before, first), lanes.index(before), at(after, last), lanes.index(after), count >= STRONG)
        for (before, first, after, last), count in sorted(between.items())
    )
    asked = sorted({(item.track, item.stage) for item in items.values()})
    needs = Counter((item.track, needed.track) for needed, item in pairs)
    return CrossingChart(
        marks={track: tuple(at(track, stage) for known, stage in asked if known == track) for track in lanes},
        stages=middle,
        lines=lines,
        across=sum(between.values()),
        total=len(pairs),
        needs={track: {other: needs[track, other] for other in lanes} for track in lanes},
    )
