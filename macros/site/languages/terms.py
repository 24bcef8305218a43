"""The terms of the glossary: linked where a page first uses them, and explained in the language of the glossary.

docs/glossary.md is the one place: a term is a definition with an anchor of its own. One whose anchor is followed by
`.everyday` is also a word of everyday language and is left alone. `data-forms="rules in motion"` after the anchor lists
further forms of the term, divided by `|`, that the endings of the language do not make.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from markupsafe import escape
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from macros.site.languages.foreign import Foreign
from macros.site.languages.guides import Guides

GLOSSARY = "glossary.md"
ENTRY = re.compile(
    r"^(?P<word>\S.*?) \{ #(?P<anchor>[a-z0-9-]+)(?P<everyday> \.everyday)?(?: data-forms=\"(?P<forms>[^\"]*)\")? \}\n"
    r":   (?P<text>.+)$",
    re.M,
)
SILENT = {"a", "abbr", "button", "code", "dfn", "h1", "h2", "h3", "h4", "h5", "h6", "label", "pre", "script", "select"}
SILENT |= {"style", "summary", "svg", "template", "textarea", "title"}
"""Elements whose text stays as it is: links, headings, code and what can be operated."""

END = r"(?![\w/]|-\w)"
ENDINGS = {"sv": rf"(?:(?<=[A-Z])(?=-[a-zåäö])|(?::[a-z]{{1,4}}|(?:e?n|e?t|[aeo]r(?:na)?|na)?s?){END})"}
"""Language → what may follow a term; in English, and where the glossary is in English, an `s`.

In Swedish an abbreviation is also found where it begins a compound, such as GMP in GMP-lokal.
"""

PIECE = re.compile(r"(<!--.*?-->|<[^>]*>)", re.S)
LABEL = r"(?<=span) lang=|[^>]*\bclass=\"nav-(?:gate|tag|kind|ours)\b"
"""Words in another language than the page, and labels."""
TAG = re.compile(rf"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?P<label>{LABEL})?")


class Term(NamedTuple):
    """A word of the glossary, its anchor there, and the first sentence of its explanation."""

    word: str
    anchor: str
    text: str


class Glossary(NamedTuple):
    """The terms of a glossary: the word as it is looked up → the term, and the expression that finds the words."""

    terms: Mapping[str, Term]
    find: re.Pattern[str]
    language: str


def read_terms(glossary: str, language: str = "en") -> Glossary:
    """Read the terms that pages link, and the further forms that `data-forms` lists.

    Args:
        glossary: The text of the guide.
        language: That of the guide.
    """
    words: dict[str, Term] = {}
    forms: dict[str, Term] = {}
    for entry in ENTRY.finditer(glossary):
        if not entry["everyday"]:
            term = Term(entry["word"], entry["anchor"], _first_sentence(entry["text"]))
            words[_key(entry["word"])] = term
            forms |= {_key(form.strip()): term for form in (entry["forms"] or "").split("|") if form.strip()}
    return Glossary(forms | words, _pattern(words, forms, language), language)


def _first_sentence(markdown: str) -> str:
    plain = re.sub(r"\[([^]]*)\]\([^)]*\)|[*_`]", r"\1", markdown)
    return re.split(r"(?<=[.!?]) (?=[A-ZÀ-Þ])", plain, maxsplit=1)[0]


def _key(word: str) -> str:
    """Give the word as it is looked up: only the first letter may change, and not in an abbreviation."""
    return word[0].lower() + word[1:] if word[1:2].islower() else word


def _pattern(words: Iterable[str], forms: Iterable[str], language: str) -> re.Pattern[str]:
    """Make one expression that finds every word with the endings of a language, and every form with an `s` at most."""
    endings = ENDINGS.get(language, f"s?{END}")
    return re.compile(rf"(?<![\w&#/-])(?:(?P<form>{_either(forms)})s?{END}|(?P<word>{_either(words)}){endings})")


def _either(words: Iterable[str]) -> str:
    """Make an expression that finds one of some words, the longest first, with a capital letter or a small one."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(f"[{word[0].upper()}{word[0]}]{re.escape(word[1:])}" for word in ordered) or "(?!)"


def explain(
    html: str,
    glossary: Glossary,
    link: Callable[[str], str],
    spoken: str = "",
    leave: Callable[[str], bool] | None = None,
) -> str:
    """Link the first use of each term in the text of a page.

    Args:
        html: The page's content.
        glossary: What `read_terms` has read.
        link: From an anchor of the glossary to its address, seen from the page.
        spoken: The language of the glossary, where that is said at each link.
        leave: Whether a piece of text stays as it is.
    """
    linked: set[str] = set()
    language = f' lang="{spoken}"' if spoken else ""

    def with_link(match: re.Match[str]) -> str:
        term = glossary.terms.get(_key(match["form"] or match["word"]))
        if term is None or term.anchor in linked:
            return match[0]
        linked.add(term.anchor)
        address, text = escape(link(term.anchor)), escape(term.text)
        return f'<a class="nav-term" href="{address}"{language} title="{text}">{match[0]}</a>'

    pieces = PIECE.split(html)
    for place in _plain(pieces):
        if leave is None or not leave(pieces[place]):
            pieces[place] = glossary.find.sub(with_link, pieces[place])
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


class Terms:
    """Links the terms in the guides of a site in one language.

    Args:
        guides: Those that somebody has written.
        foreign: Knows the texts that are in another language than the site; no term is linked in them.
    """

    def __init__(self, guides: Guides, foreign: Foreign) -> None:
        self._guides, self._foreign = guides, foreign
        self._glossary: Glossary | None = None

    def linked(self, html: str, page: Page, files: Files) -> str:
        """Link the terms on a page that somebody has written.

        Args:
            html: Its content.
            page: That of MkDocs.
            files: Those of the site.
        """
        file = files.get_file_from_path(GLOSSARY)
        if file is None or page.file is file or page.file.generated_by:
            return html
        if self._glossary is None:
            self._glossary = read_terms(file.content_string, self._guides.language_of(GLOSSARY))
        address = file.url_relative_to(page.file)
        mixed = not self._guides.is_all_english
        return explain(
            html,
            self._glossary,
            lambda anchor: f"{address}#{anchor}",
            spoken=self._glossary.language if mixed else "",
            leave=self._foreign.holds if mixed else None,
        )
