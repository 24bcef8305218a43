"""Terms of the glossary, linked and explained where a page first uses them. Pure functions.

docs/glossary.md is the one place: a term is a definition with an anchor of its own. One whose anchor is followed by
`.everyday` is also a word of everyday language and is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from markupsafe import escape

ENTRY = re.compile(r"^(?P<word>\S.*?) \{ #(?P<anchor>[a-z0-9-]+)(?P<everyday> \.everyday)? \}\n:   (?P<text>.+)$", re.M)
SILENT = {"a", "abbr", "button", "code", "dfn", "h1", "h2", "h3", "h4", "h5", "h6", "label", "pre", "script", "select"}
SILENT |= {"style", "summary", "svg", "template", "textarea", "title"}
"""Elements whose text stays as it is: links, headings, code and what can be operated."""

PIECE = re.compile(r"(<!--.*?-->|<[^>]*>)", re.S)
TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")


class Term(NamedTuple):
    """A word of the glossary, its anchor there, and the first sentence of its explanation."""

    word: str
    anchor: str
    text: str


def read_terms(glossary: str) -> dict[str, Term]:
    """Read the terms that pages link: the word as it is looked up → the term."""
    found = (Term(entry["word"], entry["anchor"], _first_sentence(entry["text"])) for entry in _entries(glossary))
    return {_key(term.word): term for term in found}


def _entries(glossary: str) -> list[re.Match[str]]:
    return [entry for entry in ENTRY.finditer(glossary) if not entry["everyday"]]


def _first_sentence(markdown: str) -> str:
    plain = re.sub(r"\[([^]]*)\]\([^)]*\)|[*_`]", r"\1", markdown)
    return re.split(r"(?<=[.!?]) (?=[A-Z])", plain, maxsplit=1)[0]


def _key(word: str) -> str:
    """Abbreviations are looked up as they are written, other words in small letters."""
    return word if re.search(r"[A-Z].*[A-Z]", word) else word.lower()


def pattern(terms: Mapping[str, Term]) -> re.Pattern[str]:
    """Make one expression that finds every term, the longest first; a plural `s` is allowed."""
    words = sorted(terms, key=lambda word: (-len(word), word))
    either = "|".join(re.escape(word) if word != word.lower() else _any_first_letter(word) for word in words)
    return re.compile(rf"(?<![\w&#/-])(?P<word>{either or '(?!)'})s?(?![\w/]|-\w)")


def _any_first_letter(word: str) -> str:
    return f"[{word[0].upper()}{word[0]}]{re.escape(word[1:])}"


def explain(html: str, terms: Mapping[str, Term], find: re.Pattern[str], link: Callable[[str], str]) -> str:
    """Link the first use of each term in the text of a page.

    Args:
        html: The page's content.
        terms: What `read_terms` has read.
        find: What `pattern` has made of it.
        link: From an anchor of the glossary to its address, seen from the page.
    """
    told: set[str] = set()

    def tell(match: re.Match[str]) -> str:
        key = _key(match["word"])
        term = terms.get(key) or terms.get(key.lower())
        if term is None or term.anchor in told:
            return match[0]
        told.add(term.anchor)
        return f'<a class="nav-term" href="{escape(link(term.anchor))}" title="{escape(term.text)}">{match[0]}</a>'

    silent, pieces = 0, PIECE.split(html)
    for place, piece in enumerate(pieces):
        if place % 2:
            silent = max(0, silent + _depth(piece))
        elif not silent and piece.strip():
            pieces[place] = find.sub(tell, piece)
    return "".join(pieces)


def _depth(tag: str) -> int:
    """Count one up where a silent element begins and one down where it ends."""
    name = TAG.match(tag)
    if not name or name[1].lower() not in SILENT or tag.endswith("/>"):
        return 0
    return -1 if tag.startswith("</") else 1
