"""`python -m macros hub init | fetch`: start a hub over several regions, or fetch what the regions publish."""

import json
import os
import re
from argparse import ArgumentParser, Namespace

from macros.cli.command import Place, politely
from macros.cli.region import filled, folder_of, upstream_file, upstream_of, write_all
from macros.hub.documents import Scale
from macros.hub.fetch import Limits
from macros.hub.renew import Outcome, renew
from macros.load.handbook import shared
from macros.load.network import NETWORK, is_hub, network_of
from macros.text.report import printable
from macros.text.slugs import web_address

FORGES: dict[str, dict[str, str]] = {
    "github": {".github/workflows/hub.yml": "hub/github.yml", ".github/dependabot.yml": "github/dependabot.yml"},
    "forgejo": {".forgejo/workflows/hub.yml": "hub/forgejo.yml"},
}
"""Forge → the workflows of a hub there: path → file of the scaffold."""

LOCAL = re.compile(r"([a-z][a-z0-9-]*)=(http://127\.0\.0\.1:[0-9]{1,5}/(?:[a-z0-9-]+/)*)")


LONGEST = 600
"""Seconds that one document may take at most."""


def declare(parser: ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="what", required=True)
    init = commands.add_parser("init", help="write the first files of a hub")
    init.add_argument("folder", metavar="FOLDER", help="an empty folder, which becomes the repository of the hub")
    init.add_argument("--name", required=True, help="of the network")
    init.add_argument("--address", required=True, help="of the hub: https://…/")
    init.add_argument("--forge", choices=FORGES, help="write the workflow for this forge")
    init.add_argument("--upstream", default="", metavar="ADDRESS", help="where the shared handbook is fetched from")
    fetch = commands.add_parser("fetch", help=f"fetch the documents of the regions that {NETWORK} names")
    fetch.add_argument("--seconds", type=float, help="the longest that one document takes; left out: 10")
    hint = (
        "ask this server of the same machine in place of a region's site, to try things out: name=http://127.0.0.1:…/"
    )
    fetch.add_argument("--instead", nargs="+", default=[], metavar="NAME=ADDRESS", help=hint)


@politely
def run(chosen: Namespace, place: Place) -> int:
    return {"init": _init, "fetch": _fetch}[chosen.what](chosen, place)


def _init(chosen: Namespace, place: Place) -> int:
    """Write the first files of a hub; nothing is written when one of them exists."""
    target = folder_of(chosen.folder)
    files = first_files(chosen.name, chosen.address, upstream_of(place.root, chosen.upstream), chosen.forge)
    if there := [path for path in files if os.path.lexists(target / path)]:
        raise ValueError(f"{there[0]} exists already; nothing was written.")
    write_all(target, files)
    print(*(f"{path} is written." for path in files), sep="\n")
    return 0


def first_files(name: str, address: str, upstream: tuple[str, str, str], forge: str | None) -> dict[str, str]:
    """Write the first files of a hub: path → text.

    Args:
        upstream: Where the shared handbook is fetched from, its version, and its commit.

    Raises:
        ValueError: a plain sentence, when the name or the address cannot be used.
    """
    address = f"{address.rstrip('/')}/"
    if not web_address(address):
        raise ValueError(f'"{address}" is not an address. Write it as https://…/')
    if not name.strip() or not name.isprintable():
        raise ValueError("Write the name of the network in ordinary letters.")
    return {
        NETWORK: filled("hub/network.yml", name=json.dumps(name, ensure_ascii=False), address=address),
        "upstream.yml": upstream_file(*upstream),
        "Makefile": filled("hub/Makefile") + filled("ready.mk"),
        ".gitignore": ".navigator/\n",
        **{path: filled(file) for path, file in FORGES.get(forge or "", {}).items()},
    }


def _fetch(chosen: Namespace, place: Place) -> int:
    """Fetch all documents and say what became of each. A document that is not used is no failure of the command."""
    if not is_hub(place.home):
        raise ValueError(f"There is no {NETWORK} here. This command belongs to a hub: hub init FOLDER starts one.")
    network = network_of(place.home)
    if not network.regions:
        raise ValueError(f"{NETWORK} names no region yet.")
    if chosen.seconds and not 0 < chosen.seconds <= LONGEST:
        raise ValueError(f"{chosen.seconds:g} seconds cannot be waited for. Write a number up to {LONGEST}.")
    instead = dict(_local(text) for text in chosen.instead)
    if unknown := [name for name in instead if name not in network.regions]:
        raise ValueError(f'"{unknown[0]}" is not in {NETWORK}.')
    frame = shared(place.root).frame
    scale = Scale(frozenset(frame.tracks), len(frame.stages))
    limits = Limits(seconds=chosen.seconds) if chosen.seconds else Limits()
    for outcome in renew(place.home, network, scale, place.day, limits, instead):
        print(printable(_said(outcome)))
    return 0


def _said(outcome: Outcome) -> str:
    document = f"{outcome.region}, {outcome.file}"
    if not outcome.problem:
        return f"{document}: fetched."
    copy = f"The copy of {outcome.kept} is kept." if outcome.kept else "There is no copy."
    return f"{document}: {outcome.problem} {copy}"


def _local(text: str) -> tuple[str, str]:
    found = LOCAL.fullmatch(text)
    if not found:
        raise ValueError(
            f'"{text}" does not fit. Write a region and a server of this machine: name=http://127.0.0.1:8000/'
        )
    return found[1], found[2]
