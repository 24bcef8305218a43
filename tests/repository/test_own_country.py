"""A region writes the layer of its country, and the shared handbook ships that country later: real Git, both shapes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from macros.load.handbook import load
from macros.model.handbook import Handbook
from tests.support.region_on_forge import shared_handbook
from tests.support.region_world import Said, command, commit, contents, git, run
from tests.support.small import TODAY

OWN, SHIPPED = "region/layers/denmark.yml", "checklists/countries/denmark.yml"
ITEM = "analytics/denmark-batch-record"
LAYER = """title: Denmark
prefix: denmark
edition: {edition}
add:
  analytics:
    denmark-batch-record:
      title: Keep the record
      why: It is asked for.
      done-when: {done}
      stage: 2
      owner: hospital
      evidence: Record
      because: The law asks for it.
"""
REGION = "name: Fyn\ncountry: denmark\nsite: {name: Navigator of Fyn, address: https://navigator.example.org/}\n"
ANSWER = "    denmark-batch-record: {status: met, since: 2026-05, evidence: Record 1}\n"


class Home:
    """The repository of a region: a fork, or a thin repository whose commands are run in what it fetches."""

    def __init__(self, folder: Path, shared: Path, *, thin: bool):
        self.root, self.shared, self.thin = folder, shared, thin
        if thin:
            words = ("region", "init", "Fyn", "--thin", str(folder), "--upstream", str(shared))
            assert command(shared, *words).status == 0
            git(folder, "init", "--quiet", "--initial-branch", "main")
            self._fetch()
        else:
            git(folder.parent, "clone", "--quiet", "--origin", "upstream", str(shared), folder.name)
            assert self.command("region", "init", "Fyn").status == 0

    @property
    def book_folder(self) -> Path:
        return self.root / ".navigator" if self.thin else self.root

    def command(self, *words: str) -> Said:
        return command(self.book_folder, *words, home=self.root if self.thin else "")

    def book(self) -> Handbook:
        return load(self.book_folder, TODAY, self.root)

    def upgrade(self, edition: str) -> None:
        """Take an edition in, as the guide says; a conflict fails."""
        if not self.thin:
            git(self.root, "fetch", "--quiet", "upstream", "--tags")
            git(self.root, "merge", "--quiet", "--no-edit", edition)
            assert git(self.root, "status", "--porcelain") == ""
            return
        path = self.root / "region/upstream.yml"
        text = re.sub(r"(?m)^version: .*", f"version: {edition}", path.read_text("utf-8"))
        made = git(self.shared, "rev-parse", edition)
        path.write_text(re.sub(r"(?m)^commit: .*", f"commit: {made}", text), "utf-8")
        self._fetch()
        git(
            self.book_folder,
            "fetch",
            "--quiet",
            "--depth",
            "1",
            str(self.shared),
            "refs/tags/v2026.1:refs/tags/v2026.1",
        )

    def _fetch(self) -> None:
        named = re.search(r"(?m)^commit: (\w+)", (self.root / "region/upstream.yml").read_text("utf-8"))
        assert named
        done = run("make", f".navigator/{named[1]}", cwd=self.root)
        assert done.returncode == 0, done.stdout

    def problems(self) -> dict[str, dict[str, Any]]:
        """Give what `check` says, by kind; nothing may stop publishing."""
        said = self.command("check", "--format", "json")
        assert said.status == 0, said
        data = json.loads(said.out)
        return {problem["kind"]: problem for problem in (data["problems"] if isinstance(data, dict) else data)}


@pytest.fixture(params=[False, True], ids=["fork", "thin"])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    """A region with a layer of its own for Denmark, and a project that has answered its item."""
    made = Home(tmp_path / "fyn", shared_handbook(tmp_path / "navigator"), thin=request.param)
    assert made.command("region", "layer", "Denmark").status == 0
    (made.root / OWN).write_text(LAYER.format(edition="v2026.1", done="It is kept."), "utf-8")
    (made.root / "region/region.yml").write_text(REGION, "utf-8")
    project = (made.shared / "projects/retina.yml").read_text("utf-8").replace("Retinal cells", "Cells of Fyn")
    text = project.replace("    retention-samples: not-met\n", f"    retention-samples: not-met\n{ANSWER}")
    (made.root / "projects/fyn.yml").write_text(text, "utf-8")
    assert made.command("adapt", "--all").status == 0
    commit(made.root, "Write the layer of Denmark")
    return made


def ship(shared: Path) -> None:
    """Publish the next edition, which has a layer of Denmark in other words."""
    frame = shared / "checklists/navigator.yml"
    new = "edition: v2026.2\neditions: [v2026.1]"
    frame.write_text(re.sub(r"(?m)^edition: .*", new, frame.read_text("utf-8")), "utf-8")
    (shared / SHIPPED).parent.mkdir()
    (shared / SHIPPED).write_text(LAYER.format(edition="v2026.2", done="It is kept and signed."), "utf-8")
    commit(shared, "Second edition")
    git(shared, "tag", "v2026.2")


def counts(book: Handbook) -> tuple[str, str]:
    return book.layers[0].file, book.items[ITEM].done_when


def answered(book: Handbook) -> bool:
    return ITEM in book.projects["fyn"].answers


def test_nothing_conflicts_nothing_changes_by_itself_and_the_report_and_the_check_say_so(home: Home) -> None:
    assert "layer-shipped" not in home.problems()
    mine = contents(home.root, "region", "projects")
    ship(home.shared)
    home.upgrade("v2026.2")
    after = contents(home.root, "region", "projects")
    assert {path for path in mine if mine[path] != after[path]} <= {"region/upstream.yml"}
    assert counts(home.book()) == (OWN, "It is kept.")
    assert answered(home.book())
    found = home.problems()["layer-shipped"]
    assert (found["file"], found["severity"]) == (OWN, "hint")
    report = home.command("upstream", "v2026.1")
    assert report.status == 0, report
    assert f"{SHIPPED}; yours counts" in report.out, report.out


def test_the_shared_layer_counts_once_the_own_one_is_deleted_and_answers_are_kept(home: Home) -> None:
    ship(home.shared)
    home.upgrade("v2026.2")
    (home.root / OWN).unlink()
    assert "layer-shipped" not in home.problems()
    assert counts(home.book()) == (SHIPPED, "It is kept and signed.")
    assert answered(home.book())
