"""A build replaces the site as a whole, seen with the hook of the site and a handbook of three plain pages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.paths import ROOT
from tests.support.site import LONG

SETTINGS = """
site_name: Three pages
theme: {name: null, custom_dir: theme}
hooks: [macros/site/hooks.py]
plugins: []
"""
PLUGIN = """
import os
import signal
import sys

from mkdocs.plugins import BasePlugin


def plugin_of(root, serving):
    return Navigator()


class Navigator(BasePlugin):
    languages = None

    def configure(self, config):
        return config

    def on_post_page(self, output, page, config):
        action = os.environ.get(page.file.src_uri.upper().replace(".", "_"), "")
        if action:
            {"kill": lambda: os.kill(os.getpid(), signal.SIGKILL), "wait": lambda: sys.stdin.read(1)}[action]()
        return output + os.environ.get("WORD", "")
"""
ONE_LANGUAGE = "def build_further(*_): pass"
PAGES = ("a.md", "b.md", "index.md")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Three pages, our hook, and in the place of our plugin one that can wait or be killed at a page."""
    for path in ("edit", "text"):
        shutil.copytree(ROOT / "macros" / path, tmp_path / "macros" / path)
    for name, text in {"hub/plugin.py": PLUGIN, "languages/chosen.py": ONE_LANGUAGE}.items():
        (file := tmp_path / "macros/site" / name).parent.mkdir(parents=True)
        file.write_text(text)
    shutil.copy(ROOT / "macros/site/hooks.py", tmp_path / "macros/site")
    (tmp_path / "mkdocs.yml").write_text(SETTINGS)
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme/main.html").write_text("{{ page.content }}")
    (tmp_path / "docs").mkdir()
    for page in PAGES:
        (tmp_path / "docs" / page).write_text("# Page\n")
    return tmp_path


def started(root: Path, word: str, *more: str, **actions: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "build", "--strict", *more],
        cwd=root,
        env={**os.environ, "WORD": word, "NO_MKDOCS_2_WARNING": "1", **actions},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def built(root: Path, word: str, *more: str, **actions: str) -> tuple[int, str]:
    process = started(root, word, *more, **actions)
    said = process.communicate(timeout=LONG)[0]
    return process.returncode, said


def words(folder: Path) -> set[str]:
    """List the words of the builds that the pages of a site are from."""
    return {path.read_text().rpartition(">")[2] for path in folder.rglob("*.html")}


def beside(root: Path) -> list[str]:
    return sorted(path.name for path in root.iterdir() if path.name.endswith(".draft"))


def test_a_later_build_replaces_an_earlier_one_also_where_another_folder_is_named(root: Path) -> None:
    for more in ((), ("--site-dir", "elsewhere/site")):
        assert built(root, "first", *more)[0] == 0
        status, said = built(root, "second", *more)
        assert (status, words(root / (more or ("", "site"))[1])) == (0, {"second"})
        assert "The site is in " in said
    assert beside(root) == []


def test_a_build_that_is_killed_leaves_the_site_as_it_was(root: Path) -> None:
    built(root, "first")
    for page in PAGES:
        assert built(root, "second", **{page.upper().replace(".", "_"): "kill"})[0] < 0
        assert words(root / "site") == {"first"}
    assert built(root, "third")[0] == 0
    assert words(root / "site") == {"third"}


def test_a_build_that_fails_because_of_a_warning_leaves_the_site_as_it_was(root: Path) -> None:
    built(root, "first")
    (root / "docs/a.md").write_text("[nowhere](nowhere.md)\n")
    status, said = built(root, "second")
    assert (status, words(root / "site"), beside(root)) == (1, {"first"}, [])
    assert "strict mode" in said


def test_two_builds_at_once_do_not_mix(root: Path) -> None:
    slow = started(root, "slow", B_MD="wait")
    until = time.monotonic() + LONG
    while not beside(root) and slow.poll() is None and time.monotonic() < until:
        time.sleep(0.01)
    assert built(root, "quick")[0] == 0
    assert words(root / "site") == {"quick"}
    slow.communicate("x", timeout=LONG)
    assert (slow.returncode, words(root / "site"), beside(root)) == (0, {"slow"}, [])


def test_a_place_that_cannot_be_written_to_is_said_in_a_sentence(root: Path) -> None:
    (root / "file").write_text("mine")
    status, said = built(root, "first", "--site-dir", "file/site")
    assert status == 1
    assert "a file and a folder have the same name" in said
    assert "Traceback" not in said
