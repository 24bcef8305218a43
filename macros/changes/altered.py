"""What differs between two editions beside the items: numbers, words, rules, sources, layers of countries. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pydantic import BaseModel

from macros.model.handbook import Handbook
from macros.model.items import Layer
from macros.model.overlay import Overlay
from macros.text.messages import N_

Group = Mapping[str, object]


@dataclass(frozen=True)
class Altered:
    """One thing of the shared handbook that differs.

    Attributes:
        kind: What it is, one of `KINDS` or `OF_A_LAYER`.
        what: new, gone, changed, or order where those of a kind come in another order.
        layer: The title of the layer that it belongs to; empty for the shared checklists.
        fields: Field → old and new value.
    """

    kind: str
    what: str
    name: str = ""
    title: str = ""
    layer: str = ""
    fields: Mapping[str, tuple[object, object]] = field(default_factory=dict)

    @property
    def brief(self) -> bool:
        """Whether the names of its fields say enough, as the texts are long and nobody has to answer them."""
        return self.kind in BRIEF


KINDS = {
    "threshold": N_("number of the rules"),
    "track": N_("track"),
    "stage": N_("stage"),
    "partner": N_("partner"),
    "role": N_("role"),
    "modality": N_("kind of product"),
    "donor": N_("donor"),
    "delivery": N_("way of changing genes"),
    "route": N_("route"),
    "metric": N_("figure"),
    "facility": N_("shared place"),
    "finding": N_("finding"),
    "rule": N_("named rule"),
    "event": N_("event"),
    "motion": N_("rule in motion"),
    "area": N_("area"),
    "retired": N_("retired item"),
    "history": N_("history of an item"),
    "source": N_("source"),
    "search": N_("search for sources"),
    "keywords": N_("words for the search box"),
    "layer": N_("layer"),
}
"""Kind → how the report calls it."""

OF_A_LAYER = {
    "add": N_("added item"),
    "change": N_("changed item"),
    "waive": N_("waived item"),
    "references": N_("source"),
    "authorities": N_("authority"),
    "rules_in_motion": N_("rule in motion"),
}
"""The groups of a layer → how the report calls an entry."""

BRIEF = frozenset(("source", "search", "keywords", "references", "history"))
UNSEEN = frozenset(("against",))  # what no page shows


def altered(old: Handbook, new: Handbook, before: Iterable[Layer], after: Iterable[Layer]) -> Iterator[Altered]:
    """Compare two editions.

    Args:
        old, new: The shared handbooks.
        before, after: The layers over them, of which those that upstream ships are compared.
    """
    was, now = groups(old), groups(new)
    for kind in KINDS:
        yield from _between(kind, was.get(kind, {}), now.get(kind, {}))
    for name in [name for name in old.areas if name in new.areas]:
        if _reordered(old.areas[name].items, new.areas[name].items):
            yield Altered("area", "order", name, new.areas[name].title)
    first, second = ({it.id: it for it in some if it.file.startswith("checklists/")} for some in (before, after))
    titles = [{name: _Titled(layer.title) for name, layer in some.items()} for some in (first, second)]
    yield from _between("layer", titles[0], titles[1])
    for name in [name for name in first if name in second]:
        one, other = first[name].overlay, second[name].overlay
        for kind in OF_A_LAYER:
            yield from _between(kind, _entries(one, kind), _entries(other, kind), second[name].title)


@dataclass(frozen=True)
class _Titled:
    title: str


@dataclass(frozen=True)
class _AreaHead:
    title: str
    intro: str
    reviewed: object


def groups(book: Handbook) -> dict[str, Group]:
    """Give everything that a shared handbook says beside the questions: kind → name → value."""
    frame, areas = book.frame, book.areas.values()
    general = {name: getattr(frame.findings, name) for name in type(frame.findings).model_fields}
    found: dict[str, Group] = {
        "threshold": dict(frame.thresholds),
        "stage": {str(number): stage for number, stage in frame.stages.items()},
        "finding": general,
        "area": {area.name: _AreaHead(area.title, area.intro, area.reviewed) for area in areas},
        "history": {name: (item.since, item.revised) for name, item in book.items.items()},
        "keywords": {**book.keywords, "ignored": book.ignored},
    }
    found |= {"track": frame.tracks, "partner": frame.partners, "role": frame.roles, "modality": frame.modalities}
    found |= {"donor": frame.donors, "delivery": frame.deliveries, "route": frame.routes, "metric": frame.metrics}
    found |= {"facility": frame.facilities, "rule": book.rules, "event": book.events, "motion": book.motions}
    return found | {"retired": book.retired, "source": book.references, "search": book.searches}


def _entries(overlay: Overlay, kind: str) -> Group:
    found = getattr(overlay, kind)
    if kind == "add":
        return {f"{area}/{word}": item for area, items in found.items() for word, item in items.items()}
    return dict(found)


def _between(kind: str, was: Group, now: Group, layer: str = "") -> Iterator[Altered]:
    """Compare two groups of one kind."""
    for name in {**was, **now}:
        title = next((str(it.title) for it in (now.get(name), was.get(name)) if hasattr(it, "title")), "")
        what = "changed" if name in was and name in now else "new" if name in now else "gone"
        because = getattr(now.get(name), "because", None) if what == "new" else None
        fields: dict[str, tuple[object, object]] = {"because": (None, because)} if because else {}
        fields = differences(was[name], now[name]) if what == "changed" else fields
        if what != "changed" and kind == "history":
            continue  # the item itself is new or gone
        if what != "changed" or fields:
            yield Altered(kind, what, name.replace("_", "-"), title, layer, fields)
    if _reordered(was, now):
        yield Altered(kind, "order", layer=layer)


def _reordered(was: Mapping[str, object], now: Mapping[str, object]) -> bool:
    """Say whether what both have comes in another order."""
    return [name for name in was if name in now] != [name for name in now if name in was]


def differences(was: object, now: object) -> dict[str, tuple[object, object]]:
    """Compare two values field by field: field → old and new; a value without fields has one without name."""
    first, second = (_fields(value) for value in (was, now))
    return {
        name.replace("_", "-"): (first.get(name), second.get(name))
        for name in {**first, **second}
        if first.get(name) != second.get(name) and name not in UNSEEN
    }


def _fields(value: object) -> dict[str, object]:
    if isinstance(value, BaseModel):
        return dict(value)
    return dict(vars(value)) if isinstance(value, _AreaHead | _Titled) else {"": value}
