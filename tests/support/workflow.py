"""Runs the steps of a workflow as a forge would: the same lines, in the same order, with the same variables.

What is not run is what only installs: `actions/setup-python`, `apt-get`, and the packages of the handbook, for which
there is an environment that calls the one of these tests. In it `mkdocs build` writes one small page; that the real
builds work is tested elsewhere.
"""

from __future__ import annotations

import fnmatch
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.support.made_up_forge import GH
from tests.support.paths import ROOT
from tests.support.region_world import environment

PYTHON = f"""#!/usr/bin/env bash
env | sed -n 's/^\\([A-Z_]*TOKEN\\)=..*/\\1/p' >> "$SEEN_TOKENS"
if [ "$2" = mkdocs ]; then
  mkdir -p site && echo "A page. OFFLINE=${{OFFLINE:-}}" > site/index.html
else
  PYTHONPATH="{ROOT}" exec "{sys.executable}" "$@"
fi
"""
LATER = 4_000_000_000  # newer than every file that is checked out, so that nothing is installed


def program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    path.chmod(0o755)


@dataclass
class Machine:
    """A machine of the forge: a folder for the repository, and programs that stand in for what it would install.

    Attributes:
        folder: Where everything of it is.
        settings: Variables that every job has.
        kept: What jobs have kept, such as the preview, by name.
    """

    folder: Path
    settings: dict[str, str]
    kept: dict[str, Path] = field(default_factory=dict)
    log: str = ""

    @property
    def room(self) -> Path:
        return self.folder / "room"

    @property
    def tokens(self) -> set[str]:
        """Name the tokens that programs of the handbook have been given."""
        path = self.folder / "tokens"
        return set(path.read_text("utf-8").split()) if path.exists() else set()

    @property
    def said(self) -> str:
        """Give what the jobs have printed, and their summary."""
        summary = self.folder / "temp/summary"
        return self.log + (summary.read_text("utf-8") if summary.exists() else "")

    def prepare(self) -> None:
        """Give the machine what it would install."""
        for place in (self.room, self.room / ".navigator"):
            program(place / ".venv/bin/python", PYTHON)
            (place / ".venv/ready").touch()
            os.utime(place / ".venv/ready", (LATER, LATER))
        program(self.folder / "bin/gh", GH)
        program(self.folder / "bin/apt-get", "#!/bin/sh\n")
        (self.folder / "temp").mkdir(exist_ok=True)

    def bash(self, script: str, variables: Mapping[str, str]) -> int:
        """Run lines as the forges do: they stop at the first one that fails."""
        free = {name: value for name, value in environment().items() if not name.lower().endswith("_proxy")}
        path = os.pathsep.join((str(self.folder / "bin"), str(Path(sys.executable).parent), free["PATH"]))
        own = {
            "SEEN_TOKENS": str(self.folder / "tokens"),
            "HOME": str(self.folder),
            "TMPDIR": str(self.folder / "temp"),
        }
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=self.room,
            env={**free, **own, **self.settings, **variables, "PATH": path},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        self.log += done.stdout
        return done.returncode

    def keep(self, name: str, place: str) -> None:
        shutil.copytree(self.room / place, self.folder / "kept" / name)
        self.kept[name] = self.folder / "kept" / name


# --- GitHub and Forgejo ---


@dataclass
class Steps:
    """The steps of a job on GitHub or Forgejo.

    Attributes:
        context: What expressions give: `github.token` → its value.
        check_out: What `actions/checkout` does, where the job uses it.
    """

    machine: Machine
    context: dict[str, str]
    check_out: Callable[[Path], None] | None = None

    def run(self, job: Mapping[str, Any]) -> int:
        """Run a job, if its condition holds; returns the status of the step that failed, or 0."""
        if not self._holds(job.get("if", "")):
            raise ValueError(f"the job is not run: {job['if']}")
        for step in job["steps"]:
            if self._holds(step.get("if", "")) and (status := self._step(step)) and not step.get("continue-on-error"):
                return status
        return 0

    def _step(self, step: Mapping[str, Any]) -> int:
        if "run" in step:
            temp = self.machine.folder / "temp"
            own = {"RUNNER_TEMP": str(temp), "GITHUB_OUTPUT": str(temp / "output")}
            own |= {"GITHUB_STEP_SUMMARY": str(temp / "summary"), "GITHUB_REPOSITORY": "us/book"}
            (temp / "output").write_text("", "utf-8")
            status = self.machine.bash(step["run"], {**own, **self._filled(step.get("env", {}))})
            for line in (temp / "output").read_text("utf-8").splitlines():
                name, _, value = line.partition("=")
                self.context[f"steps.{step['id']}.outputs.{name}"] = value
            return status
        action = step["uses"].partition("@")[0].rpartition("/")[2]
        if action == "checkout" and self.check_out:
            self.check_out(self.machine.room)
        elif action in ("upload-artifact", "upload-pages-artifact"):
            self.machine.keep(step["with"].get("name", "pages"), step["with"]["path"])
        elif action != "setup-python":
            raise ValueError(f"not known here: {step['uses']}")
        return 0

    def _filled(self, given: Mapping[str, str]) -> dict[str, str]:
        expression = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
        return {name: expression.sub(lambda mark: self._value(mark[1]), text) for name, text in given.items()}

    def _holds(self, condition: str) -> bool:
        parts = [re.fullmatch(r"(.+?) (==|!=) (.+)", part) for part in condition.split(" && ") if part]
        return all(part and (self._value(part[1]) == self._value(part[3])) == (part[2] == "==") for part in parts)

    def _value(self, term: str) -> str:
        if found := re.fullmatch(r"'(.*)'", term):
            return found[1]
        if found := re.fullmatch(r"hashFiles\('(.*)'\)", term):
            return "1" if (self.machine.room / found[1]).exists() else ""
        return self.context[term]


# --- GitLab ---


def chosen(flow: Mapping[str, Any], variables: Mapping[str, str], room: Path) -> list[str]:
    """Name the jobs of a pipeline, by the rules of the file."""
    if not any(_fits(rule, variables, room) for rule in flow["workflow"]["rules"]):
        return []
    jobs = {name: job for name, job in flow.items() if isinstance(job, dict) and "script" in job}
    return [name for name, job in jobs.items() if any(_fits(rule, variables, room) for rule in job.get("rules", [{}]))]


def _fits(rule: Mapping[str, Any], variables: Mapping[str, str], room: Path) -> bool:
    there = [path.relative_to(room).as_posix() for path in room.rglob("*") if ".git/" not in f"{path}/"]
    exists = [name for form in rule.get("exists", []) for name in fnmatch.filter(there, form)]
    said = any(all(map(_says(variables), part.split(" && "))) for part in rule.get("if", "1").split(" || "))
    return said and ("exists" not in rule or bool(exists)) and "changes" not in rule


def _says(variables: Mapping[str, str]) -> Callable[[str], bool]:
    def value(term: str) -> str:
        return variables.get(term[1:], "") if term.startswith("$") else term.strip('"')

    def says(part: str) -> bool:
        left, _, rest = part.strip().partition(" ")
        sign, _, right = rest.partition(" ")
        return bool(value(left)) if not sign else (value(left) == value(right)) == (sign == "==")

    return says


def gitlab_job(machine: Machine, flow: Mapping[str, Any], name: str, variables: Mapping[str, str]) -> int:
    """Run a job's script in one shell, and keep its files."""
    job = flow[name]
    own = {**flow.get("variables", {}), **job.get("variables", {})}
    status = machine.bash("\n".join(job["script"]), {**{key: str(it) for key, it in own.items()}, **variables})
    for path in job.get("artifacts", {}).get("paths", []):
        if (machine.room / path).is_dir():
            machine.keep(name, path)
    return status
