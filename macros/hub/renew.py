"""The fetching of all documents of a network, and what becomes of their copies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from macros.hub.bounds import Unfit
from macros.hub.copies import Copies, DocumentState, RegionState
from macros.hub.documents import PATHS, READERS, Scale, read_projects
from macros.hub.fetch import Limits, NotFetched, all_fetched
from macros.hub.months import line_of
from macros.hub.rows import rows_of
from macros.load.network import NetworkFile
from macros.text.dates import Month


class Outcome(NamedTuple):
    """What became of one document.

    Attributes:
        problem: Why it is not used; empty where it is.
        kept: The day of the copy that is used; None where there is none.
    """

    region: str
    file: str
    problem: str
    kept: str | None


def renew(
    home: Path, network: NetworkFile, scale: Scale, day: date, limits: Limits, instead: Mapping[str, str]
) -> Iterator[Outcome]:
    """Fetch the documents of all regions at the same time; keep those that are good, and note the others.

    Args:
        home: The repository of the hub.
        scale: What levels are measured on.
        day: Today.
        instead: Region → the address that is asked in place of its own, in tests.
    """
    sites = {name: instead.get(name, region.address) for name, region in network.regions.items()}
    addresses = {f"{name}/{file}": f"{site}{path}" for name, site in sites.items() for file, path in PATHS.items()}
    answers = all_fetched(addresses, limits)
    for name, region in network.regions.items():
        copies = Copies(home, name)
        before = copies.state().documents
        after = {
            file: _renewed(copies, file, answers[f"{name}/{file}"], before.get(file, DocumentState()), scale, day)
            for file in PATHS
        }
        copies.note(RegionState(documents=after))
        _note_month(copies, name, region.address, scale, day)
        yield from (Outcome(name, file, state.problem, state.kept) for file, state in after.items())


def _renewed(
    copies: Copies, file: str, answer: bytes | NotFetched, before: DocumentState, scale: Scale, day: date
) -> DocumentState:
    """Keep a document that is good; of any other, note why it is not, and leave the copy as it is."""
    try:
        if isinstance(answer, NotFetched):
            raise answer
        read = READERS[file](answer, scale)
    except (NotFetched, Unfit) as reason:
        return before.model_copy(update={"tried": str(day), "problem": str(reason)})
    copies.keep(file, answer)
    return DocumentState(tried=str(day), kept=str(day), unknown=read.unknown)


def _note_month(copies: Copies, name: str, address: str, scale: Scale, day: date) -> None:
    """Write the line of this month from the copy that is used, which may be an older one."""
    raw = copies.document("projects.json")
    if raw is None:
        return
    try:
        document = read_projects(raw, scale).document
    except Unfit:
        return
    rows = rows_of(document, name, address)
    copies.note_month(line_of(rows, str(Month.of(day)), document.day, scale.stages))
