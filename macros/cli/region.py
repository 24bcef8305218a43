"""`python -m macros region init | guard`: start a region, or look whether it has edited files of upstream."""

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path

from macros.changes.git import git
from macros.changes.guard import edited
from macros.cli.command import Command, Place, politely
from macros.cli.region_files import UPSTREAM, first_files, thin_files
from macros.load.handbook import shared
from macros.load.region import COUNTRIES
from macros.text.report import printable


def _declare(region: ArgumentParser) -> None:
    commands = region.add_subparsers(dest="what", required=True)
    init = commands.add_parser("init", help="write the first files of a region")
    init.add_argument("name", metavar="NAME")
    init.add_argument("--address", default="", help="of the site: https://…/")
    init.add_argument("--country", default="", help="a layer of checklists/countries/")
    init.add_argument("--thin", metavar="FOLDER", help="start a thin repository there, not a fork")
    init.add_argument("--upstream", default="", metavar="ADDRESS", help="where a thin repository fetches from")
    guard = commands.add_parser("guard", help="name upstream files that were edited")
    guard.add_argument("upstream", metavar="REVISION", help="of upstream, such as upstream/main")


@politely
def _run(chosen: Namespace, place: Place) -> int:
    return (_guard if chosen.what == "guard" else _init)(chosen, place)


def _init(chosen: Namespace, place: Place) -> int:
    """Write the first files of a region; nothing is written when one of them exists."""
    root = place.root
    handbook = shared(root)
    countries = sorted(path.stem for path in (root / COUNTRIES).glob("*.yml"))
    if chosen.country and chosen.country not in countries:
        known = f"There is: {', '.join(countries)}." if countries else "Leave it out."
        raise ValueError(f'There is no layer for "{chosen.country}" in {COUNTRIES}/. {known}')
    target = Path(chosen.thin).expanduser() if chosen.thin else place.home
    files = first_files(chosen.name, handbook.frame.edition, chosen.address, chosen.country, thin=bool(chosen.thin))
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
    commit = _git_output(root, "rev-parse", "HEAD")
    remotes = (_git_output(root, "remote", "get-url", name) for name in ("upstream", "origin"))
    address = address or next(filter(None, remotes), "")
    if not commit:
        raise ValueError("This is not a Git repository, so nobody could fetch its version. Start in a clone.")
    if not address:
        raise ValueError("Say where the shared handbook is fetched from: --upstream ADDRESS.")
    version = _git_output(root, "describe", "--tags", "--exact-match", "--match", "v[0-9]*")
    return address, version or commit, commit


def _git_output(root: Path, *arguments: str) -> str:
    return (git(root, *arguments) or b"").decode().strip()


def _guard(chosen: Namespace, place: Place) -> int:
    """Name upstream files that the repository has edited; 1 if there is one."""
    if (place.home / UPSTREAM).is_file():
        print(f"A thin repository holds no file of upstream; it names a version in {UPSTREAM}.")
        return 0
    touched, added = edited(place.home, chosen.upstream)
    for path in touched:
        print(f"{printable(path)} belongs to upstream and was edited here: the next upgrade may stop at it.")
    for path in added:
        print(f"{printable(path)} lies where upstream may put a file of its own; region/ is the safe place.")
    if not touched:
        print("No file of upstream was edited.")
    return 1 if touched else 0


COMMAND = Command("region", "start a region, or guard it", _declare, _run)
