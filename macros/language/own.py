"""The texts of a region's files and of projects: which language they are in, and those that can be translated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from macros.fields.types import Record
from macros.language.catalogue import Entry
from macros.language.texts import Listed, Say, group, layer_texts, record
from macros.model.handbook import Handbook
from macros.model.items import Layer
from macros.model.region import RegionFile
from macros.model.status_file import ProjectKind

GROUPS = ("hospitals", "facilities", "authorities")
PARTS = ("site", "imprint", "accessibility")
LETTERS = re.compile(r"[^\W\d_]{3}")
OF_PROJECT = frozenset(["title", "summary", "evidence", "note", "because", "text", "findings"])
"""Fields of a status file that hold texts of a team."""


def region_texts(region: RegionFile, say: Say) -> RegionFile:
    """Replace the texts of a region's file."""
    values: dict[str, Any] = {name: group(getattr(region, name), f"region/{name}/", say) for name in GROUPS}
    for name in PARTS:
        if part := getattr(region, name):
            values[name] = record(part, f"region/{name}", say)
    values["contacts"] = {
        partner: tuple(record(one, f"region/contacts/{partner}/{number}", say) for number, one in enumerate(some, 1))
        for partner, some in region.contacts.items()
    }
    return region.model_copy(update=values)


def texts_of_region(region: RegionFile, layers: tuple[Layer, ...], *, with_file: bool = True) -> list[Entry]:
    """List the texts of layers, after those of a region's file where these are wanted."""
    say = Listed()
    if with_file:
        region_texts(region, say)
    for layer in layers:
        layer_texts(layer, say)
    return [*say.entries.values()]


def written(book: Handbook) -> dict[str, str]:
    """Give the texts that are not written in English, of layers, of the region and of its projects → their language."""
    found: dict[str, str] = {}
    for layer in book.layers:
        if layer.overlay.written_in != "en":
            say = Listed()
            layer_texts(layer, say)
            found |= {entry.one: layer.overlay.written_in for entry in say.entries.values()}
    if book.region and book.region.written_in != "en":
        found |= {entry.one: book.region.written_in for entry in texts_of_region(book.region, ())}
    return found


def of_projects(book: Handbook) -> Iterator[tuple[str, str]]:
    """Yield the texts of status files with their language: English for examples, that of the region for its own."""
    own = book.region.written_in if book.region else "en"
    for project in book.projects.values():
        code = own if project.kind is ProjectKind.PROJECT else "en"
        yield from ((text, code) for text in _texts(project))


def titles_of_sources(book: Handbook) -> Iterator[tuple[str, str]]:
    """Yield the titles and publishers of sources that are surely English, as these have them."""
    titles = (text for source in book.references.values() for text in (source.title, source.publisher or ""))
    yield from ((title, "en") for title in titles if ENGLISH.search(title))


ENGLISH = re.compile(r"\b(?:the|of|and|for|with|from|to|new|on|by|what|how|is|are|its|revision|monograph)\b", re.I)
"""Words that show that a title or a quotation is English."""


def _texts(value: object, field: str = "") -> Iterator[str]:
    """Yield the texts of a team within a value of a status file."""
    if isinstance(value, str):
        if field in OF_PROJECT and LETTERS.search(value):
            yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner, field)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _texts(inner, field)
    elif isinstance(value, Record) or is_dataclass(value):
        names = type(value).model_fields if isinstance(value, Record) else [each.name for each in fields(value)]
        for name in names:
            yield from _texts(getattr(value, name), name)
