"""The forges' workflows: what runs with which rights, and what a pull request can and cannot reach."""

from __future__ import annotations

import base64
import importlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from tests.support.paths import ROOT

SCRIPTS = ROOT / ".github" / "scripts"
FILES = {path.stem: path for path in sorted((ROOT / ".github" / "workflows").iterdir())}
# BaseLoader leaves `on` a word, where YAML 1.1 makes it true.
FLOWS: dict[str, Any] = {name: yaml.load(path.read_text("utf-8"), yaml.BaseLoader) for name, path in FILES.items()}
JOBS = [(name, title, job) for name, flow in FLOWS.items() for title, job in flow["jobs"].items()]
STEPS = [(name, step) for name, _, job in JOBS for step in job.get("steps", [])]
RUNS = [(name, step) for name, step in STEPS if "run" in step]


def step(flow: str, name: str) -> dict[str, Any]:
    """Find a step by its name."""
    (found,) = (step for owner, step in STEPS if (owner, step["name"]) == (flow, name))
    return dict(found)


def tool(name: str) -> str:
    """Find a program of the environment; a missing one is a failure, never a reason to skip."""
    found = shutil.which(name, path=Path(sys.executable).parent)
    assert found, f"{name} is missing from the environment: `make clean test` sets it up anew from requirements.txt."
    return found


def run(*command: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, **options)


# --- what every workflow keeps to ---


def test_there_are_seven_workflows() -> None:
    assert set(FLOWS) == {"check", "comment", "edition", "nightly", "publish", "release", "upgrade"}
    assert {path.suffix for path in FILES.values()} == {".yml"}


@pytest.mark.parametrize("name", FILES)
def test_every_action_is_pinned_to_a_commit_and_says_its_version(name: str) -> None:
    lines = re.findall(r"^.*\buses:.*$", FILES[name].read_text("utf-8"), re.MULTILINE)
    form = re.compile(r"\s+uses: (actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+|\./\.github/workflows/[a-z]+\.yml)\b")
    assert lines
    assert [line for line in lines if not form.match(line)] == []


def test_an_action_has_the_same_pin_everywhere() -> None:
    text = "\n".join(path.read_text("utf-8") for path in FILES.values())
    pins = set(re.findall(r"uses: (\S+)@([0-9a-f]{40}) # (v\S+)", text))
    assert len(pins) == len({action for action, _, _ in pins})


@pytest.mark.parametrize("name", FLOWS)
def test_nothing_is_allowed_unless_a_job_asks_for_it(name: str) -> None:
    assert FLOWS[name]["permissions"] in ("", {})


def test_no_job_has_more_rights_than_it_needs() -> None:
    assert {(name, title): job["permissions"] for name, title, job in JOBS} == {
        ("check", "check"): {"contents": "read"},
        ("check", "guard"): {"contents": "read"},
        ("comment", "comment"): {"contents": "read", "pull-requests": "write"},
        ("edition", "edition"): {"contents": "read"},
        ("publish", "build"): {"contents": "read", "pages": "read"},
        ("publish", "deploy"): {"pages": "write", "id-token": "write"},
        ("nightly", "publish"): {"contents": "read", "pages": "write", "id-token": "write"},
        ("nightly", "audit"): {"contents": "read"},
        ("nightly", "versions"): {"contents": "read"},
        ("release", "release"): {"contents": "write"},
        ("upgrade", "report"): {"contents": "read"},
    }


def test_no_workflow_uses_a_secret() -> None:
    named = {name for name, path in FILES.items() if re.search(r"\bsecrets\b", uncommented(path))}
    assert named == set()


def uncommented(path: Path) -> str:
    return re.sub(r"(^|\s)#.*", "", path.read_text("utf-8"))


@pytest.mark.parametrize(("name", "step"), RUNS, ids=lambda value: value if isinstance(value, str) else value["name"])
def test_no_expression_is_written_into_a_shell(name: str, step: dict[str, Any]) -> None:
    """What an expression gives would be read as part of the program; the environment is safe."""
    assert "${{" not in step["run"], name
    assert run("bash", "-n", "-c", step["run"]).stderr == ""
    for script in re.findall(r"\.github/\S+", step["run"]):
        assert (ROOT / script).is_file()


def test_checking_out_leaves_no_token_behind() -> None:
    found = [step.get("with", {}) for _, step in STEPS if step.get("uses", "").startswith("actions/checkout@")]
    assert len(found) == 9
    assert [given for given in found if given.get("persist-credentials") != "false"] == []


def test_every_job_ends_some_time() -> None:
    assert [title for _, title, job in JOBS if "steps" in job and not 0 < int(job["timeout-minutes"]) <= 30] == []


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", [*FILES.values()]),
        ("vendor.dependabot", [ROOT / ".github" / "dependabot.yml"]),
        ("vendor.gitlab-ci", [ROOT / ".gitlab-ci.yml"]),
    ],
)
def test_the_files_match_the_forges_schemas(schema: str, files: list[Path]) -> None:
    change = ["--data-transform", "gitlab-ci"] if schema == "vendor.gitlab-ci" else []
    done = run(tool("check-jsonschema"), "--builtin-schema", schema, *change, *files)
    assert done.returncode == 0, done.stdout + done.stderr


def test_zizmor_finds_nothing_and_every_exception_says_why() -> None:
    done = run(tool("zizmor"), "--persona", "pedantic", "--offline", "--quiet", ROOT / ".github")
    assert done.returncode == 0, done.stdout + done.stderr
    ignored = [line for path in FILES.values() for line in path.read_text("utf-8").splitlines() if "zizmor:" in line]
    reasons = [
        re.search(r"# zizmor: ignore\[(dangerous-triggers|self-repository)\] \w.{20,}", line) for line in ignored
    ]
    assert [reason[1] for reason in reasons if reason] == ["dangerous-triggers", "self-repository"]
    assert all(reasons)


# --- check ---


def test_the_required_check_runs_for_every_change() -> None:
    """A required check that a filter keeps from running is waited for without end."""
    on = FLOWS["check"]["on"]
    assert set(on) == {"pull_request", "merge_group", "push"}
    assert not on["pull_request"]
    assert not on["merge_group"]
    assert on["push"] == {"branches": ["main"]}
    assert FLOWS["check"]["jobs"]["check"]["name"] == "Check"


HOSTILE = [
    "projects/$(touch owned).yml",
    "projects/`touch owned`.yml",
    "projects/; touch owned;.yml",
    "projects/two\nlines ::error::owned.yml",
    "projects/--fix.yml",
    "projects/plain.yml",
]


def scratch(tmp_path: Path, names: list[str], python: str) -> tuple[Path, dict[str, str]]:
    """Make a repository whose second commit has files of these names, and a stand-in for its Python."""
    room = tmp_path / "room"
    (room / ".github").mkdir(parents=True)
    shutil.copytree(SCRIPTS, room / ".github" / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    (room / ".gitignore").write_text(".venv\n", "utf-8")
    git = ("git", "-C", room, "-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    assert run("git", "init", "--quiet", room).returncode == 0
    for number in range(2):
        for name in names if number else ["projects/gone.yml"]:
            (room / name).parent.mkdir(exist_ok=True)
            (room / name).write_text("title: Words\n", "utf-8")
        if number:
            (room / "projects/gone.yml").unlink()
        assert run(*git, "add", "--all").returncode == 0
        done = run(*git, "commit", "--quiet", "--message", "step")
        assert done.returncode == 0, done.stderr
    (room / ".venv" / "bin").mkdir(parents=True)
    stand_in = room / ".venv" / "bin" / "python"
    stand_in.write_text(f"#!/usr/bin/env bash\n{python}\n", "utf-8")
    stand_in.chmod(0o755)
    (tmp_path / "temp").mkdir()
    place = {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    return room, {**place, "RUNNER_TEMP": str(tmp_path / "temp"), "GITHUB_STEP_SUMMARY": str(tmp_path / "summary")}


def shell(flow: str, name: str, room: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a step's script as GitHub does."""
    script = step(flow, name)["run"]
    return run("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script, cwd=room, env=env)


def test_names_of_changed_files_reach_the_check_as_they_are(tmp_path: Path) -> None:
    note = 'if [ "$5" ]; then printf "%s\\0" "$@" > "$RUNNER_TEMP/arguments"; fi; echo "<b>Words</b>"; exit 1'
    room, env = scratch(tmp_path, HOSTILE, note)
    done = shell("check", "Look for problems", room, env)
    assert done.returncode == 1, done.stderr
    given = (tmp_path / "temp" / "arguments").read_text("utf-8").split("\0")[:-1]
    assert given[:6] == ["-m", "macros", "check", "--format", "github", "--touched"]
    assert sorted(given[6:]) == sorted(HOSTILE)
    assert not list(tmp_path.rglob("owned"))
    assert "<pre>\n&lt;b&gt;Words&lt;/b&gt;\n\n</pre>" in (tmp_path / "summary").read_text("utf-8")


def test_a_change_of_no_data_file_and_the_first_commit_are_checked_too(tmp_path: Path) -> None:
    room, env = scratch(tmp_path, ["words.md"], 'printf "%s " "$@" >> "$RUNNER_TEMP/arguments"')
    assert shell("check", "Look for problems", room, env).returncode == 0
    assert (tmp_path / "temp" / "arguments").read_text("utf-8") == "-m macros check --format github -m macros check "
    shutil.rmtree(room / ".git")
    git = ("git", "-C", room, "-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    for command in (["init"], ["add", "--all"], ["commit", "--message", "first"]):
        assert run(*git, *command).returncode == 0
    assert shell("check", "Look for problems", room, env).returncode == 0


def test_a_comparison_that_fails_does_not_stop_the_check_and_is_not_shown(tmp_path: Path) -> None:
    room, env = scratch(tmp_path, ["projects/a.yml"], 'echo "from a file"; echo "::error::owned" >&2; exit 1')
    done = shell("check", "Say what the change means", room, env)
    assert done.returncode == 0
    assert "from a file" not in (tmp_path / "summary").read_text("utf-8")
    assert_muted(done.stdout, "::error::owned")


def assert_muted(output: str, text: str) -> None:
    lines = output.splitlines()
    (start,) = (number for number, line in enumerate(lines) if line.startswith("::stop-commands::"))
    token = lines[start].removeprefix("::stop-commands::")
    assert re.fullmatch(r"[0-9a-f]{64}", token)
    assert start < lines.index(text) < lines.index(f"::{token}::")


@pytest.mark.parametrize("status", [0, 3])
def test_output_with_foreign_words_is_not_read_as_commands(status: int) -> None:
    done = run("bash", SCRIPTS / "muted.sh", "bash", "-c", f"echo ::error::a; echo ::error::b >&2; exit {status}")
    assert done.returncode == status
    assert done.stderr == ""
    assert_muted(done.stdout, "::error::a")
    assert_muted(done.stdout, "::error::b")


def test_everything_that_prints_foreign_words_is_muted() -> None:
    loud = [
        line.strip()
        for name, step in RUNS
        if name != "comment"  # installs and runs the default branch alone, and prints no data
        for line in step["run"].splitlines()
        if re.search(r"\bmake\b", line) and "muted.sh" not in line
    ]
    assert loud == []


# --- publish ---


def test_the_site_is_published_from_the_default_branch_and_anew_every_night() -> None:
    flow, night = FLOWS["publish"], FLOWS["nightly"]
    assert flow["on"] == {"push": {"branches": ["main"]}, "workflow_call": "", "workflow_dispatch": ""}
    assert re.fullmatch(r"\d+ [1-4] \* \* \*", night["on"]["schedule"][0]["cron"])
    assert night["jobs"]["publish"]["uses"] == "./.github/workflows/publish.yml"
    assert [name for name, other in FLOWS.items() if "schedule" in other["on"]] == ["edition", "nightly"], (
        "a forge switches off the whole file that holds a schedule"
    )
    assert flow["concurrency"]["group"] != night["concurrency"]["group"], "one would wait for the other without end"
    assert flow["concurrency"] == {"group": "pages", "cancel-in-progress": "false"}
    deploy = flow["jobs"]["deploy"]
    assert (deploy["if"], deploy["environment"]["name"]) == ("github.ref == 'refs/heads/main'", "github-pages")
    assert [step for step in deploy["steps"] if "run" in step] == [], "what may publish runs no code of ours"


# --- other forges and files ---


def test_gitlab_runs_the_same_commands() -> None:
    flow = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text("utf-8"))
    lines = [line for job in flow.values() if isinstance(job, dict) for line in job.get("script", [])]
    for command in ("python -m macros check", "python -m macros compare", "make test", "make build"):
        assert [line for line in lines if command in line], command
    assert flow["preview"]["variables"] == {"OFFLINE": "true"}
    assert flow["problems"]["artifacts"]["reports"] == {"codequality": "gl-code-quality-report.json"}
    assert [name for name, job in flow.items() if re.search(r"TOKEN|SECRET|PASSWORD", str(job))] == ["problems"], (
        "it refuses one that reaches merge requests; the script of `comment` takes it from the environment"
    )


def test_everything_that_has_an_owner_exists_and_what_runs_with_rights_is_the_maintainers() -> None:
    text = (ROOT / "docs" / "CODEOWNERS").read_text("utf-8")
    rows = dict(line.split() for line in text.splitlines() if line and not line.startswith("#"))
    assert [path for path in rows if path != "*" and not (ROOT / path.strip("/")).exists()] == []
    for path in ("/.github/", "/.gitlab-ci.yml", "/.ci/", "/Makefile", "/requirements.txt", "/docs/CODEOWNERS"):
        assert rows[path] == "@navigator/maintainers"
        assert list(rows).index(path) > list(rows).index("/docs/"), "the last line that fits decides"


def test_what_a_contributor_is_asked_fits_in_three_lines() -> None:
    lines = (ROOT / ".github" / "pull_request_template.md").read_text("utf-8").splitlines()
    assert len(lines) == 3


def test_new_versions_come_weekly_in_groups_and_not_on_their_first_day() -> None:
    updates = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text("utf-8"))["updates"]
    assert {update["package-ecosystem"] for update in updates} == {"github-actions", "pip"}
    for update in updates:
        assert update["schedule"]["interval"] == "weekly"
        assert update["cooldown"]["default-days"] >= 7
        assert [group["patterns"] for group in update["groups"].values()] == [["*"]]


def test_the_guide_tells_about_every_workflow() -> None:
    guide = (ROOT / "docs" / "publishing.md").read_text("utf-8")
    assert [name for name in FILES if f"`{name}.yml`" not in guide] == []


# --- upgrade ---


@pytest.mark.parametrize("old", ["v2026.1", "$(touch owned)", "--help", "0" * 40])
def test_the_edition_one_comes_from_reaches_the_report_as_it_is(tmp_path: Path, old: str) -> None:
    room, env = scratch(tmp_path, ["words.md"], 'printf "%s\\0" "$@" > "$RUNNER_TEMP/arguments"; echo "# Upgrade"')
    (room / "Makefile").write_text(".venv/ready:\n", "utf-8")
    done = shell("upgrade", "Report what the upgrade asks", room, {**env, "OLD": old})
    assert done.returncode == 0, done.stderr
    given = (tmp_path / "temp" / "arguments").read_text("utf-8").split("\0")[:-1]
    assert given == ["-m", "macros", "upstream", "--format", "markdown", "--", old]
    assert (tmp_path / "summary").read_text("utf-8") == "# Upgrade\n"
    assert not list(tmp_path.rglob("owned"))


def test_a_report_that_fails_stops_nothing_and_says_so(tmp_path: Path) -> None:
    room, env = scratch(tmp_path, ["words.md"], 'echo "half a report"; echo "::error::owned" >&2; exit 2')
    (room / "Makefile").write_text(".venv/ready:\n", "utf-8")
    done = shell("upgrade", "Report what the upgrade asks", room, {**env, "OLD": "v2025.1"})
    assert done.returncode == 0, done.stderr
    assert "were not compared" in (tmp_path / "summary").read_text("utf-8")
    assert re.search(r"::stop-commands::(\w+)\n::error::owned\n\n::\1::", done.stdout)


def test_a_region_is_spared_the_tests_of_shared_words_and_nothing_else() -> None:
    steps = {step["name"]: step.get("if") for step in FLOWS["check"]["jobs"]["check"]["steps"]}
    assert {name: when for name, when in steps.items() if when} == {
        "Run every test": "hashFiles('region/region.yml') == ''"
    }
    flow = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text("utf-8"))
    lines = [*flow["tests"]["script"], *(ROOT / ".ci" / "run").read_text("utf-8").splitlines()]
    assert [bool(re.search(r"-f region/region\.yml", line)) for line in lines if "make test" in line] == [True, True]
    assert [line for line in lines if line == "make build"] == ["make build"] * 2


# --- comment ---


def test_what_may_write_to_a_pull_request_runs_only_the_default_branch() -> None:
    (name,) = (name for name, flow in FLOWS.items() if {"pull_request_target", "workflow_run"} & set(flow["on"]))
    assert name == "comment"
    steps = [step for owner, step in STEPS if owner == name]
    (out,) = (step for step in steps if step.get("uses", "").startswith("actions/checkout@"))
    assert out["with"]["ref"] == "${{ github.event.repository.default_branch }}"
    assert set(out["with"]) == {"ref", "persist-credentials"}
    runs = "\n".join(step["run"] for step in steps if "run" in step)
    assert not re.search(r"\bgit\b(?!hub)|\bpip\b|\buv\b|\bcurl\b|download", runs)
    assert {step["uses"].split("@")[0] for step in steps if "uses" in step} == {
        "actions/checkout",
        "actions/setup-python",
    }


def test_foreign_values_reach_the_comment_only_as_two_checked_words() -> None:
    text = uncommented(FILES["comment"])
    used = set(re.findall(r"\$\{\{\s*(.*?)\s*\}\}", text))
    assert used == {
        "github.event.pull_request.number",
        "github.event.pull_request.head.sha",
        "github.event.repository.default_branch",
        "github.token",
        "steps.fetch.outputs.seen",
        "steps.fetch.outputs.laid",
    }


def test_the_step_that_parses_foreign_files_has_no_token() -> None:
    assert "env" not in FLOWS["comment"]
    assert "env" not in FLOWS["comment"]["jobs"]["comment"]
    assert "env" not in step("comment", "Say what the change means")


def test_a_comparison_that_fails_leaves_nothing_to_put_in_the_comment(tmp_path: Path) -> None:
    room, env = scratch(tmp_path, ["projects/a.yml"], 'echo "from a file"; echo "::error::owned" >&2; exit 1')
    done = shell("comment", "Say what the change means", room, env)
    assert done.returncode == 0
    assert not (tmp_path / "temp" / "meaning").exists()
    assert_muted(done.stdout, "::error::owned")


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    monkeypatch.syspath_prepend(SCRIPTS)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    return importlib.import_module


@pytest.fixture
def fetch(script: Callable[[str], ModuleType]) -> ModuleType:
    return script("fetch_changes")


@pytest.fixture
def sticky(script: Callable[[str], ModuleType]) -> ModuleType:
    return script("sticky_comment")


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("projects/car-t-lund.yml", 128 * 1024),
        ("checklists/navigator.yml", 256 * 1024),
        ("checklists/technical/follow-up.yml", 256 * 1024),
        ("region/overlay.yml", 256 * 1024),
        ("region/region.yml", 256 * 1024),
        ("region/pages/about.md", None),
        ("region/assets/a.yml", None),
        ("projects/../macros/load.yml", None),
        ("projects/..yml", None),
        ("../projects/a.yml", None),
        ("/projects/a.yml", None),
        ("./projects/a.yml", None),
        ("projects//a.yml", None),
        ("projects/deep/a.yml", None),
        ("checklists/a/b/c.yml", None),
        ("projects/a.yaml", None),
        ("projects/a.yml.py", None),
        ("projects/a.yml\n", None),
        ("projects/A.yml", None),
        ("projects/å.yml", None),
        ("projects/a b.yml", None),
        ("projects/a\\b.yml", None),
        ("projects/a\0.yml", None),
        ("projects/-a.yml", None),
        (f"projects/{'a' * 200}.yml", None),
        ("macros/load.py", None),
        ("requirements.txt", None),
        ("", None),
    ],
)
def test_only_names_of_data_files_are_fetched(fetch: ModuleType, name: str, most: int | None) -> None:
    assert fetch.limit(name) == most


def test_every_data_file_of_the_repository_could_be_fetched(fetch: ModuleType) -> None:
    files = [path for folder in ("projects", "checklists") for path in (ROOT / folder).rglob("*.yml")]
    assert len(files) > 20
    assert [path for path in files if path.stat().st_size > (fetch.limit(path.relative_to(ROOT).as_posix()) or 0)] == []


HEAD = "a" * 40


class Forge:
    """A stand-in for the API: a pull request's files, and the tree of its last commit."""

    def __init__(self, changes: list[dict[str, Any]], files: Mapping[str, bytes], odd: Mapping[str, Any]) -> None:
        self.changes = changes
        self.blobs = {f"{number:040x}": data for number, data in enumerate(files.values(), 1)}
        self.tree = [
            {"path": name, "mode": "100644", "type": "blob", "size": len(data), "sha": sha, **odd.get(name, {})}
            for (name, data), sha in zip(files.items(), self.blobs, strict=True)
        ]
        self.asked: list[str] = []

    def __call__(self, path: str) -> Any:
        self.asked.append(path)
        if match := re.fullmatch(r"repos/us/book/pulls/7/files\?per_page=100&page=(\d+)", path):
            start = (int(match[1]) - 1) * 100
            return self.changes[start : start + 100]
        if path == f"repos/us/book/git/trees/{HEAD}?recursive=1":
            return {"tree": self.tree, "truncated": False}
        sha = path.removeprefix("repos/us/book/git/blobs/")
        return {"encoding": "base64", "content": base64.encodebytes(self.blobs[sha]).decode()}


def change(name: str, status: str = "modified", before: str = "") -> dict[str, Any]:
    return {"filename": name, "status": status, **({"previous_filename": before} if before else {})}


@pytest.fixture
def gather(fetch: ModuleType, tmp_path: Path) -> Callable[..., tuple[Any, dict[str, bytes], Forge]]:
    """Gather changes over a small copy; gives what was done, the folder's files, and the forge."""

    def work(
        changes: list[dict[str, Any]], files: Mapping[str, bytes], odd: Mapping[str, Any] | None = None
    ) -> tuple[Any, dict[str, bytes], Forge]:
        main, head = tmp_path / "main", tmp_path / "head"
        for name in ("projects/a.yml", "projects/b.yml", "checklists/technical/x.yml", "macros/load.py"):
            (main / name).parent.mkdir(parents=True, exist_ok=True)
            (main / name).write_bytes(b"ours")
        fetch.copy(main, head)
        forge = Forge(changes, files, odd or {})
        done = fetch.gather(forge, "us/book", "7", HEAD, head)
        found = {path.relative_to(head).as_posix(): path.read_bytes() for path in head.rglob("*") if path.is_file()}
        assert {path.name for path in tmp_path.iterdir()} == {"main", "head"}
        return done, found, forge

    return work


OURS = {"projects/a.yml": b"ours", "projects/b.yml": b"ours", "checklists/technical/x.yml": b"ours"}


def test_changed_and_new_files_are_laid_over_a_copy_as_bytes(gather: Any) -> None:
    theirs = {"projects/a.yml": b"\xff\x00\r\n::error::", "checklists/clinical/new.yml": b"new", "README.md": b"no"}
    done, found, forge = gather([change(name) for name in theirs], theirs)
    assert (done.seen, done.laid, done.notes) == (2, 2, ())
    assert found == {
        **OURS,
        "projects/a.yml": theirs["projects/a.yml"],
        "checklists/clinical/new.yml": b"new",
    }
    assert len([path for path in forge.asked if "blobs" in path]) == 2


def test_deleted_and_renamed_files_leave_the_copy(gather: Any) -> None:
    changes = [
        change("projects/a.yml", "removed"),
        change("projects/c.yml", "renamed", "projects/b.yml"),
        change("docs/x.yml", "renamed", "checklists/technical/x.yml"),
    ]
    done, found, _ = gather(changes, {"projects/c.yml": b"moved", "docs/x.yml": b"no"})
    assert found == {"projects/c.yml": b"moved"}
    assert (done.seen, done.laid, done.notes) == (4, 4, ())


def test_the_files_of_a_region_are_compared_and_its_pages_are_named(gather: Any) -> None:
    theirs = {"region/overlay.yml": b"waive", "region/pages/about.md": b"# A", "region/assets/a.png": b"x"}
    done, found, _ = gather([change(name) for name in theirs], theirs)
    assert found == {**OURS, "region/overlay.yml": b"waive"}
    assert (done.seen, done.laid) == (2, 1)
    assert done.notes == ("2 pages or files of the region changed; see them in the preview of the check.",)


def test_a_pull_request_that_changes_only_pages_of_a_region_is_seen(gather: Any) -> None:
    done, found, _ = gather([change("region/pages/about.md")], {"region/pages/about.md": b"# A"})
    assert (done.seen, done.laid, found) == (1, 0, OURS)


def test_a_thousand_changed_files_without_data_are_no_reason_to_comment(gather: Any) -> None:
    done, _, _ = gather([change(f"docs/{number}.md") for number in range(1_200)], {})
    assert (done.seen, done.laid, done.notes) == (0, 0, ())


def test_two_files_that_swap_names_are_both_kept(gather: Any) -> None:
    changes = [
        change("projects/a.yml", "renamed", "projects/b.yml"),
        change("projects/b.yml", "renamed", "projects/a.yml"),
    ]
    done, found, _ = gather(changes, {"projects/a.yml": b"was b", "projects/b.yml": b"was a"})
    assert (done.seen, done.laid) == (2, 2)
    assert found == {**OURS, "projects/a.yml": b"was b", "projects/b.yml": b"was a"}


@pytest.mark.parametrize(
    ("odd", "why"),
    [
        ({"mode": "120000"}, "it is a link, not a file"),
        ({"mode": "160000", "type": "commit"}, "it is a link, not a file"),
        ({"size": 128 * 1024 + 1}, "it is larger than 128 KiB"),
        ({"sha": "../../../user"}, "the forge does not name its content"),
        ({"path": "projects/other.yml"}, "the forge does not give it"),
    ],
)
def test_a_file_that_is_no_small_ordinary_file_is_left_out_and_named(gather: Any, odd: Any, why: str) -> None:
    done, found, forge = gather([change("projects/a.yml")], {"projects/a.yml": b"theirs"}, {"projects/a.yml": odd})
    assert (done.seen, done.laid, done.notes) == (1, 0, (f"`projects/a.yml` is not compared: {why}.",))
    assert found == OURS
    assert not [path for path in forge.asked if "blobs" in path]


def test_odd_names_are_counted_but_never_repeated(gather: Any) -> None:
    names = ["projects/../../owned.yml", "projects/a.yaml", "projects/<b>@all</b>.yml", "checklists/x.yml\n"]
    done, found, _ = gather([change(name) for name in names], dict.fromkeys(names, b"theirs"))
    assert found == OURS
    (note,) = done.notes
    assert note.startswith("4 files are not compared: their names are not of the form")
    assert not re.search(r"owned|yaml|@all", note)


@pytest.mark.parametrize("count", [20, 21, 1000, 3000])
def test_more_than_twenty_data_files_are_not_fetched(gather: Any, count: int) -> None:
    names = [f"projects/p{number}.yml" for number in range(count)]
    done, found, forge = gather([change(name) for name in names], dict.fromkeys(names, b"theirs"))
    fetched = [path for path in forge.asked if "blobs" in path]
    if count == 20:
        assert (done.laid, len(found), len(fetched)) == (20, 23, 20)
    else:
        assert (done.laid, found, fetched) == (0, OURS, [])
        assert done.seen
        assert done.notes[0].startswith("More than 20 data files")
        assert len(forge.asked) <= 11


@pytest.mark.parametrize(("data", "seen"), [(0, 0), (1, 1)])
def test_a_thousand_files_are_named_only_where_data_are_among_them(gather: Any, data: int, seen: int) -> None:
    names = ["projects/a.yml"] * data + [f"docs/p{number}.md" for number in range(1000)]
    done, _, _ = gather([change(name) for name in names], {})
    assert (done.seen, done.laid) == (seen, 0)
    assert [note.startswith("1,000 files or more change at once") for note in done.notes] == [True] * data


def test_a_blob_larger_than_it_was_said_to_be_is_refused(gather: Any) -> None:
    with pytest.raises(ValueError, match="larger"):
        gather([change("projects/a.yml")], {"projects/a.yml": b"x" * 140_000}, {"projects/a.yml": {"size": 5}})


@pytest.mark.parametrize(
    ("number", "head"), [("7; ls", HEAD), ("", HEAD), ("7", "main"), ("7", HEAD + "\n"), ("0", HEAD)]
)
def test_only_a_number_and_a_commit_are_asked_for(fetch: ModuleType, tmp_path: Path, number: str, head: str) -> None:
    with pytest.raises(ValueError, match="not a pull request"):
        fetch.gather(lambda path: pytest.fail(path), "us/book", number, head, tmp_path)


@pytest.mark.parametrize("name", ["projects/link.yml", "checklists/out/x.yml", "projects/../up.yml", "macros/x.yml"])
def test_nothing_is_written_or_removed_through_a_link_or_outside_the_folder(
    fetch: ModuleType, tmp_path: Path, name: str
) -> None:
    head, away = tmp_path / "head", tmp_path / "away"
    for folder in (head / "projects", head / "checklists", away):
        folder.mkdir(parents=True)
    (away / "x.yml").write_bytes(b"ours")
    (head / "projects" / "link.yml").symlink_to(away / "x.yml")
    (head / "checklists" / "out").symlink_to(away)
    with pytest.raises(ValueError, match="not a place"):
        fetch.lay(head, {name: b"theirs"}, [])
    with pytest.raises(ValueError, match="not a place"):
        fetch.lay(head, {}, [name])
    assert (away / "x.yml").read_bytes() == b"ours"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["away", "head"]


def test_what_lies_behind_a_link_is_not_copied(fetch: ModuleType, tmp_path: Path) -> None:
    for folder in ("main/projects", "away"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "away" / "secret").write_bytes(b"")
    (tmp_path / "main" / "projects" / "away").symlink_to(tmp_path / "away")
    fetch.copy(tmp_path / "main", tmp_path / "head")
    assert (tmp_path / "head" / "projects" / "away").is_symlink()


def test_both_scripts_run_as_the_workflow_runs_them(tmp_path: Path) -> None:
    """With a stand-in for `gh` on the path, which answers from files and notes what is sent."""
    room = tmp_path / "room"
    (room / "projects").mkdir(parents=True)
    (room / "projects" / "a.yml").write_bytes(b"ours")
    answers = {
        "repos/us/book/pulls/7/files?per_page=100&page=1": [change("projects/a.yml")],
        f"repos/us/book/git/trees/{HEAD}?recursive=1": {
            "tree": [{"path": "projects/a.yml", "mode": "100644", "type": "blob", "size": 6, "sha": "b" * 40}]
        },
        f"repos/us/book/git/blobs/{'b' * 40}": {"encoding": "base64", "content": base64.b64encode(b"theirs").decode()},
        "repos/us/book/issues/7/comments?per_page=100&page=1": [],
        "repos/us/book/issues/7/comments": {},
    }
    stand_in = tmp_path / "bin" / "gh"
    stand_in.parent.mkdir()
    stand_in.write_text(
        f"#!{sys.executable}\nimport json, pathlib, sys\nanswers = {answers!r}\n"
        "if '--input' in sys.argv: pathlib.Path('sent').write_text(sys.stdin.read())\n"
        "print(json.dumps(answers[sys.argv[4]]))\n",
        "utf-8",
    )
    stand_in.chmod(0o755)
    (tmp_path / "meaning").write_text("No change in meaning.\n", "utf-8")
    env = {
        "PATH": f"{stand_in.parent}{os.pathsep}{os.environ['PATH']}",
        "GITHUB_REPOSITORY": "us/book",
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "NUMBER": "7",
        "HEAD": HEAD,
    }
    notes = tmp_path / "notes"
    done = run(sys.executable, SCRIPTS / "fetch_changes.py", tmp_path / "head", notes, cwd=room, env=env)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "head" / "projects" / "a.yml").read_bytes() == b"theirs"
    output = (tmp_path / "output").read_text("utf-8")
    assert output == "seen=1\nlaid=1\n"
    env |= {line.upper().split("=")[0]: line.split("=")[1] for line in output.splitlines()}
    done = run(sys.executable, "-B", SCRIPTS / "sticky_comment.py", tmp_path / "meaning", notes, cwd=room, env=env)
    assert (done.returncode, done.stdout) == (0, "written\n"), done.stderr
    assert "No change in meaning." in (room / "sent").read_text("utf-8")


# --- the comment ---


class Thread:
    """A stand-in for the API: the comments under a pull request."""

    def __init__(self, comments: list[tuple[str, str]]) -> None:
        self.comments = [
            {"id": number, "user": {"login": who}, "body": text} for number, (who, text) in enumerate(comments, 1)
        ]
        self.sent: list[tuple[str, str, Any]] = []

    def __call__(self, path: str, method: str, body: Any) -> Any:
        if method == "GET":
            page = int(path.rpartition("=")[2])
            return self.comments[(page - 1) * 100 : page * 100]
        self.sent.append((method, path, body))
        return {}


def test_the_first_comment_is_written_and_later_ones_renew_it(sticky: ModuleType) -> None:
    text = sticky.compose("Words.", [], 1, 1)
    thread = Thread([("somebody", "Hello")])
    assert sticky.send(thread, sticky.thread("us/book", "7"), text, 1) == "written"
    assert thread.sent == [("POST", "repos/us/book/issues/7/comments", {"body": text})]
    thread = Thread([("somebody", "Hello")] * 150 + [("github-actions[bot]", text)])
    assert sticky.send(thread, sticky.thread("us/book", "7"), text, 1) == "renewed"
    assert thread.sent == [("PATCH", "repos/us/book/issues/comments/151", {"body": text})]


def test_nobody_elses_comment_is_overwritten(sticky: ModuleType) -> None:
    mark = sticky.MARK
    others = [
        ("somebody", f"{mark}\nforged"),
        ("github-actions[bot]", "another workflow's"),
        ("github-actions[bot]", f"> {mark}\nquoted"),
    ]
    assert sticky.earlier(Thread(others).comments) is None
    assert sticky.earlier([{"id": 1, "user": None, "body": None}]) is None


def test_without_data_files_only_an_earlier_comment_is_renewed(sticky: ModuleType) -> None:
    text = sticky.compose(None, [], 0, 0)
    thread = Thread([])
    assert sticky.send(thread, sticky.thread("us/book", "7"), text, 0) == "nothing to say"
    assert thread.sent == []
    thread = Thread([("github-actions[bot]", text)])
    assert sticky.send(thread, sticky.thread("us/book", "7"), text, 0) == "renewed"


def test_the_comment_says_what_changes_what_is_left_out_and_what_comes_next(sticky: ModuleType) -> None:
    said = sticky.compose(
        "### Words\n\n- Technical 3 to 4\n", ["`projects/b.yml` is not compared: it is a link."], 2, 1
    )
    assert said.startswith(
        f"{sticky.MARK}\n## What this change means\n\n### Words\n\n- Technical 3 to 4\n\n`projects/b"
    )
    assert said.count(sticky.THANKS) == 1
    assert sticky.UNREADABLE in sticky.compose(None, [], 1, 1)
    assert sticky.UNREADABLE not in sticky.compose(None, ["Too many."], 30, 0)
    assert sticky.NOTHING in sticky.compose(None, [], 0, 0)


def test_the_comment_is_in_the_first_language_of_the_region(
    script: Callable[[str], ModuleType], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NAVIGATOR_LANGUAGE", raising=False)
    sticky, fetch = script("sticky_comment"), script("fetch_changes")
    (tmp_path / "region").mkdir()
    for languages, word in (
        ("[sv, en]", "Tack"),
        ("\n  - sv\n", "Tack"),
        ("[en, sv]", "Thank you"),
        ("[qq]", "Thank you"),
    ):
        (tmp_path / "region/region.yml").write_text(f"name: X\nlanguages: {languages}\n", "utf-8")
        assert f"\n{word}" in sticky.compose("Words.", [], 1, 1)
    monkeypatch.setenv("NAVIGATOR_LANGUAGE", "sv")
    changes = [{"status": "added", "filename": "projects/a.yml"}, {"status": "added", "filename": "projects/A.yml"}]
    assert fetch.plan(changes, ()).notes == (
        "`projects/a.yml` jämförs inte: webbtjänsten lämnar inte ut den.",
        "1 fil jämförs inte: namnet har inte formen `projects/small-letters.yml`, `checklists/track/area.yml` "
        "eller `region/overlay.yml`.",
    )


def test_a_comment_is_never_longer_than_the_forge_takes(sticky: ModuleType) -> None:
    said = sticky.compose("x" * 80_000, ["y" * 100] * 20, 20, 20)
    assert len(said) < 65_536
    assert said.endswith(f"{sticky.THANKS}\n")


def test_a_summary_quotes_what_it_is_given(script: Callable[[str], ModuleType]) -> None:
    quoted = script("quoted").quoted
    assert quoted(b"</pre> <b>@all</b> & \xff", "Words") == (
        "## Words\n\n<pre>\n&lt;/pre&gt; &lt;b&gt;@all&lt;/b&gt; &amp; \ufffd\n</pre>\n\n"
    )
    long = quoted(b"&" * 400_000, "Words")
    assert len(long.encode()) < 2**20
    assert long.endswith("\n… cut here: `make check` says the rest.\n</pre>\n\n")
