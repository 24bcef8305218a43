"""How long does it take to look at many projects? Run from anywhere: `python tests/benchmarks/bench.py`.

Invents projects from a fixed seed, each with about 120 answers to the real checklists, and measures reading them from
disk, assessing them, looking at them (forecast and all findings), and ranking moves and following the path. Every round
measures every size, one after the other, so that a slow minute of the machine falls on all. Prints a table in Markdown.
"""

from __future__ import annotations

import argparse
import gc
import json
import platform
import random
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from macros.answers import Project  # noqa: E402  # found only now that the root is in the path
from macros.assess import Assessment, assess  # noqa: E402
from macros.handbook import Handbook  # noqa: E402
from macros.load import load, survey  # noqa: E402
from macros.look import Look, look  # noqa: E402

DAY = date(2026, 11, 22)
SEED = 20261122
ANSWERS = 120
ROUNDS = 3

Times = dict[str, dict[int, list[float]]]  # step → number of projects → seconds, one for each round


def invent(book: Handbook, number: int) -> list[dict[str, Any]]:
    """Invent status files as plain values: met up to a stage, mixed at the next ones, not met after them."""
    rng = random.Random(SEED)
    return [_one(book, rng, place) for place in range(number)]


def _one(book: Handbook, rng: random.Random, place: int) -> dict[str, Any]:
    modality = rng.choice(list(book.frame.modalities))
    donor = book.frame.modalities[modality].donor or rng.choice(["patient", "other"])
    route = rng.choice(list(book.frame.routes))
    level = rng.randint(0, 8)
    asked = list(book.asked(modality, donor, route))
    left_out = set(rng.sample(range(len(asked)), max(0, len(asked) - ANSWERS)))
    status: dict[str, dict[str, Any]] = {}
    for number, item in enumerate(asked):
        if number not in left_out:
            status.setdefault(item.area, {})[item.anchor] = _answer(rng, item.stage - level)
    targets = {stage: f"{2027 + 2 * (stage - level)}-06" for stage in range(level + 1, 9, 2)}
    return {
        "checklist": book.frame.edition,
        "title": f"Invented project {place}",
        "summary": "Made up for the benchmark.",
        "modality": modality,
        "donor": donor,
        "route": route,
        "lead": rng.choice(list(book.frame.partners)),
        "assessed": str(DAY - timedelta(days=rng.randint(0, 250))),
        "targets": {str(stage): month for stage, month in targets.items()},
        "status": status,
    }


def _answer(rng: random.Random, ahead: int) -> Any:
    """Answer an item that is due so many stages ahead of the project's own."""
    begun = DAY - timedelta(days=rng.randint(1, 900))
    chance = rng.random()
    if chance < (0.95 if ahead <= 0 else 0.4 if ahead == 1 else 0):
        return {"status": "met", "since": str(begun), "evidence": f"Report {rng.randint(1, 999)}"}
    if ahead <= 2 and chance < 0.75:
        month = rng.randint(1, 30)
        return {"status": "in-progress", "since": str(begun), "planned": f"{2027 + month // 12}-{month % 12 + 1:02}"}
    if chance > 0.97:
        return {"status": "not-applicable", "because": "Made up for the benchmark."}
    return "not-met"


def records(plain: list[dict[str, Any]]) -> list[Project]:
    """Make records afresh, so that nothing is kept from one measurement to the next."""
    return [Project.model_validate({**each, "id": f"invented-{place}"}) for place, each in enumerate(plain)]


def on_disk(folder: Path, texts: list[str]) -> Path:
    """Write a handbook with the real checklists and the invented projects."""
    shutil.copytree(ROOT / "checklists", folder / "checklists")
    (folder / "projects").mkdir()
    for place, text in enumerate(texts):
        (folder / f"projects/invented-{place}.yml").write_text(text, "utf-8")
    return folder


def seconds(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def assess_all(projects: list[Project], book: Handbook) -> list[Assessment]:
    return [assess(project, book, project.route[0], day=DAY) for project in projects]


def move_all(looks: list[Look]) -> list[object]:
    return [(each.moves, each.lift, each.path) for each in looks]


def look_at(projects: list[Project], book: Handbook) -> list[Look]:
    return [look(project, book, project.route[0], day=DAY) for project in projects]


STEPS = ("load, which checks all", "check of one file", "assess", "look", "moves and path")


def measure(sizes: list[int], book: Handbook, folder: Path) -> Times:
    """Measure every step for every size in every round."""
    plain = invent(book, max(sizes))
    texts = [yaml.dump(each, Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper), sort_keys=False) for each in plain]
    roots = {size: on_disk(folder / str(size), texts[:size]) for size in sizes}
    look_at(records(plain[:20]), book)  # warms what is kept with the handbook
    times: Times = {step: {size: [] for size in sizes} for step in STEPS}
    for _ in range(ROUNDS):
        for size in sizes:
            times["load, which checks all"][size].append(seconds(partial(load, roots[size], DAY)))
            one = ["projects/invented-0.yml"]
            times["check of one file"][size].append(seconds(partial(survey, roots[size], DAY, one)))
            times["assess"][size].append(seconds(partial(assess_all, records(plain[:size]), book)))
            mine = records(plain[:size])
            times["look"][size].append(seconds(partial(look_at, mine, book)))
            looks = look_at(mine, book)
            times["moves and path"][size].append(seconds(partial(move_all, looks)))
    return times


def rows(times: Times) -> list[dict[str, Any]]:
    """Sum up: medians and spread over the rounds, time for each project, and how that grows with their number."""
    found = []
    for step, by_size in times.items():
        base = None
        for size, values in by_size.items():
            each = statistics.median(values) / size
            base = base or each
            found.append(
                {
                    "step": step,
                    "projects": size,
                    "median_s": statistics.median(values),
                    "least_s": min(values),
                    "most_s": max(values),
                    "ms_per_project": 1000 * each,
                    "ratio": each / base,
                }
            )
    return found


def table(found: list[dict[str, Any]]) -> str:
    lines = [
        "| Step | Projects | Median | Spread over the rounds | For each project | Against the first size |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for row in found:
        spread = f"{row['least_s']:.3f} to {row['most_s']:.3f} s"
        cells = [row["step"], f"{row['projects']:,}", f"{row['median_s']:.3f} s", spread]
        cells += [f"{row['ms_per_project']:.2f} ms", f"{row['ratio']:.2f}"]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--projects", type=int, nargs="+", default=[1000], help="numbers of projects (1000)")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    options = parser.parse_args()
    book = load(ROOT, DAY)
    with tempfile.TemporaryDirectory() as folder:
        times = measure(sorted(set(options.projects)), book, Path(folder))
    found = rows(times)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    where = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    print(f"{where}, {len(book.items)} items, about {ANSWERS} answers a project, {ROUNDS} rounds, seed {SEED}.\n")
    print(table(found))
    print(f"\nPeak memory: {peak:.0f} MB.")
    if options.json:
        figures = {"where": where, "seed": SEED, "rounds": ROUNDS, "peak_mb": peak, "figures": found, "times_s": times}
        options.json.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
