"""Figures of the benchmark as Markdown."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping
from typing import Any

from measure import ANSWERS

Steps = Mapping[str, list[dict[str, float]]]
Found = Mapping[int, Steps]

CONTENT = "same content in Markdown"


def report(figures: Mapping[str, Any]) -> str:
    """Write what was measured: where, against what is wanted, times, memory and sizes."""
    found, machine = figures["figures"], figures["machine"]
    versions = ", ".join(f"{name} {version}" for name, version in machine["packages"].items())
    return "\n".join(
        [
            f"{machine['system']}, {machine['cores']} cores, Python {machine['python']}; {versions}. "
            f"{ANSWERS} answers a project, {figures['rounds']} rounds.",
            "",
            *_wanted(found, figures["weights"]),
            "",
            *_times(found),
            "",
            *_weights(figures["weights"], found),
        ]
    )


def middle(found: Found, size: int, step: str, kind: str = "cpu") -> float:
    """Give the median over the rounds."""
    return float(statistics.median(figures[kind] for figures in found[size][step]))


def ratio(found: Found, size: int, above: tuple[str, ...], below: str, kind: str = "cpu") -> float:
    """Give the median of the ratios of each round: steps of one round met the same weather."""
    # What takes longest is not measured in every round.
    rounds = zip(*(found[size][step] for step in above), found[size][below], strict=False)
    return float(statistics.median(sum(each[kind] for each in steps) / base[kind] for *steps, base in rounds))


def _wanted(found: Found, weights: Mapping[int, Mapping[str, int]]) -> list[str]:
    """Compare with what is wanted, as far as the sizes were measured."""
    looking = ("load and check", "assess and forecast")
    wanted: list[tuple[str, str, tuple[int, ...], Callable[[], str]]] = [
        (
            "Full build of 1,000, against the same content inside Markdown",
            "0.35",
            (1000,),
            lambda: f"{ratio(found, 1000, ('full build',), CONTENT):.2f}",
        ),
        (
            "Full build of 1,000, against as many empty pages",
            "3",
            (1000,),
            lambda: f"{ratio(found, 1000, ('full build',), 'empty pages'):.2f}",
        ),
        (
            "Time for each project, 2,000 against 500",
            "1.15",
            (500, 2000),
            lambda: f"{middle(found, 2000, 'full build') / 4 / middle(found, 500, 'full build'):.2f}",
        ),
        (
            "Peak memory of the build of 1,000",
            "250 MB",
            (1000,),
            lambda: f"{middle(found, 1000, 'full build', 'peak'):.0f} MB",
        ),
        (
            "Check of one file among 1,000",
            "1 s",
            (1000,),
            lambda: f"{middle(found, 1000, 'check of one file', 'wall'):.2f} s",
        ),
        (
            "Check of all 1,000",
            "10 s",
            (1000,),
            lambda: f"{middle(found, 1000, 'check of all files', 'wall'):.1f} s",
        ),
        (
            "Load, check, assess and forecast, against the full build of 1,000",
            "0.25",
            (1000,),
            lambda: f"{ratio(found, 1000, looking, 'full build'):.3f}",
        ),
        (
            "Search index of 1,000",
            "2 MB",
            (1000,),
            lambda: f"{weights[1000]['search index'] / 1e6:.2f} MB",
        ),
        (
            "A project's page among 1,000, against the same among 10",
            "1",
            (10, 1000),
            lambda: f"{weights[1000]['project page'] / weights[10]['project page']:.3f}",
        ),
    ]
    rows = [
        f"| {what} | {most} | {value()} |"
        for what, most, sizes, value in wanted
        if all(size in found for size in sizes) and ("content" not in what or CONTENT in found[sizes[0]])
    ]
    return ["| What | At most | Measured |", "| --- | --- | --- |", *rows] if rows else []


def _times(found: Found) -> list[str]:
    """Write tables of each step at each size: median and spread, for each project, and against empty pages."""
    tables = {
        "Seconds: median, and spread where it was measured more than once": _seconds,
        "Milliseconds of processor time for each project": lambda steps, step, size: (
            f"{1000 * middle(found, size, step) / size:.1f}" if "one" not in step and "cpu" in steps[step][0] else ""
        ),
        "Against as many empty pages": lambda _, step, size: (
            f"{ratio(found, size, (step,), 'empty pages', 'cpu' if 'cpu' in found[size][step][0] else 'wall'):.2f}"
        ),
    }
    return [line for title, cell in tables.items() for line in _table(found, title, cell)]


def _table(found: Found, title: str, cell: Callable[[Steps, str, int], str]) -> list[str]:
    """Write a row for each step and a column for each size."""
    rows = [f"**{title}**", "", f"| Projects | {' | '.join(f'{size:,}' for size in found)} |"]
    rows.append(f"| --- | {' | '.join('---' for _ in found)} |")
    for step in dict.fromkeys(step for steps in found.values() for step in steps):
        cells = [cell(steps, step, size) if step in steps else "" for size, steps in found.items()]
        rows += [f"| {step[0].upper()}{step[1:]} | {' | '.join(cells)} |"] if any(cells) else []
    return [*rows, ""]


def _seconds(steps: Steps, step: str, _: int) -> str:
    walls = [figures["wall"] for figures in steps[step]]
    spread = f" ({min(walls):.2f} to {max(walls):.2f})" if len(walls) > 1 else ""
    return f"{statistics.median(walls):.2f}{spread}"


def _weights(weights: Mapping[int, Mapping[str, int]], found: Found) -> list[str]:
    rows = [
        "| Projects | Peak memory of the build | Pages | Files | Site | Search index | A project's page |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for size, weight in weights.items():
        peak = middle(found, size, "full build", "peak")
        rows.append(
            f"| {size:,} | {peak:.0f} MB | {weight['pages']:,} | {weight['files']:,} | {weight['site'] / 1e6:.1f} MB "
            f"| {weight['search index'] / 1e6:.2f} MB | {weight['project page'] / 1e3:.0f} kB |"
        )
    return rows
