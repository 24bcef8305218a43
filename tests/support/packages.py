"""The modules of `macros/`, what they import, and the picture of their folders in docs/architecture.md."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from tests.support.paths import ROOT

# Top to bottom: a folder imports from those below it; what stands on one line does not know each other.
LAYERS = [
    ["cli"],
    ["changes", "site"],
    ["views"],
    ["hub"],
    ["outputs"],
    ["charts"],
    ["engine", "sheets"],
    ["findings"],
    ["assessment", "load"],
]
LAYERS += [["checks"], ["language"], ["model"], ["fields"], ["pages", "privacy"], ["edit"], ["text"]]
ENTRY_POINTS = {"cli", "site"}
PATHS = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted((ROOT / "macros").rglob("*.py"))
}
MODULES = {module: ast.parse(path.read_text("utf-8")) for module, path in PATHS.items()}
LINES = {module: len(path.read_text("utf-8").splitlines()) for module, path in PATHS.items()}
RANK = {package: rank for rank, packages in enumerate(reversed(LAYERS)) for package in packages}


def package_of(module: str) -> str:
    """Name the folder of a module; empty for what stands beside the folders."""
    return module.split(".")[1] if module.count(".") and module.split(".")[1] in RANK else ""


def imported(tree: ast.AST) -> Iterator[str]:
    """Name what a module imports, wherever it does, with the names taken from packages: `macros.text.dates`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            for name in node.names:
                yield f"{node.module}.{name.name}"


def neighbours(module: str) -> set[str]:
    """Name the modules of `macros` that a module imports."""
    found = set()
    for name in imported(MODULES[module]):
        while name.startswith("macros") and name not in MODULES:
            name = name.rpartition(".")[0]
        found |= {name} if name.startswith("macros") else set()
    return found - {module}


def arrows() -> dict[str, set[str]]:
    """Name the folders that each folder imports from, without those that follow from another arrow."""
    direct: dict[str, set[str]] = {package: set() for package in RANK}
    for module in MODULES:
        if here := package_of(module):
            direct[here] |= {package_of(other) for other in neighbours(module)} - {here, ""}
    below: dict[str, set[str]] = {}
    for package in sorted(direct, key=lambda name: RANK[name]):
        below[package] = direct[package].union(*(below[other] for other in direct[package]))
    return {
        package: {other for other in others if not any(other in below[one] for one in others)}
        for package, others in direct.items()
    }


WIDE, HIGH, ROW, MIDDLE = 300, 34, 62, 250
STYLE = (
    "rect{fill:#fff;stroke:#184e3a}text{font:16px sans-serif;text-anchor:middle;fill:#222}"
    "path{stroke:#666;fill:none;marker-end:url(#a)}"
)
HEAD = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}">
<title>The folders of macros/ and what they import from</title>
<style>{2}</style>
<marker id="a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
<path d="M0 0 L8 4 L0 8 z" style="fill:#666;stroke:none;marker-end:none"/></marker>
<rect width="{0}" height="{1}" style="fill:#fff;stroke:none"/>"""


class Box(NamedTuple):
    """Where a folder stands in the picture, in pixels."""

    x: float
    y: float
    wide: float

    @property
    def middle(self) -> float:
        return self.x + self.wide / 2


def boxes() -> dict[str, Box]:
    """Place the folders, the highest layer on top."""
    placed = {}
    for number, row in enumerate(LAYERS):
        wide = (WIDE + 20) / len(row) - 20
        for place, package in enumerate(row):
            placed[package] = Box(MIDDLE - WIDE / 2 + place * (wide + 20), 12 + number * ROW, wide)
    return placed


def line(upper: Box, lower: Box) -> str:
    """Draw an arrow: straight to the next row, around the boxes between to one that lies deeper."""
    if lower.y - upper.y <= ROW:
        return f'<path d="M{upper.middle:g} {upper.y + HIGH:g} L{lower.middle:g} {lower.y - 3:g}"/>'
    right = upper.middle >= MIDDLE
    start, end = (box.x + box.wide * right for box in (upper, lower))
    bend = max(start, end) + 70 if right else min(start, end) - 70
    high, low = upper.y + HIGH / 2, lower.y + HIGH / 2
    return f'<path d="M{start:g} {high:g} C{bend:g} {high:g} {bend:g} {low:g} {end + (3 if right else -3):g} {low:g}"/>'


def picture() -> str:
    """Draw the folders as boxes, with an arrow to each folder that they import from."""
    placed = boxes()
    lines = [line(placed[upper], placed[lower]) for upper, others in arrows().items() for lower in sorted(others)]
    drawn = [
        f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.wide:g}" height="{HIGH}" rx="4"/>'
        f'<text x="{box.middle:g}" y="{box.y + 22:g}">{package}</text>'
        for package, box in placed.items()
    ]
    return "\n".join([HEAD.format(2 * MIDDLE, len(LAYERS) * ROW, STYLE), *lines, *drawn, "</svg>", ""])
