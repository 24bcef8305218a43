"""The scaffold of a region: files that make, an editor and a YAML reader take as they are."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from macros.cli.region import NO_COUNTRY, SCAFFOLD, first_files, thin_files
from tests.support.region_world import run

YAML = sorted(path.name for path in SCAFFOLD.glob("*.yml"))
GAP = re.compile("__[A-Z]+__")


def plain_make(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return run(shutil.which("make") or "make", "-n", *words, cwd=folder)


def test_make_reads_the_makefile_as_it_is_and_as_it_is_written(tmp_path: Path) -> None:
    for path, text in {**first_files("Norra", "v2026.1", "", "", thin=True), **thin_files("a", "v1", "c0ffee")}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    for folder in (SCAFFOLD, tmp_path):
        done = plain_make(folder, "help")
        assert done.returncode == 0, done.stdout
        assert "make serve    show the site" in done.stdout
    assert 'fetch --quiet --depth 1 "a" "v1"' in plain_make(tmp_path, "ready").stdout


@pytest.mark.parametrize("file", YAML)
def test_a_scaffold_is_yaml_with_its_gaps(file: str) -> None:
    text = (SCAFFOLD / file).read_text("utf-8")
    assert isinstance(yaml.safe_load(text), dict)
    assert GAP.search(text)


def test_every_gap_is_filled_and_a_name_that_looks_like_one_is_kept() -> None:
    files = first_files("A __SITE__ B", "v2026.1", "", "sweden") | thin_files("https://a.example/__PREFIX__", "v1", "c")
    assert [
        path for path, text in files.items() if GAP.search(text.replace("__SITE__", "").replace("/__PREFIX__", ""))
    ] == []
    region = yaml.safe_load(files["region/region.yml"])
    assert region["name"] == "A __SITE__ B"
    assert region["country"] == "sweden"
    assert yaml.safe_load(files["region/upstream.yml"])["repository"] == "https://a.example/__PREFIX__"


def test_the_line_of_the_country_stands_in_the_scaffold_once() -> None:
    assert (SCAFFOLD / "region.yml").read_text("utf-8").count(NO_COUNTRY) == 1
