"""Lay the data files that a pull request changes over a copy of the default branch's data.

The workflow that runs this may write comments, so nothing of the pull request may run in it. Files come
through the forge's API as bytes, only from folders of data, only under names that cannot lead elsewhere,
only ordinary files, few and small. What is left out is said, in the language of the region. Only the standard library
is used.

    GITHUB_REPOSITORY=owner/name NUMBER=7 HEAD=<commit> python fetch_changes.py FOLDER NOTES

writes the folder and the notes, and to GITHUB_OUTPUT how many data files the pull request changes (`seen`)
and how many of them were laid in the folder (`laid`).
"""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from comment_words import N_, NN_, say, say_many

Call = Callable[[str], Any]
"""Asks the API for an address below its root; gives the JSON it answers."""

FOLDERS = ("projects", "checklists", "region")
SHOWN = ("region/pages/", "region/assets/")
"""Folders whose files are published as they are: nothing of them can be compared."""

MOST_FILES = 20
MOST_CHANGES = 1_000

WORD = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
LIMITS = {
    re.compile(rf"projects/{WORD}\.yml"): 128 * 1024,
    re.compile(rf"checklists/(?:{WORD}/)?{WORD}\.yml"): 256 * 1024,
    re.compile(r"region/(?:region|overlay|keywords|upstream)\.yml"): 256 * 1024,
    re.compile(rf"region/layers/{WORD}\.yml"): 256 * 1024,
}
ORDINARY = {"100644", "100755"}  # Git's modes of files; links and submodules have others

TOO_MANY = N_("More than %(most)s data files change at once, too many to compare here. The check's summary has it all.")
VERY_MANY = N_("%(most)s files or more change at once, too many to compare here. The check's summary has it all.")
NOT_COMPARED = N_("%(file)s is not compared: %(fault)s.")
NOT_GIVEN, NO_FILE = N_("the forge does not give it"), N_("it is a link, not a file")
NO_CONTENT, TOO_LARGE = N_("the forge does not name its content"), N_("it is larger than %(most)s KiB")
PAGES = NN_(
    "%(num)s page or file of the region changed; see them in the preview of the check.",
    "%(num)s pages or files of the region changed; see them in the preview of the check.",
)
OTHER_NAMES = NN_(
    "%(num)s file is not compared: its name is not of the form %(first)s, %(second)s or %(third)s.",
    "%(num)s files are not compared: their names are not of the form %(first)s, %(second)s or %(third)s.",
)
FORMS = {
    "first": "`projects/small-letters.yml`",
    "second": "`checklists/track/area.yml`",
    "third": "`region/overlay.yml`",
}


@dataclass(frozen=True)
class Plan:
    """What to do: blobs to fetch by path, paths to remove, and sentences about what is left out."""

    fetch: Mapping[str, str] = field(default_factory=dict)
    remove: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def limit(name: str) -> int | None:
    """Tell how many bytes a data file may have; None where the name is not that of a data file."""
    return next((most for form, most in LIMITS.items() if len(name) <= 120 and form.fullmatch(name)), None)


def plan(changes: Iterable[Mapping[str, Any]], tree: Iterable[Mapping[str, Any]]) -> Plan:
    """Choose what to fetch and what to remove.

    Args:
        changes: The pull request's files, as the API lists them.
        tree: All files of its last commit, likewise: path, mode, size, and the blob's name.
    """
    gone: set[str] = set()
    wanted: set[str] = set()
    for change in changes:
        if change["status"] == "renamed":
            gone.add(str(change["previous_filename"]))
        (gone if change["status"] == "removed" else wanted).add(str(change["filename"]))
    shown = {name for name in gone | wanted if name.startswith(SHOWN)}
    names = {name for name in gone | wanted if name.split("/")[0] in FOLDERS} - shown
    known = {name for name in names if limit(name) is not None}
    if len(known) > MOST_FILES:
        return Plan(notes=(say(TOO_MANY, most=MOST_FILES),))
    entries = {str(entry["path"]): entry for entry in tree}
    faults = {name: _fault(name, entries.get(name)) for name in sorted(known & wanted)}
    odd = len(names - known)
    notes = [say(NOT_COMPARED, file=f"`{name}`", fault=fault) for name, fault in faults.items() if fault]
    if shown:
        notes.append(say_many(PAGES, len(shown)))
    if odd:
        notes.append(say_many(OTHER_NAMES, odd, **FORMS))
    return Plan(
        {name: str(entries[name]["sha"]) for name, fault in faults.items() if not fault},
        tuple(sorted((known & gone) - wanted)),
        tuple(notes),
    )


def _fault(name: str, entry: Mapping[str, Any] | None) -> str:
    """Say why a file is not fetched; empty where it can be."""
    most = limit(name) or 0
    if entry is None:
        return say(NOT_GIVEN)
    if entry.get("type") != "blob" or entry.get("mode") not in ORDINARY:
        return say(NO_FILE)
    if not re.fullmatch(r"[0-9a-f]{40,64}", str(entry.get("sha"))):
        return say(NO_CONTENT)
    return "" if int(entry.get("size", most + 1)) <= most else say(TOO_LARGE, most=most // 1024)


def content(blob: Mapping[str, Any], most: int) -> bytes:
    """Take the bytes out of a blob; raises ValueError where they are not what was promised."""
    if blob.get("encoding") != "base64":
        raise ValueError("a blob that is not in base64")
    data = base64.b64decode(str(blob["content"]))
    if len(data) > most:
        raise ValueError("a blob that is larger than it was said to be")
    return data


def inside(folder: Path, name: str) -> Path:
    """Give the place of a data file in a folder; raises ValueError where it would lie elsewhere."""
    path = folder.resolve() / name
    if limit(name) is None or path.resolve() != path:
        raise ValueError(f"not a place for a data file: {name!r}")
    return path


def copy(root: Path, folder: Path) -> None:
    """Copy the default branch's data; links stay links, so that nothing behind them is copied."""
    for name in FOLDERS:
        if (root / name).is_dir():
            shutil.copytree(root / name, folder / name, symlinks=True)


def lay(folder: Path, files: Mapping[str, bytes], remove: Iterable[str]) -> None:
    """Remove and write data files in a folder, and nothing outside it."""
    for name in remove:
        inside(folder, name).unlink(missing_ok=True)
    for name, data in files.items():
        path = inside(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def changes_of(call: Call, repository: str, number: str) -> list[Mapping[str, Any]]:
    """List a pull request's files, page by page, up to a limit."""
    found: list[Mapping[str, Any]] = []
    for page in count(1):
        some = call(f"repos/{repository}/pulls/{number}/files?per_page=100&page={page}")
        found += some
        if len(some) < 100 or len(found) >= MOST_CHANGES:
            break
    return found


@dataclass(frozen=True)
class Gathered:
    """How many data files are changed, how many of them were laid, and sentences about the others."""

    seen: int = 0
    laid: int = 0
    notes: tuple[str, ...] = ()


def gather(call: Call, repository: str, number: str, head: str, folder: Path) -> Gathered:
    """Lay the changes of a pull request over the data in `folder`.

    Args:
        call: Asks the API.
        repository: Owner and name of the repository that the pull request is made to.
        number: The pull request's number.
        head: Its last commit.
        folder: Where a copy of the default branch's data is.
    """
    if not re.fullmatch(r"[1-9][0-9]{0,9}", number) or not re.fullmatch(r"[0-9a-f]{40}|[0-9a-f]{64}", head):
        raise ValueError("not a pull request")
    return take(
        changes_of(call, repository, number),
        lambda: call(f"repos/{repository}/git/trees/{head}?recursive=1")["tree"],
        lambda sha, most: content(call(f"repos/{repository}/git/blobs/{sha}"), most),
        folder,
    )


def take(
    changes: Sequence[Mapping[str, Any]],
    tree: Callable[[], Iterable[Mapping[str, Any]]],
    read: Callable[[str, int], bytes],
    folder: Path,
) -> Gathered:
    """Lay changes over the data in `folder`, wherever they are read from.

    Args:
        changes: The files of the request, as GitHub's API lists them.
        tree: Lists all files of its last commit, likewise.
        read: Gives the content of a file by the name of its blob, at most so many bytes.
        folder: Where a copy of the default branch's data is.
    """
    if len(changes) >= MOST_CHANGES:
        seen = sum(str(change["filename"]).split("/")[0] in FOLDERS for change in changes)
        too_many = seen > MOST_FILES
        note = say(TOO_MANY, most=MOST_FILES) if too_many else say(VERY_MANY, most=f"{MOST_CHANGES:,}")
        return Gathered(seen, 0, (note,) if seen else ())
    chosen = plan(changes, tree())
    files = {name: read(sha, limit(name) or 0) for name, sha in chosen.fetch.items()}
    lay(folder, files, chosen.remove)
    laid = len(files) + len(chosen.remove)
    return Gathered(laid + len(chosen.notes), laid, chosen.notes)


def gh(path: str, method: str = "GET", body: Mapping[str, Any] | None = None) -> Any:
    """Ask GitHub's API through its command line, which knows the token."""
    command = ["gh", "api", "--method", method, path]
    sent = None if body is None else json.dumps(body).encode()
    done = subprocess.run(  # noqa: S603
        command + (["--input", "-"] if sent else []), input=sent, stdout=subprocess.PIPE, check=True, timeout=60
    )
    return json.loads(done.stdout)


def main(folder: Path, notes: Path) -> None:
    """Read what is asked from the environment, and write the answers."""
    copy(Path.cwd(), folder)
    ask = os.environ
    done = gather(gh, ask["GITHUB_REPOSITORY"], ask["NUMBER"], ask["HEAD"], folder)
    notes.write_text("".join(f"{note}\n" for note in done.notes), encoding="utf-8")
    with Path(ask["GITHUB_OUTPUT"]).open("a", encoding="utf-8") as output:
        output.write(f"seen={done.seen}\nlaid={done.laid}\n")


ODD = (ValueError, TypeError, KeyError, AttributeError, RecursionError, OSError, subprocess.SubprocessError)
"""What an answer raises that is not of the form that the API promises, and a call or a file that fails."""

if __name__ == "__main__":
    try:
        main(*map(Path, sys.argv[1:]))
    except ODD as error:
        sys.exit(f"The changes cannot be compared: {type(error).__name__} while the forge's answers were read.")
