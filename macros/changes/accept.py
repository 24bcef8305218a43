"""Accept overlay entries as they are: only the fingerprints of the shared texts are written into the file."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from macros.model.resolve import OverlayContext, entries
from macros.text.reader import read
from macros.text.source import Path, Source


def due(context: OverlayContext, names: Iterable[str] = ()) -> dict[tuple[str, str], str]:
    """List the entries whose fingerprint is missing or old: change or waive, full name → the present one.

    Args:
        names: Only these items; all where none is named.

    Raises:
        ValueError: a plain sentence, when a name has no entry.
    """
    wanted = set(names)
    known = {name for _, name, _ in entries(context.layer.overlay)}
    if missing := sorted(wanted - known):
        raise ValueError(f'{context.layer.file} neither changes nor waives "{missing[0]}".')
    return {(what, name): mark for what, name, _, mark in context.unreviewed() if not wanted or name in wanted}


def accept(source: Source, marks: Mapping[tuple[str, str], str], edition: str = "") -> str:
    """Write fingerprints into the text of an overlay.

    Args:
        source: The overlay as it was read.
        marks: What `due` lists.
        edition: Written to `edition`, where it is given.

    Raises:
        ValueError: a plain sentence, when an entry is written in a way that this cannot mend.
    """
    lines = source.text.split("\n")
    edits = [edit for path, mark in marks.items() for edit in _edits(source, path, mark)]
    if edition:
        at = source.spot(("edition",))
        edits.append((at.line, at.column, at.width, edition))
    for line, column, width, new in sorted(edits, reverse=True):
        old = lines[line - 1]
        lines[line - 1] = old[: column - 1] + new + old[column - 1 + width :]
    text = "\n".join(lines)
    _confirm(source, text, marks, edition)
    return text


def _edits(source: Source, path: Path, mark: str) -> Iterator[tuple[int, int, int, str]]:
    """Yield line, column, width and text of what changes in one entry."""
    entry, start = source.at(path), source.spot(path)
    if "against" in entry:
        at = source.spot((*path, "against"), name=entry["against"] is None)
        if entry["against"] is None:
            yield at.line, at.column + at.width, 1, f': "{mark}"'
        else:
            yield at.line, at.column, at.width, f'"{mark}"'
    elif source.line(start.line)[start.column - 1] == "{":
        more = "," if entry else ""
        space = " " if entry and source.line(start.line)[start.column :].strip() else ""
        yield start.line, start.column + 1, 0, f'against: "{mark}"{more}{space}'
    else:
        first = min(map(entry.name_at, entry))
        ending = "\r\n" if source.text.split("\n")[first.line - 1].endswith("\r") else "\n"
        yield first.line, first.column, 0, f'against: "{mark}"{ending}{" " * (first.column - 1)}'


def _confirm(source: Source, text: str, marks: Mapping[tuple[str, str], str], edition: str) -> None:
    """Read the text again: it must say the same as before but for the marks."""
    wanted: dict[str, Any] = {**source.data, **({"edition": edition} if edition else {})}
    for (what, name), mark in marks.items():
        wanted[what] = {**wanted[what], name: {**wanted[what][name], "against": mark}}
    raw = text.encode()
    again, problems = read(source.file, raw, len(raw))
    if problems or dict(again.data) != wanted:
        names = ", ".join(name for _, name in marks)
        raise ValueError(f'An entry is written too unusually to mend. Write "against: …" into it yourself: {names}.')
