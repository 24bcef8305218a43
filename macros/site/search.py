"""What search reads: pages as sentences, words that people type, what comes first, and a worker that forgives."""

import json
import re
from copy import copy
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeAlias

from material.plugins.search.plugin import SearchIndex  # type: ignore[import-untyped]
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from macros.model.handbook import Handbook

BOOSTS = {"projects/": 0.4, "partners/": 0.6, "stages/": 0.8, "regions/": 0.3}
"""Folder of pages → how much they count; other pages count 1. A page that says `search: boost:` itself has that."""
LIST = re.compile(r"(?:chain|asked|not-asked|stage)(?:-\d+)*")
"""The anchor of a section that lists items of other pages: it counts less, and the items are found on their own."""
LONG = 2000
"""Characters from which a text counts less: a list of everything has every word."""
WORKER = re.compile(r"assets/javascripts/workers/search\.\w+\.min\.js")
OURS = Path(__file__).with_name("worker")
CHANGES: tuple[tuple[str, str], ...] = (
    (r'<p class="nav-item-head">.*?</p>', ""),  # its words are keywords
    (r'<span class="nav-remark">.*?</span>', ""),
    (r'(?<=<div class="nav-cited">).*?(?=</div>)', ""),  # items, found on their own
    (r'<span class="nav-(?:ours|unconfirmed)[^"]*">(.*?)</span>', r"(\1)"),
    (r"(?=</t[dh]>\s*<t[dh]\b|</dd>\s*</div>\s*<div><dt)", " · "),
    (r"<tr\b", r"<p>\g<0>"),
    (r"</tr>", r"\g<0></p>"),
    (r'<dt\b[^>]*? id="([^"]+)"[^>]*>(.*?)</dt>', r'<h3 id="\1">\2</h3>'),
    (r"(?=</dt>)", ": "),
    (r"(?=<(?:span|dd|dt|br|div|li|summary|time)\b)", " "),
)
Part: TypeAlias = tuple[str, list[dict[str, Any]], list[str]]
"""What a page adds to the index: its address, its entries, and their places as keywords name them. Plain values."""
READABLE = [(re.compile(pattern, re.DOTALL), instead) for pattern, instead in CHANGES]


class Index(SearchIndex):  # type: ignore[misc]
    """The theme's index of pages, with text that reads as sentences, and with keywords.

    Attributes:
        keywords: Path of a page, or full name of an item → words that are found there and not shown.
    """

    def __init__(self, plain: SearchIndex, book: Handbook) -> None:
        super().__init__(**plain.config)
        self.keywords = book.keywords
        self.entries: list[dict[str, Any]] = []
        self._places: list[str] = []
        self._parts: dict[str, Part] = {}

    @property
    def unused(self) -> set[str]:
        """The places for which there are keywords, and which no page has had."""
        return self.keywords.keys() - {place for _, _, places in self._parts.values() for place in places}

    def part_of(self, page: Any) -> Part:
        """Read a page as the theme does, with its tables and lists made readable."""
        stand_in = copy(page)
        stand_in.content = readable(page.content or "")
        self.entries, self._places = [], []
        super().add_entry_from_context(stand_in)
        return page.url, self.entries, self._places

    def add(self, part: Part) -> None:
        """Add what was read of a page; of one that is read again, what was read before goes."""
        self._parts[part[0]] = part

    def add_entry_from_context(self, page: Any) -> None:
        """Read a page that MkDocs writes."""
        self.add(self.part_of(page))

    def generate_search_index(self, prev: Any) -> Any:
        """Put together what was read of all pages."""
        self.entries = [entry for _, entries, _ in self._parts.values() for entry in entries]
        return super().generate_search_index(prev)

    def create_entry_for_section(self, section: Any, toc: Any, url: str, page: Any) -> None:
        """Write one entry, with the keywords of its place."""
        super().create_entry_for_section(section, toc, url, page)
        path, entry = page.file.src_uri, self.entries[-1]
        area = path.removeprefix("areas/").removesuffix(".md")
        in_area = path.startswith("areas/")
        place = f"{area}/{section.id}" if section.id and in_area else f"{path}#{section.id}" if section.id else path
        self._places.append(place)
        words = [self.keywords.get(place, "")]
        if section.id and in_area:
            words += [place, section.id.replace("-", " ")]
        if keywords := " ".join(filter(None, words)):
            entry["keywords"] = keywords
        boost = entry.get("boost") or next((boost for folder, boost in BOOSTS.items() if path.startswith(folder)), 1)
        if LIST.fullmatch(section.id or ""):
            boost, entry["text"] = boost * 0.3, ""
        entry["boost"] = round(boost * min(1, LONG / max(1, len(entry["text"]))) ** 0.5, 3)


def readable(html: str) -> str:
    """Make text of tables and lists that can be read in one line: a paragraph for a row, a sign between cells.

    Each term of a glossary gets a heading, so that it is found by itself. What is said of a claim, such as
    "unconfirmed", stays beside it.
    """
    for pattern, instead in READABLE:
        html = pattern.sub(instead, html)
    return html


def prepare(config: MkDocsConfig, files: Files, book: Handbook) -> tuple[Index | None, tuple[str, str]]:
    """Give the theme's search our index, and its worker our parts around it.

    Returns:
        The index, None where there is no search; the name of the theme's worker, and the name of ours.
    """
    plugin = config.plugins.get("material/search") or config.plugins.get("search")
    theirs = next((file for file in files if WORKER.fullmatch(file.src_uri)), None)
    if plugin is None or theirs is None:
        return None, ("", "")
    plugin.search_index = index = Index(plugin.search_index, book)
    theme, _, _ = theirs.content_string.partition("//# sourceMappingURL=")
    text = "\n".join([_part("before"), theme, f"own.ignored = {json.dumps(book.ignored)};", _part("after")])
    name = f"assets/javascripts/workers/search.{sha256(text.encode()).hexdigest()[:8]}.min.js"
    for file in [file for file in files if file.src_uri in (theirs.src_uri, f"{theirs.src_uri}.map")]:
        files.remove(file)
    files.append(File.generated(config, name, content=text))
    return index, (theirs.src_uri, name)


def opens_from_disk(config: MkDocsConfig) -> bool:
    """Say whether the site is a preview, which is opened from the disk."""
    offline = config.plugins.get("material/offline")
    return bool(offline and offline.config.enabled)


def _part(name: str) -> str:
    return (OURS / f"{name}.js").read_text("utf-8")
