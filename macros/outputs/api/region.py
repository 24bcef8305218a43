"""What a region has, and what differs there from the shared checklists: `api/v1/region.json`.

Contacts are left out: they are on a page, for people.
"""

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field

from macros.engine.portfolio import Portfolio
from macros.model.handbook import Handbook
from macros.model.items import Item, Layer
from macros.model.overlay import OWN_WORDS, Authority
from macros.outputs.api.published import (
    CONTENT,
    EDITION,
    FOLDER,
    Head,
    LicenceRecord,
    Published,
    as_json,
    head,
    own_licence,
    schema_text,
)

PATH = f"{FOLDER}region.json"
SCHEMA = f"{FOLDER}region.schema.json"


class LayerRecord(Published):
    """A layer over the shared checklists: of a country, or of the region."""

    name: str = Field(description="Its name; `region` for that of the region itself.")
    title: str = Field(description="What it is called.")
    prefix: str = Field(description="Names that it has added begin with this word.")
    edition: str = Field(pattern=EDITION, description="The shared edition that it was last reviewed against.")
    licence: LicenceRecord | None = Field(description="The licence of its texts; null: its authors have stated none.")


class Named(Published):
    """Something with a name and a title."""

    name: str = Field(description="Its name.")
    title: str = Field(description="What it is called.")


class FacilityRecord(Named):
    """A place or service, and the items that it meets for all projects."""

    status: Literal["in-place", "planned", "not-here"] = Field(description="Whether it is there.")
    since: str | None = Field(description="The day, month or year from which it is in place; null: not said.")
    evidence: str | None = Field(description="What shows it.")
    about: str | None = Field(description="What it offers, and to whom.")
    provides: list[str] = Field(description="Items that projects inherit as met, as `area/item`.")
    address: str | None = Field(description="A page: https://…")
    confirmed: bool = Field(description="false: nobody has read it at its source.")


class AuthorityRecord(Published):
    """Who decides a matter."""

    matter: str = Field(description="What is decided.")
    body: str = Field(description="Who decides it.")
    basis: str | None = Field(description="The law or rule that it rests on.")
    note: str | None = Field(description="What else one should know.")
    layer: str = Field(description="The layer that says so; `region` for region.yml.")
    confirmed: bool = Field(description="false: nobody has read it at its source.")


class Difference(Published):
    """Something that a layer has added, changed or waived."""

    what: Literal["item", "area", "rule", "partner", "modality", "route", "metric"] = Field(description="What it is.")
    name: str = Field(description="Its name; of an item `area/item`.")
    title: str = Field(description="What it is called.")
    change: Literal["added", "changed", "waived"] = Field(description="What the layer has done.")
    layer: str = Field(description="The layer, by its name.")
    fields: list[str] = Field(description="The fields that it has set or added to, of a changed item.")
    gate: bool | None = Field(description="Whether an item is a gate now, or was one before it was waived; else null.")
    because: str | None = Field(description="Why, in the words of the layer.")
    releases: list[str] = Field(description="Items that no longer wait for it, of a waived item.")


class RegionDocument(Head):
    """A region: its layers, what it provides, who decides there, and what differs there."""

    region: str = Field(description="What the region is called.")
    layers: list[LayerRecord] = Field(description="The layers, each over the one before.")
    hospitals: list[Named] = Field(description="Its hospitals, where it lists several.")
    facilities: list[FacilityRecord] = Field(description="Places and services that it has, has planned or has not.")
    authorities: list[AuthorityRecord] = Field(description="Who decides what there.")
    thresholds: dict[str, int] = Field(description="Numbers of the rules that differ there.")
    differences: list[Difference] = Field(description="Everything that differs from the shared checklists.")


def region_files(portfolio: Portfolio, site: str) -> Iterator[tuple[str, bytes]]:
    """Write the document, where there is a region, and the schema: path in the site, content."""
    if portfolio.handbook.region:
        yield PATH, as_json(region_document(portfolio, site)).encode()
    yield SCHEMA, schema_text(RegionDocument.model_json_schema())


def region_document(portfolio: Portfolio, site: str) -> RegionDocument:
    """Describe the region of a site."""
    book = portfolio.handbook
    assert book.region  # noqa: S101
    return RegionDocument(
        **head(portfolio, site, PATH, own_licence(book)),
        layers=layers(book),
        hospitals=[Named(name=name, title=hospital.title) for name, hospital in book.region.hospitals.items()],
        facilities=[
            FacilityRecord(
                **_plain(facility, FacilityRecord),
                name=name,
                since=facility.since.text if facility.since else None,
                provides=[*facility.provides],
            )
            for name, facility in book.region.facilities.items()
        ],
        authorities=[*_authorities(book)],
        thresholds=dict(book.region.thresholds),
        differences=[*_words(book), *_items(book)],
    )


def layers(book: Handbook) -> list[LayerRecord]:
    """Describe the layers of a handbook; the terms of what lies outside `region/` are those of the shared handbook."""
    return [
        LayerRecord(
            name=layer.id,
            title=layer.title,
            prefix=layer.overlay.prefix,
            edition=layer.overlay.edition,
            licence=own_licence(book) if layer.file.startswith("region/") else CONTENT,
        )
        for layer in book.layers
    ]


def _plain(record: object, published: type[Published]) -> dict[str, Any]:
    """Take those fields of a record that are published as they are."""
    made = ("name", "since", "provides", "layer")
    return {name: getattr(record, name) for name in published.model_fields if name not in made}


def _authorities(book: Handbook) -> Iterator[AuthorityRecord]:
    assert book.region  # noqa: S101
    groups: list[tuple[str, dict[str, Authority]]] = [(each.id, each.overlay.authorities) for each in book.layers]
    for layer, entries in [*groups, ("region", book.region.authorities)]:
        for entry in entries.values():
            yield AuthorityRecord(**_plain(entry, AuthorityRecord), layer=layer)


KINDS = {"partners": "partner", "modalities": "modality", "routes": "route", "metrics": "metric"}

if KINDS.keys() ^ OWN_WORDS:
    raise TypeError("a group of words of a layer without a kind of difference")


def _words(book: Handbook) -> Iterator[Difference]:
    """List the areas, rules and words of the frame that layers have added."""
    for layer in book.layers:
        yield from (_word("area", layer, name, area.title) for name, area in layer.overlay.areas.items())
        for group, what in KINDS.items():
            yield from (_word(what, layer, name, new.title) for name, new in getattr(layer.overlay, group).items())
        yield from (_word("rule", layer, name, rule.title) for name, rule in layer.overlay.rules.items())


def _word(what: Any, layer: Layer, name: str, title: str) -> Difference:
    nothing: dict[str, Any] = {"fields": [], "gate": None, "because": None, "releases": []}
    return Difference(what=what, name=name, title=title, change="added", layer=layer.id, **nothing)


def _items(book: Handbook) -> Iterator[Difference]:
    """List added, changed and waived items, in the order of the checklists."""
    for item in book.every_item.values():
        if item.layer:
            yield _item(item, item.layer, "added", item.because)
        for made in item.changes:
            added = (name for name in ("requires_also", "done_when_also", "note", "sources"))
            fields = [*made.fields, *(name for name in added if getattr(made.change, name))]
            yield _item(item, made.layer, "changed", made.change.because, fields=fields)
        if gone := book.waived.get(item.name):
            yield _item(item, gone.layer, "waived", gone.waiver.because, releases=gone.waiver.releases)


def _item(item: Item, layer: str, change: Any, because: str | None, fields: Any = (), releases: Any = ()) -> Difference:
    return Difference(
        what="item",
        name=item.name,
        title=item.title,
        change=change,
        layer=layer,
        fields=[name.replace("_", "-") for name in dict.fromkeys(fields)],
        gate=item.gate,
        because=because,
        releases=[*releases],
    )
