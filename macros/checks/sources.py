"""Rules about sources, searches and who has signed an area: one small generator each, whose docstring is the rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from macros.checks.checklists import Sources
from macros.checks.words import item_exists
from macros.model.handbook import Handbook
from macros.model.rules import KeywordFile
from macros.privacy.people import is_a_person
from macros.privacy.scan import private_data
from macros.text.messages import M_
from macros.text.problem import Problem, kind
from macros.text.source import Source


def searches_name_items(handbook: Handbook, sources: Sources) -> Iterator[Problem]:
    """A search belongs to an item that is asked."""
    for name in handbook.searches:
        yield from item_exists(handbook, sources["searches"], ("searches", name), name, is_name=True)


def keywords_name_places(handbook: Handbook, source: Source, file: KeywordFile) -> Iterator[Problem]:
    """Keywords belong to a page, whose name ends in `.md`, to a heading of one, or to an item that is asked."""
    for language, places in file.keywords.items():
        for place in places:
            if not place.partition("#")[0].endswith(".md"):
                yield from item_exists(handbook, source, ("keywords", language, place), place, is_name=True)


@kind("confirmed-unread")
def what_is_confirmed_was_read(handbook: Handbook, sources: Sources) -> Iterator[Problem]:
    """A source that is confirmed was read at its source.

    `confirmed: true` goes with `reading: at-source`. A source that was read through another, or not at all, is
    `confirmed: false`, and its note says what is not confirmed.
    """
    for name, reference in handbook.references.items():
        if reference.confirmed and reference.counted_reading != "at-source":
            source = _file_of(name, handbook, sources)
            at = source.spot(("references", name, "confirmed"))
            values = {"name": name, "reading": reference.reading}
            sentence = M_('"%(name)s" is confirmed, but its reading is %(reading)s', **values)
            yield source.problem("confirmed-unread", sentence, at, M_('write "confirmed: false"'))


def _file_of(name: str, handbook: Handbook, sources: Sources) -> Source:
    """Give the file that holds a source: the shared one, or that of a layer."""
    layers = (layer.file for layer in handbook.layers if name in layer.overlay.references)
    return sources[next(layers, "references")]


@kind("not-a-role")
def areas_are_signed_by_roles(handbook: Handbook, sources: Sources) -> Iterator[Problem]:
    """Who has signed an area is named by a role, never by a person's name, address or number.

    Write what the person does: `head of quality control at a hospital GMP site`.
    """
    for area in handbook.areas.values():
        role = area.reviewed.role if area.reviewed else ""
        if is_a_person(role) or any(private_data(Source("role", role))):
            source = sources[area.name]
            at = source.spot(("reviewed", "role"))
            fix = M_("write what the person does, such as: head of quality control at a hospital GMP site")
            yield source.problem("not-a-role", M_("this looks like a person, not a role"), at, fix)


SOURCE_CHECKS: list[Callable[[Handbook, Sources], Iterator[Problem]]] = [
    searches_name_items,
    what_is_confirmed_was_read,
    areas_are_signed_by_roles,
]
