"""The workflows of a thin repository: valid on each forge, with no more rights than those of the shared handbook."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from macros.cli.region import FORGES, SCAFFOLD, workflows
from tests.repository.test_workflows import FILES, run, tool
from tests.support.git import git
from tests.support.paths import ROOT
from tests.support.region_world import command

GITHUB = {Path(path).stem: SCAFFOLD / file for path, file in FORGES["github"].items() if "workflows" in path}
FORGEJO = [SCAFFOLD / file for file in FORGES["forgejo"].values()]
SCRIPTS = ROOT / ".github/scripts"


def flow(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), yaml.BaseLoader)


def laid(forge: str, folder: Path) -> Path:
    """Write the workflows of a forge as `region init --thin` does."""
    for path, text in workflows(forge).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return folder


def test_a_thin_repository_checks_comments_previews_publishes_and_looks_for_editions_on_github() -> None:
    assert set(GITHUB) == {"check", "comment", "edition", "nightly", "publish"}
    text = {name: path.read_text("utf-8") for name, path in GITHUB.items()}
    assert "region guard" in text["check"] and "name: preview" in text["check"]
    thin, shared = flow(GITHUB["nightly"]), flow(FILES["nightly"])
    assert (thin["on"], thin["jobs"]) == (shared["on"], {"publish": shared["jobs"]["publish"]})
    assert "make news" in text["edition"]


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", [*GITHUB.values(), *FORGEJO]),
        ("vendor.dependabot", [SCAFFOLD / "github/dependabot.yml"]),
        ("vendor.gitlab-ci", [SCAFFOLD / "gitlab/gitlab-ci.yml"]),
    ],
)
def test_they_match_the_forges_schemas(schema: str, files: list[Path]) -> None:
    change = ["--data-transform", "gitlab-ci"] if schema == "vendor.gitlab-ci" else []
    done = run(tool("check-jsonschema"), "--builtin-schema", schema, *change, *files)
    assert done.returncode == 0, done.stdout + done.stderr


def test_zizmor_finds_nothing(tmp_path: Path) -> None:
    laid("github", tmp_path)
    for path in FORGEJO:
        shutil.copy(path, tmp_path / f".github/workflows/forgejo-{path.name}")
    done = run(tool("zizmor"), "--persona", "pedantic", "--offline", "--quiet", tmp_path / ".github")
    assert done.returncode == 0, done.stdout + done.stderr


def test_actions_have_the_pins_of_the_shared_handbook() -> None:
    pin = re.compile(r"uses: (\S+@[0-9a-f]{40} # v\S+)")
    ours = {found for path in FILES.values() for found in pin.findall(path.read_text("utf-8"))}
    theirs = {found for path in GITHUB.values() for found in pin.findall(path.read_text("utf-8"))}
    assert theirs and theirs <= ours
    used = [line for path in FORGEJO for line in path.read_text("utf-8").splitlines() if " uses: " in line]
    own = r" +uses: https://data\.forgejo\.org/actions/upload-artifact@[0-9a-f]{40} # v3\.\d+\.\d+"
    assert [bool(re.fullmatch(own, line)) for line in used] == [True]


def test_what_may_write_on_forgejo_runs_only_the_default_branch() -> None:
    flows = {path.stem: flow(path) for path in FORGEJO}
    assert [name for name, made in flows.items() if "pull_request_target" in made["on"]] == ["comment"]
    (job,) = flows["comment"]["jobs"].values()
    assert job["permissions"] == {"contents": "read", "pull-requests": "write"}
    out, _, say, send = job["steps"]
    assert out["run"].rstrip().endswith("checkout --quiet --detach refs/request/base")
    assert (set(say["env"]), "TOKEN" in send["env"]) == ({"NUMBER"}, True), "what parses foreign text has no token"


def test_rights_are_those_of_the_shared_handbook() -> None:
    for name, path in GITHUB.items():
        made, shared = flow(path), flow(FILES[name])
        assert made["permissions"] in ("", {})
        for title, job in made["jobs"].items():
            assert job["permissions"] == shared["jobs"][title]["permissions"], name
    for path in [*GITHUB.values(), *FORGEJO]:
        for job in flow(path)["jobs"].values():
            for step in job.get("steps", []):
                assert "${{" not in step.get("run", ""), "an expression would be read as part of the program"
                assert run("bash", "-n", "-c", step.get("run", ":")).stderr == ""
                if step.get("uses", "").startswith("actions/checkout@"):
                    assert step["with"]["persist-credentials"] == "false"


def test_every_target_and_script_that_a_workflow_calls_is_there() -> None:
    makefile = (SCAFFOLD / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[0].split())
    for forge in FORGES:
        text = "\n".join(workflows(forge).values())
        assert set(re.findall(r"\bmake (?:--silent )?([a-z]+)", text)) <= targets
        for script in re.findall(r"\.navigator/(\.github/\S+?\.(?:sh|py))", text):
            assert (ROOT / script).is_file()


# --- a new edition, and a setting that is missing ---


def editions(folder: Path, *tags: str) -> Path:
    folder.mkdir()
    git(folder, "init", "--quiet")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "first")
    for tag in tags:
        git(folder, "tag", tag)
    return folder


@pytest.mark.parametrize(
    ("tags", "here", "status", "said"),
    [
        (["v2026.1", "v2026.2"], "v2026.1", 1, "Edition v2026.2 of the shared handbook is out"),
        (["v2026.2", "v2026.10"], "v2026.2", 1, "Edition v2026.10"),
        (["v2026.1", "v2026.2"], "v2026.2", 0, "There is no newer edition than v2026.2."),
        (["v2026.1", "v9", "v2027.1-rc"], "v2026.1", 0, "There is no newer edition"),
        ([], "v2026.1", 0, "There is no newer edition"),
    ],
)
def test_a_newer_edition_is_told_once_there_is_one(
    tags: list[str], here: str, status: int, said: str, tmp_path: Path
) -> None:
    shared = editions(tmp_path / "shared", *tags)
    done = run("bash", SCRIPTS / "new_edition.sh", shared, here)
    assert (done.returncode, said in done.stdout) == (status, True), done.stdout + done.stderr


def test_a_shared_handbook_that_cannot_be_reached_fails_nothing(tmp_path: Path) -> None:
    done = run("bash", SCRIPTS / "new_edition.sh", tmp_path / "gone", "v2026.1")
    assert (done.returncode, done.stdout.count("cannot be reached")) == (0, 1)


@pytest.mark.parametrize(
    ("answer", "status", "said"),
    [
        ("echo workflow", 0, ""),
        ("echo legacy", 1, "::error title=Pages publishes a branch::Open Settings, Pages"),
        (
            'echo "gh: Not Found (HTTP 404)" >&2; exit 1',
            1,
            "::error title=Pages is not switched on::Open Settings, Pages",
        ),
        ('echo "gh: HTTP 500" >&2; exit 1', 0, "::warning::"),
    ],
)
def test_the_first_run_says_that_pages_is_off(answer: str, status: int, said: str, tmp_path: Path) -> None:
    forge = tmp_path / "gh"
    forge.write_text(f"#!/usr/bin/env bash\n{answer}\n", "utf-8")
    forge.chmod(0o755)
    place = {**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "GITHUB_REPOSITORY": "us/book"}
    done = run("bash", SCRIPTS / "pages_on.sh", env=place)
    assert (done.returncode, done.stdout.startswith(said)) == (status, True), done.stdout + done.stderr


@pytest.mark.parametrize(("forge", "status"), [("github", 2), ("gitlab", 2), ("forgejo", 0)])
def test_a_fork_is_given_only_the_workflows_that_it_does_not_have(forge: str, status: int, handbook: Path) -> None:
    said = command(handbook, "region", "init", "Nordland", "--forge", forge)
    assert (said.status, "already" in said.err) == (status, status == 2), said
    made = {path.relative_to(handbook).as_posix() for path in handbook.glob(".*/**/*.yml")}
    assert made == (set(FORGES["forgejo"]) if forge == "forgejo" else set())
    for path in made:
        assert ".navigator" not in (handbook / path).read_text("utf-8")
