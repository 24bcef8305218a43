"""Write one comment under a pull request, and renew that one afterwards. Only the standard library is used.

Its words are in the language of the region.

GITHUB_REPOSITORY=owner/name NUMBER=7 SEEN=2 LAID=2 python sticky_comment.py MEANING NOTES

MEANING is the Markdown of `macros compare`, absent where the files could not be compared.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from comment_words import N_, say
from fetch_changes import gh

Call = Callable[..., Any]
"""Asks the API: address, method, body."""

MARK = "<!-- navigator: what this change means -->"
AUTHORS = ("github-actions[bot]",)
"""The name that the forge puts under what its workflows write."""

MOST = 65_000  # a comment has at most 65,536 characters

TITLE = N_("What this change means")
UNREADABLE = N_(
    "The files do not fit together yet, so what they mean cannot be said. "
    "The check *Check* names every problem with its line, and says what to write instead."
)
NOTHING = N_("No project, checklist or region file is changed any more.")
THANKS = N_(
    "Thank you. Nothing is published before an editor has looked at it, and you need do nothing more "
    "unless the check is red. Is it your first change here? Then the check starts when an editor lets it."
)


def compose(meaning: str | None, notes: Iterable[str], seen: int, laid: int) -> str:
    """Put the comment together: what changes, what was left out, and what comes next.

    Args:
        meaning: What `macros compare` says; None where it could not.
        notes: Sentences about files that were left out.
        seen: How many data files the pull request changes.
        laid: How many of them were compared.
    """
    read = say(UNREADABLE) if meaning is None else meaning.strip()
    said = say(NOTHING) if not seen else "" if not laid else read
    head = f"{MARK}\n## {say(TITLE)}\n\n{said}".rstrip()
    tail = "\n\n".join([*notes, f"---\n\n{say(THANKS)}"])
    return f"{head[: MOST - len(tail)]}\n\n{tail}\n"


@dataclass(frozen=True)
class Thread:
    """Where the comments of a request are; GitHub and Forgejo have the same addresses.

    Attributes:
        comments: The address of all of them.
        one: The address that the number of a comment follows.
        authors: The names under which we write.
        renew: The method that replaces a comment.
    """

    comments: str
    one: str
    authors: Collection[str] = AUTHORS
    renew: str = "PATCH"


def thread(repository: str, number: str, authors: Collection[str] = AUTHORS) -> Thread:
    """Give the comments of a pull request."""
    issues = f"repos/{repository}/issues"
    return Thread(f"{issues}/{int(number)}/comments", f"{issues}/comments", authors)


def earlier(comments: Iterable[Mapping[str, Any]], authors: Collection[str] = AUTHORS) -> int | None:
    """Find the comment written before: by the workflow itself, and with the mark at its beginning."""
    for comment in comments:
        by = comment.get("user") or comment.get("author") or {}
        if (by.get("login") or by.get("username")) in authors and str(comment.get("body")).startswith(MARK):
            return int(comment["id"])
    return None


def send(call: Call, to: Thread, text: str, seen: int) -> str:
    """Renew the earlier comment, or write the first; without data files only an earlier one is renewed."""
    met: set[int] = set()
    for page in count(1):
        some = call(f"{to.comments}?per_page=100&page={page}", "GET", None)
        if (known := earlier(some, to.authors)) is not None:
            call(f"{to.one}/{known}", to.renew, {"body": text})
            return "renewed"
        ids = {int(comment["id"]) for comment in some}
        if len(some) < 100 or ids <= met:  # a forge that knows no pages gives all of them each time
            break
        met |= ids
    if not seen:
        return "nothing to say"
    call(to.comments, "POST", {"body": text})
    return "written"


def main(meaning: Path, notes: Path) -> None:
    """Read what is to be said, and say it."""
    ask = os.environ
    seen, laid = int(ask["SEEN"]), int(ask["LAID"])
    said = meaning.read_text("utf-8") if meaning.exists() else None
    text = compose(said, notes.read_text("utf-8").splitlines(), seen, laid)
    print(send(gh, thread(ask["GITHUB_REPOSITORY"], ask["NUMBER"]), text, seen))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
