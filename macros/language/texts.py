"""The texts of a handbook, each with its context: one way through all of them, to list them and to replace them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, TypeAlias, TypeVar

from macros.fields.types import Record
from macros.language.catalogue import Entry
from macros.model.checklist import Frame
from macros.model.handbook import Handbook
from macros.model.items import AppliedChange, Area, Layer, Waived
from macros.model.overlay import Authority, Overlay
from macros.model.region import Accessibility, Contact, Facility, Hospital, Imprint, SiteData
from macros.model.rules import Motion, Reference

Say: TypeAlias = Callable[[str, str], str]
"""From a context and the English text to the text that is shown."""

R = TypeVar("R", bound=Record)

PROSE = frozenset(
    [
        *("title", "about", "intro", "entry", "exit", "why", "done_when", "evidence", "note", "moves", "first_move"),
        *("state", "effect", "searched", "found", "ours", "because", "done_when_also", "matter", "body"),
    ]
)
"""Fields whose text is translated where anybody may choose it; names, numbers and addresses are not."""

OF_RECORD: dict[type[Record], frozenset[str]] = {
    Reference: frozenset(["note"]),
    Authority: PROSE | {"basis"},
    Contact: frozenset(["unit", "role", "about"]),
    Hospital: frozenset(["about"]),
    Facility: frozenset(["title", "about"]),
    SiteData: frozenset(["name", "welcome", "footer"]),
    Imprint: frozenset(["responsible", "about"]),
    Accessibility: frozenset(["supervision", "known", "burden", "outside"]),
}
"""The same for records of which less or more is translated: the title of a source is as its publisher has it."""

GROUPS = ("tracks", "stages", "partners", "roles", "modalities", "donors", "deliveries", "routes", "metrics")
"""Groups of the frame with a title each; so are `facilities`."""


@cache
def _prose(record: type[Record]) -> tuple[str, ...]:
    wanted = next((names for kind, names in OF_RECORD.items() if issubclass(record, kind)), PROSE)
    return tuple(name for name in record.model_fields if name in wanted)


def record(held: R, name: str, say: Say, path: str = "") -> R:
    """Replace the texts of a record of the handbook; a context is its full name and the way to the field."""
    values: dict[str, Any] = {}
    for field in _prose(type(held)):
        if text := getattr(held, field):
            values[field] = say(f"{name} {path}{field.replace('_', '-')}", text)
    for field, deeper in (("lead_time", f"{path}lead-time."), ("shared", path)):
        if isinstance(inner := getattr(held, field, None), Record):
            values[field] = record(inner, name, say, deeper)
    if by_modality := getattr(held, "by_modality", None):
        values["by_modality"] = {
            word: record(inner, name, say, f"{path}by-modality.{word}.") for word, inner in by_modality.items()
        }
    if changes := getattr(held, "changes", None):
        values["changes"] = tuple(_change(made, name, say) for made in changes)
    return held.model_copy(update=values) if values else held


def _change(made: AppliedChange, name: str, say: Say) -> AppliedChange:
    return replace(made, change=record(made.change, name, say, "change."))


def group(held: Mapping[Any, R], prefix: str, say: Say, path: str = "") -> dict[Any, R]:
    """Replace the texts of a group of records; the contexts begin with `prefix` and the name of each."""
    return {word: record(one, f"{prefix}{word}", say, path) for word, one in held.items()}


def frame_texts(frame: Frame, say: Say) -> Frame:
    """Replace the texts of the frame, but for those of findings."""
    groups = {name: group(getattr(frame, name), f"{name}/", say) for name in (*GROUPS, "facilities")}
    return frame.model_copy(update=groups)


def finding_texts(frame: Frame, say: Say) -> Frame:
    """Replace the words of the general kinds of finding."""
    texts = {
        name: record(getattr(frame.findings, name), f"findings/{name.replace('_', '-')}", say)
        for name in type(frame.findings).model_fields
    }
    return frame.model_copy(update={"findings": frame.findings.model_copy(update=texts)})


def area_texts(area: Area, say: Say) -> Area:
    """Replace the texts of an area, of its items, and of those that are no longer asked or not used here."""
    titled = record(area, area.name, say)
    items = group(area.items, f"{area.name}/", say)
    retired = group(area.retired, f"{area.name}/", say)
    waived = {word: _waived(each, f"{area.name}/{word}", say) for word, each in area.waived.items()}
    return titled.model_copy(update={"items": items, "retired": retired, "waived": waived})


def _waived(each: Waived, name: str, say: Say) -> Waived:
    waiver = record(each.waiver, name, say, "waive.")
    return replace(each, waiver=waiver, question=record(each.question, name, say))


def motion_texts(motions: Mapping[str, Motion], say: Say) -> dict[str, Motion]:
    """Replace the texts of rules in motion."""
    return group(motions, "rules-in-motion/", say)


def layer_texts(layer: Layer, say: Say) -> Layer:
    """Replace the texts of a layer."""
    overlay = layer.overlay
    values: dict[str, Any] = {name: group(getattr(overlay, name), f"{name}/", say) for name in OF_LAYER}
    values["rules_in_motion"] = motion_texts(overlay.rules_in_motion, say)
    values["add"] = {area: group(items, f"{area}/", say) for area, items in overlay.add.items()}
    values["change"] = group(overlay.change, "", say, "change.")
    values["waive"] = group(overlay.waive, "", say, "waive.")
    title = say(f"layers/{layer.id} title", layer.title)
    return replace(layer, title=title, overlay=overlay.model_copy(update=values))


OF_LAYER = ("partners", "modalities", "routes", "metrics", "areas", "rules", "authorities", "references")


def handbook_texts(book: Handbook, say: Say) -> Handbook:
    """Replace the texts of a whole handbook."""
    return replace(
        book,
        frame=finding_texts(frame_texts(book.frame, say), say),
        areas={name: area_texts(area, say) for name, area in book.areas.items()},
        rules=group(book.rules, "rules/", say),
        events=group(book.events, "events/", say),
        motions=motion_texts(book.motions, say),
        references=group(book.references, "references/", say),
        searches=group(book.searches, "", say, "search."),
        layers=tuple(layer_texts(layer, say) for layer in book.layers),
    )


# --- listing them, a file at a time ---


class Listed:
    """Takes down every text that it is asked for, and leaves it as it is."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}

    def __call__(self, context: str, text: str) -> str:
        """Take down one text; of two with one context the first counts."""
        self.entries.setdefault(context, Entry(context, text))
        return text


def listed(book: Handbook, layers: Mapping[str, Overlay]) -> Iterator[tuple[str, list[Entry]]]:
    """List the texts of the shared handbook: the name of each catalogue, and its entries in the order of the files.

    Args:
        book: The handbook without layers.
        layers: The layers of countries, by name.
    """
    say = Listed()
    frame_texts(book.frame, say)
    yield "frame", [*say.entries.values()]
    for name, area in book.areas.items():
        say = Listed()
        area_texts(area, say)
        for word in area.items:
            if search := book.searches.get(f"{name}/{word}"):
                record(search, f"{name}/{word}", say, "search.")
        yield name, [*say.entries.values()]
    say = Listed()
    finding_texts(book.frame, say)
    group(book.rules, "rules/", say)
    group(book.events, "events/", say)
    motion_texts(book.motions, say)
    yield "rules", [*say.entries.values()]
    say = Listed()
    group(book.references, "references/", say)
    yield "sources", [*say.entries.values()]
    for name, overlay in layers.items():
        say = Listed()
        layer_texts(Layer(name, overlay.title or "", "", overlay), say)
        yield name, [*say.entries.values()]
