"""Wherever it is written, what must not be published is refused, and nothing that is printed repeats it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from macros.load.handbook import survey
from macros.text.formats import as_json, github, gitlab
from macros.text.report import report
from tests.support.paths import HANDBOOK
from tests.support.small import TODAY

PRIVATE = {
    "identity-number": "850709-9805",
    "private-address": "anna.svensson@example.org",
    "secret": "AKIA" + "IOSFODNN7EXAMPLE",
}
REGION = "name: Testland\nsite: {name: Testland Navigator, address: https://testland.example/}\n"
RETINA = "projects/retina.yml"


def put(file: str, text: str) -> Callable[[Path, str], None]:
    """Write a file with the private text in it."""
    return lambda root, private: write(root / file, text.replace("PRIVATE", private))


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def add(line: str, coded: Callable[[str], str] = str) -> Callable[[Path, str], None]:
    """Add a line to a status file."""

    def change(root: Path, private: str) -> None:
        path = root / RETINA
        write(path, path.read_text("utf-8") + line.replace("PRIVATE", coded(private)))

    return change


def named(root: Path, private: str) -> None:
    shutil.copy(root / RETINA, root / f"projects/of-{private}.yml")


def escaped(private: str) -> str:
    return "".join(f"\\x{ord(letter):02x}" for letter in private)


PLACES: dict[str, Callable[[Path, str], None]] = {
    "region page": put("region/pages/about.md", "# About us\n\nAsk PRIVATE.\n"),
    "page that asks for macros": put("region/pages/deep/about.md", "---\nmacros: true\n---\nAsk PRIVATE.\n"),
    "front matter": put("region/pages/about.md", "---\ntitle: Ask PRIVATE\n---\n# About us\n"),
    "asset table": put("region/assets/people.csv", "who;where\nPRIVATE;clinic\n"),
    "picture": put("region/assets/a.svg", '<svg xmlns="http://www.w3.org/2000/svg"><!-- PRIVATE --></svg>\n'),
    "overlay": put("region/overlay.yml", "prefix: test\nedition: v2026.1\n# PRIVATE\n"),
    "region file": put("region/region.yml", f"{REGION}# PRIVATE\n"),
    "comment": add("# PRIVATE\n"),
    "escaped": add('note: "PRIVATE"\n', escaped),
    "name of a file": named,
    "name of an asset": lambda root, private: write(root / f"region/assets/{private}.txt", "x\n"),
    "page of docs": put("docs/guide.md", "# Guide\n\nAsk PRIVATE.\n"),
    "entity": put("docs/guide.md", "# Guide\n\nAsk PRIVATE.\n".replace("PRIVATE", "&#8203;PRIVATE")),
    "table in docs": put("docs/assets/table.csv", "a,b\n1,PRIVATE\n"),
    "status file in docs": lambda root, private: write(
        root / "docs/projects/eye.yml", (root / RETINA).read_text("utf-8") + f"# {private}\n"
    ),
}


@pytest.mark.parametrize("place", PLACES)
def test_it_is_refused_and_never_repeated(place: str, tmp_path: Path) -> None:
    for kind, private in PRIVATE.items():
        root = tmp_path / kind
        shutil.copytree(HANDBOOK, root)
        write(root / "region/region.yml", REGION)
        PLACES[place](root, private)
        problems = survey(root, TODAY)[1]
        assert kind in {problem.kind for problem in problems}, kind
        said = report(problems) + github(problems) + gitlab(problems) + as_json(problems)
        for piece in (private, re.sub(r"\W", "", private), escaped(private)):
            assert piece not in said, kind
