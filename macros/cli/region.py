"""The commands of a region: `region init`, `region guard`, `adapt` and `upstream`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from macros.changes.accept import accept, due
from macros.changes.git import git, state
from macros.changes.guard import edited
from macros.changes.upgrade import upgrade
from macros.changes.upgrade_text import as_json, as_markdown, plain
from macros.cli.scaffold import first_files, thin_files
from macros.load.handbook import checklists, projects_alone
from macros.load.records import read_record
from macros.load.region import COUNTRIES, OVERLAY, as_far_as_it_fits
from macros.model.handbook import Handbook
from macros.model.items import Layer
from macros.model.overlay import Overlay
from macros.model.resolve import OverlayContext
from macros.model.status_file import ProjectKind
from macros.text.problem import Problem
from macros.text.report import Problems, printable

UPSTREAM = "region/upstream.yml"


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare what can be written behind `python -m macros`."""
    region = commands.add_parser("region", help="start a region, or guard it").add_subparsers(
        dest="what", required=True
    )
    init = region.add_parser("init", help="write the first files of a region")
    init.add_argument("name", metavar="NAME")
    init.add_argument("--address", default="", help="of the site: https://…/")
    init.add_argument("--country", default="", help="a layer of checklists/countries/")
    init.add_argument("--thin", metavar="FOLDER", help="start a thin repository there, not a fork")
    init.add_argument("--upstream", default="", metavar="ADDRESS", help="where a thin repository fetches from")
    guard = region.add_parser("guard", help="name upstream files that were edited")
    guard.add_argument("upstream", metavar="REVISION", help="of upstream, such as upstream/main")
    adapt = commands.add_parser("adapt", help="accept overlay entries as they are")
    adapt.add_argument("items", nargs="*", metavar="AREA/ITEM")
    adapt.add_argument("--all", action="store_true", help="every entry; the overlay then names the present edition")
    adapt.add_argument("--layer", metavar="FILE", default=OVERLAY, help="another layer, such as a country's")
    upstream = commands.add_parser("upstream", help="report what an upgrade asks of a region")
    upstream.add_argument("old", metavar="OLD", help="the edition you come from, a Git revision or a folder")
    upstream.add_argument("new", metavar="NEW", nargs="?", default=".", help="the same; else what is here")
    upstream.add_argument("--format", choices=["text", "markdown", "json"], default="text")


def run(chosen: argparse.Namespace, root: Path, home: Path, day: date) -> int:
    """Run one of these commands; 2 when it cannot be done."""
    try:
        if chosen.command == "adapt":
            return run_adapt(root, home, chosen.items, chosen.layer, everything=chosen.all)
        if chosen.command == "upstream":
            return run_upstream(root, home, chosen.old, chosen.new, chosen.format, day)
        if chosen.what == "guard":
            return run_guard(home, chosen.upstream)
        return run_init(root, home, chosen)
    except (ValueError, OSError) as error:
        print(printable(str(error)), file=sys.stderr)
        return 2


def run_init(root: Path, home: Path, chosen: argparse.Namespace) -> int:
    """Write the first files of a region; nothing is written when one of them exists."""
    book = _shared(root)
    countries = sorted(path.stem for path in (root / COUNTRIES).glob("*.yml"))
    if chosen.country and chosen.country not in countries:
        known = f"There is: {', '.join(countries)}." if countries else "Leave it out."
        raise ValueError(f'There is no layer for "{chosen.country}" in {COUNTRIES}/. {known}')
    target = Path(chosen.thin).expanduser() if chosen.thin else home
    files = first_files(chosen.name, book.frame.edition, chosen.address, chosen.country, thin=bool(chosen.thin))
    if chosen.thin:
        files |= thin_files(*_upstream(root, chosen.upstream))
    if there := [path for path in files if os.path.lexists(target / path)]:
        raise ValueError(f"{there[0]} exists already; nothing was written.")
    for path, text in files.items():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_text(text, encoding="utf-8", newline="\n")
    print(*(f"{path} is written." for path in files), sep="\n")
    return 0


def _upstream(root: Path, address: str) -> tuple[str, str, str]:
    """Tell where the shared handbook is fetched from, the version here, and its commit."""
    commit = _said(root, "rev-parse", "HEAD")
    remotes = (_said(root, "remote", "get-url", name) for name in ("upstream", "origin"))
    address = address or next(filter(None, remotes), "")
    if not commit:
        raise ValueError("This is not a Git repository, so nobody could fetch its version. Start in a clone.")
    if not address:
        raise ValueError("Say where the shared handbook is fetched from: --upstream ADDRESS.")
    version = _said(root, "describe", "--tags", "--exact-match", "--match", "v[0-9]*")
    return address, version or commit, commit


def _said(root: Path, *arguments: str) -> str:
    return (git(root, *arguments) or b"").decode().strip()


def run_guard(root: Path, upstream: str) -> int:
    """Name upstream files that the repository has edited; 1 if there is one."""
    if (root / UPSTREAM).is_file():
        print(f"A thin repository holds no file of upstream; it names a version in {UPSTREAM}.")
        return 0
    touched, added = edited(root, upstream)
    for path in touched:
        print(f"{printable(path)} belongs to upstream and was edited here: the next upgrade may stop at it.")
    for path in added:
        print(f"{printable(path)} lies where upstream may put a file of its own; region/ is the safe place.")
    if not touched:
        print("No file of upstream was edited.")
    return 1 if touched else 0


def run_adapt(root: Path, home: Path, names: Sequence[str], file: str, *, everything: bool) -> int:
    """Write fingerprints into an overlay."""
    if not names and not everything:
        raise ValueError("Name the items to accept, or write --all.")
    base = home if file == OVERLAY else root
    if not (base / file).is_file():
        raise ValueError(f"There is no {file}.")
    book = _shared(root)
    found: list[Problem] = []
    source, overlay = read_record(base, file, Overlay, found)
    if overlay is None:
        raise Problems(found)
    context = OverlayContext(Layer("", overlay.title or "", file, overlay), source, book, book.areas)
    marks = due(context, names)
    edition = book.frame.edition if everything and overlay.edition != book.frame.edition else ""
    text = accept(source, marks, edition)
    if text != source.text:
        (base / file).write_bytes(text.encode())
    for _, name in marks:
        print(f"{name}: accepted.")
    print(f"{len(marks)} entr{'y' if len(marks) == 1 else 'ies'} of {file} accepted.")
    return 0


def run_upstream(root: Path, home: Path, old: str, new: str, form: str, day: date) -> int:
    """Print what lies between two states of the shared checklists."""
    with state(root, old) as first, state(root, new) as second:
        was, now = _shared(first), _shared(second)
        before, overlay = as_far_as_it_fits(was, first, home)
        after, _ = as_far_as_it_fits(now, second, home)
        projects, left_out = projects_alone(root, home)
        if after.region:  # upstream answers for its examples
            projects = {name: it for name, it in projects.items() if it.kind is ProjectKind.PROJECT}
        for file in left_out:
            print(f"{printable(file)} cannot be read and is left out; `check` says why.", file=sys.stderr)
        before, after = replace(before, projects=projects), replace(after, projects=projects)
        report = upgrade(was, now, before, after, overlay, day=day)
    text = as_json(report) if form == "json" else as_markdown(report, after)
    print(plain(text) if form == "text" else text, end="")
    return 0


def _shared(root: Path) -> Handbook:
    """Read the shared checklists alone."""
    found: list[Problem] = []
    book = checklists(root, None, found)
    if book is None:
        raise Problems(found)
    return book
