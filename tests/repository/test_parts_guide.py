"""The examples of the guide on building in parts: valid on their forges, and calling what is there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from macros.edit.parts import parsed
from tests.repository.test_workflows import FLOWS, run, tool
from tests.support.paths import ROOT

GITHUB, GITLAB = ((ROOT / f"docs/workflows/{forge}.yml").read_text("utf-8") for forge in ("github", "gitlab"))


def flow(text: str) -> Any:
    return yaml.load(text, yaml.BaseLoader)


@pytest.fixture
def laid(tmp_path: Path) -> dict[str, Path]:
    """The examples as files: of GitHub as it is, of GitLab in place of the job that it replaces."""
    whole = (ROOT / ".gitlab-ci.yml").read_text("utf-8").partition("\npages:\n")[0]
    files = {".github/workflows/publish.yml": GITHUB, ".gitlab-ci.yml": f"{whole}\n{GITLAB}"}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return {name: tmp_path / name for name in files}


def test_the_guide_leads_to_them() -> None:
    guide = (ROOT / "docs/publishing.md").read_text("utf-8")
    linked = set(re.findall(r"\((workflows/[a-z]+\.yml)\)", guide))
    assert linked == {f"workflows/{path.name}" for path in (ROOT / "docs/workflows").iterdir()}


def test_the_examples_match_the_forges_schemas(laid: dict[str, Path]) -> None:
    github, gitlab = laid.values()
    check = tool("check-jsonschema")
    done = run(check, "--builtin-schema", "vendor.github-workflows", github)
    assert done.returncode == 0, done.stdout + done.stderr
    done = run(check, "--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci", gitlab)
    assert done.returncode == 0, done.stdout + done.stderr


def test_zizmor_finds_nothing_in_the_example(laid: dict[str, Path]) -> None:
    folder = laid[".github/workflows/publish.yml"].parents[1]
    done = run(tool("zizmor"), "--persona", "pedantic", "--offline", "--quiet", folder)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_jobs_fit_into_the_workflow_that_they_change() -> None:
    jobs = flow(GITHUB)["jobs"]
    assert FLOWS["publish"]["jobs"]["deploy"]["needs"] in jobs
    given = FLOWS["publish"]["jobs"]["build"]["steps"][-1]
    taken = jobs["build"]["steps"][-1]
    assert (taken["uses"], taken["with"]) == (given["uses"], given["with"])


@pytest.mark.parametrize("forge", ["github", "gitlab"])
def test_the_parts_are_all_there(forge: str) -> None:
    if forge == "github":
        named = flow(GITHUB)["jobs"]["part"]["strategy"]["matrix"]["part"]
    else:
        (named,) = (each["PART"] for each in flow(GITLAB)["part"]["parallel"]["matrix"])
    parts = [parsed(text) for text in named]
    assert [part.number for part in parts if part] == [*range(parts[0].of + 1 if parts[0] else 0)]
    assert len({part.of for part in parts if part}) == 1


def test_actions_that_others_use_have_their_pins() -> None:
    pin = re.compile(r"uses: (\S+)@([0-9a-f]{40}) # (v\S+)")
    texts = [path.read_text("utf-8") for path in (ROOT / ".github/workflows").glob("*.yml")]
    known = {found[0]: found for text in texts for found in pin.findall(text)}
    assert len(pin.findall(GITHUB)) == GITHUB.count("uses: ")
    for found in pin.findall(GITHUB):
        assert known.get(found[0], found) == found


def test_commands_of_the_examples_are_there() -> None:
    targets = re.findall(r"\bmake (\S+)", GITHUB + GITLAB)
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert {target.replace(".venv", "$(VENV)") for target in targets} == {"build", "$(VENV)/serves"}
    assert all(f"\n{target.replace('.venv', '$(VENV)')}:" in makefile for target in targets)
