"""A region's repository in either shape on a made-up forge, made by the commands of the guides."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.support.made_up_forge import NUMBER, TOKEN, Forge
from tests.support.paths import HANDBOOK, ROOT
from tests.support.region_world import command, commit, git
from tests.support.workflow import Machine, Steps, chosen, gitlab_job

SHARED = "https://forge.example.org/navigator"
ADDRESS = "https://forge.example.org/us/book.git"
WAIVED, TITLE = "analytics/potency-assay-qualified", "Qualify the potency assay"
MAIN = {"CI_COMMIT_BRANCH": "main", "CI_PIPELINE_SOURCE": "push"}
REQUEST = {"CI_PIPELINE_SOURCE": "merge_request_event"}
NIGHT, TRIGGER = {**MAIN, "CI_PIPELINE_SOURCE": "schedule"}, {**MAIN, "CI_PIPELINE_SOURCE": "trigger"}


def shared_handbook(folder: Path) -> Path:
    """Make a small shared handbook with the workflows of the real one, which no environment is installed for."""
    shutil.copytree(HANDBOOK, folder)
    for name in (".github", ".gitlab-ci.yml", "Makefile", "mkdocs.yml"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    for name in ("requirements.txt", "requirements-serve.txt"):
        (folder / name).touch()
    (folder / ".gitignore").write_text(".venv/\n.navigator/\nsite/\n", "utf-8")
    git(folder, "init", "--quiet", "--initial-branch", "main")
    commit(folder, "First edition")
    git(folder, "tag", "v2026.1")
    return folder


@dataclass
class Region:
    """A region's repository on a forge, with a request that waives an item and brings code of its own."""

    shape: str
    kind: str
    folder: Path
    shared: Path
    forge: Forge

    @property
    def bare(self) -> Path:
        return self.folder / "book.git"

    def machine(self, name: str) -> Machine:
        """Start a machine that reaches the repositories by their addresses on the forge."""
        places = {SHARED: self.shared, ADDRESS: self.bare, f"{self.forge.address}/us/book.git": self.bare}
        git_settings = {"GIT_CONFIG_COUNT": str(len(places))}
        for number, (address, place) in enumerate(places.items()):
            git_settings[f"GIT_CONFIG_KEY_{number}"] = f"url.{place}.insteadOf"
            git_settings[f"GIT_CONFIG_VALUE_{number}"] = address
        owned = {"OWNED": str(self.folder / f"owned-{name}"), "MADE_UP_FORGE": self.forge.address}
        made = Machine(self.folder / name, git_settings | owned)
        made.prepare()
        return made

    def flow(self, name: str) -> Any:
        """Read a workflow as it is in the region's repository."""
        path = {"github": f".github/workflows/{name}.yml", "forgejo": f".forgejo/workflows/{name}.yml"}
        text = git(self.bare, "show", f"main:{path.get(self.kind, '.gitlab-ci.yml')}")
        return yaml.load(text, yaml.BaseLoader)

    def check_out(self, room: Path, *, request: bool = False) -> None:
        """Do what the forge's own check-out does; that of GitHub merges a pull request into the default branch."""
        git(room, "init", "--quiet", "--initial-branch", "work")
        git(room, "remote", "add", "origin", str(self.bare))
        git(room, "fetch", "--quiet", "--no-tags", "origin", "main", "theirs")
        git(room, "checkout", "--quiet", "--detach", "FETCH_HEAD")
        if request and self.kind == "github":
            git(room, "merge", "--quiet", "--no-ff", "--no-edit", git(self.bare, "rev-parse", "theirs"))
        elif request:
            git(room, "checkout", "--quiet", "--detach", git(self.bare, "rev-parse", "theirs"))

    def owned(self) -> list[str]:
        return [path.name for path in self.folder.glob("owned-*")]

    # --- a job, by what it is for ---

    def steps(self, machine: Machine, *, request: bool = False) -> Steps:
        """Give what a job on GitHub or Forgejo is told."""
        event = "github.event.pull_request"
        head = git(self.bare, "rev-parse", "theirs" if request else "main")
        context = {
            "github.ref": "refs/pull/7/head" if request else "refs/heads/main",
            "github.event_name": "pull_request" if request else "push",
            "github.sha": head,
            "github.token": TOKEN,
            "github.server_url": self.forge.address,
            "github.repository": "us/book",
            "github.base_ref": "main" if request else "",
            "github.event.repository.default_branch": "main",
            f"{event}.base.ref": "main",
            f"{event}.number": NUMBER,
            f"{event}.head.sha": git(self.bare, "rev-parse", "theirs"),
            "vars.UPSTREAM": "" if self.kind == "github" else SHARED,
        }
        return Steps(machine, context, lambda room: self.check_out(room, request=request))

    def variables(self, pipeline: dict[str, str], **more: str) -> dict[str, str]:
        """Give GitLab's variables; a protected one is there only on the default branch."""
        base = git(self.bare, "merge-base", "main", "theirs")
        always = {"CI_DEFAULT_BRANCH": "main", "CI_API_V4_URL": f"{self.forge.address}/api/v4", "CI_PROJECT_ID": "1"}
        return {**always, "CI_MERGE_REQUEST_DIFF_BASE_SHA": base, "UPSTREAM": SHARED, **pipeline, **more}

    def gitlab(self, machine: Machine, job: str, pipeline: dict[str, str], **more: str) -> int:
        flow = self.flow("")
        variables = self.variables(pipeline, **more)
        if not (machine.room / ".git").exists():
            self.check_out(machine.room, request=pipeline == REQUEST)
        assert job in chosen(flow, variables, machine.room)
        return gitlab_job(machine, flow, job, variables)

    def comment(self, name: str) -> Machine:
        machine = self.machine(name)
        if self.kind == "gitlab":
            status = self.gitlab(machine, "comment", TRIGGER, NAVIGATOR_TOKEN=TOKEN)
        else:
            status = self.steps(machine).run(self.flow("comment")["jobs"]["comment"])
        assert status == 0, machine.log
        return machine

    def look(self, name: str) -> list[Machine]:
        """Run what checks a request, each job on a machine of its own."""
        if self.kind == "gitlab":
            flow = self.flow("")
            jobs = ["problems", "meaning", "preview", *(["guard"] if self.shape == "fork" else [])]
        else:
            flow = self.flow("check" if self.kind == "github" else "navigator")["jobs"]
            jobs = [title for title in ("check", "guard") if title in flow]
        machines = []
        for job in jobs:
            machine = self.machine(f"{name}-{job}")
            gitlab = self.kind == "gitlab"
            made = self.gitlab(machine, job, REQUEST) if gitlab else self.steps(machine, request=True).run(flow[job])
            assert made == 0 or flow[job].get("allow_failure") == "true", machine.log
            machines.append(machine)
        return machines

    def publish(self, name: str) -> Machine:
        """Run what publishes the default branch."""
        machine = self.machine(name)
        if self.kind == "gitlab":
            status = self.gitlab(machine, "pages", MAIN)
        else:
            flow, job = {"github": ("publish", "build"), "forgejo": ("navigator", "publish")}[self.kind]
            status = self.steps(machine).run(self.flow(flow)["jobs"][job])
        assert status == 0, machine.log
        return machine

    def news(self, name: str) -> tuple[int, str]:
        machine = self.machine(name)
        if self.kind == "gitlab":
            return self.gitlab(machine, "edition", NIGHT), machine.log
        steps = self.steps(machine)
        steps.context["github.event_name"] = "schedule"
        status = steps.run(self.flow("edition" if self.kind == "github" else "navigator")["jobs"]["edition"])
        return status, machine.log


def region(folder: Path, shared: Path, shape: str, kind: str, forge: Forge) -> Region:
    """Make a region by the commands of the guides, and a request to it."""
    work = folder / "work"
    if shape == "thin":
        words = ("--thin", str(work), "--upstream", SHARED, "--forge", kind)
        said = command(shared, "region", "init", "Nordland", *words)
        git(work, "init", "--quiet", "--initial-branch", "main")
    else:
        git(folder, "clone", "--quiet", str(shared), "work")
        said = command(work, "region", "init", "Nordland", *(("--forge", kind) if kind == "forgejo" else ()))
    assert said.status == 0, said
    commit(work, "Begin a region")
    git(work, "checkout", "--quiet", "-b", "theirs")
    overlay = work / "region/overlay.yml"
    waiver = f"waive:\n  {WAIVED}: {{because: Another unit does it for all.}}"
    overlay.write_text(overlay.read_text("utf-8").replace("waive: {}", waiver), "utf-8")
    makefile = work / "Makefile"
    makefile.write_text(f'{makefile.read_text("utf-8")}\nNOTHING := $(shell touch "$$OWNED")\n', "utf-8")
    commit(work, "Waive an item")
    git(folder, "init", "--quiet", "--bare", "--initial-branch", "main", "book.git")
    git(work, "push", "--quiet", str(folder / "book.git"), "main", "theirs")
    for place in ("pull", "merge-requests"):
        git(folder / "book.git", "update-ref", f"refs/{place}/{NUMBER}/head", "theirs")
    forge.repository, forge.upstream = folder / "book.git", SHARED
    return Region(shape, kind, folder, shared, forge)
