""" "Nothing has changed" is what the report says only where no page of the region differs.

Small edits are made to the shared checklists, the country's layer and the guides. After each, the pages of the region
are made in this process, and compared with those before.
"""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path

import pytest

from macros.changes.git import pages as differing
from macros.changes.upgrade import Upgrade, upgrade
from macros.load.region import as_far_as_it_fits
from macros.site.build import begin
from macros.site.layout import as_markdown, pages
from macros.text.report import Problems
from macros.views.registry import VIEWS
from tests.changes.test_upgrade import shared
from tests.support.examples import some
from tests.support.paths import TESTS
from tests.support.site import EPOCH
from tests.support.small import TODAY

EDITS = some(24)
GUIDES = {"index.md": "# Home\n\nWelcome to the handbook.\n", "about.md": "# About\n\nIt has 3 tracks.\n"}
VIEWS_OF_GUIDES = ("thresholds", "named_rules", "rules_in_motion", "references", "portfolio", "replay", "numbers")
WORDS = re.compile(r"(?<=[ ,\[{:])([a-z]{4,}|[0-9]{1,2})(?=[ .,\]}\n])")


@pytest.fixture
def root(tmp_path: Path, handbook: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The miniature handbook with guides, a country, and a region that follows both."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(EPOCH))
    monkeypatch.delenv("NAVIGATOR_HOME", raising=False)
    root = Path(shutil.copytree(handbook, tmp_path / "now"))
    for part in ("country", "region", "changed-item"):
        shutil.copytree(TESTS / "checks/sound" / part, root, dirs_exist_ok=True)
    shutil.copytree(TESTS / "changes/upgrade-from", root, dirs_exist_ok=True)
    with (root / "region/region.yml").open("a", encoding="utf-8") as file:
        file.write("country: sweden\n")
    (root / "docs").mkdir()
    for name, text in GUIDES.items():
        (root / "docs" / name).write_text(text, "utf-8")
    return root


def pages_of(root: Path) -> dict[str, str]:
    """Make every page that is made from data, and the views and texts of the guides."""
    build = begin(root, "https://forge.example.org/navigator/edit/main/docs/", "https://navigator.example.org/")

    def filled(text: str) -> str:
        return build.deferred.fill(build.deferred.fill(text, "held"), "late")

    made = {
        page.path: filled(as_markdown(page, lambda view, *words, at=page.path: build.place(view, *words, at=at)))
        for page in pages(build.portfolio)
    }
    made |= {view: filled(build.place(view, at="about/")) for view in VIEWS_OF_GUIDES if view in VIEWS}
    return made | {path.name: path.read_text("utf-8") for path in (root / "docs").glob("*.md")}


def report(old: Path, new: Path) -> Upgrade:
    was, now = shared(old), shared(new)
    before, overlay = as_far_as_it_fits(was, old, new)
    after, _ = as_far_as_it_fits(now, new, new)
    return upgrade(was, now, before, after, overlay, day=TODAY, pages=differing(old, str(old), str(new)))


def edit(dice: random.Random, text: str) -> str:
    """Change one word or number, swap two lines that lie side by side, or take a line out."""
    lines = text.splitlines(keepends=True)
    at, what = dice.randrange(len(lines)), dice.random()
    if what < 0.7 and (words := [*WORDS.finditer(text)]):
        word = dice.choice(words)
        new = str(int(word[0]) + 1) if word[0].isdigit() else "another"
        return text[: word.start()] + new + text[word.end() :]
    if what < 0.85 and at:
        lines[at - 1 : at + 1] = reversed(lines[at - 1 : at + 1])
    else:
        del lines[at]
    return "".join(lines)


def after(old: Path, root: Path, file: Path, text: str) -> tuple[dict[str, str], Upgrade] | None:
    """Give the pages and the report with another text in one file; None where the check refuses it."""
    before = file.read_text("utf-8")
    file.write_text(text, "utf-8")
    try:
        return pages_of(root), report(old, root)
    except Problems:
        return None
    finally:
        file.write_text(before, "utf-8")


def test_nothing_has_changed_is_said_only_where_every_page_is_the_same(root: Path, tmp_path: Path) -> None:
    old = Path(shutil.copytree(root, tmp_path / "old"))
    was, dice, moved, silent = pages_of(root), random.Random(17), 0, []
    assert report(old, root).nothing
    files = [*sorted((root / "checklists").rglob("*.yml")), *sorted((root / "docs").glob("*.md"))]
    while moved < EDITS:
        file = dice.choice(files)
        text = edit(dice, file.read_text("utf-8"))
        if found := after(old, root, file, text):
            pages, made = found
            changed = [path for path in {**was, **pages} if was.get(path) != pages.get(path)]
            moved += bool(changed)
            silent += [(file.name, changed, text)] * bool(changed and made.nothing)
    assert silent == []
