"""Texts of a page that are in another language than the page: their elements say in which, to the eye and to others."""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Mapping
from html import unescape
from types import MappingProxyType
from typing import cast

from markupsafe import escape

from macros.language.own import ENGLISH
from macros.text.messages import Language

LEAST = 12
"""Letters of a text that is looked for within others; a shorter one is found where it is all that an element holds."""
NODE = re.compile(
    r"<(?P<whole>script|style|textarea|title|code)\b.*?</(?P=whole)>"
    r"|(?P<tag><[a-z][a-z0-9]*(?:\s[^>]*)?>)?(?P<text>[^<>]+)(?=(?P<end></)?)",
    re.DOTALL,
)
BEGINS = re.compile(r"(?<![^\s(])(?=[^\s(])")
"""Where a word begins: a text can follow others in the same sentence."""
NONE: Mapping[str, str] = MappingProxyType({})
QUOTE = re.compile(r"”([^”<>]{12,})”")
SEEN = " data-nav-foreign"
"""Lets a page show that a text is in another language."""
LETTER = re.compile(r"[^\W\d_]")
HAS_LANGUAGE = re.compile(r"\slang=|/>$")
CELL = "<td"
"""A cell gets the name of its column as an attribute later, in the language of the page."""
NAMED = re.compile(r'\s(?:aria-label|title|alt|placeholder)="([^"]*)"')
"""Attributes that are read out. The language of an element is that of its attributes too."""
FOOTER = re.compile(r'(<a [^>]*class="md-footer__link[^>]*?) aria-label="([^"]*)"')


class Foreign:
    """Marks the texts of a language that are in another one.

    Args:
        language: That of the pages.
        titles: Of guides in another language → its code.
    """

    def __init__(self, language: Language, titles: Mapping[str, str] = NONE) -> None:
        self.code, self.texts = language.code, language.foreign
        self.unmarked, self.unread = ChainMap(dict(language.theirs), cast("dict[str, str]", titles)), language.unread
        self.longer: dict[str, list[str]] = {}
        for text in (*self.texts, *language.theirs):
            if len(escaped := str(escape(text))) >= LEAST:
                self.longer.setdefault(escaped[:LEAST], []).append(escaped)

    def marked(self, html: str) -> str:
        """Mark the texts of a page."""
        if not self.texts and not self.unmarked:
            return html
        return FOOTER.sub(self._unnamed, NODE.sub(self._node, html))

    def holds(self, text: str) -> bool:
        """Say whether a piece of text, as a page has it, is in another language in whole or in part."""
        return bool(self._said(_plain(text))) or self._within(text) != text

    def has_unread(self, html: str) -> bool:
        """Say whether a page has a translation that no specialist has read."""
        return bool(self.unread) and any(
            node["text"] and _plain(node["text"]) in self.unread for node in NODE.finditer(html)
        )

    def _node(self, node: re.Match[str]) -> str:
        """Mark one piece of text, with the tag before it."""
        tag, text = node["tag"] or "", node["text"]
        if not text or text.isspace():
            return node[0]
        plain, named = _plain(text), self._of_attributes(tag)
        said = self._said(plain) or ("" if LETTER.search(plain) else named)
        if not said:
            return tag + (self._within(text) if self.longer else text)
        free = tag and node["end"] and not HAS_LANGUAGE.search(tag) and not tag.startswith(CELL)
        if free and (said.startswith(named) if named else not NAMED.search(tag)):
            return f"{tag[:-1]}{said}>{text}"
        before = text[: len(text) - len(text.lstrip())]
        after = text[len(text.rstrip()) :]
        return f"{tag}{before}<span{said}>{text.strip()}</span>{after}"

    def _said(self, plain: str) -> str:
        """Give the attributes for a text; empty for one in the language of the page."""
        if code := self.texts.get(plain):
            return f' lang="{code}"{SEEN}'
        return f' lang="{code}"' if (code := self.unmarked.get(plain)) else ""

    def _of_attributes(self, tag: str) -> str:
        """Say in which language the first attribute is that is read out; empty for that of the page."""
        found = NAMED.search(tag)
        return self._said(_plain(found[1])).removesuffix(SEEN) if found else ""

    def _unnamed(self, link: re.Match[str]) -> str:
        """Take the label off a link at the foot that is in two languages: its text says the same, each word marked."""
        return link[1] if self._said(_plain(link[2].partition(": ")[2])) else link[0]

    def _within(self, text: str) -> str:
        """Mark the texts that stand one after the other in a piece of text."""
        parts, done = [], 0
        for begin in BEGINS.finditer(text):
            at = begin.end()
            if at < done:
                continue
            found = (each for each in self.longer.get(text[at : at + LEAST], ()) if text.startswith(each, at))
            if longest := max(found, key=len, default=""):
                parts += [text[done:at], f"<span{self._said(unescape(longest))}>{longest}</span>"]
                done = at + len(longest)
        return QUOTE.sub(_quoted, "".join([*parts, text[done:]]))


def _quoted(quote: re.Match[str]) -> str:
    """Say that words of a source are English, where they surely are."""
    return f'”<span lang="en">{quote[1]}</span>”' if ENGLISH.search(quote[1]) else quote[0]


def _plain(text: str) -> str:
    return unescape(text.strip())
