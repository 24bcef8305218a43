"""Figures of the benchmark as Markdown."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

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
            *_wanted(figures),
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


class Aim(NamedTuple):
    """What is wanted of a figure: its name, at most how much, the sizes it needs, and how it is worked out and written.

    Attributes:
        other: Steps that must have been measured as well.
    """

    what: str
    most: float
    sizes: tuple[int, ...]
    value: Callable[[], float]
    written: str = "{:.2f}"
    other: tuple[str, ...] = ()


def _aims(found: Found, weights: Mapping[int, Mapping[str, int]]) -> list[Aim]:
    """List what is wanted, as far as it comes from the sizes."""
    looking = ("load and check", "assess and forecast")

    def peak(size: int) -> float:
        return middle(found, size, "full build", "peak")

    def site(without: str = "") -> float:
        return (weights[1000]["site"] - weights[1000].get(without, 0)) / 1e6

    wall = "wall"
    return [
        Aim(
            "Wall time of 1,000, against as many empty pages",
            1.8,
            (1000,),
            lambda: ratio(found, 1000, ("full build",), "empty pages", wall),
        ),
        Aim(
            "Processor time of 1,000, against as many empty pages",
            2.5,
            (1000,),
            lambda: ratio(found, 1000, ("full build",), "empty pages"),
        ),
        Aim(
            "Processor time of 1,000, against the same content inside Markdown",
            0.35,
            (1000,),
            lambda: ratio(found, 1000, ("full build",), CONTENT),
            other=(CONTENT,),
        ),
        Aim("Peak memory of the build of 1,000", 230, (1000,), lambda: peak(1000), "{:.0f} MB"),
        Aim(
            "A project's page",
            180,
            (1000,),
            lambda: weights[1000]["project page"] / 1e3,
            "{:.0f} kB",
        ),
        Aim("Site of 1,000 without form data and API", 260, (1000,), lambda: site("form data and API"), "{:.0f} MB"),
        Aim("Site of 1,000 with them", 325, (1000,), lambda: site(), "{:.0f} MB"),
        Aim(
            "Check of one file among 1,000",
            0.33,
            (1000,),
            lambda: middle(found, 1000, "check of one file", wall),
            "{:.2f} s",
        ),
        Aim("Check of all 1,000", 10, (1000,), lambda: middle(found, 1000, "check of all files", wall), "{:.1f} s"),
        Aim(
            "Edit of a project among 1,000 under serve, until its page shows it",
            1,
            (1000,),
            lambda: middle(found, 1000, "edit under serve", wall),
            "{:.2f} s",
            ("edit under serve",),
        ),
        Aim(
            "Pull request with one project of 1,000, checked, compared and previewed: processor time",
            60,
            (1000,),
            lambda: middle(found, 1000, "pull request"),
            "{:.0f} s",
            ("pull request",),
        ),
        Aim(
            "Time for each project, 2,000 against 500",
            1.15,
            (500, 2000),
            lambda: middle(found, 2000, "full build") / 4 / middle(found, 500, "full build"),
        ),
        Aim(
            "Memory for each project more, 2,000 against 500",
            1.15,
            (500, 1000, 2000),
            lambda: (peak(2000) - peak(1000)) / 2 / (peak(1000) - peak(500)),
        ),
        Aim(
            "Load, check, assess and forecast, against the full build of 1,000",
            0.25,
            (1000,),
            lambda: ratio(found, 1000, looking, "full build"),
            "{:.3f}",
        ),
        Aim("Search index of 1,000", 2, (1000,), lambda: weights[1000]["search index"] / 1e6, "{:.2f} MB"),
        Aim(
            "A project's page among 1,000, against the same among 10",
            1,
            (10, 1000),
            lambda: weights[1000]["project page"] / weights[10]["project page"],
            "{:.3f}",
        ),
    ]


def _wanted(figures: Mapping[str, Any]) -> list[str]:
    """Compare with what is wanted, as far as it was measured."""
    found, rebuilds = figures["figures"], figures.get("rebuilds") or []
    rows = [
        f"| {aim.what} | {aim.most:g}{aim.written.partition('}')[2]} | {aim.written.format(aim.value())} |"
        for aim in _aims(found, figures["weights"])
        if all(size in found and all(step in found[size] for step in aim.other) for size in aim.sizes)
    ]
    if len(rebuilds) > 3:
        grown = max(rebuilds[3:]) / rebuilds[2]
        rows.append(f"| Most memory in {len(rebuilds)} builds under serve, against the third | 1.2 | {grown:.2f} |")
    if figures.get("same bytes") is not None:
        same = "yes" if figures["same bytes"] else "no"
        rows.append(f"| Same bytes from one, two and three processes and from MkDocs's own loop | yes | {same} |")
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
