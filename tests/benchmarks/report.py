"""Figures of the benchmark as Markdown."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping
from typing import Any

Found = Mapping[int, Mapping[str, list[dict[str, float]]]]


CONTENT = "same content in Markdown"


def report(figures: Mapping[str, Any]) -> str:
    """Write what was measured: where, against what is wanted, times, memory and sizes."""
    found, machine = figures["figures"], figures["machine"]
    versions = ", ".join(f"{name} {version}" for name, version in machine["packages"].items())
    return "\n".join(
        [
            f"{machine['system']}, {machine['cores']} cores, Python {machine['python']}; {versions}. "
            f"120 answers a project, {figures['rounds']} rounds.",
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
            lambda: f"{ratio(found, 1000, looking, 'full build'):.2f}",
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
    return ["| What | At most | Measured |", "| --- | ---: | ---: |", *rows] if rows else []


def _times(found: Found) -> list[str]:
    """Write each step at each size: median and spread, for each project, and against the smallest size."""
    rows = [
        "| Step | Projects | Median | Spread | Processor | For each project | Against empty pages |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for step in dict.fromkeys(step for steps in found.values() for step in steps):
        for size, steps in found.items():
            if step not in steps:
                continue
            walls = [figures["wall"] for figures in steps[step]]
            cpu = f"{middle(found, size, step):.2f} s" if "cpu" in steps[step][0] else ""
            kind = "cpu" if cpu else "wall"
            each = f"{1000 * middle(found, size, step, kind) / size:.1f} ms" if "one" not in step else ""
            against = f"{ratio(found, size, (step,), 'empty pages', kind):.2f}"
            cells = [step, f"{size:,}", f"{statistics.median(walls):.2f} s", f"{min(walls):.2f} to {max(walls):.2f} s"]
            rows.append(f"| {' | '.join([*cells, cpu, each, against])} |")
    return rows


def _weights(weights: Mapping[int, Mapping[str, int]], found: Found) -> list[str]:
    rows = [
        "| Projects | Peak memory of the build | Pages | Files | Site | Search index | A project's page |",
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for size, weight in weights.items():
        peak = middle(found, size, "full build", "peak")
        rows.append(
            f"| {size:,} | {peak:.0f} MB | {weight['pages']:,} | {weight['files']:,} | {weight['site'] / 1e6:.1f} MB "
            f"| {weight['search index'] / 1e6:.2f} MB | {weight['project page'] / 1e3:.0f} kB |"
        )
    return rows
