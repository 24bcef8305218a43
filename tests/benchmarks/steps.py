"""Times of loading and of looking, in a fresh process: prints JSON. Arguments: the folder of a handbook."""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from measure import DAY  # noqa: E402  # found only now that the folders are in the path

from macros.engine.report import report_on  # noqa: E402
from macros.load.handbook import load  # noqa: E402


def timed(work: Callable[[], object]) -> tuple[dict[str, float], object]:
    wall, cpu = time.perf_counter(), time.process_time()
    found = work()
    return {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}, found


def main() -> None:
    folder = Path(sys.argv[1])
    reading, book = timed(lambda: load(folder, DAY))
    gc.freeze()  # as the build does
    projects = book.projects.values()  # type: ignore[attr-defined]
    pairs = [(project, route) for project in projects for route in project.route]
    looking, _ = timed(lambda: [report_on(project, book, route, day=DAY) for project, route in pairs])  # type: ignore[arg-type]
    print(json.dumps({"load and check": reading, "assess and forecast": looking}))


if __name__ == "__main__":
    main()
