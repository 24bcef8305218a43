"""Handbooks with invented projects, the same from the same seed: each with about 120 answers to the real checklists.

As a script: writes one. Arguments: the folder, and how many projects.
"""

from __future__ import annotations

import random
import shutil
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT)]

from measure import ANSWERS, DAY  # noqa: E402

from macros.load.handbook import load  # noqa: E402
from macros.model.handbook import Handbook  # noqa: E402  # found only now that the folder is in the path

SEED = 20261122
SOURCES = ("checklists", "docs", "macros", "mkdocs.yml")


def invent(book: Handbook, number: int) -> list[dict[str, Any]]:
    """Invent status files as plain values: met up to a stage, mixed at the next ones, not met after them."""
    rng = random.Random(SEED)
    return [_one(book, rng, place) for place in range(number)]


def _one(book: Handbook, rng: random.Random, place: int) -> dict[str, Any]:
    modality = rng.choice(list(book.frame.modalities))
    donor = book.frame.modalities[modality].donor or rng.choice(["patient", "other"])
    route = rng.choice(list(book.frame.routes))
    level = rng.randint(0, 8)
    assessed = DAY - timedelta(days=rng.randint(0, 250))
    asked = list(book.asked(modality, donor, route))
    left_out = set(rng.sample(range(len(asked)), max(0, len(asked) - ANSWERS)))
    status: dict[str, dict[str, Any]] = {}
    for number, item in enumerate(asked):
        if number not in left_out:
            status.setdefault(item.area, {})[item.anchor] = _answer(rng, item.stage - level, assessed)
    targets = {stage: f"{2027 + 2 * (stage - level)}-06" for stage in range(level + 1, 9, 2)}
    return {
        "checklist": book.frame.edition,
        "title": f"Invented project {place:04}",
        "summary": "Made up for the benchmark.",
        "modality": modality,
        "donor": donor,
        "route": route,
        "lead": rng.choice(list(book.frame.partners)),
        "assessed": str(assessed),
        "targets": {str(stage): month for stage, month in targets.items()},
        "status": status,
    }


def _answer(rng: random.Random, ahead: int, assessed: date) -> Any:
    """Answer an item that is due so many stages ahead of the project's own."""
    begun = assessed - timedelta(days=rng.randint(1, 900))
    chance = rng.random()
    if chance < (0.95 if ahead <= 0 else 0.4 if ahead == 1 else 0):
        return {"status": "met", "since": str(begun), "evidence": f"Report {rng.randint(1, 999)}"}
    if ahead <= 2 and chance < 0.75:
        month = rng.randint(1, 30)
        return {"status": "in-progress", "since": str(begun), "planned": f"{2027 + month // 12}-{month % 12 + 1:02}"}
    if chance > 0.97:
        return {"status": "not-applicable", "because": "Made up for the benchmark."}
    return "not-met"


def write_handbook(root: Path, folder: Path, book: Handbook, number: int) -> Path:
    """Copy the handbook at `root` to a folder, with invented projects instead of its own."""
    for name in SOURCES:
        copy = shutil.copytree if (root / name).is_dir() else shutil.copy
        copy(root / name, folder / name)
    (folder / "projects").mkdir()
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    for place, plain in enumerate(invent(book, number)):
        text = yaml.dump(plain, Dumper=dumper, sort_keys=False)
        (folder / f"projects/invented-{place:04}.yml").write_text(text, "utf-8")
    return folder


if __name__ == "__main__":
    write_handbook(ROOT, Path(sys.argv[1]), load(ROOT, DAY), int(sys.argv[2]))
