"""`network.yml`: the regions whose documents a hub gathers, read and checked."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated

from pydantic import Field

from macros.checks.region import address_problems
from macros.fields.types import FreeText, Group, NewName, Record
from macros.load.files import read_record
from macros.privacy.people import has_a_title
from macros.text.messages import M_
from macros.text.problem import Problem, kind
from macros.text.report import Problems, stops
from macros.text.source import Source

NETWORK = "network.yml"


class NetworkRegion(Record):
    """A region whose documents are gathered."""

    title: FreeText = Field(description="What the region is called.")
    address: FreeText = Field(description="The address of its site, with a slash at its end: https://…/")
    contact: FreeText | None = Field(None, description="A unit or its mailbox, never a person.")
    licence: FreeText | None = Field(None, description="The licence of its data. Left out: what its documents say.")


class NetworkFile(Record):
    """A network: what its hub is called and where it is, and its regions."""

    name: FreeText = Field(description="What the network is called.")
    address: FreeText = Field(description="The address of the hub, with a slash at its end: https://…/")
    regions: Annotated[dict[NewName, NetworkRegion], Group] = Field(
        description="Word for folders and addresses of the hub → the region."
    )


def is_hub(home: Path) -> bool:
    """Say whether a repository is that of a hub: it names a network."""
    return os.path.lexists(home / NETWORK)


def network_of(home: Path) -> NetworkFile:
    """Read the network of a hub.

    Raises:
        Problems: every mistake in the file.
    """
    found: list[Problem] = []
    network = read_network(home, found)
    if network is None or stops(found):
        raise Problems(found)
    return network


def read_network(home: Path, found: list[Problem]) -> NetworkFile | None:
    """Read `network.yml` and check it, adding to `found`; None where there is none, or it cannot be used."""
    if not is_hub(home):
        return None
    if (home / NETWORK).is_symlink() or not (home / NETWORK).is_file():
        sentence = M_("this is a link or a folder")
        found.append(Problem(NETWORK, 0, 0, "not-a-file", sentence, M_("put the file itself here")))
        return None
    source, network = read_record(home, NETWORK, NetworkFile, found)
    if network:
        found += _addresses(source, network)
        found += region_twice(source, network)
        found += _contacts(source, network)
    return network


def _addresses(source: Source, network: NetworkFile) -> Iterator[Problem]:
    yield from address_problems(source, ("address",), network.address, slash=True)
    for name, region in network.regions.items():
        yield from address_problems(source, ("regions", name, "address"), region.address, slash=True)


@kind("region-twice")
def region_twice(source: Source, network: NetworkFile) -> Iterator[Problem]:
    """A network names each site once.

    Its projects would be counted twice.
    """
    first: dict[str, str] = {}
    for name, region in network.regions.items():
        if region.address in first:
            at = source.spot(("regions", name, "address"))
            sentence = M_('this is the address of "%(region)s" too', region=first[region.address])
            fix = M_("write the address of this region, or remove the region")
            yield source.problem("region-twice", sentence, at, fix)
        first.setdefault(region.address, name)


def _contacts(source: Source, network: NetworkFile) -> Iterator[Problem]:
    for name, region in network.regions.items():
        if has_a_title(region.contact or ""):
            at = source.spot(("regions", name, "contact"))
            problem = source.problem("a-person", M_("this looks like a person, not a unit"), at, M_("write the unit"))
            yield replace(problem, excerpt="")  # a name is not repeated
