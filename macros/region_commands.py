"""The commands of a region: `region init`, `region guard`, `adapt` and `upstream`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from macros.adapt import accept, due
from macros.handbook import Handbook
from macros.items import Layer
from macros.kinds import Problem
from macros.layers import Overlay
from macros.load import checklists, survey
from macros.overlay import Laid
from macros.problems import Problems, printable, stops
from macros.records import read_record
from macros.regional import OVERLAY, as_far_as_it_fits
from macros.regions import edited, first_files, thin_files
from macros.revisions import git, state
from macros.upgrade import upgrade
from macros.upgrade_text import as_json, as_markdown


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
    upstream.add_argument("old", metavar="OLD", help="an edition, a Git revision or a folder")
    upstream.add_argument("new", metavar="NEW", nargs="?", default=".", help="the same; else what is here")
    upstream.add_argument("--format", choices=["markdown", "json"], default="markdown")


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
    if chosen.country and not (root / f"checklists/countries/{chosen.country}.yml").is_file():
        raise ValueError(f'There is no layer for "{chosen.country}" in checklists/countries/.')
    target = Path(chosen.thin) if chosen.thin else home
    files = first_files(chosen.name, book.frame.edition, chosen.address, chosen.country, thin=bool(chosen.thin))
    if chosen.thin:
        commit = (git(root, "rev-parse", "HEAD") or b"").decode().strip()
        origin = chosen.upstream or (git(root, "remote", "get-url", "origin") or b"").decode().strip()
        if not commit or not origin:
            raise ValueError("Say where the shared handbook is fetched from: --upstream ADDRESS.")
        exact = (git(root, "describe", "--tags", "--exact-match") or b"").decode().strip()
        files |= thin_files(origin, exact or commit, commit)
    if there := [path for path in files if os.path.lexists(target / path)]:
        raise ValueError(f"{there[0]} exists already; nothing was written.")
    for path, text in files.items():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_text(text, encoding="utf-8", newline="\n")
    print(*(f"{path} is written." for path in files), sep="\n")
    return 0


def run_guard(root: Path, upstream: str) -> int:
    """Name upstream files that the repository has edited; 1 if there is one."""
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
    laid = Laid(Layer("", overlay.title or "", file, overlay), source, book, book.areas)
    marks = due(laid, names)
    edition = book.frame.edition if everything and overlay.edition != book.frame.edition else ""
    text = accept(source, marks, edition)
    if text != source.text:
        (base / file).write_bytes(text.encode())
    print(*(f"{name}: accepted." for _, name in marks), sep="\n")
    print(f"{len(marks)} entr{'y' if len(marks) == 1 else 'ies'} of {file} accepted.")
    return 0


def run_upstream(root: Path, home: Path, old: str, new: str, form: str, day: date) -> int:
    """Print what lies between two states of the shared checklists."""
    with state(root, old) as first, state(root, new) as second:
        was, now = _shared(first), _shared(second)
        before, overlay = as_far_as_it_fits(was, first, home)
        after, _ = as_far_as_it_fits(now, second, home)
        read, problems = survey(root, day, home=home)
        projects = read.projects if read else {}
        if stops(problems):
            print("The repository has problems; `python -m macros check` names them.", file=sys.stderr)
        before, after = replace(before, projects=projects), replace(after, projects=projects)
        report = upgrade(was, now, before, after, overlay, day=day)
    print(as_json(report) if form == "json" else as_markdown(report, after), end="")
    return 0


def _shared(root: Path) -> Handbook:
    """Read the shared checklists alone."""
    found: list[Problem] = []
    book = checklists(root, None, found)
    if book is None:
        raise Problems(found)
    return book
