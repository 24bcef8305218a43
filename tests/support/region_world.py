"""A shared handbook with three editions and a region that follows it: real Git, in a folder of the tests."""

from __future__ import annotations

import contextlib
import functools
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
import yaml

from macros.cli.main import main
from macros.load.handbook import load
from macros.model.items import Item
from macros.model.resolve import fingerprint
from macros.outputs.editor_schemas import write
from tests.support.once import Shared
from tests.support.paths import ROOT
from tests.support.site import EPOCH, LONG, Site

TODAY = date(2026, 11, 22)
LEFT_OUT = (
    ".git",
    ".venv",
    "site",
    "preview",
    "tests",
    "region",
    ".navigator",
    "__pycache__",
    ".*_cache",
    ".hypothesis",
)

GIT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
    **{
        f"GIT_{who}_{what}": value
        for who in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", "A"), ("EMAIL", "a@example.org"))
    },
}


def environment(**more: str) -> dict[str, str]:
    """Give the environment of a program that the tests run: no settings of whoever runs them."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("GIT_", "NAVIGATOR_", "MAKE", "MFLAGS"))
    }
    return {
        **kept,
        **GIT,
        "SOURCE_DATE_EPOCH": str(EPOCH),
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        **more,
    }


def run(*words: str | Path, cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a program, with what it prints in one text."""
    return subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env=environment(**more),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=LONG,
    )


def git(root: Path, *words: str) -> str:
    """Run Git, which must succeed, and give what it prints."""
    done = run("git", *words, cwd=root)
    assert done.returncode == 0, f"git {' '.join(words)}\n{done.stdout}"
    return done.stdout.strip()


def commit(root: Path, message: str) -> str:
    """Commit everything and give the commit's name."""
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", message)
    return git(root, "rev-parse", "HEAD")


@dataclass(frozen=True)
class Said:
    """How a command ended, and what it printed."""

    status: int
    out: str
    err: str


def command(root: Path, *words: str, home: str | Path = "") -> Said:
    """Run `python -m macros` in a folder, with NAVIGATOR_HOME where it is given."""
    out, err = io.StringIO(), io.StringIO()
    more = {"NAVIGATOR_HOME": str(home)} if home else {}
    with (
        contextlib.chdir(root),
        mock.patch.dict(os.environ, environment(**more), clear=True),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        status = main(words)
    return Said(status, out.getvalue(), err.getvalue())


def build(root: Path, folder: Path, home: str | Path = "") -> subprocess.CompletedProcess[str]:
    """Build a site strictly, in a process of its own."""
    words = (sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", folder)
    return run(*words, cwd=root, **({"NAVIGATOR_HOME": str(home)} if home else {}))


def with_environment(root: Path) -> None:
    """Give a repository the environment that runs the tests, as if `make .venv/ready` had been run."""
    (root / ".venv/bin").mkdir(parents=True)
    (root / ".venv/bin/python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    (root / ".venv/bin/python").chmod(0o755)
    (root / ".venv/ready").touch()


def contents(root: Path, *folders: str) -> dict[str, bytes]:
    """Read every file below some folders."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for folder in folders
        for path in sorted((root / folder).rglob("*"))
        if path.is_file()
    }


# --- the shared handbook ---


def _left_out(folder: str, names: list[str]) -> set[str]:
    """Name what is not copied: at the top what a build or a test leaves there, everywhere what Python does."""
    return {name for name in names if name == "__pycache__" or (Path(folder) == ROOT and name in LEFT_OUT)}


def shared_handbook(folder: Path) -> Path:
    """Copy this repository as it lies here, uncommitted edits included, into a new repository with the tag v2026.1."""
    shutil.copytree(ROOT, folder, ignore=_left_out, symlinks=True)
    as_first_edition(folder)
    for path in (folder / "projects").glob("*.yml"):
        if not re.search(r"^kind:", path.read_text("utf-8"), re.MULTILINE):
            path.unlink()
    part, author = cast(folder), Author(folder, "v2026.1", [])
    for name in ("retired_and_provided", "reworded_later"):
        author.set(part[name], "inheritable", "true")
    for page in ("old-guide", "short-lived"):
        (folder / f"docs/{page}.md").write_text(f"# The page {page}\n\nA page of the first edition.\n", "utf-8")
        author.edit("mkdocs.yml", r"      - about\.md\n", f"      - about.md\n      - The page {page}: {page}.md\n")
    git(folder, "init", "--quiet", "--initial-branch", "main")
    commit(folder, "First edition")
    git(folder, "tag", "v2026.1")
    return folder


FIRST = {
    r"^(edition|checklist): v[0-9.]+$": r"\1: v2026.1",
    r"^editions: .*\n": "",
    r"^    (since|edition): v.*\n": "",
    r"^    revised:\n(      .*\n)+": "",
}


def as_first_edition(root: Path) -> None:
    """Take out of a copy of the handbook what names editions, so that all of it is v2026.1."""
    for path in (*root.glob("checklists/**/*.yml"), *root.glob("projects/*.yml"), *root.glob("docs/**/*.[my][dm]*")):
        text = made = path.read_text("utf-8")
        for pattern, new in FIRST.items():
            made = re.sub(f"(?m){pattern}", new, made)
        if made != text:
            path.write_text(made, "utf-8")


@dataclass
class Expected:
    """What a report must say of the shared checklists: everything, and nothing else."""

    added: set[str] = field(default_factory=set)
    reworded: dict[str, list[str]] = field(default_factory=dict)
    meaning: dict[str, list[str]] = field(default_factory=dict)
    retired: dict[str, str] = field(default_factory=dict)
    settings: dict[str, set[str]] = field(default_factory=dict)


class Author:
    """Whoever writes the shared checklists: edits them as text, as a person would."""

    def __init__(self, root: Path, edition: str, earlier: list[str]):
        self.root, self.edition = root, edition
        self.edit(
            "checklists/navigator.yml",
            r"(?m)^edition: .*\n(editions: .*\n)?",
            f"edition: {edition}\neditions: [{', '.join(earlier)}]\n",
        )

    def edit(self, file: str, pattern: str, new: str) -> None:
        path = self.root / file
        text, count = re.subn(pattern, lambda _: new, path.read_text("utf-8"), count=1)
        assert count == 1, (file, pattern)
        path.write_text(text, "utf-8")

    def file(self, name: str) -> Path:
        (found,) = (self.root / "checklists").glob(f"*/{name.partition('/')[0]}.yml")
        return found

    def block(self, name: str) -> tuple[str, str, str]:
        """Split the file of an item: before it, its lines, after it."""
        text = self.file(name).read_text("utf-8")
        found = re.search(rf"(?m)^  {name.partition('/')[2]}:\n((?:    .*\n)+)", text)
        assert found, name
        return text[: found.start()], found[0], text[found.end() :]

    def set(self, name: str, key: str, value: str) -> str:
        """Write one line of an item, and give what stood there before."""
        before, block, after = self.block(name)
        found = re.search(rf"(?m)^    {key}: (.*)\n", block)
        line = f"    {key}: {value}\n"
        block = block.replace(found[0], line) if found else block + line
        self.file(name).write_text(before + block + after, "utf-8")
        return found[1] if found else ""

    def revise(self, name: str, kind: str, note: str, was: str = "") -> None:
        before, block, after = self.block(name)
        entry = (
            f"      - {{edition: {self.edition}, kind: {kind}, note: {note}{f', was: {quoted(was)}' if was else ''}}}\n"
        )
        if "    revised:\n" in block:
            block = re.sub(r"    revised:\n(      .*\n)*", lambda found: found[0] + entry, block)
        else:
            block += "    revised:\n" + entry
        self.file(name).write_text(before + block + after, "utf-8")

    def reword(self, name: str, text: str, kind: str = "wording") -> str:
        """Ask differently; gives the note that says so."""
        note = f"Said anew in {self.edition}."
        was = self.set(name, "done-when", text)
        self.revise(name, kind, note, was if kind == "meaning" else "")
        return note

    def add(self, name: str, **more: str) -> None:
        area, _, word = name.partition("/")
        lines = {
            "title": f"Do what edition {self.edition} asks first",
            "why": "Otherwise it is forgotten.",
            "done-when": "It is done.",
            "stage": "3",
            "owner": "hospital",
            "evidence": "Note",
            "since": self.edition,
            **more,
        }
        text = f"  {word}:\n" + "".join(f"    {key}: {value}\n" for key, value in lines.items())
        path = self.file(area)
        path.write_text(path.read_text("utf-8").replace("items:\n", "items:\n" + text, 1), "utf-8")

    def retire(self, name: str, to: str = "") -> str:
        """Ask no longer: out of the items, the requirements and the guides; gives where the answer moves."""
        word = name.partition("/")[2]
        moves = f"Answered elsewhere since {self.edition}."
        before, block, after = self.block(name)
        title = re.findall(r"(?m)^    title: (.*)$", block)[0]
        text = before + after
        entry = f"  {word}: {{edition: {self.edition}, moves: {moves}{f', to: {to}' if to else ''}}}\n"
        text = text.replace("retired:\n", "retired:\n" + entry) if "retired:\n" in text else f"{text}retired:\n{entry}"
        self.file(name).write_text(text, "utf-8")
        for path in (self.root / "checklists").glob("*/*.yml"):
            text = path.read_text("utf-8")
            for form in (
                rf"(?m)^    (requires|unlawful-without): \[{name}\]\n",
                rf"(?<=\[){name}, ",
                rf"(?m), {name}(?=[,\]])",
            ):
                text = re.sub(form, "", text)
            path.write_text(text, "utf-8")
        for path in (self.root / "docs").rglob("*.md"):
            text = path.read_text("utf-8")
            made = re.sub(rf'\{{\{{ item\("{name}"(?:, "([^"]*)")?\) \}}\}}', lambda found: found[1] or title, text)
            if made != text:
                path.write_text(made, "utf-8")
        return moves

    def publish(self) -> None:
        """Renew what is generated, commit, and tag the edition."""
        write(self.root, load(self.root, TODAY))
        commit(self.root, f"Edition {self.edition}")
        git(self.root, "tag", self.edition)


def quoted(text: str) -> str:
    return text if text.startswith('"') else yaml.safe_dump(text, width=10_000, default_style='"').strip()


def plain_items(root: Path) -> list[Item]:
    """List items that everybody is asked and that no rule, country or revision names."""
    book = load(root, TODAY)
    files = [
        root / "checklists/bottlenecks.yml",
        root / "checklists/rules-in-motion.yml",
        *root.glob("checklists/countries/*.yml"),
    ]
    named = "\n".join(path.read_text("utf-8") for path in files)
    everybody = type(next(iter(book.items.values())).applies_to)()
    return [
        i
        for i in book.items.values()
        if i.applies_to == everybody and not i.revised and i.lead_time and i.name not in named
    ]


PARTS = (
    *("reworded", "reworded_later", "reworded_and_changed", "asked_anew", "asked_anew_and_changed", "renamed_owner"),
    *("retired", "retired_and_changed", "retired_and_waived", "retired_and_provided", "gate_on", "slower_and_changed"),
    *("waived_and_reworded", "waived", "changed", "asked_anew_unanswered", "waived_by_the_country"),
)
GATES = ("gate_asked_anew", "gate_off", "gate_changed")


def cast(root: Path) -> dict[str, str]:
    """Give each part of the play to an item: part → full name."""
    items = plain_items(root)
    free = [item.name for item in items if not item.gate]
    gates = [item.name for item in items if item.gate]
    assert len(free) >= len(PARTS) and len(gates) >= len(GATES)
    return {**dict(zip(PARTS, free, strict=False)), **dict(zip(GATES, gates, strict=False))}


def second_edition(root: Path, part: dict[str, str]) -> None:
    """Write v2026.2: every kind of change to items, and changes of code, look and pages."""
    author = Author(root, "v2026.2", ["v2026.1"])
    for name in ("reworded", "reworded_and_changed", "waived_and_reworded"):
        author.reword(part[name], f"It is done, {name}, and somebody has said so.")
    for name in ("asked_anew", "asked_anew_and_changed", "gate_asked_anew", "asked_anew_unanswered"):
        author.reword(part[name], f"Something else is done, {name}, than before.", "meaning")
    author.add(f"{area(part['reworded'])}/second-gate", gate="true")
    author.add(f"{area(part['asked_anew'])}/second-item")
    author.retire(part["retired"], to=part["reworded"])
    author.retire(part["retired_and_changed"])
    for name, gate in (("gate_on", "true"), ("gate_off", "false")):
        author.set(part[name], "gate", gate)
        author.revise(part[name], "wording", "The gate is another.")
    author.set(part["slower_and_changed"], "lead-time", "{months: 31, range: [30, 33], basis: planning assumption}")
    author.set(part["renamed_owner"], "owner", "region")
    author.edit("macros/text/dates.py", r"\A", "# Days, as the second edition counts them.\n")
    author.edit("docs/assets/navigator.css", r"\A", "/* The second edition. */\n")
    author.edit("docs/about.md", r"\Z", "\nThe second edition says more.\n")
    author.edit("docs/CODEOWNERS", r"\Z", "\n/new/ @navigator/editors\n")
    (root / "docs/second.md").write_text("# The second edition\n\nWhat is new.\n", "utf-8")
    author.edit("mkdocs.yml", r"      - about\.md\n", "      - about.md\n      - The second edition: second.md\n")
    example = next((root / "projects").glob("*.yml"))
    example.write_text(example.read_text("utf-8").replace("summary:", "# Second edition.\nsummary:"), "utf-8")
    beside_the_items(author, part)
    author.publish()


def beside_the_items(author: Author, part: dict[str, str]) -> None:
    """Rename a page, bring an example, and change numbers, a rule, a partner, a rule in motion and the country."""
    root = author.root
    (root / "docs/old-guide.md").rename(root / "docs/new-guide.md")
    author.edit("mkdocs.yml", r"The page old-guide: old-guide\.md", "The page new-guide: new-guide.md")
    author.edit("checklists/moved.yml", r"pages: \{\}", "pages: {old-guide.md: new-guide.md}")
    example = (root / "projects/retinal-cells.yml").read_text("utf-8")
    (root / "projects/example-alpha.yml").write_text(example, "utf-8")
    author.edit("checklists/navigator.yml", r"imbalance-act: 3", "imbalance-act: 2")
    author.edit("checklists/navigator.yml", r"(?m)^  innovation-office:.*\n(    .*\n)*", PARTNER)
    author.edit("checklists/bottlenecks.yml", r"working-stage: \{clinical: 5\}", "working-stage: {clinical: 2}")
    author.edit("checklists/rules-in-motion.yml", r"(?m)^    state: .*$", "    state: It has come further.")
    name = part["waived_by_the_country"]
    book = load(root, TODAY)
    entry = {"because": "The agency asks for it later.", "against": fingerprint(book.items[name])}
    if needs := list(book.needed_by[name]):
        entry["releases"] = needs  # type: ignore[assignment]
    with (root / "checklists/countries/sweden.yml").open("a", encoding="utf-8") as file:
        file.write(yaml.safe_dump({"waive": {name: entry}}, width=10_000))


PARTNER = "  innovation-office: {title: Innovation office, about: It brings the business case of the second edition.}\n"


def third_edition(root: Path, part: dict[str, str]) -> None:
    """Write v2026.3, which changes some of the same items again and retires one of the second edition's."""
    author = Author(root, "v2026.3", ["v2026.1", "v2026.2"])
    author.reword(part["reworded"], "Now something else is wanted.", "meaning")
    author.reword(part["asked_anew"], "Something else is done, and it is said in other words.")
    author.reword(part["reworded_later"], "It is done, and written down.")
    author.retire(part["retired_and_waived"])
    author.retire(part["retired_and_provided"], to=part["changed"])
    author.retire(f"{area(part['asked_anew'])}/second-item")
    author.add(f"{area(part['changed'])}/third-item", stage="9", requires=f"[{part['waived']}]")
    (root / "docs/short-lived.md").unlink()
    author.edit("mkdocs.yml", r"      - The page short-lived: short-lived\.md\n", "")
    author.edit("README.md", r"\Z", "\nThe third edition.\n")
    author.edit(".gitignore", r"\Z", "third/\n")
    author.edit("docs/about.md", r"The second edition says more\.\n", "The third edition says more.\n")
    author.publish()


def area(name: str) -> str:
    return name.partition("/")[0]


def expected(old: str, new: str, part: dict[str, str]) -> Expected:
    """Say what lies between two editions, from what the two functions above have done."""
    second, third = "Said anew in v2026.2.", "Said anew in v2026.3."
    made = Expected()
    if old == "v2026.1":
        made.added = {f"{area(part['reworded'])}/second-gate", f"{area(part['asked_anew'])}/second-item"}
        made.reworded = {part[name]: [second] for name in ("reworded", "reworded_and_changed", "waived_and_reworded")}
        made.reworded |= {part[name]: ["The gate is another."] for name in ("gate_on", "gate_off")}
        parts = ("asked_anew", "asked_anew_and_changed", "gate_asked_anew", "asked_anew_unanswered")
        made.meaning = {part[name]: [second] for name in parts}
        made.retired = {part[name]: "Answered elsewhere since v2026.2." for name in ("retired", "retired_and_changed")}
        made.settings = {part["slower_and_changed"]: {"lead-time"}, part["renamed_owner"]: {"owner"}}
    if new == "v2026.3":
        made.added = made.added - {f"{area(part['asked_anew'])}/second-item"} | {f"{area(part['changed'])}/third-item"}
        made.meaning[part["reworded"]] = [*made.reworded.pop(part["reworded"], []), third]
        if old == "v2026.1":
            made.meaning[part["asked_anew"]] = [second, third]
        else:
            made.reworded[part["asked_anew"]] = [third]
            made.retired[f"{area(part['asked_anew'])}/second-item"] = "Answered elsewhere since v2026.3."
        made.reworded[part["reworded_later"]] = [third]
        made.retired |= {
            part[name]: "Answered elsewhere since v2026.3." for name in ("retired_and_waived", "retired_and_provided")
        }
    return made


# --- the region ---


def write_region(root: Path, home: Path, part: dict[str, str]) -> None:
    """Write everything that is a region's own; `root` holds the shared handbook that it is written for."""
    shared = load(root, TODAY)
    region = {
        "name": "Fjällmark",
        "country": "sweden",
        "site": {"name": "Fjällmark Navigator", "address": "https://navigator.fjallmark.example/"},
        "forge": {"kind": "github", "address": "https://github.com/fjallmark/navigator"},
        "colour": "#184e3a",
        "logo": "logo.svg",
        "contacts": {"hospital": [{"unit": "Fjällmark hospital", "role": "Coordinator"}]},
        "facilities": {
            "register": {
                "title": "Register of the region",
                "status": "in-place",
                "since": "2024-01-10",
                "evidence": "R-1",
                "provides": [part["retired_and_provided"], part["reworded_later"]],
            }
        },
    }
    waived = ("waived_and_reworded", "waived", "retired_and_waived")
    overlay: dict[str, Any] = {
        "prefix": "fjallmark",
        "edition": "v2026.1",
        "rules-in-motion": {
            "fjallmark-law": {
                "title": "A law of the region",
                "date": "2027-05-01",
                "state": "Planned.",
                "effect": "It asks for more.",
                "items": [part["retired_and_provided"], part["changed"]],
                "confirmed": "false",
                "checked": "2026-10-01",
            }
        },
        "add": {
            area(part["changed"]): {
                "fjallmark-gate": local("Ask the region's board", stage="5", gate="true"),
                "fjallmark-item": local(
                    "Write to the register", stage="9", requires=[part["retired"], part["changed"]]
                ),
            }
        },
        "change": {
            part["reworded_and_changed"]: {"because": "Our unit does it.", "note": "Write to the unit first."},
            part["asked_anew_and_changed"]: {
                "because": "It takes longer here.",
                "lead-time": {"months": "40", "range": ["38", "44"], "basis": "planning assumption"},
            },
            part["retired_and_changed"]: {"because": "Two units here.", "done-when-also": "Both units agree."},
            part["slower_and_changed"]: {"because": "The region does it.", "owner": "region"},
            part["gate_on"]: {"because": "It is a gate here.", "gate": "true"},
            part["gate_changed"]: {"because": "The innovation office helps.", "supports": ["innovation-office"]},
            part["changed"]: {"because": "It is a gate here.", "gate": "true", "note": "Ask early."},
        },
        "waive": {part[name]: {"because": f"Not needed here: {name}."} for name in waived},
    }
    for name in waived:
        needs = [other for other in shared.needed_by[part[name]] if other not in {part[w] for w in waived}]
        overlay["waive"][part[name]] |= {"releases": needs} if needs else {}
    dump(home / "region/region.yml", region)
    dump(home / "region/overlay.yml", overlay)
    pages = home / "region/pages"
    pages.mkdir()
    (pages / "index.md").write_text(
        "# About us\n\n[What differs](differences.md) and [how we visit](visit.md).\n", "utf-8"
    )
    old = part["retired_and_provided"]
    (pages / "visit.md").write_text(
        f'# A visit\n\n![The house](assets/house.svg) We begin with {{{{ item("{part["retired"]}") }}}}, then '
        f"[the register](../areas/{area(old)}.md#{old.partition('/')[2]}), "
        f'and {{{{ item("{part["waived"]}", "this") }}}}.\n\n'
        "Read [the old guide](../old-guide.md) and [the page for a while](../short-lived.md) too.\n",
        "utf-8",
    )
    for name in ("house", "logo"):
        path = home / f"region/assets/{name}.svg"
        path.parent.mkdir(exist_ok=True)
        path.write_text(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>\n', "utf-8"
        )
    (home / "projects").mkdir(exist_ok=True)
    book = load(root, TODAY, home)
    write_project(home / "projects/alpha.yml", book, "Alpha", "allogeneic-cell", ["central-authorisation"], None)
    some = {part["asked_anew"], part["retired"], part["reworded"]}
    routes = ["hospital-exemption", "central-authorisation"]
    write_project(home / "projects/beta.yml", book, "Beta", "autologous-cell", routes, some)


def local(title: str, **more: Any) -> dict[str, Any]:
    made = {
        "title": title,
        "why": "It is so here.",
        "done-when": "It is done.",
        "owner": "hospital",
        "evidence": "Letter",
        **more,
    }
    return {**made, "because": f"{title}: one of us was forgotten."}


def write_project(path: Path, book: Any, title: str, modality: str, routes: list[str], only: set[str] | None) -> None:
    asked = {
        item.name: item
        for route in routes
        for item in book.asked(modality, None, route)
        if only is None or item.name in only
    }
    status: dict[str, dict[str, Any]] = {}
    for number, item in enumerate(asked.values()):
        status.setdefault(item.area, {})[item.anchor] = {
            "status": "met",
            "since": "2025-03-01",
            "evidence": f"{title} {number}",
        }
    about = {"checklist": "v2026.1", "title": title, "summary": f"{title} is a project of ours.", "modality": modality}
    dump(path, {**about, "route": routes, "lead": "hospital", "assessed": "2026-10-01", "status": status})


def dump(path: Path, data: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=10_000)
    path.write_text(re.sub(r"'([\w.-]+)'", r"\1", text), "utf-8")


def once(make: Callable[[World], object]) -> functools.cached_property[Path]:
    """A repository that is made when it is first asked for, once for all processes, into the folder of its name."""

    def get(world: World) -> Path:
        return world.shared.made(f"world/{name}", lambda _: make(world) and None)[0]

    name = make.__name__.replace("_", "-")
    return functools.cached_property(get)


class World:
    """The shared handbook at three editions, and the same region in repositories that follow it in several ways."""

    def __init__(self, shared: Shared):
        self.shared = shared
        self.folder = shared.folder / "world"
        self.upstream, self.part = shared.made("world/upstream", self._publish)

    def _publish(self, root: Path) -> dict[str, str]:
        shared_handbook(root)
        part = cast(root)
        second_edition(root, part)
        third_edition(root, part)
        return part

    @once
    def upstream_at_first(self) -> Path:
        """The shared handbook as it was when its first edition came out."""
        root = self.folder / "upstream-at-first"
        git(self.folder, "clone", "--quiet", "--no-local", "--branch", "v2026.1", str(self.upstream), root.name)
        git(root, "checkout", "--quiet", "-B", "main")
        for edition in ("v2026.2", "v2026.3"):
            git(root, "tag", "--delete", edition)
        return root

    @once
    def first(self) -> Path:
        """A fork of the first edition, with everything of its own."""
        root = self.fork("first", "v2026.1")
        write_region(root, root, self.part)
        (root / ".github/workflows/region-hello.yml").write_text("name: Hello\n", "utf-8")
        (root / ".github/CODEOWNERS").write_text("* @fjallmark/all\n", "utf-8")
        said = command(root, "adapt", "--all")
        assert said.status == 0, said
        assert command(root, "write").status == 0
        commit(root, "Make it ours")
        return root

    def fork(self, name: str, revision: str = "main") -> Path:
        root = self.folder / name
        git(self.folder, "clone", "--quiet", str(self.upstream), name)
        git(root, "remote", "rename", "origin", "upstream")
        git(root, "reset", "--quiet", "--hard", revision)
        return root

    def copy(self, root: Path, name: str) -> Path:
        return Path(shutil.copytree(root, self.folder / name, symlinks=True))

    def merged(self, root: Path, name: str, *revisions: str) -> Path:
        """Copy a region and merge editions into the copy, as the guide says."""
        made = self.copy(root, name)
        git(made, "fetch", "--quiet", "upstream", "--tags")
        for revision in revisions:
            done = run("git", "merge", "--no-edit", revision, cwd=made)
            assert done.returncode == 0, done.stdout
            assert "CONFLICT" not in done.stdout
            assert git(made, "status", "--porcelain") == ""
        return made

    @once
    def second(self) -> Path:
        return self.merged(self.first, "second", "v2026.2")

    @once
    def third(self) -> Path:
        return self.merged(self.second, "third", "v2026.3")

    @once
    def skipped(self) -> Path:
        return self.merged(self.first, "skipped", "v2026.3")


@pytest.fixture(scope="session")
def world(shared: Shared) -> World:
    """The repositories of all tests about regions; each is made when it is first asked for, and none is edited."""
    return World(shared)


BuildRegion = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def build_region() -> BuildRegion:
    """Build the site of a region that nobody else needs; whoever asks for this is left out of `make quick`."""
    return build


@pytest.fixture(scope="session")
def third_site(world: World, build_region: BuildRegion) -> Site:
    """The site of the fork at the third edition."""

    def make(folder: Path) -> str:
        done = build_region(world.third, folder)
        assert done.returncode == 0, done.stdout
        return done.stdout

    folder, output = world.shared.made("world/third-site", make)
    return Site(folder, 0, output)
