"""Guides in another language: what they were made from, and the anchors of the English ones. Pure functions of texts.

The front matter of such a guide says `made-from`, the digest of the English file, and may say `reviewed: role, day`.
Its headings are those of the English guide, in their order, and get the same anchors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256

from macros.language.catalogue import REVIEWED
from macros.text.slugs import as_anchor

FRONT = re.compile(r"\A---\n(.*?\n)??---\n", re.DOTALL)
MADE_FROM = re.compile(r"^made-from: *[\"']?([0-9a-f]{8})[\"']?\s*$", re.MULTILINE)
HEADING = re.compile(r"^(#{1,6}) +(.+?)(?: +#+)?(?:\s*\{:?([^{}]*)\})?\s*$")
ANCHOR = re.compile(r"#([^\s#{}.]+)")
FENCE = re.compile(r" {0,3}(```|~~~)")


def digest(text: str) -> str:
    """Give eight hexadecimal digits of an English guide, which change when it does."""
    return sha256(text.replace("\r\n", "\n").encode()).hexdigest()[:8]


def parts(text: str) -> tuple[str, str]:
    """Split a page into the lines of its front matter and the rest."""
    found = FRONT.match(text)
    return (found[1] or "", text[found.end() :]) if found else ("", text)


def made_from(text: str) -> str:
    """Give the digest of the English guide that a translation was made from; empty where it does not say."""
    found = MADE_FROM.search(parts(text)[0])
    return found[1] if found else ""


def is_reviewed(text: str) -> bool:
    """Say whether a specialist has read a guide, as a line `reviewed: role, day` of its front matter says."""
    return any(REVIEWED.fullmatch(line.strip()) for line in parts(text)[0].splitlines())


def noted(text: str, english: str) -> str:
    """Write into a translated guide which English one it was made from; a review of an earlier one is taken out."""
    front, body = parts(text)
    kept = [line for line in front.splitlines() if not line.startswith(("made-from:", "reviewed:"))]
    return "\n".join(["---", *kept, f'made-from: "{digest(english)}"', "---", body])


def headings(text: str) -> list[tuple[int, str]]:
    """List the headings of a page: level and anchor."""
    found: dict[str, int] = {}
    listed = []
    for _, heading in _lines(parts(text)[1]):
        if heading:
            given = ANCHOR.search(heading[3] or "")
            anchor = given[1] if given else _unused(as_anchor(_plain(heading[2]), "-"), found)
            found[anchor] = 1
            listed.append((len(heading[1]), anchor))
    return listed


def _lines(body: str) -> Iterator[tuple[str, re.Match[str] | None]]:
    """Yield the lines of a page, each with its heading, if it is one outside code."""
    fence = ""
    for line in body.split("\n"):
        if mark := FENCE.match(line):
            fence = "" if fence == mark[1] else fence or mark[1]
        yield line, None if fence else HEADING.match(line)


def _plain(text: str) -> str:
    """Take links, emphasis and code marks out of a heading."""
    return re.sub(r"[*`]|(?<!\w)_|_(?!\w)", "", re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text))


def _unused(anchor: str, found: dict[str, int]) -> str:
    """Make an anchor differ from those before it, as Markdown does."""
    number, name = 0, anchor
    while name in found:
        number += 1
        name = f"{anchor}_{number}"
    return name


def laid_over(text: str, english: str) -> str:
    """Give a translated guide with the front matter and the anchors of the English one.

    Where its headings are not those of the English one, it keeps the anchors that it has.
    """
    (front, body), (theirs, _) = parts(text), parts(english)
    own = "".join(f"{line}\n" for line in front.splitlines() if not line.startswith(("made-from:", "reviewed:")))
    if fit(text, english):
        body = anchored(body, [anchor for _, anchor in headings(english)])
    return f"---\n{theirs}{own}---\n{body}" if theirs or own else body


def fit(text: str, english: str) -> bool:
    """Say whether a translated guide has the headings of the English one: as many, of the same levels."""
    return [level for level, _ in headings(text)] == [level for level, _ in headings(english)]


def anchored(body: str, anchors: list[str]) -> str:
    """Write an anchor behind each heading of a page."""
    waiting, lines = iter(anchors), []
    for line, heading in _lines(body):
        if heading:
            others = ANCHOR.sub("", heading[3] or "").strip()
            line = f"{heading[1]} {heading[2]} {{ #{next(waiting)}{f' {others}' if others else ''} }}"
        lines.append(line)
    return "\n".join(lines)
