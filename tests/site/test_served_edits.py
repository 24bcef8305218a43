"""After an edit of projects, `serve` writes the pages that show them; the site is then the one of a fresh build."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.paths import ROOT
from tests.support.site import EPOCH, LONG

pytestmark = pytest.mark.builds

PROJECTS = ("car-t-lymphoma", "glybera", "strimvelis")
SCRIPT = """
import json, os, pathlib, re, sys
from mkdocs.commands.build import build
from mkdocs.config import load_config

def built(folder):
    config = load_config("mkdocs.yml", site_dir=os.path.abspath(folder))
    config.plugins.on_startup(command="serve", dirty=False)
    config.site_url = "http://127.0.0.1:8000/"
    hooks.extend(config.hooks.values())
    build(config, serve_url=config.site_url)
    return config.plugins["navigator"]

hooks = []
served = built("../served")
said = {}
project, past = (pathlib.Path("projects", name + ".yml") for name in json.loads(sys.argv[1])[:2])

def edit(path, old, new):
    text = path.read_text("utf-8")
    changed = re.sub(old, new, text, count=1, flags=re.MULTILINE)
    assert changed != text, (path, old)
    path.write_text(changed, "utf-8")

# What is written at once, one after the other.
for name, path, old, new in json.loads(sys.argv[2]):
    edit(pathlib.Path("projects", path + ".yml"), old, new)
    said[name] = served.edited()
built("../fresh")

# What takes a build: said, and taken back.
def refused(name, path, change):
    path = pathlib.Path(path)
    before = (path.read_bytes(), path.stat().st_mtime_ns) if path.exists() else None
    change(path)
    said[name] = served.edited()
    if before:
        path.write_bytes(before[0])
        os.utime(path, ns=(before[1], before[1]))
    else:
        path.unlink()

def add(text):
    return lambda path: path.write_text(path.read_text("utf-8") + text if path.exists() else text, "utf-8")

said["nothing"] = served.edited()
refused("kind", project, add("kind: illustration\\n"))
refused("published less", project, lambda path: edit(path, "^publish: full", "publish: levels"))
refused("former name", project, add("formerly: [another-name]\\n"))
refused("new", "projects/new-one.yml", add(project.read_text("utf-8")))
refused("removed", project, lambda path: path.unlink())
refused("broken", project, add("nonsense: true\\n"))
refused("checklist", "checklists/navigator.yml", add("# A comment\\n"))
refused("region", "region/region.yml", add("# A comment\\n"))
refused("page", "docs/levels.md", add("\\nMore.\\n"))
refused("code", "macros/site/heads.py", add("# A comment\\n"))
refused("settings", "mkdocs.yml", add("# A comment\\n"))
os.environ["SOURCE_DATE_EPOCH"] = str(int(os.environ["SOURCE_DATE_EPOCH"]) + 86400)
refused("the next day", project, add("# A comment\\n"))
os.environ["SOURCE_DATE_EPOCH"] = str(int(os.environ["SOURCE_DATE_EPOCH"]) - 86400)

# After a build that has failed there is nothing to go on from.
edit(project, "^title: .*", "titel: x")
try:
    built("../broken")
except Exception:
    edit(project, "^titel: .*", "title: x")
    said["mended"] = hooks[-1].current.edited()
print(json.dumps(said))
"""
REGION = """name: Bergen
site: {name: Navigator Bergen, address: https://bergen.example/, identity: bergen}
contacts: {}
facilities: {}
"""
EDITS = [
    ["summary", PROJECTS[0], "^summary: .*(\n  .*)*", "summary: Changed while it is served."],
    ["title", PROJECTS[0], "^title: .*", "title: Another <title> & more"],
    ["answer", PROJECTS[0], "status: met", "status: in-progress"],
    ["day", PROJECTS[0], "^assessed: .*", "assessed: 2026-03-01"],
    ["history", PROJECTS[1], "^title: .*", "title: The history of it"],
]
"""What it is called, project, expression, what is written instead."""


def test_an_edit_of_projects_gives_the_site_of_a_fresh_build_and_every_other_edit_takes_one(tmp_path: Path) -> None:
    root = tmp_path / "handbook"
    for name in ("checklists", "docs", "macros"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", root)
    (root / "region").mkdir()
    (root / "region/region.yml").write_text(REGION, "utf-8")
    (root / "projects").mkdir()
    for name in PROJECTS:
        shutil.copy(ROOT / f"projects/{name}.yml", root / "projects")
    real = root / f"projects/{PROJECTS[0]}.yml"
    real.write_text(real.read_text("utf-8").replace("kind: illustration\n", "publish: full\n"), "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, json.dumps(PROJECTS), json.dumps(EDITS)],
        cwd=root,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(EPOCH), "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        timeout=LONG,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    said: dict[str, bool] = json.loads(done.stdout.splitlines()[-1])
    assert [name for name, at_once in said.items() if at_once] == [name for name, *_ in EDITS]
    assert len(said) == len(EDITS) + 14
    files = {
        folder: {
            path.relative_to(tmp_path / folder).as_posix(): path.read_bytes()
            for path in (tmp_path / folder).rglob("*")
            if path.is_file()
        }
        for folder in ("served", "fresh")
    }
    assert files["served"].keys() == files["fresh"].keys()
    assert [name for name in files["fresh"] if files["served"][name] != files["fresh"][name]] == []
