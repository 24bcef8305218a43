"""How fast is it, and how does it grow? Run from anywhere: `python tests/benchmarks/bench.py`, or `make bench`.

Makes handbooks of invented projects from a fixed seed and measures them in one run and interleaved: every round goes
through every size and every step, so that a slow minute of the machine falls on all. Each command runs in a process of
its own. Ratios are those of processor time, which other work on the machine disturbs least. Prints Markdown.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(Path(__file__).parent)]

from floors import content_floor, empty_floor  # noqa: E402  # found only now that the folder is in the path
from measure import (  # noqa: E402
    Figures,
    built,
    edit_under_serve,
    memory_of_rebuilds,
    pull_request,
    run,
    same_bytes,
    steps,
    weigh,
)
from report import report  # noqa: E402

PROJECT = "invented-0000"
SMALL = 100  # of larger handbooks, what takes longest is measured in the first round only
PACKAGES = ("mkdocs", "mkdocs-material", "mkdocs-macros-plugin", "markdown", "jinja2", "pydantic", "pyyaml")


class Bench:
    """One run: its handbooks, and what was measured: size → step → a figure for each round."""

    def __init__(self, sizes: list[int], folder: Path, content_upto: int, serve_upto: int):
        self.content_upto, self.serve_upto = content_upto, serve_upto
        self.rebuilds: list[float] = []
        self.same: bool | None = None
        self.found: dict[int, dict[str, list[Figures]]] = {size: {} for size in sizes}
        self.weights: dict[int, dict[str, int]] = {}
        for size in sizes:
            tell(f"making a handbook of {size:,} projects")
            handbook = folder / str(size) / "handbook"
            # In a process of its own: one begins with the memory of the one that starts it.
            subprocess.run(
                [sys.executable, str(Path(__file__).with_name("invented.py")), str(handbook), str(size)], check=True
            )
            content = content_floor(handbook, folder / str(size) / "content")
            empty_floor(content, folder / str(size) / "empty")
        self.folder = folder
        self.first = True

    def round(self) -> None:
        """Measure everything once."""
        for size, found in self.found.items():
            for step, figures in self._steps(size):
                tell(f"{size:,} projects, {step}: {figures['wall']:.2f} s")
                found.setdefault(step, []).append(figures)
        self.first = False

    def _steps(self, size: int) -> Iterator[tuple[str, Figures]]:
        handbook = self.folder / str(size) / "handbook"
        yield from steps(handbook).items()
        yield "check of one file", run(["macros", "check", f"projects/{PROJECT}.yml"], handbook)
        yield "check of all files", run(["macros", "check"], handbook)
        yield "full build", built(handbook, strict=True)
        self.weights.setdefault(size, weigh(handbook / "site", PROJECT))
        yield "empty pages", built(self.folder / str(size) / "empty")
        if size <= SMALL or (self.first and size <= self.content_upto):
            yield "same content in Markdown", built(self.folder / str(size) / "content")
        if size <= SMALL or (self.first and size <= self.serve_upto):
            yield "edit under serve", edit_under_serve(handbook, PROJECT)
            yield "pull request", pull_request(handbook, PROJECT)

    def once(self, rebuilds: int) -> None:
        """Measure what is the same in every round: the bytes of several processes, and memory under `serve`."""
        handbook = self.folder / str(min(self.found)) / "handbook"
        tell("comparing the sites of one, two and three processes, and of the loop of MkDocs")
        self.same = same_bytes(handbook)
        if rebuilds:
            tell(f"building {rebuilds} times in one process")
            self.rebuilds = memory_of_rebuilds(handbook, rebuilds)


def tell(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def machine() -> dict[str, Any]:
    """Tell what the figures were measured on."""
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "packages": {name: importlib.metadata.version(name) for name in PACKAGES},
    }


def save(figures: dict[str, Any], path: Path | None) -> None:
    if path:
        path.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--projects", type=int, nargs="+", default=[10, 100, 500, 1000, 2000], help="sizes to measure")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--content-upto", type=int, default=1000, help="largest size whose content is put in Markdown")
    parser.add_argument("--serve-upto", type=int, default=1000, help="largest size that is served")
    parser.add_argument("--rebuilds", type=int, default=60, help="builds in one process; 0 leaves them out")
    parser.add_argument("--json", type=Path, help="write all figures to this file too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(sorted(set(options.projects)), Path(folder), options.content_upto, options.serve_upto)
        for number in range(options.rounds):
            tell(f"round {number + 1} of {options.rounds}")
            bench.round()
            figures = {
                "machine": machine(),
                "rounds": number + 1,
                "figures": bench.found,
                "weights": bench.weights,
            }
            save(figures, options.json)
        bench.once(options.rebuilds)
        figures |= {"same bytes": bench.same, "rebuilds": bench.rebuilds}
        save(figures, options.json)
    print(report(figures))


if __name__ == "__main__":
    main()
