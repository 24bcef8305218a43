"""Accept overlay entries as they are: the fingerprint of the shared text goes into the file, nothing else changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from macros.items import SHARED, Asked
from macros.overlay import Laid, entries, fingerprint
from macros.source import Mapping as Group
from macros.source import Source


def due(laid: Laid, names: Iterable[str] = ()) -> dict[tuple[str, str], str]:
    """List the entries whose fingerprint is missing or old: change or waive, full name → the present one.

    Args:
        names: Only these items; all where none is named.

    Raises:
        ValueError: a plain sentence, when a name has no entry.
    """
    wanted = set(names)
    found = {(what, name): entry for what, name, entry in entries(laid.layer.overlay)}
    if missing := sorted(wanted - {name for _, name in found}):
        raise ValueError(f'{laid.layer.file} neither changes nor waives "{missing[0]}".')
    made = {}
    for (what, name), entry in found.items():
        question = laid.question(name)
        if question is None or (wanted and name not in wanted):
            continue
        shared = (question.shared if isinstance(question, Asked) and question.layer == SHARED else None) or question
        if entry.against != fingerprint(shared):
            made[what, name] = fingerprint(shared)
    return made


def accept(source: Source, marks: Mapping[tuple[str, str], str], edition: str = "") -> str:
    """Write fingerprints into the text of an overlay.

    Args:
        source: The overlay as it was read.
        marks: What `due` lists.
        edition: Written to `edition`, where it is given.
    """
    lines = source.text.split("\n")
    edits: list[tuple[int, int, int, str]] = []  # line, column, width, text
    inserts: list[tuple[int, str]] = []
    if edition:
        at = source.spot(("edition",))
        edits.append((at.line, at.column, at.width, edition))
    for (what, name), mark in marks.items():
        entry = source.at((what, name))
        assert isinstance(entry, Group)  # noqa: S101
        if "against" in entry:
            at = entry.values_at["against"]
            edits.append((at.line, at.column, at.width, f'"{mark}"'))
            continue
        first = min(entry.names_at.values(), key=lambda spot: (spot.line, spot.column))
        before = lines[first.line - 1][: first.column - 1]
        if before.strip():
            edits.append((first.line, first.column, 0, f'against: "{mark}", '))
        else:
            inserts.append((first.line, f'{before}against: "{mark}"'))
    for line, column, width, text in sorted(edits, reverse=True):
        old = lines[line - 1]
        lines[line - 1] = old[: column - 1] + text + old[column - 1 + width :]
    ending = "\r" if lines and lines[0].endswith("\r") else ""
    for line, text in sorted(inserts, reverse=True):
        lines.insert(line - 1, text + ending)
    return "\n".join(lines)
