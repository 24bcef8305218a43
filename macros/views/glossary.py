"""Terms of the glossary, linked and explained where a page first uses them. Pure functions.

docs/glossary.md is the one place: a term is a definition with an anchor of its own. One whose anchor is followed by
`.everyday` is also a word of everyday language and is left alone.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from markupsafe import escape

ENTRY = re.compile(r"^(?P<word>\S.*?) \{ #(?P<anchor>[a-z0-9-]+)(?P<everyday> \.everyday)? \}\n:   (?P<text>.+)$", re.M)
SILENT = {"a", "abbr", "button", "code", "dfn", "h1", "h2", "h3", "h4", "h5", "h6", "label", "pre", "script", "select"}
SILENT |= {"style", "summary", "svg", "template", "textarea", "title"}
"""Elements whose text stays as it is: links, headings, code and what can be operated."""

PIECE = re.compile(r"(<!--.*?-->|<[^>]*>)", re.S)
TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?P<label>[^>]*\bclass=\"nav-(?:gate|tag|kind|ours)\b)?")


class Term(NamedTuple):
    """A word of the glossary, its anchor there, and the first sentence of its explanation."""

    word: str
    anchor: str
    text: str


def read_terms(glossary: str) -> dict[str, Term]:
    """Read the terms that pages link: the word as it is looked up → the term."""
    entries = (entry for entry in ENTRY.finditer(glossary) if not entry["everyday"])
    return {_key(e["word"]): Term(e["word"], e["anchor"], _first_sentence(e["text"])) for e in entries}


def _first_sentence(markdown: str) -> str:
    plain = re.sub(r"\[([^]]*)\]\([^)]*\)|[*_`]", r"\1", markdown)
    return re.split(r"(?<=[.!?]) (?=[A-Z])", plain, maxsplit=1)[0]


def _key(word: str) -> str:
    """Give the word as it is looked up: only the first letter may change, and not in an abbreviation."""
    return word[0].lower() + word[1:] if word[1:2].islower() else word


def pattern(terms: Mapping[str, Term]) -> re.Pattern[str]:
    """Make one expression that finds every term, the longest first; a plural `s` is allowed."""
    words = sorted(terms, key=lambda word: (-len(word), word))
    either = "|".join(f"[{word[0].upper()}{word[0]}]{re.escape(word[1:])}" for word in words)
    return re.compile(rf"(?<![\w&#/-])(?P<word>{either or '(?!)'})s?(?![\w/]|-\w)")


def explain(html: str, terms: Mapping[str, Term], find: re.Pattern[str], link: Callable[[str], str]) -> str:
    """Link the first use of each term in the text of a page.

    Args:
        html: The page's content.
        terms: What `read_terms` has read.
        find: What `pattern` has made of it.
        link: From an anchor of the glossary to its address, seen from the page.
    """
    linked: set[str] = set()

    def with_link(match: re.Match[str]) -> str:
        term = terms.get(_key(match["word"]))
        if term is None or term.anchor in linked:
            return match[0]
        linked.add(term.anchor)
        return f'<a class="nav-term" href="{escape(link(term.anchor))}" title="{escape(term.text)}">{match[0]}</a>'

    pieces = PIECE.split(html)
    for place in _plain(pieces):
        pieces[place] = find.sub(with_link, pieces[place])
    return "".join(pieces)


def _plain(pieces: Sequence[str]) -> Iterator[int]:
    """Yield the places of the texts that are no link, heading, code, label or control."""
    silent, depth = "", 0
    for place, piece in enumerate(pieces):
        tag = TAG.match(piece) if place % 2 else None
        if tag is None:
            if not depth and not place % 2 and piece.strip():
                yield place
        elif depth:
            depth += (tag["name"] == silent) * (-1 if tag["end"] else 1)
        elif not tag["end"] and (tag["name"] in SILENT or tag["label"]):
            silent, depth = tag["name"], 1
