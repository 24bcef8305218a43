"""Words of the handbook that a record names: found by the marks beside its fields, and compared with what is known."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from macros.fields.markers import KINDS, Steps, Within, named
from macros.fields.near_words import folded, same_word
from macros.fields.types import Record
from macros.model.editions import Retirement
from macros.model.handbook import Handbook
from macros.model.overlay import REPLACED
from macros.model.rules import Thresholds
from macros.text.messages import M_, Said, as_written
from macros.text.problem import Problem, kind, nearest, one_of, write
from macros.text.source import Path, Source, Spot

ASSUMPTION = "planning assumption"
ALL_ITEMS = M_("all items: /areas/")
FINDINGS = M_("all findings: /rules/, and how one is acknowledged: /status-file/#acknowledged")
PAGES = {
    "finding": FINDINGS,
    **dict.fromkeys(("answer", "item", "known-item"), ALL_ITEMS),
    "area": M_("all areas: /areas/"),
    **dict.fromkeys(("basis", "source"), M_("all sources: /references/")),
    "hospital": M_("a region lists its hospitals in region/region.yml, under hospitals"),
}
"""Kind of word → where a reader finds those that are too many to list."""


class Word(NamedTuple):
    """A word in its place; `is_name` where it is the name of an entry in a group."""

    path: Path
    word: str
    kind: str
    is_name: bool = False


def words(record: Record, at: Path = (), without: Container[str] = ()) -> Iterator[Word]:
    """Yield every word that a record names.

    Args:
        at: The path of the record within its file.
        without: Kinds that are left out.
    """
    for steps, kind_of_word in named(type(record)):
        if kind_of_word not in without:
            yield from _reach(record, steps, Word(at, "", kind_of_word))


def _reach(value: Any, steps: Steps, so_far: Word) -> Iterator[Word]:
    """Follow the steps into a value."""
    if value is None:
        return
    if not steps:
        yield so_far._replace(word=str(value))
        return
    step, rest = steps[0], steps[1:]
    if step is Within.NAME:
        yield from (so_far._replace(path=(*so_far.path, str(n)), word=str(n), is_name=True) for n in value)
        return
    inner: Iterable[tuple[str | int, Any]]
    if step is Within.ENTRY:
        inner = enumerate(value)
    elif step is Within.VALUE:
        inner = ((str(name), entry) for name, entry in value.items())
    else:
        inner = [(step.replace("_", "-"), getattr(value, step))]
    for place, entry in inner:
        yield from _reach(entry, rest, so_far._replace(path=(*so_far.path, place)))


def vocabulary(handbook: Handbook) -> dict[str, Collection[str]]:
    """List the words of each kind but `answer`, a part of an item, and `country` and `layer`, known to the loader."""
    frame = handbook.frame
    return {
        "area": handbook.areas,
        "basis": [ASSUMPTION, *handbook.references],
        "delivery": frame.deliveries,
        "donor": frame.donors,
        "edition": handbook.editions,
        "event": handbook.events,
        "facility": frame.facilities,
        "field": [name.replace("_", "-") for name in REPLACED],
        "finding": handbook.finding_texts,
        "hospital": handbook.region.hospitals if handbook.region else {},
        "item": handbook.items,
        "language": handbook.languages,
        "known-item": handbook.every_item,
        "metric": frame.metrics,
        "modality": frame.modalities,
        "partner": frame.partners,
        "role": frame.roles,
        "route": frame.routes,
        "source": handbook.references,
        "stage": [str(stage) for stage in frame.stages],
        "threshold": [name.replace("_", "-") for name in Thresholds.model_fields],
        "track": frame.tracks,
    }


def unknown_words(
    found: Iterable[Word], source: Source, handbook: Handbook, known: Mapping[str, Collection[str]]
) -> Iterator[Problem]:
    """Say which words are none of ours.

    Args:
        known: The words of each kind that is found, as `vocabulary` lists them.
    """
    for path, word, kind_of_word, is_name in found:
        if kind_of_word == "item":
            yield from item_exists(handbook, source, path, word)
        elif word not in known[kind_of_word]:
            yield unknown(source, path, word, kind_of_word, known[kind_of_word], is_name)


@kind("unknown-word")
def unknown(source: Source, at: Path, word: str, what: str, words: Iterable[str], name: bool = False) -> Problem:
    """A stage, partner, role, modality, route, donor, delivery, metric, source or edition is one that is listed.

    The words are in `checklists/navigator.yml`, the sources in `checklists/references.yml`. A region can add words in
    `region/overlay.yml`, and lists its hospitals in `region/region.yml`.

    Args:
        what: The kind of word that belongs here.
    """
    known = [str(word) for word in words]
    same, several = same_word(word, known), _several(word, known)
    near = same or nearest(word, known)
    fix = M_("write [%(words)s]", words=", ".join(several)) if several and what == "route" else write(near)
    notes = one_of(KINDS[what], known)
    if not fix and not notes:
        notes = (PAGES.get(what) or M_("see the template: /start/"),)
    sentence = M_('"%(word)s" is not %(what)s', word=word, what=KINDS[what])
    problem = source.problem("unknown-word", sentence, source.spot(at, name), fix, notes)
    return replace(problem, instead=fix[6:] if several else near, certain=bool(same))


def _several(text: str, known: Iterable[str]) -> list[str]:
    """Find the known words in a text that joins several of them, in the order of the text."""
    whole = folded(text)
    found = sorted((whole.index(word), word) for word in known if word in whole)
    return [word for _, word in found] if len(found) > 1 else []


@kind("unknown-item", "retired-item")
def item_exists(handbook: Handbook, source: Source, path: Path, name: str, is_name: bool = False) -> Iterator[Problem]:
    """An item that is named is an item that is asked.

    Its full name is `area/item`. A retired item says where its answer has moved.
    """
    if name in handbook.retired:
        yield retired(source, name, handbook.retired[name], source.spot(path, is_name))
    elif name not in handbook.every_item:
        fix = write(nearest(name, handbook.items))
        sentence = M_('"%(name)s" is not an item of the checklists', name=name)
        yield source.problem("unknown-item", sentence, source.spot(path, is_name), fix, () if fix else (ALL_ITEMS,))


def retired(source: Source, name: str, gone: Retirement, at: Spot) -> Problem:
    """Say that an item is no longer asked, and where its answer moves."""
    notes = (as_written(gone.moves, f"{name} moves"),)
    return source.problem("retired-item", no_longer_asked(name), at, notes=notes)


def no_longer_asked(name: str) -> Said:
    """Say of an item that it is retired."""
    return M_('"%(name)s" is no longer asked', name=name)
